//! TOML with places: a text becomes a tree of spanned values, a [`Table`] hands them out typed, and every
//! value that does not fit becomes a diagnostic at its place. Plans and rate cards are both read through it.

mod expected;
pub(crate) mod shape;
mod table;
pub(crate) mod tree;
mod value;

pub use table::{Table, money_error, suggestion};
pub use value::At;

use tree::{Node, Value};

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use toml::de::DeTable;

use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};
use crate::lang::Arg;

/// Parses the text and hands its root table to `read`. A text that breaks TOML's grammar has its grammar errors
/// reported and is not read further: what would be missing from it would only echo them. A day that does not
/// exist is the exception: it leaves everything else whole, and [`Table`] reports it where it is read. The result
/// is `None` when an error was found.
pub fn read<T>(
    source: &Arc<SourceFile>,
    sink: &Sink,
    root_name: impl Into<Arg>,
    read: impl FnOnce(&mut Table<'_>) -> Option<T>,
) -> Option<T> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let nodes = tree::flatten(&root);
    let impossible_days = if errors.is_empty() { HashSet::new() } else { impossible_days(&nodes) };
    let is_told_by_table =
        |span: Option<Range<usize>>| span.is_some_and(|span| impossible_days.contains(&span));
    if !errors.iter().all(|error| is_told_by_table(error.span())) {
        let mut places = HashSet::new();
        let first_of_a_place =
            errors.into_iter().filter(|error| places.insert(error.span().map(|span| span.start)));
        for error in first_of_a_place.take(MOST_SYNTAX_ERRORS) {
            let at = error.span().unwrap_or(0..0);
            sink.report(Diagnostic::new(Code::TomlSyntax).with("reason", error.message()), at);
        }
        return None;
    }
    read_parsed(&nodes, sink, root_name, read)
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

/// After this many, grammar errors are mostly echoes of the first.
const MOST_SYNTAX_ERRORS: usize = 10;

/// Where the document has a date such as 30 February. The parser calls that an error of grammar, and puts a date
/// without any part in its place.
fn impossible_days(nodes: &[Node<'_>]) -> HashSet<Range<usize>> {
    let is_impossible = |node: &&Node<'_>| matches!(&node.value, Value::Datetime(day) if day.date.is_none() && day.time.is_none());
    nodes.iter().filter(is_impossible).map(|node| node.span.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_grammar_error() {
        let deep = format!("a = {}{}\n", "[".repeat(300), "]".repeat(300));
        let source = Arc::new(SourceFile::new("plan.toml", deep));
        let sink = Sink::new(Arc::clone(&source));
        assert_eq!(super::read(&source, &sink, "plan", |_| Some(())), None);
        assert_eq!(sink.into_diagnostics().len(), 1);
    }
}
