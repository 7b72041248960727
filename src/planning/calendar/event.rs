use jiff::civil::{Date, DateTime};
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::account::Counts;
use crate::plan::App;
use crate::planning::schedule::{OrderKind, Reason};
use crate::pricing::{OrderQuote, Party};

/// Something that happens, or has to be done, on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day, Beijing time.
    pub date: Date,
    /// Its kind.
    pub kind: EventKind,
    /// Open if it waits for somebody.
    pub state: EventState,
    /// School of the event; the payer, for a payment.
    pub school: Party,
    /// App of the event, if it is about one.
    pub app: Option<EventApp>,
    /// Its origin.
    pub origin: EventOrigin,
    /// Exact moment, Beijing time, if it is known.
    pub moment: Option<DateTime>,
    /// Accounts of the event; zero for the dates of a trial.
    pub counts: Counts,
    /// The reason for a payment, made or to be made; `None` for other events.
    pub order_kind: Option<OrderKind>,
    /// The price of a payment on that day; `None` for other events.
    pub quote: Option<Box<OrderQuote>>,
    /// The day, Beijing time, since which it should have been done, if that is before the plan's date.
    pub due_since: Option<Date>,
    /// Why a payment's day and term are what they are.
    pub reasons: Vec<Reason>,
    /// Latest day of expiry that prolonging on that day can reach (T8); for the two stacking days.
    pub latest_expiry: Option<Date>,
    /// Ids of the facts that the date rests on; for a payment to be made also those of the check of app orders
    /// that it has to pass (T10).
    pub facts: Vec<String>,
}

impl Event {
    /// Returns true if it was due before that day and is not done. On its own day nothing is overdue, unless it
    /// is done that late.
    pub fn is_overdue(&self, on: Date) -> bool {
        self.state == EventState::Open && self.due_since.unwrap_or(self.date) < on
    }
}

/// App of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventApp {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Host that it is embedded in.
    pub host: Option<String>,
}

impl EventApp {
    pub(super) fn of(app: &App) -> EventApp {
        EventApp { id: app.id.clone(), name: app.name.clone(), host: app.host.clone() }
    }
}

/// Origin of an event. Together with the school, the kind, the app and the account type it identifies the
/// event whatever day it falls on, unless two purchases of a day or two apps of an id are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventOrigin {
    /// The authorisation of an app.
    App,
    /// A scheduled order.
    Order {
        /// The reason for it.
        kind: OrderKind,
    },
    /// A recorded purchase.
    Purchase {
        /// Its day of payment, Beijing time.
        paid: Date,
    },
    /// A `held` lot.
    Held {
        /// Its day of expiry, Beijing time.
        expires: Date,
    },
}

/// The state of an event: waiting for somebody, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum EventState {
    /// For information; nothing has to be done.
    Information,
    /// Action is required by that day.
    Open,
    /// Action was required by that day, and is done.
    Done,
    /// Action was required by that day, and it is too late for it.
    Lost,
}

impl EventState {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Kind of event, in the order in which events of one school and day are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// An app is authorised: its free trial begins (T1).
    TrialStart,
    /// A day of payment of a scheduled order: a first purchase, a renewal, a top-up.
    Payment,
    /// Users who need an account have none.
    Uncovered,
    /// An app begins to remind its users that the trial ends (T2).
    TrialReminder,
    /// An app's trial ends: users without an account are locked out (T1, T2).
    TrialEnd,
    /// The plan records a payment.
    Paid,
    /// Codes were activated, or are to be.
    Activation,
    /// The last day on which a refund can be asked for (T5).
    LastRefundDay,
    /// The last day on which bought accounts can be activated (T4).
    LastActivationDay,
    /// The first day on which a new code can prolong accounts (T7).
    FirstStackingDay,
    /// The first day on which the automatic activation prolongs accounts (T7).
    AutomaticStackingDay,
    /// Accounts expire (T6).
    Expiry,
}

impl EventKind {
    /// Returns the word that flags, CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
