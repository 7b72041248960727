//! WeCom's licence API as data: what it answers, and the bodies of requests that a provider sends. Nothing here calls
//! it.
//!
//! [`documents`] reads answers; [`documents::read`] is to be read first. [`holdings`] says what an enterprise has,
//! [`purchases`] what was paid,
//! [`bills`] what was billed. [`requests`] has a type for each body of a request;
//! [`Request`](requests::Request) is to be read first.

pub mod bills;
pub mod documents;
mod holdings;
mod purchases;
pub mod requests;
mod time;

pub use holdings::{Holdings, SharedCode, holdings};
pub use purchases::purchases;
