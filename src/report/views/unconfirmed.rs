//! What an order has of unconfirmed schools, which is in no total; and the rest of it.

use crate::account::Counts;
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::pricing::{MemberQuote, OrderQuote, OrderStatus, Party};
use crate::report::Cell;

/// A part of an order that is in no total, because the payer or a member is unconfirmed.
pub(super) struct UnconfirmedPart<'q> {
    /// Whose it is.
    pub(super) party: &'q Party,
    /// The accounts.
    pub(super) counts: Counts,
    /// Those among them that have a price.
    pub(super) priced: Counts,
    /// The amount, as far as prices are known.
    pub(super) payable: Money,
}

/// Returns the unconfirmed parts of an order: all of it, or the shares of its unconfirmed members.
pub(super) fn unconfirmed_parts(order: &OrderQuote) -> Vec<UnconfirmedPart<'_>> {
    match order.status {
        OrderStatus::Unconfirmed => vec![UnconfirmedPart {
            party: &order.payer,
            counts: sum(order.members.iter().map(|member| member.counts)),
            priced: sum(order.members.iter().map(priced)),
            payable: order.priced_payable(),
        }],
        OrderStatus::Confirmed => order
            .unconfirmed_members()
            .map(|member| UnconfirmedPart {
                party: &member.party,
                counts: member.counts,
                priced: priced(member),
                payable: member.priced_share,
            })
            .collect(),
    }
}

/// Returns the accounts of the confirmed members.
pub(super) fn firm_counts(order: &OrderQuote) -> Counts {
    sum(confirmed_members(order).map(|member| member.counts))
}

/// Returns the accounts of the confirmed members that have a price: what the totals count.
pub(super) fn counted(order: &OrderQuote) -> Counts {
    sum(confirmed_members(order).map(priced))
}

/// Returns an amount of an order without the shares of its unconfirmed members; `None` on overflow.
pub(super) fn firm_part(order: &OrderQuote, amount: Money) -> Option<Money> {
    order.unconfirmed_payable().and_then(|unconfirmed| amount.checked_sub(unconfirmed))
}

/// Returns what the totals count of an order, and a word for its accounts without a price.
pub(super) fn firm_payable(order: &OrderQuote) -> Cell {
    let firm = firm_part(order, order.priced_payable());
    match (order.payable(), firm) {
        (None, Some(firm)) => Message::new("report-priced-part").with("priced", firm).into(),
        (_, firm) => Cell::known(firm),
    }
}

fn confirmed_members(order: &OrderQuote) -> impl Iterator<Item = &MemberQuote> {
    order.members.iter().filter(|member| member.status == OrderStatus::Confirmed)
}

fn sum(counts: impl Iterator<Item = Counts>) -> Counts {
    counts.fold(Counts::ZERO, Counts::saturating_add)
}

/// Returns the accounts of a member that have a price.
fn priced(member: &MemberQuote) -> Counts {
    member.counts.saturating_sub(member.unpriced)
}
