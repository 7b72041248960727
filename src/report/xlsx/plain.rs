use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::page::Page;
use super::style::{Kind, Role};
use super::{Book, SheetNames};
use crate::report::{Align, Block, Field, Grid, Remark, Report, RowRole, Tone};

/// The sheets of a report that computes nothing: its sentences first, then each of its grids, then its items.
pub(super) fn pages(
    report: &Report,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Result<Vec<Page>, XlsxError> {
    let mut pages = Vec::new();
    if has_sentences(report) {
        pages.push(sentences(report, "xlsx-sheet-summary", book, names)?);
    }
    let mut heading = None;
    let mut told = false;
    for block in &report.blocks {
        match block {
            Block::Heading(title) => heading = Some(title.text(book.catalog)),
            Block::Grid(grid) => {
                told |= *grid == report.items;
                let wanted = heading.clone().unwrap_or_else(|| book.catalog.word("xlsx-sheet-overview"));
                pages.push(grid_page(grid, &wanted, book, names)?);
            }
            Block::Fields(_) | Block::Remarks(_) | Block::Chart(_) => {}
        }
    }
    if !told {
        pages.push(grid_page(&report.items, &book.catalog.word("xlsx-sheet-items"), book, names)?);
    }
    Ok(pages)
}

/// Whether the report says something outside its grids.
pub(super) fn has_sentences(report: &Report) -> bool {
    report.blocks.iter().any(|block| matches!(block, Block::Fields(_) | Block::Remarks(_)))
}

/// All that a report says outside its grids, as a sheet.
pub(super) fn sentences(
    report: &Report,
    name: &'static str,
    book: &Book<'_>,
    names: &mut SheetNames,
) -> Result<Page, XlsxError> {
    let mut page = book.page(names.name(&book.catalog.word(name)))?;
    page.sheet().set_portrait();
    page.widen(0, LABEL_WIDTH);
    page.sheet().set_column_width(1, SENTENCE_WIDTH)?;
    let mut row = 2;
    for (index, block) in report.blocks.iter().enumerate() {
        match block {
            Block::Heading(title) if leads_to_sentences(&report.blocks[index + 1..]) => {
                row += 1;
                page.free_text(row, 0, &title.text(book.catalog), book.styles.strong())?;
                row += 1;
            }
            Block::Fields(fields) => row = write_fields(&mut page, row, fields, book)?,
            Block::Remarks(remarks) => row = write_remarks(&mut page, row, remarks, book)?,
            Block::Heading(_) | Block::Grid(_) | Block::Chart(_) => {}
        }
    }
    Ok(page)
}

/// Rows with a label and a value, on a sheet of two columns or more; the row after them.
pub(super) fn write_fields(
    page: &mut Page,
    mut row: RowNum,
    fields: &[Field],
    book: &Book<'_>,
) -> Result<RowNum, XlsxError> {
    for field in fields {
        let role = role_of(field.tone);
        page.text(row, 0, &book.catalog.text(&field.label), book.styles.of(Kind::Text, Role::Header))?;
        page.sheet().set_row_height(row, lines(&field.value.text(book.catalog)) * LINE_HEIGHT)?;
        let style = book.styles.of(Kind::Text, role).clone().set_text_wrap().set_align(TOP);
        page.free_text(row, 1, &field.value.text(book.catalog), &style)?;
        row += 1;
    }
    Ok(row)
}

/// Rows with a tag and a sentence; the row after them.
pub(super) fn write_remarks(
    page: &mut Page,
    mut row: RowNum,
    remarks: &[Remark],
    book: &Book<'_>,
) -> Result<RowNum, XlsxError> {
    for remark in remarks {
        let text = book.catalog.text(&remark.text);
        page.text(row, 0, remark.tag.as_deref().unwrap_or("•"), book.styles.sentence())?;
        page.sheet().set_row_height(row, lines(&text) * LINE_HEIGHT)?;
        let style = match remark.tone {
            Tone::Caution => book.styles.of(Kind::Text, Role::Caution).clone().set_text_wrap().set_align(TOP),
            Tone::Plain | Tone::Strong => book.styles.sentence().clone(),
        };
        page.free_text(row, 1, &text, &style)?;
        row += 1;
    }
    Ok(row)
}

/// The rows of a grid with its header; the row after them.
pub(super) fn write_grid(
    page: &mut Page,
    top: RowNum,
    grid: &Grid,
    book: &Book<'_>,
) -> Result<RowNum, XlsxError> {
    for (column, title) in (0..).zip(&grid.columns) {
        let kind = if title.align == Align::Right { Kind::RightText } else { Kind::Text };
        page.text(top, column, &book.catalog.text(&title.title), book.styles.of(kind, Role::Header))?;
    }
    let mut row = top + 1;
    for line in &grid.rows {
        let role = if line.role == RowRole::Total { Role::Total } else { Role::Plain };
        for (column, cell) in (0..).zip(&line.cells) {
            page.cell(row, column, cell, role, &book.styles, book.catalog)?;
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

fn grid_page(grid: &Grid, wanted: &str, book: &Book<'_>, names: &mut SheetNames) -> Result<Page, XlsxError> {
    let mut page = book.page(names.name(wanted))?;
    let end = write_grid(&mut page, GRID_TOP, grid, book)?;
    page.sheet().set_freeze_panes(GRID_TOP + 1, 0)?;
    page.sheet().set_repeat_rows(GRID_TOP, GRID_TOP)?;
    let items = grid.rows.iter().take_while(|row| row.role == RowRole::Item).count();
    if let (Some(last), Ok(items)) = (grid.columns.len().checked_sub(1), RowNum::try_from(items))
        && items > 1
        && let Ok(last) = ColNum::try_from(last)
    {
        page.sheet().autofilter(GRID_TOP, 0, (GRID_TOP + items).min(end), last)?;
    }
    Ok(page)
}

const GRID_TOP: RowNum = 2;
const LABEL_WIDTH: usize = 10;
/// Columns of text beside the label, which fill a page of A4 upright.
const SENTENCE_WIDTH: u32 = 84;
/// Points of a line of text.
const LINE_HEIGHT: u32 = 16;
const TOP: rust_xlsxwriter::FormatAlign = rust_xlsxwriter::FormatAlign::Top;

/// Lines that a text takes beside its label. Readers of a file do not all fit a row to its text by themselves.
fn lines(text: &str) -> u32 {
    let width = textwrap::core::display_width(text);
    u32::try_from(width.div_ceil(SENTENCE_WIDTH as usize - 8)).unwrap_or(1).clamp(1, 20)
}

fn role_of(tone: Tone) -> Role {
    match tone {
        Tone::Plain => Role::Plain,
        Tone::Strong => Role::Total,
        Tone::Caution => Role::Caution,
    }
}

fn leads_to_sentences(following: &[Block]) -> bool {
    following
        .iter()
        .take_while(|block| !matches!(block, Block::Heading(_)))
        .any(|block| matches!(block, Block::Fields(_) | Block::Remarks(_)))
}
