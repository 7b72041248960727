//! Tells documents apart by their keys: those that are read, other documents of the licence API, and those of other
//! products that look alike. [`classify`] comes first.

use std::borrow::Cow;

use super::failures;
use super::json::{Node, NodeKind};
use super::values::Fields;
use crate::diagnostic::lang::Message;

/// What an object is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Class {
    /// A document that is read.
    Known(Kind),
    /// A document of another product, with the reason.
    Foreign(Message),
    /// A document of this API in which nothing is to be read, with the reason.
    Other(Message),
    /// None of these. It may have documents among its members.
    Unknown,
}

/// The documents that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `{ order }`.
    Order,
    /// An order by itself.
    BareOrder,
    /// `{ order, buy_list }`.
    UnionOrder,
    /// `{ order_list }`.
    OrderList,
    /// `{ account_list }` of codes or renewed users.
    OrderAccounts,
    /// `{ account_list }` with times.
    AccountPage,
    /// An account with its times by itself.
    BareAccount,
    /// `{ active_info }`.
    Code,
    /// `{ active_info_list }`.
    Codes,
    /// A code by itself.
    BareCode,
    /// `{ license_status }`.
    AppLicense,
    /// Whatever failed.
    Failure,
}

/// Returns what an object is.
pub(super) fn classify(fields: &Fields<'_, '_>) -> Class {
    if let Some(reason) = foreign(fields) {
        return Class::Foreign(Message::new(reason));
    }
    if let Some(kind) = known(fields) {
        return Class::Known(kind);
    }
    let other = if fields.has("errcode") { answer(fields) } else { request(fields) };
    other.map_or(Class::Unknown, Class::Other)
}

/// Returns why a document is one of another product.
fn foreign(fields: &Fields<'_, '_>) -> Option<&'static str> {
    let order = fields.get_kind("order", NodeKind::Object);
    let entry = first(fields, "order_list");
    let inner = |key: &str| order.is_some_and(|order| has(order, key));
    let listed = |key: &str| entry.is_some_and(|entry| has(entry, key));
    let is_order = ["errcode", "order_status", "price"].iter().any(|key| fields.has(key));
    let any = |key: &str| fields.has(key) && is_order || inner(key) || listed(key);
    if ["advanced_api_type", "chat_archive_api", "custom_corpid"].into_iter().any(any) {
        return Some("api-foreign-advanced-api");
    }
    if ["orderid", "edition_id"].into_iter().any(any) {
        return Some("api-foreign-app-order");
    }
    ["order_status", "create_time"].into_iter().any(listed).then_some("api-foreign-order-list")
}

fn known(fields: &Fields<'_, '_>) -> Option<Kind> {
    let is_answer = fields.has("errcode") || fields.has("has_more") || fields.has("next_cursor");
    let has = |key: &str| fields.has(key);
    if failures::failed(fields) {
        return Some(Kind::Failure);
    }
    if fields.get_kind("order", NodeKind::Object).is_some_and(is_order) {
        return Some(if has("buy_list") { Kind::UnionOrder } else { Kind::Order });
    }
    if has("order_list") && (is_answer || first(fields, "order_list").is_some_and(is_order)) {
        return Some(Kind::OrderList);
    }
    if has("account_list") {
        return account_list(fields, is_answer);
    }
    if has("active_info") {
        return Some(Kind::Code);
    }
    if has("active_info_list") {
        return Some(Kind::Codes);
    }
    if has("license_status") {
        return Some(Kind::AppLicense);
    }
    if is_answer {
        return None;
    }
    let has_times = has("active_time") || has("expire_time");
    if has("order_id") && has("order_type") && (has("order_status") || has("price")) {
        Some(Kind::BareOrder)
    } else if has("active_code") && has("type") && (has("status") || has_times) {
        Some(Kind::BareCode)
    } else if has("userid") && has("type") && has_times {
        Some(Kind::BareAccount)
    } else {
        None
    }
}

/// Tells the two lists of accounts apart, and both from a request to renew accounts, by the first entry that says.
fn account_list(fields: &Fields<'_, '_>, is_answer: bool) -> Option<Kind> {
    let list = fields.get_kind("account_list", NodeKind::Array)?;
    for entry in list.elements() {
        if has(entry, "active_time") || has(entry, "expire_time") {
            return Some(Kind::AccountPage);
        }
        if has(entry, "active_code") {
            return Some(Kind::OrderAccounts);
        }
    }
    let is_empty = list.elements().next().is_none();
    match (is_answer, is_empty) {
        (true, true) => Some(if fields.has("order_id") { Kind::OrderAccounts } else { Kind::AccountPage }),
        // Renewed accounts have no code.
        (true, false) => Some(Kind::OrderAccounts),
        (false, _) => None,
    }
}

/// Keys of requests, each with the API that they tell; the first that fits. An object with another key is none.
const REQUESTS: [(&[&str], &[&str]); 22] = [
    (&["share_list"], &["batch_share_active_code"]),
    (&["transfer_list"], &["batch_transfer_license"]),
    (&["active_list"], &["batch_active_account"]),
    (&["active_code_list"], &["batch_get_active_info_by_code"]),
    (&["account_list", "corpid"], &["create_renew_order_job"]),
    (&["buy_list"], &["create_new_order_job"]),
    (&["account_count", "buyer_userid"], &["create_new_order"]),
    (&["jobid", "buyer_userid", "account_duration"], &["submit_order_job"]),
    (&["jobid", "buyer_userid"], &["submit_new_order_job"]),
    (&["payer_userid", "order_id"], &["submit_pay_job"]),
    (&["active_code", "userid"], &["active_account"]),
    (&["active_code"], &["get_active_info_by_code"]),
    (&["order_id", "corpid"], &["cancel_order"]),
    (&["order_id"], &["get_order", "get_union_order", "list_order_account"]),
    (&["start_time", "end_time"], &["list_order"]),
    (&["suite_id", "corpid"], &["get_app_license_info"]),
    (&["auto_active_status", "corpid"], &["set_auto_active_status"]),
    (&["userid", "corpid"], &["get_active_info_by_user"]),
    (&["corpid", "limit"], &["list_actived_account", "list_order"]),
    (&["corpid", "cursor"], &["list_actived_account", "list_order"]),
    (&["jobid"], &["new_order_job_result", "pay_job_result"]),
    (&["corpid"], &["get_auto_active_status", "support_policy_query"]),
];

/// Keys beside those of [`REQUESTS`] that requests have.
const BESIDE: [&str; 8] =
    ["corpid", "jobid", "limit", "cursor", "from_corpid", "to_corpid", "corp_link_type", "account_duration"];

/// Returns the reason why a request is not read.
fn request(fields: &Fields<'_, '_>) -> Option<Message> {
    let knows = |key: &str| BESIDE.contains(&key) || REQUESTS.iter().any(|(keys, _)| keys.contains(&key));
    if !fields.members().iter().all(|(key, _)| knows(key)) {
        return None;
    }
    let (_, api) = REQUESTS.iter().find(|(keys, _)| keys.iter().all(|key| fields.has(key)))?;
    Some(Message::new("api-other-request").with("api", api.to_vec()))
}

/// Keys of answers in which nothing is to be read, each with the API that it tells; the first that fits.
const ANSWERS: [(&str, &[&str]); 11] = [
    ("active_result", &["batch_active_account"]),
    ("share_result", &["batch_share_active_code"]),
    ("transfer_result", &["batch_transfer_license"]),
    ("balance", &["get_account_balance"]),
    ("auto_active_status", &["get_auto_active_status"]),
    ("query_result", &["support_policy_query"]),
    ("pay_job_result", &["pay_job_result"]),
    ("fail_list", &["new_order_job_result"]),
    ("jobid", &["create_new_order_job", "create_renew_order_job", "submit_new_order_job", "submit_pay_job"]),
    ("order_id", &["create_new_order", "submit_order_job", "new_order_job_result"]),
    ("unlicenseduser", &["message/send"]),
];

/// Returns the reason why an answer is not read.
fn answer(fields: &Fields<'_, '_>) -> Option<Message> {
    if let Some((_, api)) = ANSWERS.iter().find(|(key, _)| fields.has(key)) {
        return Some(Message::new("api-other-answer").with("api", api.to_vec()));
    }
    let is_plain = |(key, _): &(Cow<'_, str>, Node<'_>)| matches!(key.as_ref(), "errcode" | "errmsg");
    fields.members().iter().all(is_plain).then_some(Message::new("api-other-plain"))
}

/// Returns the first element of a list.
fn first<'t>(fields: &Fields<'_, 't>, key: &str) -> Option<Node<'t>> {
    fields.get_kind(key, NodeKind::Array)?.elements().next()
}

fn has(object: Node<'_>, key: &str) -> bool {
    object.members().any(|(name, _)| name == key)
}

/// Returns true if an object looks like an order of any product.
fn is_order(object: Node<'_>) -> bool {
    has(object, "order_id") || has(object, "order_type")
}
