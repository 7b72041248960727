//! The exact search against an exhaustive one on small random problems, the bound against both; plans of random customers
//! against the yearly policy; and schools of real sizes.

#[cfg(feature = "edit")]
mod apply;
mod budget;
mod damage;
mod exhaustive;
mod free;
mod instance;
mod limits;
mod schools;
mod tradeoffs;

use self::exhaustive::least_cost;
use self::instance::{Size, instance};
use super::bound::lower_bound;
use super::{OptimizeError, optimize, optimize_on_grid};
use crate::account::Counts;
use crate::money::Money;

/// Compares the searches on problems of a size, and the bound with what they find, and returns what they come to. More of
/// them are compared where `OPTIMIZE_CASES` asks for it.
fn compare(first: u64, count: u64, size: Size) -> Figures {
    let cases = count * asked_cases();
    let (mut plans, mut figures) = (0, Figures::default());
    for seed in first..first + cases {
        let instance = instance(seed, size);
        let (problem, grid) = (&instance.problem, &instance.grid);
        let plan = optimize_on_grid(problem, grid, &|| false);
        let cost = plan.map(|plan| problem.cost(&plan).fen());
        let least = least_cost(&instance);
        assert_eq!(cost, least, "seed {seed}, {size:?}: {:?} {grid:?}", problem.limits);
        let Some(least) = least else { continue };
        plans += 1;
        // What is below the cost that the bound is told of has to be above the bound.
        let bound = lower_bound(problem, Money::from_fen(2 * least + 1000));
        assert!(bound.fen() <= least, "seed {seed}, {size:?}: bound {bound}, {least}, {problem:?}");
        if seed < first + count {
            figures.add(Money::from_fen(least), bound);
        }
    }
    assert!(plans * 4 >= cases, "{plans} of {cases}");
    figures
}

/// What plans cost in all, and their bounds, in fen. A method that reaches more has other figures; no other change should.
#[derive(Debug, Default, PartialEq)]
struct Figures {
    cost: i64,
    bound: i64,
}

impl Figures {
    fn new(cost: i64, bound: i64) -> Figures {
        Figures { cost, bound }
    }

    fn add(&mut self, cost: Money, bound: Money) {
        self.cost += cost.fen();
        self.bound += bound.fen();
    }
}

/// Returns how many times as many cases are asked for.
fn asked_cases() -> u64 {
    std::env::var("OPTIMIZE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(1)
}

const fn basic(basic: u32) -> Counts {
    Counts { basic, interop: 0 }
}

#[test]
fn the_search_finds_what_an_exhaustive_one_finds() {
    assert_eq!(
        compare(0, 80, Size { days: 2, terms: 1, parcels: basic(2), parcel: 1, lots: 1, codes: 1 }),
        Figures::new(34_403, 2_559)
    );
    assert_eq!(
        compare(1_000_000, 100, Size { days: 3, terms: 1, parcels: basic(1), parcel: 4, lots: 1, codes: 1 }),
        Figures::new(118_493, 9_445)
    );
}

#[test]
fn it_does_so_with_two_terms() {
    assert_eq!(
        compare(2_000_000, 6, Size { days: 2, terms: 2, parcels: basic(1), parcel: 12, lots: 0, codes: 0 }),
        Figures::new(19_500, 3_060)
    );
}

#[test]
fn it_does_so_with_both_types() {
    let parcels = Counts { basic: 1, interop: 1 };
    assert_eq!(
        compare(3_000_000, 200, Size { days: 2, terms: 1, parcels, parcel: 6, lots: 2, codes: 1 }),
        Figures::new(1_823_245, 175_237)
    );
}

#[test]
fn it_does_so_over_six_days() {
    assert_eq!(
        compare(4_000_000, 20, Size { days: 6, terms: 1, parcels: basic(1), parcel: 12, lots: 1, codes: 1 }),
        Figures::new(49_132, 9_650)
    );
    assert_eq!(
        compare(4_500_000, 400, Size { days: 6, terms: 1, parcels: basic(1), parcel: 12, lots: 0, codes: 0 }),
        Figures::new(1_148_144, 218_629)
    );
}

#[test]
fn it_does_so_with_many_accounts() {
    assert_eq!(
        compare(5_000_000, 20, Size { days: 2, terms: 1, parcels: basic(3), parcel: 4, lots: 0, codes: 1 }),
        Figures::new(20_893, 2_933)
    );
    assert_eq!(
        compare(6_000_000, 40, Size { days: 3, terms: 1, parcels: basic(2), parcel: 6, lots: 0, codes: 0 }),
        Figures::new(89_410, 21_024)
    );
}

#[test]
fn no_bound_is_above_a_plan_of_a_grid() {
    let size = Size { days: 3, terms: 1, parcels: basic(1), parcel: 7, lots: 1, codes: 1 };
    let mut figures = Figures::default();
    for seed in 7_000_000..7_000_060 {
        let instance = instance(seed, size);
        let least = least_cost(&instance);
        match optimize(&instance.problem, &|| false) {
            Ok(found) => {
                let most = least.unwrap_or(i64::MAX).min(found.cost.fen());
                assert!(found.lower_bound.fen() <= most, "seed {seed}: {} {most}", found.lower_bound);
                figures.add(found.cost, found.lower_bound);
            }
            Err(OptimizeError::YearBudget { least: needed, budget, .. }) => {
                assert!(least.is_none() || needed <= budget, "seed {seed}: {needed} {budget} {least:?}");
            }
            Err(OptimizeError::NoPlan { .. }) => {}
            Err(error) => panic!("seed {seed}: {error}"),
        }
    }
    assert_eq!(figures, Figures::new(65_240, 17_952));
}
