//! The cheapest plan against fewer orders, other rules and other users; and the days that its accounts cover.

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::schools::CONSTANT;
use crate::money::Money;
use crate::plan::Plan;
use crate::plan::fixture::plan;
use crate::planning::optimize::problem::serves;
use crate::planning::optimize::{
    Limits, OptimizeOptions, OptimizedPlan, coverage, frontier, grown, optimize_plan, scenarios, trust,
};
use crate::rates::{NewPurchaseStart, Rule};

const YEARS: u32 = 2;

fn options() -> OptimizeOptions {
    OptimizeOptions { years: YEARS, limits: Limits::default(), robust: false }
}

fn optimized(plan: &Plan) -> OptimizedPlan {
    optimize_plan(plan, &options(), &|| false).unwrap()
}

/// A customer with two schools in a plan: one with accounts and a later headcount, one with a downstream.
fn customers(users: u32, later: u32, held: u32) -> Plan {
    plan(&format!(
        "date = 2024-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = {users}\n\
         held = [{{ type = \"basic\", count = {held}, expires = 2024-06-01 }}]\n\
         [[school.headcount]]\nfrom = 2025-03-01\nbasic = {later}\ninterop = 5\n\
         [[school]]\ncode = \"b\"\nname = \"B\"\nbasic = 90\n\
         [[school]]\ncode = \"c\"\nname = \"C\"\nbasic = 20\nupstream = \"b\"\n"
    ))
}

/// Tries random customers: few, since each takes a second; twice as many if twice the usual 256 cases are asked for.
fn for_customers(test: impl Fn(&Plan) -> Result<(), TestCaseError>) {
    let asked: Option<u32> = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = asked.map_or(3, |asked| (asked * 3 / 256).max(1));
    // What `proptest!` is given would be overruled by `PROPTEST_CASES`.
    let mut runner = TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let tried = runner
        .run(&(1u32..400, 1u32..400, 1u32..300), |(users, later, held)| test(&customers(users, later, held)));
    if let Err(error) = tried {
        panic!("{error}");
    }
}

#[test]
fn accounts_cover_the_users_on_every_day() {
    for_customers(|plan| {
        let optimized = optimized(plan);
        for payer in &optimized.payers {
            let steps = coverage(payer.found.as_ref().unwrap());
            prop_assert_eq!(steps[0].day, optimized.from);
            prop_assert!(steps.windows(2).all(|pair| pair[0].day < pair[1].day));
            for step in steps {
                prop_assert!(serves(step.active, step.need), "{:?}", step);
                let serving = step.serving();
                prop_assert!(step.need.basic <= serving.basic && step.need.interop <= serving.interop);
            }
        }
        Ok(())
    });
}

#[test]
fn more_orders_never_cost_more() {
    for_customers(|plan| {
        let points = frontier(plan, &options(), &|| false).unwrap();
        let numbers: Vec<u32> = points.iter().map(|point| point.orders_per_year).collect();
        prop_assert_eq!(numbers, [1, 2, 3, 4, 6, 12]);
        for pair in points.windows(2) {
            prop_assert!(pair[1].totals.cost <= pair[0].totals.cost || !pair[0].totals.complete);
        }
        for point in &points {
            prop_assert!(point.totals.lower_bound <= point.totals.cost);
            prop_assert!(point.totals.orders <= point.orders_per_year * YEARS * 2);
        }
        Ok(())
    });
}

#[test]
fn a_rule_more_to_trust_never_costs() {
    for_customers(|plan| {
        let rows = trust(plan, &options(), &|| false).unwrap();
        prop_assert_eq!(rows.iter().filter(|row| row.is_default).count(), 1);
        let default = rows.iter().find(|row| row.is_default).unwrap();
        prop_assert!(default.totals.cost <= optimized(plan).totals.cost);
        for pair in rows.windows(2) {
            prop_assert!(pair[1].totals.cost <= pair[0].totals.cost);
            prop_assert!(pair[0].totals.lower_bound <= pair[0].totals.cost);
        }
        Ok(())
    });
}

#[test]
fn no_plan_is_cheaper_than_the_least() {
    for_customers(|plan| {
        let growths = [0, 20, -10].map(Into::into);
        let found = scenarios(plan, &growths, &options(), &|| false).unwrap();
        prop_assert_eq!((found.payers, found.left_out), (2, 0));
        for scenario in 0..growths.len() {
            let mut known = (0..growths.len()).filter_map(|plan| found.regret(plan, scenario));
            prop_assert!(known.all(|regret| Money::ZERO <= regret));
        }
        let least = found.least_regret().and_then(|plan| found.worst_regret(plan));
        prop_assert!(
            least.is_some()
                && (0..3).all(|plan| found.worst_regret(plan).is_none_or(|one| least <= Some(one)))
        );
        // The plan for the growth itself is at least one of those that the row has for it.
        let own = optimized(&grown(plan, YEARS, rust_decimal::Decimal::new(2, 1)).unwrap()).totals.cost;
        prop_assert!(found.least[1] <= own && found.costs[1][1] == Some(own));
        Ok(())
    });
}

#[test]
fn trust_begins_without_days_and_without_riding() {
    let three_years = OptimizeOptions { years: 3, ..options() };
    let rows = trust(&plan(CONSTANT), &three_years, &|| false).unwrap();
    let named: Vec<_> = rows.iter().map(|row| (row.fact.as_deref(), row.rule, row.is_default)).collect();
    let rule = |start| Some(Rule::NewPurchase(start));
    assert_eq!(named[0], (None, rule(NewPurchaseStart::Nothing), false));
    assert_eq!(named[1], (Some("P8"), None, false));
    assert_eq!(named[2], (Some("P12"), rule(NewPurchaseStart::Longer), true));
    // By hand: an order of 2,400 accounts for two years, (5×5+195×4+300×3+500×2+1400×1)×1 = 4,105, and one of 1,200, which
    // costs 2,905, or 1,200 where it rides.
    assert_eq!(rows[0].totals.cost.to_string(), "7010.00");
    assert_eq!(rows[2].totals.cost.to_string(), "5305.00");
}

#[test]
fn payers_without_a_plan_for_a_growth_are_counted() {
    let many = plan(&CONSTANT.replace("1200", "9900"));
    let found = scenarios(&many, &[0.into(), 20.into()], &options(), &|| false).unwrap();
    assert_eq!((found.payers, found.left_out), (0, 1));
    assert_eq!(found.least[0], Money::ZERO);
}
