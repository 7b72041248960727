//! The exact search against an exhaustive one on small random problems; and schools of real sizes.

#[cfg(feature = "edit")]
mod apply;
mod exhaustive;
mod instance;
mod limits;
mod schools;

use self::exhaustive::least_cost;
use self::instance::{Size, instance};
use super::optimize_on_grid;
use crate::account::Counts;

/// Compares both searches on problems of a size. More of them are compared where `OPTIMIZE_CASES` asks for it.
fn compare(first: u64, count: u64, size: Size) {
    let asked = std::env::var("OPTIMIZE_CASES").ok().and_then(|cases| cases.parse().ok());
    let mut plans = 0;
    for seed in first..first + count * asked.unwrap_or(1) {
        let instance = instance(seed, size);
        let (problem, grid) = (&instance.problem, &instance.grid);
        let plan = optimize_on_grid(problem, grid, &|| false);
        let cost = plan.map(|plan| problem.cost(&plan).fen());
        let least = least_cost(&instance);
        assert_eq!(cost, least, "seed {seed}, {size:?}: {:?} {grid:?}", problem.limits);
        plans += u64::from(cost.is_some());
    }
    assert!(plans * 4 >= count, "{plans} of {count}");
}

#[test]
fn the_search_finds_what_an_exhaustive_one_finds() {
    let users = Counts { basic: 2, interop: 0 };
    compare(0, 40, Size { days: 2, terms: 1, users, lots: 1, codes: 1 });
    let users = Counts { basic: 1, interop: 0 };
    compare(1_000_000, 25, Size { days: 3, terms: 1, users, lots: 1, codes: 1 });
    compare(2_000_000, 12, Size { days: 2, terms: 2, users, lots: 1, codes: 1 });
}

#[test]
fn it_does_so_with_both_types() {
    let users = Counts { basic: 1, interop: 1 };
    compare(3_000_000, 60, Size { days: 2, terms: 1, users, lots: 2, codes: 1 });
}

#[test]
fn it_does_so_over_six_days() {
    let users = Counts { basic: 1, interop: 0 };
    compare(4_000_000, 4, Size { days: 6, terms: 1, users, lots: 1, codes: 1 });
}

#[test]
fn it_does_so_with_many_accounts() {
    let users = Counts { basic: 4, interop: 0 };
    compare(5_000_000, 20, Size { days: 2, terms: 1, users, lots: 0, codes: 1 });
}
