use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_bundle::FluentResource;
use strum::VariantArray;

use crate::diagnostic::lang::Lang;
use crate::diagnostic::lang::line::{display_width, longest_word};
use crate::diagnostic::lang::texts::{FILES, entry};
use crate::diagnostic::{Code, Diagnostic};

/// File whose ids are derived from the diagnostics' codes.
const DIAGNOSTICS: &str = "diag";

/// Files whose ids are derived rather than written: from the codes, and from the command line.
const MADE: [&str; 2] = [DIAGNOSTICS, "help"];

/// Maps every message and attribute of a file to the variables that its text uses.
fn variables_by_key(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let resource = FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| errors).unwrap();
    let mut keys = BTreeMap::new();
    let mut key = String::new();
    let mut message = String::new();
    drop(resource);
    for line in source.lines() {
        let trimmed = line.trim_start();
        if line.starts_with(|first: char| first.is_ascii_alphabetic()) {
            message = line.split([' ', '=']).next().unwrap_or_default().to_owned();
            key = message.clone();
        } else if trimmed.starts_with('.') && trimmed.contains('=') {
            key = format!("{message}{}", trimmed.split([' ', '=']).next().unwrap_or_default());
        }
        let used: &mut BTreeSet<String> = keys.entry(key.clone()).or_default();
        for (at, _) in line.match_indices('$') {
            used.insert(
                line[at + 1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect(),
            );
        }
    }
    keys
}

/// Returns the ids that a file defines.
fn ids(source: &str) -> impl Iterator<Item = &str> {
    let lines = source.lines().filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()));
    lines.filter_map(|line| line.split([' ', '=']).next())
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    for file in FILES {
        assert_eq!(
            variables_by_key(file.en.text),
            variables_by_key(file.zh.text),
            "locales/*/{}.ftl",
            file.prefix
        );
    }
}

#[test]
fn no_text_is_defined_twice() {
    for (file, source) in FILES.iter().flat_map(|file| [(file, file.en.text), (file, file.zh.text)]) {
        let mut seen = BTreeSet::new();
        for id in ids(source) {
            assert!(seen.insert(id), "locales/*/{}.ftl has {id} twice", file.prefix);
        }
    }
}

#[test]
fn every_id_in_the_code_has_a_text_and_every_text_is_used() {
    let known: BTreeSet<String> = FILES
        .iter()
        .flat_map(|file| variables_by_key(file.en.text).into_keys())
        .filter(|key| !key.is_empty() && !key.contains('.') && !key.starts_with("help-"))
        .collect();
    let mut code = String::new();
    read_sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
    let diagnostics: BTreeSet<&str> =
        Code::VARIANTS.iter().map(|code| Diagnostic::new(*code).message().id).collect();
    for id in &diagnostics {
        assert!(known.contains(*id), "no text for {id}");
    }
    for id in known.iter().filter(|id| !diagnostics.contains(id.as_str())) {
        let quoted = format!("\"{id}\"");
        assert!(code.contains(&quoted), "no code uses the text {id}");
    }
    for prefix in FILES.iter().map(|file| file.prefix).filter(|prefix| !MADE.contains(prefix)) {
        for (at, _) in code.match_indices(&format!("\"{prefix}-")) {
            let id = code[at + 1..].split('"').next().unwrap_or_default();
            assert!(known.contains(id) || id == SCHEMA, "no text for {id}");
        }
    }
}

#[test]
fn every_diagnostic_says_how_to_fix_it() {
    let helps =
        FILES.iter().find(|file| file.prefix == DIAGNOSTICS).map(|file| variables_by_key(file.en.text));
    let helps = helps.unwrap();
    for code in Code::VARIANTS {
        let help = format!("{}.help", Diagnostic::new(*code).message().id);
        assert!(helps.contains_key(&help), "no {help}");
    }
}

/// The name of a schema that looks like an id.
const SCHEMA: &str = "compare-budget";

/// Skips sources whose strings may look like ids: tests, and the codes, whose ids have a check of their own.
const IDLESS: [&str; 2] = ["tests.rs", "diagnostic/code.rs"];

fn read_sources(folder: &Path, code: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("tests") {
            continue;
        }
        if path.is_dir() {
            read_sources(&path, code);
        } else if path.extension().is_some_and(|ending| ending == "rs")
            && !IDLESS.iter().any(|end| path.ends_with(end))
        {
            code.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// Such a label is a word, which a narrow column does not break.
#[test]
fn no_chinese_label_of_up_to_four_characters_may_be_broken() {
    let is_label = |text: &&str| {
        text.chars().all(|c| ('\u{4e00}'..'\u{a000}').contains(&c)) && text.chars().count() <= 4
    };
    let texts = FILES.iter().flat_map(|file| file.zh.text.lines()).filter_map(|line| line.split_once(" = "));
    let labels: Vec<&str> = texts.map(|(_, text)| text).filter(is_label).collect();
    let broken: Vec<_> = labels.iter().filter(|label| longest_word(label) < display_width(label)).collect();
    assert!(labels.len() > 50 && broken.is_empty(), "{broken:?}");
}

#[test]
fn each_text_parsed_alone_is_that_of_the_whole_file() {
    let parsed = |text: &str| FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| errors).unwrap();
    for (file, lang) in FILES.iter().flat_map(|file| Lang::ALL.map(|lang| (file, lang))) {
        let text = file.texts(lang).text;
        let whole = parsed(text);
        for id in ids(text) {
            let alone = parsed(entry(lang, id).unwrap());
            let found: Vec<_> = alone.entries().collect();
            assert!(found.len() == 1 && whole.entries().any(|entry| entry == found[0]), "{id}");
        }
    }
}

#[test]
fn the_beginning_of_an_id_has_no_text() {
    for id in ["diag", "diag-unknown", "unknown-key", "diag-unknown-keys", ""] {
        assert_eq!(entry(Lang::En, id), None, "{id}");
    }
}
