use jiff::civil::Date;

use super::{RecordedKind, UserSet};
use crate::account::{AccountType, Counts, Term};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Money;

/// The files that a plan names besides its rate card, by the patterns in the plan. A diagnostic without a
/// location is reported at the pattern.
pub trait Attachments {
    /// Returns the users of an app. `column` is the heading of the user ids, if the plan names one.
    fn roster(&self, pattern: &str, column: Option<&str>) -> Attached<UserSet>;

    /// Returns the accounts of an enterprise.
    fn accounts(&self, pattern: &str) -> Attached<AccountList>;

    /// Returns orders of all enterprises. An error of the orders of one enterprise alone has its id as the argument
    /// [`ENTERPRISE`]; after any other, every enterprise may have more orders.
    fn orders(&self, patterns: &[&str]) -> Attached<Vec<ListedOrder>>;
}

/// Name of the argument of a problem that has WeCom's id of the enterprise whose orders it is about.
pub const ENTERPRISE: &str = "enterprise";

/// What the files of a pattern hold, and their problems. With an error among them the content is incomplete.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attached<T> {
    /// Their content, as far as it could be read.
    pub content: T,
    /// Their problems.
    pub diagnostics: Vec<Diagnostic>,
}

/// Accounts that WeCom lists for an enterprise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AccountList {
    /// Accounts that were activated, also those that have expired, each once.
    pub accounts: Vec<ListedAccount>,
    /// Codes that are not activated, as far as the documents list them.
    pub codes: Vec<ListedCode>,
}

/// An account that was activated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAccount {
    /// Its user.
    pub user: String,
    /// Its type.
    pub account_type: AccountType,
    /// Day of the first activation, Beijing time.
    pub activated: Date,
    /// Day on which it expires, the first without it, Beijing time (T6, docs/rules.md#t6).
    pub expires: Date,
}

/// A code that is not activated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCode {
    /// The code.
    pub code: String,
    /// Its type.
    pub account_type: AccountType,
    /// Day of its creation, Beijing time.
    pub created: Date,
}

/// An order that was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    /// WeCom's id of the order; of one of several enterprises, that of the enterprise's part.
    pub id: String,
    /// WeCom's id of the enterprise.
    pub corp_id: String,
    /// New accounts, or active ones prolonged.
    pub kind: RecordedKind,
    /// Day of payment, Beijing time; of a migration, of its creation (O12).
    pub paid: Date,
    /// Its accounts.
    pub counts: Counts,
    /// Its term.
    pub term: ListedTerm,
    /// Its price; `None` for a part of an order of several enterprises (O11).
    pub price: Option<Money>,
    /// The users whose accounts a renewal prolongs, as far as the documents name them.
    pub renewed: Vec<ListedUser>,
}

/// A user of an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListedUser {
    /// Type of the account.
    pub account_type: AccountType,
    /// The user.
    pub user: Box<str>,
}

/// The term of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListedTerm {
    /// Months and days.
    Length(Term),
    /// A renewal to a day: the day on which the accounts expire, the first without them, Beijing time (O7).
    Until(Date),
}

/// A plan without files beside it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoAttachments;

impl Attachments for NoAttachments {
    fn roster(&self, pattern: &str, _: Option<&str>) -> Attached<UserSet> {
        unreadable(pattern)
    }

    fn accounts(&self, pattern: &str) -> Attached<AccountList> {
        unreadable(pattern)
    }

    fn orders(&self, patterns: &[&str]) -> Attached<Vec<ListedOrder>> {
        unreadable(patterns.first().copied().unwrap_or_default())
    }
}

fn unreadable<T: Default>(pattern: &str) -> Attached<T> {
    let problem = Diagnostic::new(Code::FileUnreadable)
        .with("file", pattern)
        .with("reason", Message::new("term-no-files-here"));
    Attached { content: T::default(), diagnostics: vec![problem] }
}
