//! Builds the requests that place orders: those due in the [schedule](super::schedule), or those of a
//! [quote](super::quote). Nothing is sent.
//!
//! A [`Plan`] and [`OrderOptions`] go in, [`OrderRequests`] come out; read [`order`] first. `due` collects the
//! orders, `check` looks for what WeCom would refuse, `build` makes requests of them, `users` says whose accounts
//! a renewal prolongs, and `share` gives codes of an upstream to its downstreams.

mod build;
mod check;
mod due;
mod jobs;
mod problem;
mod share;
#[cfg(test)]
mod tests;
mod users;

use jiff::civil::Date;

use self::build::{Built, build};
pub(crate) use self::check::{app_orders, charged_apps, refusals_of};
pub use problem::{OrderFailure, OrderProblem};

use super::schedule::{OrderKind, Reason, ScheduledOrder};
use crate::account::Counts;
use crate::money::Money;
use crate::plan::Plan;
use crate::pricing::{OrderQuote, Party, Totals};
use crate::wecom::requests::{Api, Request};

/// What is ordered, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderOptions {
    /// Which orders.
    pub basis: OrderBasis,
    /// True to order for unconfirmed schools too.
    pub with_unconfirmed: bool,
    /// How new accounts of several customers are ordered.
    pub jobs: Jobs,
    /// How downstreams are linked with their upstream; `None` to tell by their industries.
    pub link: Option<Link>,
}

/// Which orders are placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderBasis {
    /// Those of the schedule up to a day, inclusive, Beijing time.
    Due {
        /// The day.
        until: Date,
    },
    /// Those of the quote on the plan's date.
    Quote,
}

/// How new accounts of several customers are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Jobs {
    /// An order a customer, each with a price of its own.
    #[default]
    Single,
    /// Together, with one price for all customers of a day (O11, docs/rules.md#o11). Orders that cost nothing are
    /// apart, so that they need not wait for the payment of the others.
    Together {
        /// True if WeCom may activate the codes by itself (T7, docs/rules.md#t7).
        automatic_activation: bool,
    },
}

/// How a downstream is linked with its upstream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Link {
    /// 上下游.
    UpstreamDownstream,
    /// 企业互联, for schools 局校互联.
    Interconnection,
}

/// The requests that place orders, in the order in which they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRequests {
    /// Id of the rate card.
    pub rate_card: String,
    /// The plan's date, Beijing time; `None` for the quote of an undated plan.
    pub date: Option<Date>,
    /// Which orders they place.
    pub basis: OrderBasis,
    /// The orders, each once.
    pub orders: Vec<PlacedOrder>,
    /// The requests.
    pub calls: Vec<Call>,
    /// What cannot be requested yet.
    pub later: Vec<Later>,
    /// What the orders cost together.
    pub expected: Money,
    /// The orders of unconfirmed schools that are left out.
    pub left_out: Totals,
    /// The next payment of the schedule, if nothing is ordered.
    pub next: Option<(Party, ScheduledOrder)>,
    /// What WeCom may refuse.
    pub warnings: Vec<OrderProblem>,
}

/// An order that the requests place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedOrder {
    /// Index of the payer in [`Plan::schools`].
    pub payer: usize,
    /// Day on which it is placed and paid, Beijing time; `None` for the quote of an undated plan.
    pub date: Option<Date>,
    /// Reason why the schedule places it; `None` for an order of a quote.
    pub kind: Option<OrderKind>,
    /// The day on which it should have been paid, Beijing time, if that is before the plan's date.
    pub due_since: Option<Date>,
    /// The order with its price.
    pub quote: OrderQuote,
    /// The last day of expiry of its accounts, Beijing time; `None` if the schedule does not activate them.
    pub expires: Option<Date>,
    /// Why its day or term is what it is, where the reader may wonder.
    pub reasons: Vec<Reason>,
    /// Codes of the payer and its downstreams that are paid and not activated, of an order of a quote. Its price counts
    /// them as not activated; WeCom may count those that are activated before it on its day (P12, docs/rules.md#p12).
    pub in_stock: Counts,
    /// Index of the call that creates it.
    pub call: usize,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Name of the file of its body: number, API and school.
    pub file: String,
    /// Its body. A job id that is not known yet is a text in angle brackets that names the file of `job_from`.
    pub request: Request,
    /// Index in [`Plan::schools`] of the customer that it is about; `None` for a job of several.
    pub school: Option<usize>,
    /// Index in [`Plan::schools`] of the downstream that codes are shared with.
    pub to: Option<usize>,
    /// Day on which it is sent, Beijing time; `None` for the quote of an undated plan.
    pub date: Option<Date>,
    /// The accounts or codes that its body has.
    pub counts: Counts,
    /// The price of the orders that it creates; `None` if it creates none.
    pub expected: Option<Money>,
    /// The calls that must have succeeded before: of a call that creates an order, the order is paid.
    pub after: Vec<usize>,
    /// The call whose answer has the job id.
    pub job_from: Option<usize>,
    /// The orders that it is a part of, as indices of [`OrderRequests::orders`]; none if codes are shared.
    pub orders: Vec<usize>,
}

impl Call {
    /// Creates a call that creates no order and waits for nothing.
    fn new(request: Request, date: Option<Date>) -> Call {
        Call {
            file: String::new(),
            request,
            school: None,
            to: None,
            date,
            counts: Counts::ZERO,
            expected: None,
            after: Vec::new(),
            job_from: None,
            orders: Vec::new(),
        }
    }

    /// Returns the API that takes it.
    pub fn api(&self) -> Api {
        self.request.api()
    }
}

/// Something that is due but cannot be requested yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Later {
    /// The API that will take it.
    pub api: Api,
    /// Why it cannot be requested yet.
    pub reason: LaterReason,
    /// Index in [`Plan::schools`] of the customer that orders, or whose codes are shared.
    pub school: usize,
    /// Index in [`Plan::schools`] of the downstream that codes are shared with.
    pub to: Option<usize>,
    /// Day on which it is due, Beijing time; `None` for the quote of an undated plan.
    pub date: Option<Date>,
    /// Its accounts or codes.
    pub counts: Counts,
    /// The price of the order; `None` if it is not known, or if it is none.
    pub expected: Option<Money>,
    /// The calls that must have succeeded before.
    pub after: Vec<usize>,
}

/// Why something cannot be requested yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[derive(strum::IntoStaticStr, strum::VariantArray, serde::Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum LaterReason {
    /// The codes exist once the order is paid, and are known once WeCom's documents list them.
    CodesUnknown,
    /// The accounts to renew are activated later, so that nobody knows yet whose they are.
    NotActiveYet,
    /// It follows an order of the customer that cannot be requested yet.
    FollowsLater,
}

impl LaterReason {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Returns the requests that place the orders of a plan, in the order in which they are sent.
///
/// # Errors
/// [`OrderFailure`] if there is no schedule, or with everything that keeps the orders from being placed: nothing is
/// ordered in part.
pub fn order(plan: &Plan, options: &OrderOptions) -> Result<OrderRequests, OrderFailure> {
    let left_out = due::left_out(plan, options)?;
    let plan = &if options.with_unconfirmed { plan.clone() } else { plan.without_unconfirmed() };
    let due = due::collect(plan, options.basis)?;
    let next =
        if due.iter().all(|payer| payer.orders.is_empty()) { due::next(plan, options.basis)? } else { None };
    let mut problems = check::check(plan, &due);
    let Built { orders, calls, later, expected } = build(plan, &due, options, &mut problems)?;
    if problems.iter().any(OrderProblem::is_error) {
        return Err(OrderFailure::Problems(problems));
    }
    Ok(OrderRequests {
        rate_card: plan.card.id.clone(),
        date: plan.date,
        basis: options.basis,
        orders,
        calls,
        later,
        expected,
        left_out,
        next,
        warnings: problems,
    })
}
