use jiff::civil::Date;
use thiserror::Error;

use crate::pricing::{OrderError, Party, QuoteError};

/// The reason why there is no schedule.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ScheduleError {
    /// The plan has no date: what is due cannot be known.
    #[error("the plan has no date")]
    NoDate,
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

impl From<QuoteError> for ScheduleError {
    fn from(error: QuoteError) -> ScheduleError {
        match error {
            QuoteError::Order(error) => ScheduleError::Order(error),
            QuoteError::Overflow => ScheduleError::Overflow,
        }
    }
}
