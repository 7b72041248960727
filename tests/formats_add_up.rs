//! On random orders, every form for people says what the JSON says, and its columns add up: the readers sum
//! them as a person would, and compare with the totals that stand under them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use jiff::civil::date;
use proptest::prelude::*;
use wxlicense::customer::{Certification, Customer};
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::pricing::{Held, Member, Order, OrderStatus, Party, quote_orders};
use wxlicense::rates::RateCards;
use wxlicense::report::{DrawOptions, OutputFormat, QuoteView, TableStyle, draw};
use wxlicense::{Counts, Term};

use crate::readers::{Figures, read_html, read_json, read_markdown, read_text};

fn status() -> impl Strategy<Value = OrderStatus> {
    prop_oneof![3 => Just(OrderStatus::Confirmed), 1 => Just(OrderStatus::Unconfirmed)]
}

/// Some accounts; at times more than the list has prices for.
fn counts() -> impl Strategy<Value = Counts> {
    let count = || prop_oneof![4 => 0..1_200u32, 1 => 9_990..12_000u32];
    (count(), count()).prop_map(|(basic, interop)| Counts { basic: basic.max(1), interop })
}

fn customer() -> impl Strategy<Value = Customer> {
    prop_oneof![
        3 => Just(Customer::default()),
        1 => Just(Customer {
            industry: "教育/初等教育".parse().ok(),
            certification: Certification::Verified,
            ..Customer::default()
        }),
    ]
}

/// Accounts, status, and true if its apps are charged.
fn members() -> impl Strategy<Value = Vec<(Counts, OrderStatus, bool)>> {
    prop::collection::vec((counts(), status(), prop::bool::weighted(0.8)), 1..4)
}

fn orders() -> impl Strategy<Value = Vec<Order>> {
    prop::collection::vec((members(), customer(), 1..20u32), 2..6).prop_map(|orders| {
        let numbered = orders.into_iter().enumerate();
        numbered
            .map(|(index, (members, customer, months))| order(index, &members, customer, months))
            .collect()
    })
}

fn order(index: usize, members: &[(Counts, OrderStatus, bool)], customer: Customer, months: u32) -> Order {
    let party = |member: usize| Party {
        code: Some(format!("s{index}-{member}")),
        name: Some(format!("School {index} {member}")),
    };
    let members = members.iter().enumerate().map(|(member, (counts, status, charged))| Member {
        party: party(member),
        counts: *counts,
        status: *status,
        charged: member == 0 || *charged,
        ..Member::default()
    });
    Order {
        payer: party(0),
        customer,
        members: members.collect(),
        held_by_others: Held::NONE,
        term: Term { months, days: 0 },
        renewal: false,
        test_enterprise: false,
        negotiated: Default::default(),
        status: OrderStatus::Confirmed,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn printed_columns_add_up_to_the_totals_of_the_json(
        orders in orders(),
        day in prop_oneof![Just(None), Just(Some(date(2023, 4, 1)))],
    ) {
        let cards = RateCards::embedded().unwrap();
        let card = cards.in_force(None).unwrap();
        let quote = quote_orders(card, day, &orders).unwrap();
        let view = QuoteView { quote: &quote, card, explained: false, positions: &[], assumed: &[] };
        let options = DrawOptions {
            table: TableStyle { width: 200, color: false },
            sources: false,
            provider: None,
            excel: false,
        };
        let catalog = Catalog::new(Lang::En);
        let text = |format| String::from_utf8(draw(&view, format, &catalog, options).unwrap()).unwrap();
        let figures: Figures = read_json(&text(OutputFormat::Json));
        prop_assert_eq!(read_text(&text(OutputFormat::Table)), figures.clone());
        prop_assert_eq!(read_markdown(&text(OutputFormat::Markdown)), figures.clone());
        prop_assert_eq!(read_html(&text(OutputFormat::Html)), figures);
    }
}
