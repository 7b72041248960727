//! Prices whole orders of one rate card and date. In goes an order; out comes its quote: charged or not, waived or
//! not, itemised, split over the group, with its notes. Read [`Quoter::quote`] first.

use jiff::civil::Date;

use super::hint::{Hints, held_expires_with, rests_on_start, waived_alone};
use super::notes::{facts_behind, notes};
use super::parts::Parts;
use super::{
    Itemised, Line, Member, MemberQuote, Order, OrderError, OrderQuote, OrderStatus, Price, PriceTable,
    PurchaseError, Quote, QuoteError, Totals,
};
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Money, UnitPrice, apportion, split_by_weight};
use crate::rates::{PricingRules, RateCard};
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
        let failed = |error| OrderError { payer: order.payer.clone(), date, error };
        quote_order(self.card, &self.table, date, order).map_err(failed)
    }

    /// Returns what has to be paid for an order, as [`OrderQuote::payable`] of its quote, without the rest of it.
    ///
    /// # Errors
    /// As [`Quoter::quote`].
    pub fn payable(&self, date: Option<Date>, order: &Order) -> Result<Option<Money>, OrderError> {
        let failed = |error| OrderError { payer: order.payer.clone(), date, error };
        self.price(date, order).map_err(failed)
    }

    /// Returns the quoter of the same card under other rules of pricing. The facts of its quotes are those of the card.
    #[must_use]
    pub fn under(&self, rules: PricingRules) -> Quoter<'c> {
        Quoter { card: self.card, table: self.table.under(rules) }
    }

    /// Returns the quoter of the same card with another unit price of a type in a tier, by the index of the tier.
    ///
    /// # Errors
    /// [`QuoteError::Overflow`] if the prices then overflow the range of money.
    pub fn with_unit_price(
        &self,
        account_type: AccountType,
        tier: usize,
        price: UnitPrice,
    ) -> Result<Quoter<'c>, QuoteError> {
        let table = self.table.with_unit_price(account_type, tier, price).ok_or(QuoteError::Overflow)?;
        Ok(Quoter { card: self.card, table })
    }

    fn price(&self, date: Option<Date>, order: &Order) -> Result<Option<Money>, PurchaseError> {
        if !order.members.iter().any(|member| member.charged) {
            return Ok(Some(Money::ZERO));
        }
        let price = Parts::of(&self.table, order)?.price(&self.table)?;
        let is_free = self.is_free(date, order);
        Ok(if is_free { Some(Money::ZERO) } else { price.is_complete().then_some(price.list_price) })
    }

    pub(super) fn table(&self) -> &PriceTable {
        &self.table
    }

    /// Returns true if an order of a customer who is charged costs nothing.
    pub(super) fn is_free(&self, date: Option<Date>, order: &Order) -> bool {
        let is_waived =
            || look_up_waiver(self.card, &order.customer, date).is_some_and(|waiver| waiver.applied());
        order.test_enterprise || is_waived()
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
    let parts = Parts::of(table, order)?;
    let itemised = if charged { parts.itemise(table)? } else { nothing(table, order)? };
    let mut quote = OrderQuote {
        payer: order.payer.clone(),
        members: Vec::new(),
        term: order.term,
        days: itemised.price.days,
        factor: itemised.factor,
        charged,
        test_enterprise: order.test_enterprise,
        renewal: order.renewal,
        start: parts.start(table),
        formula: itemised.formula(),
        priced_annual: itemised.price.annual,
        priced: itemised.price.list_price,
        is_billed: false,
        rounded: itemised.rounded,
        negotiated: negotiated_accounts(&itemised.lines),
        unpriced: itemised.price.unpriced,
        negotiated_price: order.negotiated,
        lines: itemised.lines,
        waiver: charged.then(|| look_up_waiver(card, &order.customer, date)).flatten(),
        status: status_of(order),
        facts: Vec::new(),
        notes: Vec::new(),
    };
    quote.members = members(order, &quote, itemised.list_price_by_type);
    let hints = Hints {
        waived_alone: waived_alone(card, table, date, order, (&quote, &parts))?,
        held_expires_with: held_expires_with(table, &quote, &parts),
        rests_on_start: rests_on_start(table, &quote, &parts),
    };
    quote.facts = facts_behind(card, order, &quote, &hints);
    quote.notes = notes(card, order, &quote, hints);
    Ok(quote)
}

pub(super) fn nothing(table: &PriceTable, order: &Order) -> Result<Itemised, PurchaseError> {
    let days = table.term_rules().days(order.term).ok_or(PurchaseError::Overflow)?;
    let price = Price { annual: PerType::default(), list_price: Money::ZERO, unpriced: Counts::ZERO, days };
    Ok(Itemised {
        price,
        lines: Vec::new(),
        factor: table.factor(&order.purchase()?)?,
        rounded_part: table.rules().rounding.per,
        rounded: false,
        list_price_by_type: None,
    })
}

fn negotiated_accounts(lines: &[Line]) -> Counts {
    let mut counts = Counts::ZERO;
    for line in lines.iter().filter(|line| line.tier.is_none()) {
        let count = counts.get_mut(line.account_type);
        *count = count.saturating_add(u32::try_from(line.count()).unwrap_or(u32::MAX));
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

/// Returns the members with their shares: the payable amount, as far as prices are known, split first over the account
/// types, by their annual amounts unless each type has a price of its own, then over the members by their accounts of
/// the type, or by what these cost where each member's tiers run apart; each time by largest remainder.
fn members(order: &Order, quote: &OrderQuote, by_type: Option<PerType<Money>>) -> Vec<MemberQuote> {
    let annual = AccountType::ALL.map(|kind| quote.priced_annual.get(kind).ten_thousandths());
    let by_type = match by_type.filter(|_| !quote.is_free()) {
        Some(prices) => AccountType::ALL.map(|kind| *prices.get(kind)).to_vec(),
        None => split_by_weight(quote.priced_payable(), &annual),
    };
    let mut parts = vec![(0i64, Counts::ZERO); order.members.len()];
    for (account_type, amount) in AccountType::ALL.into_iter().zip(by_type) {
        let (by_price, by_gap) = weights(order, quote, account_type);
        let amounts = split_by_weight(amount, &by_price);
        let counts = apportion(i64::from(*quote.unpriced.get(account_type)), &by_gap);
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

/// Returns the weight of each member in the price of a type, and in its accounts without a price.
fn weights(order: &Order, quote: &OrderQuote, account_type: AccountType) -> (Vec<u64>, Vec<u64>) {
    let lines = || quote.lines.iter().filter(|line| line.account_type == account_type);
    if lines().all(|line| line.member.is_none()) {
        let counts: Vec<u64> =
            order.members.iter().map(|member| u64::from(*bought_for(member).get(account_type))).collect();
        return (counts.clone(), counts);
    }
    let of = |index: usize, weight: fn(&Line) -> u64| {
        let own = lines().filter(|line| line.member == Some(index));
        own.map(weight).fold(0, u64::saturating_add)
    };
    let price = |line: &Line| line.annual.map_or(0, |annual| annual.ten_thousandths());
    let gap = |line: &Line| if line.annual.is_none() { line.count() } else { 0 };
    let members = 0..order.members.len();
    (members.clone().map(|index| of(index, price)).collect(), members.map(|index| of(index, gap)).collect())
}

#[cfg(test)]
mod tests;
