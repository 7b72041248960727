mod cases;

use jiff::Span;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::Cause;
use super::super::cause::add_up;
use super::*;
use crate::plan::fixture::reading;
use crate::plan::{Plan, School};
use crate::planning::schedule::ScheduleError;
use crate::planning::schedule::random::plans;
use crate::pricing::{OrderError, PurchaseError};

/// Few cases for every day, always the same; `PROPTEST_CASES` asks for as many others.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { ProptestConfig::default().rng_seed } else { RngSeed::Fixed(2023) };
    ProptestConfig {
        cases: asked.unwrap_or(24),
        rng_seed,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Which parts of a school are those of another plan.
#[derive(Debug, Clone, Copy)]
struct Mixed {
    users: bool,
    apps: bool,
    negotiated: bool,
    status: bool,
    customer: bool,
}

fn mixed() -> impl Strategy<Value = Mixed> {
    any::<[bool; 5]>().prop_map(|[users, apps, negotiated, status, customer]| Mixed {
        users,
        apps,
        negotiated,
        status,
        customer,
    })
}

/// Returns a plan with some parts of the schools of another.
fn mix(plan: &Plan, other: &Plan, parts: Mixed) -> Plan {
    let mut plan = plan.clone();
    for school in &mut plan.schools {
        let Some(other) = other.schools.iter().find(|other| other.code == school.code) else { continue };
        *school = mix_school(school, other, parts);
    }
    plan
}

fn mix_school(school: &School, other: &School, parts: Mixed) -> School {
    let mut school = school.clone();
    if parts.users {
        (school.counts, school.headcounts) = (other.counts, other.headcounts.clone());
    }
    if parts.apps {
        school.apps.clone_from(&other.apps);
    }
    if parts.negotiated {
        school.negotiated = PerType { basic: "0.80".parse().ok(), interop: None };
    }
    if parts.status {
        school.status = other.status;
    }
    if parts.customer {
        school.customer.clone_from(&other.customer);
    }
    school
}

/// Days from the plan's date to the first day of the period, and the growth.
fn side() -> impl Strategy<Value = (Option<i32>, Option<i64>)> {
    let days = prop_oneof![3 => Just(None), 1 => (-200i32..800).prop_map(Some)];
    (days, prop_oneof![4 => Just(None), 1 => (-30i64..60).prop_map(Some)])
}

fn options() -> impl Strategy<Value = SharedOptions> {
    let by = prop_oneof![Just(PeriodLength::Month), Just(PeriodLength::Quarter), Just(PeriodLength::Year)];
    (1u32..4, by, 1u32..13).prop_map(|(years, by, fiscal_year_start)| SharedOptions {
        years,
        by,
        fiscal_year_start,
    })
}

fn of(plan: &Plan, (days, growth): (Option<i32>, Option<i64>)) -> BudgetSide<'_> {
    let from = days.map(|days| plan.date.unwrap().saturating_add(Span::new().days(days)));
    BudgetSide { plan, from, growth: growth.map(|percent| Decimal::new(percent, 0)) }
}

/// Growth can lift an order above what one may have.
fn is_too_large(error: &CompareBudgetsError) -> bool {
    let CompareBudgetsError::Sides { old, new } = error else { return false };
    old.iter().chain(new).all(|error| {
        let BudgetError::Schedule(ScheduleError::Order(OrderError { error, .. })) = error else {
            return false;
        };
        matches!(error, PurchaseError::TooManyAccounts { .. })
    })
}

fn sum(parts: impl Iterator<Item = Change>) -> Change {
    parts.fold(Change::ZERO, |sum, part| sum.checked_add(part).unwrap())
}

/// Checks that all parts of a comparison add up to the totals of both budgets.
fn check(comparison: &BudgetComparison) -> Result<(), TestCaseError> {
    let BudgetComparison { old, new, periods, payers, customers, causes, difference, .. } = comparison;
    let (before, after) = (amounts(&old.totals), amounts(&new.totals));
    let less = |after: Change, before: Change| after.checked_sub(before).unwrap();
    prop_assert_eq!(*difference, less(after, before));
    prop_assert_eq!(*difference, add_up(causes).unwrap());

    for period in periods {
        let (before, after) = (amounts(&period.old.totals), amounts(&period.new.totals));
        prop_assert_eq!(period.difference, less(after, before));
        prop_assert_eq!(period.difference, add_up(&period.causes).unwrap());
    }
    prop_assert_eq!(sum(periods.iter().map(|period| amounts(&period.old.totals))), before);
    prop_assert_eq!(sum(periods.iter().map(|period| amounts(&period.new.totals))), after);

    let paid = |side: Option<PayerSide>| side.map_or(Change::ZERO, |side| amounts(&side.totals));
    for payer in payers {
        prop_assert_eq!(payer.difference, less(paid(payer.new), paid(payer.old)));
    }
    prop_assert_eq!(sum(payers.iter().map(|payer| paid(payer.old))), before);
    prop_assert_eq!(sum(payers.iter().map(|payer| paid(payer.new))), after);

    let share = |state: &Option<BudgetCustomerState>| state.as_ref().map_or(Change::ZERO, |at| at.share);
    for customer in customers {
        let (before, after) = (share(&customer.old), share(&customer.new));
        prop_assert_eq!(customer.difference, less(after, before));
        prop_assert_eq!(customer.difference, add_up(&customer.causes).unwrap());
        prop_assert_eq!(sum(customer.periods.iter().map(|part| part.old)), before);
        prop_assert_eq!(sum(customer.periods.iter().map(|part| part.new)), after);
        for part in &customer.periods {
            prop_assert_eq!(add_up(&part.causes).unwrap(), less(part.new, part.old));
        }
        let sides = (customer.old.is_some(), customer.new.is_some());
        for cause in &customer.causes {
            prop_assert_eq!(cause.cause == Cause::Added, sides == (false, true), "{:?}", cause);
            prop_assert_eq!(cause.cause == Cause::Removed, sides == (true, false), "{:?}", cause);
        }
    }
    prop_assert_eq!(sum(customers.iter().map(|customer| share(&customer.old))), before);
    prop_assert_eq!(sum(customers.iter().map(|customer| share(&customer.new))), after);
    Ok(())
}

fn checked(
    old: BudgetSide<'_>,
    new: BudgetSide<'_>,
    options: &SharedOptions,
) -> Result<Option<BudgetComparison>, TestCaseError> {
    match compare_budgets(old, new, options) {
        Ok(comparison) => check(&comparison).map(|()| Some(comparison)),
        Err(error) if is_too_large(&error) => Ok(None),
        Err(error) => Err(TestCaseError::fail(error.to_string())),
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn causes_periods_and_payers_add_up_between_two_plans(
        texts in (plans(), plans()),
        sides in (side(), side()),
        options in options(),
    ) {
        let (Some(old), Some(new)) = (reading(&texts.0).plan, reading(&texts.1).plan) else { return Ok(()) };
        checked(of(&old, sides.0), of(&new, sides.1), &options)
            .map_err(|error| TestCaseError::fail(format!("{error}\n{}\n----\n{}", texts.0, texts.1)))?;
    }

    #[test]
    fn causes_are_the_parts_that_differ(texts in (plans(), plans()), parts in mixed(), options in options()) {
        let (Some(old), Some(other)) = (reading(&texts.0).plan, reading(&texts.1).plan) else { return Ok(()) };
        let new = mix(&old, &other, parts);
        let (old, new) = (of(&old, (None, None)), of(&new, (None, None)));
        let Some(comparison) = checked(old, new, &options)? else { return Ok(()) };
        for cause in &comparison.causes {
            let expected = match cause.cause {
                Cause::Group => true,
                Cause::Headcount => parts.users,
                Cause::Apps => parts.apps,
                Cause::Negotiated => parts.negotiated,
                Cause::Status => parts.status,
                Cause::Waiver => parts.customer,
                _ => false,
            };
            prop_assert!(expected, "{:?} of {:?}\n{}\n----\n{}", cause, parts, texts.0, texts.1);
        }
    }

    #[test]
    fn between_two_periods_of_a_plan_the_causes_are_what_changes_over_time(
        text in plans(),
        sides in (side(), side()),
        options in options(),
    ) {
        let Some(plan) = reading(&text).plan else { return Ok(()) };
        let (old, new) = (of(&plan, sides.0), of(&plan, sides.1));
        let Some(comparison) = checked(old, new, &options)? else { return Ok(()) };
        for cause in &comparison.causes {
            let expected = match cause.cause {
                Cause::Group => plan.schools.iter().any(|school| school.upstream.is_some()),
                Cause::Date | Cause::Waiver => old.from.or(plan.date) != new.from.or(plan.date),
                Cause::Headcount => plan.schools.iter().any(|school| !school.headcounts.is_empty()),
                Cause::Growth => sides.0.1.is_some() || sides.1.1.is_some(),
                _ => false,
            };
            prop_assert!(expected, "{:?}\n{}", cause, text);
        }
    }

    #[test]
    fn a_plan_differs_from_itself_in_nothing(text in plans(), side in side(), options in options()) {
        let Some(plan) = reading(&text).plan else { return Ok(()) };
        let Some(comparison) = checked(of(&plan, side), of(&plan, side), &options)? else { return Ok(()) };
        prop_assert_eq!(comparison.causes, []);
        prop_assert!(comparison.customers.iter().all(|customer| customer.causes.is_empty()));
    }
}
