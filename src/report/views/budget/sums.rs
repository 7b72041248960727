//! The sums of a budget by period.

use jiff::civil::Date;

use super::{last_day, period_name};
use crate::diagnostic::lang::Message;
use crate::planning::budget::{Budget, BudgetLine, Period, PeriodLength};
use crate::pricing::{OrderStatus, Totals};
use crate::report::views::facts::{fields, open_fields, unconfirmed_field};
use crate::report::{Block, Cell, Columns, Grid, Heading, LeftOut, PartRole, Placed, Source};

/// Returns the sums of the years, then those of the periods that have any order, and what they leave out. Sums that
/// would be the same are there once; one period of the whole horizon has none beside its orders.
pub(super) fn sums(budget: &Budget, by: PeriodLength) -> Vec<Block> {
    let mut blocks = match shows_only_orders(budget) {
        true => Vec::new(),
        false => blocks(budget, by, Unconfirmed::LeftOut),
    };
    if budget.lines.is_empty() {
        blocks.push(Block::remark(Message::new("budget-no-orders")));
    }
    blocks
}

/// Returns all sums, with the unconfirmed orders in a column, for a workbook, whose formulas compute them.
pub(super) fn sums_of_workbook(budget: &Budget, by: PeriodLength) -> Vec<Block> {
    let mut blocks = blocks(budget, by, Unconfirmed::Column);
    if budget.lines.is_empty() {
        blocks.push(Block::remark(Message::new("budget-no-orders")));
    }
    blocks
}

/// Returns true if the orders themselves are the only period.
pub(super) fn shows_only_orders(budget: &Budget) -> bool {
    budget.periods.len() == 1
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unconfirmed {
    Column,
    LeftOut,
}

fn blocks(budget: &Budget, by: PeriodLength, unconfirmed: Unconfirmed) -> Vec<Block> {
    let with_orders: Vec<Period> =
        budget.periods.iter().filter(|period| !period.lines.is_empty()).cloned().collect();
    let years = (PeriodLength::Year, &budget.years);
    let periods = (by, &with_orders);
    let is_workbook = unconfirmed == Unconfirmed::Column;
    let shown = match (by, budget.years.len(), with_orders.len()) {
        (PeriodLength::Year, ..) | (_, _, 0) => vec![years],
        _ if is_workbook => vec![years, periods],
        (_, 1, _) => vec![periods],
        (_, _, 1) => vec![years],
        _ => vec![years, periods],
    };
    let mut blocks = Vec::new();
    for (index, (by, periods)) in shown.into_iter().enumerate() {
        let role = if index == 0 { PartRole::Summary } else { PartRole::Section };
        blocks.push(Block::Heading(Heading::from(step_heading(by)).of(role)));
        blocks.push(Block::Grid(period_grid(budget, periods, by, unconfirmed)));
        if index == 0 {
            let in_column = is_workbook.then(|| unconfirmed_field(&budget.totals));
            blocks
                .extend(fields(in_column.flatten().into_iter().chain(open_fields(&budget.totals)).collect()));
        }
    }
    blocks
}

fn step_heading(by: PeriodLength) -> Message {
    Message::new(match by {
        PeriodLength::Month => "budget-months",
        PeriodLength::Quarter => "budget-quarters",
        PeriodLength::Year => "budget-years",
    })
}

/// A row of sums.
struct Sums<'b> {
    label: Cell,
    lines: &'b [BudgetLine],
    totals: &'b Totals,
    /// The first and the last day of the orders; `None` for all of them.
    days: Option<(Date, Date)>,
}

impl Sums<'_> {
    fn firm_orders(&self) -> u64 {
        let firm = self.lines.iter().filter(|line| line.order.quote.status == OrderStatus::Confirmed);
        u64::try_from(firm.count()).unwrap_or(u64::MAX)
    }

    fn cell(&self, value: impl Into<Cell>, what: Placed) -> Cell {
        value.into().computed(match self.days {
            Some((from, to)) => Source::Placed { from, to, what },
            None => Source::Column,
        })
    }
}

/// Returns the sums by period and, of several periods, all together. Unconfirmed orders are in none but those of their
/// own column.
fn period_grid(budget: &Budget, periods: &[Period], by: PeriodLength, unconfirmed: Unconfirmed) -> Grid {
    let of_periods = periods.iter().map(|period| {
        let name = period_name(period, by);
        let label = match period.partial {
            true => Message::new("budget-partial").with("period", name).into(),
            false => Cell::Text(name),
        };
        let days = Some((period.from.max(budget.from), period.to.min(last_day(budget))));
        Sums { label, lines: budget.lines_of(period), totals: &period.totals, days }
    });
    let label = Message::new("report-total").into();
    let total = Sums { label, lines: &budget.lines, totals: &budget.totals, days: None };
    let has_total = periods.len() > 1 || unconfirmed == Unconfirmed::Column;
    let with_unconfirmed = unconfirmed == Unconfirmed::Column && budget.totals.unconfirmed_orders > 0;
    let grid = Columns::of(of_periods.chain(has_total.then_some(total)))
        .left("period", "budget-period", |sums| sums.label.clone())
        .right("orders", "budget-order-count", |sums| sums.cell(sums.firm_orders(), Placed::Orders))
        .when(with_unconfirmed, |columns| {
            columns.right("unconfirmed", "report-total-unconfirmed", |sums| {
                sums.cell(sums.totals.unconfirmed, Placed::Unconfirmed)
            })
        })
        .right("list_price", "report-list-price", |sums| sums.cell(sums.totals.list_price, Placed::ListPrice))
        .left_out(LeftOut::ToKeepWords)
        .right("waived", "report-total-waived", |sums| sums.cell(sums.totals.waived, Placed::Waived))
        .left_out(LeftOut::ToKeepWords)
        .right("payable", "report-payable", |sums| sums.cell(sums.totals.payable, Placed::Payable))
        .grid();
    if has_total { grid.closed_by_total() } else { grid }
}
