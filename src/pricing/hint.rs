//! Hints of an order: what it would cost if it were ordered differently. A priced order goes in, notes come
//! out.

use jiff::civil::Date;

use super::{NoteKind, Order, OrderQuote, PriceTable, Purchase, PurchaseError, PurchaseKind};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::rates::{RateCard, Start};
use crate::rules::look_up_waiver;

/// Hints of an order, as notes without their facts.
pub(super) struct Hints {
    pub(super) waived_alone: Vec<NoteKind>,
    pub(super) held_expires_with: Option<NoteKind>,
}

/// Returns the downstreams of a paying group that would be waived alone, with the yuan that leaving them out
/// of the group's order would save, by U4 (docs/rules.md#u4).
pub(super) fn waived_alone(
    card: &RateCard,
    table: &PriceTable,
    date: Option<Date>,
    order: &Order,
    quote: &OrderQuote,
) -> Result<Vec<NoteKind>, PurchaseError> {
    let mut found = Vec::new();
    let Some(whole) = quote.payable().filter(|_| !quote.is_free() && quote.charged) else { return Ok(found) };
    for (index, member) in order.members.iter().enumerate() {
        let alone = look_up_waiver(card, &member.customer, date).is_some_and(|waiver| waiver.applied());
        if member.party == order.payer || !member.charged || member.counts.is_zero() || !alone {
            continue;
        }
        let without = order.purchase(|other| other != index)?;
        let rest = match without.counts.is_zero() {
            true => Money::ZERO,
            false => table.price(&without)?.list_price,
        };
        let saving = whole.checked_sub(rest).ok_or(PurchaseError::Overflow)?;
        if saving == Money::ZERO {
            continue;
        }
        let name = member.party.name.clone().unwrap_or_default();
        found.push(NoteKind::DownstreamWaivedAlone { name, saving });
    }
    Ok(found)
}

/// Returns the held accounts of the order's types that expire with it, if its price would differ if they came
/// first in the tiers; only a new purchase comes after held accounts: P12 (docs/rules.md#p12).
pub(super) fn held_expires_with(
    card: &RateCard,
    table: &PriceTable,
    order: &Order,
    quote: &OrderQuote,
    purchase: &Purchase,
) -> Option<NoteKind> {
    let PurchaseKind::New { held: first } = purchase.kind else { return None };
    if !quote.charged || card.accumulation.new_purchase == Start::FromZero {
        return None;
    }
    let mut held = Counts::ZERO;
    for account_type in AccountType::ALL.into_iter().filter(|kind| *purchase.counts.get(*kind) > 0) {
        let charged = order.members.iter().filter(|member| member.charged);
        *held.get_mut(account_type) = charged
            .fold(0, |sum: u32, member| sum.saturating_add(*member.held_expiring_with.get(account_type)));
    }
    if held.is_zero() {
        return None;
    }
    let kind = PurchaseKind::New { held: first.checked_add(held)? };
    let otherwise = table.price(&Purchase { kind, ..*purchase }).ok()?;
    let same = otherwise.annual == quote.priced_annual && otherwise.unpriced == quote.unpriced;
    let list_price = otherwise.unpriced.is_zero().then_some(otherwise.list_price);
    (!same).then_some(NoteKind::HeldExpiresWith { held, list_price })
}
