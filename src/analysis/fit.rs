//! Computes how many accounts an amount of money buys; read [`fit`] first, [`chart()`] for the curve.
//!
//! A [`FitRequest`] goes in, a [`Fit`] comes out. It is exact: it costs no more than the amount, and one
//! account more would cost more, has no price, or does not fit into one order. Prices come from
//! [`quote_orders`](crate::pricing::quote_orders) alone; since a further account never lowers a price,
//! bisection needs some twenty quotes.

mod chart;
mod filler;
mod mix;

pub use chart::{CurvePoint, PriceCurve, TierEdge, chart};
pub use mix::{Mix, MixError};

use jiff::civil::Date;
use thiserror::Error;

use self::filler::{Cost, Filler};
use crate::account::{AccountType, Counts};
use crate::money::{Money, UnitPrice};
use crate::pricing::{Note, NoteCode, Order, OrderQuote, QuoteError};
use crate::rates::RateCard;

/// A question: an amount, a mix and an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FitRequest {
    /// Money to spend, in yuan; not negative.
    pub amount: Money,
    /// Ratio of the accounts to buy.
    pub mix: Mix,
    /// Order to fill: payer, term, held accounts, negotiated prices and everything else that bears on the
    /// price. The counts of its members are ignored; all accounts go to the first charged member.
    pub order: Order,
}

/// Largest number of accounts that the amount buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// Accounts of both types together.
    pub accounts: u32,
    /// Accounts by type: [`Mix::counts`] of `accounts`.
    pub counts: Counts,
    /// The times that the ratio of the mix, in its smallest whole numbers, is bought in full.
    pub whole_mixes: u64,
    /// Their price for the term: at most the amount.
    pub payable: Money,
    /// The rest of the amount.
    pub left_over: Money,
    /// The average price of one of them, for the term; `None` if none is bought.
    pub average: Option<Average>,
    /// The reason why it is not one more.
    pub stop: Stop,
    /// Order that buys the accounts, with its lines and notes; `None` if none is bought.
    pub quote: Option<OrderQuote>,
    /// The notes that a reader must know: those of that order, and the unconfirmed facts behind the next
    /// account.
    pub notes: Vec<Note>,
}

impl Fit {
    /// Returns true if the accounts cost nothing: waived, a test enterprise's, or not charged at all (V1,
    /// P14, W1). Then only the size of an order limits them.
    pub fn is_free(&self) -> bool {
        self.quote.as_ref().is_some_and(|quote| quote.is_free() || !quote.charged)
    }

    /// Returns the next account, which the money does not buy any more; `None` if something else is the
    /// limit.
    pub fn next(&self) -> Option<&NextAccount> {
        match &self.stop {
            Stop::Amount(next) => Some(next),
            Stop::NoPrice { .. } | Stop::OrderLimit { .. } => None,
        }
    }
}

/// Average price of one account for the whole term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    /// Payable amount divided by the accounts, rounded half up to the fen.
    pub per_account: Money,
    /// True if it had to be rounded.
    pub rounded: bool,
}

/// The reason why the answer is not one account more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The amount does not pay for the next account.
    Amount(NextAccount),
    /// The next account has no price until one is negotiated (P5, docs/rules.md#p5).
    NoPrice {
        /// Type of the next account.
        account_type: AccountType,
        /// Ordinal of the next account in the tiers, from 1, held accounts included.
        ordinal: u64,
    },
    /// One order cannot have more accounts (P14, docs/rules.md#p14).
    OrderLimit {
        /// Type that has reached the limit.
        account_type: AccountType,
        /// Limit on the accounts of one type.
        most: u32,
    },
}

/// First account that the amount does not buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextAccount {
    /// Type of the account.
    pub account_type: AccountType,
    /// The payable of an order with it.
    pub payable: Money,
    /// Its addition to the price of the order: the marginal price for the term, after the order's rounding.
    pub costs: Money,
    /// The money that is missing for it.
    pub short: Money,
    /// List or negotiated price of the account, in yuan a year, exact.
    pub unit_price: Option<UnitPrice>,
}

/// The reason why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FitError {
    /// The amount is negative.
    #[error("the amount is negative")]
    NegativeAmount,
    /// An order that the search needs has no price, such as for its term (P6, docs/rules.md#p6).
    #[error(transparent)]
    Quote(#[from] QuoteError),
}

/// Returns the most accounts that an amount buys: their payable is at most the amount, and that of one
/// account more is above it, unknown (P5), or beyond one order (P14). With a [`Mix`] of both types, the
/// accounts are counted together and split as close to the ratio as whole accounts can be.
///
/// ```
/// use wxlicense::analysis::fit::{FitRequest, Mix, fit};
/// use wxlicense::pricing::{Held, Member, Order, Party};
/// use wxlicense::{AccountType, rates::RateCards};
///
/// let cards = RateCards::embedded().unwrap();
/// let order = Order {
///     payer: Party::default(),
///     customer: Default::default(),
///     members: vec![Member { charged: true, ..Member::default() }],
///     held_by_others: Held::NONE,
///     term: Default::default(),
///     renewal: false,
///     test_enterprise: false,
///     negotiated: Default::default(),
///     status: Default::default(),
/// };
/// let request =
///     FitRequest { amount: "606".parse().unwrap(), mix: Mix::only(AccountType::Basic), order };
/// let answer = fit(cards.in_force(None).unwrap(), None, &request)?;
/// assert_eq!(answer.counts.basic, 150);
/// assert_eq!(answer.left_over.to_string(), "1.00");
/// # Ok::<(), wxlicense::analysis::fit::FitError>(())
/// ```
///
/// # Errors
/// [`FitError`] if the amount is negative, or if the order has no price at any count.
pub fn fit(card: &RateCard, date: Option<Date>, request: &FitRequest) -> Result<Fit, FitError> {
    if request.amount < Money::ZERO {
        return Err(FitError::NegativeAmount);
    }
    let filler = Filler::new(card, date, &request.order, request.mix);
    let affordable = |cost| matches!(cost, Cost::Known(payable) if payable <= request.amount);
    let accounts = filler.most_accounts(affordable)?;
    let quote = filler.quote(accounts)?;
    let with_next = with_next(&filler, accounts)?;
    let payable = quote.as_ref().and_then(OrderQuote::payable).unwrap_or(Money::ZERO);
    Ok(Fit {
        accounts,
        counts: request.mix.counts(accounts),
        whole_mixes: u64::from(accounts) / request.mix.unit(),
        payable,
        left_over: request.amount.checked_sub(payable).ok_or(QuoteError::Overflow)?,
        average: average(payable, accounts),
        stop: stop(&with_next, payable, request.amount)?,
        notes: notes(quote.as_ref(), &with_next),
        quote,
    })
}

fn average(payable: Money, accounts: u32) -> Option<Average> {
    let (fen, accounts) = (i128::from(payable.fen()), i128::from(accounts));
    let nearest = (2 * fen + accounts).checked_div(2 * accounts)?;
    let per_account = Money::from_fen(i64::try_from(nearest).ok()?);
    Some(Average { per_account, rounded: fen % accounts != 0 })
}

/// Order with one account more.
enum WithNext {
    /// Type of the further account, and the quote with it.
    Quoted(AccountType, Box<OrderQuote>),
    /// One order cannot have more accounts.
    BeyondLimit { account_type: AccountType, most: u32 },
}

fn with_next(filler: &Filler<'_>, accounts: u32) -> Result<WithNext, QuoteError> {
    let more = accounts.saturating_add(1);
    if let Some(account_type) = filler.type_beyond_limit(more) {
        return Ok(WithNext::BeyondLimit { account_type, most: filler.most });
    }
    let quote = filler.quote(more)?.ok_or(QuoteError::Overflow)?;
    Ok(WithNext::Quoted(type_of_last(filler.mix(), more), Box::new(quote)))
}

fn stop(with_next: &WithNext, payable: Money, amount: Money) -> Result<Stop, QuoteError> {
    let (account_type, quote) = match with_next {
        WithNext::BeyondLimit { account_type, most } => {
            return Ok(Stop::OrderLimit { account_type: *account_type, most: *most });
        }
        WithNext::Quoted(account_type, quote) => (*account_type, quote),
    };
    let last = quote.lines.iter().rfind(|line| line.account_type == account_type);
    let Some(with_it) = quote.payable() else {
        return Ok(Stop::NoPrice { account_type, ordinal: last.map_or(0, |line| line.to) });
    };
    Ok(Stop::Amount(NextAccount {
        account_type,
        payable: with_it,
        costs: with_it.checked_sub(payable).ok_or(QuoteError::Overflow)?,
        short: with_it.checked_sub(amount).ok_or(QuoteError::Overflow)?,
        unit_price: last.and_then(|line| line.unit_price),
    }))
}

/// Returns the notes of the order, and those on the facts behind the next account, whose tier may differ.
fn notes(quote: Option<&OrderQuote>, with_next: &WithNext) -> Vec<Note> {
    let mut notes = quote.map_or_else(Vec::new, |quote| quote.notes.clone());
    if let WithNext::Quoted(_, quote) = with_next {
        let facts = quote.notes.iter().filter(|note| note.code() == NoteCode::UnconfirmedFact);
        for note in facts {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
    }
    notes
}

/// Returns the type of the account that brings the total to `accounts`.
fn type_of_last(mix: Mix, accounts: u32) -> AccountType {
    let (with, without) = (mix.counts(accounts), mix.counts(accounts.saturating_sub(1)));
    if with.basic > without.basic { AccountType::Basic } else { AccountType::Interop }
}

#[cfg(test)]
mod tests;
