//! Parts of the periods of two budgets, in pairs.

use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::super::cause::sum_by_cause;
use super::route::BudgetRoute;
use super::{BudgetCustomerChange, PeriodChange, PeriodSide};
use crate::planning::budget::{Budget, PeriodLength};
use crate::pricing::Totals;

/// Returns the parts of a budget's period, in order and without gaps: of the calendar, or counted from its first
/// day. `None` beyond the calendar.
pub(super) fn spans(budget: &Budget, by: PeriodLength, counted: bool) -> Option<Vec<Range<Date>>> {
    if !counted {
        let of_calendar = budget.periods.iter().map(|period| Some(period.from..period.to.tomorrow().ok()?));
        return of_calendar.collect();
    }
    let mut spans = Vec::new();
    let mut start = budget.from;
    for months in (by.months()..).step_by(usize::try_from(by.months()).ok()?) {
        let end = budget.from.checked_add(Span::new().try_months(months).ok()?).ok()?.min(budget.end);
        spans.push(start..end);
        if budget.end <= end {
            break;
        }
        start = end;
    }
    Some(spans)
}

/// Returns the difference of each part; `None` if a sum overflows the range of money.
pub(super) fn periods(
    route: &BudgetRoute<'_>,
    customers: &[BudgetCustomerChange],
) -> Option<Vec<PeriodChange>> {
    let pairs = route.old_spans.iter().zip(&route.new_spans).enumerate();
    pairs
        .map(|(index, (old, new))| {
            let parts = customers.iter().filter_map(|customer| customer.periods.get(index));
            let (causes, difference) = sum_by_cause(parts.flat_map(|part| &part.causes))?;
            let (old, new) = (side(&route.old.budget, old)?, side(&route.new.budget, new)?);
            Some(PeriodChange { old, new, causes, difference })
        })
        .collect()
}

fn side(budget: &Budget, span: &Range<Date>) -> Option<PeriodSide> {
    let lines = budget.lines.iter().filter(|line| span.contains(&line.order.date));
    Some(PeriodSide {
        from: span.start,
        to: span.end.yesterday().ok()?,
        partial: span.start < budget.from || budget.end < span.end,
        totals: Totals::of(lines.map(|line| &line.order.quote))?,
    })
}
