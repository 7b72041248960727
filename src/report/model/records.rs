//! The piece for CSV.

use super::{Cell, Column};

/// A flat table for programs: every column in every row, without totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Records {
    /// The columns; each row has a cell for each.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}
