//! Parses the rate cards of `tiers/`, so that a new card needs only a file, and none is parsed when the program runs. Read
//! [`embed_cards`] first.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use anyhow::{Context as _, Result};
use toml::de::{DeTable, DeValue};

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
    let mut code = String::from(
        "{ use std::borrow::Cow::Borrowed; use toml_datetime::*; use crate::diagnostic::lang::Phrase; use crate::document::flat::Value; \
         use crate::rates::Confidence; &[\n",
    );
    for name in names {
        embed(&mut code, &name, &folder.join(&name)).with_context(|| format!("tiers/{name}"))?;
    }
    code += "] }\n";
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded_cards.rs"), code)?)
}

/// Writes a card as a Rust expression.
fn embed(code: &mut String, name: &str, file: &Path) -> Result<()> {
    let text = fs::read_to_string(file)?;
    let mut root = DeTable::parse(&text)?;
    let facts = root.get_mut().remove("fact");
    writeln!(code, "EmbeddedCard {{ name: {name:?}, text: {text:?}, facts: &[")?;
    for fact in facts.as_ref().and_then(|facts| facts.get_ref().as_array()).into_iter().flatten() {
        let fact = fact.get_ref().as_table().context("a fact is a table")?;
        writeln!(code, "{},", fact_code(fact).context("a fact")?)?;
    }
    writeln!(code, "], nodes: &[")?;
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

/// Returns a fact as a Rust expression. A test compares it with what the program reads.
fn fact_code(fact: &DeTable<'_>) -> Result<String> {
    let id = text(fact, "id")?;
    let standing = text(fact, "standing")?;
    let (first, rest) = standing.split_at_checked(1).context("standing")?;
    let standing = first.to_uppercase() + rest;
    let source = match fact.get("source").context("source")?.get_ref() {
        DeValue::Table(both) => phrase(both)?,
        _ => phrase_code(text(fact, "source")?, text(fact, "source")?),
    };
    let statement = phrase(fact)?;
    Ok(format!(
        "Fact {{ id: Borrowed({id:?}), standing: Confidence::{standing}, source: {source}, text: {statement} }}"
    ))
}

/// Returns the text of a table in both languages; one in one language is used for both.
fn phrase(table: &DeTable<'_>) -> Result<String> {
    let (en, zh) = (text(table, "en"), text(table, "zh"));
    match (en, zh) {
        (Ok(en), Ok(zh)) => Ok(phrase_code(en, zh)),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(phrase_code(one, one)),
        (Err(missing), Err(_)) => Err(missing),
    }
}

fn phrase_code(en: &str, zh: &str) -> String {
    format!("Phrase {{ en: Borrowed({en:?}), zh: Borrowed({zh:?}) }}")
}

fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Result<&'t str> {
    table.get(key).and_then(|value| value.get_ref().as_str()).with_context(|| format!("no text for {key}"))
}
