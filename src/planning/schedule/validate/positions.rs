//! The users and the accounts that each scheduled order states of its members, on the day on which it begins.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::coverage::Coverage;
use super::orders::member_of;
use super::{Check, Findings, Subject, needs};
use crate::account::{AccountType, Counts, PerType};
use crate::planning::schedule::{OrderLot, ScheduledOrder};

/// Reports members of scheduled orders whose users or accounts are not those of that day.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    let orders = subject.schedule.orders.iter().enumerate();
    for (index, order) in orders.filter(|(_, order)| order.recorded.is_none()) {
        // Purchases that are recorded for later than the end are not among the orders, nor are their accounts.
        if subject.shows_all(order.starts()) {
            check_one(subject, index, order, found);
        }
    }
}

fn check_one(subject: &Subject<'_>, index: usize, order: &ScheduledOrder, found: &mut Findings) {
    let on = order.starts();
    let least = active(subject, on, |other, lot| precedes(subject, (index, order), other, lot));
    // Codes that serve users after the day of the order may be reserved for them, or not yet.
    let most = active(subject, on, |other, lot| {
        precedes(subject, (index, order), other, lot) || is_later_use_of_codes(subject, order, other, lot)
    });
    for part in &order.order.members {
        let Some(member) = member_of(subject, part) else { continue };
        let need = PerType::from_fn(|account_type| needs::users(subject, member, account_type, on));
        if part.need != need && !may_grow(subject, member, order.date, on) {
            let text = format!("member {member} states {:?} users on {on}, not {need:?}", part.need);
            found.report(Check::Positions, order.date, text);
        }
        let is_between = |kind: AccountType| {
            (*least[member].get(kind)..=*most[member].get(kind)).contains(part.have.get(kind))
        };
        if !AccountType::ALL.into_iter().all(is_between) {
            let (have, least, most) = (part.have, least[member], most[member]);
            let text = format!("member {member} states {have:?} on {on}, not {least:?} to {most:?}");
            found.report(Check::Positions, order.date, text);
        }
    }
}

/// Returns the accounts of each member that run on a day, those of some lots, given with the index of their order.
fn active(subject: &Subject<'_>, on: Date, included: impl Fn(usize, &OrderLot) -> bool) -> Vec<Counts> {
    Coverage::of_lots(subject, included).active_of_all(on)
}

/// Returns true if the accounts of a lot are there before an order: the plan records them, codes are activated by
/// the day of the order, or the lot is of a scheduled order that stands before it.
fn precedes(
    subject: &Subject<'_>,
    (index, order): (usize, &ScheduledOrder),
    other: usize,
    lot: &OrderLot,
) -> bool {
    match subject.schedule.orders[other].recorded {
        Some(_) => lot.recorded || lot.activated <= order.date,
        None => other < index,
    }
}

fn is_later_use_of_codes(
    subject: &Subject<'_>,
    order: &ScheduledOrder,
    other: usize,
    lot: &OrderLot,
) -> bool {
    subject.schedule.orders[other].recorded.is_some() && order.date < lot.activated
}

/// Returns true if users of a member may have grown after the order was placed, by the day on which it begins.
fn may_grow(subject: &Subject<'_>, member: usize, placed: Date, begins: Date) -> bool {
    let expiries: BTreeSet<Date> = needs::expiries(subject, member);
    subject.growing && expiries.into_iter().any(|expires| placed < expires && expires <= begins)
}
