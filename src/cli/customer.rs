//! One customer by flags, and what prices it.

use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use wxlicense::customer::{Certification, Customer, Industry};
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::pricing::{Held, Member, Order, OrderStatus, Party, PurchaseError};
use wxlicense::rates::{RateCard, RenewalStart};
use wxlicense::{Counts, PerType, Term, UnitPrice};

use super::input::{Overrides, card_by_name, card_in_force, embedded_cards};
use super::session::Session;
use super::{Failure, days, values};

/// All that bears on the price of one customer's order, except how many accounts it buys.
#[derive(Args)]
#[group(id = "customer_flags", multiple = true)]
pub struct CustomerArgs {
    /// Term in years of 12 months; adds to months and days [default: 1]
    #[arg(long, value_name = "N", value_parser = values::term_part)]
    years: Option<u32>,

    /// Term in months
    #[arg(long, value_name = "N", value_parser = values::term_part)]
    months: Option<u32>,

    /// Term in days
    #[arg(long, value_name = "N", value_parser = values::term_part)]
    days: Option<u32>,

    /// Basic accounts already active that outlast the term
    #[arg(long, value_name = "N", value_parser = values::count, default_value_t = 0, hide_default_value = true)]
    held_basic: u32,

    /// Interop accounts already active that outlast the term
    #[arg(long, value_name = "N", value_parser = values::count, default_value_t = 0, hide_default_value = true)]
    held_interop: u32,

    /// A renewal (续期): priced from the first account
    #[arg(long)]
    renewal: bool,

    /// The provider's own test enterprise: free
    #[arg(long, conflicts_with_all = ["renewal", "held_basic", "held_interop"])]
    test_enterprise: bool,

    /// Industry as WeCom shows it, such as 教育/初等教育
    #[arg(long, value_name = "PRIMARY/SECONDARY", value_parser = values::industry)]
    industry: Option<Industry>,

    /// How far WeCom has checked the customer: none, verified or certified
    #[arg(long, value_name = "STATE", value_parser = values::one_of::<Certification>(), hide_possible_values = true, default_value = "none", hide_default_value = true)]
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

/// Date and rate card that price an order.
#[derive(Args)]
pub struct PricingArgs {
    /// Pricing date, Beijing time
    #[arg(long, value_name = "YYYY-MM-DD|today", value_parser = days::date)]
    pub date: Option<Date>,

    /// Rate card: the id of an embedded one, or a .toml file
    #[arg(long, value_name = "ID|FILE")]
    pub rate_card: Option<String>,
}

impl CustomerArgs {
    /// Returns the order of a number of accounts. A renewal comes after held accounts only where the card says so (P13).
    pub fn order(&self, card: &RateCard, counts: Counts) -> Result<Order, Failure> {
        let has_held = self.held_basic > 0 || self.held_interop > 0;
        if self.renewal && has_held && card.rules.renewal == RenewalStart::FromZero {
            let problem = Diagnostic::new(Code::BadUsage).with("wrong", Message::new("cli-held-of-renewal"));
            let help = Message::new("cli-held-of-renewal-help").with("card", card.id.as_str());
            return Err(problem.with("help", help).into());
        }
        let customer = Customer {
            industry: self.industry.clone(),
            certification: self.certification,
            nonprofit_proof: self.nonprofit_proof,
        };
        let member = Member {
            party: Party::default(),
            customer: customer.clone(),
            counts,
            need: Counts {
                basic: counts.basic.saturating_add(self.held_basic),
                interop: counts.interop.saturating_add(self.held_interop),
            },
            have: Counts { basic: self.held_basic, interop: self.held_interop },
            held: Held::longer(Counts { basic: self.held_basic, interop: self.held_interop }),
            charged: true,
            ..Member::default()
        };
        Ok(Order {
            payer: Party::default(),
            customer,
            members: vec![member],
            held_by_others: Held::NONE,
            term: self.term()?,
            renewal: self.renewal,
            test_enterprise: self.test_enterprise,
            negotiated: PerType { basic: self.negotiated_basic, interop: self.negotiated_interop },
            status: OrderStatus::Confirmed,
        })
    }

    fn term(&self) -> Result<Term, PurchaseError> {
        let (years, months, days) = match (self.years, self.months, self.days) {
            (None, None, None) if self.test_enterprise => (0, 1, 0),
            (None, None, None) => (1, 0, 0),
            (years, months, days) => (years.unwrap_or(0), months.unwrap_or(0), days.unwrap_or(0)),
        };
        let months = years.checked_mul(Term::MONTHS_PER_YEAR).and_then(|sum| sum.checked_add(months));
        Ok(Term { months: months.ok_or(PurchaseError::Overflow)?, days })
    }
}

impl PricingArgs {
    /// Returns the card that prices a customer without a plan.
    pub fn card(&self, session: &Session) -> Result<Arc<RateCard>, Failure> {
        let cards = embedded_cards()?;
        match &self.rate_card {
            Some(name) => card_by_name(&cards, name, session),
            None => Ok(card_in_force(&cards, self.date)?),
        }
    }

    /// Returns the flags that override a plan's values.
    pub fn overrides(&self) -> Overrides<'_> {
        Overrides { date: self.date, card: self.rate_card.as_deref(), ..Overrides::default() }
    }
}
