//! One view a command: what its result says, as the pieces of the report.

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

pub use budget::{BudgetView, period_name};
pub use calendar::CalendarView;
pub use compare::CompareView;
pub use event::event_word;
pub use fit::FitView;
pub use quote::QuoteView;
pub use tiers::{CardListView, CardView};
