//! Draws a [`Workbook`] as an XLSX file.
//!
//! One with orders becomes sheets whose amounts are formulas over the cells of the rate card and of the
//! orders (see [`formula_workbook`]), saved with the engine's own figures as their results. Any other becomes
//! a sheet for each grid, the answer above the first, and a sheet of its notes. Read [`draw_xlsx`] first, then
//! [`sheet`] for how cells are written.

mod amounts;
mod answer;
mod charts;
mod columns;
mod figures;
mod fixed;
mod formula_workbook;
mod gaps;
mod grid;
mod items;
mod names;
mod notes;
mod order_inputs;
mod orders;
mod rate_card;
mod remark;
mod row;
mod shares;
mod sheet;
mod style;
mod threads;
mod totals;
mod user_sheet;
mod users;
mod words;

use std::cell::Cell;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as XlsxFile, XlsxError};
use thiserror::Error;

use self::names::SheetNames;
use self::sheet::SheetWriter;
use self::style::Styles;
use super::Workbook;
use crate::diagnostic::lang::Catalog;

/// Draws a workbook as an XLSX file. The same workbook gives the same bytes: the time stamp is the pricing
/// date, or a fixed day.
///
/// # Errors
/// [`WorkbookError`] when there are too many cells, or the file cannot be made.
pub fn draw_xlsx(workbook: &Workbook, catalog: &Catalog) -> Result<Vec<u8>, WorkbookError> {
    draw_and_count_cuts(workbook, catalog).map(|(bytes, _)| bytes)
}

/// Error of a workbook that cannot be written.
#[derive(Debug, Error)]
pub enum WorkbookError {
    /// A sheet has no room left, about a million rows, or no thread can be started.
    #[error(transparent)]
    File(#[from] XlsxError),
    /// There are more cells than memory should be taken for.
    #[error("a workbook has at most {most} cells")]
    TooManyCells {
        /// The most cells of a workbook.
        most: usize,
    },
}

/// Saves a file, which takes a thread for each sheet.
///
/// # Errors
/// Those of the file, and one if the threads cannot be started, where the crate itself would panic.
pub fn save_xlsx(file: &mut XlsxFile) -> Result<Vec<u8>, XlsxError> {
    threads::probe(file.worksheets().len())?;
    file.save_to_buffer()
}

/// Draws a workbook, and returns with it the number of texts that had to be cut, since a cell holds no longer one.
pub(super) fn draw_and_count_cuts(workbook: &Workbook, catalog: &Catalog) -> Written<(Vec<u8>, usize)> {
    let book = Book::new(catalog, catalog.text(&workbook.header.title));
    let mut names = SheetNames::default();
    let mut file = XlsxFile::new();
    file.set_properties(&properties(&book.title, workbook.date));
    let sheets = match workbook.computes() {
        true => formula_workbook::sheets(workbook, &book, &mut names, &mut file)?,
        false => plain_sheets(workbook, &book, &mut names)?,
    };
    for sheet in sheets {
        file.push_worksheet(sheet.finish()?);
    }
    Ok((save_xlsx(&mut file)?, book.cut_texts.get()))
}

/// Returns each grid, with the answer above the first, then the notes.
fn plain_sheets<'b>(
    workbook: &Workbook,
    book: &'b Book<'b>,
    names: &mut SheetNames,
) -> Written<Vec<SheetWriter<'b>>> {
    let mut sheets = grid::sheets(workbook, book, names)?;
    match sheets.first_mut() {
        Some(first) => answer::write_sentences(first, &workbook.header)?,
        None => return Ok(vec![notes::sheet(workbook, "xlsx-sheet-summary", book, names)?]),
    }
    if !workbook.notes.is_empty() {
        sheets.push(notes::sheet(workbook, "xlsx-sheet-notes", book, names)?);
    }
    Ok(sheets)
}

/// The outcome of writing to a sheet, which fails where there is no room left.
type Written<T = ()> = Result<T, WorkbookError>;

/// The most cells of a workbook. They are all in memory when the file is made, half a kilobyte each: about a gigabyte.
const MOST_CELLS: usize = 2_000_000;

/// The parts that all sheets of a workbook share.
struct Book<'r> {
    catalog: &'r Catalog,
    styles: Styles,
    title: String,
    /// Texts that were cut.
    cut_texts: Cell<usize>,
    /// Cells that may still be written.
    cells_left: Cell<usize>,
}

impl<'r> Book<'r> {
    fn new(catalog: &'r Catalog, title: String) -> Book<'r> {
        Book {
            catalog,
            styles: Styles::new(),
            title,
            cut_texts: Cell::default(),
            cells_left: Cell::new(MOST_CELLS),
        }
    }

    /// Returns a text of the catalog without parameters.
    fn word(&self, id: &'static str) -> String {
        self.catalog.word(id)
    }
}

/// The day that an undated report is stamped with: the first that every reader of the format knows.
const NO_DATE: Date = date(1980, 1, 1);

fn properties(title: &str, date: Option<Date>) -> DocProperties {
    let date = date.unwrap_or(NO_DATE);
    let stamp = excel_date(date).or_else(|| excel_date(NO_DATE));
    let properties = DocProperties::new().set_title(title).set_author("wxlicense");
    match stamp {
        Some(stamp) => properties.set_creation_datetime(&stamp),
        None => properties,
    }
}

/// Returns the number by which spreadsheets know the day; `None` before March 1900, where they count a day
/// too many.
fn excel_serial(date: Date) -> Option<i32> {
    let days = date.since(EXCEL_DAY_ZERO).ok()?.get_days();
    (days > LAST_MISCOUNTED_DAY).then_some(days)
}

/// The day with number 0, counted back from March 1900.
const EXCEL_DAY_ZERO: Date = date(1899, 12, 30);
const LAST_MISCOUNTED_DAY: i32 = 60;

/// Returns the day as spreadsheets know it; `None` before the year 1900.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}
