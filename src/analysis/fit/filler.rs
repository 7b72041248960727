use jiff::civil::Date;

use super::Mix;
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{Order, OrderQuote, QuoteError, quote_orders};
use crate::rates::{NegotiatedPart, RateCard};

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

    /// Returns the most accounts whose cost passes. Where an account more never lowers the price, it must fail for all
    /// larger numbers once it fails, as any limit on the cost does; an order that goes beyond the list, and is
    /// negotiated as a whole from there on, is searched apart (P5, docs/rules.md#p5).
    pub(super) fn most_accounts(&self, passes: impl Fn(Cost) -> bool) -> Result<u32, QuoteError> {
        let mut too_many = self.most.saturating_mul(2).saturating_add(1);
        for (first, _) in self.cliffs()?.into_iter().rev() {
            if first < too_many && passes(self.cost(first)?) {
                return self.most_between(first, too_many, &passes);
            }
            too_many = too_many.min(first);
        }
        self.most_between(0, too_many, &passes)
    }

    fn most_between(
        &self,
        mut most: u32,
        mut too_many: u32,
        passes: &impl Fn(Cost) -> bool,
    ) -> Result<u32, QuoteError> {
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

    /// Returns the fewest accounts with which all of a type are negotiated, so that the price can fall, in ascending
    /// order; none where only the excess is negotiated.
    pub(super) fn cliffs(&self) -> Result<Vec<(u32, AccountType)>, QuoteError> {
        let Some(negotiated) = &self.card.negotiated else { return Ok(Vec::new()) };
        if self.card.rules.negotiated == NegotiatedPart::Excess || self.most == 0 {
            return Ok(Vec::new());
        }
        let start = self.quote(1)?.map_or(Counts::ZERO, |quote| quote.start);
        let mut cliffs = Vec::new();
        for account_type in AccountType::ALL {
            let begin = *start.get(account_type);
            let is_beyond = |accounts: u32| {
                let bought = *self.mix.counts(accounts).get(account_type);
                bought > 0 && begin.saturating_add(bought) >= negotiated.from
            };
            let (mut too_few, mut enough) = (0, self.most.saturating_mul(2));
            if !is_beyond(enough) {
                continue;
            }
            while enough - too_few > 1 {
                let middle = too_few + (enough - too_few) / 2;
                if is_beyond(middle) {
                    enough = middle;
                } else {
                    too_few = middle;
                }
            }
            cliffs.push((enough, account_type));
        }
        cliffs.sort_unstable();
        Ok(cliffs)
    }
}
