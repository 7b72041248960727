//! The events of a calendar as entries for a calendar program; read [`agenda`] first.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::civil::{Date, date};

use super::event::{
    app_name, due_word, event_details, event_title, facts_behind, in_a_row, moment, payment_to_come,
};
use super::facts::app_orders_remarks;
use crate::account::AccountType;
use crate::diagnostic::lang::{Arg, Message};
use crate::planning::calendar::{Calendar, Event, EventFilter, EventKind, EventOrigin, EventState};
use crate::pricing::{NoteCode, OrderStatus};
use crate::rates::RateCard;
use crate::report::notes::{note_text, unconfirmed_text};
use crate::report::reasons::reason_text;
use crate::report::{Agenda, AgendaEntry};
use crate::rules::days_between;

/// Returns the events that a filter lets through, for a calendar program. What has only happened, a trial's
/// beginning, a payment or an activation, has no entry: there is nothing left to miss.
///
/// An undated agenda holds as of the first day of the rate card.
pub(super) fn agenda(
    title: Message,
    calendar: &Calendar,
    card: &RateCard,
    filter: &EventFilter,
    on: Option<Date>,
) -> Agenda {
    let unconfirmed: HashSet<&str> = calendar
        .schools
        .iter()
        .filter(|standing| standing.status == OrderStatus::Unconfirmed)
        .filter_map(|standing| standing.school.code.as_deref())
        .collect();
    let entries = identified(&calendar.events)
        .filter(|(event, _)| filter.matches(event))
        .filter_map(|(event, identity)| {
            let has_happened = event.kind == EventKind::Activation && event.state != EventState::Open;
            let means = means(event.kind).filter(|_| !has_happened)?;
            Some(AgendaEntry {
                identity,
                date: event.date,
                summary: summary(event, on),
                description: description(event, means, card, &unconfirmed, on),
                alarm_days: alarm_days(event, on),
            })
        })
        .collect();
    let as_of = on.unwrap_or(card.in_force_from);
    Agenda { title, as_of, revision: days_between(FIRST_DAY, as_of), entries }
}

/// Revisions are counted from here, whatever the rate card, so that they never fall.
const FIRST_DAY: Date = date(1970, 1, 1);

/// Returns the advice to a reader of the entry; `None` for an event that has only happened.
fn means(kind: EventKind) -> Option<Message> {
    Some(Message::new(match kind {
        EventKind::TrialStart | EventKind::Paid => return None,
        EventKind::Payment => "calendar-means-payment",
        EventKind::Uncovered => "calendar-means-uncovered",
        EventKind::Activation => "calendar-means-activation",
        EventKind::TrialReminder => "calendar-means-trial-reminder",
        EventKind::TrialEnd => "calendar-means-trial-end",
        EventKind::LastRefundDay => "calendar-means-last-refund-day",
        EventKind::LastActivationDay => "calendar-means-last-activation-day",
        EventKind::FirstStackingDay => "calendar-means-first-stacking-day",
        EventKind::AutomaticStackingDay => "calendar-means-automatic-stacking-day",
        EventKind::Expiry => "calendar-means-expiry",
    }))
}

/// Long enough before each kind of day to do something about it. What is done or past needs no alarm, and the
/// app's own reminder is one already.
fn alarm_days(event: &Event, on: Option<Date>) -> Option<u32> {
    if event.state == EventState::Done || on.is_some_and(|on| event.date < on) {
        return None;
    }
    match event.kind {
        EventKind::LastActivationDay | EventKind::Expiry => Some(30),
        EventKind::TrialEnd => Some(14),
        EventKind::Payment => Some(7),
        EventKind::Activation if event.state == EventState::Open => Some(3),
        EventKind::AutomaticStackingDay => Some(3),
        EventKind::LastRefundDay => Some(2),
        EventKind::FirstStackingDay => Some(0),
        EventKind::TrialReminder
        | EventKind::TrialStart
        | EventKind::Paid
        | EventKind::Uncovered
        | EventKind::Activation => None,
    }
}

/// Returns all events with their identities. Equal ones, such as two purchases of one day, are numbered.
fn identified(events: &[Event]) -> impl Iterator<Item = (&Event, Vec<String>)> {
    let mut seen: HashMap<Vec<String>, u32> = HashMap::new();
    events.iter().map(move |event| {
        let mut identity = identity(event);
        let alike = seen.entry(identity.clone()).or_default();
        *alike += 1;
        if *alike > 1 {
            identity.push(alike.to_string());
        }
        (event, identity)
    })
}

/// Returns the identity of an event without its day, so that an event that moves stays the same entry.
fn identity(event: &Event) -> Vec<String> {
    let origin = match event.origin {
        EventOrigin::App => event.app.as_ref().map(|app| app.id.clone()).unwrap_or_default(),
        EventOrigin::Order { kind } => kind.as_str().to_owned(),
        EventOrigin::Purchase { paid } => paid.to_string(),
        EventOrigin::Held { expires } => format!("held {expires}"),
    };
    let mut identity =
        vec![event.kind.as_str().to_owned(), event.school.code.clone().unwrap_or_default(), origin];
    if is_of_one_type(event.kind) {
        let types = AccountType::ALL.into_iter().filter(|one| *event.counts.get(*one) > 0);
        identity.extend(types.map(|one| one.as_str().to_owned()));
    }
    identity
}

fn is_of_one_type(kind: EventKind) -> bool {
    matches!(kind, EventKind::FirstStackingDay | EventKind::AutomaticStackingDay | EventKind::Expiry)
}

fn summary(event: &Event, on: Option<Date>) -> Message {
    let overdue = on.is_some_and(|on| event.is_overdue(on));
    let id = match (overdue, event.state) {
        (true, _) => "calendar-entry-overdue",
        (false, EventState::Done) => "calendar-entry-done",
        (false, _) => "calendar-entry",
    };
    let school = school_name(event);
    let subject = match &event.app {
        Some(app) => {
            Message::new("calendar-entry-subject").with("school", school).with("app", app_name(app)).into()
        }
        None => Arg::from(school),
    };
    Message::new(id).with("event", event_title(event)).with("subject", subject)
}

fn description(
    event: &Event,
    means: Message,
    card: &RateCard,
    unconfirmed: &HashSet<&str>,
    on: Option<Date>,
) -> Vec<Message> {
    let mut paragraphs = vec![means];
    let code = event.school.code.as_deref().unwrap_or_default();
    let school = Message::new("calendar-entry-school").with("name", school_name(event)).with("code", code);
    paragraphs.push(school);
    if unconfirmed.contains(code) {
        paragraphs.push(Message::new("calendar-entry-unconfirmed"));
    }
    if let Some(app) = &event.app {
        let app = Message::new("calendar-entry-app").with("name", app_name(app)).with("id", app.id.as_str());
        paragraphs.push(app);
    }
    if let Some(at) = event.moment {
        paragraphs.push(Message::new("calendar-entry-moment").with("moment", moment(at)));
    }
    if let Some(details) = in_a_row(event_details(event)) {
        paragraphs.push(Message::new("calendar-entry-details").with("details", details));
    }
    if let Some(state) = due_word(event, on) {
        paragraphs.push(Message::new("calendar-entry-state").with("state", state));
    }
    paragraphs.extend(event.reasons.iter().filter_map(reason_text));
    paragraphs.extend(remarks(event, card));
    paragraphs
}

/// Notes on the amount, checks that the purchase has to pass, and the unconfirmed facts behind day and
/// amount.
fn remarks(event: &Event, card: &RateCard) -> Vec<Message> {
    let notes = event.quote.iter().flat_map(|quote| &quote.notes);
    let remarks = notes.filter(|note| note.code() != NoteCode::UnconfirmedFact).map(note_text);
    let checks = app_orders_remarks(card, payment_to_come(event)).into_iter().map(|check| {
        let fact = check.tag.map(|tag| tag.text).unwrap_or_default();
        Message::new("calendar-entry-fact").with("fact", fact).with("note", check.text)
    });
    let facts: BTreeSet<&str> = facts_behind(event).map(String::as_str).collect();
    let resting = card
        .facts
        .iter()
        .filter(|fact| fact.standing.is_unconfirmed() && facts.contains(&*fact.id))
        .map(|fact| {
            Message::new("calendar-entry-fact").with("fact", &*fact.id).with("note", unconfirmed_text(fact))
        });
    remarks.chain(checks).chain(resting).collect()
}

fn school_name(event: &Event) -> String {
    event.school.name.clone().unwrap_or_default()
}

#[cfg(test)]
mod tests;
