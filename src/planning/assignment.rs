//! Who has an account and who has none, by name: rosters against account lists. Counts of accounts cannot tell an
//! account of somebody who left from one that serves a user; what is missing by the counts is right once such accounts
//! are transferred.
//!
//! A [`Plan`] goes in, an [`Assignment`] of each school whose users and accounts are both known by name comes out; read
//! [`assignments`] first.

use std::collections::HashMap;

use serde::Serialize;
use strum::IntoStaticStr;

use super::quote::more_payable;
use crate::account::{AccountType, Counts, PerType};
use crate::plan::{AccountList, Missing, Plan, School, SchoolUsers, Trials, UserSet};
use crate::pricing::{OrderStatus, Party, TransferFigures};

/// The accounts of a school by name, on the plan's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment<'p> {
    /// Index of the school in [`Plan::schools`].
    pub school: usize,
    /// Its code and name.
    pub party: Party,
    /// Confirmed if its row in the plan is.
    pub status: OrderStatus,
    /// Users on a roster without an account that serves them, by the type that they need. An interop account
    /// serves those who need a basic one (W5, docs/rules.md#w5).
    pub without_account: PerType<Vec<&'p str>>,
    /// Users of accounts who are on no roster, by the type of the account. The id is empty for an account that
    /// waits to be transferred and names no user.
    pub off_roster: PerType<Vec<&'p str>>,
    /// Users on a roster with an account that does not serve their need, or with another one that does, by the type
    /// of that account.
    pub unneeded: PerType<Vec<&'p str>>,
    /// How many users without an account can take one over.
    pub transfers: Transfers,
    /// Users whom neither an account nor a code serves once all transfers are made, by the counts of the plan: the
    /// accounts to buy, those of users in a trial too.
    pub to_buy: Counts,
}

/// Accounts that can be transferred within an enterprise to users without one, by the type that these need: T9
/// (docs/rules.md#t9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transfers {
    /// From people who are on no roster: at any time if they have left or are out of the app's scope.
    pub off_roster: Counts,
    /// From users on a roster who do not need the account, or need only a basic one: once in 30 days.
    pub between_users: Counts,
}

/// What transfers save a payer: accounts that serve nobody count as accounts that it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferSaving {
    /// The payer.
    pub payer: Party,
    /// The accounts and users of it and its downstreams.
    pub figures: TransferFigures,
}

/// Returns the assignment of each charged school whose users and accounts are both known, in the order of the plan.
/// None without a date.
pub fn assignments(plan: &Plan) -> Vec<Assignment<'_>> {
    let Some(date) = plan.date else { return Vec::new() };
    let mut found = Vec::new();
    for group in plan.groups() {
        let named = |school: &&School| school.users.is_some() && school.accounts.is_some();
        if !group.iter().any(named) {
            continue;
        }
        let missing = plan.group_holdings(&group).missing(date, Trials::Ignored);
        for (school, Missing { missing, .. }) in group.into_iter().zip(missing) {
            let (Some(users), Some(accounts)) = (&school.users, &school.accounts) else { continue };
            let index = plan.schools.iter().position(|other| std::ptr::eq(other, school));
            if let Some(index) = index.filter(|_| school.is_charged(&plan.card)) {
                let names = Names::of(users, accounts, |expires| date < expires);
                found.push(names.assignment(index, school, missing));
            }
        }
    }
    found.sort_by_key(|assignment| assignment.school);
    found
}

/// Returns what transfers save each payer, in the order of the plan; none for payers without accounts that serve nobody,
/// or without users for them.
pub fn transfer_savings(plan: &Plan, assignments: &[Assignment<'_>]) -> Vec<TransferSaving> {
    let of = |school: &School| {
        assignments.iter().find(|assignment| std::ptr::eq(&plan.schools[assignment.school], school))
    };
    let mut savings = Vec::new();
    for group in plan.groups() {
        let members: Vec<Option<&Assignment<'_>>> = group.iter().map(|school| of(school)).collect();
        let known = || members.iter().copied().flatten();
        let sum = |of: fn(&Assignment<'_>) -> Counts| {
            known().map(of).fold(Counts::ZERO, |sum, counts| sum.saturating_add(counts))
        };
        let transfers = sum(|assignment| assignment.transfers.all());
        let unused = sum(|assignment| assignment.unused());
        if transfers.is_zero() || unused.is_zero() {
            continue;
        }
        let saving = more_payable(plan, &group, |member, position| {
            if let Some(assignment) = members[member] {
                position.active = position.active.saturating_sub(assignment.unused());
            }
        });
        let figures = TransferFigures {
            off_roster: sum(|assignment| counts(&assignment.off_roster)),
            unneeded: sum(|assignment| counts(&assignment.unneeded)),
            transfers,
            without_account: sum(|assignment| counts(&assignment.without_account)),
            to_buy: sum(|assignment| assignment.to_buy),
            saving,
        };
        savings.push(TransferSaving { payer: group[0].party(), figures });
    }
    savings
}

/// Why a user is listed by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, IntoStaticStr, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum ListedReason {
    /// He is on a roster and has no account that serves him.
    NoAccount,
    /// He has an account and is on no roster.
    OffRoster,
    /// He is on a roster and has an account that he does not need.
    Unneeded,
}

impl ListedReason {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Transfers {
    /// Returns all of them.
    pub fn all(&self) -> Counts {
        self.off_roster.saturating_add(self.between_users)
    }
}

impl<'p> Assignment<'p> {
    /// Returns the accounts that serve nobody until they are transferred.
    fn unused(&self) -> Counts {
        counts(&self.off_roster).saturating_add(counts(&self.unneeded))
    }

    /// Returns the users of each list, with the type that they need or have; those of one list and type are sorted.
    /// Only then, since most reports count a million users without naming one.
    pub fn listed(&self) -> impl Iterator<Item = (AccountType, ListedReason, &'p str)> {
        let lists = [
            (ListedReason::NoAccount, &self.without_account),
            (ListedReason::OffRoster, &self.off_roster),
            (ListedReason::Unneeded, &self.unneeded),
        ];
        lists.into_iter().flat_map(|(reason, names)| {
            AccountType::ALL.into_iter().flat_map(move |account_type| {
                let mut sorted = names.get(account_type).clone();
                sorted.sort_unstable();
                sorted.into_iter().map(move |user| (account_type, reason, user))
            })
        })
    }
}

/// Returns the number of users of each type.
pub fn counts(names: &PerType<Vec<&str>>) -> Counts {
    PerType::from_fn(|account_type| u32::try_from(names.get(account_type).len()).unwrap_or(u32::MAX))
}

/// Users and accounts of a school, put together by name.
struct Names<'p> {
    without_account: PerType<Vec<&'p str>>,
    off_roster: PerType<Vec<&'p str>>,
    unneeded: PerType<Vec<&'p str>>,
    /// Users who need a basic account and have an interop one alone.
    higher: u32,
}

impl<'p> Names<'p> {
    fn of(
        users: &'p SchoolUsers,
        accounts: &'p AccountList,
        runs: impl Fn(jiff::civil::Date) -> bool,
    ) -> Names<'p> {
        let mut names = Names {
            without_account: PerType::default(),
            off_roster: PerType::default(),
            unneeded: PerType::default(),
            higher: 0,
        };
        let is_listed =
            |user: &str| AccountType::ALL.iter().any(|need| users.users.get(*need).contains(user));
        let mut of_users: HashMap<&str, Counts> = HashMap::new();
        for account in accounts.accounts.iter().filter(|account| runs(account.expires)) {
            let user = account.user.as_str();
            if is_listed(user) {
                *of_users.entry(user).or_default().get_mut(account.account_type) += 1;
            } else {
                names.off_roster.get_mut(account.account_type).push(user);
            }
        }
        for need in AccountType::ALL {
            names.add_users(need, users.users.get(need), &of_users);
        }
        names
    }

    fn add_users(&mut self, need: AccountType, users: &'p UserSet, accounts: &HashMap<&str, Counts>) {
        for user in users.iter() {
            let mut has = accounts.get(user).copied().unwrap_or_default();
            if *has.get(need) > 0 {
                *has.get_mut(need) -= 1;
            } else if need == AccountType::Basic && has.interop > 0 {
                has.interop -= 1;
                self.higher += 1;
            } else {
                self.without_account.get_mut(need).push(user);
            }
            for account_type in AccountType::ALL {
                let unneeded = std::iter::repeat_n(user, *has.get(account_type) as usize);
                self.unneeded.get_mut(account_type).extend(unneeded);
            }
        }
    }

    fn assignment(self, index: usize, school: &School, to_buy: Counts) -> Assignment<'p> {
        let (without, off_roster) = (counts(&self.without_account), counts(&self.off_roster));
        let transfers = transfers(without, off_roster, counts(&self.unneeded), self.higher);
        Assignment {
            school: index,
            party: school.party(),
            status: school.status,
            without_account: self.without_account,
            off_roster: self.off_roster,
            unneeded: self.unneeded,
            transfers,
            to_buy,
        }
    }
}

/// Returns the transfers to users without an account: first from people on no roster, then of accounts that their
/// users do not need, then of the interop accounts (`higher` in number) of users for whom a basic one is enough and who
/// are without one afterwards. Interop users come first, since nothing else serves them.
fn transfers(without: Counts, off_roster: Counts, unneeded: Counts, higher: u32) -> Transfers {
    let mut left = without;
    let (off_roster, first_spare) = serve(&mut left, off_roster);
    let (from_unneeded, second_spare) = serve(&mut left, unneeded);
    let moved = higher.min(left.interop);
    // Whoever gives his interop account away takes a basic one over, if any is left.
    let replaced = moved.min(first_spare.basic + second_spare.basic);
    let between_users = from_unneeded.saturating_add(Counts { basic: replaced, interop: moved });
    Transfers { off_roster, between_users }
}

/// Gives accounts to users without one; returns how many they serve, by the type that the users need, and what is
/// left of the accounts.
fn serve(left: &mut Counts, accounts: Counts) -> (Counts, Counts) {
    let interop = accounts.interop.min(left.interop);
    let basic = accounts.basic.min(left.basic);
    let higher = (accounts.interop - interop).min(left.basic - basic);
    let served = Counts { basic: basic + higher, interop };
    *left = left.saturating_sub(served);
    (served, Counts { basic: accounts.basic - basic, interop: accounts.interop - interop - higher })
}

#[cfg(test)]
mod tests;
