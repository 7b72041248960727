//! Lays out grids and fields with `comfy-table`: which columns there is room for, and how narrow each may
//! become.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width, presets,
};

use crate::diagnostic::lang::Catalog;
use crate::report::line::{display_width, one_line, wrapped};
use crate::report::{Align, Column, Field, Grid, LeftOut};

/// Returns the lines of a grid within a width: those of its header first, then those of each row.
pub(super) fn grid_lines(grid: &Grid, catalog: &Catalog, width: usize) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> =
        vec![grid.columns.iter().map(|column| catalog.text(&column.title)).collect()];
    rows.extend(
        grid.rows.iter().map(|row| row.cells.iter().map(|cell| one_line(&cell.text(catalog))).collect()),
    );
    let constraints = constraints(&grid.columns, &rows, width);
    let mut table = Table::new();
    table.add_rows(rows);
    for (drawn, column) in table.column_iter_mut().zip(&grid.columns) {
        if column.align == Align::Right {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    let Some(constraints) = constraints else {
        table.load_style(presets::NOTHING);
        return table.lines().map(|line| vec![line.trim_end().to_owned()]).collect();
    };
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    for (drawn, constraint) in table.column_iter_mut().zip(constraints) {
        if let Some(constraint) = constraint {
            drawn.set_constraint(constraint);
        }
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
        // Unlike `comfy-table`, this knows where Chinese may be broken.
        table.add_row([label, wrapped(&one_line(&field.value.text(catalog)), room, "", "").join("\n")]);
    }
    lines_of_rows(&mut table)
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
const PADDING: usize = 2;
/// Chinese may be broken anywhere; below four characters it is hard to read.
const LEAST_CHINESE: usize = 8;
/// A longer word is broken rather than kept whole.
const LONGEST_WORD: usize = 24;

/// Returns how the columns are kept within a width; `None` if all have room. Columns are hidden until there
/// is room for the others, from the right: first those that are not worth a second line, then those that are
/// not worth a broken word. Figures are never broken, and words only if nothing else helps.
fn constraints(
    columns: &[Column],
    rows: &[Vec<String>],
    width: usize,
) -> Option<Vec<Option<ColumnConstraint>>> {
    let widest = |index: usize, measure: fn(&str) -> usize| {
        rows.iter().filter_map(|row| row.get(index)).map(|text| measure(text)).max().unwrap_or_default()
    };
    let full: Vec<usize> = (0..columns.len()).map(|index| widest(index, display_width)).collect();
    let mut shown: Vec<usize> = (0..columns.len()).collect();
    if total(&shown, &full) <= width {
        return None;
    }
    let least: Vec<usize> = (0..columns.len())
        .map(|index| match columns[index].align {
            Align::Right => full[index],
            Align::Left => widest(index, longest_word),
        })
        .collect();
    hide(&mut shown, columns, LeftOut::ToKeepLines, &full, width);
    hide(&mut shown, columns, LeftOut::ToKeepWords, &least, width);
    let keeps_words = total(&shown, &least) <= width;
    let constraint = |index: usize| match columns[index].align {
        _ if !shown.contains(&index) => Some(ColumnConstraint::Hidden),
        Align::Right => Some(ColumnConstraint::ContentWidth),
        Align::Left if keeps_words => {
            let least = u16::try_from(least[index] + PADDING).unwrap_or(u16::MAX);
            Some(ColumnConstraint::LowerBoundary(Width::Fixed(least)))
        }
        Align::Left => None,
    };
    Some((0..columns.len()).map(constraint).collect())
}

fn hide(shown: &mut Vec<usize>, columns: &[Column], which: LeftOut, widths: &[usize], width: usize) {
    while total(shown, widths) > width {
        let Some(last) = shown.iter().rposition(|index| columns[*index].left_out == which) else { return };
        shown.remove(last);
    }
}

fn total(shown: &[usize], widths: &[usize]) -> usize {
    shown.iter().map(|index| widths[*index] + PADDING).sum()
}

fn longest_word(text: &str) -> usize {
    let width = |word: &str| match word.is_ascii() || display_width(word) == word.chars().count() {
        true => display_width(word).min(LONGEST_WORD),
        false => display_width(word).min(LEAST_CHINESE),
    };
    text.split_whitespace().map(width).max().unwrap_or_default()
}
