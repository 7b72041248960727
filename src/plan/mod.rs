//! The plan file: a text becomes a spanned document, and that a sound plan or all its problems.

mod model;

pub use model::{App, Headcount, HeldLot, PastPurchase, Plan, School};
