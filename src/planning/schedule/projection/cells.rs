use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::lots::Lot;
use crate::account::AccountType;
use crate::planning::schedule::{PayerSchedule, ScheduledOrder};

/// Accounts of a member and type that begin to run on a day: member, type, day.
pub(super) type Start = (usize, AccountType, Date);

/// An order in the sequence of all that are or may be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// One of the schedule, by its index.
    Scheduled(usize),
    /// One beside a renewal, by the index of that, for accounts beyond the expiring ones.
    Possible {
        /// The renewal.
        renewal: usize,
    },
}

/// The orders that are or may be placed, in the order in which they happen.
pub(super) struct Sequence {
    pub(super) slots: Vec<Slot>,
    /// For each order of the schedule, its index among the slots.
    scheduled: Vec<usize>,
}

impl Sequence {
    /// Returns the orders of a payer, and beside each renewal one of the same day and term for accounts beyond the
    /// expiring ones, unless there is one.
    pub(super) fn new(payer: &PayerSchedule) -> Sequence {
        let orders = &payer.orders;
        let mut slots: Vec<Slot> = (0..orders.len()).map(Slot::Scheduled).collect();
        for (renewal, order) in orders.iter().enumerate().filter(|(_, order)| is_renewal(order)) {
            let is_beside = |slot: &Slot| match *slot {
                Slot::Scheduled(index) => is_beside(&orders[index], order),
                Slot::Possible { renewal } => is_beside_like(&orders[renewal], order),
            };
            if !slots.iter().any(is_beside) {
                let own = key(order, false);
                let after = slots.partition_point(|slot| match *slot {
                    Slot::Scheduled(index) => key(&orders[index], orders[index].order.renewal) <= own,
                    Slot::Possible { renewal } => key(&orders[renewal], false) <= own,
                });
                slots.insert(after, Slot::Possible { renewal });
            }
        }
        let mut scheduled = vec![0; orders.len()];
        for (index, slot) in slots.iter().enumerate() {
            if let Slot::Scheduled(order) = slot {
                scheduled[*order] = index;
            }
        }
        Sequence { slots, scheduled }
    }

    /// Returns the index among the slots of an order of the schedule.
    pub(super) fn scheduled(&self, order: usize) -> usize {
        self.scheduled[order]
    }

    /// Returns the order beside a renewal, by its index among the slots.
    pub(super) fn beside(&self, payer: &PayerSchedule, renewal: usize) -> Option<usize> {
        let orders = &payer.orders;
        self.slots.iter().position(|slot| match *slot {
            Slot::Scheduled(index) => is_beside(&orders[index], &orders[renewal]),
            Slot::Possible { renewal: other } => is_beside_like(&orders[other], &orders[renewal]),
        })
    }
}

/// Returns true for a scheduled renewal.
pub(super) fn is_renewal(order: &ScheduledOrder) -> bool {
    order.recorded.is_none() && order.order.renewal
}

fn is_beside(order: &ScheduledOrder, renewal: &ScheduledOrder) -> bool {
    order.recorded.is_none() && !order.order.renewal && is_beside_like(order, renewal)
}

fn is_beside_like(order: &ScheduledOrder, renewal: &ScheduledOrder) -> bool {
    (order.date, order.order.term) == (renewal.date, renewal.order.term)
}

/// The place of an order: by day, renewals first, then by falling term (P12).
fn key(order: &ScheduledOrder, renewal: bool) -> (Date, bool, Reverse<u32>) {
    (order.date, !renewal, Reverse(order.quote.days))
}

/// Returns for each start of scheduled accounts the orders that buy them, each once.
pub(super) fn starts(lots: &[Lot]) -> BTreeMap<Start, Vec<usize>> {
    let mut starts: BTreeMap<Start, Vec<usize>> = BTreeMap::new();
    for lot in lots {
        if let (Some(order), Some(day)) = (lot.order, lot.starts()) {
            let orders = starts.entry((lot.member, lot.account_type, day)).or_default();
            if !orders.contains(&order) {
                orders.push(order);
            }
        }
    }
    starts
}
