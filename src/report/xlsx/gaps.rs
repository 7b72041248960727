//! The rows under the sums of a grid, which count what the sums leave out, so that no edit hides a gap. In go
//! a grid and the sheets of its orders; read [`write()`] first.

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::Written;
use super::figures::{source, sums_up_periods};
use super::formula_workbook::FormulaWorkbook;
use super::grid::HEADER_ROW;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::totals::GapCell;
use super::users::UNFOLLOWED;
use super::words::quoted;
use crate::money::Money;
use crate::pricing::OrderStatus;
use crate::report::{Cell, Grid, RowRole, Source};

/// Returns the rows of the gaps of periods.
pub(super) fn rows_of_periods(negotiates: bool) -> RowNum {
    if negotiates { 5 } else { 3 }
}

/// Writes the gaps of a grid from a row on, and beside each period the completeness of its sums.
pub(super) fn write(
    sheet: &mut SheetWriter<'_>,
    top: RowNum,
    grid: &Grid,
    sides: &[FormulaWorkbook<'_>],
) -> Written {
    let Some(total) = grid.rows.iter().rfind(|row| row.role == RowRole::Total) else { return Ok(()) };
    let label = total.cells.iter().position(|cell| *cell.value() != Cell::Empty).unwrap_or(0);
    let label = ColNum::try_from(label).unwrap_or(0);
    if let Some(side) = sides.first().filter(|_| sums_up_periods(grid)) {
        let last = ColNum::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
        write_cells(sheet, top, label, last, &gaps_of_periods(grid, last, side))?;
        return write_period_remarks(sheet, grid, last + 1, side);
    }
    let totals = (0..).zip(&total.cells).filter_map(|(column, cell)| match source(cell)? {
        Source::Orders { basis, .. } => Some((column, sides.get(basis)?)),
        _ => None,
    });
    for (column, side) in totals {
        let mut cells = side.gap_cells();
        let (formula, result) = side.completeness();
        cells.push(GapCell { label: "xlsx-sums-are", formula, result, kind: Kind::RightText });
        write_cells(sheet, top, label, column, &cells)?;
    }
    Ok(())
}

/// A purchase that a reader moves out of all periods is in no sum either.
fn gaps_of_periods(grid: &Grid, last: ColNum, side: &FormulaWorkbook<'_>) -> Vec<GapCell> {
    let items = grid.rows.iter().filter(|row| row.role == RowRole::Item).count();
    let items = RowNum::try_from(items).unwrap_or(0);
    let sum = format!("SUM({})", cell_range(HEADER_ROW + 1, last, HEADER_ROW + items, last));
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
    let formula = match side.is_projected() {
        true => format!("IF({UNFOLLOWED}>0,{incomplete},IF({outside}<>0,{incomplete},{complete}))"),
        false => format!("IF({outside}<>0,{incomplete},{complete})"),
    };
    cells.push(GapCell { label: "xlsx-sums-are", formula, result, kind: Kind::RightText });
    cells
}

fn write_cells(
    sheet: &mut SheetWriter<'_>,
    top: RowNum,
    label: ColNum,
    column: ColNum,
    gaps: &[GapCell],
) -> Written {
    for (row, gap) in (top..).zip(gaps) {
        let text = sheet.book.word(gap.label);
        let mut cells = sheet.row(row, Role::Plain);
        cells.text(label, &text)?;
        cells.formula(column, gap.kind, &gap.formula, &gap.result)?;
        if gap.label == "xlsx-sums-are" {
            let complete = sheet.book.word("xlsx-complete");
            sheet.mark_unless(&complete, (row, row), column)?;
        }
    }
    Ok(())
}

/// Writes the completeness of the sums beside each period.
fn write_period_remarks(
    sheet: &mut SheetWriter<'_>,
    grid: &Grid,
    column: ColNum,
    side: &FormulaWorkbook<'_>,
) -> Written {
    sheet.title(HEADER_ROW, column, &side.book.word("xlsx-remark"), Kind::Text)?;
    for (row, line) in (HEADER_ROW + 1..).zip(&grid.rows) {
        let period = line.cells.iter().find_map(|cell| match source(cell)? {
            Source::Placed { from, to, .. } => Some((from, to)),
            _ => None,
        });
        let (formula, result) = match period {
            Some((from, to)) => side.placed_completeness(from, to),
            None => {
                let (_, result) = side.completeness();
                let rows = RowNum::try_from(grid.rows.len() + gaps_of_periods(grid, column, side).len());
                let last = HEADER_ROW + rows.unwrap_or(0) + 1;
                (row_col_to_cell(last, column - 1), result)
            }
        };
        let role = if line.role == RowRole::Total { Role::Total } else { Role::Plain };
        sheet.row(row, role).formula(column, Kind::Word, &formula, result)?;
    }
    let last = HEADER_ROW + RowNum::try_from(grid.rows.len()).unwrap_or(0);
    sheet.mark_unless(side.words.completeness(true), (HEADER_ROW + 1, last), column)
}
