//! What the schedule orders, billed as it is priced, is matched by `reconcile`, on random plans.

use jiff::Span;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rust_decimal::Decimal;

use super::*;
use crate::account::Counts;
use crate::plan::fixture::reading;
use crate::plan::{RecordedActivation, RecordedPurchase};
use crate::planning::schedule::{ScheduleOptions, ScheduledOrder, random, schedule};
use crate::wecom::requests::RenewalDuration;

/// A plan, with all its orders placed and paid.
struct Trip {
    /// The plan on the day after the last order, knowing what was activated, without the orders.
    plan: Plan,
    /// Text of the documents of the orders, but for their prices.
    documents: Vec<String>,
    /// In fen, of each order.
    prices: Vec<i64>,
    /// The accounts of renewals.
    renewed: String,
}

impl Trip {
    fn reconciled(&self, prices: &[i64]) -> Reconciliation {
        let mut text: String = self
            .documents
            .iter()
            .zip(prices)
            .map(|(document, price)| document.replace("PRICE", &price.to_string()))
            .collect();
        text.push_str(&self.renewed);
        let read = documents::read("orders.json", text.as_bytes());
        assert_eq!(read.diagnostics, []);
        let bills = Bills::gather(&read.documents);
        assert_eq!(bills.orders.len(), prices.len());
        let (with_orders, _) = self.plan.clone().with_orders(bills.purchases());
        reconcile(&with_orders, &self.plan, &bills).unwrap()
    }

    /// Returns why the bills do not close.
    fn problem(&self) -> Option<String> {
        let found = self.reconciled(&self.prices);
        let is_matched = |order: &&ReconciledOrder| (order.verdict, order.doubt) != (Verdict::Matched, None);
        let open: Vec<&ReconciledOrder> = found.orders.iter().filter(is_matched).collect();
        if !open.is_empty() || found.totals.difference != Money::ZERO || found.totals.unchecked_orders > 0 {
            return Some(format!("{open:#?}\n{}", self.documents.concat()));
        }
        let mut prices = self.prices.clone();
        let changed = prices.len() / 2;
        prices[changed] += 100;
        let found = self.reconciled(&prices);
        let differ = found.orders.iter().filter(|order| order.verdict != Verdict::Matched);
        let differ: Vec<_> = differ.map(|order| (order.order_id.as_deref(), order.verdict)).collect();
        let wanted = [(Some(&*id(changed)), Verdict::Mismatched)];
        (differ != wanted || found.totals.difference != Money::from_fen(100))
            .then(|| format!("changed {changed}, found {differ:?}"))
    }
}

fn id(order: usize) -> String {
    format!("O{order:04}")
}

/// Returns an order's duration as its request has it: a renewal by months and days is to a day.
fn duration(order: &ScheduledOrder) -> String {
    let term = order.quote.term;
    if !order.quote.renewal || term.days == 0 {
        return format!(r#"{{"months":{},"days":{}}}"#, term.months, term.days);
    }
    let until = RenewalDuration::until(order.expires().unwrap()).unwrap();
    serde_json::to_string(&until).unwrap()
}

fn counts(order: &ScheduledOrder) -> Counts {
    order.quote.members.iter().fold(Counts::ZERO, |sum, member| sum.saturating_add(member.counts))
}

fn document(index: usize, corp_id: &str, order: &ScheduledOrder) -> String {
    let (id, kind, counts, time) =
        (id(index), if order.quote.renewal { 2 } else { 1 }, counts(order), seconds(order.date));
    let (basic, interop, duration) = (counts.basic, counts.interop, duration(order));
    format!(
        "{{\"errcode\":0,\"order\":{{\"order_id\":\"{id}\",\"order_type\":{kind},\"order_status\":1,\
         \"corpid\":\"{corp_id}\",\"price\":PRICE,\
         \"account_count\":{{\"base_count\":{basic},\"external_contact_count\":{interop}}},\
         \"account_duration\":{duration},\"create_time\":{time},\"pay_time\":{time}}}}}\n"
    )
}

/// Returns a plan with ids, without the schools of groups: no plan can record that codes of an upstream became
/// accounts of a downstream, or that its renewal is of theirs.
fn single(text: &str) -> Option<Plan> {
    let mut plan = reading(text).plan?;
    plan.schools.retain(|school| school.upstream.is_none());
    for school in &mut plan.schools {
        school.corp_id = Some(format!("ww{}", school.code));
    }
    Some(plan)
}

/// The orders of a plan by school, with those that it records; `None` if a price is not known.
fn ordered(plan: &Plan, days: u32) -> Option<Vec<(usize, ScheduledOrder)>> {
    let until = plan.date.unwrap() + Span::new().days(days);
    let schedule = schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO }).unwrap();
    let mut orders = Vec::new();
    for payer in schedule.payers {
        let of_payer = payer.orders.into_iter().filter(|order| order.quote.charged);
        orders.extend(of_payer.map(|order| (payer.members[0], order)));
    }
    orders.iter().all(|(_, order)| order.quote.payable().is_some()).then_some(orders)
}

fn trip(plan: Plan, orders: &[(usize, ScheduledOrder)]) -> Trip {
    let of_order = |(index, (school, order)): (usize, &(usize, ScheduledOrder))| {
        document(index, plan.schools[*school].corp_id.as_deref().unwrap(), order)
    };
    Trip {
        documents: orders.iter().enumerate().map(of_order).collect(),
        prices: orders.iter().map(|(_, order)| order.quote.payable().unwrap().fen()).collect(),
        renewed: String::new(),
        plan,
    }
}

fn day_after(plan: &Plan, orders: &[(usize, ScheduledOrder)]) -> Date {
    let last = orders.iter().map(|(_, order)| order.date).max();
    last.max(plan.date).unwrap().tomorrow().unwrap()
}

/// Records each order that the plan does not have, with its activations, as a person would who copies the schedule
/// into the plan.
fn by_hand(text: &str, days: u32) -> Option<Trip> {
    let mut plan = single(text)?;
    let orders = ordered(&plan, days).filter(|orders| !orders.is_empty())?;
    for (school, order) in orders.iter() {
        let activations = order.lots.iter().map(|lot| RecordedActivation {
            date: lot.activated,
            account_type: lot.account_type,
            count: lot.count,
            extends: lot.extends,
        });
        let activations = activations.collect();
        let purchases = &mut plan.schools[*school].purchases;
        match order.recorded {
            Some((_, index)) => purchases[index].activations = activations,
            None => purchases.push(RecordedPurchase {
                paid: order.date,
                kind: if order.quote.renewal { RecordedKind::Renewal } else { RecordedKind::Purchase },
                counts: counts(order),
                term: order.quote.term,
                activations,
                listed: Counts::ZERO,
                bill: None,
            }),
        }
    }
    plan.date = Some(day_after(&plan, &orders));
    Some(trip(plan, &orders))
}

/// Few cases for every day, always the same; `PROPTEST_CASES` asks for as many others.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) };
    let cases = asked.unwrap_or(32);
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 40,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn orders_of_random_plans_match_with_recorded_activations(text in random::plans(), days in 1u32..750) {
        let Some(trip) = by_hand(&text, days) else { return Err(TestCaseError::reject("nothing to bill")) };
        let problem = trip.problem();
        prop_assert!(problem.is_none(), "{days}\n{text}\n{}", problem.unwrap());
    }
}
