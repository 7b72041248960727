//! A grid as texts, from which columns can be taken to make room. The first row is the header.

use super::layout::PADDING;
use crate::diagnostic::lang::Catalog;
use crate::diagnostic::lang::line::{display_width, longest_word};
use crate::diagnostic::lang::visible::{is_printable_ascii, one_line};
use crate::report::{Align, Grid, LeftOut};

/// The texts of a grid.
#[derive(Clone)]
pub(super) struct TextSheet {
    pub(super) columns: Vec<TextColumn>,
    /// The header, then the rows; each has a text for each column.
    pub(super) rows: Vec<Vec<String>>,
}

/// A column of texts.
#[derive(Clone, Copy)]
pub(super) struct TextColumn {
    pub(super) align: Align,
    left_out: LeftOut,
}

impl TextSheet {
    pub(super) fn new(grid: &Grid, catalog: &Catalog) -> TextSheet {
        let header = grid.columns.iter().map(|column| catalog.text(&column.title)).collect();
        let texts =
            grid.rows.iter().map(|row| row.cells.iter().map(|cell| one_line(&cell.text(catalog))).collect());
        let column =
            |column: &crate::report::Column| TextColumn { align: column.align, left_out: column.left_out };
        TextSheet {
            columns: grid.columns.iter().map(column).collect(),
            rows: std::iter::once(header).chain(texts).collect(),
        }
    }

    /// Returns the width of the longest line of a column.
    pub(super) fn widest(&self, index: usize) -> usize {
        self.rows.iter().map(|row| widest_line(row, index, display_width)).max().unwrap_or_default()
    }

    /// Returns the width of the longest part of a column, as `measure` finds it. A line is looked at only where it is
    /// longer than the longest part before it, since that takes long.
    pub(super) fn longest(&self, index: usize, measure: impl Fn(&str) -> usize) -> usize {
        let lines = self.rows.iter().filter_map(|row| row.get(index)).flat_map(|text| text.lines());
        lines.fold(0, |most, line| if display_width(line) > most { most.max(measure(line)) } else { most })
    }

    /// Returns the width of the longest line of a column without its header.
    pub(super) fn widest_below(&self, index: usize) -> usize {
        self.rows.iter().skip(1).map(|row| widest_line(row, index, display_width)).max().unwrap_or_default()
    }

    /// Returns the longest word of the header of a column.
    pub(super) fn title_word(&self, index: usize) -> usize {
        self.rows.first().map_or(0, |titles| widest_line(titles, index, longest_word))
    }

    /// Returns the width in which every row takes one line.
    pub(super) fn full_width(&self) -> usize {
        (0..self.columns.len()).map(|index| self.widest(index) + PADDING).sum()
    }

    /// Removes the last column that may be left out for this reason; returns false if there is none.
    pub(super) fn remove_last(&mut self, reason: LeftOut) -> bool {
        let Some(last) = self.columns.iter().rposition(|column| column.left_out == reason) else {
            return false;
        };
        self.remove(last);
        true
    }

    /// Puts the columns that are folded together into one: `980 + 120`.
    pub(super) fn fold(&mut self, catalog: &Catalog) {
        let is_folded = |index: &usize| self.columns[*index].left_out == LeftOut::Folded;
        let folded: Vec<usize> = (0..self.columns.len()).filter(is_folded).collect();
        let [first, others @ ..] = &folded[..] else { return };
        if others.is_empty() {
            return;
        }
        for (number, row) in self.rows.iter_mut().enumerate() {
            row[*first] = match number {
                0 => catalog.word("report-folded"),
                _ => sum_of(&folded.iter().map(|index| row[*index].as_str()).collect::<Vec<_>>()),
            };
        }
        others.iter().rev().for_each(|index| self.remove(*index));
    }

    /// Puts the last column that may be joined behind the text before it; returns false if there is none.
    pub(super) fn join(&mut self) -> bool {
        self.append(" · ", |column| column.left_out == LeftOut::Joined)
    }

    /// Puts the last column of texts or counts under the text before it; returns false if there is none.
    pub(super) fn put_beneath(&mut self) -> bool {
        self.append("\n", |column| column.align == Align::Left || column.left_out == LeftOut::Folded)
    }

    fn append(&mut self, separator: &str, may_move: impl Fn(&TextColumn) -> bool) -> bool {
        let Some(last) = self.columns.iter().rposition(may_move) else { return false };
        let before = self.columns[..last].iter().rposition(|column| column.align == Align::Left);
        let Some(before) = before else { return false };
        for row in &mut self.rows {
            let text = std::mem::take(&mut row[last]);
            if !text.is_empty() && !row[before].is_empty() {
                row[before].push_str(separator);
            }
            row[before].push_str(&text);
        }
        self.remove(last);
        true
    }

    fn remove(&mut self, index: usize) {
        self.columns.remove(index);
        self.rows.iter_mut().for_each(|row| _ = row.remove(index));
    }
}

fn widest_line(row: &[String], index: usize, measure: impl Fn(&str) -> usize) -> usize {
    match row.get(index) {
        Some(text) if is_printable_ascii(text) => measure(text),
        text => text.and_then(|text| text.lines().map(measure).max()).unwrap_or_default(),
    }
}

/// Returns counts as a sum, without the zeros at its end; empty for none.
fn sum_of(counts: &[&str]) -> String {
    let last = counts.iter().rposition(|count| !matches!(*count, "" | "0"));
    let shown = counts.iter().take(last.map_or(1, |last| last + 1));
    let texts: Vec<&str> =
        shown.map(|count| if count.is_empty() && last.is_some() { "0" } else { count }).collect();
    texts.join(" + ")
}

#[cfg(test)]
mod tests {
    use super::sum_of;

    #[test]
    fn a_sum_of_counts_ends_with_the_last_that_is_not_zero() {
        assert_eq!(sum_of(&["980", "120"]), "980 + 120");
        assert_eq!(sum_of(&["980", "0"]), "980");
        assert_eq!(sum_of(&["", "30"]), "0 + 30");
        assert_eq!(sum_of(&["0", "0"]), "0");
        assert_eq!(sum_of(&["", ""]), "");
    }
}
