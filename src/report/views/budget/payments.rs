//! The orders of a budget: those that its totals count, and apart from them those of unconfirmed schools.

use super::{name, order_kind_word};
use crate::account::Counts;
use crate::diagnostic::lang::Message;
use crate::planning::budget::{Budget, BudgetLine};
use crate::planning::schedule::OrderKind;
use crate::pricing::OrderStatus;
use crate::report::views::charts::{Payment, PaymentState};
use crate::report::views::unconfirmed::{UnconfirmedPart, firm_counts, firm_payable, unconfirmed_parts};
use crate::report::{Block, Cell, Columns, Grid, Heading, LeftOut, PartRole, Tone};

/// Returns the confirmed orders, with their sum if there are several.
pub(super) fn order_blocks(budget: &Budget, role: PartRole) -> Vec<Block> {
    let rows = firm_rows(budget);
    let (is_empty, has_sum) = (rows.is_empty(), rows.len() > 1);
    let grid = order_grid(rows);
    let grid = if has_sum { grid.closed_by_sum(budget.totals.payable.into()) } else { grid };
    let heading = Heading::from(Message::new("budget-orders")).of(role);
    if is_empty { Vec::new() } else { vec![Block::Heading(heading), Block::Grid(grid)] }
}

/// Returns the orders and shares of unconfirmed schools, which are in no total, with a sum of their own if there are
/// several.
pub(super) fn unconfirmed_blocks(budget: &Budget) -> Vec<Block> {
    let parts = budget
        .lines
        .iter()
        .flat_map(|line| unconfirmed_parts(&line.order.quote).into_iter().map(move |part| (line, part)));
    let rows: Vec<(&BudgetLine, UnconfirmedPart<'_>)> = parts.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let has_sum = rows.len() > 1;
    let rows = rows.into_iter().map(|(line, part)| OrderRow {
        line,
        name: part.party.name.clone().unwrap_or_default(),
        counts: part.counts,
        payable: match line.order.quote.is_complete() {
            true => part.payable.into(),
            false => Message::new("report-priced-part").with("priced", part.payable).into(),
        },
        tone: Tone::Caution,
    });
    let grid = order_grid(rows.collect());
    let grid = if has_sum { grid.closed_by_sum(budget.totals.unconfirmed.into()) } else { grid };
    let heading = Heading::from(Message::new("report-unconfirmed-payments")).of(PartRole::OutsideTotal);
    vec![Block::Heading(heading), Block::Grid(grid)]
}

/// Returns the payments of a budget: those that are made, late or to come, and those that are unconfirmed.
pub(super) fn payments(budget: &Budget) -> impl Iterator<Item = Payment> {
    budget.lines.iter().map(|line| {
        let quote = &line.order.quote;
        let state = match line.order.kind {
            OrderKind::Recorded => PaymentState::Paid,
            _ if line.order.is_overdue() => PaymentState::Overdue,
            _ => PaymentState::Due,
        };
        Payment::of(line.order.date, state, quote)
    })
}

/// A row of the table of orders.
struct OrderRow<'b> {
    line: &'b BudgetLine,
    name: String,
    counts: Counts,
    payable: Cell,
    tone: Tone,
}

fn firm_rows(budget: &Budget) -> Vec<OrderRow<'_>> {
    let firm = budget.lines.iter().filter(|line| line.order.quote.status == OrderStatus::Confirmed);
    firm.map(|line| OrderRow {
        line,
        name: name(&budget.payers[line.payer]),
        counts: firm_counts(&line.order.quote),
        payable: firm_payable(&line.order.quote),
        tone: match (line.order.is_overdue(), line.order.quote.is_free()) {
            (true, _) => Tone::Overdue,
            (false, true) => Tone::Free,
            (false, false) => Tone::Plain,
        },
    })
    .collect()
}

fn order_grid(rows: Vec<OrderRow<'_>>) -> Grid {
    Columns::of(rows)
        .right("date", "calendar-date", |row| row.line.order.date)
        .right("due_since", "budget-due-since", |row| row.line.order.due_since)
        .left_out(LeftOut::ToKeepLines)
        .left("payer", "report-school", |row| row.name.clone())
        .left("kind", "budget-kind", |row| order_kind_word(row.line.order.kind))
        .right("basic", "report-basic", |row| count(row.counts.basic))
        .left_out(LeftOut::Folded)
        .right("interop", "report-interop", |row| count(row.counts.interop))
        .left_out(LeftOut::Folded)
        .right("expires", "budget-expires", |row| row.line.order.expires())
        .left_out(LeftOut::ToKeepWords)
        .right("payable", "report-payable", |row| row.payable.clone())
        .toned(|row| row.tone)
        .grid()
        .without_empty_columns()
}

/// Returns a number of accounts; empty for none.
fn count(count: u32) -> Cell {
    if count == 0 { Cell::Empty } else { count.into() }
}
