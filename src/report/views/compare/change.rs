//! A change in words: from what to what.

use jiff::civil::Date;

use crate::account::{AccountType, Counts, Term};
use crate::analysis::compare::{Cause, Comparison, CustomerChange, CustomerState};
use crate::diagnostic::lang::{Arg, Message, account_type_word};
use crate::report::views::words::status_word;

/// Returns the change behind a cause, from old to new; `None` if it is not the customer's own.
pub(super) fn change(cause: Cause, customer: &CustomerChange, comparison: &Comparison) -> Option<Message> {
    let (old, new) = (customer.old.as_ref()?, customer.new.as_ref()?);
    match cause {
        Cause::Date => from_to(date(comparison.old.date), date(comparison.new.date)),
        Cause::Headcount => {
            counts_change(old.need, new.need).or_else(|| counts_change(old.counts, new.counts))
        }
        Cause::Holdings => counts_change(old.have, new.have).or_else(|| counts_change(old.held, new.held)),
        Cause::Term => from_to(term(old.term), term(new.term)),
        Cause::Group => from_to(payer(old), payer(new)),
        Cause::Negotiated => prices_change(old, new),
        Cause::Tiers => from_to(
            Arg::from(comparison.old.rate_card.as_str()),
            Arg::from(comparison.new.rate_card.as_str()),
        ),
        Cause::Waiver => from_to(free(old), free(new)),
        Cause::Status => from_to(status_word(old.status), status_word(new.status)),
        Cause::Added | Cause::Removed | Cause::Apps | Cause::OrderKind => None,
    }
}

fn from_to(old: impl Into<Arg>, new: impl Into<Arg>) -> Option<Message> {
    let (old, new) = (old.into(), new.into());
    (old != new).then(|| Message::new("compare-from-to").with("old", old).with("new", new))
}

fn date(date: Option<Date>) -> Arg {
    date.map_or_else(|| Message::new("compare-no-date").into(), Arg::from)
}

fn counts_change(old: Counts, new: Counts) -> Option<Message> {
    listed(AccountType::ALL.into_iter().filter(|kind| old.get(*kind) != new.get(*kind)).map(|kind| {
        Message::new("compare-type-from-to")
            .with("type", account_type_word(kind))
            .with("old", u64::from(*old.get(kind)))
            .with("new", u64::from(*new.get(kind)))
    }))
}

fn prices_change(old: &CustomerState, new: &CustomerState) -> Option<Message> {
    let price = |state: &CustomerState, kind| match state.negotiated.get(kind) {
        Some(price) => Arg::from(*price),
        None => Message::new("compare-no-price").into(),
    };
    let differs = |kind: &AccountType| old.negotiated.get(*kind) != new.negotiated.get(*kind);
    listed(AccountType::ALL.into_iter().filter(differs).map(|kind| {
        Message::new("compare-type-from-to")
            .with("type", account_type_word(kind))
            .with("old", price(old, kind))
            .with("new", price(new, kind))
    }))
}

fn listed(items: impl Iterator<Item = Message>) -> Option<Message> {
    let items: Vec<Message> = items.collect();
    (!items.is_empty()).then(|| Message::new("report-list").with("items", items))
}

fn term(term: Term) -> Message {
    Message::new("compare-term").with("months", term.months).with("days", term.days)
}

fn payer(state: &CustomerState) -> Message {
    if state.payer == state.party {
        return Message::new("compare-pays-itself");
    }
    let name = state.payer.name.clone().or(state.payer.code.clone()).unwrap_or_default();
    Message::new("compare-paid-by").with("name", name)
}

fn free(state: &CustomerState) -> Message {
    Message::new(if state.free { "compare-free" } else { "compare-not-free" })
}
