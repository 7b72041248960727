//! From a price to a plan for the coming years.

pub mod compare;
pub mod fit;
