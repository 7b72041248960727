//! The view of `calendar`: a calendar, its rate card and a filter in; the days that it lets through out.

use std::collections::HashSet;

use jiff::civil::Date;
use serde::Serialize;

use super::agenda::agenda;
use super::answer::{besides, payable};
use super::event::{app_name, due_word, event_word, facts_behind, moment, payment_to_come, state_word};
use super::facts::{
    app_orders_remarks, assumed_facts, fields, footnotes, gap_fields, in_card_order, remarks,
};
use super::tiers::basis_of;
use crate::account::AccountType;
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Arg, Catalog, Message, app_kind_word};
use crate::planning::calendar::{Calendar, Event, EventFilter, EventState};
use crate::pricing::{OrderQuote, OrderStatus, Totals};
use crate::rates::RateCard;
use crate::report::json::calendar_json;
use crate::report::{
    Agenda, Answer, Block, Cell, Columns, Document, Field, Grid, Header, Heading, LeftOut, PartRole, Records,
    Source, Tone, View, Workbook,
};
use crate::rules::TrialFinding;

/// The dates that a filter lets through, day by day, and the trial of every app.
pub struct CalendarView<'c> {
    /// The calendar.
    pub calendar: &'c Calendar,
    /// The rate card that it follows.
    pub card: &'c RateCard,
    /// Which of its events are shown.
    pub filter: &'c EventFilter,
    /// The day on which open dates before it are overdue, Beijing time.
    pub on: Option<Date>,
    /// What the caller assumed beside the plan.
    pub assumed: &'c [Assumption],
}

impl View for CalendarView<'_> {
    fn document(&self) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "calendar", header, blocks: self.blocks() }
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        calendar_json(self.calendar, self.filter, self.on, &self.assumptions(), catalog)
    }

    fn records(&self) -> Option<Records> {
        let overdue = |event: &Event| self.on.is_some_and(|on| event.is_overdue(on));
        Some(
            Columns::of(self.events())
                .left("date", "calendar-date", |event| event.date)
                .left("event", "calendar-event", |event| {
                    Cell::keyed(event.kind.as_str(), event_word(event.kind))
                })
                .left("state", "report-status", |event| {
                    Cell::keyed(event.state.as_str(), state_word(event.state))
                })
                .left("overdue", "calendar-overdue", |event| if overdue(event) { "true" } else { "false" })
                .left("school_code", "report-code", |event| event.school.code.as_deref())
                .left("school_name", "report-school", |event| event.school.name.as_deref())
                .left("app_id", "calendar-app-id", |event| event.app.as_ref().map(|app| app.id.as_str()))
                .left("app_name", "calendar-app", |event| event.app.as_ref().map(|app| app.name.as_str()))
                .right("basic", "report-basic", |event| event.counts.basic)
                .right("interop", "report-interop", |event| event.counts.interop)
                .right("payable", "report-payable", |event| {
                    event.quote.as_ref().and_then(|quote| quote.payable())
                })
                .left("latest_expiry", "calendar-latest", |event| event.latest_expiry)
                .left("facts", "report-facts", |event| event.facts.join(" "))
                .left("price_facts", "calendar-price-facts", |event| {
                    event.quote.as_ref().map(|quote| quote.facts.join(" "))
                })
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        let orders = self.events().filter_map(|event| event.quote.as_deref().cloned()).collect();
        let basis = vec![basis_of(self.card, orders)];
        let workbook = Workbook::new(self.document(), self.calendar.date, basis);
        Some(workbook.or_records(|| self.records()))
    }

    fn agenda(&self) -> Option<Agenda> {
        Some(agenda(self.title(), self.calendar, self.card, self.filter, self.on))
    }
}

impl CalendarView<'_> {
    fn events(&self) -> impl Iterator<Item = &Event> {
        self.calendar.filtered(self.filter)
    }

    fn title(&self) -> Message {
        match self.calendar.date {
            Some(date) => Message::new("calendar-title-dated").with("date", date),
            None => Message::new("calendar-title-undated"),
        }
        .with("card", self.calendar.rate_card.as_str())
    }

    fn answer(&self) -> Answer {
        let events: Vec<&Event> = self.events().collect();
        let overdue = events.iter().filter(|event| self.on.is_some_and(|on| event.is_overdue(on))).count();
        let totals = Totals::of(events.iter().filter_map(|event| event.quote.as_deref())).unwrap_or_default();
        let next = next_event(&events, self.on).map(|next| {
            Message::new("calendar-answer-next").with("date", next.date).with("event", event_word(next.kind))
        });
        let text = Message::new("calendar-answer")
            .with("payable", payable(&totals))
            .with("overdue", overdue)
            .with("next", next.map_or_else(|| "".into(), Arg::from));
        let tone = if overdue > 0 { Tone::Overdue } else { Tone::Strong };
        Answer::new(text).toned(tone).besides(besides(&totals))
    }

    /// Returns what the caller assumed, and what the dates and amounts rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let undated = self.calendar.date.is_none().then_some(Assumption::Undated);
        let facts = self.events().flat_map(facts_behind).map(String::as_str);
        let facts = assumed_facts(&[self.card], in_card_order(self.card, facts));
        self.assumed.iter().cloned().chain(undated).chain(facts).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let events: Vec<&Event> = self.events().collect();
        let mut blocks = Vec::new();
        if let Some(summary) = fields(summary(&events, self.on)) {
            let heading = Heading::from(Message::new("calendar-summary")).of(PartRole::Summary);
            blocks.extend([Block::Heading(heading), summary]);
        }
        match events.is_empty() {
            true => blocks.push(Block::remark(Message::new("calendar-no-events"))),
            false => blocks.extend([
                Block::Heading(Message::new("calendar-dates").into()),
                Block::Grid(event_grid(&events, self.calendar, self.on)),
            ]),
        }
        let payments = events.iter().filter_map(|event| payment_to_come(event));
        blocks.extend(remarks(app_orders_remarks(self.card, payments)));
        let trials = trial_grid(self.calendar, self.filter);
        if !trials.rows.is_empty() {
            blocks.push(Block::Heading(Message::new("calendar-trials").into()));
            blocks.push(Block::Grid(trials));
        }
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }
}

/// Returns overdue dates, the next one, and the sum of the payments to come.
fn summary(events: &[&Event], on: Option<Date>) -> Vec<Field> {
    let mut fields = Vec::new();
    let overdue = events.iter().filter(|event| on.is_some_and(|on| event.is_overdue(on)));
    let count = u64::try_from(overdue.clone().count()).unwrap_or(u64::MAX);
    if let Some(first) = overdue.clone().next() {
        let text = Message::new("calendar-overdue-since").with("count", count).with("first", first.date);
        fields.push(Field::new("calendar-overdue-dates", text).toned(Tone::Caution));
    }
    if let Some(next) = next_event(events, on) {
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

/// Returns the first open event that is not overdue.
fn next_event<'c>(events: &[&'c Event], on: Option<Date>) -> Option<&'c Event> {
    let is_to_come = |event: &&Event| event.state == EventState::Open && on.is_none_or(|on| event.date >= on);
    events.iter().copied().find(is_to_come)
}

fn event_grid(events: &[&Event], calendar: &Calendar, on: Option<Date>) -> Grid {
    let shared = shared_names(calendar);
    let app = |event: &Event| {
        let app = event.app.as_ref()?;
        let is_shared = shared.contains(&(event.school.code.as_deref(), app.name.as_str()));
        Some(if is_shared { app_name(app).into() } else { Cell::from(app.name.as_str()) })
    };
    let mut orders = 0usize..;
    let ordered = events.iter().map(|event| (*event, event.quote.as_ref().and_then(|_| orders.next())));
    let count = |event: &Event, order, kind| counted(*event.counts.get(kind), order, kind);
    Columns::of(ordered)
        .right("date", "calendar-date", |(event, _)| event.date)
        .left("event", "calendar-event", |(event, _)| event_word(event.kind))
        .left("state", "report-status", |(event, _)| due_word(event, on))
        .left("school", "report-school", |(event, _)| payer_name(event))
        .left("app", "calendar-app", |(event, _)| app(event))
        .left("host", "calendar-host", |(event, _)| event.app.as_ref().and_then(|app| app.host.as_deref()))
        .left_out(LeftOut::ToKeepLines)
        .right("basic", "report-basic", |(event, order)| count(event, *order, AccountType::Basic))
        .left_out(LeftOut::Folded)
        .right("interop", "report-interop", |(event, order)| count(event, *order, AccountType::Interop))
        .left_out(LeftOut::Folded)
        .right("latest_expiry", "calendar-latest", |(event, _)| event.latest_expiry)
        .left_out(LeftOut::ToKeepWords)
        .right("payable", "report-payable", |(event, order)| {
            event.quote.as_ref().zip(*order).map(|(quote, order)| amount(quote, order))
        })
        .grid()
        .without_empty_columns()
}

/// Returns the names that several apps of a school have, each with the school's code.
fn shared_names(calendar: &Calendar) -> HashSet<(Option<&str>, &str)> {
    let mut seen = HashSet::new();
    let apps = calendar.schools.iter().flat_map(|standing| {
        let code = standing.school.code.as_deref();
        standing.apps.iter().map(move |app| (code, app.app.name.as_str()))
    });
    apps.filter(|app| !seen.insert(*app)).collect()
}

/// Returns the school; marked if the amount of its payment is not firm.
fn payer_name(event: &Event) -> Cell {
    let is_unconfirmed = event.quote.as_ref().is_some_and(|quote| quote.status == OrderStatus::Unconfirmed);
    match (&event.school.name, is_unconfirmed) {
        (Some(name), true) => Message::new("report-name-unconfirmed").with("name", name.as_str()).into(),
        (name, _) => name.as_deref().into(),
    }
}

/// Returns a number of accounts, unless there are none.
fn counted(count: u32, order: Option<usize>, account_type: AccountType) -> Cell {
    match order {
        _ if count == 0 => Cell::Empty,
        Some(order) => Cell::from(count).computed(Source::Accounts(order, account_type)),
        None => count.into(),
    }
}

/// Returns the amount, or the part of it that is known.
fn amount(quote: &OrderQuote, order: usize) -> Cell {
    let cell: Cell = match quote.payable() {
        Some(payable) => payable.into(),
        None => Message::new("calendar-payable-part").with("priced", quote.priced).into(),
    };
    cell.computed(Source::Payable(order))
}

fn trial_grid(calendar: &Calendar, filter: &EventFilter) -> Grid {
    let shown = calendar.schools.iter().filter(|standing| {
        let code = standing.school.code.as_deref().unwrap_or_default();
        filter.schools.is_empty() || filter.schools.iter().any(|school| school == code)
    });
    Columns::of(shown.flat_map(|standing| standing.apps.iter().map(|app| (&standing.school, app))))
        .left("school", "report-school", |(school, _)| school.name.as_deref())
        .left("app", "calendar-app", |(_, app)| app_name(&app.app))
        .left("kind", "calendar-kind", |(_, app)| app_kind_word(app.kind))
        .left("trial", "calendar-trial", |(_, app)| trial_words(app.trial))
        .grid()
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
