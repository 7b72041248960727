//! Limits that exclude plans: each is kept, or named with by how much.

use jiff::civil::date;

use super::schools::{CONSTANT, optimum, problem, yuan};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::plan::fixture::plan;
use crate::planning::optimize::{
    Limits, Obstacle, OptimizeError, Policy, Problem, optimize, optimize_robust,
};
use crate::pricing::fixture::card;

fn refused(text: &str, limits: Limits) -> OptimizeError {
    optimize(&problem(text, limits), &|| false).unwrap_err()
}

#[test]
fn limits_are_kept() {
    let limits = Limits {
        order_days: vec![(1, 1)],
        orders_per_year: 1,
        round_to: 50,
        whole_months: true,
        hold_codes: 200,
        ..Limits::default()
    };
    let found = optimum(CONSTANT, limits);
    assert!(found.plan.orders.iter().all(|order| order.counts.basic.is_multiple_of(50)));
}

#[test]
fn the_yearly_policy_buys_in_multiples_too() {
    // Five times 1,250 accounts, though 1,210 are needed.
    let text = CONSTANT.replace("1200", "1210");
    let found = optimum(&text, Limits { round_to: 50, ..Limits::default() });
    let yearly = found.baselines.iter().find(|baseline| baseline.policy == Policy::Yearly).unwrap();
    assert_eq!(yearly.cost, yuan("14775.00"));
}

#[test]
fn users_before_the_first_order_are_named() {
    let limits = Limits { order_days: vec![(3, 1), (9, 1)], ..Limits::default() };
    let (account_type, users, day) = (AccountType::Basic, 1200, date(2024, 1, 1));
    let first = Some(date(2024, 3, 1));
    assert_eq!(refused(CONSTANT, limits), OptimizeError::NoOrderDay { account_type, users, day, first });
}

#[test]
fn terms_that_contradict_each_other_are_named() {
    let of = |limits: Limits| {
        let plan = plan(CONSTANT);
        Problem::of(&plan, &plan.groups()[0], 5, limits).unwrap_err()
    };
    let contradiction = Limits { least_term: Some(500), most_term: 400, ..Limits::default() };
    assert_eq!(of(contradiction), OptimizeError::NoTerm { least: 500, most: 400 });
    let whole_months =
        Limits { least_term: Some(380), most_term: 400, whole_months: true, ..Limits::default() };
    assert_eq!(of(whole_months), OptimizeError::NoTerm { least: 403, most: 372 });
}

#[test]
fn a_limit_that_excludes_every_plan_is_named() {
    // New users in March, with orders in January only, whose codes must be activated at once.
    let text = format!("{CONSTANT}[[school.headcount]]\nfrom = 2025-03-01\nbasic = 1300\n");
    let limits = Limits { order_days: vec![(1, 1)], hold_codes: 0, most_term: 372, ..Limits::default() };
    let OptimizeError::NoPlan { obstacles } = refused(&text, limits) else { panic!() };
    assert!(matches!(obstacles[..], [.., Obstacle::OrderDays(_)]), "{obstacles:?}");
    let limits = Limits { orders_per_year: 0, ..Limits::default() };
    let OptimizeError::NoPlan { obstacles } = refused(CONSTANT, limits) else { panic!() };
    assert_eq!(obstacles, [Obstacle::OrdersPerYear(1)]);
}

#[test]
fn a_budget_of_a_year_is_kept_or_refused_with_what_it_takes() {
    // The first 1,200 accounts for a year take 2,905.00.
    let limits = |yuan: i64| Limits { year_budget: Some(Money::from_fen(yuan * 100)), ..Limits::default() };
    let found = optimum(CONSTANT, limits(3000));
    assert!(yuan("7705.00") < Some(found.cost) || found.cost == yuan("7705.00").unwrap());
    let problem = problem(CONSTANT, limits(3000));
    assert!(problem.dearest_year(&found.plan) <= Money::from_fen(300_000));
    let refused = refused(CONSTANT, limits(2900));
    let OptimizeError::YearBudget { least, found, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((Some(least), Some(found)), (yuan("2905.00"), yuan("2905.00")));
}

#[test]
fn what_is_left_counts_where_it_is_asked_for() {
    let found = optimum(CONSTANT, Limits::default());
    // 1,200 accounts at 1.00 yuan for 372 days run 33 days longer than the horizon.
    assert_eq!(Some(found.rest), yuan("106.45"));
    let valued = optimum(CONSTANT, Limits { value_rest: true, ..Limits::default() });
    assert!(valued.cost <= found.cost.checked_sub(found.rest).unwrap());
    assert!(found.rest <= valued.rest || valued.cost < found.cost);
    // The cheapest account costs 1.00 yuan for 372 days: 1,200 of them for the 1,827 days of the horizon.
    assert_eq!(problem(CONSTANT, Limits::default()).days, 1_827);
    assert!(
        yuan("5890.00") < Some(valued.lower_bound) && Some(valued.lower_bound) <= yuan("5893.55"),
        "{valued:?}"
    );
}

#[test]
fn the_robust_plan_costs_no_more_in_its_worst_case() {
    let problem = problem(CONSTANT, Limits::default());
    let found = optimize_robust(&problem, &card(), &|| false).unwrap();
    let worst = found.worst_case.cost;
    assert!(found.worst_case.lower_bound <= worst && found.optimum.cost <= worst);
    // The cheapest plan rides on running accounts, and costs 12,820.00 where none comes first. Two orders of 2,400 accounts
    // and one of 1,200 cost the same under all rules.
    assert_eq!(Some(worst), yuan("11115.00"));
    let yearly = found.baselines.iter().find(|baseline| baseline.policy == Policy::Yearly).unwrap();
    assert!(yearly.cost.is_some_and(|cost| worst <= cost));
}

#[test]
fn accounts_are_prolonged_as_far_as_the_card_lets_them_be() {
    // Without stacking, what is bought for those whose accounts expire begins on that day.
    let prolonged = |days_left: Option<u32>| {
        let mut card = card();
        match days_left {
            Some(days_left) => card.stacking.as_mut().unwrap().days_left = days_left,
            None => card.stacking = None,
        }
        let need = vec![(0, Counts::of(AccountType::Basic, 1200))];
        let problem = Problem::new(&card, date(2024, 1, 1), 800, need, Limits::default()).unwrap();
        let found = optimize(&problem, &|| false).unwrap();
        let lots: Vec<_> = found.plan.orders.iter().flat_map(|order| &order.lots).cloned().collect();
        lots.iter().filter_map(|lot| Some(lot.extends? - lot.activated)).max()
    };
    assert_eq!(prolonged(None), None);
    assert_eq!(prolonged(Some(0)), Some(0));
    assert_eq!(prolonged(Some(20)), Some(20));
}
