//! A document as a flat list of nodes, which can be made while the program is built as well as while it runs.
//! In goes a table of the `toml` crate, out come [`Node`]s; read [`flatten`] first. `build/cards.rs` has this file
//! as a module too, so it uses nothing of the crate.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml_datetime::Datetime;

/// A value with its span, and in a table with its key. A document is a list of nodes whose first is the root
/// table.
pub struct Node<'d> {
    /// The key; empty for the root and in a list.
    pub key: &'d str,
    /// Byte offsets of the key in the text.
    pub key_span: Range<usize>,
    /// The key was read from a line with an error and may be none, so it need not be known.
    pub recovered: bool,
    /// The value.
    pub value: Value<'d>,
    /// Byte offsets of the value in the text; of a table with a header, those of the header.
    pub span: Range<usize>,
}

/// A value of TOML. The members of a list or a table are nodes of the same document, given by their indices.
pub enum Value<'d> {
    /// A string.
    String(&'d str),
    /// A whole number: its digits with their sign, and their radix.
    Integer(&'d str, u32),
    /// A number with a point or an exponent, as it is written.
    Float(&'d str),
    /// `true` or `false`.
    Boolean(bool),
    /// A day, a time or both.
    Datetime(Datetime),
    /// A list.
    List(Range<usize>),
    /// A table.
    Table {
        /// Its keys.
        entries: Range<usize>,
        /// Lines of it could not be read, so any key may have been meant to be there.
        has_gaps: bool,
    },
    /// Given, but not valid TOML; that has been reported.
    Unreadable,
}

/// Returns the nodes of a parsed text.
pub fn flatten<'d>(root: &'d Spanned<DeTable<'d>>) -> Vec<Node<'d>> {
    let value = Value::Table { entries: 0..0, has_gaps: false };
    let mut nodes = vec![Node { key: "", key_span: 0..0, recovered: false, value, span: root.span() }];
    let mut open = Vec::new();
    let entries = add_table(&mut nodes, &mut open, root.get_ref());
    nodes[0].value = Value::Table { entries, has_gaps: false };
    while let Some((parent, value)) = open.pop() {
        match value {
            DeValue::Array(items) => {
                let first = nodes.len();
                items.iter().for_each(|item| add(&mut nodes, &mut open, "", 0..0, item));
                nodes[parent].value = Value::List(first..nodes.len());
            }
            DeValue::Table(table) => {
                let entries = add_table(&mut nodes, &mut open, table);
                nodes[parent].value = Value::Table { entries, has_gaps: false };
            }
            _ => {}
        }
    }
    nodes
}

/// Lists and tables whose own nodes are still to come, each with its index.
type Open<'d> = Vec<(usize, &'d DeValue<'d>)>;

fn add_table<'d>(nodes: &mut Vec<Node<'d>>, open: &mut Open<'d>, table: &'d DeTable<'d>) -> Range<usize> {
    let first = nodes.len();
    for (key, value) in table {
        add(nodes, open, key.get_ref(), key.span(), value);
    }
    first..nodes.len()
}

fn add<'d>(
    nodes: &mut Vec<Node<'d>>,
    open: &mut Open<'d>,
    key: &'d str,
    key_span: Range<usize>,
    value: &'d Spanned<DeValue<'d>>,
) {
    let span = value.span();
    let value = match value.get_ref() {
        DeValue::String(text) => Value::String(text),
        DeValue::Integer(integer) => Value::Integer(integer.as_str(), integer.radix()),
        DeValue::Float(float) => Value::Float(float.as_str()),
        DeValue::Boolean(answer) => Value::Boolean(*answer),
        DeValue::Datetime(datetime) => Value::Datetime(*datetime),
        list_or_table => {
            open.push((nodes.len(), list_or_table));
            Value::List(0..0)
        }
    };
    nodes.push(Node { key, key_span, recovered: false, value, span });
}
