//! A rate card: bands, prices and rules, each with the facts that it rests on. Prices and dates of rules live
//! in the cards of `tiers/`, never in code.

mod bands;
mod card;
mod embedded;
mod fact;
mod read;
mod shape;
mod time;

pub use card::{
    Accumulation, AppOrdersCheck, Band, BandPrice, Charging, NegotiatedAccounts, OrderLimits, RateCard,
    Start, TermRules, TestEnterprise, WaiverRule,
};
pub use embedded::RateCards;
pub use fact::{Fact, Standing};
pub use read::read_card;
pub use shape::schema;
pub use time::{ActivationRule, RefundRule, StackingRule, TrialRule};
