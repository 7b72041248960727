//! Looks for what keeps orders from being placed, as far as the plan tells: what a request needs and the plan does
//! not state, prices that are not known, and what WeCom would refuse.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::OrderProblem;
use super::due::{DueOrder, DuePayer};
use crate::account::{AccountType, Counts};
use crate::plan::{App, Plan, School};
use crate::rules::{OrderRefusal, OrderToCheck, look_up_trial, order_refusals};

/// Returns the problems of orders that can be seen before their requests are built.
pub(super) fn check(plan: &Plan, due: &[DuePayer]) -> Vec<OrderProblem> {
    let mut problems = Vec::new();
    let orders = || due.iter().flat_map(|payer| payer.orders.iter().map(move |order| (payer, order)));
    if orders().next().is_some() && plan.provider.buyer.is_none() {
        problems.push(OrderProblem::NoBuyer);
    }
    let payers: BTreeSet<usize> = orders().map(|(payer, _)| payer.payer()).collect();
    let without_id =
        payers.into_iter().map(|payer| &plan.schools[payer]).filter(|school| school.corp_id.is_none());
    problems.extend(without_id.map(|school| OrderProblem::NoCorpId { school: school.party() }));
    for (payer, order) in orders() {
        problems.extend(price(plan, payer, order));
        problems.extend(refusals(plan, payer, order));
    }
    problems.extend(permissions(plan, due));
    problems
}

fn price(plan: &Plan, payer: &DuePayer, order: &DueOrder) -> Option<OrderProblem> {
    order.quote.payable().is_none().then(|| OrderProblem::NoPrice {
        payer: plan.schools[payer.payer()].party(),
        date: order.date,
        unpriced: order.quote.unpriced,
    })
}

/// Returns the reasons for which WeCom would refuse an order, by O1–O4 (docs/rules.md#o1).
fn refusals(plan: &Plan, payer: &DuePayer, order: &DueOrder) -> Vec<OrderProblem> {
    let school = &plan.schools[payer.payer()];
    let (Some(day), Some(checks), false) = (order.date, &plan.card.order_checks, order.quote.test_enterprise)
    else {
        return Vec::new();
    };
    let counts = order.counts();
    let app_orders_known = !app_orders(plan, school).is_empty();
    let order_of = (day, order.quote.days, counts);
    let refused = refusals_of(plan, (school, payer.members.len() > 1), order_of);
    let refused = refused.into_iter().map(|refusal| OrderProblem::Refused {
        payer: school.party(),
        date: day,
        refusal,
        days: order.quote.days,
        accounts: u64::from(counts.basic) + u64::from(counts.interop),
        facts: refusal.facts(checks).to_vec(),
        certain: app_orders_known || !matches!(refusal, OrderRefusal::TooLongForTrial { .. }),
    });
    refused.collect()
}

/// Returns the reasons for which WeCom would refuse an order of a school, which may be a group's upstream: its day, term in
/// days and accounts, by O1–O4 (docs/rules.md#o1).
pub(crate) fn refusals_of(
    plan: &Plan,
    (school, is_group): (&School, bool),
    (day, days, counts): (Date, u32, Counts),
) -> Vec<OrderRefusal> {
    let app_orders = app_orders(plan, school);
    let checked = OrderToCheck {
        day,
        days,
        counts,
        app_orders: (!app_orders.is_empty()).then_some(&app_orders),
        in_trial: is_in_trial(plan, school, day),
        // Orders of a group are the upstream's: its own contacts do not limit them.
        contacts: school.contacts.filter(|_| !is_group),
    };
    order_refusals(&plan.card, &checked)
}

/// Returns the schools that get new interop accounts although all their apps need basic ones, each once.
fn permissions(plan: &Plan, due: &[DuePayer]) -> Vec<OrderProblem> {
    let Some(checks) = &plan.card.order_checks else { return Vec::new() };
    let mut interop: Vec<u32> = vec![0; plan.schools.len()];
    for (payer, order) in due.iter().flat_map(|payer| payer.orders.iter().map(move |order| (payer, order))) {
        for member in &order.quote.members {
            let of = |index: &&usize| Some(&plan.schools[**index].code) == member.party.code.as_ref();
            if let Some(&index) = payer.members.iter().find(of) {
                interop[index] = interop[index].max(member.counts.interop);
            }
        }
    }
    let schools = plan.schools.iter().zip(interop).filter(|(_, count)| *count > 0);
    let without = schools.filter(|(school, _)| {
        let mut apps = charged_apps(plan, school).peekable();
        !school.test_enterprise && apps.peek().is_some() && apps.all(|app| app.needs == AccountType::Basic)
    });
    without
        .map(|(school, count)| OrderProblem::NoPermission {
            school: school.party(),
            count,
            facts: checks.permission_facts.clone(),
        })
        .collect()
}

/// Returns the orders of the charged apps of a school, the first and the last day of each.
pub(crate) fn app_orders(plan: &Plan, school: &School) -> Vec<RangeInclusive<Date>> {
    let orders = charged_apps(plan, school).filter_map(|app| app.order);
    orders.map(|order| order.from..=order.until).collect()
}

pub(crate) fn charged_apps<'p>(plan: &'p Plan, school: &'p School) -> impl Iterator<Item = &'p App> {
    school.apps.iter().filter(|app| plan.card.charging.app_kinds.contains(&app.kind))
}

fn is_in_trial(plan: &Plan, school: &School, day: Date) -> bool {
    let mut trials =
        school.apps.iter().filter_map(|app| look_up_trial(&plan.card, app.kind, app.authorized).trial());
    trials.any(|trial| trial.start.date() <= day && day < trial.end.date())
}
