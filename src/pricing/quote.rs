use jiff::civil::Date;
use thiserror::Error;

use super::{Line, Note, NoteKind, OrderStatus, Party, PurchaseError, TermFactor};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::money::{Amount, Money, UnitPrice, split_by_weight};
use crate::rules::WaiverFinding;

/// Orders priced on one rate card and, if dated, for one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Id of the rate card.
    pub rate_card: String,
    /// Pricing date, Beijing time; `None` for an undated quote.
    pub date: Option<Date>,
    /// Quotes of the orders, in their order.
    pub orders: Vec<OrderQuote>,
    /// Their sums, in yuan.
    pub totals: Totals,
}

/// Quote of one order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderQuote {
    /// Enterprise in whose name the order is placed.
    pub payer: Party,
    /// Enterprises whose accounts it buys, each with its share of the payable amount.
    pub members: Vec<MemberQuote>,
    /// The term of the accounts.
    pub term: Term,
    /// Term in days.
    pub days: u32,
    /// The part of the annual price that the term costs.
    pub factor: TermFactor,
    /// True if anything is charged at all (W1, docs/rules.md#w1).
    pub charged: bool,
    /// True if the payer is a provider's test enterprise (P14, docs/rules.md#p14).
    pub test_enterprise: bool,
    /// True if the order is a renewal (P13, docs/rules.md#p13).
    pub renewal: bool,
    /// The accounts that come before the order in the tiers (P12, docs/rules.md#p12).
    pub start: Counts,
    /// Lines, by type and ordinal.
    pub lines: Vec<Line>,
    /// The list price as a calculation: `(5×5+145×4)×1`.
    pub formula: String,
    /// The price of one year of the accounts that have one, exact, by type.
    pub priced_annual: PerType<Amount>,
    /// The list price of the accounts that have one, for the term, in whole fen.
    pub priced: Money,
    /// True if `priced` is what WeCom billed, and not the price by the card.
    pub is_billed: bool,
    /// True if `priced` had to be rounded (P10, docs/rules.md#p10).
    pub rounded: bool,
    /// Accounts without a list price, negotiated or not (P5, docs/rules.md#p5).
    pub negotiated: Counts,
    /// Those among them whose price is not known.
    pub unpriced: Counts,
    /// Negotiated price of each account without a list price, in yuan a year; set even if the order has none.
    pub negotiated_price: PerType<Option<UnitPrice>>,
    /// Waiver that was considered.
    pub waiver: Option<WaiverFinding>,
    /// Confirmed if at least one member is, so that its share counts towards the firm total.
    pub status: OrderStatus,
    /// Ids of the facts that the figures rest on, each once.
    pub facts: Vec<String>,
    /// The notes that a reader must know.
    pub notes: Vec<Note>,
}

/// Share of one member in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberQuote {
    /// Its identity.
    pub party: Party,
    /// Accounts bought for it.
    pub counts: Counts,
    /// Its users who need an account.
    pub need: Counts,
    /// What it has: active accounts, and codes that can still be activated.
    pub have: Counts,
    /// Its part of the payable amount, for internal charging; `None` if the payable amount is unknown.
    pub share: Option<Money>,
    /// Its part of the payable amount as far as prices are known.
    pub priced_share: Money,
    /// Its part of the order's accounts without a known price, in proportion to its accounts.
    pub unpriced: Counts,
    /// Confirmed if its share counts towards the firm total.
    pub status: OrderStatus,
}

/// The sums of a quote's orders. Where something has no price, the sums cover what has one, and
/// `complete` is false. The shares of unconfirmed members are apart from the others, and no gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Sum of the list prices of the confirmed orders, less the shares of their unconfirmed members.
    pub list_price: Money,
    /// The part of it that is waived or free.
    pub waived: Money,
    /// The payable of the confirmed members.
    pub payable: Money,
    /// The payable of the unconfirmed members; not in `payable`.
    pub unconfirmed: Money,
    /// The number of orders that are unconfirmed, in whole or in part.
    pub unconfirmed_orders: u32,
    /// Accounts without a price, of all orders; in none of the sums.
    pub unpriced: Counts,
    /// Those among them that keep `payable` from being known: neither unconfirmed nor waived or free.
    pub payable_unpriced: Counts,
    /// True if every account has a price.
    pub complete: bool,
}

/// Error of an order that cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{}: {error}", payer.name.as_deref().unwrap_or("the order"), on(*date))]
pub struct OrderError {
    /// Payer of the order.
    pub payer: Party,
    /// Pricing date, Beijing time; `None` in an undated quote.
    pub date: Option<Date>,
    /// The reason.
    pub error: PurchaseError,
}

fn on(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| format!(" on {date}"))
}

/// The reason why a quote cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum QuoteError {
    /// An order cannot be placed.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// A price of the rate card, or the sum of the orders, overflows the range of money.
    #[error("the total is too large to be computed")]
    Overflow,
}

impl OrderQuote {
    /// Returns true if every account has a price.
    pub fn is_complete(&self) -> bool {
        self.unpriced.is_zero()
    }

    /// Returns true if accounts of this type are bought and held ones come before them in the tiers (P12).
    pub fn starts_after_held(&self, account_type: AccountType) -> bool {
        *self.start.get(account_type) > 0 && self.lines.iter().any(|line| line.account_type == account_type)
    }

    /// Returns true if nothing has to be paid although the accounts have a list price.
    pub fn is_free(&self) -> bool {
        !self.is_billed && (self.test_enterprise || self.waiver.as_ref().is_some_and(WaiverFinding::applied))
    }

    /// Returns the quote with the amount that WeCom billed in place of its price: nothing is unknown then, or waived. The
    /// members share it as they shared the price.
    #[must_use]
    pub fn billed(mut self, billed: Money) -> OrderQuote {
        let by_card = self.payable();
        let of_price = |member: &MemberQuote| u64::try_from(member.priced_share.fen()).unwrap_or(0);
        let of_counts =
            |member: &MemberQuote| u64::from(member.counts.basic) + u64::from(member.counts.interop);
        let mut weights: Vec<u64> = self.members.iter().map(of_price).collect();
        if by_card.is_none() || weights.iter().all(|weight| *weight == 0) {
            weights = self.members.iter().map(of_counts).collect();
        }
        for (member, share) in self.members.iter_mut().zip(split_by_weight(billed, &weights)) {
            (member.share, member.priced_share, member.unpriced) = (Some(share), share, Counts::ZERO);
        }
        self.notes.retain(|note| !matches!(note.kind, NoteKind::NegotiatedUnpriced { .. }));
        self.notes.push(Note { fact: None, kind: NoteKind::Billed { by_card } });
        (self.priced, self.is_billed, self.rounded, self.unpriced) = (billed, true, false, Counts::ZERO);
        self
    }

    /// Returns the part of the payable that some accounts of a type have; `None` if the payable is not known.
    pub fn worth(&self, account_type: AccountType, count: u32) -> Option<Money> {
        let annual = AccountType::ALL.map(|kind| self.priced_annual.get(kind).ten_thousandths());
        let by_type = split_by_weight(self.payable()?, &annual);
        let part = AccountType::ALL.iter().zip(by_type).find(|(kind, _)| **kind == account_type)?.1;
        let of_members = self.members.iter().map(|member| *member.counts.get(account_type));
        let bought: u32 = of_members.fold(0, u32::saturating_add);
        let weights = [u64::from(count), u64::from(bought.saturating_sub(count))];
        split_by_weight(part, &weights).first().copied()
    }

    /// Returns what a year costs by list; `None` while an account has no price.
    pub fn annual(&self) -> Option<Amount> {
        self.is_complete().then(|| self.priced_annual_sum()).flatten()
    }

    /// Returns what a year of the accounts that have a price costs by list.
    pub fn priced_annual_sum(&self) -> Option<Amount> {
        self.priced_annual.basic.checked_add(self.priced_annual.interop)
    }

    /// Returns the list price for the term; `None` while an account has no price.
    pub fn list_price(&self) -> Option<Money> {
        self.is_complete().then_some(self.priced)
    }

    /// Returns what has to be paid; `None` while an account has no price and the payer is not exempt.
    pub fn payable(&self) -> Option<Money> {
        if self.is_free() { Some(Money::ZERO) } else { self.list_price() }
    }

    /// Returns what has to be paid as far as prices are known.
    pub fn priced_payable(&self) -> Money {
        if self.is_free() { Money::ZERO } else { self.priced }
    }

    /// Returns what the unconfirmed members have to pay, as far as prices are known; `None` on overflow.
    pub fn unconfirmed_payable(&self) -> Option<Money> {
        match self.status {
            OrderStatus::Unconfirmed => Some(self.priced_payable()),
            OrderStatus::Confirmed => self.unconfirmed_members().map(|member| member.priced_share).sum(),
        }
    }

    /// Returns the members that have accounts in the order and are not confirmed.
    pub fn unconfirmed_members(&self) -> impl Iterator<Item = &MemberQuote> {
        let is_unconfirmed = |member: &&MemberQuote| member.status == OrderStatus::Unconfirmed;
        self.members.iter().filter(is_unconfirmed).filter(|member| !member.counts.is_zero())
    }
}

impl Totals {
    /// Returns the sum of both; `None` on overflow.
    pub fn checked_add(&self, other: &Totals) -> Option<Totals> {
        Some(Totals {
            list_price: self.list_price.checked_add(other.list_price)?,
            waived: self.waived.checked_add(other.waived)?,
            payable: self.payable.checked_add(other.payable)?,
            unconfirmed: self.unconfirmed.checked_add(other.unconfirmed)?,
            unconfirmed_orders: self.unconfirmed_orders.checked_add(other.unconfirmed_orders)?,
            unpriced: self.unpriced.checked_add(other.unpriced)?,
            payable_unpriced: self.payable_unpriced.checked_add(other.payable_unpriced)?,
            complete: self.complete && other.complete,
        })
    }

    /// Sums orders; returns `None` on overflow.
    pub fn of<'q>(orders: impl IntoIterator<Item = &'q OrderQuote>) -> Option<Totals> {
        let mut totals = Totals { complete: true, ..Totals::default() };
        for order in orders {
            totals.unpriced = totals.unpriced.checked_add(order.unpriced)?;
            totals.complete &= order.is_complete();
            let unconfirmed = order.unconfirmed_payable()?;
            totals.unconfirmed = totals.unconfirmed.checked_add(unconfirmed)?;
            if order.status == OrderStatus::Unconfirmed {
                totals.unconfirmed_orders += 1;
                continue;
            }
            totals.unconfirmed_orders += u32::from(order.unconfirmed_members().next().is_some());
            let firm = |amount: Money| amount.checked_sub(unconfirmed);
            totals.list_price = totals.list_price.checked_add(firm(order.priced)?)?;
            totals.payable = totals.payable.checked_add(firm(order.priced_payable())?)?;
            if order.payable().is_none() {
                totals.payable_unpriced = totals.payable_unpriced.checked_add(order.unpriced)?;
            }
        }
        totals.waived = totals.list_price.checked_sub(totals.payable)?;
        Some(totals)
    }
}

#[cfg(test)]
mod tests;
