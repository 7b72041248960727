//! Where a plan stands on its date: what is overdue, what is due soon, what comes next, and who is not covered.
//!
//! A [`Plan`] and a number of days go in, a [`Status`] comes out; read [`status()`] first. It is a view of the
//! [schedule](super::schedule).

use std::collections::HashMap;

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::schedule::{
    Lapsed, OrderKind, PayerSchedule, Schedule, ScheduleError, ScheduleOptions, ScheduledOrder, schedule,
};
use crate::account::Counts;
use crate::plan::{Holdings, MemberPosition, Missing, Plan, School, Trials, missing};
use crate::pricing::{OrderStatus, Party, Totals};

/// The state of a plan on its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Id of the rate card.
    pub rate_card: String,
    /// The plan's date, Beijing time.
    pub date: Date,
    /// The days that `due` and `expiring` look ahead.
    pub within_days: u32,
    /// Payments that are late.
    pub overdue: PaymentSum,
    /// Users of confirmed schools who are locked out.
    pub overdue_users: u64,
    /// Payments of the plan's date and of the days ahead that are not late.
    pub due: PaymentSum,
    /// The earliest overdue payment, else the first to come.
    pub next: Option<NextPayment>,
    /// Ids of the facts that the amounts rest on and that WeCom has not confirmed, each once.
    pub facts: Vec<String>,
    /// Every school, in the order of the plan.
    pub schools: Vec<SchoolStatus>,
}

/// Payments together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PaymentSum {
    /// Number of orders, unconfirmed ones included.
    pub orders: u32,
    /// Number of orders that are confirmed, in whole or in part: those that the totals count.
    pub confirmed: u32,
    /// Their sums.
    pub totals: Totals,
}

/// A payment that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPayment {
    /// Index of the payer in [`Plan::schools`].
    pub school: usize,
    /// Its code and name.
    pub payer: Party,
    /// The order.
    pub order: ScheduledOrder,
}

/// The users and accounts of one school on the plan's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolStatus {
    /// Its code and name.
    pub school: Party,
    /// Confirmed if its row in the plan is.
    pub status: OrderStatus,
    /// True if it needs licences at all (W1).
    pub charged: bool,
    /// All its users, those in a trial too.
    pub need: Counts,
    /// Active accounts.
    pub active: Counts,
    /// Those that expire within the days ahead.
    pub expiring: Counts,
    /// Codes that are paid and can still be activated.
    pub unactivated: Counts,
    /// Users in a free trial, who need no account yet.
    pub in_trial: Counts,
    /// Users without an active account whom a code in stock serves: activations due today.
    pub to_activate: Counts,
    /// Users without an active account, out of trial, whom no code in stock can serve.
    pub uncovered: Counts,
    /// The day since which users have been without an active account, Beijing time; `None` if nobody is, or if
    /// no record tells.
    pub uncovered_since: Option<Date>,
    /// Its codes that were lost (T4).
    pub lapsed: Vec<Lapsed>,
}

impl Status {
    /// Returns true if a payment is late, or a user of a confirmed school is locked out.
    pub fn is_overdue(&self) -> bool {
        self.overdue.confirmed > 0 || self.overdue_users > 0
    }
}

/// Returns where a plan stands, and what is due within some days.
///
/// # Errors
/// [`ScheduleError`] if the plan has no date, or an order cannot be placed.
pub fn status(plan: &Plan, within_days: u32) -> Result<Status, ScheduleError> {
    let date = plan.date.ok_or(ScheduleError::NoDate)?;
    let days = |days: u32| Span::new().try_days(days).ok().and_then(|span| date.checked_add(span).ok());
    let horizon = days(within_days).unwrap_or(Date::MAX);
    let schedule =
        // No accounts run longer than the longest term, so that the next payment is before.
        schedule_with_a_payment(plan, [days(within_days), days(within_days.max(plan.card.term.most_days))])?;
    let to_pay = || {
        let payers = schedule.payers.iter();
        payers
            .flat_map(|payer| payer.orders.iter().map(|order| (payer.members[0], order)))
            .filter(|(_, order)| order.kind != OrderKind::Recorded && date <= order.date)
    };
    let overdue = to_pay().filter(|(_, order)| order.is_overdue()).map(|(_, order)| order);
    let due =
        to_pay().filter(|(_, order)| !order.is_overdue() && order.date <= horizon).map(|(_, order)| order);
    let next = to_pay().min_by_key(|(_, order)| (order.due_since.unwrap_or(order.date), order.date));
    let schools = school_statuses(plan, &schedule, date, horizon);
    let shown = to_pay().filter(|(_, order)| order.is_overdue() || order.date <= horizon).chain(next);
    let mut facts: Vec<String> = Vec::new();
    for fact in shown.flat_map(|(_, order)| order.quote.facts.iter()) {
        if !facts.contains(fact) {
            facts.push(fact.clone());
        }
    }
    let locked_out = schools.iter().filter(|school| school.status == OrderStatus::Confirmed);
    Ok(Status {
        rate_card: plan.card.id.clone(),
        date,
        within_days,
        overdue: payment_sum(plan, overdue)?,
        overdue_users: locked_out.map(|school| users(school.uncovered)).sum(),
        due: payment_sum(plan, due)?,
        next: next.map(|(school, order)| NextPayment {
            school,
            payer: plan.schools[school].party(),
            order: order.clone(),
        }),
        facts: plan.card.unconfirmed(&facts).map(|fact| fact.id.to_string()).collect(),
        schools,
    })
}

/// Returns the schedule up to the first of these days, inclusive, up to which there is a payment to make; else up to the
/// last.
fn schedule_with_a_payment(plan: &Plan, days: [Option<Date>; 2]) -> Result<Schedule, ScheduleError> {
    let up_to = |day: Option<Date>| {
        let until = day.and_then(|day| day.tomorrow().ok()).unwrap_or(Date::MAX);
        schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO })
    };
    let soon = up_to(days[0])?;
    let mut orders = soon.payers.iter().flat_map(|payer| &payer.orders);
    match orders.any(|order| order.kind != OrderKind::Recorded) {
        true => Ok(soon),
        false => up_to(days[1]),
    }
}

fn users(counts: Counts) -> u64 {
    u64::from(counts.basic) + u64::from(counts.interop)
}

/// Returns the sum of orders of a plan; it is incomplete if schools are left out.
fn payment_sum<'o>(
    plan: &Plan,
    orders: impl Iterator<Item = &'o ScheduledOrder>,
) -> Result<PaymentSum, ScheduleError> {
    let orders: Vec<_> = orders.map(|order| &order.quote).collect();
    let count = |status: Option<OrderStatus>| {
        let counted = orders.iter().filter(|order| status.is_none_or(|status| order.status == status));
        u32::try_from(counted.count()).unwrap_or(u32::MAX)
    };
    let (all, confirmed) = (count(None), count(Some(OrderStatus::Confirmed)));
    let mut totals = Totals::of(orders).ok_or(ScheduleError::Overflow)?;
    totals.complete &= plan.left_out.is_empty();
    Ok(PaymentSum { orders: all, confirmed, totals })
}

fn school_statuses(plan: &Plan, schedule: &Schedule, date: Date, horizon: Date) -> Vec<SchoolStatus> {
    let mut statuses: Vec<Option<SchoolStatus>> = vec![None; plan.schools.len()];
    for payer in &schedule.payers {
        let group: Vec<&School> = payer.members.iter().map(|&index| &plan.schools[index]).collect();
        let holdings = plan.group_holdings(&group);
        let (positions, shared) = holdings.positions(date, Trials::Counted);
        let found = missing(&positions, shared);
        let mut since = uncovered_since(payer, date);
        let mut lapsed = lapsed_by_member(payer);
        for (member, (school, holdings)) in holdings.members().enumerate() {
            let mut status = school_status(plan, school, &positions[member], &found[member], date);
            status.expiring = expiring(holdings, date, horizon);
            status.uncovered_since = since.remove(&member);
            status.lapsed = lapsed.remove(&member).unwrap_or_default();
            if member == 0 {
                status.unactivated = status.unactivated.saturating_add(shared);
            }
            statuses[payer.members[member]] = Some(status);
        }
    }
    statuses.into_iter().flatten().collect()
}

/// Returns the day since which users have been without an account on a day, by member.
fn uncovered_since(payer: &PayerSchedule, date: Date) -> HashMap<usize, Date> {
    let mut since: HashMap<usize, Date> = HashMap::new();
    for gap in payer.gaps.iter().filter(|gap| gap.from < date && date <= gap.until) {
        let first = since.entry(gap.member).or_insert(gap.from);
        *first = gap.from.min(*first);
    }
    since
}

fn lapsed_by_member(payer: &PayerSchedule) -> HashMap<usize, Vec<Lapsed>> {
    let mut by_member: HashMap<usize, Vec<Lapsed>> = HashMap::new();
    for lapsed in &payer.lapsed {
        by_member.entry(lapsed.member).or_default().push(*lapsed);
    }
    by_member
}

fn school_status(
    plan: &Plan,
    school: &School,
    position: &MemberPosition,
    found: &Missing,
    date: Date,
) -> SchoolStatus {
    let need = plan.need(school, date, Trials::Ignored);
    SchoolStatus {
        school: school.party(),
        status: school.status,
        charged: school.is_charged(&plan.card),
        need,
        active: position.active,
        expiring: Counts::ZERO,
        unactivated: position.codes,
        in_trial: need.saturating_sub(position.need),
        to_activate: found.to_activate,
        uncovered: found.missing,
        uncovered_since: None,
        lapsed: Vec::new(),
    }
}

/// Returns the accounts of a school that run on a day and expire up to another, inclusive, whatever the plan
/// records for later days.
fn expiring(holdings: &Holdings, date: Date, horizon: Date) -> Counts {
    let running = holdings.running(date, Date::MAX).into_iter().filter(|(_, expires, _)| *expires <= horizon);
    running.fold(Counts::ZERO, |sum, (account_type, _, count)| {
        sum.saturating_add(Counts::of(account_type, count))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::fixture::plan;

    #[test]
    fn accounts_that_are_prolonged_do_not_expire_soon() {
        let plan = plan(
            r#"
            date = 2023-02-01
            [[school]]
            code = "a"
            name = "A"
            basic = 50
            held = [{ type = "basic", count = 30, expires = 2023-02-20 }, { type = "basic", count = 30, expires = 2023-02-10 }]
            [[school.purchase]]
            paid = 2023-01-31
            kind = "renewal"
            basic = 40
            "#,
        );
        let school = &status(&plan, 30).unwrap().schools[0];
        assert_eq!((school.active.basic, school.expiring.basic), (60, 20));
    }
}
