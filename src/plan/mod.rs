//! The plan file: a text becomes a spanned document, and that a valid plan or all its problems.

mod build;
mod check;
mod draft;
mod given;
mod holdings;
mod model;
mod orders;
mod read;
mod shape;

pub use holdings::Holding;
pub use model::{App, Headcount, HeldLot, PastPurchase, Plan, School};
pub use read::{ReadOptions, Reading, read};
pub use shape::schema;
