//! What a value of a document should have been, for the diagnostic that it is not.

use super::flat::Value;
use super::likely;
use crate::diagnostic::lang::Message;

/// The type that a key takes.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    String,
    Strings,
    Integer,
    Boolean,
    Money,
    Date,
    DateTime,
    Table,
    Tables,
}

impl Expected {
    pub(super) fn noun(self) -> Message {
        Message::new(match self {
            Expected::String => "term-a-string",
            Expected::Strings => "term-a-list-of-strings",
            Expected::Integer => "term-a-whole-number",
            Expected::Boolean => "term-true-or-false",
            Expected::Money => "term-a-price",
            Expected::Date => "term-a-date",
            Expected::DateTime => "term-a-moment",
            Expected::Table => "term-a-table",
            Expected::Tables => "term-a-list-of-tables",
        })
    }

    /// How to write a key: the value as it was surely meant, where that can be told; else any value of the type.
    pub(super) fn fix(self, key: &str, given: &Value<'_>) -> Message {
        match self.meant(given) {
            Some(meant) => written(key, &meant),
            None => {
                Message::new("term-write-such-as").with("example", format!("{key} = {}", self.any_example()))
            }
        }
    }

    fn meant(self, given: &Value<'_>) -> Option<String> {
        match (self, given) {
            (Expected::String, Value::Integer(digits, _)) => Some(format!("\"{digits}\"")),
            (Expected::Integer, Value::String(text) | Value::Float(text)) => likely::whole_number(text),
            (Expected::Boolean, Value::String(text)) => likely::answer(text).map(|answer| answer.to_string()),
            (Expected::Date, Value::String(text) | Value::Integer(text, 10)) => {
                likely::date(text).map(|date| date.to_string())
            }
            _ => None,
        }
    }

    pub(super) fn any_example(self) -> &'static str {
        match self {
            Expected::String => "\"…\"",
            Expected::Strings => "[\"…\"]",
            Expected::Integer => "12",
            Expected::Boolean => "true",
            Expected::Money => "\"0.80\"",
            Expected::Date => "2022-11-18",
            Expected::DateTime => "2022-11-18T10:36:18",
            Expected::Table => "{ … }",
            Expected::Tables => "[{ … }]",
        }
    }
}

/// To write this value, and no other.
pub(super) fn written(key: &str, value: &str) -> Message {
    Message::new("term-write").with("example", format!("{key} = {value}"))
}

/// A list that has headers of its own is written by its header.
pub(super) fn list_of_tables(key: &str, name: &str) -> Message {
    if name.starts_with("[[") {
        Message::new("term-write").with("example", name)
    } else {
        Message::new("term-write-such-as")
            .with("example", format!("{key} = {}", Expected::Tables.any_example()))
    }
}

pub(super) fn found(value: &Value<'_>) -> Message {
    Message::new(match value {
        Value::String(_) => "term-a-string",
        Value::Integer(..) => "term-a-whole-number",
        Value::Float(_) => "term-a-decimal-number",
        Value::Boolean(_) => "term-true-or-false",
        Value::Datetime(day) if day.is_none_or(|day| day.time.is_none()) => "term-a-date",
        Value::Datetime(_) => "term-a-moment",
        Value::List(_) => "term-a-list",
        Value::Table { .. } | Value::Unreadable => "term-a-table",
    })
}
