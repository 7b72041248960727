use std::path::PathBuf;

use clap::Args as ClapArgs;
use jiff::civil::Date;
use rust_decimal::Decimal;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::planning::budget::{Budget, BudgetOptions, PeriodLength, budget, projection};
use wxlicense::report::{BudgetView, OutputFormat, period_name};
use wxlicense::{Assumption, Money};

use super::days::Month;
use super::input::{Overrides, assumed_date, readable_plan};
use super::output::OutputArgs;
use super::plan_args::ScopeArgs;
use super::quote::limit_not_judged;
use super::session::Session;
use super::{Answer, Failure, Outcome, days, values};

/// What will it cost, month by month, in the coming years?
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense budget plan.toml --years 5
  wxlicense budget plan.toml --month 2023-02
  wxlicense budget plan.toml --school 沈阳 --set 沈阳.basic=1300
  wxlicense budget plan.toml --years 3 --growth 5% --by quarter --fiscal-year-start 4
  wxlicense budget plan.toml --years 3 --fail-over 50000 --format json")]
pub struct Args {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// How many years, from 1 to 50
    #[arg(long, value_name = "N", value_parser = values::term_part, default_value_t = 1)]
    years: u32,

    /// The first day, Beijing time [default: the plan's date]
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    from: Option<Date>,

    /// One month, such as 2022-12, in place of years
    #[arg(long, value_name = "YYYY-MM", value_parser = days::month, conflicts_with_all = ["from", "years"])]
    month: Option<Month>,

    /// Suppose that the heads grow by this much at each renewal, such as 5% or -2.5%
    #[arg(long, value_name = "PERCENT", value_parser = values::percent, allow_hyphen_values = true)]
    growth: Option<Decimal>,

    /// Step of the totals: month, quarter or year
    #[arg(long, value_name = "STEP", value_parser = values::one_of::<PeriodLength>(), hide_possible_values = true, default_value = "month")]
    by: PeriodLength,

    /// Month in which the fiscal year begins
    #[arg(long, value_name = "MM", value_parser = values::term_part, default_value_t = 1)]
    fiscal_year_start: u32,

    /// Exit with status 1 when more than this many yuan are payable in any fiscal year
    #[arg(long, value_name = "AMOUNT", value_parser = values::money)]
    fail_over: Option<Money>,

    /// The plan's date, Beijing time; instead of the one it states
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    date: Option<Date>,

    /// Rate card: the id of an embedded one, or a .toml file; instead of the plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card: Option<String>,

    #[command(flatten)]
    scope: ScopeArgs,

    #[command(flatten)]
    output: OutputArgs,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let overrides = Overrides { date: args.date, card: args.rate_card.as_deref(), ..Overrides::default() };
    let options = BudgetOptions {
        from: args.month.map(|month| month.first).or(args.from),
        years: args.years,
        end: args.month.and_then(|month| month.last.tomorrow().ok()),
        growth: args.growth,
        by: args.by,
        fiscal_year_start: args.fiscal_year_start,
    };
    let plan = readable_plan(&args.plan, &overrides, session)
        .map_err(|failure| Failure::from(options.problems()).and(failure))?;
    let (plan, scoped) = args.scope.apply(plan)?;
    let budget = session.busy("cli-at-work", || budget(&plan, &options))?;
    let mut assumed = assumed_date(args.date);
    assumed.extend(scoped);
    assumed.extend(args.growth.map(|percent| Assumption::Growth { percent, side: None }));
    let projection = match args.output.asks_for(OutputFormat::Xlsx) {
        true => Some(session.busy("cli-at-work", || projection(&plan, &options))?),
        false => None,
    };
    let projection = projection.as_ref();
    let view = BudgetView { budget: &budget, card: &plan.card, projection, by: args.by, assumed: &assumed };
    args.output.write(session, &view)?;
    judge_limit(args.fail_over, &budget, session)
}

/// Compares each fiscal year with the limit. A year with unpriced accounts whose known part is within the
/// limit is neither yes nor no.
fn judge_limit(limit: Option<Money>, budget: &Budget, session: &Session) -> Outcome {
    let Some(limit) = limit else { return Ok(Answer::Yes) };
    let mut answer = Answer::Yes;
    for year in budget.years.iter().filter(|year| year.totals.payable > limit) {
        answer = Answer::No;
        let over = Diagnostic::new(Code::YearOverLimit)
            .with("year", period_name(year, PeriodLength::Year))
            .with("payable", year.totals.payable)
            .with("limit", limit);
        session.report_refusal(&[over]);
    }
    let unjudged = budget.years.iter().find(|year| !year.totals.payable_unpriced.is_zero());
    match (answer, unjudged) {
        (Answer::Yes, Some(year)) => {
            Err(limit_not_judged(limit, year.totals.payable, year.totals.payable_unpriced))
        }
        _ => Ok(answer),
    }
}
