use jiff::civil::Date;
use thiserror::Error;

use crate::account::AccountType;
use crate::money::Money;

/// The reason why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OptimizeError {
    /// The plan has no date: what is due cannot be known.
    #[error("the plan has no date")]
    NoDate,
    /// The horizon leaves the calendar.
    #[error("the horizon is too long")]
    TooLong,
    /// The payer's orders cost nothing: there is nothing to save.
    #[error("the payer's orders are free")]
    Free,
    /// No term is within the limits.
    #[error("the shortest term, {least} days, is longer than the longest, {most} days")]
    NoTerm {
        /// Shortest term in days.
        least: u32,
        /// Longest term in days.
        most: u32,
    },
    /// More accounts are needed at once than have a price (P5, docs/rules.md#p5).
    #[error("{users} {account_type} accounts are needed, but only {priced} have a price")]
    Unpriced {
        /// Their type.
        account_type: AccountType,
        /// The most users of a day.
        users: u32,
        /// The last account that has a price.
        priced: u64,
    },
    /// Users need an account on a day before the first one on which an order may be placed.
    #[error("{users} {account_type} accounts are missing on {day}, before the first day of an order")]
    NoOrderDay {
        /// Their type.
        account_type: AccountType,
        /// The accounts that are missing on the day, accounts and codes in stock counted.
        users: u32,
        /// The first day on which accounts are missing.
        day: Date,
        /// The first day on which an order may be placed; `None` if there is none.
        first: Option<Date>,
    },
    /// Every plan costs more in some year than its budget.
    #[error("a year's budget of {budget} is too small: at least {least} must be paid in some year")]
    YearBudget {
        /// The budget.
        budget: Money,
        /// No plan pays less than this in its dearest year; more than the budget if that is proven.
        least: Money,
        /// What the plan pays in its dearest year that pays the least there, of those that were found.
        found: Money,
    },
    /// The limits exclude every plan that was tried.
    #[error("no plan keeps to the limits")]
    NoPlan {
        /// The limits that do so: without one of them, the others kept, there is a plan. Empty if it takes more than one.
        obstacles: Vec<Obstacle>,
    },
    /// A price leaves the range of money.
    #[error("a price is too large to be computed")]
    Overflow,
}

/// A limit that excludes every plan, with what a plan found without it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The shortest term: the plan has one of so many days.
    LeastTerm(u32),
    /// The longest term: the plan has one of so many days.
    MostTerm(u32),
    /// The days that a code may lie: one lies for so many.
    HoldCodes(u32),
    /// The days of the year on which orders are placed: the first order of the plan on another day.
    OrderDays(Date),
    /// The orders of a year: so many are placed in one, as few as were found.
    OrdersPerYear(u32),
    /// The multiples in which accounts are bought: an order is not of a multiple.
    RoundTo,
    /// Terms of whole months: a term is not of whole months.
    WholeMonths,
}
