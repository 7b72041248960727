//! In a narrow terminal, lines keep to the width, no line begins with a closing mark, and no number is broken.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use textwrap::core::display_width;

const COMMANDS: [&[&str]; 9] = [
    &["quote", "examples/campus-2022.toml", "--sources"],
    &["quote", "examples/group.toml", "--explain"],
    &["quote", "examples/large.toml"],
    &["quote", "examples/waivers.toml"],
    &["compare", "examples/compare-old.toml", "examples/compare-new.toml"],
    &["compare", "examples/compare-old.toml", "examples/compare-new.toml", "--budget"],
    &["budget", "examples/purchases.toml", "--years", "3"],
    &["fit", "--amount", "12345678.90", "--mix", "8:20"],
    &["tiers", "show", "--sources"],
];

fn drawn(command: &[&str], lang: &str, width: usize) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_wxlicense"));
    program.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).env("COLUMNS", width.to_string());
    let output = program.args(command).args(["--lang", lang]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn every(check: impl Fn(&str, &str, usize)) {
    for (command, lang) in COMMANDS.iter().flat_map(|command| [(command, "en"), (command, "zh")]) {
        for width in [60, 72, 80, 120] {
            let text = drawn(command, lang, width);
            check(&text, &format!("{command:?} {lang} {width}"), width);
        }
    }
}

#[test]
fn lines_keep_to_the_width() {
    every(|text, what, width| {
        let long = text.lines().find(|line| display_width(line) > width);
        assert_eq!(long, None, "{what}");
    });
}

#[test]
fn no_line_and_no_cell_begins_with_a_closing_mark() {
    every(|text, what, _| {
        let cells = text.lines().flat_map(|line| line.split("  "));
        let begins = |cell: &&str| {
            cell.trim_start().starts_with(['）', '」', '，', '。', '、', '；', '：', ')', ',', '.'])
        };
        assert_eq!(cells.into_iter().find(begins), None, "{what}");
    });
}

#[test]
fn every_number_is_whole_whatever_the_width() {
    let numbers = |text: &str| -> BTreeSet<String> {
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let words = text.split(|c: char| !is_of_number(c)).map(|word| word.trim_matches([',', '.']));
        words.filter(|word| word.contains(',')).map(str::to_owned).collect()
    };
    every(|text, what, _| {
        let command = COMMANDS.iter().find(|command| what.starts_with(&format!("{command:?}"))).unwrap();
        let lang = if what.contains(" en ") { "en" } else { "zh" };
        let wide = numbers(&drawn(command, lang, 400));
        let broken: Vec<_> = numbers(text).difference(&wide).cloned().collect();
        assert!(broken.is_empty(), "{what}: {broken:?}");
    });
}
