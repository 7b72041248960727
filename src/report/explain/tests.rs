use jiff::civil::date;

use super::*;
use crate::account::{Counts, PerType};
use crate::diagnostic::lang::{Catalog, Lang};
use crate::pricing::fixture::{card, group, k12, member, months, order, quote};
use crate::pricing::{Member, Order};

fn sentences(order: &Order, day: Option<Date>) -> Vec<Message> {
    explain(&card(), day, &quote(order, day))
}

fn ids(order: &Order) -> Vec<&'static str> {
    sentences(order, None).iter().map(|sentence| sentence.id).collect()
}

fn english(order: &Order, day: Option<Date>) -> String {
    let catalog = Catalog::new(Lang::En);
    sentences(order, day).iter().map(|sentence| catalog.text(sentence) + "\n").collect()
}

#[test]
fn a_plain_order_is_card_charge_lines_term_and_payable() {
    let lines = ["explain-line"; 2];
    let expected =
        [&["explain-card-undated", "explain-charged"], &lines[..], &["explain-term", "explain-payable"]]
            .concat();
    assert_eq!(ids(&order(150, 0)), expected);
}

#[test]
fn a_shift_of_the_tiers_is_explained_for_the_type_that_is_bought() {
    let mut bought = order(50, 0);
    bought.members[0].held.longer = Counts { basic: 180, interop: 7 };
    assert_eq!(ids(&bought).iter().filter(|id| **id == "explain-held").count(), 1);
    let text = english(&bought, None);
    assert!(text.contains("181") && text.contains("P12"), "{text}");
    bought.renewal = true;
    assert!(ids(&bought).contains(&"explain-renewal") && !ids(&bought).contains(&"explain-held"));
}

#[test]
fn a_gap_is_reported_instead_of_a_total() {
    let gap = ids(&order(12_000, 0));
    assert!(gap.contains(&"explain-line-unpriced") && gap.contains(&"explain-payable-incomplete"));
    let negotiated = PerType { basic: "0.8".parse().ok(), interop: None };
    let full = ids(&Order { negotiated, ..order(12_000, 0) });
    assert!(full.contains(&"explain-line-negotiated") && full.contains(&"explain-payable"));
}

#[test]
fn rounding_is_explained_if_it_happened() {
    assert!(ids(&Order { term: months(7), ..order(1, 0) }).contains(&"explain-rounded"));
    assert!(!ids(&order(1, 0)).contains(&"explain-rounded"));
}

#[test]
fn every_sentence_has_its_text_in_both_languages() {
    let internal = Member { charged: false, ..member("内部", 5, 0) };
    let mut held = order(5, 5);
    held.members[0].held.longer = Counts { basic: 1, interop: 1 };
    let orders = [
        order(150, 300),
        order(12_000, 0),
        Order { negotiated: PerType { basic: "0.8".parse().ok(), interop: None }, ..order(12_000, 0) },
        Order { renewal: true, term: months(7), ..order(1, 0) },
        Order { test_enterprise: true, term: months(1), ..order(1, 0) },
        Order { customer: k12(), ..order(1, 0) },
        group(vec![member("up", 1, 0), member("down", 1, 0)]),
        group(vec![internal]),
        held,
    ];
    for day in [None, Some(date(2022, 11, 18)), Some(date(2023, 4, 1))] {
        for sentence in orders.iter().flat_map(|order| sentences(order, day)) {
            for lang in Lang::ALL {
                let text = Catalog::new(lang).text(&sentence);
                assert!(!text.starts_with("explain-") && !text.contains('{'), "{text}");
            }
        }
    }
}

#[test]
fn every_reason_of_a_waiver_has_its_text() {
    let day = date(2023, 3, 31);
    let reasons = [
        WaiverReason::InForce { date: day },
        WaiverReason::TakenAsInForce { last_day: Some(day) },
        WaiverReason::TakenAsInForce { last_day: None },
        WaiverReason::SecondaryIndustry {
            industry: "教育/高等教育".parse().unwrap(),
            wanted: vec!["学前教育".to_owned(), "初等教育".to_owned()],
        },
        WaiverReason::Certification {
            has: crate::customer::Certification::None,
            needs: crate::customer::Certification::Verified,
        },
        WaiverReason::NotYet { from: day },
        WaiverReason::Ended { last_day: day },
    ];
    for (reason, lang) in reasons.iter().flat_map(|reason| Lang::ALL.map(|lang| (reason, lang))) {
        let text = Catalog::new(lang).text(&waiver_reason(reason));
        assert!(!text.starts_with("explain-") && !text.contains('{'), "{text}");
    }
}
