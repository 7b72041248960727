//! Rate cards: tiers, prices and rules, each with the facts that it rests on. Prices and dates of rules are
//! in the cards of `tiers/`, never in code.
//!
//! The text of a card goes into [`read_card`], which is to be read first; a valid [`RateCard`] or all its
//! problems come out. [`RateCards::embedded`] returns the built-in cards. `keys` declares every key of the
//! file.

mod alternative;
mod card;
mod embedded;
mod fact;
mod keys;
mod order_checks;
mod pricing_rules;
mod proof;
mod read;
mod tiers;
mod time;
#[cfg(feature = "edit")]
mod write;

pub use alternative::{Alternative, RuleChoice, RuleError};
pub use card::{
    AppOrdersCheck, BarredIndustries, Charging, NegotiatedAccounts, OrderLimits, RateCard, TermRules,
    TestEnterprise, Tier, TierPrice, WaiverRule,
};
pub use embedded::RateCards;
pub use fact::{Confidence, Fact};
pub use order_checks::{OrderChecks, ShortTermCheck, TrialOrderCheck};
pub use pricing_rules::{
    GroupTiers, NegotiatedPart, NewPurchaseStart, PricingRules, RenewalStart, RoundedPart, Rounding, Rule,
    RuleKind, UnknownRule,
};
pub use proof::{OpenPrice, Proof, ProvenFact, ProvenPrice, RemainingRules};
pub use read::read_card;
pub use time::{ActivationRule, RefundRule, StackingRule, TrialRule};
#[cfg(feature = "edit")]
pub use write::{WriteError, write_proven};

use crate::document::{Keys, TableKeys};

/// Every key that a rate card file can have.
pub const KEYS: &TableKeys = keys::DraftCard::KEYS;
