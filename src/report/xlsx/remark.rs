//! The remark on an order: the formula that names what keeps it from being placed, whatever a reader types.
//! Read [`FormulaWorkbook::remark`] first.

use rust_xlsxwriter::utility::row_col_to_cell;

use super::formula_workbook::FormulaWorkbook;
use super::items::TERM;
use super::orders::{CHARGING, DAYS, MONTHS};
use super::rate_card::Rule;
use super::words::quoted;
use crate::account::AccountType;
use crate::pricing::OrderQuote;

/// The remark on an order that can be placed.
pub(super) const NO_REMARK: &str = "–";

impl FormulaWorkbook<'_> {
    /// Returns the first thing that keeps an order from being placed or its amounts from being whole: a
    /// formula for the sheet of orders and its result. A total with a remark on one of its orders is not
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
            (self.buys_nothing(index), word("xlsx-no-accounts")),
            (self.tiers_are_wrong(index), word("xlsx-tiers-wrong")),
            (self.status_is_wrong(index), word("xlsx-status-wrong")),
            (self.is_none_of(index, CHARGING, &self.words.chargings()), word("xlsx-charging-wrong")),
        ];
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
        let unpriced = self.order_sum(index, self.item_columns().unpriced());
        let open = self.book.word("xlsx-accounts-without-price");
        let formula = format!("IF({unpriced}>0,{}&{unpriced},{valid})", quoted(&open));
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
        let term = self.order_sum(index, TERM);
        let (least, most) = (self.rule(Rule::LeastDays), self.rule(Rule::MostDays));
        let [months, days] = [MONTHS, DAYS].map(|column| self.own(index, column));
        format!(
            "OR({term}<{least},{term}>{most},MIN({months},{days})<0,{months}<>INT({months}),{days}<>INT({days}))"
        )
    }

    fn count_is_wrong(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!("OR(MIN({basic},{interop})<0,{basic}<>INT({basic}),{interop}<>INT({interop}))")
    }

    fn too_many(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!("MAX({basic},{interop})>{}", self.rule(Rule::MostAccounts))
    }

    fn buys_nothing(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!("AND({basic}+{interop}=0,{}={})", self.own(index, CHARGING), quoted(&self.words.charged))
    }

    /// Tiers that overlap count an account twice; tiers with a hole between them, not at all.
    fn tiers_are_wrong(&self, index: usize) -> String {
        let [basic, interop] = self.counts(index);
        format!("{}<>{basic}+{interop}", self.item_tiers(index))
    }

    /// A member whose status is neither of both would be in no sum.
    fn status_is_wrong(&self, index: usize) -> String {
        let statuses = self.statuses_of(index);
        let known = self.words.statuses().map(|word| format!("COUNTIF({statuses},{})", quoted(word)));
        format!("{}<>ROWS({statuses})", known.join("+"))
    }

    fn is_none_of(&self, index: usize, column: u16, words: &[&String]) -> String {
        let cell = self.own(index, column);
        let is_one: Vec<String> = words.iter().map(|word| format!("{cell}={}", quoted(word))).collect();
        format!("NOT(OR({}))", is_one.join(","))
    }

    /// Returns the condition that the term differs from the one for which the held accounts were counted: it
    /// decides which of them come first (P12, docs/rules.md#p12), and the sheet does not have their days of
    /// expiry.
    fn held_for_another_term(&self, index: usize, order: &OrderQuote) -> Option<String> {
        if order.start.is_zero() {
            return None;
        }
        let term = self.order_sum(index, TERM);
        let [basic, interop] = AccountType::ALL.map(|account_type| {
            format!("{}={}", self.held(index, account_type), order.start.get(account_type))
        });
        Some(format!("AND({basic},{interop},{term}<>{})", order.days))
    }

    fn counts(&self, index: usize) -> [String; 2] {
        AccountType::ALL.map(|account_type| self.item_accounts(index, account_type))
    }

    /// Returns a cell of the order on its own sheet.
    fn own(&self, index: usize, column: u16) -> String {
        row_col_to_cell(self.order_row(index), column)
    }
}
