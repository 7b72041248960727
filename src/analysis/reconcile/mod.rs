//! Compares WeCom's bills with what they should be: the price of each order is computed again from its own counts and
//! term, and from the accounts that were active when it was paid.
//!
//! In go a [`Plan`] that has the orders among its purchases ([`Plan::with_orders`]) and the [`Bills`]; out comes a
//! [`Reconciliation`]. Read [`reconcile`] first: `prices` has what each order should cost, `possible` and `unrenewed` what may
//! have come before it where nothing says which codes were activated, `same_day` what may have come after it on its day,
//! `verdict` judges it, `statement` adds up by month.
//! [`explain`] says which rules explain the bills (`rules`, `under`), and which order would tell the remaining ones apart
//! (`telling`, `candidates`). `unit_prices` says what the bills leave of prices that nobody has confirmed: `constraints` has
//! what each says about them, `solver` and `system` solve all together. `proof` is for the rate card that they leave.

mod bits;
mod candidates;
mod constraints;
mod nearly;
mod possible;
mod possible_prices;
mod price_range;
mod prices;
mod proof;
mod rules;
mod same_day;
mod solver;
mod statement;
mod system;
mod telling;
#[cfg(test)]
mod tests;
mod under;
mod unit_prices;
mod unrenewed;
mod verdict;

pub use bits::Bits;
pub use nearly::NearlyExplained;
pub use price_range::PriceRange;
pub use prices::PricedPart;
pub use rules::{RuleFindings, RuledOut, explain};
pub use statement::{StatementOf, StatementRow};
pub use telling::{Outcome, TellingOrder};
pub use unit_prices::{ImpliedPrice, OtherPrices, PricedTier, UnitPriceEvidence, UnitPriceFinding};
pub use verdict::{Doubt, ReconciledOrder, Verdict};

use jiff::civil::Date;

use crate::account::AccountType;
use crate::money::Money;
use crate::plan::{Plan, RecordedKind};
use crate::planning::quote::quote_plan;
use crate::planning::schedule::ScheduleError;
use crate::pricing::{OrderQuote, Party};
use crate::rules::last_activation_day;
use crate::wecom::bills::Bills;
use prices::Prices;

/// Bills compared with what they should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciliation {
    /// Id of the rate card.
    pub rate_card: String,
    /// The plan's date, Beijing time.
    pub date: Date,
    /// The orders, by day of payment; those that were not paid, or could not be read, come last.
    pub orders: Vec<ReconciledOrder>,
    /// What the plan misses on its date, by payer, with all orders counted as purchases.
    pub not_ordered: Vec<NotOrdered>,
    /// Codes that were paid by the plan's date and are not activated, by their last day.
    pub unactivated: Vec<Unactivated>,
    /// Yuan by month and payer.
    pub statement: Vec<StatementRow>,
    /// Ids of the facts that the expected prices rest on, each once.
    pub facts: Vec<String>,
    /// The sums of the orders that are matched or mismatched.
    pub totals: ReconciledTotals,
}

/// Accounts that a payer needs and has not ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotOrdered {
    /// The payer.
    pub school: Party,
    /// What they cost; `None` if some have no price.
    pub payable: Option<Money>,
    /// True if an order that could not be read may be for them.
    pub may_be_ordered: bool,
}

/// Codes of an order that are not activated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unactivated {
    /// WeCom's id of the order.
    pub order_id: String,
    /// The school for which they were bought.
    pub school: Party,
    /// Their type.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Last day on which they can be activated, Beijing time (T4, docs/rules.md#t4); `None` without a rule.
    pub last_day: Option<Date>,
    /// True if that day is before the plan's date, so that they are lost.
    pub is_lost: bool,
    /// Their part of the order's price; `None` if the price is not known.
    pub worth: Option<Money>,
}

/// Sums of bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReconciledTotals {
    /// Billed by the orders that were checked.
    pub billed: Money,
    /// What these should cost.
    pub expected: Money,
    /// Billed less expected.
    pub difference: Money,
    /// Billed by orders that were paid and could not be checked; in none of the sums.
    pub unchecked: Money,
    /// The number of these.
    pub unchecked_orders: u32,
    /// The number of orders that could not be read; in none of the sums.
    pub unreadable_orders: u32,
    /// The number of files with errors, which may have more orders.
    pub incomplete_files: usize,
    /// The number of schools that the plan leaves out, whose orders cannot be checked; what they need is not known.
    pub left_out_schools: usize,
}

impl ReconciledTotals {
    /// Returns true if every order of the documents is in the sums, or has nothing to check, and no school is left out.
    pub fn is_complete(&self) -> bool {
        self.unchecked_orders == 0
            && self.unreadable_orders == 0
            && self.incomplete_files == 0
            && self.left_out_schools == 0
    }
}

impl Reconciliation {
    /// Returns true if a bill differs from what it should be.
    pub fn has_mismatch(&self) -> bool {
        self.orders.iter().any(|order| order.verdict == Verdict::Mismatched)
    }
}

/// Compares the bills with the plan. `written` is the plan without the orders of the bills, from which the statement
/// takes what was planned.
///
/// # Errors
/// [`ScheduleError`] if the plan has no date, an order cannot be priced, or a sum overflows.
pub fn reconcile(plan: &Plan, written: &Plan, bills: &Bills) -> Result<Reconciliation, ScheduleError> {
    let date = plan.date.ok_or(ScheduleError::NoDate)?;
    let prices = Prices::new(plan, bills)?;
    let orders = verdict::judge(plan, bills, &prices)?;
    let mut totals = totals(&orders).ok_or(ScheduleError::Overflow)?;
    totals.incomplete_files = bills.incomplete_files;
    totals.left_out_schools = plan.left_out.len();
    let statement = statement::rows(plan, written, &orders)?;
    Ok(Reconciliation {
        rate_card: plan.card.id.clone(),
        date,
        not_ordered: not_ordered(plan, bills)?,
        unactivated: unactivated(plan, date, &prices),
        statement,
        facts: prices.facts(),
        totals,
        orders,
    })
}

fn not_ordered(plan: &Plan, bills: &Bills) -> Result<Vec<NotOrdered>, ScheduleError> {
    let orders = quote_plan(plan)?.quote.orders.into_iter();
    let missing = orders.filter(|order| order.members.iter().any(|member| !member.counts.is_zero()));
    let not_ordered = |order: OrderQuote| {
        let may_be_ordered = order.members.iter().any(|member| may_have_ordered(plan, bills, &member.party));
        NotOrdered { payable: order.payable(), school: order.payer, may_be_ordered }
    };
    Ok(missing.map(not_ordered).collect())
}

/// Returns true if an order that could not be read may be of a school.
fn may_have_ordered(plan: &Plan, bills: &Bills, party: &Party) -> bool {
    let school = plan.schools.iter().find(|school| school.party() == *party);
    bills.hidden.may_be_of(school.and_then(|school| school.corp_id.as_deref()))
}

fn unactivated(plan: &Plan, date: Date, prices: &Prices) -> Vec<Unactivated> {
    let mut found = Vec::new();
    for school in &plan.schools {
        for purchase in &school.purchases {
            let Some(bill) = purchase.bill.as_ref().filter(|_| purchase.kind == RecordedKind::Purchase)
            else {
                continue;
            };
            let last_day = last_activation_day(&plan.card, purchase.paid);
            for account_type in AccountType::ALL.into_iter().filter(|_| purchase.paid <= date) {
                let count = purchase.unactivated(account_type);
                if count > 0 {
                    let priced = prices.of(&bill.order_id);
                    found.push(Unactivated {
                        order_id: bill.order_id.clone(),
                        school: school.party(),
                        account_type,
                        count,
                        last_day,
                        is_lost: last_day.is_some_and(|last| last < date),
                        worth: priced.and_then(|part| part.worth(bill.price, account_type, count)),
                    });
                }
            }
        }
    }
    found.sort_by_key(|codes| codes.last_day);
    found
}

fn totals(orders: &[ReconciledOrder]) -> Option<ReconciledTotals> {
    let mut totals = ReconciledTotals::default();
    for order in orders {
        let Some(billed) = order.billed else {
            totals.unreadable_orders += 1;
            continue;
        };
        match (order.verdict, order.expected) {
            (Verdict::Matched | Verdict::Mismatched, Some(expected)) => {
                totals.billed = totals.billed.checked_add(billed)?;
                totals.expected = totals.expected.checked_add(expected)?;
            }
            _ if order.is_paid => {
                totals.unchecked = totals.unchecked.checked_add(billed)?;
                totals.unchecked_orders += 1;
            }
            _ => {}
        }
    }
    totals.difference = totals.billed.checked_sub(totals.expected)?;
    Some(totals)
}
