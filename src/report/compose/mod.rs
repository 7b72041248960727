//! One file a result: how it becomes a [`Report`](super::Report).

mod budget;
mod calendar;
mod facts;
mod quote;
mod tiers;

pub use budget::{budget_report, line_kind_word, period_name};
pub use calendar::{calendar_report, event_details, event_word};
pub use quote::quote_report;
pub use tiers::{card_list_report, card_report};
