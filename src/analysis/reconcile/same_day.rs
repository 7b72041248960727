//! Codes that were activated on the day of an order. P12 (docs/rules.md#p12) takes those paid earlier to come before it;
//! nothing says that WeCom priced it after them. In goes an order, out comes what it was if they came after it.

use jiff::civil::Date;

use super::possible::held_of;
use crate::account::Counts;
use crate::plan::{Holding, Plan, RecordedKind, School};
use crate::planning::schedule::ScheduledOrder;
use crate::pricing::{Held, Order};
use crate::rules::{expires_with, outlasts};

/// Returns a new purchase for a member of a group as it was before the activations of its day; `None` if it is the same.
pub(super) fn before_activations(
    history: &Plan,
    members: &[usize],
    (placed, member): (&ScheduledOrder, usize),
) -> Option<Order> {
    let terms = &history.card.term;
    let days = terms.days(placed.order.term).filter(|_| !placed.order.renewal)?;
    let mut order = placed.order.clone();
    for (of, &index) in members.iter().enumerate() {
        let school = &history.schools[index];
        if !activates_earlier(school, placed.date) {
            continue;
        }
        let held = held_of(&mut order, of, member);
        let is_of_day = |lot: &Holding| {
            let purchase = lot.purchase.map(|purchase| &school.purchases[purchase]);
            lot.activated == Some(placed.date)
                && purchase.is_some_and(|one| one.kind == RecordedKind::Purchase && one.paid < placed.date)
        };
        for lot in school.holdings(terms).lots.iter().filter(|lot| is_of_day(lot)) {
            let count = |counts: &mut Counts, change: fn(u32, u32) -> u32| {
                let count = counts.get_mut(lot.account_type);
                *count = change(*count, lot.count);
            };
            if let Some(counts) = lasting(held, (placed.date, days), lot.expires) {
                count(counts, u32::saturating_sub);
            }
            if let Some(counts) = lot.extends.and_then(|old| lasting(held, (placed.date, days), old)) {
                count(counts, u32::saturating_add);
            }
            count(&mut held.unactivated, u32::saturating_add);
        }
    }
    (order != placed.order).then_some(order)
}

fn activates_earlier(school: &School, day: Date) -> bool {
    let earlier = school.purchases.iter().filter(|purchase| purchase.paid < day);
    let mut activations = earlier.flat_map(|purchase| &purchase.activations);
    activations.any(|activation| activation.date == day)
}

/// Returns where accounts with an expiry are counted beside a purchase of a day and term; `None` if they end before it.
fn lasting(held: &mut Held, (day, days): (Date, u32), expires: Date) -> Option<&mut Counts> {
    if outlasts(expires, day, days) {
        return Some(&mut held.longer);
    }
    expires_with(expires, day, days).then_some(&mut held.equal)
}
