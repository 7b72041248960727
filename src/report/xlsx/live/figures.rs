//! The grids of a report whose figures follow from its orders.

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{RowNum, XlsxError};

use super::summary::GapCell;
use super::{Live, quoted};
use crate::money::Money;
use crate::pricing::OrderStatus;
use crate::report::xlsx::page::Page;
use crate::report::xlsx::plain::{self, Place};
use crate::report::xlsx::style::{Kind, Role};
use crate::report::xlsx::{Book, SheetNames};
use crate::report::{Cell, Grid, Report, RowRole, Source};

/// A grid that has a sheet of its own.
pub(super) struct NamedGrid<'r> {
    sheet: String,
    grid: &'r Grid,
}

/// The grids that say something which the orders do not.
pub(super) fn named_grids<'r>(
    report: &'r Report,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Vec<NamedGrid<'r>> {
    plain::grids(report, book)
        .filter(|(grid, _)| !grid.repeats_basis)
        .map(|(grid, wanted)| NamedGrid { sheet: names.name(&wanted), grid })
        .collect()
}

/// A sheet for each grid, with formulas over the sheets of the orders.
pub(super) fn figure_pages(
    grids: &[NamedGrid<'_>],
    sides: &[Live<'_>],
    book: &Book<'_>,
) -> Result<Vec<Page>, XlsxError> {
    grids.iter().map(|NamedGrid { sheet, grid }| figure_page(sheet, grid, sides, book)).collect()
}

fn figure_page(sheet: &str, grid: &Grid, sides: &[Live<'_>], book: &Book<'_>) -> Result<Page, XlsxError> {
    let mut page = book.page(sheet.to_owned())?;
    let sources = || grid.rows.iter().flat_map(|row| &row.cells).filter_map(source);
    let hint = if sources().next().is_some() { "xlsx-hint-figures" } else { "xlsx-hint-notes" };
    page.free_text(1, 0, &book.catalog.word(hint), book.styles.hint())?;
    let end = plain::write_grid_page(&mut page, grid, book, &|source, place, value| {
        let formula = formula(source, place, grid, sides)?;
        let result = match value {
            known @ (Cell::Count(_) | Cell::Money(_)) => known.text(book.catalog),
            _ => sides.first()?.words.open.clone(),
        };
        Some((format!("={formula}"), result))
    })?;
    if sources().any(|source| matches!(source, Source::Placed { .. }))
        && let Some(side) = sides.first()
    {
        write_gaps(&mut page, end + 1, grid, side)?;
    }
    Ok(page)
}

fn source(cell: &Cell) -> Option<Source> {
    match cell {
        Cell::Computed { source, .. } => Some(*source),
        _ => None,
    }
}

/// A figure as a formula without its sign; `None` where its basis is not there.
fn formula(source: Source, place: Place, grid: &Grid, sides: &[Live<'_>]) -> Option<String> {
    let Place { top, row, column } = place;
    let above = || (row > top + 1).then(|| format!("SUM({})", cell_range(top + 1, column, row - 1, column)));
    Some(match source {
        Source::Payable(order) => sides.first()?.payable_of(order),
        Source::Accounts(order, account_type) => sides.first()?.item_accounts(order, account_type),
        Source::Share { basis, order, member } => sides.get(basis)?.share_of(order, member),
        Source::Orders { basis, status } => sides.get(basis)?.total_of(status),
        Source::Placed { from, to, what } => sides.first()?.placed(what, from, to),
        Source::Column => format!("ROUND({},2)", above()?),
        Source::Rest => {
            let total = row_col_to_cell(top + RowNum::try_from(grid.rows.len()).ok()?, column);
            above().map_or_else(|| total.clone(), |above| format!("ROUND({total}-{above},2)"))
        }
        Source::Difference => {
            let [new, old] = [1, 2].map(|back| row_col_to_cell(row, column.saturating_sub(back)));
            format!("IFERROR(ROUND({new}-{old},2),{})", quoted(&sides.first()?.words.open))
        }
    })
}

/// What the sums leave out, and whether they are complete.
fn write_gaps(page: &mut Page, top: RowNum, grid: &Grid, side: &Live<'_>) -> Result<(), XlsxError> {
    let last = u16::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
    let style = |kind| side.book.styles.of(kind, Role::Plain);
    let items =
        RowNum::try_from(grid.rows.iter().filter(|row| row.role == RowRole::Item).count()).unwrap_or(0);
    let sum = format!("SUM({})", cell_range(plain::GRID_TOP + 1, last, plain::GRID_TOP + items, last));
    let outside = GapCell {
        label: "xlsx-in-no-period",
        formula: format!("ROUND({}-{sum},2)", side.total_of(OrderStatus::Confirmed)),
        result: Money::ZERO.to_string(),
        kind: Kind::Money,
    };
    for (row, gap) in (top..).zip(std::iter::once(outside).chain(side.gap_cells())) {
        page.text(row, 0, &side.book.catalog.word(gap.label), style(Kind::Text))?;
        for column in 1..last {
            page.blank(row, column, style(Kind::Text))?;
        }
        page.formula(row, last, &format!("={}", gap.formula), &gap.result, style(gap.kind))?;
    }
    Ok(())
}
