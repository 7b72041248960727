//! Parses the rate cards of `tiers/`, so that adding a card is adding a file, and none is parsed when the program runs.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

use toml::de::DeTable;

#[path = "src/document/tree.rs"]
mod tree;

use tree::{Node, Value};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=tiers");
    println!("cargo::rerun-if-changed=src/document/tree.rs");
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
    let mut code = String::from("{ use crate::document::tree::Value; use toml::value::*; &[\n");
    for name in names {
        code += &card(&name, &fs::read_to_string(folder.join(&name))?)?;
    }
    code += "] }\n";
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded_cards.rs"), code)?)
}

/// A card as an expression of Rust.
fn card(name: &str, text: &str) -> Result<String, String> {
    let root = DeTable::parse(text).map_err(|error| format!("tiers/{name}:\n{error}"))?;
    let nodes: String = tree::flatten(&root).iter().map(node).collect();
    Ok(format!("EmbeddedCard {{ name: {name:?}, text: {text:?}, nodes: &[\n{nodes}] }},\n"))
}

fn node(Node { key, key_span, value, span }: &Node<'_>) -> String {
    let value = match value {
        Value::String(text) => format!("String({text:?})"),
        Value::Integer(digits, radix) => format!("Integer({digits:?}, {radix})"),
        Value::Float(number) => format!("Float({number:?})"),
        Value::Boolean(answer) => format!("Boolean({answer})"),
        Value::Datetime(datetime) => format!("Datetime({datetime:?})"),
        Value::Array(items) => format!("Array({items:?})"),
        Value::Table(entries) => format!("Table({entries:?})"),
    };
    format!("Node {{ key: {key:?}, key_span: {key_span:?}, value: Value::{value}, span: {span:?} }},\n")
}
