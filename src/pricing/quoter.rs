//! Prices whole orders of one rate card and date. In goes an order; out comes its quote: charged or not, waived or
//! not, itemised, split over the group, with its notes. Read [`Quoter::quote`] first.

use jiff::civil::Date;

use super::hint::{Hints, held_expires_with, waived_alone};
use super::notes::{facts_behind, notes};
use super::{
    Itemised, Line, Member, MemberQuote, Order, OrderError, OrderQuote, OrderStatus, Price, PriceTable,
    PurchaseError, Quote, QuoteError, Totals,
};
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Money, apportion, split_by_weight};
use crate::rates::RateCard;
use crate::rules::look_up_waiver;

/// Rate card compiled once, to price any number of orders of different days.
#[derive(Debug, Clone)]
pub struct Quoter<'c> {
    card: &'c RateCard,
    table: PriceTable,
}

impl<'c> Quoter<'c> {
    /// Compiles a card.
    ///
    /// # Errors
    /// [`QuoteError::Overflow`] if the card's prices overflow the range of money.
    pub fn new(card: &'c RateCard) -> Result<Quoter<'c>, QuoteError> {
        Ok(Quoter { card, table: PriceTable::new(card).map_err(|_| QuoteError::Overflow)? })
    }

    /// Prices one order. Waivers are decided on `date`, Beijing time; without one they are assumed to be in
    /// force.
    ///
    /// # Errors
    /// [`OrderError`], with the payer and the date, if the order cannot be placed.
    pub fn quote(&self, date: Option<Date>, order: &Order) -> Result<OrderQuote, OrderError> {
        quote_order(self.card, &self.table, date, order).map_err(|error| OrderError {
            payer: order.payer.clone(),
            date,
            error,
        })
    }
}

/// Prices orders on a rate card. Waivers are decided on `date`, Beijing time; without one they are assumed to
/// be in force.
///
/// # Errors
/// [`QuoteError`] if an order cannot be placed, or a sum overflows the range of money.
pub fn quote_orders(card: &RateCard, date: Option<Date>, orders: &[Order]) -> Result<Quote, QuoteError> {
    let quoter = Quoter::new(card)?;
    let quotes = orders.iter().map(|order| quoter.quote(date, order)).collect::<Result<Vec<_>, _>>()?;
    let totals = Totals::of(&quotes).ok_or(QuoteError::Overflow)?;
    Ok(Quote { rate_card: card.id.clone(), date, orders: quotes, totals })
}

fn quote_order(
    card: &RateCard,
    table: &PriceTable,
    date: Option<Date>,
    order: &Order,
) -> Result<OrderQuote, PurchaseError> {
    let charged = order.members.iter().any(|member| member.charged);
    let purchase = order.purchase(|_| true)?;
    let itemised = if charged { table.itemise(&purchase)? } else { nothing(card, order)? };
    let annual = itemised.price.annual.basic.checked_add(itemised.price.annual.interop);
    let exact =
        annual.is_some_and(|annual| annual.scales_exactly(itemised.price.days, card.term.days_per_year));
    let mut quote = OrderQuote {
        payer: order.payer.clone(),
        members: Vec::new(),
        term: order.term,
        days: itemised.price.days,
        charged,
        test_enterprise: order.test_enterprise,
        renewal: order.renewal,
        start: table.start(purchase.kind),
        formula: itemised.formula(order.term, &card.term),
        priced_annual: itemised.price.annual,
        priced: itemised.price.list_price,
        rounded: !exact,
        negotiated: negotiated_accounts(&itemised.lines),
        unpriced: itemised.price.unpriced,
        negotiated_price: order.negotiated,
        lines: itemised.lines,
        waiver: charged.then(|| look_up_waiver(card, &order.customer, date)).flatten(),
        status: status_of(order),
        facts: Vec::new(),
        notes: Vec::new(),
    };
    quote.members = members(order, &quote);
    let hints = Hints {
        waived_alone: waived_alone(card, table, date, order, &quote)?,
        held_expires_with: held_expires_with(card, table, order, &quote, &purchase),
    };
    quote.facts = facts_behind(card, order, &quote, &hints);
    quote.notes = notes(card, order, &quote, hints);
    Ok(quote)
}

fn nothing(card: &RateCard, order: &Order) -> Result<Itemised, PurchaseError> {
    let days = card.term.days(order.term).ok_or(PurchaseError::Overflow)?;
    let price = Price { annual: PerType::default(), list_price: Money::ZERO, unpriced: Counts::ZERO, days };
    Ok(Itemised { price, lines: Vec::new() })
}

fn negotiated_accounts(lines: &[Line]) -> Counts {
    let mut counts = Counts::ZERO;
    for line in lines.iter().filter(|line| line.tier.is_none()) {
        *counts.get_mut(line.account_type) = u32::try_from(line.count()).unwrap_or(u32::MAX);
    }
    counts
}

/// Returns the status of the whole: unconfirmed if every member is that it buys accounts for.
fn status_of(order: &Order) -> OrderStatus {
    let status = |buying: bool| {
        let members = order.members.iter().filter(move |member| bought_for(member).is_zero() != buying);
        members.map(|member| member.status).min()
    };
    status(true).or_else(|| status(false)).unwrap_or_default().max(order.status)
}

fn bought_for(member: &Member) -> Counts {
    if member.charged { member.counts } else { Counts::ZERO }
}

/// Returns the members with their shares: the payable amount, as far as prices are known, split first over
/// the account types by their annual amounts, then over the members by their accounts of the type, each time
/// by largest remainder.
fn members(order: &Order, quote: &OrderQuote) -> Vec<MemberQuote> {
    let annual = AccountType::ALL.map(|kind| quote.priced_annual.get(kind).ten_thousandths());
    let by_type = split_by_weight(quote.priced_payable(), &annual);
    let mut parts = vec![(0i64, Counts::ZERO); order.members.len()];
    for (account_type, amount) in AccountType::ALL.into_iter().zip(by_type) {
        let weights: Vec<u64> =
            order.members.iter().map(|member| u64::from(*bought_for(member).get(account_type))).collect();
        let amounts = split_by_weight(amount, &weights);
        let counts = apportion(i64::from(*quote.unpriced.get(account_type)), &weights);
        for ((share, unpriced), (amount, count)) in parts.iter_mut().zip(amounts.into_iter().zip(counts)) {
            *share += amount.fen();
            *unpriced.get_mut(account_type) = u32::try_from(count).unwrap_or_default();
        }
    }
    let member = |(member, (share, unpriced)): (&Member, (i64, Counts))| {
        let priced_share = Money::from_fen(share);
        MemberQuote {
            party: member.party.clone(),
            counts: bought_for(member),
            need: member.need,
            have: member.have,
            share: quote.payable().map(|_| priced_share),
            priced_share,
            unpriced,
            status: member.status.max(order.status),
        }
    };
    order.members.iter().zip(parts).map(member).collect()
}

#[cfg(test)]
mod tests;
