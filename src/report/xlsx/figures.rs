//! The grids of a workbook whose figures follow from its orders.

use super::formula_workbook::FormulaWorkbook;
use super::grid::{self, CellPosition, HEADER_ROW};
use super::sheet::SheetWriter;
use super::{Book, Written, gaps};
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
    sheet.hint(2, if is_computed { "xlsx-hint-figures" } else { "xlsx-hint-notes" })?;
    let end = grid::write_grid(&mut sheet, grid, &|source, position, value| {
        let formula = formula(source, position, grid, sides)?;
        let known = value.digits().filter(|_| !is_open(source, position, grid, sides));
        let result = known.or_else(|| sides.first().map(|side| side.words.open.clone()))?;
        Some((formula, result))
    })?;
    gaps::write(&mut sheet, end + 1, grid, sides)?;
    Ok(sheet)
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
        Source::Accounts(order, account_type) => sides.first()?.item_accounts(order, account_type),
        Source::Share { basis, order, member, status } => sides.get(basis)?.share_of(order, member, status),
        Source::Orders { basis, status } => sides.get(basis)?.total_of(status),
        Source::Placed { from, to, what } => sides.first()?.placed(what, from, to),
        _ => return grid::own_formula(source, position, grid, &sides.first()?.words.open),
    })
}
