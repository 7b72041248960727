//! Orders, lists of orders and what an order bought, from the members of their documents. Each function returns
//! `None` once it has reported why not.

use super::json::{Node, NodeKind};
use super::model::{
    BilledDuration, BilledOrder, ListedOrder, OrderAccount, OrderAccounts, OrderList, OrderState, OrderType,
    Page, UnionOrder, UnionPart, UnreadableOrder,
};
use super::problems::Reported;
use super::values::{Fields, Optional};
use crate::account::Counts;

/// Reads an order.
pub(super) fn order(fields: &Fields<'_, '_>) -> Option<BilledOrder> {
    let id = fields.require("order_id", fields.text("order_id"));
    let order_type = fields.require("order_type", order_type(fields));
    let state = fields.require("order_status", state(fields));
    let price = fields.require("price", fields.money("price"));
    let (corp_id, counts, duration) = (fields.text("corpid"), counts(fields), duration(fields));
    let (created, paid) = (fields.time("create_time"), fields.time("pay_time"));
    if !fields.node().is_complete() {
        return None;
    }
    Some(BilledOrder {
        id: id.ok()?,
        order_type: order_type.ok()?,
        state: state.ok()?,
        corp_id: corp_id.ok()?,
        price: price.ok()?,
        counts: counts.ok()?,
        duration: duration.ok()?,
        created: created.ok()?,
        paid: paid.ok()?,
    })
}

/// Returns what is known of an order that could not be read. A key that stands twice says nothing.
pub(super) fn unreadable(order: Option<Node<'_>>) -> UnreadableOrder {
    let text = |key: &str| {
        let mut nodes = order?.members().filter(|(name, _)| name == key).map(|(_, node)| node);
        let node = nodes.next()?;
        nodes
            .next()
            .is_none()
            .then(|| node.text())?
            .map(|text| text.into_owned())
            .filter(|text| !text.is_empty())
    };
    UnreadableOrder { id: text("order_id"), corp_id: text("corpid") }
}

/// Reads an order of several enterprises. One that lacks an enterprise is of no use, since its price is for all.
pub(super) fn union_order(fields: &Fields<'_, '_>) -> Option<UnionOrder> {
    let order = fields.object("order").ok().flatten().and_then(|inner| order(&inner));
    let mut parts = Vec::new();
    let mut is_whole = fields.node().is_complete();
    match fields.list("buy_list") {
        Ok(Some(list)) => {
            fields.each("buy_list", list, |part| match part.ok().and_then(|part| union_part(&part)) {
                Some(part) => parts.push(part),
                None => is_whole = false,
            })
        }
        Ok(None) => {}
        Err(Reported) => is_whole = false,
    }
    let page = page(fields)?;
    is_whole.then_some(UnionOrder { order: order?, parts, page })
}

fn union_part(fields: &Fields<'_, '_>) -> Option<UnionPart> {
    let id = fields.text("sub_order_id");
    let corp_id = fields.require("corpid", fields.text("corpid"));
    let (counts, duration) = (counts(fields), duration(fields));
    Some(UnionPart { id: id.ok()?, corp_id: corp_id.ok()?, counts: counts.ok()?, duration: duration.ok()? })
}

/// Reads a list of orders.
pub(super) fn order_list(fields: &Fields<'_, '_>) -> Option<OrderList> {
    let mut orders = Vec::new();
    let page = entries(fields, "order_list", |entry| {
        let id = entry.require("order_id", entry.text("order_id"));
        let order_type = entry.require("order_type", order_type(entry));
        orders.push(ListedOrder { id: id.ok()?, order_type: order_type.ok()? });
        Some(())
    })?;
    Some(OrderList { orders, page })
}

/// Reads the accounts of an order.
pub(super) fn order_accounts(fields: &Fields<'_, '_>, asked: Option<&str>) -> Option<OrderAccounts> {
    let stated = fields.text("order_id").ok()?;
    let mut accounts = Vec::new();
    let page = entries(fields, "account_list", |entry| {
        let (code, user) = (entry.text("active_code"), entry.text("userid"));
        let account_type = entry.require("type", entry.account_type("type"));
        accounts.push(OrderAccount { code: code.ok()?, user: user.ok()?, account_type: account_type.ok()? });
        Some(())
    })?;
    Some(OrderAccounts { order_id: stated.or_else(|| asked.map(str::to_owned)), accounts, page })
}

/// Passes the entries of a list to a function, and returns the page, which is partial if an entry of it could not be
/// read.
pub(super) fn entries(
    fields: &Fields<'_, '_>,
    key: &'static str,
    mut read: impl FnMut(&Fields<'_, '_>) -> Option<()>,
) -> Option<Page> {
    let list = fields.list(key).ok()??;
    let mut page = page(fields).unwrap_or(Page { is_partial: true, ..Page::default() });
    fields.each(key, list, |entry| {
        if entry.ok().and_then(|entry| read(&entry)).is_none() {
            page.is_partial = true;
        }
    });
    page.is_partial |= !fields.node().is_complete();
    Some(page)
}

fn page(fields: &Fields<'_, '_>) -> Option<Page> {
    let (has_more, next_cursor) = (fields.flag("has_more"), fields.text("next_cursor"));
    Some(Page { has_more: has_more.ok()?, next_cursor: next_cursor.ok()?, is_partial: false })
}

fn counts(fields: &Fields<'_, '_>) -> Optional<Counts> {
    let Some(counts) = fields.object("account_count")? else { return Ok(None) };
    let (basic, interop) = (counts.count("base_count"), counts.count("external_contact_count"));
    Ok(Some(Counts { basic: basic?.unwrap_or(0), interop: interop?.unwrap_or(0) }))
}

fn duration(fields: &Fields<'_, '_>) -> Optional<BilledDuration> {
    let Some(duration) = fields.object("account_duration")? else { return Ok(None) };
    let (months, days) = (duration.count("months"), duration.count("days"));
    let new_expire_time = duration.time("new_expire_time");
    Ok(Some(BilledDuration { months: months?, days: days?, new_expire_time: new_expire_time? }))
}

fn order_type(fields: &Fields<'_, '_>) -> Optional<OrderType> {
    let types = [
        (1, OrderType::New),
        (2, OrderType::Renewal),
        (5, OrderType::VersionMigration),
        (6, OrderType::ContractMigration),
        (8, OrderType::Several),
    ];
    fields.word("order_type", &types, "api-expected-order-type")
}

fn state(fields: &Fields<'_, '_>) -> Optional<OrderState> {
    let states = [
        (0, OrderState::Unpaid),
        (1, OrderState::Paid),
        (2, OrderState::Cancelled),
        (3, OrderState::Expired),
        (4, OrderState::RefundAsked),
        (5, OrderState::Refunded),
        (6, OrderState::RefundRefused),
        (7, OrderState::Void),
    ];
    fields.word("order_status", &states, "api-expected-order-status")
}

/// Returns the order within a document.
pub(super) fn inner<'t>(fields: &Fields<'_, 't>) -> Option<Node<'t>> {
    fields.get_kind("order", NodeKind::Object)
}
