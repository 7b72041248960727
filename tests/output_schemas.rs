//! The schemas of the JSON outputs describe every field, give money and days a format of their own, accept
//! what the program writes, and reject what it would never write.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::transcript;
use jsonschema::Validator;
use serde_json::{Value, json};
use strum::VariantArray;
use wxlicense::planning::calendar::EventState;
use wxlicense::planning::schedule::OrderKind;
use wxlicense::schema::{self, Schema};

/// Names of the fields that hold money.
const MONEY: &str = "amount annual baseline billed cost costs difference expected highest left_over list_price \
    least lower_bound lowest negotiated_basic negotiated_interop order_cost payable payable_most \
    per_account planned price priced regret rest saving share short unchecked unconfirmed unit_price waived \
    worst worst_regret worth year_budget";
/// Decimals that are no money.
const RATIO_TYPE: &str = "Ratio";
const MONEY_TYPES: [&str; 4] = ["Amount", "Money", "MoneyChange", "UnitPrice"];
/// Two amounts: firm, and of the unconfirmed orders.
const MONEY_TABLES: [&str; 2] = ["ChangeDocument", "ShareDocument"];

#[test]
fn every_field_is_described() {
    let mut fields = 0;
    for schema in outputs() {
        for (path, shape) in properties(&schema.build()) {
            let description = shape["description"].as_str().unwrap_or_default();
            assert!(
                description.len() > 8 && description.ends_with('.'),
                "{}: {path} says {description:?}",
                schema.name
            );
            assert_eq!(
                is_nullable(&shape),
                description.contains("null"),
                "{}: {path}, null: {description}",
                schema.name
            );
            fields += 1;
        }
    }
    assert!(fields > 300, "{fields}");
}

#[test]
fn descriptions_are_plain_sentences() {
    for schema in schema::ALL {
        let built = schema.build();
        assert!(built["description"].is_string(), "{} is not described", schema.name);
        for text in descriptions(&built) {
            let rust = ["[`", "::", "\n"].iter().any(|sign| text.contains(sign));
            assert!(!rust, "{}: {text:?} is written for readers of the code", schema.name);
        }
    }
}

#[test]
fn money_has_types_of_its_own() {
    for schema in outputs() {
        let built = schema.build();
        for (path, shape) in properties(&built) {
            let name = path.rsplit('.').next().unwrap_or_default();
            let types: BTreeSet<&str> = alternatives(&shape).filter_map(|one| reference(one)).collect();
            let holds_money = types.iter().any(|one| MONEY_TYPES.contains(one) || MONEY_TABLES.contains(one));
            assert_eq!(
                holds_money,
                MONEY.split(' ').any(|money| money == name),
                "{}: {path} is {types:?}",
                schema.name
            );
        }
        for (name, definition) in definitions(&built).filter(|(name, _)| MONEY_TYPES.contains(name)) {
            assert!(definition["description"].as_str().unwrap().contains("CNY"), "{name}");
            assert!(definition["pattern"].is_string(), "{name}");
        }
    }
}

#[test]
fn counts_have_a_least() {
    for schema in outputs() {
        for (path, shape) in properties(&schema.build()) {
            if has_type(&shape, "integer") {
                assert!(shape["minimum"].is_u64(), "{}: {path}", schema.name);
            }
        }
    }
}

#[test]
fn every_command_with_json_is_recorded_and_valid() {
    let mut seen = BTreeSet::new();
    for (case, document) in recorded() {
        let schema = schema_of(&document);
        let errors: Vec<String> = validator(schema)
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{case}: {errors:#?}");
        seen.insert(schema.name);
    }
    let outputs: BTreeSet<&str> = outputs().map(|schema| schema.name).collect();
    assert_eq!(seen, outputs, "a JSON output without a golden");
}

/// Values that look like money, a day or a moment have that format in the schema, so no such field can be
/// forgotten.
#[test]
fn recorded_strings_have_the_types_that_they_look_like() {
    for (case, document) in recorded() {
        let built = schema_of(&document).build();
        walk(&built, &built, &document, "", &mut |path, shape, value| {
            let Some(text) = value.as_str() else { return };
            let types: Vec<&str> = alternatives(shape).filter_map(|one| reference(one)).collect();
            let expected: &[&str] = match form_of(text) {
                Some(OutputFormat::Money) => &MONEY_TYPES,
                Some(OutputFormat::Day) => &["Day"],
                Some(OutputFormat::Moment) => &["Moment"],
                None => return,
            };
            let is_ratio = types.contains(&RATIO_TYPE);
            assert!(is_ratio || types.iter().any(|one| expected.contains(one)), "{case}: {path} is {text}");
        });
    }
}

/// Each field, once: it may not be missing, have another type, or another format.
#[test]
fn an_output_that_is_changed_is_refused() {
    let mut changed: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (case, document) in recorded() {
        let schema = schema_of(&document);
        let (built, validator) = (schema.build(), validator(schema));
        let known = changed.entry(schema.name).or_default();
        let mut changes = Vec::new();
        walk(&built, &built, &document, "", &mut |path, shape, value| {
            let kind: String = path.chars().filter(|letter| !letter.is_ascii_digit()).collect();
            // If a value may be null, both the value and null are tried.
            if known.insert(format!("{kind} {}", value.is_null())) {
                changes.push((path.to_owned(), wrong_values(&built, shape, value)));
            }
        });
        for (path, wrong) in changes {
            for wrong in wrong {
                let mut other = document.clone();
                *other.pointer_mut(&path).unwrap() = wrong.clone();
                assert!(!validator.is_valid(&other), "{case}: {path} may be {wrong}");
            }
            if let Some((table, field)) = path.rsplit_once('/')
                && let Some(Value::Object(fields)) = document.clone().pointer_mut(table)
                && !is_optional(table, field)
            {
                fields.remove(field);
                let mut other = document.clone();
                *other.pointer_mut(table).unwrap() = Value::Object(fields.clone());
                assert!(!validator.is_valid(&other), "{case}: {path} may be left out");
            }
        }
    }
    let tried: usize = changed.values().map(BTreeSet::len).sum();
    assert!(changed.len() == outputs().count() && tried > 350, "{tried}");
}

/// Returns true for what is there only where it was asked for.
fn is_optional(table: &str, field: &str) -> bool {
    ["explanation", "chart"].contains(&field) || (table.starts_with("/schools/") && field == "users")
}

#[test]
fn words_are_the_same_in_json_and_csv() {
    for kind in OrderKind::VARIANTS {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    for state in EventState::VARIANTS {
        assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
    }
}

#[test]
fn every_json_output_has_its_schema() {
    let known: BTreeSet<&str> = schema::ALL.iter().filter_map(|schema| schema.id).collect();
    let mut found = BTreeSet::new();
    for path in files_of(&root().join("src/report/json"), "rs") {
        let code = fs::read_to_string(path).unwrap();
        found.extend(code.split('"').filter(|text| text.starts_with("wxlicense/")).map(str::to_owned));
    }
    assert!(!found.is_empty());
    for id in found {
        assert!(known.contains(id.as_str()), "schema::ALL has no {id}");
    }
}

#[derive(PartialEq)]
enum OutputFormat {
    Money,
    Day,
    Moment,
}

fn form_of(text: &str) -> Option<OutputFormat> {
    let shape: String = text.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect();
    let (yuan, decimals) = shape.strip_prefix('-').unwrap_or(&shape).split_once('.').unwrap_or(("", ""));
    let zeros = |text: &str| !text.is_empty() && text.chars().all(|one| one == '0');
    match shape.as_str() {
        "0000-00-00" => Some(OutputFormat::Day),
        "0000-00-00T00:00:00" => Some(OutputFormat::Moment),
        _ if zeros(yuan) && zeros(decimals) => Some(OutputFormat::Money),
        _ => None,
    }
}

/// Values that the field can never have.
fn wrong_values(root: &Value, shape: &Value, value: &Value) -> Vec<Value> {
    let mut wrong = vec![if value.is_array() { json!({}) } else { json!([]) }, json!(0.5)];
    if !is_nullable(shape) {
        wrong.push(Value::Null);
    }
    if has_type(shape, "integer") {
        wrong.push(json!(-1));
    }
    let Some(text) = value.as_str() else { return wrong };
    let free = alternatives(shape).all(|one| {
        let one = resolve(root, one);
        ["pattern", "const", "enum", "oneOf"].iter().all(|key| one[key].is_null())
    });
    if !free {
        wrong.push(json!("nonsense"));
    }
    wrong.extend(match form_of(text) {
        Some(OutputFormat::Money) => vec![json!("5"), json!("5.0"), json!("¥5.00"), json!("5.00000")],
        Some(OutputFormat::Day) => vec![json!("2022-1-1"), json!("18.11.2022"), json!("2022-13-01")],
        Some(OutputFormat::Moment) => vec![json!("2022-11-18"), json!("2022-11-18T10:36:18Z")],
        None => Vec::new(),
    });
    wrong
}

/// Returns every JSON document of the recorded commands, with the command. Each that requests JSON has some.
fn recorded() -> Vec<(String, Value)> {
    let mut documents = Vec::new();
    for command in fs::read_dir(root().join("tests/commands")).unwrap() {
        for path in files_of(&command.unwrap().path(), "md") {
            let page = fs::read_to_string(path).unwrap();
            let blocks = transcript::blocks(&page);
            for (at, block) in blocks.iter().enumerate().filter(|(_, block)| block.info == "console") {
                let answers = || blocks[at + 1..].iter().take_while(|block| block.info != "console");
                let texts: Vec<&str> = if block.body.contains("--format json") {
                    answers().map(|answer| answer.body).filter(|body| body.starts_with('{')).collect()
                } else if block.body.contains("--message-format json") {
                    answers()
                        .flat_map(|answer| answer.body.lines())
                        .filter(|line| line.starts_with('{'))
                        .collect()
                } else {
                    continue;
                };
                assert!(!texts.is_empty(), "{} has no answer", block.body);
                let texts = texts
                    .into_iter()
                    .map(|text| (block.body.to_owned(), serde_json::from_str(text).unwrap()));
                documents.extend(texts);
            }
        }
    }
    assert!(documents.len() > 20);
    documents
}

fn outputs() -> impl Iterator<Item = &'static Schema> {
    schema::ALL.iter().filter(|schema| schema.id.is_some())
}

fn schema_of(document: &Value) -> &'static Schema {
    outputs().find(|schema| schema.id == document["schema"].as_str()).unwrap()
}

fn validator(schema: &Schema) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema.build()).unwrap()
}

/// Returns the definitions of a schema, and the document itself without a name.
fn definitions(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let named = schema["$defs"].as_object().into_iter().flatten();
    std::iter::once(("", schema)).chain(named.map(|(name, definition)| (name.as_str(), definition)))
}

/// Returns the fields of all definitions, with their paths.
fn properties(schema: &Value) -> Vec<(String, Value)> {
    let tables = definitions(schema).flat_map(|(name, definition)| {
        let variants = definition["oneOf"].as_array().map(Vec::as_slice).unwrap_or_default();
        std::iter::once(definition).chain(variants).map(move |table| (name, table))
    });
    let fields = tables.flat_map(|(name, table)| {
        let fields = table["properties"].as_object().into_iter().flatten();
        fields.map(move |(field, shape)| (format!("{name}.{field}"), shape.clone()))
    });
    fields.collect()
}

fn descriptions(value: &Value) -> Vec<&str> {
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| match value {
                Value::String(text) if key == "description" => vec![text.as_str()],
                other => descriptions(other),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(descriptions).collect(),
        _ => Vec::new(),
    }
}

/// Visits every value of a document that is a field, with its schema.
fn walk(root: &Value, shape: &Value, value: &Value, path: &str, visit: &mut dyn FnMut(&str, &Value, &Value)) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                let known = shapes(root, shape).find_map(|one| one["properties"].get(field));
                let Some(shape) = known else {
                    // A table with keys of its own, such as ids of facts.
                    let is_free = shapes(root, shape).any(|one| one["additionalProperties"].is_object());
                    assert!(is_free, "{path} has no {field}");
                    continue;
                };
                let path = format!("{path}/{field}");
                visit(&path, shape, value);
                walk(root, shape, value, &path, visit);
            }
        }
        Value::Array(items) => {
            let shape = shapes(root, shape).find(|one| one["items"].is_object()).unwrap();
            for (index, item) in items.iter().enumerate() {
                walk(root, &shape["items"], item, &format!("{path}/{index}"), visit);
            }
        }
        _ => {}
    }
}

/// Returns the schemas that a value may match, with references and alternatives resolved.
fn shapes<'s>(root: &'s Value, shape: &'s Value) -> impl Iterator<Item = &'s Value> {
    alternatives(shape).map(move |one| resolve(root, one)).flat_map(alternatives)
}

fn resolve<'s>(root: &'s Value, shape: &'s Value) -> &'s Value {
    reference(shape).map_or(shape, |name| &root["$defs"][name])
}

fn reference(shape: &Value) -> Option<&str> {
    shape["$ref"].as_str()?.strip_prefix("#/$defs/")
}

fn alternatives(shape: &Value) -> impl Iterator<Item = &Value> {
    let of = |key: &str| shape[key].as_array().map(Vec::as_slice).unwrap_or_default();
    std::iter::once(shape).chain(of("anyOf")).chain(of("oneOf"))
}

fn is_nullable(shape: &Value) -> bool {
    alternatives(shape).any(|one| has_type(one, "null"))
}

fn has_type(shape: &Value, name: &str) -> bool {
    shape["type"] == name || shape["type"].as_array().is_some_and(|types| types.iter().any(|one| one == name))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_of(folder: &Path, ending: &'static str) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(move |path| path.extension().is_some_and(|found| found == ending))
}
