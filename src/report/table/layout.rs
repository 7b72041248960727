//! Lays out grids and fields with `comfy-table`: which columns there is room for, and how wide each becomes.
//! Texts are broken before they reach it, since it does not know where Chinese may be.

use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, Table, TableStyle, Width, presets};

use super::sheet::TextSheet;
use super::stacked::stacked_lines;
use crate::diagnostic::lang::Catalog;
use crate::diagnostic::lang::line::{display_width, longest_name, longest_word, wrapped_cell};
use crate::diagnostic::lang::visible::one_line;
use crate::report::{Align, Field, Grid, LeftOut};

/// Returns the lines of a grid within a width: those of its header first, then those of each row.
pub(super) fn grid_lines(grid: &Grid, catalog: &Catalog, width: usize) -> Vec<Vec<String>> {
    let mut sheet = TextSheet::new(grid, catalog);
    let mut full_width = sheet.full_width();
    while full_width > width && sheet.remove_last(LeftOut::ToKeepLines) {
        full_width = sheet.full_width();
    }
    if full_width <= width {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        add_rows(&mut table, sheet);
        return table.lines().map(|line| vec![line.trim_end().to_owned()]).collect();
    }
    let columns = sheet.clone();
    make_room(&mut sheet, catalog, width);
    let narrowest = narrowest(&sheet);
    if total(&narrowest) > width {
        return stacked_lines(&columns, width);
    }
    let widths = widths(&sheet, &narrowest, width);
    let mut table = Table::new();
    sheet.rows = wrapped_rows(&sheet, &widths);
    add_rows(&mut table, sheet);
    for (drawn, width) in table.column_iter_mut().zip(&widths) {
        let width = u16::try_from(width + PADDING).unwrap_or(u16::MAX);
        drawn.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
    }
    lines_of_rows(&mut table)
}

/// Returns the lines of each field within a width: its label, and its value beside it.
pub(super) fn field_lines(fields: &[Field], catalog: &Catalog, width: usize) -> Vec<Vec<String>> {
    let labels: Vec<String> = fields.iter().map(|field| catalog.text(&field.label)).collect();
    let label_width = labels.iter().map(|label| display_width(label)).max().unwrap_or(0);
    let room = width.saturating_sub(label_width + 2 * PADDING - 1);
    let mut table = Table::new();
    for (field, label) in fields.iter().zip(labels) {
        table.add_row([label, wrapped_cell(&one_line(&field.value.text(catalog)), room).join("\n")]);
    }
    lines_of_rows(&mut table)
}

fn add_rows(table: &mut Table, sheet: TextSheet) {
    for row in sheet.rows {
        table.add_row(row);
    }
    for (drawn, column) in table.column_iter_mut().zip(&sheet.columns) {
        if column.align == Align::Right {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
}

/// Marks where one row ends and the next begins. No text has it, since each keeps to its line.
const SEPARATOR: char = '\u{1}';

fn lines_of_rows(table: &mut Table) -> Vec<Vec<String>> {
    table.load_style(TableStyle::new().row_separator(LineStyle::none().fill(SEPARATOR)));
    let mut rows = vec![Vec::new()];
    for line in table.lines() {
        match rows.last_mut() {
            Some(row) if !line.starts_with(SEPARATOR) => row.push(line.trim_end().to_owned()),
            _ => rows.push(Vec::new()),
        }
    }
    rows
}

/// Blanks on both sides of a cell.
pub(super) const PADDING: usize = 2;
/// Below so many columns, a text is hard to read.
const LEAST_TEXT: usize = 8;
/// A longer word is broken rather than kept whole.
const LONGEST_WORD: usize = 24;

/// Makes room step by step: until no row needs a second line, with both account types in one column and with texts
/// behind one another; until no name is broken, without the columns that are not worth that; at last, until no word is
/// broken, with all texts under one another.
fn make_room(sheet: &mut TextSheet, catalog: &Catalog, width: usize) {
    if sheet.full_width() > width {
        sheet.fold(catalog);
    }
    while sheet.full_width() > width && sheet.join() {}
    while least_width(sheet) > width && sheet.remove_last(LeftOut::ToKeepWords) {}
    while total(&narrowest(sheet)) > width && sheet.put_beneath() {}
}

/// Returns the width of each column, without its blanks. Figures have what they need, and texts what their
/// longest name needs, or where there is no room for all of them, at least their longest word. What is left
/// over goes to those that need least, then to titles of figures.
fn widths(sheet: &TextSheet, narrowest: &[usize], width: usize) -> Vec<usize> {
    let full: Vec<usize> = (0..sheet.columns.len()).map(|index| sheet.widest(index)).collect();
    let mut widths: Vec<usize> = (0..full.len()).map(|index| least(sheet, index)).collect();
    let is_text = |index: &usize| sheet.columns[*index].align == Align::Left;
    for kind in [Align::Left, Align::Right] {
        let mut columns: Vec<usize> =
            (0..full.len()).filter(|index| sheet.columns[*index].align == kind).collect();
        while total(&widths) > width {
            let widest = columns.iter().copied().max_by_key(|index| widths[*index]);
            let Some(widest) = widest else { break };
            if widths[widest] <= narrowest[widest] {
                columns.retain(|index| *index != widest);
            } else {
                widths[widest] -= 1;
            }
        }
    }
    let mut left_over = width.saturating_sub(total(&widths));
    let mut columns: Vec<usize> = (0..full.len()).collect();
    columns.sort_by_key(|index| (!is_text(index), full[*index].saturating_sub(widths[*index])));
    for index in columns {
        let more = full[index].saturating_sub(widths[index]).min(left_over);
        widths[index] += more;
        left_over -= more;
    }
    widths
}

/// Returns the width in which a column reads well: no name and no figure is broken.
fn least(sheet: &TextSheet, index: usize) -> usize {
    match sheet.columns[index].align {
        Align::Right => sheet.widest_below(index).max(sheet.title_word(index)),
        Align::Left => sheet.longest(index, longest_name).min(LONGEST_WORD),
    }
}

fn least_width(sheet: &TextSheet) -> usize {
    total(&(0..sheet.columns.len()).map(|index| least(sheet, index)).collect::<Vec<_>>())
}

/// Returns the width of each column in which no word is broken.
fn narrowest(sheet: &TextSheet) -> Vec<usize> {
    let of = |index: usize| match sheet.columns[index].align {
        Align::Right => sheet.longest(index, longest_word),
        Align::Left => {
            let word = sheet.longest(index, longest_word).min(LONGEST_WORD);
            word.max(LEAST_TEXT.min(sheet.widest(index)))
        }
    };
    (0..sheet.columns.len()).map(of).collect()
}

fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + PADDING).sum()
}

/// Returns the texts broken into lines. The titles end on one line.
fn wrapped_rows(sheet: &TextSheet, widths: &[usize]) -> Vec<Vec<String>> {
    let lines_of = |(text, width): (&String, &usize)| -> Vec<String> {
        text.lines().flat_map(|line| wrapped_cell(line, *width)).collect()
    };
    let rows = sheet.rows.iter().map(|row| row.iter().zip(widths).map(lines_of).collect());
    let mut rows: Vec<Vec<Vec<String>>> = rows.collect();
    if let Some(titles) = rows.first_mut() {
        let most = titles.iter().map(Vec::len).max().unwrap_or_default();
        for title in titles.iter_mut() {
            title.splice(0..0, std::iter::repeat_n(String::new(), most - title.len()));
        }
    }
    rows.into_iter().map(|row| row.into_iter().map(|lines| lines.join("\n")).collect()).collect()
}
