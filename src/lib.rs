//! WeCom interface-call licences.

pub mod account;
pub mod customer;
pub mod diagnostic;
pub mod document;
pub mod lang;
pub mod money;
pub mod plan;
pub mod pricing;
pub mod rates;
pub mod report;
pub mod rules;

pub use account::{AccountType, Counts, PerType, Term};
pub use money::{Amount, Money, UnitPrice};
