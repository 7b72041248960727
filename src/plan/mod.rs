//! The plan file: the customers, the accounts that they have and those that they need.
//!
//! The text of a plan goes into [`read()`], which is to be read first; a valid [`Plan`] or all its problems
//! come out. `keys` declares every key of the file, `draft` holds the values as written, `attach` adds what the files
//! beside the plan say, `check` reports values that do not fit together, and `build` makes the plan.

mod attach;
mod attachments;
mod build;
mod check;
mod draft;
#[cfg(test)]
pub(crate) mod fixture;
mod group;
mod holdings;
mod keys;
mod missing;
mod model;
mod need;
mod orders;
mod read;
mod select;
mod users;
mod what_if;
#[cfg(feature = "edit")]
pub(crate) mod write;

pub use attach::History;
pub use attachments::{
    AccountList, Attached, Attachments, ENTERPRISE, ListedAccount, ListedCode, ListedOrder, ListedTerm,
    ListedUser, NoAttachments,
};
pub use group::GroupHoldings;
pub use holdings::{Codes, Holding, Holdings, Shortfall};
pub use missing::{MemberPosition, Missing, missing};
pub use model::{
    App, AppOrder, Bill, Headcount, HeldLot, LeftOutSchool, Plan, Provider, RecordedActivation, RecordedKind,
    RecordedPurchase, School,
};
pub use need::{Trials, trial_end};
pub(crate) use orders::{blank_order, buys_or_is_free};
pub use read::{ReadOptions, Reading, read};
pub use users::{SchoolUsers, UserSet};
pub use what_if::{MadeChange, UserChange};

use crate::document::{Keys, TableKeys};

/// Every key that a plan file can have.
pub const KEYS: &TableKeys = keys::DraftPlan::KEYS;
