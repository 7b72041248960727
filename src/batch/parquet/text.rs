//! The rows of a record batch as CSV. Read [`RowText::row`] first.

use std::fmt::{self, Write};

use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{ArrowError, DataType, Schema};
use memchr::{memchr, memchr3};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::sheet::unreadable;

/// Sign between two fields.
pub(super) const DELIMITER: u8 = b',';

/// Columns that can be written as text.
pub(super) struct TextColumns(Vec<ArrayRef>);

impl TextColumns {
    /// Refuses columns that are tables or lists, of which CSV has none.
    pub(super) fn check(name: &str, schema: &Schema) -> Result<(), Diagnostic> {
        let nested = schema.fields().iter().find(|field| is_nested(field.data_type()));
        nested.map_or(Ok(()), |field| {
            let reason = Message::new("batch-parquet-nested").with("column", field.name().as_str());
            Err(unreadable(name, reason, "batch-fix-parquet-nested"))
        })
    }

    /// Takes the columns of a batch. Moments are told in UTC.
    ///
    /// # Errors
    /// A column has no text.
    pub(super) fn of(batch: &RecordBatch) -> Result<TextColumns, ArrowError> {
        let column = |array: &ArrayRef| match array.data_type() {
            DataType::Timestamp(unit, Some(_)) => {
                cast(array, &DataType::Timestamp(*unit, Some("+00:00".into())))
            }
            _ => Ok(array.clone()),
        };
        Ok(TextColumns(batch.columns().iter().map(column).collect::<Result<_, _>>()?))
    }

    /// Returns what writes the rows.
    pub(super) fn rows<'c>(&'c self) -> RowText<'c> {
        let options = FormatOptions::new().with_display_error(true);
        let formatter = |column: &'c ArrayRef| ArrayFormatter::try_new(column.as_ref(), &options).ok();
        RowText { columns: self.0.iter().map(formatter).collect(), row: Vec::new() }
    }
}

/// Writes rows as CSV.
pub(super) struct RowText<'a> {
    /// `None` for a list of something that has no text, which only a rejected row can have.
    columns: Vec<Option<ArrayFormatter<'a>>>,
    row: Vec<u8>,
}

impl RowText<'_> {
    /// Returns a row without its line end: nulls are empty fields.
    pub(super) fn row(&mut self, row: usize) -> &[u8] {
        self.row.clear();
        for (number, column) in self.columns.iter().enumerate() {
            if number > 0 {
                self.row.push(DELIMITER);
            }
            let start = self.row.len();
            // Writing to memory does not fail, and errors of a value are written in its place.
            let _ = match column {
                Some(column) => write!(Utf8(&mut self.row), "{}", column.value(row)),
                None => Utf8(&mut self.row).write_str("…"),
            };
            quote(&mut self.row, start);
        }
        &self.row
    }
}

/// Returns names as a row of CSV without its line end.
pub(super) fn heading_row<'n>(names: impl Iterator<Item = &'n str>) -> Vec<u8> {
    let mut row = Vec::new();
    for (number, name) in names.enumerate() {
        if number > 0 {
            row.push(DELIMITER);
        }
        let start = row.len();
        row.extend_from_slice(name.as_bytes());
        quote(&mut row, start);
    }
    row
}

/// Returns true if a column has more than one value a row.
pub(super) fn is_nested(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => is_nested(values),
        other => other.is_nested(),
    }
}

/// Quotes the field from an offset on, where it has signs that stand for something else outside quotation marks.
fn quote(row: &mut Vec<u8>, start: usize) {
    let field = row.get(start..).unwrap_or_default();
    if memchr3(DELIMITER, b'\n', b'\r', field).is_none() && memchr(b'"', field).is_none() {
        return;
    }
    let field = row.split_off(start);
    row.push(b'"');
    for byte in field {
        if byte == b'"' {
            row.push(b'"');
        }
        row.push(byte);
    }
    row.push(b'"');
}

/// Text that is appended to bytes.
struct Utf8<'b>(&'b mut Vec<u8>);

impl fmt::Write for Utf8<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_they_must_be() {
        let row = heading_row(["code", "a,b", "he said \"no\"", "", "two\nlines"].into_iter());
        assert_eq!(row, b"code,\"a,b\",\"he said \"\"no\"\"\",,\"two\nlines\"");
    }
}
