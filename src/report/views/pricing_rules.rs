//! The rules of pricing of a rate card in words, and what else they may be.

use super::tiers::with_standing;
use crate::diagnostic::lang::Message;
use crate::rates::{RateCard, Rule, RuleKind};
use crate::report::{Columns, Field, Grid};

/// Returns the rules of pricing in force, with the confidence of their facts.
pub(super) fn pricing_rule_fields(card: &RateCard) -> Vec<Field> {
    let rules = &card.rules;
    let sentence = |id, kind: RuleKind| {
        // The name of a variant in a text has no `+`.
        let rule = rules.get(kind).to_string().replace('+', "-");
        with_standing(card, id, card.rule_facts(kind)).with("rule", rule)
    };
    let field = |label, id, kind| Field::new(label, sentence(id, kind));
    let (per, mode): (&str, &str) = (rules.rounding.per.into(), rules.rounding.mode.into());
    let rounding = with_standing(card, "report-rule-rounding", &card.rounding_facts);
    let mut fields = vec![
        field("report-by-days", "report-rule-by-days", RuleKind::ByDays),
        Field::new("report-rounding", rounding.with("per", per).with("mode", mode)),
        field("report-new-purchase", "report-rule-new-purchase", RuleKind::NewPurchase),
        field("report-renewal", "report-rule-renewal", RuleKind::Renewal),
        field("report-group", "report-rule-group", RuleKind::Group),
    ];
    if let Some(negotiated) = &card.negotiated {
        let rule = sentence("report-rule-beyond-list", RuleKind::Negotiated);
        fields.insert(0, Field::new("report-beyond-list", rule.with("from", u64::from(negotiated.from))));
    }
    fields
}

/// Returns what else the rules may be: the fact, the word of the variant, and what then holds.
pub(super) fn alternative_grid(card: &RateCard) -> Grid {
    Columns::of(&card.alternatives)
        .left("fact", "report-fact-id", |other| &*other.fact.id)
        .left("value", "report-alternative", |other| word(other.rule))
        .left("text", "report-what-holds", |other| {
            Message::new("report-phrase").with("phrase", other.fact.text.clone())
        })
        .grid()
}

fn word(rule: Rule) -> String {
    rule.to_string()
}
