//! Terms that are bought at the last tier: shorter than what is left to enough running accounts, and such that chains of
//! them end with the horizon.

use std::collections::BTreeMap;

use super::assign::first_payment;
use super::cover::{Block, whole};
use super::problem::Problem;
use crate::account::AccountType;

/// The terms of a cover whose accounts ride on others (docs/optimize.md).
pub(super) struct Ride<'p> {
    problem: &'p Problem,
    /// So many accounts must outlast a term.
    base: u32,
    /// The term of gathered accounts that cannot ride yet.
    first: u32,
    /// The days beyond the horizon that accounts have at least which begin on each day.
    over: Vec<u32>,
    /// Accounts with their first day, term, expiry and number.
    lots: Vec<(i32, u32, i32, u32)>,
    /// The longest term that rides, of orders of a day.
    longest: BTreeMap<i32, u32>,
}

impl<'p> Ride<'p> {
    /// Returns a ride that begins on a day with gathered accounts of a first term.
    pub(super) fn new(
        problem: &'p Problem,
        account_type: AccountType,
        (start, base, first): (i32, u32, u32),
    ) -> Ride<'p> {
        let held = problem.start.lots.iter().filter(|lot| lot.account_type == account_type);
        let lots = held.map(|lot| (-1, 0, lot.expires, lot.count)).collect();
        let over = least_over(problem, start, first);
        Ride { problem, base, first, over, lots, longest: BTreeMap::new() }
    }

    /// Returns the term of accounts that begin on a day, for which codes can be activated from another day on.
    pub(super) fn term(&self, day: i32, from: i32, is_gathered: bool) -> u32 {
        let (least, most) = (self.problem.least_term, self.problem.most_term);
        let orders = self.longest.range(first_payment(self.problem, from)..=from);
        let riding = orders.map(|(_, term)| *term).max().unwrap_or(0).min(most);
        let longest = match riding {
            term if term >= least => term,
            _ if is_gathered => self.first,
            _ => least,
        };
        if is_gathered && day.saturating_add_unsigned(longest) < self.problem.days {
            return whole(self.problem, longest);
        }
        best_term(self.problem, &self.over, day, longest).0
    }

    /// Adds accounts.
    pub(super) fn add(&mut self, block: &Block) {
        self.lots.push((block.from, block.term, block.expires(), block.count));
        for day in [block.from, block.from + 1] {
            if self.problem.order_days.binary_search(&day).is_ok() {
                self.longest.insert(day, 0);
            }
        }
        let later: Vec<i32> = self.longest.range(block.from..).map(|(day, _)| *day).collect();
        for day in later {
            self.longest.insert(day, self.longest_on(day));
        }
    }

    /// Returns the longest term that the base outlasts on a day; zero if there is none.
    fn longest_on(&self, day: i32) -> u32 {
        let mut terms: Vec<(u32, u32)> = Vec::new();
        for &(from, term, expires, count) in self.lots.iter().filter(|lot| lot.0 <= day && day + 1 < lot.2) {
            let left = expires.abs_diff(day) - 1;
            // Orders of one day come by falling term: P12 (docs/rules.md#p12).
            terms.push((if from == day { left.min(term - 1) } else { left }, count));
        }
        terms.sort_unstable_by(|one, other| other.cmp(one));
        let mut accounts = 0_u32;
        for (term, count) in terms {
            accounts = accounts.saturating_add(count);
            if accounts >= self.base {
                return term;
            }
        }
        0
    }
}

/// Returns the days beyond the horizon that accounts have at least which begin on each day, if the longest term grows by
/// the days of stacking with each term.
fn least_over(problem: &Problem, start: i32, first: u32) -> Vec<u32> {
    let mut over = vec![0; usize::try_from(problem.days).unwrap_or(0)];
    for day in (0..problem.days).rev() {
        let later = (day - start).max(0).unsigned_abs();
        let grown = problem.stacking_left.max(0).unsigned_abs() * later / problem.least_term.max(1);
        let longest =
            first.saturating_sub(1).saturating_add(grown).clamp(problem.least_term, problem.most_term);
        let (_, least) = best_term(problem, &over, day, longest);
        if let Some(over) = usize::try_from(day).ok().and_then(|day| over.get_mut(day)) {
            *over = least;
        }
    }
    over
}

/// Returns the longest of the terms after which the fewest days go beyond the horizon, with these.
fn best_term(problem: &Problem, over: &[u32], day: i32, longest: u32) -> (u32, u32) {
    let mut best = (problem.least_term, u32::MAX);
    let mut term = whole(problem, problem.least_term);
    while term <= longest.max(problem.least_term) {
        let end = day.saturating_add_unsigned(term);
        let beyond = end - problem.days;
        let days = match usize::try_from(end).ok().and_then(|end| over.get(end)) {
            Some(over) => *over,
            None => beyond.max(0).unsigned_abs(),
        };
        if days <= best.1 {
            best = (term, days);
        }
        if beyond >= 0 {
            break;
        }
        term = whole(problem, term + 1);
    }
    best
}
