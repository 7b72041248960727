//! The words of the diagnostic that a value is not what its key takes.

use super::flat::Value;
use super::key::Shape;
use super::suggestion;
use crate::diagnostic::lang::Message;

/// Returns the value in the spelling that its key takes, if only one reading is possible.
pub(super) fn meant(shape: &Shape, given: &Value<'_>) -> Option<String> {
    match (shape, given) {
        (Shape::Text(_), Value::Integer(digits, _)) => Some(format!("\"{digits}\"")),
        (Shape::Integer(..), Value::String(text) | Value::Float(text)) => suggestion::whole_number(text),
        (Shape::Boolean, Value::String(text)) => suggestion::answer(text).map(|answer| answer.to_string()),
        (Shape::Date, Value::String(text) | Value::Integer(text, 10)) => {
            suggestion::date(text).map(|date| date.to_string())
        }
        _ => None,
    }
}

/// Returns the advice to write this value, and no other.
pub(super) fn written(key: &str, value: &str) -> Message {
    Message::new("term-write").with("example", format!("{key} = {value}"))
}

/// Returns what to call a value that was found.
pub(super) fn found(value: &Value<'_>) -> Message {
    Message::new(match value {
        Value::String(_) => "term-a-string",
        Value::Integer(..) => "term-a-whole-number",
        Value::Float(_) => "term-a-decimal-number",
        Value::Boolean(_) => "term-true-or-false",
        Value::Datetime(day) if day.time.is_none() => "term-a-date",
        Value::Datetime(_) => "term-a-moment",
        Value::List(_) => "term-a-list",
        Value::Table { .. } | Value::Unreadable => "term-a-table",
    })
}
