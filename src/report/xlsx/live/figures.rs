//! The grids of a report whose figures follow from its orders.

mod gaps;

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{RowNum, XlsxError};

use super::{FormulaWorkbook, quoted};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::plain::{self, CellPosition};
use crate::report::xlsx::{Book, SheetNames};
use crate::report::{Cell, Grid, Source, Workbook};

/// A grid that has a sheet of its own.
pub(super) struct NamedGrid<'r> {
    sheet: String,
    grid: &'r Grid,
}

/// The grids that say something which the orders do not.
pub(super) fn named_grids<'r>(
    workbook: &'r Workbook,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Vec<NamedGrid<'r>> {
    plain::grids(workbook, book)
        .map(|(grid, wanted)| NamedGrid { sheet: names.name(&wanted), grid })
        .collect()
}

/// A sheet for each grid, with formulas over the sheets of the orders.
pub(super) fn figure_pages(
    grids: &[NamedGrid<'_>],
    sides: &[FormulaWorkbook<'_>],
    book: &Book<'_>,
) -> Result<Vec<SheetWriter>, XlsxError> {
    grids.iter().map(|NamedGrid { sheet, grid }| figure_page(sheet, grid, sides, book)).collect()
}

fn figure_page(
    sheet: &str,
    grid: &Grid,
    sides: &[FormulaWorkbook<'_>],
    book: &Book<'_>,
) -> Result<SheetWriter, XlsxError> {
    let mut page = book.page(sheet.to_owned())?;
    let is_computed = grid.rows.iter().flat_map(|row| &row.cells).any(|cell| source(cell).is_some());
    let hint = if is_computed { "xlsx-hint-figures" } else { "xlsx-hint-notes" };
    page.free_text(1, 0, &book.catalog.word(hint), book.styles.hint())?;
    let end = plain::write_grid_page(&mut page, grid, book, &|source, place, value| {
        let formula = formula(source, place, grid, sides)?;
        let result = match value {
            _ if is_open(source, place, grid, sides) => sides.first()?.words.open.clone(),
            known @ (Cell::Count(_) | Cell::Money(_)) => known.text(book.catalog),
            _ => sides.first()?.words.open.clone(),
        };
        Some((format!("={formula}"), result))
    })?;
    gaps::write(&mut page, end + 1, grid, sides)?;
    Ok(page)
}

/// Whether a figure comes to the word for what is not known, although the report has the part that is.
fn is_open(source: Source, place: CellPosition, grid: &Grid, sides: &[FormulaWorkbook<'_>]) -> bool {
    let beside = |back: u16| {
        let row = grid.rows.get(usize::try_from(place.row - place.top - 1).ok()?)?;
        self::source(row.cells.get(usize::from(place.column.checked_sub(back)?))?)
    };
    match source {
        Source::Share { basis, order, .. } => {
            sides.get(basis).is_some_and(|side| side.has_open_shares(order))
        }
        Source::Difference => [1, 2]
            .into_iter()
            .filter_map(beside)
            .any(|source| source != Source::Difference && is_open(source, place, grid, sides)),
        _ => false,
    }
}

/// How the figure of a cell follows.
fn source(cell: &Cell) -> Option<Source> {
    match cell {
        Cell::Computed { source, .. } => Some(*source),
        _ => None,
    }
}

/// A figure as a formula without its sign; `None` where its basis is not there.
fn formula(
    source: Source,
    place: CellPosition,
    grid: &Grid,
    sides: &[FormulaWorkbook<'_>],
) -> Option<String> {
    let CellPosition { top, row, column } = place;
    let above = || (row > top + 1).then(|| format!("SUM({})", cell_range(top + 1, column, row - 1, column)));
    Some(match source {
        Source::Payable(order) => sides.first()?.payable_of(order),
        Source::Accounts(order, account_type) => sides.first()?.item_accounts(order, account_type),
        Source::Share { basis, order, member, status } => sides.get(basis)?.share_of(order, member, status),
        Source::Orders { basis, status } => sides.get(basis)?.total_of(status),
        Source::Placed { from, to, what } => sides.first()?.placed(what, from, to),
        Source::Column => format!("ROUND({},2)", above()?),
        Source::Remainder => {
            let total = row_col_to_cell(top + RowNum::try_from(grid.rows.len()).ok()?, column);
            above().map_or_else(|| total.clone(), |above| format!("ROUND({total}-{above},2)"))
        }
        Source::Difference => {
            let [new, old] = [1, 2].map(|back| row_col_to_cell(row, column.saturating_sub(back)));
            format!("IFERROR(ROUND({new}-{old},2),{})", quoted(&sides.first()?.words.open))
        }
    })
}
