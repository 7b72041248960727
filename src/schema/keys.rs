//! The declared keys of a file as JSON Schema. What must hold between keys is beyond it; reading the file
//! reports that.

use serde_json::{Map, Value, json};

use crate::document::{Key, Shape, TableKeys};

/// Returns the schema of a whole document.
pub(super) fn of_keys(title: &str, about: &str, keys: &TableKeys) -> Value {
    let mut schema = described(table_schema(keys), about);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema
}

fn described(mut schema: Value, about: &str) -> Value {
    schema["description"] = about.into();
    schema
}

impl Key {
    /// A list of tables is described at each of them.
    fn schema(&self) -> Value {
        match self.shape {
            Shape::Tables(least, keys) => {
                let item = described(table_schema(keys), self.about.0);
                json!({ "type": "array", "items": item, "minItems": least })
            }
            _ => described(self.shape.schema(), self.about.0),
        }
    }
}

impl Shape {
    fn schema(&self) -> Value {
        match self {
            Shape::Text(pattern) => json!({ "type": "string", "pattern": pattern }),
            Shape::Texts => one_or_more(&json!({ "type": "string" })),
            Shape::Word(words) => json!({ "enum": words() }),
            Shape::Words(words) => one_or_more(&json!({ "enum": words() })),
            Shape::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Shape::Boolean => json!({ "type": "boolean" }),
            Shape::Price => json!({ "anyOf": [
                { "type": "string", "pattern": "^\\s*\\d+(\\.\\d{1,4})?\\s*$" },
                { "type": "integer", "minimum": 0 },
            ] }),
            // TOML writes days and moments without quotes; editors take them for strings.
            Shape::Date => json!({ "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" }),
            Shape::Moment => json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}([T ]|$)" }),
            Shape::Table(keys) => table_schema(keys),
            Shape::Tables(_, keys) => json!({ "type": "array", "items": table_schema(keys) }),
            Shape::Either(one, other) => json!({ "anyOf": [one.schema(), other.schema()] }),
        }
    }
}

/// A table takes its keys and no others.
fn table_schema(table: &TableKeys) -> Value {
    let is_required = |key: &&Key| key.required || matches!(key.shape, Shape::Tables(1.., _));
    let required: Vec<&str> = table.keys.iter().filter(is_required).map(|key| key.name).collect();
    let properties: Map<String, Value> =
        table.keys.iter().map(|key| (key.name.to_owned(), key.schema())).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

fn one_or_more(item: &Value) -> Value {
    json!({ "anyOf": [item, { "type": "array", "items": item }] })
}
