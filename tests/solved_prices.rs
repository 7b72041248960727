//! Bills that are priced, account by account, at other unit prices and under another rule than those of the card are
//! recognised: `reconcile` names the combination, and the prices lie where it says.

use std::cell::Cell;
use std::fmt::Write;
use std::sync::Arc;

use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestRunner};
use wxlicense::analysis::reconcile::{PriceRange, PricedTier, RuleFindings, explain, reconcile};
use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{Plan, ReadOptions, read};
use wxlicense::rates::RateCards;
use wxlicense::wecom::bills::Bills;
use wxlicense::wecom::documents;
use wxlicense::{AccountType, UnitPrice};

use crate::reference::order::{Part, Rules, WholeOrder};
use crate::reference::{BASIC, Fine, INTEROP, Reference, wecom};
use crate::targets::reference_input::{ROUNDED_PER, ROUNDING_MODES};

/// The tiers of the card whose prices nobody has confirmed, as type and index.
const UNKNOWN: [(usize, usize); 5] = [(BASIC, 2), (BASIC, 3), (BASIC, 4), (INTEROP, 3), (INTEROP, 4)];

/// An order, whose codes are activated on the day of payment.
#[derive(Debug, Clone)]
struct Placed {
    counts: [u64; 2],
    months: u64,
    days: u64,
    paid: Date,
    /// Of a renewal the order whose basic accounts it prolongs.
    renews: Option<usize>,
}

fn bought(basic: u64, interop: u64, (months, days): (u64, u64), paid: Date) -> Placed {
    Placed { counts: [basic, interop], months, days, paid, renews: None }
}

/// What the payer has beside its orders: codes that nobody has activated, and accounts of a downstream.
const IN_STOCK: u64 = 9;
const OF_DOWNSTREAM: u64 = 8;
const DOWNSTREAM_UNTIL: Date = date(2024, 3, 1);

/// Returns the price of each order in fen, account by account.
fn billed(list: &Reference, rules: &Rules, orders: &[Placed]) -> Vec<i64> {
    // Type, number, day of expiry, and the order.
    let mut lots: Vec<(usize, u64, Date, usize)> = Vec::new();
    let mut prices = Vec::new();
    for (index, order) in orders.iter().enumerate() {
        let term = list.days(order.months, order.days);
        let after = |day: Date| day + Span::new().days(i64::try_from(term).unwrap());
        let split = |expires: Date| expires.cmp(&after(order.paid));
        let mut part = Part { bought: order.counts, unactivated: [IN_STOCK, 0], ..Part::default() };
        let mut renewed = order.renews.map(|of| (of, order.counts[BASIC]));
        for (kind, count, expires, of) in &lots {
            let own = renewed.as_mut().filter(|(lot, _)| lot == of && *kind == BASIC);
            let own = own.map_or(0, |(_, left)| {
                let own = (*left).min(*count);
                *left -= own;
                own
            });
            match split(*expires) {
                std::cmp::Ordering::Greater => part.longer[*kind] += count - own,
                std::cmp::Ordering::Equal => part.equal[*kind] += count - own,
                std::cmp::Ordering::Less => {}
            }
        }
        let mut others = Part::default();
        match split(DOWNSTREAM_UNTIL) {
            std::cmp::Ordering::Greater => others.longer[BASIC] = OF_DOWNSTREAM,
            std::cmp::Ordering::Equal => others.equal[BASIC] = OF_DOWNSTREAM,
            std::cmp::Ordering::Less => {}
        }
        let whole = WholeOrder {
            parts: vec![part],
            others,
            is_renewal: order.renews.is_some(),
            months: order.months,
            days: order.days,
            negotiated: [None, None],
        };
        let accounts = list.accounts(rules, &whole);
        prices.push(list.fen_of_order(rules, &whole, &accounts));
        match order.renews {
            Some(of) => {
                let count = order.counts[BASIC];
                let lot = lots.iter_mut().find(|lot| lot.3 == of && lot.0 == BASIC).unwrap();
                lot.1 -= count;
                let until = after(lot.2);
                lots.push((BASIC, count, until, index));
            }
            None => {
                lots.extend([BASIC, INTEROP].map(|kind| (kind, order.counts[kind], after(order.paid), index)))
            }
        }
    }
    prices
}

fn plan(orders: &[Placed]) -> Plan {
    let mut text = format!(
        "date = 2023-06-01\n[[school]]\ncode = \"1\"\nname = \"甲\"\ncorp-id = \"ww1\"\nbasic = 9\n\
         [[school.purchase]]\npaid = 2022-11-01\nbasic = {IN_STOCK}\n"
    );
    for Placed { counts: [basic, interop], months, days, paid, renews } in orders {
        let term = format!("term = {{ months = {months}, days = {days} }}\n");
        write!(text, "[[school.purchase]]\npaid = {paid}\n{term}").unwrap();
        match renews {
            None => write!(text, "activated = {paid}\nbasic = {basic}\ninterop = {interop}\n").unwrap(),
            Some(of) => {
                let term = wecom().days(orders[*of].months, orders[*of].days);
                let expires = orders[*of].paid + Span::new().days(i64::try_from(term).unwrap());
                write!(
                    text,
                    "kind = \"renewal\"\nbasic = {basic}\nactivations = [{{ date = {paid}, type = \"basic\", \
                     count = {basic}, extends = {expires} }}]\n"
                )
                .unwrap();
            }
        }
    }
    write!(
        text,
        "[[school]]\ncode = \"2\"\nname = \"乙\"\nbasic = 9\nupstream = \"1\"\n\
         held = [{{ type = \"basic\", count = {OF_DOWNSTREAM}, expires = {DOWNSTREAM_UNTIL} }}]\n"
    )
    .unwrap();
    let cards = RateCards::embedded().unwrap();
    let reading = read(&Arc::new(SourceFile::new("plan.toml", text.as_str())), &ReadOptions::new(&cards));
    reading.plan.unwrap_or_else(|| panic!("{:?}\n{text}", reading.diagnostics))
}

fn documents_of(orders: &[Placed], prices: &[i64]) -> String {
    let mut text = String::new();
    for (index, (order, price)) in orders.iter().zip(prices).enumerate() {
        let Placed { counts: [basic, interop], months, days, paid, renews } = order;
        let time = paid.at(2, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp().as_second();
        let kind = if renews.is_some() { 2 } else { 1 };
        writeln!(
            text,
            "{{\"errcode\":0,\"order\":{{\"order_id\":\"O{index}\",\"order_type\":{kind},\"order_status\":1,\
             \"corpid\":\"ww1\",\"price\":{price},\
             \"account_count\":{{\"base_count\":{basic},\"external_contact_count\":{interop}}},\
             \"account_duration\":{{\"months\":{months},\"days\":{days}}},\
             \"create_time\":{time},\"pay_time\":{time}}}}}"
        )
        .unwrap();
    }
    text
}

fn explained(orders: &[Placed], prices: &[i64]) -> RuleFindings {
    let plan = plan(orders);
    let read = documents::read("orders.json", documents_of(orders, prices).as_bytes());
    let bills = Bills::gather(&read.documents);
    let (with_orders, _) = plan.clone().with_orders(bills.purchases());
    let found = reconcile(&with_orders, &plan, &bills).unwrap();
    explain(&with_orders, &bills, &found.orders).unwrap()
}

/// Returns the variants of a combination in the order of the findings.
fn words(found: &RuleFindings, rules: &Rules) -> Vec<String> {
    let word = |fact: &str| match fact {
        "P5" => rules.negotiated.to_owned(),
        "P8" => rules.by_days.to_string(),
        "P10" => format!("{}+{}", rules.per, rules.mode),
        "P12" => rules.new_purchase.to_owned(),
        "P13" => rules.renewal.to_owned(),
        "U3" => rules.group.to_owned(),
        fact => panic!("{fact}"),
    };
    found.choices.iter().map(|choice| word(&choice.fact)).collect()
}

/// Returns the price of a tier on a list.
fn price_on(list: &Reference, tier: &PricedTier) -> UnitPrice {
    let kind = if tier.account_type == AccountType::Basic { BASIC } else { INTEROP };
    let index = list.tier_of(tier.from.into()).unwrap();
    UnitPrice::from_ten_thousandths(list.price_in(index, kind)).unwrap()
}

/// Returns why the findings do not tell the truth about a world.
fn untrue(found: &RuleFindings, list: &Reference, rules: &Rules) -> Option<String> {
    let truth = words(found, rules);
    let is_it = |rules: &Vec<_>| rules.iter().map(ToString::to_string).eq(truth.iter().cloned());
    let lies_in = |tier: &PricedTier, range: &PriceRange| range.contains(price_on(list, tier));
    let group = found.at_other_prices.iter().find(|group| group.combinations.iter().any(is_it));
    if !found.explaining.iter().any(is_it) && group.is_none() {
        return Some(format!("{truth:?} is missing"));
    }
    let mut wrong = group.into_iter().flat_map(|group| &group.prices);
    if let Some((tier, range)) = wrong.find(|(tier, range)| !lies_in(tier, range)) {
        return Some(format!("{tier:?} is not in {range:?} of its combination"));
    }
    let ranges = found.unit_prices.iter().filter_map(|price| Some((price.tier, price.range()?)));
    let mut wrong = ranges.filter(|(tier, range)| !lies_in(tier, range));
    wrong.next().map(|(tier, range)| format!("{tier:?} is not in {range:?}"))
}

fn at(list: &Reference, (kind, tier): (usize, usize), price: Fine) -> Reference {
    let mut list = list.clone();
    if kind == BASIC {
        list.tiers[tier].1 = price
    } else {
        list.tiers[tier].2 = price
    }
    list
}

/// Orders that go through all tiers of both types, of whole years and of parts of one.
fn through_all_tiers() -> Vec<Placed> {
    vec![
        bought(450, 0, (24, 0), date(2022, 12, 1)),
        bought(800, 0, (12, 0), date(2022, 12, 5)),
        bought(0, 700, (24, 0), date(2022, 12, 9)),
        bought(0, 600, (12, 0), date(2022, 12, 13)),
        bought(7, 1, (3, 11), date(2022, 12, 17)),
    ]
}

#[test]
fn one_other_price_is_found_in_whichever_tier_it_is() {
    let orders = through_all_tiers();
    for (index, unknown) in UNKNOWN.into_iter().enumerate() {
        for price in [10_000 * 7 / 10, 31_300, 123_400] {
            let list = at(&wecom(), unknown, price);
            let found = explained(&orders, &billed(&list, &Rules::WECOM, &orders));
            assert_eq!(untrue(&found, &list, &Rules::WECOM), None, "{unknown:?}: {price}");
            assert!(found.needs_other_prices() && found.unexplained.is_empty());
            for (other, finding) in found.unit_prices.iter().enumerate() {
                let expected = if other == index { "contradicted" } else { "confirmed" };
                assert_eq!(finding.verdict(), expected, "{unknown:?}: {price}: {finding:?}");
                assert_eq!(finding.only(), Some(price_on(&list, &finding.tier)));
            }
        }
    }
}

#[test]
fn all_prices_can_be_others_at_once() {
    let orders = through_all_tiers();
    let prices = [28_000, 19_500, 9_900, 188_800, 77_700];
    let list = UNKNOWN.into_iter().zip(prices).fold(wecom(), |list, (tier, price)| at(&list, tier, price));
    let rules = Rules { by_days: 365, ..Rules::WECOM };
    let found = explained(&orders, &billed(&list, &rules, &orders));
    assert_eq!(untrue(&found, &list, &rules), None);
    assert!(found.unit_prices.iter().all(|price| price.only() == Some(price_on(&list, &price.tier))));
    assert!(found.unit_prices.iter().all(|price| price.verdict() == "contradicted"));
}

/// Few cases for every day, always the same; `PROPTEST_CASES` asks for as many others.
fn config() -> ProptestConfig {
    let asked: Option<u32> = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { ProptestConfig::default().rng_seed } else { RngSeed::Fixed(1) };
    let cases = asked.map_or(24, |asked| (asked / 8).max(1));
    ProptestConfig {
        cases,
        rng_seed,
        failure_persistence: None,
        max_shrink_iters: 20,
        ..ProptestConfig::default()
    }
}

fn any_alternative() -> impl Strategy<Value = Rules> {
    let word = |words: &'static [&'static str]| prop::sample::select(words);
    prop_oneof![
        Just(Rules::WECOM),
        prop_oneof![Just(365), Just(366)].prop_map(move |by_days| Rules { by_days, ..Rules::WECOM }),
        (word(ROUNDED_PER), word(ROUNDING_MODES)).prop_map(move |(per, mode)| Rules {
            per,
            mode,
            ..Rules::WECOM
        }),
        word(&["at-least", "none", "longer+unactivated", "at-least+unactivated", "none+unactivated"])
            .prop_map(move |new_purchase| Rules { new_purchase, ..Rules::WECOM }),
        Just(Rules { renewal: "after-held", ..Rules::WECOM }),
        Just(Rules { group: "member", ..Rules::WECOM }),
    ]
}

/// Basic and interop accounts, months and days, and a number of which one in five means a renewal.
type Draft = ((u64, u64), (u64, u64), u8);

/// Orders, the first of which has accounts that the second may renew.
fn any_orders() -> impl Strategy<Value = Vec<Placed>> {
    let counts =
        (prop_oneof![1u64..20, 190u64..260, 450u64..1_300], prop_oneof![Just(0u64), 1u64..9, 480u64..1_200]);
    let term = prop_oneof![Just((12u64, 0u64)), Just((24, 0)), (1u64..14, Just(0)), (1u64..14, 0u64..31)];
    prop::collection::vec((counts, term, 0u8..5), 2..6).prop_map(|drafts| {
        let order = |(index, draft): (usize, Draft)| {
            let ((basic, interop), term, kind) = draft;
            let paid = date(2022, 12, 1) + Span::new().days(5 * i64::try_from(index).unwrap());
            if kind == 0 && index == 1 {
                // Some of the first order's.
                return Placed { counts: [1, 0], renews: Some(0), ..bought(1, 0, (term.0, 0), paid) };
            }
            bought(basic, interop, term, paid)
        };
        drafts.into_iter().enumerate().map(order).collect()
    })
}

fn any_prices() -> impl Strategy<Value = Vec<((usize, usize), Fine)>> {
    let price = |(kind, tier): (usize, usize)| {
        let most = if kind == BASIC { 500u64 } else { 4_000 };
        (Just((kind, tier)), (1..=most).prop_map(|fen| fen * 100))
    };
    prop::sample::subsequence(UNKNOWN.to_vec(), 2..=3)
        .prop_flat_map(move |tiers| tiers.into_iter().map(price).collect::<Vec<_>>())
}

#[test]
fn two_or_three_other_prices_with_another_rule_are_recognised() {
    let (narrowed, fixed) = (Cell::new(0), Cell::new(0));
    let config = config();
    let cases = config.cases;
    let worlds = (any_prices(), any_alternative(), any_orders());
    let tried = TestRunner::new(config).run(&worlds, |(prices, rules, orders)| {
        let list = prices.iter().fold(wecom(), |list, (tier, price)| at(&list, *tier, *price));
        let found = explained(&orders, &billed(&list, &rules, &orders));
        let wrong = untrue(&found, &list, &rules);
        prop_assert!(wrong.is_none(), "{}\n{prices:?} {rules:?}\n{orders:#?}", wrong.unwrap_or_default());
        let left = || found.unit_prices.iter().filter(|price| price.range().is_some());
        narrowed.set(narrowed.get() + u32::from(left().next().is_some()));
        fixed.set(fixed.get() + u32::from(left().any(|price| price.only().is_some())));
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
    // Not everything may be open.
    assert!(narrowed.get() * 3 >= cases * 2, "{} of {cases}", narrowed.get());
    assert!(fixed.get() * 4 >= cases, "{} of {cases}", fixed.get());
}
