//! The least cost against the number of orders. Read [`frontier`] first.

use super::payers::{OptimizeOptions, optimize_plan};
use super::totals::tighten;
use super::{Limits, OptimizeError, OptimizeTotals};
use crate::plan::Plan;

/// The least cost of all confirmed payers with so many orders a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontierPoint {
    /// The most orders of a payer in a year of the horizon.
    pub orders_per_year: u32,
    /// What the plans then cost, with their bound.
    pub totals: OptimizeTotals,
}

/// The numbers of orders a year that are compared.
const ORDERS_PER_YEAR: [u32; 6] = [1, 2, 3, 4, 6, 12];

/// Returns the least cost for a few numbers of orders a year, ascending.
///
/// # Errors
/// As [`optimize_plan`].
pub fn frontier(
    plan: &Plan,
    options: &OptimizeOptions,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<FrontierPoint>, OptimizeError> {
    let mut points = Vec::new();
    for orders_per_year in ORDERS_PER_YEAR {
        let limits = Limits { orders_per_year, ..options.limits.clone() };
        let totals = optimize_plan(plan, &OptimizeOptions { limits, ..options.clone() }, stop)?.totals;
        points.push(FrontierPoint { orders_per_year, totals });
    }
    let mut row: Vec<&mut OptimizeTotals> = points.iter_mut().map(|point| &mut point.totals).collect();
    tighten(&mut row);
    Ok(points)
}
