//! A document as a flat list of nodes, which can be made while the program is built as well as while it runs.
//! `build.rs` has this file as a module too, so it uses nothing of the crate.

use std::ops::Range;

use toml_datetime::Datetime;

/// A value with its place, and in a table with its key. A document is a list of nodes whose first is the root table.
pub struct Node<'d> {
    /// The key; empty for the root and in a list.
    pub key: &'d str,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// Whether the key itself may be part of what could not be read, and need not be known.
    pub is_doubtful: bool,
    /// What stands there.
    pub value: Value<'d>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a value can be. What a list or a table holds are nodes of the same document, by their positions.
pub enum Value<'d> {
    /// A string.
    String(&'d str),
    /// A whole number: its digits with their sign, and their radix.
    Integer(&'d str, u32),
    /// A number with a point or an exponent, as it is written.
    Float(&'d str),
    /// `true` or `false`.
    Boolean(bool),
    /// A day, a time or both; `None` for one that the calendar does not have.
    Datetime(Option<Datetime>),
    /// A list.
    List(Range<usize>),
    /// A table.
    Table {
        /// Its keys.
        entries: Range<usize>,
        /// Whether lines of it could not be read, so that any key may have been meant to be there.
        has_gaps: bool,
    },
    /// Given, but not in TOML's grammar; that has been told.
    Unreadable,
}
