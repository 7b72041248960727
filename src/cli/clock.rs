//! The one place that reads a clock: `today` in a date flag. All other days are stated by a flag or a plan.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::offset;
use wxlicense::diagnostic::lang::Message;

use super::values::BadValue;

/// Variable that replaces the clock, such as `2022-11-18`; for tests, and for reports that must not change.
const TODAY: &str = "WXLICENSE_TODAY";

/// Hours by which Beijing time is ahead of UTC, all year (T11).
const BEIJING: i8 = 8;

/// Returns the current day in Beijing time, or the one that `WXLICENSE_TODAY` states.
pub fn today() -> Result<Date, BadValue> {
    match std::env::var(TODAY) {
        Ok(stated) if !stated.is_empty() => stated.parse().map_err(|_| {
            BadValue(Message::new("cli-value-today").with("variable", TODAY).with("value", stated))
        }),
        _ => Ok(in_beijing(Timestamp::now())),
    }
}

fn in_beijing(moment: Timestamp) -> Date {
    offset(BEIJING).to_datetime(moment).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_beijing() {
        let moment = |text: &str| in_beijing(text.parse().unwrap());
        assert_eq!(moment("2022-11-17T15:59:59Z"), date(2022, 11, 17));
        assert_eq!(moment("2022-11-17T16:00:00Z"), date(2022, 11, 18));
    }
}
