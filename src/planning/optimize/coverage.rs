//! Users who need an account, and accounts that run, over the days of a plan. Read [`coverage`] first.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::payers::PayerPlan;
use crate::account::Counts;

/// Users and accounts from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageStep {
    /// The first day, Beijing time.
    pub day: Date,
    /// Users who need an account.
    pub need: Counts,
    /// Accounts that run.
    pub active: Counts,
}

impl CoverageStep {
    /// Returns the accounts that can serve the users of each type: interop accounts that no interop user needs serve
    /// basic users (W5, docs/rules.md#w5).
    pub fn serving(&self) -> Counts {
        let spare = self.active.interop.saturating_sub(self.need.interop);
        Counts { basic: self.active.basic.saturating_add(spare), interop: self.active.interop }
    }
}

/// Returns users and accounts from the first day of a plan's horizon on, a step for each day on which either changes.
pub fn coverage(plan: &PayerPlan) -> Vec<CoverageStep> {
    let problem = &plan.problem;
    let bought = plan.optimum.plan.orders.iter().flat_map(|order| &order.lots);
    let stock = plan.optimum.plan.stock.iter().map(|stock| &stock.lot);
    let held = problem.start.lots.iter().map(|lot| (lot.account_type, 0, lot.expires, lot.count));
    // Accounts that are prolonged run until their old expiry as what they were.
    let lots = bought
        .chain(stock)
        .map(|lot| (lot.account_type, lot.extends.unwrap_or(lot.activated), lot.expires, lot.count));
    let lots: Vec<_> = held.chain(lots).collect();
    let mut days: BTreeSet<i32> = problem.need.iter().map(|(day, _)| *day).collect();
    days.extend(lots.iter().flat_map(|(_, starts, expires, _)| [*starts, *expires]));
    let in_horizon = days.into_iter().filter(|day| (0..problem.days).contains(day));
    let step = |day: i32| {
        let mut active = Counts::ZERO;
        for (account_type, starts, expires, count) in &lots {
            if (*starts..*expires).contains(&day) {
                *active.get_mut(*account_type) += count;
            }
        }
        CoverageStep { day: plan.date(day), need: problem.need_on(day), active }
    };
    let mut steps: Vec<CoverageStep> = Vec::new();
    for step in in_horizon.map(step) {
        let is_new = steps.last().is_none_or(|last| (last.need, last.active) != (step.need, step.active));
        if is_new {
            steps.push(step);
        }
    }
    steps
}
