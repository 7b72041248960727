//! Dependencies between modules: each may use those above it in the list, never those below, so that there is
//! no cycle.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the library, from the bottom up.
const LAYERS: &[&str] = &[
    "money",
    "count",
    "account",
    "customer",
    "diagnostic",
    "document",
    "rates",
    "rules",
    "pricing",
    "assumption",
    "formula",
    "plan",
    "import",
    "wecom",
    "planning",
    "analysis",
    "problems",
    "batch",
    "report",
    "schema",
];

/// Modules without messages: their results are data, which other modules put into words.
const WORDLESS: &[&str] = &[
    "money",
    "count",
    "account",
    "customer",
    "assumption",
    "rules",
    "pricing",
    "formula",
    "planning",
    "analysis",
];

#[test]
fn a_module_uses_only_those_above_it() {
    let mut wrong = Vec::new();
    for (layer, module) in LAYERS.iter().enumerate() {
        for (file, used) in uses_of(module) {
            let position = LAYERS.iter().position(|other| *other == used);
            if position.is_some_and(|other| other > layer) {
                wrong.push(format!("{} uses {used}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_engine_knows_no_diagnostic_and_no_message() {
    for module in WORDLESS {
        for (file, used) in uses_of(module) {
            let tests = file.components().any(|part| part.as_os_str().to_string_lossy().starts_with("tests"));
            assert!(tests || used != "diagnostic", "{} uses {used}", file.display());
        }
    }
}

#[test]
fn every_module_of_the_library_has_its_layer() {
    let text = fs::read_to_string(source().join("lib.rs")).unwrap();
    let declared = text.lines().filter_map(|line| {
        let name = line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?;
        Some(name.to_owned())
    });
    let unlisted: Vec<String> = declared.filter(|name| !LAYERS.contains(&name.as_str())).collect();
    assert!(unlisted.is_empty(), "{unlisted:?}");
}

#[test]
fn no_file_has_more_than_four_hundred_lines() {
    let lines = |file: &PathBuf| fs::read_to_string(file).unwrap().lines().count();
    let long: Vec<PathBuf> = files(&source()).into_iter().filter(|file| lines(file) > 400).collect();
    assert!(long.is_empty(), "{long:?}");
}

/// Returns the other modules that a module's files name, each with the file.
fn uses_of(module: &str) -> BTreeSet<(PathBuf, String)> {
    let folder = source().join(module);
    let mut paths = if folder.is_dir() { files(&folder) } else { Vec::new() };
    paths.extend(Some(folder.with_extension("rs")).filter(|file| file.is_file()));
    let mut uses = BTreeSet::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .map(|line| format!("{line}\n"))
            .collect();
        for used in code.split("crate::").skip(1).flat_map(names) {
            if used != module {
                uses.insert((path.clone(), used));
            }
        }
    }
    uses
}

/// Returns the modules named after `crate::`: one, or those of a list in braces.
fn names(rest: &str) -> Vec<String> {
    let name = |text: &str| text.trim().chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
    match rest.strip_prefix('{') {
        None => vec![name(rest)],
        Some(list) => {
            let mut depth = 0;
            let mut starts = true;
            let mut names = Vec::new();
            for (at, c) in list.char_indices() {
                match c {
                    '}' if depth == 0 => break,
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 0 => starts = true,
                    c if starts && !c.is_whitespace() => {
                        names.push(name(&list[at..]));
                        starts = false;
                    }
                    _ => {}
                }
            }
            names
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn a_list_of_modules_is_read_one_by_one() {
    assert_eq!(names("{plan, rates::{Tier, RateCard}, report::json};"), ["plan", "rates", "report"]);
    assert_eq!(names("pricing::quote_orders(card)"), ["pricing"]);
}
