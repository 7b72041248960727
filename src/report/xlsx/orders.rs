//! The sheet of orders: the counts, terms and negotiated prices that a reader can change, and a remark on
//! each order. Read [`FormulaWorkbook::orders_sheet`] first.

use rust_xlsxwriter::{ColNum, DataValidation, DataValidationRule, Formula, RowNum};

use super::formula_workbook::{FormulaWorkbook, at, down};
use super::rate_card::Rule;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::words::quoted;
use super::{Book, Written};
use crate::account::AccountType;
use crate::pricing::OrderQuote;

const HEADER_ROW: RowNum = 3;
const FIRST_ROW: RowNum = HEADER_ROW + 1;
const CODE: ColNum = 1;
pub(super) const STATUS: ColNum = 3;
pub(super) const CHARGING: ColNum = 4;
const BASIC: ColNum = 5;
const HELD_BASIC: ColNum = 7;
pub(super) const MONTHS: ColNum = 9;
pub(super) const DAYS: ColNum = 10;
const NEGOTIATED_BASIC: ColNum = 11;

/// The rows of an order on the sheet of orders: its first member's, which has the order's own cells too, and
/// its last member's.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderRows {
    first: RowNum,
    last: RowNum,
}

/// Returns the rows of each order.
pub(super) fn rows(orders: &[OrderQuote]) -> Vec<OrderRows> {
    let mut next = FIRST_ROW;
    let rows = |order: &OrderQuote| {
        let first = next;
        next += RowNum::try_from(order.members.len().max(1)).unwrap_or(RowNum::MAX - next);
        OrderRows { first, last: next - 1 }
    };
    orders.iter().map(rows).collect()
}

impl FormulaWorkbook<'_> {
    /// Writes what is bought, for whom and for how long: all that the reader can change but the rate card. A
    /// group has a row for each member, and the order's own cells are its first.
    pub(super) fn orders_sheet<'b>(&self, book: &'b Book<'b>) -> Written<SheetWriter<'b>> {
        let mut sheet = SheetWriter::new(book, &self.orders)?;
        sheet.hint(1, "xlsx-hint-orders")?;
        let mut titles = vec![
            ("xlsx-number", Kind::Ordinal),
            ("report-code", Kind::Text),
            ("report-school", Kind::Text),
            ("report-status", Kind::Text),
            ("xlsx-charging", Kind::Text),
            ("report-basic", Kind::Count),
            ("report-interop", Kind::Count),
            ("xlsx-held-basic", Kind::Count),
            ("xlsx-held-interop", Kind::Count),
            ("report-months", Kind::Count),
            ("report-days", Kind::Count),
        ];
        if self.negotiates() {
            titles.extend([("xlsx-negotiated-basic", Kind::Price), ("xlsx-negotiated-interop", Kind::Price)]);
        }
        titles.push(("xlsx-remark", Kind::Text));
        if self.on_days() {
            titles.push(("xlsx-purchases", Kind::Count));
        }
        sheet.header(HEADER_ROW, &titles)?;
        for (index, order) in self.basis.orders.iter().enumerate() {
            self.write_members(&mut sheet, index, order)?;
            self.write_order(&mut sheet, index, order)?;
        }
        self.restrict(&mut sheet)?;
        self.mark_remarks(&mut sheet, FIRST_ROW, self.last_order_row(), self.remark_column())?;
        Ok(sheet)
    }

    /// Returns the status of the whole of an order as a formula: unconfirmed if each of its members is.
    pub(super) fn status_of(&self, index: usize) -> String {
        let OrderRows { first, last } = self.order_rows[index];
        if first == last {
            return self.of_order(index, STATUS);
        }
        let statuses = self.statuses_of(index);
        let [confirmed, unconfirmed] =
            [&self.words.confirmed, &self.words.unconfirmed].map(|word| quoted(word));
        format!("IF(COUNTIF({statuses},{unconfirmed})={},{unconfirmed},{confirmed})", last - first + 1)
    }

    /// Returns the cell of the status of one member.
    pub(super) fn status_of_member(&self, index: usize, member: usize) -> String {
        at(&self.orders, self.order_rows[index].first + RowNum::try_from(member).unwrap_or(0), STATUS)
    }

    /// Returns the cells of the status of each member of an order.
    pub(super) fn statuses_of(&self, index: usize) -> String {
        let OrderRows { first, last } = self.order_rows[index];
        down(&self.orders, STATUS, first, last)
    }

    /// Returns the cell of the remark on an order.
    pub(super) fn remark_of(&self, index: usize) -> String {
        self.of_order(index, self.remark_column())
    }

    /// Returns the formula of the accounts of a type that an order buys.
    pub(super) fn bought(&self, index: usize, account_type: AccountType) -> String {
        let rows = self.order_rows[index];
        let column = of_type(BASIC, account_type);
        match rows.first == rows.last {
            true => at(&self.orders, rows.first, column),
            false => format!("SUM({})", down(&self.orders, column, rows.first, rows.last)),
        }
    }

    /// Returns the cell of the accounts of a type of one member.
    pub(super) fn bought_for(&self, index: usize, member: usize, account_type: AccountType) -> String {
        let row = self.order_rows[index].first + RowNum::try_from(member).unwrap_or(0);
        at(&self.orders, row, of_type(BASIC, account_type))
    }

    /// Returns the cell of the accounts of a type that come before an order in the tiers.
    pub(super) fn held(&self, index: usize, account_type: AccountType) -> String {
        self.of_order(index, of_type(HELD_BASIC, account_type))
    }

    /// Returns the cell of the price of an order's accounts without a list price; empty if none is known.
    pub(super) fn negotiated_price(&self, index: usize, account_type: AccountType) -> String {
        self.of_order(index, of_type(NEGOTIATED_BASIC, account_type))
    }

    /// Returns a cell that an order has once.
    pub(super) fn of_order(&self, index: usize, column: ColNum) -> String {
        at(&self.orders, self.order_row(index), column)
    }

    /// Returns the row of the cells that an order has once.
    pub(super) fn order_row(&self, index: usize) -> RowNum {
        self.order_rows[index].first
    }

    fn remark_column(&self) -> ColNum {
        if self.negotiates() { NEGOTIATED_BASIC + 2 } else { DAYS + 1 }
    }

    fn last_order_row(&self) -> RowNum {
        self.order_rows.last().map_or(FIRST_ROW, |rows| rows.last)
    }

    /// Writes who buys how many accounts, a row for each member.
    fn write_members(&self, sheet: &mut SheetWriter<'_>, index: usize, order: &OrderQuote) -> Written {
        let OrderRows { first, last } = self.order_rows[index];
        for (row, member) in (first..=last).zip(0..) {
            let member = order.members.get(member);
            let mut cells = sheet.row(row, Role::Plain);
            self.write_head(&mut cells, index, CODE, member.map_or(&order.payer, |member| &member.party))?;
            if row > first {
                let last_column = self.remark_column() + u16::from(self.on_days());
                cells.blanks(Kind::Text, [CHARGING].into_iter().chain(HELD_BASIC..=last_column))?;
            }
            let mut inputs = sheet.row(row, Role::Input);
            inputs.text(STATUS, self.words.status(member.map_or(order.status, |member| member.status)))?;
            for account_type in AccountType::ALL {
                let count = member.map_or(0, |member| *member.counts.get(account_type));
                inputs.number(of_type(BASIC, account_type), Kind::Count, count)?;
            }
        }
        Ok(())
    }

    /// Writes the cells that an order has once.
    fn write_order(&self, sheet: &mut SheetWriter<'_>, index: usize, order: &OrderQuote) -> Written {
        let row = self.order_row(index);
        let mut inputs = sheet.row(row, Role::Input);
        inputs.text(CHARGING, self.words.charging(order))?;
        inputs.number(MONTHS, Kind::Count, order.term.months)?;
        inputs.number(DAYS, Kind::Count, order.term.days)?;
        for account_type in AccountType::ALL {
            let held = order.start.get(account_type);
            inputs.number(of_type(HELD_BASIC, account_type), Kind::Count, held)?;
            if self.negotiates() {
                let column = of_type(NEGOTIATED_BASIC, account_type);
                match order.negotiated_price.get(account_type) {
                    Some(price) => inputs.number(column, Kind::Price, price)?,
                    None => inputs.blanks(Kind::Price, [column])?,
                }
            }
        }
        let mut cells = sheet.row(row, Role::Plain);
        let (formula, result) = self.remark(index, order);
        cells.formula(self.remark_column(), Kind::Word, &formula, result)?;
        if self.on_days() {
            let times = self.basis.placements.iter().filter(|placement| placement.order == index).count();
            cells.number(self.remark_column() + 1, Kind::Count, times)?;
        }
        Ok(())
    }

    /// Keeps what is typed within what an order can be.
    fn restrict(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let last = self.last_order_row();
        let status = DataValidation::new().allow_list_strings(&self.words.statuses())?;
        let charging = DataValidation::new().allow_list_strings(&self.words.chargings())?;
        let number = |text: &str| Formula::new(text);
        let counts = DataValidation::new().allow_whole_number_formula(DataValidationRule::Between(
            number("=0"),
            number(&self.rule(Rule::MostAccounts)),
        ));
        let least = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0));
        let price = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        let mut rules = vec![
            (STATUS, STATUS, status),
            (CHARGING, CHARGING, charging),
            (BASIC, BASIC + 1, counts),
            (HELD_BASIC, DAYS, least),
        ];
        if self.negotiates() {
            rules.push((NEGOTIATED_BASIC, NEGOTIATED_BASIC + 1, price));
        }
        for (from, to, rule) in rules {
            sheet.sheet().add_data_validation(FIRST_ROW, from, last, to, &rule)?;
        }
        Ok(())
    }
}

/// Returns the column of a type, of a pair of columns.
fn of_type(basic: ColNum, account_type: AccountType) -> ColNum {
    match account_type {
        AccountType::Basic => basic,
        AccountType::Interop => basic + 1,
    }
}
