//! Codes that were activated on the day of an order. P12 (docs/rules.md#p12) takes those paid earlier to come before it;
//! nothing says that WeCom priced it after them, nor, where codes have one term, which of them were those paid earlier. In
//! goes an order, out comes what it was after none of them, and after those that count for most. [`SameDay::of`] comes
//! first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::possible::held_of;
use crate::account::{AccountType, Counts};
use crate::plan::{Holding, Plan, RecordedKind};
use crate::planning::schedule::ScheduledOrder;
use crate::pricing::{Held, Order};
use crate::rules::{expires_with, outlasts};

/// A new purchase, as the activations of its day leave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SameDay {
    /// The order if all were activated after payment.
    pub(super) before: Order,
    /// The order if as many as were paid earlier were activated before payment, of those that expire last.
    pub(super) after_longest: Order,
}

/// Codes that a member activated on the day of the order.
struct Activated {
    member: usize,
    lot: Holding,
    /// Days of the code's term.
    days: u32,
    is_paid_earlier: bool,
}

impl SameDay {
    /// Returns a new purchase for a member of a group; `None` if no code was activated on its day that had been paid earlier.
    pub(super) fn of(
        history: &Plan,
        members: &[usize],
        (placed, member): (&ScheduledOrder, usize),
    ) -> Option<SameDay> {
        let days = history.card.term.days(placed.order.term).filter(|_| !placed.order.renewal)?;
        let mut activated = activated_on(history, members, placed.date);
        if !activated.iter().any(|one| one.is_paid_earlier) {
            return None;
        }
        let purchase = (placed.date, days);
        let mut before = placed.order.clone();
        for one in activated.iter().filter(|one| one.is_paid_earlier) {
            let lot = (one.lot, one.lot.count);
            activate(held_of(&mut before, one.member, member), purchase, lot, Direction::Undone);
        }
        let mut after_longest = before.clone();
        let mut paid_earlier: BTreeMap<(AccountType, u32), u32> = BTreeMap::new();
        for one in activated.iter().filter(|one| one.is_paid_earlier) {
            *paid_earlier.entry((one.lot.account_type, one.days)).or_default() += one.lot.count;
        }
        activated.sort_by_key(|one| Reverse(one.lot.expires));
        for one in &activated {
            let Some(left) = paid_earlier.get_mut(&(one.lot.account_type, one.days)) else { continue };
            let count = one.lot.count.min(*left);
            *left -= count;
            let held = held_of(&mut after_longest, one.member, member);
            activate(held, purchase, (one.lot, count), Direction::Done);
        }
        Some(SameDay { before, after_longest })
    }
}

fn activated_on(history: &Plan, members: &[usize], day: Date) -> Vec<Activated> {
    let terms = &history.card.term;
    let mut activated = Vec::new();
    for (member, &index) in members.iter().enumerate() {
        let school = &history.schools[index];
        let purchases = school.purchases.iter().filter(|purchase| purchase.paid <= day);
        if !purchases.flat_map(|purchase| &purchase.activations).any(|activation| activation.date == day) {
            continue;
        }
        for lot in school.holdings(terms).lots.into_iter().filter(|lot| lot.activated == Some(day)) {
            let Some(purchase) = lot.purchase.map(|purchase| &school.purchases[purchase]) else { continue };
            if let (RecordedKind::Purchase, Some(days)) = (purchase.kind, terms.days(purchase.term)) {
                activated.push(Activated { member, lot, days, is_paid_earlier: purchase.paid < day });
            }
        }
    }
    activated
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Done,
    Undone,
}

/// Activates some codes of a lot, or undoes it, in what comes before a purchase of a day and term.
fn activate(held: &mut Held, (day, days): (Date, u32), (lot, count): (Holding, u32), direction: Direction) {
    let change = |counts: &mut Counts, adds: bool| {
        let accounts = counts.get_mut(lot.account_type);
        *accounts = if adds { accounts.saturating_add(count) } else { accounts.saturating_sub(count) };
    };
    let is_done = direction == Direction::Done;
    if let Some(counts) = lasting(held, (day, days), lot.expires) {
        change(counts, is_done);
    }
    if let Some(counts) = lot.extends.and_then(|old| lasting(held, (day, days), old)) {
        change(counts, !is_done);
    }
    change(&mut held.unactivated, !is_done);
}

/// Returns where accounts with an expiry are counted beside a purchase of a day and term; `None` if they end before it.
fn lasting(held: &mut Held, (day, days): (Date, u32), expires: Date) -> Option<&mut Counts> {
    if outlasts(expires, day, days) {
        return Some(&mut held.longer);
    }
    expires_with(expires, day, days).then_some(&mut held.equal)
}
