//! JSON with a stable shape for each result. Money is a string with at least two decimals; adding a field is
//! allowed, changing or removing one needs a new `schema` number. Each object is declared by `json_object!`, from which
//! its schema follows too; read `quote.rs` first.

/// Declares a JSON object, each field once with description, type and value; and the function that creates
/// it.
macro_rules! json_object {
    ($(#[$about:meta])* $visible:vis struct $name:ident = $make:ident($($param:ident: $given:ty),* $(,)?) {
        $($(#[$says:meta])* $field:ident: $kind:ty = $value:expr,)*
    }) => {
        $(#[$about])*
        #[derive(serde::Serialize, schemars::JsonSchema)]
        $visible struct $name {
            $($(#[$says])* $field: $kind,)*
        }

        $visible fn $make($($param: $given),*) -> $name {
            $name { $($field: $value,)* }
        }
    };
}

mod budget;
mod calendar;
mod compare;
mod compare_budgets;
mod fit;
mod optimize;
#[cfg(feature = "wecom")]
mod order;
mod quote;
#[cfg(feature = "wecom")]
mod reconcile;
mod status;
mod tiers;
mod tradeoffs;
mod values;

pub(super) use budget::budget_json;
pub(super) use calendar::calendar_json;
pub(super) use compare::compare_json;
pub(super) use compare_budgets::compare_budgets_json;
pub(super) use fit::fit_json;
pub(super) use optimize::optimize_json;
#[cfg(feature = "wecom")]
pub(super) use order::{call_lines, order_json};
pub(super) use quote::quote_json;
#[cfg(feature = "wecom")]
pub(super) use reconcile::reconcile_json;
pub(super) use status::status_json;
pub(super) use tiers::{card_json, card_list_json};

pub(crate) use budget::BudgetDocument;
pub(crate) use calendar::CalendarDocument;
pub(crate) use compare::CompareDocument;
pub(crate) use compare_budgets::CompareBudgetsDocument;
pub(crate) use fit::FitDocument;
pub(crate) use optimize::OptimizeDocument;
#[cfg(feature = "wecom")]
pub(crate) use order::OrderDocument;
pub(crate) use quote::QuoteDocument;
#[cfg(feature = "wecom")]
pub(crate) use reconcile::ReconcileDocument;
pub(crate) use status::StatusDocument;
pub(crate) use tiers::{CardDocument, CardListDocument};
