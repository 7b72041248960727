//! The patterns by which covers are tried.

use std::collections::BTreeMap;

use super::cover::{Chain, Pattern};
use super::problem::Problem;
use crate::account::{AccountType, Counts};

/// Returns the patterns that are tried for a problem of one type.
pub(super) fn patterns(problem: &Problem) -> Vec<Pattern> {
    let (least, most) = (problem.least_term, problem.most_term);
    if problem.need.iter().all(|(_, users)| users.is_zero()) {
        return vec![Pattern::of(Chain::Fixed(least))];
    }
    let start = first_missing(problem);
    let left = problem.days.abs_diff(start);
    let ride = problem.longest_ride().clamp(least, most);
    let mut terms = vec![least, ride, least.midpoint(ride), most];
    terms.extend((1..=12).map(|part| least * part));
    terms.extend((1..=60).map(|terms| left.div_ceil(terms)));
    terms.retain(|term| (least..=most).contains(term));
    terms.sort_unstable();
    terms.dedup();
    let longest = [ride, least + least / 10, least + least / 4, least + least / 2, least * 2, most];
    let chains = terms.iter().map(|term| Chain::Fixed(*term));
    let chains: Vec<Chain> = chains.chain(longest.into_iter().map(Chain::UpTo)).collect();
    let mut patterns: Vec<Pattern> = chains.iter().map(|chain| Pattern::of(*chain)).collect();
    patterns.extend(one_long(problem, start));
    let together = |pattern: &Pattern| Pattern { together: true, ..pattern.clone() };
    patterns.extend(patterns.iter().map(together).collect::<Vec<_>>());
    // Accounts that expire on many days outlast no term together, until they are replaced on one day.
    if problem.need.len() + problem.start.lots.len() > 1 {
        let edges = AccountType::ALL.map(|account_type| problem.last_edge(account_type));
        let to_end = (1..=left / least).map(|terms| left - terms * least);
        let days = (0..24).map(|month| month * 31).chain(to_end).filter(|day| *day < left);
        for day in days.map(|day| start.saturating_add_unsigned(day)) {
            for count in edges.into_iter().chain([u32::MAX]) {
                for chain in [Chain::Fixed(least), Chain::UpTo(ride)] {
                    patterns.push(Pattern { renewed: Some((day, count)), ..Pattern::of(chain) });
                }
            }
        }
    }
    patterns
}

/// Returns patterns of shortest terms of which one is longer, such that the last one ends with the horizon; or the first one
/// by a day, so that the next outlast it.
fn one_long(problem: &Problem, start: i32) -> Vec<Pattern> {
    let (least, most) = (problem.least_term, problem.most_term);
    let left = problem.days.abs_diff(start);
    let others = left / least;
    let long = (0..others).rev().map(|others| left - others * least).take(4);
    let mut found = Vec::new();
    for term in long.chain([least + 1]).filter(|term| (least..=most).contains(term)) {
        for before in 0..others.min(4) {
            let terms = BTreeMap::from([(start.saturating_add_unsigned(before * least), term)]);
            found.push(Pattern { terms, ..Pattern::of(Chain::Fixed(least)) });
        }
    }
    found
}

/// Returns the first day on which accounts are missing that run already.
pub(super) fn first_missing(problem: &Problem) -> i32 {
    let steps = problem.need.iter().map(|(day, _)| *day);
    let expiries = problem.start.lots.iter().map(|lot| lot.expires);
    let mut days: Vec<i32> = steps.chain(expiries).filter(|day| (0..problem.days).contains(day)).collect();
    days.sort_unstable();
    let is_missing = |day: &i32| {
        let (have, need) = (problem.start.active(*day), problem.need_on(*day));
        let all = |counts: Counts| counts.basic.saturating_add(counts.interop);
        have.interop < need.interop || all(have) < all(need)
    };
    days.into_iter().find(is_missing).unwrap_or(0)
}
