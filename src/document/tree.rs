//! What a text says: its tables, as TOML nests them, each key and value with its place. Tables lie in one list and
//! name each other by number, so that a text of any depth is built and dropped without recursion.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use toml_datetime::Datetime;

use super::flat;

/// All tables of a text.
pub(super) struct Tree<'d> {
    tables: Vec<Entries<'d>>,
}

/// The number of a table in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TableId(usize);

/// The keys of one table.
pub(super) struct Entries<'d> {
    pub(super) by_key: BTreeMap<Cow<'d, str>, Entry<'d>>,
    /// Whether lines of it could not be read, so that any key may have been meant to be there.
    pub(super) has_gaps: bool,
    origin: Origin,
}

/// A key with its value.
pub(super) struct Entry<'d> {
    pub(super) key: Range<usize>,
    pub(super) node: Node<'d>,
    /// Whether the key itself may be part of what could not be read, and need not be known.
    pub(super) is_doubtful: bool,
}

/// A value at its place.
pub(super) struct Node<'d> {
    pub(super) value: Value<'d>,
    pub(super) span: Range<usize>,
}

/// A value of TOML.
pub(super) enum Value<'d> {
    String(Cow<'d, str>),
    /// Digits of a base, with their sign.
    Integer(Cow<'d, str>, u32),
    Float(Cow<'d, str>),
    Boolean(bool),
    /// `None` for one that the calendar does not have.
    Datetime(Option<Datetime>),
    Table(TableId),
    List(Vec<Node<'d>>, ListOrigin),
    /// Given, but not in TOML's grammar; that has been told.
    Unreadable,
}

/// How a list was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListOrigin {
    /// In brackets: what is closed stays closed.
    Brackets,
    /// By `[[headers]]`, of which each adds a table.
    Headers,
}

/// One part of a dotted name.
#[derive(Clone)]
pub(super) struct Key<'d> {
    pub(super) name: Cow<'d, str>,
    pub(super) span: Range<usize>,
    /// Whether it stands in or behind a line that could not be read.
    pub(super) is_doubtful: bool,
}

/// A name that is taken.
pub(super) struct Clash {
    pub(super) kind: ClashKind,
    /// The name that came later.
    pub(super) at: Range<usize>,
    /// What holds it.
    pub(super) first: Range<usize>,
}

/// What makes two uses of a name one too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClashKind {
    /// A key or a table is there already.
    Twice,
    /// `[name]` where `[[name]]` made a list of tables.
    IsList,
    /// A plain value, which has nothing below it.
    IsValue,
    /// A list that begins only after a header below it.
    BelowNoList,
}

/// How a table came about, which decides who may add to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Its own header, or the root.
    Header,
    /// Only named on the way to a table below it.
    Path,
    /// Keys with dots.
    Dots,
    /// Braces.
    Braces,
}

impl<'d> Tree<'d> {
    /// The nodes of the document, in the order in which [`Value::Table`](flat::Value::Table) names them.
    pub(super) fn flatten(&self) -> Vec<flat::Node<'_>> {
        let mut flat = Flat { nodes: Vec::new(), open: Vec::new() };
        flat.add("", 0..0, false, 0..0, &Value::Table(Tree::ROOT));
        while let Some((parent, content)) = flat.open.pop() {
            let first = flat.nodes.len();
            match content {
                Content::List(items) => {
                    items.iter().for_each(|item| flat.add("", 0..0, false, item.span.clone(), &item.value));
                    flat.nodes[parent].value = flat::Value::List(first..flat.nodes.len());
                }
                Content::Table(id) => {
                    let Entries { by_key, has_gaps, .. } = self.entries(id);
                    for (key, Entry { key: key_span, node, is_doubtful }) in by_key {
                        flat.add(key, key_span.clone(), *is_doubtful, node.span.clone(), &node.value);
                    }
                    let entries = first..flat.nodes.len();
                    flat.nodes[parent].value = flat::Value::Table { entries, has_gaps: *has_gaps };
                }
            }
        }
        flat.nodes
    }

    /// The table of the whole text.
    pub(super) const ROOT: TableId = TableId(0);

    pub(super) fn new() -> Tree<'d> {
        Tree { tables: vec![Entries::new(Origin::Header)] }
    }

    pub(super) fn entries(&self, table: TableId) -> &Entries<'d> {
        &self.tables[table.0]
    }

    /// A new table for braces; it is in the tree once a value names it.
    pub(super) fn braces(&mut self) -> TableId {
        self.add(Origin::Braces)
    }

    /// Says that any key may be missing from the table because a line was not readable.
    pub(super) fn mark_gap(&mut self, table: TableId) {
        self.tables[table.0].has_gaps = true;
    }

    /// Sets `path` below a table to a value.
    pub(super) fn insert(&mut self, table: TableId, path: &[Key<'d>], node: Node<'d>) -> Result<(), Clash> {
        let Some((last, before)) = path.split_last() else { return Ok(()) };
        let mut table = table;
        for key in before {
            table = match self.step(table, key, Origin::Dots)? {
                Some(next) => next,
                None => return Ok(()),
            };
        }
        match self.tables[table.0].by_key.get(&last.name) {
            Some(first) => Err(Clash::new(ClashKind::Twice, last, first)),
            None => {
                self.put(table, last, node);
                Ok(())
            }
        }
    }

    /// Opens the table of `[path]`, or another of `[[path]]`. `None` where it lies below a value that could not be
    /// read.
    pub(super) fn open(
        &mut self,
        path: &[Key<'d>],
        list: bool,
        header: Range<usize>,
    ) -> Result<Option<TableId>, Clash> {
        let Some((last, before)) = path.split_last() else { return Ok(None) };
        let mut table = Tree::ROOT;
        for key in before {
            table = match self.step(table, key, Origin::Path)? {
                Some(next) => next,
                None => return Ok(None),
            };
        }
        if !self.tables[table.0].by_key.contains_key(&last.name) {
            let new = self.add(Origin::Header);
            let node = Node { value: Value::Table(new), span: header.clone() };
            let value = if list { Value::List(vec![node], ListOrigin::Headers) } else { Value::Table(new) };
            self.put(table, last, Node { value, span: header });
            return Ok(Some(new));
        }
        self.reopen(table, last, list, header)
    }

    fn reopen(
        &mut self,
        parent: TableId,
        key: &Key<'d>,
        list: bool,
        header: Range<usize>,
    ) -> Result<Option<TableId>, Clash> {
        let new = TableId(self.tables.len());
        let on_the_way = match self.tables[parent.0].by_key.get(&key.name).map(|entry| &entry.node.value) {
            Some(Value::Table(there)) if self.tables[there.0].origin == Origin::Path => Some(*there),
            _ => None,
        };
        if let Some(there) = on_the_way.filter(|_| !list) {
            self.tables[there.0].origin = Origin::Header;
        }
        let Some(entry) = self.tables[parent.0].by_key.get_mut(&key.name) else { return Ok(None) };
        match &mut entry.node.value {
            Value::Unreadable => Ok(None),
            Value::List(items, ListOrigin::Headers) if list => {
                items.push(Node { value: Value::Table(new), span: header });
                Ok(Some(self.add(Origin::Header)))
            }
            Value::Table(_) if on_the_way.is_some() && list => {
                // From here on it is the list that it was meant to be.
                entry.node.value = Value::List(Vec::new(), ListOrigin::Headers);
                Err(Clash::new(ClashKind::BelowNoList, key, entry))
            }
            Value::List(_, ListOrigin::Headers) => Err(Clash::new(ClashKind::IsList, key, entry)),
            Value::Table(_) if on_the_way.is_some() => {
                (entry.key, entry.node.span) = (key.span.clone(), header);
                Ok(on_the_way)
            }
            _ => Err(Clash::new(ClashKind::Twice, key, entry)),
        }
    }

    /// One name further down. A header may go through every table but one in braces, a key with dots only through
    /// tables that have no header of their own.
    fn step(&mut self, table: TableId, key: &Key<'d>, by: Origin) -> Result<Option<TableId>, Clash> {
        let Some(entry) = self.tables[table.0].by_key.get(&key.name) else {
            let new = self.add(by);
            self.put(table, key, Node { value: Value::Table(new), span: key.span.clone() });
            return Ok(Some(new));
        };
        match &entry.node.value {
            Value::Unreadable => Ok(None),
            Value::Table(next) => match self.tables[next.0].origin {
                Origin::Braces => Err(Clash::new(ClashKind::IsValue, key, entry)),
                Origin::Header if by == Origin::Dots => Err(Clash::new(ClashKind::Twice, key, entry)),
                _ => Ok(Some(*next)),
            },
            Value::List(_, ListOrigin::Headers) if by == Origin::Path => Ok(entry.node.last_table()),
            _ => Err(Clash::new(ClashKind::IsValue, key, entry)),
        }
    }

    fn add(&mut self, origin: Origin) -> TableId {
        self.tables.push(Entries::new(origin));
        TableId(self.tables.len() - 1)
    }

    fn put(&mut self, table: TableId, key: &Key<'d>, node: Node<'d>) {
        let entry = Entry { key: key.span.clone(), node, is_doubtful: key.is_doubtful };
        self.tables[table.0].by_key.insert(key.name.clone(), entry);
    }
}

impl Entries<'_> {
    fn new(origin: Origin) -> Self {
        Entries { by_key: BTreeMap::new(), has_gaps: false, origin }
    }
}

impl Node<'_> {
    fn last_table(&self) -> Option<TableId> {
        match &self.value {
            Value::List(items, ListOrigin::Headers) => match items.last()?.value {
                Value::Table(table) => Some(table),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Clash {
    fn new(kind: ClashKind, key: &Key<'_>, first: &Entry<'_>) -> Clash {
        Clash { kind, at: key.span.clone(), first: first.key.clone() }
    }
}

/// A document while it is made flat.
struct Flat<'t> {
    nodes: Vec<flat::Node<'t>>,
    /// What is still to come, with the position of the list or table that holds it.
    open: Vec<(usize, Content<'t>)>,
}

enum Content<'t> {
    List(&'t [Node<'t>]),
    Table(TableId),
}

impl<'t> Flat<'t> {
    fn add(
        &mut self,
        key: &'t str,
        key_span: Range<usize>,
        is_doubtful: bool,
        span: Range<usize>,
        value: &'t Value<'t>,
    ) {
        let value = match value {
            Value::String(text) => flat::Value::String(text),
            Value::Integer(digits, radix) => flat::Value::Integer(digits, *radix),
            Value::Float(number) => flat::Value::Float(number),
            Value::Boolean(answer) => flat::Value::Boolean(*answer),
            Value::Datetime(datetime) => flat::Value::Datetime(*datetime),
            Value::Unreadable => flat::Value::Unreadable,
            Value::List(items, _) => {
                self.open.push((self.nodes.len(), Content::List(items)));
                flat::Value::List(0..0)
            }
            Value::Table(id) => {
                self.open.push((self.nodes.len(), Content::Table(*id)));
                flat::Value::Table { entries: 0..0, has_gaps: false }
            }
        };
        self.nodes.push(flat::Node { key, key_span, recovered: is_doubtful, value, span });
    }
}
