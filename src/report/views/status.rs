//! The view of `status`: where a plan stands in, one screen out: what is overdue and due, what comes next, then a line
//! a school.

mod users;

use jiff::civil::Date;
use serde::Serialize;

use super::answer::{besides, payable};
use super::budget::order_kind_word;
use super::facts::{assumed_facts, footnotes, in_card_order, section};
use super::words::order_status;
use crate::account::{AccountType, Counts};
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Arg, Catalog, Message, account_type_word};
use crate::planning::schedule::{OrderKind, Reason, ScheduledOrder};
use crate::planning::status::{SchoolStatus, Status};
use crate::pricing::{OrderQuote, OrderStatus, Party};
use crate::rates::RateCard;
use crate::report::json::status_json;
use crate::report::reasons::reason_text;
use crate::report::{
    Answer, Block, Cell, Columns, Document, Grid, Header, LeftOut, Records, Remark, Tone, View, Workbook,
};
pub use users::UserNames;

/// Where a plan stands on its date.
pub struct StatusView<'s> {
    /// The status.
    pub status: &'s Status,
    /// The rate card that it follows.
    pub card: &'s RateCard,
    /// What the caller assumed beside the plan.
    pub assumed: &'s [Assumption],
    /// Users and accounts by name, as far as rosters and account lists have them.
    pub names: UserNames<'s>,
}

impl View for StatusView<'_> {
    fn document(&self) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "status", header, blocks: self.blocks() }
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        status_json(self.status, &self.names, &self.assumptions(), catalog)
    }

    /// Returns a row a school; with a list of users, a row for each of these.
    fn records(&self) -> Option<Records> {
        Some(if self.names.is_listed { self.names.records() } else { self.by_type().records() })
    }

    /// Has both types in columns of their own, where a spreadsheet can add them up.
    fn workbook(&self) -> Option<Workbook> {
        let schools = self.by_type().toned(tone).grid().without_zeros().without_empty_columns();
        let mut blocks = vec![Block::Grid(schools)];
        blocks.extend(section("status-lost", self.lost()));
        blocks.extend(self.names.besides());
        blocks.extend(footnotes(&self.assumptions()));
        let document = Document { blocks, ..self.document() };
        Some(Workbook::new(document, Some(self.status.date), Vec::new()))
    }
}

/// A number of users or accounts of a school.
struct Measure {
    basic: &'static str,
    interop: &'static str,
    title: &'static str,
    of: fn(&SchoolStatus) -> Counts,
    /// The need of room for which a narrow terminal does without it.
    left_out: LeftOut,
}

const MEASURES: [Measure; 7] = [
    Measure {
        basic: "need_basic",
        interop: "need_interop",
        title: "status-need",
        of: |school| school.need,
        left_out: LeftOut::Never,
    },
    Measure {
        basic: "active_basic",
        interop: "active_interop",
        title: "status-active",
        of: |school| school.active,
        left_out: LeftOut::ToKeepWords,
    },
    Measure {
        basic: "expiring_basic",
        interop: "expiring_interop",
        title: "status-expiring",
        of: |school| school.expiring,
        left_out: LeftOut::Never,
    },
    Measure {
        basic: "unactivated_basic",
        interop: "unactivated_interop",
        title: "status-unactivated",
        of: |school| school.unactivated,
        left_out: LeftOut::ToKeepLines,
    },
    Measure {
        basic: "in_trial_basic",
        interop: "in_trial_interop",
        title: "status-in-trial",
        of: |school| school.in_trial,
        left_out: LeftOut::ToKeepLines,
    },
    Measure {
        basic: "to_activate_basic",
        interop: "to_activate_interop",
        title: "status-to-activate",
        of: |school| school.to_activate,
        left_out: LeftOut::Never,
    },
    Measure {
        basic: "uncovered_basic",
        interop: "uncovered_interop",
        title: "status-uncovered",
        of: |school| school.uncovered,
        left_out: LeftOut::Never,
    },
];

impl StatusView<'_> {
    fn title(&self) -> Message {
        Message::new("status-title")
            .with("card", self.status.rate_card.as_str())
            .with("date", self.status.date)
    }

    fn answer(&self) -> Answer {
        let Status { overdue, overdue_users, due, next, .. } = self.status;
        let text = match (overdue.confirmed, *overdue_users) {
            (0, 0) => Message::new("status-answer-fine"),
            (0, users) => Message::new("status-answer-locked-out").with("users", users),
            (orders, users) => Message::new("status-answer-overdue")
                .with("payable", payable(&overdue.totals))
                .with("orders", orders)
                .with("users", users),
        };
        let text = Message::new("status-answer")
            .with("overdue", text)
            .with("due", payable(&due.totals))
            .with("orders", due.confirmed)
            .with("days", self.status.within_days);
        let tone = if self.status.is_overdue() { Tone::Overdue } else { Tone::Strong };
        let next = next.as_ref().map(|next| next_sentence(&next.payer, &next.order));
        Answer::new(text).toned(tone).because(next).besides(besides(&self.all_due()))
    }

    /// Returns the sums of what is overdue or due.
    fn all_due(&self) -> crate::pricing::Totals {
        let (overdue, due) = (&self.status.overdue.totals, &self.status.due.totals);
        overdue.checked_add(due).unwrap_or(*overdue)
    }

    /// Returns what the caller assumed, and what the amounts rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let notes = self.status.facts.iter().map(String::as_str);
        let facts = assumed_facts(&[self.card], in_card_order(self.card, notes));
        self.assumed.iter().cloned().chain(facts).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        blocks.push(Block::Heading(Message::new("status-schools").into()));
        blocks.push(Block::Grid(self.schools()));
        let next = self.status.next.iter().flat_map(|next| avoidable(&next.payer, &next.order));
        blocks.extend(section("budget-to-know", next.collect()));
        blocks.extend(section("status-lost", self.lost()));
        blocks.extend(self.names.blocks());
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    /// A line a school; each type in a column of its own.
    fn by_type(&self) -> Columns<&SchoolStatus> {
        let columns = Columns::of(&self.status.schools)
            .left("code", "report-code", |school| school.school.code.as_deref())
            .left("name", "report-school", |school| school.school.name.as_deref())
            .left("status", "report-status", |school| order_status(school.status));
        let columns = MEASURES.iter().fold(columns, |columns, measure| {
            let of = measure.of;
            columns
                .right(measure.basic, measure.title, move |school| of(school).basic)
                .titled(of_type(measure.title, AccountType::Basic))
                .right(measure.interop, measure.title, move |school| of(school).interop)
                .titled(of_type(measure.title, AccountType::Interop))
        });
        let columns = columns.left("uncovered_since", "status-since", |school| school.uncovered_since);
        self.names.columns(columns, &self.status.schools)
    }

    /// A line a school; both types in a cell, and a column only where a school has a figure in it.
    fn schools(&self) -> Grid {
        let rows = self.status.schools.iter();
        let columns = Columns::of(rows)
            .left("code", "report-code", |school| school.school.code.as_deref())
            .left_out(LeftOut::ToKeepLines)
            .left("school", "report-school", |school| name(school));
        let columns = MEASURES.iter().fold(columns, |columns, measure| {
            let of = measure.of;
            columns
                .right(measure.basic, measure.title, move |school| both(of(school)))
                .left_out(measure.left_out)
        });
        columns
            .right("uncovered_since", "status-since", |school| school.uncovered_since)
            .left_out(LeftOut::ToKeepWords)
            .toned(tone)
            .grid()
            .without_empty_columns()
    }

    /// Codes that were lost, each told once.
    fn lost(&self) -> Vec<Remark> {
        let lost = self.status.schools.iter().flat_map(|school| {
            school.lapsed.iter().filter(|lapsed| lapsed.last_day < self.status.date).map(move |lapsed| {
                let worth = lapsed.worth.map_or_else(|| Arg::from(""), Arg::from);
                Message::new("budget-lost")
                    .with("name", school.school.name.clone().unwrap_or_default())
                    .with("count", lapsed.count)
                    .with("type", account_type_word(lapsed.account_type))
                    .with("last-day", lapsed.last_day)
                    .with("worth", worth)
            })
        });
        lost.map(Remark::new).collect()
    }
}

/// Returns the next payment of the schedule in a sentence.
pub(super) fn next_sentence(payer: &Party, order: &ScheduledOrder) -> Message {
    next_payment(payer, order.kind, (order.date, order.due_since), &order.quote)
}

/// Returns what would make the next payment needless: codes in stock that the plan activates too late.
pub(super) fn avoidable(payer: &Party, order: &ScheduledOrder) -> Vec<Remark> {
    let avoidable = order.reasons.iter().filter(|reason| matches!(reason, Reason::CodesInStock { .. }));
    let texts = avoidable.filter_map(reason_text).map(|reason| {
        Message::new("reason-of-order")
            .with("date", order.date)
            .with("name", payer.name.clone().unwrap_or_default())
            .with("reason", reason)
    });
    texts.map(|text| Remark::new(text).toned(Tone::Caution)).collect()
}

/// Returns the next payment in a sentence: its day, or the day since which it is due.
pub(super) fn next_payment(
    payer: &Party,
    kind: OrderKind,
    (date, due_since): (Date, Option<Date>),
    quote: &OrderQuote,
) -> Message {
    Message::new(if due_since.is_some() { "status-next-overdue" } else { "status-next" })
        .with("date", due_since.unwrap_or(date))
        .with("name", payer.name.clone().unwrap_or_default())
        .with("kind", order_kind_word(kind))
        .with("payable", quote.priced_payable())
}

/// Returns the title of a column of one type.
pub(super) fn of_type(title: &'static str, account_type: AccountType) -> Message {
    let (title, account_type) = (Message::new(title), account_type_word(account_type));
    Message::new("status-of-type").with("title", title).with("type", account_type)
}

fn name(school: &SchoolStatus) -> Cell {
    let name = school.school.name.clone().unwrap_or_default();
    match school.status {
        OrderStatus::Unconfirmed => Message::new("report-name-unconfirmed").with("name", name).into(),
        OrderStatus::Confirmed => Cell::Text(name),
    }
}

/// Returns counts of both types in one cell; empty for none.
pub(super) fn both(counts: Counts) -> Cell {
    match (counts.basic, counts.interop) {
        (0, 0) => Cell::Empty,
        (basic, 0) => basic.into(),
        (basic, interop) => Message::new("status-both").with("basic", basic).with("interop", interop).into(),
    }
}

fn tone(school: &&SchoolStatus) -> Tone {
    match school {
        school if !school.uncovered.is_zero() => Tone::Overdue,
        school if !school.to_activate.is_zero() || !school.expiring.is_zero() => Tone::Due,
        _ => Tone::Plain,
    }
}
