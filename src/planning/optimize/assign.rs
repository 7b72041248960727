//! When the codes of a cover are bought: an order serves codes that are activated one after the other, so that the
//! cheapest division into orders is found by dynamic programming.

use std::collections::BTreeSet;

use super::cover::Block;
use super::draft::{Draft, lot};
use super::problem::Problem;
use crate::account::{AccountType, Counts};
use crate::pricing::{Held, PurchaseKind};

/// How orders count besides their prices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Weights {
    /// What each order counts as dearer, in fen.
    pub(super) penalty: i64,
    /// The percentage of its price at which an order counts, for each year of the horizon; years beyond count in full.
    pub(super) years: Vec<i64>,
    /// True if codes that are stacked may be paid, and so activated, up to the day of expiry. What comes first in the tiers
    /// is counted as if they were activated as early as possible, so that prices are only expected ones.
    pub(super) late: bool,
}

/// Adds the purchases and activations of a cover to a draft. Returns `None` if there is no day on which some code can be
/// bought.
pub(super) fn assign(
    problem: &Problem,
    account_type: AccountType,
    blocks: &[Block],
    weights: &Weights,
    draft: &mut Draft,
) -> Option<()> {
    for block in blocks {
        if let Some(code) = block.stock {
            draft.stock.push((code, lot(block.from, account_type, block.extends(), block.count)));
        }
    }
    let blocks = &payable(problem, blocks)?;
    let lots = lots(problem, account_type, blocks);
    let terms: BTreeSet<u32> = bought(blocks).map(|block| block.term).collect();
    for &term in terms.iter().rev() {
        let orders = Orders::new(problem, (account_type, term), blocks, &lots, weights);
        for (day, block) in orders.divide()? {
            let activated = block.from.max(day);
            draft.buy(day, term, lot(activated, account_type, block.extends(), block.count));
        }
    }
    Some(())
}

/// Returns blocks whose codes can be paid on the first day of their activation at the latest: that day is later where
/// orders are placed on few days.
fn payable(problem: &Problem, blocks: &[Block]) -> Option<Vec<Block>> {
    let of = |block: &Block| {
        if block.stock.is_some() {
            return Some(*block);
        }
        let days = &problem.order_days;
        let next = days.get(days.partition_point(|day| *day < first_payment(problem, block.from)))?;
        let from = block.from.max(*next);
        (from <= block.start).then_some(Block { from, ..*block })
    };
    blocks.iter().map(of).collect()
}

/// Returns the first day of payment of codes that are activated on a day.
pub(super) fn first_payment(problem: &Problem, activated: i32) -> i32 {
    let first = problem.last_activation.partition_point(|last| *last < activated);
    i32::try_from(first).unwrap_or(i32::MAX)
}

fn bought(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    blocks.iter().filter(|block| block.stock.is_none())
}

/// The codes of one term.
struct Orders<'p> {
    problem: &'p Problem,
    account_type: AccountType,
    term: u32,
    weights: &'p Weights,
    /// The codes in the order of their activation, with the first and last day of payment of each.
    codes: Vec<(Block, i32, i32)>,
    /// Days on which an order may be placed, with the accounts that come first in its tiers.
    days: Vec<(i32, u32)>,
    /// The best of 1, 2, 4, … days from each on, as an index of `days`.
    best: Vec<Vec<usize>>,
}

impl<'p> Orders<'p> {
    fn new(
        problem: &'p Problem,
        (account_type, term): (AccountType, u32),
        blocks: &[Block],
        lots: &[Running],
        weights: &'p Weights,
    ) -> Orders<'p> {
        let mut codes: Vec<(Block, i32, i32)> = bought(blocks)
            .filter(|block| block.term == term)
            .map(|block| {
                let last = if weights.late { block.start } else { block.from };
                (*block, first_payment(problem, block.from), last)
            })
            .collect();
        codes.sort_by_key(|(block, first, last)| (*last, *first, block.from));
        let days = candidates(problem, &codes, lots, term);
        let days = outlasting(lots, &days, term);
        let best = best_of_powers(&days);
        Orders { problem, account_type, term, weights, codes, days, best }
    }

    /// Returns the day of payment of each code.
    fn divide(&self) -> Option<Vec<(i32, Block)>> {
        // The least cost of the first codes, and the order that the last of them is in.
        let mut best: Vec<Option<(i64, usize, i32)>> = vec![Some((0, 0, 0))];
        for end in 1..=self.codes.len() {
            let mut least: Option<(i64, usize, i32)> = None;
            let (mut first, mut last, mut count) = (0, i32::MAX, 0u32);
            for start in (0..end).rev() {
                let (block, from, until) = &self.codes[start];
                (first, last) = (first.max(*from), last.min(*until));
                count = count.saturating_add(block.count);
                if self.day(first, last).is_none() {
                    break;
                }
                let Some((cost, ..)) = best[start] else { continue };
                let Some((price, day)) = self.cheapest(first, last, count) else { continue };
                let cost = cost + price + self.weights.penalty;
                if least.is_none_or(|(known, ..)| cost < known) {
                    least = Some((cost, start, day));
                }
            }
            best.push(least);
        }
        let mut found = Vec::new();
        let mut end = self.codes.len();
        while end > 0 {
            let (_, start, day) = best[end]?;
            found.extend(self.codes[start..end].iter().map(|(block, ..)| (day, *block)));
            end = start;
        }
        Some(found)
    }

    /// Returns the price at which so many codes count that are bought within days, both inclusive, and the day of that.
    fn cheapest(&self, first: i32, last: i32, count: u32) -> Option<(i64, i32)> {
        if self.weights.years.is_empty() {
            let (day, before) = self.day(first, last)?;
            return Some((self.price(count, before)?, day));
        }
        let of_year = |year: i32| {
            let (start, end) = self.problem.days_of_year(year);
            let (day, before) = self.day(first.max(start), last.min(end - 1))?;
            let weight = usize::try_from(year).ok().and_then(|year| self.weights.years.get(year));
            Some((self.price(count, before)?.saturating_mul(*weight.unwrap_or(&100)) / 100, day))
        };
        let years = self.problem.year(first)..=self.problem.year(last);
        years.filter_map(of_year).min_by_key(|(price, day)| (*price, -day))
    }

    /// Returns the day within others, both inclusive, on which most accounts come first: the last of several.
    fn day(&self, first: i32, last: i32) -> Option<(i32, u32)> {
        let from = self.days.partition_point(|(day, _)| *day < first);
        let end = self.days.partition_point(|(day, _)| *day <= last);
        let level = end.checked_sub(from)?.checked_ilog2()? as usize;
        let best = better(&self.days, self.best[level][from], self.best[level][end - (1 << level)]);
        Some(self.days[best])
    }

    fn price(&self, count: u32, before: u32) -> Option<i64> {
        let held = Held::longer(Counts::of(self.account_type, before));
        let counts = Counts::of(self.account_type, count);
        Some(self.problem.price(counts, self.term, PurchaseKind::New, held)?.fen())
    }
}

/// Returns the better one of two days: the one on which more accounts come first, else the later one.
fn better(days: &[(i32, u32)], one: usize, other: usize) -> usize {
    if (days[one].1, one) > (days[other].1, other) { one } else { other }
}

/// Returns the best of 1, 2, 4, … days from each on.
fn best_of_powers(days: &[(i32, u32)]) -> Vec<Vec<usize>> {
    let mut levels: Vec<Vec<usize>> = vec![(0..days.len()).collect()];
    let mut half = 1;
    while half * 2 <= days.len() {
        let last = &levels[levels.len() - 1];
        let level = (0..=days.len() - half * 2).map(|at| better(days, last[at], last[at + half])).collect();
        levels.push(level);
        half *= 2;
    }
    levels
}

/// Accounts from their activation on: first day, term and expiry.
type Running = (i32, u32, i32, u32);

fn lots(problem: &Problem, account_type: AccountType, blocks: &[Block]) -> Vec<Running> {
    let held = problem.start.lots.iter().filter(|lot| lot.account_type == account_type);
    let held = held.map(|lot| (-1, 0, lot.expires, lot.count));
    held.chain(blocks.iter().map(|block| (block.from, block.term, block.expires(), block.count))).collect()
}

/// Returns days, which ascend, with the accounts that outlast a term on each.
fn outlasting(lots: &[Running], days: &[i32], term: u32) -> Vec<(i32, u32)> {
    let mut changes = vec![0_i64; days.len() + 1];
    for &(from, own, expires, count) in lots {
        // Orders of one day come by falling term: P12 (docs/rules.md#p12).
        let first = days.partition_point(|day| *day < from || (*day == from && own <= term));
        let end = days.partition_point(|day| day.saturating_add_unsigned(term) < expires);
        if first < end {
            changes[first] += i64::from(count);
            changes[end] -= i64::from(count);
        }
    }
    let mut running = 0;
    let with_change = |(day, change): (&i32, &i64)| {
        running += change;
        (*day, u32::try_from(running).unwrap_or(u32::MAX))
    };
    days.iter().zip(&changes).map(with_change).collect()
}

/// Returns the days on which an order may be best: where codes can first or last be bought, and where accounts begin
/// or cease to outlast the term.
fn candidates(problem: &Problem, codes: &[(Block, i32, i32)], lots: &[Running], term: u32) -> Vec<i32> {
    if problem.order_days.len() <= MOST_DAYS {
        return problem.order_days.clone();
    }
    let mut days: Vec<i32> = codes.iter().flat_map(|(_, first, last)| [*first, *last]).collect();
    let earliest = days.iter().min().copied().unwrap_or(0);
    let latest = days.iter().max().copied().unwrap_or(0);
    for (from, _, expires, _) in lots {
        let changes = [*from, from + 1, expires.saturating_sub_unsigned(term) - 1];
        days.extend(changes.into_iter().filter(|day| (earliest..=latest).contains(day)));
    }
    days.sort_unstable();
    days.dedup();
    days.retain(|day| problem.order_days.binary_search(day).is_ok());
    days
}

/// With so few days, all are candidates.
const MOST_DAYS: usize = 64;
