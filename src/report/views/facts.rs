//! Facts behind figures, gaps in sums, and the blocks that several views make of them.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Message;
use crate::pricing::{Note, NoteCode, Totals};
use crate::rates::RateCard;
use crate::report::notes::unconfirmed_text;
use crate::report::{Block, Field, Heading, PartRole, Remark, Tag, Tone};
use crate::rules::app_orders_check;

/// Remarks that WeCom checks the customer's app orders before it sells, if a purchase of these days has to
/// pass the check; each of the card's facts in its own words. T10 (docs/rules.md#t10).
pub(super) fn app_orders_remarks(card: &RateCard, purchases: impl IntoIterator<Item = Date>) -> Vec<Remark> {
    let check = purchases.into_iter().find_map(|day| app_orders_check(card, day));
    let facts = check.into_iter().flat_map(|check| &check.facts).filter_map(|id| card.fact(id));
    facts
        .map(|fact| {
            let text = Message::new("report-phrase").with("phrase", fact.text.clone());
            Remark::new(text).tagged(Some(fact_tag(&[card], &fact.id)))
        })
        .collect()
}

/// Returns the id of a fact, with its confidence on the first card that has it.
pub(super) fn fact_tag(cards: &[&RateCard], id: &str) -> Tag {
    let fact = cards.iter().find_map(|card| card.fact(id));
    Tag { text: id.to_owned(), class: fact.map_or("", |fact| fact.standing.as_str()) }
}

/// Returns the facts that notes name as unconfirmed, in the order of the notes.
pub(super) fn unconfirmed_facts<'n>(
    notes: impl IntoIterator<Item = &'n Note>,
) -> impl Iterator<Item = &'n str> {
    let unconfirmed = notes.into_iter().filter(|note| note.code() == NoteCode::UnconfirmedFact);
    unconfirmed.filter_map(|note| note.fact.as_deref())
}

/// Returns the same facts in the order of the card.
pub(super) fn in_card_order<'c>(
    card: &'c RateCard,
    ids: impl IntoIterator<Item = &'c str>,
) -> impl Iterator<Item = &'c str> {
    let wanted: BTreeSet<&str> = ids.into_iter().collect();
    card.facts.iter().map(|fact| &*fact.id).filter(move |id| wanted.contains(id))
}

/// Returns the unconfirmed ones of the facts that dates or figures rest on, each once: in the words of the
/// first card that has it.
pub(super) fn assumed_facts<'f>(
    cards: &[&RateCard],
    ids: impl IntoIterator<Item = &'f str>,
) -> Vec<Assumption> {
    let mut seen = BTreeSet::new();
    ids.into_iter()
        .filter(|id| seen.insert(*id))
        .filter_map(|id| cards.iter().find_map(|card| card.fact(id)))
        .filter(|fact| fact.standing.is_unconfirmed())
        .map(|fact| Assumption::UnconfirmedFact { fact: fact.clone() })
        .collect()
}

/// Returns the unconfirmed facts among assumptions with their sources.
pub(super) fn footnotes(assumptions: &[Assumption]) -> Vec<Block> {
    let remark = |assumption: &Assumption| {
        let Assumption::UnconfirmedFact { fact } = assumption else { return None };
        let tag = Tag { text: fact.id.to_string(), class: fact.standing.as_str() };
        Some(Remark::new(unconfirmed_text(fact)).tagged(Some(tag)))
    };
    let remarks: Vec<Remark> = assumptions.iter().filter_map(remark).collect();
    if remarks.is_empty() {
        return Vec::new();
    }
    let heading = Heading::from(Message::new("report-rests-on")).of(PartRole::Sources);
    vec![Block::Heading(heading), Block::Remarks(remarks)]
}

/// Remarks under a heading; nothing without any.
pub(super) fn section(heading: &'static str, remarks: Vec<Remark>) -> Vec<Block> {
    if remarks.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading(Heading::from(Message::new(heading))), Block::Remarks(remarks)]
}

/// Remarks as a block, if there are any.
pub(super) fn remarks(remarks: Vec<Remark>) -> Option<Block> {
    (!remarks.is_empty()).then_some(Block::Remarks(remarks))
}

/// Fields as a block, if there are any.
pub(super) fn fields(fields: Vec<Field>) -> Option<Block> {
    (!fields.is_empty()).then_some(Block::Fields(fields))
}

/// Returns the field of what is unconfirmed, if anything is.
pub(super) fn unconfirmed_field(totals: &Totals) -> Option<Field> {
    let amount = Message::new("report-unconfirmed-amount")
        .with("amount", totals.unconfirmed)
        .with("orders", totals.unconfirmed_orders);
    (totals.unconfirmed_orders > 0)
        .then(|| Field::new("report-total-unconfirmed", amount).toned(Tone::Caution))
}

/// Returns the fields of what has no price yet, and that sums are incomplete for it.
pub(super) fn open_fields(totals: &Totals) -> Vec<Field> {
    let incomplete = (!totals.complete).then(|| incomplete_field("report-total"));
    unpriced_field("report-total-unpriced", totals.unpriced).into_iter().chain(incomplete).collect()
}

/// Returns the field of accounts without a price, if there are any.
pub(super) fn unpriced_field(label: &'static str, unpriced: Counts) -> Option<Field> {
    let accounts = Message::new("report-unpriced-accounts")
        .with("basic", unpriced.basic)
        .with("interop", unpriced.interop);
    (!unpriced.is_zero()).then(|| Field::new(label, accounts).toned(Tone::Caution))
}

/// Returns the field of a sum that is incomplete.
pub(super) fn incomplete_field(label: &'static str) -> Field {
    Field::new(label, Message::new("report-incomplete")).toned(Tone::Caution)
}
