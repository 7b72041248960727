//! Renewals to a day whose accounts can have come from codes of several terms. In go the accounts of a group, out come
//! the expiries with which the codes of its purchases suffice for most of them. [`settle_jointly`] comes first.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::chains::assign_by_day;
use super::runs::Run;
use super::search::Search;

/// Largest number of choices that are kept from one renewal to the next.
const KEPT: usize = 32;

/// An expiry for each of some renewals.
type Choice = BTreeMap<usize, Date>;

/// Settles the expiries before all renewals to a day together, since codes that accounts of one have are not there for
/// those of another, nor for accounts that were never renewed. `runs` are by day of activation.
pub(super) fn settle_jointly(search: &mut Search<'_>, runs: &[Run]) {
    let mut choices: Vec<Choice> = vec![Choice::new()];
    let mut fewest = 0;
    for (renewal, expiries) in search.possible_expiries(runs) {
        let with = |choice: &Choice, day: Date| {
            let mut choice = choice.clone();
            choice.insert(renewal, day);
            choice
        };
        let longer = choices.iter().flat_map(|choice| expiries.keys().map(|&day| with(choice, day)));
        let mut counted: Vec<(u64, Choice)> =
            longer.map(|choice| (unexplained(search, runs, &choice), choice)).collect();
        counted.sort();
        counted.truncate(KEPT);
        fewest = counted.iter().take_while(|(left, _)| *left == counted[0].0).count();
        choices = counted.into_iter().map(|(_, choice)| choice).collect();
    }
    choices.truncate(fewest);
    let mut likely: BTreeMap<usize, BTreeSet<Date>> = BTreeMap::new();
    for (renewal, day) in choices.into_iter().flatten() {
        likely.entry(renewal).or_default().insert(day);
    }
    likely.iter().for_each(|(&renewal, days)| search.settle(renewal, days));
}

/// Takes accounts of unknown codes to have had as many days left as can be when other codes were activated on them, if codes
/// then suffice for more accounts: one of a longer term may leave an account fewer days.
pub(super) fn settle_stacking(search: &mut Search<'_>, runs: &[Run]) {
    let [late, early] = [false, true].map(|stacks_early| {
        search.stacks_early = stacks_early;
        unexplained(search, runs, &Choice::new())
    });
    search.stacks_early = early < late;
}

/// Returns the number of accounts for which codes do not suffice if the accounts of renewals expired on some days.
fn unexplained(search: &Search<'_>, runs: &[Run], choice: &Choice) -> u64 {
    let (mut search, mut runs) = (search.clone(), runs.to_vec());
    choice.iter().for_each(|(&renewal, &day)| search.settle(renewal, &BTreeSet::from([day])));
    assign_by_day(&mut search, &mut runs, &mut Vec::new());
    runs.iter().map(|run| u64::from(run.count)).sum()
}
