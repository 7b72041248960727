//! The patterns by which covers are tried.

use super::cover::{Chain, Pattern};
use super::problem::Problem;
use crate::account::AccountType;

/// Returns the patterns that are tried.
pub(super) fn patterns(problem: &Problem) -> Vec<Pattern> {
    if problem.need.iter().all(|(_, users)| users.is_zero()) {
        let chain = Chain::Fixed(problem.least_term);
        return vec![Pattern { chain, first: None, together: false, renewed: None }];
    }
    let (least, most) = (problem.least_term, problem.most_term);
    let horizon = problem.days.unsigned_abs();
    let mut chains: Vec<Chain> = Vec::new();
    let ride = problem.longest_ride().clamp(least, most);
    let mut terms = vec![least, ride, least.midpoint(ride), most];
    terms.extend((1..=12).map(|part| least * part));
    terms.extend((1..=60).map(|terms| horizon.div_ceil(terms)));
    terms.retain(|term| (least..=most).contains(term));
    terms.sort_unstable();
    terms.dedup();
    chains.extend(terms.iter().map(|term| Chain::Fixed(*term)));
    chains.push(Chain::Equal(least));
    let mut patterns = Vec::new();
    for chain in chains {
        for together in [false, true] {
            patterns.push(Pattern { chain, first: None, together, renewed: None });
        }
    }
    let rest = (1..=horizon / least).map(|terms| horizon - terms * least);
    for first in rest.filter(|first| (least..=most).contains(first)).chain([least + 1]) {
        for together in [false, true] {
            patterns.push(Pattern {
                chain: Chain::Fixed(least),
                first: Some(first),
                together,
                renewed: None,
            });
        }
    }
    // Accounts that expire on many days outlast no term together, until they are replaced on one day.
    if problem.need.len() + problem.start.lots.len() > 1 {
        let edges =
            [AccountType::Basic, AccountType::Interop].map(|account_type| problem.last_edge(account_type));
        let to_end = (1..=horizon / least).map(|terms| horizon - terms * least);
        let days = (1..24).map(|month| month * 31).chain(to_end).filter(|day| (1..horizon).contains(day));
        for day in days.map(|day| i32::try_from(day).unwrap_or(i32::MAX)) {
            for count in edges.into_iter().chain([u32::MAX]) {
                let chain = Chain::Fixed(least);
                patterns.push(Pattern { chain, first: None, together: false, renewed: Some((day, count)) });
            }
        }
    }
    patterns
}
