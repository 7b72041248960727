//! WeCom's documents of orders.

use std::fmt::Write;

use super::{Placed, seconds};
use crate::account::{AccountType, Counts};
use crate::plan::Plan;
use crate::planning::schedule::ScheduledOrder;
use crate::wecom::requests::RenewalDuration;

/// Documents of orders, and the accounts of renewals.
pub(super) struct Papers {
    bills: Vec<Bill>,
    /// Documents of the accounts of renewals.
    renewed: String,
}

/// One document; its text but for the price.
struct Bill {
    text: String,
    price: i64,
    /// The orders that it is for.
    orders: Vec<usize>,
}

/// Returns the id of a document's order.
pub(super) fn id(bill: usize) -> String {
    format!("O{bill:04}")
}

/// Returns the id of an order, or of its part: a part of an order of several enterprises has one of its own.
fn part_id(bill: usize, part: usize, of: usize) -> String {
    if of == 1 { id(bill) } else { format!("{}-{part}", id(bill)) }
}

impl Papers {
    /// Writes a document for each order; purchases of two payers on one day are one order of several enterprises.
    pub(super) fn of(plan: &Plan, orders: &[Placed]) -> Papers {
        let mut bills: Vec<Bill> = Vec::new();
        let mut left: Vec<usize> = (0..orders.len()).collect();
        while let Some(&first) = left.first() {
            let one = &orders[first];
            let is_other = |other: &&usize| {
                let other = &orders[**other];
                other.order.date == one.order.date
                    && other.members != one.members
                    && !other.order.quote.renewal
                    && !one.order.quote.renewal
            };
            let together: Vec<usize> =
                [first].into_iter().chain(left.iter().find(is_other).copied()).collect();
            left.retain(|order| !together.contains(order));
            let price =
                together.iter().map(|&order| orders[order].order.quote.payable().unwrap().fen()).sum();
            let text = match together[..] {
                [order] => single(plan, bills.len(), &orders[order]),
                _ => several(plan, bills.len(), together.iter().map(|&order| &orders[order])),
            };
            bills.push(Bill { text, price, orders: together });
        }
        Papers { bills, renewed: String::new() }
    }

    /// Returns the price of each document, in fen.
    pub(super) fn prices(&self) -> Vec<i64> {
        self.bills.iter().map(|bill| bill.price).collect()
    }

    pub(super) fn has_several(&self) -> bool {
        self.bills.iter().any(|bill| bill.orders.len() > 1)
    }

    /// Returns the document of an order.
    pub(super) fn bill_of(&self, order: usize) -> usize {
        self.bills.iter().position(|bill| bill.orders.contains(&order)).unwrap()
    }

    /// Names the users whose accounts an order renewed.
    pub(super) fn name(&mut self, order: usize, account_type: AccountType, users: &[String]) {
        let bill = self.bill_of(order);
        let orders = &self.bills[bill].orders;
        let id = part_id(bill, orders.iter().position(|other| *other == order).unwrap(), orders.len());
        let kind = number_of(account_type);
        let list =
            users.iter().map(|user| format!(r#"{{"active_code":"","userid":"{user}","type":{kind}}}"#));
        let list: Vec<String> = list.collect();
        let list = list.join(",");
        writeln!(self.renewed, r#"{{"errcode":0,"order_id":"{id}","has_more":0,"account_list":[{list}]}}"#)
            .unwrap();
    }

    /// Returns all documents with these prices.
    pub(super) fn text(&self, prices: &[i64]) -> String {
        let priced = self.bills.iter().zip(prices);
        let mut text: String =
            priced.map(|(bill, price)| bill.text.replace("PRICE", &price.to_string())).collect();
        text.push_str(&self.renewed);
        text
    }
}

/// Returns WeCom's number of a type.
pub(super) fn number_of(account_type: AccountType) -> u8 {
    match account_type {
        AccountType::Basic => 1,
        AccountType::Interop => 2,
    }
}

/// Returns the accounts of an order.
pub(super) fn counts(order: &ScheduledOrder) -> Counts {
    order.quote.members.iter().fold(Counts::ZERO, |sum, member| sum.saturating_add(member.counts))
}

/// Returns an order's duration as its request has it: a renewal by months and days is to a day.
fn duration(order: &ScheduledOrder) -> String {
    let term = order.quote.term;
    if !order.quote.renewal || term.days == 0 {
        return format!(r#"{{"months":{},"days":{}}}"#, term.months, term.days);
    }
    let until = RenewalDuration::until(order.expires().unwrap()).unwrap();
    serde_json::to_string(&until).unwrap()
}

/// Returns what a single order and a part of one have in common.
fn what(plan: &Plan, Placed { school, order, .. }: &Placed) -> String {
    let (corp_id, duration) = (plan.schools[*school].corp_id.as_deref().unwrap(), duration(order));
    let Counts { basic, interop } = counts(order);
    format!(
        "\"corpid\":\"{corp_id}\",\"account_count\":{{\"base_count\":{basic},\"external_contact_count\":{interop}}},\
         \"account_duration\":{duration}"
    )
}

fn single(plan: &Plan, bill: usize, placed: &Placed) -> String {
    let (id, what, time) = (id(bill), what(plan, placed), seconds(placed.order.date));
    let kind = if placed.order.quote.renewal { 2 } else { 1 };
    format!(
        "{{\"errcode\":0,\"order\":{{\"order_id\":\"{id}\",\"order_type\":{kind},\"order_status\":1,\"price\":PRICE,{what},\
         \"create_time\":{time},\"pay_time\":{time}}}}}\n"
    )
}

fn several<'p>(plan: &Plan, bill: usize, placed: impl ExactSizeIterator<Item = &'p Placed>) -> String {
    let of = placed.len();
    let mut time = 0;
    let parts = placed.enumerate().map(|(part, placed)| {
        time = seconds(placed.order.date);
        format!("{{\"sub_order_id\":\"{}\",{}}}", part_id(bill, part, of), what(plan, placed))
    });
    let parts: Vec<String> = parts.collect();
    let (id, parts) = (id(bill), parts.join(","));
    format!(
        "{{\"errcode\":0,\"order\":{{\"order_id\":\"{id}\",\"order_type\":8,\"order_status\":1,\"price\":PRICE,\
         \"create_time\":{time},\"pay_time\":{time}}},\"buy_list\":[{parts}]}}\n"
    )
}
