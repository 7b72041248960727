use std::sync::Arc;

use super::{Plan, ReadOptions, Reading, read};
use crate::diagnostic::SourceFile;
use crate::rates::RateCards;

/// Returns what reading a plan gives, priced by the embedded rate cards.
pub(crate) fn reading(text: &str) -> Reading {
    let cards = RateCards::embedded().unwrap();
    read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards))
}

/// Returns a plan that has no error.
pub(crate) fn plan(text: &str) -> Plan {
    let reading = reading(text);
    reading.plan.unwrap_or_else(|| panic!("{:#?}\n{text}", reading.diagnostics))
}
