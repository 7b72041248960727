//! The view of `order`: the requests that place orders in; a row an order, what is left for later, and a record a
//! request out.

use std::collections::BTreeSet;

use serde::Serialize;
use strum::VariantArray;

use super::budget::order_kind_word;
use super::facts::{app_orders_remarks, assumed_facts, footnotes, in_card_order, section};
use super::status::next_sentence;
use super::words::accounts;
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Arg, Catalog, Message};
use crate::money::Money;
use crate::plan::Plan;
use crate::planning::order::{Call, Later, LaterReason, OrderBasis, OrderRequests, PlacedOrder};
use crate::pricing::OrderStatus;
use crate::report::json::{call_lines, order_json};
use crate::report::reasons::reason_texts;
use crate::report::{
    Answer, Block, Cell, Columns, Document, Grid, Header, Heading, LeftOut, PartRole, Records, Remark, Tone,
    View, Workbook,
};

/// The requests that place the orders of a plan.
pub struct OrderView<'o> {
    /// The requests.
    pub requests: &'o OrderRequests,
    /// The plan that they are for.
    pub plan: &'o Plan,
    /// What the caller assumed beside the plan.
    pub assumed: &'o [Assumption],
}

impl View for OrderView<'_> {
    fn document(&self) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "order", header, blocks: self.blocks() }
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        order_json(self.requests, self.plan, &self.assumptions(), catalog)
    }

    fn records(&self) -> Option<Records> {
        let code = |school: Option<usize>| school.map(|school| self.plan.schools[school].code.clone());
        let count = |count: u32| (count > 0).then_some(count);
        let file = |call: &usize| self.requests.calls[*call].file.as_str();
        let columns = Columns::of(&self.requests.calls)
            .left("file", "request-file", |call| call.file.as_str())
            .left("api", "request-api", |call| call.api().as_str())
            .left("code", "report-code", |call| code(call.school))
            .left("name", "report-school", |call| {
                call.school.map(|school| self.plan.schools[school].name.clone())
            })
            .left("corp_id", "request-corp-id", |call| {
                call.school.and_then(|school| self.plan.schools[school].corp_id.clone())
            })
            .left("to", "request-to", |call| code(call.to))
            .left("date", "calendar-date", |call| call.date)
            .right("basic", "report-basic", |call| count(call.counts.basic))
            .right("interop", "report-interop", |call| count(call.counts.interop))
            .right("expected", "request-expected", |call| call.expected)
            .left("after", "request-after", |call| call.after.iter().map(file).collect::<Vec<_>>().join(" "))
            .left("jobid_from", "request-job-from", |call| call.job_from.as_ref().map(file));
        Some(columns.records())
    }

    fn workbook(&self) -> Option<Workbook> {
        let workbook = Workbook::new(self.document(), self.requests.date, Vec::new());
        Some(workbook.or_records(|| self.records()))
    }

    fn lines(&self) -> Option<Vec<impl Serialize>> {
        Some(call_lines(self.requests, self.plan))
    }
}

impl OrderView<'_> {
    fn title(&self) -> Message {
        let card = self.requests.rate_card.as_str();
        match self.requests.date {
            Some(date) => Message::new("request-title").with("card", card).with("date", date),
            None => Message::new("request-title-undated").with("card", card),
        }
    }

    fn answer(&self) -> Answer {
        let OrderRequests { orders, calls, expected, basis, next, .. } = self.requests;
        let late = orders.iter().filter_map(|order| order.due_since);
        let first_late = late.clone().min();
        let placed = |id| {
            Message::new(id)
                .with("expected", *expected)
                .with("orders", orders.len())
                .with("calls", calls.len())
        };
        let text = match (orders.is_empty(), basis) {
            (true, OrderBasis::Due { until }) => {
                Message::new("request-answer-nothing-due").with("until", *until).with("calls", calls.len())
            }
            (true, OrderBasis::Quote) => Message::new("request-answer-nothing"),
            (false, OrderBasis::Due { until }) => placed("request-answer-due").with("until", *until),
            (false, OrderBasis::Quote) => placed("request-answer-quote"),
        };
        let because = match (first_late, next) {
            (Some(since), _) => {
                Some(Message::new("request-answer-late").with("orders", late.count()).with("since", since))
            }
            (None, Some((payer, order))) => Some(next_sentence(payer, order)),
            (None, None) => None,
        };
        let tone = if first_late.is_some() { Tone::Overdue } else { Tone::Strong };
        Answer::new(text).toned(tone).because(because).besides(self.besides())
    }

    /// Returns what is in no amount of the answer: what is left out, and what is left for later.
    fn besides(&self) -> Option<Message> {
        let later: Vec<&Later> = self.requests.later.iter().filter(|later| later.to.is_none()).collect();
        let sum: Money = later.iter().filter_map(|later| later.expected).sum::<Option<Money>>()?;
        let later = (!later.is_empty())
            .then(|| Message::new("request-besides-later").with("orders", later.len()).with("expected", sum));
        let left_out = (self.requests.left_out.unconfirmed_orders > 0).then(|| {
            Message::new("request-besides-left-out")
                .with("orders", self.requests.left_out.unconfirmed_orders)
                .with("expected", self.requests.left_out.unconfirmed)
        });
        match (left_out, later) {
            (Some(left_out), Some(later)) => {
                Some(Message::new("request-besides-both").with("left-out", left_out).with("later", later))
            }
            (left_out, later) => left_out.or(later),
        }
    }

    /// Returns what the caller assumed, and what the amounts rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let card = &self.plan.card;
        let facts = self.requests.orders.iter().flat_map(|order| &order.quote.facts).map(String::as_str);
        let facts = assumed_facts(&[card], in_card_order(card, facts));
        self.assumed.iter().cloned().chain(facts).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        if !self.requests.orders.is_empty() {
            blocks.push(Block::Heading(Heading::from(Message::new("request-orders")).of(PartRole::Summary)));
            blocks.push(Block::Grid(self.orders()));
        }
        if self.requests.calls.iter().any(|call| call.to.is_some()) {
            blocks.push(Block::Heading(Message::new("request-shares").into()));
            blocks.push(Block::Grid(self.shares()));
        }
        if !self.requests.later.is_empty() {
            blocks.push(Block::Heading(Message::new("request-later").into()));
            blocks.push(Block::Grid(self.later()));
            blocks.push(Block::Remarks(self.reasons_for_later()));
        }
        blocks.extend(section("budget-to-know", self.remarks()));
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    fn orders(&self) -> Grid {
        let mut calls: Vec<Vec<usize>> = vec![Vec::new(); self.requests.orders.len()];
        for (call, orders) in self.requests.calls.iter().map(|call| &call.orders).enumerate() {
            orders.iter().for_each(|order| calls[*order].push(call));
        }
        let from_schedule = self.requests.basis != OrderBasis::Quote;
        let columns = Columns::of(self.requests.orders.iter().enumerate())
            .right("calls", "request-calls", |(index, _)| numbers(calls[*index].iter().copied()))
            .right("date", "calendar-date", |(_, order)| order.date)
            .left("school", "report-school", |(_, order)| self.payer(order))
            .when(from_schedule, |columns| {
                columns.left("kind", "budget-kind", |(_, order)| order.kind.map(order_kind_word))
            })
            .left("accounts", "report-accounts", |(_, order)| accounts(counts(order)))
            .right("expires", "budget-expires", |(_, order)| order.expires)
            .left_out(LeftOut::ToKeepWords)
            .right("expected", "request-expected", |(_, order)| Cell::known(order.quote.payable()))
            .toned(|(_, order)| tone(order));
        let grid = columns.grid().without_empty_columns();
        let cells = grid.columns.iter().map(|column| match column.key {
            "school" => Message::new("report-total").into(),
            "expected" => self.requests.expected.into(),
            _ => Cell::Empty,
        });
        let cells = cells.collect();
        grid.total(cells)
    }

    fn payer(&self, order: &PlacedOrder) -> Message {
        let name = self.plan.schools[order.payer].name.clone();
        let is_group = order.quote.members.iter().filter(|member| !member.counts.is_zero()).count() > 1;
        match (order.quote.status, is_group) {
            (OrderStatus::Unconfirmed, _) => Message::new("report-name-unconfirmed").with("name", name),
            (OrderStatus::Confirmed, true) => Message::new("report-name-group").with("name", name),
            (OrderStatus::Confirmed, false) => Message::new("request-name").with("name", name),
        }
    }

    /// Codes that are shared now: a row for each day, downstream and type.
    fn shares(&self) -> Grid {
        let shares = self.requests.calls.iter().enumerate().filter(|(_, call)| call.to.is_some());
        let shares: Vec<(usize, &Call)> = shares.collect();
        let key = |call: &Call| (call.date, call.school, call.to, call.counts.basic > 0);
        let together = |one: &(usize, &Call), other: &(usize, &Call)| key(one.1) == key(other.1);
        Columns::of(shares.chunk_by(together))
            .right("calls", "request-calls", |part| numbers(part.iter().map(|(call, _)| *call)))
            .right("date", "calendar-date", |part| part[0].1.date)
            .left("school", "report-school", |part| self.parties(part[0].1.school, part[0].1.to))
            .left("what", "request-what", |part| {
                let sum = |sum: Counts, (_, call): &(usize, &Call)| sum.saturating_add(call.counts);
                Message::new("request-share").with("accounts", accounts(part.iter().fold(Counts::ZERO, sum)))
            })
            .grid()
    }

    /// Returns a school, or the one that shares and the one that codes are shared with.
    fn parties(&self, from: Option<usize>, to: Option<usize>) -> Cell {
        let name = |school: usize| self.plan.schools[school].name.clone();
        match (from, to) {
            (Some(from), Some(to)) => {
                Message::new("request-from-to").with("from", name(from)).with("to", name(to)).into()
            }
            (from, _) => from.map(name).into(),
        }
    }

    fn later(&self) -> Grid {
        Columns::of(&self.requests.later)
            .right("date", "calendar-date", |later| later.date)
            .left("school", "report-school", |later| self.parties(Some(later.school), later.to))
            .left("what", "request-what", |later| {
                let id = if later.to.is_some() { "request-share" } else { "request-order" };
                Message::new(id).with("accounts", accounts(later.counts))
            })
            .right("after", "request-after", |later| numbers(later.after.iter().copied().rev().take(1)))
            .right("expected", "request-expected", |later| later.expected)
            .grid()
            .without_empty_columns()
    }

    /// Returns why things are left for later, each reason once.
    fn reasons_for_later(&self) -> Vec<Remark> {
        let is_given = |reason: &LaterReason| self.requests.later.iter().any(|later| later.reason == *reason);
        let reasons = LaterReason::VARIANTS.iter().filter(|reason| is_given(reason));
        reasons.map(|reason| Remark::new(reason_sentence(*reason))).collect()
    }

    fn remarks(&self) -> Vec<Remark> {
        let orders = &self.requests.orders;
        let mut remarks = app_orders_remarks(&self.plan.card, orders.iter().filter_map(|order| order.date));
        let mut payers = BTreeSet::new();
        if orders.iter().any(|order| !payers.insert(order.payer)) {
            remarks.push(Remark::new(Message::new("request-one-after-the-other")));
        }
        if orders.iter().any(|order| !order.in_stock.is_zero()) {
            remarks.push(Remark::new(Message::new("request-quote-stock")).toned(Tone::Caution));
        }
        if orders.iter().any(is_renewal_of_several) {
            remarks.push(Remark::new(Message::new("request-renewal-of-several")).toned(Tone::Caution));
        }
        for order in orders {
            remarks.extend(reason_texts(&order.reasons).map(|reason| {
                let date = order.date.map_or_else(|| Arg::from(""), Arg::from);
                let told = Message::new("reason-of-order").with("date", date);
                Remark::new(
                    told.with("name", self.plan.schools[order.payer].name.clone()).with("reason", reason),
                )
            }));
        }
        remarks
    }
}

fn is_renewal_of_several(order: &PlacedOrder) -> bool {
    let members = order.quote.members.iter().filter(|member| !member.counts.is_zero());
    order.quote.renewal && members.count() > 1
}

/// Returns the numbers of calls, from the first to the last.
fn numbers(calls: impl Iterator<Item = usize>) -> Cell {
    let numbers: Vec<u64> = calls.filter_map(|call| u64::try_from(call + 1).ok()).collect();
    numbers.first().map_or(Cell::Empty, |from| Cell::Range { from: *from, to: numbers.last().copied() })
}

fn counts(order: &PlacedOrder) -> Counts {
    order.quote.members.iter().fold(Counts::ZERO, |sum, member| sum.saturating_add(member.counts))
}

fn tone(order: &PlacedOrder) -> Tone {
    match order {
        order if order.due_since.is_some() => Tone::Overdue,
        order if order.quote.is_free() => Tone::Free,
        _ => Tone::Plain,
    }
}

fn reason_sentence(reason: LaterReason) -> Message {
    Message::new(match reason {
        LaterReason::CodesUnknown => "request-codes-unknown",
        LaterReason::NotActiveYet => "request-not-active-yet",
        LaterReason::FollowsLater => "request-follows-later",
    })
}
