//! What a value of a document should have been, for the diagnostic that it is not.

use super::flat::Value;
use crate::lang::Message;

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

    /// The value as it was likely meant, where that can be told; else any value of the type.
    pub(super) fn example(self, given: &Value<'_>) -> String {
        match (self, given) {
            (Expected::String, Value::Integer(digits, _)) => format!("\"{digits}\""),
            (Expected::Integer, Value::String(text)) if is_whole_number(text) => text.to_string(),
            (Expected::Date, Value::String(text)) => text.to_string(),
            _ => self.any_example().to_owned(),
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

fn is_whole_number(text: &str) -> bool {
    !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit())
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
