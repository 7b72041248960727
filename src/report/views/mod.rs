//! One view a command: its result as the pieces of a report. Read [`QuoteView`] first.
//!
//! What several views share: `answer` is how results begin, `facts` is what the figures rest on and what sums leave out, `event` the words of
//! calendar dates, `words` those of the field, `charts` the pictures, `unconfirmed` what orders have outside the totals, `agenda` the dates for calendar programs.

mod agenda;
mod answer;
#[cfg(feature = "batch")]
mod batch;
mod budget;
mod calendar;
mod charts;
mod compare;
mod event;
mod facts;
mod fit;
mod optimize;
#[cfg(feature = "wecom")]
mod order;
mod pricing_rules;
mod quote;
#[cfg(feature = "wecom")]
mod reconcile;
mod status;
mod tiers;
mod unconfirmed;
mod words;

pub(super) use words::accounts;

#[cfg(feature = "batch")]
pub use batch::batch_document;
pub use budget::{BudgetView, period_name};
pub use calendar::CalendarView;
pub use compare::{CompareBudgetsView, CompareView};
pub use event::event_word;
pub use fit::FitView;
pub use optimize::{OptimizeView, Tradeoffs};
#[cfg(feature = "wecom")]
pub use order::OrderView;
pub use quote::QuoteView;
#[cfg(feature = "wecom")]
pub use reconcile::ReconcileView;
pub use status::{StatusView, UserNames};
pub use tiers::{CardListView, CardView};
