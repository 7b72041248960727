use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;

use super::buy::eve;
use super::terms::Continuation;
use super::wants::{Want, Wants};
use super::{AccountType, MemberCounts, Simulation};
use crate::account::{Counts, PerType, Term};
use crate::planning::schedule::ledger::Lot;
use crate::planning::schedule::{OrderKind, OrderLot, ScheduleError};
use crate::pricing::{Held, Purchase, PurchaseKind};
use crate::rules::{latest_expiry, stacking_days};

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
            let (due, how) = self.terms.continuation(expires);
            if due > day && !self.joins_a_renewal(day, expires, wants) {
                // Later expiries are due later, or join what this one does not.
                return Ok(());
            }
            let due_since = Some(due).filter(|due| *due < self.engine.today);
            let how = if self.joins_a_renewal(day, expires, wants) { Continuation::Renewal } else { how };
            self.go_on(day, expires, how, due_since, wants)?;
            from = expires;
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
        let first = wants
            .0
            .iter()
            .filter(|want| want.kind == OrderKind::Renewal && want.expiry.is_none())
            .flat_map(|want| want.lots.iter().filter_map(|lot| lot.extends))
            .min();
        let latest = first.and_then(|first| after(first, self.engine.card.term.least_days));
        let term = self.terms.whole(day);
        let reached = after(expires, self.terms.days(term));
        let fits = match (reached, latest_expiry(self.engine.card, day)) {
            (Some(reached), Some(latest)) => reached <= latest,
            (reached, _) => reached.is_some(),
        };
        latest.is_some_and(|latest| expires <= latest) && fits && self.ledger.is_activated(expires, day)
    }

    /// Decides how the accounts of an expiry go on.
    pub(super) fn go_on(
        &mut self,
        day: Date,
        expires: Date,
        how: Continuation,
        due_since: Option<Date>,
        wants: &mut Wants,
    ) -> Result<(), ScheduleError> {
        self.reserve_codes(day, expires)?;
        let interop = self.ledger.open(AccountType::Interop, expires);
        let mut basic = self.ledger.open(AccountType::Basic, expires);
        // Basic users whom an interop account to spare has served lose it too.
        for member in interop.keys() {
            basic.entry(*member).or_default();
        }
        for (account_type, open) in [(AccountType::Interop, interop), (AccountType::Basic, basic)] {
            let split = self.split(day, expires, how, account_type, open)?;
            self.want_split(day, expires, how, account_type, split, due_since, wants)?;
        }
        self.ledger.close(expires);
        Ok(())
    }

    /// Splits the expiring accounts of a type by how they go on; activates codes in stock first.
    fn split(
        &mut self,
        day: Date,
        expires: Date,
        how: Continuation,
        account_type: AccountType,
        open: BTreeMap<usize, u32>,
    ) -> Result<Split, ScheduleError> {
        let mut split = Split::default();
        let growth = self.engine.options.growth;
        // Codes bought for an expiry after their last day of activation can only be stacked on accounts.
        let can_start =
            crate::rules::last_activation_day(self.engine.card, day).is_none_or(|last| expires <= last);
        for (member, expiring) in open {
            let lasting = self.ledger.active(member, account_type, expires);
            let stated = self.needs.is_stated(member, day, expires);
            if !growth.is_zero() && !stated && expiring > 0 {
                let need = self.needs.on(member, account_type, expires);
                let kept = need.saturating_sub(lasting).min(expiring);
                self.needs.grow(member, account_type, expires, kept, growth);
                split.grown = true;
            }
            let before = self.most_short_before(day, expires, member, account_type);
            let short = self.short(member, account_type, expires).saturating_sub(before);
            let by_codes = self.continue_by_codes(member, account_type, expires, short.min(expiring), day)?;
            let (short, expiring) = (short - by_codes, expiring - by_codes);
            let short = short - self.start_by_codes(member, account_type, expires, short)?;
            let whole = short.min(expiring);
            split.whole.insert(member, whole);
            split.added.insert(member, if can_start { short - whole } else { 0 });
        }
        if how == Continuation::Renewal {
            self.carry_over(day, expires, account_type, &mut split);
        }
        Ok(split)
    }

    /// Returns the users of a member whom no account serves that runs on a day, undecided ones apart.
    pub(super) fn short(&self, member: usize, account_type: AccountType, day: Date) -> u32 {
        let need = self.needs.on(member, account_type, day);
        let active = self.ledger.active(member, account_type, day);
        need.saturating_sub(active).saturating_sub(self.spare_interop(member, account_type, day))
    }

    /// Returns the most users of a member who have no account on a day before an expiry: they are served then, by
    /// accounts that outlast it.
    fn most_short_before(&self, day: Date, expires: Date, member: usize, account_type: AccountType) -> u32 {
        let eve = expires.yesterday().unwrap_or(day).max(day);
        let changes = self.changes.range(day..=eve).map(|(change, _)| *change);
        changes.chain([day, eve]).map(|on| self.short(member, account_type, on)).max().unwrap_or(0)
    }

    /// Returns the interop accounts that serve basic users of a member on a day (W5, docs/rules.md#w5).
    fn spare_interop(&self, member: usize, account_type: AccountType, day: Date) -> u32 {
        match account_type {
            AccountType::Interop => 0,
            AccountType::Basic => {
                let active = self.ledger.active(member, AccountType::Interop, day);
                active.saturating_sub(self.needs.on(member, AccountType::Interop, day))
            }
        }
    }

    /// Lets the users who leave within the shortest term go on for that term alone, where that is cheaper.
    fn carry_over(&self, day: Date, expires: Date, account_type: AccountType, split: &mut Split) {
        let least = self.terms.least_days(day);
        let term = self.terms.whole(day);
        let Some(end) = after(expires, least).filter(|_| least < self.terms.days(term)) else { return };
        let mut carried: BTreeMap<usize, u32> = BTreeMap::new();
        for (member, whole) in &split.whole {
            let staying = self.short(*member, account_type, end).min(*whole);
            if self.needs.is_stated(*member, expires, end) && staying < *whole {
                carried.insert(*member, whole - staying);
            }
        }
        let leaving = sum(&carried);
        let all = sum(&split.whole);
        if leaving == 0 {
            return;
        }
        let staying = all - leaving;
        let mut held = self.running.beside_purchase(day, least);
        let first = held.longer.get_mut(account_type);
        *first = first.saturating_add(staying);
        let apart = self
            .price(account_type, staying, term, (PurchaseKind::Renewal, Held::NONE))
            .zip(self.price(
                account_type,
                leaving,
                self.engine.card.term.term_of(least),
                (PurchaseKind::New, held),
            ))
            .and_then(|(staying, leaving)| staying.checked_add(leaving));
        let together = self.price(account_type, all, term, (PurchaseKind::Renewal, Held::NONE));
        if apart.zip(together).is_some_and(|(apart, together)| apart < together) {
            for (member, count) in &carried {
                if let Some(whole) = split.whole.get_mut(member) {
                    *whole -= count;
                }
            }
            split.carried = carried;
        }
    }

    /// Returns the list price of accounts of one type; `None` if it is unknown. Nothing costs nothing.
    pub(super) fn price(
        &self,
        account_type: AccountType,
        count: u32,
        term: Term,
        (kind, held): (PurchaseKind, Held),
    ) -> Option<crate::Money> {
        if count == 0 {
            return Some(crate::Money::ZERO);
        }
        let mut counts = Counts::ZERO;
        *counts.get_mut(account_type) = count;
        let negotiated = self.schools[0].negotiated;
        let price = self.engine.table.price(&Purchase { counts, term, kind, held, negotiated }).ok()?;
        price.is_complete().then_some(price.list_price)
    }

    #[expect(clippy::too_many_arguments, reason = "one decision, taken apart only to be read")]
    fn want_split(
        &mut self,
        day: Date,
        expires: Date,
        how: Continuation,
        account_type: AccountType,
        split: Split,
        due_since: Option<Date>,
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

    /// Prolongs accounts of an expiry on a day: by a renewal, or by codes stacked on them.
    fn prolong(
        &mut self,
        ordered: Date,
        (activated, old): (Date, Date),
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        term: Term,
    ) -> Result<Vec<OrderLot>, ScheduleError> {
        let mut lots = Vec::new();
        for (&member, &count) in counts.iter().filter(|(_, count)| **count > 0) {
            let expires = self.expiry(ordered, old, term)?;
            let extends = Some(old);
            let lot = OrderLot { member, account_type, count, activated, extends, expires, recorded: false };
            self.ledger.prolong(old, ledger_lot(&lot));
            lots.push(lot);
        }
        Ok(lots)
    }

    /// Activates new accounts at an expiry; if their last day of activation comes before, stacked on the
    /// expiring ones (T7).
    fn replace(
        &mut self,
        day: Date,
        old: Date,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        term: Term,
    ) -> Result<Vec<OrderLot>, ScheduleError> {
        match crate::rules::last_activation_day(self.engine.card, day) {
            Some(last) if last < old => self.prolong(day, (last, old), account_type, counts, term),
            _ => self.start(day, old, account_type, counts, term),
        }
    }

    /// Activates new accounts on a day.
    pub(super) fn start(
        &mut self,
        day: Date,
        activated: Date,
        account_type: AccountType,
        counts: &BTreeMap<usize, u32>,
        term: Term,
    ) -> Result<Vec<OrderLot>, ScheduleError> {
        let mut lots = Vec::new();
        for (&member, &count) in counts.iter().filter(|(_, count)| **count > 0) {
            let expires = self.expiry(day, activated, term)?;
            let lot =
                OrderLot { member, account_type, count, activated, extends: None, expires, recorded: false };
            self.ledger.add(ledger_lot(&lot));
            lots.push(lot);
        }
        Ok(lots)
    }

    /// Places, on the last day of a waiver, free orders for all that they can still serve within T4
    /// (docs/rules.md#t4): every expiry, and every need that begins.
    pub(super) fn stock_up(&mut self, day: Date, wants: &mut Wants) -> Result<(), ScheduleError> {
        let Some(last) = crate::rules::last_activation_day(self.engine.card, day) else { return Ok(()) };
        let reach = stacking_days(self.engine.card).and_then(|days| after(last, days)).unwrap_or(last);
        let mut from = day;
        loop {
            let expiry = self.ledger.undecided(from).next().filter(|expires| *expires <= reach);
            let later = self.changes.range(from.tomorrow().unwrap_or(Date::MAX)..);
            let change = later.map(|(change, _)| *change).next().filter(|change| *change <= last);
            let Some(next) = [expiry, change].into_iter().flatten().min() else { return Ok(()) };
            if expiry == Some(next) {
                self.go_on(day, next, Continuation::Replacement, None, wants)?;
            }
            if change == Some(next) {
                let members = self.changes[&next].clone();
                self.use_codes_for(eve(next), next, &members)?;
                self.buy_for(day, next, &members, wants)?;
            }
            from = next;
        }
    }

    /// Returns the day on which accounts of an order expire that begin to run on `starts`.
    pub(super) fn expiry(&self, ordered: Date, starts: Date, term: Term) -> Result<Date, ScheduleError> {
        crate::rules::expiry(&self.engine.card.term, starts, term)
            .ok_or_else(|| ScheduleError::Expiry { payer: self.schools[0].party(), date: ordered })
    }
}

/// Returns accounts of an order as the ledger keeps them.
pub(super) fn ledger_lot(lot: &OrderLot) -> Lot {
    let &OrderLot { member, account_type, count, activated, expires, .. } = lot;
    Lot { member, account_type, count, activated: Some(activated), starts: Some(lot.starts()), expires }
}

/// Returns the counts of one type by member.
pub(super) fn of_type(counts: &MemberCounts, account_type: AccountType) -> BTreeMap<usize, u32> {
    counts
        .iter()
        .map(|(member, counts): (&usize, &PerType<u32>)| (*member, *counts.get(account_type)))
        .collect()
}

pub(super) fn sum(counts: &BTreeMap<usize, u32>) -> u32 {
    counts.values().fold(0, |sum, count| sum.saturating_add(*count))
}

/// Returns the day so many days later; `None` beyond the calendar.
pub(super) fn after(day: Date, days: u32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}
