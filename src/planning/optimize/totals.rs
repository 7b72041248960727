//! Sums over payers, and how sure they are.

use rust_decimal::Decimal;

use super::payers::PayerOptimum;
use crate::money::Money;

/// Sums over payers, in yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptimizeTotals {
    /// Payers with a plan, or with nothing to pay.
    pub payers: u32,
    /// Orders.
    pub orders: u32,
    /// What is payable for the orders.
    pub payable: Money,
    /// What their plans cost: what is payable with the placing of the orders, less what is left where that counts.
    pub cost: Money,
    /// No plans cost less.
    pub lower_bound: Money,
    /// What the yearly policy costs; `None` if the limits forbid it to a payer.
    pub baseline: Option<Money>,
    /// What the plans cost at most under the alternatives of the card, each payer in its own worst case; `None` unless that
    /// was asked.
    pub worst: Option<Money>,
    /// False if a payer has no plan although it will pay.
    pub complete: bool,
}

impl OptimizeTotals {
    /// Returns how much less the plans cost than the yearly policy; `None` if that is not known.
    pub fn saving(&self) -> Option<Money> {
        self.baseline.and_then(|baseline| baseline.checked_sub(self.cost))
    }

    /// Returns true if no plans are cheaper.
    pub fn is_optimal(&self) -> bool {
        self.cost <= self.lower_bound
    }
}

/// Returns by which part of the bound a cost is above it at most, rounded up to four decimals; `None` without a bound.
pub fn gap(cost: Money, lower_bound: Money) -> Option<Decimal> {
    if cost <= lower_bound {
        return Some(Decimal::new(0, 4));
    }
    let above = i128::from(cost.fen()) - i128::from(lower_bound.fen());
    let bound = i128::from(lower_bound.fen());
    if bound <= 0 {
        return None;
    }
    let myriads = (above * 10_000 + bound - 1) / bound;
    i64::try_from(myriads).ok().map(|myriads| Decimal::new(myriads, 4))
}

/// Returns the sums of payers; `None` beyond the range of money.
pub(super) fn totals<'p>(payers: impl Iterator<Item = &'p PayerOptimum>) -> Option<OptimizeTotals> {
    let zero = Money::ZERO;
    let mut totals = OptimizeTotals {
        payers: 0,
        orders: 0,
        payable: zero,
        cost: zero,
        lower_bound: zero,
        baseline: Some(zero),
        worst: None,
        complete: true,
    };
    for payer in payers {
        let found = match &payer.found {
            Ok(found) => found,
            Err(reason) => {
                totals.payers += u32::from(reason.is_free());
                totals.complete &= reason.is_free();
                continue;
            }
        };
        totals.payers += 1;
        totals.orders += u32::try_from(found.orders.len()).ok()?;
        totals.payable = totals.payable.checked_add(found.optimum.plan.cost)?;
        totals.cost = totals.cost.checked_add(found.optimum.cost)?;
        totals.lower_bound = totals.lower_bound.checked_add(found.optimum.lower_bound)?;
        totals.baseline = match (totals.baseline, found.yearly()) {
            (Some(sum), Some(yearly)) => Some(sum.checked_add(yearly)?),
            _ => None,
        };
        if let Some(robust) = &found.worst_case {
            totals.worst = Some(totals.worst.unwrap_or(zero).checked_add(robust.cost)?);
        }
    }
    Some(totals)
}

/// Lets the sums of a row of questions know each other, of which each allows all plans that the one before allows, at
/// most at the same cost: so no later one costs more, and a bound holds for the earlier ones, too.
pub(super) fn tighten(row: &mut [&mut OptimizeTotals]) {
    let is_alike = |one: &OptimizeTotals, other: &OptimizeTotals| {
        (one.payers, one.complete) == (other.payers, other.complete)
    };
    for index in 1..row.len() {
        let before = *row[index - 1];
        let own = &mut row[index];
        if is_alike(own, &before) && before.cost < own.cost {
            (own.cost, own.payable, own.orders) = (before.cost, before.payable, before.orders);
        }
    }
    for index in (1..row.len()).rev() {
        let after = *row[index];
        let own = &mut row[index - 1];
        if is_alike(own, &after) {
            own.lower_bound = own.lower_bound.max(after.lower_bound);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(cost: i64, lower_bound: i64) -> OptimizeTotals {
        OptimizeTotals {
            payers: 1,
            orders: 1,
            payable: Money::from_fen(cost),
            cost: Money::from_fen(cost),
            lower_bound: Money::from_fen(lower_bound),
            baseline: None,
            worst: None,
            complete: true,
        }
    }

    /// The costs and bounds of a row once its sums know each other.
    fn tightened(mut row: Vec<OptimizeTotals>) -> Vec<(i64, i64)> {
        tighten(&mut row.iter_mut().collect::<Vec<_>>());
        row.iter().map(|totals| (totals.cost.fen(), totals.lower_bound.fen())).collect()
    }

    #[test]
    fn no_later_question_costs_more_and_its_bound_holds_before() {
        let row = vec![totals(90, 60), totals(95, 70), totals(80, 65)];
        assert_eq!(tightened(row), [(90, 70), (90, 70), (80, 65)]);
    }

    #[test]
    fn sums_of_other_payers_say_nothing() {
        let other = OptimizeTotals { payers: 2, ..totals(95, 70) };
        assert_eq!(tightened(vec![totals(90, 60), other]), [(90, 60), (95, 70)]);
        let incomplete = OptimizeTotals { complete: false, ..totals(95, 70) };
        assert_eq!(tightened(vec![totals(90, 60), incomplete]), [(90, 60), (95, 70)]);
    }

    #[test]
    fn a_gap_is_rounded_up() {
        let gap = |cost, bound| gap(Money::from_fen(cost), Money::from_fen(bound)).map(|gap| gap.to_string());
        assert_eq!(gap(100_001, 100_000).as_deref(), Some("0.0001"));
        assert_eq!(gap(102_000, 100_000).as_deref(), Some("0.0200"));
        assert_eq!(gap(100_000, 100_000).as_deref(), Some("0.0000"));
        assert_eq!(gap(1, 0), None);
    }
}
