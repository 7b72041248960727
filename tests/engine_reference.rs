//! The engine agrees with the slow reference, for every count and around every edge of WeCom's tiers.

use crate::reference::{BASIC, INTEROP, Reference, Run, Tally, wecom};
use wxlicense::pricing::{Held, Line, PriceTable, Purchase};
use wxlicense::rates::RateCards;
use wxlicense::{AccountType, Counts, PerType, Term, UnitPrice};

const EDGES: [u64; 6] = [0, 5, 200, 500, 1_000, 10_000];

/// Months and days.
const TERMS: [(u32, u32); 16] = [
    (12, 0),
    (24, 0),
    (60, 0),
    (1, 0),
    (6, 0),
    (7, 0),
    (11, 0),
    (13, 0),
    (0, 31),
    (0, 200),
    (0, 372),
    (0, 1860),
    (3, 10),
    (11, 30),
    (12, 1),
    (59, 31),
];

fn table() -> PriceTable {
    PriceTable::new(RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap()).unwrap()
}

fn fine(price: UnitPrice) -> u64 {
    price.times(1).unwrap().ten_thousandths()
}

fn kinds() -> [(usize, AccountType); 2] {
    [(BASIC, AccountType::Basic), (INTEROP, AccountType::Interop)]
}

/// `count` accounts of the type after `held`; one account of the other type if `count` is zero.
fn purchase(kind: AccountType, held: u64, count: u64, negotiated: Option<UnitPrice>) -> Purchase {
    let other = u32::from(count == 0);
    let mut counts = Counts { basic: other, interop: other };
    *counts.get_mut(kind) = u32::try_from(count).unwrap();
    let mut before = Counts::ZERO;
    *before.get_mut(kind) = u32::try_from(held).unwrap();
    let mut prices = PerType::default();
    *prices.get_mut(kind) = negotiated;
    Purchase { held: Held::longer(before), negotiated: prices, ..Purchase::of(counts) }
}

fn run_of(line: &Line) -> Run {
    (line.tier, line.from, line.to, line.unit_price.map(fine))
}

/// Compares one purchase in full: the annual amount, the unpriced accounts, every term's price, every line.
fn check(
    table: &PriceTable,
    reference: &Reference,
    bought: &Purchase,
    tally: &Tally<'_>,
    terms: &[(u32, u32)],
) {
    for &(months, days) in terms {
        let bought = Purchase { term: Term { months, days }, ..*bought };
        let price = table.price(&bought).unwrap();
        let total_days = reference.days(months.into(), days.into());
        assert_eq!(u64::from(price.days), total_days);
        let annual = price.annual.basic.ten_thousandths() + price.annual.interop.ten_thousandths();
        assert_eq!(annual, tally.annual, "{bought:?}");
        assert_eq!(u64::from(price.unpriced.basic + price.unpriced.interop), tally.unpriced, "{bought:?}");
        assert_eq!(price.list_price.fen(), reference.fen(tally.annual, total_days), "{bought:?}");
        assert_eq!(price.is_complete(), tally.unpriced == 0);
    }
    let itemised = table.itemise(bought).unwrap();
    assert!(itemised.lines.iter().map(run_of).eq(tally.runs.iter().copied()), "{bought:?}");
    for line in &itemised.lines {
        let worth = line.unit_price.map(|price| fine(price) * line.count());
        assert_eq!(line.annual.map(|annual| annual.ten_thousandths()), worth);
    }
}

#[test]
fn every_count_of_each_type_has_its_price() {
    let (table, reference) = (table(), wecom());
    for (index, kind) in kinds() {
        let mut alone = reference.tally(1 - index, 0, None);
        alone.add_one();
        check(&table, &reference, &purchase(kind, 0, 0, None), &alone, &TERMS);
        let mut tally = reference.tally(index, 0, None);
        for count in 1..=20_000 {
            tally.add_one();
            let other_term = TERMS[usize::try_from(count).unwrap() % TERMS.len()];
            check(&table, &reference, &purchase(kind, 0, count, None), &tally, &[(12, 0), other_term]);
        }
    }
}

#[test]
fn every_count_has_its_price_with_a_negotiated_tail() {
    let (table, reference) = (table(), wecom());
    for (index, kind) in kinds() {
        let price: UnitPrice = ["0.8", "7.1234"][index].parse().unwrap();
        let mut tally = reference.tally(index, 0, Some([8_000, 71_234][index]));
        for count in 1..=20_000 {
            tally.add_one();
            if count % 7 == 0 || count > 9_990 {
                let other_term = TERMS[usize::try_from(count).unwrap() % TERMS.len()];
                check(&table, &reference, &purchase(kind, 0, count, Some(price)), &tally, &[other_term]);
            }
        }
    }
}

#[test]
fn held_accounts_around_every_edge_shift_the_tiers() {
    let (table, reference) = (table(), wecom());
    let near = |ordinal: u64| EDGES.iter().any(|&edge| ordinal.abs_diff(edge) <= 2);
    for (index, kind) in kinds() {
        for held in (0..=10_002).filter(|&held| near(held)) {
            for negotiated in [None, Some("0.4567".parse::<UnitPrice>().unwrap())] {
                let mut tally = reference.tally(index, held, negotiated.map(|_| 4_567));
                for count in 1..=(10_005 - held) {
                    tally.add_one();
                    if near(held + count) || near(count) {
                        let bought = purchase(kind, held, count, negotiated);
                        check(&table, &reference, &bought, &tally, &[(12, 0), (6, 0), (11, 30)]);
                    }
                }
            }
        }
    }
}

#[test]
fn every_term_around_every_edge_is_rounded_once() {
    let (table, reference) = (table(), wecom());
    for (index, kind) in kinds() {
        for edge in EDGES {
            let mut tally = reference.tally(index, 3, None);
            tally.add(edge + 1);
            let bought = purchase(kind, 3, edge + 1, None);
            check(&table, &reference, &bought, &tally, &TERMS);
            let by_days: Vec<(u32, u32)> = (31..=1860).map(|days| (0, days)).collect();
            check(&table, &reference, &bought, &tally, &by_days);
        }
    }
}

#[test]
fn both_types_are_added_before_the_rounding() {
    let (table, reference) = (table(), wecom());
    for (basic, interop) in [(1, 1), (8, 20), (150, 300), (1_001, 520), (10_000, 10_000)] {
        let mut sum = 0;
        for (index, count) in [(BASIC, basic), (INTEROP, interop)] {
            let mut tally = reference.tally(index, 0, None);
            tally.add(u64::from(count));
            sum += tally.annual;
        }
        for days in 31..=1860 {
            let term = Term { months: 0, days };
            let price = table.price(&Purchase { term, ..Purchase::of(Counts { basic, interop }) }).unwrap();
            assert_eq!(price.list_price.fen(), reference.fen(sum, days.into()), "{basic} {interop} {days}");
        }
    }
}
