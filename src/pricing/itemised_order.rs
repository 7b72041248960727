//! Orders priced under many rules that differ in the price of days and in rounding alone.

use jiff::civil::Date;

use super::parts::Parts;
use super::quoter::nothing;
use super::{Itemised, Order, OrderError, PriceTable, Purchase, PurchaseError, Quoter, TermFactor};
use crate::account::Counts;
use crate::money::Money;
use crate::rates::{Rounding, TermRules};

/// The lines of an order under the rules for the tiers (P5, P12, P13, U3), to be priced under any rules for days (P8,
/// docs/rules.md#p8) and rounding (P10, docs/rules.md#p10).
#[derive(Debug, Clone)]
pub struct ItemisedOrder {
    itemised: Itemised,
    purchase: Purchase,
    terms: TermRules,
    is_free: bool,
}

impl ItemisedOrder {
    /// Returns what has to be paid, as [`Quoter::payable`] under the same rules; `None` also if an amount overflows.
    pub fn payable(&self, by_days_divisor: u32, rounding: Rounding) -> Option<Money> {
        if self.is_free {
            return Some(Money::ZERO);
        }
        let price = &self.itemised.price;
        let Purchase { kind, term, .. } = self.purchase;
        let factor = TermFactor::new(&self.terms, by_days_divisor, kind, term, price.days);
        let listed = PriceTable::list_price(rounding, price, &self.itemised.lines, factor)?;
        price.is_complete().then_some(listed)
    }
}

impl Quoter<'_> {
    /// Itemises an order once, to price it under many rules for days and rounding.
    ///
    /// # Errors
    /// As [`Quoter::quote`].
    pub fn itemise(&self, date: Option<Date>, order: &Order) -> Result<ItemisedOrder, OrderError> {
        let failed = |error| OrderError { payer: order.payer.clone(), date, error };
        self.itemised(date, order).map_err(failed)
    }

    fn itemised(&self, date: Option<Date>, order: &Order) -> Result<ItemisedOrder, PurchaseError> {
        let table = self.table();
        let is_charged = order.members.iter().any(|member| member.charged);
        let parts = Parts::of(table, order, |_| true)?;
        let itemised = if is_charged { parts.itemise(table)? } else { nothing(table, order)? };
        let purchase = Purchase { counts: Counts::ZERO, ..order.purchase(|_| false)? };
        let is_free = !is_charged || self.is_free(date, order);
        Ok(ItemisedOrder { itemised, purchase, terms: table.term_rules().clone(), is_free })
    }
}
