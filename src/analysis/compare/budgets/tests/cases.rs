//! One cause each, with its figure.

use std::sync::Arc;

use jiff::civil::date;

use super::super::*;
use crate::Money;
use crate::analysis::compare::Cause;
use crate::plan::fixture::plan;

const ONE_YEAR: SharedOptions = SharedOptions { years: 1, by: PeriodLength::Year, fiscal_year_start: 1 };

/// School `a` with 150 basic users, and what the text adds.
fn school(text: &str) -> String {
    format!("date = 2023-01-01\n[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 150\n{text}")
}

/// A side from its plan's date on, without growth.
fn side(plan: &Plan) -> BudgetSide<'_> {
    BudgetSide { plan, from: None, growth: None }
}

fn compared(old: BudgetSide<'_>, new: BudgetSide<'_>) -> BudgetComparison {
    compare_budgets(old, new, &ONE_YEAR).unwrap()
}

/// The causes of a year from the plans' date on, in fen of the firm total.
fn causes(old: &str, new: &str) -> Vec<(Cause, i64)> {
    let (old, new) = (plan(old), plan(new));
    firm(&compared(side(&old), side(&new)))
}

/// The causes of one plan between the years that begin on two days.
fn causes_between(text: &str, days: (Date, Date)) -> Vec<(Cause, i64)> {
    let plan = plan(text);
    let side = |from| BudgetSide { plan: &plan, from: Some(from), growth: None };
    firm(&compared(side(days.0), side(days.1)))
}

fn firm(comparison: &BudgetComparison) -> Vec<(Cause, i64)> {
    comparison.causes.iter().map(|part| (part.cause, part.change.firm.fen())).collect()
}

#[test]
fn users_and_term() {
    // 5×5 + 145×4 = 605; with 80 more, 50×4 + 30×3 = 290
    assert_eq!(causes(&school(""), &school("").replace("150", "230")), [(Cause::Headcount, 29_000)]);
    assert_eq!(causes(&school(""), &school("term = { years = 2 }\n")), [(Cause::Term, 60_500)]);
    let both = school("term = { years = 2 }\n").replace("150", "230");
    assert_eq!(causes(&school(""), &both), [(Cause::Headcount, 29_000), (Cause::Term, 89_500)]);
}

#[test]
fn users_of_the_autumn_cost_a_part_of_the_year() {
    let autumn = school("[[school.headcount]]\nfrom = 2023-09-01\nbasic = 230\n");
    // 80 accounts from 2023-09-01 until 2024-01-08, 129 of 372 days of 50×4 + 30×3
    assert_eq!(causes(&school(""), &autumn), [(Cause::Headcount, 10_056)]);
}

#[test]
fn accounts_that_are_there_already() {
    let held = school("held = [{ type = \"basic\", count = 150, expires = 2024-06-30 }]\n");
    assert_eq!(causes(&school(""), &held), [(Cause::Holdings, -60_500)]);
    let bought = school("[[school.purchase]]\npaid = 2022-12-01\nactivated = 2022-12-01\nbasic = 150\n");
    // Until 2023-12-08; the renewal falls in the year.
    assert_eq!(causes(&school(""), &bought), []);
}

#[test]
fn another_date_of_the_plan_in_the_same_year() {
    let (old, new) = (plan(&school("")), plan(&school("").replace("2023-01-01", "2023-07-01")));
    let from = |plan, day| BudgetSide { plan, from: Some(day), growth: None };
    // The old plan has bought before, and renews on 2024-01-01; the new one buys on its date, and renews on
    // 2024-06-30.
    let july = date(2023, 7, 1);
    assert_eq!(firm(&compared(from(&old, july), from(&new, july))), [(Cause::Date, 60_500)]);
    let autumn = date(2023, 10, 1);
    let comparison = compared(from(&old, autumn), from(&new, autumn));
    assert_eq!(firm(&comparison), []);
    assert!(comparison.is_of_one_period());
    assert!(!compared(from(&old, july), from(&new, autumn)).is_of_one_period());
}

#[test]
fn growth_is_of_the_new_side() {
    let plan = plan(&school(""));
    let side = |growth: Option<i64>| BudgetSide {
        plan: &plan,
        from: None,
        growth: growth.map(|percent| Decimal::new(percent, 0)),
    };
    let two_years = SharedOptions { years: 2, ..ONE_YEAR };
    let comparison = compare_budgets(side(None), side(Some(10)), &two_years).unwrap();
    // 15 accounts more at the renewal of the second year
    assert_eq!(firm(&comparison), [(Cause::Growth, 6_000)]);
    let by_year: Vec<i64> = comparison.periods.iter().map(|period| period.difference.firm.fen()).collect();
    assert_eq!(by_year, [0, 6_000]);
}

#[test]
fn members_of_a_group_and_of_a_plan() {
    let other = "[[school]]\ncode = \"b\"\nname = \"B\"\nbasic = 150\n";
    let (alone, both) = (school(""), school(other));
    assert_eq!(causes(&alone, &both), [(Cause::Added, 60_500)]);
    assert_eq!(causes(&both, &alone), [(Cause::Removed, -60_500)]);
    // 300 accounts cost 1105
    let group = school(&format!("{other}upstream = \"a\"\n"));
    assert_eq!(causes(&both, &group), [(Cause::Group, -10_500)]);
}

#[test]
fn a_group_too_large_for_one_order_gets_its_cause_with_the_next_step() {
    let negotiated = "negotiated = { basic = \"0.80\" }\n";
    let plan = |basic: u32, upstream: &str| {
        let other =
            format!("[[school]]\ncode = \"b\"\nname = \"B\"\nbasic = {basic}\n{negotiated}{upstream}");
        school(&format!("{negotiated}{other}")).replace("150", &basic.to_string())
    };
    let (old, new) = (plan(600_000, ""), plan(150, "upstream = \"a\"\n"));
    assert_eq!(causes(&old, &new).iter().map(|(cause, _)| *cause).collect::<Vec<_>>(), [Cause::Headcount]);
}

#[test]
fn an_unconfirmed_school_moves_between_the_totals() {
    let (old, new) = (plan(&school("")), plan(&school("status = \"unconfirmed\"\n")));
    let comparison = compared(side(&old), side(&new));
    let change = Change { firm: Money::from_fen(-60_500), unconfirmed: Money::from_fen(60_500) };
    assert_eq!(comparison.causes, [CauseChange { cause: Cause::Status, change }]);
}

#[test]
fn a_price_that_was_open_is_a_cause_and_leaves_the_comparison_incomplete() {
    let open = school("").replace("150", "12000");
    let agreed = format!("{open}negotiated = {{ basic = \"0.80\" }}\n");
    let (old, new) = (plan(&open), plan(&agreed));
    let comparison = compared(side(&old), side(&new));
    assert_eq!(firm(&comparison), [(Cause::Negotiated, 160_000)]);
    assert!(!comparison.is_complete() && comparison.payers[0].old.is_some_and(|old| !old.complete));
    assert!(compared(side(&new), side(&new)).is_complete());
}

#[test]
fn other_prices_and_other_waivers() {
    let primary = "industry = \"教育/初等教育\"\ncertification = \"verified\"\n";
    let mut plans = [school(""), school(primary)].map(|text| plan(&text));
    let [charged, waived] = &plans;
    assert_eq!(firm(&compared(side(charged), side(waived))), [(Cause::Waiver, -60_500)]);
    plans[1] = plans[0].clone();
    Arc::make_mut(&mut plans[1].card).tiers[1].price.basic.price = "4.50".parse().unwrap();
    // 145 accounts at 0.50 more
    assert_eq!(firm(&compared(side(&plans[0]), side(&plans[1]))), [(Cause::Tiers, 7_250)]);
}

const YEARS: (Date, Date) = (date(2023, 1, 1), date(2024, 1, 1));

#[test]
fn a_year_against_the_last_with_the_same_users_differs_in_nothing() {
    assert_eq!(causes_between(&school(""), YEARS), []);
}

#[test]
fn users_that_join_between_two_years_are_headcount() {
    let joined = school("[[school.headcount]]\nfrom = 2024-03-01\nbasic = 230\n");
    // 80 accounts paid on 2024-02-29, from 2024-03-01 until 2025-01-14: 319 of 372 days
    assert_eq!(causes_between(&joined, YEARS), [(Cause::Headcount, 24_868)]);
    // Those of the autumn cost 100.56 in the first year, and 290.00 in the second.
    let autumn = joined.replace("2024-03-01", "2023-09-01");
    assert_eq!(causes_between(&autumn, YEARS), [(Cause::Headcount, 29_000 - 10_056)]);
}

#[test]
fn a_waiver_that_ends_between_two_years() {
    let primary = school("industry = \"教育/初等教育\"\ncertification = \"verified\"\n");
    // On its last day the waiver gives free accounts for a second year.
    let years = (date(2023, 1, 1), date(2025, 1, 1));
    assert_eq!(causes_between(&primary, years), [(Cause::Waiver, 60_500)]);
}

#[test]
fn accounts_for_two_years_are_paid_in_one() {
    let two_years = school("term = { years = 2 }\n");
    assert_eq!(causes_between(&two_years, YEARS), [(Cause::Date, -121_000)]);
}

#[test]
fn a_plan_of_the_next_year_in_which_all_came_as_foreseen_differs_in_nothing() {
    let bought = "[[school.purchase]]\npaid = 2023-01-01\nactivated = 2023-01-01\nbasic = 150\n";
    let (old, new) = (school(""), school(bought).replace("date = 2023-01-01", "date = 2024-01-01"));
    assert_eq!(causes(&old, &new), []);
    let (old, new) = (plan(&old), plan(&new));
    let comparison = compared(side(&old), side(&new));
    let days = [&comparison.periods[0].old, &comparison.periods[0].new].map(|side| (side.from, side.to));
    assert_eq!(days, [(date(2023, 1, 1), date(2023, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))]);
}

#[test]
fn a_side_without_a_budget_is_named() {
    let undated = plan("[[school]]\ncode = \"a\"\nname = \"A\"\nbasic = 150\n");
    let dated = plan(&school(""));
    let no_start = || vec![BudgetError::NoStart];
    let errors = |old, new| compare_budgets(side(old), side(new), &ONE_YEAR).unwrap_err();
    let sides = |old, new| CompareBudgetsError::Sides { old, new };
    assert_eq!(errors(&undated, &dated), sides(no_start(), Vec::new()));
    assert_eq!(errors(&dated, &undated), sides(Vec::new(), no_start()));
    assert_eq!(errors(&undated, &undated), sides(no_start(), no_start()));
}

#[test]
fn options_are_looked_at_together() {
    let plan = plan(&school(""));
    let none = SharedOptions { years: 0, ..ONE_YEAR };
    let shrinking = BudgetSide { growth: Some(-Decimal::ONE_HUNDRED), ..side(&plan) };
    let error = compare_budgets(side(&plan), shrinking, &none).unwrap_err();
    let growth = BudgetError::Growth { percent: -Decimal::ONE_HUNDRED };
    assert_eq!(error, CompareBudgetsError::Options(vec![BudgetError::Years { years: 0 }, growth]));
}
