use std::collections::BTreeMap;

use jiff::civil::Date;

use super::OrderLot;
use crate::account::{AccountType, Counts, PerType};
use crate::pricing::Held;
use crate::rules::{expires_with, outlasts};

/// The activated accounts of a group by their day of expiry, as the events of P12 (docs/rules.md#p12) have
/// made them so far: a prolonged account has its new expiry from the day of its prolongation on.
#[derive(Debug, Default)]
pub(super) struct Running {
    by_expiry: PerType<BTreeMap<Date, u64>>,
    /// Activations of codes paid earlier, by day.
    pending: BTreeMap<Date, Vec<OrderLot>>,
}

impl Running {
    /// Adds accounts that are active from the beginning.
    pub(super) fn hold(&mut self, account_type: AccountType, count: u32, expires: Date) {
        *self.by_expiry.get_mut(account_type).entry(expires).or_default() += u64::from(count);
    }

    /// Lets an activation happen on its day, before the orders of that day.
    pub(super) fn plan(&mut self, lot: OrderLot) {
        self.pending.entry(lot.activated).or_default().push(lot);
    }

    /// Lets the planned activations up to a day, inclusive, happen.
    pub(super) fn advance(&mut self, day: Date) {
        while let Some(entry) = self.pending.first_entry().filter(|entry| *entry.key() <= day) {
            for lot in entry.remove() {
                self.activate(&lot);
            }
        }
    }

    /// Lets an activation or a prolongation happen now.
    pub(super) fn activate(&mut self, lot: &OrderLot) {
        let by_expiry = self.by_expiry.get_mut(lot.account_type);
        if let Some(extends) = lot.extends
            && let Some(before) = by_expiry.get_mut(&extends)
        {
            *before = before.saturating_sub(u64::from(lot.count));
        }
        *by_expiry.entry(lot.expires).or_default() += u64::from(lot.count);
    }

    /// Returns what the group has beside a purchase of a day, of which some may come first in its tiers (P12).
    pub(super) fn beside(&self, bought: Date, term_days: u32) -> Held {
        Held {
            longer: self.sum(bought, |expires| outlasts(expires, bought, term_days)),
            equal: self.sum(bought, |expires| expires_with(expires, bought, term_days)),
            ..Held::NONE
        }
    }

    fn sum(&self, after: Date, counts_in: impl Fn(Date) -> bool) -> Counts {
        PerType::from_fn(|account_type| {
            let later = self.by_expiry.get(account_type).range(after..);
            let sum: u64 = later.filter(|(expires, _)| counts_in(**expires)).map(|(_, count)| *count).sum();
            u32::try_from(sum).unwrap_or(u32::MAX)
        })
    }
}
