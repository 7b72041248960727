use std::cell::OnceCell;
use std::ops::Range;

use super::flat::{Node, Value};
use super::key::{Key, Shape, TableKeys};
use super::kind::{Entry, Kind};
use super::suggestion::{found, meant, suggestion, written};
use super::{At, Field};
use crate::diagnostic::lang::{Arg, Message};
use crate::diagnostic::{Code, Diagnostic, Sink};

/// One table of a document with the keys that it may have. [`Table::get`] reads one, and reports what does
/// not fit; [`Table::finish`] reports missing keys and unknown ones.
pub(crate) struct Table<'d> {
    document: &'d [Node<'d>],
    entries: &'d [Node<'d>],
    has_gaps: bool,
    span: Range<usize>,
    name: Name,
    keys: &'static [Key],
    /// Entries that are no key of the table, each with the key that was probably meant, or `none`.
    unknown: Vec<(&'d Node<'d>, &'static str)>,
    sink: &'d Sink,
}

/// The keys of a table, read all at once.
pub(crate) trait Keys<'d>: Sized {
    /// Their declaration.
    const KEYS: &'static TableKeys;

    /// Reads every key, and reports what is wrong with them.
    fn read(table: Table<'d>) -> Self;
}

/// The name of a table in a diagnostic.
#[derive(Clone, Copy)]
enum Name {
    Text(&'static str),
    /// The id of a message.
    Message(&'static str),
}

/// A table with more unknown keys than these gets suggestions for this many only; the rest are no
/// misspellings.
const MOST_MISSPELT: usize = 100;

impl<'d> Table<'d> {
    /// Takes the root table of a document, called by a message; `None` for a list of nodes that does not
    /// begin with a table.
    pub(super) fn root(
        document: &'d [Node<'d>],
        keys: &'static TableKeys,
        name: &'static str,
        sink: &'d Sink,
    ) -> Option<Table<'d>> {
        Table::of(document, document.first()?, keys, Name::Message(name), sink)
    }

    fn of(
        document: &'d [Node<'d>],
        node: &'d Node<'d>,
        keys: &'static TableKeys,
        name: Name,
        sink: &'d Sink,
    ) -> Option<Table<'d>> {
        let Value::Table { entries, has_gaps } = &node.value else { return None };
        let (entries, has_gaps) = (&document[entries.clone()], *has_gaps);
        let keys = keys.keys;
        let mut unknown = Vec::new();
        for entry in entries.iter().filter(|entry| !entry.recovered && find(keys, entry.key).is_none()) {
            unknown.push((
                entry,
                if unknown.len() < MOST_MISSPELT { suggest_key(entry.key, keys) } else { "none" },
            ));
        }
        Some(Table { document, entries, has_gaps, span: node.span.clone(), name, keys, unknown, sink })
    }

    /// Reads the value of a key.
    pub(crate) fn get<K: Kind<'d>>(&self, key: &'static Key) -> Field<K::Value> {
        match self.node(key.name) {
            None if self.may_have(key.name) => Field::Invalid,
            None => Field::Missing,
            Some(node) if matches!(node.value, Value::Unreadable) => Field::Invalid,
            Some(node) => match K::read(Entry { key, node, table: self }) {
                Some(value) => Field::Valid(At::new(value, node.span.clone())),
                None => Field::Invalid,
            },
        }
    }

    /// Returns the span of the table: its header, or the whole of an inline table.
    pub(crate) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the span of a key's value, or of the table where the key is missing.
    pub(crate) fn span_of(&self, key: &str) -> Range<usize> {
        self.node(key).map_or_else(|| self.span(), |node| node.span.clone())
    }

    /// Returns the sink for problems.
    pub(crate) fn sink(&self) -> &'d Sink {
        self.sink
    }

    /// Reports a problem at a span.
    pub(crate) fn report(&self, diagnostic: Diagnostic, span: Range<usize>) {
        self.sink.report(diagnostic, span);
    }

    /// Returns false if the list may have members under a misspelt key, or in a line that could not be read.
    pub(crate) fn lists_all(&self, name: &str) -> bool {
        !self.has_gaps && !self.is_misspelt(name)
    }

    /// Returns the members of a list of the document.
    pub(super) fn members(&self, members: &Range<usize>) -> &'d [Node<'d>] {
        &self.document[members.clone()]
    }

    /// Reports required keys that are missing, and unknown ones.
    pub(crate) fn finish(&self) {
        self.keys.iter().filter(|key| key.required).for_each(|key| self.report_missing(key.name));
        let known: OnceCell<Arg> = OnceCell::new();
        let names = || self.keys.iter().map(|key| key.name).collect::<Vec<_>>().into();
        for (entry, suggestion) in &self.unknown {
            let diagnostic = Diagnostic::new(Code::UnknownKey)
                .with("key", entry.key)
                .with("table", self.name())
                .with("suggestion", header_below(self.keys, entry.key).unwrap_or(suggestion))
                .with("known", known.get_or_init(names).clone());
            self.report(diagnostic, entry.key_span.clone());
        }
    }

    /// Reports that a key is missing, unless it may be in a part that could not be read.
    pub(crate) fn report_missing(&self, name: &str) {
        let Some(key) = find(self.keys, name).filter(|_| !self.may_have(name)) else { return };
        let diagnostic = Diagnostic::new(Code::MissingKey)
            .with("table", self.name())
            .with("key", key.name)
            .with("example", key.example_line());
        self.report(diagnostic, self.span());
    }

    fn node(&self, name: &str) -> Option<&'d Node<'d>> {
        self.entries.iter().find(|entry| entry.key == name)
    }

    /// The key is there, misspelt, or may be there in a line that could not be read.
    fn may_have(&self, name: &str) -> bool {
        self.has_gaps || self.node(name).is_some() || self.is_misspelt(name)
    }

    fn is_misspelt(&self, name: &str) -> bool {
        self.unknown.iter().any(|(_, meant)| *meant == name)
    }

    fn name(&self) -> Arg {
        match self.name {
            Name::Text(text) => text.into(),
            Name::Message(id) => Message::new(id).into(),
        }
    }
}

fn find<'k>(keys: &'k [Key], name: &str) -> Option<&'k Key> {
    keys.iter().find(|key| key.name == name)
}

fn suggest_key(wrong: &str, keys: &'static [Key]) -> &'static str {
    suggestion(wrong, &keys.iter().map(|key| key.name).collect::<Vec<_>>())
}

/// Returns the header of a table further down that a key was meant to begin.
fn header_below(keys: &[Key], name: &str) -> Option<&'static str> {
    let mut below = keys.iter().filter_map(|key| find(key.shape.table()?.keys, name)?.shape.table());
    below.find(|table| !table.header.is_empty()).map(|table| table.header)
}

impl<'d> Entry<'d, '_> {
    /// Takes the value as a table; `None` if it is none.
    pub(super) fn inner(&self, keys: &'static TableKeys) -> Option<Table<'d>> {
        let name = if keys.header.is_empty() { self.key.name } else { keys.header };
        Table::of(self.table.document, self.node, keys, Name::Text(name), self.table.sink)
    }

    /// Reports that the value is not of this shape.
    pub(super) fn wrong_type<T>(&self, shape: &Shape) -> Option<T> {
        let (key, value) = (self.key, &self.node.value);
        let fix = match (shape, meant(shape, value)) {
            (_, Some(meant)) => written(key.name, &meant),
            // A list that has headers of its own is written by its header.
            (Shape::Tables(_, table), _) if !table.header.is_empty() => {
                Message::new("term-write").with("example", table.header)
            }
            _ => Message::new("term-write-such-as").with("example", key.example_line()),
        };
        let problem = self.problem(Code::WrongType).with("found", found(value));
        self.reject(problem.with("expected", shape.noun()).with("fix", fix))
    }
}
