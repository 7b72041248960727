//! Plans the coming years: the dates that must not be missed, and the orders with their cost.
//!
//! In goes a valid [`Plan`](crate::plan::Plan), out come a [`Calendar`](calendar::Calendar) of days and a
//! [`Budget`](budget::Budget) of orders. Read [`budget()`](budget::budget) first: its module states the
//! rules. `group` is the schools that buy together.

pub mod budget;
pub mod calendar;

mod group;
