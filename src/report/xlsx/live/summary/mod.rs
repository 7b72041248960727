mod columns;
mod totals;

use jiff::civil::Date;
use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell};
use rust_xlsxwriter::{ColNum, ConditionalFormatCell, ConditionalFormatCellRule, Format, RowNum, XlsxError};

use self::columns::{DayColumns, NUMBER};
use super::remark::NO_REMARK;
use super::{FormulaWorkbook, at, down, orders, quoted};
use crate::account::AccountType;
use crate::pricing::OrderQuote;
use crate::report::Placement;
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{CAUTION_INK, Kind, Role};

pub(super) use columns::Columns;
pub(super) use totals::GapCell;

const HEADER_ROW: RowNum = 4;
const FIRST_ROW: RowNum = HEADER_ROW + 1;

impl FormulaWorkbook<'_> {
    /// One row an order, or one each time that it is placed, and what they come to. An amount that covers only a
    /// part of its accounts is never shown as if it were whole: a word stands in its place, and the part has a
    /// row of its own.
    pub(super) fn summary_page(&self) -> Result<SheetWriter, XlsxError> {
        let (book, styles) = (self.book, &self.book.styles);
        let mut page = book.page(self.summary.clone())?;
        let titles: Vec<(String, Kind)> =
            self.columns.titles().into_iter().map(|(id, kind)| (book.catalog.word(id), kind)).collect();
        page.header(HEADER_ROW, &titles, styles)?;
        for (row, purchase) in (FIRST_ROW..).zip(self.purchases()) {
            self.write_summary_row(&mut page, row, purchase)?;
        }
        self.write_totals(&mut page)?;
        page.sheet().set_print_area(0, 0, self.last_total_row(), self.columns.remark)?;
        self.mark_remarks(&mut page, FIRST_ROW, self.last_row(), self.columns.remark)?;
        if self.on_days() {
            page.spread(self.columns.school())?;
        }
        let hint = if self.on_days() { "xlsx-hint-purchases" } else { "xlsx-hint-summary" };
        page.free_text(2, 0, &book.catalog.word(hint), styles.hint())?;
        Ok(page)
    }

    /// What has to be paid for an order, or the word for what is not known.
    pub(super) fn payable_of(&self, index: usize) -> String {
        match self.first_purchases.get(index).copied().flatten() {
            Some(row) => at(&self.summary, purchase_row(row), self.columns.payable),
            None => self.order_sum(index, self.item_columns().payable()),
        }
    }

    /// Every order as often as it is placed.
    fn purchases(&self) -> impl Iterator<Item = PlacedOrder<'_>> + Clone {
        let orders = &self.basis.orders;
        let once =
            orders.iter().enumerate().map(|(index, order)| PlacedOrder { index, order, placement: None });
        let placed = self.basis.placements.iter().filter_map(|placement| {
            let order = orders.get(placement.order)?;
            Some(PlacedOrder { index: placement.order, order, placement: Some(placement) })
        });
        once.filter(|_| !self.on_days()).chain(placed)
    }

    pub(super) fn on_days(&self) -> bool {
        self.columns.days.is_some()
    }

    fn write_summary_row(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        purchase: PlacedOrder<'_>,
    ) -> Result<(), XlsxError> {
        let PlacedOrder { index, order, placement } = purchase;
        let (columns, items) = (&self.columns, self.item_columns());
        let style = |kind| self.book.styles.of(kind, Role::Plain);
        let words = &self.words;
        page.number(row, NUMBER, &(index + 1).to_string(), style(Kind::Ordinal))?;
        self.write_party(page, row, columns.code, &order.payer, Role::Plain)?;
        let own = |column| format!("={}", self.of_order(index, column));
        page.formula(
            row,
            columns.status,
            &own(orders::STATUS),
            words.status(order.status),
            style(Kind::Word),
        )?;
        page.formula(
            row,
            columns.charging,
            &own(orders::CHARGING),
            words.charging(order),
            style(Kind::Word),
        )?;
        for (column, account_type) in (columns.accounts..).zip(AccountType::ALL) {
            let formula = format!("={}", self.item_accounts(index, account_type));
            page.formula(row, column, &formula, &accounts(order, account_type), style(Kind::Count))?;
        }
        let sum = |column| self.order_sum(index, column);
        let days = order.days.to_string();
        page.formula(row, columns.term, &format!("={}", sum(items.term())), &days, style(Kind::Count))?;
        if let (Some(days), Some(placement)) = (columns.days, placement) {
            self.write_days(page, row, days, placement)?;
        }
        let known = |value: Option<String>| value.unwrap_or_else(|| words.open.clone());
        let annual = known(order.annual().map(|annual| annual.to_string()));
        let formula = self.if_priced(index, &sum(items.annual()));
        page.formula(row, columns.annual, &formula, &annual, style(Kind::Fine))?;
        let list = known(order.list_price().map(|price| price.to_string()));
        let formula = self.if_priced(index, &sum(items.list()));
        page.formula(row, columns.list, &formula, &list, style(Kind::Money))?;
        let [list, payable] = [items.list(), items.payable()].map(sum);
        let waived = format!("=IF(ISNUMBER({payable}),ROUND({list}-{payable},2),0)");
        let result = order.priced.checked_sub(order.priced_payable()).unwrap_or_default().to_string();
        page.formula(row, columns.waived, &waived, &result, style(Kind::Money))?;
        let payable = known(order.payable().map(|price| price.to_string()));
        let formula = self.payable_formula(index, row);
        page.formula(row, columns.payable, &formula, &payable, style(Kind::Money))?;
        let (_, result) = self.remark(index, order);
        let formula = format!("={}", self.remark_of(index));
        page.formula(row, columns.remark, &formula, &result, style(Kind::Word))?;
        self.write_priced(page, row, index, order)
    }

    /// The days of a purchase. That of the order can be changed; the first day of the accounts is a fact of the
    /// plan, and the last follows from the term.
    fn write_days(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        columns: DayColumns,
        placement: &Placement,
    ) -> Result<(), XlsxError> {
        let style = |kind, role| self.book.styles.of(kind, role);
        page.day(row, columns.placed, placement.date, style(Kind::Date, Role::Input))?;
        let kind = self.book.catalog.text(&placement.kind);
        page.text(row, columns.kind, &kind, style(Kind::Text, Role::Plain))?;
        page.day(row, columns.starts, placement.starts, style(Kind::Date, Role::Plain))?;
        let [starts, term] = [columns.starts, self.columns.term].map(|column| row_col_to_cell(row, column));
        let style = style(Kind::Date, Role::Plain);
        page.day_formula(row, columns.expires, &format!("={starts}+{term}"), placement.expires, style)
    }

    /// The part of a purchase that has a price, for the sums.
    fn write_priced(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        index: usize,
        order: &OrderQuote,
    ) -> Result<(), XlsxError> {
        let Some(priced) = self.columns.priced else { return Ok(()) };
        let items = self.item_columns();
        let style = |kind| self.book.styles.of(kind, Role::Plain);
        let amounts = [
            (priced.list, items.list(), order.priced),
            (priced.payable, items.payable(), order.priced_payable()),
        ];
        for (column, source, amount) in amounts {
            let formula = format!("={}", self.order_sum(index, source));
            page.formula(row, column, &formula, &amount.to_string(), style(Kind::Money))?;
        }
        for (column, account_type) in (priced.unpriced..).zip(AccountType::ALL) {
            let formula = format!("={}", self.item_unpriced(index, account_type));
            let count = order.unpriced.get(account_type).to_string();
            page.formula(row, column, &formula, &count, style(Kind::Tier))?;
        }
        Ok(())
    }

    /// A value where all accounts have a price, or the word for one that is not known.
    fn if_priced(&self, index: usize, value: &str) -> String {
        match self.negotiates() {
            true => {
                let unpriced = self.order_sum(index, self.item_columns().unpriced());
                format!("=IF({unpriced}>0,{},{value})", quoted(&self.words.open))
            }
            false => format!("={value}"),
        }
    }

    fn payable_formula(&self, index: usize, row: RowNum) -> String {
        let payable = self.order_sum(index, self.item_columns().payable());
        if !self.negotiates() {
            return format!("={payable}");
        }
        let unpriced = self.order_sum(index, self.item_columns().unpriced());
        let charging = row_col_to_cell(row, self.columns.charging);
        let (charged, open) = (quoted(&self.words.charged), quoted(&self.words.open));
        format!("=IF(AND({unpriced}>0,{charging}={charged}),{open},{payable})")
    }

    /// Colours the remarks that say something.
    pub(super) fn mark_remarks(
        &self,
        page: &mut SheetWriter,
        first: RowNum,
        last: RowNum,
        column: ColNum,
    ) -> Result<(), XlsxError> {
        let says_something = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::NotEqualTo(NO_REMARK))
            .set_format(Format::new().set_font_color(CAUTION_INK));
        page.sheet().add_conditional_format(first, column, last, column, &says_something)?;
        Ok(())
    }

    /// A column over all purchases, for formulas of this sheet.
    fn over_purchases(&self, column: ColNum) -> String {
        cell_range_absolute(FIRST_ROW, column, self.last_row(), column)
    }

    /// A column over all purchases, for formulas of other sheets.
    fn all_purchases(&self, column: ColNum) -> String {
        down(&self.summary, column, FIRST_ROW, self.last_row())
    }

    fn last_row(&self) -> RowNum {
        purchase_row(self.purchases().count().saturating_sub(1))
    }
}

/// An order, once or each time that it is placed.
#[derive(Debug, Clone, Copy)]
struct PlacedOrder<'b> {
    /// The index of the order.
    index: usize,
    order: &'b OrderQuote,
    placement: Option<&'b Placement>,
}

fn purchase_row(index: usize) -> RowNum {
    FIRST_ROW + RowNum::try_from(index).unwrap_or(0)
}

fn count(order: &OrderQuote, account_type: AccountType) -> u64 {
    order.lines.iter().filter(|line| line.account_type == account_type).map(|line| line.count()).sum()
}

fn accounts(order: &OrderQuote, account_type: AccountType) -> String {
    count(order, account_type).to_string()
}

/// A day as formulas write it.
fn day(date: Date) -> String {
    format!("DATE({},{},{})", date.year(), date.month(), date.day())
}
