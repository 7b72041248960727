//! Writes the starter plan of `init`: every key of a plan with its example and its description, most of them
//! commented out. Read [`starter_plan`] first.

use textwrap::core::display_width;
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::document::{Key, Shape, TableKeys};
use wxlicense::plan;

/// Paths of the keys that are not commented out.
const ACTIVE: [&str; 13] = [
    "date",
    "term",
    "school.code",
    "school.name",
    "school.industry",
    "school.certification",
    "school.basic",
    "school.interop",
    "school.app.id",
    "school.app.name",
    "school.app.kind",
    "school.app.authorized",
    "school.app.needs",
];

/// Column of a comment behind a key.
const COMMENT_COLUMN: usize = 32;

/// Width in columns of a comment above a key.
const WIDTH: usize = 78;

/// Returns the text of the starter plan.
pub fn starter_plan(catalog: &Catalog) -> String {
    let lang = catalog.lang();
    let mut text =
        format!("#:schema ./plan.schema.json\n\n{}\n", commented(&catalog.word("cli-starter-plan")));
    for key in plan::KEYS.keys.iter().filter(|key| with_header(key).is_none()) {
        let about = textwrap::fill(key.about(lang), WIDTH);
        text += &format!("\n{}\n{}\n", commented(&about), line(key, ""));
    }
    add_tables(&mut text, plan::KEYS, "", lang);
    text
}

/// Adds the subtables of a table that begin with a header.
fn add_tables(text: &mut String, table: &TableKeys, path: &str, lang: Lang) {
    for (key, inner) in table.keys.iter().filter_map(|key| Some((key, with_header(key)?))) {
        let path = format!("{path}{}.", key.name);
        let is_active = ACTIVE.iter().any(|active| active.starts_with(&path));
        text.push('\n');
        *text += &if is_active { inner.header.to_owned() } else { commented(inner.header) };
        text.push('\n');
        for key in inner.keys.iter().filter(|key| with_header(key).is_none()) {
            let line = line(key, &path);
            let gap = COMMENT_COLUMN.saturating_sub(display_width(&line)).max(1);
            *text += &format!("{line}{:gap$}# {}{}\n", "", key.about(lang), words(key));
        }
        add_tables(text, inner, &path, lang);
    }
}

fn line(key: &Key, path: &str) -> String {
    let line = key.example_line();
    if ACTIVE.contains(&format!("{path}{}", key.name).as_str()) { line } else { commented(&line) }
}

/// Returns the words that a key takes, to be shown behind its description.
fn words(key: &Key) -> String {
    match key.shape {
        Shape::Word(words) => format!(" {}", words().join(" | ")),
        _ => String::new(),
    }
}

fn with_header(key: &Key) -> Option<&'static TableKeys> {
    key.shape.table().filter(|table| !table.header.is_empty())
}

fn commented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("# {line}")).collect();
    lines.join("\n")
}
