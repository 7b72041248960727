//! A TOML document as a flat list of nodes, which can be made while the program is built as well as while it runs.
//! `build.rs` has this file as a module too, so it uses nothing of the crate.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// A value with its place, and in a table with its key. A document is a list of nodes whose first is the root table.
pub struct Node<'d> {
    /// The key; empty for the root and in an array.
    pub key: &'d str,
    /// Where the key stands.
    pub key_span: Range<usize>,
    /// What stands there.
    pub value: Value<'d>,
    /// Where it stands.
    pub span: Range<usize>,
}

/// What a TOML value can be. What an array or a table holds are nodes of the same document, by their positions.
pub enum Value<'d> {
    /// A string.
    String(&'d str),
    /// A whole number: its digits, and their radix.
    Integer(&'d str, u32),
    /// A number with a point or an exponent, as it is written.
    Float(&'d str),
    /// `true` or `false`.
    Boolean(bool),
    /// A day, a time or both. One without any part stands for a day that does not exist.
    Datetime(Datetime),
    /// An array.
    Array(Range<usize>),
    /// A table.
    Table(Range<usize>),
}

/// The nodes of a parsed text.
pub fn flatten<'d>(root: &'d Spanned<DeTable<'d>>) -> Vec<Node<'d>> {
    let node = Node { key: "", key_span: 0..0, value: Value::Table(0..0), span: root.span() };
    let mut flat = Flat { nodes: vec![node], open: Vec::new() };
    flat.add_table(0, root.get_ref());
    while let Some((parent, value)) = flat.open.pop() {
        match value {
            DeValue::Array(items) => flat.add_array(parent, items),
            DeValue::Table(entries) => flat.add_table(parent, entries),
            _ => {}
        }
    }
    flat.nodes
}

struct Flat<'d> {
    nodes: Vec<Node<'d>>,
    /// Arrays and tables whose own nodes are still to come, by their positions.
    open: Vec<(usize, &'d DeValue<'d>)>,
}

impl<'d> Flat<'d> {
    fn add_table(&mut self, parent: usize, entries: &'d DeTable<'d>) {
        let first = self.nodes.len();
        for (key, value) in entries.iter() {
            self.add(key.get_ref(), key.span(), value);
        }
        self.nodes[parent].value = Value::Table(first..self.nodes.len());
    }

    fn add_array(&mut self, parent: usize, items: &'d [Spanned<DeValue<'d>>]) {
        let first = self.nodes.len();
        for item in items {
            self.add("", 0..0, item);
        }
        self.nodes[parent].value = Value::Array(first..self.nodes.len());
    }

    fn add(&mut self, key: &'d str, key_span: Range<usize>, value: &'d Spanned<DeValue<'d>>) {
        let span = value.span();
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text),
            DeValue::Integer(integer) => Value::Integer(integer.as_str(), integer.radix()),
            DeValue::Float(float) => Value::Float(float.as_str()),
            DeValue::Boolean(answer) => Value::Boolean(*answer),
            DeValue::Datetime(datetime) => Value::Datetime(*datetime),
            array @ DeValue::Array(_) => {
                self.open.push((self.nodes.len(), array));
                Value::Array(0..0)
            }
            table @ DeValue::Table(_) => {
                self.open.push((self.nodes.len(), table));
                Value::Table(0..0)
            }
        };
        self.nodes.push(Node { key, key_span, value, span });
    }
}
