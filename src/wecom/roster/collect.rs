//! Gathers the users of a roster and its problems, one diagnostic a kind: how many there are and where the first ones
//! stand. Read [`Collector::add`] first.

use crate::diagnostic::lang::{Arg, Message};
use crate::diagnostic::{CellAddress, Code, Diagnostic};
use crate::plan::{Attached, UserSet};

/// Longest user id of WeCom, in bytes.
const MOST_BYTES: usize = 64;

/// Number of lines or cells that a problem names.
const MOST_NAMED: usize = 5;

/// Where an id stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// In a line of a CSV file, counted from 1.
    Line(u64),
    /// In a cell of a workbook.
    Cell(CellAddress),
}

/// The users of a roster while it is read.
#[derive(Debug, Default)]
pub(super) struct Collector {
    users: UserSet,
    duplicates: Problem,
    blank: Problem,
    odd: Problem,
    long: Problem,
}

/// A kind of problem: its number, and the first places.
#[derive(Debug, Default)]
struct Problem {
    count: usize,
    first: Vec<Place>,
}

impl Collector {
    /// Adds a user by his id, without blanks around it. An id of more than [`MOST_BYTES`] is none.
    pub(super) fn add(&mut self, id: &str, place: Place) {
        if id.len() > MOST_BYTES {
            return self.long.add(place);
        }
        if !self.users.insert(id) {
            return self.duplicates.add(place);
        }
        if !has_signs_of_an_id(id) {
            self.odd.add(place);
        }
    }

    /// Adds a user whose id the spreadsheet has changed, as it stands.
    pub(super) fn add_changed(&mut self, id: &str, place: Place) {
        self.odd.add(place);
        if !self.users.insert(id) {
            self.duplicates.add(place);
        }
    }

    /// Counts a row with a content, but without an id.
    pub(super) fn add_blank(&mut self, place: Place) {
        self.blank.add(place);
    }

    /// Returns the users and what is to be said of the file.
    pub(super) fn finish(self, name: &str) -> Attached<UserSet> {
        let kinds = [
            (Code::RosterLongIds, &self.long),
            (Code::RosterBlankIds, &self.blank),
            (Code::RosterOddIds, &self.odd),
            (Code::RosterDuplicates, &self.duplicates),
        ];
        let found = kinds.into_iter().filter(|(_, problem)| problem.count > 0);
        let mut diagnostics: Vec<Diagnostic> =
            found.map(|(code, problem)| problem.diagnostic(code, name)).collect();
        if self.users.is_empty() && self.long.count == 0 {
            diagnostics.push(Diagnostic::new(Code::RosterEmpty).with("file", name));
        }
        Attached { content: self.users, diagnostics }
    }
}

impl Problem {
    fn add(&mut self, place: Place) {
        self.count += 1;
        if self.first.len() < MOST_NAMED {
            self.first.push(place);
        }
    }

    fn diagnostic(&self, code: Code, name: &str) -> Diagnostic {
        let id = match self.first[..] {
            [Place::Cell(_), ..] => "users-cells",
            [_] => "users-line",
            _ => "users-lines",
        };
        let named: Vec<Arg> = self.first.iter().map(|place| place.to_string().into()).collect();
        let more = self.count - named.len();
        let places = Message::new(id).with("places", Arg::List(named.into())).with("more", more);
        Diagnostic::new(code)
            .with("file", name)
            .with("count", self.count)
            .with("most", MOST_BYTES)
            .with("places", places)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Place::Line(line) => line.fmt(f),
            Place::Cell(cell) => cell.fmt(f),
        }
    }
}

/// Returns true if an id has only the signs that WeCom allows: ASCII letters and digits, `_`, `-`, `@` and `.`, a
/// letter or a digit first.
fn has_signs_of_an_id(id: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'@' | b'.');
    id.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) && id.bytes().all(is_sign)
}
