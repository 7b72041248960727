//! Lists the dates of a plan that must not be missed: trials, payments, refunds, activations and expiries.
//!
//! The payments are those of the [schedule](super::schedule), the other days follow from what the plan
//! records: authorisations, purchases, held accounts.
//!
//! In goes a [`Plan`], out comes a [`Calendar`]; read [`calendar()`] first.

mod collect;
mod event;
mod filter;

pub use event::{Event, EventApp, EventKind, EventOrigin, EventState};
pub use filter::EventFilter;

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;

use self::collect::Collector;
use super::schedule::{ScheduleError, ScheduleOptions, schedule};
use crate::customer::AppKind;
use crate::plan::{Plan, School};
use crate::pricing::{OrderStatus, Party};
use crate::rules::{Trial, TrialFinding, look_up_trial};

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

/// Returns the dates of a plan, with the payments before `until`, Beijing time; without it those of a year from
/// the plan's date. In a plan without a date nothing is late, and the payments are those for the ends of the
/// trials.
///
/// # Errors
/// [`ScheduleError`] if an order cannot be placed.
pub fn calendar(plan: &Plan, until: Option<Date>) -> Result<Calendar, ScheduleError> {
    let mut collector = Collector::new(plan);
    let dated = plan.date.map_or_else(|| dated_by_trials(plan), |_| Cow::Borrowed(plan));
    let growth = Decimal::ZERO;
    let schedule = match (dated.date, until.or_else(|| default_end(plan, &dated))) {
        (Some(date), Some(until)) => {
            let until = until.max(date.tomorrow().unwrap_or(date));
            Some(schedule(&dated, &ScheduleOptions { until, growth })?)
        }
        _ => None,
    };
    match &schedule {
        Some(schedule) => schedule.payers.iter().for_each(|payer| collector.payer(payer)),
        None => plan
            .schools
            .iter()
            .enumerate()
            .for_each(|(index, school)| collector.trials(index, school, |_, _| false)),
    }
    let mut events = collector.events;
    events.sort_by_key(|(order, event)| (event.date, *order, event.kind));
    Ok(Calendar {
        rate_card: plan.card.id.clone(),
        date: plan.date,
        schools: standings(plan),
        events: events.into_iter().map(|(_, event)| event).collect(),
    })
}

/// Returns the plan as of the first day of all trials, so that their payments are ahead; undated if there is
/// none.
fn dated_by_trials(plan: &Plan) -> Cow<'_, Plan> {
    let first = trials(plan).map(|trial| trial.start.date()).min();
    Cow::Owned(Plan { date: first, ..plan.clone() })
}

fn default_end(plan: &Plan, dated: &Plan) -> Option<Date> {
    match plan.date {
        Some(date) => date.checked_add(Span::new().years(1)).ok(),
        None => trials(dated).map(|trial| trial.end.date()).max()?.tomorrow().ok(),
    }
}

fn trials(plan: &Plan) -> impl Iterator<Item = Trial> {
    let apps = plan.schools.iter().flat_map(|school| &school.apps);
    apps.filter_map(|app| look_up_trial(&plan.card, app.kind, app.authorized).trial())
}

fn standings(plan: &Plan) -> Vec<SchoolStanding> {
    let by_code: HashMap<&str, &School> =
        plan.schools.iter().map(|school| (school.code.as_str(), school)).collect();
    let payer_of = |school: &School| {
        let payer = school.upstream.as_deref().and_then(|code| by_code.get(code));
        payer.map_or_else(|| school.party(), |payer| payer.party())
    };
    let standing = |school: &School| SchoolStanding {
        school: school.party(),
        payer: payer_of(school),
        charged: school.is_charged(&plan.card),
        status: school.status,
        apps: school
            .apps
            .iter()
            .map(|app| AppStanding {
                app: EventApp::of(app),
                kind: app.kind,
                trial: look_up_trial(&plan.card, app.kind, app.authorized),
            })
            .collect(),
    };
    plan.schools.iter().map(standing).collect()
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
