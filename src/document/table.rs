use std::cell::OnceCell;
use std::ops::{Range, RangeInclusive};

use jiff::civil::{Date, DateTime};

use super::At;
use super::expected::{Expected, found, list_of_tables, written};
use super::flat::{Node, Value};
use super::likely::{self, suggestion, unknown_word};
use super::moment::{civil_date, civil_datetime};
use crate::diagnostic::lang::{Arg, Message};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::money::{MoneyError, UnitPrice};

/// One table of a document. Each getter takes a key, gives its value typed, and reports what does not fit;
/// [`Table::finish`] reports the keys that nobody asked for.
pub struct Table<'d> {
    document: &'d [Node<'d>],
    entries: &'d [Node<'d>],
    has_gaps: bool,
    span: Range<usize>,
    name: Arg,
    known: Vec<&'static str>,
    /// Keys that were asked for and are not there, each with how to write it.
    missing: Vec<(&'static str, &'static str)>,
    /// Keys of other tables, each with the header that they belong below.
    elsewhere: Vec<(&'static str, &'static str)>,
    sink: &'d Sink,
}

impl<'d> Table<'d> {
    /// The root table of a document; `None` for a list of nodes that does not begin with one.
    pub(super) fn root(document: &'d [Node<'d>], name: impl Into<Arg>, sink: &'d Sink) -> Option<Table<'d>> {
        Table::of(document, document.first()?, name, sink)
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
        self.node(key).map_or_else(|| self.span(), |node| node.span.clone())
    }

    /// Whether the key is there, or may be there in a line that could not be read. Asking makes it known.
    pub fn has(&mut self, key: &'static str) -> bool {
        self.know(key);
        self.may_have(key)
    }

    /// Whether the key surely lists nothing: it is absent, or an empty list. Asking makes it known.
    pub fn has_none(&mut self, key: &'static str) -> bool {
        self.know(key);
        let lists_none = |node: &Node<'_>| matches!(&node.value, Value::List(items) if items.is_empty());
        !self.has_gaps && self.node(key).is_none_or(lists_none)
    }

    /// Where the value of a key stands that is surely there. Asking makes it known.
    pub fn place_of(&mut self, key: &'static str) -> Option<Range<usize>> {
        self.know(key);
        self.node(key).map(|node| node.span.clone())
    }

    /// Whether every line of the table could be read, and every item of its lists.
    pub fn is_whole(&self) -> bool {
        !self.has_gaps
    }

    /// A string that is not empty.
    pub fn string(&mut self, key: &'static str) -> Option<At<&'d str>> {
        let value = self.take(key)?;
        let Value::String(text) = value.value else {
            return self.wrong_type(key, value, Expected::String);
        };
        if text.trim().is_empty() {
            self.report(Diagnostic::new(Code::EmptyString).with("key", key), value.span.clone());
            return None;
        }
        Some(At::new(text, value.span.clone()))
    }

    /// A string that names something: not empty, and without blanks at its ends, which nobody would see.
    pub fn name(&mut self, key: &'static str) -> Option<At<&'d str>> {
        let text = self.string(key)?;
        let trimmed = text.value.trim();
        if trimmed == text.value {
            return Some(text);
        }
        let diagnostic = Diagnostic::new(Code::WrongType)
            .with("key", key)
            .with("found", Message::new("term-blanks-around"))
            .with("expected", Message::new("term-no-blanks-around"))
            .with("fix", written(key, &format!("\"{trimmed}\"")));
        self.report(diagnostic, text.span);
        None
    }

    /// One of a set of words.
    pub fn word<T: Copy + Into<&'static str>>(&mut self, key: &'static str, words: &[T]) -> Option<At<T>> {
        let text = self.string(key)?;
        if let Some(meaning) = words.iter().find(|word| text.value == (**word).into()) {
            return Some(At::new(*meaning, text.span));
        }
        let known: Vec<&str> = words.iter().map(|word| (*word).into()).collect();
        let diagnostic = unknown_word(key, text.value, known);
        self.report(diagnostic, text.span);
        None
    }

    /// A whole number within a range.
    pub fn integer(&mut self, key: &'static str, range: RangeInclusive<u32>) -> Option<At<u32>> {
        let value = self.take(key)?;
        let Value::Integer(digits, radix) = value.value else {
            return self.wrong_type(key, value, Expected::Integer);
        };
        let parsed = i128::from_str_radix(digits, radix).ok();
        match parsed.and_then(|number| u32::try_from(number).ok()).filter(|number| range.contains(number)) {
            Some(number) => Some(At::new(number, value.span.clone())),
            None => {
                let diagnostic = Diagnostic::new(Code::NumberOutOfRange)
                    .with("key", key)
                    .with("value", digits)
                    .with("least", u64::from(*range.start()))
                    .with("most", u64::from(*range.end()));
                self.report(diagnostic, value.span.clone());
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<At<bool>> {
        let value = self.take(key)?;
        match value.value {
            Value::Boolean(answer) => Some(At::new(answer, value.span.clone())),
            _ => self.wrong_type(key, value, Expected::Boolean),
        }
    }

    /// A price in yuan: a string with at most four decimals, or a whole number.
    pub fn price(&mut self, key: &'static str) -> Option<At<UnitPrice>> {
        let value = self.take(key)?;
        let text = match value.value {
            Value::String(text) | Value::Integer(text, 10) => text,
            Value::Float(float) => {
                let diagnostic = Diagnostic::new(Code::MoneyAsFloat).with("key", key).with("value", float);
                self.report(diagnostic, value.span.clone());
                return None;
            }
            _ => return self.wrong_type(key, value, Expected::Money),
        };
        match text.parse() {
            Ok(price) => Some(At::new(price, value.span.clone())),
            Err(error) => {
                let diagnostic =
                    Diagnostic::new(Code::BadMoney).with("key", key).with("reason", money_error(error));
                self.report(diagnostic, value.span.clone());
                None
            }
        }
    }

    /// A day of the calendar.
    pub fn date(&mut self, key: &'static str) -> Option<At<Date>> {
        let value = self.take(key)?;
        let date = match &value.value {
            Value::Datetime(None) => None,
            Value::Datetime(Some(datetime)) if datetime.time.is_none() => civil_date(datetime),
            Value::Datetime(_) => return self.wrong_type(key, value, Expected::Date),
            Value::String(text) if text.parse::<Date>().is_ok() => {
                return self.wrong_type(key, value, Expected::Date);
            }
            Value::String(text) => {
                let reason = Message::new("term-not-year-month-day");
                self.bad_date(key, reason, likely::date(text), value.span.clone());
                return None;
            }
            _ => return self.wrong_type(key, value, Expected::Date),
        };
        self.valid_date(key, date, value.span.clone())
    }

    /// A moment in Beijing time: local, or with an offset from which it is converted (T11). A day alone is
    /// its first moment.
    pub fn beijing_time(&mut self, key: &'static str) -> Option<At<DateTime>> {
        let value = self.take(key)?;
        let Value::Datetime(datetime) = &value.value else {
            return self.wrong_type(key, value, Expected::DateTime);
        };
        self.valid_date(key, datetime.as_ref().and_then(civil_datetime), value.span.clone())
    }

    /// A table inside this one.
    pub fn table(&mut self, key: &'static str, name: impl Into<Arg>) -> Option<Table<'d>> {
        let value = self.take(key)?;
        let table = Table::of(self.document, value, name, self.sink);
        if table.is_none() { self.wrong_type(key, value, Expected::Table) } else { table }
    }

    /// A list of tables: `[[key]]`, or an array of inline tables. Empty where the key is absent.
    pub fn tables(&mut self, key: &'static str, name: &'static str) -> Vec<Table<'d>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let Value::List(items) = &value.value else {
            self.report_wrong_type(key, value, Expected::Tables, list_of_tables(key, name));
            // A table alone is read as a list of one, for its own problems to be told as well.
            return Table::of(self.document, value, name, self.sink).into_iter().collect();
        };
        let mut tables = Vec::new();
        for item in &self.document[items.clone()] {
            match Table::of(self.document, item, name, self.sink) {
                Some(table) => tables.push(table),
                None => drop(self.wrong_type::<()>(key, item, Expected::Table)),
            }
        }
        tables
    }

    /// A list of strings; a single string is a list of one. Empty where the key is absent.
    pub fn strings(&mut self, key: &'static str) -> Vec<At<&'d str>> {
        let Some(value) = self.take(key) else { return Vec::new() };
        let items = match &value.value {
            Value::String(text) => return vec![At::new(*text, value.span.clone())],
            Value::List(items) => &self.document[items.clone()],
            _ => {
                self.wrong_type::<()>(key, value, Expected::Strings);
                return Vec::new();
            }
        };
        let mut strings = Vec::new();
        for item in items {
            match item.value {
                Value::String(text) => strings.push(At::new(text, item.span.clone())),
                _ => drop(self.wrong_type::<()>(key, item, Expected::String)),
            }
        }
        strings
    }

    /// Whether the value of the key is a table rather than a plain value.
    pub fn is_table(&self, key: &str) -> bool {
        self.node(key).is_some_and(|node| matches!(node.value, Value::Table { .. }))
    }

    /// A key that must not be absent; `example` shows how to write it. [`Table::finish`] reports it, but keeps
    /// silent where the key is there and was not usable, may be there in a line that could not be read, or is
    /// there misspelt: that has been told.
    pub fn missing(&mut self, key: &'static str, example: &'static str) {
        if !self.may_have(key) {
            self.missing.push((key, example));
        }
    }

    /// A key that the table does not know, but another does: the header that was meant.
    pub fn elsewhere(&mut self, key: &'static str, header: &'static str) {
        self.elsewhere.push((key, header));
    }

    /// The keys that unknown ones were likely meant to be. To be asked for when every key is known.
    pub fn misspelt(&self) -> Vec<&'static str> {
        let likely = self.unknown().take(MOST_MISSPELT).map(|entry| suggestion(entry.key, &self.known));
        likely.filter(|key| *key != "none").collect()
    }

    /// Reports the keys that are missing, and every key that was never asked for.
    pub fn finish(self) {
        let misspelt = self.misspelt();
        for (key, example) in self.missing.iter().filter(|(key, _)| !misspelt.contains(key)) {
            let diagnostic = Diagnostic::new(Code::MissingKey)
                .with("table", self.name.clone())
                .with("key", *key)
                .with("example", *example);
            self.report(diagnostic, self.span());
        }
        let known: OnceCell<Arg> = OnceCell::new();
        for (index, entry) in self.unknown().enumerate() {
            let suggestion = match self.elsewhere.iter().find(|(key, _)| *key == entry.key) {
                Some((_, header)) => header,
                None if index < MOST_MISSPELT => suggestion(entry.key, &self.known),
                // So many are no misspellings.
                None => "none",
            };
            let diagnostic = Diagnostic::new(Code::UnknownKey)
                .with("key", entry.key)
                .with("table", self.name.clone())
                .with("suggestion", suggestion)
                .with("known", known.get_or_init(|| self.known.clone().into()).clone());
            self.report(diagnostic, entry.key_span.clone());
        }
    }

    fn unknown(&self) -> impl Iterator<Item = &'d Node<'d>> {
        self.entries.iter().filter(|entry| !entry.recovered && !self.known.contains(&entry.key))
    }

    /// The value of a key; `None` also for one that could not be read.
    fn take(&mut self, key: &'static str) -> Option<&'d Node<'d>> {
        self.know(key);
        self.node(key).filter(|node| !matches!(node.value, Value::Unreadable))
    }

    fn know(&mut self, key: &'static str) {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
    }

    fn node(&self, key: &str) -> Option<&'d Node<'d>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    fn may_have(&self, key: &str) -> bool {
        self.has_gaps || self.node(key).is_some()
    }

    /// The node as a table; `None` where it is none.
    fn of(
        document: &'d [Node<'d>],
        node: &'d Node<'d>,
        name: impl Into<Arg>,
        sink: &'d Sink,
    ) -> Option<Table<'d>> {
        let Value::Table { entries, has_gaps } = &node.value else { return None };
        let (entries, has_gaps) = (&document[entries.clone()], *has_gaps);
        let (span, name) = (node.span.clone(), name.into());
        Some(Table {
            document,
            entries,
            has_gaps,
            span,
            name,
            known: Vec::new(),
            missing: Vec::new(),
            elsewhere: Vec::new(),
            sink,
        })
    }

    fn valid_date<T>(&self, key: &'static str, date: Option<T>, span: Range<usize>) -> Option<At<T>> {
        match date {
            Some(date) => Some(At::new(date, span)),
            None => {
                self.bad_date(key, Message::new("term-no-such-day"), None, span);
                None
            }
        }
    }

    fn bad_date(&self, key: &'static str, reason: Message, meant: Option<Date>, span: Range<usize>) {
        let fix = match meant {
            Some(date) => written(key, &date.to_string()),
            None => Message::new("term-write-date").with("example", "2022-11-18"),
        };
        let diagnostic =
            Diagnostic::new(Code::BadDate).with("key", key).with("reason", reason).with("fix", fix);
        self.report(diagnostic, span);
    }

    fn wrong_type<T>(&self, key: &'static str, value: &Node<'_>, expected: Expected) -> Option<T> {
        self.report_wrong_type(key, value, expected, expected.fix(key, &value.value));
        None
    }

    fn report_wrong_type(&self, key: &'static str, value: &Node<'_>, expected: Expected, fix: Message) {
        let diagnostic = Diagnostic::new(Code::WrongType)
            .with("key", key)
            .with("found", found(&value.value))
            .with("expected", expected.noun())
            .with("fix", fix);
        self.report(diagnostic, value.span.clone());
    }
}

/// A table with more unknown keys than these gets suggestions for so many only.
const MOST_MISSPELT: usize = 100;

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
