//! WeCom's times: Unix seconds, which are days and hours of Beijing (T11, docs/rules.md#t11). Times from before the
//! charge began, as placeholders have them, are read as they are.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

/// The last second that is read: the last one of jiff's calendar, at the end of the year 9999.
pub(crate) const LAST_SECOND: i64 = 253_402_207_200;

/// Returns Beijing's time of a moment of Unix seconds; `None` beyond the calendar.
pub(crate) fn beijing(seconds: i64) -> Option<DateTime> {
    let moment = Timestamp::from_second(seconds).ok()?;
    Some(Offset::constant(8).to_datetime(moment))
}

/// Returns the first day without what lasts to the end of a moment's day (T6, docs/rules.md#t6); `None` beyond the
/// calendar.
pub(crate) fn day_after(moment: DateTime) -> Option<Date> {
    moment.date().tomorrow().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn seconds_are_beijing_time() {
        assert_eq!(beijing(1_668_739_098), Some(date(2022, 11, 18).at(10, 38, 18, 0)));
        assert_eq!(beijing(1_668_787_199), Some(date(2022, 11, 18).at(23, 59, 59, 0)));
        assert_eq!(beijing(1_668_787_200), Some(date(2022, 11, 19).at(0, 0, 0, 0)));
        assert_eq!(beijing(6_178_368_698).map(DateTime::date), Some(date(2165, 10, 14)));
        assert!(beijing(LAST_SECOND).is_some() && beijing(LAST_SECOND + 1).is_none());
    }
}
