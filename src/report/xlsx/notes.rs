//! The sheet of notes: headings, fields and remarks in two columns.

use rust_xlsxwriter::{FormatAlign, RowNum};

use super::sheet::SheetWriter;
use super::style::{CAUTION_INK, Kind, Role};
use super::{Book, SheetNames, Written};
use crate::report::assumptions::assumption_lines;
use crate::report::{Block, Field, Remark, Tone, Workbook};

const LABEL_WIDTH: usize = 10;
/// Columns of text beside the label, which fill a page of A4 upright.
const SENTENCE_WIDTH: u32 = 84;
/// A row cannot be higher than about 400 points.
const MOST_LINES: u32 = 25;

/// Writes the notes of a workbook on a sheet.
pub(super) fn sheet<'b>(
    workbook: &Workbook,
    name: &'static str,
    book: &'b Book<'b>,
    names: &mut SheetNames,
) -> Written<SheetWriter<'b>> {
    let title = book.catalog.text(&workbook.header.title);
    let mut sheet = SheetWriter::titled(book, &names.name(&book.word(name)), &title)?;
    sheet.sheet().set_portrait();
    sheet.widen(0, LABEL_WIDTH);
    sheet.fix_width(1, SENTENCE_WIDTH)?;
    let mut row = 2;
    for (text, tone) in workbook.header.answer.lines() {
        let remark = Remark::new(text.clone()).toned(tone);
        write_remark(&mut sheet, row, &remark)?;
        row += 1;
    }
    for text in assumption_lines(&workbook.header.assumptions, None) {
        write_remark(&mut sheet, row, &Remark::new(text))?;
        row += 1;
    }
    for block in &workbook.notes {
        match block {
            Block::Heading(title) => {
                sheet.free_text(row + 1, 0, &book.catalog.text(&title.title), book.styles.strong())?;
                row += 2;
            }
            Block::Fields(fields) => {
                for (row, field) in (row..).zip(fields) {
                    write_field(&mut sheet, row, field)?;
                }
                row += RowNum::try_from(fields.len()).unwrap_or(0);
            }
            Block::Remarks(remarks) => {
                for (row, remark) in (row..).zip(remarks) {
                    write_remark(&mut sheet, row, remark)?;
                }
                row += RowNum::try_from(remarks.len()).unwrap_or(0);
            }
            Block::Grid(_) | Block::Chart(_) => {}
        }
    }
    Ok(sheet)
}

fn write_field(sheet: &mut SheetWriter<'_>, row: RowNum, field: &Field) -> Written {
    let book = sheet.book;
    sheet.row(row, Role::Header).text(0, &book.catalog.text(&field.label))?;
    let role = if field.tone == Tone::Strong { Role::Total } else { Role::Plain };
    let kind = Kind::of(&field.value);
    let style = book.styles.of(kind, role).clone().set_text_wrap().set_align(FormatAlign::Left).set_indent(1);
    let style = if field.tone == Tone::Caution { style.set_font_color(CAUTION_INK) } else { style };
    let text = field.value.text(book.catalog);
    sheet.lines(row, lines(&text))?;
    match field.value.digits() {
        Some(digits) => sheet.number(row, 1, &digits, &style),
        None => sheet.free_text(row, 1, &text, &style),
    }
}

fn write_remark(sheet: &mut SheetWriter<'_>, row: RowNum, remark: &Remark) -> Written {
    let book = sheet.book;
    sheet.text(row, 0, remark.tag.as_ref().map_or("•", |tag| &tag.text), book.styles.sentence())?;
    let style = match remark.tone {
        Tone::Strong => book.styles.strong_sentence(),
        Tone::Caution | Tone::Overdue | Tone::Due => book.styles.caution(),
        Tone::Plain | Tone::Free => book.styles.sentence(),
    };
    let text = book.catalog.text(&remark.text);
    sheet.lines(row, lines(&text))?;
    sheet.free_text(row, 1, &text, style)
}

/// Lines that a sentence takes.
fn lines(text: &str) -> u32 {
    // A little narrower than the column: fonts differ.
    let lines = textwrap::wrap(text, SENTENCE_WIDTH as usize - 8).len();
    u32::try_from(lines).unwrap_or(1).clamp(1, MOST_LINES)
}
