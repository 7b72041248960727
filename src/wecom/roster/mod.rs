//! Rosters: the users of an app, from a CSV file or a workbook (XLSX). The bytes go in, the users and the problems of
//! the file come out.
//!
//! [`read`] is to be read first. `text` and `rows` make rows of a CSV file as it streams by, `csv` and `workbook` find
//! the column of the user ids, of which `headings` knows the names, and `collect` gathers users and problems. Messages
//! name lines and cells, and never a user.

mod collect;
mod csv;
mod headings;
mod rows;
mod text;
mod workbook;

use std::io::{Read, Seek, SeekFrom};

use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::import::workbook::is_workbook;
use crate::plan::{Attached, UserSet};
use headings::{MOST_ROWS_ABOVE, NoHeading};

/// Size of the largest roster that is read, in bytes.
pub const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// The content of a file, which is read once or twice.
pub trait Content: Read + Seek {}

impl<T: Read + Seek> Content for T {}

/// Reads a roster. `name` is how messages call the file, `column` the heading of the user ids; without one, the
/// headings that are known are looked for. A user counts once, however often the file lists him. Memory holds the
/// users, not the file.
///
/// ```
/// use std::io::Cursor;
/// use wxlicense::wecom::roster;
///
/// let csv = "姓名,账号\n张三,zhangsan\n李四,lisi\n张三,zhangsan\n";
/// let roster = roster::read("visitors.csv", &mut Cursor::new(csv), None);
/// assert_eq!(roster.content.len(), 2);
/// assert_eq!(roster.diagnostics[0].code.as_str(), "roster-duplicates");
/// ```
pub fn read(name: &str, file: &mut dyn Content, column: Option<&str>) -> Attached<UserSet> {
    let users = start(file).and_then(|start| {
        Ok(if file.seek(SeekFrom::End(0))? > MAX_BYTES {
            Err(too_large(name))
        } else if is_workbook(&start) {
            workbook::read(name, file, column)
        } else {
            csv::read(name, file, &start, column)
        })
    });
    let problem = match users {
        Ok(Ok(users)) => return users,
        Ok(Err(problem)) => problem,
        Err(error) => unreadable(name, &error),
    };
    Attached { content: UserSet::default(), diagnostics: vec![problem] }
}

/// Returns the first bytes, by which an encoding and a workbook are told.
fn start(file: &mut dyn Content) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(crate::import::text::SAMPLE);
    file.rewind()?;
    file.take(crate::import::text::SAMPLE as u64).read_to_end(&mut start)?;
    Ok(start)
}

/// Reports a file without a column of user ids. No heading of the file is named, since a file without headings has
/// users in their place.
fn no_heading(name: &str, reason: NoHeading, column: Option<&str>) -> Diagnostic {
    match reason {
        NoHeading::Missing => Diagnostic::new(Code::RosterColumnMissing)
            .with("file", name)
            .with("column", column.unwrap_or("none"))
            .with("rows", MOST_ROWS_ABOVE),
        NoHeading::Twice(heading) => {
            Diagnostic::new(Code::RosterColumnTwice).with("file", name).with("heading", heading)
        }
    }
}

/// Reports a file that the system cannot read to its end.
pub(super) fn unreadable(name: &str, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(Code::FileUnreadable).with("file", name).with("reason", error.to_string())
}

/// Reports a file with more than [`MAX_BYTES`].
fn too_large(name: &str) -> Diagnostic {
    let what = Message::new("users-bytes").with("most", MAX_BYTES / (1024 * 1024));
    Diagnostic::new(Code::SheetTooLarge).with("file", name).with("what", what)
}

#[cfg(test)]
mod tests;
