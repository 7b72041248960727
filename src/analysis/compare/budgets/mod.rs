//! Explains why the budgets of two plans differ, or of one plan in two periods.
//!
//! Two [`BudgetSide`]s go in, a [`BudgetComparison`] comes out; read [`compare_budgets`] first.
//!
//! # How a difference gets its causes
//! The comparison walks from the old plan to the new one, step by step, and has the schedule computed anew after
//! each step: first who is there and in which group, then the apps, the period, the users, their growth, the
//! accounts (`held`, purchases, and the plan's date, up to which they are known), the kind of order, the term,
//! negotiated prices, the rate card, the waiver, the status. What a step moves in a customer's share of the orders
//! of a period is its cause there. So the causes of a customer add up to its difference, and those of all
//! customers to the differences of the periods and of the totals, to the fen.
//!
//! Where the sides have different periods, [`Cause::Date`](super::Cause) is what the old plan alone costs more in the new
//! period with the users, the growth and the waivers of the first day of the old one. What changes over time after
//! that day has its own cause: its effect in the new period, less that in the old one.

mod customers;
mod route;
mod spans;
mod step;

use std::collections::HashMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use self::customers::customers;
use self::route::{BudgetRoute, DatedSide};
use self::spans::periods;
use super::cause::sum_by_cause;
use super::walk::walk;
use super::{CauseChange, Change};
use crate::account::{Counts, PerType, Term};
use crate::money::UnitPrice;
use crate::plan::Plan;
use crate::planning::budget::{Budget, BudgetError, BudgetOptions, PeriodLength};
use crate::planning::schedule::OrderKind;
use crate::pricing::{OrderStatus, Party, Totals};

/// One side of a comparison of budgets.
#[derive(Debug, Clone, Copy)]
pub struct BudgetSide<'a> {
    /// The plan; a plan without a date is taken as dated `from`.
    pub plan: &'a Plan,
    /// First day of its period, Beijing time; the plan's date if `None`.
    pub from: Option<Date>,
    /// The growth of the heads at each renewal, in percent; above −100.
    pub growth: Option<Decimal>,
}

/// Options of both sides, as [`BudgetOptions`] has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedOptions {
    /// The years of either period, from 1 to [`BudgetOptions::MOST_YEARS`].
    pub years: u32,
    /// Length of [`BudgetComparison::periods`].
    pub by: PeriodLength,
    /// Month in which the fiscal year begins, from 1 to 12.
    pub fiscal_year_start: u32,
}

/// The differences of two budgets, each with its causes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetComparison {
    /// The old budget.
    pub old: Budget,
    /// The new budget.
    pub new: Budget,
    /// The growth of the old side in percent; zero for none.
    pub old_growth: Decimal,
    /// The growth of the new side in percent; zero for none.
    pub new_growth: Decimal,
    /// Parts of the periods of both sides, in pairs: months, quarters or fiscal years of the calendar if both
    /// sides begin on the same day, else counted from the first day of each.
    pub periods: Vec<PeriodChange>,
    /// Every payer of either side: those of the new side in its order, then the others.
    pub payers: Vec<PayerChange>,
    /// Every customer of either side: those of the new side in its order, then the removed ones.
    pub customers: Vec<BudgetCustomerChange>,
    /// Causes with a non-zero change, summed over all customers.
    pub causes: Vec<CauseChange>,
    /// Difference of the totals: the sum of the causes.
    pub difference: Change,
    /// Schools that a plan leaves out, as [`Comparison::left_out`](super::Comparison::left_out).
    pub left_out: Vec<Party>,
}

/// The difference of a part of both periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodChange {
    /// The part on the old side.
    pub old: PeriodSide,
    /// The part on the new side.
    pub new: PeriodSide,
    /// Causes with a non-zero change.
    pub causes: Vec<CauseChange>,
    /// Difference of the totals: the sum of the causes.
    pub difference: Change,
}

/// A part of a period on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodSide {
    /// Its first day, Beijing time; the side's period may begin later.
    pub from: Date,
    /// Its last day, inclusive; the side's period may end earlier.
    pub to: Date,
    /// True if the side's period covers only a part of it.
    pub partial: bool,
    /// The sums of its orders.
    pub totals: Totals,
}

/// The difference of what a payer pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerChange {
    /// Its identity, as the new side has it where it is there.
    pub party: Party,
    /// What it pays on the old side; `None` if it is no payer there.
    pub old: Option<PayerSide>,
    /// What it pays on the new side; `None` if it is no payer there.
    pub new: Option<PayerSide>,
    /// Difference of both.
    pub difference: Change,
}

/// What a payer pays on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayerSide {
    /// Confirmed if all its rows of the plan are.
    pub status: OrderStatus,
    /// The sums of its orders.
    pub totals: Totals,
    /// True if the payable of each order is known, so that the sums are whole (P5, docs/rules.md#p5).
    pub complete: bool,
}

/// The differences of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetCustomerChange {
    /// Its identity, as the new side has it where it is there.
    pub party: Party,
    /// Its state on the old side; `None` if it was added.
    pub old: Option<BudgetCustomerState>,
    /// Its state on the new side; `None` if it was removed.
    pub new: Option<BudgetCustomerState>,
    /// Its part of each of [`BudgetComparison::periods`].
    pub periods: Vec<PeriodAmounts>,
    /// Causes with a non-zero change; empty if everything that changed leaves its shares the same.
    pub causes: Vec<CauseChange>,
    /// Difference of its shares: the sum of the causes.
    pub difference: Change,
}

/// A customer's shares of the orders of a part of the periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodAmounts {
    /// Its shares on the old side.
    pub old: Change,
    /// Its shares on the new side.
    pub new: Change,
    /// True if all shares on the old side are known.
    pub old_complete: bool,
    /// True if all shares on the new side are known.
    pub new_complete: bool,
    /// Causes with a non-zero change.
    pub causes: Vec<CauseChange>,
}

/// A customer on one side: its shares, and what decides them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetCustomerState {
    /// Its identity on that side.
    pub party: Party,
    /// The payer: the upstream, for a downstream (U1, docs/rules.md#u1).
    pub payer: Party,
    /// Its users on the first day of the period.
    pub users_first: Counts,
    /// Its users on the last day of the period.
    pub users_last: Counts,
    /// What it has on the plan's date: active accounts, and codes that can still be activated.
    pub have: Counts,
    /// True if its apps need licences (W1, docs/rules.md#w1).
    pub charged: bool,
    /// The term of its orders.
    pub term: Term,
    /// Negotiated prices for accounts without a list price, in yuan a year (P5, docs/rules.md#p5).
    pub negotiated: PerType<Option<UnitPrice>>,
    /// Confirmed if its shares count towards the firm total.
    pub status: OrderStatus,
    /// The orders of the period that buy accounts for it, by kind.
    pub orders: Vec<PlacedOrders>,
    /// Its shares of the payable amounts, firm or unconfirmed, without the accounts that have no price.
    pub share: Change,
    /// True if the payable of each order is known, so that `share` is all of it (P5, docs/rules.md#p5).
    pub complete: bool,
}

/// Orders of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlacedOrders {
    /// The kind.
    pub kind: OrderKind,
    /// Their number.
    pub count: u32,
    /// The accounts that they buy for the customer.
    pub accounts: Counts,
    /// How many of them cost nothing: waived, or a test enterprise's (V1, P14).
    pub free: u32,
}

/// The reason why two budgets cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CompareBudgetsError {
    /// An option is invalid.
    #[error("the options: {}", listed(.0))]
    Options(Vec<BudgetError>),
    /// A side has no budget.
    #[error("the old side: {}; the new side: {}", listed(old), listed(new))]
    Sides {
        /// The reasons of the old side; none if it has a budget.
        old: Vec<BudgetError>,
        /// The reasons of the new side; none if it has a budget.
        new: Vec<BudgetError>,
    },
    /// A sum overflows the range of money.
    #[error("the difference is too large to be computed")]
    Overflow,
}

fn listed(errors: &[BudgetError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

impl BudgetComparison {
    /// Returns true if every payable is known on both sides and no school is left out, so that the difference hides
    /// nothing.
    pub fn is_complete(&self) -> bool {
        self.left_out.is_empty() && self.is_priced()
    }

    /// Returns true if every payable is known on both sides (P5, docs/rules.md#p5). Unconfirmed orders do not matter
    /// here: they are in sums of their own.
    pub fn is_priced(&self) -> bool {
        [&self.old, &self.new].iter().all(|side| side.totals.payable_unpriced.is_zero())
    }

    /// Returns true if both sides are budgets of the same days.
    pub fn is_of_one_period(&self) -> bool {
        (self.old.from, self.old.end) == (self.new.from, self.new.end)
    }
}

/// Compares the budgets of two plans. A customer is the same on both if its code is.
///
/// ```
/// use std::sync::Arc;
/// use wxlicense::{diagnostic::SourceFile, plan::{self, ReadOptions}, rates::RateCards};
/// use wxlicense::analysis::compare::{BudgetSide, Cause, SharedOptions, compare_budgets};
/// use wxlicense::planning::budget::PeriodLength;
///
/// let cards = RateCards::embedded().unwrap();
/// let plan = |basic: u32| {
///     let text = format!("date = 2023-01-01\n[[school]]\ncode = \"1\"\nname = \"甲\"\nbasic = {basic}\n");
///     plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards)).plan.unwrap()
/// };
/// let (old, new) = (plan(150), plan(230));
/// let side = |plan| BudgetSide { plan, from: None, growth: None };
/// let options = SharedOptions { years: 2, by: PeriodLength::Year, fiscal_year_start: 1 };
/// let comparison = compare_budgets(side(&old), side(&new), &options)?;
/// assert_eq!(comparison.difference.firm.to_string(), "580.00");
/// assert_eq!(comparison.periods[1].causes[0].cause, Cause::Headcount);
/// # Ok::<(), wxlicense::analysis::compare::CompareBudgetsError>(())
/// ```
///
/// # Errors
/// [`CompareBudgetsError`] if a side has no budget, or a sum overflows the range of money.
pub fn compare_budgets(
    old: BudgetSide<'_>,
    new: BudgetSide<'_>,
    options: &SharedOptions,
) -> Result<BudgetComparison, CompareBudgetsError> {
    let mut invalid = options.of(None, old.growth).problems();
    let of_new = options.of(None, new.growth).problems();
    invalid.extend(of_new.into_iter().filter(|error| !invalid.contains(error)).collect::<Vec<_>>());
    if !invalid.is_empty() {
        return Err(CompareBudgetsError::Options(invalid));
    }
    let left_out = Plan::left_out_of(&[new.plan, old.plan]);
    match (DatedSide::new(old, options), DatedSide::new(new, options)) {
        (Ok(old), Ok(new)) => {
            let comparison = assemble(old, new, options).ok_or(CompareBudgetsError::Overflow)?;
            Ok(BudgetComparison { left_out, ..comparison })
        }
        (old, new) => Err(CompareBudgetsError::Sides {
            old: old.err().unwrap_or_default(),
            new: new.err().unwrap_or_default(),
        }),
    }
}

fn assemble(old: DatedSide, new: DatedSide, options: &SharedOptions) -> Option<BudgetComparison> {
    let route = BudgetRoute::new(&old, &new, options)?;
    let start = route.amounts_of(&old.budget)?;
    let (_, tallies) = walk(&route, route.start(), start)?;
    let customers = customers(&route, tallies)?;
    let periods = periods(&route, &customers)?;
    let payers = payers(&old.budget, &new.budget)?;
    let (causes, difference) = sum_by_cause(customers.iter().flat_map(|customer| &customer.causes))?;
    Some(BudgetComparison {
        old_growth: old.growth,
        new_growth: new.growth,
        old: old.budget,
        new: new.budget,
        periods,
        payers,
        customers,
        causes,
        difference,
        left_out: Vec::new(),
    })
}

fn payers(old: &Budget, new: &Budget) -> Option<Vec<PayerChange>> {
    let (before, after) = (payer_sides(old), payer_sides(new));
    let gone = old.payers.iter().filter(|payer| !after.contains_key(&payer.payer.code));
    new.payers
        .iter()
        .chain(gone)
        .map(|payer| {
            let side = |sides: &HashMap<&Option<String>, PayerSide>| sides.get(&payer.payer.code).copied();
            let (old, new) = (side(&before), side(&after));
            let [less, sum] = [old, new].map(|side| side.map_or(Change::ZERO, |side| amounts(&side.totals)));
            Some(PayerChange { party: payer.payer.clone(), old, new, difference: sum.checked_sub(less)? })
        })
        .collect()
}

/// Returns what each payer pays, by code.
fn payer_sides(budget: &Budget) -> HashMap<&Option<String>, PayerSide> {
    let mut open = vec![false; budget.payers.len()];
    for line in budget.lines.iter().filter(|line| line.order.quote.payable().is_none()) {
        open[line.payer] = true;
    }
    let payers = budget.payers.iter().zip(open);
    payers
        .map(|(payer, open)| {
            let side = PayerSide { status: payer.status, totals: payer.totals, complete: !open };
            (&payer.payer.code, side)
        })
        .collect()
}

/// Returns the two sums of orders.
fn amounts(totals: &Totals) -> Change {
    Change { firm: totals.payable, unconfirmed: totals.unconfirmed }
}

impl SharedOptions {
    /// Returns the options of one side's budget.
    fn of(&self, from: Option<Date>, growth: Option<Decimal>) -> BudgetOptions {
        let SharedOptions { years, by, fiscal_year_start } = *self;
        BudgetOptions { from, years, end: None, growth, by, fiscal_year_start }
    }
}

#[cfg(test)]
mod tests;
