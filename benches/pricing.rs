//! Time to compute a price, an itemised quote, the quote of a plan and a batch; the price is compared with two slower ways that
//! are simple to verify.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark is no library; it stops at the first failure"
)]

use std::io;
use std::num::NonZeroUsize;
use std::sync::Arc;

use divan::{Bencher, black_box};
use wxlicense::batch::{BatchOptions, Cards, DEFAULT_BLOCK, Headings, Observer, Rejected, price_rows};
use wxlicense::diagnostic::SourceFile;
use wxlicense::plan::{self, Plan, ReadOptions};
use wxlicense::planning::quote::quote_plan;
use wxlicense::pricing::{Held, Member, Order, OrderStatus, Party, PriceTable, Purchase, quote_orders};
use wxlicense::rates::{RateCard, RateCards, read_card};
use wxlicense::{AccountType, Counts, PerType, Term};

const CARD: &str = include_str!("../tiers/wecom-2022-05-16.toml");

/// The plan of the front page.
const PLAN: &str = include_str!("../examples/campus-2022.toml");

/// Rows of the batch.
const ROWS: u32 = 10_000;

fn main() {
    divan::main();
}

fn card() -> RateCard {
    RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone()
}

fn table() -> PriceTable {
    PriceTable::new(&card()).unwrap()
}

/// All five tiers of both types, for half a year, after held accounts.
fn purchase() -> Purchase {
    Purchase {
        term: Term { months: 6, days: 0 },
        held: Held::longer(Counts { basic: 3, interop: 2 }),
        ..Purchase::of(Counts { basic: 4_321, interop: 1_234 })
    }
}

#[divan::bench]
fn price_one(bencher: Bencher<'_, '_>) {
    let (table, purchase) = (table(), purchase());
    bencher.bench_local(|| table.price(black_box(&purchase)));
}

/// The most common case: one type, one year, nothing held.
#[divan::bench]
fn price_one_plain(bencher: Bencher<'_, '_>) {
    let (table, purchase) = (table(), Purchase::of(Counts { basic: 150, interop: 0 }));
    bencher.bench_local(|| table.price(black_box(&purchase)));
}

/// Computes the figure of `price_one` by adding tier after tier.
#[divan::bench]
fn reference_tier_by_tier(bencher: Bencher<'_, '_>) {
    let (card, purchase) = (card(), purchase());
    bencher.bench_local(|| tier_by_tier(&card, black_box(&purchase)));
}

/// Computes the figure of `price_one` by adding account after account.
#[divan::bench]
fn reference_account_by_account(bencher: Bencher<'_, '_>) {
    let (card, purchase) = (card(), purchase());
    bencher.bench_local(|| account_by_account(&card, black_box(&purchase)));
}

#[divan::bench]
fn itemise_one(bencher: Bencher<'_, '_>) {
    let (table, purchase) = (table(), purchase());
    bencher.bench_local(|| table.itemise(black_box(&purchase)));
}

#[divan::bench]
fn formula_of_one(bencher: Bencher<'_, '_>) {
    let (table, purchase) = (table(), purchase());
    let itemised = table.itemise(&purchase).unwrap();
    bencher.bench_local(|| black_box(&itemised).formula());
}

/// Computes a quote with notes, waiver and shares: what the program shows for one customer.
#[divan::bench]
fn quote_one_order(bencher: Bencher<'_, '_>) {
    let card = card();
    let member = Member { counts: purchase().counts, charged: true, ..Member::default() };
    let order = Order {
        payer: Party::default(),
        customer: member.customer.clone(),
        members: vec![member],
        held_by_others: Held::NONE,
        term: Term::ONE_YEAR,
        renewal: false,
        test_enterprise: false,
        negotiated: PerType::default(),
        status: OrderStatus::Confirmed,
    };
    bencher.bench_local(|| quote_orders(&card, None, black_box(std::slice::from_ref(&order))));
}

#[divan::bench]
fn compile_card(bencher: Bencher<'_, '_>) {
    let card = card();
    bencher.bench_local(|| PriceTable::new(black_box(&card)));
}

#[divan::bench]
fn read_one_card(bencher: Bencher<'_, '_>) {
    let source = Arc::new(SourceFile::new("card.toml", CARD));
    bencher.bench_local(|| read_card(black_box(&source)));
}

/// Parses the same text without checking anything.
#[divan::bench]
fn reference_parse_toml(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| black_box(CARD).parse::<toml::Table>());
}

/// Parses and checks a plan.
#[divan::bench]
fn read_plan(bencher: Bencher<'_, '_>) {
    let (cards, source) = (RateCards::embedded().unwrap(), Arc::new(SourceFile::new("plan.toml", PLAN)));
    bencher.bench_local(|| plan_of(&cards, black_box(&source)));
}

/// Finds and prices what a plan misses.
#[divan::bench]
fn quote_of_plan(bencher: Bencher<'_, '_>) {
    let cards = RateCards::embedded().unwrap();
    let plan = plan_of(&cards, &Arc::new(SourceFile::new("plan.toml", PLAN)));
    bencher.bench_local(|| quote_plan(black_box(&plan)));
}

/// Prices rows from memory to memory, on one core.
#[divan::bench]
fn batch_of_10_000_rows(bencher: Bencher<'_, '_>) {
    let cards = RateCards::embedded().unwrap();
    let rows: String = (0..ROWS).map(|row| format!("{row},{},{},12\n", 1 + row % 9_973, row % 331)).collect();
    let input = format!("code,basic,interop,months\n{rows}");
    let options = BatchOptions {
        name: "rows.csv",
        cards: Cards::InForce(&cards),
        date: None,
        negotiated: PerType::default(),
        items: false,
        strict: true,
        threads: NonZeroUsize::MIN,
        block: DEFAULT_BLOCK,
    };
    bencher.bench_local(|| {
        let mut output = Vec::with_capacity(input.len() * 4);
        let summary = price_rows(input.as_bytes(), &mut output, &mut Refusing, &options).unwrap();
        assert_eq!(summary.rows, u64::from(ROWS));
        output
    });
}

/// An observer of rows that all have a price.
struct Refusing;

impl Observer for Refusing {
    fn headings(&mut self, _: &Headings) -> io::Result<()> {
        Ok(())
    }

    fn rejected(&mut self, rejected: Rejected) -> io::Result<()> {
        panic!("{rejected:?}")
    }

    fn progress(&mut self, _: u64, _: u64) {}
}

fn plan_of(cards: &RateCards, source: &Arc<SourceFile>) -> Plan {
    plan::read(source, &ReadOptions::new(cards)).plan.unwrap()
}

fn held(purchase: &Purchase, kind: AccountType) -> u64 {
    u64::from(*purchase.held.longer.get(kind))
}

/// Returns the price of the term in fen, rounded half up.
fn fen(annual: u64, days: u64, year: u64) -> u64 {
    (annual * days + year * 50) / (year * 100)
}

fn days(card: &RateCard, term: Term) -> u64 {
    u64::from(term.months) * u64::from(card.term.days_per_month) + u64::from(term.days)
}

fn tier_by_tier(card: &RateCard, purchase: &Purchase) -> u64 {
    let mut annual = 0;
    for kind in AccountType::ALL {
        let before = held(purchase, kind);
        let last = before + u64::from(*purchase.counts.get(kind));
        for tier in &card.tiers {
            let end = tier.to.map_or(u64::MAX, u64::from);
            let (from, to) = (u64::from(tier.from).max(before + 1), end.min(last));
            if from <= to {
                annual += tier.price.get(kind).price.times(to + 1 - from).unwrap().ten_thousandths();
            }
        }
    }
    fen(annual, days(card, purchase.term), u64::from(card.term.days_per_year))
}

fn account_by_account(card: &RateCard, purchase: &Purchase) -> u64 {
    let mut annual = 0;
    for kind in AccountType::ALL {
        let before = held(purchase, kind);
        for ordinal in before + 1..=before + u64::from(*purchase.counts.get(kind)) {
            let tier = card.tiers.iter().find(|tier| tier.to.is_none_or(|to| ordinal <= u64::from(to)));
            annual += tier.unwrap().price.get(kind).price.times(1).unwrap().ten_thousandths();
        }
    }
    fen(annual, days(card, purchase.term), u64::from(card.term.days_per_year))
}
