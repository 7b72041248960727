//! A card that shares nothing with WeCom's needs a file and no code.

use std::sync::Arc;

use jiff::civil::date;
use wxlicense::customer::{Certification, Customer};
use wxlicense::diagnostic::SourceFile;
use wxlicense::pricing::{
    Held, Member, NoteCode, Order, OrderQuote, OrderStatus, Party, PriceTable, Purchase, PurchaseError,
    PurchaseKind, quote_orders,
};
use wxlicense::rates::{RateCard, RateCards, read_card};
use wxlicense::{Counts, PerType, Term};

fn card() -> RateCard {
    let text = include_str!("cards/invented-2030-01-01.toml");
    read_card(&Arc::new(SourceFile::new("invented-2030-01-01.toml", text))).unwrap()
}

fn price(basic: u32, interop: u32, months: u32, days: u32) -> String {
    let purchase = Purchase { term: Term { months, days }, ..Purchase::of(Counts { basic, interop }) };
    PriceTable::new(&card()).unwrap().price(&purchase).unwrap().list_price.to_string()
}

/// Computed by hand: 12×6.2345 = 74.814; 132×5.0001 = 660.0132; 56×3.3333 = 186.6648.
#[test]
fn four_decimals_are_added_up_before_the_fen_is_rounded() {
    assert_eq!(price(12, 0, 12, 0), "74.81");
    assert_eq!(price(144, 0, 12, 0), "734.83");
    assert_eq!(price(200, 0, 12, 0), "921.49");
    assert_eq!(price(200, 0, 24, 0), "1842.98");
}

#[test]
fn a_year_of_360_days_is_twelve_months_of_30() {
    assert_eq!(price(12, 0, 6, 0), price(12, 0, 0, 180));
    assert_eq!(price(12, 0, 0, 360), price(12, 0, 12, 0));
    assert_eq!(price(1, 0, 0, 10), "0.17");
}

#[test]
fn an_open_tier_never_ends_and_may_cost_nothing() {
    assert_eq!(price(5_000, 0, 12, 0), "16921.33");
    assert_eq!(price(0, 144, 12, 0), price(0, 5_000, 12, 0));
    let table = PriceTable::new(&card()).unwrap();
    let most = table.itemise(&Purchase::of(Counts { basic: 5_000, interop: 0 })).unwrap();
    assert_eq!(most.lines.len(), 3);
    assert!(most.price.is_complete());
    assert_eq!(most.formula(), "(12×6.2345+132×5.0001+4856×3.3333)×1");
}

#[test]
fn held_accounts_shift_nothing_where_the_card_says_so() {
    let held = Counts { basic: 100, interop: 0 };
    let table = PriceTable::new(&card()).unwrap();
    let fresh = Purchase::of(Counts { basic: 10, interop: 0 });
    let more = Purchase { held: Held::longer(held), ..fresh };
    assert_eq!(table.itemise(&more), table.itemise(&fresh));
}

#[test]
fn its_limits_are_its_own() {
    let table = PriceTable::new(&card()).unwrap();
    let many =
        Purchase { term: Term { months: 37, days: 0 }, ..Purchase::of(Counts { basic: 5_001, interop: 0 }) };
    assert_eq!(table.check(&many).len(), 2);
    let test =
        Purchase { kind: PurchaseKind::TestEnterprise, ..Purchase::of(Counts { basic: 1, interop: 0 }) };
    assert_eq!(table.price(&test), Err(PurchaseError::NoTestEnterprise));
}

fn quote(secondary: &str, day: jiff::civil::Date) -> OrderQuote {
    let customer = Customer {
        industry: format!("政府/{secondary}").parse().ok(),
        certification: Certification::Verified,
        nonprofit_proof: true,
    };
    let member = Member { counts: Counts { basic: 13, interop: 0 }, charged: true, ..Member::default() };
    let order = Order {
        payer: Party::default(),
        customer,
        members: vec![member],
        held_by_others: Held::NONE,
        term: Term::ONE_YEAR,
        renewal: false,
        test_enterprise: false,
        negotiated: PerType::default(),
        status: OrderStatus::Confirmed,
    };
    quote_orders(&card(), Some(day), &[order]).unwrap().orders.remove(0)
}

#[test]
fn its_waivers_and_facts_are_its_own() {
    assert_eq!(quote("消防", date(2030, 7, 1)).payable().unwrap().fen(), 0);
    assert_eq!(quote("消防", date(2099, 7, 1)).payable().unwrap().fen(), 0);
    assert_eq!(quote("消防", date(2030, 6, 30)).payable().unwrap().to_string(), "79.81");
    assert_eq!(quote("公安", date(2030, 7, 1)).payable().unwrap().to_string(), "79.81");
    let charged = quote("公安", date(2030, 7, 1));
    let told: Vec<_> = charged.notes.iter().map(|note| (note.code(), note.fact.as_deref())).collect();
    assert_eq!(told, [(NoteCode::UnconfirmedFact, Some("X2"))]);
}

#[test]
fn it_takes_over_on_its_first_day() {
    let mut cards = RateCards::embedded().unwrap().all().to_vec();
    cards.insert(0, card().into());
    let cards = RateCards::new(cards);
    assert_eq!(cards.in_force(Some(date(2029, 12, 31))).unwrap().id, "wecom-2022-05-16");
    assert_eq!(cards.in_force(Some(date(2030, 1, 1))).unwrap().id, "invented-2030-01-01");
    assert_eq!(cards.in_force(None).unwrap().id, "invented-2030-01-01");
}
