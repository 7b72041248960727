//! Whatever a reader changes, no sum hides a gap: what it leaves out stands under it.

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::source;
use crate::money::Money;
use crate::pricing::OrderStatus;
use crate::report::xlsx::live::summary::GapCell;
use crate::report::xlsx::live::{FormulaWorkbook, quoted};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::plain::GRID_TOP;
use crate::report::xlsx::style::{Kind, Role};
use crate::report::{Cell, Grid, RowRole, Source};

/// Writes what the sums of a grid leave out, from a row on, and for periods, whether each is complete.
pub(super) fn write(
    page: &mut SheetWriter,
    top: RowNum,
    grid: &Grid,
    sides: &[FormulaWorkbook<'_>],
) -> Result<(), XlsxError> {
    let Some(total) = grid.rows.iter().rfind(|row| row.role == RowRole::Total) else { return Ok(()) };
    let label = total.cells.iter().position(|cell| *cell.value() != Cell::Empty).unwrap_or(0);
    let label = ColNum::try_from(label).unwrap_or(0);
    let has_periods = grid
        .rows
        .iter()
        .flat_map(|row| &row.cells)
        .any(|cell| matches!(source(cell), Some(Source::Placed { .. })));
    if let Some(side) = sides.first().filter(|_| has_periods) {
        let last = ColNum::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
        let cells = gaps_of_periods(grid, last, side);
        write_labels(page, top, label, &cells, side)?;
        write_column(page, top, last, &cells, side)?;
        return write_period_remarks(page, grid, last + 1, side);
    }
    let totals = (0..).zip(&total.cells).filter_map(|(column, cell)| match source(cell)? {
        Source::Orders { basis, .. } => Some((column, sides.get(basis)?)),
        _ => None,
    });
    for (column, side) in totals {
        let cells = gaps_of_side(side);
        write_labels(page, top, label, &cells, side)?;
        write_column(page, top, column, &cells, side)?;
    }
    Ok(())
}

fn gaps_of_side(side: &FormulaWorkbook<'_>) -> Vec<GapCell> {
    let mut cells = side.gap_cells();
    let (formula, result) = side.completeness();
    cells.push(GapCell { label: "xlsx-sums-are", formula, result, kind: Kind::RightText });
    cells
}

/// A purchase that a reader moves out of all periods is in no sum either.
fn gaps_of_periods(grid: &Grid, last: ColNum, side: &FormulaWorkbook<'_>) -> Vec<GapCell> {
    let items = grid.rows.iter().filter(|row| row.role == RowRole::Item).count();
    let items = RowNum::try_from(items).unwrap_or(0);
    let sum = format!("SUM({})", cell_range(GRID_TOP + 1, last, GRID_TOP + items, last));
    let outside = format!("ROUND({}-{sum},2)", side.total_of(OrderStatus::Confirmed));
    let (complete, result) = side.completeness();
    let incomplete = quoted(&side.words.incomplete);
    let mut cells = vec![GapCell {
        label: "xlsx-in-no-period",
        formula: outside.clone(),
        result: Money::ZERO.to_string(),
        kind: Kind::Money,
    }];
    cells.extend(side.gap_cells());
    let formula = format!("IF({outside}<>0,{incomplete},{complete})");
    cells.push(GapCell { label: "xlsx-sums-are", formula, result, kind: Kind::RightText });
    cells
}

fn write_labels(
    page: &mut SheetWriter,
    top: RowNum,
    column: ColNum,
    cells: &[GapCell],
    side: &FormulaWorkbook<'_>,
) -> Result<(), XlsxError> {
    let style = side.book.styles.of(Kind::Text, Role::Plain);
    for (row, gap) in (top..).zip(cells) {
        page.text(row, column, &side.book.catalog.word(gap.label), style)?;
    }
    Ok(())
}

fn write_column(
    page: &mut SheetWriter,
    top: RowNum,
    column: ColNum,
    cells: &[GapCell],
    side: &FormulaWorkbook<'_>,
) -> Result<(), XlsxError> {
    for (row, gap) in (top..).zip(cells) {
        let style = side.book.styles.of(gap.kind, Role::Plain);
        page.formula(row, column, &format!("={}", gap.formula), &gap.result, style)?;
    }
    Ok(())
}

/// Beside each period, whether its sums are complete.
fn write_period_remarks(
    page: &mut SheetWriter,
    grid: &Grid,
    column: ColNum,
    side: &FormulaWorkbook<'_>,
) -> Result<(), XlsxError> {
    let styles = &side.book.styles;
    page.title(GRID_TOP, column, &side.book.catalog.word("xlsx-remark"), Kind::Text, styles)?;
    for (row, line) in (GRID_TOP + 1..).zip(&grid.rows) {
        let period = line.cells.iter().find_map(|cell| match source(cell)? {
            Source::Placed { from, to, .. } => Some((from, to)),
            _ => None,
        });
        let (formula, result) = match period {
            Some((from, to)) => side.placed_completeness(from, to),
            None => {
                let (_, result) = side.completeness();
                let rows = RowNum::try_from(grid.rows.len() + gaps_of_periods(grid, column, side).len());
                let last = GRID_TOP + rows.unwrap_or(0) + 1;
                (row_col_to_cell(last, column - 1), result)
            }
        };
        let role = if line.role == RowRole::Total { Role::Total } else { Role::Plain };
        page.formula(row, column, &format!("={formula}"), &result, styles.of(Kind::Word, role))?;
    }
    Ok(())
}
