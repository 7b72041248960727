//! A roster as a sheet of a workbook (XLSX), cell after cell. Read [`read`] first.

use calamine::{DataRef, XlsxError};

use super::collect::{Collector, Place};
use super::headings::{HeadRow, Heading, MOST_ROWS_ABOVE, find};
use super::{Content, no_heading};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{CellAddress, Diagnostic};
use crate::import::sheet::{MOST_COLUMNS, MOST_ROWS, too_large};
use crate::import::workbook::{choose, damaged, open};
use crate::plan::{Attached, UserSet};

/// Largest size of the unpacked parts of a workbook, in bytes: a million rows of ten columns.
const MOST_UNPACKED: u64 = 1024 * 1024 * 1024;

/// Reads the users of the first sheet that is not hidden.
pub(super) fn read(
    name: &str,
    file: &mut dyn Content,
    column: Option<&str>,
) -> Result<Attached<UserSet>, Diagnostic> {
    let broken = |error: XlsxError| damaged(name, &error);
    let mut book = open(name, file, MOST_UNPACKED)?;
    let sheet = choose(name, &book, None)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut users =
        SheetUsers { name, column, head: Vec::new(), heading: None, collector: Collector::default() };
    let mut row = SheetRow::default();
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (number, column) = cell.get_position();
        if number >= MOST_ROWS || column >= MOST_COLUMNS {
            let what = Message::new("import-rows-and-columns");
            return Err(too_large(name, what.with("rows", MOST_ROWS).with("columns", MOST_COLUMNS)));
        }
        if row.number != number + 1 {
            users.end_row(&mut row)?;
            row.number = number + 1;
        }
        let wanted = users.heading.as_ref().map(|heading| heading.column);
        row.add(column + 1, cell.get_value(), wanted);
    }
    users.end_row(&mut row)?;
    users.find_heading()?;
    Ok(users.collector.finish(name))
}

/// A row while its cells come.
#[derive(Default)]
struct SheetRow {
    /// Its number, from 1.
    number: u32,
    /// The cells that are kept: all of them until the column of the ids is known, then the id.
    cells: Vec<(u32, String, bool)>,
    /// A cell has a content.
    has_content: bool,
}

impl SheetRow {
    fn add(&mut self, column: u32, value: &DataRef<'_>, wanted: Option<u32>) {
        let is_wanted = wanted.is_none_or(|wanted| wanted == column);
        if !is_wanted {
            self.has_content |= match value {
                DataRef::Empty => false,
                DataRef::String(text) => !text.trim().is_empty(),
                DataRef::SharedString(text) => !text.trim().is_empty(),
                _ => true,
            };
        } else if let Some((text, is_changed)) = content(value) {
            self.has_content = true;
            self.cells.push((column, text, is_changed));
        }
    }
}

/// The users of a sheet while its rows come.
struct SheetUsers<'s> {
    name: &'s str,
    column: Option<&'s str>,
    /// Rows in which the heading is looked for.
    head: Vec<SheetRow>,
    heading: Option<Heading>,
    collector: Collector,
}

impl SheetUsers<'_> {
    fn end_row(&mut self, row: &mut SheetRow) -> Result<(), Diagnostic> {
        let row = std::mem::take(row);
        if !row.has_content {
            return Ok(());
        }
        if self.heading.is_some() {
            self.add(&row);
            return Ok(());
        }
        self.head.push(row);
        if self.head.len() == MOST_ROWS_ABOVE { self.find_heading() } else { Ok(()) }
    }

    /// Finds the heading in the first rows, and takes the users among these.
    fn find_heading(&mut self) -> Result<(), Diagnostic> {
        if self.heading.is_some() {
            return Ok(());
        }
        let cells =
            |row: &SheetRow| row.cells.iter().map(|(column, text, _)| (*column, text.clone())).collect();
        let head: Vec<HeadRow> = self.head.iter().map(cells).collect();
        let heading =
            find(&head, self.column).map_err(|reason| no_heading(self.name, reason, self.column))?;
        let first = heading.row + 1;
        self.heading = Some(heading);
        for row in std::mem::take(&mut self.head).iter().skip(first) {
            self.add(row);
        }
        Ok(())
    }

    fn add(&mut self, row: &SheetRow) {
        let Some(heading) = &self.heading else { return };
        let place = Place::Cell(CellAddress { row: row.number, column: heading.column });
        match row.cells.iter().find(|(column, ..)| *column == heading.column) {
            None => self.collector.add_blank(place),
            Some((_, id, _)) if *id == heading.text => {}
            Some((_, id, true)) => self.collector.add_changed(id, place),
            Some((_, id, false)) => self.collector.add(id, place),
        }
    }
}

/// First whole number that a spreadsheet may have rounded: it keeps 15 digits.
const FIRST_ROUNDED: f64 = 1e15;

/// Returns the content of a cell as text, and true if it is no longer what was typed, as a day or a rounded number;
/// `None` of an empty one.
fn content(value: &DataRef<'_>) -> Option<(String, bool)> {
    let (text, is_changed) = match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => (number.to_string(), number.unsigned_abs() >= FIRST_ROUNDED as u64),
        DataRef::Float(number) => {
            (number.to_string(), number.abs() >= FIRST_ROUNDED || number.trunc() != *number)
        }
        DataRef::String(text) => (text.trim().to_owned(), false),
        DataRef::SharedString(text) => (text.trim().to_owned(), false),
        DataRef::Bool(answer) => (answer.to_string(), true),
        DataRef::DateTime(moment) => (moment.as_f64().to_string(), true),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => (text.clone(), true),
        DataRef::Error(error) => (error.to_string(), true),
    };
    (!text.is_empty()).then_some((text, is_changed))
}
