//! Values as a plan file writes them.

use jiff::civil::Date;
use toml_datetime::Datetime;
use toml_edit::InlineTable;

use crate::account::Term;

/// Returns a term as a plan writes it.
pub(crate) fn term_table(term: Term) -> InlineTable {
    let whole_years = term.months > 0 && term.months.is_multiple_of(Term::MONTHS_PER_YEAR);
    let parts = match whole_years {
        true => [("years", term.months / Term::MONTHS_PER_YEAR), ("months", 0), ("days", term.days)],
        false => [("years", 0), ("months", term.months), ("days", term.days)],
    };
    parts.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| (key, i64::from(count))).collect()
}

/// Returns a day as TOML has it.
pub(crate) fn datetime(day: Date) -> Datetime {
    let (year, month, day) =
        (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
    Datetime { date: Some(toml_datetime::Date { year, month, day }), time: None, offset: None }
}
