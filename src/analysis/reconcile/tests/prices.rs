//! What bills say about unit prices that nobody has confirmed, and the card that they leave.

use std::sync::Arc;

use super::rules::{activated, bought, combination, explained, prices_under};
use super::*;
use crate::diagnostic::lang::Phrase;
use crate::rates::{RateCard, read_card, write_proven};

fn school() -> Plan {
    plan(&format!("{SCHOOL}basic = 900\n"), &Beside::default())
}

/// What the bills say about each price, as `type from: verdict`.
fn said(found: &RuleFindings) -> Vec<String> {
    let of = |price: &UnitPriceFinding| {
        format!("{} {}: {}", price.tier.account_type, price.tier.from, price.verdict())
    };
    found.unit_prices.iter().map(of).collect()
}

/// The card with another basic price in a tier.
fn at(card: &RateCard, tier: usize, price: &str) -> RateCard {
    let mut card = card.clone();
    card.tiers[tier].price.basic.price = price.parse().unwrap();
    card
}

#[test]
fn prices_are_confirmed_by_orders_together_that_leave_several_alone() {
    let orders = vec![bought(250, 0, (12, 0), date(2022, 7, 1)), bought(600, 0, (12, 0), date(2022, 7, 3))];
    let plan = activated(&school(), &orders);
    let prices = prices_under(&plan, &plan.card, &orders);
    let found = explained(&plan, &orders, &prices);
    let expected = ["basic 201: confirmed", "basic 501: confirmed", "basic 1001: open"];
    assert_eq!(said(&found)[..3], expected);
    assert_eq!(found.unit_prices[0].orders(), ["O0"]);
    assert_eq!(found.unit_prices[1].orders(), ["O0", "O1"]);
    // The second order alone has two prices, of which one may be higher and the other lower: 300 of one and 100 of the
    // other cost 1100 yuan.
    let alone = explained(&plan, &orders[1..], &prices[1..]);
    assert_eq!(said(&alone)[..2], ["basic 201: narrowed", "basic 501: narrowed"]);
    let ranges = alone.unit_prices[..2].iter().map(|price| price.range().unwrap());
    let ranges: Vec<String> = ranges.map(|range| format!("{} {}", range.lowest, range.highest)).collect();
    assert_eq!(ranges, ["0.00 3.66", "0.02 11.00"]);
}

#[test]
fn few_accounts_for_a_month_leave_several_prices() {
    let plan = school();
    let orders = vec![bought(201, 0, (1, 0), date(2022, 7, 1))];
    let found = explained(&plan, &orders, &prices_under(&plan, &plan.card, &orders));
    assert_eq!(said(&found)[0], "basic 201: narrowed");
    let UnitPriceEvidence::Solved { range, .. } = &found.unit_prices[0].evidence else { panic!() };
    // 808 ÷ 12 is 67.33: rounded half up it is that from 807.90 on. Line by line, 3 ÷ 12 is 0.25, rounded down to less
    // than 3.12 ÷ 12. Prices are whole fen.
    assert_eq!((range.lowest.to_string(), range.highest.to_string()), ("2.90".to_owned(), "3.11".to_owned()));
}

#[test]
fn another_price_is_solved_together_with_the_rules() {
    let orders = vec![
        bought(250, 0, (12, 0), date(2022, 7, 1)),
        bought(8, 0, (1, 29), date(2022, 7, 3)),
        bought(320, 0, (3, 11), date(2022, 7, 5)),
    ];
    let plan = activated(&school(), &orders);
    let card = at(&plan.card, 2, "2.8").with_rule("P8", "365".parse().unwrap()).unwrap();
    let found = explained(&plan, &orders, &prices_under(&plan, &card, &orders));
    assert!(found.needs_other_prices() && found.explaining.contains(&combination(&card, &found.choices)));
    assert_eq!(said(&found)[..2], ["basic 201: contradicted", "basic 501: confirmed"]);
    let UnitPriceEvidence::Contradicted { implied, by, .. } = &found.unit_prices[0].evidence else {
        panic!()
    };
    assert_eq!(implied[0].price.to_string(), "2.80");
    assert!(by.contains(&"O0".to_owned()) && by.contains(&"O2".to_owned()), "{by:?}");
    // Under none of the other divisors.
    assert!(implied.iter().all(|implied| implied.combinations <= found.combinations / 3), "{implied:?}");
}

#[test]
fn no_price_is_implied_where_bills_contradict_each_other() {
    let plan = school();
    let orders = vec![bought(250, 0, (12, 0), date(2022, 7, 1)), bought(250, 0, (12, 0), date(2022, 7, 3))];
    let found = explained(&plan, &orders, &[Money::from_fen(95_500), Money::from_fen(1_400_000)]);
    assert!(found.explaining.is_empty());
    assert!(said(&found).iter().all(|said| said.ends_with("open")), "{:?}", said(&found));
}

#[test]
fn the_card_that_bills_leave_prices_them_and_says_what_they_prove() {
    let plan = school();
    let orders = vec![
        bought(250, 0, (12, 0), date(2022, 7, 1)),
        bought(8, 0, (1, 29), date(2022, 7, 3)),
        bought(100, 0, (3, 29), date(2022, 7, 5)),
    ];
    let truth = plan.card.with_rule("P8", "365".parse().unwrap()).unwrap();
    let prices = prices_under(&plan, &truth, &orders);
    let found = explained(&plan, &orders, &prices);
    let text = RateCards::embedded_text(&plan.card.id).unwrap();
    let source = Arc::new(SourceFile::new("card.toml", text));
    let name = Phrase { en: "By bills".into(), zh: "按账单".into() };
    let proof = found.proof().unwrap();
    let orders_behind = |fact: &str| {
        let remaining = proof.rules.iter().find(|remaining| remaining.fact == fact).unwrap();
        remaining.orders.iter().map(String::as_str).collect::<Vec<_>>()
    };
    assert_eq!((orders_behind("P8"), orders_behind("P13")), (vec!["O1", "O2"], vec![]));
    let written = write_proven(&source, "by-bills", &name, &proof).unwrap();
    let card = read_card(&Arc::new(SourceFile::new("by-bills.toml", written))).unwrap();
    assert_eq!(prices_under(&plan, &card, &orders), prices);
    assert_eq!(card.rules.by_days_divisor, 365);
    let fact = card.fact("P8").unwrap();
    assert!(!fact.standing.is_unconfirmed() && fact.source.en.starts_with("WeCom's bills: O"), "{fact:?}");
    let written = Plan { card: Arc::new(card), ..plan.clone() };
    let again = explained(&written, &orders, &prices);
    assert_eq!(again.explaining.len(), found.explaining.len());
    assert!(again.ruled_out.is_empty() && again.combinations < found.combinations);
}

#[test]
fn variants_that_are_possible_only_together_are_told_from_those_of_any_mix() {
    let plan = school();
    let mut found = explained(&plan, &[], &[]);
    assert_eq!((found.combinations_of_remaining(), found.explaining.len()), (1296, 1296));
    assert!(found.proof().unwrap().combinations.is_empty());
    let in_force: Vec<Rule> =
        found.choices.iter().map(|choice| plan.card.rules.get(choice.rules[0].kind())).collect();
    let other = |fact: &str, word: &str, rules: &mut Vec<Rule>| {
        let index = found.choices.iter().position(|choice| choice.fact == fact).unwrap();
        rules[index] = word.parse().unwrap();
    };
    let mut both = in_force.clone();
    other("P8", "365", &mut both);
    other("P12", "none", &mut both);
    found.explaining = vec![in_force, both];
    assert_eq!(found.combinations_of_remaining(), 4);
    assert_eq!(found.proof().unwrap().combinations, found.explaining);
}

#[test]
fn combinations_are_listed_as_mixes_without_another() {
    let of =
        |words: &str| -> Vec<Rule> { words.split_whitespace().map(|word| word.parse().unwrap()).collect() };
    let all = ["372 longer from-zero", "372 none from-zero", "365 longer from-zero", "365 none from-zero"];
    let more = ["366 longer from-zero", "366 longer after-held"];
    let combinations: Vec<Vec<Rule>> = all.into_iter().chain(more).map(of).collect();
    let prices = OtherPrices { prices: Vec::new(), combinations };
    let expected = [
        [of("372 365"), of("longer none"), of("from-zero")],
        [of("366"), of("longer"), of("from-zero after-held")],
    ];
    assert_eq!(prices.mixes(), expected);
}
