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
    by_member: Vec<PerType<MemberLots>>,
    by_expiry: BTreeMap<Date, Vec<usize>>,
    /// The open accounts by day of expiry.
    open_by_expiry: BTreeMap<Date, u64>,
    /// Accounts by their last day of expiry as far as it is planned.
    remaining: PerType<BTreeMap<Date, u64>>,
    pub(super) stock: Vec<Stock>,
    /// Indices of the codes that serve a member alone, by member.
    own_stock: Vec<Vec<usize>>,
    /// Indices of the codes that serve any member.
    shared_stock: Vec<usize>,
    /// Members whose accounts may become too few on a day.
    checks: BTreeMap<Date, BTreeSet<usize>>,
}

/// The lots of a member and type by day, so that many that end together cost no more than one.
#[derive(Debug, Default)]
struct MemberLots {
    by_expiry: BTreeMap<Date, Vec<usize>>,
    /// Accounts that begin to run and that end, by day; those that run from the beginning stand on the first day there is.
    steps: BTreeMap<Date, (u64, u64)>,
}

impl MemberLots {
    fn add(&mut self, index: usize, lot: &Lot) {
        self.by_expiry.entry(lot.expires).or_default().push(index);
        let starts = lot.starts.unwrap_or(Date::MIN);
        if starts < lot.expires {
            self.steps.entry(starts).or_default().0 += u64::from(lot.count);
            self.steps.entry(lot.expires).or_default().1 += u64::from(lot.count);
        }
    }

    fn active(&self, day: Date) -> u32 {
        let steps = self.steps.range(..=day).map(|(_, step)| *step);
        let (started, ended) =
            steps.fold((0, 0), |(started, ended), step| (started + step.0, ended + step.1));
        u32::try_from(started - ended).unwrap_or(u32::MAX)
    }
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
            own_stock: vec![Vec::new(); members],
            shared_stock: Vec::new(),
            checks: BTreeMap::new(),
        }
    }

    /// Sets the codes: those whose last day of activation comes first are used first.
    pub(super) fn set_stock(&mut self, mut stock: Vec<Stock>) {
        stock.sort_by_key(|stock| (stock.last_day.unwrap_or(Date::MAX), stock.paid));
        for (index, codes) in stock.iter().enumerate() {
            let serving =
                if codes.shared { &mut self.shared_stock } else { &mut self.own_stock[codes.member] };
            serving.push(index);
        }
        self.stock = stock;
    }

    /// Iterates over the codes that serve a member alone, with their indices, in the order in which they are used.
    pub(super) fn own_stock(&self, member: usize) -> impl Iterator<Item = (usize, &Stock)> {
        self.own_stock[member].iter().map(|index| (*index, &self.stock[*index]))
    }

    /// Iterates over the codes that serve any member, with their indices, in the order in which they are used.
    pub(super) fn shared_stock(&self) -> impl Iterator<Item = (usize, &Stock)> {
        self.shared_stock.iter().map(|index| (*index, &self.stock[*index]))
    }

    pub(super) fn add(&mut self, lot: Lot) {
        let index = self.lots.len();
        self.by_member[lot.member].get_mut(lot.account_type).add(index, &lot);
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
        let ending = self.by_member[lot.member].get(lot.account_type).by_expiry.get(&old);
        for &index in ending.into_iter().flatten() {
            let taken = left.min(self.open[index]);
            self.open[index] -= taken;
            left -= taken;
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
        self.by_member[member].get(account_type).active(day)
    }

    /// Returns the days on which the accounts of a member change.
    pub(super) fn change_days(&self, member: usize) -> BTreeSet<Date> {
        let days = self.types_of(member).flat_map(|(_, lots)| lots.steps.keys().copied());
        days.filter(|day| *day > Date::MIN).collect()
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

    /// Returns the undecided accounts of a member and an expiry.
    pub(super) fn open_of(&self, member: usize, account_type: AccountType, expires: Date) -> u32 {
        let ending = self.by_member[member].get(account_type).by_expiry.get(&expires);
        ending.into_iter().flatten().fold(0, |sum: u32, index| sum.saturating_add(self.open[*index]))
    }

    /// Returns true if all undecided accounts of an expiry are activated before a day.
    pub(super) fn is_activated(&self, expires: Date, before: Date) -> bool {
        let mut open =
            self.by_expiry.get(&expires).into_iter().flatten().filter(|&&index| self.open[index] > 0);
        open.all(|&index| self.lots[index].activated.is_none_or(|activated| activated < before))
    }

    /// Returns the expiries of a member's accounts within days, the last exclusive.
    pub(super) fn expiries_of(&self, member: usize, days: Range<Date>) -> impl Iterator<Item = Date> {
        let days = days.start..days.end.max(days.start);
        self.types_of(member)
            .flat_map(move |(_, lots)| lots.by_expiry.range(days.clone()).map(|(day, _)| *day))
    }

    /// Returns the undecided expiries of a member's accounts within days, both inclusive, with the type of each.
    pub(super) fn undecided_of(
        &self,
        member: usize,
        days: RangeInclusive<Date>,
    ) -> impl Iterator<Item = (Date, AccountType)> {
        let (first, last) = days.into_inner();
        self.types_of(member).flat_map(move |(account_type, lots)| {
            let ending = lots.by_expiry.range(first..).take_while(move |(expires, _)| **expires <= last);
            let open = ending.filter(|(_, lots)| lots.iter().any(|index| self.open[*index] > 0));
            open.map(move |(expires, _)| (*expires, account_type))
        })
    }

    fn types_of(&self, member: usize) -> impl Iterator<Item = (AccountType, &MemberLots)> {
        AccountType::ALL
            .into_iter()
            .map(move |account_type| (account_type, self.by_member[member].get(account_type)))
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
