//! Questions about prices: what changes between two quotes, and how far an amount of money goes.

pub mod compare;
pub mod fit;
