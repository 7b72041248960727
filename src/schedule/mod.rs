//! From a price to a plan for the coming years: which dates must not be missed, what they will cost, what
//! changes between two plans, and how far an amount of money goes.

pub mod budget;
pub mod calendar;
pub mod compare;
pub mod fit;

mod group;
