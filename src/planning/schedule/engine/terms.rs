use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::app_orders;
use super::days::after;
use crate::account::Term;
use crate::customer::Customer;
use crate::plan::School;
use crate::rates::RateCard;
use crate::rules::{
    app_orders_check, automatic_stacking_day, last_activation_day, least_term_days, look_up_waiver,
    renewal_day, stacking_days, waived_term,
};

/// The terms that a payer can order, and the days of renewals.
pub(in crate::planning::schedule) struct Terms<'p> {
    card: &'p RateCard,
    customer: &'p Customer,
    /// The plan's date, before which nothing is ordered.
    today: Date,
    /// The term of the school.
    pub(in crate::planning::schedule) own: Term,
    pub(in crate::planning::schedule) own_days: u32,
    app_orders: Vec<RangeInclusive<Date>>,
    pub(in crate::planning::schedule) test_enterprise: bool,
    last_waived_day: Option<Date>,
}

/// How accounts of an expiry go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::planning::schedule) enum Continuation {
    /// A renewal of the day (P13).
    Renewal,
    /// New accounts, activated at the expiry.
    Replacement,
}

impl<'p> Terms<'p> {
    pub(in crate::planning::schedule) fn new(
        card: &'p RateCard,
        schools: &[&'p School],
        today: Date,
    ) -> Terms<'p> {
        let payer = schools[0];
        let last_day = card
            .waivers
            .iter()
            .filter_map(|rule| rule.last_day)
            .filter(|day| is_waived(card, &payer.customer, *day))
            .max();
        Terms {
            card,
            customer: &payer.customer,
            today,
            own: payer.term,
            own_days: card.term.days(payer.term).unwrap_or(card.term.days_per_year),
            app_orders: app_orders(card, schools),
            test_enterprise: payer.test_enterprise,
            last_waived_day: last_day.filter(|_| !payer.test_enterprise),
        }
    }

    /// Returns true if orders of a day cost nothing (V1–V4).
    pub(in crate::planning::schedule) fn is_waived(&self, day: Date) -> bool {
        !self.test_enterprise && is_waived(self.card, self.customer, day)
    }

    /// Returns the last day of the payer's waiver, if it is not before a day.
    pub(in crate::planning::schedule) fn last_waived_day(&self, from: Date) -> Option<Date> {
        self.last_waived_day.filter(|last| from <= *last)
    }

    /// Returns the last day of activation of codes paid on a day (T4, docs/rules.md#t4), and the last expiry that they can
    /// prolong (T7, docs/rules.md#t7), both inclusive; `None` without a deadline.
    pub(in crate::planning::schedule) fn reach_of_codes(&self, paid: Date) -> Option<(Date, Date)> {
        let last = last_activation_day(self.card, paid)?;
        Some((last, stacking_days(self.card).and_then(|days| after(last, days)).unwrap_or(last)))
    }

    pub(in crate::planning::schedule) fn is_last_waived_day(&self, day: Date) -> bool {
        self.last_waived_day == Some(day)
    }

    /// Returns the shortest term in days of an order of a day, by P6 and O4 (docs/rules.md#o4).
    pub(in crate::planning::schedule) fn least_days(&self, day: Date) -> u32 {
        least_term_days(self.card, day, &self.app_orders)
    }

    /// Returns true if the plan states an app order that has not expired.
    pub(in crate::planning::schedule) fn knows_app_order(&self, day: Date) -> bool {
        self.app_orders.iter().any(|order| day <= *order.end())
    }

    /// Returns true if WeCom compares an order's term with that of an app order on a day (T10, O4).
    pub(in crate::planning::schedule) fn is_compared_with_app_order(&self, day: Date) -> bool {
        self.card.order_checks.is_some() && app_orders_check(self.card, day).is_some()
    }

    /// Returns the term of an order for the whole term: the school's, or the only one of a waived customer
    /// (O6), or the shortest that O4 allows.
    pub(in crate::planning::schedule) fn whole(&self, day: Date) -> Term {
        if self.test_enterprise {
            return self.own;
        }
        if self.is_waived(day) {
            return waived_term(self.card).unwrap_or(self.own);
        }
        let least = self.least_days(day);
        if self.own_days >= least {
            self.own
        } else {
            Term { months: self.card.term.months_of(least), days: 0 }
        }
    }

    pub(in crate::planning::schedule) fn days(&self, term: Term) -> u32 {
        self.card.term.days(term).unwrap_or(u32::MAX)
    }

    /// Returns the day on which it is decided how accounts of an expiry go on, and how. What should have been decided
    /// before the plan's date is ordered on that date, whose waiver counts.
    pub(in crate::planning::schedule) fn continuation(&self, expires: Date) -> (Date, Continuation) {
        let automatic = automatic_stacking_day(self.card, expires).unwrap_or(expires);
        let ordered = automatic.max(self.today);
        if self.test_enterprise || self.is_waived(ordered) {
            return (automatic, Continuation::Replacement);
        }
        // A renewal needs an active account: O7 (docs/rules.md#o7).
        match renewal_day(self.card, expires, self.days(self.whole(ordered))) {
            day if day < expires => (day, Continuation::Renewal),
            _ => (automatic, Continuation::Replacement),
        }
    }

    /// Returns true if renewals are submitted in whole months, which prolong each account from its own expiry;
    /// else to one day: O7, P15 (docs/rules.md#p15).
    pub(in crate::planning::schedule) fn renews_in_months(&self, day: Date) -> bool {
        self.whole(day).days == 0
    }
}

fn is_waived(card: &RateCard, customer: &Customer, day: Date) -> bool {
    look_up_waiver(card, customer, Some(day)).is_some_and(|waiver| waiver.applied())
}
