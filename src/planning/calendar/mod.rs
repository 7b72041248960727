//! Lists the dates of a plan that must not be missed: trials, payments, refunds, activations and expiries.
//!
//! A school that has bought or holds accounts gets the dates of those. Before the trial of its first charged
//! app ends there is a recommended day of payment, which is done once anything is bought. The schools of a
//! group share their accounts (U1), so an order of its upstream covers them all.
//!
//! In goes a [`Plan`], out comes a [`Calendar`]; read [`calendar()`] first.

mod collect;
mod event;
mod filter;
#[cfg(test)]
mod tests;

pub use event::{Event, EventApp, EventKind, EventOrigin, EventState};
pub use filter::EventFilter;

use jiff::civil::Date;

use crate::customer::AppKind;
use crate::plan::Plan;
use crate::pricing::{OrderStatus, Party, QuoteError};
use crate::rules::TrialFinding;

/// Dates of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// The id of the rate card whose rules give the dates.
    pub rate_card: String,
    /// The plan's date, Beijing time.
    pub date: Option<Date>,
    /// Every school of the plan, in its order.
    pub schools: Vec<SchoolStanding>,
    /// By day, then by school in the order of the plan, then in the order of [`EventKind`].
    pub events: Vec<Event>,
}

/// The standing of a school: charged or not, and the trials of its apps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolStanding {
    /// Its identity.
    pub school: Party,
    /// The school that pays for it; itself without an upstream.
    pub payer: Party,
    /// True if one of its apps is of a charged kind, or none is named (W1, docs/rules.md#w1).
    pub charged: bool,
    /// Confirmed if its row in the plan is.
    pub status: OrderStatus,
    /// Its apps, in the order of the file.
    pub apps: Vec<AppStanding>,
}

/// The standing of an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppStanding {
    /// The app.
    pub app: EventApp,
    /// Owner of the app.
    pub kind: AppKind,
    /// Its trial, or why it has none (T1, T3, W1).
    pub trial: TrialFinding,
}

/// Returns the dates of a plan. The recommended payments carry their price on their day, from the one engine;
/// a plan needs no date for that.
///
/// # Errors
/// [`QuoteError`] if the order of a recommended payment cannot be placed.
pub fn calendar(plan: &Plan) -> Result<Calendar, QuoteError> {
    let mut events = collect::events(plan)?;
    events.sort_by_key(|(order, event)| (event.date, *order, event.kind));
    Ok(Calendar {
        rate_card: plan.card.id.clone(),
        date: plan.date,
        schools: collect::standings(plan),
        events: events.into_iter().map(|(_, event)| event).collect(),
    })
}

impl Calendar {
    /// Returns the events that a filter lets through, in their order.
    pub fn filtered<'c>(&'c self, filter: &'c EventFilter) -> impl Iterator<Item = &'c Event> {
        self.events.iter().filter(|event| filter.matches(event))
    }

    /// Returns the events that were due before a day and are not done, in their order.
    pub fn overdue(&self, on: Date) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.is_overdue(on))
    }
}
