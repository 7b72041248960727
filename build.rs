//! Parses the rate cards of `tiers/`, so that adding a card is adding a file, and none is parsed when the program runs.

use std::error::Error;
use std::ops::Range;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[allow(dead_code, reason = "a card that could not be read wholly is not embedded")]
#[path = "src/document/flat.rs"]
mod flat;

use flat::{Node, Value};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=tiers");
    println!("cargo::rerun-if-changed=src/document/flat.rs");
    match embed_cards() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn embed_cards() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("tiers");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    let mut code = String::from("{ use crate::document::flat::Value; use toml_datetime::*; &[\n");
    for name in names {
        code += &card(&name, &fs::read_to_string(folder.join(&name))?)?;
    }
    code += "] }\n";
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded_cards.rs"), code)?)
}

/// A card as an expression of Rust.
fn card(name: &str, text: &str) -> Result<String, String> {
    let root = DeTable::parse(text).map_err(|error| format!("tiers/{name}:\n{error}"))?;
    let nodes: String = flatten(&root).iter().map(node).collect();
    Ok(format!("EmbeddedCard {{ name: {name:?}, text: {text:?}, nodes: &[\n{nodes}] }},\n"))
}

fn node(Node { key, key_span, is_doubtful, value, span }: &Node<'_>) -> String {
    let value = match value {
        Value::String(text) => format!("String({text:?})"),
        Value::Integer(digits, radix) => format!("Integer({digits:?}, {radix})"),
        Value::Float(number) => format!("Float({number:?})"),
        Value::Boolean(answer) => format!("Boolean({answer})"),
        Value::Datetime(datetime) => format!("Datetime({datetime:?})"),
        Value::List(items) => format!("List({items:?})"),
        Value::Table { entries, has_gaps } => {
            format!("Table {{ entries: {entries:?}, has_gaps: {has_gaps} }}")
        }
        Value::Unreadable => "Unreadable".to_owned(),
    };
    format!(
        "Node {{ key: {key:?}, key_span: {key_span:?}, is_doubtful: {is_doubtful}, value: Value::{value}, span: {span:?} }},\n"
    )
}

/// The nodes of a parsed text.
fn flatten<'d>(root: &'d Spanned<DeTable<'d>>) -> Vec<Node<'d>> {
    let value = Value::Table { entries: 0..0, has_gaps: false };
    let node = Node { key: "", key_span: 0..0, is_doubtful: false, value, span: root.span() };
    let mut flat = Flat { nodes: vec![node], open: Vec::new() };
    flat.add_table(0, root.get_ref());
    while let Some((parent, value)) = flat.open.pop() {
        match value {
            DeValue::Array(items) => flat.add_list(parent, items),
            DeValue::Table(entries) => flat.add_table(parent, entries),
            _ => {}
        }
    }
    flat.nodes
}

struct Flat<'d> {
    nodes: Vec<Node<'d>>,
    /// Lists and tables whose own nodes are still to come, by their positions.
    open: Vec<(usize, &'d DeValue<'d>)>,
}

impl<'d> Flat<'d> {
    fn add_table(&mut self, parent: usize, entries: &'d DeTable<'d>) {
        let first = self.nodes.len();
        for (key, value) in entries.iter() {
            self.add(key.get_ref(), key.span(), value);
        }
        self.nodes[parent].value = Value::Table { entries: first..self.nodes.len(), has_gaps: false };
    }

    fn add_list(&mut self, parent: usize, items: &'d [Spanned<DeValue<'d>>]) {
        let first = self.nodes.len();
        for item in items {
            self.add("", 0..0, item);
        }
        self.nodes[parent].value = Value::List(first..self.nodes.len());
    }

    fn add(&mut self, key: &'d str, key_span: Range<usize>, value: &'d Spanned<DeValue<'d>>) {
        let span = value.span();
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text),
            DeValue::Integer(integer) => Value::Integer(integer.as_str(), integer.radix()),
            DeValue::Float(float) => Value::Float(float.as_str()),
            DeValue::Boolean(answer) => Value::Boolean(*answer),
            DeValue::Datetime(datetime) => Value::Datetime(Some(*datetime)),
            list_or_table => {
                self.open.push((self.nodes.len(), list_or_table));
                Value::List(0..0)
            }
        };
        self.nodes.push(Node { key, key_span, is_doubtful: false, value, span });
    }
}
