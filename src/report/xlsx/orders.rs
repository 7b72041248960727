//! The table of orders: what is bought, for whom, for how long and at which price, in one row an order; a group
//! has a row for each member below it. The reader changes the coloured cells, and the amounts beside them and
//! the sums above follow. Read [`FormulaWorkbook::orders_sheet`] first.

use jiff::civil::Date;
use rust_xlsxwriter::utility::{cell_range_absolute, column_number_to_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::columns::{Column, RowPart};
use super::formula_workbook::{FormulaWorkbook, at, down};
use super::remark::NO_REMARK;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::words::quoted;
use super::{Book, Written};
use crate::account::AccountType;
use crate::pricing::{OrderQuote, Party};
use crate::report::Placement;
use crate::rules::days_between;

pub(super) const HEADER_ROW: RowNum = 4;

/// The rows of an order: its own, and those of its members, which is its own if it has but one.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrderRows {
    pub(super) order: RowNum,
    pub(super) first_member: RowNum,
    pub(super) last_member: RowNum,
}

impl OrderRows {
    fn is_group(self) -> bool {
        self.first_member > self.order
    }
}

/// Returns the rows of each order, from a row on.
pub(super) fn rows(orders: &[OrderQuote], first: RowNum) -> Vec<OrderRows> {
    let mut next = first;
    let rows = |order: &OrderQuote| {
        let own = next;
        let members = RowNum::try_from(order.members.len()).unwrap_or(RowNum::MAX - next);
        let first_member = if members > 1 { own + 1 } else { own };
        next = first_member + members.max(1);
        OrderRows { order: own, first_member, last_member: next - 1 }
    };
    orders.iter().map(rows).collect()
}

impl FormulaWorkbook<'_> {
    /// Writes the orders with the sums above them. An amount that covers only a part of its accounts is never
    /// shown as if it were whole: a word replaces it, and the part has a row of its own.
    pub(super) fn orders_sheet<'b>(&self, book: &'b Book<'b>) -> Written<SheetWriter<'b>> {
        let mut sheet = SheetWriter::new(book, &self.orders)?;
        sheet.hint(
            2,
            match (self.is_projected(), self.on_days()) {
                (true, _) => "xlsx-hint-projected",
                (false, true) => "xlsx-hint-payments",
                (false, false) => "xlsx-hint-orders",
            },
        )?;
        let titles: Vec<_> =
            self.columns.titles().into_iter().map(|(id, kind)| (book.word(id), kind)).collect();
        sheet.titles(HEADER_ROW, &titles)?;
        self.write_totals(&mut sheet)?;
        sheet.freeze_below(HEADER_ROW, self.first_order_row() - 1)?;
        for (index, order) in self.basis.orders.iter().enumerate() {
            let part = if self.rows_of(index).is_group() { RowPart::Group } else { RowPart::Single };
            let mut cells = sheet.row(self.rows_of(index).order, Role::Plain);
            self.write_order(&mut cells, index, order)?;
            self.write_amounts(&mut cells, index, order)?;
            self.write_part(&mut cells, part)?;
            if part == RowPart::Group {
                self.write_members(&mut sheet, index, order)?;
            }
        }
        self.restrict(&mut sheet)?;
        self.mark_remarks(&mut sheet)?;
        self.fade_orders_of_nothing(&mut sheet)?;
        for column in self.columns.hidden() {
            sheet.hide(column)?;
        }
        Ok(sheet)
    }

    /// Returns true if orders are placed on days.
    pub(super) fn on_days(&self) -> bool {
        !self.basis.placements.is_empty()
    }

    /// Returns the rows of an order.
    pub(super) fn rows_of(&self, index: usize) -> OrderRows {
        self.order_rows[index]
    }

    /// Returns a cell that an order has once, for formulas of the same sheet.
    pub(super) fn own(&self, index: usize, column: Column) -> String {
        row_col_to_cell(self.rows_of(index).order, self.columns.at(column))
    }

    /// Returns a cell that an order has once, for formulas of other sheets.
    pub(super) fn of_order(&self, index: usize, column: Column) -> String {
        at(&self.orders, self.rows_of(index).order, self.columns.at(column))
    }

    /// Returns the cell of the accounts of a type that an order buys, for formulas of other sheets.
    pub(super) fn bought(&self, index: usize, account_type: AccountType) -> String {
        self.of_order(index, of_type(Column::Basic, account_type))
    }

    /// Returns the cell of the accounts of a type of one member, for formulas of other sheets.
    pub(super) fn bought_for(&self, index: usize, member: usize, account_type: AccountType) -> String {
        at(
            &self.orders,
            self.member_row(index, member),
            self.columns.at(of_type(Column::Basic, account_type)),
        )
    }

    /// Returns the cell of the status of one member, for formulas of other sheets.
    pub(super) fn status_of_member(&self, index: usize, member: usize) -> String {
        at(&self.orders, self.member_row(index, member), self.columns.at(Column::Status))
    }

    /// Returns the cells of a column over the members of an order, for formulas of the same sheet.
    pub(super) fn over_members(&self, index: usize, column: Column) -> String {
        let OrderRows { first_member, last_member, .. } = self.rows_of(index);
        let column = self.columns.at(column);
        cell_range_absolute(first_member, column, last_member, column)
    }

    /// Returns a column over all orders, for formulas of the same sheet.
    pub(super) fn over_orders(&self, column: Column) -> String {
        let column = self.columns.at(column);
        cell_range_absolute(self.first_order_row(), column, self.last_order_row(), column)
    }

    /// Returns a column over all orders, for formulas of other sheets.
    pub(super) fn all_orders(&self, column: Column) -> String {
        down(&self.orders, self.columns.at(column), self.first_order_row(), self.last_order_row())
    }

    /// Returns the payable of an order, or the word for what is not known, for formulas of other sheets.
    pub(super) fn payable_of(&self, index: usize) -> String {
        self.of_order(index, Column::Payable)
    }

    pub(super) fn first_order_row(&self) -> RowNum {
        super::totals::first_row_below(self.negotiates())
    }

    pub(super) fn last_order_row(&self) -> RowNum {
        self.order_rows.last().map_or(self.first_order_row(), |rows| rows.last_member)
    }

    /// Returns the row of a member.
    pub(super) fn member_row(&self, index: usize, member: usize) -> RowNum {
        self.rows_of(index).first_member + RowNum::try_from(member).unwrap_or(0)
    }

    /// Writes the number of an order in the first column, and a code with a name beside it.
    pub(super) fn write_head(
        &self,
        cells: &mut RowWriter<'_, '_>,
        index: usize,
        code: ColNum,
        party: &Party,
    ) -> Written {
        cells.number(0, Kind::Ordinal, index + 1)?;
        self.write_party(cells, code, Kind::Text, party)
    }

    fn write_party(&self, cells: &mut RowWriter<'_, '_>, code: ColNum, kind: Kind, party: &Party) -> Written {
        cells.text(code, party.code.as_deref().unwrap_or_default())?;
        let unnamed = || self.book.word("xlsx-this-order");
        cells.text_as(code + 1, kind, &party.name.clone().unwrap_or_else(unnamed))
    }

    /// Writes what an order has once, but for its amounts.
    fn write_order(&self, cells: &mut RowWriter<'_, '_>, index: usize, order: &OrderQuote) -> Written {
        self.write_head(cells, index, self.columns.at(Column::Code), &order.payer)?;
        if let Some(placement) = self.basis.placements.get(index) {
            self.write_placement(cells, index, placement)?;
        }
        self.write_inputs(cells, index, order)?;
        let (formula, result) = self.remark(index, order);
        cells.formula(self.columns.at(Column::Remark), Kind::Word, &formula, result)
    }

    fn write_placement(&self, cells: &mut RowWriter<'_, '_>, index: usize, placement: &Placement) -> Written {
        let columns = &self.columns;
        cells.day(columns.at(Column::Placed), placement.date)?;
        cells.text(columns.at(Column::OrderKind), &self.book.catalog.text(&placement.kind))?;
        let Some((starts, expires)) = placement.period else { return Ok(()) };
        cells.day(columns.at(Column::Starts), starts)?;
        if days_between(starts, expires) != self.basis.orders[index].days {
            // Accounts that start on several days.
            return cells.day(columns.at(Column::Expires), expires);
        }
        let [first, term] = [Column::Starts, Column::Term].map(|column| self.own(index, column));
        cells.day_formula(columns.at(Column::Expires), &format!("{first}+{term}"), expires)
    }

    /// Writes the members of a group below it.
    fn write_members(&self, sheet: &mut SheetWriter<'_>, index: usize, order: &OrderQuote) -> Written {
        for (position, member) in order.members.iter().enumerate() {
            let mut cells = sheet.row(self.member_row(index, position), Role::Plain);
            cells.blanks(Kind::Text, 0..=self.columns.at(Column::Remark))?;
            self.write_party(&mut cells, self.columns.at(Column::Code), Kind::Nested, &member.party)?;
            self.write_member(&mut cells, (index, position), Some(member), order)?;
            self.write_part(&mut cells, RowPart::Member)?;
        }
        Ok(())
    }

    fn write_part(&self, cells: &mut RowWriter<'_, '_>, part: RowPart) -> Written {
        self.columns.find(Column::Part).map_or(Ok(()), |column| cells.text(column, part.as_str()))
    }

    /// Fades the orders that buy nothing as long as users do not grow.
    fn fade_orders_of_nothing(&self, sheet: &mut SheetWriter<'_>) -> Written {
        if !self.is_projected() {
            return Ok(());
        }
        let first = self.first_order_row();
        let [basic, interop] = [Column::Basic, Column::Interop]
            .map(|column| format!("${}{}", column_number_to_name(self.columns.at(column)), first + 1));
        let last = self.columns.at(Column::Remark);
        sheet.fade_if(&format!("{basic}+{interop}=0"), (first, self.last_order_row()), last)
    }

    /// Colours the remarks that are not empty.
    fn mark_remarks(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let column = self.columns.at(Column::Remark);
        sheet.mark_unless(NO_REMARK, (self.first_order_row(), self.last_order_row()), column)
    }

    /// Returns the condition of sums that only rows of orders meet, not those of members; each range of a formula
    /// of this sheet, or of others. It begins with a comma, or is empty where there are no groups.
    pub(super) fn orders_only(&self, range: impl Fn(Column) -> String) -> String {
        self.unless(RowPart::Member, range)
    }

    /// Returns the condition that every enterprise meets once: rows of members and of orders of one enterprise.
    pub(super) fn members_only(&self, range: impl Fn(Column) -> String) -> String {
        self.unless(RowPart::Group, range)
    }

    fn unless(&self, part: RowPart, range: impl Fn(Column) -> String) -> String {
        match self.columns.find(Column::Part) {
            Some(_) => format!(",{},{}", range(Column::Part), quoted(&format!("<>{}", part.as_str()))),
            None => String::new(),
        }
    }
}

/// Returns the column of a type, of a pair of columns.
pub(super) fn of_type(basic: Column, account_type: AccountType) -> Column {
    match (basic, account_type) {
        (basic, AccountType::Basic) => basic,
        (Column::Basic, AccountType::Interop) => Column::Interop,
        (Column::HeldBasic, AccountType::Interop) => Column::HeldInterop,
        (Column::NegotiatedBasic, AccountType::Interop) => Column::NegotiatedInterop,
        (Column::UnpricedBasic, AccountType::Interop) => Column::UnpricedInterop,
        (other, AccountType::Interop) => other,
    }
}

/// Returns the accounts of a type that an order buys.
pub(super) fn count(order: &OrderQuote, account_type: AccountType) -> u64 {
    order.lines.iter().filter(|line| line.account_type == account_type).map(|line| line.count()).sum()
}

/// Returns a day as formulas write it.
pub(super) fn day(date: Date) -> String {
    format!("DATE({},{},{})", date.year(), date.month(), date.day())
}
