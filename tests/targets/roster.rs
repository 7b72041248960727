//! Rosters: the users do not depend on the encoding, nor on how a file is read.

use std::io::{Cursor, Read, Seek, SeekFrom};

use encoding_rs::GB18030;
use wxlicense::diagnostic::Diagnostic;
use wxlicense::wecom::roster;

use super::check_problems;
use super::workbook::with_sheet;

/// Reads a roster with and without a named column. The same text in another encoding, or read in small pieces, has the
/// same users and problems; plain rows have the users that the csv crate finds.
pub fn roster(bytes: &[u8]) {
    let file = with_sheet(bytes);
    for column in [None, Some("工号")] {
        let whole = read(&file, column);
        check_problems(&whole.problems);
        for problem in &whole.problems {
            assert!(problem.location.is_none() && problem.related.is_empty(), "no excerpt: {problem:?}");
        }
        assert!(!whole.users.is_empty() || !whole.problems.is_empty(), "no users for no reason");
        for step in [file.len() / 40 + 1, file.len() / 3 + 1] {
            let pieces = read_from(&mut InPieces { file: Cursor::new(&file), step }, column);
            assert_eq!(pieces, whole, "in pieces of {step}");
        }
        let Some(text) = plain_text(&file) else { continue };
        for (encoding, encoded) in encodings(text) {
            assert_eq!(read(&encoded, column), whole, "{encoding}");
        }
        if column.is_none()
            && let Some(users) = users_of_plain_rows(text)
        {
            assert_eq!(whole.users, users);
        }
    }
}

/// What a roster gives.
#[derive(Debug, PartialEq)]
struct Roster {
    users: Vec<String>,
    problems: Vec<Diagnostic>,
}

fn read(file: &[u8], column: Option<&str>) -> Roster {
    read_from(&mut Cursor::new(file), column)
}

fn read_from(content: &mut dyn roster::Content, column: Option<&str>) -> Roster {
    let read = roster::read("roster.csv", content, column);
    Roster { users: read.content.iter().map(str::to_owned).collect(), problems: read.diagnostics }
}

/// A file of which a read returns a few bytes.
struct InPieces<'f> {
    file: Cursor<&'f Vec<u8>>,
    step: usize,
}

impl Read for InPieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(self.step);
        self.file.read(&mut buffer[..length])
    }
}

impl Seek for InPieces<'_> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

/// Returns the text of a file that can be nothing but UTF-8 without a mark.
fn plain_text(file: &[u8]) -> Option<&str> {
    let is_text = !file.contains(&0) && !file.starts_with(b"PK") && !file.starts_with(b"\xef\xbb\xbf");
    std::str::from_utf8(file).ok().filter(|_| is_text)
}

/// Writes a text in other encodings, as far as they cannot be taken for yet another one.
fn encodings(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let units = || text.encode_utf16();
    let mark = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    let mut encodings = vec![
        ("UTF-8 with a mark", mark(b"\xef\xbb\xbf", text.into())),
        ("UTF-16LE", mark(b"\xff\xfe", units().flat_map(u16::to_le_bytes).collect())),
        ("UTF-16BE", mark(b"\xfe\xff", units().flat_map(u16::to_be_bytes).collect())),
    ];
    let (bytes, _, is_lossy) = GB18030.encode(text);
    let is_marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let is_same = GB18030.decode_without_bom_handling(&bytes).0 == text;
    if !is_lossy && is_same && !is_marked && (text.is_ascii() || std::str::from_utf8(&bytes).is_err()) {
        encodings.push(("GB18030", bytes.into_owned()));
    }
    encodings
}

/// Returns the users of a text whose first row has one `userid`, with commas, and no signs that need a closer look.
fn users_of_plain_rows(text: &str) -> Option<Vec<String>> {
    let is_plain = |sign: char| sign.is_ascii_graphic() && !";\"'=".contains(sign) || sign == '\n';
    if !text.chars().all(is_plain) {
        return None;
    }
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = rows.records().map(Result::unwrap);
    let head = rows.next()?;
    let column = head.iter().position(|cell| cell == "userid")?;
    // Another heading of the same meaning would be a column of its own.
    if head.iter().enumerate().any(|(index, cell)| index != column && cell.len() > 3) {
        return None;
    }
    let mut users: Vec<String> = Vec::new();
    for row in rows {
        let id = row.get(column).unwrap_or_default();
        if !id.is_empty() && id.len() <= 64 && id != "userid" && !users.iter().any(|user| user == id) {
            users.push(id.to_owned());
        }
    }
    Some(users)
}
