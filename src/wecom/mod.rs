//! WeCom's licence API as data: what it answers, and the bodies of requests that a provider sends. Nothing here calls
//! it.
//!
//! [`documents`] reads answers; [`documents::read`] is to be read first. [`requests`] has a type for each body of a
//! request; [`Request`](requests::Request) is to be read first. [`bills`] puts the orders of several documents together.

pub mod bills;
pub mod documents;
pub mod requests;
mod time;
