//! Days that follow from a payment, an activation or an expiry, by the rules of a card. All are Beijing days.

use jiff::Span;
use jiff::civil::Date;

use crate::account::Term;
use crate::rates::{RateCard, TermRules};

/// Returns the last day, inclusive, on which a refund of a purchase can be asked for, by T5
/// (docs/rules.md#t5): the day of payment is not counted (T12, assumed). `None` if the card has no rule.
/// Beijing time.
pub fn last_refund_day(card: &RateCard, paid: Date) -> Option<Date> {
    days_after(paid, card.refund.as_ref()?.days)
}

/// Returns the last day, inclusive, on which a bought account can be activated, by T4 (docs/rules.md#t4): the
/// same day of the month, the card's number of months after payment, or the month's last day if it has no
/// such day (T13, assumed). `None` if the card has no rule. Beijing time.
///
/// ```
/// use jiff::civil::date;
/// use wxlicense::{rates::RateCards, rules::last_activation_day};
/// let cards = RateCards::embedded().unwrap();
/// let card = cards.in_force(None).unwrap();
/// assert_eq!(last_activation_day(card, date(2024, 2, 29)), Some(date(2025, 2, 28)));
/// ```
pub fn last_activation_day(card: &RateCard, paid: Date) -> Option<Date> {
    let months = Span::new().try_months(card.activation.as_ref()?.months).ok()?;
    paid.checked_add(months).ok()
}

/// Returns the day on which an account expires, by T6 (docs/rules.md#t6): the day of activation plus the
/// term's days, at the hour of the activation, so that a renewal whose term begins on that day leaves no gap.
/// `None` beyond the calendar.
///
/// ```
/// use jiff::civil::date;
/// use wxlicense::{Term, rates::RateCards, rules::expiry};
/// let cards = RateCards::embedded().unwrap();
/// let terms = &cards.in_force(None).unwrap().term;
/// assert_eq!(expiry(terms, date(2022, 11, 18), Term::ONE_YEAR), Some(date(2023, 11, 25)));
/// ```
pub fn expiry(terms: &TermRules, activated: Date, term: Term) -> Option<Date> {
    days_after(activated, terms.days(term)?)
}

/// Returns the most days that may remain to an account on which a new code is stacked, by T7 (docs/rules.md#t7).
/// `None` if the card has no rule.
pub fn stacking_days(card: &RateCard) -> Option<u32> {
    Some(card.stacking.as_ref()?.days_left)
}

/// Returns the first day on which a new code of the same type can be activated for a user whose account
/// expires on that day, by T7 (docs/rules.md#t7), counted by T14. `None` if the card has no rule. Beijing
/// time.
pub fn first_stacking_day(card: &RateCard, expires: Date) -> Option<Date> {
    days_before(expires, card.stacking.as_ref()?.days_left)
}

/// Returns the first day on which the automatic activation prolongs an account that expires on that day, by
/// T7 (docs/rules.md#t7), counted by T14. `None` if the card has no rule. Beijing time.
pub fn automatic_stacking_day(card: &RateCard, expires: Date) -> Option<Date> {
    days_before(expires, card.stacking.as_ref()?.automatic_days_left)
}

/// Returns the latest day of expiry that prolonging an account on a day can reach, inclusive, by T8
/// (docs/rules.md#t8). `None` if the card has no rule. Beijing time.
pub fn latest_expiry(card: &RateCard, on: Date) -> Option<Date> {
    days_after(on, card.stacking.as_ref()?.most_days_ahead)
}

/// Returns the day on which a budget places the renewal of an account that expires on that day: when the
/// automatic activation begins to prolong, by T7 (docs/rules.md#t7), so that the new term begins at the old
/// expiry and no user is locked out; later if the prolonged validity would reach too far ahead (T8), at
/// the latest on the day of expiry. Without a rule of the card it is the day of expiry. Beijing time.
pub fn renewal_day(card: &RateCard, expires: Date, term_days: u32) -> Date {
    let Some(rule) = &card.stacking else { return expires };
    let too_far = (rule.automatic_days_left.saturating_add(term_days)).saturating_sub(rule.most_days_ahead);
    days_before(expires, rule.automatic_days_left.saturating_sub(too_far)).unwrap_or(expires)
}

/// Returns whole days from one day to a later one; zero if it is not later.
pub fn days_between(from: Date, to: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

fn days_after(day: Date, days: u32) -> Option<Date> {
    day.checked_add(span_of(days)?).ok()
}

fn days_before(day: Date, days: u32) -> Option<Date> {
    day.checked_sub(span_of(days)?).ok()
}

/// Returns a span of days; `None` if there are more than a calendar has.
pub(super) fn span_of(days: u32) -> Option<Span> {
    Span::new().try_days(days).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rates::RateCards;

    fn card() -> RateCard {
        RateCards::embedded().unwrap().in_force(None).unwrap().as_ref().clone()
    }

    #[test]
    fn a_refund_can_be_asked_for_on_the_tenth_day_after_payment() {
        assert_eq!(last_refund_day(&card(), date(2022, 11, 18)), Some(date(2022, 11, 28)));
        assert_eq!(last_refund_day(&card(), date(2024, 2, 25)), Some(date(2024, 3, 6)));
        assert_eq!(last_refund_day(&card(), date(2022, 12, 25)), Some(date(2023, 1, 4)));
    }

    #[test]
    fn activation_ends_on_the_same_day_of_the_next_year() {
        assert_eq!(last_activation_day(&card(), date(2022, 11, 18)), Some(date(2023, 11, 18)));
        assert_eq!(last_activation_day(&card(), date(2023, 2, 28)), Some(date(2024, 2, 28)));
        assert_eq!(last_activation_day(&card(), date(2096, 2, 29)), Some(date(2097, 2, 28)));
    }

    #[test]
    fn a_year_is_372_days_whatever_the_calendar_says() {
        let expires = |year, month, day| expiry(&card().term, date(year, month, day), Term::ONE_YEAR);
        assert_eq!(expires(2022, 11, 18), Some(date(2023, 11, 25)));
        assert_eq!(expires(2023, 11, 25), Some(date(2024, 12, 1)));
        assert_eq!(expires(2024, 2, 29), Some(date(2025, 3, 7)));
        assert_eq!(expires(2099, 12, 31), Some(date(2101, 1, 7)));
        assert_eq!(expiry(&card().term, Date::MAX, Term::ONE_YEAR), None);
        assert_eq!(expiry(&card().term, Date::MIN, Term { months: 0, days: u32::MAX }), None);
    }

    #[test]
    fn stacking_opens_twenty_days_before_expiry_and_reaches_five_years() {
        let expires = date(2023, 11, 25);
        assert_eq!(stacking_days(&card()), Some(20));
        assert_eq!(first_stacking_day(&card(), expires), Some(date(2023, 11, 5)));
        assert_eq!(automatic_stacking_day(&card(), expires), Some(date(2023, 11, 18)));
        assert_eq!(latest_expiry(&card(), date(2022, 11, 18)), Some(date(2027, 12, 22)));
    }

    #[test]
    fn a_renewal_waits_until_its_term_fits_under_the_five_years() {
        let expires = date(2023, 11, 25);
        assert_eq!(renewal_day(&card(), expires, 372), date(2023, 11, 18));
        assert_eq!(renewal_day(&card(), expires, 1853), date(2023, 11, 18));
        assert_eq!(renewal_day(&card(), expires, 1855), date(2023, 11, 20));
        assert_eq!(renewal_day(&card(), expires, 1860), expires);
    }

    #[test]
    fn a_card_without_rules_has_no_deadlines() {
        let bare = RateCard { refund: None, activation: None, stacking: None, trial: None, ..card() };
        let day = date(2022, 11, 18);
        let all = [last_refund_day, last_activation_day, first_stacking_day, automatic_stacking_day];
        assert!(all.iter().all(|rule| rule(&bare, day).is_none()));
        assert_eq!((stacking_days(&bare), latest_expiry(&bare, day)), (None, None));
        assert_eq!(renewal_day(&bare, day, 372), day);
    }
}
