//! WeCom's licence API as data: what it answers, and the bodies of requests that a provider sends; and the rosters of
//! apps. Nothing here calls WeCom.
//!
//! [`documents`] reads answers; [`documents::read`] is to be read first. [`holdings()`] says what an enterprise has,
//! [`purchases()`] what was paid, [`bills`] what was billed, [`roster`] who uses an app; [`Documents`] gives all of it to
//! a plan. [`requests`] has a type for each body of a request; [`Request`](requests::Request) is to be read first.

mod beside;
pub mod bills;
pub mod documents;
mod holdings;
mod purchases;
pub mod requests;
pub mod roster;
mod time;

pub use beside::{Documents, Find, FoundFile};
pub use holdings::{Holdings, SharedCode, holdings};
pub use purchases::purchases;
