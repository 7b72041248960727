//! The past in which renewals prolonged accounts of which nothing is known. In goes a plan's past in which they prolonged
//! those that the plan knows; see [`unrenewed`].

use std::collections::BTreeSet;

use super::possible::id;
use crate::plan::{Plan, RecordedKind, RecordedPurchase, School};
use crate::rates::TermRules;

/// Returns the past with renewals that prolong no account of which the plan knows, where they may have prolonged those
/// of codes of which nothing is known; `None` if there are none.
pub(super) fn unrenewed(history: &Plan, unknown: &BTreeSet<String>) -> Option<Plan> {
    let is_unknown = |purchase: &RecordedPurchase| id(purchase).is_some_and(|id| unknown.contains(id));
    let groups = history.groups();
    let groups =
        groups.iter().filter(|group| group.iter().any(|school| school.purchases.iter().any(is_unknown)));
    let unsure: BTreeSet<&str> = groups.flatten().map(|school| school.code.as_str()).collect();
    let mut plan = history.clone();
    let mut changed = false;
    for school in plan.schools.iter_mut().filter(|school| unsure.contains(school.code.as_str())) {
        let renewals = school.purchases.iter_mut().filter(|one| one.kind == RecordedKind::Renewal);
        for renewal in renewals.filter(|one| one.bill.is_some() && one.listed != one.counts) {
            renewal.listed = renewal.counts;
            changed = true;
        }
        drop_short(school, &history.card.term);
    }
    changed.then_some(plan)
}

/// Returns a past in which no order prolongs accounts that its school does not have: an upstream may have renewed those of a
/// downstream, where nothing says whose they are.
pub(super) fn without_shortfalls(mut history: Plan) -> Plan {
    for school in &mut history.schools {
        drop_short(school, &history.card.term);
    }
    history
}

/// Lets renewals and codes prolong nothing that name accounts which only others prolonged up to the day that they name.
fn drop_short(school: &mut School, terms: &TermRules) {
    loop {
        let shortfalls = school.holdings(terms).shortfalls;
        let named = shortfalls.iter().find(|short| !school.purchases[short.purchase].activations.is_empty());
        let Some(short) = named else { return };
        let purchase = &mut school.purchases[short.purchase];
        purchase.activations.retain(|one| one.extends.is_none() && purchase.kind == RecordedKind::Purchase);
        if purchase.kind == RecordedKind::Renewal {
            purchase.listed = purchase.counts;
        }
    }
}
