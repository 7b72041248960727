//! Yuan by month and payer: billed, expected, planned. [`rows`] comes first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Span;
use jiff::civil::Date;

use super::{Doubt, ReconciledOrder, Verdict};
use crate::money::Money;
use crate::plan::{Plan, School};
use crate::planning::schedule::{ScheduleError, ScheduleOptions, schedule};
use crate::pricing::Party;

/// What a payer's orders of a month cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementRow {
    /// First day of the month, Beijing time.
    pub month: Date,
    /// Whose orders.
    pub of: StatementOf,
    /// Billed by orders that were paid in the month.
    pub billed: Money,
    /// What those of them should cost that could be checked.
    pub expected: Money,
    /// What the plan, without the bills, was to pay in the month; `None` if a price is not known, the schools are left
    /// out, or the month is before the plan's date or more than five years after it.
    pub planned: Option<Money>,
}

/// Whose orders a row of the statement has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementOf {
    /// A payer and its downstreams.
    Payer(Party),
    /// Several payers, who have one price together (O11).
    Several,
    /// Schools that the plan leaves out, since a file of them or their groups could not be read.
    LeftOut,
    /// Enterprises that the plan does not have.
    NotInPlan,
}

/// Number of years after the plan's date for which it is asked what it was to pay: a bill of a later day is a mistake
/// in its document.
const MOST_YEARS: i64 = 5;

/// Returns the rows of every month from the first bill to the last, by month and then in the order of the plan.
pub(super) fn rows(
    plan: &Plan,
    written: &Plan,
    orders: &[ReconciledOrder],
) -> Result<Vec<StatementRow>, ScheduleError> {
    let payers: Vec<&School> = plan.schools.iter().filter(|school| school.upstream.is_none()).collect();
    let positions: HashMap<&str, usize> =
        payers.iter().enumerate().map(|(index, payer)| (payer.code.as_str(), index)).collect();
    let by_code: HashMap<&str, &School> =
        plan.schools.iter().map(|school| (school.code.as_str(), school)).collect();
    let payer_of = |party: &Party| {
        let school = by_code.get(party.code.as_deref()?)?;
        positions.get(school.upstream.as_deref().unwrap_or(&school.code)).copied()
    };
    let [several, left_out, not_in_plan] = [0, 1, 2].map(|after| payers.len() + after);
    let is_left_out = |party: &Party| plan.left_out.iter().any(|school| school.party == *party);
    let mut sums: BTreeMap<(Date, usize), (Money, Money)> = BTreeMap::new();
    for order in orders.iter().filter(|order| order.is_paid) {
        let (Some(paid), Some(billed)) = (order.paid, order.billed) else { continue };
        let of_order: BTreeSet<usize> = order.schools.iter().filter_map(payer_of).collect();
        let payer = match (of_order.first(), order.doubt) {
            (_, Some(Doubt::UnknownEnterprise)) => not_in_plan,
            _ if order.schools.iter().any(is_left_out) => left_out,
            (None, _) => not_in_plan,
            (Some(&payer), _) if of_order.len() == 1 => payer,
            _ => several,
        };
        let sum = sums.entry((paid.first_of_month(), payer)).or_default();
        let checked = matches!(order.verdict, Verdict::Matched | Verdict::Mismatched);
        let expected = order.expected.filter(|_| checked).unwrap_or(Money::ZERO);
        sum.0 = sum.0.checked_add(billed).ok_or(ScheduleError::Overflow)?;
        sum.1 = sum.1.checked_add(expected).ok_or(ScheduleError::Overflow)?;
    }
    let months = sums.keys().map(|(month, _)| *month);
    let (Some(first), Some(last)) = (months.clone().min(), months.max()) else { return Ok(Vec::new()) };
    let ends = plan.date.and_then(|date| date.checked_add(Span::new().years(MOST_YEARS)).ok());
    let last = ends.map_or(last, |ends| last.min(ends.first_of_month()));
    let planned = planned(written, first, last)?;
    for key in planned.keys() {
        sums.entry(*key).or_default();
    }
    let starts = plan.date.map(Date::first_of_month);
    let row = |((month, payer), (billed, expected)): ((Date, usize), (Money, Money))| StatementRow {
        month,
        of: match payers.get(payer) {
            Some(payer) => StatementOf::Payer(payer.party()),
            None if payer == several => StatementOf::Several,
            None if payer == left_out => StatementOf::LeftOut,
            None => StatementOf::NotInPlan,
        },
        billed,
        expected,
        planned: match planned.get(&(month, payer)) {
            Some(planned) => *planned,
            None => Some(Money::ZERO).filter(|_| {
                payer != left_out && month <= last && starts.is_none_or(|starts| starts <= month)
            }),
        },
    };
    Ok(sums.into_iter().map(row).collect())
}

/// Returns what a plan pays from its date on by month and payer, in the months from one to another, both inclusive.
fn planned(
    plan: &Plan,
    first: Date,
    last: Date,
) -> Result<BTreeMap<(Date, usize), Option<Money>>, ScheduleError> {
    let until = last.last_of_month().tomorrow().map_err(|_| ScheduleError::Overflow)?;
    let schedule = schedule(plan, &ScheduleOptions { until, growth: Default::default() })?;
    let mut planned: BTreeMap<(Date, usize), Option<Money>> = BTreeMap::new();
    for (payer, of_payer) in schedule.payers.iter().enumerate() {
        let is_ahead = |day: Date| first.max(schedule.date) <= day && day < until;
        for order in of_payer.orders.iter().filter(|order| is_ahead(order.date)) {
            let sum = planned.entry((order.date.first_of_month(), payer)).or_insert(Some(Money::ZERO));
            *sum = sum.zip(order.quote.payable()).and_then(|(sum, payable)| sum.checked_add(payable));
        }
    }
    Ok(planned)
}
