//! The cheapest way to buy: the validators of debug builds look at every schedule and at every plan that a search returns.

use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::Arc;

use wxlicense::diagnostic::{SourceFile, has_errors};
use wxlicense::money::Money;
use wxlicense::plan::{self, ReadOptions};
use wxlicense::planning::optimize::{Grid, Limits, Optimum, Problem, optimize_on_grid, problems};
use wxlicense::planning::optimize::{OptimizeError, optimize as search};
use wxlicense::{Counts, PerType};

use super::numbers::Numbers;
use super::{CARDS, check_problems};

/// Makes a small plan and limits of the bytes, and looks for the cheapest way to buy. It is valid, no dearer than the simple
/// policies, and no plan costs less than the bound: none on a grid, and none within narrower limits.
pub fn optimize(bytes: &[u8]) {
    let mut numbers = Numbers::new(bytes);
    let limits = limits(&mut numbers);
    let years = numbers.small(1) + 1;
    let text = plan_text(&mut numbers);
    let source = Arc::new(SourceFile::new("plan.toml", text));
    let reading = plan::read(&source, &ReadOptions::new(&CARDS));
    let Some(plan) = reading.plan else {
        assert!(has_errors(&reading.diagnostics));
        return check_problems(&reading.diagnostics);
    };
    for (_, problem) in problems(&plan, years, &limits) {
        match problem.and_then(|problem| search(&problem, &stop()).map(|found| (problem, found))) {
            Ok((problem, found)) => check(&problem, &found),
            Err(error) => check_error(error),
        }
    }
}

fn check(problem: &Problem, found: &Optimum) {
    assert!(found.lower_bound <= found.cost, "{found:?}");
    for baseline in &found.baselines {
        assert!(baseline.cost.is_none_or(|cost| found.cost <= cost), "{found:?}");
    }
    // What is valid within these limits is valid within wider ones.
    let wider = Limits {
        least_term: Some(31),
        most_term: 1860,
        hold_codes: 366,
        order_days: Vec::new(),
        orders_per_year: 24.max(problem.limits.orders_per_year),
        round_to: 1,
        whole_months: false,
        year_budget: None,
        ..problem.limits.clone()
    };
    let wider = search(&problem.with_limits(wider).unwrap(), &stop()).unwrap();
    assert!(wider.lower_bound <= found.cost, "{} is above {found:?}", wider.lower_bound);
    // More days or terms would be millions of states for some plans.
    let most = Counts { basic: 10_000, interop: 10_000 };
    let unit = PerType { basic: 10_000, interop: 10_000 };
    let grid = Grid { days: vec![0], terms: vec![744], unit, most, renewals: true };
    if let (false, Some(plan)) = (problem.limits.value_rest, optimize_on_grid(problem, &grid, &stop())) {
        let placing = problem.limits.order_cost.fen() * i64::try_from(plan.orders.len()).unwrap();
        let cost = Money::from_fen(plan.cost.fen() + placing);
        assert!(found.lower_bound <= cost, "{} is above {plan:?}", found.lower_bound);
    }
}

fn check_error(error: OptimizeError) {
    assert!(error != OptimizeError::Overflow);
    if let OptimizeError::YearBudget { least, found, .. } = &error {
        assert!(least <= found, "{error:?}");
    }
}

/// Ends a search after so many questions, so that the same bytes always lead to the same plan.
fn stop() -> impl Fn() -> bool {
    const QUESTIONS: u32 = 40;
    let asked = Cell::new(0);
    move || {
        asked.set(asked.get() + 1);
        asked.get() > QUESTIONS
    }
}

fn limits(numbers: &mut Numbers<'_>) -> Limits {
    let order_days = [(1, 1), (3, 1), (6, 30), (9, 1), (12, 31)];
    let order_days = (0..numbers.up_to(4).saturating_sub(2)).map(|_| numbers.pick(&order_days)).collect();
    Limits {
        least_term: numbers.one_in(2).then(|| numbers.small(400)),
        most_term: numbers.pick(&[1860, 1860, 744, 372, 100]),
        hold_codes: numbers.pick(&[366, 366, 100, 31, 1, 0]),
        order_days,
        orders_per_year: numbers.pick(&[24, 24, 4, 2, 1]),
        order_cost: Money::from_fen(numbers.pick(&[0, 0, 1, 10_000])),
        round_to: numbers.pick(&[1, 1, 1, 7, 50]),
        whole_months: numbers.one_in(4),
        year_budget: numbers.one_in(8).then(|| Money::from_fen(i64::from(numbers.small(2_000_000)))),
        value_rest: numbers.one_in(4),
    }
}

/// Writes a school, or two of a group, with accounts, codes and changes of their users.
fn plan_text(numbers: &mut Numbers<'_>) -> String {
    let mut text = String::from("date = 2024-01-01\n");
    for code in 0..=numbers.pick(&[0, 0, 1]) {
        let (basic, interop) = users(numbers);
        let term = numbers.pick(&[
            "{ years = 1 }",
            "{ years = 1 }",
            "{ months = 6 }",
            "{ days = 100 }",
            "{ years = 3 }",
        ]);
        writeln!(text, "[[school]]\ncode = \"{code}\"\nname = \"Invented {code}\"").unwrap();
        writeln!(text, "basic = {basic}\ninterop = {interop}\nterm = {term}").unwrap();
        if code > 0 {
            text += "upstream = \"0\"\n";
        }
        for _ in 0..numbers.up_to(2) {
            let (basic, interop) = users(numbers);
            let from = day(numbers, 2024);
            writeln!(text, "[[school.headcount]]\nfrom = {from}\nbasic = {basic}\ninterop = {interop}")
                .unwrap();
        }
        for _ in 0..numbers.up_to(2) {
            let (basic, interop) = users(numbers);
            let paid = day(numbers, 2023);
            let months = numbers.within(1, 24);
            writeln!(text, "[[school.purchase]]\npaid = {paid}\nbasic = {basic}\ninterop = {interop}")
                .unwrap();
            writeln!(text, "term = {{ months = {months} }}").unwrap();
            if numbers.one_in(2) {
                writeln!(text, "activated = {paid}").unwrap();
            }
        }
    }
    text
}

fn users(numbers: &mut Numbers<'_>) -> (u64, u64) {
    let most = numbers.pick(&[8, 60, 255, 1_100]);
    (numbers.up_to(most), if numbers.one_in(2) { numbers.up_to(most / 4 + 1) } else { 0 })
}

fn day(numbers: &mut Numbers<'_>, year: u64) -> String {
    let (year, month) = (year + numbers.up_to(1), numbers.within(1, 12));
    format!("{year}-{month:02}-{:02}", numbers.within(1, 28))
}
