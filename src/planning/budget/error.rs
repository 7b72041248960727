use rust_decimal::Decimal;
use thiserror::Error;

use super::BudgetOptions;
use crate::planning::schedule::ScheduleError;

/// The reason why there is no budget.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BudgetError {
    /// Neither the plan nor the options state the first day of the horizon.
    #[error("the plan has no date, and no first day is given")]
    NoStart,
    /// The number of years is 0, or above [`BudgetOptions::MOST_YEARS`](super::BudgetOptions::MOST_YEARS).
    #[error("a horizon of {years} years is outside 1 to {}", BudgetOptions::MOST_YEARS)]
    Years {
        /// The years asked for.
        years: u32,
    },
    /// The growth is −100 percent or less.
    #[error("a growth of {percent} % is not above -100 %")]
    Growth {
        /// The growth asked for, in percent.
        percent: Decimal,
    },
    /// The first month of the fiscal year is not from 1 to 12.
    #[error("month {month} is outside 1 to 12")]
    FiscalYearStart {
        /// The month asked for.
        month: u32,
    },
    /// The horizon is outside the calendar.
    #[error("the horizon ends beyond the calendar")]
    BeyondCalendar,
    /// The schedule cannot be computed.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A sum overflows the range of money.
    #[error("the total is too large to be computed")]
    Overflow,
}
