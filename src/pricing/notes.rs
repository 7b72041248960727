use super::hint::{HeldExpiringWith, Hints};
use super::{Note, NoteCode, Order, OrderQuote, OrderStatus};
use crate::account::{AccountType, Term};
use crate::diagnostic::lang::Message;
use crate::rates::RateCard;
use crate::rules::WaiverReason;

/// The notes of an order: the gaps first, then what the figures rest on.
pub(super) fn notes(card: &RateCard, order: &Order, quote: &OrderQuote, hints: &Hints) -> Vec<Note> {
    let mut notes = Vec::new();
    if !quote.charged {
        let fact = card.charging.facts.first();
        push(&mut notes, NoteCode::InternalAppsOnly, fact, Message::new("note-internal-apps-only"));
        push_unconfirmed_facts(card, &quote.facts, &mut notes);
        return notes;
    }
    push_gaps(card, quote, &mut notes);
    push_members(card, order, &mut notes);
    push_waiver(card, quote, &mut notes);
    if let Some(hint) = &hints.held_expiring_with {
        let fact = card.accumulation.new_purchase_facts.first();
        push(&mut notes, NoteCode::HeldExpiringWith, fact, held_as_long_message(hint));
    }
    for hint in &hints.waived_alone {
        let message = Message::new("note-downstream-waived-alone")
            .with("name", hint.name.as_str())
            .with("saving", hint.saving);
        push(&mut notes, NoteCode::DownstreamWaivedAlone, card.group_facts.last(), message);
    }
    push_unconfirmed_facts(card, &quote.facts, &mut notes);
    notes
}

fn push(notes: &mut Vec<Note>, code: NoteCode, fact: Option<&String>, message: Message) {
    notes.push(Note { code, fact: fact.cloned(), message });
}

fn push_gaps(card: &RateCard, quote: &OrderQuote, notes: &mut Vec<Note>) {
    for account_type in AccountType::ALL {
        let count = *quote.unpriced.get(account_type);
        if let (1.., Some(negotiated)) = (count, &card.negotiated) {
            let message = Message::new("note-negotiated-unpriced")
                .with("count", count)
                .with("type", account_type)
                .with("key", account_type.as_str())
                .with("from", u64::from(negotiated.from));
            push(notes, NoteCode::NegotiatedUnpriced, negotiated.facts.first(), message);
        }
    }
    if quote.status == OrderStatus::Unconfirmed {
        push(notes, NoteCode::Unconfirmed, None, Message::new("note-unconfirmed"));
    }
}

fn push_members(card: &RateCard, order: &Order, notes: &mut Vec<Note>) {
    for member in order.members.iter().filter(|member| !member.charged) {
        let name = member.party.name.clone().unwrap_or_default();
        let message = Message::new("note-member-internal-apps-only").with("name", name);
        push(notes, NoteCode::MemberInternalAppsOnly, card.charging.facts.first(), message);
    }
}

fn held_as_long_message(hint: &HeldExpiringWith) -> Message {
    let counted = |kind: AccountType| {
        Message::new("note-accounts").with("count", *hint.held.get(kind)).with("type", kind)
    };
    let held = AccountType::ALL.into_iter().filter(|kind| *hint.held.get(*kind) > 0).map(counted);
    match hint.list_price {
        Some(price) => Message::new("note-held-as-long").with("otherwise", price),
        None => Message::new("note-held-as-long-unpriced"),
    }
    .with("held", held.collect::<Vec<_>>())
}

fn push_waiver(card: &RateCard, quote: &OrderQuote, notes: &mut Vec<Note>) {
    if let (true, Some(rule)) = (quote.test_enterprise, &card.test_enterprise) {
        let message = Message::new("note-test-enterprise").with("worth", quote.priced);
        push(notes, NoteCode::TestEnterprise, rule.facts.first(), message);
        return;
    }
    let Some(finding) = &quote.waiver else { return };
    let fact = card.waiver(finding.kind).and_then(|rule| rule.last_day_facts.first());
    match &finding.reason {
        WaiverReason::TakenAsInForce { last_day: Some(last_day) } => {
            let message =
                Message::new("note-waiver-undated").with("last-day", *last_day).with("worth", quote.priced);
            push(notes, NoteCode::WaiverUndated, fact, message);
        }
        WaiverReason::Ended { last_day } => {
            let message =
                Message::new("note-waiver-ended").with("last-day", *last_day).with("worth", quote.priced);
            push(notes, NoteCode::WaiverEnded, fact, message);
        }
        _ => {}
    }
}

fn push_unconfirmed_facts(card: &RateCard, ids: &[String], notes: &mut Vec<Note>) {
    for fact in card.unconfirmed(ids) {
        push(notes, NoteCode::UnconfirmedFact, Some(&fact.id), fact.unconfirmed_note());
    }
}

/// The ids of all facts that the figures of this order rest on, each once.
pub(super) fn facts_behind(card: &RateCard, order: &Order, quote: &OrderQuote, hints: &Hints) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    let mut rest_on = |facts: &[String]| {
        for fact in facts {
            if !ids.contains(fact) {
                ids.push(fact.clone());
            }
        }
    };
    if !quote.charged {
        rest_on(&card.charging.facts);
        return ids;
    }
    for line in &quote.lines {
        match (line.tier.and_then(|index| card.tiers.get(index)), &card.negotiated) {
            (Some(tier), _) => {
                rest_on(&tier.facts);
                rest_on(&tier.price.get(line.account_type).facts);
            }
            (None, Some(negotiated)) => rest_on(&negotiated.facts),
            (None, None) => {}
        }
    }
    if order.renewal {
        rest_on(&card.accumulation.renewal_facts);
    } else if AccountType::ALL.into_iter().any(|kind| shifted(quote, kind))
        || hints.held_expiring_with.is_some()
    {
        rest_on(&card.accumulation.new_purchase_facts);
    }
    rest_on(&card.charging.facts);
    rest_on(&card.term.facts);
    rest_on(term_facts(card, order.term));
    if quote.days > card.term.days_per_year {
        rest_on(&card.term.multi_year_facts);
    }
    if quote.rounded {
        rest_on(&card.rounding_facts);
    }
    if buys_for_others(order) {
        rest_on(&card.group_facts);
    }
    if let (true, Some(rule)) = (quote.test_enterprise, &card.test_enterprise) {
        rest_on(&rule.facts);
    }
    if let Some(rule) = quote.waiver.as_ref().and_then(|finding| card.waiver(finding.kind)) {
        let conditions = rule.facts.iter().filter(|fact| !rule.last_day_facts.contains(fact));
        rest_on(&conditions.cloned().collect::<Vec<_>>());
    }
    if let Some(finding) = &quote.waiver
        && let WaiverReason::InForce { date } = finding.reason
        && let Some(rule) = card.waiver(finding.kind).filter(|rule| rule.last_day == Some(date))
    {
        rest_on(&rule.last_day_facts);
    }
    ids
}

/// Whether accounts of this type are bought and held ones come before them (P12).
pub(super) fn shifted(quote: &OrderQuote, account_type: AccountType) -> bool {
    *quote.start.get(account_type) > 0 && quote.lines.iter().any(|line| line.account_type == account_type)
}

/// Whether the figures change when somebody else's accounts are not the payer's.
fn buys_for_others(order: &Order) -> bool {
    order
        .members
        .iter()
        .filter(|member| member.charged && member.party != order.payer)
        .any(|member| !member.counts.is_zero() || !member.held.is_zero())
}

/// The facts behind the price of a term that is not whole years.
pub(super) fn term_facts(card: &RateCard, term: Term) -> &[String] {
    if term.days > 0 {
        &card.term.by_days_facts
    } else if !term.months.is_multiple_of(Term::MONTHS_PER_YEAR) {
        &card.term.by_months_facts
    } else {
        &[]
    }
}

#[cfg(test)]
mod tests;
