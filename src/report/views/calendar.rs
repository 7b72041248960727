//! The view of `calendar`: a calendar, its rate card and a filter in; the days that it lets through out.

mod grids;

use jiff::civil::Date;
use serde::Serialize;

use self::grids::EventGrids;
use super::agenda::agenda;
use super::answer::{besides, payable};
use super::budget::order_kind_word;
use super::event::{app_name, event_title, event_word, facts_behind, moment, payment_to_come, state_word};
use super::facts::{app_orders_remarks, assumed_facts, footnotes, in_card_order, remarks, section};
use super::status::next_payment;
use super::tiers::basis_of;
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Catalog, Message, app_kind_word};
use crate::planning::calendar::{Calendar, Event, EventFilter, EventKind, EventState};
use crate::pricing::{OrderStatus, Totals};
use crate::rates::RateCard;
use crate::report::json::calendar_json;
use crate::report::reasons::reason_text;
use crate::report::{
    Agenda, Answer, Basis, Block, Cell, Columns, Document, Grid, Header, LeftOut, Placement, Records, Remark,
    Tone, View, Workbook,
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
        let timeline = self.grids().timeline().map(Block::Chart);
        self.document_of(timeline.into_iter().chain(self.grids().blocks()).collect())
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
        // The grid names orders by their index among those of its own rows.
        let shown = self.shown();
        let payments = || shown.iter().filter_map(|event| Some((event, event.quote.as_deref()?)));
        let placements = payments().map(|(event, _)| Placement {
            date: event.date,
            kind: event.order_kind.map_or_else(|| event_title(event), order_kind_word),
            period: None,
        });
        let orders = payments().map(|(_, quote)| quote.clone()).collect();
        let basis = vec![Basis { placements: placements.collect(), ..basis_of(self.card, orders) }];
        let document = self.document_of(self.grids().of_workbook());
        let workbook = Workbook::new(document, self.calendar.date, basis);
        Some(workbook.or_records(|| self.records()))
    }

    fn agenda(&self) -> Option<Agenda> {
        Some(agenda(self.title(), self.calendar, self.card, self.filter, self.on))
    }
}

impl CalendarView<'_> {
    fn document_of(&self, grids: Vec<Block>) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "calendar", header, blocks: self.blocks(grids) }
    }

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
        let payments: Vec<&Event> = self.events().filter(|event| payment_to_come(event).is_some()).collect();
        let is_overdue = |event: &&&Event| self.on.is_some_and(|on| event.is_overdue(on));
        let totals = |events: &mut dyn Iterator<Item = &&Event>| {
            Totals::of(events.filter_map(|event| event.quote.as_deref())).unwrap_or_default()
        };
        let all = totals(&mut payments.iter());
        let late = totals(&mut payments.iter().filter(is_overdue));
        let is_firm = |event: &&&Event| {
            event.quote.as_ref().is_some_and(|quote| quote.status == OrderStatus::Confirmed)
        };
        let late_count = payments.iter().filter(is_firm).filter(is_overdue).count();
        let text = Message::new("calendar-answer")
            .with("payable", payable(&all))
            .with("count", payments.iter().filter(is_firm).count())
            .with("overdue", late_count)
            .with("late", payable(&late));
        let uncovered = self.events().any(|event| event.kind == EventKind::Uncovered);
        let tone = if late_count > 0 || uncovered { Tone::Overdue } else { Tone::Strong };
        let first = payments.iter().min_by_key(|event| (event.due_since.unwrap_or(event.date), event.date));
        let next = first.and_then(|event| {
            let quote = event.quote.as_deref()?;
            Some(next_payment(&event.school, event.order_kind?, (event.date, event.due_since), quote))
        });
        Answer::new(text).toned(tone).because(next).besides(besides(&all))
    }

    /// Returns what the caller assumed, and what the dates and amounts rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let undated = self.calendar.date.is_none().then_some(Assumption::Undated);
        let facts = self.events().flat_map(facts_behind).map(String::as_str);
        let facts = assumed_facts(&[self.card], in_card_order(self.card, facts));
        self.assumed.iter().cloned().chain(undated).chain(facts).collect()
    }

    /// Returns true if an event only happened, before the day on which the calendar is looked at; a filter from a
    /// day on shows it all the same.
    fn is_past(&self, event: &Event) -> bool {
        let waits = matches!(event.state, EventState::Open | EventState::Lost);
        !waits && self.filter.from.is_none() && self.on.is_some_and(|on| event.date < on)
    }

    /// Returns the events of the grids in their order: what is overdue first.
    fn shown(&self) -> Vec<&Event> {
        let mut shown: Vec<&Event> = self.events().filter(|event| !self.is_past(event)).collect();
        shown.sort_by_key(|event| !self.on.is_some_and(|on| event.is_overdue(on)));
        shown
    }

    fn blocks(&self, grids: Vec<Block>) -> Vec<Block> {
        let shown = self.shown();
        let mut blocks = grids;
        if shown.is_empty() {
            blocks.insert(0, Block::remark(Message::new("calendar-no-events")));
        }
        blocks.extend(section("budget-to-know", reasons(&shown)));
        let payments = self.events().filter_map(payment_to_come);
        blocks.extend(remarks(app_orders_remarks(self.card, payments)));
        let trials = trial_grid(self.calendar, self.filter);
        if !trials.rows.is_empty() && self.shows_trials() {
            blocks.push(Block::Heading(Message::new("calendar-trials").into()));
            blocks.push(Block::Grid(trials));
        }
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    /// Returns true if the filter lets any date of a trial through.
    fn shows_trials(&self) -> bool {
        let kinds = [EventKind::TrialStart, EventKind::TrialReminder, EventKind::TrialEnd];
        self.filter.kinds.is_empty() || kinds.iter().any(|kind| self.filter.kinds.contains(kind))
    }

    fn grids(&self) -> EventGrids<'_> {
        let past = self.events().filter(|event| self.is_past(event)).count();
        EventGrids { calendar: self.calendar, events: self.shown(), past, on: self.on }
    }
}

/// Returns why payments are made on their days and for their terms, where a reader may wonder.
fn reasons(events: &[&Event]) -> Vec<Remark> {
    let told = events.iter().flat_map(|event| {
        event.reasons.iter().filter_map(reason_text).map(|reason| {
            Message::new("reason-of-order")
                .with("date", event.date)
                .with("name", event.school.name.clone().unwrap_or_default())
                .with("reason", reason)
        })
    });
    told.map(Remark::new).collect()
}

fn trial_grid(calendar: &Calendar, filter: &EventFilter) -> Grid {
    let shown = calendar.schools.iter().filter(|standing| {
        let code = standing.school.code.as_deref().unwrap_or_default();
        filter.schools.is_empty() || filter.schools.iter().any(|school| school == code)
    });
    Columns::of(shown.flat_map(|standing| standing.apps.iter().map(|app| (&standing.school, app))))
        .left("school", "report-school", |(school, _)| school.name.as_deref())
        .left("app", "calendar-app", |(_, app)| app_name(&app.app))
        .left_out(LeftOut::Joined)
        .left("kind", "calendar-kind", |(_, app)| app_kind_word(app.kind))
        .left_out(LeftOut::ToKeepLines)
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
