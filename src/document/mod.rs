//! TOML with places: a text becomes a tree of spanned values, a [`Table`] hands them out typed, and every
//! value that does not fit becomes a diagnostic at its place. Plans and rate cards are both read through it.

mod table;
mod value;

pub use table::{Table, money_error, suggestion};
pub use value::At;

use std::sync::Arc;

use toml::de::DeTable;

use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};
use crate::lang::Arg;

/// Parses the text and hands its root table to `read`. A text that breaks TOML's grammar has its grammar errors
/// reported and is not read further: what would be missing from it would only echo them. The result is `None`
/// when an error was found.
pub fn read<T>(
    source: &Arc<SourceFile>,
    sink: &Sink,
    root_name: impl Into<Arg>,
    read: impl FnOnce(&mut Table<'_>) -> Option<T>,
) -> Option<T> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let sound = errors.is_empty();
    for error in errors.into_iter().take(MOST_SYNTAX_ERRORS) {
        let at = error.span().unwrap_or(0..0);
        sink.report(Diagnostic::new(Code::TomlSyntax).with("reason", error.message()), at);
    }
    if !sound {
        return None;
    }
    let mut table = Table::root(root.get_ref(), root.span(), root_name, sink);
    let result = read(&mut table);
    table.finish();
    result.filter(|_| !sink.has_errors())
}

/// After this many, grammar errors are mostly echoes of the first.
const MOST_SYNTAX_ERRORS: usize = 10;
