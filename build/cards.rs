//! Parses the rate cards of `tiers/`, so that a new card needs only a file, and none is parsed when the program runs. Read
//! [`embed_cards`] first.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use anyhow::{Context as _, Result};
use toml::de::DeTable;

#[allow(dead_code, reason = "a card that could not be read wholly is not embedded")]
#[path = "../src/document/flat.rs"]
mod flat;

use flat::{Node, Value, flatten};

/// Writes the cards as Rust expressions, which `src/rates/embedded.rs` includes.
pub fn embed_cards() -> Result<()> {
    println!("cargo::rerun-if-changed=tiers");
    println!("cargo::rerun-if-changed=src/document/flat.rs");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("tiers");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).context("tiers/")? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".toml") {
            names.push(name);
        }
    }
    names.sort();
    let mut code = String::from("{ use crate::document::flat::Value; use toml_datetime::*; &[\n");
    for name in names {
        embed(&mut code, &name, &folder.join(&name)).with_context(|| format!("tiers/{name}"))?;
    }
    code += "] }\n";
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded_cards.rs"), code)?)
}

/// Writes a card as a Rust expression.
fn embed(code: &mut String, name: &str, file: &Path) -> Result<()> {
    let text = fs::read_to_string(file)?;
    let root = DeTable::parse(&text)?;
    writeln!(code, "EmbeddedCard {{ name: {name:?}, text: {text:?}, nodes: &[")?;
    for Node { key, key_span, recovered, value, span } in flatten(&root) {
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
        writeln!(
            code,
            "Node {{ key: {key:?}, key_span: {key_span:?}, recovered: {recovered}, value: Value::{value}, span: {span:?} }},"
        )?;
    }
    Ok(writeln!(code, "] }},")?)
}
