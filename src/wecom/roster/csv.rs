//! A roster in CSV. Read [`read`] first.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::collect::{Collector, Place};
use super::headings::{HeadRow, Heading, MOST_ROWS_ABOVE, NoHeading, find};
use super::rows::{Row, RowError, Rows};
use super::text::{NoMore, Pieces, TextError, TextStream};
use super::{Content, no_heading, too_large, unreadable};
use crate::diagnostic::Diagnostic;
use crate::import::csv::{HEAD, best_delimiter, quote_open, stated_delimiter};
use crate::import::text::{binary, is_wide, marked_encoding, not_in_an_encoding};
use crate::plan::{Attached, UserSet};

/// Reads a roster. `start` are its first bytes, which tell the encoding; what they leave open is UTF-8 if all of it
/// is, else GB18030.
pub(super) fn read(
    name: &str,
    file: &mut dyn Content,
    start: &[u8],
    column: Option<&str>,
) -> Result<Attached<UserSet>, Diagnostic> {
    let (encoding, mark) = marked_encoding(start).unwrap_or((UTF_8, 0));
    let encodings = if encoding == UTF_8 && mark == 0 { vec![UTF_8, GB18030] } else { vec![encoding] };
    let mut last = None;
    for encoding in encodings {
        match read_in(encoding, mark, file, column) {
            Ok(users) => return Ok(users.finish(name)),
            Err(error) => {
                let is_final = !matches!(error, Error::Row(RowError::Text(TextError::Malformed, _)));
                last = Some(error.diagnostic(name, encoding, column));
                if is_final {
                    break;
                }
            }
        }
    }
    Err(last.unwrap_or_else(|| binary(name)))
}

/// The reason why a file is no roster.
enum Error {
    Row(RowError),
    Heading(NoHeading),
}

impl From<RowError> for Error {
    fn from(error: RowError) -> Error {
        Error::Row(error)
    }
}

impl Error {
    fn diagnostic(self, name: &str, encoding: &'static Encoding, column: Option<&str>) -> Diagnostic {
        match self {
            Error::Heading(reason) => no_heading(name, reason, column),
            Error::Row(RowError::Open(line)) => quote_open(name, usize::try_from(line).unwrap_or(usize::MAX)),
            Error::Row(RowError::Text(TextError::Io(error), _)) => unreadable(name, &error),
            Error::Row(RowError::Text(TextError::TooLarge, _)) => too_large(name),
            Error::Row(RowError::Text(TextError::Malformed, line)) if !is_wide(encoding) => {
                not_in_an_encoding(name, usize::try_from(line).unwrap_or(usize::MAX))
            }
            Error::Row(RowError::Text(TextError::Malformed, _) | RowError::Binary) => binary(name),
        }
    }
}

fn read_in(
    encoding: &'static Encoding,
    mark: usize,
    file: &mut dyn Content,
    column: Option<&str>,
) -> Result<Collector, Error> {
    let text_error = |error| RowError::Text(error, 1);
    let mut stream = TextStream::new(file, encoding, mark).map_err(text_error)?;
    let (mut head, mut piece) = (Vec::new(), Vec::new());
    while head.len() < HEAD {
        let read = stream.read(&mut piece);
        head.extend_from_slice(&piece);
        let line = 1 + head.iter().filter(|byte| **byte == b'\n').count();
        read.map_err(|error| RowError::Text(error, line as u64))?;
        if piece.is_empty() {
            break;
        }
    }
    let stated = stated_delimiter(std::str::from_utf8(&head).unwrap_or_default());
    let first_line = if stated.is_some() { 2 } else { 1 };
    if stated.is_some() {
        let first = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |end| end + 1);
        head.drain(..first);
    }
    let delimiter = stated.unwrap_or_else(|| {
        best_delimiter(|delimiter| {
            let rows = head_rows(&head, delimiter);
            (find(&rows, column).is_ok(), rows.iter().map(Vec::len).max())
        })
    });
    if head.contains(&0) {
        return Err(RowError::Binary.into());
    }
    let heading = find(&head_rows(&head, delimiter), column).map_err(Error::Heading)?;
    collect(Rows::new(stream, head, delimiter, first_line), &heading)
}

/// Returns the first rows with a content.
fn head_rows(head: &[u8], delimiter: char) -> Vec<HeadRow> {
    let mut rows = Rows::new(NoMore, head.to_vec(), delimiter, 1);
    let mut found = Vec::new();
    while let Ok(Some(row)) = rows.next() {
        let cells = (1..=row.columns()).map(|column| (column, row.field(column).to_owned()));
        let cells: HeadRow = cells.filter(|(_, text)| !text.is_empty()).collect();
        if !cells.is_empty() {
            found.push(cells);
        }
        if found.len() == MOST_ROWS_ABOVE {
            break;
        }
    }
    found
}

fn collect<P: Pieces>(mut rows: Rows<P>, heading: &Heading) -> Result<Collector, Error> {
    let mut users = Collector::default();
    let mut above = heading.row + 1;
    while above > 0 {
        match rows.next()? {
            Some(row) => above -= usize::from(!row.is_blank()),
            None => return Ok(users),
        }
    }
    while let Some(row) = rows.next()? {
        add(&mut users, &row, heading);
    }
    Ok(users)
}

fn add(users: &mut Collector, row: &Row<'_>, heading: &Heading) {
    let id = row.field(heading.column);
    if id.is_empty() {
        if !row.is_blank() {
            users.add_blank(Place::Line(row.line()));
        }
    } else if id != heading.text {
        // The heading stands again where files were put one behind the other.
        users.add(id, Place::Line(row.line()));
    }
}
