//! Codes that the plan does not activate: activated by the schedule, lapsed, or in stock at its end.

use jiff::civil::Date;

use super::{Check, Findings, Subject};
use crate::account::AccountType;
use crate::plan::{RecordedKind, RecordedPurchase};
use crate::planning::schedule::{Lapsed, ScheduledOrder};
use crate::rules::last_activation_day;

/// Reports codes of recorded purchases that are used twice or get lost, and lapses that are wrong.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (member, school) in subject.schools.iter().enumerate() {
        for (index, purchase) in school.purchases.iter().enumerate() {
            for account_type in AccountType::ALL {
                check_one(subject, (member, index), purchase, account_type, found);
            }
        }
    }
    for lapsed in &subject.schedule.lapsed {
        if lapsed.purchase >= subject.schools[lapsed.member].purchases.len() {
            let text = format!("member {} has no purchase {}", lapsed.member, lapsed.purchase);
            found.report(Check::Codes, lapsed.last_day, text);
        }
    }
}

fn check_one(
    subject: &Subject<'_>,
    of: (usize, usize),
    purchase: &RecordedPurchase,
    account_type: AccountType,
    found: &mut Findings,
) {
    let is_it =
        |lapsed: &&Lapsed| ((lapsed.member, lapsed.purchase), lapsed.account_type) == (of, account_type);
    let lapses: Vec<&Lapsed> = subject.schedule.lapsed.iter().filter(is_it).collect();
    let last_day = last_activation_day(subject.card, purchase.paid);
    let is_over = last_day.is_some_and(|last| last < subject.until);
    let order = subject.schedule.orders.iter().find(|order| order.recorded == Some(of));
    let bought = match purchase.kind {
        // Codes behind listed accounts are activated already; the accounts are `held`.
        RecordedKind::Purchase => *purchase.counts.saturating_sub(purchase.listed).get(account_type),
        RecordedKind::Renewal => 0,
    };
    let activated = order.map_or(0, |order| activated(order, account_type, Date::MAX));
    let left = if purchase.kind == RecordedKind::Purchase { i64::from(bought) - activated } else { 0 };
    let expected = if is_over { left } else { 0 };
    let lapsed: i64 = lapses.iter().map(|lapsed| i64::from(lapsed.count)).sum();
    if left < 0 || lapsed != expected || lapses.len() > 1 || lapses.iter().any(|lapsed| lapsed.count == 0) {
        let text = format!(
            "of {bought} {account_type} codes of purchase {of:?}, {activated} are activated and {lapsed} lapsed, \
             with the last day {last_day:?}"
        );
        found.report(Check::Codes, last_day, text);
    }
    for lapsed in lapses {
        if Some(lapsed.last_day) != last_day {
            let text = format!("codes of purchase {of:?} lapse after {}, not {last_day:?}", lapsed.last_day);
            found.report(Check::Codes, lapsed.last_day, text);
        }
        check_worth(order, lapsed, found);
    }
}

/// Reports a worth that is more than what was paid, or known although the price is not.
fn check_worth(order: Option<&ScheduledOrder>, lapsed: &Lapsed, found: &mut Findings) {
    let paid = order.and_then(|order| order.quote.payable());
    let is_part = match (lapsed.worth, paid) {
        (Some(worth), Some(paid)) => (0..=paid.fen()).contains(&worth.fen()),
        (Some(_), None) => false,
        (None, paid) => paid.is_none(),
    };
    if !is_part {
        let text = format!("lapsed codes are worth {:?} of {paid:?}", lapsed.worth);
        found.report(Check::Codes, lapsed.last_day, text);
    }
}

/// Returns how many codes of a type an order has activated by the end of a day; recorded activations count from
/// the beginning, since no other user can have those codes.
pub(super) fn activated(order: &ScheduledOrder, account_type: AccountType, by: Date) -> i64 {
    let lots = order.lots.iter().filter(|lot| lot.account_type == account_type);
    let activated = lots.filter(|lot| lot.recorded || lot.activated <= by);
    activated.map(|lot| i64::from(lot.count)).sum()
}
