//! Examples that the brief and public pages compute by hand, through the library.

use jiff::civil::{Date, date};
use wxlicense::customer::{Certification, Customer, WaiverKind};
use wxlicense::diagnostic::lang::{Catalog, Lang};
use wxlicense::pricing::{
    Held, Member, NoteCode, Order, OrderQuote, OrderStatus, Party, PriceTable, Purchase, quote_orders,
};
use wxlicense::rates::{RateCard, RateCards};
use wxlicense::report::note_text;
use wxlicense::{Counts, PerType, Term};

fn card() -> RateCard {
    RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone()
}

fn member(name: &str, basic: u32, interop: u32) -> Member {
    Member {
        party: Party { code: Some(name.to_owned()), name: Some(name.to_owned()) },
        counts: Counts { basic, interop },
        charged: true,
        ..Member::default()
    }
}

fn group(members: Vec<Member>) -> Order {
    Order {
        payer: members[0].party.clone(),
        customer: members[0].customer.clone(),
        members,
        held_by_others: Held::NONE,
        term: Term::ONE_YEAR,
        renewal: false,
        test_enterprise: false,
        negotiated: PerType::default(),
        status: OrderStatus::Confirmed,
    }
}

fn order(basic: u32, interop: u32) -> Order {
    group(vec![member("customer", basic, interop)])
}

fn quote(order: Order, date: Option<Date>) -> OrderQuote {
    quote_orders(&card(), date, &[order]).unwrap().orders.remove(0)
}

fn notes(quote: &OrderQuote, code: NoteCode) -> Vec<String> {
    let english = Catalog::new(Lang::En);
    let found = quote.notes.iter().filter(|note| note.code() == code);
    found.map(|note| english.text(&note_text(note))).collect()
}

#[test]
fn the_three_worked_examples_of_the_brief() {
    for (basic, interop, price, formula) in [
        (150, 0, "605.00", "(5×5+145×4)×1"),
        (0, 300, "11050.00", "(5×50+195×40+100×30)×1"),
        (8, 20, "887.00", "(5×5+3×4+5×50+15×40)×1"),
    ] {
        let quote = quote(order(basic, interop), None);
        assert_eq!(quote.payable().unwrap().to_string(), price);
        assert_eq!(quote.list_price(), quote.payable());
        assert_eq!(quote.annual().unwrap().to_string(), price);
        assert_eq!(quote.formula, formula);
        assert_eq!(quote.notes, [], "all of it is stated by the brief");
    }
}

/// The brief writes no result, only that the price has four parts.
#[test]
fn five_hundred_and_twenty_interop_accounts_fall_in_four_tiers() {
    let quote = quote(order(0, 520), None);
    let lines: Vec<(u64, u64)> = quote.lines.iter().map(|line| (line.from, line.to)).collect();
    assert_eq!(lines, [(1, 5), (6, 200), (201, 500), (501, 520)]);
}

/// P12: 180 active with more than six months left, 50 more for six months.
#[test]
fn fifty_more_after_a_hundred_and_eighty_are_181_to_230() {
    let mut more = order(50, 0);
    more.term = Term { months: 6, days: 0 };
    more.members[0].held.longer = Counts { basic: 180, interop: 0 };
    let quote = quote(more.clone(), None);
    let lines: Vec<(u64, u64, String)> =
        quote.lines.iter().map(|line| (line.from, line.to, line.unit_price.unwrap().to_string())).collect();
    assert_eq!(lines, [(181, 200, "4.00".to_owned()), (201, 230, "3.00".to_owned())]);
    assert_eq!(quote.formula, "(20×4+30×3)×(6/12)");
    assert_eq!(quote.payable().unwrap().to_string(), "85.00");
    more.renewal = true;
    let renewal = self::quote(more, None);
    assert_eq!((renewal.lines[0].from, renewal.formula.as_str()), (1, "(5×5+45×4)×(6/12)"));
}

/// T6: a one-year account activated on 2022-11-18 ends on 2023-11-25.
#[test]
fn a_year_is_372_days() {
    let days = quote(order(1, 0), None).days;
    assert_eq!(days, 372);
    let end = date(2022, 11, 18).checked_add(jiff::Span::new().days(i64::from(days))).unwrap();
    assert_eq!(end, date(2023, 11, 25));
}

#[test]
fn accounts_from_10001_on_are_negotiated() {
    for (count, beyond) in [(10_001, 1), (12_000, 2_000)] {
        let open = quote(order(count, 0), None);
        assert!(!open.is_complete());
        assert_eq!((open.annual(), open.list_price(), open.payable()), (None, None, None));
        assert_eq!(open.unpriced, Counts { basic: beyond, interop: 0 });
        assert_eq!(open.priced.to_string(), "11705.00");
        assert_eq!(notes(&open, NoteCode::NegotiatedUnpriced).len(), 1);

        let mut agreed = order(count, 0);
        agreed.negotiated.basic = "0.80".parse().ok();
        let agreed = quote(agreed, None);
        assert!(agreed.is_complete());
        assert_eq!(agreed.negotiated, Counts { basic: beyond, interop: 0 });
        assert_eq!(agreed.unpriced, Counts::ZERO);
        let fen = 1_170_500 + i64::from(beyond) * 80;
        assert_eq!(agreed.payable().unwrap().fen(), fen);
    }
    assert!(quote(order(10_000, 0), None).is_complete());
}

fn primary_school() -> Customer {
    Customer {
        industry: "教育/初等教育".parse().ok(),
        certification: Certification::Verified,
        nonprofit_proof: false,
    }
}

#[test]
fn a_k12_school_pays_nothing_until_the_waiver_ends() {
    let on = |day| {
        let mut school = order(150, 0);
        school.customer = primary_school();
        quote(school, day)
    };
    for day in [None, Some(date(2022, 11, 18)), Some(date(2023, 3, 31))] {
        let waived = on(day);
        assert_eq!(waived.waiver.as_ref().unwrap().kind, WaiverKind::K12);
        assert_eq!(waived.payable().unwrap().to_string(), "0.00");
        assert_eq!(waived.list_price().unwrap().to_string(), "605.00");
    }
    let undated = notes(&on(None), NoteCode::WaiverUndated);
    assert!(undated[0].contains("2023-03-31") && undated[0].contains("605.00"), "{undated:?}");
    assert_eq!(notes(&on(Some(date(2023, 3, 31))), NoteCode::WaiverUndated), [""; 0]);

    let charged = on(Some(date(2023, 4, 1)));
    assert_eq!(charged.payable().unwrap().to_string(), "605.00");
    assert!(!charged.waiver.as_ref().unwrap().applied());
    let ended = notes(&charged, NoteCode::WaiverEnded);
    assert!(ended[0].contains("2023-03-31") && ended[0].contains("605.00"), "{ended:?}");
}

#[test]
fn a_university_is_no_k12_school() {
    let mut university = order(150, 0);
    university.customer = Customer {
        industry: "教育/高等教育".parse().ok(),
        certification: Certification::Certified,
        nonprofit_proof: false,
    };
    assert_eq!(quote(university, Some(date(2022, 11, 18))).payable().unwrap().to_string(), "605.00");
}

/// U3: 100 and 50 accounts are priced as 150. U4: the school alone would be waived; without it the rest costs
/// 5×5+95×4 = 405, so that 200 yuan are saved.
#[test]
fn a_group_is_one_order_that_is_split_over_its_members() {
    let school = Member { customer: primary_school(), ..member("小学", 50, 0) };
    let quote = quote(group(vec![member("集团", 100, 0), school]), Some(date(2022, 11, 18)));
    assert_eq!(quote.formula, "(5×5+145×4)×1");
    let shares: Vec<String> = quote.members.iter().map(|member| member.share.unwrap().to_string()).collect();
    assert_eq!(shares, ["403.33", "201.67"]);
    let hints = notes(&quote, NoteCode::DownstreamWaivedAlone);
    assert_eq!(hints.len(), 1);
    assert!(hints[0].contains("小学") && hints[0].contains("200.00"), "{hints:?}");
}

#[test]
fn a_test_enterprise_is_free_for_one_month() {
    let mut test = order(1_000, 1_000);
    test.test_enterprise = true;
    test.term = Term { months: 1, days: 0 };
    let quote = quote(test, None);
    assert_eq!(quote.payable().unwrap().to_string(), "0.00");
    assert!(quote.list_price().unwrap().fen() > 0);
}

#[test]
fn an_order_has_at_most_a_million_accounts_of_a_type() {
    let table = PriceTable::new(&card()).unwrap();
    let held = Held::longer(Counts { basic: 20_000, interop: 0 });
    let most = Purchase { held, ..Purchase::of(Counts { basic: 1_000_000, interop: 1_000_000 }) };
    assert!(table.check(&most).is_empty());
    assert_eq!(table.price(&most).unwrap().unpriced, Counts { basic: 1_000_000, interop: 990_000 });
    assert_eq!(table.check(&Purchase::of(Counts { basic: 1_000_001, interop: 0 })).len(), 1);
}
