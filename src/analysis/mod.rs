//! Questions about prices: what changes between two quotes, and how far an amount of money goes.
//!
//! [`compare()`](compare::compare) takes two sides and gives the causes of their difference;
//! [`fit()`](fit::fit) takes an amount and gives the most accounts that it buys.

pub mod compare;
pub mod fit;
