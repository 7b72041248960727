//! The schemas say what the program reads and writes: no key more, no key less.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value;
use wxlicense::diagnostic::lang::Arg;
use wxlicense::diagnostic::{Code, Diagnostic, SourceFile, has_errors};
use wxlicense::plan::{self, ReadOptions};
use wxlicense::rates::{RateCards, read_card};
use wxlicense::schema;

type Reader = fn(String) -> Vec<Diagnostic>;

/// The documents that have every key, with the schema and the reader of each.
const DOCUMENTS: [(&str, &str, Reader); 2] = [
    ("plan", "tests/schemas/plan.toml", read_plan),
    ("rate-card", "tiers/wecom-2022-05-16.toml", read_rates),
];

fn read_plan(text: String) -> Vec<Diagnostic> {
    let source = Arc::new(SourceFile::new("plan.toml", text));
    plan::read(&source, &ReadOptions::new(&RateCards::embedded().unwrap())).diagnostics
}

fn read_rates(text: String) -> Vec<Diagnostic> {
    read_card(&Arc::new(SourceFile::new("card.toml", text))).err().unwrap_or_default()
}

#[test]
fn every_schema_is_one_of_the_draft() {
    for schema in schema::ALL {
        let built = schema.build();
        assert_eq!(built["$schema"], "https://json-schema.org/draft/2020-12/schema", "{}", schema.name);
        jsonschema::meta::validate(&built).unwrap();
    }
}

#[test]
fn every_schema_reads_as_its_golden() {
    for schema in schema::ALL {
        let path = root().join(format!("tests/schemas/{}.schema.json", schema.name));
        let drawn = format!("{:#}\n", schema.build());
        if std::env::var_os("UPDATE_GOLDENS").is_some() {
            fs::write(&path, &drawn).unwrap();
        }
        let agrees = fs::read_to_string(&path).is_ok_and(|golden| golden == drawn);
        assert!(agrees, "UPDATE_GOLDENS=1 cargo test --test tests schemas writes {} anew", path.display());
    }
}

#[test]
fn the_plans_and_cards_of_the_repository_are_valid() {
    let mut files = 0;
    for (name, folder) in [("plan", "examples"), ("rate-card", "tiers")] {
        let validator = validator(name);
        for path in files_of(folder, "toml") {
            let document = json(&parsed(&fs::read_to_string(&path).unwrap()));
            assert_valid(&validator, &document, &path.display().to_string());
            files += 1;
        }
    }
    assert!(files > 8);
    for starter in ["en", "zh"] {
        let text = fs::read_to_string(root().join(format!("src/cli/starter/{starter}.toml"))).unwrap();
        assert!(text.starts_with("#:schema ./plan.schema.json\n"));
        assert_valid(&validator("plan"), &json(&parsed(&text)), starter);
    }
}

#[test]
fn each_table_takes_the_same_keys_in_the_reader_and_in_the_schema() {
    for (name, path, read) in DOCUMENTS {
        let (schema, document) = (schema::find(name).unwrap().build(), full(path, read));
        let validator = validator(name);
        let mut tables = Vec::new();
        walk(&document, &schema, &mut Vec::new(), &mut |place, _| tables.push(place.to_vec()));
        for place in tables {
            let mut changed = document.clone();
            at(&mut changed, &place).as_table_mut().unwrap().insert(UNKNOWN.into(), 1.into());
            assert!(!validator.is_valid(&json(&changed)), "{name} {place:?}: the schema takes any key");
            let known = known_keys(&read(toml::to_string(&changed).unwrap()));
            assert_eq!(known, keys(&schema, &document, &place), "{name} {place:?}");
        }
    }
}

#[test]
fn the_full_documents_have_every_key() {
    for (name, path, read) in DOCUMENTS {
        let (schema, document) = (schema::find(name).unwrap().build(), full(path, read));
        let mut seen: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
        walk(&document, &schema, &mut Vec::new(), &mut |place, shape| {
            let kind: Vec<&str> = place.iter().filter_map(Step::key).collect();
            let (there, known) = seen.entry(kind.join(".")).or_default();
            there.extend(at(&mut document.clone(), place).as_table().unwrap().keys().cloned());
            known.extend(shape["properties"].as_object().unwrap().keys().cloned());
        });
        for (place, (there, known)) in seen {
            if !["term", "school.term", "school.purchase.term"].contains(&place.as_str()) || name != "plan" {
                assert_eq!(there, known, "{path}: {place}");
            }
        }
    }
}

#[test]
fn a_value_of_another_type_is_refused_by_both() {
    for (name, path, read) in DOCUMENTS {
        let (schema, document) = (schema::find(name).unwrap().build(), full(path, read));
        let validator = validator(name);
        let mut places = Vec::new();
        walk(&document, &schema, &mut Vec::new(), &mut |place, _| {
            for key in at(&mut document.clone(), place).as_table().unwrap().keys() {
                places.push((place.to_vec(), key.clone()));
            }
        });
        assert!(places.len() > 30);
        for (place, key) in places {
            let mut changed = document.clone();
            let value = &mut at(&mut changed, &place)[key.as_str()];
            *value = if value.is_bool() { 3.into() } else { true.into() };
            assert!(!validator.is_valid(&json(&changed)), "{name} {place:?}: {key} by the schema");
            assert!(has_errors(&read(toml::to_string(&changed).unwrap())), "{name} {place:?}: {key}");
        }
    }
}

#[test]
fn the_schema_that_a_starter_plan_names_can_be_written_beside_it() {
    let folder = tempfile::TempDir::new().unwrap();
    for args in [vec!["init"], vec!["schema", "plan", "-o", "plan.schema.json"]] {
        let status = Command::new(env!("CARGO_BIN_EXE_wxlicense"))
            .args(args)
            .current_dir(folder.path())
            .output()
            .unwrap()
            .status;
        assert!(status.success());
    }
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("plan.schema.json")).unwrap()).unwrap();
    assert_eq!(schema, schema::find("plan").unwrap().build());
}

const UNKNOWN: &str = "zz-unknown";

/// A step from a table to one inside it.
#[derive(Debug, Clone)]
enum Step {
    Key(String),
    Index(usize),
}

impl Step {
    fn key(&self) -> Option<&str> {
        match self {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        }
    }
}

/// Visits every table of a document with its shape in the schema.
fn walk(value: &toml::Value, shape: &Value, place: &mut Vec<Step>, visit: &mut dyn FnMut(&[Step], &Value)) {
    match value {
        toml::Value::Table(entries) => {
            let shape = alternatives(shape).find(|shape| shape["properties"].is_object()).unwrap();
            visit(place, shape);
            for (key, value) in entries {
                place.push(Step::Key(key.clone()));
                walk(value, &shape["properties"][key], place, visit);
                place.pop();
            }
        }
        toml::Value::Array(items) => {
            let shape = alternatives(shape).find(|shape| shape["items"].is_object()).unwrap();
            for (index, item) in items.iter().enumerate() {
                place.push(Step::Index(index));
                walk(item, &shape["items"], place, visit);
                place.pop();
            }
        }
        _ => {}
    }
}

fn alternatives(shape: &Value) -> impl Iterator<Item = &Value> {
    let any = shape["anyOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    std::iter::once(shape).chain(any)
}

fn at<'v>(document: &'v mut toml::Value, place: &[Step]) -> &'v mut toml::Value {
    place.iter().fold(document, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

fn keys(schema: &Value, document: &toml::Value, wanted: &[Step]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    walk(document, schema, &mut Vec::new(), &mut |place, shape| {
        if format!("{place:?}") == format!("{wanted:?}") {
            keys.extend(shape["properties"].as_object().unwrap().keys().cloned());
        }
    });
    keys
}

/// What the reader says that it knows, where it met the unknown key.
fn known_keys(diagnostics: &[Diagnostic]) -> BTreeSet<String> {
    let unknown = diagnostics.iter().find(|found| found.code == Code::UnknownKey).unwrap();
    let known = unknown.args.iter().find(|(name, _)| *name == "known").map(|(_, known)| known);
    let Some(Arg::List(keys)) = known else { return BTreeSet::new() };
    let text = |key: &Arg| if let Arg::Text(text) = key { text.clone() } else { String::new() };
    keys.iter().map(text).collect()
}

fn full(path: &str, read: Reader) -> toml::Value {
    let text = fs::read_to_string(root().join(path)).unwrap();
    assert!(!has_errors(&read(text.clone())), "{path}: {:?}", read(text));
    parsed(&text)
}

fn parsed(text: &str) -> toml::Value {
    toml::Value::Table(text.parse().unwrap())
}

/// As editors see TOML through a JSON Schema: dates are strings.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(datetime) => datetime.to_string().into(),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key.clone(), json(value))).collect())
        }
        plain => serde_json::to_value(plain).unwrap(),
    }
}

fn validator(name: &str) -> Validator {
    jsonschema::validator_for(&schema::find(name).unwrap().build()).unwrap()
}

fn assert_valid(validator: &Validator, document: &Value, what: &str) {
    let errors: Vec<String> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_of(folder: &str, ending: &'static str) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(root().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(move |path| path.extension().is_some_and(|found| found == ending))
}
