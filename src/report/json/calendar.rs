use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{
    AssumptionDocument, NoteDocument, PartyDocument, assumption_documents, note_document, party_document,
};
use super::values::{Day, Moment, Money};
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::customer::AppKind;
use crate::diagnostic::lang::Catalog;
use crate::planning::calendar::{
    AppStanding, Calendar, Event, EventApp, EventFilter, EventKind, EventState, SchoolStanding,
};
use crate::planning::schedule::OrderKind;
use crate::pricing::OrderStatus;
use crate::rules::TrialFinding;

json_object! {
    /// Dates that must not be missed, and the state of every app.
    pub(crate) struct CalendarDocument = calendar_json(
        calendar: &Calendar,
        filter: &EventFilter,
        on: Option<Date>,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/calendar/1",
        /// The id of the rate card.
        rate_card: String = calendar.rate_card.clone(),
        /// The day on which the calendar is looked at; null without one, and then nothing is overdue.
        date: Option<Day> = calendar.date.map(Into::into),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// Every school of the plan, in its order.
        schools: Vec<SchoolDocument> = calendar.schools.iter().map(school_document).collect(),
        /// Events by day.
        events: Vec<EventDocument> =
            calendar.filtered(filter).map(|event| event_document(event, on, catalog)).collect(),
    }
}

json_object! {
    /// State of a school.
    struct SchoolDocument = school_document(standing: &SchoolStanding) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = standing.school.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = standing.school.name.clone(),
        /// The code of the school that pays for it: its own, or its upstream's; null for a payer without a
        /// code.
        payer: Option<String> = standing.payer.code.clone(),
        /// True if at least one of its apps is charged.
        charged: bool = standing.charged,
        /// Confirmed if its row in the plan is.
        status: OrderStatus = standing.status,
        /// Its apps, in the order of the plan.
        apps: Vec<AppStandingDocument> = standing.apps.iter().map(app_standing_document).collect(),
    }
}

/// State of an app.
#[derive(Serialize, JsonSchema)]
struct AppStandingDocument {
    #[serde(flatten)]
    app: AppDocument,
    /// Whose app it is.
    kind: AppKind,
    /// Its free trial; null if it has none, or if its days are not known.
    trial: Option<TrialDocument>,
    /// Reason why there is no trial; null if there is one.
    without_trial: Option<WithoutTrial>,
}

/// Reason why an app has no trial.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum WithoutTrial {
    /// Its kind is never charged.
    NotCharged,
    /// It was authorised before there were trials.
    AuthorizedEarlier,
    /// It is unknown when the app was authorised.
    AuthorizationUnknown,
    /// The rate card has no rule of trials.
    NoRule,
}

json_object! {
    /// An app.
    struct AppDocument = app_document(app: &EventApp) {
        /// Its id in the plan.
        id: String = app.id.clone(),
        /// Its name in the plan, or its id.
        name: String = app.name.clone(),
        /// The host that it is embedded in; null if the plan names none.
        host: Option<String> = app.host.clone(),
    }
}

/// A free trial.
#[derive(Serialize, JsonSchema)]
struct TrialDocument {
    /// The moment of its beginning: when the app was first authorised.
    start: Moment,
    /// The first day on which the app reminds its users.
    reminder: Day,
    /// When it ends.
    end: Moment,
}

json_object! {
    /// Something that happens, or has to be done, on a day.
    struct EventDocument = event_document(event: &Event, on: Option<Date>, catalog: &Catalog) {
        /// The day on which it happens, or by which it has to be done.
        date: Day = event.date.into(),
        /// Kind of event; a later version may have more kinds.
        kind: EventKind = event.kind,
        /// State: open, done, or for information.
        state: EventState = event.state,
        /// True if it is open and its day has passed.
        overdue: bool = on.is_some_and(|on| event.is_overdue(on)),
        /// The day since which it should have been done, if that is before the plan's date; else null.
        due_since: Option<Day> = event.due_since.map(Into::into),
        /// The reason for a payment, made or to be made; null for other events.
        order_kind: Option<OrderKind> = event.order_kind,
        /// School of the event; the payer, for a payment.
        school: PartyDocument = party_document(&event.school),
        /// App of the event; null if it is about none.
        app: Option<AppDocument> = event.app.as_ref().map(app_document),
        /// The exact moment; null if only the day is known.
        moment: Option<Moment> = event.moment.map(Into::into),
        /// The accounts that it is about; none for the days of a trial.
        counts: Counts = event.counts,
        /// Payable amount in yuan of a payment on its day; null for other events, and if an account has no price
        /// and the order is not free.
        payable: Option<Money> = event.quote.as_ref().and_then(|quote| quote.payable()).map(Into::into),
        /// True if every account of a payment has a price; null for other events.
        complete: Option<bool> = event.quote.as_ref().map(|quote| quote.is_complete()),
        /// The latest day of expiry that prolonging on this day can reach; null for other events than the
        /// stacking days.
        latest_expiry: Option<Day> = event.latest_expiry.map(Into::into),
        /// The ids of the facts that the day rests on, as in `tiers show`; of a payment to be made
        /// also that of the check of the customer's app orders which it has to pass.
        facts: Vec<String> = event.facts.clone(),
        /// The ids of the facts that the payable rests on; none for other events than payments.
        price_facts: Vec<String> = event.quote.as_ref().map(|quote| quote.facts.clone()).unwrap_or_default(),
        /// Remarks on the payable amount, as in a quote; they name those of its facts that are reported or
        /// assumed.
        notes: Vec<NoteDocument> =
            event.quote.iter().flat_map(|quote| &quote.notes).map(|note| note_document(note, catalog)).collect(),
    }
}

fn app_standing_document(standing: &AppStanding) -> AppStandingDocument {
    let without_trial = match standing.trial {
        TrialFinding::Trial(_) => None,
        TrialFinding::NotCharged => Some(WithoutTrial::NotCharged),
        TrialFinding::AuthorizedEarlier { .. } => Some(WithoutTrial::AuthorizedEarlier),
        TrialFinding::AuthorizationUnknown => Some(WithoutTrial::AuthorizationUnknown),
        TrialFinding::NoRule => Some(WithoutTrial::NoRule),
    };
    AppStandingDocument {
        app: app_document(&standing.app),
        kind: standing.kind,
        trial: standing.trial.trial().map(|trial| TrialDocument {
            start: trial.start.into(),
            reminder: trial.reminder.into(),
            end: trial.end.into(),
        }),
        without_trial,
    }
}
