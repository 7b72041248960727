//! Accounts of the lists by their days. In go the lists of a group, out come the accounts that have all days and
//! renewals in common, with their number.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::search::Renewal;
use crate::account::AccountType;
use crate::plan::{ListedAccount, Plan};

/// Accounts of a user that follow each other without a break, and how many users have the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    /// By day of activation.
    pub(super) parts: Vec<Part>,
    pub(super) account_type: AccountType,
    /// Index of the school.
    pub(super) school: usize,
    pub(super) count: u32,
}

/// One account of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) activated: Date,
    pub(super) expires: Date,
    /// The renewals that name its user while it ran, as indices, by day of payment.
    pub(super) renewals: Vec<usize>,
}

impl Run {
    /// Returns a run for each of its accounts.
    pub(super) fn split(self) -> impl Iterator<Item = Run> {
        let Run { parts, account_type, school, count } = self;
        parts.into_iter().map(move |part| Run { parts: vec![part], account_type, school, count })
    }
}

/// Returns the accounts of the lists of some schools as runs.
pub(super) fn gather(plan: &Plan, members: &[usize], renewals: &[Renewal<'_>]) -> Vec<Run> {
    let mut named = Named::new(renewals);
    let mut runs: BTreeMap<(usize, AccountType, Vec<Part>), u32> = BTreeMap::new();
    for &school in members {
        let Some(list) = &plan.schools[school].accounts else { continue };
        let mut accounts: Vec<&ListedAccount> = list.accounts.iter().collect();
        let key = |account: &ListedAccount| (account.account_type, account.activated, account.expires);
        accounts.sort_by(|one, other| one.user.cmp(&other.user).then_with(|| key(one).cmp(&key(other))));
        let of_user =
            accounts.chunk_by(|one, next| one.account_type == next.account_type && one.user == next.user);
        for accounts in of_user {
            let is_named = !accounts[0].user.is_empty();
            let parts = named.parts(school, accounts);
            for run in parts.chunk_by(|one, next| is_named && one.expires == next.activated) {
                *runs.entry((school, accounts[0].account_type, run.to_vec())).or_default() += 1;
            }
        }
    }
    runs.into_iter()
        .map(|((school, account_type, parts), count)| Run { parts, account_type, school, count })
        .collect()
}

/// The renewals that name a user of a type, each as often as it does.
struct Named<'r, 'p> {
    renewals: &'r [Renewal<'p>],
    of_user: BTreeMap<(&'p str, AccountType), Vec<usize>>,
}

impl<'r, 'p> Named<'r, 'p> {
    fn new(renewals: &'r [Renewal<'p>]) -> Named<'r, 'p> {
        let mut of_user: BTreeMap<(&str, AccountType), Vec<usize>> = BTreeMap::new();
        for (index, renewal) in renewals.iter().enumerate() {
            for user in renewal.users {
                of_user.entry((&user.user, user.account_type)).or_default().push(index);
            }
        }
        Named { renewals, of_user }
    }

    /// Returns the accounts of a user of a school with their renewals. A renewal is of the last account that was
    /// activated before it, and lasts as long as it must have made it last. Schools of a group may have users of the same
    /// name; then the renewal is of the first school whose account it can be.
    fn parts(&mut self, school: usize, accounts: &[&'p ListedAccount]) -> Vec<Part> {
        let mut parts: Vec<Part> = accounts
            .iter()
            .map(|account| Part {
                activated: account.activated,
                expires: account.expires,
                renewals: Vec::new(),
            })
            .collect();
        let who = (accounts[0].user.as_str(), accounts[0].account_type);
        let Some(left) = self.of_user.get_mut(&who) else { return parts };
        let renewals = self.renewals;
        left.retain(|&index| {
            let renewal = &renewals[index];
            if !renewal.serves(school) {
                return true;
            }
            let last = (0..parts.len()).rev().find(|&at| parts[at].activated < renewal.paid);
            let last =
                last.or_else(|| (0..parts.len()).rev().find(|&at| parts[at].activated == renewal.paid));
            let Some(part) = last.map(|at| &mut parts[at]) else { return true };
            let fits = renewal.paid <= part.expires && renewal.reaches(part.expires);
            if fits {
                part.renewals.push(index);
            }
            !fits
        });
        parts
    }
}
