//! Spanned TOML. In goes the text of a plan or a rate card, out come typed values: the `toml` crate reads the
//! text, a `Table` gives its values, and every value that does not fit becomes a diagnostic at its span. Read
//! `read` first. Where the text is not valid TOML, `recovery` masks what is not, so that the rest is checked
//! all the same.

pub(crate) mod flat;
pub(crate) mod key;
pub(crate) mod kind;
mod recovery;
mod suggestion;
mod table;
mod value;

pub use key::{About, Key, Shape, TableKeys};
pub use suggestion::{suggestion, unknown_word};
pub(crate) use table::{Keys, Table};
pub use value::At;
pub(crate) use value::Field;

use std::sync::Arc;

use toml::de::DeTable;

use self::flat::{Node, flatten};
use crate::diagnostic::lang::Arg;
use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};

/// Parses the text and passes its root table to `read`. All syntax errors are reported; the valid rest is
/// read, and a [`Table`] reports nothing that could be a consequence of invalid text. Returns `None` if an
/// error was found.
pub(crate) fn read<T>(
    source: &Arc<SourceFile>,
    sink: &Sink,
    keys: &'static TableKeys,
    root_name: &'static str,
    read: impl FnOnce(Table<'_>) -> Option<T>,
) -> Option<T> {
    // The reader of files has dropped the byte order mark, so this is a second one, which `toml` would drop.
    if !source.text().starts_with('\u{feff}')
        && let Ok(root) = DeTable::parse(source.text())
    {
        let mut nodes = flatten(&root);
        recovery::check_digits(source.text(), &mut nodes, sink);
        return read_parsed(&nodes, sink, keys, root_name, read);
    }
    let masked = recovery::mask(source.text(), sink);
    let spliced = masked.spliced();
    let (root, _) = spliced.parse();
    let mut nodes = flatten(&root);
    masked.restore(&spliced, &mut nodes);
    recovery::check_digits(source.text(), &mut nodes, sink);
    read_parsed(&nodes, sink, keys, root_name, read)
}

/// Hands the root table of a text that has been parsed already to `read`. Returns `None` if an error was
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
