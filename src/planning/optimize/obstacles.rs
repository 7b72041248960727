//! Why there is no plan: what proves it, or which limit excludes all plans.

use super::assign::Weights;
use super::bound::lower_bound;
use super::engine::{baselines, by_patterns};
use super::problem::Problem;
use super::{Limits, Obstacle, OptimizeError, PurchasePlan};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{Held, PurchaseKind};

/// Refuses a need before the first day of an order that accounts and codes in stock do not cover.
pub(super) fn check_first_orders(problem: &Problem) -> Result<(), OptimizeError> {
    let first = problem.order_days.first().copied().unwrap_or(problem.days);
    let steps = problem.need.iter().map(|(day, _)| *day);
    let expiries = problem.start.lots.iter().map(|lot| lot.expires);
    let mut days: Vec<i32> = steps.chain(expiries).filter(|day| (0..first).contains(day)).collect();
    days.sort_unstable();
    for day in days {
        let missing = missing(problem, day);
        let of_type = AccountType::ALL.into_iter().rev().find(|of| *missing.get(*of) > 0);
        if let Some(account_type) = of_type {
            let users = *missing.get(account_type);
            let first = problem.order_days.first().map(|day| problem.date(*day));
            return Err(OptimizeError::NoOrderDay { account_type, users, day: problem.date(day), first });
        }
    }
    Ok(())
}

/// Returns the accounts that are missing on a day if nothing is bought and every code in stock serves a user.
fn missing(problem: &Problem, day: i32) -> Counts {
    let mut have = problem.start.active(day);
    for code in problem.start.codes.iter().filter(|code| code.paid <= day) {
        *have.get_mut(code.account_type) += code.count;
    }
    let need = problem.need_on(day);
    let spare = have.interop.saturating_sub(need.interop);
    Counts {
        basic: need.basic.saturating_sub(have.basic.saturating_add(spare)),
        interop: need.interop.saturating_sub(have.interop),
    }
}

/// Returns why no plan was found that keeps to the limits; `steadiest` is the one with the cheapest dearest year of those
/// that keep to all limits but the budget of a year.
pub(super) fn why_none(
    problem: &Problem,
    steadiest: Option<&PurchasePlan>,
    stop: &dyn Fn() -> bool,
) -> OptimizeError {
    if let (Some(budget), Some(plan)) = (problem.limits.year_budget, steadiest) {
        let found = problem.dearest_year(plan);
        return OptimizeError::YearBudget {
            budget,
            least: least_dearest_year(problem, plan).min(found),
            found,
        };
    }
    OptimizeError::NoPlan { obstacles: obstacles(problem, stop) }
}

/// Returns a lower bound of what every plan pays in its dearest year: the average of all years, or what the first day
/// takes.
fn least_dearest_year(problem: &Problem, plan: &PurchasePlan) -> Money {
    let limits =
        Limits { year_budget: None, value_rest: false, order_cost: Money::ZERO, ..problem.limits.clone() };
    let Ok(free) = problem.with_limits(limits) else { return Money::ZERO };
    let years = i64::from(problem.year(problem.days - 1)) + 1;
    let average = lower_bound(&free, plan.cost).fen().div_euclid(years);
    // Nothing is active on the first day but what is there, so that nothing else comes first in the tiers; of the codes
    // in stock all may be used, and under some rules count.
    let held = problem.start.active(0);
    let unactivated = problem.start.codes.iter().fold(Counts::ZERO, |mut sum, code| {
        *sum.get_mut(code.account_type) += code.count;
        sum
    });
    let mut first = i64::MAX;
    let missing = missing(problem, 0);
    for of in AccountType::ALL {
        // An order of both types costs no less than one of one type.
        let counts = Counts::of(of, *missing.get(of));
        let beside = Held { longer: held, equal: Counts::ZERO, unactivated };
        // Whole months may be cheaper than fewer days.
        let month = problem.table.term_rules().days_per_month.max(1);
        let terms = [problem.least_term, problem.least_term.next_multiple_of(month)];
        let prices = terms.map(|term| problem.price(counts, term, PurchaseKind::New, beside));
        let least = prices.into_iter().flatten().min().map_or(0, Money::fen);
        let price = if counts.is_zero() { 0 } else { least };
        first = if of == AccountType::Basic { price } else { first.max(price) };
    }
    Money::from_fen(average.max(first))
}

/// Returns the limits without which, the others kept, there is a plan.
fn obstacles(problem: &Problem, stop: &dyn Fn() -> bool) -> Vec<Obstacle> {
    let limits = &problem.limits;
    let term_rules = problem.table.term_rules();
    let mut eased: Vec<(Limits, Measure)> = vec![
        (Limits { least_term: Some(term_rules.least_days), ..limits.clone() }, least_term),
        (Limits { most_term: term_rules.most_days, ..limits.clone() }, most_term),
        (Limits { hold_codes: u32::MAX, ..limits.clone() }, longest_held),
        (Limits { order_days: Vec::new(), ..limits.clone() }, other_day),
        (Limits { orders_per_year: u32::MAX, ..limits.clone() }, most_orders),
        (Limits { round_to: 1, ..limits.clone() }, |_, _| Some(Obstacle::RoundTo)),
        (Limits { whole_months: false, ..limits.clone() }, |_, _| Some(Obstacle::WholeMonths)),
    ];
    eased.retain(|(eased, _)| eased != limits);
    let of = |(eased, measure): (Limits, Measure)| {
        let eased = problem.with_limits(eased).ok()?;
        // Few orders, since their number may be what is in the way.
        let weights = Weights { penalty: 10_000_000, ..Weights::default() };
        let plan = by_patterns(&eased, &weights, stop);
        let plan = plan.or_else(|| baselines(&eased).into_iter().find_map(|(_, plan)| plan))?;
        measure(problem, &plan)
    };
    eased.into_iter().filter_map(of).collect()
}

/// Says what a plan takes of a limit that it does not keep to.
type Measure = fn(&Problem, &PurchasePlan) -> Option<Obstacle>;

fn least_term(_: &Problem, plan: &PurchasePlan) -> Option<Obstacle> {
    plan.orders.iter().map(|order| order.term_days).min().map(Obstacle::LeastTerm)
}

fn most_term(_: &Problem, plan: &PurchasePlan) -> Option<Obstacle> {
    plan.orders.iter().map(|order| order.term_days).max().map(Obstacle::MostTerm)
}

fn longest_held(_: &Problem, plan: &PurchasePlan) -> Option<Obstacle> {
    let held = |order: &super::PlannedOrder| {
        order.lots.iter().map(|lot| lot.activated.abs_diff(order.day)).max().unwrap_or(0)
    };
    plan.orders.iter().map(held).max().map(Obstacle::HoldCodes)
}

fn other_day(problem: &Problem, plan: &PurchasePlan) -> Option<Obstacle> {
    let days = plan.orders.iter().map(|order| problem.date(order.day));
    days.filter(|day| !problem.limits.allows_day(*day)).min().map(Obstacle::OrderDays)
}

fn most_orders(problem: &Problem, plan: &PurchasePlan) -> Option<Obstacle> {
    let of_year = |year: i32| plan.orders.iter().filter(|order| problem.year(order.day) == year).count();
    let most = plan.orders.iter().map(|order| of_year(problem.year(order.day))).max()?;
    Some(Obstacle::OrdersPerYear(u32::try_from(most).unwrap_or(u32::MAX)))
}
