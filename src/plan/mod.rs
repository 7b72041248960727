//! The plan file: who the customers are, what they have and what they need.
//!
//! In goes the text of a plan, out comes a valid [`Plan`] or all its problems; [`read()`] is the way in. `keys`
//! declares every key of the file, `draft` holds the values as they stand there, `check` reports what does not fit
//! together, and `build` makes the plan of the rest.

mod build;
mod check;
mod draft;
mod holdings;
mod keys;
mod model;
mod orders;
mod read;

pub use holdings::Holding;
pub use model::{App, Headcount, HeldLot, PastPurchase, Plan, School};
pub use read::{ReadOptions, Reading, read};

use crate::document::{Keys, TableKeys};

/// Every key that a plan file can have.
pub const KEYS: &TableKeys = keys::DraftPlan::KEYS;
