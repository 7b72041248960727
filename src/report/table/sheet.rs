//! A grid as texts, from which columns can be taken to make room. The first row is the header.

use super::layout::PADDING;
use crate::diagnostic::lang::{Catalog, Message};
use crate::report::line::{display_width, one_line};
use crate::report::{Align, Grid, LeftOut};

/// The texts of a grid.
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

    /// Returns the width of the longest text of a column, or of its longest part.
    pub(super) fn widest(&self, index: usize, measure: impl Fn(&str) -> usize) -> usize {
        self.rows.iter().filter_map(|row| row.get(index)).map(|text| measure(text)).max().unwrap_or_default()
    }

    /// Returns the width in which every row takes one line.
    pub(super) fn full_width(&self) -> usize {
        (0..self.columns.len()).map(|index| self.widest(index, display_width) + PADDING).sum()
    }

    /// Removes the last column that may be left out for this reason; returns false if there is none.
    pub(super) fn remove_last(&mut self, reason: LeftOut) -> bool {
        let Some(last) = self.columns.iter().rposition(|column| column.left_out == reason) else {
            return false;
        };
        self.remove(last);
        true
    }

    /// Puts the columns that are folded together into one, which names what each number counts.
    pub(super) fn fold(&mut self, catalog: &Catalog) {
        let is_folded = |column: &TextColumn| column.left_out == LeftOut::Folded;
        let folded: Vec<usize> =
            (0..self.columns.len()).filter(|index| is_folded(&self.columns[*index])).collect();
        let [first, others @ ..] = &folded[..] else { return };
        if others.is_empty() {
            return;
        }
        let titles = self.rows.first().cloned().unwrap_or_default();
        for (row, texts) in self.rows.iter_mut().enumerate() {
            let counted = |index: &&usize| !matches!(texts[**index].as_str(), "" | "0");
            let parts = folded.iter().filter(counted).map(|index| {
                let part = Message::new("report-folded")
                    .with("title", titles[*index].as_str())
                    .with("count", texts[*index].as_str());
                catalog.text(&part)
            });
            texts[*first] = match row {
                0 => catalog.word("report-accounts"),
                _ => catalog.list(&parts.collect::<Vec<_>>()),
            };
        }
        self.columns[*first] = TextColumn { align: Align::Left, left_out: LeftOut::Never };
        others.iter().rev().for_each(|index| self.remove(*index));
    }

    fn remove(&mut self, index: usize) {
        self.columns.remove(index);
        self.rows.iter_mut().for_each(|row| _ = row.remove(index));
    }
}
