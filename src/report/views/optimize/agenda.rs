//! The days on which to order or to activate, for a calendar program.

use std::collections::HashMap;

use jiff::civil::{Date, date};

use super::orders::{Activation, Placed, activations, placed};
use crate::diagnostic::lang::{Message, account_type_word, term_words};
use crate::planning::optimize::OptimizedPlan;
use crate::pricing::OrderStatus;
use crate::report::optimize_words::reasons_text;
use crate::report::views::accounts;
use crate::report::{Agenda, AgendaEntry};
use crate::rules::days_between;

/// Revisions are counted from here, so that they never fall.
const FIRST_DAY: Date = date(1970, 1, 1);
/// Days before an order on which to remind of it.
const ORDER_ALARM: u32 = 7;
/// Days before an activation on which to remind of it.
const ACTIVATION_ALARM: u32 = 3;

/// Returns an entry for each order, and for each activation that is not on the day of its order.
pub(super) fn agenda(title: Message, optimized: &OptimizedPlan) -> Agenda {
    let statuses = [OrderStatus::Confirmed, OrderStatus::Unconfirmed];
    let orders = statuses.into_iter().flat_map(|status| placed(optimized, status));
    let mut entries: Vec<AgendaEntry> = orders.map(|placed| order_entry(&placed)).collect();
    let activations = optimized.payers.iter().flat_map(activations);
    let later =
        activations.filter(|activation| activation.plan.date(activation.lot.activated) > activation.paid);
    entries.extend(later.map(|activation| activation_entry(&activation)));
    entries.sort_by_key(|entry| entry.date);
    number_alike(&mut entries);
    Agenda { title, as_of: optimized.from, revision: days_between(FIRST_DAY, optimized.from), entries }
}

fn order_entry(placed: &Placed<'_>) -> AgendaEntry {
    let order = &placed.order.order;
    let summary = Message::new("optimize-entry-order")
        .with("accounts", accounts(order.counts))
        .with("price", order.price)
        .with("name", placed.name());
    let description = vec![
        Message::new("optimize-entry-term")
            .with("term", term_words(placed.order.quote.term, placed.order.quote.days))
            .with("formula", placed.order.quote.formula.as_str())
            .with("price", order.price),
        reasons_text(placed.plan, placed.order),
    ];
    let code = placed.payer.payer.code.clone().unwrap_or_default();
    let identity = vec![placed.kind().to_owned(), code, order.day.to_string(), order.term_days.to_string()];
    AgendaEntry { identity, date: placed.date(), summary, description, alarm_days: Some(ORDER_ALARM) }
}

fn activation_entry(activation: &Activation<'_>) -> AgendaEntry {
    let lot = activation.lot;
    let summary = Message::new("optimize-entry-activation")
        .with("count", lot.count)
        .with("type", account_type_word(lot.account_type))
        .with("name", activation.payer.payer.name.clone().unwrap_or_default());
    let mut description = vec![
        Message::new("optimize-entry-codes")
            .with("paid", activation.paid)
            .with("expires", activation.plan.date(lot.expires)),
    ];
    description.extend(
        lot.extends.map(|old| Message::new("optimize-entry-extends").with("old", activation.plan.date(old))),
    );
    let code = activation.payer.payer.code.clone().unwrap_or_default();
    let identity = vec![
        "activation".to_owned(),
        code,
        lot.account_type.as_str().to_owned(),
        activation.paid.to_string(),
        lot.activated.to_string(),
    ];
    let date = activation.plan.date(lot.activated);
    AgendaEntry { identity, date, summary, description, alarm_days: Some(ACTIVATION_ALARM) }
}

/// Numbers entries that would have the same identity.
fn number_alike(entries: &mut [AgendaEntry]) {
    let mut seen: HashMap<Vec<String>, u32> = HashMap::new();
    for entry in entries {
        let alike = seen.entry(entry.identity.clone()).or_default();
        *alike += 1;
        if *alike > 1 {
            entry.identity.push(alike.to_string());
        }
    }
}
