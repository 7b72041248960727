mod plans;

use std::sync::{Arc, LazyLock};

use jiff::civil::date;
use proptest::prelude::*;
use strum::VariantArray;

use super::*;
use crate::customer::{Certification, Customer};
use crate::diagnostic::SourceFile;
use crate::money::Money;
use crate::plan::{self, ReadOptions};
use crate::pricing::Held;
use crate::rates::{RateCards, read_card};

fn card() -> RateCard {
    static CARD: LazyLock<RateCard> =
        LazyLock::new(|| RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone());
    CARD.clone()
}

/// An invented card: 4.50 instead of 4.00, no waiver for schools, shorter orders.
fn other_card() -> RateCard {
    static CARD: LazyLock<RateCard> = LazyLock::new(read_other_card);
    CARD.clone()
}

fn read_other_card() -> RateCard {
    let text = include_str!("../../../tiers/wecom-2022-05-16.toml")
        .replace("\"4.00\"", "\"4.50\"")
        .replace("\"初等教育\"", "\"高等教育\"")
        .replace("most-days = 1860", "most-days = 744");
    read_card(&Arc::new(SourceFile::new("other.toml", text))).unwrap()
}

fn party(code: &str) -> Party {
    Party { code: Some(code.to_owned()), name: Some(format!("学校{code}")) }
}

fn member(code: &str, basic: u32) -> Member {
    let counts = Counts { basic, interop: 0 };
    Member { party: party(code), counts, charged: true, ..Member::default() }
}

fn group(members: &[Member]) -> Order {
    Order {
        payer: members[0].party.clone(),
        customer: members[0].customer.clone(),
        members: members.to_vec(),
        held_by_others: Held::NONE,
        term: Term::ONE_YEAR,
        renewal: false,
        test_enterprise: false,
        negotiated: PerType::default(),
        status: OrderStatus::Confirmed,
    }
}

fn alone(code: &str, basic: u32) -> Order {
    group(&[member(code, basic)])
}

fn primary_school() -> Customer {
    Customer {
        industry: "教育/初等教育".parse().ok(),
        certification: Certification::Verified,
        nonprofit_proof: false,
    }
}

fn orders(old: Vec<Order>, new: Vec<Order>) -> Comparison {
    let card = card();
    let side = |orders| Side { card: &card, date: None, orders, plan: None };
    compare(&side(old), &side(new)).unwrap()
}

/// The causes of a customer, in fen of the firm total.
fn firm(comparison: &Comparison, row: usize) -> Vec<(Cause, i64)> {
    comparison.customers[row].causes.iter().map(|part| (part.cause, part.change.firm.fen())).collect()
}

#[test]
fn the_same_orders_differ_in_nothing() {
    let comparison = orders(vec![alone("A", 150)], vec![alone("A", 150)]);
    assert_eq!(comparison.causes, []);
    assert_eq!(comparison.difference, Change::ZERO);
    assert_eq!(comparison.customers.len(), 1);
}

#[test]
fn count() {
    // 5×5 + 195×4 + 30×3 = 895, less 605
    let comparison = orders(vec![alone("A", 150)], vec![alone("A", 230)]);
    assert_eq!(firm(&comparison, 0), [(Cause::Headcount, 29_000)]);
}

#[test]
fn term() {
    let longer = Order { term: Term { months: 24, days: 0 }, ..alone("A", 150) };
    assert_eq!(firm(&orders(vec![alone("A", 150)], vec![longer]), 0), [(Cause::Term, 60_500)]);
}

#[test]
fn count_and_term_are_taken_one_after_the_other() {
    let both = Order { term: Term { months: 24, days: 0 }, ..alone("A", 230) };
    let comparison = orders(vec![alone("A", 150)], vec![both]);
    assert_eq!(firm(&comparison, 0), [(Cause::Headcount, 29_000), (Cause::Term, 89_500)]);
    assert_eq!(comparison.difference.firm, Money::from_fen(118_500));
}

#[test]
fn held_and_renewal() {
    // 50 from 1: 5×5 + 45×4 = 205; from 181: 20×4 + 30×3 = 170
    let mut holding = alone("A", 50);
    holding.members[0].held.longer.basic = 180;
    let comparison = orders(vec![alone("A", 50)], vec![holding.clone()]);
    assert_eq!(firm(&comparison, 0), [(Cause::Holdings, -3_500)]);
    let renewal = Order { renewal: true, ..holding.clone() };
    assert_eq!(firm(&orders(vec![holding], vec![renewal]), 0), [(Cause::OrderKind, 3_500)]);
}

#[test]
fn a_waiver_that_ends_between_two_dates() {
    let card = card();
    let school = Order { customer: primary_school(), ..alone("A", 150) };
    let on = |day| Side { card: &card, date: Some(day), orders: vec![school.clone()], plan: None };
    let comparison = compare(&on(date(2023, 3, 31)), &on(date(2023, 4, 1))).unwrap();
    assert_eq!(firm(&comparison, 0), [(Cause::Waiver, 60_500)]);
    assert!(comparison.customers[0].old.as_ref().is_some_and(|old| old.free));
}

#[test]
fn another_rate_card() {
    // 145 accounts at 0.50 more
    let (card, other) = (card(), other_card());
    let side = |card| Side { card, date: None, orders: vec![alone("A", 150)], plan: None };
    let comparison = compare(&side(&card), &side(&other)).unwrap();
    assert_eq!(firm(&comparison, 0), [(Cause::Tiers, 7_250)]);
}

#[test]
fn another_rate_card_with_another_waiver_rule() {
    let (card, other) = (card(), other_card());
    let school = Order { customer: primary_school(), ..alone("A", 150) };
    let side = |card| Side { card, date: None, orders: vec![school.clone()], plan: None };
    let comparison = compare(&side(&card), &side(&other)).unwrap();
    assert_eq!(firm(&comparison, 0), [(Cause::Waiver, 67_750)]);
}

#[test]
fn a_term_that_only_one_card_sells_is_still_explained() {
    let (card, other) = (card(), other_card());
    let long = Order { term: Term { months: 60, days: 0 }, ..alone("A", 150) };
    let old = Side { card: &card, date: None, orders: vec![long], plan: None };
    let new = Side { card: &other, date: None, orders: vec![alone("A", 150)], plan: None };
    let comparison = compare(&old, &new).unwrap();
    assert_eq!(firm(&comparison, 0), [(Cause::Term, -242_000), (Cause::Tiers, 7_250)]);
}

#[test]
fn two_schools_become_a_group() {
    // 5×5 + 195×4 + 100×3 = 1105 for both, 552.50 each, instead of 605.00 each
    let comparison =
        orders(vec![alone("A", 150), alone("B", 150)], vec![group(&[member("A", 150), member("B", 150)])]);
    assert_eq!(firm(&comparison, 0), [(Cause::Group, -5_250)]);
    assert_eq!(firm(&comparison, 1), [(Cause::Group, -5_250)]);
    assert_eq!(comparison.customers[1].new.as_ref().map(|new| &new.payer), Some(&party("A")));
}

#[test]
fn a_downstream_is_touched_by_its_group_though_it_did_not_change() {
    // 500 accounts cost 1705: 150 of them 511.50, 350 of them 1193.50; before, 552.50 each
    let comparison = orders(
        vec![group(&[member("A", 150), member("B", 150)])],
        vec![group(&[member("A", 150), member("B", 350)])],
    );
    assert_eq!(firm(&comparison, 0), [(Cause::Group, -4_100)]);
    assert_eq!(firm(&comparison, 1), [(Cause::Headcount, 64_100)]);
}

#[test]
fn a_waived_school_that_joins_a_paying_group_pays_for_the_group() {
    let school = Member { customer: primary_school(), ..member("B", 150) };
    let comparison = orders(
        vec![alone("A", 150), group(std::slice::from_ref(&school))],
        vec![group(&[member("A", 150), school])],
    );
    assert_eq!(firm(&comparison, 0), [(Cause::Group, -5_250)]);
    assert_eq!(firm(&comparison, 1), [(Cause::Group, 55_250)]);
}

#[test]
fn a_new_upstream_is_added_and_moves_its_downstreams() {
    let comparison = orders(vec![alone("B", 150)], vec![group(&[member("A", 150), member("B", 150)])]);
    assert_eq!(firm(&comparison, 0), [(Cause::Added, 55_250)]);
    assert_eq!(firm(&comparison, 1), [(Cause::Group, -5_250)]);
}

#[test]
fn schools_come_and_go() {
    let comparison = orders(vec![alone("A", 150)], vec![alone("B", 230)]);
    assert_eq!(firm(&comparison, 0), [(Cause::Added, 89_500)]);
    assert_eq!(firm(&comparison, 1), [(Cause::Removed, -60_500)]);
    assert_eq!(comparison.customers[1].new, None);
    assert_eq!(comparison.difference.firm, Money::from_fen(29_000));
}

#[test]
fn a_negotiated_price_fills_the_gap_of_the_old_side() {
    let negotiated = PerType { basic: "0.80".parse().ok(), interop: None };
    let with_price = Order { negotiated, ..alone("A", 12_000) };
    let comparison = orders(vec![alone("A", 12_000)], vec![with_price.clone()]);
    assert_eq!(firm(&comparison, 0), [(Cause::Negotiated, 160_000)]);
    assert!(!comparison.is_complete());
    assert!(comparison.customers[0].old.as_ref().is_some_and(|old| !old.complete));
    assert!(orders(vec![with_price.clone()], vec![with_price]).is_complete());
}

#[test]
fn internal_apps_end_the_charge() {
    let mut internal = alone("A", 150);
    internal.members[0].charged = false;
    assert_eq!(firm(&orders(vec![alone("A", 150)], vec![internal]), 0), [(Cause::Apps, -60_500)]);
}

#[test]
fn a_test_enterprise_pays_nothing() {
    let month = Term { months: 1, days: 0 };
    let charged = Order { term: month, ..alone("A", 120) };
    let test = Order { test_enterprise: true, ..charged.clone() };
    // (5×5 + 115×4) / 12 = 40.4166…
    assert_eq!(firm(&orders(vec![charged], vec![test]), 0), [(Cause::OrderKind, -4_042)]);
}

#[test]
fn an_unconfirmed_school_moves_between_the_totals() {
    let unconfirmed = Order { status: OrderStatus::Unconfirmed, ..alone("A", 230) };
    let comparison = orders(vec![alone("A", 150)], vec![unconfirmed]);
    let change =
        |firm, unconfirmed| Change { firm: Money::from_fen(firm), unconfirmed: Money::from_fen(unconfirmed) };
    let expected = [
        CauseChange { cause: Cause::Headcount, change: change(29_000, 0) },
        CauseChange { cause: Cause::Status, change: change(-89_500, 89_500) },
    ];
    assert_eq!(comparison.causes, expected);
    assert_eq!(comparison.difference, change(-60_500, 89_500));
}

#[test]
fn the_side_without_a_quote_is_named() {
    let card = card();
    let side = |basic| Side { card: &card, date: None, orders: vec![alone("A", basic)], plan: None };
    assert!(matches!(compare(&side(1_000_001), &side(1)), Err(CompareError::Old(_))));
    assert!(matches!(compare(&side(1), &side(1_000_001)), Err(CompareError::New(_))));
}

#[test]
fn the_causes_are_in_the_order_of_the_walk() {
    assert!(Ingredient::ALL.is_sorted() && Cause::VARIANTS.is_sorted());
}

#[test]
fn the_example_shows_each_cause_with_the_figure_that_it_states() {
    let read = |name, text: &str| {
        let cards = RateCards::embedded().unwrap();
        let source = Arc::new(SourceFile::new(name, text));
        plan::read(&source, &ReadOptions::new(&cards)).plan.unwrap()
    };
    let old = read("old", include_str!("../../../examples/compare-old.toml"));
    let new = read("new", include_str!("../../../examples/compare-new.toml"));
    let comparison = compare(&Side::from(&old), &Side::from(&new)).unwrap();
    let rows: Vec<_> = (0..comparison.customers.len()).flat_map(|row| firm(&comparison, row)).collect();
    let expected = [
        (Cause::Headcount, 29_000),
        (Cause::Waiver, 48_500),
        (Cause::Group, -2_300),
        (Cause::Group, -3_200),
        (Cause::Term, 20_500),
        (Cause::Date, 3_500),
        (Cause::Added, 88_700),
        (Cause::Removed, -125_000),
    ];
    assert_eq!(rows, expected);
    let payable = |quote: &Quote| quote.totals.payable.to_string();
    assert_eq!((payable(&comparison.old), payable(&comparison.new)), ("3240.00".into(), "3837.00".into()));
}

fn some_member(code: usize) -> impl Strategy<Value = Member> {
    let counts = (0..700u32, prop_oneof![0..300u32, 9_990..10_010u32]);
    let held = (0..300u32, 0..300u32);
    let users = (prop_oneof![Just(150), 0..900u32], prop_oneof![Just(100), 0..300u32]);
    (counts, held, users, 0..8u32, some_customer(), some_status()).prop_map(
        move |(counts, held, (need, have), internal, customer, status)| Member {
            party: party(&code.to_string()),
            customer,
            counts: Counts { basic: counts.0 + 1, interop: counts.1 },
            held: Held::longer(Counts { basic: held.0, interop: held.1 }),
            need: Counts { basic: need, interop: need / 2 },
            have: Counts { basic: have, interop: have / 2 },
            charged: internal > 0,
            status,
        },
    )
}

fn some_customer() -> impl Strategy<Value = Customer> {
    prop_oneof![3 => Just(Customer::default()), 1 => Just(primary_school())]
}

fn some_status() -> impl Strategy<Value = OrderStatus> {
    prop_oneof![4 => Just(OrderStatus::Confirmed), 1 => Just(OrderStatus::Unconfirmed)]
}

fn some_price() -> impl Strategy<Value = Option<UnitPrice>> {
    prop_oneof![Just(None), Just("0.80".parse().ok()), Just("0.1234".parse().ok())]
}

fn some_order(members: Vec<Member>) -> impl Strategy<Value = Order> {
    let term = prop_oneof![
        Just(Term::ONE_YEAR),
        (1..24u32, 0..31u32).prop_map(|(months, days)| Term { months, days })
    ];
    (term, any::<bool>(), some_price(), some_price(), some_status()).prop_map(
        move |(term, renewal, basic, interop, status)| Order {
            term,
            renewal,
            negotiated: PerType { basic, interop },
            status,
            ..group(&members)
        },
    )
}

/// Some of six schools, in random groups.
fn some_orders() -> impl Strategy<Value = Vec<Order>> {
    let rows = [0, 1, 2, 3, 4, 5].map(|code| (some_member(code), 0..5usize));
    rows.prop_flat_map(|rows| {
        let mut groups = vec![Vec::new(); 4];
        for (member, group) in rows {
            if let Some(group) = groups.get_mut(group) {
                group.push(member);
            }
        }
        groups.retain(|members| !members.is_empty());
        groups.into_iter().map(some_order).collect::<Vec<_>>()
    })
}

fn some_date() -> impl Strategy<Value = Option<Date>> {
    prop_oneof![Just(None), Just(Some(date(2023, 3, 31))), Just(Some(date(2023, 4, 1)))]
}

proptest! {
    #[test]
    fn causes_add_up_to_the_difference(
        old_orders in some_orders(),
        new_orders in some_orders(),
        dates in (some_date(), some_date()),
        cards in (any::<bool>(), any::<bool>()),
    ) {
        let (card, other) = (card(), other_card());
        let choose = |first| if first { &card } else { &other };
        let old = Side { card: choose(cards.0), date: dates.0, orders: old_orders, plan: None };
        let new = Side { card: choose(cards.1), date: dates.1, orders: new_orders, plan: None };
        let comparison = compare(&old, &new).unwrap();

        let totals = |quote: &Quote| Change {
            firm: quote.totals.payable,
            unconfirmed: quote.totals.unconfirmed,
        };
        let (before, after) = (totals(&comparison.old), totals(&comparison.new));
        prop_assert_eq!(comparison.difference, after.checked_sub(before).unwrap());
        prop_assert_eq!(comparison.difference, add_up(&comparison.causes).unwrap());

        let share = |state: &Option<CustomerState>| state.as_ref().map_or(Change::ZERO, |at| at.share);
        let mut sums = (Change::ZERO, Change::ZERO);
        for customer in &comparison.customers {
            let (before, after) = (share(&customer.old), share(&customer.new));
            prop_assert_eq!(customer.difference, after.checked_sub(before).unwrap());
            prop_assert_eq!(customer.difference, add_up(&customer.causes).unwrap());
            sums = (sums.0.checked_add(before).unwrap(), sums.1.checked_add(after).unwrap());
        }
        prop_assert_eq!(sums, (before, after));
    }

    #[test]
    fn the_way_back_is_the_difference_the_other_way(old_orders in some_orders(), new_orders in some_orders()) {
        let there = orders(old_orders.clone(), new_orders.clone());
        let back = orders(new_orders, old_orders);
        prop_assert_eq!(there.difference.checked_add(back.difference), Some(Change::ZERO));
    }
}
