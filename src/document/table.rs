use std::ops::{Range, RangeInclusive};

use jiff::civil::{Date, DateTime};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Offset;

use super::At;
use super::expected::{Expected, found};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lang::{Arg, Message};
use crate::money::{MoneyError, UnitPrice};

/// One table of a document. Each getter takes a key, gives its value typed, and reports what does not fit;
/// [`Table::finish`] reports the keys that nobody asked for.
pub struct Table<'d> {
    entries: &'d DeTable<'d>,
    span: Range<usize>,
    name: Arg,
    known: Vec<&'static str>,
    sink: &'d Sink,
}

impl<'d> Table<'d> {
    pub(super) fn root(
        entries: &'d DeTable<'d>,
        span: Range<usize>,
        name: impl Into<Arg>,
        sink: &'d Sink,
    ) -> Table<'d> {
        Table { entries, span, name: name.into(), known: Vec::new(), sink }
    }

    /// Where the table stands: its header, or the whole of an inline table.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The keys that were asked for so far.
    pub fn known(&self) -> &[&'static str] {
        &self.known
    }

    /// Where problems go.
    pub fn sink(&self) -> &'d Sink {
        self.sink
    }

    /// Reports a problem at a place.
    pub fn report(&self, diagnostic: Diagnostic, span: Range<usize>) {
        self.sink.report(diagnostic, span);
    }

    /// Where the value of a key stands, or the table where the key is absent.
    pub fn span_of(&self, key: &str) -> Range<usize> {
        self.entries.get(key).map_or_else(|| self.span(), Spanned::span)
    }

    /// Whether the key is there. Asking makes it known.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.take(key).is_some()
    }

    /// A string that is not empty.
    pub fn string(&mut self, key: &'static str) -> Option<At<&'d str>> {
        let value = self.take(key)?;
        let Some(text) = value.get_ref().as_str() else {
            return self.wrong_type(key, value, Expected::String);
        };
        if text.trim().is_empty() {
            self.report(Diagnostic::new(Code::EmptyString).with("key", key), value.span());
            return None;
        }
        Some(At::new(text, value.span()))
    }

    /// One of a set of words.
    pub fn word<T: Copy>(&mut self, key: &'static str, words: &[(&'static str, T)]) -> Option<At<T>> {
        let text = self.string(key)?;
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(At::new(*meaning, text.span));
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let diagnostic = Diagnostic::new(Code::UnknownWord)
            .with("key", key)
            .with("value", text.value)
            .with("suggestion", suggestion(text.value, &known))
            .with("known", known);
        self.report(diagnostic, text.span);
        None
    }

    /// A whole number within a range.
    pub fn integer(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<At<u32>> {
        let value = self.take(key)?;
        let Some(integer) = value.get_ref().as_integer() else {
            return self.wrong_type(key, value, Expected::Integer);
        };
        let parsed = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
        match parsed.and_then(|number| u32::try_from(number).ok()).filter(|number| range.contains(number)) {
            Some(number) => Some(At::new(number, value.span())),
            None => {
                let diagnostic = Diagnostic::new(Code::NumberOutOfRange)
                    .with("key", key)
                    .with("value", integer.to_string())
                    .with("least", u64::from(*range.start()))
                    .with("most", u64::from(*range.end()));
                self.report(diagnostic, value.span());
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<At<bool>> {
        let value = self.take(key)?;
        match value.get_ref().as_bool() {
            Some(answer) => Some(At::new(answer, value.span())),
            None => self.wrong_type(key, value, Expected::Boolean),
        }
    }

    /// A price in yuan: a string with at most four decimals, or a whole number.
    pub fn price(&mut self, key: &'static str) -> Option<At<UnitPrice>> {
        let value = self.take(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str().to_owned(),
            DeValue::Float(float) => {
                let diagnostic =
                    Diagnostic::new(Code::MoneyAsFloat).with("key", key).with("value", float.as_str());
                self.report(diagnostic, value.span());
                return None;
            }
            _ => return self.wrong_type(key, value, Expected::Money),
        };
        match text.parse() {
            Ok(price) => Some(At::new(price, value.span())),
            Err(error) => {
                let diagnostic =
                    Diagnostic::new(Code::BadMoney).with("key", key).with("reason", money_error(error));
                self.report(diagnostic, value.span());
                None
            }
        }
    }

    /// A day of the calendar.
    pub fn date(&mut self, key: &'static str) -> Option<At<Date>> {
        let value = self.take(key)?;
        let date = match value.get_ref() {
            DeValue::Datetime(datetime) if datetime.time.is_none() => civil_date(datetime),
            DeValue::Datetime(_) => return self.wrong_type(key, value, Expected::Date),
            DeValue::String(text) if text.parse::<Date>().is_ok() => {
                return self.wrong_type(key, value, Expected::Date);
            }
            DeValue::String(_) => {
                self.bad_date(key, Message::new("term-not-year-month-day"), value.span());
                return None;
            }
            _ => return self.wrong_type(key, value, Expected::Date),
        };
        self.sound_date(key, date, value.span())
    }

    /// A moment in Beijing time: local, or with an offset from which it is converted (T11). A day alone is
    /// its first moment.
    pub fn beijing_time(&mut self, key: &'static str) -> Option<At<DateTime>> {
        let value = self.take(key)?;
        let DeValue::Datetime(datetime) = value.get_ref() else {
            return self.wrong_type(key, value, Expected::DateTime);
        };
        self.sound_date(key, civil_datetime(datetime), value.span())
    }

    /// A table inside this one.
    pub fn table(&mut self, key: &'static str, name: impl Into<Arg>) -> Option<Table<'d>> {
        let value = self.take(key)?;
        match value.get_ref() {
            DeValue::Table(entries) => Some(Table::root(entries, value.span(), name, self.sink)),
            _ => self.wrong_type(key, value, Expected::Table),
        }
    }

    /// A list of tables: `[[key]]`, or an array of inline tables. Empty where the key is absent.
    pub fn tables(&mut self, key: &'static str, name: &'static str) -> Vec<Table<'d>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.report_wrong_type(key, value, Expected::Tables, list_of_tables(key, name));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(Table::root(entries, item.span(), name, self.sink)),
                _ => drop(self.wrong_type::<()>(key, item, Expected::Table)),
            }
        }
        tables
    }

    /// A list of strings; a single string is a list of one. Empty where the key is absent.
    pub fn strings(&mut self, key: &'static str) -> Vec<At<&'d str>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let items = match value.get_ref() {
            DeValue::String(text) => return vec![At::new(text.as_ref(), value.span())],
            DeValue::Array(items) => items,
            _ => {
                self.wrong_type::<()>(key, value, Expected::Strings);
                return Vec::new();
            }
        };
        let mut strings = Vec::new();
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => strings.push(At::new(text, item.span())),
                None => drop(self.wrong_type::<()>(key, item, Expected::String)),
            }
        }
        strings
    }

    /// Whether the value of the key is a table rather than a plain value.
    pub fn is_table(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|value| value.get_ref().is_table())
    }

    /// Reports that a key is absent; `example` shows how to write it. Silent where the key is there but was
    /// not usable, since that has been told.
    pub fn missing(&self, key: &'static str, example: &'static str) {
        if !self.entries.contains_key(key) {
            let diagnostic = Diagnostic::new(Code::MissingKey)
                .with("table", self.name.clone())
                .with("key", key)
                .with("example", example);
            self.report(diagnostic, self.span());
        }
    }

    /// Reports every key that was never asked for.
    pub fn finish(self) {
        for (key, _) in self.entries.iter() {
            let name = key.get_ref().as_ref();
            if !self.known.contains(&name) {
                let diagnostic = Diagnostic::new(Code::UnknownKey)
                    .with("key", name)
                    .with("table", self.name.clone())
                    .with("suggestion", suggestion(name, &self.known))
                    .with("known", self.known.clone());
                self.report(diagnostic, key.span());
            }
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'d>>> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        self.entries.get(key)
    }

    fn sound_date<T>(&self, key: &'static str, date: Option<T>, span: Range<usize>) -> Option<At<T>> {
        match date {
            Some(date) => Some(At::new(date, span)),
            None => {
                self.bad_date(key, Message::new("term-no-such-day"), span);
                None
            }
        }
    }

    fn bad_date(&self, key: &'static str, reason: Message, span: Range<usize>) {
        let diagnostic = Diagnostic::new(Code::BadDate)
            .with("key", key)
            .with("reason", reason)
            .with("example", "2022-11-18");
        self.report(diagnostic, span);
    }

    fn wrong_type<T>(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'_>>,
        expected: Expected,
    ) -> Option<T> {
        let example = format!("{key} = {}", expected.example(value.get_ref()));
        self.report_wrong_type(key, value, expected, example);
        None
    }

    fn report_wrong_type(
        &self,
        key: &'static str,
        value: &Spanned<DeValue<'_>>,
        expected: Expected,
        example: String,
    ) {
        let diagnostic = Diagnostic::new(Code::WrongType)
            .with("key", key)
            .with("found", found(value.get_ref()))
            .with("expected", expected.noun())
            .with("example", example);
        self.report(diagnostic, value.span());
    }
}

/// The known word that a wrong one was most likely meant to be, or `none`.
pub fn suggestion<'k>(wrong: &str, known: &[&'k str]) -> &'k str {
    known
        .iter()
        .map(|word| (strsim::jaro_winkler(wrong, word), *word))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or("none", |(_, word)| word)
}

/// Why a text is no amount, as a message.
pub fn money_error(error: MoneyError) -> Message {
    match error {
        MoneyError::NotANumber => Message::new("term-money-not-a-number"),
        MoneyError::Negative => Message::new("term-money-negative"),
        MoneyError::TooManyDecimals { allowed } => {
            Message::new("term-money-decimals").with("allowed", allowed)
        }
        MoneyError::TooLarge => Message::new("term-money-too-large"),
    }
}

/// A list that has headers of its own is written by its header.
fn list_of_tables(key: &str, name: &str) -> String {
    if name.starts_with("[[") {
        name.to_owned()
    } else {
        format!("{key} = {}", Expected::Tables.any_example())
    }
}

const BEIJING_MINUTES_FROM_UTC: i64 = 8 * 60;

fn civil_date(datetime: &toml::value::Datetime) -> Option<Date> {
    let date = datetime.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}

fn civil_datetime(datetime: &toml::value::Datetime) -> Option<DateTime> {
    let date = civil_date(datetime)?;
    let Some(time) = datetime.time else { return Some(date.at(0, 0, 0, 0)) };
    let (hour, minute) = (i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?);
    let second = i8::try_from(time.second.unwrap_or(0)).ok()?;
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let local = date.to_datetime(time);
    let minutes_from_utc = match datetime.offset {
        None => return Some(local),
        Some(Offset::Z) => 0,
        Some(Offset::Custom { minutes }) => i64::from(minutes),
    };
    let shift = jiff::SignedDuration::from_mins(BEIJING_MINUTES_FROM_UTC - minutes_from_utc);
    local.checked_add(shift).ok()
}
