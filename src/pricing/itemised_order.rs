//! Orders priced under many rules that differ in the price of days and in rounding alone.

use jiff::civil::Date;

use super::parts::Parts;
use super::quoter::nothing;
use super::{
    Itemised, Line, Order, OrderError, PriceTable, Purchase, PurchaseError, Quoter, RoundedLines, TermFactor,
};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::rates::{RoundedPart, Rounding, TermRules};

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
        let factor = self.factor(by_days_divisor);
        let listed = PriceTable::list_price(rounding, price, &self.itemised.lines, factor)?;
        price.is_complete().then_some(listed)
    }

    /// Returns its lines by what is rounded together, whose prices add up to [`ItemisedOrder::payable`] under the same
    /// rules; none if it is free, `None` if an account has no price.
    pub fn rounded_lines(&self, by_days_divisor: u32, rounding: Rounding) -> Option<Vec<RoundedLines>> {
        if self.is_free {
            return Some(Vec::new());
        }
        if !self.itemised.price.is_complete() {
            return None;
        }
        let (factor, mode) = (self.factor(by_days_divisor), rounding.mode);
        let part = |lines: Vec<Line>| RoundedLines { lines, factor, mode };
        let lines = &self.itemised.lines;
        let of_type = |kind: AccountType| lines.iter().filter(move |line| line.account_type == kind).copied();
        Some(match rounding.per {
            RoundedPart::Order => vec![part(lines.clone())],
            RoundedPart::Type => AccountType::ALL.map(|kind| part(of_type(kind).collect())).into(),
            RoundedPart::Item => lines.iter().map(|line| part(vec![*line])).collect(),
        })
    }

    fn factor(&self, by_days_divisor: u32) -> TermFactor {
        let Purchase { kind, term, .. } = self.purchase;
        TermFactor::new(&self.terms, by_days_divisor, kind, term, self.itemised.price.days)
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
