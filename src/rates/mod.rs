//! A rate card: tiers, prices and rules, each with the facts that it rests on. Prices and dates of rules live
//! in the cards of `tiers/`, never in code.
//!
//! In goes the text of a card, out comes a valid [`RateCard`] or all its problems; [`read_card`] is the way in, and
//! [`RateCards::embedded`] gives the built-in cards. `keys` declares every key of the file.

mod card;
mod embedded;
mod fact;
mod keys;
mod read;
mod tiers;
mod time;

pub use card::{
    Accumulation, AppOrdersCheck, Charging, NegotiatedAccounts, OrderLimits, RateCard, Start, TermRules,
    TestEnterprise, Tier, TierPrice, WaiverRule,
};
pub use embedded::RateCards;
pub use fact::{Confidence, Fact};
pub use read::read_card;
pub use time::{ActivationRule, RefundRule, StackingRule, TrialRule};

use crate::document::{Keys, TableKeys};

/// Every key that a rate card file can have.
pub const KEYS: &TableKeys = keys::DraftCard::KEYS;
