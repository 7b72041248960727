//! The sums under the rows of the summary, and those of periods on other sheets. Orders that are not
//! confirmed, and accounts without a price, have rows of their own. Read [`FormulaWorkbook::write_totals`]
//! first.

use jiff::civil::Date;
use rust_xlsxwriter::RowNum;

use super::formula_workbook::{FormulaWorkbook, at};
use super::remark::NO_REMARK;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::summary::{PlacedOrder, count, day, purchase_row};
use super::summary_columns::Column;
use super::words::quoted;
use super::{Written, items};
use crate::account::AccountType;
use crate::money::{Amount, Money};
use crate::pricing::{OrderQuote, OrderStatus, Totals};
use crate::report::Placed;

/// A sum of amounts.
#[derive(Debug, Clone, Copy)]
enum Priced {
    List,
    Payable,
}

/// The rows under the purchases.
struct TotalRows {
    confirmed: RowNum,
    /// The part with a price; the confirmed total itself if everything has one.
    priced: RowNum,
    unconfirmed: RowNum,
}

/// Something that the sums leave out.
pub(super) struct GapCell {
    pub(super) label: &'static str,
    pub(super) formula: String,
    pub(super) result: String,
    pub(super) kind: Kind,
}

impl FormulaWorkbook<'_> {
    /// Writes the sums of the purchases under their rows, and the answer above them.
    pub(super) fn write_totals(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        let rows = self.total_rows();
        let payable = self.columns.at(Column::Payable);
        self.write_confirmed(self.total_row(sheet, rows.confirmed, "report-total")?, &totals)?;
        if rows.priced != rows.confirmed {
            let mut cells = self.total_row(sheet, rows.priced, "xlsx-total-priced")?;
            let sums = [
                (self.columns.at(Column::List), Priced::List, totals.list_price),
                (payable, Priced::Payable, totals.payable),
            ];
            for (column, priced, sum) in sums {
                let formula = self.priced_sum(priced, OrderStatus::Confirmed, "");
                cells.formula(column, Kind::Money, &formula, sum)?;
            }
        }
        let mut cells = self.total_row(sheet, rows.unconfirmed, "xlsx-total-unconfirmed")?;
        let formula = self.priced_sum(Priced::Payable, OrderStatus::Unconfirmed, "");
        cells.formula(payable, Kind::Money, &formula, totals.unconfirmed)?;
        if self.negotiates() {
            self.write_unpriced(
                self.total_row(sheet, rows.unconfirmed + 1, "xlsx-total-unpriced")?,
                &totals,
            )?;
        }
        Ok(())
    }

    /// Returns the cell of the confirmed total and its value; a word if an amount is not known.
    pub(super) fn confirmed_total(&self) -> (String, String) {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        let cell = at(&self.summary, self.total_rows().confirmed, self.columns.at(Column::Payable));
        (cell, self.whole(totals.payable, OrderQuote::payable))
    }

    /// Returns the cell of the unconfirmed total and its value.
    pub(super) fn unconfirmed_total(&self) -> (String, String) {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        (self.total_of(OrderStatus::Unconfirmed), totals.unconfirmed.to_string())
    }

    /// Returns the payable of the orders of this status, as far as they have a price.
    pub(super) fn total_of(&self, status: OrderStatus) -> String {
        let rows = self.total_rows();
        let row = match status {
            OrderStatus::Confirmed => rows.priced,
            OrderStatus::Unconfirmed => rows.unconfirmed,
        };
        at(&self.summary, row, self.columns.at(Column::Payable))
    }

    /// Returns the cells of what the sums leave out.
    pub(super) fn gap_cells(&self) -> Vec<GapCell> {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        let row = self.total_rows().unconfirmed;
        let mut cells = vec![GapCell {
            label: "xlsx-total-unconfirmed",
            formula: at(&self.summary, row, self.columns.at(Column::Payable)),
            result: totals.unconfirmed.to_string(),
            kind: Kind::Money,
        }];
        if self.negotiates() {
            let labels = ["xlsx-unpriced-basic", "xlsx-unpriced-interop"];
            for ((column, label), account_type) in
                (self.columns.at(Column::Basic)..).zip(labels).zip(AccountType::ALL)
            {
                cells.push(GapCell {
                    label,
                    formula: at(&self.summary, row + 1, column),
                    result: totals.unpriced.get(account_type).to_string(),
                    kind: Kind::Tier,
                });
            }
        }
        cells
    }

    /// Returns a figure of the purchases from one day to another, both inclusive, as a formula.
    pub(super) fn placed(&self, what: Placed, from: Date, to: Date) -> String {
        let Some(between) = self.between(from, to) else { return "0".to_owned() };
        let sum = |priced, status| self.priced_sum(priced, status, &format!(",{between}"));
        let [waived, statuses] = [Column::Waived, Column::Status].map(|column| self.all_purchases(column));
        let confirmed = quoted(&self.words.confirmed);
        match what {
            Placed::Orders => format!("COUNTIFS({between},{statuses},{confirmed})"),
            Placed::Unconfirmed => sum(Priced::Payable, OrderStatus::Unconfirmed),
            Placed::ListPrice => sum(Priced::List, OrderStatus::Confirmed),
            Placed::Payable => sum(Priced::Payable, OrderStatus::Confirmed),
            Placed::Waived => format!("ROUND(SUMIFS({waived},{statuses},{confirmed},{between}),2)"),
        }
    }

    /// Returns the completeness of the sums of the purchases from one day to another, both inclusive: a
    /// formula and its result.
    pub(super) fn placed_completeness(&self, from: Date, to: Date) -> (String, String) {
        let words = &self.words;
        let Some(between) = self.between(from, to) else {
            let complete = words.completeness(true);
            return (quoted(complete), complete.to_owned());
        };
        let other = quoted(&format!("<>{NO_REMARK}"));
        let remarked = format!("COUNTIFS({between},{},{other})", self.all_purchases(Column::Remark));
        let formula = words.incomplete_if(&format!("{remarked}>0"));
        let placed = self.basis.placements.iter().filter(|placed| (from..=to).contains(&placed.date));
        let totals = Totals::of(placed.filter_map(|placed| self.basis.orders.get(placed.order)));
        (formula, words.completeness(totals.is_some_and(|totals| totals.complete)).to_owned())
    }

    /// Returns the completeness of all sums: a formula and its result.
    pub(super) fn completeness(&self) -> (String, String) {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        let cell = at(&self.summary, self.total_rows().confirmed, self.columns.at(Column::Remark));
        (cell, self.words.completeness(totals.complete).to_owned())
    }

    pub(super) fn last_total_row(&self) -> RowNum {
        self.total_rows().unconfirmed + RowNum::from(self.negotiates())
    }

    fn bought_orders(&self) -> impl Iterator<Item = &OrderQuote> + Clone {
        self.purchases().map(|PlacedOrder { order, .. }| order)
    }

    fn total_rows(&self) -> TotalRows {
        let confirmed = purchase_row(self.purchases().count());
        let priced = confirmed + RowNum::from(self.negotiates());
        TotalRows { confirmed, priced, unconfirmed: priced + 1 }
    }

    /// Returns the conditions of the purchases from one day to another, both inclusive; `None` if none has a
    /// day.
    fn between(&self, from: Date, to: Date) -> Option<String> {
        self.columns.find(Column::Placed)?;
        let dates = self.all_purchases(Column::Placed);
        Some(format!("{dates},\">=\"&{},{dates},\"<=\"&{}", day(from), day(to)))
    }

    /// Starts a row of sums with its label.
    fn total_row<'s, 'b>(
        &self,
        sheet: &'s mut SheetWriter<'b>,
        row: RowNum,
        label: &'static str,
    ) -> Written<RowWriter<'s, 'b>> {
        let mut cells = sheet.row(row, Role::Total);
        cells.blanks(Kind::Text, 0..=self.columns.last())?;
        cells.text(self.columns.at(Column::School), &self.book.word(label))?;
        Ok(cells)
    }

    /// Writes the sums of the confirmed orders; a word if one of them has an amount that is not known.
    fn write_confirmed(&self, mut cells: RowWriter<'_, '_>, totals: &Totals) -> Written {
        let columns = &self.columns;
        let confirmed = || self.bought_orders().filter(|order| order.status == OrderStatus::Confirmed);
        // Over several years, accounts and amounts a year add up to nothing that means anything.
        if !self.on_days() {
            for (column, account_type) in [Column::Basic, Column::Interop].into_iter().zip(AccountType::ALL) {
                let sum: u64 = confirmed().map(|order| count(order, account_type)).sum();
                cells.formula(columns.at(column), Kind::Count, &self.confirmed_sum(column), sum)?;
            }
            let annual = confirmed().try_fold(Amount::ZERO, |sum, order| sum.checked_add(order.annual()?));
            let annual = annual.map_or_else(|| self.words.incomplete.clone(), |sum| sum.to_string());
            cells.formula(
                columns.at(Column::Annual),
                Kind::Fine,
                &self.whole_sum(Column::Annual, 4),
                annual,
            )?;
        }
        let list = self.whole(totals.list_price, OrderQuote::list_price);
        cells.formula(columns.at(Column::List), Kind::Money, &self.whole_sum(Column::List, 2), list)?;
        let waived = format!("ROUND({},2)", self.confirmed_sum(Column::Waived));
        cells.formula(columns.at(Column::Waived), Kind::Money, &waived, totals.waived)?;
        let payable = self.whole(totals.payable, OrderQuote::payable);
        cells.formula(
            columns.at(Column::Payable),
            Kind::Money,
            &self.whole_sum(Column::Payable, 2),
            payable,
        )?;
        let formula = self.words.incomplete_if(&format!("{}>0", self.gaps()));
        cells.formula(
            columns.at(Column::Remark),
            Kind::Word,
            &formula,
            self.words.completeness(totals.complete),
        )
    }

    /// Returns the number of reasons against a complete total: orders with a remark.
    fn gaps(&self) -> String {
        let remarks = self.over_purchases(Column::Remark);
        format!("COUNTIF({remarks},{})", quoted(&format!("<>{NO_REMARK}")))
    }

    fn write_unpriced(&self, mut cells: RowWriter<'_, '_>, totals: &Totals) -> Written {
        let own = [Column::UnpricedBasic, Column::UnpricedInterop];
        for ((column, own), account_type) in (self.columns.at(Column::Basic)..).zip(own).zip(AccountType::ALL)
        {
            let formula = match self.columns.find(own) {
                Some(_) => format!("SUM({})", self.over_purchases(own)),
                None => {
                    let items = self.item_columns();
                    let [unpriced, types] =
                        [items.unpriced(), items::ACCOUNT].map(|column| self.all_items(column));
                    format!("SUMIFS({unpriced},{types},{})", quoted(&self.type_word(account_type)))
                }
            };
            cells.formula(column, Kind::Tier, &formula, totals.unpriced.get(account_type))?;
        }
        Ok(())
    }

    /// Returns a sum that is whole, or the word for one that is not.
    fn whole(&self, sum: Money, part: fn(&OrderQuote) -> Option<Money>) -> String {
        let mut confirmed = self.bought_orders().filter(|order| order.status == OrderStatus::Confirmed);
        match confirmed.all(|order| part(order).is_some()) {
            true => sum.to_string(),
            false => self.words.incomplete.clone(),
        }
    }

    fn confirmed_sum(&self, column: Column) -> String {
        let statuses = self.over_purchases(Column::Status);
        format!("SUMIFS({},{statuses},{})", self.over_purchases(column), quoted(&self.words.confirmed))
    }

    /// Returns the sum of the confirmed orders, unless one of them has a word for an amount.
    fn whole_sum(&self, column: Column, decimals: u32) -> String {
        let [statuses, amounts] = [Column::Status, column].map(|column| self.over_purchases(column));
        let (confirmed, incomplete) = (quoted(&self.words.confirmed), quoted(&self.words.incomplete));
        let sum = match column {
            Column::List | Column::Payable => self.confirmed_sum(column) + &self.less_shares(""),
            _ => self.confirmed_sum(column),
        };
        // Not `SUMPRODUCT` over `ISTEXT` of a range, which spreadsheet programs compute differently.
        let known = format!("COUNTIFS({statuses},{confirmed},{amounts},\">=0\")");
        format!("IF(COUNTIF({statuses},{confirmed})>{known},{incomplete},ROUND({sum},{decimals}))")
    }

    /// Returns the sum of the orders of this status, as far as they have a price; with more conditions, each
    /// after a comma.
    fn priced_sum(&self, priced: Priced, status: OrderStatus, conditions: &str) -> String {
        let [amounts, statuses] = self.priced_ranges(priced);
        let sum = format!("SUMIFS({amounts},{statuses},{}{conditions})", quoted(self.words.status(status)));
        match (status, self.columns.find(Column::Unconfirmed)) {
            (OrderStatus::Confirmed, _) => format!("ROUND({sum}{},2)", self.less_shares(conditions)),
            (OrderStatus::Unconfirmed, None) => format!("ROUND({sum},2)"),
            (OrderStatus::Unconfirmed, Some(_)) => {
                format!("ROUND({sum}+{},2)", self.unconfirmed_parts(conditions))
            }
        }
    }

    /// Returns the end of a sum of confirmed orders: less the shares of their unconfirmed members.
    fn less_shares(&self, conditions: &str) -> String {
        match self.columns.find(Column::Unconfirmed) {
            Some(_) => format!("-{}", self.unconfirmed_parts(conditions)),
            None => String::new(),
        }
    }

    /// Returns the sum of the shares of unconfirmed members of orders that are not unconfirmed as a whole.
    fn unconfirmed_parts(&self, conditions: &str) -> String {
        let shares = self.all_purchases(Column::Unconfirmed);
        match conditions.strip_prefix(',') {
            Some(conditions) => format!("SUMIFS({shares},{conditions})"),
            None => format!("SUM({shares})"),
        }
    }

    /// Returns the ranges of a sum: its amounts, and the statuses of the orders beside them. An order that is
    /// placed once has them on the sheet of items; one that may be placed again, with each purchase.
    fn priced_ranges(&self, priced: Priced) -> [String; 2] {
        if !self.on_days() {
            let items = self.item_columns();
            let column = match priced {
                Priced::List => items.list(),
                Priced::Payable => items.payable(),
            };
            return [column, items::STATUS].map(|column| self.all_items(column));
        }
        let (whole, part) = match priced {
            Priced::List => (Column::List, Column::PricedList),
            Priced::Payable => (Column::Payable, Column::PricedPayable),
        };
        let column = if self.columns.find(part).is_some() { part } else { whole };
        [column, Column::Status].map(|column| self.all_purchases(column))
    }
}
