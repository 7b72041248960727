use std::collections::BTreeSet;

use crate::lang::Message;
use crate::rates::RateCard;
use crate::report::{Block, Remark, Tone};

/// What dates or figures rest on, as far as it is unconfirmed, each fact told once.
pub(super) fn footnotes(card: &RateCard, ids: BTreeSet<&String>) -> Vec<Block> {
    let unconfirmed =
        card.facts.iter().filter(|fact| fact.standing.is_unconfirmed() && ids.contains(&fact.id));
    let remarks: Vec<Remark> = unconfirmed
        .map(|fact| Remark { tag: Some(fact.id.clone()), text: fact.unconfirmed_note(), tone: Tone::Plain })
        .collect();
    if remarks.is_empty() {
        return Vec::new();
    }
    vec![Block::Heading(Message::new("report-rests-on").into()), Block::Remarks(remarks)]
}
