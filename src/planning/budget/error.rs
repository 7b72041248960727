use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use super::BudgetOptions;
use crate::pricing::{OrderError, Party, QuoteError};

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
    /// An order cannot be placed.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// Accounts of an order would expire after the end of the calendar.
    #[error("{} on {date}: its accounts expire beyond the calendar", payer.name.as_deref().unwrap_or("the order"))]
    Expiry {
        /// Payer of the order.
        payer: Party,
        /// Day of the order, Beijing time.
        date: Date,
    },
    /// A price of the rate card, or a sum, overflows the range of money.
    #[error("the total is too large to be computed")]
    Overflow,
}

impl From<QuoteError> for BudgetError {
    fn from(error: QuoteError) -> BudgetError {
        match error {
            QuoteError::Order(error) => BudgetError::Order(error),
            QuoteError::Overflow => BudgetError::Overflow,
        }
    }
}
