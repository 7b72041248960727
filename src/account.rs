//! The account types, counts by type, and terms: plain values without rules. [`AccountType`] comes first.

use std::fmt;

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One of WeCom's two licence account types (W4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize, Deserialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum AccountType {
    /// 基础账号: identity check, mini-program sign-in, app messages.
    Basic,
    /// 互通账号: customers, customer groups and their events, and all that a basic account gives (W5).
    Interop,
}

impl AccountType {
    /// Both types, in the order in which they are always listed.
    pub const ALL: [AccountType; 2] = [AccountType::Basic, AccountType::Interop];

    /// Returns the word that plans, flags, CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

impl fmt::Display for AccountType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// One value for each account type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
pub struct PerType<T> {
    /// The value for basic accounts.
    pub basic: T,
    /// The value for interop accounts.
    pub interop: T,
}

impl<T> PerType<T> {
    /// Returns the value for this type.
    pub fn get(&self, account_type: AccountType) -> &T {
        match account_type {
            AccountType::Basic => &self.basic,
            AccountType::Interop => &self.interop,
        }
    }

    /// Returns the value for this type, to change.
    pub fn get_mut(&mut self, account_type: AccountType) -> &mut T {
        match account_type {
            AccountType::Basic => &mut self.basic,
            AccountType::Interop => &mut self.interop,
        }
    }

    /// Returns both values, made by a function of the type.
    pub fn from_fn(mut make: impl FnMut(AccountType) -> T) -> PerType<T> {
        PerType { basic: make(AccountType::Basic), interop: make(AccountType::Interop) }
    }
}

/// Numbers of accounts, by type.
pub type Counts = PerType<u32>;

impl Counts {
    /// No account at all.
    pub const ZERO: Counts = PerType { basic: 0, interop: 0 };

    /// Returns counts of one type alone.
    pub fn of(account_type: AccountType, count: u32) -> Counts {
        let mut counts = Counts::ZERO;
        *counts.get_mut(account_type) = count;
        counts
    }

    /// Returns true if there is no account of either type.
    pub fn is_zero(&self) -> bool {
        *self == Counts::ZERO
    }

    /// Returns the sum type by type, at most the largest count.
    #[must_use]
    pub fn saturating_add(self, other: Counts) -> Counts {
        PerType::from_fn(|account_type| self.get(account_type).saturating_add(*other.get(account_type)))
    }

    /// Returns the difference type by type, at least zero.
    #[must_use]
    pub fn saturating_sub(self, other: Counts) -> Counts {
        PerType::from_fn(|account_type| self.get(account_type).saturating_sub(*other.get(account_type)))
    }

    /// Returns the sum type by type; `None` if a count overflows.
    pub fn checked_add(self, other: Counts) -> Option<Counts> {
        Some(PerType {
            basic: self.basic.checked_add(other.basic)?,
            interop: self.interop.checked_add(other.interop)?,
        })
    }
}

/// Length of a licence as in WeCom's API: months and days. The rate card defines how many days a month or a
/// year has (P6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
pub struct Term {
    /// Whole months; twelve are a year.
    pub months: u32,
    /// Days beyond the months.
    pub days: u32,
}

impl Term {
    /// Months in a year.
    pub const MONTHS_PER_YEAR: u32 = 12;
    /// The usual licence: twelve months.
    pub const ONE_YEAR: Term = Term { months: Term::MONTHS_PER_YEAR, days: 0 };

    /// Returns the term as an ISO 8601 duration; its months are those of the rate card.
    ///
    /// ```
    /// use wxlicense::Term;
    /// assert_eq!(Term::ONE_YEAR.iso(), "P12M");
    /// assert_eq!(Term { months: 2, days: 23 }.iso(), "P2M23D");
    /// assert_eq!(Term { months: 0, days: 31 }.iso(), "P31D");
    /// ```
    pub fn iso(self) -> String {
        match (self.months, self.days) {
            (months, 0) => format!("P{months}M"),
            (0, days) => format!("P{days}D"),
            (months, days) => format!("P{months}M{days}D"),
        }
    }
}

impl Default for Term {
    fn default() -> Term {
        Term::ONE_YEAR
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_written_and_read_as_one_word() {
        for (account_type, word) in [(AccountType::Basic, "basic"), (AccountType::Interop, "interop")] {
            assert_eq!(account_type.as_str(), word);
            assert_eq!(word.parse(), Ok(account_type));
        }
        assert_eq!(format!("{:8}|{:>8}", AccountType::Basic, AccountType::Interop), "basic   | interop");
    }

    #[test]
    fn counts_are_taken_from_each_other_by_type_down_to_zero() {
        let (basic, interop) = (Counts::of(AccountType::Basic, 7), Counts::of(AccountType::Interop, 9));
        assert_eq!((basic, interop), (Counts { basic: 7, interop: 0 }, Counts { basic: 0, interop: 9 }));
        let both = Counts { basic: 10, interop: 4 };
        assert_eq!(both.saturating_sub(basic), Counts { basic: 3, interop: 4 });
        assert_eq!(both.saturating_sub(interop), Counts { basic: 10, interop: 0 });
    }

    #[test]
    fn a_term_is_written_with_the_parts_that_it_has() {
        let iso = |months, days| Term { months, days }.iso();
        assert_eq!([iso(12, 0), iso(0, 31), iso(2, 23)], ["P12M", "P31D", "P2M23D"]);
    }
}
