//! Computes the orders of a plan in the coming years, and what each costs; read [`budget()`] first.
//!
//! A [`Plan`] and [`BudgetOptions`] go in, a [`Budget`] comes out: orders by day, periods, payers and gaps.
//!
//! It is a window of the [schedule](super::schedule), with sums: another window never moves an order.

mod error;
mod options;
mod period;

pub use error::BudgetError;
pub use options::{BudgetOptions, PeriodLength};
pub use period::Period;

use jiff::civil::Date;

use self::options::Horizon;
use super::schedule::projection::{Projection, project};
use super::schedule::{Gap, Lapsed, ScheduleOptions, ScheduledOrder, schedule};
use crate::plan::Plan;
use crate::pricing::{OrderStatus, Party, Totals};

/// The orders of a plan over a horizon, and their sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    /// The id of the rate card.
    pub rate_card: String,
    /// The plan's date, Beijing time: the first day on which anything can be decided.
    pub date: Date,
    /// The first day of the horizon, Beijing time.
    pub from: Date,
    /// The first day after the horizon.
    pub end: Date,
    /// Every order of the horizon: by day, then by payer in the order of the plan.
    pub lines: Vec<BudgetLine>,
    /// Periods of the length asked for, covering the horizon without gaps, including those without an order.
    pub periods: Vec<Period>,
    /// The fiscal years of the horizon.
    pub years: Vec<Period>,
    /// The sums of all lines.
    pub totals: Totals,
    /// The payers, in the order of the plan.
    pub payers: Vec<PayerBudget>,
}

/// One order of a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// The index of the payer in [`Budget::payers`].
    pub payer: usize,
    /// The order.
    pub order: ScheduledOrder,
}

/// The sums of one payer over the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerBudget {
    /// The payer.
    pub payer: Party,
    /// Enterprises whose accounts are bought, the payer first.
    pub members: Vec<Party>,
    /// True if any member is charged at all (W1).
    pub charged: bool,
    /// Confirmed if all its rows of the plan are; else its lines stay out of the firm totals.
    pub status: OrderStatus,
    /// The sums of its lines.
    pub totals: Totals,
    /// Users without an account in the horizon, or on the plan's date, with the days; `member` is an index in
    /// `members`.
    pub gaps: Vec<Gap>,
    /// Codes that were lost by the end of the horizon because nobody needed them in time (T4); `member` is an
    /// index in `members`.
    pub lapsed: Vec<Lapsed>,
}

/// Returns what a plan will cost: every order of the horizon, each priced on its own day. A plan without a date
/// is taken as dated the first day of the horizon.
///
/// # Errors
/// Every error of the options; if there is none, the first order that cannot be placed.
pub fn budget(plan: &Plan, options: &BudgetOptions) -> Result<Budget, Vec<BudgetError>> {
    let horizon = options.horizon(plan)?;
    assemble(plan, options, &horizon).map_err(|error| vec![error])
}

/// Returns how the orders of a budget follow from the users: those of the horizon, as far as they do.
///
/// # Errors
/// As [`budget()`].
pub fn projection(plan: &Plan, options: &BudgetOptions) -> Result<Projection, Vec<BudgetError>> {
    let horizon = options.horizon(plan)?;
    let until = ScheduleOptions { until: horizon.end, growth: horizon.growth };
    let dated = Plan { date: Some(plan.date.unwrap_or(horizon.from)), ..plan.clone() };
    let schedule = schedule(&dated, &until).map_err(|error| vec![BudgetError::from(error)])?;
    Ok(project(&dated, &until, &schedule, horizon.from))
}

fn assemble(plan: &Plan, options: &BudgetOptions, horizon: &Horizon) -> Result<Budget, BudgetError> {
    let today = plan.date.unwrap_or(horizon.from);
    // Who is uncovered is known from the plan's date on, which may lie after the horizon.
    let until = today.tomorrow().unwrap_or(today).max(horizon.end);
    let until = ScheduleOptions { until, growth: horizon.growth };
    let schedule = match plan.date {
        Some(_) => schedule(plan, &until)?,
        None => schedule(&Plan { date: Some(today), ..plan.clone() }, &until)?,
    };
    let date = schedule.date;
    let mut payers = Vec::new();
    let mut lines = Vec::new();
    for (index, payer) in schedule.payers.into_iter().enumerate() {
        let first_line = lines.len();
        let gaps =
            payer.gaps.iter().filter(|gap| gap.from < horizon.end && horizon.from.min(date) <= gap.until);
        let gaps = gaps.map(|gap| Gap { until: gap.until.min(horizon.end), ..*gap }).collect();
        let lapsed = payer.lapsed.iter().filter(|codes| codes.last_day < horizon.end).copied().collect();
        let members = payer.members.clone();
        let in_horizon =
            payer.orders.into_iter().filter(|order| (horizon.from..horizon.end).contains(&order.date));
        lines.extend(in_horizon.map(|order| BudgetLine { payer: index, order }));
        payers.push(payer_budget(plan, &members, (gaps, lapsed), totals(&lines[first_line..])?));
    }
    lines.sort_by_key(|line| (line.order.date, line.payer));
    let year = options.fiscal_year_start;
    let mut budget = Budget {
        rate_card: plan.card.id.clone(),
        date,
        from: horizon.from,
        end: horizon.end,
        periods: period::periods(&lines, horizon, options.by, year)?,
        years: period::periods(&lines, horizon, PeriodLength::Year, year)?,
        totals: totals(&lines)?,
        payers,
        lines,
    };
    if !plan.left_out.is_empty() {
        let periods = budget.periods.iter_mut().chain(&mut budget.years);
        periods.for_each(|period| period.totals.complete = false);
        budget.totals.complete = false;
    }
    Ok(budget)
}

fn payer_budget(
    plan: &Plan,
    members: &[usize],
    (gaps, lapsed): (Vec<Gap>, Vec<Lapsed>),
    totals: Totals,
) -> PayerBudget {
    let schools = || members.iter().map(|index| &plan.schools[*index]);
    PayerBudget {
        payer: plan.schools[members[0]].party(),
        members: schools().map(|school| school.party()).collect(),
        charged: schools().any(|school| school.is_charged(&plan.card)),
        status: schools().map(|school| school.status).max().unwrap_or_default(),
        totals,
        gaps,
        lapsed,
    }
}

fn totals<'l>(lines: impl IntoIterator<Item = &'l BudgetLine>) -> Result<Totals, BudgetError> {
    Totals::of(lines.into_iter().map(|line| &line.order.quote)).ok_or(BudgetError::Overflow)
}

impl Budget {
    /// Returns the lines of a period.
    pub fn lines_of(&self, period: &Period) -> &[BudgetLine] {
        self.lines.get(period.lines.clone()).unwrap_or_default()
    }

    /// Returns what one payer, by its index in [`Budget::payers`], pays in a period; `None` if a sum leaves
    /// the range of money.
    pub fn payer_totals(&self, period: &Period, payer: usize) -> Option<Totals> {
        let lines = self.lines_of(period).iter().filter(|line| line.payer == payer);
        Totals::of(lines.map(|line| &line.order.quote))
    }
}
