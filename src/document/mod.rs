//! TOML with places: a text becomes a tree of spanned values, a [`Table`] hands them out typed, and every
//! value that does not fit becomes a diagnostic at its place. Plans and rate cards are both read through it.

mod broken;
mod expected;
mod expressions;
pub(crate) mod flat;
mod grammar;
mod likely;
mod moment;
mod parse;
pub(crate) mod shape;
mod table;
mod tree;
mod value;

pub use likely::{suggestion, unknown_word};
pub use table::{Table, money_error};
pub use value::At;

use std::sync::Arc;

use toml::de::DeTable;

use self::flat::{Node, flatten};
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};

/// Parses the text and hands its root table to `read`. Everything that breaks TOML's grammar is reported; what is
/// valid besides is read, and a [`Table`] keeps silent about what may have stood where nothing could be read. The
/// result is `None` when an error was found.
pub fn read<T>(
    source: &Arc<SourceFile>,
    sink: &Sink,
    root_name: impl Into<Arg>,
    read: impl FnOnce(&mut Table<'_>) -> Option<T>,
) -> Option<T> {
    if let Ok(root) = DeTable::parse(source.text()) {
        return read_parsed(&flatten(&root), sink, root_name, read);
    }
    let (tree, problems) = parse::parse(source.text());
    for problem in problems {
        let span = problem.span.clone();
        sink.report(problem.diagnostic(), span);
    }
    read_parsed(&tree.flatten(), sink, root_name, read)
}

/// Hands the root table of a text that has been parsed already to `read`. The result is `None` when an error was
/// found.
pub(crate) fn read_parsed<'d, T>(
    nodes: &'d [Node<'d>],
    sink: &'d Sink,
    root_name: impl Into<Arg>,
    read: impl FnOnce(&mut Table<'d>) -> Option<T>,
) -> Option<T> {
    let mut table = Table::root(nodes, root_name, sink)?;
    let result = read(&mut table);
    sink.amend(|problem| hint_at_the_top(problem, table.known()));
    table.finish();
    result.filter(|_| !sink.has_errors())
}

/// In TOML a key below a header belongs to that header's table, also where the whole file was meant.
fn hint_at_the_top(problem: &mut Diagnostic, keys_of_root: &[&str]) {
    if problem.code != Code::UnknownKey {
        return;
    }
    let is_for_root = |(name, key): &(&str, Arg)| {
        *name == "key" && keys_of_root.iter().any(|known| *key == Arg::from(*known))
    };
    if problem.args.iter().any(is_for_root)
        && let Some((_, suggestion)) = problem.args.iter_mut().find(|(name, _)| *name == "suggestion")
    {
        *suggestion = "at-the-top".into();
    }
}

#[cfg(test)]
mod tests;
