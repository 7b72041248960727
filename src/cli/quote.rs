use std::path::PathBuf;

use clap::Args as ClapArgs;
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::planning::quote::{PlanQuote, quote_plan};
use wxlicense::pricing::{Quote, quote_orders};
use wxlicense::report::QuoteView;
use wxlicense::{Counts, Money};

use super::customer::{CustomerArgs, PricingArgs};
use super::input::{assumed_date, readable_plan};
use super::output::OutputArgs;
use super::plan_args::ScopeArgs;
use super::session::Session;
use super::{Answer, Failure, Outcome, values};

/// What does it cost, item by item? Give a plan file, or one customer by flags.
#[derive(ClapArgs)]
#[command(
    allow_negative_numbers = true,
    // Clap waives `requires` where a flag that conflicts with the plan is given.
    mut_arg("schools", |schools| schools.requires("plan").conflicts_with_all(["basic", "interop"])),
    mut_arg("changes", |changes| changes.requires("plan").conflicts_with_all(["basic", "interop"])),
    after_help = "Examples:
  wxlicense quote --basic 8 --interop 20
  wxlicense quote --basic 50 --months 6 --held-basic 180
  wxlicense quote plan.toml --school 1499 --explain
  wxlicense quote plan.toml --fail-over 10000 --format json"
)]
pub struct Args {
    /// Plan file; `-` reads standard input. --date and --rate-card override its own
    #[arg(value_name = "PLAN", conflicts_with_all = ["count_flags", "customer_flags"])]
    plan: Option<PathBuf>,

    #[command(flatten)]
    scope: ScopeArgs,

    #[command(flatten)]
    pricing: PricingArgs,

    /// Exit with status 1 when the payable total is above this many yuan
    #[arg(long, value_name = "AMOUNT", value_parser = values::money)]
    fail_over: Option<Money>,

    /// Show the reasoning in sentences, with the facts behind it
    #[arg(long)]
    explain: bool,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten, next_help_heading = "One customer, without a plan")]
    counts: CountArgs,

    #[command(flatten)]
    customer: CustomerArgs,
}

/// Numbers of accounts that one customer buys.
#[derive(ClapArgs)]
#[group(id = "count_flags", multiple = true)]
struct CountArgs {
    /// Basic accounts (基础账号) to buy
    #[arg(long, value_name = "N", value_parser = values::count)]
    basic: Option<u32>,

    /// Interop accounts (互通账号) to buy
    #[arg(long, value_name = "N", value_parser = values::count)]
    interop: Option<u32>,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let (card, quote, positions, assumed) = match &args.plan {
        Some(path) => {
            let plan = readable_plan(path, &args.pricing.overrides(), session)?;
            let (plan, scoped) = args.scope.apply(plan)?;
            let PlanQuote { quote, payers } = session.busy("cli-at-work", || quote_plan(&plan))?;
            let mut assumed = assumed_date(args.pricing.date);
            assumed.extend(scoped);
            (plan.card, quote, payers, assumed)
        }
        None => {
            let card = args.pricing.card(session)?;
            let order = args.customer.order(&card, args.counts.given()?)?;
            let quote = quote_orders(&card, args.pricing.date, &[order])?;
            (card, quote, Vec::new(), Vec::new())
        }
    };
    let view = QuoteView {
        quote: &quote,
        card: &card,
        explained: args.explain,
        positions: &positions,
        assumed: &assumed,
    };
    args.output.write(session, &view)?;
    judge_limit(args.fail_over, &quote, session)
}

impl CountArgs {
    fn given(&self) -> Result<Counts, Diagnostic> {
        if self.basic.is_none() && self.interop.is_none() {
            return Err(Diagnostic::new(Code::NothingToQuote));
        }
        Ok(Counts { basic: self.basic.unwrap_or(0), interop: self.interop.unwrap_or(0) })
    }
}

/// Returns the failure to compare with a limit that the known part keeps while accounts have no price.
pub fn limit_not_judged(limit: Money, payable: Money, unpriced: Counts) -> Failure {
    Diagnostic::new(Code::LimitNotJudged)
        .with("payable", payable)
        .with("limit", limit)
        .with("basic", unpriced.basic)
        .with("interop", unpriced.interop)
        .into()
}

/// Compares the total with the limit. A total with unpriced accounts whose known part is within the limit is
/// neither yes nor no.
fn judge_limit(limit: Option<Money>, quote: &Quote, session: &Session) -> Outcome {
    let Some(limit) = limit else { return Ok(Answer::Yes) };
    let totals = &quote.totals;
    if totals.payable > limit {
        let over = Diagnostic::new(Code::OverLimit);
        session.report_refusal(&[over.with("payable", totals.payable).with("limit", limit)]);
        return Ok(Answer::No);
    }
    if !totals.payable_unpriced.is_zero() {
        return Err(limit_not_judged(limit, totals.payable, totals.payable_unpriced));
    }
    if totals.payable.checked_add(totals.unconfirmed).is_none_or(|sum| sum > limit) {
        session.report_note(
            &Message::new("cli-over-limit-if-confirmed")
                .with("unconfirmed", totals.unconfirmed)
                .with("limit", limit),
        );
    }
    Ok(Answer::Yes)
}
