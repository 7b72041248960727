use jiff::civil::Date;

use super::{Held, Member, Note, NoteCode, Order, OrderQuote, OrderStatus, Party, quote_orders};
use crate::account::{Counts, PerType, Term};
use crate::customer::{Certification, Customer};
use crate::rates::{RateCard, RateCards};

pub(crate) fn card() -> RateCard {
    RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone()
}

pub(crate) fn member(name: &str, basic: u32, interop: u32) -> Member {
    Member {
        party: Party { code: Some(name.to_owned()), name: Some(name.to_owned()) },
        counts: Counts { basic, interop },
        charged: true,
        ..Member::default()
    }
}

/// Returns a year's new purchase in the name of the first member.
pub(crate) fn group(members: Vec<Member>) -> Order {
    Order {
        payer: members[0].party.clone(),
        customer: members[0].customer.clone(),
        members,
        held_by_others: Held::NONE,
        term: Term::ONE_YEAR,
        renewal: false,
        test_enterprise: false,
        negotiated: PerType::default(),
        status: OrderStatus::Confirmed,
    }
}

pub(crate) fn order(basic: u32, interop: u32) -> Order {
    group(vec![member("payer", basic, interop)])
}

pub(crate) fn k12() -> Customer {
    Customer {
        industry: "教育/初等教育".parse().ok(),
        certification: Certification::Verified,
        nonprofit_proof: false,
    }
}

pub(crate) fn months(months: u32) -> Term {
    Term { months, days: 0 }
}

pub(crate) fn quote(order: &Order, date: Option<Date>) -> OrderQuote {
    quote_orders(&card(), date, std::slice::from_ref(order)).unwrap().orders.remove(0)
}

/// Returns the undated quote under another rule of the card.
pub(crate) fn quote_under(rule: &str, order: &Order) -> OrderQuote {
    let mut card = card();
    card.rules = card.rules.with(rule.parse().unwrap());
    quote_orders(&card, None, std::slice::from_ref(order)).unwrap().orders.remove(0)
}

/// Returns the codes of the notes that are about the order itself.
pub(crate) fn codes(quote: &OrderQuote) -> Vec<NoteCode> {
    quote.notes.iter().map(Note::code).filter(|code| *code != NoteCode::UnconfirmedFact).collect()
}

/// Returns the facts that are noted as unconfirmed.
pub(crate) fn unconfirmed_facts(quote: &OrderQuote) -> Vec<&str> {
    let facts = quote.notes.iter().filter(|note| note.code() == NoteCode::UnconfirmedFact);
    facts.map(|note| note.fact.as_deref().unwrap()).collect()
}
