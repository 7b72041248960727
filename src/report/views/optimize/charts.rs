//! Users against accounts over time: a picture for each payer and type, and a table by month for a workbook.

use std::cmp::Reverse;

use jiff::ToSpan;
use jiff::civil::Date;

use super::orders::{Placed, placed};
use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::{Message, account_type_word, term_words};
use crate::money::Money;
use crate::planning::optimize::{CoverageStep, OptimizedPlan, PayerOptimum, PayerPlan, coverage};
use crate::pricing::OrderStatus;
use crate::report::{Block, Chart, ChartKind, Columns, Coverage, CoveragePoint, Grid, GridChart};

/// More pictures than these are no overview; those of the dearest payers are drawn.
const MOST_CHARTS: usize = 12;

/// Returns a picture for each confirmed payer and type that anybody needs.
pub(super) fn coverage_charts(optimized: &OptimizedPlan) -> Vec<Block> {
    let firm = optimized.payers.iter().filter(|payer| payer.status == OrderStatus::Confirmed);
    let plans = firm.filter_map(|payer| Some((payer, payer.found.as_deref().ok()?)));
    let mut charts: Vec<(Money, Chart)> = Vec::new();
    for (payer, plan) in plans {
        let steps = coverage(plan);
        for account_type in AccountType::ALL {
            if steps.iter().any(|step| *step.need.get(account_type) > 0) {
                charts.push((plan.optimum.cost, chart(optimized, (payer, plan), &steps, account_type)));
            }
        }
    }
    charts.sort_by_key(|(cost, _)| Reverse(*cost));
    charts.into_iter().take(MOST_CHARTS).map(|(_, chart)| Block::Chart(chart)).collect()
}

fn chart(
    optimized: &OptimizedPlan,
    (payer, plan): (&PayerOptimum, &PayerPlan),
    steps: &[CoverageStep],
    account_type: AccountType,
) -> Chart {
    let point = |step: &CoverageStep| CoveragePoint {
        day: step.day,
        need: *step.need.get(account_type),
        active: *step.serving().get(account_type),
    };
    let of_type = plan.orders.iter().filter(|order| *order.order.counts.get(account_type) > 0);
    let orders = of_type.map(|order| {
        let date = plan.date(order.order.day);
        let text = Message::new("optimize-coverage-order")
            .with("date", date)
            .with("count", *order.order.counts.get(account_type))
            .with("term", term_words(order.quote.term, order.quote.days))
            .with("price", order.order.price);
        (date, text)
    });
    let title = Message::new("optimize-coverage")
        .with("name", payer.payer.name.clone().unwrap_or_default())
        .with("type", account_type_word(account_type));
    let steps = steps.iter().map(point).collect();
    let kind = Coverage { from: optimized.from, end: optimized.end, steps, orders: orders.collect() };
    Chart { title, kind: ChartKind::Coverage(kind), requested: false }
}

/// Users, accounts and payments of a month.
struct Month {
    day: Date,
    need: Counts,
    active: Counts,
    paid: Money,
    bought: Counts,
}

impl Month {
    /// Returns the accounts that run, in a month with an order of the type: where a picture has its point.
    fn marked(&self, account_type: AccountType) -> Option<u32> {
        (*self.bought.get(account_type) > 0).then(|| *self.active.get(account_type))
    }
}

/// Returns users and accounts of all confirmed payers on the first day of the horizon and of each month, with what is paid
/// from that day on until the next.
pub(super) fn month_grid(optimized: &OptimizedPlan) -> Grid {
    let firm = optimized.payers.iter().filter(|payer| payer.status == OrderStatus::Confirmed);
    let plans = firm.filter_map(|payer| payer.found.as_deref().ok());
    let steps: Vec<Vec<CoverageStep>> = plans.map(coverage).collect();
    let orders = placed(optimized, OrderStatus::Confirmed);
    let mut months = Vec::new();
    let mut day = optimized.from;
    while day < optimized.end {
        let next = day.first_of_month().checked_add(1.month()).unwrap_or(optimized.end);
        months.push(month(day, next, &steps, &orders));
        day = next;
    }
    let mut grid = Columns::of(months)
        .left("month", "optimize-month", |month| month.day)
        .right("need_basic", "optimize-need-basic", |month| month.need.basic)
        .right("active_basic", "optimize-active-basic", |month| month.active.basic)
        .right("need_interop", "optimize-need-interop", |month| month.need.interop)
        .right("active_interop", "optimize-active-interop", |month| month.active.interop)
        .right("paid", "optimize-paid-since", |month| (month.paid > Money::ZERO).then_some(month.paid))
        .right("order_basic", "optimize-order-basic", |month| month.marked(AccountType::Basic))
        .right("order_interop", "optimize-order-interop", |month| month.marked(AccountType::Interop))
        .grid();
    let drawn = [(AccountType::Basic, 1, 6), (AccountType::Interop, 3, 7)];
    let is_needed =
        |account_type| steps.iter().flatten().any(|step: &CoverageStep| *step.need.get(account_type) > 0);
    for (account_type, line, points) in
        drawn.into_iter().filter(|(account_type, ..)| is_needed(*account_type))
    {
        let title = Message::new("optimize-coverage-of").with("type", account_type_word(account_type));
        grid.charts.push(GridChart { title, names: 0, bars: line + 1, line, points: Some(points) });
    }
    grid
}

fn month(day: Date, next: Date, steps: &[Vec<CoverageStep>], orders: &[Placed<'_>]) -> Month {
    let mut month =
        Month { day, need: Counts::ZERO, active: Counts::ZERO, paid: Money::ZERO, bought: Counts::ZERO };
    for steps in steps {
        let Some(step) = steps.iter().rev().find(|step| step.day <= day) else { continue };
        month.need = month.need.saturating_add(step.need);
        month.active = month.active.saturating_add(step.active);
    }
    let placed = orders.iter().filter(|order| (day..next).contains(&order.date()));
    for order in placed.clone() {
        month.bought = month.bought.saturating_add(order.order.order.counts);
    }
    month.paid = placed.map(|order| order.order.order.price).sum::<Option<Money>>().unwrap_or_default();
    month
}
