use std::collections::BTreeMap;

use jiff::civil::Date;

use super::counts::sum;
use super::days::{after, eve};
use super::forecast::kept;
use super::price::{Compared, with_longer};
use super::terms::Continuation;
use super::wants::{Want, Wants};
use super::{AccountType, Simulation};
use crate::planning::schedule::{OrderKind, ScheduleError};
use crate::pricing::PurchaseKind;
use crate::rules::{last_activation_day, latest_expiry};

/// What is decided on the accounts of an expiry.
#[derive(Debug, Clone, Copy)]
struct Decision {
    /// The day on which it is decided.
    day: Date,
    expires: Date,
    how: Continuation,
    /// The day on which it should have been decided, if that is before the plan's date.
    due_since: Option<Date>,
}

/// Accounts of one expiry and type: how many go on for the whole term, how many for the shortest, and how many
/// come new.
#[derive(Debug, Default)]
struct Split {
    whole: BTreeMap<usize, u32>,
    carried: BTreeMap<usize, u32>,
    added: BTreeMap<usize, u32>,
    grown: bool,
}

impl Simulation<'_, '_> {
    /// Decides on all expiries whose day for that has come, the earliest first.
    pub(super) fn renew(&mut self, day: Date, wants: &mut Wants) -> Result<(), ScheduleError> {
        // Accounts that end today or ended before can no longer be prolonged.
        let mut from = day;
        loop {
            let next = self.ledger.undecided(from).next();
            let Some(expires) = next else { return Ok(()) };
            from = expires;
            let (due, how) = self.terms.continuation(expires);
            let joins = self.joins_a_renewal(day, expires, wants);
            if due > day && !joins {
                // A later expiry may join still, where only this one cannot.
                if self.last_to_join(wants).is_none_or(|last| last <= expires) {
                    return Ok(());
                }
                continue;
            }
            let due_since = Some(due).filter(|due| *due < self.engine.today);
            let how = if joins { Continuation::Renewal } else { how };
            self.go_on(Decision { day, expires, how, due_since }, wants)?;
        }
    }

    /// Returns the first day after `day` on which an expiry is decided.
    pub(super) fn next_renewal(&self, day: Date) -> Option<Date> {
        let expires = self.ledger.undecided(day).next()?;
        let tomorrow = day.tomorrow().ok()?;
        Some(self.terms.continuation(expires).0.max(tomorrow))
    }

    /// Returns true if accounts of an expiry are renewed together with those of a renewal of the day, which end
    /// up to the shortest term before: P15 (docs/rules.md#p15).
    fn joins_a_renewal(&self, day: Date, expires: Date, wants: &Wants) -> bool {
        let term = self.terms.whole(day);
        let reached = after(expires, self.terms.days(term));
        let fits = match (reached, latest_expiry(self.engine.card, day)) {
            (Some(reached), Some(latest)) => reached <= latest,
            (reached, _) => reached.is_some(),
        };
        let last = self.last_to_join(wants);
        last.is_some_and(|last| expires <= last) && fits && self.ledger.is_activated(expires, day)
    }

    /// Returns the last expiry whose accounts can be renewed together with those of a renewal in whole months.
    fn last_to_join(&self, wants: &Wants) -> Option<Date> {
        let renewals = wants.0.iter().filter(|want| want.kind == OrderKind::Renewal && want.expiry.is_none());
        let first = renewals.flat_map(|want| want.lots.iter().filter_map(|lot| lot.extends)).min()?;
        after(first, self.engine.card.term.least_days)
    }

    /// Decides how the accounts of an expiry go on.
    fn go_on(&mut self, decision: Decision, wants: &mut Wants) -> Result<(), ScheduleError> {
        let Decision { day, expires, .. } = decision;
        self.reserve_codes(day, expires)?;
        let interop = self.ledger.open(AccountType::Interop, expires);
        let mut basic = self.ledger.open(AccountType::Basic, expires);
        // Basic users whom an interop account to spare has served lose it too.
        for member in interop.keys() {
            basic.entry(*member).or_default();
        }
        for (account_type, open) in [(AccountType::Interop, interop), (AccountType::Basic, basic)] {
            let split = self.split(decision, account_type, open)?;
            self.want_split(decision, account_type, &split, wants)?;
        }
        self.ledger.close(expires);
        Ok(())
    }

    /// Splits the expiring accounts of a type by how they go on; activates codes in stock first.
    fn split(
        &mut self,
        decision: Decision,
        account_type: AccountType,
        open: BTreeMap<usize, u32>,
    ) -> Result<Split, ScheduleError> {
        let Decision { day, expires, .. } = decision;
        let mut split = Split::default();
        // Codes bought for an expiry after their last day of activation can only be stacked on accounts.
        let can_start = last_activation_day(self.engine.card, day).is_none_or(|last| expires <= last);
        for (member, expiring) in open {
            let bought = self.bought_before(day, expires, member);
            split.grown |= self.grow(decision, member, account_type, expiring, *bought.get(account_type));
            let short = *self.short_beyond(member, expires, bought).get(account_type);
            let by_codes = self.continue_by_codes(member, account_type, expires, short.min(expiring), day)?;
            let (short, expiring) = (short - by_codes, expiring - by_codes);
            let short = short - self.start_by_codes(member, account_type, expires, short)?;
            let whole = short.min(expiring);
            split.whole.insert(member, whole);
            split.added.insert(member, if can_start { short - whole } else { 0 });
        }
        if decision.how == Continuation::Renewal {
            self.carry_over(day, expires, account_type, &mut split);
        }
        Ok(split)
    }

    /// Lets the heads of a member grow where its accounts are renewed, unless the plan states others by then. Returns
    /// true if they may have.
    fn grow(
        &mut self,
        Decision { day, expires, .. }: Decision,
        member: usize,
        account_type: AccountType,
        expiring: u32,
        bought: u32,
    ) -> bool {
        let growth = self.engine.options.growth;
        let needs = self.needs.of_mut(member);
        if growth.is_zero() || expiring == 0 || needs.is_stated(day, expires) {
            return false;
        }
        let lasting = self.ledger.active(member, account_type, expires).saturating_add(bought);
        let kept = kept(needs, account_type, expires, lasting, expiring);
        needs.grow(account_type, expires, kept, growth);
        true
    }

    /// Lets the users who leave within the shortest term go on for that term alone, where that is cheaper.
    fn carry_over(&self, day: Date, expires: Date, account_type: AccountType, split: &mut Split) {
        let least = self.terms.least_days(day);
        let term = self.terms.whole(day);
        let Some(end) = after(expires, least).filter(|_| least < self.terms.days(term)) else { return };
        let mut carried: BTreeMap<usize, u32> = BTreeMap::new();
        for (member, whole) in &split.whole {
            let staying = *self.short(*member, end).get(account_type).min(whole);
            if self.needs.of(*member).is_stated(expires, end) && staying < *whole {
                carried.insert(*member, whole - staying);
            }
        }
        if sum(&carried) == 0 {
            return;
        }
        let left = |member| carried.get(member).copied().unwrap_or(0);
        let staying: BTreeMap<usize, u32> =
            split.whole.iter().map(|(member, whole)| (*member, whole - left(member))).collect();
        let renewed = |counts: &BTreeMap<usize, u32>| {
            let beside = self.beside_renewal(day, term, account_type, (counts, expires));
            self.price(&Compared { account_type, counts, term, kind: PurchaseKind::Renewal, beside })
        };
        let least = self.engine.card.term.term_of(least);
        // The renewals of the day come first, with their new expiry.
        let beside = self.beside_renewal(day, least, account_type, (&staying, expires));
        let beside = with_longer(beside, account_type, &staying);
        let kind = PurchaseKind::New;
        let leavers = Compared { account_type, counts: &carried, term: least, kind, beside };
        let apart = renewed(&staying).zip(self.price(&leavers));
        let apart = apart.and_then(|(staying, leaving)| staying.checked_add(leaving));
        let together = renewed(&split.whole);
        if apart.zip(together).is_some_and(|(apart, together)| apart < together) {
            for (member, count) in &carried {
                if let Some(whole) = split.whole.get_mut(member) {
                    *whole -= count;
                }
            }
            split.carried = carried;
        }
    }

    /// Activates, prolongs and orders the accounts of a type.
    fn want_split(
        &mut self,
        Decision { day, expires, how, due_since }: Decision,
        account_type: AccountType,
        split: &Split,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        let term = self.terms.whole(day);
        let expiry = (!self.terms.renews_in_months(day)).then_some(expires);
        let want = |kind, term, lots| Want {
            kind,
            term,
            expiry: expiry.filter(|_| kind == OrderKind::Renewal),
            lots,
            due_since,
            needed: None,
            reasons: Vec::new(),
        };
        let (kind, lots) = match how {
            Continuation::Renewal => {
                let lots = self.prolong(day, (day, expires), account_type, &split.whole, term)?;
                (OrderKind::Renewal, lots)
            }
            Continuation::Replacement => {
                let lots = self.replace(day, expires, account_type, &split.whole, term)?;
                (OrderKind::Replacement, lots)
            }
        };
        wants.add(want(kind, term, lots));
        let added = if split.grown { OrderKind::Growth } else { OrderKind::TopUp };
        let lots = self.start(day, expires, account_type, &split.added, term)?;
        wants.add(want(added, term, lots));
        let least = self.engine.card.term.term_of(self.terms.least_days(day));
        let lots = self.start(day, expires, account_type, &split.carried, least)?;
        wants.add(want(OrderKind::CarryOver, least, lots));
        Ok(())
    }

    /// Places, on the last day of a waiver, free orders for all that they can still serve within T4
    /// (docs/rules.md#t4): every expiry, and every need that begins.
    pub(super) fn stock_up(&mut self, day: Date, wants: &mut Wants) -> Result<(), ScheduleError> {
        let Some((last, reach)) = self.terms.reach_of_codes(day) else { return Ok(()) };
        let mut from = day;
        loop {
            let expiry = self.ledger.undecided(from).next().filter(|expires| *expires <= reach);
            let later = self.changes.range(from.tomorrow().unwrap_or(Date::MAX)..);
            let change = later.map(|(change, _)| *change).next().filter(|change| *change <= last);
            let Some(next) = [expiry, change].into_iter().flatten().min() else { return Ok(()) };
            if expiry == Some(next) {
                let how = Continuation::Replacement;
                self.go_on(Decision { day, expires: next, how, due_since: None }, wants)?;
            }
            if change == Some(next) {
                let members = self.changes[&next].clone();
                self.use_codes_for(eve(next), next, &members)?;
                self.buy_for(day, next, &members, wants)?;
            }
            from = next;
        }
    }
}
