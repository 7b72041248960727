use std::collections::{BTreeSet, HashSet};

use jiff::civil::Date;

use super::agenda::agenda;
use super::event::{app_name, due_word, event_word, facts_behind, moment, payment_to_come, state_word};
use super::facts::{app_orders_remarks, footnotes, gap_fields};
use super::workbook::{basis_of, workbook};
use crate::account::AccountType;
use crate::diagnostic::lang::{Message, app_kind_word};
use crate::planning::calendar::{AppStanding, Calendar, Event, EventFilter, EventState};
use crate::pricing::{OrderQuote, OrderStatus, Party, Totals};
use crate::rates::RateCard;
use crate::report::{
    Block, Cell, Column, Field, Grid, Heading, LeftOut, PartRole, Report, Row, Source, Tone,
};
use crate::rules::TrialFinding;

/// The dates that a filter lets through, day by day, and where every app stands. `on` is the day on which open
/// dates before it are overdue.
pub fn calendar_report(
    calendar: &Calendar,
    card: &RateCard,
    filter: &EventFilter,
    on: Option<Date>,
) -> Report {
    let events: Vec<&Event> = calendar.filtered(filter).collect();
    let mut blocks = match events.is_empty() {
        true => vec![Block::remark(Message::new("calendar-no-events"))],
        false => {
            vec![
                Block::Heading(Message::new("calendar-dates").into()),
                Block::Grid(event_grid(&events, calendar, on)),
            ]
        }
    };
    let summary = summary(&events, on);
    if !summary.is_empty() {
        let heading = Heading::from(Message::new("calendar-summary")).of(PartRole::Summary);
        blocks.extend([Block::Heading(heading), Block::Fields(summary)]);
    }
    let payments = events.iter().filter_map(|event| payment_to_come(event));
    let checks = app_orders_remarks(card, payments);
    if !checks.is_empty() {
        blocks.push(Block::Remarks(checks));
    }
    let trials = trial_grid(calendar, filter);
    if !trials.rows.is_empty() {
        blocks.push(Block::Heading(Message::new("calendar-trials").into()));
        blocks.push(Block::Grid(trials));
    }
    let facts: BTreeSet<&String> = events.iter().flat_map(|event| facts_behind(event)).collect();
    blocks.extend(footnotes(card, facts));
    let orders = events.iter().filter_map(|event| event.quote.as_deref().cloned()).collect();
    let workbook = workbook(title(calendar), calendar.date, &blocks, vec![basis_of(card, orders)])
        .or_records(|| items(&events, on));
    Report {
        name: "calendar",
        title: title(calendar),
        date: calendar.date,
        blocks,
        items: items(&events, on),
        workbook,
        agenda: Some(agenda(calendar, card, filter, on)),
    }
}

fn title(calendar: &Calendar) -> Message {
    match calendar.date {
        Some(date) => Message::new("calendar-title-dated").with("date", date),
        None => Message::new("calendar-title-undated"),
    }
    .with("card", calendar.rate_card.as_str())
}

/// What is overdue, what comes next, and what the payments to come add up to.
fn summary(events: &[&Event], on: Option<Date>) -> Vec<Field> {
    let mut fields = Vec::new();
    let overdue = events.iter().filter(|event| on.is_some_and(|on| event.is_overdue(on)));
    let count = u64::try_from(overdue.clone().count()).unwrap_or(u64::MAX);
    if let Some(first) = overdue.clone().next() {
        let text = Message::new("calendar-overdue-since").with("count", count).with("first", first.date);
        fields.push(Field::new("calendar-overdue-dates", text).toned(Tone::Caution));
    }
    let is_to_come =
        |event: &&&Event| event.state == EventState::Open && on.is_none_or(|on| event.date >= on);
    if let Some(next) = events.iter().find(is_to_come) {
        let text = Message::new("calendar-next-event")
            .with("date", next.date)
            .with("event", event_word(next.kind))
            .with("name", next.school.name.clone().unwrap_or_default());
        fields.push(Field::new("calendar-next", text));
    }
    let quotes = events.iter().filter_map(|event| event.quote.as_deref());
    if let Some(totals) = Totals::of(quotes.clone()).filter(|_| quotes.clone().next().is_some()) {
        fields.push(Field::new("calendar-to-pay", totals.payable).toned(Tone::Strong));
        fields.extend(gap_fields(&totals));
    }
    fields
}

fn event_grid(events: &[&Event], calendar: &Calendar, on: Option<Date>) -> Grid {
    let columns = vec![
        Column::right("date", "calendar-date"),
        Column::left("event", "calendar-event"),
        Column::left("state", "report-status"),
        Column::left("school", "report-school"),
        Column::left("app", "calendar-app"),
        Column::left("host", "calendar-host").left_out(LeftOut::ToKeepLines),
        Column::right("basic", "report-basic").left_out(LeftOut::ToKeepWords),
        Column::right("interop", "report-interop").left_out(LeftOut::ToKeepWords),
        Column::right("latest_expiry", "calendar-latest").left_out(LeftOut::ToKeepWords),
        Column::right("payable", "report-payable"),
    ];
    let shared = shared_names(calendar);
    let app = |event: &Event| {
        let app = event.app.as_ref()?;
        let is_shared = shared.contains(&(event.school.code.as_deref(), app.name.as_str()));
        Some(if is_shared { app_name(app).into() } else { Cell::from(app.name.as_str()) })
    };
    let mut orders = 0usize..;
    let rows = events.iter().map(|event| {
        let order = event.quote.as_ref().and_then(|_| orders.next());
        let count = |account_type| counted(*event.counts.get(account_type), order, account_type);
        Row::item(vec![
            event.date.into(),
            event_word(event.kind).into(),
            Cell::optional(due_word(event, on)),
            payer_name(event),
            Cell::optional(app(event)),
            Cell::optional(event.app.as_ref().and_then(|app| app.host.as_deref())),
            count(AccountType::Basic),
            count(AccountType::Interop),
            Cell::optional(event.latest_expiry),
            event.quote.as_ref().zip(order).map_or(Cell::Empty, |(quote, order)| payable(quote, order)),
        ])
    });
    Grid::new(columns, rows.collect()).without_empty_columns()
}

/// The names of apps that do not tell which app of their school it is, each with the school's code.
fn shared_names(calendar: &Calendar) -> HashSet<(Option<&str>, &str)> {
    let mut seen = HashSet::new();
    let apps = calendar.schools.iter().flat_map(|standing| {
        let code = standing.school.code.as_deref();
        standing.apps.iter().map(move |app| (code, app.app.name.as_str()))
    });
    apps.filter(|app| !seen.insert(*app)).collect()
}

/// The school; marked where the amount of its payment is not firm.
fn payer_name(event: &Event) -> Cell {
    let is_unconfirmed = event.quote.as_ref().is_some_and(|quote| quote.status == OrderStatus::Unconfirmed);
    match (&event.school.name, is_unconfirmed) {
        (Some(name), true) => Message::new("report-name-unconfirmed").with("name", name.as_str()).into(),
        _ => name(&event.school),
    }
}

/// A number of accounts, unless there are none.
fn counted(count: u32, order: Option<usize>, account_type: AccountType) -> Cell {
    match order {
        _ if count == 0 => Cell::Empty,
        Some(order) => Cell::from(count).computed(Source::Accounts(order, account_type)),
        None => count.into(),
    }
}

/// The amount, or the part of it that is known.
fn payable(quote: &OrderQuote, order: usize) -> Cell {
    let cell: Cell = match quote.payable() {
        Some(payable) => payable.into(),
        None => Message::new("calendar-payable-part").with("priced", quote.priced).into(),
    };
    cell.computed(Source::Payable(order))
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
        Column::left("price_facts", "calendar-price-facts"),
    ];
    let rows = events.iter().map(|event| {
        let overdue = on.is_some_and(|on| event.is_overdue(on));
        Row::item(vec![
            event.date.into(),
            Cell::keyed(event.kind.as_str(), event_word(event.kind)),
            Cell::keyed(event.state.as_str(), state_word(event.state)),
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
            Cell::optional(event.quote.as_ref().map(|quote| quote.facts.join(" "))),
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

fn name(party: &Party) -> Cell {
    Cell::optional(party.name.as_deref())
}
