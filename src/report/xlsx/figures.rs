//! The grids of a workbook whose figures follow from its orders.

use std::collections::HashMap;

use super::formula_workbook::{FormulaWorkbook, at};
use super::grid::{self, CellPosition, HEADER_ROW};
use super::sheet::SheetWriter;
use super::{Book, Written, gaps};
use crate::account::AccountType;
use crate::report::{Cell, Grid, Source};

/// Writes a grid with formulas over the sheets of the orders, and what its sums leave out.
pub(super) fn sheet<'b>(
    name: &str,
    grid: &Grid,
    sides: &[FormulaWorkbook<'_>],
    book: &'b Book<'b>,
) -> Written<SheetWriter<'b>> {
    let mut sheet = SheetWriter::new(book, name)?;
    let is_computed = grid.rows.iter().flat_map(|row| &row.cells).any(|cell| source(cell).is_some());
    let is_typed = grid.rows.iter().flat_map(|row| &row.cells).any(is_typed);
    sheet.hint(
        2,
        match (is_typed, is_computed) {
            (true, _) => "xlsx-hint-compare",
            (false, true) => "xlsx-hint-figures",
            (false, false) => "xlsx-hint-notes",
        },
    )?;
    write(&mut sheet, grid, sides)?;
    grid::finish(&mut sheet, grid)?;
    Ok(sheet)
}

/// Writes a grid, and what its sums leave out.
pub(super) fn write(sheet: &mut SheetWriter<'_>, grid: &Grid, sides: &[FormulaWorkbook<'_>]) -> Written {
    let end = grid::write_grid(sheet, grid, &|source, position, value| {
        let formula = formula(source, position, grid, sides)?;
        let known = value.digits().filter(|_| !is_open(source, position, grid, sides));
        let result = known.or_else(|| sides.first().map(|side| side.words.open.clone()))?;
        Some((formula, result))
    })?;
    gaps::write(sheet, end + 1, grid, sides)
}

/// Returns true if a figure shows the word for an unknown amount, although the workbook has the part that is
/// known.
fn is_open(source: Source, position: CellPosition, grid: &Grid, sides: &[FormulaWorkbook<'_>]) -> bool {
    let beside = |back: u16| {
        let row = grid.rows.get(usize::try_from(position.row - HEADER_ROW - 1).ok()?)?;
        self::source(row.cells.get(usize::from(position.column.checked_sub(back)?))?)
    };
    match source {
        Source::Share { basis, order, .. } => {
            sides.get(basis).is_some_and(|side| side.has_open_shares(order))
        }
        Source::Difference => [1, 2]
            .into_iter()
            .filter_map(beside)
            .any(|source| source != Source::Difference && is_open(source, position, grid, sides)),
        _ => false,
    }
}

/// Returns true if a grid sums up the orders of periods.
pub(super) fn sums_up_periods(grid: &Grid) -> bool {
    let cells = grid.rows.iter().flat_map(|row| &row.cells);
    cells.filter_map(source).any(|source| matches!(source, Source::Placed { .. }))
}

/// The cells in which the accounts of members are typed, by basis, order, member and type.
pub(super) type TypedCells = HashMap<(usize, usize, usize, AccountType), String>;

/// Returns the cells of grids in which accounts are typed, each by its sheet.
pub(super) fn typed_cells(grids: &[(&Grid, String)]) -> TypedCells {
    let mut typed = TypedCells::new();
    for (grid, sheet) in grids {
        for (row, line) in (HEADER_ROW + 1..).zip(&grid.rows) {
            for (column, cell) in (0..).zip(&line.cells) {
                if let Some(Source::Bought { basis, order, member, account_type }) = source(cell) {
                    typed.insert((basis, order, member, account_type), at(sheet, row, column));
                }
            }
        }
    }
    typed
}

/// Returns true for a cell in which accounts are typed.
fn is_typed(cell: &Cell) -> bool {
    matches!(source(cell), Some(Source::Bought { .. }))
}

/// Returns the source of the figure of a cell.
pub(super) fn source(cell: &Cell) -> Option<Source> {
    match cell {
        Cell::Computed { source, .. } => Some(*source),
        _ => None,
    }
}

/// Returns the formula of a figure; `None` if its basis is not there.
fn formula(
    source: Source,
    position: CellPosition,
    grid: &Grid,
    sides: &[FormulaWorkbook<'_>],
) -> Option<String> {
    Some(match source {
        Source::Payable(order) => sides.first()?.payable_of(order),
        Source::Bought { .. } => return None,
        Source::Accounts(order, account_type) => sides.first()?.bought(order, account_type),
        Source::Share { basis, order, member, status } => sides.get(basis)?.share_of(order, member, status),
        Source::Orders { basis, status } => sides.get(basis)?.total_of(status),
        Source::Placed { from, to, what } => sides.first()?.placed(what, from, to),
        _ => return grid::own_formula(source, position, grid, &sides.first()?.words.open),
    })
}
