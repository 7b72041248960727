//! Explains why two lists of orders differ in price: two plans, or one plan on two rate cards or dates.
//!
//! Two [`Side`]s go into [`compare`]; a [`Comparison`] with the causes of each customer comes out.
//!
//! # How a difference gets its causes
//! The comparison walks from the old side to the new, one ingredient at a time, in the order of [`Cause`]:
//! first who is there and in which group, then the charged apps, the date (what the old plan needs and has on
//! the new day), the headcount, the holdings, the kind of order, the term, negotiated prices, the rate card, the
//! waiver (customer, date and rule together), the status. After each step all orders are priced by the engine, and a customer's share of its order
//! ([`MemberQuote::share`](crate::pricing::MemberQuote)) has moved by what that step is worth to it. So the
//! causes of a customer add up to the difference of its shares, and those of all customers to the difference
//! of the totals, to the fen.
//!
//! Three rules make the walk valid:
//! - A customer on one side only has one cause, [`Cause::Added`] or [`Cause::Removed`], of its whole share.
//! - Where a step moves a share although nothing of the customer itself changed, others in its group did;
//!   that is [`Cause::Group`]. Moving into another group is too, at the old counts and prices.
//! - An order of the new side keeps the old ingredients of its payer until their step; where the payer is
//!   new, those of its first member that is not.
//!
//! The number of held accounts that come first in the tiers depends on the term as well (P12). The orders come
//! with it already computed, so such a difference is [`Cause::Holdings`]. Where users and accounts both changed,
//! the headcount is priced with the old accounts, each member by itself.
//!
//! The causes depend on the order of the walk: if two ingredients act together, the later one gets their
//! joint effect. A school that buys more and loses its waiver shows the whole as [`Cause::Waiver`], because
//! the additional accounts were free before.

mod budgets;
mod cause;
mod ingredient;
mod pairing;
mod walk;

pub use budgets::{
    BudgetComparison, BudgetCustomerChange, BudgetCustomerState, BudgetSide, CompareBudgetsError,
    PayerChange, PayerSide, PeriodAmounts, PeriodChange, PeriodSide, PlacedOrders, SharedOptions,
    compare_budgets,
};
pub use cause::{Cause, CauseChange, Change, relative};

use std::collections::BTreeSet;

use jiff::civil::Date;
use thiserror::Error;

use self::cause::{Tally, add_up, sum_by_cause};
use self::ingredient::{Ingredient, State};
use self::pairing::{MemberIndex, Pairing};
use self::walk::{Route, walk};
use crate::account::{Counts, PerType, Term};
use crate::money::UnitPrice;
use crate::plan::{Plan, buys_or_is_free};
use crate::pricing::{Member, Order, OrderQuote, OrderStatus, Party, Quote, QuoteError, quote_orders};
use crate::rates::RateCard;

/// One side of a comparison: orders, and the rate card and date that price them.
#[derive(Debug, Clone)]
pub struct Side<'a> {
    /// The rate card.
    pub card: &'a RateCard,
    /// Pricing date, Beijing time; `None` for an undated side.
    pub date: Option<Date>,
    /// The orders, those of no accounts too. Held accounts must be those of the date (P12, docs/rules.md#p12).
    pub orders: Vec<Order>,
    /// The plan that they are of, which tells what another date would change; `None` if there is none.
    pub plan: Option<&'a Plan>,
}

impl Side<'_> {
    /// Returns its orders as they are on another date; the same without a plan or a date.
    fn orders_on(&self, date: Option<Date>) -> Vec<Order> {
        match (self.plan, date) {
            (Some(plan), Some(_)) if date != self.date && self.date.is_some() => {
                Plan { date, ..plan.clone() }.orders_of_all()
            }
            _ => self.orders.clone(),
        }
    }

    /// Quotes the orders that buy anything; returns the index in the quote of each order that does.
    fn quote(&self) -> Result<(Quote, Vec<Option<usize>>), QuoteError> {
        let mut quoted = Vec::new();
        let indices = self.orders.iter().map(|order| {
            buys_or_is_free(order).then(|| {
                quoted.push(order.clone());
                quoted.len() - 1
            })
        });
        let indices = indices.collect();
        let mut quote = quote_orders(self.card, self.date, &quoted)?;
        quote.totals.complete &= self.plan.is_none_or(|plan| plan.left_out.is_empty());
        Ok((quote, indices))
    }
}

impl<'a> From<&'a Plan> for Side<'a> {
    /// Returns a plan with its own card and date.
    fn from(plan: &'a Plan) -> Side<'a> {
        Side { card: &plan.card, date: plan.date, orders: plan.orders_of_all(), plan: Some(plan) }
    }
}

/// The differences of two sides, each with its causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The old side, quoted.
    pub old: Quote,
    /// The new side, quoted.
    pub new: Quote,
    /// Every customer of either side: those of the new side in its order, then the removed ones.
    pub customers: Vec<CustomerChange>,
    /// Causes with a non-zero change, summed over all customers.
    pub causes: Vec<CauseChange>,
    /// Difference of the totals: the sum of the causes.
    pub difference: Change,
    /// Schools that a plan leaves out since a file of them or their groups could not be read, each once: they are in no
    /// figure of either side if both plans are without them ([`Plan::readable_on_both`]).
    pub left_out: Vec<Party>,
}

/// The differences of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerChange {
    /// Its identity, as the new side has it where it is there.
    pub party: Party,
    /// Its state on the old side; `None` if it was added.
    pub old: Option<CustomerState>,
    /// Its state on the new side; `None` if it was removed.
    pub new: Option<CustomerState>,
    /// Causes with a non-zero change; empty if everything that changed leaves its share the same.
    pub causes: Vec<CauseChange>,
    /// Difference of its shares: the sum of the causes.
    pub difference: Change,
}

/// A customer on one side: its share, and all that decides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerState {
    /// Its identity on that side.
    pub party: Party,
    /// The index of its order in the quote of the side; `None` if it buys nothing.
    pub order: Option<usize>,
    /// Its index among the order's members.
    pub member: usize,
    /// The payer: the upstream, for a downstream (U1, docs/rules.md#u1).
    pub payer: Party,
    /// Its users who need an account.
    pub need: Counts,
    /// What it has: active accounts, and codes that can still be activated.
    pub have: Counts,
    /// Accounts bought for it.
    pub counts: Counts,
    /// Its accounts that come before a new purchase in the tiers (P12, docs/rules.md#p12).
    pub held: Counts,
    /// True if its apps need licences (W1, docs/rules.md#w1).
    pub charged: bool,
    /// The term of its order.
    pub term: Term,
    /// True if the order is a renewal (P13, docs/rules.md#p13).
    pub renewal: bool,
    /// Negotiated prices for accounts without a list price, in yuan a year (P5, docs/rules.md#p5).
    pub negotiated: PerType<Option<UnitPrice>>,
    /// True if nothing has to be paid: waived, or a test enterprise's (V1, P14).
    pub free: bool,
    /// Confirmed if its share counts towards the firm total.
    pub status: OrderStatus,
    /// Its share of the payable amount, firm or unconfirmed, without the accounts that have no price.
    pub share: Change,
    /// True if the order's payable is known, so that `share` is all of it (P5, docs/rules.md#p5).
    pub complete: bool,
}

/// The reason why two sides cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CompareError {
    /// The old side cannot be quoted.
    #[error("the old side: {0}")]
    Old(#[source] QuoteError),
    /// The new side cannot be quoted.
    #[error("the new side: {0}")]
    New(#[source] QuoteError),
    /// A step between the two overflows the range of money.
    #[error("between the two sides: {0}")]
    Between(#[source] QuoteError),
}

impl CustomerState {
    /// Returns true if both are the same except for names, shares and indices in their quotes.
    pub fn is_like(&self, other: &CustomerState) -> bool {
        let order = |state: &CustomerState| (state.term, state.renewal, state.negotiated);
        let member =
            |state: &CustomerState| (state.need, state.have, state.counts, state.held, state.charged);
        self.payer == other.payer
            && order(self) == order(other)
            && member(self) == member(other)
            && (self.free, self.status) == (other.free, other.status)
    }
}

impl Comparison {
    /// Returns true if every payable is known on both sides and no school is left out, so that the difference hides
    /// nothing.
    pub fn is_complete(&self) -> bool {
        self.left_out.is_empty() && self.is_priced()
    }

    /// Returns true if every payable is known on both sides (P5, docs/rules.md#p5). Unconfirmed orders do not matter
    /// here: they are in sums of their own.
    pub fn is_priced(&self) -> bool {
        let firm = |order: &&OrderQuote| order.status == OrderStatus::Confirmed;
        self.old.orders.iter().chain(&self.new.orders).filter(firm).all(|order| order.payable().is_some())
    }
}

/// Compares two sides. A customer is the same on both if its code is, or, without codes, its name; a customer
/// with several orders is matched order by order.
///
/// ```
/// use std::sync::Arc;
/// use wxlicense::{diagnostic::SourceFile, plan::{self, ReadOptions}, rates::RateCards};
/// use wxlicense::analysis::compare::{Cause, Side, compare};
///
/// let cards = RateCards::embedded().unwrap();
/// let plan = |basic: u32| {
///     let text = format!("[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = {basic}\n");
///     plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards)).plan.unwrap()
/// };
/// let (old, new) = (plan(150), plan(230));
/// let comparison = compare(&Side::from(&old), &Side::from(&new))?;
/// assert_eq!(comparison.difference.firm.to_string(), "290.00");
/// assert_eq!(comparison.causes[0].cause, Cause::Headcount);
/// # Ok::<(), wxlicense::analysis::compare::CompareError>(())
/// ```
///
/// # Errors
/// [`CompareError`] if a side cannot be quoted, or an amount overflows the range of money.
pub fn compare(old: &Side, new: &Side) -> Result<Comparison, CompareError> {
    let (old_quote, old_orders) = old.quote().map_err(CompareError::Old)?;
    let (new_quote, new_orders) = new.quote().map_err(CompareError::New)?;
    let pairing = Pairing::new(old, new);
    let walked = walk_orders(&pairing).map_err(CompareError::Between)?;
    let overflow = || CompareError::Between(QuoteError::Overflow);
    let quotes = ((&old_quote, old_orders.as_slice()), (&new_quote, new_orders.as_slice()));
    let customers = customers(&pairing, walked, quotes).ok_or_else(overflow)?;
    let parts = customers.iter().flat_map(|customer| &customer.causes);
    let (causes, difference) = sum_by_cause(parts).ok_or_else(overflow)?;
    let plans: Vec<&Plan> = [new.plan, old.plan].into_iter().flatten().collect();
    let left_out = Plan::left_out_of(&plans);
    Ok(Comparison { old: old_quote, new: new_quote, customers, causes, difference, left_out })
}

/// Shares at both ends, and the causes by customer.
struct Walked {
    old_shares: Vec<Change>,
    new_shares: Vec<Change>,
    /// One tally for each new member.
    tallies: Vec<Tally>,
}

fn walk_orders(pairing: &Pairing<'_>) -> Result<Walked, QuoteError> {
    let start = State::old(pairing.old);
    let old_shares = start.shares()?;
    let before = |index| pairing.old_index(index).and_then(|old| old_shares.get(old).copied());
    let shares = (0..pairing.new_indices.len()).map(|index| before(index).unwrap_or_default()).collect();
    let (new_shares, tallies) = walk(pairing, start, shares).ok_or(QuoteError::Overflow)?;
    Ok(Walked { old_shares, new_shares, tallies })
}

/// The way from the old orders to the new ones, one ingredient after the other; a cell is a new member.
impl Route for Pairing<'_> {
    type Step = Ingredient;
    type State = State;

    fn steps(&self) -> &'static [Ingredient] {
        &Ingredient::ALL
    }

    fn after(&self, step: Ingredient) -> State {
        State::after(step, self)
    }

    fn amounts(&self, state: &State) -> Option<Vec<Change>> {
        state.shares().ok()
    }

    fn cause(&self, step: Ingredient, cell: usize) -> Cause {
        cause_of(step, cell, self)
    }
}

fn cause_of(step: Ingredient, new_index: usize, pairing: &Pairing<'_>) -> Cause {
    let old_index = pairing.old_index(new_index);
    let old = old_index.and_then(|old| Some((pairing.old_at(old)?, pairing.redated_at(old)?)));
    match (old, pairing.new_at(new_index)) {
        (Some((old, redated)), Some(new)) => step.cause(old, redated, new, (pairing.old, pairing.new)),
        _ => Cause::Added,
    }
}

/// The quote of a side, and the index in it of each order of the side.
type Quoted<'q> = (&'q Quote, &'q [Option<usize>]);

/// Builds one row for each customer; returns `None` if a sum overflows the range of money.
fn customers(
    pairing: &Pairing<'_>,
    walked: Walked,
    (old, new): (Quoted<'_>, Quoted<'_>),
) -> Option<Vec<CustomerChange>> {
    let Walked { old_shares, new_shares, tallies } = walked;
    let old_state = |index: usize| {
        let at = (pairing.old_at(index)?, *pairing.old_indices.get(index)?);
        state(pairing.old.card, old, at, *old_shares.get(index)?)
    };
    let new_state = |index: usize| {
        let at = (pairing.new_at(index)?, *pairing.new_indices.get(index)?);
        state(pairing.new.card, new, at, *new_shares.get(index)?)
    };
    let mut rows = Vec::with_capacity(tallies.len());
    let mut gone: BTreeSet<usize> = (0..pairing.old_indices.len()).collect();
    for (index, tally) in tallies.into_iter().enumerate() {
        let before = pairing.old_index(index);
        before.inspect(|old| _ = gone.remove(old));
        rows.push(customer(before.and_then(old_state), new_state(index), tally)?);
    }
    for index in gone {
        let before = old_state(index);
        let share = before.as_ref().map_or(Change::ZERO, |before| before.share);
        let mut tally = Tally::default();
        tally.add(Cause::Removed, Change::ZERO.checked_sub(share)?)?;
        rows.push(customer(before, None, tally)?);
    }
    Some(rows)
}

fn customer(old: Option<CustomerState>, new: Option<CustomerState>, tally: Tally) -> Option<CustomerChange> {
    let party = new.as_ref().or(old.as_ref())?.party.clone();
    let causes = tally.into_causes();
    let difference = add_up(&causes)?;
    Some(CustomerChange { party, old, new, causes, difference })
}

fn state(
    card: &RateCard,
    (quote, quoted): Quoted<'_>,
    ((order, member), index): ((&Order, &Member), MemberIndex),
    share: Change,
) -> Option<CustomerState> {
    let at = quoted.get(index.0).copied().flatten();
    let bought = at.and_then(|at| quote.orders.get(at));
    Some(CustomerState {
        party: member.party.clone(),
        order: at,
        member: index.1,
        payer: order.payer.clone(),
        need: member.need,
        have: member.have,
        counts: member.counts,
        held: member.held.before(card.rules.new_purchase),
        charged: member.charged,
        term: order.term,
        renewal: order.renewal,
        negotiated: order.negotiated,
        free: bought.is_some_and(OrderQuote::is_free),
        status: bought.and_then(|bought| bought.members.get(index.1)).map_or(member.status, |it| it.status),
        share,
        complete: bought.is_none_or(|bought| bought.payable().is_some()),
    })
}

#[cfg(test)]
mod tests;
