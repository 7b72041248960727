//! Finds the cheapest way to buy what a payer needs: which orders, when and how long, and when their codes are
//! activated; with a bound below which no plan can be. docs/optimize.md states the decisions and proves the bound.
//!
//! A [`Problem`] goes in, an [`Optimum`] comes out; read [`optimize()`](optimize()) first. [`problems`] has the problem of
//! each payer of a plan.

#[cfg(feature = "edit")]
mod apply;
mod assign;
mod baseline;
mod bound;
mod cover;
mod coverage;
mod curve;
mod draft;
mod engine;
mod error;
mod floor;
mod frontier;
mod gather;
mod improve;
mod known;
mod ledger;
mod limits;
mod obstacles;
mod patterns;
mod payers;
mod problem;
mod reason;
mod regret;
mod rest;
mod ride;
mod robust;
mod scenarios;
mod search;
mod totals;
mod trail;
mod trust;
mod under_rules;
#[cfg(any(test, debug_assertions))]
mod validate;

use crate::account::{AccountType, Counts, PerType};
use crate::money::Money;
use crate::pricing::PurchaseKind;

#[cfg(feature = "edit")]
pub use apply::{Applied, NotApplied, apply};
pub use coverage::{CoverageStep, coverage};
pub use engine::optimize;
pub use error::{Obstacle, OptimizeError};
pub use frontier::{FrontierPoint, frontier};
pub use limits::Limits;
pub use payers::{
    ExplainedOrder, NotOptimized, OptimizeOptions, OptimizedPlan, PayerOptimum, PayerPlan, optimize_plan,
};
pub use problem::{Problem, problems};
pub use reason::OrderReason;
pub use regret::{Scenarios, scenarios};
pub use robust::{Robust, WorstCase, optimize_robust};
pub use scenarios::grown;
pub use search::{Grid, optimize_on_grid};
pub use totals::{OptimizeTotals, gap};
pub use trust::{TrustRow, trust};
pub use under_rules::{UnderRule, under_rules};

/// Orders and activations with their prices. Days are numbers: 0 is the first day of the horizon.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PurchasePlan {
    /// The orders, in the order in which they happen (P12).
    pub orders: Vec<PlannedOrder>,
    /// Activations of codes that were paid before the first day.
    pub stock: Vec<StockLot>,
    /// The sum of the prices.
    pub cost: Money,
}

/// An order, with what becomes of its accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedOrder {
    /// Day on which it is placed and paid.
    pub day: i32,
    /// A new purchase or a renewal.
    pub kind: PurchaseKind,
    /// Its term in days.
    pub term_days: u32,
    /// Accounts bought or prolonged; codes that nothing activates are among them.
    pub counts: Counts,
    /// Accounts that come first in the tiers.
    pub after: Counts,
    /// Its price.
    pub price: Money,
    /// Its price, split over the types in proportion to their annual prices.
    pub prices: PerType<Money>,
    /// Activations of its codes, or the prolongations of a renewal.
    pub lots: Vec<PlannedLot>,
}

/// Accounts that are activated, or prolonged, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedLot {
    /// Their type.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Day of activation, of a renewal the day of its payment.
    pub activated: i32,
    /// The day of expiry of the accounts that they prolong (T7, P15).
    pub extends: Option<i32>,
    /// First day without them.
    pub expires: i32,
}

/// An activation of codes that were paid before the first day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockLot {
    /// Day of payment of the codes.
    pub paid: i32,
    /// Their last day of activation.
    pub last_day: i32,
    /// Their term in days.
    pub term_days: u32,
    /// The accounts.
    pub lot: PlannedLot,
}

/// The cheapest plan found, and how good it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Optimum {
    /// The plan.
    pub plan: PurchasePlan,
    /// What it costs, with the placing of its orders; less `rest` if the limits say that it counts.
    pub cost: Money,
    /// What is left after the horizon, at the average price of each order and type, as far as the users of the last day
    /// need it.
    pub rest: Money,
    /// No plan costs less, over all days, terms and counts that the limits allow.
    pub lower_bound: Money,
    /// What simple policies cost under the same limits.
    pub baselines: Vec<Baseline>,
}

impl Optimum {
    /// Returns true if no plan is cheaper.
    pub fn is_optimal(&self) -> bool {
        self.cost <= self.lower_bound
    }
}

/// What a policy costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Baseline {
    /// The policy.
    pub policy: Policy,
    /// What it costs, with the placing of its orders; `None` if the limits forbid it.
    pub cost: Option<Money>,
}

/// A simple policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Policy {
    /// All accounts for the school's term, each renewed when it expires.
    Yearly,
    /// All accounts expire together, and are renewed for the school's term.
    CoTerminated,
}

#[cfg(test)]
mod tests;
