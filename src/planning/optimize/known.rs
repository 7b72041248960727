use std::collections::BTreeMap;

use super::draft::{Draft, DraftLot, DraftOrder};
use super::ledger::Code;
use super::problem::{Problem, number};
use crate::account::Counts;
use crate::planning::schedule::{OrderKind, OrderLot, PayerSchedule, ScheduledOrder};
use crate::pricing::PurchaseKind;
use crate::rates::RateCard;
use crate::rules::last_activation_day;

/// Returns the orders and activations of a payer's schedule from the problem's first day on.
pub(super) fn of_schedule(problem: &Problem, card: &RateCard, schedule: &PayerSchedule) -> Draft {
    let mut draft = Draft::default();
    for order in &schedule.orders {
        let term = card.term.days(order.order.term).unwrap_or_default();
        if order.kind != OrderKind::Recorded {
            draft.orders.push(planned(problem, order, term));
            continue;
        }
        let paid = number(problem.from, order.date);
        let last = last_activation_day(card, order.date);
        let last_day = last.map_or(i32::MAX, |last| number(problem.from, last));
        let is_ahead = |lot: &&OrderLot| {
            lot.activated > problem.from || (lot.activated == problem.from && !lot.recorded)
        };
        for lot in lots(problem, order.lots.iter().filter(is_ahead)) {
            let code = Code { account_type: lot.account_type, last_day, term, paid, count: 0 };
            draft.stock.push((code, lot));
        }
    }
    draft
}

fn planned(problem: &Problem, order: &ScheduledOrder, term: u32) -> DraftOrder {
    let members = order.order.members.iter();
    let counts = members.fold(Counts::ZERO, |sum, member| sum.saturating_add(member.counts));
    let kind = if order.order.renewal { PurchaseKind::Renewal } else { PurchaseKind::New };
    DraftOrder {
        day: number(problem.from, order.date),
        kind,
        term,
        counts,
        lots: lots(problem, order.lots.iter()),
    }
}

/// Returns lots of all members; those of the same days are one.
fn lots<'l>(problem: &Problem, lots: impl Iterator<Item = &'l OrderLot>) -> Vec<DraftLot> {
    let mut sums: BTreeMap<DraftLot, u32> = BTreeMap::new();
    for lot in lots {
        let same_days = DraftLot {
            day: number(problem.from, lot.activated),
            account_type: lot.account_type,
            extends: lot.extends.map(|old| number(problem.from, old)),
            count: 0,
        };
        *sums.entry(same_days).or_default() += lot.count;
    }
    sums.into_iter().map(|(lot, count)| DraftLot { count, ..lot }).collect()
}
