//! Random schools, and what happens to them. Days are relative to the first one.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;

use super::wecom::Customer;

#[derive(Debug, Clone)]
pub struct Sketch {
    /// The first day, in days since 1970-01-01.
    pub start: i64,
    pub payers: Vec<PayerSketch>,
    pub rounds: Vec<RoundSketch>,
}

#[derive(Debug, Clone)]
pub struct PayerSketch {
    pub school: MemberSketch,
    pub downstreams: Vec<MemberSketch>,
    /// Months and days.
    pub term: (u32, u32),
    pub customer: Customer,
}

impl PayerSketch {
    /// Returns the members, the payer first; a test enterprise has no downstreams.
    pub fn members(&self) -> Vec<&MemberSketch> {
        let downstreams = self.downstreams.iter().filter(|_| self.customer != Customer::Test);
        [&self.school].into_iter().chain(downstreams).collect()
    }
}

#[derive(Debug, Clone)]
pub struct MemberSketch {
    /// Users by type.
    pub need: [u64; 2],
    /// Users from a day on.
    pub changes: Vec<(i64, [u64; 2])>,
    pub held: Vec<HeldSketch>,
    pub has_roster: bool,
    pub is_unconfirmed: bool,
}

/// Accounts that are active from before.
#[derive(Debug, Clone)]
pub struct HeldSketch {
    pub kind: usize,
    pub count: u64,
    pub age: i64,
    pub days_left: i64,
}

/// A day on which the provider orders what is due.
#[derive(Debug, Clone)]
pub struct RoundSketch {
    /// Days since the last round; `None` for the day of the next payment.
    pub gap: Option<i64>,
    pub by_quote: bool,
    /// `None` for an order a customer; else together, with or without automatic activation.
    pub jobs: Option<bool>,
    /// What somebody bought by hand on the day before: the number of the payer, accounts, months and days.
    pub by_hand: Option<(usize, [u64; 2], (u64, u64))>,
    /// True if codes in stock are put on accounts that end soon.
    pub stack: bool,
}

pub fn sketch() -> impl Strategy<Value = Sketch> {
    // From 2022-06-01 on; half of them lie before the last day of the waivers.
    let start = prop_oneof![1 => 19_144i64..19_447, 1 => 19_144i64..19_900];
    (start, vec(payer(), 1..4), vec(round(), 1..5)).prop_map(|(start, payers, rounds)| Sketch {
        start,
        payers,
        rounds,
    })
}

fn payer() -> impl Strategy<Value = PayerSketch> {
    let customer = prop_oneof![
        10 => Just(Customer::Charged),
        2 => Just(Customer::K12),
        1 => Just(Customer::Government),
        1 => Just(Customer::Nonprofit),
        1 => Just(Customer::Test),
    ];
    let downstreams = prop_oneof![2 => Just(Vec::new()), 1 => vec(member(), 1..4)];
    (member(), downstreams, term(), customer).prop_map(|(school, downstreams, term, customer)| PayerSketch {
        school,
        downstreams,
        term,
        customer,
    })
}

fn term() -> impl Strategy<Value = (u32, u32)> {
    prop_oneof![
        5 => Just((12, 0)),
        2 => (1u32..=24).prop_map(|months| (months, 0)),
        1 => (31u32..400).prop_map(|days| (0, days)),
        1 => (1u32..24, 1u32..31),
    ]
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![20 => 0u64..6, 40 => 0u64..80, 20 => 150u64..600, 1 => 9_990u64..10_020]
}

fn interop_count() -> impl Strategy<Value = u64> {
    prop_oneof![3 => Just(0u64), 3 => 0u64..40, 1 => 150u64..520]
}

fn need() -> impl Strategy<Value = [u64; 2]> {
    (count(), interop_count()).prop_map(|(basic, interop)| [basic.max(u64::from(interop == 0)), interop])
}

fn member() -> impl Strategy<Value = MemberSketch> {
    let day = prop_oneof![3 => 1i64..800, 1 => 1i64..70, 1 => 360i64..420];
    let flags = (prop::bool::weighted(0.3), prop::bool::weighted(0.1));
    (need(), vec((day, need()), 0..4), vec(held(), 0..3), flags).prop_map(
        |(need, changes, held, (has_roster, is_unconfirmed))| MemberSketch {
            need,
            changes,
            held,
            has_roster,
            is_unconfirmed,
        },
    )
}

fn held() -> impl Strategy<Value = HeldSketch> {
    let days_left = prop_oneof![1 => 1i64..8, 3 => 1i64..60, 3 => 1i64..400];
    (0usize..2, 1u64..60, 1i64..300, days_left).prop_map(|(kind, count, age, days_left)| HeldSketch {
        kind,
        count,
        age,
        days_left,
    })
}

fn round() -> impl Strategy<Value = RoundSketch> {
    let gap = prop_oneof![3 => Just(None), 1 => (2i64..30).prop_map(Some), 1 => (2i64..420).prop_map(Some)];
    let jobs = prop_oneof![1 => Just(None), 1 => any::<bool>().prop_map(Some)];
    let counts = (0u64..60, 0u64..20).prop_map(|(basic, interop)| [basic + 1, interop]);
    let months = prop_oneof![2 => Just((12, 0)), 1 => (1u64..24, 0u64..31)];
    let by_hand = weighted(0.3, (0usize..3, counts, months));
    (gap, prop::bool::weighted(0.15), jobs, by_hand, any::<bool>())
        .prop_map(|(gap, by_quote, jobs, by_hand, stack)| RoundSketch { gap, by_quote, jobs, by_hand, stack })
}
