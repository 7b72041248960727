//! Plans of random customers against what the yearly policy pays.

use jiff::ToSpan;
use rust_decimal::Decimal;

use crate::plan::fixture::reading;
use crate::planning::optimize::{Limits, OptimizeError, Problem, optimize};
use crate::planning::schedule::random::drawn;
use crate::planning::schedule::{OrderKind, PayerSchedule, ScheduleOptions, schedule};

/// Returns what a payer's schedule pays in fen for orders that are not recorded; `None` if that is not known, or users are
/// without an account.
fn paid(payer: &PayerSchedule, from: jiff::civil::Date) -> Option<i64> {
    if payer.gaps.iter().any(|gap| from < gap.until) {
        return None;
    }
    let orders = payer.orders.iter().filter(|order| order.kind != OrderKind::Recorded);
    orders.map(|order| order.quote.payable().map(crate::money::Money::fen)).sum()
}

#[test]
fn with_the_shortest_term_no_plan_is_dearer_than_the_budget() {
    let asked = std::env::var("OPTIMIZE_CASES").ok().and_then(|cases| cases.parse().ok());
    let mut compared = 0;
    for text in drawn(8 * asked.unwrap_or(1)) {
        let Some(plan) = reading(&text).plan else { continue };
        let Some(from) = plan.date else { continue };
        let until = from.checked_add(1.years()).unwrap();
        let Ok(scheduled) = schedule(&plan, &ScheduleOptions { until, growth: Decimal::ZERO }) else {
            continue;
        };
        for (group, payer) in plan.groups().iter().zip(&scheduled.payers) {
            let Some(paid) = paid(payer, from) else { continue };
            let limits = Limits { least_term: Some(31), orders_per_year: 1000, ..Limits::default() };
            let problem = match Problem::of(&plan, group, 1, limits) {
                Ok(problem) => problem,
                Err(OptimizeError::Free) => continue,
                Err(error) => panic!("{error}\n{text}"),
            };
            match optimize(&problem, &|| false) {
                Ok(found) => {
                    assert!(found.cost.fen() <= paid, "{} {paid} {:?}\n{text}", found.cost, group[0].code)
                }
                Err(OptimizeError::Unpriced { .. }) => continue,
                Err(error) => panic!("{error}\n{text}"),
            }
            compared += 1;
        }
    }
    assert!(compared >= 3, "{compared}");
}
