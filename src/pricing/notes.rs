use super::hint::Hints;
use super::{Held, Note, NoteKind, Order, OrderQuote, OrderStatus};
use crate::account::AccountType;
use crate::rates::RateCard;
use crate::rules::WaiverReason;

/// Returns the notes of an order: the gaps first, then what the figures rest on.
pub(super) fn notes(card: &RateCard, order: &Order, quote: &OrderQuote, hints: Hints) -> Vec<Note> {
    let mut notes = Notes { card, notes: Vec::new() };
    if quote.charged {
        notes.push_gaps(quote);
        notes.push_members(order);
        notes.push_waiver(quote);
        if let Some(hint) = hints.held_expires_with {
            notes.push(card.new_purchase_facts.first(), hint);
        }
        for hint in hints.waived_alone {
            notes.push(card.group_facts.last(), hint);
        }
    } else {
        notes.push(card.charging.facts.first(), NoteKind::InternalAppsOnly);
    }
    for fact in card.unconfirmed(&quote.facts) {
        let kind = NoteKind::UnconfirmedFact { fact: fact.clone() };
        notes.notes.push(Note { fact: Some(fact.id.to_string()), kind });
    }
    notes.notes
}

/// Notes while they are collected.
struct Notes<'c> {
    card: &'c RateCard,
    notes: Vec<Note>,
}

impl Notes<'_> {
    fn push(&mut self, fact: Option<&String>, kind: NoteKind) {
        self.notes.push(Note { fact: fact.cloned(), kind });
    }

    fn push_gaps(&mut self, quote: &OrderQuote) {
        for account_type in AccountType::ALL {
            let count = *quote.unpriced.get(account_type);
            if let (1.., Some(negotiated)) = (count, &self.card.negotiated) {
                let from = negotiated.from;
                let note = NoteKind::NegotiatedUnpriced { account_type, count, from };
                self.push(negotiated.facts.first(), note);
            }
        }
        if quote.status == OrderStatus::Unconfirmed {
            self.push(None, NoteKind::Unconfirmed);
            return;
        }
        for member in quote.unconfirmed_members() {
            let name = member.party.name.clone().unwrap_or_default();
            self.push(None, NoteKind::MemberUnconfirmed { name, share: member.priced_share });
        }
    }

    fn push_members(&mut self, order: &Order) {
        for member in order.members.iter().filter(|member| !member.charged) {
            let name = member.party.name.clone().unwrap_or_default();
            self.push(self.card.charging.facts.first(), NoteKind::MemberInternalAppsOnly { name });
        }
    }

    fn push_waiver(&mut self, quote: &OrderQuote) {
        let worth = quote.priced;
        if let (true, Some(rule)) = (quote.test_enterprise, &self.card.test_enterprise) {
            self.push(rule.facts.first(), NoteKind::TestEnterprise { worth });
            return;
        }
        let Some(finding) = &quote.waiver else { return };
        let note = match finding.reason {
            WaiverReason::TakenAsInForce { last_day: Some(last_day) } => {
                NoteKind::WaiverUndated { last_day, worth }
            }
            WaiverReason::Ended { last_day } => NoteKind::WaiverEnded { last_day, worth },
            _ => return,
        };
        self.push(self.card.waiver(finding.kind).and_then(|rule| rule.last_day_facts.first()), note);
    }
}

/// Returns the ids of all facts that the figures of this order rest on, each once.
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
        rest_on(&card.renewal_facts);
    }
    if hints.rests_on_start {
        rest_on(&card.new_purchase_facts);
    }
    rest_on(&card.charging.facts);
    rest_on(&card.term.facts);
    rest_on(card.term.facts_of(order.term));
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

/// Returns true if the figures change when somebody else's accounts are not the payer's.
fn buys_for_others(order: &Order) -> bool {
    order
        .members
        .iter()
        .filter(|member| member.charged && member.party != order.payer)
        .any(|member| !member.counts.is_zero() || member.held != Held::NONE)
}

#[cfg(test)]
mod tests;
