//! The builder of grids and records.

use super::{Align, Cell, Column, Grid, LeftOut, Records, Row, RowRole, Tone};
use crate::diagnostic::lang::Message;

/// Builds a grid or records column by column: each column is declared together with the cell that an item has
/// in it.
pub struct Columns<T> {
    items: Vec<T>,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    tones: Vec<Tone>,
    details: Vec<Option<usize>>,
}

impl<T> Columns<T> {
    /// Starts with a row for each item, and no column.
    pub fn of(items: impl IntoIterator<Item = T>) -> Columns<T> {
        let items: Vec<T> = items.into_iter().collect();
        let rows = items.iter().map(|_| Vec::with_capacity(16)).collect();
        let tones = vec![Tone::Plain; items.len()];
        let details = vec![None; items.len()];
        Columns { items, columns: Vec::with_capacity(16), rows, tones, details }
    }

    /// Adds a column of texts.
    #[must_use]
    pub fn left<C: Into<Cell>>(
        self,
        key: &'static str,
        title: &'static str,
        cell: impl FnMut(&T) -> C,
    ) -> Columns<T> {
        self.column(key, title, Align::Left, cell)
    }

    /// Adds a column of figures.
    #[must_use]
    pub fn right<C: Into<Cell>>(
        self,
        key: &'static str,
        title: &'static str,
        cell: impl FnMut(&T) -> C,
    ) -> Columns<T> {
        self.column(key, title, Align::Right, cell)
    }

    /// Lets the column that was added last be left out if there is little room.
    #[must_use]
    pub fn left_out(mut self, left_out: LeftOut) -> Columns<T> {
        self.columns.iter_mut().rev().take(1).for_each(|column| column.left_out = left_out);
        self
    }

    /// Gives the column that was added last another title.
    #[must_use]
    pub fn titled(mut self, title: Message) -> Columns<T> {
        self.columns.iter_mut().rev().take(1).for_each(|column| column.title = title.clone());
        self
    }

    /// Adds columns only on a condition.
    #[must_use]
    pub fn when(self, condition: bool, add: impl FnOnce(Columns<T>) -> Columns<T>) -> Columns<T> {
        if condition { add(self) } else { self }
    }

    /// Sets the tone of each row of a grid.
    #[must_use]
    pub fn toned(mut self, tone: impl FnMut(&T) -> Tone) -> Columns<T> {
        self.tones = self.items.iter().map(tone).collect();
        self
    }

    /// Names for each row of a grid the part of the document that has its details, by its index among the items.
    #[must_use]
    pub fn detailed(mut self, item: impl FnMut(&T) -> Option<usize>) -> Columns<T> {
        self.details = self.items.iter().map(item).collect();
        self
    }

    /// Returns the rows as items of a grid.
    pub fn grid(mut self) -> Grid {
        let (tones, details) = (std::mem::take(&mut self.tones), std::mem::take(&mut self.details));
        let mut grid = Grid::from(self.records());
        for (row, (tone, item)) in grid.rows.iter_mut().zip(tones.into_iter().zip(details)) {
            (row.tone, row.item) = (tone, item);
        }
        grid
    }

    /// Returns the rows as records.
    pub fn records(self) -> Records {
        Records { columns: self.columns, rows: self.rows }
    }

    fn column<C: Into<Cell>>(
        mut self,
        key: &'static str,
        title: &'static str,
        align: Align,
        mut cell: impl FnMut(&T) -> C,
    ) -> Columns<T> {
        self.columns.push(Column { key, title: Message::new(title), align, left_out: LeftOut::Never });
        for (row, item) in self.rows.iter_mut().zip(&self.items) {
            row.push(cell(item).into());
        }
        self
    }
}

impl From<Records> for Grid {
    fn from(records: Records) -> Grid {
        let rows = records.rows.into_iter().map(|cells| Row {
            role: RowRole::Item,
            tone: Tone::Plain,
            item: None,
            cells,
        });
        Grid { columns: records.columns, rows: rows.collect(), footer: None, charts: Vec::new() }
    }
}
