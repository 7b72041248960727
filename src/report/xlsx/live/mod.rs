//! Orders as formulas: the reader changes counts, terms and prices in the coloured cells of two sheets, and the
//! bands, amounts and totals of the others follow.
//!
//! The formulas are the engine's rules told to a spreadsheet, which knows only binary floating point. So
//! whatever is rounded is first made whole: see [`items`].

mod card;
mod items;
mod orders;
mod shares;
mod summary;

use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, Workbook, XlsxError};

use super::page::Page;
use super::{Book, SheetNames, plain};
use crate::account::AccountType;
use crate::pricing::{OrderQuote, OrderStatus};
use crate::report::{Basis, Report, card_report};

/// The sheets of a report that computes: the summary, what can be changed, how it is computed, and what the
/// report says in sentences.
pub(super) fn pages(
    report: &Report,
    basis: &Basis,
    book: &Book<'_>,
    names: &mut SheetNames,
    workbook: &mut Workbook,
) -> Result<Vec<Page>, XlsxError> {
    let mut name = |id: &'static str| names.name(&book.catalog.word(id));
    let live = Live {
        basis,
        book,
        summary: name("xlsx-sheet-summary"),
        orders: name("xlsx-sheet-orders"),
        items: name("xlsx-sheet-items"),
        card: name("xlsx-sheet-card"),
        words: Words::new(book),
        places: places(&basis.orders),
    };
    live.define_names(workbook)?;
    let mut pages = vec![live.summary_page()?, live.orders_page()?, live.items_page()?];
    if basis.orders.iter().any(|order| order.members.len() > 1) {
        let name = names.name(&book.catalog.word("xlsx-sheet-shares"));
        pages.push(live.shares_page(name)?);
    }
    pages.push(live.card_page()?);
    if plain::has_sentences(report) {
        pages.push(plain::sentences(report, "xlsx-sheet-notes", Some("xlsx-hint-notes"), book, names)?);
    }
    let rules = card_report(&basis.card);
    let book = Book::new(book.catalog, book.catalog.text(&rules.title));
    pages.push(plain::sentences(&rules, "xlsx-sheet-rules", None, &book, names)?);
    // The first grid is the bands, which have a sheet that computes.
    pages.extend(plain::grid_pages(&rules, &book, names)?.into_iter().skip(1));
    Ok(pages)
}

/// What the sheets need to know of one another.
struct Live<'l> {
    basis: &'l Basis,
    book: &'l Book<'l>,
    summary: String,
    orders: String,
    items: String,
    card: String,
    words: Words,
    /// For each order, its rows on the sheet of orders.
    places: Vec<OrderRows>,
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

impl Live<'_> {
    /// Whether the card has accounts without a list price.
    fn negotiates(&self) -> bool {
        self.basis.card.negotiated.is_some()
    }

    fn type_word(&self, account_type: AccountType) -> String {
        self.book.catalog.text(&crate::lang::account_type_word(account_type))
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
