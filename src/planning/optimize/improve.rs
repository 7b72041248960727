//! Makes a plan cheaper term by term.

use std::collections::BTreeSet;

use super::engine::{Candidate, Trial};

impl Trial<'_> {
    /// Tries other terms for the accounts that begin on each day, one day after the other, as long as that helps.
    pub(super) fn improve(&self, best: &mut Candidate, stop: &dyn Fn() -> bool) {
        let mut work = 0;
        for _ in 0..PASSES {
            let mut is_better = false;
            let mut after = -1;
            while let Some(day) = next_start(best, after) {
                after = day;
                for term in self.terms_from(day) {
                    work += best.blocks.len();
                    if work > MOST_WORK || stop() {
                        return;
                    }
                    let mut pattern = best.pattern.clone();
                    if pattern.terms.insert(day, term) != Some(term) {
                        is_better |= self.keep(best, pattern);
                    }
                }
            }
            if !is_better {
                return;
            }
        }
    }

    fn keep(&self, best: &mut Candidate, pattern: super::cover::Pattern) -> bool {
        let other = self.run(pattern, Some(best.counts_as));
        match other.filter(|other| other.counts_as < best.counts_as) {
            Some(other) => {
                *best = other;
                true
            }
            None => false,
        }
    }

    /// Returns terms that may be best from a day on: of those that can begin after running accounts, the shortest and the
    /// longest one, and those after which shortest terms end with the horizon.
    fn terms_from(&self, day: i32) -> BTreeSet<u32> {
        let problem = self.problem;
        let (least, most) = (problem.least_term, problem.most_term);
        let fresh = least.saturating_add_signed(problem.stacking_left - 1);
        let longest = problem.longest_ride().max(fresh).clamp(least, most);
        let left = problem.days.abs_diff(day);
        let rests = (0..).map(|terms| terms * least).take_while(|rest| *rest < left);
        let to_end = rests.map(|rest| left - rest).filter(|term| (least..=longest).contains(term));
        let mut terms: BTreeSet<u32> = to_end.collect();
        if !terms.is_empty() {
            terms.extend([least, longest]);
        }
        let month = problem.table.term_rules().days_per_month.max(1);
        if problem.limits.whole_months {
            terms = terms.into_iter().map(|term| term.next_multiple_of(month)).collect();
        }
        terms.retain(|term| *term <= most);
        terms
    }
}

/// Returns the first day after another on which accounts begin that are bought.
fn next_start(best: &Candidate, after: i32) -> Option<i32> {
    let starts = best.blocks.iter().filter(|block| block.stock.is_none()).map(|block| block.start);
    starts.filter(|start| after < *start).min()
}

/// How often all days are tried.
const PASSES: usize = 2;

/// How many accounts that begin together are covered at most, all trials added.
const MOST_WORK: usize = 10_000;
