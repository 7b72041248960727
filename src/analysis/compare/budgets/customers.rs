//! What each customer pays on both sides, and what decides it.

use std::collections::HashMap;
use std::ops::Range;

use jiff::civil::Date;

use super::super::Change;
use super::super::cause::{Tally, sum_by_cause};
use super::route::{BudgetRoute, DatedSide, Placed, SchoolPair};
use super::{BudgetCustomerChange, BudgetCustomerState, PeriodAmounts, PlacedOrders};
use crate::account::Counts;
use crate::plan::Trials;
use crate::planning::budget::BudgetLine;

/// The orders of a side that buy accounts for each school, by code.
type OrdersOf<'s> = HashMap<&'s str, Vec<Bought<'s>>>;

/// An order, and the accounts that it buys for a school.
#[derive(Clone, Copy)]
struct Bought<'s> {
    line: &'s BudgetLine,
    accounts: Counts,
}

/// Builds one row for each customer from the tallies of its cells; `None` if a sum overflows the range of money.
pub(super) fn customers(route: &BudgetRoute<'_>, tallies: Vec<Tally>) -> Option<Vec<BudgetCustomerChange>> {
    let old = route.amounts_of(&route.old.budget)?;
    let new = route.amounts_of(&route.new.budget)?;
    let orders = (orders_of(route.old), orders_of(route.new));
    let spans = route.old_spans.len();
    let mut cells = old.into_iter().zip(new).zip(tallies);
    let schools = route.schools.iter();
    schools.map(|pair| customer(route, &orders, *pair, cells.by_ref().take(spans))).collect()
}

fn customer(
    route: &BudgetRoute<'_>,
    (old_orders, new_orders): &(OrdersOf<'_>, OrdersOf<'_>),
    pair: SchoolPair<'_>,
    cells: impl Iterator<Item = ((Change, Change), Tally)>,
) -> Option<BudgetCustomerChange> {
    let school = pair.new.or(pair.old)?.school;
    let (old_orders, new_orders) = (bought(old_orders, &school.code), bought(new_orders, &school.code));
    let spans = route.old_spans.iter().zip(&route.new_spans);
    let periods: Vec<PeriodAmounts> = cells
        .zip(spans)
        .map(|(((old, new), tally), (old_span, new_span))| PeriodAmounts {
            old,
            new,
            old_complete: is_complete(in_span(old_orders, old_span)),
            new_complete: is_complete(in_span(new_orders, new_span)),
            causes: tally.into_causes(),
        })
        .collect();
    let (causes, difference) = sum_by_cause(periods.iter().flat_map(|period| &period.causes))?;
    let share = |of: fn(&PeriodAmounts) -> Change| {
        periods.iter().try_fold(Change::ZERO, |sum, period| sum.checked_add(of(period)))
    };
    let (old_share, new_share) = (share(|period| period.old)?, share(|period| period.new)?);
    let old = pair.old.map(|placed| state(route.old, placed, old_orders, old_share));
    let new = pair.new.map(|placed| state(route.new, placed, new_orders, new_share));
    Some(BudgetCustomerChange { party: school.party(), old, new, periods, causes, difference })
}

fn state(
    side: &DatedSide,
    Placed { school, payer }: Placed<'_>,
    orders: &[Bought<'_>],
    share: Change,
) -> BudgetCustomerState {
    let DatedSide { plan, budget, .. } = side;
    let last = budget.end.yesterday().unwrap_or(budget.end);
    let (positions, _) = plan.group_holdings(&[school]).positions(budget.date, Trials::Ignored);
    let position = positions.first();
    BudgetCustomerState {
        party: school.party(),
        payer: payer.party(),
        users_first: school.users(budget.from),
        users_last: school.users(last),
        have: position.map_or(Counts::ZERO, |position| position.active.saturating_add(position.codes)),
        charged: school.is_charged(&plan.card),
        term: payer.term,
        negotiated: payer.negotiated,
        status: school.status,
        orders: by_kind(orders),
        share,
        complete: is_complete(orders.iter().copied()),
    }
}

fn orders_of(side: &DatedSide) -> OrdersOf<'_> {
    let mut orders = OrdersOf::new();
    for line in &side.budget.lines {
        for member in line.order.quote.members.iter().filter(|member| !member.counts.is_zero()) {
            let code = member.party.code.as_deref().unwrap_or_default();
            orders.entry(code).or_default().push(Bought { line, accounts: member.counts });
        }
    }
    orders
}

fn bought<'o, 's>(orders: &'o OrdersOf<'s>, code: &str) -> &'o [Bought<'s>] {
    orders.get(code).map_or(&[], Vec::as_slice)
}

fn by_kind(orders: &[Bought<'_>]) -> Vec<PlacedOrders> {
    let mut sums: Vec<PlacedOrders> = Vec::new();
    for Bought { line, accounts } in orders {
        let kind = line.order.kind;
        let free = u32::from(line.order.quote.is_free());
        match sums.iter_mut().find(|sum| sum.kind == kind) {
            Some(sum) => {
                (sum.count, sum.free) = (sum.count + 1, sum.free + free);
                sum.accounts = sum.accounts.saturating_add(*accounts);
            }
            None => sums.push(PlacedOrders { kind, count: 1, accounts: *accounts, free }),
        }
    }
    sums.sort_by_key(|sum| sum.kind);
    sums
}

fn in_span<'o, 's>(
    orders: &'o [Bought<'s>],
    span: &Range<Date>,
) -> impl Iterator<Item = Bought<'s>> + use<'o, 's> {
    let from = orders.partition_point(|bought| bought.line.order.date < span.start);
    let to = orders.partition_point(|bought| bought.line.order.date < span.end);
    orders[from..to].iter().copied()
}

fn is_complete<'s>(mut orders: impl Iterator<Item = Bought<'s>>) -> bool {
    orders.all(|bought| bought.line.order.quote.payable().is_some())
}
