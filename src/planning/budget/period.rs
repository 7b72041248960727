use std::ops::Range;

use jiff::Span;
use jiff::civil::Date;

use super::options::Horizon;
use super::{BudgetError, BudgetLine, PeriodLength, totals};
use crate::pricing::Totals;

/// A month, quarter or fiscal year of a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its first day, Beijing time; the horizon may begin later.
    pub from: Date,
    /// Its last day, inclusive; the horizon may end earlier.
    pub to: Date,
    /// True if a part of it lies outside the horizon, so that its totals are not those of the whole period.
    pub partial: bool,
    /// Its lines, as a range of [`Budget::lines`](super::Budget::lines).
    pub lines: Range<usize>,
    /// The sums of its lines.
    pub totals: Totals,
}

/// Returns the periods of a horizon, with their parts of the lines, which are sorted by day.
pub(super) fn periods(
    lines: &[BudgetLine],
    horizon: &Horizon,
    step: PeriodLength,
    fiscal_year_start: u32,
) -> Result<Vec<Period>, BudgetError> {
    let mut periods = Vec::new();
    let mut from = first_day(horizon.from, step, fiscal_year_start).ok_or(BudgetError::BeyondCalendar)?;
    let mut begin = 0;
    while from < horizon.end {
        let next = months_after(from, step.months()).ok_or(BudgetError::BeyondCalendar)?;
        let to = next.yesterday().map_err(|_| BudgetError::BeyondCalendar)?;
        let end = begin + lines[begin..].partition_point(|line| line.order.date < next);
        periods.push(Period {
            from,
            to,
            partial: from < horizon.from || horizon.end < next,
            lines: begin..end,
            totals: totals(&lines[begin..end])?,
        });
        (begin, from) = (end, next);
    }
    Ok(periods)
}

/// Returns the first day of the period that contains a day.
fn first_day(day: Date, step: PeriodLength, fiscal_year_start: u32) -> Option<Date> {
    let month = u32::try_from(day.month()).ok()?;
    let months_into_year = (month + 12 - fiscal_year_start) % 12;
    day.first_of_month().checked_sub(Span::new().try_months(months_into_year % step.months()).ok()?).ok()
}

fn months_after(day: Date, months: u32) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}
