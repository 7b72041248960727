use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::account::Counts;
use crate::customer::AppKind;
use crate::pricing::{OrderStatus, Party};
use crate::rules::TrialFinding;
use crate::schedule::calendar::{AppStanding, Calendar, Event, EventApp, EventFilter, SchoolStanding};

/// A calendar as JSON of schema `wxlicense/calendar/1`: the events that the filter lets through, and where every
/// school stands. `on` is the day on which open dates before it are overdue.
pub fn calendar_json(calendar: &Calendar, filter: &EventFilter, on: Option<Date>) -> impl Serialize + use<> {
    CalendarDocument {
        schema: "wxlicense/calendar/1",
        rate_card: calendar.rate_card.clone(),
        date: calendar.date.map(|date| date.to_string()),
        schools: calendar.schools.iter().map(school_document).collect(),
        events: calendar.filtered(filter).map(|event| event_document(event, on)).collect(),
    }
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct CalendarDocument {
    schema: &'static str,
    rate_card: String,
    date: Option<String>,
    schools: Vec<SchoolDocument>,
    events: Vec<EventDocument>,
}

#[derive(Serialize, JsonSchema)]
struct SchoolDocument {
    code: Option<String>,
    name: Option<String>,
    payer: Option<String>,
    charged: bool,
    status: OrderStatus,
    apps: Vec<AppStandingDocument>,
}

#[derive(Serialize, JsonSchema)]
struct AppStandingDocument {
    #[serde(flatten)]
    app: AppDocument,
    kind: AppKind,
    trial: Option<TrialDocument>,
    without_trial: Option<&'static str>,
}

#[derive(Serialize, JsonSchema)]
struct AppDocument {
    id: String,
    name: String,
    host: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct TrialDocument {
    start: String,
    reminder: String,
    end: String,
}

#[derive(Serialize, JsonSchema)]
struct EventDocument {
    date: String,
    kind: &'static str,
    state: &'static str,
    overdue: bool,
    school: PartyDocument,
    app: Option<AppDocument>,
    moment: Option<String>,
    counts: Counts,
    payable: Option<String>,
    complete: Option<bool>,
    latest_expiry: Option<String>,
    facts: Vec<String>,
}

#[derive(Serialize, JsonSchema)]
struct PartyDocument {
    code: Option<String>,
    name: Option<String>,
}

fn school_document(standing: &SchoolStanding) -> SchoolDocument {
    SchoolDocument {
        code: standing.school.code.clone(),
        name: standing.school.name.clone(),
        payer: standing.payer.code.clone(),
        charged: standing.charged,
        status: standing.status,
        apps: standing.apps.iter().map(app_standing_document).collect(),
    }
}

fn app_standing_document(standing: &AppStanding) -> AppStandingDocument {
    let without_trial = match standing.trial {
        TrialFinding::Trial(_) => None,
        TrialFinding::NotCharged => Some("not-charged"),
        TrialFinding::AuthorizedEarlier { .. } => Some("authorized-earlier"),
        TrialFinding::AuthorizationUnknown => Some("authorization-unknown"),
        TrialFinding::NoRule => Some("no-rule"),
    };
    AppStandingDocument {
        app: app_document(&standing.app),
        kind: standing.kind,
        trial: standing.trial.trial().map(|trial| TrialDocument {
            start: trial.start.to_string(),
            reminder: trial.reminder.to_string(),
            end: trial.end.to_string(),
        }),
        without_trial,
    }
}

fn event_document(event: &Event, on: Option<Date>) -> EventDocument {
    let quote = event.quote.as_ref();
    EventDocument {
        date: event.date.to_string(),
        kind: event.kind.as_str(),
        state: event.state.as_str(),
        overdue: on.is_some_and(|on| event.is_overdue(on)),
        school: party_document(&event.school),
        app: event.app.as_ref().map(app_document),
        moment: event.moment.map(|moment| moment.to_string()),
        counts: event.counts,
        payable: quote.and_then(|quote| quote.payable()).map(|payable| payable.to_string()),
        complete: quote.map(|quote| quote.is_complete()),
        latest_expiry: event.latest_expiry.map(|day| day.to_string()),
        facts: event.facts.clone(),
    }
}

fn app_document(app: &EventApp) -> AppDocument {
    AppDocument { id: app.id.clone(), name: app.name.clone(), host: app.host.clone() }
}

fn party_document(party: &Party) -> PartyDocument {
    PartyDocument { code: party.code.clone(), name: party.name.clone() }
}
