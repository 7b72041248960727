use thiserror::Error;

use super::Held;
use crate::account::{AccountType, Counts, PerType, Term};
use crate::money::UnitPrice;

/// The accounts and the term of one order, for pricing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Purchase {
    /// Accounts bought, by type.
    pub counts: Counts,
    /// Their term.
    pub term: Term,
    /// A new purchase, a renewal, or a test enterprise's.
    pub kind: PurchaseKind,
    /// What the customer has besides, of which some may come first in the tiers.
    pub held: Held,
    /// Negotiated price of each account that has no list price, in yuan a year (P5, docs/rules.md#p5).
    pub negotiated: PerType<Option<UnitPrice>>,
}

impl Purchase {
    /// Returns a new purchase of these accounts for a year, by a customer that holds none.
    ///
    /// ```
    /// use wxlicense::{AccountType, Counts, pricing::Purchase};
    /// let purchase = Purchase::of(Counts { basic: 150, interop: 0 });
    /// assert_eq!(*purchase.counts.get(AccountType::Basic), 150);
    /// ```
    pub fn of(counts: Counts) -> Purchase {
        Purchase {
            counts,
            term: Term::ONE_YEAR,
            kind: PurchaseKind::default(),
            held: Held::NONE,
            negotiated: PerType::default(),
        }
    }
}

/// The kind of an order, which decides where its tiers begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PurchaseKind {
    /// New accounts; held ones come first in the tiers (P12, docs/rules.md#p12).
    #[default]
    New,
    /// The same accounts for another term (P13, docs/rules.md#p13): of whole months, or with days to one day of expiry.
    Renewal,
    /// A provider's test enterprise: free (P14, docs/rules.md#p14).
    TestEnterprise,
}

/// The reason why a purchase has no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PurchaseError {
    /// Both counts are zero (P14, docs/rules.md#p14).
    #[error("no accounts: both counts are zero")]
    NoAccounts,
    /// There are more accounts of a type than one order can have (P14, docs/rules.md#p14).
    #[error("{count} {account_type} accounts are more than the {most} that one order can have")]
    TooManyAccounts {
        /// Type of the accounts.
        account_type: AccountType,
        /// The accounts wanted.
        count: u32,
        /// The most accounts of the type, inclusive.
        most: u32,
    },
    /// The term is outside the limits (P6, docs/rules.md#p6).
    #[error("a term of {days} days is outside {least} to {most} days")]
    TermOutOfRange {
        /// Length of the term in days.
        days: u32,
        /// The shortest term, in days, inclusive.
        least: u32,
        /// The longest term, in days, inclusive.
        most: u32,
    },
    /// The term of a test enterprise is not the fixed one (P14, docs/rules.md#p14).
    #[error("a test enterprise buys for exactly {months} month(s)")]
    TestEnterpriseTerm {
        /// The only term, in months.
        months: u32,
    },
    /// The card has no rule for test enterprises.
    #[error("the rate card has no rule for test enterprises")]
    NoTestEnterprise,
    /// The price leaves the range of money.
    #[error("the price is too large to be computed")]
    Overflow,
}
