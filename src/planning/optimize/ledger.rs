//! The accounts and codes of a payer on one day of a search, as counts: accounts move freely between users (T9,
//! docs/rules.md#t9), so that nothing else of them matters.

use crate::account::{AccountType, Counts};
use crate::pricing::Held;

/// Active accounts of one type and one day of expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Lot {
    pub(super) account_type: AccountType,
    /// First day without them.
    pub(super) expires: i32,
    pub(super) count: u32,
}

/// Codes that are paid and not activated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Code {
    pub(super) account_type: AccountType,
    /// Last day of activation.
    pub(super) last_day: i32,
    /// Days that an activation gives.
    pub(super) term: u32,
    /// Day of payment: codes of a day to come are no codes yet.
    pub(super) paid: i32,
    pub(super) count: u32,
}

impl Code {
    fn has_same_days(&self, other: &Code) -> bool {
        (self.account_type, self.last_day, self.term, self.paid)
            == (other.account_type, other.last_day, other.term, other.paid)
    }
}

/// All accounts and codes of a payer. Both lists are sorted, and no two entries have the same days, so that equal
/// ledgers are equal values.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ledger {
    pub(super) lots: Vec<Lot>,
    pub(super) codes: Vec<Code>,
}

impl Ledger {
    /// Adds accounts.
    pub(super) fn add(&mut self, account_type: AccountType, expires: i32, count: u32) {
        if count == 0 {
            return;
        }
        let key = (account_type, expires);
        let at = self.lots.partition_point(|lot| (lot.account_type, lot.expires) < key);
        match self.lots.get_mut(at).filter(|lot| (lot.account_type, lot.expires) == key) {
            Some(lot) => lot.count += count,
            None => self.lots.insert(at, Lot { account_type, expires, count }),
        }
    }

    /// Adds codes.
    pub(super) fn pay(&mut self, code: Code) {
        if code.count == 0 {
            return;
        }
        match self.codes.iter_mut().find(|other| other.has_same_days(&code)) {
            Some(other) => other.count += code.count,
            None => {
                let at = self.codes.partition_point(|other| *other < code);
                self.codes.insert(at, code);
            }
        }
        self.codes.sort_unstable();
    }

    /// Returns true if so many accounts expire on a day.
    pub(super) fn has(&self, account_type: AccountType, expires: i32, count: u32) -> bool {
        let is_it = |lot: &&Lot| (lot.account_type, lot.expires) == (account_type, expires);
        self.lots.iter().find(is_it).is_some_and(|lot| count <= lot.count)
    }

    /// Returns true if there are as many codes of these days.
    pub(super) fn has_code(&self, code: &Code) -> bool {
        let found = self.codes.iter().find(|other| other.has_same_days(code));
        found.is_some_and(|found| code.count <= found.count)
    }

    /// Takes accounts away; all of them are there.
    pub(super) fn take(&mut self, account_type: AccountType, expires: i32, count: u32) {
        let fits = |lot: &&mut Lot| (lot.account_type, lot.expires) == (account_type, expires);
        if let Some(lot) = self.lots.iter_mut().find(fits) {
            lot.count -= count;
        }
        self.lots.retain(|lot| lot.count > 0);
    }

    /// Takes codes away; all of them are there.
    pub(super) fn spend(&mut self, code: &Code, count: u32) {
        if let Some(found) = self.codes.iter_mut().find(|other| other.has_same_days(code)) {
            found.count -= count;
        }
        self.codes.retain(|code| code.count > 0);
        self.codes.sort_unstable();
    }

    /// Returns the same with all days so many days earlier: as of a day that is the first one then.
    pub(super) fn since(&self, day: i32) -> Ledger {
        let mut since = self.clone();
        since.advance(day);
        since.lots.iter_mut().for_each(|lot| lot.expires -= day);
        for code in &mut since.codes {
            (code.last_day, code.paid) = (code.last_day.saturating_sub(day), code.paid - day);
        }
        since
    }

    /// Forgets accounts that nothing can prolong any more, and codes that are lost.
    pub(super) fn advance(&mut self, day: i32) {
        self.lots.retain(|lot| day <= lot.expires);
        self.codes.retain(|code| day <= code.last_day);
    }

    /// Returns the accounts that run on a day.
    pub(super) fn active(&self, day: i32) -> Counts {
        let mut active = Counts::ZERO;
        for lot in self.lots.iter().filter(|lot| day < lot.expires) {
            *active.get_mut(lot.account_type) += lot.count;
        }
        active
    }

    /// Returns what the payer has on a day beside an order for a term of days.
    pub(super) fn beside(&self, day: i32, term: u32) -> Held {
        let mut held = Held::NONE;
        for lot in self.lots.iter().filter(|lot| day < lot.expires) {
            let left = lot.expires.abs_diff(day);
            if left > term {
                *held.longer.get_mut(lot.account_type) += lot.count;
            } else if left == term {
                *held.equal.get_mut(lot.account_type) += lot.count;
            }
        }
        for code in self.codes.iter().filter(|code| code.paid <= day && day <= code.last_day) {
            *held.unactivated.get_mut(code.account_type) += code.count;
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_a_day_are_one_entry_in_any_order() {
        let added = |days: &[i32]| {
            let mut ledger = Ledger::default();
            days.iter().for_each(|day| ledger.add(AccountType::Basic, *day, 2));
            ledger
        };
        let lots =
            |ledger: &Ledger| ledger.lots.iter().map(|lot| (lot.expires, lot.count)).collect::<Vec<_>>();
        assert_eq!(lots(&added(&[7, 3, 7, 9])), [(3, 2), (7, 4), (9, 2)]);
        assert_eq!(added(&[7, 3, 7, 9]), added(&[9, 7, 7, 3]));
    }
}
