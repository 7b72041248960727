//! What was paid by the plan's date, where WeCom's documents say more than the plan: in go a plan and its schedule, out
//! come the recorded orders with the amounts that WeCom billed, or, as far as these are not known, with the prices that
//! they had. [`settle`] is all of it.

use std::collections::{BTreeMap, HashMap};

use super::{PayerSchedule, Schedule, ScheduleError, ScheduleOptions, ScheduledOrder, engine};
use crate::plan::{Plan, RecordedPurchase};
use crate::pricing::{Held, Order, Quoter};

/// Prices the orders that the plan records up to its date as they were billed; without a bill from the accounts that
/// were active when they were paid (P12, docs/rules.md#p12), which are not those that an account list shows now.
pub(super) fn settle(plan: &Plan, schedule: &mut Schedule) -> Result<(), ScheduleError> {
    let purchases = || plan.schools.iter().flat_map(|school| &school.purchases);
    let has_lists = plan.schools.iter().any(|school| school.accounts.is_some());
    if !has_lists && purchases().all(|purchase| billed(purchase).is_none()) {
        return Ok(());
    }
    let placed = if has_lists { placed(plan, schedule)? } else { HashMap::new() };
    let quoter = Quoter::new(&plan.card)?;
    let today = schedule.date;
    for payer in &mut schedule.payers {
        let PayerSchedule { members, orders, lapsed, .. } = payer;
        for order in orders.iter_mut().filter(|order| order.date <= today) {
            let Some((member, index)) = order.recorded else { continue };
            let school = members[member];
            if let Some(placed) = placed.get(&(school, index)) {
                set_held(&mut order.order, placed);
                order.quote = quoter.quote(Some(order.date), &order.order)?;
            }
            if let Some(billed) = billed(&plan.schools[school].purchases[index])
                && order.quote.payable() != Some(billed)
            {
                order.quote = order.quote.clone().billed(billed);
            }
        }
        let recorded: HashMap<(usize, usize), &ScheduledOrder> =
            orders.iter().filter_map(|order| Some((order.recorded?, order))).collect();
        for codes in lapsed {
            let order = recorded.get(&(codes.member, codes.purchase));
            codes.worth = order.and_then(|order| order.quote.worth(codes.account_type, codes.count));
        }
    }
    Ok(())
}

fn billed(purchase: &RecordedPurchase) -> Option<crate::money::Money> {
    purchase.bill.as_ref()?.price
}

/// Returns the orders of a plan's past by school and purchase.
fn placed(plan: &Plan, schedule: &Schedule) -> Result<HashMap<(usize, usize), Order>, ScheduleError> {
    let after = schedule.date.tomorrow().unwrap_or(schedule.date);
    let history = plan.history(after, Vec::new());
    let options = ScheduleOptions { until: after, growth: Default::default() };
    let past = engine::run(&history.plan, &options)?;
    let now: BTreeMap<(usize, usize), (usize, usize)> =
        history.purchases.iter().map(|(now, then)| (*then, *now)).collect();
    let mut placed = HashMap::new();
    for payer in past.payers {
        for order in payer.orders {
            let Some((member, index)) = order.recorded else { continue };
            if let Some(now) = now.get(&(payer.members[member], index)) {
                placed.insert(*now, order.order);
            }
        }
    }
    Ok(placed)
}

/// Gives an order the term that it had, and what each member had beside it; where the accounts of the group stand at the
/// payer in the past, what all had together.
fn set_held(order: &mut Order, placed: &Order) {
    let is_alike = order.members.len() == placed.members.len()
        && order.members.iter().zip(&placed.members).all(|(now, then)| now.party == then.party);
    if is_alike {
        for (now, then) in order.members.iter_mut().zip(&placed.members) {
            now.held = then.held;
        }
        order.held_by_others = placed.held_by_others;
    } else {
        let held = placed.members.iter().map(|member| member.held).chain([placed.held_by_others]);
        order.held_by_others = super::running::sum(held);
        order.members.iter_mut().for_each(|member| member.held = Held::NONE);
    }
    order.term = placed.term;
}
