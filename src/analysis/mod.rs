//! Questions about prices: what changes between two quotes, how far an amount of money goes, and whether WeCom's
//! bills are right.
//!
//! [`compare()`](compare::compare) takes two sides and gives the causes of their difference, and
//! [`compare_budgets`](compare::compare_budgets) does so for the budgets of two plans;
//! [`fit()`](fit::fit) takes an amount and gives the most accounts that it buys; with the feature `wecom`, `reconcile`
//! takes bills and judges them.

pub mod compare;
pub mod fit;
#[cfg(feature = "wecom")]
pub mod reconcile;
