use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::BudgetError;
use crate::plan::Plan;

/// The horizon of a budget and its periods.
///
/// ```
/// use wxlicense::planning::budget::{BudgetOptions, PeriodLength};
/// let options = BudgetOptions { years: 5, by: PeriodLength::Quarter, ..BudgetOptions::default() };
/// assert_eq!(options.fiscal_year_start, 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetOptions {
    /// First day of the horizon, Beijing time; the plan's date if `None`.
    pub from: Option<Date>,
    /// The years of the horizon, from 1 to [`BudgetOptions::MOST_YEARS`].
    pub years: u32,
    /// First day after the horizon, Beijing time; `years` after its first day if `None`.
    pub end: Option<Date>,
    /// The growth of the heads at each renewal, in percent; above −100.
    pub growth: Option<Decimal>,
    /// Length of [`Budget::periods`](super::Budget::periods).
    pub by: PeriodLength,
    /// Month in which the fiscal year begins, from 1 to 12. Quarters are counted from it.
    pub fiscal_year_start: u32,
}

impl BudgetOptions {
    /// The longest horizon, in years.
    pub const MOST_YEARS: u32 = 50;
}

impl Default for BudgetOptions {
    /// One year by month, from the plan's date, without growth, in calendar years.
    fn default() -> BudgetOptions {
        BudgetOptions {
            from: None,
            years: 1,
            end: None,
            growth: None,
            by: PeriodLength::Month,
            fiscal_year_start: 1,
        }
    }
}

/// The length of a period of a budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum PeriodLength {
    /// A calendar month.
    Month,
    /// Three months, counted from the start of the fiscal year.
    Quarter,
    /// A fiscal year.
    Year,
}

impl PeriodLength {
    /// Returns how many months it has.
    pub const fn months(self) -> u32 {
        match self {
            PeriodLength::Month => 1,
            PeriodLength::Quarter => 3,
            PeriodLength::Year => 12,
        }
    }
}

/// Valid options, with the days that follow from them.
pub(super) struct Horizon {
    pub(super) from: Date,
    /// First day after the horizon.
    pub(super) end: Date,
    /// The growth of the heads at a renewal, as a part of one.
    pub(super) growth: Decimal,
}

impl BudgetOptions {
    /// Returns every error of the options that does not depend on the plan: years, month and growth.
    pub fn problems(&self) -> Vec<BudgetError> {
        let mut errors = Vec::new();
        if !(1..=BudgetOptions::MOST_YEARS).contains(&self.years) {
            errors.push(BudgetError::Years { years: self.years });
        }
        if !(1..=12).contains(&self.fiscal_year_start) {
            errors.push(BudgetError::FiscalYearStart { month: self.fiscal_year_start });
        }
        let percent = self.growth.unwrap_or_default();
        if percent <= -Decimal::ONE_HUNDRED {
            errors.push(BudgetError::Growth { percent });
        }
        errors
    }

    pub(super) fn horizon(&self, plan: &Plan) -> Result<Horizon, Vec<BudgetError>> {
        let from = self.from.or(plan.date);
        let mut errors: Vec<BudgetError> =
            from.is_none().then_some(BudgetError::NoStart).into_iter().collect();
        errors.extend(self.problems());
        let percent = self.growth.unwrap_or_default();
        let end = from.filter(|_| errors.is_empty());
        let end = end.and_then(|from| self.end.or_else(|| years_after(from, self.years)));
        match (from, end) {
            (Some(from), Some(end)) => {
                let growth = percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
                Ok(Horizon { from, end, growth })
            }
            _ => {
                if errors.is_empty() {
                    errors.push(BudgetError::BeyondCalendar);
                }
                Err(errors)
            }
        }
    }
}

fn years_after(day: Date, years: u32) -> Option<Date> {
    day.checked_add(Span::new().try_years(years).ok()?).ok()
}
