//! How the orders of a schedule follow from the users, as formulas that a spreadsheet can compute again.
//!
//! A [`Plan`], its [`ScheduleOptions`] and its [`Schedule`] go in, a [`Projection`] comes out; read [`project`]
//! first. Days and terms stay those of the schedule: the formulas say how many accounts each order buys when users
//! or growth change. Where another number of users could lead to another day, term or order, a row is
//! locked or has a [`Check`], and its reader is told to run the program again. On the users of the schedule the
//! formulas give the orders of the schedule; where they would not, the rows are locked.
//!
//! `lots` collects the accounts and when they run, `cells` names the accounts of each order that depend on users,
//! `locks` decides up to which day nothing can be followed, `build` writes the formulas with `formulas`, `orders` and `checks`, and `evaluate`
//! computes them.

mod build;
mod cells;
mod checks;
mod count;
mod evaluate;
mod formulas;
mod locks;
mod lots;
mod orders;
mod rows;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use self::count::{Bought, Count};
pub use self::evaluate::{Edits, Projected};
use super::{OrderKind, Schedule, ScheduleOptions};
use crate::account::{Counts, PerType, Term};
use crate::money::UnitPrice;
use crate::plan::Plan;
use crate::pricing::{Order, OrderQuote, OrderStatus, Party};

/// The orders of a schedule as functions of the users and of their growth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection {
    /// The plan's date, Beijing time.
    pub date: Date,
    /// The growth of the users at each renewal that the schedule supposes, as a part of one.
    pub growth: Decimal,
    /// The payers, in the order of the schedule.
    pub payers: Vec<PayerProjection>,
}

/// The orders of one payer as functions of the users of its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerProjection {
    /// The members, the payer first.
    pub members: Vec<ProjectedMember>,
    /// The term of the payer's accounts.
    pub term: Term,
    /// The negotiated price of each of its accounts without a list price, in yuan a year.
    pub negotiated: PerType<Option<UnitPrice>>,
    /// The users from day to day, by member, then by day.
    pub rows: Vec<UserRow>,
    /// The orders in the order in which they happen, recorded ones included, and those that are placed only if
    /// users grow.
    pub orders: Vec<ProjectedOrder>,
    /// True if a day or a term was chosen for its price, so that other prices could lead to another.
    pub depends_on_prices: bool,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectedMember {
    /// Its index in [`Plan::schools`].
    pub school: usize,
    /// Its identity.
    pub party: Party,
    /// Confirmed, or kept out of the firm total.
    pub status: OrderStatus,
}

/// The users of a member from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserRow {
    /// The member, by its index in [`PayerProjection::members`].
    pub member: usize,
    /// First day, Beijing time; `None` for the users of the plan's date.
    pub from: Option<Date>,
    /// The users that the schedule supposes, also while they are in a trial.
    pub users: Counts,
    /// True if it stands where accounts end, and users may grow.
    pub at_expiry: bool,
    /// Where the users come from, if nobody states them.
    pub default: UserDefault,
    /// True if other users than these cannot be followed.
    pub locked: bool,
    /// True if another growth cannot be followed from the row before to this one.
    pub fixed_growth: bool,
    /// What must hold for the orders to be those of the schedule.
    pub checks: Vec<Check>,
}

/// Where the users of a row come from, if nobody states them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UserDefault {
    /// The plan states them.
    Stated,
    /// Those of the row before, which grow at a renewal.
    Grown {
        /// For each type, the accounts that go on, which is how many users grow; `None` if none of the type ends.
        kept: PerType<Option<Count>>,
    },
}

/// What must hold for the orders to be those of the schedule: one number is no more than another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is about.
    pub kind: CheckKind,
    /// The number that must not be more.
    pub less: Count,
    /// The other.
    pub more: Count,
}

/// What a check is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckKind {
    /// No more users need an account than have one.
    Covered,
    /// No other order would be placed, or on another day or for another term.
    SameOrder,
}

/// An order of which some numbers of accounts depend on users.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectedOrder {
    /// Its index among the orders of the schedule; `None` for one that is placed only if users grow.
    pub scheduled: Option<usize>,
    /// The day on which it is placed, Beijing time.
    pub date: Date,
    /// The reason why it is placed.
    pub kind: OrderKind,
    /// The order on the users of the schedule.
    pub order: Order,
    /// Its price on them: of no accounts, if it is placed only if users grow.
    pub quote: OrderQuote,
    /// The first day of its accounts, and the first without them, Beijing time; `None` while none is activated.
    pub period: Option<(Date, Date)>,
    /// For each member of the order, its index in [`PayerProjection::members`].
    pub members: Vec<usize>,
    /// For each member of the order, how many accounts it buys for it.
    pub counts: Vec<PerType<Count>>,
    /// The accounts that come before it in the tiers (P12).
    pub held: PerType<Count>,
}

/// Returns how the orders of a schedule follow from the users. Orders before `from`, Beijing time, are taken as they
/// are.
pub fn project(plan: &Plan, options: &ScheduleOptions, schedule: &Schedule, from: Date) -> Projection {
    let payers =
        schedule.payers.iter().map(|payer| build::project_payer(plan, options, schedule, payer, from));
    Projection { date: schedule.date, growth: options.growth, payers: payers.collect() }
}
