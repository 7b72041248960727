//! Orders priced under many rules that differ in the price of days and in rounding alone.

use jiff::civil::Date;

use super::parts::Parts;
use super::quoter::nothing;
use super::{
    Itemised, Line, Order, OrderError, PriceTable, Purchase, PurchaseError, Quoter, RoundedLines, TermFactor,
};
use crate::account::AccountType;
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
        let parts = Parts::of(table, order)?;
        let itemised = if is_charged { parts.itemise(table)? } else { nothing(table, order)? };
        let purchase = order.purchase()?;
        let is_free = !is_charged || self.is_free(date, order);
        Ok(ItemisedOrder { itemised, purchase, terms: table.term_rules().clone(), is_free })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::fixture::{card, months, order};

    /// 150 basic accounts stand in the tiers 1–5 and 6–200, 3 interop accounts in 1–5, each for 7 months of 12.
    #[test]
    fn what_is_rounded_apart_is_listed_by_type_and_tier() {
        let card = card();
        let bought = Order { term: months(7), ..order(150, 3) };
        let itemised = Quoter::new(&card).unwrap().itemise(None, &bought).unwrap();
        let apart = |per| {
            let rounding = Rounding { per, ..Rounding::default() };
            let parts = itemised.rounded_lines(372, rounding).unwrap();
            let of = |part: &RoundedLines| {
                let counts = part.lines().iter().map(|line| (line.account_type, line.count()));
                (counts.collect::<Vec<_>>(), part.price(|line| line.unit_price).unwrap().fen())
            };
            parts.iter().map(of).collect::<Vec<_>>()
        };
        let (first, second) = ((AccountType::Basic, 5), (AccountType::Basic, 145));
        let interop = (AccountType::Interop, 3);
        assert_eq!(apart(RoundedPart::Order), [(vec![first, second, interop], 44_042)]);
        assert_eq!(apart(RoundedPart::Type), [(vec![first, second], 35_292), (vec![interop], 8_750)]);
        let items = [(vec![first], 1_458), (vec![second], 33_833), (vec![interop], 8_750)];
        assert_eq!(apart(RoundedPart::Item), items);
    }
}
