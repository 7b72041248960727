//! Orders as formulas: the reader changes counts, terms and prices in the coloured cells of two sheets, and the
//! tiers, amounts and totals of the others follow.
//!
//! The formulas are the engine's rules told to a spreadsheet, which knows only binary floating point. So
//! whatever is rounded is first made whole: see [`items`].

mod card;
mod figures;
mod items;
mod orders;
mod remark;
mod shares;
mod summary;

use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, Workbook as XlsxFile, XlsxError};

use self::figures::{figure_pages, named_grids};
use self::shares::group_rows;
use self::summary::Columns;
use super::page::SheetWriter;
use super::{Book, SheetNames, plain};
use crate::account::AccountType;
use crate::diagnostic::lang::Message;
use crate::formula::PriceFormula;
use crate::pricing::{OrderQuote, OrderStatus};
use crate::report::{Basis, Workbook};

/// The sheets of a report that computes: its own grids, what they come from, what can be changed, how it is
/// computed, and what the report says in sentences.
pub(super) fn pages(
    workbook: &Workbook,
    book: &Book<'_>,
    names: &mut SheetNames,
    file: &mut XlsxFile,
) -> Result<Vec<SheetWriter>, XlsxError> {
    let grids = named_grids(workbook, book, names);
    let has_own_card = workbook.basis.windows(2).any(|pair| pair[0].card != pair[1].card);
    let mut sides: Vec<FormulaWorkbook> = Vec::new();
    for basis in &workbook.basis {
        let side = FormulaWorkbook::new(basis, sides.first(), has_own_card, book, names);
        sides.push(side);
    }
    let mut pages = figure_pages(&grids, &sides, book)?;
    for side in &sides {
        pages.extend(side.pages(file)?);
    }
    if !workbook.notes.is_empty() {
        pages.push(plain::sentences(
            &workbook.notes,
            "xlsx-sheet-notes",
            Some("xlsx-hint-notes"),
            book,
            names,
        )?);
    }
    for side in sides.iter().filter(|side| side.owns_card) {
        pages.extend(side.rule_pages(names)?);
    }
    Ok(pages)
}

/// What the sheets of a list of orders need to know of one another.
struct FormulaWorkbook<'l> {
    basis: &'l Basis,
    /// The price of an order on the card.
    formula: PriceFormula,
    book: &'l Book<'l>,
    summary: String,
    orders: String,
    items: String,
    shares: String,
    card: String,
    /// Whether the sheet of the card is its own, and not that of the other side.
    owns_card: bool,
    /// What the names of the card's rules end in, so that two cards have different ones.
    rule_ending: &'static str,
    words: Words,
    columns: Columns,
    /// For each order, its rows on the sheet of orders.
    places: Vec<OrderRows>,
    /// For each order, its row on the sheet of shares; none where it is not shared.
    group_rows: Vec<Option<RowNum>>,
    /// For each order, its first place in the summary.
    first_purchases: Vec<Option<usize>>,
}

impl<'l> FormulaWorkbook<'l> {
    /// The sheets of one side; `first` is the other, where there is one before it. Where the sides have different
    /// cards, each has its own.
    fn new(
        basis: &'l Basis,
        first: Option<&FormulaWorkbook<'_>>,
        has_own_card: bool,
        book: &'l Book<'l>,
        names: &mut SheetNames,
    ) -> FormulaWorkbook<'l> {
        let mut name = |id: &'static str| {
            let sheet = book.catalog.word(id);
            names.name(&match &basis.name {
                Some(side) => book
                    .catalog
                    .text(&Message::new("xlsx-sheet-of").with("sheet", sheet).with("side", side.clone())),
                None => sheet,
            })
        };
        let on_days = !basis.placements.is_empty();
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
                None => names.name(&book.catalog.word("xlsx-sheet-card")),
            },
            owns_card: shared_card.is_none(),
            rule_ending: if first.is_some() && shared_card.is_none() { "_new" } else { "" },
            words: Words::new(book),
            columns: Columns::new(on_days, basis.card.negotiated.is_some()),
            places: places(&basis.orders),
            group_rows: group_rows(&basis.orders),
            first_purchases: first_purchases(basis),
        }
    }

    fn pages(&self, file: &mut XlsxFile) -> Result<Vec<SheetWriter>, XlsxError> {
        let mut pages = vec![self.summary_page()?, self.orders_page()?, self.items_page()?];
        if self.has_groups() {
            pages.push(self.shares_page()?);
        }
        if self.owns_card {
            self.define_names(file)?;
            pages.push(self.card_page()?);
        }
        Ok(pages)
    }

    /// The rules of the card, in sentences, and what they rest on.
    fn rule_pages(&self, names: &mut SheetNames) -> Result<Vec<SheetWriter>, XlsxError> {
        let rules = &self.basis.rules;
        let book = Book::new(self.book.catalog, self.book.catalog.text(&rules.title));
        let mut pages = vec![plain::sentences(&rules.notes, "xlsx-sheet-rules", None, &book, names)?];
        // The first grid is the tiers, which have a sheet that computes.
        pages.extend(plain::grid_pages(rules, &book, names)?.into_iter().skip(1));
        Ok(pages)
    }
}

/// The rows of an order on the sheet of orders: its first member's, which has the order's own cells too, and
/// its last member's.
#[derive(Debug, Clone, Copy)]
struct OrderRows {
    first: RowNum,
    last: RowNum,
}

/// Words that formulas compare with, or give as results.
struct Words {
    confirmed: String,
    unconfirmed: String,
    charged: String,
    waived: String,
    free: String,
    not_charged: String,
    /// In place of an amount that is not known.
    open: String,
    complete: String,
    incomplete: String,
}

impl Words {
    fn new(book: &Book<'_>) -> Words {
        let word = |id| book.catalog.word(id);
        Words {
            confirmed: word("xlsx-confirmed"),
            unconfirmed: word("xlsx-unconfirmed"),
            charged: word("xlsx-charged"),
            waived: word("xlsx-waived"),
            free: word("xlsx-free"),
            not_charged: word("xlsx-not-charged"),
            open: word("xlsx-open"),
            complete: word("xlsx-complete"),
            incomplete: word("xlsx-incomplete"),
        }
    }

    fn statuses(&self) -> [&String; 2] {
        [&self.confirmed, &self.unconfirmed]
    }

    fn chargings(&self) -> [&String; 4] {
        [&self.charged, &self.waived, &self.free, &self.not_charged]
    }

    fn status(&self, status: OrderStatus) -> &str {
        match status {
            OrderStatus::Confirmed => &self.confirmed,
            OrderStatus::Unconfirmed => &self.unconfirmed,
        }
    }

    fn charging(&self, order: &OrderQuote) -> &str {
        match (order.charged, order.test_enterprise, order.is_free()) {
            (false, _, _) => &self.not_charged,
            (true, true, _) => &self.free,
            (true, false, true) => &self.waived,
            (true, false, false) => &self.charged,
        }
    }
}

impl FormulaWorkbook<'_> {
    /// Whether the card has accounts without a list price.
    fn negotiates(&self) -> bool {
        self.basis.card.negotiated.is_some()
    }

    fn type_word(&self, account_type: AccountType) -> String {
        self.book.catalog.text(&crate::diagnostic::lang::account_type_word(account_type))
    }
}

/// A cell of a sheet, as a formula names it.
fn at(sheet: &str, row: RowNum, column: ColNum) -> String {
    format!("{}!{}", quote_sheet_name(sheet), row_col_to_cell(row, column))
}

/// The cells of a column of a sheet, from one row to another.
fn down(sheet: &str, column: ColNum, first: RowNum, last: RowNum) -> String {
    format!("{}!{}", quote_sheet_name(sheet), cell_range_absolute(first, column, last, column))
}

/// A text as formulas write it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn first_purchases(basis: &Basis) -> Vec<Option<usize>> {
    if basis.placements.is_empty() {
        return (0..basis.orders.len()).map(Some).collect();
    }
    let mut first = vec![None; basis.orders.len()];
    for (place, placement) in basis.placements.iter().enumerate() {
        if let Some(order) = first.get_mut(placement.order) {
            order.get_or_insert(place);
        }
    }
    first
}

fn places(orders: &[OrderQuote]) -> Vec<OrderRows> {
    let mut next = orders::FIRST_ROW;
    orders
        .iter()
        .map(|order| {
            let first = next;
            next += RowNum::try_from(order.members.len().max(1)).unwrap_or(RowNum::MAX - next);
            OrderRows { first, last: next - 1 }
        })
        .collect()
}
