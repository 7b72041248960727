//! Orders as formulas: the reader changes counts, terms and prices in the coloured cells of the sheets of
//! orders and of the rate card, and the tiers, amounts and totals of the others follow.
//!
//! A basis becomes a [`FormulaWorkbook`]: the sheets of one list of orders, which name each other's cells.
//! The price of an order is printed from a [`PriceFormula`] (see [`items`](super::items)). Read [`sheets`]
//! first.

use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, Workbook as XlsxFile};

use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::Kind;
use super::summary_columns::Columns;
use super::words::Words;
use super::{Book, SheetNames, Written, answer, figures, grid, notes, orders, shares};
use crate::account::AccountType;
use crate::diagnostic::lang::{Message, account_type_word};
use crate::formula::PriceFormula;
use crate::pricing::Party;
use crate::report::{Basis, Workbook};

/// Writes the sheets of a workbook that computes: its own grids, then the sheets of its orders and of their
/// rate cards, its notes, and the rules of the cards.
pub(super) fn sheets<'b>(
    workbook: &Workbook,
    book: &'b Book<'b>,
    names: &mut SheetNames,
    file: &mut XlsxFile,
) -> Written<Vec<SheetWriter<'b>>> {
    let grids = grid::named_grids(workbook, book, names);
    let has_own_card = workbook.basis.windows(2).any(|pair| pair[0].card != pair[1].card);
    let mut sides: Vec<FormulaWorkbook> = Vec::new();
    for basis in &workbook.basis {
        let side = FormulaWorkbook::new(basis, sides.first(), has_own_card, book, names);
        sides.push(side);
    }
    let mut sheets = Vec::new();
    for (grid, name) in &grids {
        sheets.push(figures::sheet(name, grid, &sides, book)?);
    }
    for side in &sides {
        sheets.extend(side.sheets(book, file)?);
    }
    if let Some(first) = sheets.first_mut() {
        answer::write(first, &workbook.header, &sides)?;
    }
    if !workbook.notes.is_empty() {
        let mut sheet = notes::sheet(workbook, "xlsx-sheet-notes", book, names)?;
        sheet.hint(1, "xlsx-hint-notes")?;
        sheets.push(sheet);
    }
    for rules in sides.iter().filter(|side| side.owns_card).map(|side| &side.basis.rules) {
        sheets.push(notes::sheet(rules, "xlsx-sheet-rules", book, names)?);
        // The first grid is the tiers, which have a sheet that computes.
        sheets.extend(grid::sheets(rules, book, names)?.into_iter().skip(1));
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
    pub(super) summary: String,
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
    /// For each order, its rows on the sheet of orders.
    pub(super) order_rows: Vec<orders::OrderRows>,
    /// For each order, its row on the sheet of shares; `None` if it is not shared.
    pub(super) group_rows: Vec<Option<RowNum>>,
    /// For each order, its first index in the summary.
    pub(super) first_purchases: Vec<Option<usize>>,
}

impl<'l> FormulaWorkbook<'l> {
    /// Names the sheets of one side; `first` is the other, if there is one before it. Where the sides have
    /// different cards, each has its own.
    fn new(
        basis: &'l Basis,
        first: Option<&FormulaWorkbook<'_>>,
        has_own_card: bool,
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
        let has_groups = basis.orders.iter().any(|order| order.members.len() > 1);
        let shared_card = first.filter(|first| first.basis.card == basis.card);
        FormulaWorkbook {
            basis,
            formula: PriceFormula::new(&basis.card),
            book,
            summary: name(if on_days { "xlsx-sheet-purchases" } else { "xlsx-sheet-summary" }),
            orders: name("xlsx-sheet-orders"),
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
            columns: Columns::new(on_days, basis.card.negotiated.is_some(), has_groups),
            order_rows: orders::rows(&basis.orders),
            group_rows: shares::group_rows(&basis.orders),
            first_purchases: first_purchases(basis),
        }
    }

    fn sheets<'b>(&self, book: &'b Book<'b>, file: &mut XlsxFile) -> Written<Vec<SheetWriter<'b>>> {
        let mut sheets = vec![self.summary_sheet(book)?, self.orders_sheet(book)?, self.items_sheet(book)?];
        if self.has_groups() {
            sheets.push(self.shares_sheet(book)?);
        }
        if self.owns_card {
            self.define_names(file)?;
            sheets.push(self.card_sheet(book)?);
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

    /// Writes the number of an order in the first column, and a code with a name beside it.
    pub(super) fn write_head(
        &self,
        cells: &mut RowWriter<'_, '_>,
        index: usize,
        code: ColNum,
        party: &Party,
    ) -> Written {
        cells.number(0, Kind::Ordinal, index + 1)?;
        cells.text(code, party.code.as_deref().unwrap_or_default())?;
        let unnamed = || self.book.word("xlsx-this-order");
        cells.text(code + 1, &party.name.clone().unwrap_or_else(unnamed))
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

fn first_purchases(basis: &Basis) -> Vec<Option<usize>> {
    if basis.placements.is_empty() {
        return (0..basis.orders.len()).map(Some).collect();
    }
    let mut first = vec![None; basis.orders.len()];
    for (index, placement) in basis.placements.iter().enumerate() {
        if let Some(order) = first.get_mut(placement.order) {
            order.get_or_insert(index);
        }
    }
    first
}
