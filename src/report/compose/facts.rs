use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::lang::Message;
use crate::pricing::Totals;
use crate::rates::RateCard;
use crate::report::{Block, Field, Remark, Tone};
use crate::rules::app_orders_check;

/// That WeCom checks the customer's app orders before it sells, where a purchase of these days has to pass the check;
/// each of the card's facts in its own words (T10).
pub(super) fn app_orders_remarks(card: &RateCard, purchases: impl IntoIterator<Item = Date>) -> Vec<Remark> {
    let check = purchases.into_iter().find_map(|day| app_orders_check(card, day));
    let facts = check.into_iter().flat_map(|check| &check.facts).filter_map(|id| card.fact(id));
    facts
        .map(|fact| {
            let text = Message::new("report-phrase").with("phrase", fact.text.clone());
            Remark { tag: Some(fact.id.clone()), text, tone: Tone::Plain }
        })
        .collect()
}

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

/// What sums leave out, and whether they are complete.
pub(super) fn gap_fields(totals: &Totals) -> Vec<Field> {
    let mut fields = Vec::new();
    if totals.unconfirmed_orders > 0 {
        let amount = Message::new("report-unconfirmed-amount")
            .with("amount", totals.unconfirmed)
            .with("orders", totals.unconfirmed_orders);
        fields.push(Field::new("report-total-unconfirmed", amount).toned(Tone::Caution));
    }
    if !totals.unpriced.is_zero() {
        let accounts = Message::new("report-unpriced-accounts")
            .with("basic", totals.unpriced.basic)
            .with("interop", totals.unpriced.interop);
        fields.push(Field::new("report-total-unpriced", accounts).toned(Tone::Caution));
    }
    if !totals.complete {
        fields.push(Field::new("report-total", Message::new("report-incomplete")).toned(Tone::Caution));
    }
    fields
}
