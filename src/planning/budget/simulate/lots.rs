use jiff::civil::Date;

use crate::account::{AccountType, Counts};
use crate::money::apportion;
use crate::planning::budget::gap::Coverage;
use crate::rules::{expires_with, outlasts};

/// Accounts of one type of a group that expire together.
#[derive(Debug, Clone)]
pub(super) struct Lot {
    pub(super) account_type: AccountType,
    /// Number of accounts, by member.
    pub(super) accounts: Vec<u32>,
    /// First day on which they are active; `None` if they are from the beginning.
    pub(super) starts: Option<Date>,
    pub(super) expires: Date,
    /// True if they continue accounts of another lot.
    pub(super) renews: bool,
    /// True if they wait for a decision on their renewal.
    pub(super) renewable: bool,
    /// True if that decision was made, so that what was renewed is in another lot.
    pub(super) decided: bool,
}

/// Accounts of a group, and the days that they covered.
#[derive(Debug, Default)]
pub(super) struct Lots {
    lots: Vec<Lot>,
    coverage: Vec<Coverage>,
}

impl Lots {
    pub(super) fn add(&mut self, lot: Lot) {
        if total(&lot.accounts) > 0 {
            let Lot { account_type, starts, expires, .. } = lot;
            self.coverage.push(Coverage { account_type, starts, expires });
            self.lots.push(lot);
        }
    }

    /// Drops accounts that expired before a day.
    pub(super) fn forget(&mut self, day: Date) {
        self.lots.retain(|lot| day <= lot.expires);
    }

    pub(super) fn coverage(&self) -> &[Coverage] {
        &self.coverage
    }

    /// Returns the expiries that wait for a decision.
    pub(super) fn expiring(&self) -> impl Iterator<Item = Date> {
        self.lots.iter().filter(|lot| lot.renewable).map(|lot| lot.expires)
    }

    /// Returns the expiries on which a decision was taken.
    pub(super) fn decided(&self) -> impl Iterator<Item = Date> {
        self.lots.iter().filter(|lot| lot.decided).map(|lot| lot.expires)
    }

    /// Marks the renewal of an expiry as decided.
    pub(super) fn mark_renewal_decided(&mut self, expires: Date) {
        for lot in self.lots.iter_mut().filter(|lot| lot.renewable && lot.expires == expires) {
            lot.renewable = false;
            lot.decided = true;
        }
    }

    /// Returns the accounts of an expiry that wait for a decision, by member.
    pub(super) fn expiring_on(&self, account_type: AccountType, expires: Date, members: usize) -> Vec<u32> {
        self.sum(account_type, members, |lot| lot.renewable && lot.expires == expires)
    }

    /// Returns the accounts that are active beyond a day, without those that expire on it, by
    /// member.
    pub(super) fn lasting_beyond(&self, account_type: AccountType, day: Date, members: usize) -> Vec<u32> {
        self.sum(account_type, members, |lot| lot.expires > day)
    }

    /// Returns the accounts that need not be bought on a day, by member: active, or bought to be activated,
    /// or waiting for their renewal on that very day.
    pub(super) fn kept(&self, account_type: AccountType, day: Date, members: usize) -> Vec<u32> {
        let continues = |lot: &Lot| lot.renews && lot.starts.is_some_and(|starts| starts > day);
        self.sum(account_type, members, |lot| {
            !continues(lot) && (lot.expires > day || (lot.renewable && lot.expires == day))
        })
    }

    /// Returns the last expiry after a day of accounts of a type, or of the other type if there are none.
    pub(super) fn last_expiry(&self, account_type: AccountType, after: Date) -> Option<Date> {
        let lasting = || self.lots.iter().filter(|lot| lot.expires > after);
        let of_type = lasting().filter(|lot| lot.account_type == account_type).map(|lot| lot.expires).max();
        of_type.or_else(|| lasting().map(|lot| lot.expires).max())
    }

    /// Returns a member's active accounts that come first in the tiers of a purchase (P12). A renewed account
    /// counts with its prolonged time, once.
    pub(super) fn outlasting(&self, member: usize, bought: Date, term_days: u32) -> Counts {
        self.held(member, bought, |expires| outlasts(expires, bought, term_days))
    }

    /// Returns a member's active accounts that expire together with those of a purchase, and do not come
    /// first (P12, docs/rules.md#p12).
    pub(super) fn expiring_with(&self, member: usize, bought: Date, term_days: u32) -> Counts {
        self.held(member, bought, |expires| expires_with(expires, bought, term_days))
    }

    fn held(&self, member: usize, bought: Date, counts_in: impl Fn(Date) -> bool) -> Counts {
        let mut held = Counts::ZERO;
        let is_active = |lot: &Lot| lot.renews || lot.starts.is_none_or(|starts| starts <= bought);
        for lot in self.lots.iter().filter(|lot| !lot.decided && is_active(lot) && counts_in(lot.expires)) {
            let count = held.get_mut(lot.account_type);
            *count = count.saturating_add(lot.accounts[member]);
        }
        held
    }

    fn sum(&self, account_type: AccountType, members: usize, counts_in: impl Fn(&Lot) -> bool) -> Vec<u32> {
        let mut sum = vec![0u32; members];
        for lot in self.lots.iter().filter(|lot| lot.account_type == account_type && counts_in(lot)) {
            for (sum, count) in sum.iter_mut().zip(&lot.accounts) {
                *sum = sum.saturating_add(*count);
            }
        }
        sum
    }
}

/// Returns all members' accounts together.
pub(super) fn total(accounts: &[u32]) -> u64 {
    accounts.iter().map(|&count| u64::from(count)).sum()
}

/// Divides the accounts that a group is short of among its members, in proportion to what each lacks.
pub(super) fn share_out(short: u64, needed: &[u32], has: &[u32]) -> Vec<u32> {
    let lacks: Vec<u64> =
        needed.iter().zip(has).map(|(needed, has)| u64::from(needed.saturating_sub(*has))).collect();
    apportion(i64::try_from(short).unwrap_or(i64::MAX), &lacks)
        .into_iter()
        .map(|count| u32::try_from(count).unwrap_or(u32::MAX))
        .collect()
}
