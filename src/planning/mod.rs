//! From a price to a plan for the coming years: which dates must not be missed, and what they will cost.

pub mod budget;
pub mod calendar;

mod group;
