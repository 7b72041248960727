//! The rules of pricing, and their alternatives.

use super::facts::{FactRefs, read_text};
use crate::diagnostic::lang::Phrase;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Field};
use crate::rates::keys::{DraftAlternative, DraftCard, RoundedTo};
use crate::rates::{
    Alternative, Confidence, Fact, GroupTiers, NegotiatedPart, PricingRules, Rounding, RuleKind,
};

/// The rules of pricing of a card with their facts.
pub(super) struct Rules {
    /// `None` if a rule that must be stated is not valid.
    pub(super) values: Option<PricingRules>,
    pub(super) rounding_facts: Vec<String>,
    pub(super) new_purchase_facts: Vec<String>,
    pub(super) renewal_facts: Vec<String>,
    pub(super) group_facts: Vec<String>,
}

/// Reads the rules of pricing. What a card does not state is as it is on WeCom's public one.
pub(super) fn read_rules(card: &DraftCard<'_>, refs: &FactRefs<'_>) -> Rules {
    let rounding = card.rounding.value();
    let accumulation = card.accumulation.value();
    let group = card.group.value();
    Rules {
        values: values(card),
        rounding_facts: rounding.map(|rounding| refs.read(&rounding.facts)).unwrap_or_default(),
        new_purchase_facts: accumulation
            .map(|starts| refs.read(&starts.new_purchase_facts))
            .unwrap_or_default(),
        renewal_facts: accumulation.map(|starts| refs.read(&starts.renewal_facts)).unwrap_or_default(),
        group_facts: group.map(|group| refs.read(&group.facts)).unwrap_or_default(),
    }
}

fn values(card: &DraftCard<'_>) -> Option<PricingRules> {
    let term = card.term.value()?;
    let accumulation = card.accumulation.value()?;
    let negotiated = card.negotiated.value();
    Some(PricingRules {
        negotiated: negotiated.map_or(Some(NegotiatedPart::default()), |negotiated| {
            negotiated.covers.or(NegotiatedPart::default())
        })?,
        by_days_divisor: term.by_days_divisor.or(*term.days_per_year.value()?)?,
        rounding: match card.rounding.value() {
            Some(rounding) => {
                let RoundedTo::Fen = rounding.to.value()?;
                Rounding { per: *rounding.once_per.value()?, mode: *rounding.mode.value()? }
            }
            None => Rounding::default(),
        },
        new_purchase: *accumulation.new_purchase.value()?,
        renewal: *accumulation.renewal.value()?,
        group: card
            .group
            .value()
            .map_or(Some(GroupTiers::default()), |group| group.tiers.or(GroupTiers::default()))?,
    })
}

/// Returns the valid alternatives of a card, and reports the others.
pub(super) fn read_alternatives(
    card: &DraftCard<'_>,
    refs: &FactRefs<'_>,
    rules: Option<PricingRules>,
) -> Vec<Alternative> {
    let mut found: Vec<Alternative> = Vec::new();
    for draft in card.alternative.items() {
        refs.check(&draft.fact);
        let alternative = read_alternative(draft);
        let (Some(id), Some(value)) = (draft.fact.valid(), draft.value.valid()) else { continue };
        let (rule, kind) = (value.value, value.value.kind());
        if refs.is_known(id.value) && !is_behind(card, id.value, kind) {
            let problem = Diagnostic::new(Code::AlternativeOfAnotherRule)
                .with("id", id.value)
                .with("value", rule.to_string())
                .with("key", facts_key(kind));
            draft.table.report(problem, id.span.clone());
        } else if rules.is_some_and(|rules| rules.get(kind) == rule)
            || found.iter().any(|other| other.rule == rule)
        {
            let problem = Diagnostic::new(Code::DuplicateAlternative).with("value", rule.to_string());
            draft.table.report(problem, value.span.clone());
        } else {
            found.extend(alternative);
        }
    }
    found
}

fn read_alternative(draft: &DraftAlternative<'_>) -> Option<Alternative> {
    let text = read_text(&draft.table, (&draft.en, &draft.zh));
    let source = || Phrase { en: UNSTATED.0.into(), zh: UNSTATED.1.into() };
    Some(Alternative {
        rule: *draft.value.value()?,
        fact: Fact {
            id: draft.fact.value().map(|id| (*id).to_owned())?.into(),
            standing: draft.standing.or(Confidence::Assumed)?,
            source: draft.source.value().cloned().unwrap_or_else(source),
            text: text?,
        },
    })
}

/// The source of an alternative that names none.
const UNSTATED: (&str, &str) = ("nobody states it", "未见任何说明");

/// Returns true if a fact is, or may be, behind the rule of a kind.
fn is_behind(card: &DraftCard<'_>, id: &str, kind: RuleKind) -> bool {
    let may_be = |facts: &Field<Vec<At<&str>>>| {
        matches!(facts, Field::Invalid) || facts.items().iter().any(|fact| fact.value == id)
    };
    match kind {
        RuleKind::Negotiated => in_table(&card.negotiated, |rule| may_be(&rule.facts)),
        RuleKind::ByDays => in_table(&card.term, |rule| may_be(&rule.by_days_facts)),
        RuleKind::Rounding => in_table(&card.rounding, |rule| may_be(&rule.facts)),
        RuleKind::NewPurchase => in_table(&card.accumulation, |rule| may_be(&rule.new_purchase_facts)),
        RuleKind::Renewal => in_table(&card.accumulation, |rule| may_be(&rule.renewal_facts)),
        RuleKind::Group => in_table(&card.group, |rule| may_be(&rule.facts)),
    }
}

/// Returns true if a table has something, or could not be read, so that it may.
fn in_table<T>(table: &Field<T>, has: impl Fn(&T) -> bool) -> bool {
    matches!(table, Field::Invalid) || table.value().is_some_and(has)
}

/// Returns the key that names the facts behind a rule.
fn facts_key(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Negotiated => "[negotiated] facts",
        RuleKind::ByDays => "[term] by-days-facts",
        RuleKind::Rounding => "[rounding] facts",
        RuleKind::NewPurchase => "[accumulation] new-purchase-facts",
        RuleKind::Renewal => "[accumulation] renewal-facts",
        RuleKind::Group => "[group] facts",
    }
}
