//! What the validator says of a plan that was damaged: it finds every kind, and nothing in the plan itself.

use super::schools::yuan;
use crate::account::Counts;
use crate::money::Money;
use crate::plan::fixture::plan;
use crate::planning::optimize::validate::violations;
use crate::planning::optimize::{Limits, PlannedLot, Problem, PurchasePlan, optimize};

/// Two years of a school with accounts that run already, codes in stock, and users who join.
const SCHOOL: &str = "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 300\ninterop = 10\n\
    held = [{ type = \"basic\", count = 250, expires = 2024-05-01 }]\n\
    [[school.purchase]]\npaid = 2023-12-01\nbasic = 30\nterm = { years = 1 }\n\
    [[school.headcount]]\nfrom = 2025-01-01\nbasic = 340\ninterop = 10\n";

fn problem(limits: Limits) -> Problem {
    let plan = plan(SCHOOL);
    Problem::of(&plan, &plan.groups()[0], 2, limits).unwrap()
}

fn cheapest() -> PurchasePlan {
    optimize(&problem(Limits::default()), &|| false).unwrap().plan
}

/// Changes a plan so that it is no longer valid.
type Damage = fn(&mut PurchasePlan);

fn first_lot(plan: &mut PurchasePlan) -> &mut PlannedLot {
    &mut plan.orders[0].lots[0]
}

#[test]
fn every_kind_of_damage_is_found() {
    let (problem, cheapest) = (problem(Limits::default()), cheapest());
    let found = |damage: Damage| {
        let mut plan = cheapest.clone();
        damage(&mut plan);
        violations(&problem, &plan).join("\n")
    };
    assert_eq!(found(|_| ()), "");
    let damages: [(&str, Damage); 15] = [
        ("is not the sum of the prices", |plan| plan.cost = Money::from_fen(plan.cost.fen() + 1)),
        ("is not the sum of the prices", |plan| plan.orders[0].price = Money::from_fen(1)),
        ("after", |plan| plan.orders[0].price = Money::from_fen(1)),
        ("after", |plan| plan.orders[0].after.basic += 1),
        ("an order for 371 days", |plan| plan.orders[0].term_days = 371),
        ("an order for 1861 days", |plan| plan.orders[0].term_days = 1861),
        ("are not the lots of", |plan| plan.orders[0].counts = Counts::ZERO),
        ("days, from", |plan| first_lot(plan).expires += 1),
        ("days, from", |plan| {
            let lot = first_lot(plan);
            (lot.activated, lot.expires) = (lot.activated - 1, lot.expires - 1);
        }),
        ("days, from", |plan| {
            let lot = first_lot(plan);
            (lot.activated, lot.expires) = (lot.activated + 400, lot.expires + 400);
        }),
        ("do not run then", |plan| {
            let lot = first_lot(plan);
            (lot.extends, lot.expires) = (Some(lot.activated + 1), lot.expires + 1);
        }),
        ("day 0: PerType", |plan| plan.orders.retain(|order| order.day > 0)),
        ("day 0: PerType", |plan| plan.stock.clear()),
        ("codes in stock are used", |plan| plan.stock.extend(plan.stock.clone())),
        ("days, from", |plan| plan.stock[0].lot.activated = plan.stock[0].last_day + 1),
    ];
    for (number, (said, damage)) in damages.into_iter().enumerate() {
        let violations = found(damage);
        assert!(violations.contains(said), "{number}, {said}:\n{violations}");
    }
}

#[test]
fn every_limit_that_is_broken_is_found() {
    let plan = cheapest();
    for (said, limits) in [
        ("day 0: an order for", Limits { order_days: vec![(6, 30)], ..Limits::default() }),
        ("too many orders in a year", Limits { orders_per_year: 0, ..Limits::default() }),
        ("more is paid in a year", Limits { year_budget: yuan("100.00"), ..Limits::default() }),
    ] {
        let violations = violations(&problem(limits), &plan).join("\n");
        assert!(violations.contains(said), "{said}:\n{violations}");
    }
}

#[test]
fn users_are_covered_up_to_the_last_day_of_the_horizon() {
    let problem = problem(Limits::default());
    let mut plan = cheapest();
    let last = problem.days - 1;
    for lot in plan.orders.iter_mut().flat_map(|order| &mut order.lots) {
        lot.expires = lot.expires.min(last);
    }
    let violations = violations(&problem, &plan).join("\n");
    assert!(violations.contains(&format!("day {last}: PerType")), "{violations}");
    assert!(!violations.contains(&format!("day {}: PerType", last - 1)), "{violations}");
}
