//! The grids of a workbook as sheets: titles, rows and sums, as values or as the formulas that a caller
//! gives. Read [`write_grid`] first.

use rust_xlsxwriter::utility::{cell_range, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::words::quoted;
use super::{Book, SheetNames, Written, charts};
use crate::report::{Align, Cell, Grid, RowRole, Source, Tone, Workbook};

/// The row of a grid's header.
pub(super) const HEADER_ROW: RowNum = 4;

/// Writes the grids of a workbook, each on a sheet: values, and formulas over the other figures of a grid.
pub(super) fn sheets<'b>(
    workbook: &Workbook,
    book: &'b Book<'b>,
    names: &mut SheetNames,
) -> Written<Vec<SheetWriter<'b>>> {
    let grids = named_grids(workbook, book, names);
    let title = book.catalog.text(&workbook.header.title);
    let sheet = |(grid, name): (&Grid, String)| {
        let mut sheet = SheetWriter::titled(book, &name, &title)?;
        let open = book.word("report-unknown");
        write_grid(&mut sheet, grid, &|source, position, value| {
            Some((own_formula(source, position, grid, &open)?, value.digits()?))
        })?;
        finish(&mut sheet, grid)?;
        Ok(sheet)
    };
    grids.into_iter().map(sheet).collect()
}

/// Returns the grids of a workbook, each with the name of its sheet: its own, or what the workbook is.
pub(super) fn named_grids<'r>(
    workbook: &'r Workbook,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Vec<(&'r Grid, String)> {
    let title = book.catalog.text(&workbook.header.title);
    let unnamed = || title.split(" · ").next().unwrap_or_default().to_owned();
    let name = |name: &_| book.catalog.text(name);
    let sheets = workbook.sheets.iter();
    sheets.map(|sheet| (&sheet.grid, names.name(&sheet.name.as_ref().map_or_else(unnamed, name)))).collect()
}

/// Gives the formula of a computed cell, without its equals sign, and its result; `None` if it stays a
/// value.
pub(super) type Formulas<'f> = &'f dyn Fn(Source, CellPosition, &Cell) -> Option<(String, String)>;

/// The position of a cell of a grid on its sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellPosition {
    pub(super) row: RowNum,
    pub(super) column: ColNum,
}

/// Writes a grid with its header, and returns the row after it.
pub(super) fn write_grid(
    sheet: &mut SheetWriter<'_>,
    grid: &Grid,
    formulas: Formulas<'_>,
) -> Written<RowNum> {
    let catalog = sheet.book.catalog;
    let titles: Vec<_> = grid
        .columns
        .iter()
        .map(|column| {
            let kind = if column.align == Align::Right { Kind::RightText } else { Kind::Text };
            (catalog.text(&column.title), kind)
        })
        .collect();
    sheet.titles(HEADER_ROW, &titles)?;
    let mut row = HEADER_ROW + 1;
    for line in &grid.rows {
        let role = match (line.role, line.tone) {
            (RowRole::Total, _) => Role::Total,
            (_, Tone::Overdue) => Role::Overdue,
            (_, Tone::Due) => Role::Due,
            _ => Role::Plain,
        };
        for (column, cell) in (0..).zip(&line.cells) {
            write_cell(sheet, CellPosition { row, column }, role, cell, formulas)?;
        }
        row += 1;
    }
    if let Some(footer) = &grid.footer {
        let last = ColNum::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
        sheet.row(row, Role::Total).blanks(Kind::Text, 0..last)?;
        sheet.free_text(row, 0, &footer.text, sheet.book.styles.of(Kind::Text, Role::Total))?;
        sheet.row(row, Role::Total).cell(last, &footer.value)?;
        row += 1;
    }
    Ok(row)
}

/// Keeps the header of a sheet's only grid in view, and lets its rows be filtered.
pub(super) fn finish(sheet: &mut SheetWriter<'_>, grid: &Grid) -> Written {
    sheet.freeze_below(HEADER_ROW, HEADER_ROW)?;
    charts::write(sheet, grid)?;
    let items = grid.rows.iter().take_while(|row| row.role == RowRole::Item).count();
    if let (Some(last), Ok(items @ 2..)) = (grid.columns.len().checked_sub(1), RowNum::try_from(items))
        && let Ok(last) = ColNum::try_from(last)
    {
        sheet.sheet().autofilter(HEADER_ROW, 0, HEADER_ROW + items, last)?;
    }
    Ok(())
}

/// Returns the formula of a figure that follows from others of its grid; `None` for any other. Where an amount is
/// unknown, a difference is `open`.
pub(super) fn own_formula(source: Source, position: CellPosition, grid: &Grid, open: &str) -> Option<String> {
    let CellPosition { row, column } = position;
    let above = || {
        (row > HEADER_ROW + 1)
            .then(|| format!("SUM({})", cell_range(HEADER_ROW + 1, column, row - 1, column)))
    };
    Some(match source {
        Source::Column => format!("ROUND({},2)", above()?),
        Source::Remainder => {
            let total = row_col_to_cell(HEADER_ROW + RowNum::try_from(grid.rows.len()).ok()?, column);
            above().map_or_else(|| total.clone(), |above| format!("ROUND({total}-{above},2)"))
        }
        Source::Difference => {
            let [new, old] = [1, 2].map(|back| row_col_to_cell(row, column.saturating_sub(back)));
            format!("IFERROR(ROUND({new}-{old},2),{})", quoted(open))
        }
        Source::Relative => {
            let [difference, old] = [1, 3].map(|back| row_col_to_cell(row, column.saturating_sub(back)));
            format!("IFERROR(ROUND({difference}/{old},3),\"\")")
        }
        _ => return None,
    })
}

fn write_cell(
    sheet: &mut SheetWriter<'_>,
    position: CellPosition,
    role: Role,
    cell: &Cell,
    formulas: Formulas<'_>,
) -> Written {
    let is_typed = matches!(cell, Cell::Computed { source: Source::Bought { .. }, .. });
    let mut cells = sheet.row(position.row, if is_typed { Role::Input } else { role });
    if let Cell::Computed { value, source } = cell
        && let Some((formula, result)) = formulas(*source, position, value)
    {
        let kind = match (source, Kind::of(value)) {
            (Source::Relative, _) => Kind::Percent,
            (Source::Difference, _) => Kind::Change,
            (_, kind @ (Kind::Count | Kind::Change)) => kind,
            _ => Kind::Money,
        };
        return cells.formula(position.column, kind, &formula, result);
    }
    cells.cell(position.column, cell)
}
