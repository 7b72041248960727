use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::renew::{after, of_type, sum};
use super::terms::Continuation;
use super::wants::{Want, Wants};
use super::{AccountType, MemberCounts, Simulation};
use crate::account::{Counts, Term};
use crate::plan::{MemberPosition, missing};
use crate::planning::schedule::{OrderKind, Reason, ScheduleError};
use crate::pricing::{Held, PurchaseKind};
use crate::rules::{days_between, expiry, look_up_trial, recommended_pay_day, renewal_day};

/// How a shortage is bought: for which term, and when it is paid.
struct Choice {
    kind: OrderKind,
    term: Term,
    pay: Date,
    reasons: Vec<Reason>,
}

impl Simulation<'_, '_> {
    /// Activates codes in stock on a day for the users of members who then have no account.
    pub(super) fn use_codes_for(
        &mut self,
        today: Date,
        day: Date,
        members: &BTreeSet<usize>,
    ) -> Result<(), ScheduleError> {
        if !self.ledger.stock.iter().any(|stock| stock.is_usable(day)) {
            return Ok(());
        }
        let members: Vec<usize> = members.iter().copied().collect();
        let found = missing(&self.positions(today, day, &members), self.shared_codes(day));
        for account_type in [AccountType::Interop, AccountType::Basic] {
            for (member, found) in members.iter().zip(&found) {
                self.start_by_codes(*member, account_type, day, *found.to_activate.get(account_type))?;
            }
        }
        Ok(())
    }

    /// Reserves codes in stock for the needs that begin after `day`, up to and including `until`.
    pub(super) fn reserve_codes(&mut self, day: Date, until: Date) -> Result<(), ScheduleError> {
        if !self.ledger.stock.iter().any(|stock| stock.left > 0) {
            return Ok(());
        }
        let begin = self.days_ahead(day).take_while(|begin| *begin <= until).collect::<Vec<_>>();
        for needed in begin {
            let members = self.changes[&needed].clone();
            self.use_codes_for(eve(needed), needed, &members)?;
        }
        Ok(())
    }

    /// Buys what members will be short of, where the day of payment has come.
    pub(super) fn buy_ahead(&mut self, day: Date, wants: &mut Wants) -> Result<(), ScheduleError> {
        let last = after(day, self.longest_lead_days()).unwrap_or(Date::MAX);
        let ahead: Vec<Date> = self.days_ahead(day).take_while(|needed| *needed <= last).collect();
        for needed in ahead {
            let short = self.short_on(day, needed);
            let due: Vec<AccountType> = AccountType::ALL
                .into_iter()
                .filter(|kind| self.choose_day(*kind, &short, day, needed).is_some_and(|pay| pay <= day))
                .collect();
            for account_type in due {
                self.buy_type(account_type, day, needed, &short, wants)?;
            }
        }
        Ok(())
    }

    /// Returns the first day after `day`, and before `limit`, on which a purchase ahead of its need is paid.
    pub(super) fn next_purchase_ahead(&self, day: Date, limit: Option<Date>) -> Option<Date> {
        let mut first = limit;
        for needed in self.days_ahead(day) {
            let reach = first.and_then(|first| after(first, self.longest_lead_days()));
            if reach.is_some_and(|reach| reach < needed) {
                break;
            }
            let short = self.short_on(day, needed);
            for account_type in AccountType::ALL {
                if let Some(pay) = self.choose_day(account_type, &short, day, needed) {
                    let pay = pay.max(day.tomorrow().unwrap_or(day));
                    first = Some(first.map_or(pay, |first| first.min(pay)));
                }
            }
        }
        first
    }

    /// Buys what some members will be short of on a day, paid today.
    pub(super) fn buy_for(
        &mut self,
        day: Date,
        needed: Date,
        members: &BTreeSet<usize>,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        let short = self.short_of(eve(needed).max(day).min(needed), needed, members);
        self.buy(day, needed, &short, wants)
    }

    fn buy(
        &mut self,
        day: Date,
        needed: Date,
        short: &MemberCounts,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        for account_type in AccountType::ALL {
            self.buy_type(account_type, day, needed, short, wants)?;
        }
        Ok(())
    }

    fn buy_type(
        &mut self,
        account_type: AccountType,
        day: Date,
        needed: Date,
        short: &MemberCounts,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        let Some(choice) = self.choose(account_type, short, day, needed) else { return Ok(()) };
        let counts = of_type(short, account_type);
        let due_since = match day == self.engine.today {
            true if needed == day => self.due_since(account_type, &counts, day),
            true => Some(choice.pay).filter(|pay| *pay < day),
            false => None,
        };
        let lots = self.start(day, needed, account_type, &counts, choice.term)?;
        wants.add(Want {
            kind: choice.kind,
            term: choice.term,
            expiry: None,
            lots,
            due_since,
            needed: (choice.kind == OrderKind::TopUp && day < needed).then_some(needed),
            reasons: choice.reasons,
        });
        Ok(())
    }

    /// Returns the days after a day on which the need of members changes, in their order.
    fn days_ahead(&self, day: Date) -> impl Iterator<Item = Date> {
        self.changes.keys().copied().skip_while(move |change| *change <= day)
    }

    fn short_on(&self, day: Date, needed: Date) -> MemberCounts {
        self.changes.get(&needed).map_or_else(BTreeMap::new, |members| self.short_of(day, needed, members))
    }

    /// Returns what members will miss on a day by what is planned today.
    fn short_of(&self, day: Date, needed: Date, members: &BTreeSet<usize>) -> MemberCounts {
        let members: Vec<usize> = members.iter().copied().collect();
        let found = missing(&self.positions(day, needed, &members), self.shared_codes(needed));
        members.iter().zip(found).map(|(member, found)| (*member, found.missing)).collect()
    }

    /// Returns the positions of members on a day, as far as it is planned today. Accounts that expire until
    /// then, and on whose renewal is not decided yet, go on as far as they are needed; and what begins to be
    /// needed before, and will be bought then, still runs.
    fn positions(&self, today: Date, on: Date, members: &[usize]) -> Vec<MemberPosition> {
        let active = |member: usize, account_type: AccountType| {
            let running = self.ledger.active(member, account_type, on);
            let tomorrow = today.tomorrow().unwrap_or(today);
            let expiry = self.ledger.last_undecided(member, account_type, tomorrow, on);
            let served = self.changes_before(member, tomorrow, on).chain(expiry);
            // Who is served on a day still is later, besides those who are served since.
            let still = |day: Date| {
                let since = self.ledger.started(member, account_type, day, on);
                self.needs.on(member, account_type, day).saturating_add(since)
            };
            served.map(still).fold(running, u32::max)
        };
        members
            .iter()
            .map(|&member| MemberPosition {
                need: self.needs.counts(member, on),
                active: Counts {
                    basic: active(member, AccountType::Basic),
                    interop: active(member, AccountType::Interop),
                },
                codes: self.own_codes(member, on),
            })
            .collect()
    }

    /// Returns the days on which the need of a member changes, from `from` on and before `on`, within the shortest
    /// term, so that accounts bought for them still run.
    fn changes_before(&self, member: usize, from: Date, on: Date) -> impl Iterator<Item = Date> {
        let lasting = before(on, self.engine.card.term.least_days.saturating_sub(1)).unwrap_or(from);
        let first = from.max(lasting).min(on);
        self.changes
            .range(first..on)
            .filter(move |(_, members)| members.contains(&member))
            .map(|(day, _)| *day)
    }

    /// Returns the day on which it is best to pay for a shortage; `None` if there is none.
    fn choose_day(
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
    fn choose(
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
        let pay_for = |days: u32| {
            let latest = before(expires, days.saturating_add(1)).unwrap_or(needed);
            latest.min(needed)
        };
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
        let count = sum(counts);
        let mut members: BTreeSet<usize> = self.ledger.open(account_type, expires).into_keys().collect();
        members.extend(counts.keys());
        let all = members
            .iter()
            .fold(0, |sum: u32, member| sum.saturating_add(self.short(*member, account_type, expires)));
        let bought = |choice: &Choice| {
            let held = self.running.beside_purchase(choice.pay.max(day), self.terms.days(choice.term));
            self.price(account_type, count, choice.term, (PurchaseKind::New, held))
        };
        let renewal = self.terms.whole(renewed_on);
        let renewed = |count| self.price(account_type, count, renewal, (PurchaseKind::Renewal, Held::NONE));
        let total = |choice: &Choice, count| bought(choice)?.checked_add(renewed(count)?);
        match (total(leap, all.saturating_sub(count)), total(shortest, all)) {
            (Some(leap), Some(shortest)) => leap < shortest,
            _ => false,
        }
    }

    /// Returns the day before the apps of members remind their users, where their trial ends on the day on which
    /// accounts are needed: T2 (docs/rules.md#t2).
    fn day_before_reminder(
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

    /// Returns the day on which what is needed on the plan's date should have been paid, if that is before.
    fn due_since(
        &self,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        today: Date,
    ) -> Option<Date> {
        let members = counts.iter().filter(|(_, count)| **count > 0).map(|(member, _)| *member);
        let days = members.filter_map(|member| {
            let since = match self.uncovered_since.get(&(member, account_type)) {
                Some(since) => *since,
                // Users whose need begins today are not late yet; those who need it all along have no day.
                None if self.needs.begin(member, account_type) == Some(today) => today,
                None => return None,
            };
            let one = BTreeMap::from([(member, 1)]);
            let expired = self.ledger.change_days(member).contains(&since);
            let due = self.day_before_reminder(account_type, &one, since);
            due.or_else(|| {
                expired
                    .then(|| renewal_day(self.engine.card, since, self.terms.days(self.terms.whole(since))))
            })
            .or(Some(since))
        });
        days.min().filter(|due| *due < today)
    }

    /// Returns the most days from a payment to the need that it serves, apart from the end of a waiver: the
    /// shortest term for P12, or the reminder of a trial.
    fn longest_lead_days(&self) -> u32 {
        let card = self.engine.card;
        card.trial.as_ref().map_or(0, |trial| trial.days).max(card.term.least_days.saturating_add(1))
    }

    /// Returns the expiry of accounts that begin on a day; for reasons.
    pub(super) fn ends_with(&self, starts: Date, term: Term) -> Option<Date> {
        expiry(&self.engine.card.term, starts, term)
    }
}

/// Returns the day before: what is decided in the order of days sees all that begins until then.
pub(super) fn eve(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
}

fn before(day: Date, days: u32) -> Option<Date> {
    day.checked_sub(jiff::Span::new().try_days(days).ok()?).ok()
}
