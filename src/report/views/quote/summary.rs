//! The summary of a quote: the orders that the totals cover, so that each column adds up, and apart from them
//! what is in no total.

use std::collections::HashMap;
use std::ptr;

use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::pricing::{OrderQuote, OrderStatus, Party, Quote};
use crate::report::views::unconfirmed::{counted, firm_part, unconfirmed_parts};
use crate::report::{Block, Cell, Columns, Grid, Heading, LeftOut, PartRole, Tone};

pub(super) fn summary_heading() -> Block {
    Block::Heading(Heading::from(Message::new("report-summary")).of(PartRole::Summary))
}

/// Returns the confirmed orders with their sums: of each order what the totals count.
pub(super) fn total_grid(quote: &Quote) -> Grid {
    let firm = || quote.orders.iter().filter(|order| order.status == OrderStatus::Confirmed);
    let is_named = quote.orders.iter().any(|order| order.payer.code.is_some());
    let indices: HashMap<*const OrderQuote, usize> =
        quote.orders.iter().map(ptr::from_ref).zip(0..).collect();
    let index = |order: &&OrderQuote| indices.get(&ptr::from_ref(*order)).copied().filter(|_| is_named);
    let sum = |kind: AccountType| firm().map(|order| u64::from(*counted(order).get(kind))).sum::<u64>();
    Columns::of(firm())
        .left("code", "report-code", |order| order.payer.code.as_deref())
        .left_out(LeftOut::ToKeepWords)
        .left("name", "report-school", |order| marked_name(order))
        .right("basic", "report-basic", |order| counted(order).basic)
        .left_out(LeftOut::Folded)
        .right("interop", "report-interop", |order| counted(order).interop)
        .left_out(LeftOut::Folded)
        .right("list_price", "report-list-price", |order| Cell::known(firm_part(order, order.priced)))
        .left_out(LeftOut::ToKeepLines)
        .right("payable", "report-payable", |order| Cell::known(firm_part(order, order.priced_payable())))
        .toned(|order| if order.is_free() { Tone::Free } else { Tone::Plain })
        .detailed(index)
        .grid()
        .total(vec![
            Cell::Empty,
            Message::new("report-total").into(),
            sum(AccountType::Basic).into(),
            sum(AccountType::Interop).into(),
            quote.totals.list_price.into(),
            quote.totals.payable.into(),
        ])
}

/// Returns what the totals leave out, in a table of its own: unconfirmed orders and members, and accounts
/// without a price.
pub(super) fn not_in_total(quote: &Quote) -> Vec<Block> {
    let orders = quote.orders.iter().enumerate();
    let rows: Vec<LeftOutOfTotal> = orders.flat_map(|(index, order)| left_out(index, order)).collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let grid = Columns::of(rows)
        .left("code", "report-code", |row| row.party.code.as_deref())
        .left_out(LeftOut::ToKeepWords)
        .left("name", "report-school", |row| row.party.name.as_deref())
        .left("reason", "report-reason", |row| Message::new(row.reason))
        .right("basic", "report-basic", |row| row.counts.basic)
        .left_out(LeftOut::Folded)
        .right("interop", "report-interop", |row| row.counts.interop)
        .left_out(LeftOut::Folded)
        .right("payable", "report-payable", |row| Cell::known(row.payable))
        .toned(|_| Tone::Caution)
        .detailed(|row| Some(row.order))
        .grid();
    vec![Block::Heading(Message::new("report-not-in-total").into()), Block::Grid(grid)]
}

/// Something that is in no total.
struct LeftOutOfTotal<'q> {
    /// The index of its order.
    order: usize,
    party: &'q Party,
    reason: &'static str,
    counts: Counts,
    /// The amount; `None` if it is not known.
    payable: Option<Money>,
}

fn left_out(index: usize, order: &OrderQuote) -> Vec<LeftOutOfTotal<'_>> {
    let unconfirmed = unconfirmed_parts(order).into_iter().map(|part| LeftOutOfTotal {
        order: index,
        party: part.party,
        reason: "report-reason-unconfirmed",
        counts: part.priced,
        payable: Some(part.payable),
    });
    let unpriced = (!order.is_complete()).then(|| LeftOutOfTotal {
        order: index,
        party: &order.payer,
        reason: "report-reason-unpriced",
        counts: order.unpriced,
        payable: order.is_free().then_some(Money::ZERO),
    });
    unconfirmed.chain(unpriced).collect()
}

/// Returns the payer; marked if it pays for others.
fn marked_name(order: &OrderQuote) -> Cell {
    let name = order.payer.name.clone().unwrap_or_default();
    match order.members.len() {
        2.. => Message::new("report-name-group").with("name", name).into(),
        _ => Cell::Text(name),
    }
}
