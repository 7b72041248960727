//! Orders as formulas: the reader changes counts, terms and prices in the coloured cells of the sheets of
//! orders and of the rate card, and the tiers, amounts and totals of the others follow.
//!
//! A basis becomes a [`FormulaWorkbook`]: the sheets of one list of orders, which name each other's cells.
//! The price of an order is printed from a [`PriceFormula`] (see [`items`](super::items)). Read [`sheets`]
//! first.

use std::collections::HashMap;

use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, Workbook as XlsxFile};

use super::columns::{Columns, Needed};
use super::sheet::SheetWriter;
use super::users::UserCells;
use super::words::Words;
use super::{Book, SheetNames, Written, answer, figures, gaps, grid, notes, orders, shares, totals};
use crate::account::AccountType;
use crate::diagnostic::lang::{Message, account_type_word};
use crate::formula::PriceFormula;
use crate::report::{Basis, Workbook};

/// Writes the sheets of a workbook that computes: its grids and the tables of its orders, what they rest on, and
/// its notes.
pub(super) fn sheets<'b>(
    workbook: &Workbook,
    book: &'b Book<'b>,
    names: &mut SheetNames,
    file: &mut XlsxFile,
) -> Written<Vec<SheetWriter<'b>>> {
    let grids = grid::named_grids(workbook, book, names);
    let has_own_card = workbook.basis.windows(2).any(|pair| pair[0].card != pair[1].card);
    let mut sides: Vec<FormulaWorkbook> = Vec::new();
    let typed = figures::typed_cells(&grids);
    let first = grids.first().filter(|(grid, _)| figures::sums_up_periods(grid));
    for basis in &workbook.basis {
        let users = basis.users.as_ref().zip(first).map(|(users, (grid, name))| {
            let gaps = gaps::rows_of_periods(basis.card.negotiated.is_some());
            let rows = RowNum::try_from(grid.rows.len()).unwrap_or(0);
            UserCells::new(name.clone(), grid::HEADER_ROW + 1 + rows + 1 + gaps + 1, users)
        });
        let mut side = FormulaWorkbook::new(basis, sides.first(), has_own_card, users, book, names);
        let own = typed.iter().filter(|((basis, ..), _)| *basis == sides.len());
        side.typed =
            own.map(|((_, order, member, kind), cell)| ((*order, *member, *kind), cell.clone())).collect();
        sides.push(side);
    }
    let mut sheets = Vec::new();
    // What sums up orders, or two sides of them, stands before them; all else after what it can be changed with.
    let (sums, others): (Vec<_>, Vec<_>) =
        grids.into_iter().partition(|(grid, _)| sides.len() > 1 || figures::sums_up_periods(grid));
    for (index, (grid, name)) in sums.iter().enumerate() {
        sheets.push(match sides.first().filter(|side| index == 0 && side.users().is_some()) {
            Some(side) => side.user_sheet(name, grid, &sides, book)?,
            None => figures::sheet(name, grid, &sides, book)?,
        });
    }
    for side in &sides {
        sheets.push(side.orders_sheet(book)?);
    }
    for (grid, name) in &others {
        sheets.push(figures::sheet(name, grid, &sides, book)?);
    }
    for side in &sides {
        sheets.extend(side.workings(book)?);
    }
    for side in sides.iter().filter(|side| side.owns_card) {
        side.define_names(file)?;
        side.define_user_names(file)?;
        sheets.push(side.card_sheet(book)?);
    }
    if let Some(first) = sheets.first_mut() {
        answer::write(first, &workbook.header, &sides)?;
    }
    if !workbook.notes.is_empty() {
        let mut sheet = notes::sheet(workbook, "xlsx-sheet-notes", book, names)?;
        sheet.hint(1, "xlsx-hint-notes")?;
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The sheets of a list of orders, and the cells that they name of each other.
pub(super) struct FormulaWorkbook<'l> {
    pub(super) basis: &'l Basis,
    /// The price of an order on the card.
    pub(super) formula: PriceFormula,
    pub(super) book: &'l Book<'l>,
    /// The names of the sheets.
    pub(super) orders: String,
    pub(super) items: String,
    pub(super) shares: String,
    pub(super) card: String,
    /// False if the sheet of the card is that of the other side.
    owns_card: bool,
    /// The ending of the names of the card's rules, so that two cards have different ones.
    pub(super) rule_ending: &'static str,
    pub(super) words: Words,
    pub(super) columns: Columns,
    /// Where the users stand that the orders follow from; `None` if the orders can be changed themselves.
    pub(super) user_cells: Option<UserCells>,
    /// The cells of other sheets in which accounts are typed, by order, member and type.
    pub(super) typed: HashMap<(usize, usize, AccountType), String>,
    /// For each order, its rows in the table of orders.
    pub(super) order_rows: Vec<orders::OrderRows>,
    /// For each order, its row on the sheet of shares; `None` if it is not shared.
    pub(super) group_rows: Vec<Option<RowNum>>,
}

impl<'l> FormulaWorkbook<'l> {
    /// Names the sheets of one side; `first` is the other, if there is one before it. Where the sides have
    /// different cards, each has its own.
    fn new(
        basis: &'l Basis,
        first: Option<&FormulaWorkbook<'_>>,
        has_own_card: bool,
        user_cells: Option<UserCells>,
        book: &'l Book<'l>,
        names: &mut SheetNames,
    ) -> FormulaWorkbook<'l> {
        let mut name = |id: &'static str| {
            let sheet = book.word(id);
            names.name(&match &basis.name {
                Some(side) => book
                    .catalog
                    .text(&Message::new("xlsx-sheet-of").with("sheet", sheet).with("side", side.clone())),
                None => sheet,
            })
        };
        let on_days = !basis.placements.is_empty();
        let negotiated = basis.card.negotiated.is_some();
        let shared_card = first.filter(|first| first.basis.card == basis.card);
        FormulaWorkbook {
            basis,
            formula: PriceFormula::new(&basis.card),
            book,
            orders: name(if on_days { "xlsx-sheet-payments" } else { "xlsx-sheet-orders" }),
            items: name("xlsx-sheet-items"),
            shares: name("xlsx-sheet-shares"),
            card: match shared_card {
                Some(first) => first.card.clone(),
                None if has_own_card => name("xlsx-sheet-card"),
                None => names.name(&book.word("xlsx-sheet-card")),
            },
            owns_card: shared_card.is_none(),
            rule_ending: if first.is_some() && shared_card.is_none() { "_new" } else { "" },
            words: Words::new(book),
            user_cells,
            typed: HashMap::new(),
            columns: Columns::new(Needed {
                negotiated_inputs: negotiated && basis.users.is_none(),
                days: on_days,
                periods: basis.placements.iter().any(|placement| placement.period.is_some()),
                negotiated,
                groups: basis.orders.iter().any(|order| order.members.len() > 1),
            }),
            order_rows: orders::rows(&basis.orders, totals::first_row_below(negotiated)),
            group_rows: shares::group_rows(&basis.orders),
        }
    }

    /// Writes the sheets that the amounts rest on: the accounts by tier, the shares of groups.
    fn workings<'b>(&self, book: &'b Book<'b>) -> Written<Vec<SheetWriter<'b>>> {
        let mut sheets = vec![self.items_sheet(book)?];
        if self.has_groups() {
            sheets.push(self.shares_sheet(book)?);
        }
        Ok(sheets)
    }
}

impl FormulaWorkbook<'_> {
    /// Returns true if the card has accounts without a list price.
    pub(super) fn negotiates(&self) -> bool {
        self.basis.card.negotiated.is_some()
    }

    pub(super) fn type_word(&self, account_type: AccountType) -> String {
        self.book.catalog.text(&account_type_word(account_type))
    }
}

/// Returns a cell of a sheet, as a formula names it.
pub(super) fn at(sheet: &str, row: RowNum, column: ColNum) -> String {
    format!("{}!{}", quote_sheet_name(sheet), row_col_to_cell(row, column))
}

/// Returns the cells of a column of a sheet, from one row to another.
pub(super) fn down(sheet: &str, column: ColNum, first: RowNum, last: RowNum) -> String {
    format!("{}!{}", quote_sheet_name(sheet), cell_range_absolute(first, column, last, column))
}
