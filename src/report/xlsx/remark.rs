//! The remark on an order: the formula that names what keeps it from being placed, whatever a reader types.
//! Read [`FormulaWorkbook::remark`] first.

use super::columns::Column;
use super::formula_workbook::FormulaWorkbook;
use super::orders::{OrderRows, of_type};
use super::rate_card::Rule;
use super::words::quoted;
use crate::account::AccountType;
use crate::pricing::OrderQuote;

/// The remark on an order that can be placed.
pub(super) const NO_REMARK: &str = "–";

impl FormulaWorkbook<'_> {
    /// Returns the first thing that keeps an order from being placed or its amounts from being whole: a
    /// formula for its row of the table and its result. A total with a remark on one of its orders is not
    /// complete.
    pub(super) fn remark(&self, index: usize, order: &OrderQuote) -> (String, String) {
        if self.is_fixed(index) {
            let now = self.remark_now(order);
            return (self.fixed_remark(index, order, &now), now);
        }
        let word = |id| quoted(&self.book.word(id));
        let checks = [
            (self.term_is_wrong(index), word("xlsx-term-wrong")),
            (self.count_is_wrong(index), word("xlsx-count-wrong")),
            (self.too_many(index), word("xlsx-too-many")),
            (self.tiers_are_wrong(index), word("xlsx-tiers-wrong")),
            (self.status_is_wrong(index), word("xlsx-status-wrong")),
            (self.charging_is_wrong(index), word("xlsx-charging-wrong")),
        ];
        // Users decide whether an order is placed at all, and which accounts come before it.
        let checks = checks.into_iter();
        let own = (!self.is_projected()).then(|| (self.buys_nothing(index), word("xlsx-no-accounts")));
        let checks: Vec<_> = checks.chain(own).collect();
        let stale = self.held_for_another_term(index, order).map(|check| (check, word("xlsx-held-stale")));
        let none = quoted(NO_REMARK);
        let valid = checks
            .iter()
            .chain(&stale)
            .rev()
            .fold(none, |rest, (check, remark)| format!("IF({check},{remark},{rest})"));
        if !self.negotiates() {
            return (valid, NO_REMARK.to_owned());
        }
        let unpriced =
            [Column::UnpricedBasic, Column::UnpricedInterop].map(|column| self.own(index, column)).join("+");
        let open = self.book.word("xlsx-accounts-without-price");
        let formula = format!("IF({unpriced}>0,{}&({unpriced}),{valid})", quoted(&open));
        (formula, self.remark_now(order))
    }

    /// Returns the remark on an order as it is.
    fn remark_now(&self, order: &OrderQuote) -> String {
        let count = u64::from(order.unpriced.basic) + u64::from(order.unpriced.interop);
        match count {
            0 => NO_REMARK.to_owned(),
            _ => format!("{}{count}", self.book.word("xlsx-accounts-without-price")),
        }
    }

    fn term_is_wrong(&self, index: usize) -> String {
        let term = self.own(index, Column::Term);
        let (least, most) = (self.rule(Rule::LeastDays), self.rule(Rule::MostDays));
        let [months, days] = [Column::Months, Column::Days].map(|column| self.own(index, column));
        format!(
            "OR({term}<{least},{term}>{most},MIN({months},{days})<0,{months}<>INT({months}),{days}<>INT({days}))"
        )
    }

    fn count_is_wrong(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        let OrderRows { order, first_member, .. } = self.rows_of(index);
        // Of a group, one member's mistake must not make up for another's.
        let negative = match order == first_member {
            true => format!("MIN({basic},{interop})<0"),
            false => [Column::Basic, Column::Interop]
                .map(|column| format!("MIN({})<0", self.over_members(index, column)))
                .join(","),
        };
        format!("OR({negative},{basic}<>INT({basic}),{interop}<>INT({interop}))")
    }

    fn too_many(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!("MAX({basic},{interop})>{}", self.rule(Rule::MostAccounts))
    }

    fn buys_nothing(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!(
            "AND({basic}+{interop}=0,{}={})",
            self.own(index, Column::Charging),
            quoted(&self.words.charged)
        )
    }

    /// Tiers that overlap count an account twice; tiers with a hole between them, not at all.
    fn tiers_are_wrong(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!("{}<>{basic}+{interop}", self.item_tiers(index))
    }

    /// A member whose status is neither of both would be in no sum.
    fn status_is_wrong(&self, index: usize) -> String {
        let statuses = self.over_members(index, Column::Status);
        let known = self.words.statuses().map(|word| format!("COUNTIF({statuses},{})", quoted(word)));
        format!("{}<>ROWS({statuses})", known.join("+"))
    }

    fn charging_is_wrong(&self, index: usize) -> String {
        let cell = self.own(index, Column::Charging);
        let is_one = self.words.chargings().map(|word| format!("{cell}={}", quoted(word)));
        format!("NOT(OR({}))", is_one.join(","))
    }

    /// Returns the condition that the term differs from the one for which the held accounts were counted: it
    /// decides which of them come first (P12, docs/rules.md#p12), and the table does not have their days of
    /// expiry.
    fn held_for_another_term(&self, index: usize, order: &OrderQuote) -> Option<String> {
        if order.start.is_zero() || self.is_projected() {
            return None;
        }
        let term = self.own(index, Column::Term);
        let [basic, interop] = AccountType::ALL.map(|account_type| {
            let held = self.own(index, of_type(Column::HeldBasic, account_type));
            format!("{held}={}", order.start.get(account_type))
        });
        Some(format!("AND({basic},{interop},{term}<>{})", order.days))
    }

    fn counts(&self, index: usize) -> [String; 2] {
        [Column::Basic, Column::Interop].map(|column| self.own(index, column))
    }
}
