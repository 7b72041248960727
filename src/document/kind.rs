//! The kinds of value that a key can hold: each has a [`Shape`], and reads an [`Entry`] of a table.

use std::marker::PhantomData;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use strum::VariantArray;
use toml_datetime::{Datetime, Offset};

use super::flat::{Node, Value};
use super::key::{Key, Shape};
use super::suggestion::written;
use super::{At, Keys, Table, suggestion, unknown_word};
use crate::diagnostic::lang::{Message, money_error};
use crate::diagnostic::{Code, Diagnostic};
use crate::money::UnitPrice;

/// A kind of value.
pub(crate) trait Kind<'d> {
    /// The type of a valid value.
    type Value;

    /// Shape in the file.
    const SHAPE: Shape;

    /// Reads a value; `None` if it is not valid, which has been reported.
    fn read(entry: Entry<'d, '_>) -> Option<Self::Value>;
}

/// A key that is there, with its value.
#[derive(Clone, Copy)]
pub(crate) struct Entry<'d, 't> {
    pub(crate) key: &'static Key,
    pub(crate) node: &'d Node<'d>,
    pub(crate) table: &'t Table<'d>,
}

/// A string that is not blank.
pub(crate) struct Text;

/// A string that names something: not blank, and without blanks at its ends, which would be invisible.
pub(crate) struct Name;

/// A short name that stands in every output: ASCII letters, digits, `.`, `_` and `-`, a letter or digit first.
pub(crate) struct Id;

/// A list of strings; a single string is a list of one.
pub(crate) struct Texts;

/// One of the words of an enum.
pub(crate) struct Word<T>(PhantomData<T>);

/// A list of words; a single word is a list of one.
pub(crate) struct Words<T>(PhantomData<T>);

/// A whole number, both ends included.
pub(crate) struct Integer<const LEAST: u32, const MOST: u32>;

/// A table of these keys.
pub(crate) struct TableOf<K>(PhantomData<K>);

/// A list of tables, with headers or inline. The schema asks for at least `LEAST`.
pub(crate) struct TablesOf<K, const LEAST: usize = 0>(PhantomData<K>);

/// An enum that strum gives its words.
pub(crate) trait StableWords: VariantArray + Copy + FromStr + Into<&'static str> {
    fn words() -> Vec<&'static str> {
        Self::VARIANTS.iter().map(|word| (*word).into()).collect()
    }
}

impl<T: VariantArray + Copy + FromStr + Into<&'static str>> StableWords for T {}

impl<'d> Kind<'d> for Text {
    type Value = &'d str;
    const SHAPE: Shape = Shape::Text("\\S");

    fn read(entry: Entry<'d, '_>) -> Option<&'d str> {
        match entry.node.value {
            Value::String(text) if text.trim().is_empty() => entry.reject(entry.problem(Code::EmptyString)),
            Value::String(text) => Some(text),
            _ => entry.wrong_type(&Self::SHAPE),
        }
    }
}

impl<'d> Kind<'d> for Name {
    type Value = &'d str;
    const SHAPE: Shape = Text::SHAPE;

    fn read(entry: Entry<'d, '_>) -> Option<&'d str> {
        let text = Text::read(entry)?;
        let trimmed = text.trim();
        if trimmed == text {
            return Some(text);
        }
        let problem = entry.problem(Code::WrongType).with("found", Message::new("term-blanks-around"));
        let problem = problem.with("expected", Message::new("term-no-blanks-around"));
        entry.reject(problem.with("fix", written(entry.key.name, &format!("\"{trimmed}\""))))
    }
}

impl<'d> Kind<'d> for Id {
    type Value = &'d str;
    const SHAPE: Shape = Shape::Text("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$");

    fn read(entry: Entry<'d, '_>) -> Option<&'d str> {
        let text = Text::read(entry)?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let starts = text.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        if starts && text.len() <= LONGEST_ID && text.bytes().all(is_plain) {
            return Some(text);
        }
        let problem = entry.problem(Code::WrongType).with("found", Message::new("term-odd-id"));
        let fix = Message::new("term-write-such-as").with("example", entry.key.example_line());
        entry.reject(problem.with("expected", Message::new("term-plain-id")).with("fix", fix))
    }
}

/// Longest id, in bytes.
const LONGEST_ID: usize = 64;

impl<'d> Kind<'d> for Texts {
    type Value = Vec<At<&'d str>>;
    const SHAPE: Shape = Shape::Texts;

    fn read(entry: Entry<'d, '_>) -> Option<Vec<At<&'d str>>> {
        let members = match &entry.node.value {
            Value::String(_) => std::slice::from_ref(entry.node),
            Value::List(members) => entry.table.members(members),
            _ => return entry.wrong_type(&Self::SHAPE),
        };
        let text = |node: &'d Node<'d>| match node.value {
            Value::String(text) => Some(At::new(text, node.span.clone())),
            _ => Entry { node, ..entry }.wrong_type(&Text::SHAPE),
        };
        Some(members.iter().filter_map(text).collect())
    }
}

impl<'d, T: StableWords> Kind<'d> for Word<T> {
    type Value = T;
    const SHAPE: Shape = Shape::Word(T::words);

    fn read(entry: Entry<'d, '_>) -> Option<T> {
        entry.word(&At::new(Text::read(entry)?, entry.node.span.clone()))
    }
}

impl<'d, T: StableWords> Kind<'d> for Words<T> {
    type Value = Vec<T>;
    const SHAPE: Shape = Shape::Words(T::words);

    fn read(entry: Entry<'d, '_>) -> Option<Vec<T>> {
        Some(Texts::read(entry)?.iter().filter_map(|text| entry.word(text)).collect())
    }
}

impl<'d, const LEAST: u32, const MOST: u32> Kind<'d> for Integer<LEAST, MOST> {
    type Value = u32;
    const SHAPE: Shape = Shape::Integer(LEAST, MOST);

    fn read(entry: Entry<'d, '_>) -> Option<u32> {
        let Value::Integer(digits, radix) = entry.node.value else { return entry.wrong_type(&Self::SHAPE) };
        let number = i128::from_str_radix(digits, radix).ok().and_then(|number| u32::try_from(number).ok());
        number.filter(|number| (LEAST..=MOST).contains(number)).or_else(|| {
            let problem = entry.problem(Code::NumberOutOfRange).with("value", digits);
            entry.reject(problem.with("least", u64::from(LEAST)).with("most", u64::from(MOST)))
        })
    }
}

impl<'d> Kind<'d> for bool {
    type Value = bool;
    const SHAPE: Shape = Shape::Boolean;

    fn read(entry: Entry<'d, '_>) -> Option<bool> {
        match entry.node.value {
            Value::Boolean(answer) => Some(answer),
            _ => entry.wrong_type(&Self::SHAPE),
        }
    }
}

impl<'d> Kind<'d> for UnitPrice {
    type Value = UnitPrice;
    const SHAPE: Shape = Shape::Price;

    fn read(entry: Entry<'d, '_>) -> Option<UnitPrice> {
        match entry.node.value {
            Value::String(text) | Value::Integer(text, 10) => text.parse().map_or_else(
                |error| entry.reject(entry.problem(Code::BadMoney).with("reason", money_error(error))),
                Some,
            ),
            Value::Float(float) => entry.reject(entry.problem(Code::MoneyAsFloat).with("value", float)),
            _ => entry.wrong_type(&Self::SHAPE),
        }
    }
}

impl<'d> Kind<'d> for Date {
    type Value = Date;
    const SHAPE: Shape = Shape::Date;

    fn read(entry: Entry<'d, '_>) -> Option<Date> {
        match &entry.node.value {
            Value::Datetime(day) if day.time.is_none() => {
                civil_date(day).or_else(|| entry.bad_date("term-no-such-day", None))
            }
            Value::String(text) if text.parse::<Date>().is_err() => {
                entry.bad_date("term-not-year-month-day", suggestion::date(text))
            }
            _ => entry.wrong_type(&Self::SHAPE),
        }
    }
}

/// A moment in Beijing time: local, or with an offset from which it is converted (T11). A day alone is its
/// first moment.
impl<'d> Kind<'d> for DateTime {
    type Value = DateTime;
    const SHAPE: Shape = Shape::Moment;

    fn read(entry: Entry<'d, '_>) -> Option<DateTime> {
        let Value::Datetime(moment) = &entry.node.value else { return entry.wrong_type(&Self::SHAPE) };
        civil_datetime(moment).or_else(|| entry.bad_date("term-no-such-day", None))
    }
}

impl<'d, K: Keys<'d>> Kind<'d> for TableOf<K> {
    type Value = K;
    const SHAPE: Shape = Shape::Table(K::KEYS);

    fn read(entry: Entry<'d, '_>) -> Option<K> {
        match entry.inner(K::KEYS) {
            Some(inner) => Some(K::read(inner)),
            None => entry.wrong_type(&Self::SHAPE),
        }
    }
}

impl<'d, K: Keys<'d>, const LEAST: usize> Kind<'d> for TablesOf<K, LEAST> {
    type Value = Vec<K>;
    const SHAPE: Shape = Shape::Tables(LEAST, K::KEYS);

    fn read(entry: Entry<'d, '_>) -> Option<Vec<K>> {
        let Value::List(members) = &entry.node.value else {
            entry.wrong_type::<()>(&Self::SHAPE);
            // A table alone is read as a list of one, so that its own problems are reported as well.
            return Some(vec![K::read(entry.inner(K::KEYS)?)]);
        };
        let members = entry.table.members(members);
        // Drafts are large, so the list is not to be moved as it grows.
        let mut drafts: Vec<K> = Vec::with_capacity(members.len());
        drafts.extend(members.iter().filter_map(|node| TableOf::<K>::read(Entry { node, ..entry })));
        (members.is_empty() || !drafts.is_empty()).then_some(drafts)
    }
}

impl<'d> Entry<'d, '_> {
    /// Returns a diagnostic about the key.
    pub(crate) fn problem(&self, code: Code) -> Diagnostic {
        Diagnostic::new(code).with("key", self.key.name)
    }

    /// Reports a problem at the value, which is not valid.
    pub(crate) fn reject<T>(&self, problem: Diagnostic) -> Option<T> {
        self.table.report(problem, self.node.span.clone());
        None
    }

    fn bad_date<T>(&self, reason: &'static str, meant: Option<Date>) -> Option<T> {
        let fix = match meant {
            Some(date) => written(self.key.name, &date.to_string()),
            None => Message::new("term-write-date").with("example", "2022-11-18"),
        };
        self.reject(self.problem(Code::BadDate).with("reason", Message::new(reason)).with("fix", fix))
    }

    fn word<T: StableWords>(&self, text: &At<&str>) -> Option<T> {
        text.value.parse().ok().or_else(|| {
            self.table.report(unknown_word(self.key.name, text.value, T::words()), text.span.clone());
            None
        })
    }
}

/// Returns the day; `None` if the calendar has no such day.
fn civil_date(datetime: &Datetime) -> Option<Date> {
    let date = datetime.date?;
    let year = i16::try_from(date.year).ok()?;
    Date::new(year, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// Returns the moment in Beijing time (T11); a day alone is its first moment. `None` if there is no such
/// moment.
fn civil_datetime(datetime: &Datetime) -> Option<DateTime> {
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

const BEIJING_MINUTES_FROM_UTC: i64 = 8 * 60;
