//! Prices by look-up, for a program that prices millions of purchases: the sums up to each account and the factor of each
//! term are written out once. Read [`PriceLookup::price`] first.

use super::{PriceTable, Purchase, PurchaseKind, TermFactor, TierTally};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::money::RoundingMode;
use crate::rates::RoundedPart;

/// The prices of one [`PriceTable`] with whole months and accounts that are on the list, in whole fen.
///
/// A price takes a fifth of the instructions of [`PriceTable::price`], with which a property test compares it. Writing the sums
/// out takes as long as some 3000 prices, so that few purchases are priced by the table itself.
#[derive(Debug, Clone)]
pub struct PriceLookup {
    /// By ordinal, from 0: what the accounts up to it, included, cost for a year, and their last tier.
    sums: PerType<Vec<Sum>>,
    /// By months, from 0: the numerator of the factor, zero where no such term can be ordered.
    numerators: Vec<u64>,
    denominator: u64,
    /// Fen of the dearest purchase.
    most: u64,
}

/// The price of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuickPrice {
    /// Fen of a year, by type.
    pub annual: PerType<u64>,
    /// Fen of the term, rounded as the card says (P10, docs/rules.md#p10).
    pub list_price: u64,
}

/// The accounts of purchases that are priced by look-up, until a [`TierTally`] takes them.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuickTally(PerType<[Ends; TIERS]>);

/// Ordinals that stand in a tier: how many, and their sum. Those before a first account are subtracted.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    count: u64,
    ordinals: u64,
}

/// Fen above [`TIER_BITS`] bits with the index of a tier.
#[derive(Debug, Clone, Copy)]
struct Sum(u64);

const TIER_BITS: u32 = 4;
const TIERS: usize = 1 << TIER_BITS;

/// Stands for the tier of the ordinal 0, which no account has.
const NO_TIER: usize = TIERS - 1;

/// Largest ordinal with a sum.
const MOST_ORDINALS: u64 = 20_000;

/// Fen that a sum may have, so that no product with a numerator overflows.
const MOST_FEN: u64 = 1 << 40;

impl Sum {
    #[inline]
    fn fen(self) -> u64 {
        self.0 >> TIER_BITS
    }

    #[inline]
    fn tier(self) -> usize {
        self.0 as usize % TIERS
    }
}

impl PriceLookup {
    /// Writes out the prices of a table; `None` if they are no whole fen, too large, rounded to another side than up at a half,
    /// or rounded by parts.
    pub fn new(table: &PriceTable) -> Option<PriceLookup> {
        let rounding = table.rules().rounding;
        if rounding.per != RoundedPart::Order || rounding.mode != RoundingMode::HalfUp {
            return None;
        }
        let sums =
            PerType { basic: sums(table, AccountType::Basic)?, interop: sums(table, AccountType::Interop)? };
        let rules = table.term_rules();
        let most_months = rules.months_of(rules.most_days);
        let factor = |months| {
            let purchase =
                Purchase { term: Term { months, days: 0 }, ..Purchase::of(Counts { basic: 1, interop: 0 }) };
            let days = rules.days(purchase.term).filter(|_| table.check(&purchase).is_empty())?;
            Some(TermFactor::new(
                rules,
                table.rules().by_days_divisor,
                PurchaseKind::New,
                purchase.term,
                days,
            ))
        };
        let factors: Vec<Option<TermFactor>> = (0..=most_months).map(factor).collect();
        let numerators: Vec<u64> =
            factors.iter().map(|factor| factor.map_or(0, |factor| factor.numerator())).collect();
        let denominator = factors.iter().flatten().next()?.denominator();
        let dearest = |sums: &Vec<Sum>| sums.last().map_or(0, |sum| sum.fen());
        let most = (dearest(&sums.basic) + dearest(&sums.interop))
            .checked_mul(*numerators.iter().max()?)?
            .checked_add(denominator)?
            / denominator;
        Some(PriceLookup { sums, numerators, denominator, most })
    }

    /// Returns the fen of the dearest purchase that has a price here, or a few more.
    pub fn most(&self) -> u64 {
        self.most
    }

    /// Returns what accounts of a type cost for a year, in fen: none, one, two, and so on.
    pub fn annual(&self, kind: AccountType) -> impl Iterator<Item = u64> {
        self.sums.get(kind).iter().map(|sum| sum.fen())
    }

    /// Returns the price of accounts after `start` in the tiers, for a term; `None` if it is not here, so that [`PriceTable::price`]
    /// has to tell it, or why there is none.
    #[inline]
    pub fn price(&self, start: Counts, counts: Counts, term: Term) -> Option<QuickPrice> {
        let annual = |sums: &[Sum], first: u32, count: u32| {
            let last = sums.get(first as usize + count as usize)?;
            Some(if first == 0 { last.fen() } else { last.fen() - sums.get(first as usize)?.fen() })
        };
        let basic = annual(&self.sums.basic, start.basic, counts.basic)?;
        let interop = annual(&self.sums.interop, start.interop, counts.interop)?;
        let numerator = *self.numerators.get(term.months as usize)?;
        if numerator == 0 || term.days > 0 || counts.is_zero() {
            return None;
        }
        let list_price = ((basic + interop) * numerator + self.denominator / 2) / self.denominator;
        Some(QuickPrice { annual: PerType { basic, interop }, list_price })
    }

    /// Counts the accounts of a purchase that [`PriceLookup::price`] has priced.
    #[inline]
    pub fn count(&self, tally: &mut QuickTally, start: Counts, counts: Counts) {
        let add = |ends: &mut [Ends; TIERS], sums: &[Sum], ordinal: u32, sign: u64| {
            let Some(sum) = sums.get(ordinal as usize) else { return };
            let Some(end) = ends.get_mut(sum.tier()) else { return };
            end.count = end.count.wrapping_add(sign);
            end.ordinals = end.ordinals.wrapping_add(sign.wrapping_mul(u64::from(ordinal)));
        };
        let QuickTally(ends) = tally;
        add(&mut ends.basic, &self.sums.basic, start.basic + counts.basic, 1);
        add(&mut ends.interop, &self.sums.interop, start.interop + counts.interop, 1);
        if start != Counts::ZERO {
            add(&mut ends.basic, &self.sums.basic, start.basic, u64::MAX);
            add(&mut ends.interop, &self.sums.interop, start.interop, u64::MAX);
        }
    }
}

impl QuickTally {
    /// Adds its accounts to those of a tally of the same table.
    pub fn add_to(&self, tally: &mut TierTally, table: &PriceTable) {
        for kind in AccountType::ALL {
            for (index, end) in self.0.get(kind).iter().enumerate().take(NO_TIER) {
                tally.add_ends(table, kind, index, (end.count, end.ordinals));
            }
        }
    }
}

/// Returns the sums of a type; `None` if one is no whole fen or too large, or there are too many tiers.
fn sums(table: &PriceTable, kind: AccountType) -> Option<Vec<Sum>> {
    let most = u64::from(table.order.most_accounts_of_a_type).min(MOST_ORDINALS);
    let last = most.min(table.negotiated_from() - 1);
    let mut sums = vec![Sum(NO_TIER as u64)];
    for ordinal in 1..=last {
        let fine = table.listed_to(kind, ordinal)?.ten_thousandths();
        let tier = table.tiers(kind).iter().rposition(|tier| tier.from <= ordinal)?;
        if !fine.is_multiple_of(100) || fine / 100 > MOST_FEN || tier >= NO_TIER {
            return None;
        }
        sums.push(Sum(((fine / 100) << TIER_BITS) | tier as u64));
    }
    Some(sums)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::pricing::Held;
    use crate::pricing::fixture::card;

    fn count() -> impl Strategy<Value = u32> {
        prop_oneof![0_u32..=12, 190_u32..=210, 490_u32..=1010, 9_990_u32..=10_010, 0_u32..=1_000_001]
    }

    fn table(divisor: u32) -> PriceTable {
        let mut card = card();
        card.rules.by_days_divisor = divisor;
        PriceTable::new(&card).unwrap()
    }

    proptest! {
        /// What is looked up is the price of the table, and what has none there is not found.
        #[test]
        fn a_price_that_is_found_is_the_engines(
            (basic, interop, held) in (count(), count(), prop_oneof![Just(0), count()]),
            months in 0_u32..=70,
            divisor in prop::sample::select(&[372_u32, 365, 366][..]),
        ) {
            let table = table(divisor);
            let lookup = PriceLookup::new(&table).unwrap();
            let (counts, start) = (Counts { basic, interop }, Counts { basic: held, interop: held / 2 });
            let purchase = Purchase { held: Held::longer(start), term: Term { months, days: 0 }, ..Purchase::of(counts) };
            let exact = table.price(&purchase);
            if let Some(quick) = lookup.price(start, counts, purchase.term) {
                let exact = exact.unwrap();
                prop_assert!(exact.is_complete());
                prop_assert_eq!(quick.list_price, exact.list_price.fen().unsigned_abs());
                prop_assert_eq!(quick.annual, PerType::from_fn(|kind| exact.annual.get(kind).ten_thousandths() / 100));
                prop_assert!(quick.list_price <= lookup.most());
                let (mut quick, mut tally, mut slow) =
                    (QuickTally::default(), TierTally::new(&table), TierTally::new(&table));
                lookup.count(&mut quick, start, counts);
                quick.add_to(&mut tally, &table);
                slow.add(&table, &purchase);
                prop_assert_eq!(tally.totals(&table), slow.totals(&table));
            } else {
                let listed = |start: u32, count: u32| start + count <= 10_000;
                let found = exact.is_ok() && listed(start.basic, basic) && listed(start.interop, interop);
                prop_assert!(!found, "{:?}", purchase);
            }
        }
    }

    #[test]
    fn a_year_of_each_number_of_accounts_is_written_out() {
        let lookup = PriceLookup::new(&table(372)).unwrap();
        let first = |kind| lookup.annual(kind).take(8).collect::<Vec<_>>();
        assert_eq!(first(AccountType::Basic), [0, 500, 1_000, 1_500, 2_000, 2_500, 2_900, 3_300]);
        assert_eq!(first(AccountType::Interop), [0, 5_000, 10_000, 15_000, 20_000, 25_000, 29_000, 33_000]);
        assert_eq!(lookup.annual(AccountType::Basic).count(), 10_001);
    }

    #[test]
    fn terms_with_days_and_orders_of_nothing_are_not_looked_up() {
        let lookup = PriceLookup::new(&table(372)).unwrap();
        let price = |basic, months, days| {
            let counts = Counts { basic, interop: 0 };
            lookup.price(Counts::ZERO, counts, Term { months, days }).map(|price| price.list_price)
        };
        assert_eq!(price(8, 6, 0), Some(1_850));
        assert_eq!(
            [price(8, 6, 14), price(8, 0, 31), price(8, 0, 0), price(8, 61, 0), price(0, 6, 0)],
            [None; 5]
        );
    }

    /// The second purchase has no basic account, the third no interop one.
    #[test]
    fn purchases_that_are_looked_up_are_tallied_as_the_table_does() {
        let table = table(372);
        let lookup = PriceLookup::new(&table).unwrap();
        let counts = |basic, interop| Counts { basic, interop };
        let bought = [
            (counts(0, 0), counts(8, 20)),
            (counts(7, 0), counts(0, 5)),
            (counts(0, 0), counts(201, 0)),
            (counts(3, 200), counts(1_000, 1)),
        ];
        let (mut quick, mut tally, mut slow) =
            (QuickTally::default(), TierTally::new(&table), TierTally::new(&table));
        for (start, counts) in bought {
            lookup.count(&mut quick, start, counts);
            slow.add(&table, &Purchase { held: Held::longer(start), ..Purchase::of(counts) });
        }
        quick.add_to(&mut tally, &table);
        assert_eq!(tally, slow);
    }

    /// A card of one tier up to an account, at one price.
    fn one_tier(to: u32, price: &str) -> PriceTable {
        let mut card = card();
        card.tiers.truncate(1);
        card.tiers[0].to = Some(to);
        card.tiers[0].price.basic.price = price.parse().unwrap();
        card.negotiated.as_mut().unwrap().from = to + 1;
        PriceTable::new(&card).unwrap()
    }

    #[test]
    fn the_largest_sum_that_is_written_out_is_two_to_the_power_of_forty_fen() {
        let lookup = PriceLookup::new(&one_tier(16_384, "671088.64")).unwrap();
        assert_eq!(lookup.annual(AccountType::Basic).last(), Some(1 << 40));
        assert!(PriceLookup::new(&one_tier(16_385, "671088.64")).is_none());
    }

    #[test]
    fn a_card_of_more_than_fifteen_tiers_has_no_look_up() {
        let with_tiers = |count| {
            let mut card = card();
            let first = card.tiers[0].clone();
            let tier = |from| crate::rates::Tier { from, to: Some(from), ..first.clone() };
            card.tiers = (1..=count).map(tier).collect();
            card.negotiated.as_mut().unwrap().from = count + 1;
            PriceLookup::new(&PriceTable::new(&card).unwrap())
        };
        assert_eq!(with_tiers(15).unwrap().annual(AccountType::Basic).last(), Some(7_500));
        assert!(with_tiers(16).is_none());
    }

    #[test]
    fn cards_that_round_otherwise_or_have_finer_prices_have_no_look_up() {
        let rounded = |word: &str| {
            let table = table(372);
            PriceLookup::new(&table.under(table.rules().with(word.parse().unwrap())))
        };
        assert!(rounded("372").is_some());
        for word in ["order+half-even", "order+down", "type+half-up", "item+half-up"] {
            assert!(rounded(word).is_none(), "{word}");
        }
        let mut finer = card();
        finer.tiers[1].price.basic.price = "3.995".parse().unwrap();
        assert!(PriceLookup::new(&PriceTable::new(&finer).unwrap()).is_none());
    }
}
