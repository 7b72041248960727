//! What the fields of a row mean, as people type them: as a spreadsheet of customers says it. Read [`count`] first.

use jiff::civil::Date;

use super::layout::Key;
use crate::account::Term;
use crate::customer::Certification;
use crate::diagnostic::lang::Message;
use crate::import::headers::Key as Known;
use crate::import::sheet::{Cell, CellKind};
use crate::import::values::{Value, read};

/// Longest content that a problem shows, in signs.
const MOST_SHOWN: usize = 40;

/// Reads a number of accounts; nothing and a dash are none.
pub(super) fn count(heading: &str, text: &str) -> Result<u32, Message> {
    match value(Known::Basic, heading, text)? {
        Some(Value::Count(count)) => Ok(count),
        _ => Ok(0),
    }
}

/// Reads a term; a number alone is of the unit of its key. `None` if nothing is stated.
pub(super) fn term(key: Key, heading: &str, text: &str) -> Result<Option<Term>, Message> {
    let unit = match key {
        Key::Months | Key::Days => key.as_str(),
        _ => heading,
    };
    Ok(value_with(Known::Term, unit, heading, text)?.and_then(|value| match value {
        Value::Term(term) => Some(term),
        _ => None,
    }))
}

/// Reads a yes or no; nothing is no.
pub(super) fn answer(heading: &str, text: &str) -> Result<bool, Message> {
    Ok(value(Known::NonprofitProof, heading, text)? == Some(Value::Answer(true)))
}

/// Reads an industry as primary/secondary.
pub(super) fn industry(heading: &str, text: &str) -> Result<Option<String>, Message> {
    Ok(value(Known::Industry, heading, text)?.map(|value| value.to_string()))
}

/// Reads how far WeCom has checked a customer; nothing is not at all.
pub(super) fn certification(heading: &str, text: &str) -> Result<Certification, Message> {
    match value(Known::Certification, heading, text)? {
        Some(Value::Certification(state)) => Ok(state),
        _ => Ok(Certification::None),
    }
}

/// Reads a day.
pub(super) fn day(heading: &str, text: &str) -> Result<Option<Date>, Message> {
    match value(Known::Expires, heading, text)? {
        Some(Value::Date(date)) => Ok(Some(date)),
        _ => Ok(None),
    }
}

fn value(known: Known, heading: &str, text: &str) -> Result<Option<Value>, Message> {
    value_with(known, heading, heading, text)
}

fn value_with(known: Known, unit: &str, heading: &str, text: &str) -> Result<Option<Value>, Message> {
    let cell =
        Cell { column: 1, text: text.trim().to_owned(), kind: CellKind::Text, span: 0..0, merged: None };
    read(known, unit, &cell).map_err(|wrong| {
        let mut shown: String = cell.text.chars().take(MOST_SHOWN).collect();
        if shown.len() < cell.text.len() {
            shown.push('…');
        }
        Message::new("batch-not-understood")
            .with("column", heading)
            .with("value", shown)
            .with("reason", wrong.reason)
            .with("fix", wrong.fix)
    })
}
