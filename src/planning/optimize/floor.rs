//! The least that a day of an account can cost, and so what is still to come.

use super::ledger::Ledger;
use super::problem::Problem;
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Amount, FINE_PER_FEN};

/// The cheapest account of each type, in ten-thousandths of a yuan a year.
pub(super) struct Floor {
    price: PerType<u64>,
    /// Days of the year that the annual price buys at least.
    days_per_year: u64,
}

impl Floor {
    pub(super) fn new(problem: &Problem) -> Floor {
        let price = PerType::from_fn(|account_type| cheapest(problem, account_type));
        // Interop accounts serve basic users as well (W5, docs/rules.md#w5).
        let price = PerType { basic: price.basic.min(price.interop), ..price };
        let rules = problem.table.term_rules();
        let days_per_year = rules.days_per_year.max(problem.table.rules().by_days_divisor);
        Floor { price, days_per_year: u64::from(days_per_year) }
    }

    /// Returns the days whose price is at most the annual one.
    pub(super) fn days_per_year(&self) -> u64 {
        self.days_per_year
    }

    /// Returns a lower bound of what is still to be paid, in fen, when at most so many orders follow.
    pub(super) fn to_come(&self, problem: &Problem, ledger: &Ledger, day: i32, orders: i64) -> i64 {
        let mut days = PerType::<u64>::default();
        let mut changes: Vec<i32> = vec![day, problem.days];
        changes.extend(problem.need.iter().map(|(from, _)| *from));
        changes.extend(ledger.lots.iter().map(|lot| lot.expires));
        changes.retain(|change| (day..=problem.days).contains(change));
        changes.sort_unstable();
        for pair in changes.windows(2) {
            let length = u64::from(pair[0].abs_diff(pair[1]));
            let missing = missing(ledger.active(pair[0]), problem.need_on(pair[0]));
            for account_type in AccountType::ALL {
                *days.get_mut(account_type) += length * u64::from(*missing.get(account_type));
            }
        }
        let mut fine: u64 = 0;
        for account_type in AccountType::ALL {
            fine += days.get(account_type) * self.price.get(account_type);
        }
        for code in &ledger.codes {
            let worth = self.price.get(code.account_type).max(&self.price.basic);
            fine = fine.saturating_sub(u64::from(code.count) * u64::from(code.term) * worth);
        }
        let fen = i64::try_from(fine / (self.days_per_year * FINE_PER_FEN)).unwrap_or(i64::MAX);
        // Rounding gives away up to half a fen an order, or a fen an item.
        (fen - orders * ROUNDED_PARTS).max(0)
    }
}

/// Returns the users without an account, by the type that they need.
fn missing(active: Counts, need: Counts) -> Counts {
    let spare = active.interop.saturating_sub(need.interop);
    Counts {
        basic: need.basic.saturating_sub(active.basic.saturating_add(spare)),
        interop: need.interop.saturating_sub(active.interop),
    }
}

/// Returns the lowest price of the list, or the negotiated one below it.
fn cheapest(problem: &Problem, account_type: AccountType) -> u64 {
    let listed = problem.table.unit_prices(account_type).filter_map(|price| price.times(1));
    let negotiated = problem.negotiated.get(account_type).and_then(|price| price.times(1));
    listed.chain(negotiated).map(Amount::ten_thousandths).min().unwrap_or(0)
}

/// The most fen that rounding gives away in an order: one for each tier of both types.
const ROUNDED_PARTS: i64 = 1;
