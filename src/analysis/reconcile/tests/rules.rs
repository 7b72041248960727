//! Orders that are priced under any of the rules are recognised, and the telling order tells.

use std::sync::Arc;

use jiff::civil::Date;
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};

use super::*;
use crate::account::{Counts, Term};
use crate::analysis::reconcile::rules::explain_bills;
use crate::analysis::reconcile::under::Pricer;
use crate::plan::{RecordedActivation, RecordedKind, RecordedPurchase};
use crate::rates::{RateCard, RuleChoice};

/// An order without its price.
#[derive(Debug, Clone)]
pub(super) struct Order {
    corp_id: &'static str,
    kind: RecordedKind,
    counts: Counts,
    months: u32,
    days: u32,
    paid: Date,
}

const UPSTREAM: &str = "ww1";

pub(super) fn bought(basic: u32, interop: u32, (months, days): (u32, u32), paid: Date) -> Order {
    let counts = Counts { basic, interop };
    Order { corp_id: UPSTREAM, kind: RecordedKind::Purchase, counts, months, days, paid }
}

fn renewed(basic: u32, months: u32, paid: Date) -> Order {
    Order { kind: RecordedKind::Renewal, ..bought(basic, 0, (months, 0), paid) }
}

/// A group whose downstream has accounts too, and which has some that expire with the term of an order.
fn group() -> Plan {
    plan(
        "date = 2023-06-01\n\
         [[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"\nbasic = 230\nnegotiated = { basic = \"0.80\" }\n\
         held = [{ type = \"basic\", count = 3, expires = 2024-01-31 }]\n\
         [[school.purchase]]\npaid = 2023-01-08\nactivated = 2023-01-10\nbasic = 180\n\
         [[school.purchase]]\npaid = 2023-01-08\nbasic = 9\n\
         [[school]]\ncode = \"2\"\nname = \"乙\"\nbasic = 9\nupstream = \"1\"\n\
         held = [{ type = \"basic\", count = 8, expires = 2024-03-01 }]\n",
        &Beside::default(),
    )
}

fn orders() -> Vec<Order> {
    vec![
        bought(50, 3, (6, 7), date(2023, 3, 1)),
        renewed(30, 5, date(2023, 4, 1)),
        bought(7, 8, (1, 1), date(2023, 5, 1)),
        bought(12, 0, (1, 29), date(2023, 5, 2)),
        // Until the day on which others expire.
        bought(165, 0, (7, 27), date(2023, 6, 1)),
        bought(10_001, 0, (1, 0), date(2023, 5, 3)),
        bought(2, 1, (1, 2), date(2023, 5, 4)),
        bought(3, 2, (1, 15), date(2023, 5, 5)),
        bought(8, 1, (1, 23), date(2023, 5, 6)),
        bought(11, 2, (1, 5), date(2023, 5, 7)),
    ]
}

fn documents_of(orders: &[Order], prices: &[Money]) -> String {
    let mut text = String::new();
    for (index, (order, price)) in orders.iter().zip(prices).enumerate() {
        let Order { corp_id, kind, counts, months, days, paid } = order;
        let kind = if *kind == RecordedKind::Renewal { 2 } else { 1 };
        let (time, price) = (seconds(*paid), price.fen());
        let Counts { basic, interop } = counts;
        writeln!(
            text,
            "{{\"errcode\":0,\"order\":{{\"order_id\":\"O{index}\",\"order_type\":{kind},\"order_status\":1,\
             \"corpid\":\"{corp_id}\",\"price\":{price},\
             \"account_count\":{{\"base_count\":{basic},\"external_contact_count\":{interop}}},\
             \"account_duration\":{{\"months\":{months},\"days\":{days}}},\
             \"create_time\":{time},\"pay_time\":{time}}}}}"
        )
        .unwrap();
    }
    text
}

/// Returns the plan as it is where each code was activated when it was paid, and the plan says so.
pub(super) fn activated(plan: &Plan, orders: &[Order]) -> Plan {
    let mut plan = plan.clone();
    for order in orders.iter().filter(|order| order.kind == RecordedKind::Purchase) {
        let activation = |account_type| {
            let count = *order.counts.get(account_type);
            (count > 0).then_some(RecordedActivation { date: order.paid, account_type, count, extends: None })
        };
        let school = plan.schools.iter_mut().find(|school| school.corp_id.as_deref() == Some(order.corp_id));
        school.unwrap().purchases.push(RecordedPurchase {
            paid: order.paid,
            kind: order.kind,
            counts: order.counts,
            term: Term { months: order.months, days: order.days },
            activations: AccountType::ALL.into_iter().filter_map(activation).collect(),
            listed: Counts::ZERO,
            bill: None,
        });
    }
    plan
}

/// The prices of orders under the rules of a card.
pub(super) fn prices_under(plan: &Plan, card: &RateCard, orders: &[Order]) -> Vec<Money> {
    let mut under = plan.clone();
    under.card = Arc::new(card.clone());
    let found = reconciled(&under, &documents_of(orders, &vec![Money::ZERO; orders.len()]));
    let of = |index: usize| {
        let id = format!("O{index}");
        found.orders.iter().find(|order| order.order_id.as_ref() == Some(&id)).unwrap().expected.unwrap()
    };
    (0..orders.len()).map(of).collect()
}

/// The combination of a card's rules.
pub(super) fn combination(card: &RateCard, choices: &[RuleChoice]) -> Vec<Rule> {
    choices.iter().map(|choice| card.rules.get(choice.rules[0].kind())).collect()
}

/// What the bills say, without the telling order, which takes longer.
pub(super) fn explained(plan: &Plan, orders: &[Order], prices: &[Money]) -> RuleFindings {
    let bills = Bills::gather(&documents::read("o.json", documents_of(orders, prices).as_bytes()).documents);
    let (with_orders, _) = plan.clone().with_orders(bills.purchases());
    let found = reconcile(&with_orders, plan, &bills).unwrap();
    let mut pricer = Pricer::new(&with_orders.card).unwrap();
    explain_bills(&with_orders, &bills, &found.orders, &mut pricer).unwrap()
}

/// The same with it.
fn told(plan: &Plan, orders: &[Order], prices: &[Money]) -> RuleFindings {
    findings(plan, &documents_of(orders, prices))
}

#[test]
fn each_alternative_is_recognised_and_the_rule_in_force_is_ruled_out() {
    let orders = orders();
    let plan = activated(&group(), &orders);
    let choices = plan.card.choices();
    for (alternative, card) in plan.card.under_alternatives() {
        let found = explained(&plan, &orders, &prices_under(&plan, &card, &orders));
        let truth = combination(&card, &choices);
        assert!(found.explaining.contains(&truth), "{}: {:?}", alternative.rule, found.ruled_out);
        assert!(found.ruled_out.iter().all(|out| !truth.contains(&out.rule)), "{}", alternative.rule);
        // A half of a fen never comes about with prices in whole yuan: both ways of rounding it are alike.
        let before = plan.card.rules.get(alternative.rule.kind());
        if alternative.rule.to_string() != "order+half-even" {
            let is_out = found.ruled_out.iter().any(|out| out.rule == before);
            assert!(is_out, "{} and {before} are alike: {}", alternative.rule, found.explaining.len());
        }
    }
}

/// The order as a bill of WeCom would state it.
fn placed(telling: &TellingOrder) -> Order {
    Order {
        corp_id: UPSTREAM,
        kind: telling.kind,
        counts: telling.counts,
        months: telling.term.months,
        days: telling.term.days,
        paid: telling.date,
    }
}

/// Places telling orders until nothing is to be told, each billed under the card, and checks what each bill leaves.
/// `is_known` says whether the plan knows when their codes were activated.
fn tell_all(written: &Plan, card: &RateCard, mut orders: Vec<Order>, is_known: bool) -> RuleFindings {
    let truth = combination(card, &written.card.choices());
    let mut written = written.clone();
    let known = |plan: &Plan, orders: &[Order]| {
        if is_known { activated(plan, orders) } else { plan.clone() }
    };
    let mut plan = known(&written, &orders);
    let mut found = told(&plan, &orders, &prices_under(&plan, card, &orders));
    for _ in 0..8 {
        assert!(found.explaining.contains(&truth));
        let Some(telling) = found.telling.clone() else { return found };
        assert!(telling.classes > 1 && telling.separable >= telling.classes);
        orders.push(placed(&telling));
        written.date = written.date.max(Some(telling.date));
        plan = known(&written, &orders);
        let prices = prices_under(&plan, card, &orders);
        let billed = *prices.last().unwrap();
        let outcome =
            telling.outcomes.iter().find(|one| one.payable <= billed && billed <= one.most).unwrap();
        let left: Vec<&Vec<Rule>> =
            outcome.combinations.iter().map(|index| &found.explaining[*index]).collect();
        let after = told(&plan, &orders, &prices);
        assert_eq!(after.explaining.iter().collect::<Vec<_>>(), left, "{telling:?}");
        assert!(after.explaining.len() < found.explaining.len());
        found = after;
    }
    panic!("eight orders leave {} combinations", found.explaining.len());
}

#[test]
fn telling_orders_leave_what_no_order_tells_apart() {
    let plan = group();
    let one = vec![bought(8, 3, (12, 0), date(2023, 3, 1))];
    for word in ["365", "type+down", "at-least+unactivated", "member"] {
        let rule: Rule = word.parse().unwrap();
        let choices = plan.card.choices();
        let choice = choices.iter().find(|choice| choice.rules.contains(&rule)).unwrap();
        let card = plan.card.with_rule(&choice.fact, rule).unwrap();
        let found = tell_all(&plan, &card, one.clone(), true);
        let index = found.choices.iter().position(|other| other.fact == choice.fact).unwrap();
        let left: Vec<String> = found.remaining(index).iter().map(Rule::to_string).collect();
        assert!(left.len() <= 2 && left.contains(&word.to_owned()), "{word}: {left:?}");
    }
}

#[test]
fn the_cheapest_of_equal_orders_tells_and_none_where_one_combination_is_left() {
    let plan = group();
    let mut card = plan.card.clone();
    // Where only the start of a renewal is open, one account for a month tells.
    Arc::make_mut(&mut card).alternatives.retain(|alternative| alternative.fact.id == "P13");
    let plan = Plan { card: card.clone(), ..plan };
    let one = vec![bought(8, 3, (12, 0), date(2023, 3, 1))];
    let prices = prices_under(&plan, &card, &one);
    let telling = told(&plan, &one, &prices).telling.unwrap();
    assert_eq!((telling.kind, telling.counts.basic, telling.term.months), (RecordedKind::Renewal, 1, 1));
    let payable: Vec<String> = telling.outcomes.iter().map(|outcome| outcome.payable.to_string()).collect();
    assert_eq!(payable, ["0.33", "0.42"]);
    Arc::make_mut(&mut card).alternatives.clear();
    let plan = Plan { card, ..plan };
    assert_eq!(told(&plan, &one, &prices).telling, None);
}

#[test]
fn what_tells_is_planned_or_costs_little() {
    let plan = group();
    let one = vec![bought(8, 3, (12, 0), date(2023, 3, 1))];
    let telling = told(&plan, &one, &prices_under(&plan, &plan.card, &one)).telling.unwrap();
    let most = telling.outcomes.iter().map(|outcome| outcome.most).max().unwrap();
    assert!(!telling.is_planned && telling.classes > 2 && most <= Money::from_fen(2000), "{telling:?}");
}

#[test]
fn an_order_beyond_the_list_is_looked_at_if_no_other_tells() {
    let plan = group();
    let mut card = plan.card.clone();
    Arc::make_mut(&mut card).alternatives.retain(|alternative| alternative.fact.id == "P5");
    let plan = Plan { card: card.clone(), ..plan };
    let one = vec![bought(8, 3, (12, 0), date(2023, 3, 1))];
    let telling = told(&plan, &one, &prices_under(&plan, &card, &one)).telling.unwrap();
    assert_eq!((telling.counts.basic, telling.classes), (10_001, 2));
}

#[test]
fn no_order_is_looked_at_that_wecom_would_refuse() {
    let plan = plan(
        "date = 2023-06-01\n[[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"\nbasic = 9\n\
         industry = \"教育/初等教育\"\ncertification = \"verified\"\n",
        &Beside::default(),
    );
    let waived = Plan { date: Some(date(2023, 3, 1)), ..plan.clone() };
    let none = |plan: &Plan| told(plan, &[], &[]);
    assert!(none(&waived).telling.is_none() && none(&waived).explaining.len() == 1296);
    assert!(none(&plan).telling.is_some());
}

/// Tries as many cases of the usual 256 as a test has time for, and accordingly more if more are asked for.
fn try_some<S: Strategy>(cases: u32, cases_of: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let asked: Option<u32> = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    // What `proptest!` is given would be overruled by `PROPTEST_CASES`.
    let mut runner = TestRunner::new(ProptestConfig {
        cases: asked.map_or(cases, |asked| (asked * cases / 256).max(1)),
        rng_seed: if asked.is_some() { ProptestConfig::default().rng_seed } else { RngSeed::Fixed(1) },
        failure_persistence: None,
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    });
    if let Err(error) = runner.run(&cases_of, test) {
        panic!("{error}");
    }
}

/// A card under up to two alternatives of different rules.
fn pair(card: &RateCard, (one, other): (usize, usize)) -> RateCard {
    let pick = |card: &RateCard, index: usize| {
        let alternative = &card.alternatives[index % card.alternatives.len()];
        card.with_rule(&alternative.fact.id.clone(), alternative.rule).unwrap()
    };
    pick(&pick(card, one), other)
}

#[test]
fn random_orders_under_pairs_of_alternatives_are_recognised() {
    let sizes = prop::collection::vec((1u32..260, 0u32..9, 1u32..14, 0u32..31, 0u8..3), 1..6);
    try_some(24, ((0usize..40, 0usize..40), sizes), |(picks, sizes)| {
        let plan = group();
        let card = pair(&plan.card, picks);
        let orders: Vec<Order> = sizes
            .into_iter()
            .enumerate()
            .map(|(index, (basic, interop, months, days, kind))| {
                let paid = date(2023, 2, 1 + i8::try_from(index).unwrap() * 5);
                if kind == 0 {
                    renewed(basic.min(20), months, paid)
                } else {
                    bought(basic, interop, (months, days), paid)
                }
            })
            .collect();
        let found = explained(&plan, &orders, &prices_under(&plan, &card, &orders));
        let truth = combination(&card, &plan.card.choices());
        prop_assert!(found.explaining.contains(&truth), "{orders:?}: {:?}", found.ruled_out);
        Ok(())
    });
}

#[test]
fn telling_orders_tell_under_pairs_of_alternatives() {
    try_some(16, ((0usize..40, 0usize..40), any::<bool>()), |(picks, is_known)| {
        let plan = group();
        let card = pair(&plan.card, picks);
        tell_all(&plan, &card, vec![bought(8, 3, (12, 0), date(2023, 3, 1))], is_known);
        Ok(())
    });
}
