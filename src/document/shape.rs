//! What a TOML document may hold, as JSON Schema: the counterpart of each getter of [`Table`](super::Table).
//! Descriptions are what an editor shows at a key.

use serde_json::{Map, Value, json};

/// A key of a table: its name, whether a table must have it, what it holds.
pub(crate) struct Key {
    name: &'static str,
    required: bool,
    shape: Value,
}

/// A key that a table may leave out.
pub(crate) fn optional(name: &'static str, shape: Value) -> Key {
    Key { name, required: false, shape }
}

/// A key that a table must have.
pub(crate) fn required(name: &'static str, shape: Value) -> Key {
    Key { name, required: true, shape }
}

/// A whole document.
pub(crate) fn document(title: &str, description: &str, keys: Vec<Key>) -> Value {
    let mut schema = table(description, keys);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = title.into();
    schema
}

/// A table that takes these keys and no others.
pub(crate) fn table(description: &str, keys: Vec<Key>) -> Value {
    let required: Vec<&str> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let properties: Map<String, Value> =
        keys.into_iter().map(|key| (key.name.to_owned(), key.shape)).collect();
    let mut schema = json!({
        "description": description,
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    schema
}

/// A list of tables with at least so many entries.
pub(crate) fn tables(least: usize, item: Value) -> Value {
    json!({ "type": "array", "items": item, "minItems": least })
}

/// A string with something in it.
pub(crate) fn text(description: &str) -> Value {
    json!({ "description": description, "type": "string", "pattern": "\\S" })
}

/// A string or a list of strings.
pub(crate) fn texts(description: &str) -> Value {
    let text = json!({ "type": "string" });
    json!({ "description": description, "anyOf": [text, { "type": "array", "items": text }] })
}

/// One of a set of words.
pub(crate) fn word<T: Copy + Into<&'static str>>(description: &str, words: &[T]) -> Value {
    let words: Vec<&str> = words.iter().map(|word| (*word).into()).collect();
    json!({ "description": description, "enum": words })
}

/// A whole number, both ends included.
pub(crate) fn integer(description: &str, least: u32, most: u32) -> Value {
    json!({ "description": description, "type": "integer", "minimum": least, "maximum": most })
}

/// `true` or `false`.
pub(crate) fn boolean(description: &str) -> Value {
    json!({ "description": description, "type": "boolean" })
}

/// A price in yuan: text with at most four decimals, or a whole number.
pub(crate) fn price(description: &str) -> Value {
    let text = json!({ "type": "string", "pattern": "^\\s*\\d+(\\.\\d{1,4})?\\s*$" });
    json!({ "description": description, "anyOf": [text, { "type": "integer", "minimum": 0 }] })
}

/// A day of the calendar, which TOML writes without quotes.
pub(crate) fn date(description: &str) -> Value {
    json!({ "description": description, "type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$" })
}

/// A moment, which TOML writes without quotes; a day alone is its first moment.
pub(crate) fn moment(description: &str) -> Value {
    json!({ "description": description, "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}([T ]|$)" })
}

/// Either of two shapes.
pub(crate) fn either(description: &str, one: Value, other: Value) -> Value {
    json!({ "description": description, "anyOf": [one, other] })
}
