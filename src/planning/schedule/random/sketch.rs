//! The random values of a plan. Days are relative to the plan's date.

use proptest::collection::vec;
use proptest::option::{of, weighted};
use proptest::prelude::*;

#[derive(Debug, Clone)]
pub(super) struct PlanSketch {
    /// The plan's date, in days after 2022-11-01.
    pub(super) date: i32,
    pub(super) payers: Vec<PayerSketch>,
}

#[derive(Debug, Clone)]
pub(super) struct PayerSketch {
    pub(super) school: SchoolSketch,
    pub(super) downstreams: Vec<SchoolSketch>,
    pub(super) term: TermSketch,
    pub(super) customer: CustomerSketch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CustomerSketch {
    Charged,
    K12,
    Government,
    Nonprofit,
    TestEnterprise,
}

/// Months and days.
pub(super) type TermSketch = (u32, u32);

#[derive(Debug, Clone)]
pub(super) struct SchoolSketch {
    pub(super) counts: (u32, u32),
    pub(super) unconfirmed: bool,
    pub(super) internal_only: bool,
    pub(super) apps: Vec<AppSketch>,
    pub(super) held: Vec<HeldSketch>,
    pub(super) purchases: Vec<PurchaseSketch>,
    /// First day and users.
    pub(super) headcounts: Vec<(i32, u32, u32)>,
}

#[derive(Debug, Clone)]
pub(super) struct AppSketch {
    pub(super) kind: AppKindSketch,
    pub(super) authorized: Option<(i32, u32)>,
    pub(super) interop: bool,
    /// First day and length in days.
    pub(super) order: Option<(i32, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AppKindSketch {
    Agency,
    ThirdParty,
    Internal,
}

#[derive(Debug, Clone)]
pub(super) struct HeldSketch {
    pub(super) interop: bool,
    pub(super) count: u32,
    pub(super) expires: i32,
}

#[derive(Debug, Clone)]
pub(super) struct PurchaseSketch {
    pub(super) paid: i32,
    pub(super) counts: (u32, u32),
    pub(super) term: TermSketch,
    pub(super) use_: Use,
}

/// What became of the codes of a purchase.
#[derive(Debug, Clone)]
pub(super) enum Use {
    /// None is activated.
    Stock,
    /// All are, so many days after payment.
    AtOnce(i32),
    /// Some are.
    Parts(Vec<PartSketch>),
    /// It is a renewal, whatever its counts and its day.
    Renewal(RenewalSketch),
}

#[derive(Debug, Clone)]
pub(super) struct PartSketch {
    pub(super) after: i32,
    pub(super) interop: bool,
    pub(super) percent: u32,
    /// The lot that it prolongs, and the days that are left.
    pub(super) extends: Option<(usize, i32)>,
}

#[derive(Debug, Clone)]
pub(super) struct RenewalSketch {
    /// The lot that it prolongs, or whose accounts and those that expire earlier, if it is not named.
    pub(super) lot: usize,
    pub(super) days_left: i32,
    pub(super) percent: u32,
    pub(super) named: bool,
}

pub(super) fn plan() -> impl Strategy<Value = PlanSketch> {
    // Half of the plans lie around the last day of the waivers, 2023-03-31, which is day 150.
    let date =
        prop_oneof![2 => 0i32..150, 1 => Just(150), 1 => Just(151), 2 => 120i32..260, 3 => 240i32..790];
    (date, vec(payer(), 1..4)).prop_map(|(date, payers)| PlanSketch { date, payers })
}

fn payer() -> impl Strategy<Value = PayerSketch> {
    let customer = prop_oneof![
        8 => Just(CustomerSketch::Charged),
        2 => Just(CustomerSketch::K12),
        1 => Just(CustomerSketch::Government),
        1 => Just(CustomerSketch::Nonprofit),
        1 => Just(CustomerSketch::TestEnterprise),
    ];
    let downstreams = prop_oneof![2 => Just(Vec::new()), 1 => vec(school(), 1..4)];
    (school(), downstreams, term(), customer).prop_map(|(school, downstreams, term, customer)| PayerSketch {
        school,
        downstreams,
        term,
        customer,
    })
}

fn term() -> impl Strategy<Value = TermSketch> {
    prop_oneof![
        5 => Just((12, 0)),
        2 => (1u32..=60).prop_map(|months| (months, 0)),
        1 => (31u32..400).prop_map(|days| (0, days)),
        1 => (1u32..24, 1u32..31),
    ]
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![2 => 0u32..6, 4 => 0u32..300, 2 => 150u32..1300, 1 => 9_900u32..10_200]
}

fn interop_count() -> impl Strategy<Value = u32> {
    prop_oneof![3 => Just(0u32), 4 => 0u32..250, 1 => 150u32..1100]
}

fn counts() -> impl Strategy<Value = (u32, u32)> {
    (count(), interop_count())
}

fn school() -> impl Strategy<Value = SchoolSketch> {
    let flags = (prop::bool::weighted(0.15), prop::bool::weighted(0.08));
    let lists = (vec(app(), 0..4), vec(held(), 0..3), vec(purchase(), 0..4));
    // Some days lie close together: users come and go within the shortest term.
    let day = prop_oneof![3 => -300i32..900, 1 => 0i32..70, 1 => 360i32..420];
    let headcount = (day, count(), interop_count());
    (counts(), flags, lists, vec(headcount, 0..4)).prop_map(
        |(counts, (unconfirmed, internal_only), (apps, held, purchases), headcounts)| SchoolSketch {
            counts,
            unconfirmed,
            internal_only,
            apps,
            held,
            purchases,
            headcounts,
        },
    )
}

fn app() -> impl Strategy<Value = AppSketch> {
    let kind = prop_oneof![
        6 => Just(AppKindSketch::Agency),
        2 => Just(AppKindSketch::ThirdParty),
        1 => Just(AppKindSketch::Internal),
    ];
    let authorized = weighted(0.8, (-220i32..60, 0u32..24));
    let order = weighted(0.3, (-300i32..120, 1u32..1200));
    (kind, authorized, prop::bool::weighted(0.3), order)
        .prop_map(|(kind, authorized, interop, order)| AppSketch { kind, authorized, interop, order })
}

fn held() -> impl Strategy<Value = HeldSketch> {
    let expires = prop_oneof![1 => -60i32..1, 3 => 1i32..60, 3 => 1i32..400, 1 => 400i32..1800];
    (prop::bool::weighted(0.3), 1u32..500, expires).prop_map(|(interop, count, expires)| HeldSketch {
        interop,
        count,
        expires,
    })
}

fn purchase() -> impl Strategy<Value = PurchaseSketch> {
    let paid = prop_oneof![4 => -420i32..0, 1 => Just(0i32), 2 => 1i32..400, 2 => -370i32..-340];
    (paid, counts(), term(), use_of_codes()).prop_map(|(paid, counts, term, use_)| PurchaseSketch {
        paid,
        counts,
        term,
        use_,
    })
}

fn use_of_codes() -> impl Strategy<Value = Use> {
    let percent = || prop_oneof![2 => Just(100u32), 3 => 1u32..100];
    let after = || prop_oneof![2 => Just(0i32), 3 => 0i32..366];
    let extends = of((0usize..8, 0i32..21));
    let part = (after(), prop::bool::weighted(0.3), percent(), extends)
        .prop_map(|(after, interop, percent, extends)| PartSketch { after, interop, percent, extends });
    let renewal = (0usize..8, prop_oneof![3 => 0i32..21, 1 => 0i32..200], percent(), any::<bool>())
        .prop_map(|(lot, days_left, percent, named)| RenewalSketch { lot, days_left, percent, named });
    prop_oneof![
        2 => Just(Use::Stock),
        3 => after().prop_map(Use::AtOnce),
        2 => vec(part, 1..4).prop_map(Use::Parts),
        2 => renewal.prop_map(Use::Renewal),
    ]
}
