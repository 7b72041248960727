//! What WeCom checks before it takes an order, applied. In go an order and what is known of its customer; out
//! come the reasons for which WeCom would refuse it. Read [`order_refusals`] first.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::charging::app_orders_check;
use super::deadline::days_between;
use crate::account::{AccountType, Counts, Term};
use crate::rates::{OrderChecks, RateCard};

/// An order, and what is known of its customer on the day on which it is placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderToCheck<'o> {
    /// The day on which it is placed, Beijing time.
    pub day: Date,
    /// Its term in days.
    pub days: u32,
    /// Its accounts.
    pub counts: Counts,
    /// The customer's orders of the provider's apps, the first and the last day of each; `None` if it is
    /// unknown whether there are any.
    pub app_orders: Option<&'o [RangeInclusive<Date>]>,
    /// True if an app of the customer is in its trial on that day.
    pub in_trial: bool,
    /// The headcount of the customer's contacts; `None` if it is unknown.
    pub contacts: Option<u32>,
}

/// A reason for which WeCom refuses an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderRefusal {
    /// The customer has no app order that has not expired (O1, docs/rules.md#o1).
    NoAppOrder {
        /// Last day of the app order that ended last; `None` if there was none.
        last_day: Option<Date>,
    },
    /// The term is too long for a trial without an app order (O2, docs/rules.md#o2).
    TooLongForTrial {
        /// The longest term in days, inclusive.
        most_days: u32,
    },
    /// The term is short, and the accounts are too many for the contacts (O3, docs/rules.md#o3).
    TooManyForContacts {
        /// The most accounts, both types together.
        most: u64,
        /// The longest term in days for which that holds, inclusive.
        days: u32,
    },
    /// The term is shorter than that of the app order (O4, docs/rules.md#o4).
    ShorterThanAppOrder {
        /// The shortest term in days, inclusive.
        least_days: u32,
    },
}

impl OrderRefusal {
    /// Returns the facts of a card behind the refusal.
    pub fn facts(self, checks: &OrderChecks) -> &[String] {
        match self {
            OrderRefusal::NoAppOrder { .. } => &checks.app_order_facts,
            OrderRefusal::TooLongForTrial { .. } => &checks.trial.facts,
            OrderRefusal::TooManyForContacts { .. } => &checks.short_term.facts,
            OrderRefusal::ShorterThanAppOrder { .. } => &checks.app_order_term_facts,
        }
    }
}

/// Returns the reasons for which WeCom would refuse an order, by O1–O4; none before the day from which it
/// checks the orders of the apps (T10, docs/rules.md#t10), and none that depends on what is unknown. While an
/// app is in its trial, unknown app orders are taken as none.
///
/// ```
/// use jiff::civil::date;
/// use wxlicense::{Counts, rates::RateCards, rules::{OrderRefusal, OrderToCheck, order_refusals}};
/// let cards = RateCards::embedded().unwrap();
/// let card = cards.in_force(None).unwrap();
/// let year = date(2024, 2, 1)..=date(2025, 1, 31);
/// let mut order = OrderToCheck {
///     day: date(2024, 3, 1),
///     days: 186,
///     counts: Counts { basic: 150, interop: 0 },
///     app_orders: Some(&[year]),
///     in_trial: false,
///     contacts: None,
/// };
/// assert_eq!(order_refusals(card, &order), [OrderRefusal::ShorterThanAppOrder { least_days: 366 }]);
/// order.days = 372;
/// assert_eq!(order_refusals(card, &order), []);
/// ```
pub fn order_refusals(card: &RateCard, order: &OrderToCheck<'_>) -> Vec<OrderRefusal> {
    let Some(checks) = &card.order_checks else { return Vec::new() };
    if app_orders_check(card, order.day).is_none() {
        return Vec::new();
    }
    let app_orders = order.app_orders.unwrap_or_default();
    let mut refusals = Vec::new();
    if !app_orders.iter().any(|app_order| is_current(app_order, order.day)) {
        let last_day = app_orders.iter().map(|app_order| *app_order.end()).max();
        match (order.in_trial, order.app_orders) {
            (true, _) if order.days > checks.trial.most_days => {
                refusals.push(OrderRefusal::TooLongForTrial { most_days: checks.trial.most_days });
            }
            (false, Some(_)) => refusals.push(OrderRefusal::NoAppOrder { last_day }),
            _ => {}
        }
    }
    if let Some(contacts) = order.contacts.filter(|_| order.days <= checks.short_term.days) {
        let most = u64::from(contacts) * u64::from(checks.short_term.accounts_per_contact);
        let accounts = AccountType::ALL.iter().map(|kind| u64::from(*order.counts.get(*kind))).sum::<u64>();
        if accounts > most {
            let days = checks.short_term.days;
            refusals.push(OrderRefusal::TooManyForContacts { most, days });
        }
    }
    let least_days = least_term_days(card, order.day, app_orders);
    if order.days < least_days {
        refusals.push(OrderRefusal::ShorterThanAppOrder { least_days });
    }
    refusals
}

/// Returns the shortest term in days that an order of a day can have: the card's shortest, or, by O4
/// (docs/rules.md#o4), the length of the longest app order that has not expired, up to the card's longest
/// term. App orders are a first and a last day; they count from the day on which WeCom began to check them
/// (T10).
pub fn least_term_days(card: &RateCard, day: Date, app_orders: &[RangeInclusive<Date>]) -> u32 {
    let least = card.term.least_days;
    if card.order_checks.is_none() || app_orders_check(card, day).is_none() {
        return least;
    }
    let current = app_orders.iter().filter(|app_order| is_current(app_order, day));
    let longest = current.map(|app_order| days_between(*app_order.start(), *app_order.end()) + 1).max();
    longest.unwrap_or_default().clamp(least, card.term.most_days.max(least))
}

/// Returns the only term that a waived customer can order, by O6 (docs/rules.md#o6); `None` if the card has no
/// rule.
pub fn waived_term(card: &RateCard) -> Option<Term> {
    card.order_checks.as_ref().map(|checks| checks.waived_term)
}

/// A reason for which WeCom refuses a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenewalRefusal {
    /// A waived customer cannot renew: it places a new order each time (O6, docs/rules.md#o6).
    Waived,
    /// Fewer accounts of the type are active than are to be renewed (O7, docs/rules.md#o7).
    NoActiveAccount(AccountType),
}

/// Returns the reason for which WeCom refuses to renew accounts of a customer that has so many active ones on
/// the day, by O6 and O7; `None` if it may renew them, or if the card has no rule.
///
/// ```
/// use wxlicense::{AccountType, Counts, rates::RateCards};
/// use wxlicense::rules::{RenewalRefusal, renewal_refusal};
/// let cards = RateCards::embedded().unwrap();
/// let card = cards.in_force(None).unwrap();
/// let basic = |basic| Counts { basic, interop: 0 };
/// assert_eq!(renewal_refusal(card, false, basic(8), basic(8)), None);
/// assert_eq!(renewal_refusal(card, true, basic(8), basic(8)), Some(RenewalRefusal::Waived));
/// let refused = renewal_refusal(card, false, basic(8), Counts { basic: 0, interop: 1 });
/// assert_eq!(refused, Some(RenewalRefusal::NoActiveAccount(AccountType::Interop)));
/// ```
pub fn renewal_refusal(
    card: &RateCard,
    waived: bool,
    active: Counts,
    renewed: Counts,
) -> Option<RenewalRefusal> {
    card.order_checks.as_ref()?;
    if waived {
        return Some(RenewalRefusal::Waived);
    }
    let too_few = AccountType::ALL.into_iter().find(|kind| renewed.get(*kind) > active.get(*kind));
    too_few.map(RenewalRefusal::NoActiveAccount)
}

/// Returns true if an app order has not expired on a day; its last day still counts.
fn is_current(app_order: &RangeInclusive<Date>, day: Date) -> bool {
    *app_order.end() >= day
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::rates::RateCards;

    fn card() -> RateCard {
        RateCards::embedded().unwrap().in_force(None).unwrap().as_ref().clone()
    }

    const YEAR: RangeInclusive<Date> = date(2024, 2, 1)..=date(2025, 1, 31);

    fn order(app_orders: Option<&[RangeInclusive<Date>]>) -> OrderToCheck<'_> {
        OrderToCheck {
            day: date(2024, 3, 1),
            days: 372,
            counts: Counts { basic: 300, interop: 100 },
            app_orders,
            in_trial: false,
            contacts: None,
        }
    }

    #[test]
    fn an_app_order_must_not_have_expired() {
        let on = |day| OrderToCheck { day, ..order(Some(&[YEAR])) };
        assert_eq!(order_refusals(&card(), &on(date(2025, 1, 31))), []);
        let expired = OrderRefusal::NoAppOrder { last_day: Some(date(2025, 1, 31)) };
        assert_eq!(order_refusals(&card(), &on(date(2025, 2, 1))), [expired]);
        assert_eq!(order_refusals(&card(), &order(Some(&[]))), [OrderRefusal::NoAppOrder { last_day: None }]);
        assert_eq!(order_refusals(&card(), &order(None)), []);
    }

    #[test]
    fn nothing_is_checked_before_the_day_from_which_wecom_checks() {
        let early = OrderToCheck { day: date(2023, 6, 29), days: 31, ..order(Some(&[])) };
        assert_eq!(order_refusals(&card(), &early), []);
        assert_eq!(least_term_days(&card(), date(2023, 6, 29), &[YEAR]), 31);
        assert_eq!(order_refusals(&card(), &OrderToCheck { day: date(2023, 6, 30), ..early }).len(), 1);
    }

    #[test]
    fn a_trial_without_an_app_order_allows_three_months() {
        let in_trial = |days, app_orders| OrderToCheck { in_trial: true, days, ..order(app_orders) };
        assert_eq!(order_refusals(&card(), &in_trial(93, Some(&[]))), []);
        let too_long = OrderRefusal::TooLongForTrial { most_days: 93 };
        assert_eq!(order_refusals(&card(), &in_trial(94, Some(&[]))), [too_long]);
        assert_eq!(order_refusals(&card(), &in_trial(94, None)), [too_long]);
        assert_eq!(order_refusals(&card(), &in_trial(372, Some(&[YEAR]))), []);
    }

    #[test]
    fn a_short_term_allows_two_accounts_a_contact() {
        let with = |days, contacts| OrderToCheck { days, contacts: Some(contacts), ..order(None) };
        assert_eq!(order_refusals(&card(), &with(93, 200)), []);
        let too_many = OrderRefusal::TooManyForContacts { most: 398, days: 93 };
        assert_eq!(order_refusals(&card(), &with(93, 199)), [too_many]);
        assert_eq!(order_refusals(&card(), &with(94, 199)), []);
    }

    #[test]
    fn the_shortest_term_is_that_of_the_longest_app_order() {
        let quarter = date(2024, 1, 1)..=date(2024, 3, 31);
        let day = date(2024, 3, 1);
        assert_eq!(least_term_days(&card(), day, &[]), 31);
        assert_eq!(least_term_days(&card(), day, std::slice::from_ref(&quarter)), 91);
        assert_eq!(least_term_days(&card(), day, &[quarter.clone(), YEAR]), 366);
        assert_eq!(least_term_days(&card(), date(2025, 2, 1), &[quarter, YEAR]), 31);
        let decade = date(2020, 1, 1)..=date(2029, 12, 31);
        assert_eq!(least_term_days(&card(), day, &[decade]), 1860);
    }

    #[test]
    fn a_refusal_names_the_facts_behind_it() {
        let checks = card().order_checks.unwrap();
        let refusals = [
            (OrderRefusal::NoAppOrder { last_day: None }, "O1"),
            (OrderRefusal::TooLongForTrial { most_days: 93 }, "O2"),
            (OrderRefusal::TooManyForContacts { most: 398, days: 93 }, "O3"),
            (OrderRefusal::ShorterThanAppOrder { least_days: 366 }, "O4"),
        ];
        for (refusal, fact) in refusals {
            assert!(
                refusal.facts(&checks).contains(&fact.to_owned()),
                "{fact}: {:?}",
                refusal.facts(&checks)
            );
        }
    }

    #[test]
    fn as_many_accounts_as_are_active_can_be_renewed() {
        let active = Counts { basic: 8, interop: 2 };
        let refusal =
            |waived, basic, interop| renewal_refusal(&card(), waived, active, Counts { basic, interop });
        assert_eq!(refusal(false, 8, 2), None);
        assert_eq!(refusal(false, 1, 1), None);
        assert_eq!(refusal(false, 9, 2), Some(RenewalRefusal::NoActiveAccount(AccountType::Basic)));
        assert_eq!(refusal(false, 8, 3), Some(RenewalRefusal::NoActiveAccount(AccountType::Interop)));
        assert_eq!(refusal(true, 8, 2), Some(RenewalRefusal::Waived));
    }

    #[test]
    fn a_card_without_checks_refuses_nothing() {
        let bare = RateCard { order_checks: None, ..card() };
        assert_eq!(order_refusals(&bare, &OrderToCheck { days: 31, ..order(Some(&[])) }), []);
        assert_eq!(waived_term(&bare), None);
        assert_eq!(renewal_refusal(&bare, true, Counts::ZERO, Counts { basic: 1, interop: 0 }), None);
        assert_eq!(waived_term(&card()), Some(Term::ONE_YEAR));
    }
}
