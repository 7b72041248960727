use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use super::BudgetOptions;
use crate::pricing::{OrderError, Party, QuoteError};

/// The reason why there is no budget.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BudgetError {
    /// Neither the plan nor the options say where the horizon begins.
    #[error("the plan has no date, and no first day is given")]
    NoStart,
    /// A horizon of no year, or of too many.
    #[error("a horizon of {years} years is outside 1 to {}", BudgetOptions::MOST_YEARS)]
    Years {
        /// The years asked for.
        years: u32,
    },
    /// A growth that leaves nobody.
    #[error("a growth of {percent} % is not above -100 %")]
    Growth {
        /// The growth asked for, in percent.
        percent: Decimal,
    },
    /// A fiscal year that begins in no month.
    #[error("month {month} is outside 1 to 12")]
    FiscalYearStart {
        /// The month asked for.
        month: u32,
    },
    /// The horizon leaves the calendar.
    #[error("the horizon ends beyond the calendar")]
    BeyondCalendar,
    /// An order that cannot be placed.
    #[error(transparent)]
    Order(#[from] OrderError),
    /// An order whose accounts would expire beyond the calendar.
    #[error("{} on {date}: its accounts expire beyond the calendar", payer.name.as_deref().unwrap_or("the order"))]
    Expiry {
        /// Whose order.
        payer: Party,
        /// The day of the order, Beijing time.
        date: Date,
    },
    /// The prices of the rate card, or a sum, leave the range of money.
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
