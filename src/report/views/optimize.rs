//! The view of `optimize`: the cheapest plan of each payer in; the answer with its proof, orders, activations, what other
//! policies and other rules cost, and the limits out.

mod agenda;
mod answer;
mod charts;
mod orders;
mod rules;
mod summary;
mod tradeoffs;

use serde::Serialize;

use self::agenda::agenda;
use self::answer::answer;
use self::charts::{coverage_charts, month_grid};
use self::orders::{Placed, activation_grid, order_grid, placed, reason_remarks, records};
use self::rules::under_rules_grid;
use self::summary::{limits_fields, outside_blocks, payer_grid};
pub use self::tradeoffs::Tradeoffs;
use super::facts::{app_orders_remarks, assumed_facts, footnotes, in_card_order, section, unconfirmed_facts};
use super::tiers::basis_of;
use crate::assumption::Assumption;
use crate::diagnostic::lang::{Catalog, Message};
use crate::money::Money;
use crate::planning::optimize::{NotOptimized, OptimizedPlan};
use crate::pricing::OrderStatus;
use crate::rates::RateCard;
use crate::report::json::optimize_json;
use crate::report::optimize_words::not_optimized_text;
use crate::report::{
    Agenda, Basis, Block, Document, Header, Heading, PartRole, Placement, Records, Remark, Tone, View,
    Workbook,
};

/// The cheapest plan of every payer.
pub struct OptimizeView<'o> {
    /// The plans.
    pub optimized: &'o OptimizedPlan,
    /// The rate card that prices them.
    pub card: &'o RateCard,
    /// What they are weighed against.
    pub tradeoffs: &'o Tradeoffs,
    /// What the caller assumed beside the plan.
    pub assumed: &'o [Assumption],
}

impl View for OptimizeView<'_> {
    fn document(&self) -> Document {
        let mut blocks = self.summary();
        let firm = placed(self.optimized, OrderStatus::Confirmed);
        if !firm.is_empty() {
            blocks.extend(coverage_charts(self.optimized));
        }
        blocks.extend(details(&firm));
        let unconfirmed = placed(self.optimized, OrderStatus::Unconfirmed);
        blocks.extend(outside_blocks(self.optimized, &unconfirmed));
        blocks.extend(under_rules_grid(self.optimized, self.card));
        blocks.extend(tradeoffs::blocks(self.tradeoffs, self.card));
        blocks.push(Block::Heading(Message::new("optimize-limits").into()));
        blocks.push(Block::Fields(limits_fields(self.optimized)));
        blocks.extend(self.notes());
        self.document_of(blocks)
    }

    fn json(&self, catalog: &Catalog) -> impl Serialize {
        optimize_json(self.optimized, self.tradeoffs, &self.assumptions(), catalog)
    }

    fn records(&self) -> Option<Records> {
        Some(records(self.optimized))
    }

    fn workbook(&self) -> Option<Workbook> {
        let mut blocks = self.summary();
        let all =
            [OrderStatus::Confirmed, OrderStatus::Unconfirmed].map(|status| placed(self.optimized, status));
        let all = all.concat();
        if !all.is_empty() {
            blocks.push(Block::Heading(Message::new("optimize-activations").into()));
            blocks.push(Block::Grid(activation_grid(&all)));
            blocks.push(Block::Heading(Message::new("optimize-coverage-months").into()));
            blocks.push(Block::Grid(month_grid(self.optimized)));
            blocks.push(Block::Heading(Message::new("optimize-why").into()));
            blocks.push(Block::Remarks(reason_remarks(&all)));
        }
        blocks.extend(under_rules_grid(self.optimized, self.card));
        blocks.extend(tradeoffs::blocks(self.tradeoffs, self.card));
        blocks.push(Block::Heading(Message::new("optimize-limits").into()));
        blocks.push(Block::Fields(limits_fields(self.optimized)));
        blocks.extend(self.notes());
        let document = self.document_of(blocks);
        let workbook = Workbook::new(document, Some(self.optimized.from), vec![self.basis(&all)]);
        Some(workbook.or_records(|| self.records()))
    }

    fn agenda(&self) -> Option<Agenda> {
        Some(agenda(self.title(), self.optimized))
    }
}

impl OptimizeView<'_> {
    fn document_of(&self, blocks: Vec<Block>) -> Document {
        let answer = answer(self.optimized, self.card);
        let header = Header { title: self.title(), answer, assumptions: self.assumptions() };
        Document { name: "optimize", header, blocks }
    }

    fn title(&self) -> Message {
        Message::new("optimize-title")
            .with("card", self.optimized.rate_card.as_str())
            .with("from", self.optimized.from)
            .with("to", self.optimized.end.yesterday().unwrap_or(self.optimized.end))
    }

    fn summary(&self) -> Vec<Block> {
        let heading = Heading::from(Message::new("optimize-payers")).of(PartRole::Summary);
        vec![Block::Heading(heading), Block::Grid(payer_grid(self.optimized))]
    }

    /// Returns what the caller assumed, and what the figures rest on.
    fn assumptions(&self) -> Vec<Assumption> {
        let plans = self.optimized.payers.iter().filter_map(|payer| payer.found.as_ref().ok());
        let notes = plans.flat_map(|plan| &plan.orders).flat_map(|order| &order.quote.notes);
        let facts = assumed_facts(&[self.card], in_card_order(self.card, unconfirmed_facts(notes)));
        self.assumed.iter().cloned().chain(facts).collect()
    }

    fn notes(&self) -> Vec<Block> {
        let plans = self.optimized.payers.iter().filter_map(|payer| payer.found.as_ref().ok());
        let days = plans.flat_map(|plan| plan.orders.iter().map(|order| plan.date(order.order.day)));
        let mut remarks = app_orders_remarks(self.card, days);
        for payer in &self.optimized.payers {
            let Err(reason) = &payer.found else { continue };
            let text = Message::new("optimize-payer-without-plan")
                .with("name", payer.payer.name.clone().unwrap_or_default())
                .with("reason", not_optimized_text(reason));
            let tone = if reason.is_free() { Tone::Plain } else { Tone::Caution };
            remarks.push(Remark::new(text).toned(tone));
        }
        remarks.extend(group_remarks(self.optimized));
        if self.optimized.stopped {
            remarks.push(Remark::new(Message::new("optimize-stopped")).toned(Tone::Caution));
        }
        let mut blocks = section("budget-to-know", remarks);
        blocks.extend(footnotes(&self.assumptions()));
        blocks
    }

    /// Returns the orders as a workbook computes them.
    fn basis(&self, orders: &[Placed<'_>]) -> Basis {
        let placement =
            |placed: &Placed<'_>| Placement { date: placed.date(), kind: placed.kind_word(), period: None };
        Basis {
            placements: orders.iter().map(placement).collect(),
            ..basis_of(self.card, orders.iter().map(|placed| placed.order.quote.clone()).collect())
        }
    }
}

/// Returns the orders, their activations, and why they are placed.
fn details(orders: &[Placed<'_>]) -> Vec<Block> {
    if orders.is_empty() {
        return Vec::new();
    }
    vec![
        Block::Heading(Message::new("optimize-orders").into()),
        Block::Grid(order_grid(orders)),
        Block::Heading(Message::new("optimize-activations").into()),
        Block::Grid(activation_grid(orders)),
        Block::Heading(Message::new("optimize-why").into()),
        Block::Remarks(reason_remarks(orders)),
    ]
}

/// Returns the share of unconfirmed members in what confirmed payers pay, and that groups share their accounts.
fn group_remarks(optimized: &OptimizedPlan) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for payer in optimized.payers.iter().filter(|payer| payer.members.len() > 1) {
        let Ok(plan) = &payer.found else { continue };
        let name = payer.payer.name.clone().unwrap_or_default();
        remarks.push(Remark::new(Message::new("optimize-group").with("name", name.as_str())));
        let shares = plan.orders.iter().filter_map(|order| order.quote.unconfirmed_payable());
        let share = shares.sum::<Option<Money>>().unwrap_or_default();
        if payer.status == OrderStatus::Confirmed && share > Money::ZERO {
            let text = Message::new("optimize-group-unconfirmed").with("name", name).with("share", share);
            remarks.push(Remark::new(text).toned(Tone::Caution));
        }
    }
    remarks
}

/// Returns true if a payer will pay something that is in no sum.
fn is_left_out(reason: &NotOptimized) -> bool {
    !reason.is_free()
}
