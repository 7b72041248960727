//! When accounts expired before they were renewed to a day: on one day each (P15, docs/rules.md#p15), which their codes
//! tell.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Run, Search, after};

impl Search<'_> {
    /// Takes the expiry of which most accounts of a renewal can have been by their codes, for those that have none yet.
    /// Where that can be several days, one is taken, unless it must be sure.
    pub(in super::super) fn settle_expiries(&mut self, runs: &[Run], is_sure: bool) {
        for (index, expiries) in self.possible_expiries(runs) {
            let Some(most) = expiries.values().copied().max() else { continue };
            let likely: BTreeSet<Date> =
                expiries.into_iter().filter(|(_, count)| *count == most).map(|(day, _)| day).collect();
            if !is_sure || likely.len() == 1 {
                self.settle(index, &likely);
            }
        }
    }

    /// Takes one of several days on which the accounts of a renewal can have expired: the earliest or the last.
    pub(in super::super) fn settle(&mut self, renewal: usize, likely: &BTreeSet<Date>) {
        let chosen = if self.earliest { likely.first() } else { likely.last() };
        self.settled.extend(chosen.map(|expires| (renewal, *expires)));
        if likely.len() > 1 {
            self.ambiguous.insert(renewal);
        }
    }

    /// Returns the days on which the accounts of each renewal to a day can have expired before, with the number of those
    /// that can, but for renewals whose expiry is settled.
    pub(in super::super) fn possible_expiries(&self, runs: &[Run]) -> BTreeMap<usize, BTreeMap<Date, u64>> {
        let mut found: BTreeMap<usize, BTreeMap<Date, u64>> = BTreeMap::new();
        for run in runs {
            for (index, expiries) in self.expiries_before(run) {
                for expires in expiries {
                    let count = found.entry(index).or_default().entry(expires).or_default();
                    *count += u64::from(run.count);
                }
            }
        }
        found.retain(|index, _| !self.settled.contains_key(index));
        found
    }

    /// Returns the days on which the accounts of a run can have expired before each of their renewals to a day.
    fn expiries_before(&self, run: &Run) -> Vec<(usize, BTreeSet<Date>)> {
        let mut renewals = run.parts.iter().flat_map(|part| &part.renewals);
        if renewals.all(|&index| self.renewals[index].until.is_none()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        // Each with the code of the account before.
        let mut begins: BTreeSet<(Date, Option<usize>)> =
            run.parts.iter().take(1).map(|part| (part.activated, None)).collect();
        for part in &run.parts {
            let mut expiries: BTreeSet<(Date, Option<usize>)> = BTreeSet::new();
            for (begins, before) in begins {
                let used: Vec<usize> = before.into_iter().collect();
                let open = self.open(run, part.activated, &used);
                expiries
                    .extend(open.filter_map(|(index, code)| Some((after(begins, code.days)?, Some(index)))));
            }
            for &index in &part.renewals {
                let renewal = &self.renewals[index];
                if let Some(until) = renewal.until {
                    let can_be = |expires: &Date| {
                        let days = u32::try_from((until - *expires).get_days());
                        renewal.paid <= *expires && days.is_ok_and(|days| self.card.term.least_days <= days)
                    };
                    found
                        .push((index, expiries.iter().map(|(expires, _)| *expires).filter(can_be).collect()));
                }
                let prolonged = |(expires, code)| Some((renewal.prolonged(expires)?, code));
                expiries = expiries.into_iter().filter_map(prolonged).collect();
            }
            // The next begins when this one expires, or when it would have: a code was activated on it before.
            let ends = part.expires;
            let can_follow = |expires: Date| expires == ends || self.is_stacked(ends, expires);
            begins = expiries.into_iter().filter(|(expires, _)| can_follow(*expires)).collect();
            if begins.is_empty() {
                let days = ends.series(1.day()).take_while(|day| can_follow(*day));
                begins = days.map(|day| (day, None)).collect();
            }
        }
        found
    }
}
