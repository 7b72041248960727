//! Checks a plan against the problem and the rules, without knowing how it was found: everything is derived anew from
//! the orders and their lots, slowly and plainly, so that a mistake of the search cannot hide.

use std::cmp::Reverse;

use super::problem::Problem;
use super::{PlannedLot, PlannedOrder, PurchasePlan};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{Held, PurchaseKind};

/// Stops a debug build at a plan that is not valid.
pub(super) fn assert_valid(problem: &Problem, plan: &PurchasePlan) {
    let found = violations(problem, plan);
    assert!(found.is_empty(), "the plan is not valid:\n{}", found.join("\n"));
}

/// Returns every rule that a plan breaks, in words.
pub(super) fn violations(problem: &Problem, plan: &PurchasePlan) -> Vec<String> {
    let mut found = Vec::new();
    check_cover(problem, plan, &mut found);
    check_codes(problem, plan, &mut found);
    check_limits(problem, plan, &mut found);
    check_prices(problem, plan, &mut found);
    found
}

/// Users without an account on some day (W5, docs/rules.md#w5).
fn check_cover(problem: &Problem, plan: &PurchasePlan, found: &mut Vec<String>) {
    let mut active = vec![Counts::ZERO; usize::try_from(problem.days).unwrap_or(0)];
    let mut run = |account_type: AccountType, from: i32, until: i32, count: u32| {
        for day in from.max(0)..until.min(problem.days) {
            if let Some(counts) = usize::try_from(day).ok().and_then(|day| active.get_mut(day)) {
                *counts.get_mut(account_type) += count;
            }
        }
    };
    for lot in &problem.start.lots {
        run(lot.account_type, 0, lot.expires, lot.count);
    }
    for lot in lots(plan) {
        run(lot.account_type, lot.extends.unwrap_or(lot.activated), lot.expires, lot.count);
    }
    for (day, active) in active.into_iter().enumerate() {
        let steps = problem.need.iter().rev();
        let need = steps.into_iter().find(|(from, _)| usize::try_from(*from).is_ok_and(|from| from <= day));
        let Some((_, need)) = need else { continue };
        let all = u64::from(active.basic) + u64::from(active.interop);
        if active.interop < need.interop || all < u64::from(need.basic) + u64::from(need.interop) {
            found.push(format!("day {day}: {active:?} for {need:?}"));
        }
    }
}

fn lots(plan: &PurchasePlan) -> impl Iterator<Item = &PlannedLot> {
    let of_orders = plan.orders.iter().flat_map(|order| &order.lots);
    of_orders.chain(plan.stock.iter().map(|stock| &stock.lot))
}

/// Codes that are used twice, too early or too late (T4), and expiries that are wrong (T6, T7, T8).
fn check_codes(problem: &Problem, plan: &PurchasePlan, found: &mut Vec<String>) {
    let mut check = |lot: &PlannedLot, term: u32, days: (i32, i32), renewal: bool| {
        let expires = lot.extends.unwrap_or(lot.activated).saturating_add_unsigned(term);
        let left = lot.extends.map_or(0, |old| old - lot.activated);
        let stackable = renewal && left > 0 || (0..=problem.stacking_left).contains(&left);
        let too_far = lot.expires - lot.activated > problem.most_ahead;
        let on_time = (days.0..=days.1).contains(&lot.activated);
        if lot.expires != expires || !on_time || !(stackable || lot.extends.is_none()) || too_far {
            found.push(format!("{lot:?} of {term} days, from {} to {}", days.0, days.1));
        }
    };
    for order in &plan.orders {
        let renewal = order.kind == PurchaseKind::Renewal;
        let last = if renewal { order.day } else { problem.last_activation(order.day) };
        for lot in &order.lots {
            check(lot, order.term_days, (order.day, last), renewal);
        }
    }
    for used in &plan.stock {
        check(&used.lot, used.term_days, (used.paid.max(0), used.last_day), false);
    }
    for order in &plan.orders {
        let bought = |of: AccountType| *order.counts.get(of);
        let used = |of: AccountType| sum(order.lots.iter().filter(|lot| lot.account_type == of));
        let is_wrong = |of: AccountType| match order.kind {
            PurchaseKind::Renewal => used(of) != bought(of),
            _ => used(of) > bought(of),
        };
        if AccountType::ALL.into_iter().any(is_wrong) {
            found.push(format!("day {}: {:?} are not the lots of {:?}", order.day, order.lots, order.counts));
        }
    }
    for code in &problem.start.codes {
        let same = plan.stock.iter().filter(|used| {
            (used.lot.account_type, used.paid, used.last_day, used.term_days)
                == (code.account_type, code.paid, code.last_day, code.term)
        });
        if sum(same.map(|used| &used.lot)) > code.count {
            found.push(format!("more than the {} codes in stock are used", code.count));
        }
    }
}

fn sum<'l>(lots: impl Iterator<Item = &'l PlannedLot>) -> u32 {
    lots.map(|lot| lot.count).sum()
}

/// Orders that the limits forbid.
fn check_limits(problem: &Problem, plan: &PurchasePlan, found: &mut Vec<String>) {
    let limits = &problem.limits;
    for order in &plan.orders {
        let date = problem.date(order.day);
        let is_day = limits.order_days.is_empty() || limits.order_days.contains(&(date.month(), date.day()));
        let is_term = (problem.least_term..=problem.most_term).contains(&order.term_days);
        if !is_day || !is_term || !(0..problem.days).contains(&order.day) {
            found.push(format!("day {}: an order for {} days", order.day, order.term_days));
        }
        let of_year = plan.orders.iter().filter(|other| problem.year(other.day) == problem.year(order.day));
        if u32::try_from(of_year.count()).is_ok_and(|orders| orders > limits.orders_per_year) {
            found.push(format!("day {}: too many orders in a year", order.day));
        }
        let of_year = plan.orders.iter().filter(|other| problem.year(other.day) == problem.year(order.day));
        let paid: i64 = of_year.map(|order| order.price.fen()).sum();
        if limits.year_budget.is_some_and(|budget| budget.fen() < paid) {
            found.push(format!("day {}: more is paid in a year than its budget", order.day));
        }
    }
}

/// Prices, the accounts that come first in the tiers (P12, P13), and accounts that are not there to be prolonged.
fn check_prices(problem: &Problem, plan: &PurchasePlan, found: &mut Vec<String>) {
    // Each account by its days: activated on, of an order (the sequence of its day), expires.
    let mut accounts: Vec<(AccountType, i32, u32)> = Vec::new();
    accounts.extend(problem.start.lots.iter().map(|lot| (lot.account_type, lot.expires, lot.count)));
    let last = lots(plan).map(|lot| lot.activated).chain(plan.orders.iter().map(|order| order.day)).max();
    for day in 0..=last.unwrap_or(-1) {
        let stock = plan.stock.iter().map(|used| &used.lot).filter(|lot| lot.activated == day);
        let earlier = plan.orders.iter().filter(|order| order.day < day).flat_map(|order| &order.lots);
        for lot in stock.chain(earlier.filter(|lot| lot.activated == day)) {
            place(&mut accounts, lot, found);
        }
        let mut orders: Vec<&PlannedOrder> = plan.orders.iter().filter(|order| order.day == day).collect();
        orders.sort_by_key(|order| (order.kind != PurchaseKind::Renewal, Reverse(order.term_days)));
        for order in orders {
            check_price(problem, plan, order, &accounts, found);
            for lot in order.lots.iter().filter(|lot| lot.activated == day) {
                place(&mut accounts, lot, found);
            }
        }
    }
    let sum: i64 = plan.orders.iter().map(|order| order.price.fen()).sum();
    if plan.cost != Money::from_fen(sum) {
        found.push(format!("{} is not the sum of the prices", plan.cost));
    }
}

fn place(accounts: &mut Vec<(AccountType, i32, u32)>, lot: &PlannedLot, found: &mut Vec<String>) {
    let mut left = lot.extends.map_or(0, |_| lot.count);
    for account in accounts.iter_mut() {
        if (account.0, Some(account.1)) == (lot.account_type, lot.extends) {
            let taken = left.min(account.2);
            account.2 -= taken;
            left -= taken;
        }
    }
    if left > 0 {
        found.push(format!("{lot:?}: {left} of them do not run then"));
    }
    accounts.push((lot.account_type, lot.expires, lot.count));
}

fn check_price(
    problem: &Problem,
    plan: &PurchasePlan,
    order: &PlannedOrder,
    accounts: &[(AccountType, i32, u32)],
    found: &mut Vec<String>,
) {
    let renewed = |of: AccountType, expires: i32| {
        let own = order.lots.iter().filter(|lot| (lot.account_type, lot.extends) == (of, Some(expires)));
        if order.kind == PurchaseKind::Renewal { sum(own) } else { 0 }
    };
    let mut held = Held::NONE;
    for of in AccountType::ALL {
        let mut expiries: Vec<i32> =
            accounts.iter().filter(|account| account.0 == of).map(|account| account.1).collect();
        expiries.sort_unstable();
        expiries.dedup();
        for expires in expiries.into_iter().filter(|expires| *expires > order.day) {
            let all: u32 = accounts
                .iter()
                .filter(|account| (account.0, account.1) == (of, expires))
                .map(|account| account.2)
                .sum();
            let beside = all.saturating_sub(renewed(of, expires));
            match (expires - order.day).cmp(&i32::try_from(order.term_days).unwrap_or(i32::MAX)) {
                std::cmp::Ordering::Greater => *held.longer.get_mut(of) += beside,
                std::cmp::Ordering::Equal => *held.equal.get_mut(of) += beside,
                std::cmp::Ordering::Less => {}
            }
        }
        *held.unactivated.get_mut(of) = codes(problem, plan, order, of);
    }
    let purchase = problem.purchase(order.counts, order.term_days, order.kind, held);
    let after = problem.table.start(&purchase);
    let price = problem.table.price(&purchase).ok().filter(|price| price.is_complete());
    if after != order.after || price.map(|price| price.list_price) != Some(order.price) {
        let text = format!("after {after:?}, not {:?}; {price:?}, not {}", order.after, order.price);
        found.push(format!("day {}, {} days: {text}", order.day, order.term_days));
    }
}

/// Returns the codes of a type that are paid before an order, not activated, and still can be.
fn codes(problem: &Problem, plan: &PurchasePlan, order: &PlannedOrder, of: AccountType) -> u32 {
    let day = order.day;
    let rank = |order: &PlannedOrder| (order.day, order.kind == PurchaseKind::New, Reverse(order.term_days));
    let mut left = 0;
    for earlier in
        plan.orders.iter().filter(|other| other.kind == PurchaseKind::New && rank(other) < rank(order))
    {
        let own = earlier.lots.iter().filter(|lot| lot.account_type == of && lot.activated <= day);
        if day <= problem.last_activation(earlier.day) {
            left += earlier.counts.get(of).saturating_sub(sum(own));
        }
    }
    let stock = problem.start.codes.iter();
    for code in stock.filter(|code| code.account_type == of && code.paid <= day && day <= code.last_day) {
        left += code.count;
    }
    let used = plan.stock.iter().filter(|used| {
        used.lot.account_type == of && used.lot.activated <= day && used.paid <= day && day <= used.last_day
    });
    left.saturating_sub(sum(used.map(|used| &used.lot)))
}
