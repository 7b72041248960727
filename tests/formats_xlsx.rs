//! Goldens of workbooks in both languages, by content: every cell with its formula and its cached value.
//! `UPDATE_GOLDENS=1 cargo test --test tests formats_xlsx` updates them; read the difference before you commit
//! it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Range, Reader, Xlsx};

const BOOKS: [(&str, &[&str]); 7] = [
    ("quote-group", &["quote", "examples/group.toml"]),
    ("optimize", &["optimize", "examples/cheapest.toml", "--years", "3"]),
    ("budget-purchases", &["budget", "examples/purchases.toml", "--years", "2"]),
    ("calendar-purchases", &["calendar", "examples/purchases.toml"]),
    ("compare-examples", &["compare", "examples/compare-old.toml", "examples/compare-new.toml"]),
    ("compare-budget", &["compare", "examples/compare-old.toml", "examples/compare-new.toml", "--budget"]),
    ("fit-10000", &["fit", "--amount", "10000", "--interop"]),
];

#[test]
fn workbooks_are_as_recorded() {
    for (name, args) in BOOKS {
        for lang in ["en", "zh"] {
            compare(&format!("{name}.{lang}.txt"), &content(drawn(args, lang)));
        }
    }
}

#[test]
fn a_workbook_is_the_same_from_run_to_run() {
    let (_, args) = BOOKS[0];
    assert!(drawn(args, "zh") == drawn(args, "zh"));
}

fn drawn(args: &[&str], lang: &str) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
        .args(args)
        .args(["--format", "xlsx", "--lang", lang])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn content(bytes: Vec<u8>) -> String {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    for name in book.sheet_names() {
        let values = book.worksheet_range(&name).unwrap();
        let formulas = book.worksheet_formula(&name).unwrap();
        writeln!(text, "## {name}").unwrap();
        for (row, column, value) in cells(&values) {
            let at = cell_name(row, column);
            match formulas.get_value((row, column)).filter(|formula| !formula.is_empty()) {
                Some(formula) => writeln!(text, "{at}: {value} = {formula}").unwrap(),
                None => writeln!(text, "{at}: {value}").unwrap(),
            }
        }
    }
    text
}

fn cells(values: &Range<Data>) -> impl Iterator<Item = (u32, u32, String)> {
    let (top, left) = values.start().unwrap_or_default();
    let position = move |index: usize, first: u32| first + u32::try_from(index).unwrap();
    values
        .used_cells()
        .filter(|(_, _, value)| **value != Data::Empty)
        .map(move |(row, column, value)| (position(row, top), position(column, left), value.to_string()))
}

/// Writes `B7` for a row and a column counted from zero.
fn cell_name(row: u32, column: u32) -> String {
    let letter = |number: u32| char::from(b'A' + u8::try_from(number).unwrap());
    match column / 26 {
        0 => format!("{}{}", letter(column), row + 1),
        first => format!("{}{}{}", letter(first - 1), letter(column % 26), row + 1),
    }
}

fn compare(name: &str, content: &str) {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/xlsx").join(name);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&golden, content).unwrap();
    }
    let recorded = fs::read_to_string(&golden).unwrap_or_default();
    assert!(content == recorded, "{name} differs from its golden; UPDATE_GOLDENS=1 writes it anew");
}
