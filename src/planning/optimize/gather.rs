//! Covers of a changing need whose orders ride on accounts that were gathered: begun together, some of them before they
//! are needed.

use super::cover::{Chain, Pattern};
use super::engine::{Candidate, Trial, keep_cheaper};
use super::patterns::first_missing;
use super::problem::Problem;

impl Trial<'_> {
    /// Tries to gather accounts on one or two days, with one first term after the other, and changes the best one day by day
    /// as long as that helps.
    pub(super) fn gather(&self, best: &mut Option<Candidate>, stop: &dyn Fn() -> bool) {
        let mut work = 0;
        let mut found: Option<Candidate> = None;
        for pattern in beginnings(self.problem, self.base()) {
            if stop() {
                return;
            }
            self.keep_gathered(&mut found, pattern, &mut work);
        }
        let Some(mut found) = found else { return };
        for step in STEPS {
            loop {
                let before = found.counts_as;
                for pattern in changes(&found.pattern, step) {
                    if work > MOST_WORK || stop() {
                        break;
                    }
                    let mut kept = Some(found);
                    self.keep_gathered(&mut kept, pattern, &mut work);
                    let Some(cheaper) = kept else { return };
                    found = cheaper;
                }
                if before <= found.counts_as {
                    break;
                }
            }
        }
        keep_cheaper(best, Some(found));
    }

    fn keep_gathered(&self, best: &mut Option<Candidate>, pattern: Pattern, work: &mut usize) {
        let found = self.run_early(pattern);
        *work += found.as_ref().map_or(1, |found| found.blocks.len());
        keep_cheaper(best, found);
    }
}

/// Returns patterns that gather a base on the first day on which accounts are missing, and on another one or none.
fn beginnings(problem: &Problem, base: Option<u32>) -> Vec<Pattern> {
    let Some(base) = base else { return Vec::new() };
    let start = first_missing(problem);
    let stacking = problem.stacking_left.max(1).unsigned_abs();
    let firsts = (0..6).map(|step| problem.least_term + step * stacking);
    let mut found = Vec::new();
    for first in firsts.filter(|term| *term <= problem.most_term) {
        for later in [0, 30, 60, 90, 120, 150, 180, 240] {
            let mut gathered = vec![(start, base)];
            let second = start.saturating_add(later);
            if later > 0 && second < problem.days {
                gathered.push((second, base));
            }
            found.push(Pattern { gathered, ..Pattern::of(Chain::Riding(first)) });
        }
    }
    found
}

/// Returns what else a pattern may be, a step away.
fn changes(pattern: &Pattern, step: i32) -> Vec<Pattern> {
    let mut found = Vec::new();
    let Chain::Riding(first) = pattern.chain else { return found };
    for step in [-step, step] {
        found.push(Pattern { chain: Chain::Riding(first.saturating_add_signed(step)), ..pattern.clone() });
        for index in 0..pattern.gathered.len() {
            let mut gathered = pattern.gathered.clone();
            gathered[index].0 = gathered[index].0.saturating_add(step).max(0);
            found.push(Pattern { gathered, ..pattern.clone() });
        }
    }
    found
}

/// Days by which the term and the days of gathering are changed.
const STEPS: [i32; 5] = [16, 8, 4, 2, 1];

/// How many accounts that begin together are covered at most, all trials added.
const MOST_WORK: usize = 400_000;
