//! Prices of orders that are only compared with others.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Simulation;
use crate::account::{AccountType, Counts, Term};
use crate::money::Money;
use crate::planning::schedule::OrderLot;
use crate::planning::schedule::running::Beside;
use crate::pricing::{Purchase, PurchaseKind};
use crate::rates::GroupTiers;

/// Accounts of one type that an order would have, by member.
pub(super) struct Compared<'c> {
    pub(super) account_type: AccountType,
    pub(super) counts: &'c BTreeMap<usize, u32>,
    pub(super) term: Term,
    pub(super) kind: PurchaseKind,
    /// What members have beside it.
    pub(super) beside: Beside,
}

impl Simulation<'_, '_> {
    /// Returns the list price of an order; `None` if it is unknown. Nothing costs nothing.
    pub(super) fn price(&self, order: &Compared<'_>) -> Option<Money> {
        let &Compared { account_type, counts, term, kind, ref beside } = order;
        if counts.values().all(|count| *count == 0) {
            return Some(Money::ZERO);
        }
        let table = &self.engine.table;
        let purchase = |count, held| {
            let counts = Counts::of(account_type, count);
            Purchase { counts, term, kind, held, negotiated: self.schools[0].negotiated }
        };
        let price = match table.rules().group {
            GroupTiers::Group => table.price(&purchase(super::counts::sum(counts), beside.sum())).ok()?,
            GroupTiers::Member => {
                let of = |(member, count): (&usize, &u32)| purchase(*count, beside.of(*member));
                let members: Vec<Purchase> = counts.iter().map(of).collect();
                table.itemise_members(&members).ok()?.price
            }
        };
        price.is_complete().then_some(price.list_price)
    }

    /// Returns what members have beside a renewal of a day that prolongs accounts of an expiry.
    pub(super) fn beside_renewal(
        &self,
        day: Date,
        term: Term,
        account_type: AccountType,
        (counts, old): (&BTreeMap<usize, u32>, Date),
    ) -> Beside {
        let lot = |(&member, &count): (&usize, &u32)| OrderLot {
            member,
            account_type,
            count,
            activated: day,
            extends: Some(old),
            expires: old,
            recorded: false,
        };
        let renewed: Vec<OrderLot> = counts.iter().map(lot).collect();
        self.running.beside(day, self.terms.days(term), &renewed, counts.keys().copied())
    }
}

/// Adds accounts that outlast the term to what members have.
pub(super) fn with_longer(
    mut beside: Beside,
    account_type: AccountType,
    counts: &BTreeMap<usize, u32>,
) -> Beside {
    for (member, count) in counts {
        beside.add_longer(*member, Counts::of(account_type, *count));
    }
    beside
}
