//! What the documents state, as plain data. Times are Beijing time (T11), as far as a document has them: a time of 0
//! is none, and one from before the charge began is a placeholder that nothing here corrects. [`Document`] comes
//! first.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use crate::account::{AccountType, Counts, Term};
use crate::money::Money;
use crate::wecom::time;

/// A document of the licence API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Where it stands.
    pub position: Position,
    /// What was asked for, where the file says so.
    pub query: Option<Arc<Query>>,
    /// What it states.
    pub content: Content,
}

/// The position of a value in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Name of the file as the caller gave it.
    pub file: Arc<str>,
    /// Line, counted from 1.
    pub line: usize,
    /// JSON pointer (RFC 6901): from the root of the file, or of the line where the file has a document a line.
    pub pointer: String,
}

/// The request that a document answers, as far as the file states it beside the document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// `corpid`: the enterprise.
    pub corp_id: Option<String>,
    /// `order_id`, or `sub_order_id`.
    pub order_id: Option<String>,
    /// `cursor`: of the page that was asked for; none for the first.
    pub cursor: Option<String>,
    /// `suite_id`: the app.
    pub suite_id: Option<String>,
}

/// What a document states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// An order (`get_order`).
    Order(BilledOrder),
    /// An order of several enterprises (`get_union_order`).
    UnionOrder(UnionOrder),
    /// Ids of orders (`list_order`).
    OrderList(OrderList),
    /// Codes or users of an order (`list_order_account`).
    OrderAccounts(OrderAccounts),
    /// Activated accounts (`list_actived_account`).
    AccountPage(AccountPage),
    /// Codes and their state (`get_active_info_by_code`, `batch_get_active_info_by_code`,
    /// `get_active_info_by_user`).
    Codes(CodeList),
    /// An app's check of licences (`get_app_license_info`).
    AppLicense(AppLicense),
    /// An order whose document could not be read; the reason is among the diagnostics.
    UnreadableOrder(UnreadableOrder),
}

/// An order as WeCom bills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BilledOrder {
    /// Its id.
    pub id: String,
    /// What was ordered.
    pub order_type: OrderType,
    /// How far it got.
    pub state: OrderState,
    /// The customer; none for an order of several.
    pub corp_id: Option<String>,
    /// Price of the whole order (P9).
    pub price: Money,
    /// Accounts; none if the document states none. A type that is left out counts 0.
    pub counts: Option<Counts>,
    /// For how long; none if the document does not state it.
    pub duration: Option<BilledDuration>,
    /// When it was created.
    pub created: Option<DateTime>,
    /// When it was paid. Migrations have no such time (O12); a cancelled order may have one.
    pub paid: Option<DateTime>,
}

/// What was ordered: `order_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum OrderType {
    /// 1: new accounts.
    New,
    /// 2: a renewal.
    Renewal,
    /// 5: a migration of a paid app version.
    VersionMigration,
    /// 6: a migration of a former contract.
    ContractMigration,
    /// 8: new accounts of several enterprises.
    Several,
}

impl OrderType {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// How far an order got: `order_status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum OrderState {
    /// 0: to be paid.
    Unpaid,
    /// 1: paid.
    Paid,
    /// 2: cancelled before it was paid.
    Cancelled,
    /// 3: expired before it was paid.
    Expired,
    /// 4: a refund has been asked for.
    RefundAsked,
    /// 5: refunded.
    Refunded,
    /// 6: the refund was refused, so that it stays paid.
    RefundRefused,
    /// 7: void, since its test enterprise was removed.
    Void,
}

impl OrderState {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The term of an order: `account_duration`. A real order has one form; a document may have all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BilledDuration {
    /// Months of 31 days (P6).
    pub months: Option<u32>,
    /// Days besides.
    pub days: Option<u32>,
    /// A moment of the last day of renewed accounts, which count to its end (O7).
    pub new_expire_time: Option<DateTime>,
}

impl BilledDuration {
    /// Returns months and days, one that is left out as 0; `None` if both are left out or 0.
    pub fn term(self) -> Option<Term> {
        let term = Term { months: self.months.unwrap_or(0), days: self.days.unwrap_or(0) };
        (term != Term { months: 0, days: 0 }).then_some(term)
    }

    /// Returns the first day without the renewed accounts (T6, docs/rules.md#t6); `None` without
    /// `new_expire_time`.
    pub fn expires(self) -> Option<Date> {
        self.new_expire_time.and_then(time::day_after)
    }
}

/// An order of several enterprises, which has one price (O11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnionOrder {
    /// The order, without counts and duration.
    pub order: BilledOrder,
    /// What was ordered for each enterprise, as far as this page goes.
    pub parts: Vec<UnionPart>,
    /// The page.
    pub page: Page,
}

/// What was ordered for one enterprise of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnionPart {
    /// `sub_order_id`, by which `list_order_account` is asked.
    pub id: Option<String>,
    /// The customer.
    pub corp_id: String,
    /// Accounts; a type that is left out counts 0.
    pub counts: Option<Counts>,
    /// For how long.
    pub duration: Option<BilledDuration>,
}

/// Where a page of a list stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// True if another page follows.
    pub has_more: bool,
    /// The cursor to ask the next page with.
    pub next_cursor: Option<String>,
    /// True if entries of it could not be read; the reasons are among the diagnostics.
    pub is_partial: bool,
}

/// A page of orders, without prices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderList {
    /// Ids and types. Orders of several enterprises are listed only where no enterprise was asked for (O11).
    pub orders: Vec<ListedOrder>,
    /// The page.
    pub page: Page,
}

/// An order of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    /// Its id.
    pub id: String,
    /// What was ordered.
    pub order_type: OrderType,
}

/// A page of the accounts of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderAccounts {
    /// The order, where the document or the file states it; see [`order_in_file_name`](super::order_in_file_name).
    pub order_id: Option<String>,
    /// The accounts: codes of a new order, users of a renewal.
    pub accounts: Vec<OrderAccount>,
    /// The page.
    pub page: Page,
}

/// An account of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderAccount {
    /// The code that was bought; none of a renewal.
    pub code: Option<String>,
    /// The user whose account was renewed, or to whom a code is bound.
    pub user: Option<String>,
    /// Its type.
    pub account_type: AccountType,
}

/// A page of an enterprise's activated accounts, expired ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountPage {
    /// The accounts.
    pub accounts: Vec<ActivatedAccount>,
    /// The page.
    pub page: Page,
}

/// An account that a user has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivatedAccount {
    /// The user.
    pub user: String,
    /// Its type.
    pub account_type: AccountType,
    /// When it was activated.
    pub activated: DateTime,
    /// When it ends or ended. The day of it is the first without the account (T6).
    pub expires: DateTime,
}

/// Codes that were asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// The codes.
    pub codes: Vec<CodeInfo>,
    /// True if some could not be read; the reasons are among the diagnostics.
    pub is_partial: bool,
}

/// A code and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeInfo {
    /// The code. Codes of both types can be equal.
    pub code: Option<String>,
    /// Its type.
    pub account_type: AccountType,
    /// Its state; none where a user was asked for, whose codes are bound.
    pub state: Option<CodeState>,
    /// The user to whom it is bound. An unbound code may name one that means nothing.
    pub user: Option<String>,
    /// When the code came into being.
    pub created: Option<DateTime>,
    /// When it was activated.
    pub activated: Option<DateTime>,
    /// When it ends or ended; the day of the merge for a merged one (O13).
    pub expires: Option<DateTime>,
    /// The code that it was merged into.
    pub merged_into: Option<String>,
    /// The code that was merged into it.
    pub merged_from: Option<String>,
    /// The downstream that it was shared with.
    pub shared_to: Option<String>,
    /// The upstream that shared it.
    pub shared_from: Option<String>,
}

/// The state of a code: `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum CodeState {
    /// 1: not bound to a user.
    Unbound,
    /// 2: bound and valid.
    Active,
    /// 3: expired.
    Expired,
    /// 4: to be transferred. It still runs.
    ToBeTransferred,
    /// 5: merged into another code, and over since then.
    Merged,
    /// 6: shared with a downstream, and no longer the upstream's.
    Shared,
}

impl CodeState {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// An app's check of licences at a customer (T1, T3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppLicense {
    /// True if the check is on.
    pub is_checked: bool,
    /// Start and end of the trial.
    pub trial: Option<(DateTime, DateTime)>,
    /// When the check begins or began.
    pub check_time: Option<DateTime>,
}

/// An order of which no more is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnreadableOrder {
    /// Its id, if that much could be read.
    pub id: Option<String>,
    /// The customer, if that much could be read.
    pub corp_id: Option<String>,
}
