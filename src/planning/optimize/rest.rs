//! What a plan leaves after the horizon.

use super::problem::Problem;
use super::{PlannedLot, PurchasePlan};
use crate::account::AccountType;
use crate::money::Money;

/// Returns what is left of a plan after the horizon: the days for which its accounts run on, each at the average price of
/// its order and type, the sum of each order rounded down. On no day count more accounts of a type than there were users
/// of the last day, those first that were bought first: what nobody uses is worth nothing, and neither are codes that are
/// not activated, nor accounts and codes that were paid before the first day.
pub(super) fn rest(problem: &Problem, plan: &PurchasePlan) -> Money {
    let mut fen = vec![0i128; plan.orders.len()];
    for account_type in AccountType::ALL {
        for (order, days) in days_after(problem, plan, account_type).into_iter().enumerate() {
            let of = &plan.orders[order];
            let bought = i128::from(*of.counts.get(account_type)) * i128::from(of.term_days);
            let price = i128::from(of.prices.get(account_type).fen());
            fen[order] += if bought > 0 { price * days / bought } else { 0 };
        }
    }
    Money::from_fen(i64::try_from(fen.into_iter().sum::<i128>()).unwrap_or(i64::MAX))
}

/// Returns the days of the accounts of each order after the horizon that count.
fn days_after(problem: &Problem, plan: &PurchasePlan, account_type: AccountType) -> Vec<i128> {
    // Accounts in the order in which they were bought; those that were there have no order.
    let mut lots: Vec<(Option<usize>, i32, i32, u32)> = Vec::new();
    let held = problem.start.lots.iter().filter(|lot| lot.account_type == account_type);
    lots.extend(held.map(|lot| (None, 0, lot.expires, lot.count)));
    let runs = |order: Option<usize>, lot: &PlannedLot| {
        (order, lot.extends.unwrap_or(lot.activated), lot.expires, lot.count)
    };
    let of_type = |lot: &&PlannedLot| lot.account_type == account_type;
    lots.extend(plan.stock.iter().map(|used| &used.lot).filter(of_type).map(|lot| runs(None, lot)));
    for (index, order) in plan.orders.iter().enumerate() {
        lots.extend(order.lots.iter().filter(of_type).map(|lot| runs(Some(index), lot)));
    }
    lots.retain(|(_, _, expires, _)| problem.days < *expires);
    let mut edges: Vec<i32> = lots.iter().flat_map(|(_, start, end, _)| [*start, *end]).collect();
    edges.push(problem.days);
    edges.retain(|day| problem.days <= *day);
    edges.sort_unstable();
    edges.dedup();
    let users = *problem.need_on(problem.days - 1).get(account_type);
    let mut days = vec![0i128; plan.orders.len()];
    for pair in edges.windows(2) {
        let mut left = users;
        for (order, start, end, count) in &lots {
            let runs = *start <= pair[0] && pair[0] < *end;
            let counted = if runs { left.min(*count) } else { 0 };
            left -= counted;
            if let Some(order) = order {
                days[*order] += i128::from(counted) * i128::from(pair[1] - pair[0]);
            }
        }
    }
    days
}
