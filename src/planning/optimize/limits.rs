use jiff::civil::Date;

use crate::money::Money;

/// What an order may be, and how far the search may go: limits of practice beside WeCom's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Shortest term of an order in days, inclusive. WeCom wants at least that of the app's order (O4,
    /// docs/rules.md#o4); the default is a year of 372 days.
    pub least_term: u32,
    /// Longest term of an order in days, inclusive.
    pub most_term: u32,
    /// The longest that a paid code may lie unactivated, in days; T4 (docs/rules.md#t4) limits it as well.
    pub hold_codes: u32,
    /// Days of the year on which orders are placed, as month and day; empty for every day.
    pub order_days: Vec<(i8, i8)>,
    /// The most orders of a year of the horizon, inclusive.
    pub orders_per_year: u32,
    /// What placing an order costs besides its price.
    pub order_cost: Money,
    /// Accounts are bought in multiples of this number.
    pub round_to: u32,
    /// True if terms are whole months, so that P8 (docs/rules.md#p8) prices nothing.
    pub whole_months: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            least_term: 372,
            most_term: 1860,
            hold_codes: 366,
            order_days: Vec::new(),
            orders_per_year: DEFAULT_ORDERS_PER_YEAR,
            order_cost: Money::ZERO,
            round_to: 1,
            whole_months: false,
        }
    }
}

impl Limits {
    /// Returns true if orders may be placed on a day.
    pub(super) fn allows_day(&self, date: Date) -> bool {
        self.order_days.is_empty() || self.order_days.contains(&(date.month(), date.day()))
    }
}

/// Two a month.
const DEFAULT_ORDERS_PER_YEAR: u32 = 24;
