//! Decides up to which day the numbers of accounts cannot follow from the users: where a code in stock is used,
//! where an order was chosen for its price, and wherever another number could lead to another order. Everything up
//! to that day is locked. Read [`first_lock`] first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::build::Context;
use super::cells::{Start, is_renewal, starts};
use super::count::Count;
use super::lots::{Lot, sum};
use super::rows::Rows;
use crate::account::AccountType;
use crate::planning::schedule::engine::{Continuation, after};
use crate::planning::schedule::{OrderKind, Reason, ScheduledOrder};
use crate::rates::{GroupTiers, NewPurchaseStart, RenewalStart};
use crate::rules::{days_between, last_activation_day};

/// A purchase whose term depends on the lot that most accounts share: it ends with that, unless it has more than
/// twice as many accounts.
pub(super) struct Choice {
    /// The order, by its index in the schedule.
    pub(super) order: usize,
    pub(super) account_type: AccountType,
    /// The first day of its accounts.
    pub(super) day: Date,
    /// The type of the lots.
    pub(super) lot_type: AccountType,
    /// The days of expiry of the lots.
    pub(super) lots: BTreeSet<Date>,
    /// The lot that it ends with; `None` if it runs for its own term.
    pub(super) ends_with: Option<Date>,
}

/// What the schedule alone says about following it.
pub(super) struct Locks {
    /// The last day that is locked; `None` if none is.
    pub(super) until: Option<Date>,
    pub(super) depends_on_prices: bool,
    pub(super) choices: Vec<Choice>,
    /// The starts of purchases whose term may depend on other accounts: the order, and the first day of its accounts.
    purchases: Vec<(usize, Date)>,
}

/// Returns the last day that is locked by the schedule.
pub(super) fn first_lock(context: &Context<'_>, lots: &[Lot], rows: &Rows) -> Locks {
    let mut locks =
        Locks { until: None, depends_on_prices: false, choices: Vec::new(), purchases: Vec::new() };
    if !counts_as_usual(context) {
        locks.lock(Date::MAX);
        return locks;
    }
    locks.by_codes(context, lots);
    locks.by_orders(context, lots);
    let starts = starts(lots);
    locks.by_starts(context, &starts, lots, rows);
    locks.by_terms(context, &starts, lots);
    locks.extend(context, lots);
    locks
}

impl Locks {
    /// Locks up to a day, and what the purchases up to it depend on.
    pub(super) fn lock_up_to(&mut self, day: Date, context: &Context<'_>, lots: &[Lot]) {
        self.lock(day);
        self.extend(context, lots);
    }

    fn lock(&mut self, day: Date) {
        self.until = self.until.max(Some(day));
    }

    /// Locks the accounts that were ordered before or with a locked purchase and begin later: their number may decide its
    /// term.
    fn extend(&mut self, context: &Context<'_>, lots: &[Lot]) {
        while let Some(until) = self.until {
            let locked = self.purchases.iter().filter(|(_, day)| *day <= until);
            let known = locked.flat_map(|(order, _)| {
                let decided = context.payer.orders[*order].date;
                let is_known = move |lot: &&Lot| lot.ordered.is_some_and(|ordered| ordered <= decided);
                lots.iter().filter(is_known).filter(|lot| lot.order != Some(*order))
            });
            let Some(later) = known.filter_map(Lot::starts).filter(|day| until < *day).max() else { return };
            self.lock(later);
        }
    }

    /// Codes in stock are used before anything is bought, by whoever needs them first.
    fn by_codes(&mut self, context: &Context<'_>, lots: &[Lot]) {
        for lot in lots.iter().filter(|lot| lot.by_code) {
            lot.starts().into_iter().for_each(|day| self.lock(day));
        }
        for (member, school) in context.schools.iter().enumerate() {
            let holdings = school.holdings(&context.plan.card.term);
            for codes in &holdings.codes {
                let used = context
                    .payer
                    .orders
                    .iter()
                    .filter(|order| order.recorded == Some((member, codes.purchase)));
                let used = used.flat_map(|order| &order.lots).filter(|lot| !lot.recorded);
                let used: u32 =
                    used.filter(|lot| lot.account_type == codes.account_type).map(|lot| lot.count).sum();
                if used < codes.count {
                    let paid = school.purchases[codes.purchase].paid;
                    self.lock(last_activation_day(&context.plan.card, paid).unwrap_or(Date::MAX));
                }
            }
        }
    }

    /// Orders that were chosen for their price, that serve needs of several days, or that lie before the horizon.
    fn by_orders(&mut self, context: &Context<'_>, lots: &[Lot]) {
        for (index, order) in
            context.payer.orders.iter().enumerate().filter(|(_, order)| order.recorded.is_none())
        {
            let own = || lots.iter().filter(|lot| lot.order == Some(index));
            let last = own().filter_map(Lot::starts).max();
            let mut parts: BTreeMap<(usize, AccountType), BTreeSet<_>> = BTreeMap::new();
            for lot in own() {
                parts.entry((lot.member, lot.account_type)).or_default().insert((lot.starts(), lot.expires));
            }
            let days: BTreeSet<Option<Date>> = own().map(Lot::starts).collect();
            let by_price = chosen_for_price(order);
            self.depends_on_prices |= by_price;
            let unactivated = own().next().is_none();
            let several = parts.values().any(|days| days.len() > 1) || (is_renewal(order) && days.len() > 1);
            if by_price || several || unactivated || order.date < context.from {
                let last = last.unwrap_or(order.date);
                // A price is compared with that of going on at the next expiry.
                let ahead = if by_price { context.terms.least_days(order.date) } else { 0 };
                self.lock(after(last, ahead).unwrap_or(Date::MAX));
            }
        }
    }

    /// Starts that share their day with another order, or are near another change of the need or an expiry.
    fn by_starts(
        &mut self,
        context: &Context<'_>,
        starts: &BTreeMap<Start, Vec<usize>>,
        lots: &[Lot],
        rows: &Rows,
    ) {
        let expiries: BTreeSet<Date> = lots.iter().map(|lot| lot.expires).collect();
        let orders = &context.payer.orders;
        let least = context.plan.card.term.least_days;
        for ((member, _, day), bought_by) in starts {
            let (renewals, others): (Vec<usize>, Vec<usize>) =
                bought_by.iter().partition(|order| is_renewal(&orders[**order]));
            let is_near = |other: Date| other < *day && days_between(other, *day) <= least;
            let changes = rows.changes(*member).filter(|change| context.date < *change);
            let near_change = changes.into_iter().any(is_near);
            let ends = bought_by.iter().any(|order| continues(context, lots, *order, *day));
            let near_expiry = ends
                && expiries
                    .range(*day..)
                    .any(|expires| day < expires && days_between(*day, *expires) <= least);
            let too_late = bought_by.iter().any(|order| {
                let last = last_activation_day(&context.plan.card, orders[*order].date);
                !orders[*order].order.renewal && last.is_some_and(|last| last < *day)
            });
            if renewals.len() > 1 || others.len() > 1 || near_change || near_expiry || too_late {
                self.lock(*day);
            }
        }
        // Users who leave soon after an expiry may be carried over, if that is cheaper.
        for expires in expiries.into_iter().filter(|expires| context.date < *expires) {
            let least = context.terms.least_days(context.terms.continuation(expires).0);
            let leave_soon = |member: usize| {
                let stated = context.schools[member].headcounts.iter().map(|headcount| headcount.from);
                let soon = rows.changes(member).chain(stated).filter(|change| expires < *change);
                soon.filter(|change| days_between(expires, *change) <= least).max()
            };
            if let Some(day) = (0..context.schools.len()).filter_map(leave_soon).max() {
                self.depends_on_prices = true;
                self.lock(day);
            }
        }
    }

    /// Purchases whose term could be another with another number of accounts.
    fn by_terms(&mut self, context: &Context<'_>, starts: &BTreeMap<Start, Vec<usize>>, lots: &[Lot]) {
        let orders = &context.payer.orders;
        for ((_, account_type, day), bought_by) in starts {
            for index in bought_by.iter().copied().filter(|order| !is_renewal(&orders[*order])) {
                let order = &orders[index];
                let bought = context.terms.is_waived(order.date) || context.terms.test_enterprise;
                if bought || continues(context, lots, index, *day) {
                    continue;
                }
                self.purchases.push((index, *day));
                match term_of(context, lots, index, *account_type, *day) {
                    Ok(None) => {}
                    Ok(Some(choice)) => self.choices.push(choice),
                    Err(()) => self.lock(*day),
                }
            }
        }
    }
}

/// Returns true if the accounts that come before an order in the tiers are those that the formulas count: of the whole
/// group those that outlast a new purchase (P12), and none before a renewal (P13).
fn counts_as_usual(context: &Context<'_>) -> bool {
    let rules = &context.plan.card.rules;
    let usual = (NewPurchaseStart::default(), RenewalStart::default(), GroupTiers::default());
    (rules.new_purchase, rules.renewal, rules.group) == usual
}

/// Returns true if an order was chosen because it costs less than another.
fn chosen_for_price(order: &ScheduledOrder) -> bool {
    let is_of_price = |reason: &Reason| matches!(reason, Reason::ShortestTerm | Reason::NextTerm);
    order.kind == OrderKind::CarryOver || order.reasons.iter().any(is_of_price)
}

/// Returns true if a purchase stands beside a renewal of the same day of expiry.
fn continues(context: &Context<'_>, lots: &[Lot], order: usize, day: Date) -> bool {
    let orders = &context.payer.orders;
    let decided = orders[order].date;
    let renewed =
        |lot: &&Lot| lot.extends == Some(day) && lot.order.is_some_and(|other| orders[other].date == decided);
    lots.iter().filter(renewed).any(|lot| lot.order.is_some_and(|other| is_renewal(&orders[other])))
        || (context.terms.continuation(day).1 == Continuation::Replacement
            && lots.iter().any(|lot| lot.expires == day))
}

/// Returns the condition on which a purchase has its term: none, or that of a top-up; an error if it could be another.
fn term_of(
    context: &Context<'_>,
    lots: &[Lot],
    order: usize,
    account_type: AccountType,
    day: Date,
) -> Result<Option<Choice>, ()> {
    let decided = context.payer.orders[order].date;
    let whole = context.terms.whole(decided);
    let whole_days = context.terms.days(whole);
    // A top-up for as long is in the same order, if its term is written alike.
    let is_written_alike = context.plan.card.term.term_of(whole_days) == whole;
    let alike = after(day, whole_days).filter(|_| is_written_alike);
    let other = match account_type {
        AccountType::Basic => AccountType::Interop,
        AccountType::Interop => AccountType::Basic,
    };
    let own = lots.iter().find(|lot| {
        lot.order == Some(order) && lot.account_type == account_type && lot.starts() == Some(day)
    });
    let expires = own.map(|lot| lot.expires).ok_or(())?;
    let candidates = |lot_type: AccountType| {
        let own = lots.iter().filter(|lot| lot.account_type == lot_type && day < lot.expires);
        let known = own.filter(|lot| lot.ordered.is_none_or(|ordered| ordered <= decided));
        let others = known.filter(|lot| lot.order != Some(order) || lot.account_type != account_type);
        let days: BTreeSet<Date> = others.map(|lot| lot.expires).collect();
        days.into_iter()
            .filter(|expires| is_left(lots, lot_type, *expires, decided))
            .collect::<BTreeSet<Date>>()
    };
    // Lots of the type count, and only if there is none those of the other.
    let (own, others) = (candidates(account_type), candidates(other));
    let (lot_type, all) = if own.is_empty() { (other, &others) } else { (account_type, &own) };
    let lots: BTreeSet<Date> = all.iter().copied().filter(|lot| Some(*lot) != alike).collect();
    let choice = |lots, ends_with| Choice { order, account_type, day, lot_type, lots, ends_with };
    match () {
        () if lots.is_empty() && (own.is_empty() || others.is_empty()) => Ok(None),
        () if lots.is_empty() || !is_written_alike => Err(()),
        () if Some(expires) == alike => Ok(Some(choice(lots, None))),
        () if lots.contains(&expires) => Ok(Some(choice(all.clone(), Some(expires)))),
        () => Err(()),
    }
}

/// Returns true if accounts are left of an expiry that nothing prolongs up to a day.
fn is_left(lots: &[Lot], account_type: AccountType, expires: Date, decided: Date) -> bool {
    let known = |lot: &Lot| lot.ordered.is_none_or(|ordered| ordered <= decided);
    let of_type = |lot: &Lot| lot.account_type == account_type && known(lot);
    let all = sum(lots, |lot| of_type(lot) && lot.expires == expires);
    let prolonged = sum(lots, |lot| of_type(lot) && lot.extends == Some(expires));
    all.less(prolonged) != Count::ZERO
}
