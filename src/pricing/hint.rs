//! Hints of an order: what it would cost if it were ordered differently. A priced order goes in, notes come
//! out.

use jiff::civil::Date;

use super::parts::Parts;
use super::{Held, NoteKind, Order, OrderQuote, PriceTable, Purchase, PurchaseError, PurchaseKind};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::rates::{NewPurchaseStart, RateCard, RenewalStart, Rule};
use crate::rules::look_up_waiver;

/// Hints of an order, as notes without their facts.
pub(super) struct Hints {
    pub(super) waived_alone: Vec<NoteKind>,
    pub(super) held_expires_with: Option<NoteKind>,
    /// True if other accounts come first, or would by another rule and at another price (P12).
    pub(super) rests_on_start: bool,
}

/// Returns the downstreams of a paying group that would be waived alone, with the yuan that leaving them out
/// of the group's order would save, by U4 (docs/rules.md#u4).
pub(super) fn waived_alone(
    card: &RateCard,
    table: &PriceTable,
    date: Option<Date>,
    order: &Order,
    (quote, parts): (&OrderQuote, &Parts),
) -> Result<Vec<NoteKind>, PurchaseError> {
    let mut found = Vec::new();
    let Some(whole) = quote.payable().filter(|_| !quote.is_free() && quote.charged) else { return Ok(found) };
    for (index, member) in order.members.iter().enumerate() {
        let alone = look_up_waiver(card, &member.customer, date).is_some_and(|waiver| waiver.applied());
        if member.party == order.payer || !alone {
            continue;
        }
        let rest = parts.without(index, member.charged_counts());
        let rest = if rest.is_empty() { Money::ZERO } else { rest.price(table)?.list_price };
        let saving = whole.checked_sub(rest).ok_or(PurchaseError::Overflow)?;
        if saving == Money::ZERO {
            continue;
        }
        let name = member.party.name.clone().unwrap_or_default();
        found.push(NoteKind::DownstreamWaivedAlone { name, saving });
    }
    Ok(found)
}

/// Returns the held accounts of the order's types that expire with it, if its price would differ if they came first in
/// the tiers, or if they did not where they do: P12 (docs/rules.md#p12). None where the card counts no active accounts.
pub(super) fn held_expires_with(table: &PriceTable, quote: &OrderQuote, parts: &Parts) -> Option<NoteKind> {
    let equal = |part: &Purchase| part.held.of_bought(part.counts).equal;
    let held = parts.all().try_fold(Counts::ZERO, |sum, part| sum.checked_add(equal(part)))?;
    if held.is_zero() {
        return None;
    }
    let comes_first = table.rules().new_purchase.counts_equal();
    let otherwise = parts.with_held(|held| match comes_first {
        true => Some(Held { equal: Counts::ZERO, ..held }),
        false => Some(Held { longer: held.longer.checked_add(held.equal)?, ..held }),
    })?;
    let otherwise = otherwise.price(table).ok()?;
    let same = otherwise.annual == quote.priced_annual && otherwise.unpriced == quote.unpriced;
    let list_price = otherwise.unpriced.is_zero().then_some(otherwise.list_price);
    (!same).then_some(NoteKind::HeldExpiresWith { held, comes_first, list_price })
}

/// Returns true if accounts come before the order in the tiers, or if its price would differ if all did that some rule
/// of P12 (docs/rules.md#p12) counts.
pub(super) fn rests_on_start(table: &PriceTable, quote: &OrderQuote, parts: &Parts) -> bool {
    let of_bought = |part: &Purchase| part.held.of_bought(part.counts);
    if !counts_held(table, parts) || parts.all().all(|part| of_bought(part) == Held::NONE) {
        return false;
    }
    if AccountType::ALL.into_iter().any(|kind| quote.starts_after_held(kind)) {
        return true;
    }
    let all = Rule::NewPurchase(NewPurchaseStart::AtLeastOrUnactivated);
    let otherwise = parts.price(&table.under(table.rules().with(all)));
    otherwise.is_ok_and(|price| price.annual != quote.priced_annual || price.unpriced != quote.unpriced)
}

/// Returns true if held accounts can come before an order of its kind: P13 (docs/rules.md#p13) for a renewal.
fn counts_held(table: &PriceTable, parts: &Parts) -> bool {
    match parts.all().next().map(|part| part.kind) {
        Some(PurchaseKind::New) => true,
        Some(PurchaseKind::Renewal) => table.rules().renewal == RenewalStart::AfterHeld,
        Some(PurchaseKind::TestEnterprise) | None => false,
    }
}
