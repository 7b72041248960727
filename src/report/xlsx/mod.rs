//! A workbook: what a report says, and, where it has a [`Basis`](super::Basis), formulas that compute it again.

mod live;
mod names;
mod page;
mod plain;
mod style;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as XlsxFile, XlsxError};

use super::Workbook;
use crate::diagnostic::lang::Catalog;
use names::SheetNames;
use page::SheetWriter;
use style::Styles;

/// Draws a workbook as an XLSX file.
///
/// One with a [`Basis`](super::Basis) becomes sheets whose amounts are formulas over the rate card's and the
/// orders' cells, saved with the engine's own figures as their results; its notes follow on a sheet. Any other
/// becomes a sheet of its notes and one sheet a grid. The same workbook gives the same bytes: the time stamp is the
/// pricing date, or a fixed one.
///
/// # Errors
/// [`XlsxError`] when a sheet has no room left: about a million rows.
pub fn draw_xlsx(workbook: &Workbook, catalog: &Catalog) -> Result<Vec<u8>, XlsxError> {
    let book = Book::new(catalog, catalog.text(&workbook.title));
    let mut names = SheetNames::default();
    let mut file = XlsxFile::new();
    file.set_properties(&properties(&book.title, workbook.date));
    let pages = match workbook.computes() {
        true => live::pages(workbook, &book, &mut names, &mut file)?,
        false => plain::pages(workbook, &book, &mut names)?,
    };
    for page in pages {
        file.push_worksheet(page.finish(catalog)?);
    }
    file.save_to_buffer()
}

/// What all sheets of a workbook share.
struct Book<'r> {
    catalog: &'r Catalog,
    styles: Styles,
    title: String,
}

impl<'r> Book<'r> {
    fn new(catalog: &'r Catalog, title: String) -> Book<'r> {
        Book { catalog, styles: Styles::new(), title }
    }

    fn page(&self, name: String) -> Result<SheetWriter, XlsxError> {
        let mut page = SheetWriter::new(name)?;
        page.free_text(0, 0, &self.title, self.styles.title())?;
        Ok(page)
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

/// The number by which spreadsheets know the day; `None` before March 1900, where they count a day too many.
fn excel_serial(date: Date) -> Option<i32> {
    let days = date.since(EXCEL_DAY_ZERO).ok()?.get_days();
    (days > LAST_MISCOUNTED_DAY).then_some(days)
}

/// So that the days from March 1900 on have the numbers that spreadsheets give them.
const EXCEL_DAY_ZERO: Date = date(1899, 12, 30);
const LAST_MISCOUNTED_DAY: i32 = 60;

/// The day as spreadsheets know it; `None` before the year 1900.
fn excel_date(date: Date) -> Option<ExcelDateTime> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    ExcelDateTime::from_ymd(u16::try_from(date.year()).ok()?, month, day).ok()
}
