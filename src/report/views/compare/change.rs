//! A change in words: from what to what.

use jiff::civil::Date;

use crate::account::{AccountType, Counts, PerType, Term};
use crate::analysis::compare::{Cause, Comparison, CustomerChange, CustomerState};
use crate::diagnostic::lang::{Arg, Message, account_type_word};
use crate::money::UnitPrice;
use crate::pricing::Party;
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
        Cause::Group => from_to(payer(&old.payer, &old.party), payer(&new.payer, &new.party)),
        Cause::Negotiated => prices_change(old.negotiated, new.negotiated),
        Cause::Tiers => from_to(
            Arg::from(comparison.old.rate_card.as_str()),
            Arg::from(comparison.new.rate_card.as_str()),
        ),
        Cause::Waiver => from_to(free(old), free(new)),
        Cause::Status => from_to(status_word(old.status), status_word(new.status)),
        Cause::Added | Cause::Removed | Cause::Apps | Cause::Growth | Cause::OrderKind => None,
    }
}

/// Returns old and new if they differ.
pub(super) fn from_to(old: impl Into<Arg>, new: impl Into<Arg>) -> Option<Message> {
    let (old, new) = (old.into(), new.into());
    (old != new).then(|| Message::new("compare-from-to").with("old", old).with("new", new))
}

fn date(date: Option<Date>) -> Arg {
    date.map_or_else(|| Message::new("compare-no-date").into(), Arg::from)
}

/// Returns the types whose counts differ, with both.
pub(super) fn counts_change(old: Counts, new: Counts) -> Option<Message> {
    listed(AccountType::ALL.into_iter().filter(|kind| old.get(*kind) != new.get(*kind)).map(|kind| {
        Message::new("compare-type-from-to")
            .with("type", account_type_word(kind))
            .with("old", u64::from(*old.get(kind)))
            .with("new", u64::from(*new.get(kind)))
    }))
}

/// Returns the negotiated prices that changed.
pub(super) fn prices_change(
    old: PerType<Option<UnitPrice>>,
    new: PerType<Option<UnitPrice>>,
) -> Option<Message> {
    let price = |prices: PerType<Option<UnitPrice>>, kind| match prices.get(kind) {
        Some(price) => Arg::from(*price),
        None => Message::new("compare-no-price").into(),
    };
    let differs = |kind: &AccountType| old.get(*kind) != new.get(*kind);
    listed(AccountType::ALL.into_iter().filter(differs).map(|kind| {
        Message::new("compare-type-from-to")
            .with("type", account_type_word(kind))
            .with("old", price(old, kind))
            .with("new", price(new, kind))
    }))
}

/// Returns items in a row; `None` without any.
pub(super) fn listed(items: impl Iterator<Item = Message>) -> Option<Message> {
    let items: Vec<Message> = items.collect();
    (!items.is_empty()).then(|| Message::new("report-list").with("items", items))
}

/// Returns a term in months and days.
pub(super) fn term(term: Term) -> Message {
    Message::new("compare-term").with("months", term.months).with("days", term.days)
}

/// Returns who pays for a school.
pub(super) fn payer(payer: &Party, school: &Party) -> Message {
    if payer == school {
        return Message::new("compare-pays-itself");
    }
    let name = payer.name.clone().or(payer.code.clone()).unwrap_or_default();
    Message::new("compare-paid-by").with("name", name)
}

fn free(state: &CustomerState) -> Message {
    Message::new(if state.free { "compare-free" } else { "compare-not-free" })
}
