//! A rate card: tiers, prices and rules, each with the facts that it rests on. Prices and dates of rules live
//! in the cards of `tiers/`, never in code.

mod card;
mod embedded;
mod fact;
mod read;
mod shape;
mod tiers;
mod time;

pub use card::{
    Accumulation, AppOrdersCheck, Charging, NegotiatedAccounts, OrderLimits, RateCard, Start, TermRules,
    TestEnterprise, Tier, TierPrice, WaiverRule,
};
pub use embedded::RateCards;
pub use fact::{Confidence, Fact};
pub use read::read_card;
pub use shape::schema;
pub use time::{ActivationRule, RefundRule, StackingRule, TrialRule};
