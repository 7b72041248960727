use jiff::civil::Date;
use thiserror::Error;

use super::hint::{Hints, held_as_long, waived_alone};
use super::note;
use super::{
    Itemised, Line, Member, Note, Order, OrderStatus, Party, Price, PriceTable, Purchase, PurchaseError,
    PurchaseKind,
};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::diagnostic::Diagnostic;
use crate::money::{Amount, Money, UnitPrice, split_by_weight};
use crate::rates::RateCard;
use crate::rules::{WaiverFinding, look_up_waiver};

/// Orders priced on one rate card and, where dated, for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The id of the rate card.
    pub rate_card: String,
    /// The pricing date, Beijing time; `None` for an undated quote.
    pub date: Option<Date>,
    /// The orders, as given.
    pub orders: Vec<OrderQuote>,
    /// What they come to.
    pub totals: Totals,
}

/// One order priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderQuote {
    /// In whose name the order is placed.
    pub payer: Party,
    /// Whose accounts it buys, and each one's share of the payable.
    pub members: Vec<MemberQuote>,
    /// How long the accounts run.
    pub term: Term,
    /// The term in days.
    pub days: u32,
    /// Whether anything is charged at all (W1).
    pub charged: bool,
    /// Whether the payer is a provider's test enterprise (P14).
    pub test_enterprise: bool,
    /// Whether the order is a renewal (P13).
    pub renewal: bool,
    /// How many accounts come before the order in the bands (P12).
    pub start: Counts,
    /// The lines, by type and ordinal.
    pub lines: Vec<Line>,
    /// How the list price comes about: `(5×5+145×4)×1`.
    pub formula: String,
    /// What one year of the accounts that have a price costs.
    pub priced_annual: PerType<Amount>,
    /// The list price of the accounts that have a price, for the term.
    pub priced: Money,
    /// Whether `priced` had to be rounded (P10).
    pub rounded: bool,
    /// Accounts without a list price, negotiated or not (P5).
    pub negotiated: Counts,
    /// Of those, the ones for which no price is known.
    pub unpriced: Counts,
    /// Yuan a year for each account without a list price, where negotiated; also when the order has none.
    pub negotiated_price: PerType<Option<UnitPrice>>,
    /// The waiver that was looked at.
    pub waiver: Option<WaiverFinding>,
    /// Whether the order counts towards the firm total.
    pub status: OrderStatus,
    /// The ids of the facts that the figures rest on, each once.
    pub facts: Vec<String>,
    /// What a reader must know.
    pub notes: Vec<Note>,
}

/// A member's part of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberQuote {
    /// Who it is.
    pub party: Party,
    /// The accounts bought for it.
    pub counts: Counts,
    /// Its part of the payable, for internal charging; `None` while the payable is not known.
    pub share: Option<Money>,
}

/// What the orders of a quote come to. Where something has no price, the sums cover what has one, and
/// `complete` is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// List prices of the confirmed orders.
    pub list_price: Money,
    /// Of that, what is waived or free.
    pub waived: Money,
    /// What has to be paid for the confirmed orders.
    pub payable: Money,
    /// What would have to be paid for the unconfirmed orders; not in `payable`.
    pub unconfirmed: Money,
    /// How many orders are unconfirmed.
    pub unconfirmed_orders: u32,
    /// Accounts without a price, of all orders; in none of the sums.
    pub unpriced: Counts,
    /// Of those, what keeps `payable` from being known: neither unconfirmed nor waived or free.
    pub payable_unpriced: Counts,
    /// Whether nothing is unconfirmed and nothing unpriced.
    pub complete: bool,
}

/// Why a quote cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuoteError {
    /// An order has no price.
    #[error("{}: {error}", payer.name.as_deref().unwrap_or("the order"))]
    Order {
        /// Whose order.
        payer: Party,
        /// Why.
        error: PurchaseError,
    },
    /// The orders together leave the range of money.
    #[error("the total is too large to be computed")]
    Overflow,
}

impl QuoteError {
    /// The same as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            QuoteError::Order { error, .. } => error.diagnostic(),
            QuoteError::Overflow => PurchaseError::Overflow.diagnostic(),
        }
    }
}

impl OrderQuote {
    /// Whether every account has a price.
    pub fn is_complete(&self) -> bool {
        self.unpriced.is_zero()
    }

    /// Whether the other order buys the same for the same members at the same price, whatever its day, its kind and
    /// its notes.
    pub fn is_alike(&self, other: &OrderQuote) -> bool {
        let what = |order: &OrderQuote| (order.term, order.days, order.start, order.charged, order.status);
        let price = |order: &OrderQuote| (order.priced, order.priced_payable(), order.negotiated_price);
        let free = |order: &OrderQuote| (order.test_enterprise, order.is_free());
        self.payer == other.payer
            && self.members == other.members
            && self.lines == other.lines
            && what(self) == what(other)
            && price(self) == price(other)
            && free(self) == free(other)
    }

    /// Whether nothing has to be paid although the accounts have a list price.
    pub fn is_free(&self) -> bool {
        self.test_enterprise || self.waiver.as_ref().is_some_and(WaiverFinding::applied)
    }

    /// What a year costs by list; `None` while an account has no price.
    pub fn annual(&self) -> Option<Amount> {
        self.is_complete().then(|| self.priced_annual_sum()).flatten()
    }

    /// What a year of the accounts that have a price costs by list.
    pub fn priced_annual_sum(&self) -> Option<Amount> {
        self.priced_annual.basic.checked_add(self.priced_annual.interop)
    }

    /// The list price for the term; `None` while an account has no price.
    pub fn list_price(&self) -> Option<Money> {
        self.is_complete().then_some(self.priced)
    }

    /// What has to be paid; `None` while an account has no price and nothing lets the payer off.
    pub fn payable(&self) -> Option<Money> {
        if self.is_free() { Some(Money::ZERO) } else { self.list_price() }
    }

    /// What has to be paid as far as prices are known.
    pub fn priced_payable(&self) -> Money {
        if self.is_free() { Money::ZERO } else { self.priced }
    }
}

impl Totals {
    /// What these orders come to; `None` when a sum leaves the range of money.
    pub fn of<'q>(orders: impl IntoIterator<Item = &'q OrderQuote>) -> Option<Totals> {
        let mut totals = Totals { complete: true, ..Totals::default() };
        for order in orders {
            totals.unpriced = totals.unpriced.checked_add(order.unpriced)?;
            totals.complete &= order.is_complete() && order.status == OrderStatus::Confirmed;
            if order.status == OrderStatus::Unconfirmed {
                totals.unconfirmed = totals.unconfirmed.checked_add(order.priced_payable())?;
                totals.unconfirmed_orders += 1;
                continue;
            }
            totals.list_price = totals.list_price.checked_add(order.priced)?;
            totals.payable = totals.payable.checked_add(order.priced_payable())?;
            if order.payable().is_none() {
                totals.payable_unpriced = totals.payable_unpriced.checked_add(order.unpriced)?;
            }
        }
        totals.waived = totals.list_price.checked_sub(totals.payable)?;
        Some(totals)
    }
}

/// A rate card that is ready to price any number of orders of different days: it is compiled once.
#[derive(Debug, Clone)]
pub struct Quoter<'c> {
    card: &'c RateCard,
    table: PriceTable,
}

impl<'c> Quoter<'c> {
    /// Compiles a card.
    ///
    /// # Errors
    /// As [`PriceTable::new`].
    pub fn new(card: &'c RateCard) -> Result<Quoter<'c>, PurchaseError> {
        Ok(Quoter { card, table: PriceTable::new(card)? })
    }

    /// Prices one order. Waivers are judged on `date`, Beijing time; without one they are taken as in force.
    ///
    /// # Errors
    /// Why the order cannot be placed.
    pub fn quote(&self, date: Option<Date>, order: &Order) -> Result<OrderQuote, PurchaseError> {
        quote_order(self.card, &self.table, date, order)
    }
}

/// Prices orders on a rate card. Waivers are judged on `date`; without one they are taken as in force.
///
/// # Errors
/// [`QuoteError`] for an order that cannot be placed, or sums beyond the range of money.
pub fn quote_orders(card: &RateCard, date: Option<Date>, orders: &[Order]) -> Result<Quote, QuoteError> {
    let failed = |order: &Order, error| QuoteError::Order { payer: order.payer.clone(), error };
    let mut quotes = Vec::with_capacity(orders.len());
    if let Some(first) = orders.first() {
        let quoter = Quoter::new(card).map_err(|error| failed(first, error))?;
        for order in orders {
            quotes.push(quoter.quote(date, order).map_err(|error| failed(order, error))?);
        }
    }
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
    let purchase = purchase_of(order, |_| true)?;
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
    quote.members = split(order, &quote);
    let hints = Hints {
        waived_alone: waived_alone(card, table, date, order, &quote)?,
        held_as_long: held_as_long(card, table, order, &quote, &purchase),
    };
    quote.facts = note::facts_behind(card, order, &quote, &hints);
    quote.notes = note::notes(card, order, &quote, &hints);
    Ok(quote)
}

/// The accounts of the charged members that `included` lets in, as one purchase.
pub(super) fn purchase_of(
    order: &Order,
    included: impl Fn(usize) -> bool,
) -> Result<Purchase, PurchaseError> {
    let mut counts = Counts::ZERO;
    let mut held = Counts::ZERO;
    for (index, member) in order.members.iter().enumerate().filter(|(_, member)| member.charged) {
        held = held.checked_add(member.held).ok_or(PurchaseError::Overflow)?;
        if included(index) {
            counts = counts.checked_add(member.counts).ok_or(PurchaseError::Overflow)?;
        }
    }
    let kind = match (order.test_enterprise, order.renewal) {
        (true, _) => PurchaseKind::TestEnterprise,
        (false, true) => PurchaseKind::Renewal,
        (false, false) => PurchaseKind::New { held },
    };
    Ok(Purchase { counts, term: order.term, kind, negotiated: order.negotiated })
}

fn nothing(card: &RateCard, order: &Order) -> Result<Itemised, PurchaseError> {
    let days = card.term.days(order.term).ok_or(PurchaseError::Overflow)?;
    let price = Price { annual: PerType::default(), list_price: Money::ZERO, unpriced: Counts::ZERO, days };
    Ok(Itemised { price, lines: Vec::new() })
}

fn negotiated_accounts(lines: &[Line]) -> Counts {
    let mut counts = Counts::ZERO;
    for line in lines.iter().filter(|line| line.band.is_none()) {
        *counts.get_mut(line.account_type) = u32::try_from(line.count()).unwrap_or(u32::MAX);
    }
    counts
}

fn status_of(order: &Order) -> OrderStatus {
    let members = order.members.iter().map(|member| member.status);
    members.chain([order.status]).max().unwrap_or_default()
}

/// Splits the payable first over the account types by their annual amounts, then over the members by their
/// accounts of the type, each time by largest remainder.
fn split(order: &Order, quote: &OrderQuote) -> Vec<MemberQuote> {
    let counted = |member: &Member| if member.charged { member.counts } else { Counts::ZERO };
    let shares = quote.payable().map(|payable| {
        let annual = AccountType::ALL.map(|kind| quote.priced_annual.get(kind).ten_thousandths());
        let by_type = split_by_weight(payable, &annual);
        let mut shares = vec![0i64; order.members.len()];
        for (account_type, part) in AccountType::ALL.into_iter().zip(by_type) {
            let weights: Vec<u64> =
                order.members.iter().map(|member| u64::from(*counted(member).get(account_type))).collect();
            for (share, addend) in shares.iter_mut().zip(split_by_weight(part, &weights)) {
                *share += addend.fen();
            }
        }
        shares
    });
    order
        .members
        .iter()
        .enumerate()
        .map(|(index, member)| MemberQuote {
            party: member.party.clone(),
            counts: counted(member),
            share: shares.as_ref().map(|shares| Money::from_fen(shares[index])),
        })
        .collect()
}

#[cfg(test)]
mod tests;
