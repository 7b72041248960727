use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use super::BudgetOptions;
use crate::diagnostic::{Code, Diagnostic};
use crate::pricing::{Party, PurchaseError};

/// Why there is no budget.
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
    #[error("{} on {date}: {error}", payer.name.as_deref().unwrap_or("the order"))]
    Order {
        /// Whose order.
        payer: Party,
        /// The day of the order.
        date: Date,
        /// Why.
        error: PurchaseError,
    },
    /// A sum leaves the range of money.
    #[error("the total is too large to be computed")]
    Overflow,
}

impl BudgetError {
    /// The same as a diagnostic.
    pub fn diagnostic(&self) -> Diagnostic {
        match self {
            BudgetError::NoStart => Diagnostic::new(Code::BudgetWithoutStart),
            BudgetError::Years { years } => Diagnostic::new(Code::HorizonOutOfRange)
                .with("years", u64::from(*years))
                .with("most", u64::from(BudgetOptions::MOST_YEARS)),
            BudgetError::Growth { percent } => {
                Diagnostic::new(Code::GrowthOutOfRange).with("percent", percent.to_string())
            }
            BudgetError::FiscalYearStart { month } => {
                Diagnostic::new(Code::FiscalYearStart).with("month", u64::from(*month))
            }
            BudgetError::BeyondCalendar => Diagnostic::new(Code::HorizonBeyondCalendar),
            BudgetError::Order { payer, date, error } => Diagnostic::new(Code::BudgetOrder)
                .with("payer", payer.name.clone().unwrap_or_default())
                .with("date", *date)
                .with("reason", error.diagnostic().message()),
            BudgetError::Overflow => Diagnostic::new(Code::PriceOverflow),
        }
    }
}
