//! What the schedule orders, billed as it is priced, is matched by `reconcile`, on random plans: with the activations
//! in the plan, and with WeCom's lists of the accounts.

mod listed;
mod papers;

use std::cell::Cell;
use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use rust_decimal::Decimal;

use self::listed::list_accounts;
use self::papers::{Papers, counts, id};
use super::*;
use crate::account::{Counts, PerType};
use crate::analysis::reconcile::rules::explain_bills;
use crate::analysis::reconcile::under::Pricer;
use crate::plan::fixture::reading;
use crate::plan::{RecordedActivation, RecordedPurchase};
use crate::planning::schedule::{ScheduleOptions, ScheduledOrder, random, schedule};

/// An order, and the index of the school in whose name it is placed.
struct Placed {
    school: usize,
    /// The schools of the members, the payer first.
    members: Vec<usize>,
    order: ScheduledOrder,
}

/// A plan, with all its orders placed and paid.
struct Trip {
    /// The plan on the day after the last order, knowing what was activated, without the orders.
    plan: Plan,
    papers: Papers,
    /// The orders that perhaps nobody can price from the documents, by their indices.
    unknowable: BTreeSet<usize>,
    /// The orders on whose day codes were activated, by their indices: their prices rest on which of these were activated
    /// before payment, which no document says.
    with_activations: BTreeSet<usize>,
    has: Has,
}

/// What a case has.
#[derive(Debug, Clone, Copy, Default)]
struct Has {
    groups: bool,
    renewals: bool,
    renewals_to_a_day: bool,
    stacked: bool,
    several: bool,
    purchases_after_others: bool,
}

impl Trip {
    fn reconciled(&self, prices: &[i64]) -> Reconciliation {
        let (with_orders, bills) = self.billed(prices);
        reconcile(&with_orders, &self.plan, &bills).unwrap()
    }

    /// Returns the same, and which rules explain the bills.
    fn explained(&self, prices: &[i64]) -> (Reconciliation, RuleFindings) {
        let (with_orders, bills) = self.billed(prices);
        let found = reconcile(&with_orders, &self.plan, &bills).unwrap();
        let mut pricer = Pricer::new(&with_orders.card).unwrap();
        let rules = explain_bills(&with_orders, &bills, &found.orders, &mut pricer).unwrap();
        (found, rules)
    }

    fn billed(&self, prices: &[i64]) -> (Plan, Bills) {
        let text = self.papers.text(prices);
        let read = documents::read("orders.json", text.as_bytes());
        assert_eq!(read.diagnostics, []);
        let bills = Bills::gather(&read.documents);
        assert_eq!(bills.orders.len(), prices.len());
        let (with_orders, _) = self.plan.clone().with_orders(bills.purchases());
        (with_orders, bills)
    }

    /// Returns the number of orders whose price is not sure, or why the bills do not close.
    fn check(&self) -> Result<usize, String> {
        let prices = self.papers.prices();
        let found = self.reconciled(&prices);
        let is_among = |bills: &BTreeSet<usize>, order: &ReconciledOrder| {
            bills.iter().any(|&bill| Some(&*id(bill)) == order.order_id.as_deref())
        };
        let is_right = |order: &ReconciledOrder| match (order.verdict, order.doubt) {
            (Verdict::Matched, None) => true,
            (Verdict::Mismatched, _) => false,
            (Verdict::Matched, Some(Doubt::IfActivatedAfter)) | (_, Some(Doubt::UnknownActivations)) => {
                is_among(&self.with_activations, order)
            }
            (_, doubt) => doubt.is_some() && is_among(&self.unknowable, order),
        };
        let open: Vec<&ReconciledOrder> = found.orders.iter().filter(|order| !is_right(order)).collect();
        if !open.is_empty() || found.totals.difference != Money::ZERO {
            return Err(format!("{open:#?}\n{}", self.papers.text(&prices)));
        }
        let unsure = found.orders.iter().filter(|order| order.doubt.is_some()).count();
        let is_sure = |bill: &usize| !self.unknowable.contains(bill) && !self.with_activations.contains(bill);
        let sure: Vec<usize> = (0..prices.len()).filter(is_sure).collect();
        let Some(&changed) = sure.get(sure.len() / 2) else { return Ok(unsure) };
        let mut other = prices.clone();
        other[changed] += 100;
        let found = self.reconciled(&other);
        let differ = found.orders.iter().filter(|order| order.verdict == Verdict::Mismatched);
        let differ: Vec<_> = differ.map(|order| order.order_id.as_deref()).collect();
        match differ == [Some(&*id(changed))] && found.totals.difference == Money::from_fen(100) {
            true => Ok(unsure),
            false => Err(format!("changed {changed}, found {differ:?}")),
        }
    }
}

/// Returns a plan of which every school has an id and every account a price.
fn plan_of(text: &str) -> Option<Plan> {
    let mut plan = reading(text).plan?;
    for school in &mut plan.schools {
        school.corp_id = Some(format!("ww{}", school.code));
        school.negotiated = PerType::from_fn(|_| Some("0.35".parse().unwrap()));
    }
    Some(plan)
}

/// Returns the orders of a plan, with those that it records, in the order of their days; `None` if there is none, or
/// WeCom takes one of them not: a renewal to a day holds accounts of one expiry (P15). `None` too if one costs nothing, since no
/// document here has it.
fn ordered(plan: &Plan, days: u32) -> Option<Vec<Placed>> {
    let until = plan.date.unwrap() + Span::new().days(days);
    let schedule = schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO }).unwrap();
    let mut orders = Vec::new();
    for payer in schedule.payers {
        if payer.orders.iter().any(|order| !order.quote.charged) {
            return None;
        }
        for order in payer.orders {
            let school = payer.members[order.recorded.map_or(0, |(member, _)| member)];
            orders.push(Placed { school, members: payer.members.clone(), order });
        }
    }
    assert!(orders.iter().all(|placed| placed.order.quote.payable().is_some()));
    let can_be_placed = |Placed { order, .. }: &Placed| {
        let mut expiries = order.lots.iter().map(|lot| lot.extends);
        let first = expiries.next();
        !order.quote.renewal || order.quote.term.days == 0 || expiries.all(|other| Some(other) == first)
    };
    (!orders.is_empty() && orders.iter().all(can_be_placed)).then_some(orders)
}

fn has(orders: &[Placed], papers: &Papers) -> Has {
    let of = |is: &dyn Fn(&ScheduledOrder) -> bool| orders.iter().any(|placed| is(&placed.order));
    let of_downstreams = |placed: &Placed| placed.order.lots.iter().any(|lot| lot.member != 0);
    Has {
        groups: orders.iter().any(|placed| placed.members.len() > 1 && of_downstreams(placed)),
        renewals: of(&|order| order.quote.renewal),
        renewals_to_a_day: of(&|order| order.quote.renewal && order.quote.term.days > 0),
        stacked: of(&|order| !order.quote.renewal && order.lots.iter().any(|lot| lot.extends.is_some())),
        several: papers.has_several(),
        purchases_after_others: of(&|order| !order.quote.renewal && !order.quote.start.is_zero()),
    }
}

/// Returns the bills of new purchases on whose day codes were activated that their payer had bought before, or may have:
/// of several codes with one term, a list of accounts does not tell which it was.
fn with_activations(orders: &[Placed], papers: &Papers) -> BTreeSet<usize> {
    let of_group = |placed: &Placed| {
        let members = placed.members.clone();
        orders.iter().filter(move |other| other.members == members && !other.order.quote.renewal)
    };
    let is_with = |order: &Placed| {
        let day = order.order.date;
        let mut activated = of_group(order).flat_map(|other| &other.order.lots);
        activated.any(|lot| lot.activated == day) && of_group(order).any(|other| other.order.date < day)
    };
    let purchases = (0..orders.len()).filter(|&order| !orders[order].order.quote.renewal);
    let with = purchases.filter(|&order| is_with(&orders[order]));
    with.map(|order| papers.bill_of(order)).collect()
}

fn day_after(plan: &Plan, orders: &[Placed]) -> Date {
    let last = orders.iter().map(|placed| placed.order.date).max();
    last.max(plan.date).unwrap().tomorrow().unwrap()
}

/// Records each order with its activations, as a person would who copies the schedule into the plan: all of a group at
/// its payer, since no plan can record that its renewals are of the accounts of downstreams.
fn by_hand(text: &str, days: u32) -> Option<Trip> {
    let mut plan = plan_of(text)?;
    let mut orders = ordered(&plan, days)?;
    for placed in &mut orders {
        placed.school = placed.members[0];
        for &member in &placed.members {
            let held = std::mem::take(&mut plan.schools[member].held);
            plan.schools[placed.school].held.extend(held);
            plan.schools[member].purchases.clear();
        }
    }
    for Placed { school, order, .. } in &orders {
        let activations = order.lots.iter().map(|lot| RecordedActivation {
            date: lot.activated,
            account_type: lot.account_type,
            count: lot.count,
            extends: lot.extends,
        });
        plan.schools[*school].purchases.push(RecordedPurchase {
            paid: order.date,
            kind: if order.quote.renewal { RecordedKind::Renewal } else { RecordedKind::Purchase },
            counts: counts(order),
            term: order.quote.term,
            activations: activations.collect(),
            listed: Counts::ZERO,
            bill: None,
        });
    }
    plan.date = Some(day_after(&plan, &orders));
    let papers = Papers::of(&plan, &orders);
    let (has, with_activations) = (has(&orders, &papers), with_activations(&orders, &papers));
    Some(Trip { plan, papers, unknowable: BTreeSet::new(), with_activations, has })
}

/// Lists the accounts as WeCom does, each with its user, and who was renewed; the plan itself records nothing.
fn listed(text: &str, days: u32) -> Option<Trip> {
    let mut plan = plan_of(text)?;
    let orders = ordered(&plan, days)?;
    let date = day_after(&plan, &orders);
    let mut papers = Papers::of(&plan, &orders);
    let (has, with_activations) = (has(&orders, &papers), with_activations(&orders, &papers));
    let unknowable = list_accounts(&mut plan, &orders, date, &mut papers)?;
    plan.date = Some(date);
    Some(Trip { plan, papers, unknowable, with_activations, has })
}

/// Says nothing of the accounts but what the plan holds from the beginning: no list, no activation; `named` tells whether
/// renewals name their users.
fn unlisted(text: &str, days: u32, named: bool) -> Option<Trip> {
    let mut plan = plan_of(text)?;
    let orders = ordered(&plan, days)?;
    let date = day_after(&plan, &orders);
    let mut papers = Papers::of(&plan, &orders);
    let (has, with_activations) = (has(&orders, &papers), with_activations(&orders, &papers));
    let mut other = plan.clone();
    let mut nobody = Papers::of(&plan, &orders);
    list_accounts(&mut other, &orders, date, if named { &mut papers } else { &mut nobody })?;
    plan.schools.iter_mut().for_each(|school| school.purchases.clear());
    plan.date = Some(date);
    Some(Trip { plan, papers, unknowable: BTreeSet::new(), with_activations, has })
}

/// Few cases for every day, always the same; `PROPTEST_CASES` asks for as many others.
fn config() -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { ProptestConfig::default().rng_seed } else { RngSeed::Fixed(1) };
    let cases = asked.unwrap_or(48);
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 60,
        // Many plans have too many accounts to list.
        max_global_rejects: cases.saturating_mul(20),
        ..ProptestConfig::default()
    }
}

/// Tries random trips, and fails if too few of them have what is worth trying.
fn try_all(trip: fn(&str, u32) -> Option<Trip>, in_ten: fn(&Has) -> [(&'static str, bool, u32); 6]) {
    let config = config();
    let (cases, mut seen) = (config.cases, 0);
    let counts: Vec<Cell<u32>> = vec![Cell::new(0); 6];
    let sure = Cell::new((0_usize, 0_usize));
    let mut runner = TestRunner::new(config);
    let tried = runner.run(&(random::plans(), 1u32..750), |(text, days)| {
        let Some(trip) = trip(&text, days) else { return Err(TestCaseError::reject("nothing to bill")) };
        let checked = trip.check();
        prop_assert!(checked.is_ok(), "{days}\n{text}\n{}", checked.unwrap_err());
        for (count, (_, has, _)) in counts.iter().zip(in_ten(&trip.has)) {
            count.set(count.get() + u32::from(has));
        }
        let (orders, unknowable) = sure.get();
        sure.set((orders + trip.papers.prices().len(), unknowable + checked.unwrap()));
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
    for (count, (what, _, least)) in counts.iter().zip(in_ten(&Has::default())) {
        seen += count.get();
        println!("{what}: {} of {cases}", count.get());
        assert!(count.get() * 100 >= least * cases, "{what}: {} of {cases} cases", count.get());
    }
    let (orders, unknowable) = sure.get();
    println!("orders: {orders}, without a sure price {unknowable}");
    assert!(seen > 0 && unknowable * 10 <= orders, "{unknowable} of {orders} orders cannot be checked");
}

fn wanted(has: &Has) -> [(&'static str, bool, u32); 6] {
    [
        ("groups", has.groups, 10),
        ("renewals", has.renewals, 30),
        ("renewals to a day", has.renewals_to_a_day, 5),
        ("stacked codes", has.stacked, 3),
        ("orders of several enterprises", has.several, 3),
        ("purchases after other accounts", has.purchases_after_others, 30),
    ]
}

#[test]
fn orders_of_random_plans_match_with_recorded_activations() {
    try_all(by_hand, wanted);
}

#[test]
fn orders_of_random_plans_match_with_account_lists() {
    try_all(listed, wanted);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn orders_of_which_no_account_is_known_are_never_called_wrong(
        text in random::plans(),
        days in 1u32..750,
        named: bool,
    ) {
        let Some(trip) = unlisted(&text, days, named) else {
            return Err(TestCaseError::reject("nothing to bill"));
        };
        let (found, rules) = trip.explained(&trip.papers.prices());
        let in_force: Vec<Rule> =
            rules.choices.iter().map(|choice| trip.plan.card.rules.get(choice.rules[0].kind())).collect();
        prop_assert!(rules.explaining.contains(&in_force), "{days}\n{text}\n{:?}", rules.ruled_out);
        let wrong: Vec<_> =
            found.orders.iter().filter(|order| order.verdict == Verdict::Mismatched).collect();
        prop_assert!(wrong.is_empty(), "{days}\n{text}\n{wrong:#?}\n{}", trip.papers.text(&trip.papers.prices()));
    }
}

#[test]
fn a_renewal_of_accounts_that_its_payer_does_not_have_prolongs_none() {
    let trip = unlisted(include_str!("round_trip/renewed_by_upstream.toml"), 213, true).unwrap();
    let (found, _) = trip.explained(&trip.papers.prices());
    assert!(found.orders.iter().all(|order| order.verdict != Verdict::Mismatched), "{found:#?}");
}
