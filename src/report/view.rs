//! The one trait between commands and formats.

use serde::Serialize;

use super::{Agenda, Document, Records, Workbook};
use crate::diagnostic::lang::Catalog;

/// The result of a command, as the pieces that output formats are made of. Each piece is composed when it is
/// asked for, and a result has those that suit it.
pub trait View {
    /// Returns what people read: headings, grids, fields, remarks and charts.
    fn document(&self) -> Document;

    /// Returns the JSON of a stable shape. The sentences in it are in the catalog's language.
    fn json(&self, catalog: &Catalog) -> impl Serialize;

    /// Returns its items as JSON of a line each.
    fn lines(&self) -> Option<Vec<impl Serialize>> {
        None::<Vec<()>>
    }

    /// Returns a flat table for programs.
    fn records(&self) -> Option<Records> {
        None
    }

    /// Returns the content of a spreadsheet file.
    fn workbook(&self) -> Option<Workbook> {
        None
    }

    /// Returns the days for a calendar program.
    fn agenda(&self) -> Option<Agenda> {
        None
    }
}
