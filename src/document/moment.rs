use jiff::civil::{Date, DateTime};
use toml_datetime::{Datetime, Offset};

/// Returns the day; `None` if the calendar has no such day.
pub(super) fn civil_date(datetime: &Datetime) -> Option<Date> {
    let date = datetime.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?)
        .ok()
}

/// Returns the moment in Beijing time (T11); a day alone is its first moment. `None` if there is no such
/// moment.
pub(super) fn civil_datetime(datetime: &Datetime) -> Option<DateTime> {
    let date = civil_date(datetime)?;
    let Some(time) = datetime.time else { return Some(date.at(0, 0, 0, 0)) };
    let (hour, minute) = (i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?);
    let second = i8::try_from(time.second.unwrap_or(0)).ok()?;
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let local = date.to_datetime(time);
    let minutes_from_utc = match datetime.offset {
        None => return Some(local),
        Some(Offset::Z) => 0,
        Some(Offset::Custom { minutes }) => i64::from(minutes),
    };
    let shift = jiff::SignedDuration::from_mins(BEIJING_MINUTES_FROM_UTC - minutes_from_utc);
    local.checked_add(shift).ok()
}

const BEIJING_MINUTES_FROM_UTC: i64 = 8 * 60;
