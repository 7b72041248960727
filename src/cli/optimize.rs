mod apply;

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use jiff::civil::Date;
use rust_decimal::Decimal;
use strum::{EnumString, IntoStaticStr, VariantArray};
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::plan::Plan;
use wxlicense::planning::budget::BudgetOptions;
use wxlicense::planning::optimize::{
    Limits, OptimizeOptions, OptimizedPlan, PayerOptimum, frontier, grown, optimize_plan, scenarios, trust,
};
use wxlicense::report::{OptimizeView, Tradeoffs};
use wxlicense::{Assumption, Money, Term};

use super::input::{Overrides, assumed_date, read_plan_text, readable_plan_source};
use super::output::OutputArgs;
use super::plan_args::ScopeArgs;
use super::session::Session;
use super::{Answer, Failure, Outcome, days, values};

/// What is the cheapest way to buy what we need, with proof? Which orders, when and how long, and when their codes are
/// activated; with a bound below which no purchases cover all users.
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense optimize plan.toml --years 5
  wxlicense optimize plan.toml --years 3 --order-days 03-01,09-01 --whole-months
  wxlicense optimize plan.toml --years 5 --hold-codes 0 --order-cost 200
  wxlicense optimize plan.toml --years 5 --frontier --trust
  wxlicense optimize plan.toml --years 5 --what-if growth=10% --what-if growth=-5%
  wxlicense optimize plan.toml --years 5 --robust
  wxlicense optimize plan.toml --years 5 --apply -o cheapest.toml
  wxlicense optimize plan.toml --school 沈阳 --set 沈阳.basic=1300 --format json")]
pub struct Args {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// How many years, from 1 to 50
    #[arg(long, value_name = "N", value_parser = values::term_part, default_value_t = 1)]
    years: u32,

    /// Suppose that the heads grow by this much at each yearly renewal, such as 5% or -2.5%
    #[arg(long, value_name = "PERCENT", value_parser = values::percent, allow_hyphen_values = true)]
    growth: Option<Decimal>,

    /// Stop the search after this time, such as 10s, and show the best plan found with its bound
    #[arg(long, value_name = "TIME", value_parser = days::duration)]
    time_limit: Option<Duration>,

    /// Write the plan with these orders as purchases to the file of `-o` that ends in .toml, or to standard output;
    /// comments and order stay
    #[arg(long, conflicts_with_all = ["date", "growth", "rate_card", "changes"])]
    apply: bool,

    /// Exit with status 1 when more than this many yuan is payable for the cheapest plan
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

    #[command(flatten, next_help_heading = "Limits")]
    limits: LimitArgs,

    #[command(flatten, next_help_heading = "Trade-offs")]
    tradeoffs: TradeoffArgs,
}

/// What an order may be, beside WeCom's own rules.
#[derive(ClapArgs)]
struct LimitArgs {
    /// The shortest term of an order, such as 12m or 400d [default: the term of each school, since WeCom wants at
    /// least that of the app's order]
    #[arg(long, value_name = "TERM", value_parser = days::term)]
    least_term: Option<Term>,

    /// The longest term of an order, such as 36m or 1000d [default: 60m]
    #[arg(long, value_name = "TERM", value_parser = days::term)]
    most_term: Option<Term>,

    /// The most orders of a payer in a year
    #[arg(long, value_name = "N", value_parser = values::count, default_value_t = 24)]
    orders_per_year: u32,

    /// Place orders on these days of each year only, such as 03-01,09-01 [default: on any day]
    #[arg(long, value_name = "MM-DD,…", value_parser = days::day_of_year, value_delimiter = ',')]
    order_days: Vec<(i8, i8)>,

    /// The longest that a paid code may lie unactivated, in days; 0 forbids a stock [default: WeCom's year]
    #[arg(long, value_name = "DAYS", value_parser = values::term_part)]
    hold_codes: Option<u32>,

    /// What placing an order costs in staff time, in yuan
    #[arg(long, value_name = "YUAN", value_parser = values::money)]
    order_cost: Option<Money>,

    /// The most that may be paid in a year of the horizon, in yuan
    #[arg(long, value_name = "YUAN", value_parser = values::money)]
    year_budget: Option<Money>,

    /// What counts as value: rest is what is left after the horizon, at its average price, and lowers the cost
    #[arg(long, value_name = "VALUE", value_parser = values::one_of::<Valued>(), hide_possible_values = true)]
    value: Option<Valued>,

    /// Buy accounts in multiples of this number
    #[arg(long, value_name = "N", value_parser = values::count, default_value_t = 1)]
    round_to: u32,

    /// Terms of whole months only, whose price does not rest on how days are priced (P8)
    #[arg(long)]
    whole_months: bool,
}

/// What the cheapest plan is weighed against.
#[derive(ClapArgs)]
struct TradeoffArgs {
    /// Find the plan that costs least in its worst case: under any combination of what the unconfirmed rules P10, P12 and
    /// P13 may be
    #[arg(long, conflicts_with_all = ["frontier", "trust", "what_if"])]
    robust: bool,

    /// Show also what 1, 2, 3, 4, 6 and 12 orders a year cost at least
    #[arg(long)]
    frontier: bool,

    /// Show also the cheapest plan under each set of unconfirmed rules that one may trust, and what trusting one more is
    /// worth
    #[arg(long)]
    trust: bool,

    /// Show also what this plan costs if the users grow otherwise, such as growth=10%, and which plan is regretted least;
    /// may be repeated
    #[arg(long, value_name = "growth=PERCENT", value_parser = values::growth, allow_hyphen_values = true,
        conflicts_with_all = ["year_budget", "value"])]
    what_if: Vec<Decimal>,
}

/// What is left that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
enum Valued {
    /// What is left after the horizon.
    Rest,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let horizon = BudgetOptions { years: args.years, growth: args.growth, ..BudgetOptions::default() };
    let overrides = Overrides { date: args.date, card: args.rate_card.as_deref(), ..Overrides::default() };
    let source = Arc::new(read_plan_text(&args.plan, session)?);
    let plan = readable_plan_source(&args.plan, &source, &overrides, session)
        .map_err(|failure| Failure::from(horizon.problems()).and(failure))?;
    let other_growths = args.tradeoffs.what_if.iter().map(|growth| Some(*growth));
    let horizons = other_growths.map(|growth| BudgetOptions { growth, ..horizon.clone() });
    refuse([horizon.clone()].into_iter().chain(horizons).flat_map(|horizon| horizon.problems()).collect())?;
    if plan.date.is_none() {
        return Err(Diagnostic::new(Code::DueWithoutDate).into());
    }
    let (plan, scoped) = args.scope.apply(plan)?;
    let mut assumed = assumed_date(args.date);
    assumed.extend(scoped);
    assumed.extend(args.growth.map(|percent| Assumption::Growth { percent, side: None }));
    let (optimized, tradeoffs) = session.busy("cli-at-work", || args.optimize(&plan))?;
    refuse_all(&optimized, session)?;
    let view =
        OptimizeView { optimized: &optimized, card: &plan.card, tradeoffs: &tradeoffs, assumed: &assumed };
    match args.apply {
        true => {
            apply::write(&args.output, (&args.plan, &source), &plan, &optimized, &view, session)?;
        }
        false => args.output.write(session, &view)?,
    }
    judge_limit(args.fail_over, &optimized, session)
}

impl Args {
    /// Returns the cheapest plans, and what they are weighed against. The clock is read here and nowhere below.
    fn optimize(&self, plan: &Plan) -> Result<(OptimizedPlan, Tradeoffs), Failure> {
        let growth = self.growth.unwrap_or_default();
        let part = growth.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
        let grown = grown(plan, self.years, part).map_err(Diagnostic::from)?;
        let end = self.time_limit.and_then(|limit| Instant::now().checked_add(limit));
        let stopped = Cell::new(false);
        let stop = || {
            stopped.set(stopped.get() || end.is_some_and(|end| end <= Instant::now()));
            stopped.get()
        };
        let options = self.options(plan);
        let mut optimized = optimize_plan(&grown, &options, &stop).map_err(Diagnostic::from)?;
        let TradeoffArgs { frontier: asks_frontier, trust: asks_trust, what_if, .. } = &self.tradeoffs;
        let mut tradeoffs = Tradeoffs::default();
        if *asks_frontier {
            tradeoffs.frontier = Some(frontier(&grown, &options, &stop).map_err(Diagnostic::from)?);
        }
        if *asks_trust {
            tradeoffs.trust = Some(trust(&grown, &options, &stop).map_err(Diagnostic::from)?);
        }
        if !what_if.is_empty() {
            let mut growths = vec![growth];
            growths.extend(what_if.iter().filter(|other| **other != growth));
            let found = scenarios(plan, &growths, &options, &stop).map_err(Diagnostic::from)?;
            tradeoffs.scenarios = Some(found);
        }
        optimized.stopped |= stopped.get();
        Ok((optimized, tradeoffs))
    }

    fn options(&self, plan: &Plan) -> OptimizeOptions {
        let usual = Limits::default();
        let LimitArgs { orders_per_year, round_to, whole_months, .. } = self.limits;
        let days = |term: Term| plan.card.term.days(term).unwrap_or(u32::MAX);
        let limits = Limits {
            least_term: self.limits.least_term.map(days),
            year_budget: self.limits.year_budget,
            value_rest: self.limits.value.is_some(),
            most_term: self.limits.most_term.map_or(usual.most_term, days),
            hold_codes: self.limits.hold_codes.unwrap_or(usual.hold_codes),
            order_days: self.limits.order_days.clone(),
            orders_per_year,
            order_cost: self.limits.order_cost.unwrap_or(usual.order_cost),
            round_to: round_to.max(1),
            whole_months,
        };
        OptimizeOptions { years: self.years, limits, robust: self.tradeoffs.robust }
    }
}

fn refuse<E: Into<Diagnostic>>(errors: Vec<E>) -> Result<(), Failure> {
    let problems: Vec<Diagnostic> = errors.into_iter().map(Into::into).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

/// Reports the payers without a plan. It is a failure if no other payer has one.
fn refuse_all(optimized: &OptimizedPlan, session: &Session) -> Result<(), Failure> {
    let problems: Vec<Diagnostic> = optimized.payers.iter().filter_map(PayerOptimum::problem).collect();
    if problems.is_empty() {
        return Ok(());
    }
    if optimized.payers.iter().all(|payer| payer.found.is_err()) {
        return Err(problems.into());
    }
    session.report(&problems);
    session.note_incomplete();
    Ok(())
}

/// Compares the total with the limit. A total that leaves payers out and is within the limit is neither yes nor no.
fn judge_limit(limit: Option<Money>, optimized: &OptimizedPlan, session: &Session) -> Outcome {
    let Some(limit) = limit else { return Ok(Answer::Yes) };
    let totals = &optimized.totals;
    if totals.payable > limit {
        // The bound is one of costs: where they count more than what is payable, it says nothing of the limit.
        let proof = if totals.cost == totals.payable { "bound" } else { "none" };
        let over = Diagnostic::new(Code::CheapestOverLimit)
            .with("payable", totals.payable)
            .with("bound", totals.lower_bound)
            .with("proof", proof)
            .with("limit", limit);
        session.report_refusal(&[over]);
        return Ok(Answer::No);
    }
    if !totals.complete {
        session.report_note(&Message::new("optimize-limit-not-judged").with("limit", limit));
        session.note_incomplete();
    }
    if totals.payable.checked_add(optimized.unconfirmed.payable).is_none_or(|sum| sum > limit) {
        session.report_note(
            &Message::new("cli-over-limit-if-confirmed")
                .with("unconfirmed", optimized.unconfirmed.payable)
                .with("limit", limit),
        );
    }
    Ok(Answer::Yes)
}
