//! The cells of a sheet with their spans in a [`SourceFile`]: what both CSV and workbooks become. Read [`Sheet`]
//! first.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::lang::Message;
use crate::diagnostic::{CellAddress, Code, Diagnostic, SourceFile};

/// Largest number of cells with a content that a sheet may have.
pub(super) const MOST_CELLS: usize = 1_000_000;

/// Largest number of rows with a content: more schools than these make a plan that is too long to be read.
pub(super) const MOST_FILLED_ROWS: usize = 50_000;

/// Largest number of a row or a column: those of a workbook.
pub(crate) const MOST_ROWS: u32 = 1_048_576;
pub(crate) const MOST_COLUMNS: u32 = 16_384;

/// The rows of a sheet that have a content.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The text that shows the cells.
    pub(super) source: Arc<SourceFile>,
    /// The rows, by number.
    pub(super) rows: Vec<Row>,
    /// How the file was read.
    pub(super) format: SheetFormat,
}

/// How a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetFormat {
    /// CSV in this encoding, with this delimiter.
    Csv {
        /// Name of the encoding: `UTF-8`, `UTF-16LE`, `UTF-16BE` or `GB18030`.
        encoding: &'static str,
        /// Sign between two cells.
        delimiter: char,
    },
    /// A sheet of a workbook.
    Workbook {
        /// Name of the sheet.
        sheet: String,
    },
}

/// A row with a content.
#[derive(Debug)]
pub(super) struct Row {
    /// Number from 1; in CSV that of its first line.
    pub(super) number: u32,
    /// The cells that have a content, by column.
    pub(super) cells: Vec<Cell>,
    /// Byte offset of its start.
    pub(super) start: usize,
    /// Byte offset of its end.
    pub(super) end: usize,
}

/// A cell with a content.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    /// Number of the column, from 1.
    pub(crate) column: u32,
    /// Content without blanks around it; never empty.
    pub(crate) text: String,
    /// Kind of the content.
    pub(crate) kind: CellKind,
    /// Byte offsets in the text of the sheet.
    pub(crate) span: Range<usize>,
    /// First and last row of the merged cell that it is a part of, if that has several rows.
    pub(crate) merged: Option<(u32, u32)>,
}

/// Kind of a cell's content, as far as the file states it. CSV states none: all is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellKind {
    Text,
    Number,
    /// A day; with a time of day, if that is not zero.
    Date,
    /// The error of a formula, such as `#REF!`.
    Error,
}

impl Row {
    /// Returns the cell of a column, if it has a content.
    pub(super) fn cell(&self, column: u32) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        self.cells.get(index)
    }

    /// Returns the span from the first cell to the last.
    pub(super) fn whole(&self) -> Range<usize> {
        match (self.cells.first(), self.cells.last()) {
            (Some(first), Some(last)) => first.span.start..last.span.end,
            _ => self.end..self.end,
        }
    }
}

impl Sheet {
    /// Returns the span of a cell of a row; of one without a content, the position where it is to be.
    pub(super) fn span(&self, row: &Row, column: u32) -> Range<usize> {
        let next = row.cells.partition_point(|cell| cell.column < column);
        let (before, next) = (next.checked_sub(1).and_then(|last| row.cells.get(last)), row.cells.get(next));
        if let Some(cell) = next.filter(|cell| cell.column == column) {
            return cell.span.clone();
        }
        let at = match self.format {
            SheetFormat::Workbook { .. } => self.source.offset(CellAddress { row: row.number, column }),
            SheetFormat::Csv { delimiter, .. } => {
                let from = before.map_or(row.start, |cell| cell.span.end);
                let passed = column - before.map_or(1, |cell| cell.column);
                let empty = self.source.text().get(from..row.end).unwrap_or_default();
                let mut delimiters = empty.match_indices(delimiter).map(|(at, _)| from + at + 1);
                match passed {
                    0 => Some(from),
                    _ => delimiters.nth(passed as usize - 1),
                }
            }
        };
        let at = at.unwrap_or(row.end);
        at..at
    }
}

/// Reports a file that has more than a spreadsheet of customers could have.
pub(crate) fn too_large(name: &str, what: Message) -> Diagnostic {
    Diagnostic::new(Code::SheetTooLarge).with("file", name).with("what", what)
}

/// Reports a file that cannot be read as a spreadsheet.
pub(crate) fn unreadable(name: &str, reason: Message, fix: &'static str) -> Diagnostic {
    Diagnostic::new(Code::SheetUnreadable)
        .with("file", name)
        .with("reason", reason)
        .with("fix", Message::new(fix))
}

/// The text that shows a sheet of a workbook while it is drawn: a row a line, a bar between two cells.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) text: String,
    pub(super) cells: Vec<(usize, CellAddress)>,
    line: u32,
    /// The line has a cell.
    is_begun: bool,
}

impl Drawing {
    /// Columns without a content that are drawn between two cells; more are left out.
    const MOST_EMPTY: u32 = 12;

    /// Begins the line of a row; rows come by number.
    pub(super) fn begin_row(&mut self, row: u32) {
        for _ in self.line.max(1)..row {
            self.text.push('\n');
        }
        self.line = row;
        self.is_begun = false;
    }

    /// Draws cells without a content up to a column, that column not included.
    pub(super) fn skip_to(&mut self, row: u32, from: u32, to: u32) {
        let first = from.max(to.saturating_sub(Drawing::MOST_EMPTY));
        for column in first..to {
            self.cell(CellAddress { row, column }, "");
        }
    }

    /// Draws a cell and returns its span.
    pub(super) fn cell(&mut self, address: CellAddress, content: &str) -> Range<usize> {
        if self.is_begun {
            self.text.push_str(" | ");
        }
        self.is_begun = true;
        let start = self.text.len();
        self.cells.push((start, address));
        self.text.extend(content.chars().map(|sign| if sign.is_control() { ' ' } else { sign }));
        start..self.text.len()
    }
}
