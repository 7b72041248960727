//! WeCom's licence API as data: the bodies of requests that a provider sends. Nothing here calls it.
//!
//! [`requests`] has a type for each body; [`Request`](requests::Request) is to be read first.

pub mod requests;
