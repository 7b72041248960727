//! Why the orders of a plan are what they are: for each order the rules that make its saving, with what they save.
//! Read [`reasons`] first.

use super::problem::Problem;
use super::{PlannedLot, PlannedOrder, PurchasePlan};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{Held, PurchaseKind};

/// Why an order is placed as it is. Days are numbers: 0 is the first day of the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderReason {
    /// It buys more than is activated first, since the later accounts of one order are cheaper (P1).
    BiggerBatch {
        /// Accounts that are activated later than the first ones.
        later: Counts,
        /// The price less than that of two orders: of what is activated first, and of the rest.
        saving: Money,
    },
    /// Running accounts that outlast its term come first in the tiers (P12, docs/rules.md#p12).
    Riding {
        /// The accounts that come first.
        after: Counts,
        /// The price less than that of the same order if none came first.
        saving: Money,
    },
    /// Its codes are bought before they are needed, and activated later (T4, T7).
    CodesAhead {
        /// Days from payment to the first activation.
        days: u32,
    },
    /// All its accounts expire with others, so that one order can renew them.
    CommonExpiry {
        /// The day of expiry.
        expires: i32,
    },
    /// Accounts that nobody needs any more are left to expire when its own begin.
    LeftToExpire {
        /// Their number.
        left: Counts,
        /// The day of their expiry.
        expires: i32,
    },
    /// It buys what is needed, when it is needed.
    Needed,
}

impl OrderReason {
    /// Returns the word that JSON uses.
    pub fn as_str(self) -> &'static str {
        match self {
            OrderReason::BiggerBatch { .. } => "bigger-batch",
            OrderReason::Riding { .. } => "riding",
            OrderReason::CodesAhead { .. } => "codes-ahead",
            OrderReason::CommonExpiry { .. } => "common-expiry",
            OrderReason::LeftToExpire { .. } => "left-to-expire",
            OrderReason::Needed => "needed",
        }
    }

    /// Returns what it saves; `None` where that is no figure of this order alone.
    pub fn saving(self) -> Option<Money> {
        match self {
            OrderReason::BiggerBatch { saving, .. } | OrderReason::Riding { saving, .. } => Some(saving),
            _ => None,
        }
    }
}

/// Returns why an order of a plan is what it is: what saves most first, never nothing.
pub fn reasons(problem: &Problem, plan: &PurchasePlan, order: &PlannedOrder) -> Vec<OrderReason> {
    let mut found = Vec::new();
    found.extend(bigger_batch(problem, order));
    found.extend(riding(problem, order));
    found.sort_by_key(|reason| std::cmp::Reverse(reason.saving()));
    found.extend(codes_ahead(order));
    found.extend(common_expiry(problem, plan, order));
    found.extend(left_to_expire(problem, plan, order));
    if found.is_empty() {
        found.push(OrderReason::Needed);
    }
    found
}

/// Returns the price of accounts in place of those of an order, with so many first in the tiers.
fn price(problem: &Problem, order: &PlannedOrder, counts: Counts, after: Counts) -> Option<Money> {
    let held = Held::before_purchase(problem.table.rules().new_purchase, after);
    problem.price(counts, order.term_days, order.kind, held)
}

fn bigger_batch(problem: &Problem, order: &PlannedOrder) -> Option<OrderReason> {
    let first = order.lots.iter().map(|lot| lot.activated).min()?;
    let mut now = Counts::ZERO;
    for lot in order.lots.iter().filter(|lot| lot.activated == first) {
        *now.get_mut(lot.account_type) += lot.count;
    }
    let later = order.counts.saturating_sub(now);
    if later.is_zero() {
        return None;
    }
    let apart =
        price(problem, order, now, order.after)?.checked_add(price(problem, order, later, order.after)?)?;
    let saving = apart.checked_sub(order.price).filter(|saving| *saving > Money::ZERO)?;
    Some(OrderReason::BiggerBatch { later, saving })
}

fn riding(problem: &Problem, order: &PlannedOrder) -> Option<OrderReason> {
    if order.after.is_zero() {
        return None;
    }
    let alone = price(problem, order, order.counts, Counts::ZERO)?;
    let saving = alone.checked_sub(order.price).filter(|saving| *saving > Money::ZERO)?;
    Some(OrderReason::Riding { after: order.after, saving })
}

fn codes_ahead(order: &PlannedOrder) -> Option<OrderReason> {
    let first = order.lots.iter().map(|lot| lot.activated).min()?;
    let days = u32::try_from(first - order.day).ok().filter(|days| *days > 0)?;
    (order.kind == PurchaseKind::New).then_some(OrderReason::CodesAhead { days })
}

fn common_expiry(problem: &Problem, plan: &PurchasePlan, order: &PlannedOrder) -> Option<OrderReason> {
    let expires = order.lots.first()?.expires;
    if order.lots.iter().any(|lot| lot.expires != expires) {
        return None;
    }
    let is_own = |other: &PlannedLot| order.lots.contains(other);
    let others = all_lots(plan).any(|lot| lot.expires == expires && !is_own(lot));
    let held = problem.start.lots.iter().any(|lot| lot.expires == expires);
    (others || held).then_some(OrderReason::CommonExpiry { expires })
}

fn left_to_expire(problem: &Problem, plan: &PurchasePlan, order: &PlannedOrder) -> Option<OrderReason> {
    let starts = |lot: &PlannedLot| lot.extends.unwrap_or(lot.activated);
    let expires = order.lots.iter().map(starts).min().filter(|day| *day > 0 && *day < problem.days)?;
    let mut left = Counts::ZERO;
    for account_type in AccountType::ALL {
        let held = problem
            .start
            .lots
            .iter()
            .filter(|lot| (lot.account_type, lot.expires) == (account_type, expires));
        let own = all_lots(plan).filter(|lot| lot.account_type == account_type);
        let ending = held.map(|lot| lot.count).sum::<u32>()
            + own.clone().filter(|lot| lot.expires == expires).map(|lot| lot.count).sum::<u32>();
        let begun: u32 = own.filter(|lot| starts(lot) == expires).map(|lot| lot.count).sum();
        *left.get_mut(account_type) = ending.saturating_sub(begun);
    }
    (!left.is_zero()).then_some(OrderReason::LeftToExpire { left, expires })
}

/// Returns the lots of all orders and of codes in stock.
fn all_lots(plan: &PurchasePlan) -> impl Iterator<Item = &PlannedLot> + Clone {
    let of_orders = plan.orders.iter().flat_map(|order| &order.lots);
    of_orders.chain(plan.stock.iter().map(|stock| &stock.lot))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bigger_batch_and_riding_save_a_sum_of_their_own() {
        let saving = Money::from_fen(120_000);
        let (later, after) = (Counts::of(AccountType::Basic, 1200), Counts::of(AccountType::Basic, 1000));
        assert_eq!(OrderReason::BiggerBatch { later, saving }.saving(), Some(saving));
        assert_eq!(OrderReason::Riding { after, saving }.saving(), Some(saving));
        assert_eq!(OrderReason::CodesAhead { days: 30 }.saving(), None);
    }
}
