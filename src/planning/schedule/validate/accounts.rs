//! The accounts of a group while its history is replayed: each with the day of expiry that it has at the moment.

use jiff::civil::Date;

use super::days_from;
use crate::account::{AccountType, Counts};
use crate::plan::School;

/// Accounts that have had the same days so far.
#[derive(Debug, Clone, Copy)]
struct Lot {
    member: usize,
    account_type: AccountType,
    count: u32,
    /// Day of activation; `None` for `held` accounts, which were active before everything.
    activated: Option<Date>,
    /// The first day without them, as of now.
    expires: Date,
}

impl Lot {
    /// Returns true if they are active on a day, or expire during it (T6, docs/rules.md#t6).
    fn can_be_prolonged(&self, on: Date) -> bool {
        self.activated.is_none_or(|activated| activated <= on) && on <= self.expires
    }
}

/// All accounts of a group.
#[derive(Debug, Clone, Default)]
pub(super) struct Accounts(Vec<Lot>);

impl Accounts {
    /// Returns the `held` accounts of schools, each with its number as a member.
    pub(super) fn held<'s>(schools: impl IntoIterator<Item = (usize, &'s School)>) -> Accounts {
        let lots = schools.into_iter().flat_map(|(member, school)| {
            school.held.iter().map(move |held| Lot {
                member,
                account_type: held.account_type,
                count: held.count,
                activated: None,
                expires: held.expires,
            })
        });
        Accounts(lots.collect())
    }

    /// Adds accounts that are activated on a day.
    pub(super) fn activate(
        &mut self,
        (member, account_type): (usize, AccountType),
        count: u32,
        on: Date,
        expires: Date,
    ) {
        self.0.push(Lot { member, account_type, count, activated: Some(on), expires });
    }

    /// Returns the accounts that can be prolonged on a day, by their day of expiry, the first first.
    pub(super) fn prolongable(
        &self,
        (member, account_type): (usize, AccountType),
        on: Date,
    ) -> Vec<(Date, u32)> {
        let of_type = self.0.iter().filter(|lot| (lot.member, lot.account_type) == (member, account_type));
        let running = of_type.filter(|lot| lot.count > 0 && lot.can_be_prolonged(on));
        let mut found: Vec<(Date, u32)> = running.map(|lot| (lot.expires, lot.count)).collect();
        found.sort_unstable();
        found.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 = kept.1.saturating_add(if same { next.1 } else { 0 });
            same
        });
        found
    }

    /// Prolongs accounts that expire on one day to another; returns how many there are of those wanted.
    pub(super) fn prolong(
        &mut self,
        (member, account_type): (usize, AccountType),
        count: u32,
        on: Date,
        (from, to): (Date, Date),
    ) -> u32 {
        let mut left = count;
        let mut prolonged: Vec<Lot> = Vec::new();
        for lot in &mut self.0 {
            let fits = (lot.member, lot.account_type, lot.expires) == (member, account_type, from);
            if fits && lot.can_be_prolonged(on) {
                let here = left.min(lot.count);
                lot.count -= here;
                left -= here;
                prolonged.push(Lot { count: here, expires: to, ..*lot });
            }
        }
        self.0.extend(prolonged.into_iter().filter(|lot| lot.count > 0));
        count - left
    }

    /// Returns the active accounts of a member whose remaining days on a day are such.
    pub(super) fn remaining(&self, member: usize, on: Date, fits: impl Fn(i64) -> bool) -> Counts {
        let mut sum = Counts::ZERO;
        for lot in self.0.iter().filter(|lot| lot.member == member) {
            let activated = lot.activated.is_none_or(|activated| activated <= on);
            if activated && on < lot.expires && fits(days_from(on, lot.expires)) {
                let count = sum.get_mut(lot.account_type);
                *count = count.saturating_add(lot.count);
            }
        }
        sum
    }
}
