//! The sheet of the summary: a row for each order, or for each time that it is placed on a day, over the
//! sheets of orders and of items. The sums below are those of [`totals`](super::totals). Read
//! [`FormulaWorkbook::summary_sheet`] first.

use jiff::civil::Date;
use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell};
use rust_xlsxwriter::{ColNum, ConditionalFormatCell, ConditionalFormatCellRule, Format, RowNum};

use super::formula_workbook::{FormulaWorkbook, at, down};
use super::remark::NO_REMARK;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{CAUTION_INK, Kind, Role};
use super::summary_columns::Column;
use super::words::quoted;
use super::{Book, Written, items, orders};
use crate::account::AccountType;
use crate::money::Money;
use crate::pricing::{OrderQuote, OrderStatus};
use crate::report::Placement;

const HEADER_ROW: RowNum = 4;
const FIRST_ROW: RowNum = HEADER_ROW + 1;

/// An order, once or each time that it is placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedOrder<'b> {
    /// The index of the order.
    pub(super) index: usize,
    pub(super) order: &'b OrderQuote,
    pub(super) placement: Option<&'b Placement>,
}

impl FormulaWorkbook<'_> {
    /// Writes one row an order, or one each time that it is placed, and the totals. An amount that covers
    /// only a part of its accounts is never shown as if it were whole: a word replaces it, and the part has a
    /// row of its own.
    pub(super) fn summary_sheet<'b>(&self, book: &'b Book<'b>) -> Written<SheetWriter<'b>> {
        let mut sheet = SheetWriter::new(book, &self.summary)?;
        sheet.header(HEADER_ROW, &self.columns.titles())?;
        for (row, purchase) in (FIRST_ROW..).zip(self.purchases()) {
            let mut cells = sheet.row(row, Role::Plain);
            self.write_purchase(&mut cells, purchase)?;
            self.write_amounts(&mut cells, purchase)?;
            self.write_priced(&mut cells, purchase)?;
        }
        self.write_totals(&mut sheet)?;
        sheet.sheet().set_print_area(0, 0, self.last_total_row(), self.columns.at(Column::Remark))?;
        self.mark_remarks(&mut sheet, FIRST_ROW, self.last_row(), self.columns.at(Column::Remark))?;
        if self.on_days() {
            sheet.spread(self.columns.at(Column::School))?;
        }
        sheet.hint(2, if self.on_days() { "xlsx-hint-purchases" } else { "xlsx-hint-summary" })?;
        Ok(sheet)
    }

    /// Returns the payable of an order, or the word for what is not known.
    pub(super) fn payable_of(&self, index: usize) -> String {
        match self.first_purchases.get(index).copied().flatten() {
            Some(row) => at(&self.summary, purchase_row(row), self.columns.at(Column::Payable)),
            None => self.order_sum(index, self.item_columns().payable()),
        }
    }

    /// Iterates over the orders, each as often as it is placed.
    pub(super) fn purchases(&self) -> impl Iterator<Item = PlacedOrder<'_>> + Clone {
        let orders = &self.basis.orders;
        let once =
            orders.iter().enumerate().map(|(index, order)| PlacedOrder { index, order, placement: None });
        let placed = self.basis.placements.iter().filter_map(|placement| {
            let order = orders.get(placement.order)?;
            Some(PlacedOrder { index: placement.order, order, placement: Some(placement) })
        });
        once.filter(|_| !self.on_days()).chain(placed)
    }

    /// Returns true if orders are placed on days.
    pub(super) fn on_days(&self) -> bool {
        !self.basis.placements.is_empty()
    }

    /// Writes the payer, the counts and the day.
    fn write_purchase(&self, cells: &mut RowWriter<'_, '_>, purchase: PlacedOrder<'_>) -> Written {
        let PlacedOrder { index, order, placement } = purchase;
        let columns = &self.columns;
        self.write_head(cells, index, columns.at(Column::Code), &order.payer)?;
        let status = self.words.status(order.status);
        cells.formula(columns.at(Column::Status), Kind::Word, &self.status_of(index), status)?;
        let charging = self.words.charging(order);
        let formula = self.of_order(index, orders::CHARGING);
        cells.formula(columns.at(Column::Charging), Kind::Word, &formula, charging)?;
        for (column, account_type) in (columns.at(Column::Basic)..).zip(AccountType::ALL) {
            let formula = self.item_accounts(index, account_type);
            cells.formula(column, Kind::Count, &formula, count(order, account_type))?;
        }
        let term = self.order_sum(index, items::TERM);
        cells.formula(columns.at(Column::Term), Kind::Count, &term, order.days)?;
        if let Some(placement) = placement {
            let row = cells.row;
            // The first day of the accounts is a fact of the plan; the last follows from the term.
            cells.sheet.row(row, Role::Input).day(columns.at(Column::Placed), placement.date)?;
            cells.text(columns.at(Column::OrderKind), &self.book.catalog.text(&placement.kind))?;
            cells.day(columns.at(Column::Starts), placement.starts)?;
            let [starts, term] =
                [Column::Starts, Column::Term].map(|column| row_col_to_cell(row, columns.at(column)));
            cells.day_formula(columns.at(Column::Expires), &format!("{starts}+{term}"), placement.expires)?;
        }
        let (_, remark) = self.remark(index, order);
        cells.formula(columns.at(Column::Remark), Kind::Word, &self.remark_of(index), remark)
    }

    fn write_amounts(&self, cells: &mut RowWriter<'_, '_>, purchase: PlacedOrder<'_>) -> Written {
        let PlacedOrder { index, order, .. } = purchase;
        let (columns, items, words) = (&self.columns, self.item_columns(), &self.words);
        let [annual, list, payable] =
            [items.annual, items.list(), items.payable()].map(|column| self.order_sum(index, column));
        let formula = self.if_priced(index, &annual);
        cells.formula(columns.at(Column::Annual), Kind::Fine, &formula, words.known(order.annual()))?;
        let formula = self.if_priced(index, &list);
        cells.formula(columns.at(Column::List), Kind::Money, &formula, words.known(order.list_price()))?;
        let waived = order.priced.checked_sub(order.priced_payable()).unwrap_or_default();
        let formula = format!("IF(ISNUMBER({payable}),ROUND({list}-{payable},2),0)");
        cells.formula(columns.at(Column::Waived), Kind::Money, &formula, waived)?;
        let formula = self.payable_formula(index, cells.row, payable);
        cells.formula(columns.at(Column::Payable), Kind::Money, &formula, words.known(order.payable()))?;
        let Some(unconfirmed) = columns.find(Column::Unconfirmed) else { return Ok(()) };
        let part = match order.status {
            OrderStatus::Confirmed => order.unconfirmed_payable().unwrap_or_default(),
            OrderStatus::Unconfirmed => Money::ZERO,
        };
        let status = row_col_to_cell(cells.row, columns.at(Column::Status));
        let formula = self.unconfirmed_shares(index).map_or_else(
            || "0".to_owned(),
            |shares| format!("IF({status}={},{shares},0)", quoted(&words.confirmed)),
        );
        cells.formula(unconfirmed, Kind::Money, &formula, part)
    }

    /// Writes the part of a purchase that has a price, for the sums.
    fn write_priced(&self, cells: &mut RowWriter<'_, '_>, purchase: PlacedOrder<'_>) -> Written {
        let PlacedOrder { index, order, .. } = purchase;
        let Some(list) = self.columns.find(Column::PricedList) else { return Ok(()) };
        let items = self.item_columns();
        cells.formula(list, Kind::Money, &self.order_sum(index, items.list()), order.priced)?;
        let payable = self.order_sum(index, items.payable());
        let column = self.columns.at(Column::PricedPayable);
        cells.formula(column, Kind::Money, &payable, order.priced_payable())?;
        for (column, account_type) in (self.columns.at(Column::UnpricedBasic)..).zip(AccountType::ALL) {
            let formula = self.item_unpriced(index, account_type);
            cells.formula(column, Kind::Tier, &formula, order.unpriced.get(account_type))?;
        }
        Ok(())
    }

    /// Returns a value if all accounts have a price, or the word for one that is not known.
    fn if_priced(&self, index: usize, value: &str) -> String {
        if !self.negotiates() {
            return value.to_owned();
        }
        let unpriced = self.order_sum(index, self.item_columns().unpriced());
        format!("IF({unpriced}>0,{},{value})", quoted(&self.words.open))
    }

    fn payable_formula(&self, index: usize, row: RowNum, payable: String) -> String {
        if !self.negotiates() {
            return payable;
        }
        let unpriced = self.order_sum(index, self.item_columns().unpriced());
        let charging = row_col_to_cell(row, self.columns.at(Column::Charging));
        let (charged, open) = (quoted(&self.words.charged), quoted(&self.words.open));
        format!("IF(AND({unpriced}>0,{charging}={charged}),{open},{payable})")
    }

    /// Colours the remarks that are not empty.
    pub(super) fn mark_remarks(
        &self,
        sheet: &mut SheetWriter<'_>,
        first: RowNum,
        last: RowNum,
        column: ColNum,
    ) -> Written {
        let says_something = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::NotEqualTo(NO_REMARK))
            .set_format(Format::new().set_font_color(CAUTION_INK));
        sheet.sheet().add_conditional_format(first, column, last, column, &says_something)?;
        Ok(())
    }

    /// Returns a column over all purchases, for formulas of this sheet.
    pub(super) fn over_purchases(&self, column: Column) -> String {
        let column = self.columns.at(column);
        cell_range_absolute(FIRST_ROW, column, self.last_row(), column)
    }

    /// Returns a column over all purchases, for formulas of other sheets.
    pub(super) fn all_purchases(&self, column: Column) -> String {
        down(&self.summary, self.columns.at(column), FIRST_ROW, self.last_row())
    }

    fn last_row(&self) -> RowNum {
        purchase_row(self.purchases().count().saturating_sub(1))
    }
}

/// Returns the row of a purchase, by its index.
pub(super) fn purchase_row(index: usize) -> RowNum {
    FIRST_ROW + RowNum::try_from(index).unwrap_or(0)
}

/// Returns the accounts of a type that an order buys.
pub(super) fn count(order: &OrderQuote, account_type: AccountType) -> u64 {
    order.lines.iter().filter(|line| line.account_type == account_type).map(|line| line.count()).sum()
}

/// Returns a day as formulas write it.
pub(super) fn day(date: Date) -> String {
    format!("DATE({},{},{})", date.year(), date.month(), date.day())
}
