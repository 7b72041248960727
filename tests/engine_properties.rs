//! Properties of every purchase, and of every rate card.

use std::sync::LazyLock;

use crate::reference::{BASIC, INTEROP, Reference};
use crate::targets::reference_input::{card_text, read, unit_price};
use proptest::prelude::*;
use wxlicense::pricing::{
    Held, Member, Order, OrderStatus, Party, Price, PriceTable, Purchase, PurchaseError, PurchaseKind,
    quote_orders,
};
use wxlicense::rates::{RateCard, RateCards};
use wxlicense::{AccountType, Counts, PerType, Term, UnitPrice};

/// Prints a failure with its smallest input; no file is written.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

static CARD: LazyLock<RateCard> =
    LazyLock::new(|| RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone());
static TABLE: LazyLock<PriceTable> = LazyLock::new(|| PriceTable::new(&CARD).unwrap());

fn annual(price: &Price) -> u64 {
    price.annual.basic.ten_thousandths() + price.annual.interop.ten_thousandths()
}

/// Counts near the edges of tiers, and anywhere up to the limit.
fn count() -> impl Strategy<Value = u32> {
    prop_oneof![
        0..=20u32,
        190..=210u32,
        495..=505u32,
        990..=1_010u32,
        9_990..=10_010u32,
        0..=20_000u32,
        0..=1_000_000u32,
    ]
}

fn counts() -> impl Strategy<Value = Counts> {
    (count(), count()).prop_map(|(basic, interop)| Counts { basic, interop })
}

fn some_counts() -> impl Strategy<Value = Counts> {
    counts().prop_filter("an order has accounts", |counts| !counts.is_zero())
}

/// Any term that the public card allows.
fn term() -> impl Strategy<Value = Term> {
    prop_oneof![
        (1..=60u32).prop_map(|months| Term { months, days: 0 }),
        (31..=1860u32).prop_map(|days| Term { months: 0, days }),
        (1..=58u32, 0..=62u32).prop_map(|(months, days)| Term { months, days }),
    ]
}

fn negotiated() -> impl Strategy<Value = PerType<Option<UnitPrice>>> {
    let price = || prop::option::of((0..=1_000_000u64).prop_map(unit_price));
    (price(), price()).prop_map(|(basic, interop)| PerType { basic, interop })
}

pub(crate) fn purchase() -> impl Strategy<Value = Purchase> {
    let kind = prop_oneof![Just(PurchaseKind::New), Just(PurchaseKind::Renewal)];
    let bought = (some_counts(), term(), kind, held(), negotiated());
    bought.prop_map(|(counts, term, kind, held, negotiated)| Purchase {
        counts,
        term,
        kind,
        held,
        negotiated,
    })
}

pub(crate) fn held() -> impl Strategy<Value = Held> {
    (counts(), counts(), counts()).prop_map(|(longer, equal, unactivated)| Held {
        longer,
        equal,
        unactivated,
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_account_more_never_costs_less(bought in purchase(), basic: bool) {
        let kind = if basic { AccountType::Basic } else { AccountType::Interop };
        let mut more = bought;
        *more.counts.get_mut(kind) += 1;
        prop_assume!(*more.counts.get(kind) <= 1_000_000);
        let (before, after) = (TABLE.price(&bought).unwrap(), TABLE.price(&more).unwrap());
        prop_assert!(after.list_price >= before.list_price);
        prop_assert!(after.annual.basic >= before.annual.basic);
        prop_assert!(after.annual.interop >= before.annual.interop);
    }

    #[test]
    fn a_longer_term_never_costs_less(bought in purchase(), days in 31..1860u32) {
        let for_days = |days| TABLE.price(&Purchase { term: Term { months: 0, days }, ..bought }).unwrap();
        prop_assert!(for_days(days + 1).list_price >= for_days(days).list_price);
    }

    #[test]
    fn two_purchases_cost_a_year_what_one_does(
        first in some_counts(),
        second in some_counts(),
        held in counts(),
        negotiated in negotiated(),
    ) {
        let of = |counts, held| {
            TABLE.price(&Purchase { held: Held::longer(held), negotiated, ..Purchase::of(counts) })
        };
        let both = first.checked_add(second).unwrap();
        prop_assume!(both.basic <= 1_000_000 && both.interop <= 1_000_000);
        let (a, b) = (of(first, held).unwrap(), of(second, held.checked_add(first).unwrap()).unwrap());
        let together = of(both, held).unwrap();
        for kind in AccountType::ALL {
            prop_assert_eq!(
                a.annual.get(kind).checked_add(*b.annual.get(kind)).unwrap(),
                *together.annual.get(kind)
            );
            prop_assert_eq!(a.unpriced.get(kind) + b.unpriced.get(kind), *together.unpriced.get(kind));
        }
    }

    #[test]
    fn the_lines_add_up_and_follow_each_other(bought in purchase()) {
        let itemised = TABLE.itemise(&bought).unwrap();
        prop_assert_eq!(itemised.price, TABLE.price(&bought).unwrap());
        for kind in AccountType::ALL {
            let lines: Vec<_> = itemised.lines.iter().filter(|line| line.account_type == kind).collect();
            let mut next = u64::from(*TABLE.start(&bought).get(kind)) + 1;
            let mut sum = 0;
            let mut unpriced = 0;
            for line in lines {
                prop_assert_eq!(line.from, next);
                prop_assert!(line.to >= line.from);
                next = line.to + 1;
                match line.annual {
                    Some(annual) => sum += annual.ten_thousandths(),
                    None => unpriced += line.count(),
                }
            }
            let start = u64::from(*TABLE.start(&bought).get(kind));
            prop_assert_eq!(next - 1 - start, u64::from(*bought.counts.get(kind)));
            prop_assert_eq!(sum, itemised.price.annual.get(kind).ten_thousandths());
            prop_assert_eq!(unpriced, u64::from(*itemised.price.unpriced.get(kind)));
        }
    }

    #[test]
    fn a_renewal_starts_from_zero(
        counts in some_counts(),
        term in term(),
        held in held(),
        negotiated in negotiated(),
    ) {
        let fresh = Purchase { counts, term, kind: PurchaseKind::New, held: Held::NONE, negotiated };
        let renewal = Purchase { kind: PurchaseKind::Renewal, held, ..fresh };
        let (renewal, fresh) = (TABLE.itemise(&renewal).unwrap(), TABLE.itemise(&fresh).unwrap());
        prop_assert_eq!(renewal.formula(), fresh.formula());
        prop_assert_eq!((renewal.price, renewal.lines), (fresh.price, fresh.lines));
    }

    /// P7 and P8 give the same price for whole months.
    #[test]
    fn whole_months_cost_twelfths_of_a_year(bought in purchase(), months in 1..=60u32) {
        let price = TABLE.price(&Purchase { term: Term { months, days: 0 }, ..bought }).unwrap();
        let twelfths = u128::from(annual(&price)) * u128::from(months);
        let fen = (twelfths + 600) / 1_200;
        prop_assert_eq!(u128::try_from(price.list_price.fen()).unwrap(), fen);
        let by_days = TABLE.price(&Purchase { term: Term { months: 0, days: months * 31 }, ..bought });
        prop_assert_eq!(by_days.unwrap().list_price, price.list_price);
    }

    /// Every purchase has a price or an error.
    #[test]
    fn nothing_that_can_be_asked_panics(
        counts in (any::<u32>(), any::<u32>()),
        held in (any::<u32>(), any::<u32>()),
        term in (any::<u32>(), any::<u32>()),
        kind in 0..3u8,
        price in prop::option::of(0..=10_000_000_000u64),
    ) {
        let counts = Counts { basic: counts.0, interop: counts.1 };
        let held = Held::longer(Counts { basic: held.0, interop: held.1 });
        let kind =
            [PurchaseKind::New, PurchaseKind::Renewal, PurchaseKind::TestEnterprise][usize::from(kind)];
        let price = price.map(unit_price);
        let bought = Purchase {
            counts,
            term: Term { months: term.0, days: term.1 },
            kind,
            held,
            negotiated: PerType { basic: price, interop: price },
        };
        let reasons = TABLE.check(&bought);
        match TABLE.itemise(&bought) {
            Ok(_) => prop_assert!(reasons.is_empty()),
            Err(error) => prop_assert!(error == PurchaseError::Overflow || error == reasons[0]),
        }
    }
}

fn member(counts: Counts, held: Held, charged: bool, name: usize) -> Member {
    Member {
        party: Party { code: Some(name.to_string()), name: None },
        counts,
        held,
        charged,
        ..Member::default()
    }
}

fn order(members: Vec<Member>, term: Term, negotiated: PerType<Option<UnitPrice>>) -> Order {
    Order {
        payer: members[0].party.clone(),
        customer: members[0].customer.clone(),
        members,
        held_by_others: Held::NONE,
        term,
        renewal: false,
        test_enterprise: false,
        negotiated,
        status: OrderStatus::Confirmed,
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_split_adds_up_to_the_fen(
        members in prop::collection::vec((0..=4_000u32, 0..=4_000u32, 0..=50u32, prop::bool::weighted(0.9)), 1..=8),
        term in term(),
        negotiated in negotiated(),
    ) {
        let members: Vec<Member> = members
            .into_iter()
            .enumerate()
            .map(|(index, (basic, interop, held, charged))| {
                let held = Held::longer(Counts { basic: held, interop: held });
                member(Counts { basic, interop }, held, charged, index)
            })
            .collect();
        let charged = members.iter().filter(|member| member.charged);
        prop_assume!(charged.clone().all(|member| !member.counts.is_zero()));
        let quote = quote_orders(&CARD, None, &[order(members, term, negotiated)]).unwrap();
        let order = &quote.orders[0];
        match order.payable() {
            Some(payable) => {
                let shares: Vec<i64> = order.members.iter().map(|member| member.share.unwrap().fen()).collect();
                prop_assert_eq!(shares.iter().sum::<i64>(), payable.fen());
                prop_assert!(shares.iter().all(|&share| share >= 0));
                for (share, member) in shares.iter().zip(&order.members) {
                    prop_assert!(*share == 0 || !member.counts.is_zero());
                }
            }
            None => prop_assert!(order.members.iter().all(|member| member.share.is_none())),
        }
    }

    #[test]
    fn a_split_does_not_depend_on_who_comes_first(
        counts in prop::collection::vec((1..=400u32, 0..=400u32), 2..=6),
        term in term(),
    ) {
        let members: Vec<Member> = counts
            .iter()
            .enumerate()
            .map(|(index, &(basic, interop))| member(Counts { basic, interop }, Held::NONE, true, index))
            .collect();
        let reversed: Vec<Member> = members.iter().rev().cloned().collect();
        let of = |members| quote_orders(&CARD, None, &[order(members, term, PerType::default())]).unwrap();
        let (forth, back) = (of(members), of(reversed));
        prop_assert_eq!(forth.orders[0].payable(), back.orders[0].payable());
        for (a, b) in forth.orders[0].members.iter().zip(back.orders[0].members.iter().rev()) {
            prop_assert!((a.share.unwrap().fen() - b.share.unwrap().fen()).abs() <= 2);
        }
    }
}

/// A price list of any shape; true if its tail is negotiated.
pub(crate) fn any_card() -> impl Strategy<Value = (Reference, bool)> {
    let fine = || prop_oneof![0..=100_000u64, (0..=500u64).prop_map(|fen| fen * 1_000)];
    let tier = (1..=400u64, fine(), fine());
    let year = prop_oneof![Just((31, 372)), Just((30, 360)), Just((30, 365)), (28..=31u64, 336..=372u64)];
    (prop::collection::vec(tier, 1..=9), year, any::<bool>()).prop_map(
        |(widths, (days_per_month, days_per_year), open)| {
            let mut last = 0;
            let mut tiers: Vec<(u64, u64, u64)> = widths
                .into_iter()
                .map(|(width, basic, interop)| {
                    last += width;
                    (last, basic, interop)
                })
                .collect();
            if let (true, Some(tier)) = (open, tiers.last_mut()) {
                tier.0 = u64::MAX;
            }
            (Reference { tiers, days_per_month, days_per_year }, !open)
        },
    )
}

/// Returns a card of tiers of one width with the largest orders and the longest terms.
pub(crate) fn largest_card_text(prices: &[u64], width: u64, open: bool) -> String {
    let tiers = (1u64..).zip(prices).map(|(index, &fine)| (index * width, fine, fine)).collect();
    let mut list = Reference { tiers, days_per_month: 30, days_per_year: 360 };
    if let (true, Some(tier)) = (open, list.tiers.last_mut()) {
        tier.0 = u64::MAX;
    }
    card_text(&list, !open)
        .replace("most-days = 4000", "most-days = 1000000000")
        .replace("type = 1000000", "type = 1000000000")
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_valid_card_prices_as_the_reference_does(
        (list, negotiated_tail) in any_card(),
        bought in prop::collection::vec((0..=1_500u32, 0..=1_500u32, 0..=600u32, 0..=600u32), 1..=4),
        (months, days) in (0..=60u32, 1..=40u32),
        negotiated in prop::option::of(0..=99_999u64),
    ) {
        let table = PriceTable::new(&read(&card_text(&list, negotiated_tail))).unwrap();
        for (basic, interop, held_basic, held_interop) in bought {
            let counts = Counts { basic: basic.max(1), interop };
            let held = Counts { basic: held_basic, interop: held_interop };
            let price = negotiated.map(unit_price);
            let itemised = table.itemise(&Purchase {
                counts,
                term: Term { months, days },
                kind: PurchaseKind::New,
                held: Held::longer(held),
                negotiated: PerType { basic: price, interop: price },
            }).unwrap();
            let mut sum = 0;
            let mut runs = Vec::new();
            for (kind, index) in [(AccountType::Basic, BASIC), (AccountType::Interop, INTEROP)] {
                let mut tally = list.tally(index, (*held.get(kind)).into(), negotiated);
                tally.add((*counts.get(kind)).into());
                prop_assert_eq!(itemised.price.annual.get(kind).ten_thousandths(), tally.annual);
                prop_assert_eq!(u64::from(*itemised.price.unpriced.get(kind)), tally.unpriced);
                sum += tally.annual;
                runs.extend(tally.runs.into_iter().map(|run| (kind, run.0, run.1, run.2)));
            }
            let lines: Vec<_> = itemised
                .lines
                .iter()
                .map(|line| (line.account_type, line.tier, line.from, line.to))
                .collect();
            prop_assert_eq!(lines, runs);
            let total_days = list.days(months.into(), days.into());
            prop_assert_eq!(u64::from(itemised.price.days), total_days);
            let fraction = list.fraction(months.into(), days.into());
            prop_assert_eq!(itemised.price.list_price.fen(), list.fen_of(sum, fraction));
        }
    }

    /// The highest prices, the largest orders and the longest terms that a card can state.
    #[test]
    fn a_price_beyond_the_range_of_money_is_an_error(
        prices in prop::collection::vec(0..=10_000_000_000u64, 1..=6),
        width in 1..=160_000_000u64,
        counts in (1..=1_000_000_000u32, 0..=1_000_000_000u32),
        held in (any::<u32>(), any::<u32>()),
        days in 1..=1_000_000_000u32,
        open: bool,
        negotiated in prop::option::of(0..=10_000_000_000u64),
    ) {
        let text = largest_card_text(&prices, width, open);
        let Ok(table) = PriceTable::new(&read(&text)) else { return Ok(()) };
        let price = negotiated.map(unit_price);
        let bought = Purchase {
            counts: Counts { basic: counts.0, interop: counts.1 },
            term: Term { months: 0, days },
            kind: PurchaseKind::New,
            held: Held::longer(Counts { basic: held.0, interop: held.1 }),
            negotiated: PerType { basic: price, interop: price },
        };
        match (table.price(&bought), table.itemise(&bought)) {
            (Ok(price), Ok(itemised)) => {
                prop_assert_eq!(price, itemised.price);
                let sum: u128 = itemised
                    .lines
                    .iter()
                    .filter_map(|line| line.annual)
                    .map(|annual| u128::from(annual.ten_thousandths()))
                    .sum();
                prop_assert_eq!(sum, u128::from(price.annual.basic.ten_thousandths())
                    + u128::from(price.annual.interop.ten_thousandths()));
            }
            (Err(a), Err(b)) => prop_assert!(a == PurchaseError::Overflow && b == PurchaseError::Overflow),
            (price, itemised) => prop_assert!(false, "{price:?} but {itemised:?}"),
        }
    }
}
