use std::fmt;
use std::str::FromStr;

use serde::Serialize;
use strum::{EnumDiscriminants, EnumString, IntoStaticStr, VariantArray};

use crate::money::RoundingMode;

/// The rules of pricing that nobody has confirmed, each as one of its variants. The engine prices under any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PricingRules {
    /// The accounts that are negotiated in an order that goes beyond the list (P5, docs/rules.md#p5).
    pub negotiated: NegotiatedPart,
    /// The part of the annual price that a day beyond whole months costs is one divided by this (P8,
    /// docs/rules.md#p8). Never zero.
    pub by_days_divisor: u32,
    /// How a price is rounded to the fen (P10, docs/rules.md#p10).
    pub rounding: Rounding,
    /// The accounts that come before a new purchase in the tiers (P12, docs/rules.md#p12).
    pub new_purchase: NewPurchaseStart,
    /// The accounts that come before a renewal in the tiers (P13, docs/rules.md#p13).
    pub renewal: RenewalStart,
    /// The accounts of a group over which the tiers run together (U3, docs/rules.md#u3).
    pub group: GroupTiers,
}

impl PricingRules {
    /// Returns the rule of a kind.
    pub fn get(&self, kind: RuleKind) -> Rule {
        match kind {
            RuleKind::Negotiated => Rule::Negotiated(self.negotiated),
            RuleKind::ByDays => Rule::ByDays(self.by_days_divisor),
            RuleKind::Rounding => Rule::Rounding(self.rounding),
            RuleKind::NewPurchase => Rule::NewPurchase(self.new_purchase),
            RuleKind::Renewal => Rule::Renewal(self.renewal),
            RuleKind::Group => Rule::Group(self.group),
        }
    }

    /// Returns these rules with one of them replaced.
    ///
    /// ```
    /// use wxlicense::rates::{GroupTiers, RateCards, Rule};
    /// let cards = RateCards::embedded().unwrap();
    /// let rules = cards.in_force(None).unwrap().rules.with(Rule::Group(GroupTiers::Member));
    /// assert_eq!(rules.group, GroupTiers::Member);
    /// ```
    #[must_use]
    pub fn with(mut self, rule: Rule) -> PricingRules {
        match rule {
            Rule::Negotiated(part) => self.negotiated = part,
            Rule::ByDays(divisor) => self.by_days_divisor = divisor,
            Rule::Rounding(rounding) => self.rounding = rounding,
            Rule::NewPurchase(start) => self.new_purchase = start,
            Rule::Renewal(start) => self.renewal = start,
            Rule::Group(tiers) => self.group = tiers,
        }
        self
    }
}

/// One rule of pricing in one of its variants. Its words are unlike those of every other rule, so that a word alone
/// names both.
///
/// ```
/// use wxlicense::rates::{NewPurchaseStart, Rule};
/// assert_eq!("at-least".parse(), Ok(Rule::NewPurchase(NewPurchaseStart::AtLeast)));
/// assert_eq!("365".parse(), Ok(Rule::ByDays(365)));
/// assert_eq!("type+half-even".parse::<Rule>().unwrap().to_string(), "type+half-even");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumDiscriminants)]
#[strum_discriminants(
    name(RuleKind),
    doc = "The rules of pricing that can be stated differently, in the order of their facts.",
    derive(Hash, IntoStaticStr, VariantArray, Serialize),
    strum(serialize_all = "kebab-case"),
    serde(rename_all = "kebab-case"),
    cfg_attr(feature = "reports", derive(schemars::JsonSchema))
)]
pub enum Rule {
    /// The accounts that are negotiated (P5): `excess`, `all`.
    Negotiated(NegotiatedPart),
    /// The divisor of the price of a day (P8): `372`. Never zero.
    ByDays(u32),
    /// The rounding (P10): `order+half-up`.
    Rounding(Rounding),
    /// The start of a new purchase (P12): `longer`, `longer+unactivated`.
    NewPurchase(NewPurchaseStart),
    /// The start of a renewal (P13): `from-zero`, `after-held`.
    Renewal(RenewalStart),
    /// The tiers of a group (U3): `group`, `member`.
    Group(GroupTiers),
}

impl Rule {
    /// Returns the kind of the rule.
    pub fn kind(self) -> RuleKind {
        RuleKind::from(self)
    }
}

/// Writes the word by which cards, flags and JSON name the variant.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Rule::Negotiated(part) => f.pad(part.into()),
            Rule::ByDays(divisor) => f.pad(&divisor.to_string()),
            Rule::Rounding(Rounding { per, mode }) => {
                let (per, mode): (&str, &str) = (per.into(), mode.into());
                f.pad(&format!("{per}+{mode}"))
            }
            Rule::NewPurchase(start) => f.pad(start.into()),
            Rule::Renewal(start) => f.pad(start.into()),
            Rule::Group(tiers) => f.pad(tiers.into()),
        }
    }
}

impl FromStr for Rule {
    type Err = UnknownRule;

    fn from_str(word: &str) -> Result<Rule, UnknownRule> {
        let rounding = || {
            let (per, mode) = word.split_once('+')?;
            Some(Rounding { per: per.parse().ok()?, mode: mode.parse().ok()? })
        };
        let divisor = || {
            let plain = word.bytes().all(|byte| byte.is_ascii_digit()) && !word.starts_with('0');
            word.parse().ok().filter(|_| plain)
        };
        let found = word.parse().ok().map(Rule::Negotiated);
        let found = found.or_else(|| divisor().map(Rule::ByDays));
        let found = found.or_else(|| rounding().map(Rule::Rounding));
        let found = found.or_else(|| word.parse().ok().map(Rule::NewPurchase));
        let found = found.or_else(|| word.parse().ok().map(Rule::Renewal));
        found.or_else(|| word.parse().ok().map(Rule::Group)).ok_or(UnknownRule)
    }
}

/// The word names no variant of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no variant of a rule")]
pub struct UnknownRule;

/// The accounts that are negotiated in an order of a type that goes beyond the list (P5, docs/rules.md#p5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum NegotiatedPart {
    /// Those beyond the list.
    #[default]
    Excess,
    /// All accounts of the type in the order.
    All,
}

/// How a price is rounded to the fen (P10, docs/rules.md#p10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Rounding {
    /// What is rounded; the rounded amounts are added.
    pub per: RoundedPart,
    /// Which way.
    pub mode: RoundingMode,
}

/// The part of an order that is rounded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum RoundedPart {
    /// The whole order, once.
    #[default]
    Order,
    /// All accounts of a type.
    Type,
    /// The accounts of a type in a tier: one line of a quote.
    Item,
}

/// The accounts of the type that come before a new purchase in the tiers (P12, docs/rules.md#p12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum NewPurchaseStart {
    /// The active ones whose remaining time is longer than the term.
    #[default]
    Longer,
    /// The active ones whose remaining time is at least the term.
    AtLeast,
    /// None.
    #[strum(serialize = "none")]
    Nothing,
    /// The active ones whose remaining time is longer than the term, and the codes that can still be activated.
    #[strum(serialize = "longer+unactivated")]
    LongerOrUnactivated,
    /// The active ones whose remaining time is at least the term, and the codes that can still be activated.
    #[strum(serialize = "at-least+unactivated")]
    AtLeastOrUnactivated,
    /// The codes that can still be activated.
    #[strum(serialize = "none+unactivated")]
    Unactivated,
}

impl NewPurchaseStart {
    /// Returns true if active accounts count whose remaining time is longer than the term.
    pub fn counts_longer(self) -> bool {
        !matches!(self, NewPurchaseStart::Nothing | NewPurchaseStart::Unactivated)
    }

    /// Returns true if active accounts count whose remaining time is exactly the term.
    pub fn counts_equal(self) -> bool {
        matches!(self, NewPurchaseStart::AtLeast | NewPurchaseStart::AtLeastOrUnactivated)
    }

    /// Returns true if codes count that are paid, not activated, and still can be (T4, docs/rules.md#t4).
    pub fn counts_unactivated(self) -> bool {
        use NewPurchaseStart::{AtLeastOrUnactivated, LongerOrUnactivated, Unactivated};
        matches!(self, LongerOrUnactivated | AtLeastOrUnactivated | Unactivated)
    }
}

/// The accounts of the type that come before a renewal in the tiers (P13, docs/rules.md#p13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum RenewalStart {
    /// None.
    #[default]
    FromZero,
    /// Those that the order does not renew and that would come before a new purchase of its term on its day, by the
    /// card's rule for new purchases.
    AfterHeld,
}

/// The accounts of a group over which the tiers run together (U3, docs/rules.md#u3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum GroupTiers {
    /// Those of all members.
    #[default]
    Group,
    /// Those of each member; the order is still one, with one price.
    Member,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Rule> {
        let mut all = vec![Rule::ByDays(365), Rule::ByDays(372)];
        all.extend(NegotiatedPart::VARIANTS.iter().map(|part| Rule::Negotiated(*part)));
        all.extend(NewPurchaseStart::VARIANTS.iter().map(|start| Rule::NewPurchase(*start)));
        all.extend(RenewalStart::VARIANTS.iter().map(|start| Rule::Renewal(*start)));
        all.extend(GroupTiers::VARIANTS.iter().map(|tiers| Rule::Group(*tiers)));
        for per in RoundedPart::VARIANTS {
            all.extend(
                RoundingMode::VARIANTS.iter().map(|mode| Rule::Rounding(Rounding { per: *per, mode: *mode })),
            );
        }
        all
    }

    #[test]
    fn a_word_names_one_variant_of_one_rule() {
        for rule in all() {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for wrong in ["", "0", "-1", "+1", "0365", "order", "half-up", "order+up", "4294967296", "longer "] {
            assert_eq!(wrong.parse::<Rule>(), Err(UnknownRule), "{wrong:?}");
        }
    }

    #[test]
    fn a_rule_replaces_one_of_its_kind() {
        for rule in all() {
            let rules = rules().with(rule);
            assert_eq!(rules.get(rule.kind()), rule);
            for other in RuleKind::VARIANTS.iter().filter(|kind| **kind != rule.kind()) {
                assert_eq!(rules.get(*other), self::rules().get(*other));
            }
        }
    }

    fn rules() -> PricingRules {
        PricingRules {
            negotiated: NegotiatedPart::default(),
            by_days_divisor: 372,
            rounding: Rounding::default(),
            new_purchase: NewPurchaseStart::default(),
            renewal: RenewalStart::default(),
            group: GroupTiers::default(),
        }
    }
}
