use jiff::civil::Date;

/// Returns true if the remaining time of accounts on the day of a purchase is longer than its term, in days: these come
/// before it in the tiers by most readings of P12 (docs/rules.md#p12).
///
/// ```
/// use jiff::civil::date;
/// use wxlicense::rules::outlasts;
/// assert!(outlasts(date(2023, 6, 30), date(2022, 11, 18), 223));
/// assert!(!outlasts(date(2023, 6, 30), date(2022, 11, 18), 224));
/// ```
pub fn outlasts(expires: Date, purchase: Date, term_days: u32) -> bool {
    remaining_days(expires, purchase) > i64::from(term_days)
}

/// Returns true if the remaining time of accounts on the day of a purchase is exactly its term, as that of
/// accounts that a top-up is to expire with. Whether they come first in the tiers rests on the word "longer" alone: P12
/// (docs/rules.md#p12).
pub fn expires_with(expires: Date, purchase: Date, term_days: u32) -> bool {
    remaining_days(expires, purchase) == i64::from(term_days)
}

fn remaining_days(expires: Date, purchase: Date) -> i64 {
    expires.duration_since(purchase).as_hours() / HOURS_PER_DAY
}

const HOURS_PER_DAY: i64 = 24;

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_rest_of_accounts_is_longer_than_a_term_or_the_same() {
        let (expires, day) = (date(2023, 6, 30), date(2022, 11, 18));
        let both = |days| (outlasts(expires, day, days), expires_with(expires, day, days));
        assert_eq!([223, 224, 225].map(both), [(true, false), (false, true), (false, false)]);
        assert_eq!((outlasts(day, expires, 0), expires_with(day, day, 0)), (false, true));
    }
}
