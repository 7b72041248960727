use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Bound, Range, RangeInclusive};

use jiff::civil::Date;

use crate::account::{AccountType, PerType, Term};

/// Accounts of one member and type that run together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lot {
    pub(super) member: usize,
    pub(super) account_type: AccountType,
    pub(super) count: u32,
    /// Day of activation, or of the prolongation; `None` if they are active from the beginning.
    pub(super) activated: Option<Date>,
    /// First day on which they run; `None` if they have from the beginning.
    pub(super) starts: Option<Date>,
    pub(super) expires: Date,
}

/// Codes of a purchase that can still be activated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stock {
    pub(super) member: usize,
    /// True if they serve any member: those of an upstream.
    pub(super) shared: bool,
    /// Index of the recorded purchase of the member.
    pub(super) purchase: usize,
    pub(super) account_type: AccountType,
    pub(super) left: u32,
    pub(super) paid: Date,
    /// Last day of activation (T4); `None` without one.
    pub(super) last_day: Option<Date>,
    pub(super) term: Term,
}

impl Stock {
    pub(super) fn is_usable(&self, on: Date) -> bool {
        self.left > 0 && self.paid <= on && self.last_day.is_none_or(|last| on <= last)
    }
}

/// All accounts and codes of a group, past and planned.
#[derive(Debug)]
pub(super) struct Ledger {
    lots: Vec<Lot>,
    /// The accounts of each lot that nothing prolongs, while that is undecided.
    open: Vec<u32>,
    by_member: Vec<PerType<Vec<usize>>>,
    by_expiry: BTreeMap<Date, Vec<usize>>,
    /// The open accounts by day of expiry.
    open_by_expiry: BTreeMap<Date, u64>,
    /// Accounts by their last day of expiry as far as it is planned.
    remaining: PerType<BTreeMap<Date, u64>>,
    pub(super) stock: Vec<Stock>,
    /// Members whose accounts may become too few on a day.
    checks: BTreeMap<Date, BTreeSet<usize>>,
}

impl Ledger {
    pub(super) fn new(members: usize) -> Ledger {
        Ledger {
            lots: Vec::new(),
            open: Vec::new(),
            by_member: (0..members).map(|_| PerType::default()).collect(),
            by_expiry: BTreeMap::new(),
            open_by_expiry: BTreeMap::new(),
            remaining: PerType::default(),
            stock: Vec::new(),
            checks: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, lot: Lot) {
        let index = self.lots.len();
        self.by_member[lot.member].get_mut(lot.account_type).push(index);
        self.by_expiry.entry(lot.expires).or_default().push(index);
        *self.remaining.get_mut(lot.account_type).entry(lot.expires).or_default() += u64::from(lot.count);
        self.checks.entry(lot.expires).or_default().insert(lot.member);
        *self.open_by_expiry.entry(lot.expires).or_default() += u64::from(lot.count);
        self.open.push(lot.count);
        self.lots.push(lot);
    }

    /// Adds accounts that prolong those of an expiry, or its part that is open.
    pub(super) fn prolong(&mut self, old: Date, lot: Lot) {
        let mut left = lot.count;
        for &index in self.by_member[lot.member].get(lot.account_type) {
            if self.lots[index].expires == old {
                let taken = left.min(self.open[index]);
                self.open[index] -= taken;
                left -= taken;
            }
        }
        if let Some(open) = self.open_by_expiry.get_mut(&old) {
            *open = open.saturating_sub(u64::from(lot.count - left));
        }
        if let Some(count) = self.remaining.get_mut(lot.account_type).get_mut(&old) {
            *count = count.saturating_sub(u64::from(lot.count));
        }
        self.add(lot);
    }

    /// Removes and returns the members whose accounts may have become too few by a day.
    pub(super) fn take_checks(&mut self, day: Date) -> BTreeSet<usize> {
        let mut due = BTreeSet::new();
        while let Some(entry) = self.checks.first_entry().filter(|entry| *entry.key() <= day) {
            due.append(&mut entry.remove());
        }
        due
    }

    /// Returns the days after a day on which accounts may become too few.
    pub(super) fn next_check(&self, after: Date) -> Option<Date> {
        self.checks.range(later_than(after)).next().map(|(day, _)| *day)
    }

    /// Returns the accounts of a member that run on a day.
    pub(super) fn active(&self, member: usize, account_type: AccountType, day: Date) -> u32 {
        let lots = self.by_member[member].get(account_type).iter().map(|&index| &self.lots[index]);
        lots.filter(|lot| lot.starts.is_none_or(|starts| starts <= day) && day < lot.expires)
            .fold(0, |sum, lot| sum.saturating_add(lot.count))
    }

    /// Returns the days on which the accounts of a member change.
    pub(super) fn change_days(&self, member: usize) -> BTreeSet<Date> {
        let lots = self.lots_of(member).map(|(index, _)| &self.lots[index]);
        lots.flat_map(|lot| lot.starts.into_iter().chain([lot.expires])).collect()
    }

    /// Returns the days of expiry after a day on which it is undecided what becomes of accounts.
    pub(super) fn undecided(&self, after: Date) -> impl Iterator<Item = Date> {
        self.open_by_expiry.range(later_than(after)).filter(|(_, open)| **open > 0).map(|(day, _)| *day)
    }

    /// Returns the undecided accounts of an expiry, by member.
    pub(super) fn open(&self, account_type: AccountType, expires: Date) -> BTreeMap<usize, u32> {
        let mut open = BTreeMap::new();
        for &index in self.by_expiry.get(&expires).into_iter().flatten() {
            let lot = &self.lots[index];
            if lot.account_type == account_type && self.open[index] > 0 {
                let count: &mut u32 = open.entry(lot.member).or_default();
                *count = count.saturating_add(self.open[index]);
            }
        }
        open
    }

    /// Returns true if all undecided accounts of an expiry are activated before a day.
    pub(super) fn is_activated(&self, expires: Date, before: Date) -> bool {
        let mut open =
            self.by_expiry.get(&expires).into_iter().flatten().filter(|&&index| self.open[index] > 0);
        open.all(|&index| self.lots[index].activated.is_none_or(|activated| activated < before))
    }

    /// Returns the expiries of a member's accounts within days, the last exclusive.
    pub(super) fn expiries_of(&self, member: usize, days: Range<Date>) -> impl Iterator<Item = Date> {
        self.lots_of(member).map(|(index, _)| self.lots[index].expires).filter(move |day| days.contains(day))
    }

    /// Returns the undecided expiries of a member's accounts within days, both inclusive, with the type of each.
    pub(super) fn undecided_of(
        &self,
        member: usize,
        days: RangeInclusive<Date>,
    ) -> impl Iterator<Item = (Date, AccountType)> {
        self.lots_of(member)
            .filter(|(index, _)| self.open[*index] > 0)
            .map(|(index, account_type)| (self.lots[index].expires, account_type))
            .filter(move |(expires, _)| days.contains(expires))
    }

    fn lots_of(&self, member: usize) -> impl Iterator<Item = (usize, AccountType)> {
        AccountType::ALL.into_iter().flat_map(move |account_type| {
            self.by_member[member].get(account_type).iter().map(move |&index| (index, account_type))
        })
    }

    /// Takes the decision on an expiry as made.
    pub(super) fn close(&mut self, expires: Date) {
        for &index in self.by_expiry.get(&expires).into_iter().flatten() {
            self.open[index] = 0;
        }
        self.open_by_expiry.remove(&expires);
    }

    /// Returns the day after `after` on which most accounts of a type expire, with their number; the later of
    /// two alike.
    pub(super) fn largest_lot(&self, account_type: AccountType, after: Date) -> Option<(Date, u64)> {
        let lots = self.remaining.get(account_type).range(later_than(after)).filter(|(_, count)| **count > 0);
        lots.max_by_key(|(_, count)| **count).map(|(expires, count)| (*expires, *count))
    }
}

fn later_than(day: Date) -> (Bound<Date>, Bound<Date>) {
    (Bound::Excluded(day), Bound::Unbounded)
}
