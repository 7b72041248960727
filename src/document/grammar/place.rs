use std::ops::Range;

use crate::document::tree::Key;

/// Where the parser met an error, and what it was reading.
pub(in crate::document) enum Place<'p> {
    /// Between the expressions.
    Blank,
    /// The name of a key or a table.
    Key { span: Range<usize> },
    /// A word that should be a value of a key.
    Value { span: Range<usize>, key: Option<&'p str> },
    /// A header, of which the path is empty where it cannot be told.
    Header { path: &'p [Key<'p>], list: bool },
    /// A line with a key or without one, which has an equals sign or not.
    Line { key: Option<&'p str>, is_set: bool },
}
