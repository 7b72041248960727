//! Plans of other users than a plan states. Read [`grown`] first.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::account::{AccountType, Counts, PerType};
use crate::plan::{Headcount, Plan};
use crate::planning::schedule::{NeedStep, ScheduleError, ScheduleOptions, schedule};

/// Returns the plan with users that grow as the schedule supposes: by this part of one at each renewal that the yearly
/// policy places, until the plan states other numbers. Every policy then has the same users.
///
/// # Errors
/// [`ScheduleError`] if the plan has no date, or an order of the schedule cannot be placed.
pub fn grown(plan: &Plan, years: u32, growth: Decimal) -> Result<Plan, ScheduleError> {
    if growth.is_zero() {
        return Ok(plan.clone());
    }
    let from = plan.date.ok_or(ScheduleError::NoDate)?;
    let until = from.saturating_add(i16::try_from(years).unwrap_or(i16::MAX).years());
    let schedule = schedule(plan, &ScheduleOptions { until, growth })?;
    let mut plan = plan.clone();
    for payer in &schedule.payers {
        for (member, &school) in payer.members.iter().enumerate() {
            let steps: Vec<&NeedStep> = payer.needs.iter().filter(|step| step.member == member).collect();
            let school = &mut plan.schools[school];
            let days: BTreeSet<Date> =
                steps.iter().filter_map(|step| step.from).filter(|day| *day >= from).collect();
            let at_start = users(&steps, from);
            // In trials the schedule needs nobody; the plan itself knows when they end.
            let known = PerType::from_fn(|account_type| {
                if *at_start.get(account_type) == 0 {
                    *school.users(from).get(account_type)
                } else {
                    *at_start.get(account_type)
                }
            });
            let grown = days
                .into_iter()
                .filter(|day| *day > from)
                .map(|day| Headcount { from: day, counts: users(&steps, day) });
            let grown: Vec<Headcount> = grown.collect();
            school.headcounts = [Headcount { from, counts: known }].into_iter().chain(grown).collect();
        }
    }
    Ok(plan)
}

/// Returns the users of a member who need an account on a day.
fn users(steps: &[&NeedStep], day: Date) -> Counts {
    PerType::from_fn(|account_type: AccountType| {
        let mut of_type = steps.iter().filter(|step| step.account_type == account_type);
        let last = of_type.rfind(|step| step.from.is_none_or(|from| from <= day));
        last.map_or(0, |step| step.users)
    })
}
