//! The view of `reconcile`: bills compared with what they should be in, the differences first out, then what could not be
//! checked, what is not ordered or not activated, and the statement by month.

mod rules;

use jiff::civil::Date;
use serde::Serialize;

use self::rules::rule_blocks;
use super::facts::{assumed_facts, footnotes, in_card_order};
use super::status::both;
use crate::analysis::reconcile::{
    Doubt, NotOrdered, ReconciledOrder, ReconciledTotals, Reconciliation, RuleFindings, StatementOf,
    StatementRow, Unactivated, Verdict,
};
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Catalog, Message, account_type_word, term_words};
use crate::money::Money;
use crate::plan::ListedTerm;
use crate::pricing::Party;
use crate::rates::RateCard;
use crate::report::json::reconcile_json;
use crate::report::{
    Answer, Block, Cell, Columns, Document, Grid, Header, LeftOut, Records, Remark, Tone, View, Workbook,
};
use crate::wecom::documents::OrderState;

/// Bills compared with what they should be.
pub struct ReconcileView<'r> {
    /// The comparison.
    pub reconciliation: &'r Reconciliation,
    /// Which readings of the rules explain the bills, if anybody asked or an order differs.
    pub rules: Option<&'r RuleFindings>,
    /// The rate card that prices the orders again.
    pub card: &'r RateCard,
    /// What the caller assumed beside the plan.
    pub assumed: &'r [Assumption],
}

impl View for ReconcileView<'_> {
    fn document(&self) -> Document {
        let header = Header { title: self.title(), answer: self.answer(), assumptions: self.assumptions() };
        Document { name: "reconcile", header, blocks: self.blocks() }
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        reconcile_json(self.reconciliation, self.rules, &self.assumptions(), catalog)
    }

    fn records(&self) -> Option<Records> {
        let columns = Columns::of(&self.reconciliation.orders)
            .left("order_id", "reconcile-order", |order| order.order_id.as_deref())
            .left("corp_id", "reconcile-corp-id", |order| order.corp_id.as_deref())
            .left("school", "report-code", |order| code(order))
            .left("type", "reconcile-type", |order| order.ordered.map(|(kind, _)| kind.as_str()))
            .left("state", "reconcile-state", |order| order.ordered.map(|(_, state)| state.as_str()))
            .left("paid", "reconcile-paid", |order| order.paid)
            .right("basic", "report-basic", |order| order.counts.basic)
            .right("interop", "report-interop", |order| order.counts.interop)
            .left("term", "report-term", |order| length(order))
            .left("renewed_until", "reconcile-renewed-until", |order| until(order))
            .left("verdict", "reconcile-verdict", |order| verdict(order.verdict))
            .right("billed", "reconcile-billed", |order| order.billed)
            .right("expected", "reconcile-expected", |order| order.expected)
            .right("difference", "reconcile-difference", |order| order.difference)
            .left("reason", "reconcile-reason", |order| reason(order))
            .left("refundable_until", "reconcile-refundable", |order| order.refundable_until);
        Some(columns.records())
    }

    fn workbook(&self) -> Option<Workbook> {
        let workbook = Workbook::new(self.document(), Some(self.reconciliation.date), Vec::new());
        Some(workbook.or_records(|| self.records()))
    }
}

impl ReconcileView<'_> {
    fn title(&self) -> Message {
        Message::new("reconcile-title")
            .with("card", self.reconciliation.rate_card.as_str())
            .with("date", self.reconciliation.date)
    }

    fn answer(&self) -> Answer {
        let totals = &self.reconciliation.totals;
        let wrong = self.of(Verdict::Mismatched).count();
        let right = self.of(Verdict::Matched).count();
        let text = match (wrong, right) {
            (0, 0) => Message::new("reconcile-answer-none"),
            (0, _) => {
                Message::new("reconcile-answer-matched").with("orders", right).with("billed", totals.billed)
            }
            _ => Message::new("reconcile-answer-mismatched")
                .with("wrong", wrong)
                .with("orders", wrong + right)
                .with("billed", totals.billed)
                .with("expected", totals.expected)
                .with("difference", signed(totals.difference)),
        };
        let parts = outside_the_sums(totals);
        let besides = (!parts.is_empty()).then(|| Message::new("reconcile-besides").with("parts", parts));
        let tone = if wrong > 0 { Tone::Overdue } else { Tone::Strong };
        Answer::new(text).toned(tone).because(self.largest()).besides(besides)
    }

    /// Returns the largest difference in a sentence.
    fn largest(&self) -> Option<Message> {
        let by_size =
            |order: &&ReconciledOrder| order.difference.map(|difference| difference.fen().unsigned_abs());
        let order = self.of(Verdict::Mismatched).max_by_key(by_size)?;
        let name = order.schools.first().and_then(|school| school.name.clone()).unwrap_or_default();
        Some(
            Message::new("reconcile-largest")
                .with("order", order.order_id.clone().unwrap_or_default())
                .with("name", name)
                .with("billed", order.billed?)
                .with("expected", order.expected?)
                .with("difference", signed(order.difference?)),
        )
    }

    fn of(&self, verdict: Verdict) -> impl Iterator<Item = &ReconciledOrder> {
        self.reconciliation.orders.iter().filter(move |order| order.verdict == verdict)
    }

    fn assumptions(&self) -> Vec<Assumption> {
        let facts = self.reconciliation.facts.iter().map(String::as_str);
        let facts = assumed_facts(&[self.card], in_card_order(self.card, facts));
        self.assumed.iter().cloned().chain(facts).collect()
    }

    fn blocks(&self) -> Vec<Block> {
        let found = self.reconciliation;
        let checked: Vec<&ReconciledOrder> =
            self.of(Verdict::Mismatched).chain(self.of(Verdict::Matched)).collect();
        let others: Vec<&ReconciledOrder> = found
            .orders
            .iter()
            .filter(|order| !matches!(order.verdict, Verdict::Matched | Verdict::Mismatched))
            .collect();
        let mut blocks = Vec::new();
        let mut part = |heading: &'static str, is_empty: bool, grid: Grid| {
            if !is_empty {
                blocks.push(Block::Heading(Message::new(heading).into()));
                blocks.push(Block::Grid(grid));
            }
        };
        part("reconcile-checked", checked.is_empty(), checked_grid(&checked, found, self.card));
        blocks.extend(doubts(&checked));
        let mut part = |heading: &'static str, is_empty: bool, grid: Grid| {
            if !is_empty {
                blocks.push(Block::Heading(Message::new(heading).into()));
                blocks.push(Block::Grid(grid));
            }
        };
        part("reconcile-not-checked", others.is_empty(), others_grid(&others));
        part("reconcile-not-ordered", found.not_ordered.is_empty(), not_ordered_grid(&found.not_ordered));
        part("reconcile-unactivated", found.unactivated.is_empty(), unactivated_grid(&found.unactivated));
        part("reconcile-statement", found.statement.is_empty(), statement_grid(&found.statement));
        blocks.extend(self.rules.into_iter().flat_map(|rules| rule_blocks(rules, self.card)));
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }
}

/// Returns what is in none of the sums.
fn outside_the_sums(totals: &ReconciledTotals) -> Vec<Message> {
    let unchecked = Message::new("reconcile-unchecked")
        .with("orders", totals.unchecked_orders)
        .with("billed", totals.unchecked);
    let unreadable = Message::new("reconcile-orders-unread").with("orders", totals.unreadable_orders);
    let files = Message::new("reconcile-files-incomplete").with("files", totals.incomplete_files);
    let all = [
        (totals.unchecked_orders > 0, unchecked),
        (totals.unreadable_orders > 0, unreadable),
        (totals.incomplete_files > 0, files),
    ];
    all.into_iter().filter_map(|(is_any, text)| is_any.then_some(text)).collect()
}

fn checked_grid(orders: &[&ReconciledOrder], found: &Reconciliation, card: &RateCard) -> Grid {
    let totals = &found.totals;
    let grid = Columns::of(orders.iter().copied())
        .left("order_id", "reconcile-order", |order| order.order_id.as_deref())
        .left("school", "report-school", |order| names(&order.schools))
        .left("paid", "reconcile-paid", |order| order.paid)
        .left_out(LeftOut::ToKeepWords)
        .right("accounts", "report-accounts", |order| both(order.counts))
        .left("term", "report-term", |order| order.term.map(|term| term_cell(term, card)))
        .left_out(LeftOut::ToKeepWords)
        .left("verdict", "reconcile-verdict", |order| verdict(order.verdict))
        .left("refundable_until", "reconcile-refundable", |order| order.refundable_until)
        .left_out(LeftOut::ToKeepWords)
        .right("billed", "reconcile-billed", |order| order.billed)
        .right("expected", "reconcile-expected", |order| order.expected)
        .right("difference", "reconcile-difference", |order| difference(order.difference))
        .toned(|order| if order.verdict == Verdict::Mismatched { Tone::Overdue } else { Tone::Plain })
        .grid();
    let mut cells = vec![Cell::Empty; grid.columns.len()];
    let sums = [totals.billed.into(), totals.expected.into(), Cell::Change(totals.difference)];
    let first = cells.len() - sums.len();
    cells.splice(first.., sums);
    cells[0] = Message::new("report-total").into();
    grid.total(cells).without_empty_columns()
}

/// Remarks on orders whose match leaves something open.
fn doubts(orders: &[&ReconciledOrder]) -> Option<Block> {
    let remark = |doubt: Doubt, text: &'static str| {
        let unsure = orders.iter().filter(|order| order.doubt == Some(doubt));
        let ids: Vec<String> = unsure.filter_map(|order| order.order_id.clone()).collect();
        (!ids.is_empty()).then(|| Remark::new(Message::new(text).with("orders", ids)).toned(Tone::Caution))
    };
    let remarks = [
        remark(Doubt::IfActivated, "reconcile-if-activated-long"),
        remark(Doubt::IfActivatedAfter, "reconcile-if-activated-after-long"),
    ];
    let remarks: Vec<Remark> = remarks.into_iter().flatten().collect();
    (!remarks.is_empty()).then_some(Block::Remarks(remarks))
}

fn others_grid(orders: &[&ReconciledOrder]) -> Grid {
    Columns::of(orders.iter().copied())
        .left("order_id", "reconcile-order", |order| order.order_id.as_deref())
        .left("school", "report-school", |order| names(&order.schools))
        .left("paid", "reconcile-paid", |order| order.paid)
        .left("verdict", "reconcile-verdict", |order| verdict(order.verdict))
        .left("reason", "reconcile-reason", |order| reason(order))
        .right("billed", "reconcile-billed", |order| order.billed)
        .grid()
        .without_empty_columns()
}

fn not_ordered_grid(missing: &[NotOrdered]) -> Grid {
    Columns::of(missing)
        .left("code", "report-code", |missing| missing.school.code.as_deref())
        .left("school", "report-school", |missing| missing.school.name.as_deref())
        .right("payable", "report-payable", |missing| Cell::known(missing.payable))
        .left("may_be_ordered", "reconcile-reason", |missing| {
            missing.may_be_ordered.then(|| Message::new("reconcile-may-be-ordered"))
        })
        .grid()
        .without_empty_columns()
}

fn unactivated_grid(codes: &[Unactivated]) -> Grid {
    Columns::of(codes)
        .left("order_id", "reconcile-order", |codes| codes.order_id.as_str())
        .left("school", "report-school", |codes| codes.school.name.as_deref())
        .left("type", "report-account", |codes| account_type_word(codes.account_type))
        .right("count", "report-accounts", |codes| codes.count)
        .left("last_day", "reconcile-last-day", |codes| codes.last_day)
        .right("worth", "reconcile-worth", |codes| Cell::known(codes.worth))
        .toned(|codes| if codes.is_lost { Tone::Overdue } else { Tone::Due })
        .grid()
}

fn statement_grid(rows: &[StatementRow]) -> Grid {
    Columns::of(rows)
        .left("month", "reconcile-month", |row| row.month.strftime("%Y-%m").to_string())
        .left("school", "report-school", |row| statement_of(&row.of))
        .right("billed", "reconcile-billed", |row| row.billed)
        .right("expected", "reconcile-expected", |row| row.expected)
        .right("planned", "reconcile-planned", |row| row.planned)
        .grid()
}

fn statement_of(of: &StatementOf) -> Cell {
    match of {
        StatementOf::Payer(payer) => payer.name.clone().unwrap_or_default().into(),
        StatementOf::Several => Message::new("reconcile-several").into(),
        StatementOf::LeftOut => Message::new("reconcile-left-out").into(),
        StatementOf::NotInPlan => Message::new("reconcile-others").into(),
    }
}

fn verdict(verdict: Verdict) -> Cell {
    let word = match verdict {
        Verdict::Matched => "reconcile-matched",
        Verdict::Mismatched => "reconcile-mismatched",
        Verdict::NotInPlan => "reconcile-not-in-plan",
        Verdict::NotCharged => "reconcile-not-charged",
        Verdict::Unreadable => "reconcile-unreadable",
    };
    Cell::keyed(verdict.as_str(), Message::new(word))
}

/// Returns why there is no verdict, or what it leaves open.
fn reason(order: &ReconciledOrder) -> Option<Cell> {
    let word = match (order.doubt, order.ordered) {
        (Some(doubt), _) => match doubt {
            Doubt::IfActivated => "reconcile-if-activated",
            Doubt::IfActivatedAfter => "reconcile-if-activated-after",
            Doubt::Migration => "reconcile-migration",
            Doubt::UnknownEnterprise => "reconcile-unknown-enterprise",
            Doubt::SchoolLeftOut => "reconcile-school-left-out",
            Doubt::NoPrice => "reconcile-no-price",
            Doubt::UnknownExpiry => "reconcile-unknown-expiry",
            Doubt::UnknownHoldings => "reconcile-unknown-holdings",
            Doubt::UnknownActivations => "reconcile-unknown-activations",
            Doubt::Incomplete => "reconcile-incomplete",
            Doubt::Unreadable => "reconcile-unreadable-document",
        },
        (None, Some((_, state))) => match state {
            OrderState::Paid => return None,
            OrderState::Unpaid => "reconcile-unpaid",
            OrderState::Cancelled => "reconcile-cancelled",
            OrderState::Expired => "reconcile-expired",
            OrderState::RefundAsked => "reconcile-refund-asked",
            OrderState::Refunded => "reconcile-refunded",
            OrderState::RefundRefused => "reconcile-refund-refused",
            OrderState::Void => "reconcile-void",
        },
        (None, None) => return None,
    };
    Some(Cell::keyed(order.reason_code()?, Message::new(word)))
}

/// Returns the term of an order as an ISO 8601 duration; `None` for a renewal to a day.
fn length(order: &ReconciledOrder) -> Option<String> {
    match order.term? {
        ListedTerm::Length(term) => Some(term.iso()),
        ListedTerm::Until(_) => None,
    }
}

/// Returns the day to which an order renews.
fn until(order: &ReconciledOrder) -> Option<Date> {
    match order.term? {
        ListedTerm::Length(_) => None,
        ListedTerm::Until(day) => Some(day),
    }
}

fn term_cell(term: ListedTerm, card: &RateCard) -> Cell {
    match term {
        ListedTerm::Length(term) => term_words(term, card.term.days(term).unwrap_or_default()).into(),
        ListedTerm::Until(day) => Message::new("reconcile-until").with("date", day).into(),
    }
}

fn difference(difference: Option<Money>) -> Cell {
    difference.map_or(Cell::Empty, Cell::Change)
}

/// Returns an amount with its sign, for a sentence.
fn signed(amount: Money) -> Message {
    let size = Money::from_fen(amount.fen().saturating_abs());
    Message::new(if amount < Money::ZERO { "reconcile-less" } else { "reconcile-more" }).with("amount", size)
}

fn code(order: &ReconciledOrder) -> Option<&str> {
    match order.schools.as_slice() {
        [school] => school.code.as_deref(),
        _ => None,
    }
}

fn names(schools: &[Party]) -> String {
    schools.iter().filter_map(|school| school.name.as_deref()).collect::<Vec<_>>().join(" · ")
}
