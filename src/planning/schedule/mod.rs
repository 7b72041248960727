//! Computes what will be ordered, paid and activated, and what will expire: needs over time, holdings and the
//! yearly policy make one schedule, of which calendar, budget and status are views.
//!
//! A [`Plan`] and [`ScheduleOptions`] go in, a [`Schedule`] comes out; read [`schedule()`] first.
//!
//! # The yearly policy
//!
//! - **Need** of a member is its headcount; a type's users need an account from the end of *their* member's trial
//!   of that type on (T1). Users who need an account today and have none are served today.
//! - **Codes in stock** are activated before anything is bought, those whose last day of activation comes first
//!   before others (O9). At the latest on that day (T4) they are stacked on accounts that expire within the
//!   days of T7; those that nobody needs by then lapse.
//! - **First purchase**: for the school's term. It is paid on the day before the app begins to remind its users
//!   (T2) where a trial ends, else on the day on which it is needed.
//! - **Renewal** (P13): placed when the automatic activation begins to prolong (T7), for as many of the expiring
//!   accounts as are still needed on the day of expiry. It takes along accounts that expire within the shortest
//!   term after it. Users who leave within the shortest term are carried over by a purchase of that term where
//!   this is cheaper.
//! - **Top-up**: more accounts, which expire together with the lot that most accounts share, unless that lot has
//!   less than half as many as the top-up: then it is a first purchase for the whole term. It is paid on the latest day on
//!   which that lot still outlasts it (P12). Where less than the shortest term is left, it runs for the shortest
//!   term and is renewed with the others, or to the end of their next term, whichever costs less.
//! - **Growth**: the heads renewed grow by the percentage at each renewal, carried exactly and rounded up.
//! - **Waiver**: while it holds, orders are new ones (O6), never renewals. On its last day a free order is placed
//!   for every need that it can still serve within T4.
//! - **O4**: where the plan states the customer's order of an app, no order is shorter.
//! - What should have been paid before the plan's date is paid on the plan's date, and says since when it was due.

mod engine;
mod error;
mod gaps;
mod heads;
mod ledger;
mod needs;
mod past;
pub mod projection;
#[cfg(test)]
pub(crate) mod random;
mod running;
#[cfg(any(test, debug_assertions))]
mod validate;

pub(in crate::planning) use engine::app_orders;
pub use error::ScheduleError;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::account::AccountType;
use crate::money::Money;
use crate::plan::Plan;
use crate::pricing::{Order, OrderQuote};

/// What a schedule supposes besides the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleOptions {
    /// First day after the schedule, Beijing time.
    pub until: Date,
    /// The growth of the heads at each renewal, as a part of one, above −1.
    pub growth: Decimal,
}

/// The orders of all payers of a plan from its first record to a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The plan's date, Beijing time: the first day on which anything can be decided.
    pub date: Date,
    /// First day after the schedule, Beijing time.
    pub until: Date,
    /// The payers, in the order of the plan.
    pub payers: Vec<PayerSchedule>,
}

/// The schedule of one payer and the members of its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerSchedule {
    /// The members by their index in [`Plan::schools`], the payer first.
    pub members: Vec<usize>,
    /// Recorded and scheduled orders, in the order in which they happen (P12): by day, on one day renewals
    /// first, then purchases by falling term.
    pub orders: Vec<ScheduledOrder>,
    /// Users without an active account, from the plan's date on, or since the day since which they have been
    /// without one.
    pub gaps: Vec<Gap>,
    /// Codes that were, or will be, lost because nobody needed them in time (T4).
    pub lapsed: Vec<Lapsed>,
    /// The users who need an account, as supposed: by member, type and day.
    pub needs: Vec<NeedStep>,
}

/// An order, recorded or scheduled. Quoting `order` on `date` again gives `quote`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduledOrder {
    /// Day on which it is placed and paid, Beijing time; waivers are decided on it.
    pub date: Date,
    /// The reason why it is placed.
    pub kind: OrderKind,
    /// The recorded purchase that it is: member (index in [`PayerSchedule::members`]) and index in
    /// [`School::purchases`](crate::plan::School::purchases).
    pub recorded: Option<(usize, usize)>,
    /// The day on which it should have been paid, Beijing time, if that is before the plan's date.
    pub due_since: Option<Date>,
    /// The order. Members without a part in it are left out, except the payer, who is first. Its `held` counts
    /// are those of the whole group, all on the first charged member. `need` and `have` of a member are those of the
    /// day on which the first of its accounts runs: `have` is active then by the records of the plan and the orders
    /// that precede this one.
    pub order: Order,
    /// Its price on `date`.
    pub quote: OrderQuote,
    /// The activations of its codes, or the prolongations of a renewal.
    pub lots: Vec<OrderLot>,
    /// True if it is the first charged order after waived ones (V5).
    pub first_after_waiver: bool,
    /// Why its day or term is what it is, where the reader may wonder.
    pub reasons: Vec<Reason>,
}

impl ScheduledOrder {
    /// Returns true if it should have been paid before the plan's date.
    pub fn is_overdue(&self) -> bool {
        self.due_since.is_some()
    }

    /// Returns the first day on which any of its accounts runs, Beijing time; the day of payment if none is
    /// activated.
    pub fn starts(&self) -> Date {
        self.lots.iter().map(OrderLot::starts).min().unwrap_or(self.date)
    }

    /// Returns the last day of expiry of its accounts, Beijing time; `None` if none is activated.
    pub fn expires(&self) -> Option<Date> {
        self.lots.iter().map(|lot| lot.expires).max()
    }
}

/// Accounts of an order that are activated, or prolonged, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderLot {
    /// Whose users they serve: an index in [`PayerSchedule::members`].
    pub member: usize,
    /// Their type.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Day of activation, Beijing time; of a renewal the day of its payment.
    pub activated: Date,
    /// The day of expiry, Beijing time, of the accounts that they prolong (T7, P15).
    pub extends: Option<Date>,
    /// Day on which they expire, the first without them, Beijing time (T6).
    pub expires: Date,
    /// True if the plan records the activation.
    pub recorded: bool,
}

impl OrderLot {
    /// Returns the first day on which they run, Beijing time: that of activation, or the expiry that they
    /// prolong.
    pub fn starts(&self) -> Date {
        self.extends.unwrap_or(self.activated)
    }
}

/// Reason why an order is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// The plan records it.
    Recorded,
    /// The first accounts, or the first after a lapse, or more for the whole term.
    Purchase,
    /// More accounts, which expire together with others.
    TopUp,
    /// Expiring accounts are prolonged (P13).
    Renewal,
    /// Accounts beyond the renewed ones, because of growth.
    Growth,
    /// New accounts in place of expiring ones that cannot be renewed (O6, T8).
    Replacement,
    /// Expiring accounts of users who leave soon, for the shortest term.
    CarryOver,
}

impl OrderKind {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Why the day or the term of an order is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Paid on the latest day on which the accounts that it will expire with outlast it (P12).
    PaidWhileOutlasted {
        /// The day on which they expire, Beijing time.
        expires: Date,
        /// The price if it were paid on the day on which it is needed.
        otherwise: Money,
    },
    /// Expires with the lot that most accounts share.
    ExpiresWith {
        /// The day, Beijing time.
        expires: Date,
    },
    /// Runs for the shortest term, to be renewed with the others.
    ShortestTerm,
    /// Runs to the end of the next term of the others.
    NextTerm,
    /// Shorter than the school's term, which WeCom may refuse: the licence must not be shorter than the app's
    /// order (O4).
    ShorterThanTerm {
        /// The price for the school's term.
        full_price: Money,
    },
    /// As long as the customer's order of the app (O4).
    AppOrder,
    /// Free today, and no longer after the waiver's last day (V5).
    LastDayOfWaiver {
        /// The day, Beijing time.
        last_day: Date,
    },
    /// The plan records activations of codes in stock for a later day, on which nobody needs them any more; activated
    /// when the accounts of this order start, they would serve as many of its users.
    CodesInStock {
        /// The codes.
        count: u32,
        /// The recorded day of activation, Beijing time.
        activated: Date,
        /// The day on which the accounts of this order start, Beijing time.
        starts: Date,
    },
}

/// Days on which fewer accounts are active than needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Whose users: an index in [`PayerSchedule::members`].
    pub member: usize,
    /// The type that they need.
    pub account_type: AccountType,
    /// First day, Beijing time.
    pub from: Date,
    /// First day after, Beijing time.
    pub until: Date,
    /// Users who need an account.
    pub need: u32,
    /// Active accounts that serve them: for basic users those of the type and spare interop ones (W5).
    pub active: u32,
}

impl Gap {
    /// Returns the users without an account.
    pub fn uncovered(&self) -> u32 {
        self.need.saturating_sub(self.active)
    }

    /// Returns the days from `from` to `until`.
    pub fn days(&self) -> u32 {
        crate::rules::days_between(self.from, self.until)
    }
}

/// Codes that are lost after a day because nobody activated them (T4, docs/rules.md#t4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapsed {
    /// Whose purchase: an index in [`PayerSchedule::members`].
    pub member: usize,
    /// Index in [`School::purchases`](crate::plan::School::purchases).
    pub purchase: usize,
    /// Their type.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Last day on which they could be activated, Beijing time.
    pub last_day: Date,
    /// Their part of what was paid; `None` if a price is not known.
    pub worth: Option<Money>,
}

/// The users of a member who need an account of a type from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NeedStep {
    /// An index in [`PayerSchedule::members`].
    pub member: usize,
    /// The type that they need.
    pub account_type: AccountType,
    /// First day, Beijing time; `None` from the beginning.
    pub from: Option<Date>,
    /// Their number: zero while in trial, and at a school with internal apps alone.
    pub users: u32,
}

/// Returns the schedule of a plan by the yearly policy, up to a day. Another day does not change the orders before
/// it.
///
/// # Errors
/// [`ScheduleError`] if the plan has no date, or an order cannot be placed.
pub fn schedule(plan: &Plan, options: &ScheduleOptions) -> Result<Schedule, ScheduleError> {
    let mut schedule = engine::run(plan, options)?;
    #[cfg(any(test, debug_assertions))]
    validate::assert_valid(plan, options, &schedule);
    past::settle(plan, &mut schedule)?;
    Ok(schedule)
}

#[cfg(test)]
mod tests;
