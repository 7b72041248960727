//! A table of a document or a sheet.

use super::{Cell, Tone};
use crate::diagnostic::lang::Message;

/// Rows and columns for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The columns; each row has a cell for each.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// A closing line: a formula under the first column, and its value under the last.
    pub footer: Option<Footer>,
    /// Pictures of it below it, in workbooks.
    pub charts: Vec<GridChart>,
}

/// A picture of some columns of a grid, given by their indices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridChart {
    /// Its title.
    pub title: Message,
    /// The column with the names of the rows.
    pub names: usize,
    /// The column that is drawn as bars.
    pub bars: usize,
    /// The column that is drawn as a line.
    pub line: usize,
    /// The column that is drawn as points, if any is.
    pub points: Option<usize>,
}

impl Grid {
    /// Returns the same with a sum of the rows as its last row.
    #[must_use]
    pub fn total(mut self, cells: Vec<Cell>) -> Grid {
        self.rows.push(Row { role: RowRole::Total, tone: Tone::Strong, item: None, cells });
        self
    }

    /// Returns the same with its last row as the sum of the others.
    #[must_use]
    pub fn closed_by_total(mut self) -> Grid {
        self.rows.iter_mut().rev().take(1).for_each(|row| {
            row.role = RowRole::Total;
            row.tone = Tone::Strong;
        });
        self
    }

    /// Returns the same with a sum of its last column as its last row.
    #[must_use]
    pub fn closed_by_sum(self, sum: Cell) -> Grid {
        let mut cells = vec![Cell::Empty; self.columns.len()];
        if let Some(first) = self.columns.iter().position(|column| column.align == Align::Left) {
            cells[first] = Message::new("report-total").into();
        }
        cells.iter_mut().rev().take(1).for_each(|last| *last = sum.clone());
        self.total(cells)
    }

    /// Returns the grid with nothing in place of counts of 0.
    #[must_use]
    pub fn without_zeros(mut self) -> Grid {
        let cells = self.rows.iter_mut().flat_map(|row| &mut row.cells);
        cells.filter(|cell| **cell == Cell::Count(0)).for_each(|cell| *cell = Cell::Empty);
        self
    }

    /// Returns the grid without its empty columns.
    #[must_use]
    pub fn without_empty_columns(mut self) -> Grid {
        for index in (0..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row.cells.get(index).is_none_or(Cell::is_empty)) {
                self.columns.remove(index);
                self.rows.iter_mut().for_each(|row| _ = row.cells.remove(index));
            }
        }
        self
    }
}

/// A column of a grid or of records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its stable name.
    pub key: &'static str,
    /// Its title.
    pub title: Message,
    /// Alignment of its cells.
    pub align: Align,
    /// The need of room for which a format leaves it out.
    pub left_out: LeftOut,
}

/// The need of room for which a column is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Never.
    Never,
    /// If words would have to be broken for it.
    ToKeepWords,
    /// If rows would take several lines for it.
    ToKeepLines,
    /// Never, but it may share one column with the other of this kind: a number of accounts of each type.
    Folded,
    /// Never, but its text may stand behind that of the column before it.
    Joined,
}

/// Alignment of the cells of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Texts.
    Left,
    /// Figures; never broken over lines.
    Right,
}

/// A row of a grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its role: an item or a sum.
    pub role: RowRole,
    /// Its tone.
    pub tone: Tone,
    /// The index of the part that has its details, among those that are an [`Item`](super::PartRole::Item).
    pub item: Option<usize>,
    /// A cell for each column.
    pub cells: Vec<Cell>,
}

/// The role of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// One of the things that are summed up.
    Item,
    /// A sum of the rows above.
    Total,
}

/// A formula and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Footer {
    /// The formula.
    pub text: String,
    /// Its value.
    pub value: Cell,
}
