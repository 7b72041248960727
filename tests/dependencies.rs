//! `docs/dependencies.md` against `Cargo.toml`: a line for each direct dependency, in the part for it, with the features that switch
//! it on.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml::{Table, Value};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

/// Returns the cells of the rows below a heading of the page.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let (_, rest) = page.split_once(&format!("\n## {heading}\n")).unwrap();
    let part = rest.split("\n## ").next().unwrap();
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    part.lines().filter(|line| line.starts_with("| `")).map(cells).collect()
}

fn names(rows: &[Vec<String>]) -> Vec<String> {
    rows.iter().map(|cells| cells[0].trim_matches('`').to_owned()).collect()
}

fn is_optional(dependency: &Value) -> bool {
    dependency.get("optional").and_then(Value::as_bool).unwrap_or(false)
}

fn crates(manifest: &Table, section: &str, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let section = manifest[section].as_table().unwrap();
    let found: BTreeSet<&String> =
        section.iter().filter(|(_, value)| wanted(value)).map(|(name, _)| name).collect();
    found.into_iter().cloned().collect()
}

#[test]
fn each_direct_dependency_has_a_line_that_says_why_and_what_else_was_weighed() {
    let (page, manifest) = (read("docs/dependencies.md"), read("Cargo.toml").parse::<Table>().unwrap());
    let parts = [
        ("Of the library", crates(&manifest, "dependencies", |value| !is_optional(value))),
        ("Of the features", crates(&manifest, "dependencies", is_optional)),
        ("To build", crates(&manifest, "build-dependencies", |_| true)),
        ("To test and measure", crates(&manifest, "dev-dependencies", |_| true)),
    ];
    for (heading, crates) in parts {
        let rows = rows(&page, heading);
        assert_eq!(names(&rows), crates, "{heading}");
        for cells in rows {
            assert!(cells.iter().all(|cell| !cell.is_empty()), "{heading}: {cells:?}");
        }
    }
}

#[test]
fn the_features_that_switch_a_dependency_on_stand_beside_it() {
    let (page, manifest) = (read("docs/dependencies.md"), read("Cargo.toml").parse::<Table>().unwrap());
    for cells in rows(&page, "Of the features") {
        let wanted = format!("dep:{}", cells[0].trim_matches('`'));
        let switches =
            |list: &Value| list.as_array().unwrap().iter().any(|entry| entry.as_str() == Some(&wanted));
        let features = manifest["features"].as_table().unwrap().iter().filter(|(_, list)| switches(list));
        let features: Vec<String> = features.map(|(name, _)| format!("`{name}`")).collect();
        assert_eq!(cells[1], features.join(", "), "{}", cells[0]);
    }
}
