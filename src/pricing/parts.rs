use super::{Held, Itemised, Order, Price, PriceTable, Purchase, PurchaseError};
use crate::account::Counts;
use crate::rates::GroupTiers;

/// The purchases of an order whose tiers run apart, by the card's rule for groups: U3 (docs/rules.md#u3).
pub(super) enum Parts {
    /// All members together.
    Whole(Purchase),
    /// Each member on its own, in the order of the members.
    Members(Vec<Purchase>),
}

impl Parts {
    /// Returns the accounts of the charged members that `included` lets in by their index.
    pub(super) fn of(
        table: &PriceTable,
        order: &Order,
        included: impl Fn(usize) -> bool,
    ) -> Result<Parts, PurchaseError> {
        // What others have does not count for an only member either, but its lines need no name.
        let is_group = order.members.len() > 1 || order.held_by_others != Held::NONE;
        Ok(match table.rules().group {
            GroupTiers::Member if is_group => Parts::Members(order.purchases(included)),
            GroupTiers::Group | GroupTiers::Member => Parts::Whole(order.purchase(included)?),
        })
    }

    /// Prices the order line by line.
    ///
    /// # Errors
    /// As [`PriceTable::price`].
    pub(super) fn itemise(&self, table: &PriceTable) -> Result<Itemised, PurchaseError> {
        match self {
            Parts::Whole(purchase) => table.itemise(purchase),
            Parts::Members(members) => table.itemise_members(members),
        }
    }

    /// Prices the order.
    ///
    /// # Errors
    /// As [`PriceTable::price`].
    pub(super) fn price(&self, table: &PriceTable) -> Result<Price, PurchaseError> {
        match self {
            Parts::Whole(purchase) => table.price(purchase),
            Parts::Members(members) => Ok(table.itemise_members(members)?.price),
        }
    }

    /// Returns the accounts that come first in the tiers; of members on their own, the sum over those who buy.
    pub(super) fn start(&self, table: &PriceTable) -> Counts {
        self.all().fold(Counts::ZERO, |sum, part| {
            let own = Purchase { held: part.held.of_bought(part.counts), ..*part };
            sum.saturating_add(table.start(if self.is_whole() { part } else { &own }))
        })
    }

    /// Returns true if no account is bought.
    pub(super) fn is_empty(&self) -> bool {
        self.all().all(|part| part.counts.is_zero())
    }

    /// Returns the same order after other held accounts.
    pub(super) fn with_held(&self, change: impl Fn(Held) -> Option<Held>) -> Option<Parts> {
        let changed = |part: &Purchase| Some(Purchase { held: change(part.held)?, ..*part });
        Some(match self {
            Parts::Whole(purchase) => Parts::Whole(changed(purchase)?),
            Parts::Members(members) => Parts::Members(members.iter().map(changed).collect::<Option<_>>()?),
        })
    }

    /// Returns each purchase.
    pub(super) fn all(&self) -> impl Iterator<Item = &Purchase> {
        match self {
            Parts::Whole(purchase) => std::slice::from_ref(purchase).iter(),
            Parts::Members(members) => members.iter(),
        }
    }

    fn is_whole(&self) -> bool {
        matches!(self, Parts::Whole(_))
    }
}
