use jiff::civil::{Date, DateTime};

use crate::account::{AccountType, Counts, PerType, Term};
use crate::customer::{AppKind, Customer};
use crate::money::UnitPrice;
use crate::pricing::OrderStatus;
use crate::rates::RateCard;

/// A valid plan: its rate card is known, its codes are unique, its groups have one upstream and one term, and
/// every order that it leads to can be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The pricing date, Beijing time; `None` for an undated plan.
    pub date: Option<Date>,
    /// Rate card that prices it.
    pub card: RateCard,
    /// Customers, in the order of the file.
    pub schools: Vec<School>,
}

/// A customer enterprise of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Code, unique in the plan.
    pub code: String,
    /// Name.
    pub name: String,
    /// WeCom's id of the enterprise.
    pub corp_id: Option<String>,
    /// The facts that decide on a waiver.
    pub customer: Customer,
    /// Confirmed, or kept out of the firm total.
    pub status: OrderStatus,
    /// True for a provider's test enterprise (P14, docs/rules.md#p14).
    pub test_enterprise: bool,
    /// Accounts to buy: users in the union of its apps (W3, docs/rules.md#w3).
    pub counts: Counts,
    /// The term for which they are bought.
    pub term: Term,
    /// Code of the school that pays for this one (U1, docs/rules.md#u1).
    pub upstream: Option<String>,
    /// Negotiated price of each account without a list price, in yuan a year (P5, docs/rules.md#p5).
    pub negotiated: PerType<Option<UnitPrice>>,
    /// Accounts that are active already.
    pub held: Vec<HeldLot>,
    /// Its apps.
    pub apps: Vec<App>,
    /// Licences bought already, by day of payment; on one day in the order of the file.
    pub purchases: Vec<PastPurchase>,
    /// The accounts needed from a day on, by day.
    pub headcounts: Vec<Headcount>,
}

/// Active accounts of one type that expire together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLot {
    /// Type of the accounts.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Day on which they expire, Beijing time: the activation day plus the term's days (T6).
    pub expires: Date,
}

/// A licence purchase of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastPurchase {
    /// Day of payment, Beijing time.
    pub paid: Date,
    /// Accounts bought.
    pub counts: Counts,
    /// Their term, from activation.
    pub term: Term,
    /// Day of activation, Beijing time; `None` if not activated.
    pub activated: Option<Date>,
}

/// The accounts that a school needs from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headcount {
    /// First day, Beijing time, inclusive.
    pub from: Date,
    /// Accounts needed.
    pub counts: Counts,
}

/// An app of the provider, or of the customer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Id of the app.
    pub id: String,
    /// Name of the app; its id if none is stated.
    pub name: String,
    /// Host that it is embedded in.
    pub host: Option<String>,
    /// Third-party, agency or internal (W1, docs/rules.md#w1).
    pub kind: AppKind,
    /// Moment of the first installation or authorisation, Beijing time (T1, docs/rules.md#t1).
    pub authorized: Option<DateTime>,
    /// Account type that its interfaces need (W4, docs/rules.md#w4).
    pub needs: AccountType,
}
