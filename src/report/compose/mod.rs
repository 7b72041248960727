//! One file a result: how it becomes a [`Report`](super::Report).

mod quote;
mod tiers;

pub use quote::quote_report;
pub use tiers::{card_list_report, card_report};
