//! Codes for accounts, day by day. In go the ways in which accounts can have come about, out come the same with the codes
//! that were left on the day of each activation. [`assign_by_day`] comes first.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::runs::Run;
use super::search::Search;
use super::{Of, Traced, Way};

/// Accounts with the codes that they still need.
#[derive(Clone)]
struct Chain {
    run: Run,
    found: Vec<Traced>,
    /// The purchases whose codes they have.
    used: Vec<Of>,
    /// The codes that are not used up yet, the next one last.
    uses: Vec<Use>,
}

/// A code that is activated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Use {
    on: Date,
    /// Index in [`Chain::found`].
    traced: usize,
    /// Index of what the code prolonged; `None` for the first code of the accounts.
    prolonged: Option<usize>,
}

/// Assigns codes in the order in which they were activated: of several with one term it is the one that must be activated
/// first, of those that were left on its day, O9 (docs/rules.md#o9). So a code that was activated late on accounts is
/// not taken from others that were activated before. `runs` are by day of activation; what is not found stays there.
pub(super) fn assign_by_day(search: &mut Search<'_>, runs: &mut Vec<Run>, accounts: &mut Vec<Traced>) {
    let mut waiting: BTreeMap<Date, Vec<Chain>> = BTreeMap::new();
    let mut without: Vec<Run> = Vec::new();
    for run in runs.iter_mut() {
        while let Some((day, chains)) = waiting.pop_first() {
            if run.parts[0].activated <= day {
                waiting.insert(day, chains);
                break;
            }
            for chain in chains {
                use_next(search, chain, &mut waiting, (accounts, &mut without));
            }
        }
        for way in [Way::Exact, Way::Stacked] {
            while run.count > 0
                && search.can_be(run, way)
                && let Some(found) = search.find(run, way)
            {
                let mut chain = Chain::new(found, run);
                if let Some(first) = chain.uses.pop_if(|next| next.prolonged.is_none() && next.traced == 0) {
                    let code = chain.code(first);
                    chain.run.count = search.use_up(code, run.account_type, run.count).max(1);
                    chain.set_code(first, code);
                }
                run.count -= chain.run.count;
                keep(chain, &mut waiting, accounts);
            }
        }
    }
    while let Some((_, chains)) = waiting.pop_first() {
        for chain in chains {
            use_next(search, chain, &mut waiting, (accounts, &mut without));
        }
    }
    runs.retain(|run| run.count > 0);
    runs.extend(without);
    runs.sort();
}

/// Gives accounts the codes that they need next. Those for which none is left give back what they have, and are among
/// `runs` again.
fn use_next(
    search: &mut Search<'_>,
    mut chain: Chain,
    waiting: &mut BTreeMap<Date, Vec<Chain>>,
    (accounts, runs): (&mut Vec<Traced>, &mut Vec<Run>),
) {
    let Some(next) = chain.uses.pop() else { return };
    let (school, found) = (chain.found[next.traced].school, chain.code(next));
    let account_type = chain.run.account_type;
    while chain.run.count > 0
        && let Some(code) = search.like(found, (school, account_type), next.on)
    {
        let count = search.use_up(code, account_type, chain.run.count);
        chain.run.count -= count;
        let mut part = chain.clone();
        part.run.count = count;
        part.set_code(next, code);
        keep(part, waiting, accounts);
    }
    if chain.run.count > 0 {
        chain.used.iter().for_each(|&code| search.give_back(code, account_type, chain.run.count));
        runs.push(chain.run);
    }
}

/// Keeps accounts for the day of their next code; those that need none are done.
fn keep(chain: Chain, waiting: &mut BTreeMap<Date, Vec<Chain>>, accounts: &mut Vec<Traced>) {
    match chain.uses.last() {
        Some(next) => waiting.entry(next.on).or_default().push(chain),
        None => {
            let count = chain.run.count;
            accounts.extend(chain.found.into_iter().map(|traced| Traced { count, ..traced }));
        }
    }
}

impl Chain {
    fn new(found: Vec<Traced>, run: &Run) -> Chain {
        let mut uses = Vec::new();
        for (traced, account) in found.iter().enumerate() {
            uses.extend(account.code.map(|_| Use { on: account.activated, traced, prolonged: None }));
            let codes = account.prolonged.iter().enumerate().filter(|(_, prolonged)| prolonged.stacked);
            uses.extend(codes.map(|(at, code)| Use { on: code.on, traced, prolonged: Some(at) }));
        }
        uses.sort_unstable();
        uses.reverse();
        Chain { run: run.clone(), found, used: Vec::new(), uses }
    }

    /// Returns the purchase whose code was found for a use.
    fn code(&self, Use { traced, prolonged, .. }: Use) -> Of {
        let traced = &self.found[traced];
        match prolonged {
            Some(prolonged) => traced.prolonged[prolonged].by,
            None => traced.code.unwrap_or_default(),
        }
    }

    fn set_code(&mut self, Use { traced, prolonged, .. }: Use, of: Of) {
        self.used.push(of);
        let traced = &mut self.found[traced];
        match prolonged {
            Some(prolonged) => traced.prolonged[prolonged].by = of,
            None => traced.code = Some(of),
        }
    }
}
