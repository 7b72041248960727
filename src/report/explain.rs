//! A price explained: an order's quote becomes sentences, from the rate card to the payable. Read [`explain`]
//! first.

use jiff::civil::Date;

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
        let tiers: &str = card.rules.group.into();
        let sentence = with_facts("explain-group", &card.group_facts);
        sentences.push(sentence.with("members", members).with("tiers", tiers));
    }
    sentences.extend(start_sentences(card, quote));
    sentences.extend(quote.lines.iter().map(|line| line_sentence(card, quote, line)));
    sentences.push(term_sentence(card, quote));
    if quote.rounded {
        let per: &str = card.rules.rounding.per.into();
        let sentence = with_facts("explain-rounded", &card.rounding_facts);
        sentences.push(sentence.with("per", per).with("priced", quote.priced));
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
    let rule: &str = card.rules.renewal.into();
    let renewal =
        quote.renewal.then(|| with_facts("explain-renewal", &card.renewal_facts).with("rule", rule));
    renewal
        .into_iter()
        .chain(
            quote
                .lines
                .chunk_by(is_of_same_tiers)
                .filter_map(|lines| held_sentence(card, quote, lines.first()?)),
        )
        .collect()
}

/// Returns true if the tiers of both lines run together.
fn is_of_same_tiers(line: &Line, next: &Line) -> bool {
    (line.account_type, line.member) == (next.account_type, next.member)
}

/// Returns the accounts that come before the first line of a type, or of a member's type; `None` if there are none.
fn held_sentence(card: &RateCard, quote: &OrderQuote, first: &Line) -> Option<Message> {
    let held = first.from - 1;
    // The name of a variant in a text has no `+`.
    let rule = <&str>::from(card.rules.new_purchase).replace('+', "-");
    let sentence = with_facts("explain-held", &card.new_purchase_facts)
        .with("who", member_of(quote, first))
        .with("rule", rule)
        .with("held", held)
        .with("type", first.account_type)
        .with("next", first.from);
    (held > 0).then_some(sentence)
}

/// Returns the member whose accounts a line prices, as the beginning of a sentence; nothing where the tiers run over
/// all members.
fn member_of(quote: &OrderQuote, line: &Line) -> Arg {
    let party = line.member.and_then(|index| quote.members.get(index)).map(|member| &member.party);
    let name = party.and_then(|party| party.name.as_deref().or(party.code.as_deref()));
    name.map_or_else(|| "".into(), |name| Message::new("explain-of-member").with("name", name).into())
}

fn line_sentence(card: &RateCard, quote: &OrderQuote, line: &Line) -> Message {
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
        .with("who", member_of(quote, line))
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
        .with("by-days", by_days(card, quote))
        .with("formula", quote.formula.as_str())
        .with("priced", quote.priced)
}

/// Returns what a day costs, as the end of a clause; nothing where that follows from the days of a year.
fn by_days(card: &RateCard, quote: &OrderQuote) -> Arg {
    let divisor = card.rules.by_days_divisor;
    if quote.term.days == 0 || divisor == card.term.days_per_year {
        return "".into();
    }
    // A renewal to a day has no months.
    let id = if quote.renewal { "explain-by-days-alone" } else { "explain-by-days" };
    Message::new(id).with("divisor", divisor).into()
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
