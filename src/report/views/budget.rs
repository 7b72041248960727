//! The view of `budget`: a budget and its rate card in; sums by period, orders and what to know about them
//! out.

mod payments;
mod sums;
mod users;

use jiff::civil::Date;
use serde::Serialize;

use self::payments::{order_blocks, payments, unconfirmed_blocks};
use self::sums::{shows_only_orders, sums, sums_of_workbook};
use super::answer::{besides, payable};
use super::charts::{month, timeline};
use super::facts::{
    app_orders_remarks, assumed_facts, fields, footnotes, in_card_order, open_fields, section,
    unconfirmed_facts,
};
use super::tiers::basis_of;
use super::words::order_status;
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Arg, Catalog, Message, account_type_word, term_words};
use crate::planning::budget::{Budget, BudgetLine, PayerBudget, Period, PeriodLength};
use crate::planning::schedule::OrderKind;
use crate::planning::schedule::projection::Projection;
use crate::pricing::OrderStatus;
use crate::rates::RateCard;
use crate::report::json::budget_json;
use crate::report::reasons::reason_texts;
use crate::report::{
    Answer, Basis, Block, Cell, Chart, Columns, Document, Header, PartRole, Placement, Records, Remark, Tone,
    View, Workbook,
};

/// A budget: its years, its periods, every order, what is missing, and what the figures rest on.
pub struct BudgetView<'b> {
    /// The budget.
    pub budget: &'b Budget,
    /// The rate card that it is priced on.
    pub card: &'b RateCard,
    /// How its orders follow from the users, for a workbook in which these can be changed.
    pub projection: Option<&'b Projection>,
    /// The step of its periods.
    pub by: PeriodLength,
    /// What the caller assumed beside the plan.
    pub assumed: &'b [Assumption],
}

impl View for BudgetView<'_> {
    fn document(&self) -> Document {
        let mut blocks = sums(self.budget, self.by);
        let role = if shows_only_orders(self.budget) { PartRole::Summary } else { PartRole::Section };
        let orders = order_blocks(self.budget, role);
        let chart = Block::Chart(self.chart());
        match role {
            PartRole::Summary => {
                blocks.extend(orders);
                blocks.extend(fields(open_fields(&self.budget.totals)));
                blocks.push(chart);
            }
            _ => {
                blocks.push(chart);
                blocks.extend(orders);
            }
        }
        blocks.extend(unconfirmed_blocks(self.budget));
        blocks.extend(self.notes());
        self.document_of(blocks)
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        budget_json(self.budget, self.card, &self.assumptions(), catalog)
    }

    fn records(&self) -> Option<Records> {
        let party = |line: &BudgetLine| &self.budget.payers[line.payer].payer;
        Some(
            Columns::of(&self.budget.lines)
                .left("date", "calendar-date", |line| line.order.date)
                .left("month", "budget-month", |line| month(line.order.date))
                .left("payer_code", "report-code", |line| party(line).code.as_deref())
                .left("payer_name", "report-school", |line| party(line).name.as_deref())
                .left("status", "report-status", |line| order_status(line.order.quote.status))
                .left("kind", "budget-kind", |line| {
                    Cell::keyed(line.order.kind.as_str(), order_kind_word(line.order.kind))
                })
                .right("basic", "report-basic", |line| bought(line).basic)
                .right("interop", "report-interop", |line| bought(line).interop)
                .right("months", "report-months", |line| line.order.quote.term.months)
                .right("days", "report-days", |line| line.order.quote.term.days)
                .left("term", "report-term", |line| {
                    Cell::keyed(
                        line.order.quote.term.iso(),
                        term_words(line.order.quote.term, line.order.quote.days),
                    )
                })
                .left("starts", "budget-starts", |line| starts(line))
                .left("expires", "budget-expires", |line| line.order.expires())
                .left("formula", "budget-formula", |line| line.order.quote.formula.clone())
                .right("list_price", "report-list-price", |line| line.order.quote.list_price())
                .right("payable", "report-payable", |line| line.order.quote.payable())
                .records(),
        )
    }

    fn workbook(&self) -> Option<Workbook> {
        let mut blocks = [sums_of_workbook(self.budget, self.by), self.notes()].concat();
        if let (Some(_), Some(Block::Heading(first))) = (self.projection, blocks.first_mut()) {
            first.title = Message::new("xlsx-sheet-budget");
        }
        let document = self.document_of(blocks);
        let workbook = Workbook::new(document, Some(self.budget.from), vec![self.basis()]);
        Some(workbook.or_records(|| self.records()))
    }
}

/// Returns the reason for an order in words.
pub(super) fn order_kind_word(kind: OrderKind) -> Message {
    Message::new(match kind {
        OrderKind::Recorded => "budget-recorded",
        OrderKind::Purchase => "budget-purchase",
        OrderKind::TopUp => "budget-top-up",
        OrderKind::Renewal => "budget-renewal",
        OrderKind::Growth => "budget-growth",
        OrderKind::Replacement => "budget-replacement",
        OrderKind::CarryOver => "budget-carry-over",
    })
}

/// Returns a period's name: `2023-02`, `2023-01 – 2023-03`, `2023`, or `2023-04 – 2024-03`.
pub fn period_name(period: &Period, by: PeriodLength) -> String {
    days_name(period.from, period.to, by)
}

/// Returns the name of a period with these days, the last one inclusive.
pub(super) fn days_name(from: Date, to: Date, by: PeriodLength) -> String {
    match by {
        PeriodLength::Month => month(from),
        PeriodLength::Year if from.month() == 1 => format!("{:04}", from.year()),
        _ => format!("{} – {}", month(from), month(to)),
    }
}

impl BudgetView<'_> {
    fn document_of(&self, blocks: Vec<Block>) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "budget", header, blocks }
    }

    fn answer(&self) -> Answer {
        let Budget { totals, lines, from, .. } = self.budget;
        let firm = lines.iter().filter(|line| line.order.quote.status == OrderStatus::Confirmed);
        let text = Message::new("budget-answer")
            .with("payable", payable(totals))
            .with("unconfirmed", totals.unconfirmed_orders)
            .with("orders", firm.count())
            .with("from", *from)
            .with("to", last_day(self.budget));
        Answer::new(text).besides(besides(totals))
    }

    /// Returns what the caller assumed, and what the figures rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let notes = self.budget.lines.iter().flat_map(|line| &line.order.quote.notes);
        let facts = assumed_facts(&[self.card], in_card_order(self.card, unconfirmed_facts(notes)));
        self.assumed.iter().cloned().chain(facts).collect()
    }

    fn title(&self) -> Message {
        Message::new("budget-title")
            .with("card", self.budget.rate_card.as_str())
            .with("from", self.budget.from)
            .with("to", last_day(self.budget))
    }

    fn chart(&self) -> Chart {
        let yearly = self.by == PeriodLength::Year;
        let periods = if yearly { &self.budget.years } else { &self.budget.periods };
        let periods = periods.iter().map(|period| (period.from, period_name(period, self.by)));
        timeline("budget-chart", periods, payments(self.budget))
    }

    /// Remarks on the totals, and the facts that they rest on.
    fn notes(&self) -> Vec<Block> {
        let mut blocks = section("budget-to-know", remarks(self.budget, self.card));
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    /// Returns the orders as a workbook computes them, from the users where it can.
    fn basis(&self) -> Basis {
        if let Some(projection) = self.projection {
            return users::basis(projection, self.budget, self.card);
        }
        let lines = &self.budget.lines;
        let placement = |line: &BudgetLine| {
            let period = line.order.expires().map(|expires| (line.order.starts(), expires));
            Placement { date: line.order.date, kind: order_kind_word(line.order.kind), period }
        };
        Basis {
            placements: lines.iter().map(placement).collect(),
            ..basis_of(self.card, lines.iter().map(|line| line.order.quote.clone()).collect())
        }
    }
}

/// Returns the last day of the horizon.
fn last_day(budget: &Budget) -> Date {
    budget.end.yesterday().unwrap_or(budget.end)
}

/// Returns the first day on which accounts of an order run; `None` while none is activated.
fn starts(line: &BudgetLine) -> Option<Date> {
    (!line.order.lots.is_empty()).then(|| line.order.starts())
}

fn name(payer: &PayerBudget) -> String {
    payer.payer.name.clone().unwrap_or_default()
}

fn bought(line: &BudgetLine) -> Counts {
    let mut sum = Counts::ZERO;
    for member in &line.order.quote.members {
        sum = sum.checked_add(member.counts).unwrap_or(sum);
    }
    sum
}

/// Remarks on the totals: checks before the purchases, waivers that end, users locked out, accounts
/// that were lost.
fn remarks(budget: &Budget, card: &RateCard) -> Vec<Remark> {
    let planned = budget.lines.iter().filter(|line| line.order.kind != OrderKind::Recorded);
    let mut remarks = app_orders_remarks(card, planned.map(|line| line.order.date));
    for line in &budget.lines {
        remarks.extend(reason_texts(&line.order.reasons).map(|reason| {
            let told = Message::new("reason-of-order")
                .with("date", line.order.date)
                .with("name", name(&budget.payers[line.payer]))
                .with("reason", reason);
            Remark::new(told)
        }));
    }
    for line in budget.lines.iter().filter(|line| line.order.first_after_waiver) {
        let text = Message::new("budget-first-after-waiver")
            .with("name", name(&budget.payers[line.payer]))
            .with("date", line.order.date)
            .with("priced", line.order.quote.priced);
        remarks.push(Remark::new(text).toned(Tone::Caution));
    }
    for payer in &budget.payers {
        if !payer.charged {
            let text = Message::new("budget-not-charged").with("name", name(payer));
            remarks.push(Remark::new(text));
        }
        for gap in &payer.gaps {
            let text = Message::new("budget-gap")
                .with("name", member_name(payer, gap.member))
                .with("type", account_type_word(gap.account_type))
                .with("from", gap.from)
                .with("until", gap.until)
                .with("days", gap.days())
                .with("users", gap.uncovered());
            remarks.push(Remark::new(text).toned(Tone::Caution));
        }
        for lapsed in &payer.lapsed {
            let worth = lapsed.worth.map_or_else(|| Arg::from(""), Arg::from);
            let text = Message::new("budget-lost")
                .with("name", member_name(payer, lapsed.member))
                .with("count", lapsed.count)
                .with("type", account_type_word(lapsed.account_type))
                .with("last-day", lapsed.last_day)
                .with("worth", worth);
            remarks.push(Remark::new(text).toned(Tone::Caution));
        }
    }
    remarks
}

fn member_name(payer: &PayerBudget, member: usize) -> String {
    payer.members[member].name.clone().unwrap_or_default()
}
