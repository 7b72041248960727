use std::collections::BTreeSet;

use jiff::civil::Date;

use super::filler::{Cost, Filler};
use super::{FitError, Mix};
use crate::account::AccountType;
use crate::money::{Money, UnitPrice};
use crate::pricing::Order;
use crate::rates::RateCard;

/// Curve of the payable amount against the number of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceCurve {
    /// Points by count, from zero on: evenly spread ones, both sides of every edge, and the marked point.
    /// Within one tier the price of a single type is a straight line between neighbours, apart from rounding.
    pub points: Vec<CurvePoint>,
    /// The counts at which the price of a further account changes, in order.
    pub edges: Vec<TierEdge>,
    /// Marked point, the customer's own count: one of `points`.
    pub place: CurvePoint,
}

/// Number of accounts and its price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurvePoint {
    /// Accounts of both types together.
    pub accounts: u32,
    /// Payable amount of an order of that size for its term, in yuan.
    pub payable: Money,
}

/// The first account of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierEdge {
    /// The type whose tier it is.
    pub account_type: AccountType,
    /// The ordinal at which the tier begins, from 1, held accounts included.
    pub ordinal: u64,
    /// The accounts of both types together that the order has with this one.
    pub accounts: u32,
    /// List or negotiated price of an account of the tier, in yuan a year; `None` if it has none.
    pub unit_price: Option<UnitPrice>,
}

/// Computes the price of an order against its count, from zero to a quarter beyond `place` (at least ten
/// accounts beyond), as far as there are prices and one order can go. `place` is the customer's own count,
/// lowered to the last one that has a price; `steps` is the number of evenly spread points after the first.
///
/// # Errors
/// [`FitError::Quote`] if the order has no price at any count, such as for its term.
pub fn chart(
    card: &RateCard,
    date: Option<Date>,
    order: &Order,
    mix: Mix,
    place: u32,
    steps: u32,
) -> Result<PriceCurve, FitError> {
    let filler = Filler::new(card, date, order, mix);
    let last = filler.most_accounts(|cost| matches!(cost, Cost::Known(_)))?;
    let place = place.min(last);
    let end = place.saturating_add((place / 4).max(10)).min(last);
    let edges = edges(&filler, end)?;
    let mut counts: BTreeSet<u32> = spread(end, steps).collect();
    counts.extend(edges.iter().flat_map(|edge| [edge.accounts - 1, edge.accounts]));
    counts.extend([0, place, end]);
    let points =
        counts.into_iter().map(|accounts| point(&filler, accounts)).collect::<Result<Vec<_>, _>>()?;
    Ok(PriceCurve { points, edges, place: point(&filler, place)? })
}

fn point(filler: &Filler<'_>, accounts: u32) -> Result<CurvePoint, FitError> {
    let payable = match filler.cost(accounts)? {
        Cost::Known(payable) => payable,
        Cost::Unpriced | Cost::BeyondLimit => Money::ZERO,
    };
    Ok(CurvePoint { accounts, payable })
}

fn spread(end: u32, steps: u32) -> impl Iterator<Item = u32> {
    let at = move |step: u32| u64::from(end) * u64::from(step) / u64::from(steps.max(1));
    (0..=steps).filter_map(move |step| u32::try_from(at(step)).ok())
}

/// Returns the edges: those between the lines of the longest order of the chart, and of the longest one before each
/// count from which all accounts of a type are negotiated.
fn edges(filler: &Filler<'_>, end: u32) -> Result<Vec<TierEdge>, FitError> {
    let cliffs: Vec<(u32, AccountType)> =
        filler.cliffs()?.into_iter().filter(|(accounts, _)| *accounts <= end).collect();
    let mut edges: Vec<TierEdge> = Vec::new();
    for (accounts, account_type) in &cliffs {
        edges.extend(edges_of_lines(filler, accounts - 1)?);
        let Some(quote) = filler.quote(*accounts)? else { continue };
        let last = quote.lines.iter().rfind(|line| line.account_type == *account_type);
        edges.extend(last.map(|line| TierEdge {
            account_type: *account_type,
            ordinal: line.to,
            accounts: *accounts,
            unit_price: line.unit_price,
        }));
    }
    edges.extend(edges_of_lines(filler, end)?);
    edges.sort_by_key(|edge| (edge.accounts, edge.account_type));
    edges.dedup();
    Ok(edges)
}

fn edges_of_lines(filler: &Filler<'_>, end: u32) -> Result<Vec<TierEdge>, FitError> {
    let Some(quote) = filler.quote(end)? else { return Ok(Vec::new()) };
    let edges = quote.lines.iter().filter_map(|line| {
        let start = u64::from(*quote.start.get(line.account_type));
        let nth_bought = line.from.checked_sub(start).filter(|nth| *nth > 1)?;
        let accounts = total_with(filler.mix(), line.account_type, nth_bought, end);
        Some(TierEdge {
            account_type: line.account_type,
            ordinal: line.from,
            accounts,
            unit_price: line.unit_price,
        })
    });
    Ok(edges.collect())
}

/// Returns the smallest total, at most `end`, that has `nth` accounts of the type.
fn total_with(mix: Mix, account_type: AccountType, nth: u64, end: u32) -> u32 {
    let (mut too_few, mut enough) = (0, end);
    while enough - too_few > 1 {
        let middle = too_few + (enough - too_few) / 2;
        if u64::from(*mix.counts(middle).get(account_type)) >= nth {
            enough = middle;
        } else {
            too_few = middle;
        }
    }
    enough
}
