//! The ways on which a search has come to its states.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::draft::{Draft, DraftLot, DraftOrder};
use super::ledger::{Code, Ledger};
use crate::pricing::PurchaseKind;

/// States with what the current year has had, and the cheapest way to each.
pub(super) type Frontier = BTreeMap<(Ledger, Year), Way>;

/// What a year of the horizon has had so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Year {
    pub(super) orders: u32,
    /// What was paid for them in fen, if the year has a budget; else zero.
    pub(super) paid: i64,
}

#[derive(Clone)]
pub(super) struct Way {
    pub(super) cost: i64,
    pub(super) trail: Option<Rc<Trail>>,
}

pub(super) struct Trail {
    decision: Decision,
    before: Option<Rc<Trail>>,
}

pub(super) enum Decision {
    Activate(Code, DraftLot),
    Order(DraftOrder),
}

impl Way {
    pub(super) fn then(&self, cost: i64, decision: Decision) -> Way {
        let trail = Trail { decision, before: self.trail.clone() };
        Way { cost: self.cost + cost, trail: Some(Rc::new(trail)) }
    }
}

/// Adds a state; of two ways to it the cheaper one stays, of two alike the first.
pub(super) fn insert(frontier: &mut Frontier, state: (Ledger, Year), way: Way) {
    match frontier.get_mut(&state) {
        Some(known) if known.cost <= way.cost => {}
        Some(known) => *known = way,
        None => {
            frontier.insert(state, way);
        }
    }
}

/// Returns the decisions of a way as a draft.
pub(super) fn draft(mut trail: Option<Rc<Trail>>) -> Draft {
    let mut activations = Vec::new();
    let mut draft = Draft::default();
    while let Some(step) = trail {
        match &step.decision {
            Decision::Activate(code, lot) => activations.push((*code, *lot)),
            Decision::Order(order) => draft.orders.push(order.clone()),
        }
        trail = step.before.clone();
    }
    draft.orders.reverse();
    for (code, lot) in activations.into_iter().rev() {
        let of = |order: &&mut DraftOrder| {
            let all: u32 = order
                .lots
                .iter()
                .filter(|other| other.account_type == lot.account_type)
                .map(|lot| lot.count)
                .sum();
            order.kind == PurchaseKind::New
                && (order.day, order.term) == (code.paid, code.term)
                && all + lot.count <= *order.counts.get(lot.account_type)
        };
        match draft.orders.iter_mut().find(of) {
            Some(order) => order.lots.push(lot),
            None => draft.stock.push((Code { count: 0, ..code }, lot)),
        }
    }
    draft
}
