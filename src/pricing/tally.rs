use super::{PriceTable, Purchase};
use crate::account::{AccountType, PerType};
use crate::money::Amount;

/// The accounts of any number of purchases, added up by tier. A purchase costs two additions a type: it is counted where
/// its last account stands, less what comes before its first; the accounts between follow from the sums.
///
/// ```
/// use wxlicense::{Counts, pricing::{PriceTable, Purchase, TierTally}, rates::RateCards};
/// let cards = RateCards::embedded().unwrap();
/// let table = PriceTable::new(cards.in_force(None).unwrap())?;
/// let mut tally = TierTally::new(&table);
/// tally.add(&table, &Purchase::of(Counts { basic: 8, interop: 0 }));
/// tally.add(&table, &Purchase::of(Counts { basic: 3, interop: 0 }));
/// let totals = tally.totals(&table).unwrap();
/// assert_eq!((totals[0].accounts.basic, totals[1].accounts.basic), (8, 3));
/// # Ok::<(), wxlicense::pricing::PurchaseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TierTally {
    /// By tier, the negotiated accounts last.
    ends: PerType<Vec<Ends>>,
    /// Accounts of orders that are negotiated as a whole (P5, docs/rules.md#p5).
    negotiated_as_a_whole: PerType<u64>,
}

/// The accounts of a tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierTotal {
    /// Index of the tier in the rate card; `None` for the negotiated accounts.
    pub tier: Option<usize>,
    /// First ordinal of the tier.
    pub from: u64,
    /// Last ordinal, inclusive; `None` if it has no end.
    pub to: Option<u64>,
    /// Accounts in it.
    pub accounts: PerType<u64>,
    /// The price of all of them, in yuan a year; `None` for the negotiated ones.
    pub annual: PerType<Option<Amount>>,
}

/// Ordinals that stand in a tier: how many, and how far into it, together. Those before a first account are
/// subtracted, so that both wrap around until the sum is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Ends {
    count: u64,
    accounts: u64,
}

impl TierTally {
    /// Returns the tally of no purchase on a table.
    pub fn new(table: &PriceTable) -> TierTally {
        let ends = |kind| vec![Ends::default(); table.tiers(kind).len() + 1];
        TierTally { ends: PerType::from_fn(ends), negotiated_as_a_whole: PerType::default() }
    }

    /// Adds a purchase that the table has priced.
    #[inline]
    pub fn add(&mut self, table: &PriceTable, purchase: &Purchase) {
        let start = table.start(purchase);
        for kind in AccountType::ALL {
            let count = u64::from(*purchase.counts.get(kind));
            if count > 0 {
                self.add_type(table, kind, u64::from(*start.get(kind)), count);
            }
        }
    }

    /// Adds accounts of a type by where they end: how many ordinals stand in a listed tier, and their sum.
    pub(super) fn add_ends(
        &mut self,
        table: &PriceTable,
        kind: AccountType,
        tier: usize,
        (count, ordinals): (u64, u64),
    ) {
        let before = tier_from(table, kind, tier).wrapping_sub(1);
        if let Some(end) = self.ends.get_mut(kind).get_mut(tier) {
            end.count = end.count.wrapping_add(count);
            end.accounts = end.accounts.wrapping_add(ordinals.wrapping_sub(count.wrapping_mul(before)));
        }
    }

    /// Adds what another tally of the same table has.
    pub fn merge(&mut self, other: &TierTally) {
        for kind in AccountType::ALL {
            for (own, others) in self.ends.get_mut(kind).iter_mut().zip(other.ends.get(kind)) {
                own.count = own.count.wrapping_add(others.count);
                own.accounts = own.accounts.wrapping_add(others.accounts);
            }
            *self.negotiated_as_a_whole.get_mut(kind) += other.negotiated_as_a_whole.get(kind);
        }
    }

    /// Returns the sums by tier, the negotiated accounts last where the card has such; `None` if an amount overflows.
    pub fn totals(&self, table: &PriceTable) -> Option<Vec<TierTotal>> {
        let tiers = table.tiers(AccountType::Basic);
        let has_negotiated = table.negotiated_from() < u64::MAX;
        let mut totals = Vec::with_capacity(tiers.len() + 1);
        for index in 0..tiers.len() + usize::from(has_negotiated) {
            let tier = (index < tiers.len()).then_some(index);
            let from = tier_from(table, AccountType::Basic, index);
            let to = (index + 1 < tiers.len() + usize::from(has_negotiated))
                .then(|| tier_from(table, AccountType::Basic, index + 1) - 1);
            let accounts = PerType::from_fn(|kind| self.accounts(kind, index, from, to));
            let mut annual = PerType::default();
            for kind in AccountType::ALL {
                if let Some(tier) = table.tiers(kind).get(index) {
                    *annual.get_mut(kind) = Some(tier.price.times(*accounts.get(kind))?);
                }
            }
            totals.push(TierTotal { tier, from, to, accounts, annual });
        }
        Some(totals)
    }

    #[inline]
    fn add_type(&mut self, table: &PriceTable, kind: AccountType, first: u64, count: u64) {
        let last = first + count;
        if table.negotiates_all(last) {
            *self.negotiated_as_a_whole.get_mut(kind) += count;
            return;
        }
        let ends = self.ends.get_mut(kind);
        let (index, into) = position(table, kind, last);
        if let Some(end) = ends.get_mut(index) {
            end.count = end.count.wrapping_add(1);
            end.accounts = end.accounts.wrapping_add(into);
        }
        if first > 0 {
            let (index, into) = position(table, kind, first);
            if let Some(end) = ends.get_mut(index) {
                end.count = end.count.wrapping_sub(1);
                end.accounts = end.accounts.wrapping_sub(into);
            }
        }
    }

    /// Returns the accounts of a tier: of the ordinals that stand in it, and of those beyond it, which fill it.
    fn accounts(&self, kind: AccountType, index: usize, from: u64, to: Option<u64>) -> u64 {
        let ends = self.ends.get(kind);
        let own = ends.get(index).map_or(0, |end| end.accounts);
        let beyond = ends.iter().skip(index + 1).fold(0, |sum: u64, end| sum.wrapping_add(end.count));
        let width = to.map_or(0, |to| to + 1 - from);
        let negotiated = if to.is_none() { *self.negotiated_as_a_whole.get(kind) } else { 0 };
        own.wrapping_add(beyond.wrapping_mul(width)).wrapping_add(negotiated)
    }
}

/// Returns the tier in which an ordinal stands, and how far.
#[inline]
fn position(table: &PriceTable, kind: AccountType, ordinal: u64) -> (usize, u64) {
    let tiers = table.tiers(kind);
    if ordinal >= table.negotiated_from() {
        return (tiers.len(), ordinal + 1 - table.negotiated_from());
    }
    let after = tiers.iter().rposition(|tier| tier.from <= ordinal);
    after.and_then(|index| Some((index, ordinal + 1 - tiers.get(index)?.from))).unwrap_or_default()
}

fn tier_from(table: &PriceTable, kind: AccountType, index: usize) -> u64 {
    table.tiers(kind).get(index).map_or(table.negotiated_from(), |tier| tier.from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::account::Counts;
    use crate::pricing::fixture::card;
    use crate::pricing::{Held, PurchaseKind};

    fn purchases() -> impl Strategy<Value = Vec<Purchase>> {
        let count = || prop_oneof![0_u32..=12, 190_u32..=210, 9_990_u32..=10_010, 0_u32..=1_000_000];
        let purchase = (count(), count(), count(), count(), any::<bool>()).prop_map(
            |(basic, interop, held_basic, held_interop, renewal)| Purchase {
                held: Held::longer(Counts { basic: held_basic, interop: held_interop }),
                kind: if renewal { PurchaseKind::Renewal } else { PurchaseKind::New },
                ..Purchase::of(Counts { basic, interop })
            },
        );
        prop::collection::vec(purchase, 0..40)
    }

    proptest! {
        /// The sums are those of the lines that the engine itemises, also of tallies that are merged.
        #[test]
        fn a_tally_adds_up_the_lines_of_all_purchases(all in purchases(), split in 0_usize..40, whole in any::<bool>()) {
            let mut table = PriceTable::new(&card()).unwrap();
            if whole {
                table = table.under(table.rules().with("all".parse().unwrap()));
            }
            let (mut tally, mut other) = (TierTally::new(&table), TierTally::new(&table));
            let mut lines = PerType { basic: [0; 6], interop: [0; 6] };
            for (index, purchase) in all.iter().enumerate() {
                let part = if index < split { &mut tally } else { &mut other };
                part.add(&table, purchase);
                for kind in AccountType::ALL {
                    table.each_line(purchase, kind, |line| {
                        lines.get_mut(kind)[line.tier.unwrap_or(5)] += line.count();
                        Some(())
                    });
                }
            }
            tally.merge(&other);
            let totals = tally.totals(&table).unwrap();
            for (index, total) in totals.iter().enumerate() {
                for kind in AccountType::ALL {
                    prop_assert_eq!(*total.accounts.get(kind), lines.get(kind)[index], "{:?} {}", kind, index);
                }
            }
        }
    }

    /// 8 basic accounts, and 10003 interop ones, of which the last 3 are negotiated.
    #[test]
    fn the_sums_name_their_tiers_with_accounts_and_prices() {
        let mut card = card();
        let totals = |card: &crate::rates::RateCard| {
            let table = PriceTable::new(card).unwrap();
            let mut tally = TierTally::new(&table);
            tally.add(&table, &Purchase::of(Counts { basic: 8, interop: 10_003 }));
            let totals = tally.totals(&table).unwrap();
            let annual = |amount: Option<Amount>| amount.map(|amount| amount.ten_thousandths() / 10_000);
            let row = |total: &TierTotal| {
                let TierTotal { tier, from, to, accounts, annual: yuan } = total;
                (
                    *tier,
                    *from,
                    *to,
                    [accounts.basic, accounts.interop],
                    [annual(yuan.basic), annual(yuan.interop)],
                )
            };
            totals.iter().map(row).collect::<Vec<_>>()
        };
        let listed = [
            (Some(0), 1, Some(5), [5, 5], [Some(25), Some(250)]),
            (Some(1), 6, Some(200), [3, 195], [Some(12), Some(7_800)]),
            (Some(2), 201, Some(500), [0, 300], [Some(0), Some(9_000)]),
            (Some(3), 501, Some(1_000), [0, 500], [Some(0), Some(10_000)]),
            (Some(4), 1_001, Some(10_000), [0, 9_000], [Some(0), Some(90_000)]),
        ];
        let negotiated = (None, 10_001, None, [0, 3], [None, None]);
        assert_eq!(totals(&card), [&listed[..], &[negotiated]].concat());
        card.negotiated = None;
        card.tiers[4].to = None;
        let open = (Some(4), 1_001, None, [0, 9_003], [Some(0), Some(90_030)]);
        assert_eq!(totals(&card), [&listed[..4], &[open]].concat());
    }
}
