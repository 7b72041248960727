//! What an order would cost otherwise: a hint to its reader.

use jiff::civil::Date;

use super::{Order, OrderQuote, PriceTable, Purchase, PurchaseError, PurchaseKind};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::rates::{RateCard, Start};
use crate::rules::look_up_waiver;

/// All hints of an order.
pub(super) struct Hints {
    pub(super) waived_alone: Vec<WaivedAlone>,
    pub(super) held_expiring_with: Option<HeldExpiringWith>,
}

/// A downstream that would be waived alone, and the yuan that an order of its own would save (U4).
pub(super) struct WaivedAlone {
    pub(super) name: String,
    pub(super) saving: Money,
}

/// Held accounts that run exactly as long as the order, and its list price if they came first (P12); `None`
/// where it would have accounts without a price.
pub(super) struct HeldExpiringWith {
    pub(super) held: Counts,
    pub(super) list_price: Option<Money>,
}

/// The downstreams of a paying group that would be waived alone, with the yuan that leaving them out of the
/// group's order would save (U4).
pub(super) fn waived_alone(
    card: &RateCard,
    table: &PriceTable,
    date: Option<Date>,
    order: &Order,
    quote: &OrderQuote,
) -> Result<Vec<WaivedAlone>, PurchaseError> {
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
        found.push(WaivedAlone { name: member.party.name.clone().unwrap_or_default(), saving });
    }
    Ok(found)
}

/// The held accounts of the order's types that run exactly as long as it, where its price would be another if they
/// came first in the tiers; only a new purchase comes after held accounts at all (P12, P13).
pub(super) fn held_expiring_with(
    card: &RateCard,
    table: &PriceTable,
    order: &Order,
    quote: &OrderQuote,
    purchase: &Purchase,
) -> Option<HeldExpiringWith> {
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
    (!same).then_some(HeldExpiringWith { held, list_price })
}
