use jiff::civil::Date;

use super::{HeldLot, Plan, School};
use crate::account::{AccountType, Counts, Term};
use crate::rates::TermRules;
use crate::rules::{expires_with, expiry, outlasts};

/// Accounts of one type that a school has: a `held` lot, or those of an activated purchase. The two differ
/// only in what is known of their beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    /// The accounts, their type, and the day on which they expire (T6, docs/rules.md#t6).
    pub lot: HeldLot,
    /// Day of activation, Beijing time; `None` for a `held` lot, which is active already.
    pub activated: Option<Date>,
    /// Index of the purchase in [`School::purchases`]; `None` for a `held` lot.
    pub purchase: Option<usize>,
}

impl Holding {
    /// Returns true if the accounts are active on a day: from the day of activation to the day before the
    /// expiry.
    pub fn is_active(&self, on: Date) -> bool {
        self.activated.is_none_or(|activated| activated <= on) && on < self.lot.expires
    }
}

impl School {
    /// Returns all accounts that the school has: the `held` lots, then those of its activated purchases, each
    /// in the order of the file. Accounts that are bought and not activated expire on no known day and are
    /// left out.
    pub fn holdings(&self, terms: &TermRules) -> Vec<Holding> {
        let held = self.held.iter().map(|lot| Holding { lot: *lot, activated: None, purchase: None });
        let bought = self.purchases.iter().enumerate().filter_map(|(index, purchase)| {
            let activated = purchase.activated?;
            Some((index, activated, purchase.counts, expiry(terms, activated, purchase.term)?))
        });
        let bought = bought.flat_map(|(index, activated, counts, expires)| {
            AccountType::ALL.into_iter().filter_map(move |account_type| {
                let count = *counts.get(account_type);
                let lot = HeldLot { account_type, count, expires };
                let holding = Holding { lot, activated: Some(activated), purchase: Some(index) };
                (count > 0).then_some(holding)
            })
        });
        held.chain(bought).collect()
    }

    /// Returns the active accounts that come before a purchase of a day and term in the tiers (P12).
    pub fn held_beyond(&self, terms: &TermRules, bought: Date, term: Term) -> Counts {
        self.held_where(terms, bought, term, outlasts, |_| true)
    }

    /// Returns the active accounts whose remaining time is exactly the term of a purchase, which do not come
    /// before it (P12, docs/rules.md#p12).
    pub fn held_expiring_with(&self, terms: &TermRules, bought: Date, term: Term) -> Counts {
        self.held_where(terms, bought, term, expires_with, |_| true)
    }

    /// Returns the active accounts that came before one of the school's purchases in the tiers (P12).
    /// Purchases follow each other by the day of payment, on one day in the order of the file: an earlier one
    /// of the same day counts if it was active by then.
    pub fn held_before_purchase(&self, terms: &TermRules, purchase: usize) -> Counts {
        let Some(bought) = self.purchases.get(purchase) else { return Counts::ZERO };
        let earlier = |holding: &Holding| holding.purchase.is_none_or(|index| index < purchase);
        self.held_where(terms, bought.paid, bought.term, outlasts, earlier)
    }

    fn held_where(
        &self,
        terms: &TermRules,
        bought: Date,
        term: Term,
        is_longer: fn(Date, Date, u32) -> bool,
        counts_in: impl Fn(&Holding) -> bool,
    ) -> Counts {
        let mut held = Counts::ZERO;
        let Some(days) = terms.days(term) else { return held };
        let mut add = |lot: HeldLot| {
            let count = held.get_mut(lot.account_type);
            *count = count.saturating_add(lot.count);
        };
        let holdings = self.holdings(terms).into_iter().filter(|holding| holding.is_active(bought));
        holdings
            .filter(|holding| is_longer(holding.lot.expires, bought, days) && counts_in(holding))
            .for_each(|holding| add(holding.lot));
        held
    }
}

impl Plan {
    /// Returns the accounts that a school needs on a day: those of its last headcount up to that day; before
    /// the first, the accounts to buy and the `held` ones that are active on the plan's date. Purchases add
    /// nothing: they are how the need is met.
    pub fn accounts_needed(&self, school: &School, on: Date) -> Counts {
        if let Some(headcount) = school.headcounts.iter().rev().find(|headcount| headcount.from <= on) {
            return headcount.counts;
        }
        let mut needed = school.counts;
        for lot in school.held.iter().filter(|lot| self.date.is_none_or(|date| date < lot.expires)) {
            let count = needed.get_mut(lot.account_type);
            *count = count.saturating_add(lot.count);
        }
        needed
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::plan::{ReadOptions, read};
    use crate::rates::RateCards;

    fn plan(text: &str) -> Plan {
        let cards = RateCards::embedded().unwrap();
        let text = format!("date = 2023-02-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 50\n{text}");
        read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards)).plan.unwrap()
    }

    const PURCHASES: &str = r#"
        held = [{ type = "basic", count = 180, expires = 2024-06-30 }]
        [[school.purchase]]
        paid = 2022-11-18
        basic = 100
        interop = 20
        activated = 2022-11-18
        [[school.purchase]]
        paid = 2023-01-10
        basic = 7
        activated = 2023-01-10
        term = { months = 6 }
        [[school.purchase]]
        paid = 2023-01-10
        basic = 9
        term = { months = 3 }
        [[school.headcount]]
        from = 2023-09-01
        basic = 230
        "#;

    #[test]
    fn purchases_become_lots_from_their_activation_on() {
        let plan = plan(PURCHASES);
        let holdings = plan.schools[0].holdings(&plan.card.term);
        let shown: Vec<(u32, Date, Option<usize>)> =
            holdings.iter().map(|held| (held.lot.count, held.lot.expires, held.purchase)).collect();
        assert_eq!(
            shown,
            [
                (180, date(2024, 6, 30), None),
                (100, date(2023, 11, 25), Some(0)),
                (20, date(2023, 11, 25), Some(0)),
                (7, date(2023, 7, 15), Some(1)),
            ]
        );
    }

    #[test]
    fn a_purchase_follows_those_paid_before_it_and_earlier_in_the_file() {
        let plan = plan(PURCHASES);
        let (school, terms) = (&plan.schools[0], &plan.card.term);
        assert_eq!(school.held_before_purchase(terms, 0), Counts { basic: 180, interop: 0 });
        assert_eq!(school.held_before_purchase(terms, 1), Counts { basic: 280, interop: 20 });
        assert_eq!(school.held_before_purchase(terms, 2), Counts { basic: 287, interop: 20 });
    }

    #[test]
    fn a_new_order_of_the_plan_follows_its_purchases() {
        let plan = plan(PURCHASES);
        assert_eq!(plan.orders()[0].members[0].held, Counts { basic: 180, interop: 0 });
    }

    #[test]
    fn the_need_is_the_accounts_to_buy_with_the_held_until_a_headcount_says_otherwise() {
        let plan = plan(PURCHASES);
        let needed = |on| plan.accounts_needed(&plan.schools[0], on);
        assert_eq!(needed(date(2023, 8, 31)), Counts { basic: 230, interop: 0 });
        assert_eq!(needed(date(2023, 9, 1)), Counts { basic: 230, interop: 0 });
        let mut bare = plan.clone();
        bare.schools[0].headcounts.clear();
        bare.date = Some(date(2024, 6, 30));
        assert_eq!(
            bare.accounts_needed(&bare.schools[0], date(2024, 7, 1)),
            Counts { basic: 50, interop: 0 }
        );
    }
}
