//! JSON Schemas (draft 2020-12) of everything that others write for the program or read from it: the plan
//! file, the rate card file, and each JSON output.
//!
//! ```
//! use wxlicense::schema;
//!
//! let plan = schema::find("plan").unwrap().build();
//! assert_eq!(plan["properties"]["school"]["items"]["required"][0], "code");
//! assert!(schema::find("quote").is_some() && schema::find("nothing").is_none());
//! ```

mod keys;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use self::keys::of_keys;
use crate::diagnostic::DiagnosticDocument;
use crate::diagnostic::lang::Message;
use crate::report::json;
use crate::{plan, rates};

/// The schema of a file or an output.
#[derive(Debug)]
pub struct Schema {
    /// Name on the command line.
    pub name: &'static str,
    /// `schema` member of the documents that it describes; `None` for files that the program reads.
    pub id: Option<&'static str>,
    about: &'static str,
    build: fn() -> Value,
}

impl Schema {
    /// Returns a sentence on what it describes.
    pub fn about(&self) -> Message {
        Message::new(self.about)
    }

    /// Builds the schema.
    pub fn build(&self) -> Value {
        let mut schema = (self.build)();
        if let Some(id) = self.id {
            schema["title"] = id.into();
            schema["properties"]["schema"]["const"] = id.into();
        }
        schema
    }
}

/// Every schema: first those of files that the program reads, then those of its outputs.
pub const ALL: &[Schema] = &[
    input("plan", "schema-plan", || {
        let about =
            "Customers, what they buy and when. Dates are written without quotes; days are Beijing time.";
        of_keys("wxlicense plan", about, plan::KEYS)
    }),
    input("rate-card", "schema-rate-card", || {
        let about =
            "Prices and rules, each with the facts that it rests on. Dates are written without quotes.";
        of_keys("wxlicense rate card", about, rates::KEYS)
    }),
    output("quote", "wxlicense/quote/1", "schema-quote", of::<json::QuoteDocument>),
    output("tiers-list", "wxlicense/rate-cards/1", "schema-tiers-list", of::<json::CardListDocument>),
    output("tiers-show", "wxlicense/rate-card/1", "schema-tiers-show", of::<json::CardDocument>),
    output("status", "wxlicense/status/1", "schema-status", of::<json::StatusDocument>),
    output("calendar", "wxlicense/calendar/1", "schema-calendar", of::<json::CalendarDocument>),
    output("budget", "wxlicense/budget/1", "schema-budget", of::<json::BudgetDocument>),
    output("compare", "wxlicense/compare/1", "schema-compare", of::<json::CompareDocument>),
    output(
        "compare-budget",
        "wxlicense/compare-budget/1",
        "schema-compare-budget",
        of::<json::CompareBudgetsDocument>,
    ),
    output("fit", "wxlicense/fit/1", "schema-fit", of::<json::FitDocument>),
    output("optimize", "wxlicense/optimize/1", "schema-optimize", of::<json::OptimizeDocument>),
    #[cfg(feature = "wecom")]
    output("order", "wxlicense/order/1", "schema-order", of::<json::OrderDocument>),
    #[cfg(feature = "wecom")]
    output("reconcile", "wxlicense/reconcile/1", "schema-reconcile", of::<json::ReconcileDocument>),
    output("diagnostic", "wxlicense/diagnostic/1", "schema-diagnostic", of::<DiagnosticDocument>),
];

/// Returns the schema of this name.
pub fn find(name: &str) -> Option<&'static Schema> {
    ALL.iter().find(|schema| schema.name == name)
}

const fn input(name: &'static str, about: &'static str, build: fn() -> Value) -> Schema {
    Schema { name, id: None, about, build }
}

const fn output(name: &'static str, id: &'static str, about: &'static str, build: fn() -> Value) -> Schema {
    Schema { name, id: Some(id), about, build }
}

/// Builds a schema from the type that is serialized, so that the two cannot differ.
fn of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    unwrap_descriptions(&mut schema);
    schema
}

/// Joins the lines of descriptions, which are doc comments and break where the source does.
fn unwrap_descriptions(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                match value {
                    Value::String(text) if key == "description" => *text = text.replace('\n', " "),
                    other => unwrap_descriptions(other),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(unwrap_descriptions),
        _ => {}
    }
}
