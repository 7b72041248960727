use std::sync::{Arc, LazyLock};

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::account::{PerType, Term};
use crate::customer::{Certification, Customer};
use crate::diagnostic::SourceFile;
use crate::pricing::{Held, Member, OrderStatus, Party, PriceTable, Purchase, PurchaseKind};
use crate::rates::{RateCards, read_card};

fn card() -> RateCard {
    static CARD: LazyLock<RateCard> =
        LazyLock::new(|| RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone());
    CARD.clone()
}

fn order() -> Order {
    Order {
        payer: Party::default(),
        customer: Customer::default(),
        members: vec![Member { charged: true, ..Member::default() }],
        held_by_others: Held::NONE,
        term: Term::ONE_YEAR,
        renewal: false,
        test_enterprise: false,
        negotiated: PerType::default(),
        status: OrderStatus::Confirmed,
    }
}

fn holding(basic: u32, interop: u32) -> Order {
    let mut order = order();
    order.members[0].held = Held::longer(PerType { basic, interop });
    order
}

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn ask(amount: &str, mix: Mix, order: Order) -> Fit {
    fit(&card(), None, &FitRequest { amount: yuan(amount), mix, order }).unwrap()
}

const BASIC: AccountType = AccountType::Basic;
const INTEROP: AccountType = AccountType::Interop;

#[test]
fn money_for_150_basic_accounts_buys_them_and_leaves_the_rest() {
    let answer = ask("608.99", Mix::only(BASIC), order());
    assert_eq!(answer.counts, Counts { basic: 150, interop: 0 });
    assert_eq!((answer.payable, answer.left_over), (yuan("605"), yuan("3.99")));
    let next = answer.next().unwrap();
    assert_eq!((next.payable, next.costs, next.short), (yuan("609"), yuan("4"), yuan("0.01")));
    assert_eq!(next.unit_price.unwrap().to_string(), "4.00");
    assert_eq!(answer.average, Some(Average { per_account: yuan("4.03"), rounded: true }));
}

#[test]
fn ten_thousand_yuan_buy_265_interop_accounts_to_the_fen() {
    // 5×50 + 195×40 + 65×30
    let answer = ask("10000", Mix::only(INTEROP), order());
    assert_eq!((answer.accounts, answer.left_over), (265, Money::ZERO));
    assert_eq!(answer.next().unwrap().short, yuan("30"));
    assert_eq!(answer.average.unwrap().per_account, yuan("37.74"));
}

#[test]
fn a_mix_keeps_its_ratio_as_closely_as_whole_accounts_can() {
    let mix = Mix::new(8, 20).unwrap();
    let answer = ask("926.99", mix, order());
    assert_eq!(answer.counts, Counts { basic: 8, interop: 20 });
    assert_eq!((answer.payable, answer.whole_mixes), (yuan("887"), 4));
    assert_eq!(answer.next().unwrap().account_type, INTEROP);
    assert_eq!(ask("927", mix, order()).counts, Counts { basic: 8, interop: 21 });
}

#[test]
fn held_accounts_come_first_in_the_tiers_but_not_for_a_renewal() {
    assert_eq!(ask("30", Mix::only(BASIC), holding(200, 0)).counts.basic, 10);
    let renewal = Order { renewal: true, ..holding(200, 0) };
    let answer = ask("30", Mix::only(BASIC), renewal);
    assert_eq!((answer.counts.basic, answer.left_over), (6, yuan("1")));
}

#[test]
fn half_a_year_costs_half() {
    let order = Order { term: Term { months: 6, days: 0 }, ..order() };
    assert_eq!(ask("302.50", Mix::only(BASIC), order.clone()).accounts, 150);
    let answer = ask("302.49", Mix::only(BASIC), order);
    assert_eq!((answer.accounts, answer.payable), (149, yuan("300.50")));
    assert_eq!(answer.next().unwrap().costs, yuan("2"));
}

#[test]
fn accounts_without_a_price_end_the_answer_until_one_is_negotiated() {
    let answer = ask("20000", Mix::only(BASIC), order());
    assert_eq!((answer.accounts, answer.payable, answer.left_over), (10_000, yuan("11705"), yuan("8295")));
    assert_eq!(answer.stop, Stop::NoPrice { account_type: BASIC, ordinal: 10_001 });
    let negotiated = PerType { basic: "0.80".parse().ok(), interop: None };
    let answer = ask("20000", Mix::only(BASIC), Order { negotiated, ..order() });
    assert_eq!((answer.accounts, answer.left_over), (20_368, yuan("0.60")));
    assert_eq!(answer.next().unwrap().costs, yuan("0.80"));
}

#[test]
fn a_customer_beyond_the_list_buys_nothing_without_a_negotiated_price() {
    let answer = ask("100", Mix::only(BASIC), holding(12_000, 0));
    assert_eq!((answer.accounts, answer.quote), (0, None));
    assert_eq!(answer.stop, Stop::NoPrice { account_type: BASIC, ordinal: 12_001 });
}

#[test]
fn waived_accounts_are_limited_by_the_order_alone() {
    let customer = Customer {
        industry: "教育/初等教育".parse().ok(),
        certification: Certification::Verified,
        nonprofit_proof: false,
    };
    let request =
        FitRequest { amount: yuan("605"), mix: Mix::only(BASIC), order: Order { customer, ..order() } };
    let waived = fit(&card(), Some(date(2023, 3, 31)), &request).unwrap();
    assert!(waived.is_free());
    assert_eq!((waived.accounts, waived.left_over), (1_000_000, yuan("605")));
    assert_eq!(waived.stop, Stop::OrderLimit { account_type: BASIC, most: 1_000_000 });
    let charged = fit(&card(), Some(date(2023, 4, 1)), &request).unwrap();
    assert_eq!((charged.accounts, charged.is_free()), (150, false));
}

#[test]
fn a_test_enterprise_gets_its_thousand() {
    let order = Order { test_enterprise: true, term: Term { months: 1, days: 0 }, ..order() };
    let answer = ask("0", Mix::only(INTEROP), order);
    assert_eq!((answer.accounts, answer.is_free()), (1000, true));
}

#[test]
fn much_money_ends_at_the_order_limit() {
    let negotiated = PerType::from_fn(|_| "0.01".parse().ok());
    let order = Order { negotiated, ..order() };
    let answer = ask("90000000", Mix::new(1, 1).unwrap(), order);
    assert_eq!(answer.counts, Counts { basic: 1_000_000, interop: 1_000_000 });
    assert_eq!(answer.stop, Stop::OrderLimit { account_type: BASIC, most: 1_000_000 });
}

#[test]
fn no_money_buys_nothing_and_says_what_the_first_account_costs() {
    let answer = ask("0", Mix::only(INTEROP), order());
    assert_eq!((answer.accounts, answer.average), (0, None));
    assert_eq!(answer.next().unwrap().short, yuan("50"));
}

#[test]
fn a_term_that_cannot_be_bought_and_less_than_no_money_are_errors() {
    let request = FitRequest {
        amount: yuan("1"),
        mix: Mix::only(BASIC),
        order: Order { term: Term { months: 0, days: 30 }, ..order() },
    };
    assert!(matches!(fit(&card(), None, &request), Err(FitError::Quote(_))));
    let request = FitRequest { amount: Money::from_fen(-1), order: order(), ..request };
    assert_eq!(fit(&card(), None, &request), Err(FitError::NegativeAmount));
}

#[test]
fn a_chart_marks_the_edges_and_the_customer() {
    let chart = chart(&card(), None, &holding(0, 3), Mix::only(INTEROP), 265, 20).unwrap();
    let edges: Vec<_> = chart.edges.iter().map(|edge| (edge.ordinal, edge.accounts)).collect();
    assert_eq!(edges, [(6, 3), (201, 198)]);
    // 2×50 + 195×40 + 68×30
    assert_eq!(chart.place, CurvePoint { accounts: 265, payable: yuan("9940") });
    assert!(chart.points.contains(&chart.place));
    assert_eq!(chart.points.first().map(|point| point.payable), Some(Money::ZERO));
    assert_eq!(chart.points.last().map(|point| point.accounts), Some(331));
    assert!(
        chart
            .points
            .windows(2)
            .all(|pair| { pair[0].accounts < pair[1].accounts && pair[0].payable <= pair[1].payable })
    );
}

#[test]
fn a_chart_ends_where_prices_do() {
    let chart = chart(&card(), None, &order(), Mix::only(BASIC), 12_000, 7).unwrap();
    assert_eq!(chart.place, CurvePoint { accounts: 10_000, payable: yuan("11705") });
    assert_eq!(chart.points.last(), Some(&chart.place));
    let ordinals: Vec<u64> = chart.edges.iter().map(|edge| edge.ordinal).collect();
    assert_eq!(ordinals, [6, 201, 501, 1001]);
}

#[test]
fn a_chart_of_a_mix_puts_the_edges_of_both_types_at_the_total() {
    let chart = chart(&card(), None, &order(), Mix::new(1, 1).unwrap(), 20, 4).unwrap();
    let edges: Vec<_> =
        chart.edges.iter().map(|edge| (edge.account_type, edge.ordinal, edge.accounts)).collect();
    assert_eq!(edges, [(BASIC, 6, 11), (INTEROP, 6, 12)]);
}

/// Returns the price of `accounts` accounts, straight from the price table.
fn list_price(table: &PriceTable, order: &Order, mix: Mix, accounts: u32) -> Money {
    if accounts == 0 {
        return Money::ZERO;
    }
    let kind = match order.renewal {
        true => PurchaseKind::Renewal,
        false => PurchaseKind::New,
    };
    let purchase = Purchase {
        counts: mix.counts(accounts),
        term: order.term,
        kind,
        held: order.members[0].held,
        negotiated: PerType::from_fn(|_| Some(UnitPrice::default())),
    };
    table.price(&purchase).unwrap().list_price
}

proptest! {
    #[test]
    fn the_answer_is_that_of_a_linear_search(
        fen in 0..900_000i64,
        basic in 0..9u32,
        interop in 0..9u32,
        held in (0..1100u32, 0..1100u32),
        months in 1..25u32,
        days in 0..31u32,
        renewal: bool,
    ) {
        prop_assume!(basic > 0 || interop > 0);
        let mix = Mix::new(basic, interop).unwrap();
        let order = Order { term: Term { months, days }, renewal, ..holding(held.0, held.1) };
        let card = card();
        let table = PriceTable::new(&card).unwrap();
        let amount = Money::from_fen(fen);
        let mut expected = 0;
        while expected < 3_000 && list_price(&table, &order, mix, expected + 1) <= amount {
            expected += 1;
        }
        prop_assume!(expected < 3_000);
        let answer = fit(&card, None, &FitRequest { amount, mix, order: order.clone() }).unwrap();
        prop_assert_eq!(answer.accounts, expected);
        prop_assert_eq!(answer.payable, list_price(&table, &order, mix, expected));
        let next = answer.next().unwrap();
        prop_assert_eq!(next.payable, list_price(&table, &order, mix, expected + 1));
        prop_assert!(next.payable > amount && next.short > Money::ZERO);
    }
}

/// An invented list that ends with account 500; beyond it, all accounts of a type are negotiated.
fn card_with_cliffs() -> RateCard {
    let text = include_str!("../../../tests/cards/other-rules.toml");
    read_card(&Arc::new(SourceFile::new("card.toml", text))).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// An account more can lower the price, so that the most accounts may lie beyond some that are too dear.
    #[test]
    fn the_answer_beyond_a_cliff_is_that_of_a_search_over_all(
        fen in 0..900_000i64,
        (basic, interop) in (0..4u32, 0..4u32),
        held in (0..600u32, 0..600u32),
        price in prop::option::of(0..50_000u64),
    ) {
        prop_assume!(basic > 0 || interop > 0);
        let mix = Mix::new(basic, interop).unwrap();
        let card = card_with_cliffs();
        let price = price.map(|fine| format!("{}.{:04}", fine / 10_000, fine % 10_000).parse().unwrap());
        let order = Order { negotiated: PerType::from_fn(|_| price), ..holding(held.0, held.1) };
        let amount = Money::from_fen(fen);
        let table = PriceTable::new(&card).unwrap();
        let affordable = |accounts: u32| {
            let purchase =
                Purchase { counts: mix.counts(accounts), held: order.members[0].held, negotiated: order.negotiated, ..Purchase::of(Counts::ZERO) };
            let price = table.price(&purchase).unwrap();
            price.is_complete() && price.list_price <= amount
        };
        let most = 4_000;
        let expected = (1..=most).rev().find(|accounts| affordable(*accounts)).unwrap_or(0);
        prop_assume!(expected < most);
        let answer = fit(&card, None, &FitRequest { amount, mix, order: order.clone() }).unwrap();
        prop_assert_eq!(answer.accounts, expected);
        let curve = chart(&card, None, &order, mix, answer.accounts, 10).unwrap();
        for edge in &curve.edges {
            prop_assert!(curve.points.iter().any(|point| point.accounts == edge.accounts));
        }
    }
}
