use rust_xlsxwriter::{ColNum, FormatAlign, RowNum, XlsxError};

use super::page::SheetWriter;
use super::style::{CAUTION_INK, Kind, Role};
use super::{Book, SheetNames};
use crate::report::{Align, Block, Cell, Field, Grid, Remark, RowRole, Source, Tone, Workbook};

/// The sheets of a workbook that computes nothing: its notes first, then each of its grids.
pub(super) fn pages(
    workbook: &Workbook,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Result<Vec<SheetWriter>, XlsxError> {
    let mut pages = Vec::new();
    if !workbook.notes.is_empty() {
        pages.push(sentences(&workbook.notes, "xlsx-sheet-summary", None, book, names)?);
    }
    pages.extend(grid_pages(workbook, book, names)?);
    Ok(pages)
}

/// The grids of a workbook, each on a sheet.
pub(super) fn grid_pages(
    workbook: &Workbook,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Result<Vec<SheetWriter>, XlsxError> {
    grids(workbook, book)
        .map(|(grid, wanted)| {
            let mut page = book.page(names.name(&wanted))?;
            write_grid_page(&mut page, grid, book, &|_, _, _| None)?;
            Ok(page)
        })
        .collect()
}

/// The grids of a workbook, each with the name of its sheet; without one, with what the workbook is.
pub(super) fn grids<'r>(workbook: &'r Workbook, book: &Book<'_>) -> impl Iterator<Item = (&'r Grid, String)> {
    let unnamed = || book.title.split(" · ").next().unwrap_or_default().to_owned();
    workbook.sheets.iter().map(move |sheet| {
        (&sheet.grid, sheet.name.as_ref().map_or_else(unnamed, |name| book.catalog.text(name)))
    })
}

/// Notes as a sheet, with a hint on how to take them.
pub(super) fn sentences(
    notes: &[Block],
    name: &'static str,
    hint: Option<&'static str>,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Result<SheetWriter, XlsxError> {
    let mut page = book.page(names.name(&book.catalog.word(name)))?;
    page.sheet().set_portrait();
    page.widen(0, LABEL_WIDTH);
    page.fix_width(1, SENTENCE_WIDTH)?;
    if let Some(hint) = hint {
        page.free_text(1, 0, &book.catalog.word(hint), book.styles.hint())?;
    }
    let mut row = 2;
    for block in notes {
        match block {
            Block::Heading(title) => {
                row += 1;
                page.free_text(row, 0, &book.catalog.text(&title.title), book.styles.strong())?;
                row += 1;
            }
            Block::Fields(fields) => row = write_fields(&mut page, row, fields, book)?,
            Block::Remarks(remarks) => row = write_remarks(&mut page, row, remarks, book)?,
            Block::Grid(_) | Block::Chart(_) => {}
        }
    }
    Ok(page)
}

/// Rows with a label and a value; the row after them.
fn write_fields(
    page: &mut SheetWriter,
    top: RowNum,
    fields: &[Field],
    book: &Book<'_>,
) -> Result<RowNum, XlsxError> {
    let mut row = top;
    for field in fields {
        page.text(row, 0, &book.catalog.text(&field.label), book.styles.of(Kind::Text, Role::Header))?;
        let role = if field.tone == Tone::Strong { Role::Total } else { Role::Plain };
        let kind = Kind::of(&field.value);
        let style =
            book.styles.of(kind, role).clone().set_text_wrap().set_align(FormatAlign::Left).set_indent(1);
        let style = if field.tone == Tone::Caution { style.set_font_color(CAUTION_INK) } else { style };
        let text = field.value.text(book.catalog);
        page.lines(row, lines(&text))?;
        match kind {
            Kind::Text | Kind::Date => page.free_text(row, 1, &text, &style)?,
            _ => page.number(row, 1, &text, &style)?,
        }
        row += 1;
    }
    Ok(row)
}

/// Rows with a tag and a sentence; the row after them.
fn write_remarks(
    page: &mut SheetWriter,
    top: RowNum,
    remarks: &[Remark],
    book: &Book<'_>,
) -> Result<RowNum, XlsxError> {
    let mut row = top;
    for remark in remarks {
        page.text(row, 0, remark.tag.as_ref().map_or("•", |tag| &tag.text), book.styles.sentence())?;
        let style = match remark.tone {
            Tone::Caution => book.styles.caution(),
            Tone::Plain | Tone::Strong => book.styles.sentence(),
        };
        let text = book.catalog.text(&remark.text);
        page.lines(row, lines(&text))?;
        page.free_text(row, 1, &text, style)?;
        row += 1;
    }
    Ok(row)
}

/// The rows of a grid with its header; the row after them.
fn write_grid(
    page: &mut SheetWriter,
    top: RowNum,
    grid: &Grid,
    book: &Book<'_>,
    formulas: Formulas<'_>,
) -> Result<RowNum, XlsxError> {
    let titles: Vec<String> = grid.columns.iter().map(|column| book.catalog.text(&column.title)).collect();
    for ((column, title), text) in (0..).zip(&grid.columns).zip(&titles) {
        let kind = if title.align == Align::Right { Kind::RightText } else { Kind::Text };
        page.title(top, column, text, kind, &book.styles)?;
    }
    page.title_height(top, titles.iter().map(String::as_str))?;
    let mut row = top + 1;
    for line in &grid.rows {
        let role = if line.role == RowRole::Total { Role::Total } else { Role::Plain };
        for (column, cell) in (0..).zip(&line.cells) {
            write_cell(page, CellPosition { top, row, column }, cell, role, book, formulas)?;
        }
        row += 1;
    }
    if let Some(footer) = &grid.footer {
        let last = ColNum::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
        for column in 0..last {
            page.blank(row, column, book.styles.of(Kind::Text, Role::Total))?;
        }
        page.free_text(row, 0, &footer.text, book.styles.of(Kind::Text, Role::Total))?;
        page.cell(row, last, &footer.value, Role::Total, &book.styles, book.catalog)?;
        row += 1;
    }
    Ok(row)
}

fn write_cell(
    page: &mut SheetWriter,
    place: CellPosition,
    cell: &Cell,
    role: Role,
    book: &Book<'_>,
    formulas: Formulas<'_>,
) -> Result<(), XlsxError> {
    let CellPosition { row, column, .. } = place;
    if let Cell::Computed { value, source } = cell
        && let Some((formula, result)) = formulas(*source, place, value)
    {
        let kind = if matches!(**value, Cell::Count(_)) { Kind::Count } else { Kind::Money };
        return page.formula(row, column, &formula, &result, book.styles.of(kind, role));
    }
    page.cell(row, column, cell, role, &book.styles, book.catalog)
}

/// A grid as a sheet of its own; the row after it.
pub(super) fn write_grid_page(
    page: &mut SheetWriter,
    grid: &Grid,
    book: &Book<'_>,
    formulas: Formulas<'_>,
) -> Result<RowNum, XlsxError> {
    let end = write_grid(page, GRID_TOP, grid, book, formulas)?;
    page.sheet().set_freeze_panes(GRID_TOP + 1, 0)?;
    page.sheet().set_repeat_rows(GRID_TOP, GRID_TOP)?;
    let items = grid.rows.iter().take_while(|row| row.role == RowRole::Item).count();
    if let (Some(last), Ok(items)) = (grid.columns.len().checked_sub(1), RowNum::try_from(items))
        && items > 1
        && let Ok(last) = ColNum::try_from(last)
    {
        page.sheet().autofilter(GRID_TOP, 0, (GRID_TOP + items).min(end), last)?;
    }
    Ok(end)
}

/// A computed cell as a formula and what it comes to; `None` where it stays a value.
pub(super) type Formulas<'f> = &'f dyn Fn(Source, CellPosition, &Cell) -> Option<(String, String)>;

/// Where a cell of a grid is.
#[derive(Debug, Clone, Copy)]
pub(super) struct CellPosition {
    /// The row of the grid's header.
    pub(super) top: RowNum,
    pub(super) row: RowNum,
    pub(super) column: ColNum,
}

pub(super) const GRID_TOP: RowNum = 2;
const LABEL_WIDTH: usize = 10;
/// Columns of text beside the label, which fill a page of A4 upright.
const SENTENCE_WIDTH: u32 = 84;
/// Lines that a sentence takes.
fn lines(text: &str) -> u32 {
    // A little narrower than the column: fonts differ.
    let lines = textwrap::wrap(text, SENTENCE_WIDTH as usize - 8).len();
    u32::try_from(lines).unwrap_or(1).clamp(1, MOST_LINES)
}

/// A row cannot be higher than about 400 points.
const MOST_LINES: u32 = 25;
