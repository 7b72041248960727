//! The sums above the orders, and those of periods on other sheets. What is not confirmed, and accounts without
//! a price, have rows of their own. Read [`FormulaWorkbook::write_totals`] first.

use jiff::civil::Date;
use rust_xlsxwriter::RowNum;

use super::Written;
use super::columns::Column;
use super::formula_workbook::{FormulaWorkbook, at};
use super::orders::{HEADER_ROW, day, of_type};
use super::remark::NO_REMARK;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::users::UNFOLLOWED;
use super::words::quoted;
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{OrderQuote, OrderStatus, Totals};
use crate::report::Placed;

/// A sum of amounts.
#[derive(Debug, Clone, Copy)]
enum Priced {
    List,
    Payable,
}

/// The rows of the sums.
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

/// Returns the first row below the sums.
pub(super) fn first_row_below(negotiates: bool) -> RowNum {
    let rows = total_rows(negotiates);
    rows.unconfirmed + 1 + RowNum::from(negotiates)
}

fn total_rows(negotiates: bool) -> TotalRows {
    let confirmed = HEADER_ROW + 1;
    let priced = confirmed + RowNum::from(negotiates);
    TotalRows { confirmed, priced, unconfirmed: priced + 1 }
}

impl FormulaWorkbook<'_> {
    /// Writes the sums of the orders.
    pub(super) fn write_totals(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let totals = self.totals();
        let rows = total_rows(self.negotiates());
        let payable = self.columns.at(Column::Payable);
        self.write_confirmed(self.total_row(sheet, rows.confirmed, "report-total")?, &totals)?;
        if rows.priced != rows.confirmed {
            let mut cells = self.total_row(sheet, rows.priced, "xlsx-total-priced")?;
            let sums = [
                (self.columns.at(Column::List), Priced::List, totals.list_price),
                (payable, Priced::Payable, totals.payable),
            ];
            for (column, priced, sum) in sums {
                let formula =
                    self.priced_sum(priced, OrderStatus::Confirmed, "", |column| self.over_orders(column));
                cells.formula(column, Kind::Money, &formula, sum)?;
            }
        }
        let mut cells = self.total_row(sheet, rows.unconfirmed, "xlsx-total-unconfirmed")?;
        self.write_accounts(&mut cells, OrderStatus::Unconfirmed)?;
        let formula =
            self.priced_sum(Priced::Payable, OrderStatus::Unconfirmed, "", |column| self.over_orders(column));
        cells.formula(payable, Kind::Money, &formula, totals.unconfirmed)?;
        if self.negotiates() {
            let mut cells = self.total_row(sheet, rows.unconfirmed + 1, "xlsx-total-unpriced")?;
            for account_type in AccountType::ALL {
                let [column, own] =
                    [Column::Basic, Column::UnpricedBasic].map(|pair| of_type(pair, account_type));
                let sum = format!("SUM({})", self.over_orders(own));
                let count = totals.unpriced.get(account_type);
                cells.formula(self.columns.at(column), Kind::Tier, &sum, count)?;
            }
        }
        Ok(())
    }

    /// Returns the cell of the confirmed total and its value; a word if an amount is not known.
    pub(super) fn confirmed_total(&self) -> (String, String) {
        let cell = self.total_cell(total_rows(self.negotiates()).confirmed, Column::Payable);
        (cell, self.whole(self.totals().payable, OrderQuote::payable))
    }

    /// Returns the cell of the unconfirmed total and its value.
    pub(super) fn unconfirmed_total(&self) -> (String, String) {
        (self.total_of(OrderStatus::Unconfirmed), self.totals().unconfirmed.to_string())
    }

    /// Returns the payable of the orders of this status, as far as they have a price.
    pub(super) fn total_of(&self, status: OrderStatus) -> String {
        let rows = total_rows(self.negotiates());
        let row = match status {
            OrderStatus::Confirmed => rows.priced,
            OrderStatus::Unconfirmed => rows.unconfirmed,
        };
        self.total_cell(row, Column::Payable)
    }

    /// Returns the cells of what the sums leave out.
    pub(super) fn gap_cells(&self) -> Vec<GapCell> {
        let totals = self.totals();
        let row = total_rows(self.negotiates()).unconfirmed;
        let mut cells = vec![GapCell {
            label: "xlsx-total-unconfirmed",
            formula: self.total_cell(row, Column::Payable),
            result: totals.unconfirmed.to_string(),
            kind: Kind::Money,
        }];
        if self.negotiates() {
            let labels = ["xlsx-unpriced-basic", "xlsx-unpriced-interop"];
            for (label, account_type) in labels.into_iter().zip(AccountType::ALL) {
                cells.push(GapCell {
                    label,
                    formula: self.total_cell(row + 1, of_type(Column::Basic, account_type)),
                    result: totals.unpriced.get(account_type).to_string(),
                    kind: Kind::Tier,
                });
            }
        }
        cells
    }

    /// Returns a figure of the orders placed from one day to another, both inclusive, as a formula of another
    /// sheet.
    pub(super) fn placed(&self, what: Placed, from: Date, to: Date) -> String {
        let Some(between) = self.between(from, to) else { return "0".to_owned() };
        let all = |column| self.all_orders(column);
        let sum = |priced, status| self.priced_sum(priced, status, &format!(",{between}"), all);
        let [waived, statuses] = [Column::Waived, Column::Status].map(all);
        let confirmed = quoted(&self.words.confirmed);
        match what {
            Placed::Orders if self.is_projected() => {
                // An order of nothing is placed only if users grow.
                let [basic, interop] = [Column::Basic, Column::Interop].map(all);
                let firm = format!("{between},{statuses},{confirmed}");
                format!("COUNTIFS({firm},{basic},\">0\")+COUNTIFS({firm},{basic},0,{interop},\">0\")")
            }
            Placed::Orders => format!("COUNTIFS({between},{statuses},{confirmed})"),
            Placed::Unconfirmed => sum(Priced::Payable, OrderStatus::Unconfirmed),
            Placed::ListPrice => sum(Priced::List, OrderStatus::Confirmed),
            Placed::Payable => sum(Priced::Payable, OrderStatus::Confirmed),
            Placed::Waived => format!("ROUND(SUMIFS({waived},{statuses},{confirmed},{between}),2)"),
        }
    }

    /// Returns the completeness of the sums of the orders placed from one day to another, both inclusive: a
    /// formula and its result.
    pub(super) fn placed_completeness(&self, from: Date, to: Date) -> (String, String) {
        let words = &self.words;
        let Some(between) = self.between(from, to) else {
            let complete = words.completeness(true);
            return (quoted(complete), complete.to_owned());
        };
        let other = quoted(&format!("<>{NO_REMARK}"));
        let remarked = format!("COUNTIFS({between},{},{other})", self.all_orders(Column::Remark));
        let formula = words.incomplete_if(&format!("{remarked}{}>0", self.or_unfollowed()));
        let placed = self.basis.placements.iter().zip(&self.basis.orders);
        let placed = placed.filter(|(placed, _)| (from..=to).contains(&placed.date));
        let totals = Totals::of(placed.map(|(_, order)| order));
        (formula, words.completeness(totals.is_some_and(|totals| totals.complete)).to_owned())
    }

    /// Returns the completeness of all sums: a cell and its value.
    pub(super) fn completeness(&self) -> (String, String) {
        let cell = self.total_cell(total_rows(self.negotiates()).confirmed, Column::Remark);
        (cell, self.words.completeness(self.totals().complete).to_owned())
    }

    fn total_cell(&self, row: RowNum, column: Column) -> String {
        at(&self.orders, row, self.columns.at(column))
    }

    fn totals(&self) -> Totals {
        Totals::of(&self.basis.orders).unwrap_or_default()
    }

    /// Returns the conditions of the orders placed from one day to another, both inclusive; `None` if none has a
    /// day. A member's row has no day.
    fn between(&self, from: Date, to: Date) -> Option<String> {
        self.columns.find(Column::Placed)?;
        let dates = self.all_orders(Column::Placed);
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
        cells.blanks(Kind::Text, 0..=self.columns.at(Column::Remark))?;
        cells.text(self.columns.at(Column::School), &self.book.word(label))?;
        Ok(cells)
    }

    /// Writes the sums of the confirmed orders; a word if one of them has an amount that is not known.
    fn write_confirmed(&self, mut cells: RowWriter<'_, '_>, totals: &Totals) -> Written {
        let columns = &self.columns;
        self.write_accounts(&mut cells, OrderStatus::Confirmed)?;
        let list = self.whole(totals.list_price, OrderQuote::list_price);
        cells.formula(columns.at(Column::List), Kind::Money, &self.whole_sum(Column::List), list)?;
        let statuses = self.over_orders(Column::Status);
        let waived = self.over_orders(Column::Waived);
        let waived = format!("ROUND(SUMIFS({waived},{statuses},{}),2)", quoted(&self.words.confirmed));
        cells.formula(columns.at(Column::Waived), Kind::Money, &waived, totals.waived)?;
        let payable = self.whole(totals.payable, OrderQuote::payable);
        cells.formula(columns.at(Column::Payable), Kind::Money, &self.whole_sum(Column::Payable), payable)?;
        let formula = self.words.incomplete_if(&format!("{}>0", self.gaps()));
        let complete = self.words.completeness(totals.complete);
        cells.formula(columns.at(Column::Remark), Kind::Word, &formula, complete)
    }

    /// Writes the accounts of the enterprises that have this status. Over several years they add up to nothing
    /// that means anything.
    fn write_accounts(&self, cells: &mut RowWriter<'_, '_>, status: OrderStatus) -> Written {
        if self.on_days() {
            return Ok(());
        }
        let members = self.basis.orders.iter().flat_map(|order| &order.members);
        let counts = members.filter(|member| member.status == status).map(|member| member.counts);
        let counts = counts.collect::<Vec<Counts>>();
        let over = |column| self.over_orders(column);
        for account_type in AccountType::ALL {
            let column = of_type(Column::Basic, account_type);
            let (statuses, word) = (over(Column::Status), quoted(self.words.status(status)));
            let formula = format!("SUMIFS({},{statuses},{word}{})", over(column), self.members_only(over));
            let sum: u64 = counts.iter().map(|counts| u64::from(*counts.get(account_type))).sum();
            cells.formula(self.columns.at(column), Kind::Count, &formula, sum)?;
        }
        Ok(())
    }

    /// Returns the number of reasons against a complete total: orders with a remark.
    fn gaps(&self) -> String {
        let over = |column| self.over_orders(column);
        let remark = quoted(&format!("<>{NO_REMARK}"));
        let remarks = format!("COUNTIFS({},{remark}{})", over(Column::Remark), self.orders_only(over));
        remarks + self.or_unfollowed()
    }

    /// Returns a sum that is whole, or the word for one that is not.
    fn whole(&self, sum: Money, part: fn(&OrderQuote) -> Option<Money>) -> String {
        let mut confirmed = self.basis.orders.iter().filter(|order| order.status == OrderStatus::Confirmed);
        match confirmed.all(|order| part(order).is_some()) {
            true => sum.to_string(),
            false => self.words.incomplete.clone(),
        }
    }

    /// Returns the sum of the confirmed orders, unless one of them has a word for an amount.
    fn whole_sum(&self, amounts: Column) -> String {
        let over = |column| self.over_orders(column);
        let (amounts, statuses) = (over(amounts), over(Column::Status));
        let (confirmed, incomplete) = (quoted(&self.words.confirmed), quoted(&self.words.incomplete));
        let firm = format!("{statuses},{confirmed}{}", self.orders_only(over));
        let sum = format!("SUMIFS({amounts},{statuses},{confirmed}){}", self.less_shares("", &over));
        // Not `SUMPRODUCT` over `ISTEXT` of a range, which spreadsheet programs compute differently.
        let unknown = format!("COUNTIFS({firm})>COUNTIFS({firm},{amounts},\">=0\")");
        let whole = format!("IF({unknown},{incomplete},ROUND({sum},2))");
        match self.is_projected() {
            true => format!("IF({UNFOLLOWED}>0,{incomplete},{whole})"),
            false => whole,
        }
    }

    /// Returns the sum of the orders of this status, as far as they have a price; with more conditions, each
    /// after a comma.
    fn priced_sum(
        &self,
        priced: Priced,
        status: OrderStatus,
        conditions: &str,
        range: impl Fn(Column) -> String,
    ) -> String {
        let [list, payable] = self.priced_columns();
        let amounts = match priced {
            Priced::List => list,
            Priced::Payable => payable,
        };
        let (amounts, statuses) = (range(amounts), range(Column::Status));
        let sum = format!("SUMIFS({amounts},{statuses},{}{conditions})", quoted(self.words.status(status)));
        match (status, self.columns.find(Column::Unconfirmed)) {
            (OrderStatus::Confirmed, _) => format!("ROUND({sum}{},2)", self.less_shares(conditions, &range)),
            (OrderStatus::Unconfirmed, None) => format!("ROUND({sum},2)"),
            (OrderStatus::Unconfirmed, Some(_)) => {
                format!("ROUND({sum}+{},2)", unconfirmed_parts(conditions, &range))
            }
        }
    }

    /// Returns the end of a sum of confirmed orders: less the shares of their unconfirmed members.
    fn less_shares(&self, conditions: &str, range: &impl Fn(Column) -> String) -> String {
        match self.columns.find(Column::Unconfirmed) {
            Some(_) => format!("-{}", unconfirmed_parts(conditions, range)),
            None => String::new(),
        }
    }
}

/// Returns the sum of the shares of unconfirmed members of orders that are not unconfirmed as a whole.
fn unconfirmed_parts(conditions: &str, range: &impl Fn(Column) -> String) -> String {
    let shares = range(Column::Unconfirmed);
    match conditions.strip_prefix(',') {
        Some(conditions) => format!("SUMIFS({shares},{conditions})"),
        None => format!("SUM({shares})"),
    }
}
