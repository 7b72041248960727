//! Reads the text of a rate card: [`DraftCard`] reads the values, and this module reports what does not fit
//! together: prices, rules of pricing, time, and in `who` the rules of who is charged, waived and limited. Read [`read_card`] first.

mod facts;
mod price;
mod rules;
mod time;
mod who;

use std::sync::Arc;

use self::facts::{built_in_facts, read_facts};
use self::price::{read_negotiated, read_tiers};
use self::rules::{read_alternatives, read_rules};
use self::time::{read_activation, read_refund, read_stacking, read_term, read_trial};
use self::who::{
    read_barred_industries, read_charging, read_order, read_order_checks, read_test_enterprise, read_waivers,
};
use super::card::RateCard;
use super::keys::DraftCard;
use super::tiers::check_tiers;
use super::{Fact, KEYS};
use crate::diagnostic::lang::Phrase;
use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};
use crate::document::flat::Node;
use crate::document::{self, Field, Keys, Table};

/// Reads a rate card.
///
/// # Errors
/// All problems of the card at once, each with its span.
pub fn read_card(source: &Arc<SourceFile>) -> Result<RateCard, Vec<Diagnostic>> {
    let sink = Sink::new(Arc::clone(source));
    let card = document::read(source, &sink, KEYS, "term-the-rate-card", |root| read_root(root, None));
    card.ok_or_else(|| sink.into_diagnostics())
}

/// Reads a rate card whose text has been parsed already, and of it the facts, which are not among the nodes.
///
/// # Errors
/// As [`read_card`].
pub(super) fn read_parsed_card(
    source: &Arc<SourceFile>,
    nodes: &[Node<'_>],
    facts: &'static [Fact],
) -> Result<RateCard, Vec<Diagnostic>> {
    let sink = Sink::new(Arc::clone(source));
    let card =
        document::read_parsed(nodes, &sink, KEYS, "term-the-rate-card", |root| read_root(root, Some(facts)));
    card.ok_or_else(|| sink.into_diagnostics())
}

fn read_root(root: Table<'_>, built_in: Option<&'static [Fact]>) -> Option<RateCard> {
    let draft = DraftCard::read(root);
    let (facts, refs) = match built_in {
        Some(facts) => built_in_facts(facts, draft.table.sink()),
        None => read_facts(&draft),
    };
    let refs = &refs;
    check_tiers(&draft);
    let tiers = read_tiers(&draft, refs);
    let negotiated = draft.negotiated.value().and_then(|negotiated| read_negotiated(negotiated, refs));
    let term = draft.term.value().and_then(|term| read_term(term, refs));
    let rules = read_rules(&draft, refs);
    let alternatives = read_alternatives(&draft, refs, rules.values);
    let order = draft.order.value().and_then(|order| read_order(order, refs));
    let order_checks = draft.order_checks.value().and_then(|checks| read_order_checks(checks, refs));
    let test_enterprise = draft.test_enterprise.value().and_then(|test| read_test_enterprise(test, refs));
    let charging = draft.charging.value().and_then(|charging| read_charging(charging, refs));
    let barred_from_groups = draft.group.value().and_then(|group| read_barred_industries(group, refs));
    let waivers = read_waivers(&draft, refs);
    let trial = draft.trial.value().and_then(|trial| read_trial(trial, refs));
    let refund = draft.refund.value().and_then(|refund| read_refund(refund, refs));
    let activation = draft.activation.value().and_then(|activation| read_activation(activation, refs));
    let stacking = draft.stacking.value().and_then(|stacking| read_stacking(stacking, refs));
    let id = draft.id.into_value()?.to_owned();
    Some(RateCard {
        name: draft
            .name
            .into_value()
            .unwrap_or_else(|| Phrase { en: id.clone().into(), zh: id.clone().into() }),
        id,
        in_force_from: draft.in_force_from.into_value()?,
        tiers,
        negotiated,
        term: term?,
        rules: rules.values?,
        rounding_facts: rules.rounding_facts,
        new_purchase_facts: rules.new_purchase_facts,
        renewal_facts: rules.renewal_facts,
        order: order?,
        order_checks,
        test_enterprise,
        charging: charging?,
        group_facts: rules.group_facts,
        barred_from_groups,
        waivers,
        trial,
        refund,
        activation,
        stacking,
        facts: facts.into(),
        alternatives,
    })
}

/// Reports a range that ends before it begins.
fn check_range<T>(
    table: &Table<'_>,
    (first_key, first): (&'static str, &Field<T>),
    (last_key, last): (&'static str, &Field<T>),
    is_before: impl Fn(&T, &T) -> bool,
) {
    if let (Some(first), Some(last)) = (first.value(), last.valid())
        && is_before(&last.value, first)
    {
        let diagnostic = Diagnostic::new(Code::RangeReversed).with("first", first_key).with("last", last_key);
        table.report(diagnostic, last.span.clone());
    }
}

#[cfg(test)]
mod tests;
