//! JSON Schemas of the files that the program reads and writes, and the starter plan.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::Value;
use wxlicense::diagnostic::{Diagnostic, SourceFile, has_errors};
use wxlicense::document::{Key, Shape, TableKeys};
use wxlicense::plan::{self, AccountList, Attached, Attachments, ListedOrder, ReadOptions, UserSet};
use wxlicense::rates::{self, RateCards, read_card};
use wxlicense::schema;

type Reader = fn(String) -> Vec<Diagnostic>;

/// Documents that have every key, each with its schema, keys and reader.
const DOCUMENTS: [(&str, &str, &TableKeys, Reader); 2] = [
    ("plan", "tests/schemas/plan.toml", plan::KEYS, read_plan),
    ("rate-card", "tiers/wecom-2022-05-16.toml", rates::KEYS, read_rates),
];

fn read_plan(text: String) -> Vec<Diagnostic> {
    let source = Arc::new(SourceFile::new("plan.toml", text));
    let cards = RateCards::embedded().unwrap();
    let options = ReadOptions { attachments: &EmptyFiles, ..ReadOptions::new(&cards) };
    plan::read(&source, &options).diagnostics
}

/// Every file that a plan names, empty.
struct EmptyFiles;

impl Attachments for EmptyFiles {
    fn roster(&self, _: &str, _: Option<&str>) -> Attached<UserSet> {
        Attached::default()
    }

    fn accounts(&self, _: &str) -> Attached<AccountList> {
        Attached::default()
    }

    fn orders(&self, _: &[&str]) -> Attached<Vec<ListedOrder>> {
        Attached::default()
    }
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
}

#[test]
fn the_full_documents_have_every_key() {
    for (_, path, keys, read) in DOCUMENTS {
        let there: BTreeSet<String> = key_paths(&full(path, read), keys).iter().map(KeyPath::keys).collect();
        let known = paths(keys, "");
        let missing: Vec<&String> = known.iter().filter(|path| !there.contains(*path)).collect();
        assert!(missing.is_empty(), "{path} has no {missing:?}");
    }
}

#[test]
fn the_schema_and_the_reader_refuse_the_same_slips() {
    for (name, path, keys, read) in DOCUMENTS {
        let (validator, document) = (validator(name), full(path, read));
        assert_valid(&validator, &json(&document), path);
        let mut slips = 0;
        for key_path in key_paths(&document, keys) {
            for (what, changed) in slips_at(&key_path, &document) {
                let what = format!("{name}: {}: {what}", key_path.keys());
                assert!(!validator.is_valid(&json(&changed)), "{what} is valid by the schema");
                assert!(has_errors(&read(toml::to_string(&changed).unwrap())), "{what} is read");
                slips += 1;
            }
        }
        assert!(slips > 100, "{slips}");
    }
}

/// Returns invalid documents, each with one mistake at a key.
fn slips_at(key_path: &KeyPath, document: &toml::Value) -> Vec<(&'static str, toml::Value)> {
    let change = |what: &'static str, slip: &dyn Fn(&mut toml::Table, &str)| {
        let mut changed = document.clone();
        slip(at(&mut changed, &key_path.table).as_table_mut().unwrap(), key_path.key.name);
        (what, changed)
    };
    let mut slips = vec![
        change("a key that the table does not have", &|table, _| {
            table.insert("zz-unknown".into(), 1.into());
        }),
        change("a value of another type", &|table, key| {
            table[key] = if table[key].is_bool() { 3.into() } else { true.into() };
        }),
    ];
    if key_path.key.required {
        slips.push(change("nothing", &|table, key| drop(table.remove(key))));
    }
    if let Shape::Integer(_, most) = key_path.key.shape {
        slips.push(change("too large a number", &|table, key| table[key] = (i64::from(most) + 1).into()));
    }
    slips
}

#[test]
fn the_starter_plan_is_valid_and_names_every_key() {
    for lang in ["en", "zh"] {
        let run = Command::new(env!("CARGO_BIN_EXE_wxlicense")).args(["--lang", lang, "init", "-"]).output();
        let text = String::from_utf8(run.unwrap().stdout).unwrap();
        assert!(text.starts_with("#:schema ./plan.schema.json\n"));
        assert_eq!(read_plan(text.clone()), [], "{lang}");
        assert_valid(&validator("plan"), &json(&parsed(&text)), lang);
        // Without its comment signs it has every key; its test enterprise, its upstream, both kinds of activation
        // and counts beside a roster are then invalid.
        let is_key = |line: &&str| {
            line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
        };
        let lines = text.lines().map(|line| line.trim_start_matches("# "));
        let full: Vec<&str> = lines.filter(is_key).collect();
        let codes: BTreeSet<&str> =
            read_plan(full.join("\n")).iter().map(|problem| problem.code.as_str()).collect();
        assert_eq!(
            codes,
            BTreeSet::from([
                "activated-conflicts",
                "roster-counts-differ",
                "test-enterprise-term",
                "unknown-upstream"
            ]),
            "{lang}"
        );
        let there: BTreeSet<String> =
            key_paths(&parsed(&full.join("\n")), plan::KEYS).iter().map(KeyPath::keys).collect();
        let in_tables = |path: &&String| !path.contains("term.") && !path.contains("negotiated.");
        for path in paths(plan::KEYS, "").iter().filter(in_tables) {
            assert!(there.contains(path), "{lang}: {path}");
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

/// A key of a document, with the path to its table.
struct KeyPath {
    table: Vec<Step>,
    key: &'static Key,
}

/// Step from a table to one inside it.
#[derive(Clone)]
enum Step {
    Key(String),
    Index(usize),
}

impl KeyPath {
    /// Returns the keys of the path, without the indices of tables in a list.
    fn keys(&self) -> String {
        let way = self.table.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        way.chain([self.key.name]).collect::<Vec<_>>().join(".")
    }
}

/// Returns every declared key that a document has.
fn key_paths(document: &toml::Value, keys: &'static TableKeys) -> Vec<KeyPath> {
    fn walk(value: &toml::Value, keys: &'static TableKeys, way: &mut Vec<Step>, found: &mut Vec<KeyPath>) {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            way.push(Step::Index(index));
            walk(item, keys, way, found);
            way.pop();
        }
        let Some(table) = value.as_table() else { return };
        for key in keys.keys.iter().filter(|key| table.contains_key(key.name)) {
            found.push(KeyPath { table: way.clone(), key });
            if let Some(inner) = key.shape.table() {
                way.push(Step::Key(key.name.to_owned()));
                walk(&table[key.name], inner, way, found);
                way.pop();
            }
        }
    }
    let mut found = Vec::new();
    walk(document, keys, &mut Vec::new(), &mut found);
    found
}

/// Returns the paths of all declared keys.
fn paths(keys: &TableKeys, before: &str) -> Vec<String> {
    let path = |key: &Key| {
        let path = format!("{before}{}", key.name);
        let inner = key.shape.table().map(|table| paths(table, &format!("{path}."))).unwrap_or_default();
        [path].into_iter().chain(inner)
    };
    keys.keys.iter().flat_map(path).collect()
}

fn at<'v>(document: &'v mut toml::Value, table: &[Step]) -> &'v mut toml::Value {
    table.iter().fold(document, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Index(index) => &mut value[*index],
    })
}

fn full(path: &str, read: Reader) -> toml::Value {
    let text = with_what_the_public_card_leaves_out(fs::read_to_string(root().join(path)).unwrap());
    assert!(!has_errors(&read(text.clone())), "{path}: {:?}", read(text));
    parsed(&text)
}

/// Adds the keys that the public card has no need of; a plan has none of them.
fn with_what_the_public_card_leaves_out(text: String) -> String {
    let alternative = "[[alternative]]\nfact = \"P5\"\n";
    let sourced = "standing = \"reported\"\nsource = { en = \"a vendor\", zh = \"某厂商\" }\n";
    text.replace("by-days-facts", "by-days-divisor = 360\nby-days-facts")
        .replace(alternative, &format!("{alternative}{sourced}"))
}

fn parsed(text: &str) -> toml::Value {
    toml::Value::Table(text.parse().unwrap())
}

/// Converts TOML to JSON as editors do for a JSON Schema: dates are strings.
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
