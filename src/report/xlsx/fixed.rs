//! Orders that formulas do not follow: those whose members' tiers run apart (U3, docs/rules.md#u3), those of several
//! members whose parts are rounded apart (P10, docs/rules.md#p10), and those that have the amount of WeCom's bill. Their figures are the program's, as long as
//! nothing that they rest on is changed; then the workbook says that it does not compute them. Read
//! [`FormulaWorkbook::is_fixed`] first.

use super::columns::Column;
use super::formula_workbook::FormulaWorkbook;
use super::orders::of_type;
use super::rate_card::Rule;
use super::words::quoted;
use crate::account::AccountType;
use crate::formula::Variable;
use crate::pricing::{Line, OrderQuote};
use crate::rates::RoundedPart;

/// The most characters of a formula that every spreadsheet reads.
const MOST_CHARACTERS: usize = 8_000;
/// The most arguments of a function that every spreadsheet takes, with room to spare.
const MOST_ARGUMENTS: usize = 30;

impl FormulaWorkbook<'_> {
    /// Returns true if no formula computes an order.
    pub(super) fn is_fixed(&self, index: usize) -> bool {
        let Some(order) = self.basis.orders.get(index) else { return false };
        let by_member = order.lines.iter().any(|line| line.member.is_some());
        let shares_apart =
            order.members.len() > 1 && self.basis.card.rules.rounding.per != RoundedPart::Order;
        by_member || shares_apart || order.is_billed || self.has_long_formula(index)
    }

    /// Returns true if any order is one that no formula computes.
    pub(super) fn has_fixed(&self) -> bool {
        (0..self.basis.orders.len()).any(|index| self.is_fixed(index))
    }

    /// Returns the figure of an order that no formula computes, and the word for it once it no longer holds; `None` for a
    /// figure that is computed all the same.
    pub(super) fn fixed(&self, index: usize, variable: Variable) -> Option<String> {
        let order = self.basis.orders.get(index)?;
        let lines = |kind: AccountType| order.lines.iter().filter(move |line| line.account_type == kind);
        let figure = match variable {
            Variable::InTier(kind, tier) => {
                let own = (tier < self.basis.card.tiers.len()).then_some(tier);
                let counts = lines(kind).filter(|line| line.tier == own).map(Line::count);
                counts.sum::<u64>().to_string()
            }
            Variable::Unpriced(kind) => {
                return Some(self.fixed_unpriced(index, u64::from(*order.unpriced.get(kind))));
            }
            Variable::Annual(kind) => order.priced_annual.get(kind).to_string(),
            Variable::AnnualSum => order.priced_annual_sum()?.to_string(),
            Variable::ListPrice => order.priced.to_string(),
            _ => return None,
        };
        Some(self.while_it_holds(index, &figure))
    }

    /// Returns the accounts without a price of an order that no formula computes; none once they are not known, where
    /// its amounts have the word.
    pub(super) fn fixed_unpriced(&self, index: usize, unpriced: u64) -> String {
        format!(
            "IF({}={},0,{unpriced})",
            self.of_order(index, Column::Remark),
            quoted(&self.words.not_computed)
        )
    }

    /// Returns a formula that gives a value while what an order rests on is as it was.
    fn while_it_holds(&self, index: usize, value: &str) -> String {
        let word = quoted(&self.words.not_computed);
        format!("IF({}={word},{word},{value})", self.of_order(index, Column::Remark))
    }

    /// Returns the remark on an order that no formula computes: what it is now, or that it is not computed anew.
    pub(super) fn fixed_remark(&self, index: usize, order: &OrderQuote, now: &str) -> String {
        let same = all(&self.rests_on(index, order));
        format!("IF({same},{},{})", quoted(now), quoted(&self.words.not_computed))
    }

    /// Returns the conditions that everything which decides the price of an order is as it was.
    fn rests_on(&self, index: usize, order: &OrderQuote) -> Vec<String> {
        let mut same = Vec::new();
        let mut is = |cell: String, value: String| same.push(format!("{cell}={value}"));
        is(self.of_order(index, Column::Months), order.term.months.to_string());
        is(self.of_order(index, Column::Days), order.term.days.to_string());
        let card = &self.basis.card;
        for kind in AccountType::ALL {
            is(self.of_order(index, of_type(Column::HeldBasic, kind)), order.start.get(kind).to_string());
            for (member, quote) in order.members.iter().enumerate() {
                is(self.bought_for(index, member, kind), quote.counts.get(kind).to_string());
            }
            for (tier, rule) in card.tiers.iter().enumerate() {
                is(self.tier_price(tier, kind), rule.price.get(kind).price.shortest());
            }
            if self.negotiates() {
                let price = order.negotiated_price.get(kind).map(|price| price.shortest());
                is(self.negotiated_cell(index, kind), price.unwrap_or_else(|| quoted("")));
            }
        }
        for (tier, rule) in card.tiers.iter().enumerate() {
            if let Some(to) = rule.to {
                is(self.tier_to(tier), to.to_string());
            }
        }
        is(self.rule(Rule::DaysPerMonth), card.term.days_per_month.to_string());
        is(self.rule(Rule::DaysPerYear), card.term.days_per_year.to_string());
        if card.rules.by_days_divisor != card.term.days_per_year {
            is(self.rule(Rule::ByDaysDivisor), card.rules.by_days_divisor.to_string());
        }
        same
    }

    /// Returns true if the formula of the price has more tiers to round than a formula can have.
    fn has_long_formula(&self, index: usize) -> bool {
        self.basis.card.rules.rounding.per == RoundedPart::Item
            && self.live(index, Variable::ListPrice).len() > MOST_CHARACTERS
    }
}

/// Returns the condition that all of some hold.
fn all(conditions: &[String]) -> String {
    let groups: Vec<String> =
        conditions.chunks(MOST_ARGUMENTS).map(|group| format!("AND({})", group.join(","))).collect();
    match groups.as_slice() {
        [one] => one.clone(),
        _ if groups.len() <= MOST_ARGUMENTS => format!("AND({})", groups.join(",")),
        _ => all(&groups),
    }
}
