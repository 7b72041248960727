//! A price explained: an order's quote becomes sentences, from the rate card to the payable. Read [`explain`]
//! first.

use jiff::civil::Date;

use crate::account::AccountType;
use crate::diagnostic::lang::{Arg, Message, certification_word, term_words, waiver_kind_word};
use crate::pricing::{Line, OrderQuote};
use crate::rates::RateCard;
use crate::rules::{WaiverFinding, WaiverReason};

/// Returns the reasoning behind an order's figures, sentence by sentence, each with the facts that it rests
/// on.
pub fn explain(card: &RateCard, date: Option<Date>, quote: &OrderQuote) -> Vec<Message> {
    let mut sentences = vec![card_sentence(card, date)];
    if !quote.charged {
        sentences.push(with_facts("explain-internal-apps-only", &card.charging.facts));
        return sentences;
    }
    sentences.push(with_facts("explain-charged", &card.charging.facts));
    if quote.members.len() > 1 {
        let members = u32::try_from(quote.members.len()).unwrap_or(u32::MAX);
        sentences.push(with_facts("explain-group", &card.group_facts).with("members", members));
    }
    sentences.extend(start_sentences(card, quote));
    sentences.extend(quote.lines.iter().map(|line| line_sentence(card, line)));
    sentences.push(term_sentence(card, quote));
    if quote.rounded {
        sentences.push(with_facts("explain-rounded", &card.rounding_facts).with("priced", quote.priced));
    }
    if let (true, Some(rule)) = (quote.test_enterprise, &card.test_enterprise) {
        sentences.push(with_facts("explain-test-enterprise", &rule.facts));
    } else if let Some(finding) = &quote.waiver {
        sentences.push(waiver_sentence(card, finding));
    }
    sentences.push(match quote.payable() {
        Some(payable) => Message::new("explain-payable").with("payable", payable),
        None => Message::new("explain-payable-incomplete").with("priced", quote.priced),
    });
    sentences
}

/// Returns why a waiver applies, or why not, in one clause.
pub fn waiver_reason(reason: &WaiverReason) -> Message {
    match reason {
        WaiverReason::InForce { date } => Message::new("explain-waiver-in-force").with("date", *date),
        WaiverReason::TakenAsInForce { last_day: Some(day) } => {
            Message::new("explain-waiver-taken-as-in-force").with("last-day", *day)
        }
        WaiverReason::TakenAsInForce { last_day: None } => Message::new("explain-waiver-open-ended"),
        WaiverReason::SecondaryIndustry { industry, wanted } => {
            Message::new("explain-waiver-secondary-industry")
                .with("industry", industry.to_string())
                .with("wanted", wanted.iter().map(String::as_str).collect::<Vec<_>>())
        }
        WaiverReason::Certification { has, needs } => Message::new("explain-waiver-certification")
            .with("has", certification_word(*has))
            .with("needs", certification_word(*needs)),
        WaiverReason::NotYet { from } => Message::new("explain-waiver-not-yet").with("from", *from),
        WaiverReason::Ended { last_day } => Message::new("explain-waiver-ended").with("last-day", *last_day),
    }
}

fn card_sentence(card: &RateCard, date: Option<Date>) -> Message {
    let sentence = match date {
        Some(date) => Message::new("explain-card-dated").with("date", date),
        None => Message::new("explain-card-undated"),
    };
    sentence.with("card", card.id.as_str()).with("from", card.in_force_from)
}

fn start_sentences(card: &RateCard, quote: &OrderQuote) -> Vec<Message> {
    if quote.renewal {
        return vec![with_facts("explain-renewal", &card.accumulation.renewal_facts)];
    }
    AccountType::ALL
        .into_iter()
        .filter(|kind| quote.starts_after_held(*kind))
        .map(|kind| {
            let held = *quote.start.get(kind);
            with_facts("explain-held", &card.accumulation.new_purchase_facts)
                .with("held", held)
                .with("type", kind)
                .with("next", u64::from(held) + 1)
        })
        .collect()
}

fn line_sentence(card: &RateCard, line: &Line) -> Message {
    let tier = line.tier.and_then(|index| card.tiers.get(index));
    let facts = match tier {
        Some(tier) => [&tier.price.get(line.account_type).facts[..], &tier.facts].concat(),
        None => card.negotiated.as_ref().map(|rule| rule.facts.clone()).unwrap_or_default(),
    };
    let sentence = match (line.unit_price, line.annual) {
        (Some(unit_price), Some(annual)) => {
            let id = if tier.is_some() { "explain-line" } else { "explain-line-negotiated" };
            with_facts(id, &facts).with("unit-price", unit_price).with("annual", annual)
        }
        _ => with_facts("explain-line-unpriced", &facts),
    };
    sentence
        .with("type", line.account_type)
        .with("from", line.from)
        .with("to", line.to)
        .with("count", u32::try_from(line.count()).unwrap_or(u32::MAX))
}

fn term_sentence(card: &RateCard, quote: &OrderQuote) -> Message {
    let mut facts = card.term.facts.clone();
    facts.extend_from_slice(card.term.facts_of(quote.term));
    if quote.days > card.term.days_per_year {
        facts.extend_from_slice(&card.term.multi_year_facts);
    }
    with_facts("explain-term", &facts)
        .with("term", term_words(quote.term, quote.days))
        .with("year-days", card.term.days_per_year)
        .with("formula", quote.formula.as_str())
        .with("priced", quote.priced)
}

fn waiver_sentence(card: &RateCard, finding: &WaiverFinding) -> Message {
    let id = if finding.applied() { "explain-waived" } else { "explain-not-waived" };
    let facts = card.waiver(finding.kind).map(|rule| rule.facts.clone()).unwrap_or_default();
    with_facts(id, &facts)
        .with("kind", waiver_kind_word(finding.kind))
        .with("reason", waiver_reason(&finding.reason))
}

/// Returns a sentence that ends with the ids of its facts, or with nothing if a card names none.
fn with_facts(id: &'static str, facts: &[String]) -> Message {
    let sentence = Message::new(id);
    if facts.is_empty() {
        return sentence.with("facts", "");
    }
    let ids: Vec<&str> = facts.iter().map(String::as_str).collect();
    sentence.with("facts", Arg::Message(Box::new(Message::new("explain-facts").with("ids", ids))))
}

#[cfg(test)]
mod tests;
