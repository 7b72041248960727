//! The flags of `compare --budget`, and what they ask for.

use clap::Args;
use jiff::civil::Date;
use rust_decimal::Decimal;
use wxlicense::analysis::compare::{BudgetComparison, BudgetSide, SharedOptions, compare_budgets};
use wxlicense::plan::Plan;
use wxlicense::planning::budget::PeriodLength;
use wxlicense::{Assumption, ComparedSide};

use crate::cli::session::Session;
use crate::cli::{Failure, days, values};

/// Periods and growth.
#[derive(Args)]
#[command(next_help_heading = "Budgets")]
pub struct BudgetArgs {
    /// Compare what is payable in a period in place of what is missing on a day
    #[arg(long)]
    budget: bool,

    /// The first day of both sides, Beijing time [default: the date of each plan]
    #[arg(long, requires = "budget", value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    from: Option<Date>,

    /// The first day of the old side, Beijing time
    #[arg(long, requires = "budget", conflicts_with = "from", value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    from_old: Option<Date>,

    /// The first day of the new side, Beijing time
    #[arg(long, requires = "budget", conflicts_with = "from", value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    from_new: Option<Date>,

    /// How many years, from 1 to 50
    #[arg(long, requires = "budget", value_name = "N", value_parser = values::term_part, default_value_t = 1)]
    years: u32,

    /// Suppose on the new side that the heads grow by this much at each renewal, such as 5% or -2.5%
    #[arg(long, requires = "budget", value_name = "PERCENT", value_parser = values::percent, allow_hyphen_values = true)]
    growth: Option<Decimal>,

    /// Step of the totals: month, quarter or year
    #[arg(long, requires = "budget", value_name = "STEP", value_parser = values::one_of::<PeriodLength>(), hide_possible_values = true, default_value = "year")]
    pub by: PeriodLength,

    /// Month in which the fiscal year begins
    #[arg(long, requires = "budget", value_name = "MM", value_parser = values::term_part, default_value_t = 1)]
    fiscal_year_start: u32,
}

impl BudgetArgs {
    /// Returns true if budgets are compared.
    pub fn are_asked_for(&self) -> bool {
        self.budget
    }

    /// Returns true if the flags let the two sides of one plan differ.
    pub fn differ(&self) -> bool {
        self.from_old != self.from_new || self.growth.is_some()
    }

    /// Compares the budgets of two plans.
    pub fn compare(&self, old: &Plan, new: &Plan, session: &Session) -> Result<BudgetComparison, Failure> {
        let old = BudgetSide { plan: old, from: self.from_old.or(self.from), growth: None };
        let new = BudgetSide { plan: new, from: self.from_new.or(self.from), growth: self.growth };
        let options =
            SharedOptions { years: self.years, by: self.by, fiscal_year_start: self.fiscal_year_start };
        Ok(session.busy("cli-at-work", || compare_budgets(old, new, &options))?)
    }

    /// Returns what the flags and the periods make the comparison assume.
    pub fn assumed(&self, comparison: &BudgetComparison) -> Vec<Assumption> {
        let sides = [(&comparison.old, ComparedSide::Old), (&comparison.new, ComparedSide::New)];
        let recorded = sides
            .into_iter()
            .filter(|(budget, _)| budget.from < budget.date)
            .map(|(budget, side)| Assumption::Recorded { before: budget.date, side: Some(side) });
        let growth = self.growth.map(|percent| Assumption::Growth { percent, side: Some(ComparedSide::New) });
        recorded.chain(growth).collect()
    }
}
