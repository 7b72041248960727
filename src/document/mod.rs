//! TOML with places: a text becomes a tree of spanned values, a [`Table`] hands them out typed, and every
//! value that does not fit becomes a diagnostic at its place. Plans and rate cards are both read through it.

mod broken;
mod expected;
mod expressions;
mod field;
pub(crate) mod flat;
mod grammar;
pub(crate) mod key;
pub(crate) mod kind;
mod likely;
mod moment;
mod parse;
mod schema;
mod table;
mod tree;
mod value;

pub(crate) use field::Field;
pub use key::{About, Key, Shape, TableKeys};
pub use kind::money_error;
pub use likely::{suggestion, unknown_word};
pub(crate) use schema::json_schema;
pub(crate) use table::{Keys, Table};
pub use value::At;

use std::sync::Arc;

use toml::de::DeTable;

use self::flat::{Node, flatten};
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};

/// Parses the text and hands its root table to `read`. Everything that breaks TOML's grammar is reported; what is
/// valid besides is read, and a [`Table`] keeps silent about what may have stood where nothing could be read. The
/// result is `None` when an error was found.
pub(crate) fn read<T>(
    source: &Arc<SourceFile>,
    sink: &Sink,
    keys: &'static TableKeys,
    root_name: &'static str,
    read: impl FnOnce(Table<'_>) -> Option<T>,
) -> Option<T> {
    if let Ok(root) = DeTable::parse(source.text()) {
        return read_parsed(&flatten(&root), sink, keys, root_name, read);
    }
    let (tree, problems) = parse::parse(source.text());
    for problem in problems {
        let span = problem.span.clone();
        sink.report(problem.diagnostic(), span);
    }
    read_parsed(&tree.flatten(), sink, keys, root_name, read)
}

/// Hands the root table of a text that has been parsed already to `read`. The result is `None` when an error was
/// found.
pub(crate) fn read_parsed<'d, T>(
    nodes: &'d [Node<'d>],
    sink: &'d Sink,
    keys: &'static TableKeys,
    root_name: &'static str,
    read: impl FnOnce(Table<'d>) -> Option<T>,
) -> Option<T> {
    let result = read(Table::root(nodes, keys, root_name, sink)?);
    sink.amend(|problem| hint_at_the_top(problem, keys.keys));
    result.filter(|_| !sink.has_errors())
}

/// In TOML a key below a header belongs to that header's table, also where the whole file was meant.
fn hint_at_the_top(problem: &mut Diagnostic, keys_of_root: &[Key]) {
    if problem.code != Code::UnknownKey {
        return;
    }
    let is_for_root = |(name, key): &(&str, Arg)| {
        *name == "key" && keys_of_root.iter().any(|known| *key == Arg::from(known.name))
    };
    if problem.args.iter().any(is_for_root)
        && let Some((_, suggestion)) = problem.args.iter_mut().find(|(name, _)| *name == "suggestion")
    {
        *suggestion = "at-the-top".into();
    }
}

#[cfg(test)]
mod tests;
