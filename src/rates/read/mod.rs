mod facts;
mod price;
mod time;
mod who;

use std::sync::Arc;

use self::facts::FactRefs;
use self::price::{read_accumulation, read_negotiated, read_rounding, read_tiers};
pub(super) use self::time::MOST_DAYS;
use self::time::{read_activation, read_refund, read_stacking, read_term, read_trial};
use self::who::{read_charging, read_group, read_order, read_test_enterprise, read_waivers};
use super::card::{NegotiatedAccounts, RateCard};
use super::tiers::check_tiers;
use crate::diagnostic::lang::{Message, Phrase};
use crate::diagnostic::{Diagnostic, Sink, SourceFile};
use crate::document::flat::Node;
use crate::document::{self, Table};

/// Reads a rate card.
///
/// # Errors
/// All problems of the card at once, each at its place.
pub fn read_card(source: &Arc<SourceFile>) -> Result<RateCard, Vec<Diagnostic>> {
    let sink = Sink::new(Arc::clone(source));
    let card = document::read(source, &sink, Message::new("term-the-rate-card"), read_root);
    card.ok_or_else(|| sink.into_diagnostics())
}

/// Reads a rate card whose text has been parsed already.
///
/// # Errors
/// As [`read_card`].
pub(super) fn read_parsed_card(
    source: &Arc<SourceFile>,
    nodes: &[Node<'_>],
) -> Result<RateCard, Vec<Diagnostic>> {
    let sink = Sink::new(Arc::clone(source));
    let card = document::read_parsed(nodes, &sink, Message::new("term-the-rate-card"), read_root);
    card.ok_or_else(|| sink.into_diagnostics())
}

/// The largest number that a card's counts and days can have.
pub(super) const MOST: u32 = 1_000_000_000;

/// The most months that a rule can span.
pub(super) const MOST_MONTHS: u32 = 1200;

fn read_root(root: &mut Table<'_>) -> Option<RateCard> {
    let (facts, refs) = FactRefs::read_all(root);
    let refs = &refs;
    let id = root.string("id");
    root.missing("id", "id = \"…\"");
    let name = read_phrase(root, "name");
    let in_force_from = root.date("in-force-from");
    root.missing("in-force-from", "in-force-from = 2022-05-16");
    let (tiers, edges) = read_tiers(root, refs);
    let negotiated = read_negotiated(root, refs);
    check_tiers(&edges, negotiated.as_ref().map(|(from, _)| from), root);
    let term = read_term(root, refs);
    let rounding_facts = read_rounding(root, refs);
    let accumulation = read_accumulation(root, refs);
    let order = read_order(root, refs);
    let test_enterprise = read_test_enterprise(root, refs);
    let charging = read_charging(root, refs);
    let group_facts = read_group(root, refs);
    let waivers = read_waivers(root, refs);
    let trial = read_trial(root, refs);
    let refund = read_refund(root, refs);
    let activation = read_activation(root, refs);
    let stacking = read_stacking(root, refs);
    let id = id?.value.to_owned();
    Some(RateCard {
        name: name.unwrap_or_else(|| Phrase { en: id.clone(), zh: id.clone() }),
        id,
        in_force_from: in_force_from?.value,
        tiers,
        negotiated: negotiated.map(|(from, facts)| NegotiatedAccounts { from: from.value, facts }),
        term: term?,
        rounding_facts,
        accumulation: accumulation?,
        order: order?,
        test_enterprise,
        charging: charging?,
        group_facts,
        waivers,
        trial,
        refund,
        activation,
        stacking,
        facts,
    })
}

fn read_phrase(table: &mut Table<'_>, key: &'static str) -> Option<Phrase> {
    if !table.is_table(key) {
        let both = table.string(key)?.value.to_owned();
        return Some(Phrase { en: both.clone(), zh: both });
    }
    let mut inner = table.table(key, key)?;
    let (en, zh) = (inner.string("en"), inner.string("zh"));
    inner.missing("en", "en = \"…\"");
    inner.missing("zh", "zh = \"…\"");
    inner.finish();
    Some(Phrase { en: en?.value.to_owned(), zh: zh?.value.to_owned() })
}

#[cfg(test)]
mod tests;
