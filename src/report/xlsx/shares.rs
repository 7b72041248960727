//! The sheet of shares: the payable of each group order split over its members, with the whole fen and
//! remainders that lead to it. Read [`FormulaWorkbook::shares_sheet`] first.

use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{ColNum, RowNum};

use super::columns::Column;
use super::formula_workbook::{FormulaWorkbook, at, down};
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::words::quoted;
use super::{Book, Written};
use crate::account::AccountType;
use crate::pricing::{OrderQuote, OrderStatus};

const HEADER_ROW: RowNum = 3;
const CODE: ColNum = 1;
const BASIC: ColNum = 3;
const SHARE: ColNum = 5;
/// Whole fen of the basic accounts' part, then their remainder; the interop accounts' follow.
const FLOOR: ColNum = 6;

impl FormulaWorkbook<'_> {
    /// Writes the part of each member of a group. The payable is split over the account types by their annual
    /// amounts, then over the members by their accounts, each time by largest remainder: first whole fen
    /// rounded down, then one more for the largest remainders until nothing is left.
    pub(super) fn shares_sheet<'b>(&self, book: &'b Book<'b>) -> Written<SheetWriter<'b>> {
        let mut sheet = SheetWriter::new(book, &self.shares)?;
        sheet.hint(1, "xlsx-hint-shares")?;
        sheet.header(
            HEADER_ROW,
            &[
                ("xlsx-number", Kind::Ordinal),
                ("report-code", Kind::Text),
                ("report-member", Kind::Text),
                ("report-basic", Kind::Count),
                ("report-interop", Kind::Count),
                ("report-share", Kind::Money),
                ("xlsx-basic-fen", Kind::Count),
                ("xlsx-remainder", Kind::Count),
                ("xlsx-interop-fen", Kind::Count),
                ("xlsx-remainder", Kind::Count),
            ],
        )?;
        for column in FLOOR..FLOOR + 4 {
            sheet.hide(column)?;
        }
        for (index, top) in self.groups() {
            let order = &self.basis.orders[index];
            self.write_whole(sheet.row(top, Role::Total), index, order)?;
            for member in 0..order.members.len() {
                let cells = sheet.row(member_row(top, member), Role::Plain);
                self.write_share(cells, top, index, order, member)?;
            }
        }
        Ok(sheet)
    }

    /// Returns true if any order is shared.
    pub(super) fn has_groups(&self) -> bool {
        self.groups().next().is_some()
    }

    /// Returns a member's part of an order while that has this status, or the word for what is not known.
    pub(super) fn share_of(&self, index: usize, member: usize, status: OrderStatus) -> String {
        let share = match self.group_rows.get(index).copied().flatten() {
            Some(top) => at(&self.shares, member_row(top, member), SHARE),
            None => self.payable_of(index),
        };
        let (own, payable) = (self.status_of_member(index, member), self.payable_of(index));
        let (status, open) = (quoted(self.words.status(status)), quoted(&self.words.open));
        format!("IF({own}={status},IF(ISNUMBER({payable}),{share},{open}),0)")
    }

    /// Returns the shares of the unconfirmed members of an order, as far as prices are known, for its row of the
    /// table; `None` if it is not shared.
    pub(super) fn unconfirmed_shares(&self, index: usize) -> Option<String> {
        let top = self.group_rows.get(index).copied().flatten()?;
        let members = self.basis.orders.get(index)?.members.len();
        let shares =
            down(&self.shares, SHARE, member_row(top, 0), member_row(top, members.saturating_sub(1)));
        let unconfirmed = quoted(&self.words.unconfirmed);
        let statuses = self.over_members(index, Column::Status);
        Some(format!("SUMIFS({shares},{statuses},{unconfirmed})"))
    }

    /// Returns true if the members' parts of an order are not known.
    pub(super) fn has_open_shares(&self, index: usize) -> bool {
        self.basis.orders.get(index).is_some_and(|order| order.payable().is_none())
    }

    /// Returns the orders that are shared, each with its first row.
    fn groups(&self) -> impl Iterator<Item = (usize, RowNum)> {
        self.group_rows.iter().enumerate().filter_map(|(index, row)| Some((index, (*row)?)))
    }

    /// Writes the row of the order: the payable, and its parts by type in fen.
    fn write_whole(&self, mut cells: RowWriter<'_, '_>, index: usize, order: &OrderQuote) -> Written {
        let row = cells.row;
        let last = row + RowNum::try_from(order.members.len()).unwrap_or(1);
        self.write_head(&mut cells, index, CODE, &order.payer)?;
        for (column, account_type) in (BASIC..).zip(AccountType::ALL) {
            let sum = format!("SUM({})", cell_range_absolute(row + 1, column, last, column));
            let counts = order.members.iter().map(|member| u64::from(*member.counts.get(account_type)));
            cells.formula(column, Kind::Count, &sum, counts.sum::<u64>())?;
        }
        let [_, payable] = self.priced_columns().map(|column| self.of_order(index, column));
        cells.formula(SHARE, Kind::Money, &payable, order.priced_payable())?;
        if self.is_fixed(index) {
            // The members' parts follow from no formula.
            return cells.blanks(Kind::Count, FLOOR..FLOOR + 4);
        }
        let formulas = self.part_formulas(row, index);
        for ((column, formula), part) in (FLOOR..).step_by(2).zip(formulas).zip(parts_by_type(order)) {
            cells.formula(column, Kind::Count, &formula, part)?;
            cells.blanks(Kind::Count, [column + 1])?;
        }
        Ok(())
    }

    /// Returns the fen of the payable that belong to each type. Annual amounts in whole fen are weighed in
    /// fen, which keeps the products small.
    fn part_formulas(&self, row: RowNum, index: usize) -> [String; 2] {
        let whole = format!("ROUND(N({})*100,0)", row_col_to_cell(row, SHARE));
        let [a, b] = AccountType::ALL.map(|kind| format!("ROUND({}*10000,0)", self.item_annual(index, kind)));
        let unit = format!("IF(MOD({a},100)+MOD({b},100)=0,100,1)");
        let (product, sum) = (format!("{whole}*({a}/{unit})"), format!("(({a}+{b})/{unit})"));
        let rest = format!("MOD({product},{sum})");
        let one_more = format!("IF(AND({rest}>0,2*{rest}>={sum}),1,0)");
        let basic = format!("IF({a}+{b}=0,0,QUOTIENT({product},{sum})+{one_more})");
        let interop = format!("{whole}-{}", row_col_to_cell(row, FLOOR));
        [basic, interop]
    }

    fn write_share(
        &self,
        mut cells: RowWriter<'_, '_>,
        top: RowNum,
        index: usize,
        order: &OrderQuote,
        member: usize,
    ) -> Written {
        let row = cells.row;
        let quote = &order.members[member];
        self.write_head(&mut cells, index, CODE, &quote.party)?;
        let mut terms = Vec::new();
        let columns = (BASIC..).zip((FLOOR..).step_by(2));
        for ((account_type, part), (count, floor)) in
            AccountType::ALL.into_iter().zip(parts_by_type(order)).zip(columns)
        {
            let accounts = self.bought_for(index, member, account_type);
            cells.formula(count, Kind::Count, &accounts, quote.counts.get(account_type))?;
            if self.is_fixed(index) {
                cells.blanks(Kind::Count, [floor, floor + 1])?;
                continue;
            }
            let whole = row_col_to_cell_absolute(top, count);
            let product = format!("{}*{}", row_col_to_cell_absolute(top, floor), row_col_to_cell(row, count));
            let (fen, rest) = divided(order, member, account_type, part);
            for (column, function, result) in [(floor, "QUOTIENT", fen), (floor + 1, "MOD", rest)] {
                let formula = format!("IF({whole}=0,0,{function}({product},{whole}))");
                cells.formula(column, Kind::Count, &formula, result)?;
            }
            terms.push(share_of_type(top, row, order.members.len(), floor));
        }
        let formula = match self.is_fixed(index) {
            true => self.fixed_share(row_col_to_cell_absolute(top, SHARE), order, member),
            false => format!("({})/100", terms.join("+")),
        };
        cells.formula(SHARE, Kind::Money, &formula, quote.priced_share)
    }
}

impl FormulaWorkbook<'_> {
    /// Returns the part of a member while its order's payable is as it was, or nothing.
    fn fixed_share(&self, payable: String, order: &OrderQuote, member: usize) -> String {
        let share = order.members[member].priced_share;
        let word = quoted(&self.words.not_computed);
        format!("IF({payable}={},{share},IF({payable}=0,0,{word}))", order.priced_payable())
    }
}

/// Returns for each order its row on the sheet of shares; `None` if it is not shared.
pub(super) fn group_rows(orders: &[OrderQuote]) -> Vec<Option<RowNum>> {
    let mut next = HEADER_ROW + 1;
    let row = |order: &OrderQuote| {
        (order.members.len() > 1).then(|| {
            let row = next;
            next = member_row(row, order.members.len());
            row
        })
    };
    orders.iter().map(row).collect()
}

/// Returns the row of a member, below its order's.
fn member_row(top: RowNum, member: usize) -> RowNum {
    top + 1 + RowNum::try_from(member).unwrap_or(0)
}

/// Returns a member's fen of one type: its floor, and one more where its remainder is among the largest.
fn share_of_type(top: RowNum, row: RowNum, members: usize, floor: ColNum) -> String {
    let last = top + RowNum::try_from(members).unwrap_or(1);
    let (floors, rests) = (
        cell_range_absolute(top + 1, floor, last, floor),
        cell_range_absolute(top + 1, floor + 1, last, floor + 1),
    );
    let rest = row_col_to_cell(row, floor + 1);
    let earlier = cell_range_absolute(top + 1, floor + 1, row, floor + 1);
    let rank = format!("COUNTIF({rests},\">\"&{rest})+COUNTIF({earlier},{rest})");
    let left = format!("{}-SUM({floors})", row_col_to_cell_absolute(top, floor));
    format!("{}+IF({rank}<={left},1,0)", row_col_to_cell(row, floor))
}

/// Returns the whole fen of a member's part and what the division leaves, as the formulas have them.
fn divided(order: &OrderQuote, member: usize, account_type: AccountType, part: i64) -> (i128, i128) {
    let count = |index: usize| i128::from(*order.members[index].counts.get(account_type));
    let whole: i128 = (0..order.members.len()).map(count).sum();
    let product = i128::from(part) * count(member);
    (product.checked_div(whole).unwrap_or(0), product.checked_rem(whole).unwrap_or(0))
}

/// Returns the fen of the payable by type.
fn parts_by_type(order: &OrderQuote) -> [i64; 2] {
    let annual = AccountType::ALL.map(|kind| order.priced_annual.get(kind).ten_thousandths());
    match crate::money::split_by_weight(order.priced_payable(), &annual)[..] {
        [basic, interop] => [basic.fen(), interop.fen()],
        _ => [0, 0],
    }
}
