use std::collections::BTreeSet;

use jiff::civil::Date;

use super::agenda::agenda;
use super::facts::footnotes;
use crate::account::{AccountType, Counts};
use crate::lang::{Arg, Message, app_kind_word};
use crate::pricing::{NoteCode, Party};
use crate::rates::RateCard;
use crate::report::{Block, Cell, Column, Grid, Report, Row};
use crate::rules::TrialFinding;
use crate::schedule::calendar::{AppStanding, Calendar, Event, EventApp, EventFilter, EventKind, EventState};

/// The dates that a filter lets through, day by day, and where every app stands. `on` is the day on which open
/// dates before it are overdue.
pub fn calendar_report(
    calendar: &Calendar,
    card: &RateCard,
    filter: &EventFilter,
    on: Option<Date>,
) -> Report {
    let events: Vec<&Event> = calendar.filtered(filter).collect();
    let mut blocks = vec![Block::Grid(event_grid(&events, on))];
    if events.is_empty() {
        blocks = vec![Block::remark(Message::new("calendar-no-events"))];
    }
    let trials = trial_grid(calendar, filter);
    if !trials.rows.is_empty() {
        blocks.push(Block::Heading(Message::new("calendar-trials").into()));
        blocks.push(Block::Grid(trials));
    }
    let facts: BTreeSet<&String> = events.iter().flat_map(|event| facts_behind(event)).collect();
    blocks.extend(footnotes(card, facts));
    Report {
        name: "calendar",
        title: title(calendar),
        date: calendar.date,
        blocks,
        items: items(&events, on),
        basis: None,
        agenda: Some(agenda(calendar, card, filter, on)),
    }
}

/// What kind of event it is, in words.
pub fn event_word(kind: EventKind) -> Message {
    Message::new(match kind {
        EventKind::TrialStart => "calendar-trial-start",
        EventKind::RecommendedPayment => "calendar-recommended-payment",
        EventKind::TrialReminder => "calendar-trial-reminder",
        EventKind::TrialEnd => "calendar-trial-end",
        EventKind::Payment => "calendar-payment",
        EventKind::Activation => "calendar-activation",
        EventKind::LastRefundDay => "calendar-last-refund-day",
        EventKind::LastActivationDay => "calendar-last-activation-day",
        EventKind::FirstStackingDay => "calendar-first-stacking-day",
        EventKind::AutomaticStackingDay => "calendar-automatic-stacking-day",
        EventKind::Expiry => "calendar-expiry",
    })
}

/// What an event comes to: accounts, an amount, a limit.
pub fn event_details(event: &Event) -> Vec<Message> {
    let mut details = Vec::new();
    if !event.counts.is_zero() {
        details.push(accounts(event.counts));
    }
    if let Some(quote) = &event.quote {
        details.push(match quote.payable() {
            Some(payable) => Message::new("calendar-payable").with("payable", payable),
            None => Message::new("calendar-payable-incomplete").with("priced", quote.priced),
        });
    }
    if let Some(latest) = event.latest_expiry {
        details.push(Message::new("calendar-latest-expiry").with("latest", latest));
    }
    details
}

/// The ids of the facts that its day and its amount rest on.
pub(super) fn facts_behind(event: &Event) -> impl Iterator<Item = &String> {
    let notes = event.quote.iter().flat_map(|quote| &quote.notes);
    let of_amount = notes.filter(|note| note.code == NoteCode::UnconfirmedFact);
    event.facts.iter().chain(of_amount.filter_map(|note| note.fact.as_ref()))
}

/// `230 basic and 20 interop`, leaving out what is zero.
pub(super) fn accounts(counts: Counts) -> Message {
    let parts: Vec<Message> = AccountType::ALL
        .into_iter()
        .filter(|account_type| *counts.get(*account_type) > 0)
        .map(|account_type| {
            Message::new("calendar-accounts")
                .with("count", *counts.get(account_type))
                .with("type", account_type)
        })
        .collect();
    Message::new("report-list").with("items", parts)
}

fn title(calendar: &Calendar) -> Message {
    match calendar.date {
        Some(date) => Message::new("calendar-title-dated").with("date", date),
        None => Message::new("calendar-title-undated"),
    }
    .with("card", calendar.rate_card.as_str())
}

fn event_grid(events: &[&Event], on: Option<Date>) -> Grid {
    let columns = vec![
        Column::right("date", "calendar-date"),
        Column::left("event", "calendar-event"),
        Column::left("school", "report-school"),
        Column::left("app", "calendar-app"),
        Column::left("details", "calendar-details"),
    ];
    let rows = events.iter().map(|event| {
        let mut details: Vec<Arg> = event_details(event).into_iter().map(Arg::from).collect();
        if let Some(state) = state_word(event, on) {
            details.insert(0, state.into());
        }
        Row::item(vec![
            event.date.into(),
            event_word(event.kind).into(),
            name(&event.school),
            Cell::optional(event.app.as_ref().map(app_name)),
            Message::new("report-list").with("items", Arg::from(details)).into(),
        ])
    });
    Grid::new(columns, rows.collect())
}

/// Whether an event waits for somebody, in words; `None` where nobody has to do anything.
pub(super) fn state_word(event: &Event, on: Option<Date>) -> Option<Message> {
    if on.is_some_and(|on| event.is_overdue(on)) {
        return Some(Message::new("calendar-overdue"));
    }
    match event.state {
        EventState::Open => Some(Message::new("calendar-open")),
        EventState::Done => Some(Message::new("calendar-done")),
        EventState::Information => None,
    }
}

fn items(events: &[&Event], on: Option<Date>) -> Grid {
    let columns = vec![
        Column::left("date", "calendar-date"),
        Column::left("event", "calendar-event"),
        Column::left("state", "report-status"),
        Column::left("overdue", "calendar-overdue"),
        Column::left("school_code", "report-code"),
        Column::left("school_name", "report-school"),
        Column::left("app_id", "calendar-app-id"),
        Column::left("app_name", "calendar-app"),
        Column::right("basic", "report-basic"),
        Column::right("interop", "report-interop"),
        Column::right("payable", "report-payable"),
        Column::left("latest_expiry", "calendar-latest"),
        Column::left("facts", "report-facts"),
    ];
    let rows = events.iter().map(|event| {
        let overdue = on.is_some_and(|on| event.is_overdue(on));
        Row::item(vec![
            event.date.into(),
            event.kind.as_str().into(),
            event.state.as_str().into(),
            if overdue { "true" } else { "false" }.into(),
            Cell::optional(event.school.code.as_deref()),
            Cell::optional(event.school.name.as_deref()),
            Cell::optional(event.app.as_ref().map(|app| app.id.as_str())),
            Cell::optional(event.app.as_ref().map(|app| app.name.as_str())),
            event.counts.basic.into(),
            event.counts.interop.into(),
            Cell::optional(event.quote.as_ref().and_then(|quote| quote.payable())),
            Cell::optional(event.latest_expiry),
            event.facts.join(" ").into(),
        ])
    });
    Grid::new(columns, rows.collect())
}

fn trial_grid(calendar: &Calendar, filter: &EventFilter) -> Grid {
    let columns = vec![
        Column::left("school", "report-school"),
        Column::left("app", "calendar-app"),
        Column::left("kind", "calendar-kind"),
        Column::left("trial", "calendar-trial"),
    ];
    let shown = calendar.schools.iter().filter(|standing| {
        let code = standing.school.code.as_deref().unwrap_or_default();
        filter.schools.is_empty() || filter.schools.iter().any(|school| school == code)
    });
    let rows = shown.flat_map(|standing| standing.apps.iter().map(|app| trial_row(&standing.school, app)));
    Grid::new(columns, rows.collect())
}

fn trial_row(school: &Party, app: &AppStanding) -> Row {
    Row::item(vec![
        name(school),
        app_name(&app.app).into(),
        app_kind_word(app.kind).into(),
        trial_words(app.trial).into(),
    ])
}

fn trial_words(trial: TrialFinding) -> Message {
    match trial {
        TrialFinding::Trial(trial) => Message::new("calendar-trial-until").with("end", moment(trial.end)),
        TrialFinding::NotCharged => Message::new("calendar-not-charged"),
        TrialFinding::AuthorizedEarlier { first } => {
            Message::new("calendar-authorized-earlier").with("first", first)
        }
        TrialFinding::AuthorizationUnknown => Message::new("calendar-authorization-unknown"),
        TrialFinding::NoRule => Message::new("calendar-no-trial-rule"),
    }
}

/// `2023-02-16 10:36:18`.
pub(super) fn moment(moment: jiff::civil::DateTime) -> String {
    format!("{} {}", moment.date(), moment.time())
}

/// With its host, since one app may be embedded in several.
pub(super) fn app_name(app: &EventApp) -> Message {
    match &app.host {
        Some(host) => {
            Message::new("calendar-app-on-host").with("name", app.name.as_str()).with("host", host.as_str())
        }
        None => Message::new("calendar-app-alone").with("name", app.name.as_str()),
    }
}

fn name(party: &Party) -> Cell {
    Cell::optional(party.name.as_deref())
}
