//! The events of a calendar as tables: what is overdue, what is to come, and apart from them the payments that are in
//! no total. Read [`EventGrids::blocks`] first.

use std::collections::HashSet;

use jiff::Span;
use jiff::civil::Date;

use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::planning::calendar::{Calendar, Event, EventKind, EventState};
use crate::pricing::{OrderQuote, OrderStatus, Totals};
use crate::report::views::charts::{Payment, PaymentState, month, timeline};
use crate::report::views::event::{app_name, due_word, event_title, state_word};
use crate::report::views::unconfirmed::{UnconfirmedPart, firm_counts, firm_payable, unconfirmed_parts};
use crate::report::{Block, Cell, Chart, Columns, Grid, Heading, LeftOut, PartRole, Source, Tone};

/// The events that a calendar shows, in the order of its tables.
pub(super) struct EventGrids<'c> {
    pub(super) calendar: &'c Calendar,
    pub(super) events: Vec<&'c Event>,
    /// The number of past events that are not shown.
    pub(super) past: usize,
    /// The day on which open dates before it are overdue, Beijing time.
    pub(super) on: Option<Date>,
}

/// A row of a table of events.
struct Row<'c> {
    event: &'c Event,
    date: Date,
    state: Option<Message>,
    school: Cell,
    counts: Counts,
    /// The index of the order of which a workbook computes the accounts and the amount.
    order: Option<usize>,
    payable: Cell,
    tone: Tone,
}

impl<'c> EventGrids<'c> {
    /// Returns a table of what is overdue, one of what is to come, and one of the unconfirmed payments.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let (mut overdue, to_come): (Vec<&Event>, Vec<&Event>) = self
            .events
            .iter()
            .filter(|event| !is_unconfirmed(event))
            .partition(|event| self.is_overdue(event));
        overdue.sort_by_key(|event| event.due_since.unwrap_or(event.date));
        let has_sum = overdue.iter().filter(|event| event.quote.is_some()).count() > 1;
        let sum = has_sum.then(|| totals(&overdue).map(|totals| totals.payable));
        let overdue =
            self.grid("status-since", overdue.into_iter().map(|event| self.row(event, State::Known)));
        let to_come = to_come.into_iter().map(|event| self.row(event, State::Shown));
        let mut blocks = titled("calendar-overdue-dates", PartRole::Section, closed(overdue, sum));
        blocks.extend(titled("calendar-dates", PartRole::Section, self.grid("calendar-date", to_come)));
        blocks.extend(self.past_remark());
        let unconfirmed = self.unconfirmed();
        let sum = (unconfirmed.len() > 1).then(|| totals(&self.events).map(|totals| totals.unconfirmed));
        let unconfirmed = closed(self.grid("calendar-date", unconfirmed), sum);
        blocks.extend(titled("report-unconfirmed-payments", PartRole::OutsideTotal, unconfirmed));
        blocks
    }

    /// Returns all events in one table, whose amounts a workbook computes.
    pub(super) fn of_workbook(&self) -> Vec<Block> {
        let mut orders = 0usize..;
        let rows = self.events.iter().map(|event| Row {
            school: self.payer_name(event),
            counts: event.counts,
            order: event.quote.as_ref().and_then(|_| orders.next()),
            payable: event.quote.as_ref().map_or(Cell::Empty, |quote| match quote.payable() {
                Some(payable) => payable.into(),
                None => Message::new("calendar-payable-part").with("priced", quote.priced).into(),
            }),
            ..self.row(event, State::WithDueDay)
        });
        let mut blocks = titled("calendar-dates", PartRole::Section, self.grid("calendar-date", rows));
        blocks.extend(self.past_remark());
        blocks
    }

    fn past_remark(&self) -> Option<Block> {
        (self.past > 0).then(|| Block::remark(Message::new("calendar-past").with("count", self.past)))
    }

    /// Returns the payments by month; `None` if there are none.
    pub(super) fn timeline(&self) -> Option<Chart> {
        let state = |event: &Event| match event.state {
            _ if self.is_overdue(event) => PaymentState::Overdue,
            EventState::Open => PaymentState::Due,
            _ => PaymentState::Paid,
        };
        let quoted = || self.events.iter().filter_map(|event| Some((*event, event.quote.as_deref()?)));
        let days = || quoted().map(|(event, _)| event.date);
        let (first, last) = (days().min()?, days().max()?);
        let next = |month: &Date| month.checked_add(Span::new().months(1)).ok();
        let months = std::iter::successors(Some(first.first_of_month()), next).take_while(|day| *day <= last);
        let payments = quoted().map(|(event, quote)| Payment::of(event.date, state(event), quote));
        Some(timeline("budget-chart", months.map(|day| (day, month(day))), payments))
    }

    fn is_overdue(&self, event: &Event) -> bool {
        self.on.is_some_and(|on| event.is_overdue(on))
    }

    fn row(&self, event: &'c Event, state: State) -> Row<'c> {
        let is_overdue = self.is_overdue(event);
        let quote = event.quote.as_deref();
        let shown = (event.state != EventState::Information).then(|| state_word(event.state));
        Row {
            event,
            date: if state == State::Known { event.due_since.unwrap_or(event.date) } else { event.date },
            state: match state {
                State::Known => None,
                State::Shown => shown,
                State::WithDueDay => due_word(event, self.on),
            },
            school: event.school.name.as_deref().into(),
            counts: quote.map_or(event.counts, firm_counts),
            order: None,
            payable: quote.map_or(Cell::Empty, firm_payable),
            tone: match event.state {
                _ if is_overdue => Tone::Overdue,
                EventState::Open if quote.is_some_and(|quote| quote.is_free()) => Tone::Free,
                EventState::Open if event.kind == EventKind::Payment => Tone::Due,
                _ => Tone::Plain,
            },
        }
    }

    /// Returns the unconfirmed payments.
    fn unconfirmed(&self) -> Vec<Row<'c>> {
        let events = self.events.iter().filter_map(|event| Some((*event, event.quote.as_deref()?)));
        let parts = events.flat_map(|(event, quote)| {
            unconfirmed_parts(quote).into_iter().map(move |part| (event, quote, part))
        });
        let row = |(event, quote, part): (&'c Event, &OrderQuote, UnconfirmedPart<'c>)| Row {
            school: part.party.name.as_deref().into(),
            counts: part.counts,
            payable: match quote.is_complete() {
                true => part.payable.into(),
                false => Message::new("report-priced-part").with("priced", part.payable).into(),
            },
            tone: Tone::Caution,
            ..self.row(event, State::WithDueDay)
        };
        parts.map(row).collect()
    }

    fn grid(&self, date: &'static str, rows: impl IntoIterator<Item = Row<'c>>) -> Grid {
        let shared = shared_names(self.calendar);
        let app = |event: &Event| {
            let app = event.app.as_ref()?;
            let is_shared = shared.contains(&(event.school.code.as_deref(), app.name.as_str()));
            Some(if is_shared { app_name(app).into() } else { Cell::from(app.name.as_str()) })
        };
        let rows: Vec<Row<'_>> = rows.into_iter().collect();
        // What is open is seen without a word for it.
        let is_told = |row: &Row<'_>| matches!(row.event.state, EventState::Done | EventState::Lost);
        let state = if rows.iter().any(is_told) { LeftOut::Never } else { LeftOut::ToKeepLines };
        Columns::of(rows)
            .right("date", date, |row| row.date)
            .left("event", "calendar-event", |row| event_title(row.event))
            .left("state", "report-status", |row| row.state.clone())
            .left_out(state)
            .left("school", "report-school", |row| row.school.clone())
            .left("app", "calendar-app", |row| app(row.event))
            .left_out(LeftOut::Joined)
            .left("host", "calendar-host", |row| row.event.app.as_ref().and_then(|app| app.host.as_deref()))
            .left_out(LeftOut::ToKeepLines)
            .right("basic", "report-basic", |row| counted(row, AccountType::Basic))
            .left_out(LeftOut::Folded)
            .right("interop", "report-interop", |row| counted(row, AccountType::Interop))
            .left_out(LeftOut::Folded)
            .right("latest_expiry", "calendar-latest", |row| row.event.latest_expiry)
            .left_out(LeftOut::ToKeepWords)
            .right("payable", "report-payable", |row| match row.order {
                Some(order) => row.payable.clone().computed(Source::Payable(order)),
                None => row.payable.clone(),
            })
            .toned(|row| row.tone)
            .grid()
            .without_empty_columns()
    }

    /// Returns the school; marked if the amount of its payment is not firm.
    fn payer_name(&self, event: &Event) -> Cell {
        match (&event.school.name, is_unconfirmed(event)) {
            (Some(name), true) => Message::new("report-name-unconfirmed").with("name", name.as_str()).into(),
            (name, _) => name.as_deref().into(),
        }
    }
}

/// How a row tells its state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Not at all: all rows have the same.
    Known,
    /// In a word.
    Shown,
    /// In a word; what is overdue with the day since which it is.
    WithDueDay,
}

/// Returns true if all of a payment is unconfirmed.
fn is_unconfirmed(event: &Event) -> bool {
    event.quote.as_ref().is_some_and(|quote| quote.status == OrderStatus::Unconfirmed)
}

/// Returns the sums of payments; `None` on overflow.
fn totals(events: &[&Event]) -> Option<Totals> {
    Totals::of(events.iter().filter_map(|event| event.quote.as_deref()))
}

/// Returns a table under its title; nothing without rows.
fn titled(title: &'static str, role: PartRole, grid: Grid) -> Vec<Block> {
    if grid.rows.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading(Heading::from(Message::new(title)).of(role)), Block::Grid(grid)]
}

/// Returns a table with a sum, if there is one; it is unknown on overflow.
fn closed(grid: Grid, sum: Option<Option<Money>>) -> Grid {
    match sum {
        Some(sum) => grid.closed_by_sum(Cell::known(sum)),
        None => grid,
    }
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

/// Returns a number of accounts, unless there are none.
fn counted(row: &Row<'_>, account_type: AccountType) -> Cell {
    match (*row.counts.get(account_type), row.order) {
        (0, _) => Cell::Empty,
        (count, Some(order)) => Cell::from(count).computed(Source::Accounts(order, account_type)),
        (count, None) => count.into(),
    }
}
