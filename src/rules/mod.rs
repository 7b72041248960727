//! Who is charged, and who is let off: the rules of a rate card applied to a customer and its apps.

mod charging;
mod holding;
mod waiver;

pub use charging::is_charged;
pub use holding::outlasts;
pub use waiver::{WaiverFinding, WaiverReason, look_up_waiver};
