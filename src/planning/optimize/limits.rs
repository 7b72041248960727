use jiff::civil::Date;

use super::OptimizeError;
use crate::money::Money;
use crate::rates::TermRules;

/// What an order may be, and how far the search may go: limits of practice beside WeCom's rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Shortest term of an order in days, inclusive; `None` for the school's own term, or that of the app order that
    /// the plan states, if that is longer: WeCom wants at least that (O4, docs/rules.md#o4).
    pub least_term: Option<u32>,
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
    /// The most that may be paid in a year of the horizon, inclusive; placing orders is no part of it.
    pub year_budget: Option<Money>,
    /// True if what is left after the horizon counts: the cost is then less by [`Optimum::rest`](super::Optimum::rest).
    pub value_rest: bool,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            least_term: None,
            most_term: 1860,
            hold_codes: 366,
            order_days: Vec::new(),
            orders_per_year: DEFAULT_ORDERS_PER_YEAR,
            order_cost: Money::ZERO,
            round_to: 1,
            whole_months: false,
            year_budget: None,
            value_rest: false,
        }
    }
}

impl Limits {
    /// Returns the shortest and the longest term in days that these limits and a card allow, both inclusive; `usual` is the
    /// shortest one unless the limits have one.
    pub(super) fn terms(&self, card: &TermRules, usual: u32) -> Result<(u32, u32), OptimizeError> {
        let mut least = self.least_term.unwrap_or(usual).max(card.least_days);
        let mut most = self.most_term.min(card.most_days);
        if self.whole_months {
            let month = card.days_per_month.max(1);
            (least, most) = (least.next_multiple_of(month), most - most % month);
        }
        if least > most { Err(OptimizeError::NoTerm { least, most }) } else { Ok((least, most)) }
    }

    /// Returns true if orders may be placed on a day.
    pub(super) fn allows_day(&self, date: Date) -> bool {
        self.order_days.is_empty() || self.order_days.contains(&(date.month(), date.day()))
    }
}

/// Two a month.
const DEFAULT_ORDERS_PER_YEAR: u32 = 24;
