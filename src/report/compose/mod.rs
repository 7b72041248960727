//! One file a result: how it becomes a [`Report`](super::Report).

mod agenda;
mod budget;
mod calendar;
mod charts;
mod compare;
mod event;
mod facts;
mod fit;
mod quote;
mod tiers;
mod words;
mod workbook;

pub use budget::{budget_report, line_kind_word, period_name};
pub use calendar::calendar_report;
pub use compare::compare_report;
pub use event::{event_details, event_word};
pub use fit::fit_report;
pub use quote::quote_report;
pub use tiers::{card_list_report, card_report};
