//! What each payer pays, and the limits within which that was searched.

use super::answer;
use super::answer::share;
use super::orders::{Placed, activation_grid, order_grid, reason_remarks};
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::planning::optimize::{Limits, OptimizeTotals, OptimizedPlan, PayerOptimum, Policy};
use crate::pricing::OrderStatus;
use crate::report::{Block, Cell, Columns, Field, Grid, Heading, LeftOut, PartRole, Tone};

/// Returns a row for each confirmed payer, and their sum.
pub(super) fn payer_grid(optimized: &OptimizedPlan) -> Grid {
    grid_of(optimized, OrderStatus::Confirmed, &optimized.totals)
}

fn grid_of(optimized: &OptimizedPlan, status: OrderStatus, totals: &OptimizeTotals) -> Grid {
    let payers: Vec<&PayerOptimum> = optimized.payers.iter().filter(|payer| payer.status == status).collect();
    let has_sum = payers.len() > 1;
    let is_robust = totals.worst.is_some();
    let grid = Columns::of(payers)
        .left("payer", "report-school", |payer| payer.payer.name.clone())
        .right("orders", "optimize-order-count", |payer| orders(payer))
        .left("sure", "optimize-proof", |payer| proof(payer))
        .right("yearly", "optimize-yearly", |payer| policy(payer, Policy::Yearly))
        .right("co_terminated", "optimize-co-terminated", |payer| policy(payer, Policy::CoTerminated))
        .left_out(LeftOut::ToKeepWords)
        .right("change", "optimize-change", |payer| change(payer))
        .when(is_robust, |columns| columns.right("worst", "optimize-worst", |payer| worst(payer)))
        .right("cost", "optimize-cost", |payer| cost(payer))
        .toned(|payer| match &payer.found {
            Ok(_) => Tone::Plain,
            Err(reason) if reason.is_free() => Tone::Free,
            Err(_) => Tone::Caution,
        })
        .grid();
    if !has_sum {
        return grid;
    }
    let plans = optimized.payers.iter().filter(|payer| payer.status == status);
    let plans = plans.filter_map(|payer| payer.found.as_ref().ok());
    let co_terminated: Option<Vec<Money>> = plans.map(|plan| plan.baseline(Policy::CoTerminated)).collect();
    let co_terminated = co_terminated.and_then(|costs| costs.into_iter().sum::<Option<Money>>());
    let cells = grid.columns.iter().map(|column| match column.key {
        "payer" => Message::new("report-total").into(),
        "orders" => totals.orders.into(),
        "cost" => totals.cost.into(),
        "yearly" => Cell::known(totals.baseline),
        "change" => percent_less(totals.cost, totals.baseline),
        "worst" => Cell::known(totals.worst),
        "sure" if is_robust => Cell::Empty,
        "sure" => answer::proof(totals.cost, totals.lower_bound).into(),
        "co_terminated" => Cell::known(co_terminated),
        _ => Cell::Empty,
    });
    let cells = cells.collect();
    grid.total(cells)
}

/// Returns the plans of unconfirmed payers, which are in no total.
pub(super) fn outside_blocks(optimized: &OptimizedPlan, orders: &[Placed<'_>]) -> Vec<Block> {
    if optimized.payers.iter().all(|payer| payer.status == OrderStatus::Confirmed) {
        return Vec::new();
    }
    let heading = Heading::from(Message::new("report-unconfirmed-payments")).of(PartRole::OutsideTotal);
    let grid = grid_of(optimized, OrderStatus::Unconfirmed, &optimized.unconfirmed);
    let mut blocks = vec![Block::Heading(heading), Block::Grid(grid)];
    if !orders.is_empty() {
        blocks.push(Block::Grid(order_grid(orders)));
        blocks.push(Block::Grid(activation_grid(orders)));
        blocks.push(Block::Remarks(reason_remarks(orders)));
    }
    blocks
}

fn orders(payer: &PayerOptimum) -> Option<u64> {
    let plan = payer.found.as_ref().ok()?;
    u64::try_from(plan.orders.len()).ok()
}

fn cost(payer: &PayerOptimum) -> Cell {
    match &payer.found {
        Ok(plan) => plan.optimum.cost.into(),
        Err(reason) if reason.is_free() => Money::ZERO.into(),
        Err(_) => Cell::Unknown,
    }
}

/// Returns what a plan costs at most.
fn worst(payer: &PayerOptimum) -> Cell {
    match &payer.found {
        Ok(plan) => Cell::known(plan.worst_case.as_ref().map(|worst| worst.cost)),
        Err(_) => cost(payer),
    }
}

fn policy(payer: &PayerOptimum, policy: Policy) -> Cell {
    match &payer.found {
        Ok(plan) => Cell::known(plan.baseline(policy)),
        Err(_) => Cell::Empty,
    }
}

fn change(payer: &PayerOptimum) -> Cell {
    match &payer.found {
        Ok(plan) => percent_less(plan.optimum.cost, plan.yearly()),
        Err(_) => Cell::Empty,
    }
}

/// Returns how much less a cost is than another, as a part of that.
fn percent_less(cost: Money, yearly: Option<Money>) -> Cell {
    let change = yearly.and_then(|yearly| share(cost.checked_sub(yearly)?, yearly));
    change.map_or(Cell::Empty, Cell::Percent)
}

fn proof(payer: &PayerOptimum) -> Cell {
    match &payer.found {
        Ok(plan) => match &plan.worst_case {
            Some(worst) => answer::proof(worst.cost, worst.lower_bound).into(),
            None => answer::proof(plan.optimum.cost, plan.optimum.lower_bound).into(),
        },
        Err(reason) => Message::new("optimize-outcome").with("outcome", reason.as_str()).into(),
    }
}

/// Returns every limit, those by default too.
pub(super) fn limits_fields(optimized: &OptimizedPlan) -> Vec<Field> {
    let mut payers = optimized.payers.iter();
    let Some(first) = payers.next() else { return Vec::new() };
    let Limits {
        most_term, hold_codes, order_days, orders_per_year, order_cost, round_to, whole_months, ..
    } = &first.limits;
    let days = |days: u32| Message::new("term-days").with("total", days);
    let is_alike = payers.all(|payer| payer.limits.least_term == first.limits.least_term);
    let least = match first.limits.least_term.filter(|_| is_alike) {
        Some(least) => days(least),
        None => Message::new("optimize-limit-own-term"),
    };
    let placed: Vec<String> = order_days.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect();
    let placed = match placed.is_empty() {
        true => Message::new("optimize-limit-any-day"),
        false => Message::new("report-list").with("items", placed),
    };
    let terms = if *whole_months { "optimize-limit-whole-months" } else { "optimize-limit-any-term" };
    let budget = first.limits.year_budget.map(|budget| Field::new("optimize-limit-year-budget", budget));
    let rest = first
        .limits
        .value_rest
        .then(|| Field::new("optimize-limit-rest", Message::new("optimize-limit-rest-counts")));
    let mut fields = vec![
        Field::new("optimize-limit-least-term", least),
        Field::new("optimize-limit-most-term", days(*most_term)),
        Field::new("optimize-limit-terms", Message::new(terms)),
        Field::new("optimize-limit-hold-codes", days(*hold_codes)),
        Field::new("optimize-limit-order-days", placed),
        Field::new("optimize-limit-orders-per-year", *orders_per_year),
        Field::new("optimize-limit-order-cost", *order_cost),
        Field::new("optimize-limit-round-to", *round_to),
    ];
    fields.extend(budget.into_iter().chain(rest));
    fields
}
