use jiff::civil::Date;
use thiserror::Error;

use crate::account::{AccountType, Counts};
use crate::planning::schedule::ScheduleError;
use crate::pricing::Party;
use crate::rules::OrderRefusal;

/// The reason why there are no requests.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OrderFailure {
    /// There is no schedule, or an order cannot be placed.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// Problems of the orders, at least one of them an error; the warnings too.
    #[error("{} problems keep the orders from being placed", .0.iter().filter(|problem| problem.is_error()).count())]
    Problems(Vec<OrderProblem>),
}

/// A problem of the orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderProblem {
    /// The plan states nobody who places the orders.
    NoBuyer,
    /// A customer without WeCom's id.
    NoCorpId {
        /// The customer.
        school: Party,
    },
    /// An order with accounts that have no price.
    NoPrice {
        /// Who pays.
        payer: Party,
        /// Day of the order, Beijing time.
        date: Option<Date>,
        /// The accounts without a price.
        unpriced: Counts,
    },
    /// A renewal of accounts whose users no document lists.
    UsersUnknown {
        /// The school.
        school: Party,
        /// Type of the accounts.
        account_type: AccountType,
        /// The day on which they expire, Beijing time.
        expires: Date,
        /// Accounts to renew.
        wanted: u32,
        /// Those that documents list.
        listed: u32,
    },
    /// An order that WeCom refuses, by what the plan states (O1–O4).
    Refused {
        /// Who pays.
        payer: Party,
        /// Day of the order, Beijing time.
        date: Date,
        /// Why.
        refusal: OrderRefusal,
        /// Term in days.
        days: u32,
        /// Its accounts, both types together.
        accounts: u64,
        /// Ids of the facts behind the refusal.
        facts: Vec<String>,
        /// False if it depends on what the plan does not state.
        certain: bool,
    },
    /// Interop accounts for a school whose apps are all stated to need basic ones (O8, docs/rules.md#o8).
    NoPermission {
        /// The school.
        school: Party,
        /// The interop accounts.
        count: u32,
        /// Ids of the facts behind it.
        facts: Vec<String>,
    },
    /// More codes for a downstream than WeCom lets it have (U2, docs/rules.md#u2).
    TooManyShared {
        /// The downstream.
        school: Party,
        /// The codes.
        codes: usize,
        /// The most that it may have.
        most: usize,
    },
}

impl OrderProblem {
    /// Returns true if the order cannot be placed; false for what WeCom may refuse.
    pub fn is_error(&self) -> bool {
        match self {
            OrderProblem::NoBuyer
            | OrderProblem::NoCorpId { .. }
            | OrderProblem::NoPrice { .. }
            | OrderProblem::UsersUnknown { .. } => true,
            OrderProblem::Refused { certain, .. } => *certain,
            OrderProblem::NoPermission { .. } | OrderProblem::TooManyShared { .. } => false,
        }
    }
}
