//! Plans the coming years: what will be ordered, paid and activated, the dates that must not be missed, and
//! the cost.
//!
//! In goes a valid [`Plan`](crate::plan::Plan), out comes a [`Schedule`](schedule::Schedule), of which the
//! [`Budget`](budget::Budget), the [`Calendar`](calendar::Calendar) and the [`Status`](status::Status) are
//! views. Read [`schedule()`](schedule::schedule) first: its module states the policy.

pub mod assignment;
pub mod budget;
pub mod calendar;
pub mod optimize;
#[cfg(feature = "wecom")]
pub mod order;
pub mod quote;
pub mod schedule;
pub mod status;

#[cfg(test)]
mod tests;
