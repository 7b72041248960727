//! How the rows of a grid become lines of text: which columns there is room for, and how wide each is.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::diagnostic::lang::Catalog;
use crate::report::line::{display_width, one_line};
use crate::report::{Align, Column, Grid, LeftOut, RowRole};

/// What a drawn line is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineStyle {
    Header,
    Item,
    Rule,
    Total,
}

/// The drawn lines with what they are. Where every text has room on one line, columns are merely padded, which
/// is most of the time and much quicker; else a row may take several lines.
pub(super) fn lines(grid: &Grid, catalog: &Catalog, width: usize) -> Vec<(String, LineStyle)> {
    let columns = kept(Drawn::columns(grid, catalog), width);
    if full_width(&columns) <= width { padded(grid, &columns) } else { broken(grid, &columns, width) }
}

fn padded(grid: &Grid, columns: &[Drawn<'_>]) -> Vec<(String, LineStyle)> {
    let mut lines = Vec::with_capacity(grid.rows.len() + 2);
    let header = columns.iter().map(|column| column.title.as_str());
    lines.push((padded_line(columns, header), LineStyle::Header));
    let mut before = RowRole::Item;
    for (index, row) in grid.rows.iter().enumerate() {
        if (before, row.role) == (RowRole::Item, RowRole::Total) {
            lines.push((String::new(), LineStyle::Rule));
        }
        before = row.role;
        let texts = columns.iter().map(|column| column.texts[index].as_str());
        let style = if row.role == RowRole::Total { LineStyle::Total } else { LineStyle::Item };
        lines.push((padded_line(columns, texts), style));
    }
    lines
}

fn padded_line<'t>(columns: &[Drawn<'_>], texts: impl Iterator<Item = &'t str>) -> String {
    let mut line = String::with_capacity(128);
    for (column, text) in columns.iter().zip(texts) {
        let gap = column.width.saturating_sub(display_width(text));
        let (left, right) = if column.column.align == Align::Right { (gap, 0) } else { (0, gap) };
        line.extend(std::iter::repeat_n(' ', 1 + left));
        line.push_str(text);
        line.extend(std::iter::repeat_n(' ', right + 1));
    }
    line.truncate(line.trim_end().len());
    line
}

/// Lines with texts broken to fit the width. An empty row marks where the header ends and where the totals
/// begin.
fn broken(grid: &Grid, columns: &[Drawn<'_>], width: usize) -> Vec<(String, LineStyle)> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(columns.iter().map(|column| &column.title));
    table.add_row(vec![""; columns.len()]);
    let mut totals_began = false;
    for (index, row) in grid.rows.iter().enumerate() {
        if row.role == RowRole::Total && !totals_began {
            totals_began = true;
            table.add_row(vec![""; columns.len()]);
        }
        table.add_row(columns.iter().map(|column| &column.texts[index]));
    }
    arrange(&mut table, columns, width);
    styled(&table)
}

/// A column with the texts of its cells.
struct Drawn<'g> {
    column: &'g Column,
    title: String,
    texts: Vec<String>,
    /// The width of its widest text.
    width: usize,
}

/// Blanks on both sides of a cell.
const PADDING: usize = 2;
/// Chinese may be broken anywhere; below four characters it is hard to read.
const LEAST_CHINESE: usize = 8;
/// A longer word is broken rather than kept whole.
const LONGEST_WORD: usize = 24;

impl<'g> Drawn<'g> {
    fn columns(grid: &'g Grid, catalog: &Catalog) -> Vec<Drawn<'g>> {
        let drawn = grid.columns.iter().enumerate().map(|(index, column)| {
            let texts = grid.rows.iter().map(|row| one_line(&row.cells[index].text(catalog))).collect();
            let title = catalog.text(&column.title);
            let mut drawn = Drawn { column, title, texts, width: 0 };
            drawn.width = drawn.widest(display_width);
            drawn
        });
        drawn.collect()
    }

    /// Narrower than this, figures or words would be broken.
    fn least_width(&self) -> usize {
        match self.column.align {
            Align::Right => self.width,
            Align::Left => self.widest(longest_word),
        }
    }

    fn widest(&self, width: fn(&str) -> usize) -> usize {
        self.texts.iter().chain([&self.title]).map(|text| width(text)).max().unwrap_or_default()
    }
}

/// Leaves out columns until there is room for the others, from the right: first those that are not worth a
/// second line, then those that are not worth a broken word.
fn kept<'g>(mut columns: Vec<Drawn<'g>>, width: usize) -> Vec<Drawn<'g>> {
    leave_out(&mut columns, LeftOut::ToKeepLines, |columns| full_width(columns) <= width);
    leave_out(&mut columns, LeftOut::ToKeepWords, |columns| least_width(columns) <= width);
    columns
}

fn leave_out(columns: &mut Vec<Drawn<'_>>, which: LeftOut, fits: impl Fn(&[Drawn<'_>]) -> bool) {
    while !fits(columns) {
        let Some(index) = columns.iter().rposition(|drawn| drawn.column.left_out == which) else { return };
        columns.remove(index);
    }
}

fn full_width(columns: &[Drawn<'_>]) -> usize {
    columns.iter().map(|column| column.width + PADDING).sum()
}

fn least_width(columns: &[Drawn<'_>]) -> usize {
    columns.iter().map(|column| column.least_width() + PADDING).sum()
}

fn longest_word(text: &str) -> usize {
    let width = |word: &str| match word.is_ascii() || display_width(word) == word.chars().count() {
        true => display_width(word).min(LONGEST_WORD),
        false => display_width(word).min(LEAST_CHINESE),
    };
    text.split_whitespace().map(width).max().unwrap_or_default()
}

/// Fits the columns into the width. Figures are never broken, and words only where there is no room for them.
fn arrange(table: &mut Table, columns: &[Drawn<'_>], width: usize) {
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let fits = least_width(columns) <= width;
    for (index, column) in columns.iter().enumerate() {
        let Some(drawn) = table.column_mut(index) else { continue };
        match column.column.align {
            Align::Right => {
                drawn.set_cell_alignment(CellAlignment::Right);
                drawn.set_constraint(ColumnConstraint::ContentWidth);
            }
            Align::Left if fits => {
                let least = u16::try_from(column.least_width() + PADDING).unwrap_or(u16::MAX);
                drawn.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
            Align::Left => {}
        }
    }
}

fn styled(table: &Table) -> Vec<(String, LineStyle)> {
    let mut part = LineStyle::Header;
    let mut lines = Vec::new();
    for line in table.lines() {
        let line = line.trim_end().to_owned();
        match (line.is_empty(), part) {
            (true, LineStyle::Header) => part = LineStyle::Item,
            (true, _) => {
                part = LineStyle::Total;
                lines.push((String::new(), LineStyle::Rule));
            }
            (false, _) => lines.push((line, part)),
        }
    }
    lines
}
