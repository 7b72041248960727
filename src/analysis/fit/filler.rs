use jiff::civil::Date;

use super::Mix;
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{Order, OrderQuote, QuoteError, quote_orders};
use crate::rates::RateCard;

/// An order filled with ever more accounts in a fixed mix.
pub(super) struct Filler<'a> {
    card: &'a RateCard,
    date: Option<Date>,
    order: Order,
    receiver: usize,
    mix: Mix,
    /// The most accounts of one type that the order can have (P14, docs/rules.md#p14).
    pub(super) most: u32,
}

/// Cost of an order with a given number of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// Payable amount in yuan, exact to the fen.
    Known(Money),
    /// At least one account has no price (P5, docs/rules.md#p5).
    Unpriced,
    /// More accounts of one type than an order can have (P14, docs/rules.md#p14).
    BeyondLimit,
}

impl<'a> Filler<'a> {
    /// Returns a filler of the first member whose apps are charged; the others get no accounts, but what they
    /// hold counts.
    pub(super) fn new(card: &'a RateCard, date: Option<Date>, order: &Order, mix: Mix) -> Filler<'a> {
        let mut order = order.clone();
        for member in &mut order.members {
            member.counts = Counts::ZERO;
        }
        let receiver = order.members.iter().position(|member| member.charged).unwrap_or(0);
        let most = match &card.test_enterprise {
            Some(rule) if order.test_enterprise => rule.most_accounts_of_a_type,
            _ => card.order.most_accounts_of_a_type,
        };
        Filler { card, date, order, receiver, mix, most }
    }

    pub(super) fn mix(&self) -> Mix {
        self.mix
    }

    /// Quotes the order with `accounts` accounts in all; `None` for zero accounts, which is no order.
    pub(super) fn quote(&self, accounts: u32) -> Result<Option<OrderQuote>, QuoteError> {
        if accounts == 0 {
            return Ok(None);
        }
        let mut order = self.order.clone();
        if let Some(member) = order.members.get_mut(self.receiver) {
            member.counts = self.mix.counts(accounts);
        }
        Ok(quote_orders(self.card, self.date, &[order])?.orders.pop())
    }

    /// Returns the cost of `accounts` accounts in all, for the order's term.
    pub(super) fn cost(&self, accounts: u32) -> Result<Cost, QuoteError> {
        if self.type_beyond_limit(accounts).is_some() {
            return Ok(Cost::BeyondLimit);
        }
        Ok(match self.quote(accounts)? {
            None => Cost::Known(Money::ZERO),
            Some(quote) => quote.payable().map_or(Cost::Unpriced, Cost::Known),
        })
    }

    /// Returns the type whose count exceeds the limit of one order when `accounts` are split by the mix.
    pub(super) fn type_beyond_limit(&self, accounts: u32) -> Option<AccountType> {
        let counts = self.mix.counts(accounts);
        AccountType::ALL.into_iter().find(|kind| *counts.get(*kind) > self.most)
    }

    /// Returns the most accounts whose cost passes. It must pass for none at all and, once it fails, fail for
    /// all larger numbers, which holds for any limit on the cost: an account more never lowers the price.
    pub(super) fn most_accounts(&self, passes: impl Fn(Cost) -> bool) -> Result<u32, QuoteError> {
        let mut most = 0;
        let mut too_many = self.most.saturating_mul(2).saturating_add(1);
        while too_many - most > 1 {
            let middle = most + (too_many - most) / 2;
            if passes(self.cost(middle)?) {
                most = middle;
            } else {
                too_many = middle;
            }
        }
        Ok(most)
    }
}
