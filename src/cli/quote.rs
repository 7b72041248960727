use std::path::PathBuf;

use clap::Args as ClapArgs;
use jiff::civil::Date;
use wxlicense::customer::{Certification, Customer, Industry};
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::lang::Message;
use wxlicense::pricing::{Member, Order, OrderStatus, Party, PurchaseError, Quote, QuoteError, quote_orders};
use wxlicense::rates::RateCard;
use wxlicense::report::{json::quote_json, quote_report};
use wxlicense::{Counts, Money, PerType, Term, UnitPrice};

use super::input::{Overrides, card_by_name, card_in_force, embedded_cards, sound_plan};
use super::output::OutputArgs;
use super::session::Session;
use super::{Answer, Failure, Outcome, values};

/// What does it cost, item by item? Give a plan file, or one customer by flags.
#[derive(ClapArgs)]
#[command(
    allow_negative_numbers = true,
    after_help = "Examples:
  wxlicense quote --basic 8 --interop 20
  wxlicense quote --basic 50 --months 6 --held-basic 180
  wxlicense quote plan.toml --school 1499 --explain
  wxlicense quote plan.toml --fail-over 10000 --format json"
)]
pub struct Args {
    /// Plan file; `-` reads standard input
    #[arg(value_name = "PLAN")]
    plan: Option<PathBuf>,

    /// Only the orders of this school; repeatable
    // Clap waives `requires` where a flag that conflicts with the plan is given.
    #[arg(long = "school", value_name = "CODE", requires = "plan", conflicts_with_all = ["basic", "interop"])]
    schools: Vec<String>,

    #[command(flatten)]
    customer: CustomerArgs,

    /// Pricing date, Beijing time; instead of the plan's
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = values::date)]
    date: Option<Date>,

    /// Rate card: the id of an embedded one, or a .toml file; instead of the plan's
    #[arg(long, value_name = "ID|FILE")]
    rate_card: Option<String>,

    /// Exit with status 1 when the payable total is above this many yuan
    #[arg(long, value_name = "AMOUNT", value_parser = values::money)]
    fail_over: Option<Money>,

    /// Tell the reasoning in sentences, with the facts behind it
    #[arg(long)]
    explain: bool,

    #[command(flatten)]
    output: OutputArgs,
}

/// One customer by flags.
#[derive(ClapArgs)]
#[group(id = "customer_flags", multiple = true, conflicts_with = "plan")]
#[command(next_help_heading = "One customer, without a plan")]
struct CustomerArgs {
    /// Basic accounts (基础账号) to buy
    #[arg(long, value_name = "N")]
    basic: Option<u32>,

    /// Interop accounts (互通账号) to buy
    #[arg(long, value_name = "N")]
    interop: Option<u32>,

    /// Term in years of 12 months; adds to months and days [default: 1]
    #[arg(long, value_name = "N")]
    years: Option<u32>,

    /// Term in months
    #[arg(long, value_name = "N")]
    months: Option<u32>,

    /// Term in days
    #[arg(long, value_name = "N")]
    days: Option<u32>,

    /// Basic accounts already active that outlast the term
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    held_basic: u32,

    /// Interop accounts already active that outlast the term
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    held_interop: u32,

    /// A renewal (续期): priced from the first account
    #[arg(long, conflicts_with_all = ["held_basic", "held_interop"])]
    renewal: bool,

    /// The provider's own test enterprise: free
    #[arg(long, conflicts_with_all = ["renewal", "held_basic", "held_interop"])]
    test_enterprise: bool,

    /// Industry as WeCom shows it, such as 教育/初等教育
    #[arg(long, value_name = "PRIMARY/SECONDARY", value_parser = values::industry)]
    industry: Option<Industry>,

    /// How far WeCom has checked the customer: none, verified or certified
    #[arg(long, value_name = "HOW FAR", value_parser = values::certification, default_value = "none", hide_default_value = true)]
    certification: Certification,

    /// WeCom has accepted the proof that the customer is a non-profit
    #[arg(long)]
    nonprofit_proof: bool,

    /// Yuan a year for each basic account without a list price
    #[arg(long, value_name = "PRICE", value_parser = values::unit_price)]
    negotiated_basic: Option<UnitPrice>,

    /// Yuan a year for each interop account without a list price
    #[arg(long, value_name = "PRICE", value_parser = values::unit_price)]
    negotiated_interop: Option<UnitPrice>,
}

pub fn run(args: &Args, session: &Session) -> Outcome {
    let (card, quote) = match &args.plan {
        Some(path) => {
            let overrides = Overrides { date: args.date, card: args.rate_card.as_deref() };
            let plan = sound_plan(path, &overrides, session)?;
            let orders = plan.orders_of(&args.schools).map_err(Failure::Input)?;
            let quote = quote_orders(&plan.card, plan.date, &orders).map_err(unquotable)?;
            (plan.card, quote)
        }
        None => {
            let card = card_for(args)?;
            let order = args.customer.order()?;
            let quote = quote_orders(&card, args.date, &[order]).map_err(unquotable)?;
            (card, quote)
        }
    };
    args.output.write(
        session,
        || quote_report(&quote, &card, args.explain),
        || quote_json(&quote, &card, session.catalog(), args.explain),
    )?;
    judge_limit(args.fail_over, &quote, session)
}

impl CustomerArgs {
    fn order(&self) -> Result<Order, Failure> {
        if self.basic.is_none() && self.interop.is_none() {
            return Err(Failure::Input(vec![Diagnostic::new(Code::NothingToQuote)]));
        }
        let customer = Customer {
            industry: self.industry.clone(),
            certification: self.certification,
            nonprofit_proof: self.nonprofit_proof,
        };
        let member = Member {
            party: Party::default(),
            customer: customer.clone(),
            counts: Counts { basic: self.basic.unwrap_or(0), interop: self.interop.unwrap_or(0) },
            held: Counts { basic: self.held_basic, interop: self.held_interop },
            charged: true,
            status: OrderStatus::Confirmed,
        };
        Ok(Order {
            payer: Party::default(),
            customer,
            members: vec![member],
            term: self.term()?,
            renewal: self.renewal,
            test_enterprise: self.test_enterprise,
            negotiated: PerType { basic: self.negotiated_basic, interop: self.negotiated_interop },
            status: OrderStatus::Confirmed,
        })
    }

    fn term(&self) -> Result<Term, Failure> {
        let (years, months, days) = match (self.years, self.months, self.days) {
            (None, None, None) if self.test_enterprise => (0, 1, 0),
            (None, None, None) => (1, 0, 0),
            (years, months, days) => (years.unwrap_or(0), months.unwrap_or(0), days.unwrap_or(0)),
        };
        let months = years.checked_mul(Term::MONTHS_PER_YEAR).and_then(|sum| sum.checked_add(months));
        match months {
            Some(months) => Ok(Term { months, days }),
            None => Err(Failure::Input(vec![PurchaseError::Overflow.diagnostic()])),
        }
    }
}

fn card_for(args: &Args) -> Result<RateCard, Failure> {
    let cards = embedded_cards()?;
    if let Some(name) = &args.rate_card {
        return card_by_name(&cards, name);
    }
    card_in_force(&cards, args.date)
}

fn unquotable(error: QuoteError) -> Failure {
    Failure::Input(vec![match error {
        QuoteError::Order { error, .. } => error.diagnostic(),
        QuoteError::Overflow => PurchaseError::Overflow.diagnostic(),
    }])
}

/// A total with a gap cannot be judged when the known part is within the limit: that is neither yes nor no.
fn judge_limit(limit: Option<Money>, quote: &Quote, session: &Session) -> Outcome {
    let Some(limit) = limit else { return Ok(Answer::Yes) };
    let totals = &quote.totals;
    if totals.payable > limit {
        session.tell(&Message::new("cli-over-limit").with("payable", totals.payable).with("limit", limit));
        return Ok(Answer::No);
    }
    if !totals.unpriced.is_zero() {
        let problem = Diagnostic::new(Code::LimitNotJudged)
            .with("payable", totals.payable)
            .with("limit", limit)
            .with("basic", totals.unpriced.basic)
            .with("interop", totals.unpriced.interop);
        return Err(Failure::Input(vec![problem]));
    }
    if totals.payable.checked_add(totals.unconfirmed).is_none_or(|sum| sum > limit) {
        session.tell(
            &Message::new("cli-over-limit-if-confirmed")
                .with("unconfirmed", totals.unconfirmed)
                .with("limit", limit),
        );
    }
    Ok(Answer::Yes)
}
