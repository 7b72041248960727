use jiff::civil::Date;

use crate::account::{AccountType, Counts, PerType};
use crate::document::{At, Table};

/// What came of reading a key: a value that could not be used has been reported, and must not be reported again
/// as one that is absent.
pub(super) enum Given<T> {
    Absent,
    Unusable,
    Usable(At<T>),
}

impl<T> Given<T> {
    pub(super) fn read<'d>(
        table: &mut Table<'d>,
        key: &'static str,
        read: impl FnOnce(&mut Table<'d>) -> Option<At<T>>,
    ) -> Given<T> {
        if !table.has(key) {
            return Given::Absent;
        }
        read(table).map_or(Given::Unusable, Given::Usable)
    }

    pub(super) fn usable(&self) -> Option<&At<T>> {
        match self {
            Given::Usable(at) => Some(at),
            Given::Absent | Given::Unusable => None,
        }
    }

    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Given::Absent)
    }

    /// The same, but not absent where the key is there misspelt.
    pub(super) fn unless(self, key: &str, misspelt: &[&str]) -> Given<T> {
        if self.is_absent() && misspelt.contains(&key) { Given::Unusable } else { self }
    }
}

impl<T: Copy> Given<T> {
    /// The value, or what stands for an absent one; `None` where it is there but not usable.
    pub(super) fn or(&self, absent: impl FnOnce() -> Option<T>) -> Option<T> {
        match self {
            Given::Absent => absent(),
            Given::Unusable => None,
            Given::Usable(at) => Some(at.value),
        }
    }
}

/// The day for which a plan is priced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PricingDate {
    On(Date),
    Undated,
    /// Given, but not a date; it has been reported.
    Unusable,
}

impl PricingDate {
    pub(super) fn known(self) -> Option<Date> {
        match self {
            PricingDate::On(date) => Some(date),
            PricingDate::Undated | PricingDate::Unusable => None,
        }
    }
}

/// Counts that a plan gives, each absent one being zero.
pub(super) type GivenCounts = PerType<Given<u32>>;

/// More than any order can have, so that a large count gets the card's limit for an answer.
pub(super) const MOST_ACCOUNTS: u32 = 1_000_000_000;

pub(super) fn read_counts(table: &mut Table<'_>) -> GivenCounts {
    PerType::from_fn(|account_type| {
        let key = account_type.as_str();
        Given::read(table, key, |table| table.integer(key, 0..=MOST_ACCOUNTS))
    })
}

impl GivenCounts {
    /// The same, but not absent where their keys are there misspelt.
    pub(super) fn unless(self, misspelt: &[&str]) -> GivenCounts {
        PerType {
            basic: self.basic.unless(AccountType::Basic.as_str(), misspelt),
            interop: self.interop.unless(AccountType::Interop.as_str(), misspelt),
        }
    }

    /// Both counts, unless one could not be used.
    pub(super) fn known(&self) -> Option<Counts> {
        Some(PerType { basic: self.basic.or(|| Some(0))?, interop: self.interop.or(|| Some(0))? })
    }
}
