//! What the same orders cost if a rule that WeCom has not confirmed is another.

use crate::diagnostic::lang::{Message, Phrase};
use crate::money::Money;
use crate::planning::optimize::OptimizedPlan;
use crate::pricing::OrderStatus;
use crate::rates::{RateCard, Rule};
use crate::report::{Block, Cell, Columns, Heading};

/// The cost of all confirmed plans under an alternative of a rule.
struct Under {
    fact: String,
    text: Phrase,
    cost: Option<Money>,
}

/// A rule that the plans lean on.
pub(super) struct Leaning {
    /// Id of the fact.
    pub(super) fact: String,
    /// What the orders cost under its worst alternative.
    pub(super) cost: Money,
}

/// Returns the rules without which the confirmed plans cost more, beyond the fen of rounding, with the worst cost.
pub(super) fn leanings(optimized: &OptimizedPlan, card: &RateCard) -> Vec<Leaning> {
    let cost = optimized.totals.cost;
    let fen = Money::from_fen(cost.fen().saturating_add(i64::from(optimized.totals.orders)));
    let mut found: Vec<Leaning> = Vec::new();
    for under in under_rules(optimized, card) {
        let Some(cost) = under.cost.filter(|cost| *cost > fen) else { continue };
        match found.iter_mut().find(|leaning| leaning.fact == under.fact) {
            Some(leaning) => leaning.cost = leaning.cost.max(cost),
            None => found.push(Leaning { fact: under.fact, cost }),
        }
    }
    found
}

/// Returns the alternatives that change what the confirmed plans cost, beyond the fen of rounding.
pub(super) fn under_rules_grid(optimized: &OptimizedPlan, card: &RateCard) -> Vec<Block> {
    let cost = optimized.totals.cost;
    let all = under_rules(optimized, card);
    if all.is_empty() {
        return Vec::new();
    }
    let rounding = i64::from(optimized.totals.orders);
    let change = |under: &Under| Some(under.cost?.fen().saturating_sub(cost.fen()));
    let (changing, others): (Vec<Under>, Vec<Under>) =
        all.into_iter().partition(|under| change(under).is_none_or(|change| change.abs() > rounding));
    let mut blocks = vec![Block::Heading(Heading::from(Message::new("optimize-under-rules")))];
    if !changing.is_empty() {
        let grid = Columns::of(changing)
            .left("rule", "optimize-rule", |under| under.fact.clone())
            .left("alternative", "optimize-alternative", |under| {
                Message::new("report-phrase").with("phrase", under.text.clone())
            })
            .right("cost", "optimize-cost", |under| Cell::known(under.cost))
            .right("change", "optimize-change", |under| {
                under
                    .cost
                    .and_then(|other| other.checked_sub(cost))
                    .map(Cell::Change)
                    .unwrap_or(Cell::Unknown)
            });
        blocks.push(Block::Grid(grid.grid()));
    }
    if !others.is_empty() {
        let most = others.iter().filter_map(change).map(i64::abs).max().unwrap_or(0);
        let same = match most {
            0 => Message::new("optimize-under-nothing"),
            most => Message::new("optimize-under-same").with("most", Money::from_fen(most)),
        };
        blocks.push(Block::remark(same.with("count", others.len())));
    }
    blocks
}

/// Returns the cost of the confirmed plans under each alternative.
fn under_rules(optimized: &OptimizedPlan, card: &RateCard) -> Vec<Under> {
    let firm = optimized.payers.iter().filter(|payer| payer.status == OrderStatus::Confirmed);
    let plans: Vec<_> = firm.filter_map(|payer| payer.found.as_ref().ok()).collect();
    let Some(first) = plans.first() else { return Vec::new() };
    let of = |fact: &str, rule: Rule| {
        let text = card.alternatives.iter().find(|other| other.rule == rule)?.fact.text.clone();
        let cost = plans.iter().map(|plan| plan.under(rule)).collect::<Option<Vec<Money>>>();
        let cost = cost.and_then(|costs| costs.into_iter().sum::<Option<Money>>());
        Some(Under { fact: fact.to_owned(), text, cost })
    };
    first.under_rules.iter().filter_map(|under| of(&under.fact, under.rule)).collect()
}
