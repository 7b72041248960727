//! Which orders the listed accounts come from. In go a plan with account lists and purchases, out come the codes that
//! the accounts were, and the renewals and codes that prolonged them. [`trace`] comes first: `runs` puts accounts
//! together that have the same days, `search` looks for the orders that lead to these days.

mod chains;
mod jointly;
mod runs;
mod search;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use self::chains::assign_by_day;
use self::jointly::{settle_jointly, settle_stacking};
use self::runs::Run;
use self::search::Search;
use crate::account::{AccountType, Counts};
use crate::plan::{Plan, RecordedKind};

/// A school, and one of its purchases, by their indices.
pub(super) type Of = (usize, usize);

/// Accounts of an account list that have the same past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Traced {
    /// Index of the school whose users have them.
    pub(super) school: usize,
    pub(super) account_type: AccountType,
    pub(super) count: u32,
    /// The purchase whose codes they were; `None` if the plan does not have it.
    pub(super) code: Option<Of>,
    /// True if they began and expire as codes of that purchase do, with all that prolonged them.
    pub(super) fits: bool,
    /// Day of activation; that of the code, if another user has the account now.
    pub(super) activated: Date,
    /// The day on which they would have expired if nothing had prolonged them; `None` if that is not known.
    pub(super) expires: Option<Date>,
    /// The day on which they expire by the list.
    pub(super) listed_expiry: Date,
    /// What prolonged them, in the order in which it happened.
    pub(super) prolonged: Vec<Prolonged>,
}

/// A renewal, or the activation of a code on accounts that were active (T7, docs/rules.md#t7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Prolonged {
    pub(super) by: Of,
    pub(super) on: Date,
    /// The day of expiry that it prolonged; `None` if that is not known.
    pub(super) old: Option<Date>,
    /// True if it was a code.
    pub(super) stacked: bool,
}

/// What the account lists of a plan show of its orders.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) accounts: Vec<Traced>,
    /// Renewals to a day whose accounts may have expired on several days before.
    pub(super) ambiguous: BTreeSet<Of>,
}

/// Marks the codes of each purchase whose accounts an account list has, by the plan's date. What a list does not
/// have is not activated.
pub(super) fn list_activated(plan: &mut Plan, date: Date) {
    for school in plan.schools.iter_mut() {
        let has_list = school.accounts.is_some();
        for purchase in &mut school.purchases {
            purchase.listed = Counts::ZERO;
            if has_list && purchase.paid <= date {
                purchase.activations.retain(|activation| date < activation.date);
                if purchase.kind == RecordedKind::Renewal {
                    purchase.listed = purchase.counts;
                }
            }
        }
    }
    for traced in trace(plan, false).accounts {
        let stacked = traced.prolonged.iter().filter(|prolonged| prolonged.stacked);
        let codes = stacked.map(|prolonged| prolonged.by).chain(traced.code);
        // An upstream without a list may renew accounts of a downstream that has one.
        let renewals = traced.prolonged.iter().filter(|prolonged| !prolonged.stacked).map(|one| one.by);
        let renewals = renewals.filter(|&(school, _)| plan.schools[school].accounts.is_none());
        for (school, purchase) in codes.chain(renewals).collect::<Vec<_>>() {
            let listed = plan.schools[school].purchases[purchase].listed.get_mut(traced.account_type);
            *listed = listed.saturating_add(traced.count);
        }
    }
}

/// Returns where the listed accounts of all schools come from: from codes of their school, or of its payer.
///
/// Accounts have the purchase by which they begin and expire on their days, with all renewals that name their users.
/// Where several have one term, it is that whose codes must be activated first, O9 (docs/rules.md#o9), of the school before
/// those of its payer: the accounts
/// have the same days with each of them, and only an order that was paid on the day on which they were activated may depend on
/// the choice. Accounts that fit no purchase have one
/// whose codes could be activated on their day, as long as it has any left. Where the accounts of a renewal to a day can
/// have expired on several days before, it is the earliest of these, or the last.
pub(super) fn trace(plan: &Plan, earliest: bool) -> Trace {
    let by_code: HashMap<&str, usize> =
        plan.schools.iter().enumerate().map(|(index, school)| (school.code.as_str(), index)).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, school) in plan.schools.iter().enumerate() {
        let payer = school.upstream.as_deref().and_then(|code| by_code.get(code)).copied();
        groups.entry(payer.unwrap_or(index)).or_default().push(index);
    }
    let mut trace = Trace::default();
    for (payer, members) in groups {
        if members.iter().any(|member| plan.schools[*member].accounts.is_some()) {
            trace_group(&mut Search::new(plan, (payer, &members), earliest), plan, &members, &mut trace);
        }
    }
    trace
}

/// How accounts can have come from a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Activated on their day, and prolonged by the renewals that name their users.
    Exact,
    /// A code was activated on accounts that still ran: the list has both, the first until that day (O13,
    /// docs/rules.md#o13).
    Stacked,
    /// As before, where the list has one of the two.
    StackedUnseen,
    /// Renewals that do not name their users prolonged them.
    RenewedUnnamed,
    /// The user has it from another one (T9, docs/rules.md#t9): it expires as the code does that was activated
    /// before.
    Transferred,
    /// Only their day of activation fits.
    Open,
}

fn trace_group(search: &mut Search<'_>, plan: &Plan, members: &[usize], trace: &mut Trace) {
    let mut runs = runs::gather(plan, members, search.renewals());
    // By day of activation: so the code that must be activated first is never kept for accounts that came later.
    runs.sort();
    let assign = |search: &mut Search<'_>, runs: &mut Vec<Run>, way: Way, accounts: &mut Vec<Traced>| {
        for run in runs.iter_mut() {
            while run.count > 0
                && search.can_be(run, way)
                && let Some(found) = search.find(run, way)
            {
                let count = search.take(&found, run.account_type, run.count);
                run.count -= count;
                accounts.extend(found.into_iter().map(|traced| Traced { count, ..traced }));
            }
        }
        runs.retain(|run| run.count > 0);
    };
    search.settle_expiries(&runs, true);
    settle_jointly(search, &runs);
    settle_stacking(search, &runs);
    assign_by_day(search, &mut runs, &mut trace.accounts);
    runs = runs.into_iter().flat_map(Run::split).collect();
    runs.sort();
    for is_sure in [true, false] {
        search.settle_expiries(&runs, is_sure);
        assign(search, &mut runs, Way::Exact, &mut trace.accounts);
    }
    for way in [Way::StackedUnseen, Way::RenewedUnnamed, Way::Transferred, Way::Open] {
        assign(search, &mut runs, way, &mut trace.accounts);
    }
    let unknown = runs.iter().flat_map(|run| search.of_unknown_code(run));
    trace.accounts.extend(unknown);
    search.explain_unnamed(&mut trace.accounts);
    trace.ambiguous.extend(search.ambiguous());
}
