use jiff::Span;
use jiff::civil::Date;

/// Returns the day before: what is decided in the order of days sees all that begins until then.
pub(super) fn eve(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

/// Returns the day so many days later; `None` beyond the calendar.
pub(in crate::planning::schedule) fn after(day: Date, days: u32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Returns the day so many days earlier; `None` before the calendar.
pub(super) fn before(day: Date, days: u32) -> Option<Date> {
    day.checked_sub(Span::new().try_days(days).ok()?).ok()
}
