//! Small random problems on a coarse grid, priced by a card whose tiers are a few accounts wide.

use jiff::civil::date;

use crate::account::{AccountType, Counts, PerType};
use crate::money::Money;
use crate::planning::optimize::ledger::Code;
use crate::planning::optimize::{Grid, Limits, Problem};
use crate::pricing::fixture::card;
use crate::rates::{NewPurchaseStart, RateCard, RenewalStart, Rule};

/// A problem with the grid that both searches get.
pub(super) struct Instance {
    pub(super) problem: Problem,
    pub(super) grid: Grid,
}

/// How large instances are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) days: usize,
    pub(super) terms: usize,
    /// The most parcels of accounts that are needed at once; of so many accounts each.
    pub(super) parcels: Counts,
    pub(super) parcel: u32,
    pub(super) lots: usize,
    pub(super) codes: usize,
}

/// Numbers that are always the same for a seed (Xorshift).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn below(&mut self, end: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 16) % u64::from(end.max(1))).unwrap()
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(u32::try_from(from.len()).unwrap()) as usize]
    }
}

/// Returns a card with tiers that begin at the 1st, 2nd, 4th and 7th account.
pub(super) fn small_tiers() -> RateCard {
    let mut card = card();
    let edges = [(1, Some(1)), (2, Some(3)), (4, Some(6)), (7, None)];
    let mut tiers: Vec<_> = card.tiers.iter().filter(|tier| tier.to.is_some()).take(4).cloned().collect();
    tiers.push(card.tiers[0].clone());
    tiers.truncate(4);
    for (index, (tier, (from, to))) in tiers.iter_mut().zip(edges).enumerate() {
        (tier.from, tier.to) = (from, to);
        tier.price.basic.price = ["37.20", "24.80", "12.40", "6.20"][index].parse().unwrap();
        tier.price.interop.price = ["372", "248", "124", "62"][index].parse().unwrap();
    }
    card.tiers = tiers;
    card.negotiated = None;
    card
}

/// Returns a problem of at most a size.
pub(super) fn instance(seed: u64, size: Size) -> Instance {
    let random = &mut Random::new(seed);
    let mut days = vec![0];
    while days.len() < size.days {
        let step = random.pick(&[10, 20, 31, 31, 42, 62]);
        days.push(days[days.len() - 1] + step);
    }
    let horizon = days[days.len() - 1] + random.pick(&[10, 31, 45]);
    let mut terms: Vec<u32> = (0..size.terms).map(|_| random.pick(&[31, 32, 40, 51, 62, 93])).collect();
    terms.sort_unstable();
    terms.dedup();
    let most_users = PerType::from_fn(|account_type| size.parcels.get(account_type) * size.parcel);
    let users =
        |random: &mut Random| PerType::from_fn(|account_type| random.below(most_users.get(account_type) + 1));
    let mut need = vec![(0, users(random))];
    for day in days.iter().skip(1) {
        if random.below(2) == 0 {
            need.push((day + random.pick(&[0, 0, 5]), users(random)));
        }
    }
    let limits = Limits {
        least_term: Some(31),
        hold_codes: random.pick(if size.days > 3 { &[0, 31, 70, 100] } else { &[0, 31, 70, 366] }),
        orders_per_year: random.pick(&[2, 24, 24]),
        order_cost: Money::from_fen(random.pick(&[0, 0, 100])),
        round_to: random.pick(&[1, 1, 1, 2]),
        year_budget: random
            .pick(&[None, None, None, Some(800), Some(3000)])
            .map(|fen: u32| Money::from_fen(i64::from(fen * size.parcel))),
        ..Limits::default()
    };
    let held = limits.hold_codes;
    let mut problem = Problem::new(&under_rules(random), date(2024, 1, 1), horizon, need, limits).unwrap();
    let types = if size.parcels.interop > 0 { &AccountType::ALL[..] } else { &AccountType::ALL[..1] };
    for _ in 0..random.below(u32::try_from(size.lots).unwrap() + 1) {
        problem.start.add(
            random.pick(types),
            1 + random.below(60).cast_signed(),
            (1 + random.below(2)) * size.parcel,
        );
    }
    for _ in 0..random.below(u32::try_from(size.codes).unwrap() + 1) {
        let (account_type, last_day) = (random.pick(types), random.pick(&[0, 20, 60]));
        let (term, count) = (random.pick(&[31, 62]), size.parcel);
        problem.start.pay(Code { account_type, last_day, term, paid: -30, count });
    }
    let most = PerType::from_fn(|account_type| match *size.parcels.get(account_type) {
        0 => 0,
        parcels if size.days > 3 || size.parcels.interop > 0 => parcels * size.parcel,
        parcels => (parcels + 1) * size.parcel,
    });
    // With renewals and stock, the states of many days are too many to look at all of them.
    let renewals = random.below(2) == 0 && (size.days <= 2 || held == 0);
    Instance {
        problem,
        grid: Grid { days, terms, unit: Counts { basic: size.parcel, interop: size.parcel }, most, renewals },
    }
}

/// Returns the card, now and then under another rule of what comes first in the tiers.
fn under_rules(random: &mut Random) -> RateCard {
    let mut card = small_tiers();
    let new_purchase = random.pick(&[
        NewPurchaseStart::Longer,
        NewPurchaseStart::Longer,
        NewPurchaseStart::Longer,
        NewPurchaseStart::AtLeast,
        NewPurchaseStart::LongerOrUnactivated,
    ]);
    let renewal = random.pick(&[RenewalStart::FromZero, RenewalStart::FromZero, RenewalStart::AfterHeld]);
    card.rules = card.rules.with(Rule::NewPurchase(new_purchase)).with(Rule::Renewal(renewal));
    card
}
