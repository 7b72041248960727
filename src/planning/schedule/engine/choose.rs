use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::counts::{of_type, sum};
use super::days::before;
use super::price::{Compared, with_longer};
use super::terms::Continuation;
use super::{AccountType, MemberCounts, Simulation};
use crate::account::Term;
use crate::money::Money;
use crate::planning::schedule::{OrderKind, Reason};
use crate::pricing::PurchaseKind;
use crate::rules::{days_between, look_up_trial, recommended_pay_day};

/// How a shortage is bought: for which term, and when it is paid.
pub(super) struct Choice {
    pub(super) kind: OrderKind,
    pub(super) term: Term,
    pub(super) pay: Date,
    pub(super) reasons: Vec<Reason>,
}

impl Simulation<'_, '_> {
    /// Returns the day on which it is best to pay for a shortage; `None` if there is none.
    pub(super) fn choose_day(
        &self,
        account_type: AccountType,
        short: &MemberCounts,
        day: Date,
        needed: Date,
    ) -> Option<Date> {
        let planned = self.choose(account_type, short, day, needed)?;
        // The term, and so the day, may be another once the waiver has ended.
        let then = self.choose(account_type, short, planned.pay.max(day), needed)?;
        Some(then.pay)
    }

    /// Chooses how a shortage is bought on a day; `None` if there is none.
    pub(super) fn choose(
        &self,
        account_type: AccountType,
        short: &MemberCounts,
        day: Date,
        needed: Date,
    ) -> Option<Choice> {
        let counts = of_type(short, account_type);
        let count = sum(&counts);
        if count == 0 {
            return None;
        }
        let before_reminder = self.day_before_reminder(account_type, &counts, needed);
        let pay = before_reminder.unwrap_or(needed).min(needed);
        let whole = |reasons| Choice { kind: OrderKind::Purchase, term: self.terms.whole(day), pay, reasons };
        if self.terms.test_enterprise || self.terms.is_waived(day) {
            let last =
                self.terms.last_waived_day(day).filter(|_| self.terms.is_last_waived_day(day) && day < pay);
            return Some(whole(
                last.map(|last_day| Reason::LastDayOfWaiver { last_day }).into_iter().collect(),
            ));
        }
        let Some(common) = self.common_expiry(account_type, count, needed) else {
            return Some(whole(Vec::new()));
        };
        let choice = self.top_up(account_type, &counts, (day, needed), common);
        let pay = choice.pay.min(pay);
        Some(Choice { pay, ..choice })
    }

    /// Returns the expiry of the lot of a type, or of the other type if there is none, that most accounts share
    /// after a day, unless it has less than half as many as the shortage.
    fn common_expiry(&self, account_type: AccountType, count: u32, needed: Date) -> Option<Date> {
        let other = match account_type {
            AccountType::Basic => AccountType::Interop,
            AccountType::Interop => AccountType::Basic,
        };
        let largest =
            self.ledger.largest_lot(account_type, needed).or_else(|| self.ledger.largest_lot(other, needed));
        let (expires, accounts) = largest?;
        let fits = days_between(needed, expires) <= self.engine.card.term.most_days;
        (u64::from(count) <= accounts.saturating_mul(2) && fits).then_some(expires)
    }

    /// Chooses a top-up that ends with others; where too little is left, the cheaper of the shortest term with a
    /// common renewal and the end of their next term.
    fn top_up(
        &self,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        (day, needed): (Date, Date),
        expires: Date,
    ) -> Choice {
        let rules = &self.engine.card.term;
        let left = days_between(needed, expires);
        let pay_for = |days: u32| self.last_day_outlasted(expires, days).unwrap_or(needed).min(needed);
        let choice = |kind, days, pay, reasons| Choice { kind, term: rules.term_of(days), pay, reasons };
        let least = self.terms.least_days(day);
        if left >= least {
            return choice(OrderKind::TopUp, left, pay_for(left), vec![Reason::ExpiresWith { expires }]);
        }
        let whole = self.terms.whole(day);
        if least > rules.least_days {
            return Choice {
                kind: OrderKind::Purchase,
                term: whole,
                pay: needed,
                reasons: vec![Reason::AppOrder],
            };
        }
        let next_term = left.saturating_add(self.terms.days(whole));
        let shortest = choice(OrderKind::TopUp, least, pay_for(least), vec![Reason::ShortestTerm]);
        let leap = choice(OrderKind::TopUp, next_term, needed, vec![Reason::NextTerm]);
        if next_term > rules.most_days
            || !self.is_leap_cheaper(account_type, counts, expires, (&shortest, &leap), day)
        {
            shortest
        } else {
            leap
        }
    }

    /// Returns the last day on which accounts of an expiry come before a purchase of a term; `None` if none ever do: P12
    /// (docs/rules.md#p12).
    fn last_day_outlasted(&self, expires: Date, term_days: u32) -> Option<Date> {
        let rule = self.engine.card.rules.new_purchase;
        match (rule.counts_longer(), rule.counts_equal()) {
            (true, false) => before(expires, term_days.saturating_add(1)),
            (true, true) => before(expires, term_days),
            (false, _) => None,
        }
    }

    /// Returns true if a purchase to the end of the next term, and a renewal of the others, cost less than one
    /// for the shortest term and a renewal of all.
    fn is_leap_cheaper(
        &self,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        expires: Date,
        (shortest, leap): (&Choice, &Choice),
        day: Date,
    ) -> bool {
        let (renewed_on, how) = self.terms.continuation(expires);
        if how == Continuation::Replacement && self.terms.is_waived(renewed_on) {
            return false;
        }
        let mut members: BTreeSet<usize> = self.ledger.open(account_type, expires).into_keys().collect();
        members.extend(counts.keys());
        let short = |member| *self.short(member, expires).get(account_type);
        let all: BTreeMap<usize, u32> = members.iter().map(|member| (*member, short(*member))).collect();
        let own = |member| counts.get(member).copied().unwrap_or(0);
        let others: BTreeMap<usize, u32> =
            all.iter().map(|(member, all)| (*member, all.saturating_sub(own(member)))).collect();
        let bought = |choice: &Choice| {
            let beside = self.running.beside(
                choice.pay.max(day),
                self.terms.days(choice.term),
                &[],
                counts.keys().copied(),
            );
            let kind = PurchaseKind::New;
            self.price(&Compared { account_type, counts, term: choice.term, kind, beside })
        };
        let term = self.terms.whole(renewed_on);
        let renewed = |counts: &BTreeMap<usize, u32>, besides: &BTreeMap<usize, u32>| {
            let beside = self.beside_renewal(renewed_on, term, account_type, (counts, expires));
            let beside = with_longer(beside, account_type, besides);
            self.price(&Compared { account_type, counts, term, kind: PurchaseKind::Renewal, beside })
        };
        // Those who leap run until the renewed ones end, and so outlast their term on the day of the renewal.
        let leap = bought(leap).zip(renewed(&others, counts));
        let shortest = bought(shortest).zip(renewed(&all, &BTreeMap::new()));
        let total = |(bought, renewed): (Money, Money)| bought.checked_add(renewed);
        match (leap.and_then(total), shortest.and_then(total)) {
            (Some(leap), Some(shortest)) => leap < shortest,
            _ => false,
        }
    }

    /// Returns the day before the apps of members remind their users, where their trial ends on the day on which
    /// accounts are needed: T2 (docs/rules.md#t2).
    pub(super) fn day_before_reminder(
        &self,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        needed: Date,
    ) -> Option<Date> {
        let members = counts.iter().filter(|(_, count)| **count > 0).map(|(member, _)| *member);
        members
            .filter(|member| self.needs.begin(*member, account_type) == Some(needed))
            .flat_map(|member| &self.schools[member].apps)
            .filter_map(|app| look_up_trial(self.engine.card, app.kind, app.authorized).trial())
            .filter(|trial| trial.end.date() == needed)
            .filter_map(|trial| recommended_pay_day(&trial))
            .min()
    }
}
