use clap::Args as ClapArgs;
use wxlicense::analysis::fit::{FitRequest, Mix, MixError, chart, fit};
use wxlicense::diagnostic::Diagnostic;
use wxlicense::report::FitView;
use wxlicense::{AccountType, Counts, Money};

use super::customer::{CustomerArgs, PricingArgs};
use super::output::OutputArgs;
use super::session::Session;
use super::{Answer, Outcome, values};

/// How many accounts does this money buy?
#[derive(ClapArgs)]
#[command(after_help = "Examples:
  wxlicense fit --amount 10000 --interop
  wxlicense fit --amount 5000 --mix 8:20 --months 6 --chart
  wxlicense fit --amount 300 --basic --held-basic 180")]
pub struct Args {
    /// The money to spend, in yuan
    #[arg(long, value_name = "AMOUNT", value_parser = values::money)]
    amount: Money,

    #[command(flatten)]
    mix: MixArgs,

    #[command(flatten)]
    pricing: PricingArgs,

    /// Draw the price against the number of accounts, with the ends of the tiers
    #[arg(long)]
    chart: bool,

    #[command(flatten)]
    output: OutputArgs,

    #[command(flatten, next_help_heading = "The customer")]
    customer: CustomerArgs,
}

/// Types of the accounts to buy.
#[derive(ClapArgs)]
#[group(id = "mix_flags", required = true, multiple = false)]
struct MixArgs {
    /// Buy basic accounts (基础账号)
    #[arg(long)]
    basic: bool,

    /// Buy interop accounts (互通账号)
    #[arg(long)]
    interop: bool,

    /// Buy both in this ratio, such as 8:20, as closely as whole accounts can
    #[arg(long, value_name = "RATIO")]
    mix: Option<String>,
}

/// Number of evenly spread points of the chart; with those at the edges it is exact between them, apart from
/// rounding.
const CHART_STEPS: u32 = 24;

pub fn run(args: &Args, session: &Session) -> Outcome {
    let card = args.pricing.card(session)?;
    let date = args.pricing.date;
    let order = args.customer.order(&card, Counts::ZERO)?;
    let request = FitRequest { amount: args.amount, mix: args.mix.mix()?, order };
    let answer = fit(&card, date, &request)?;
    let curve = chart(&card, date, &request.order, request.mix, answer.accounts, CHART_STEPS)?;
    let view = FitView {
        card: &card,
        date,
        request: &request,
        fit: &answer,
        curve: &curve,
        curve_requested: args.chart,
    };
    args.output.write(session, &view)?;
    Ok(Answer::Yes)
}

impl MixArgs {
    fn mix(&self) -> Result<Mix, Diagnostic> {
        match &self.mix {
            Some(text) => text.parse().map_err(|error: MixError| Diagnostic::from(error)),
            None if self.basic => Ok(Mix::only(AccountType::Basic)),
            None => Ok(Mix::only(AccountType::Interop)),
        }
    }
}
