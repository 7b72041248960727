use std::sync::Arc;

use thiserror::Error;

use super::{Fact, RateCard, Rule, RuleKind};

/// A variant of a rule that is not in force on a card, with the fact as it would be if it were.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternative {
    /// The variant.
    pub rule: Rule,
    /// The fact, under the id that the rule in force has.
    pub fact: Fact,
}

/// The variants of one rule of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChoice {
    /// Id of the fact behind the rule, such as `P12`.
    pub fact: String,
    /// The variant in force, then the alternatives in the order of the card.
    pub rules: Vec<Rule>,
}

/// The reason why a card cannot be taken under another rule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("the rate card has no alternative {rule} of {fact}")]
pub struct RuleError {
    /// Id of the fact.
    pub fact: String,
    /// The variant.
    pub rule: Rule,
}

impl RateCard {
    /// Returns the facts behind a rule of pricing.
    pub fn rule_facts(&self, kind: RuleKind) -> &[String] {
        match kind {
            RuleKind::Negotiated => self.negotiated.as_ref().map_or(&[], |negotiated| &negotiated.facts),
            RuleKind::ByDays => &self.term.by_days_facts,
            RuleKind::Rounding => &self.rounding_facts,
            RuleKind::NewPurchase => &self.new_purchase_facts,
            RuleKind::Renewal => &self.renewal_facts,
            RuleKind::Group => &self.group_facts,
        }
    }

    /// Returns the rules that the card has alternatives of, in the order of the card. All their combinations are the
    /// rules that may be true; [`PricingRules::with`](super::PricingRules::with) makes them.
    pub fn choices(&self) -> Vec<RuleChoice> {
        let mut choices: Vec<RuleChoice> = Vec::new();
        for Alternative { rule, fact } in &self.alternatives {
            let is_of_kind =
                |choice: &&mut RuleChoice| choice.rules.iter().all(|other| other.kind() == rule.kind());
            match choices.iter_mut().find(is_of_kind) {
                Some(choice) => choice.rules.push(*rule),
                None => {
                    let rules = vec![self.rules.get(rule.kind()), *rule];
                    choices.push(RuleChoice { fact: fact.id.to_string(), rules });
                }
            }
        }
        choices
    }

    /// Returns the card with another variant of the rule behind a fact in force: the fact says what then holds, and
    /// the variant that was in force becomes an alternative. The variant in force gives the card as it is.
    ///
    /// ```
    /// use wxlicense::rates::{RateCards, Rule};
    /// let cards = RateCards::embedded().unwrap();
    /// let card = cards.in_force(None).unwrap();
    /// let other = card.with_rule("P13", "after-held".parse::<Rule>()?).unwrap();
    /// assert_eq!(other.with_rule("P13", "from-zero".parse::<Rule>()?).unwrap(), **card);
    /// # Ok::<(), wxlicense::rates::UnknownRule>(())
    /// ```
    ///
    /// # Errors
    /// [`RuleError`] if the card has no such alternative.
    pub fn with_rule(&self, fact: &str, rule: Rule) -> Result<RateCard, RuleError> {
        let is_it = |alternative: &Alternative| (&*alternative.fact.id, alternative.rule) == (fact, rule);
        match self.alternatives.iter().position(is_it) {
            Some(index) => Ok(self.with_alternative(index)),
            None if self.rules.get(rule.kind()) == rule && is_behind(self, fact, rule) => Ok(self.clone()),
            None => Err(RuleError { fact: fact.to_owned(), rule }),
        }
    }

    /// Returns each alternative with the card under it.
    pub fn under_alternatives(&self) -> impl Iterator<Item = (&Alternative, RateCard)> {
        self.alternatives.iter().enumerate().map(|(index, other)| (other, self.with_alternative(index)))
    }

    fn with_alternative(&self, index: usize) -> RateCard {
        let mut card = self.clone();
        let Some(other) = card.alternatives.get_mut(index) else { return card };
        let before = card.rules.get(other.rule.kind());
        card.rules = card.rules.with(other.rule);
        other.rule = before;
        if let Some(fact) = Arc::make_mut(&mut card.facts).iter_mut().find(|fact| fact.id == other.fact.id) {
            std::mem::swap(fact, &mut other.fact);
        }
        card
    }
}

/// Returns true if a fact is behind the rule of this kind.
fn is_behind(card: &RateCard, fact: &str, rule: Rule) -> bool {
    card.rule_facts(rule.kind()).iter().any(|id| id == fact)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{Confidence, RateCards};

    fn card() -> RateCard {
        RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone()
    }

    #[test]
    fn the_public_card_has_every_alternative_of_its_unconfirmed_rules() {
        let words: Vec<(String, Vec<String>)> = card()
            .choices()
            .into_iter()
            .map(|choice| (choice.fact, choice.rules.iter().map(Rule::to_string).collect()))
            .collect();
        let expected = [
            ("P5", "excess all"),
            ("P8", "372 365 366"),
            (
                "P10",
                "order+half-up order+half-even order+down type+half-up type+half-even type+down \
                 item+half-up item+half-even item+down",
            ),
            ("P12", "longer at-least none longer+unactivated at-least+unactivated none+unactivated"),
            ("P13", "from-zero after-held"),
            ("U3", "group member"),
        ];
        let expected = expected.map(|(fact, words)| {
            (fact.to_owned(), words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
        });
        assert_eq!(words, expected);
    }

    #[test]
    fn a_card_under_an_alternative_says_what_then_holds() {
        let card = card();
        assert_eq!(card.under_alternatives().count(), 1 + 2 + 8 + 5 + 1 + 1);
        for (other, under) in card.under_alternatives() {
            assert_eq!(under.rules, card.rules.with(other.rule));
            assert_eq!(under.fact(&other.fact.id), Some(&other.fact));
            assert_eq!(other.fact.standing, Confidence::Assumed);
            assert_ne!(card.fact(&other.fact.id).unwrap().text, other.fact.text);
            let back = under.with_rule(&other.fact.id, card.rules.get(other.rule.kind())).unwrap();
            assert_eq!(back, card);
        }
    }

    #[test]
    fn a_card_has_the_rule_in_force_and_its_alternatives_alone() {
        let card = card();
        let rule = |word: &str| word.parse::<Rule>().unwrap();
        assert_eq!(card.with_rule("P12", rule("longer")), Ok(card.clone()));
        for (fact, word) in
            [("P12", "365"), ("P8", "360"), ("P8", "longer"), ("P99", "longer"), ("P9", "order+up")]
        {
            let Ok(rule) = word.parse() else { continue };
            assert_eq!(card.with_rule(fact, rule), Err(RuleError { fact: fact.to_owned(), rule }));
        }
    }
}
