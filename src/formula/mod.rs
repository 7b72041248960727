//! The price of an order as expressions that a spreadsheet and a database can compute.
//!
//! In goes a rate card; out comes a [`PriceFormula`]: one [`Expr`] for each figure from the accounts in a
//! tier to the list price, over [`Variable`]s. A [`Dialect`] prints an expression; [`PriceFormula::evaluate`]
//! computes it exactly, and agrees with [`PriceTable::price`](crate::pricing::PriceTable::price). Read
//! [`PriceFormula::new`] first.

mod expr;
mod fold;
mod price;
mod print;
mod spreadsheet;
mod sql;
mod term;

pub use expr::{Condition, Expr, Function};
pub use price::{PriceFormula, Variable};
pub use print::Dialect;
pub use spreadsheet::Spreadsheet;
pub use sql::{PriceSql, SqlColumn, SqlDialect, SqlError};
