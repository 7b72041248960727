//! Days, months and spans of days as flags take them. A text goes in, a value or a [`BadValue`] with its reason
//! comes out.

use std::time::Duration;

use jiff::civil::Date;
use jiff::{Span, civil};
use wxlicense::Term;
use wxlicense::count::parse_count;
use wxlicense::diagnostic::lang::Message;

use super::clock::today;
use super::values::BadValue;

/// Parses a day, or `today`. A time of day is an error, since it would be ignored.
pub fn date(text: &str) -> Result<Date, BadValue> {
    if text == "today" || text == "今天" {
        return today();
    }
    let plain = text.len() == "2022-11-18".len();
    text.parse().ok().filter(|_| plain).ok_or(BadValue(Message::new("cli-value-date")))
}

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
}

/// Parses a month: `2022-12`, `2022/12` or `2022年12月`.
pub fn month(text: &str) -> Result<Month, BadValue> {
    let parts = text.strip_suffix('月').unwrap_or(text).split_once(['-', '/', '年']);
    let first = parts.filter(|(year, _)| year.len() == 4).and_then(|(year, month)| {
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = Some((year, month)).filter(|(y, m)| is_digits(y) && is_digits(m))?;
        civil::Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
    });
    let month = first.map(|first| Month { first, last: first.last_of_month() });
    month.ok_or_else(|| BadValue(Message::new("cli-value-month")))
}

/// A span of days ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// So many days.
    Days(u32),
    /// So many calendar months.
    Months(u32),
}

/// Parses a span: `30d`, `2w` or `1m`; a number alone is days. `天`, `周` and `个月` do as well.
pub fn within(text: &str) -> Result<Within, BadValue> {
    let without = |units: &[&str]| units.iter().find_map(|unit| text.strip_suffix(unit));
    let count = |number: &str| parse_count(number).ok();
    let span = if let Some(weeks) = without(&["w", "周"]) {
        count(weeks).and_then(|weeks| weeks.checked_mul(DAYS_PER_WEEK)).map(Within::Days)
    } else if let Some(months) = without(&["m", "个月", "月"]) {
        count(months).map(Within::Months)
    } else {
        count(without(&["d", "天", "日"]).unwrap_or(text)).map(Within::Days)
    };
    span.ok_or_else(|| BadValue(Message::new("cli-value-days")))
}

const DAYS_PER_WEEK: u32 = 7;

impl Within {
    /// Returns the last day of the span from a day on, inclusive; `None` beyond the calendar.
    pub fn end(self, from: Date) -> Option<Date> {
        let span = match self {
            Within::Days(days) => Span::new().try_days(days),
            Within::Months(months) => Span::new().try_months(months),
        };
        from.checked_add(span.ok()?).ok()
    }
}

/// Parses a term: `12m`, `400d`, or `12m5d`; `个月` and `天` do as well.
pub fn term(text: &str) -> Result<Term, BadValue> {
    let bad = || BadValue(Message::new("cli-value-term"));
    let (months, rest) = match ["个月", "月", "m"].iter().find_map(|unit| text.split_once(unit)) {
        Some((months, rest)) => (parse_count(months).map_err(|_| bad())?, rest),
        None => (0, text),
    };
    let days = match ["天", "日", "d"].iter().find_map(|unit| rest.strip_suffix(unit)) {
        Some(days) => parse_count(days).map_err(|_| bad())?,
        None if rest.is_empty() => 0,
        None => return Err(bad()),
    };
    let is_short = months <= MOST_OF_A_TERM && days <= MOST_OF_A_TERM;
    if is_short && (months, days) != (0, 0) { Ok(Term { months, days }) } else { Err(bad()) }
}

/// Longer than any term, but too short to overflow one.
const MOST_OF_A_TERM: u32 = 1_000_000;

/// Parses a day of every year, as month and day: `03-01`.
pub fn day_of_year(text: &str) -> Result<(i8, i8), BadValue> {
    // A leap year has all of them.
    let date: Option<Date> = format!("2024-{text}").parse().ok().filter(|_| text.len() == "03-01".len());
    date.map(|date| (date.month(), date.day())).ok_or_else(|| BadValue(Message::new("cli-value-day-of-year")))
}

/// Parses a time to wait: `10s`, `2min`, or seconds alone.
pub fn duration(text: &str) -> Result<Duration, BadValue> {
    let bad = || BadValue(Message::new("cli-value-duration"));
    let minutes = ["min", "分钟", "分"].iter().find_map(|unit| text.strip_suffix(unit));
    let (number, seconds) = match minutes {
        Some(minutes) => (minutes, 60),
        None => (["s", "秒"].iter().find_map(|unit| text.strip_suffix(unit)).unwrap_or(text), 1),
    };
    let count = parse_count(number).map_err(|_| bad())?;
    Ok(Duration::from_secs(u64::from(count) * seconds))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn a_month_is_its_first_and_last_day() {
        let december = Month { first: day(2022, 12, 1), last: day(2022, 12, 31) };
        for text in ["2022-12", "2022/12", "2022年12月"] {
            assert_eq!(month(text).unwrap(), december, "{text}");
        }
        assert_eq!(month("2024-2").unwrap().last, day(2024, 2, 29));
        for text in ["2022-13", "2022", "12-2022", "2022-12-01", "22-12", "+022-1", "2022-", "今年"] {
            assert!(month(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_span_is_days_weeks_or_months() {
        let end = |text| within(text).unwrap().end(day(2023, 1, 31));
        assert_eq!(end("30"), Some(day(2023, 3, 2)));
        assert_eq!(end("30d"), end("30天"));
        assert_eq!(end("2w"), Some(day(2023, 2, 14)));
        assert_eq!(end("1m"), Some(day(2023, 2, 28)));
        assert_eq!(end("3个月"), Some(day(2023, 4, 30)));
        assert_eq!(end("4000000000d"), None);
        for text in ["", "d", "1y", "-1d", "1.5m", "1 000 000 000w"] {
            assert!(within(text).is_err(), "{text}");
        }
    }
}
