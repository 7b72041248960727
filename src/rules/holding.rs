use jiff::civil::Date;

/// Whether accounts that expire on a day come before a purchase in the bands (P12): on the day of the purchase
/// their remaining time must be longer than the term, in days. Equally long is not longer.
///
/// ```
/// use jiff::civil::date;
/// use wxlicense::rules::outlasts;
/// assert!(outlasts(date(2023, 6, 30), date(2022, 11, 18), 223));
/// assert!(!outlasts(date(2023, 6, 30), date(2022, 11, 18), 224));
/// ```
pub fn outlasts(expires: Date, purchase: Date, term_days: u32) -> bool {
    let remaining = expires.duration_since(purchase).as_hours() / HOURS_PER_DAY;
    remaining > i64::from(term_days)
}

const HOURS_PER_DAY: i64 = 24;
