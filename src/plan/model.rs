use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::{AccountList, ListedUser, SchoolUsers};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::customer::{AppKind, Customer};
use crate::money::{Money, UnitPrice};
use crate::pricing::{OrderStatus, Party};
use crate::rates::RateCard;

/// A valid plan: its rate card is known, its codes are unique, its groups have one upstream and one term, and
/// every order that it leads to can be placed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The pricing date, Beijing time; `None` for an undated plan.
    pub date: Option<Date>,
    /// Rate card that prices it.
    pub card: Arc<RateCard>,
    /// The service provider, who pays.
    pub provider: Provider,
    /// Customers, in the order of the file.
    pub schools: Vec<School>,
    /// Customers of the file that are not among `schools`, since a roster or a document that they name could not be
    /// read; their groups whole. With any, sums over the plan are incomplete.
    pub left_out: Vec<LeftOutSchool>,
}

/// A customer of the file that is not among a plan's schools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutSchool {
    /// Its identity.
    pub party: Party,
    /// WeCom's id of the enterprise; `None` if the plan does not state one.
    pub corp_id: Option<String>,
}

impl Plan {
    /// Returns the schools that plans leave out, each once.
    pub fn left_out_of(plans: &[&Plan]) -> Vec<Party> {
        let mut schools: Vec<Party> = Vec::new();
        for school in plans.iter().flat_map(|plan| &plan.left_out) {
            if !schools.iter().any(|other| other.code == school.party.code) {
                schools.push(school.party.clone());
            }
        }
        schools
    }
}

/// The service provider of a plan, as far as the plan states it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provider {
    /// Name.
    pub name: Option<String>,
    /// The userid at WeCom that places orders by the API.
    pub buyer: Option<String>,
}

/// A customer enterprise of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Code, unique in the plan.
    pub code: String,
    /// Name.
    pub name: String,
    /// WeCom's id of the enterprise.
    pub corp_id: Option<String>,
    /// The facts that decide on a waiver.
    pub customer: Customer,
    /// Confirmed, or kept out of the firm total.
    pub status: OrderStatus,
    /// True for a provider's test enterprise (P14, docs/rules.md#p14).
    pub test_enterprise: bool,
    /// Users who need an account before the first headcount: the union over its apps (W3, docs/rules.md#w3).
    pub counts: Counts,
    /// These users by name, where rosters list them.
    pub users: Option<SchoolUsers>,
    /// Headcount of the customer's contacts, where known (O3, docs/rules.md#o3).
    pub contacts: Option<u32>,
    /// The term for which accounts are bought.
    pub term: Term,
    /// Code of the school that pays for this one (U1, docs/rules.md#u1).
    pub upstream: Option<String>,
    /// Negotiated price of each account without a list price, in yuan a year (P5, docs/rules.md#p5).
    pub negotiated: PerType<Option<UnitPrice>>,
    /// Active accounts, besides those of the purchases.
    pub held: Vec<HeldLot>,
    /// Its accounts by user, where WeCom's documents list them; those that run stand in `held` too.
    pub accounts: Option<AccountList>,
    /// Its apps.
    pub apps: Vec<App>,
    /// Licences bought, by day of payment; on one day in the order of the file. A day may lie ahead.
    pub purchases: Vec<RecordedPurchase>,
    /// The users who need an account from a day on, by day.
    pub headcounts: Vec<Headcount>,
}

/// Active accounts of one type that expire together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLot {
    /// Type of the accounts.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// Day on which they expire, Beijing time: the activation day plus the term's days (T6).
    pub expires: Date,
}

/// A licence purchase that the plan records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedPurchase {
    /// Day of payment, Beijing time.
    pub paid: Date,
    /// New accounts, or active ones prolonged.
    pub kind: RecordedKind,
    /// Accounts bought.
    pub counts: Counts,
    /// Their term, from activation; of a renewal, from the old expiry.
    pub term: Term,
    /// Activations of its codes; codes without an activation are not activated. For a renewal the accounts
    /// that it prolongs, dated the day of payment; none for those that expire first.
    pub activations: Vec<RecordedActivation>,
    /// Its codes whose accounts stand in `held`, since an account list has them; of a renewal, the accounts that
    /// have their new expiry there. None of them is among `activations`.
    pub listed: Counts,
    /// WeCom's order, where one of its documents states it.
    pub bill: Option<Bill>,
}

/// WeCom's order behind a recorded purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    /// WeCom's id of the order.
    pub order_id: String,
    /// Its price; `None` for a part of an order of several enterprises (O11).
    pub price: Option<Money>,
    /// The day to which it renews, the first without the accounts, Beijing time; `None` for months and days (O7,
    /// docs/rules.md#o7).
    pub until: Option<Date>,
    /// The users whose accounts a renewal prolongs, as far as the documents name them.
    pub renewed: Vec<ListedUser>,
}

/// The kinds of recorded purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum RecordedKind {
    /// New accounts (P12, docs/rules.md#p12).
    #[default]
    Purchase,
    /// Active accounts, prolonged (P13, docs/rules.md#p13).
    Renewal,
}

/// The activation of some codes of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedActivation {
    /// Its day, Beijing time.
    pub date: Date,
    /// Type of the accounts.
    pub account_type: AccountType,
    /// Their number.
    pub count: u32,
    /// The day of expiry of the active accounts that it prolongs, Beijing time (T7, docs/rules.md#t7); `None`
    /// for users without an account.
    pub extends: Option<Date>,
}

/// The users of a school who need an account from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headcount {
    /// First day, Beijing time, inclusive.
    pub from: Date,
    /// Their number, by the type that they need.
    pub counts: Counts,
}

/// An app of the provider, or of the customer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Id of the app.
    pub id: String,
    /// Name of the app; its id if none is stated.
    pub name: String,
    /// Host that it is embedded in.
    pub host: Option<String>,
    /// Third-party, agency or internal (W1, docs/rules.md#w1).
    pub kind: AppKind,
    /// Moment of the first installation or authorisation, Beijing time (T1, docs/rules.md#t1).
    pub authorized: Option<DateTime>,
    /// Account type that its interfaces need (W4, docs/rules.md#w4).
    pub needs: AccountType,
    /// The customer's order of the app, where known (O1, O4, docs/rules.md#o4).
    pub order: Option<AppOrder>,
}

/// The customer's order of an app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppOrder {
    /// First day, Beijing time.
    pub from: Date,
    /// Last day, inclusive, Beijing time.
    pub until: Date,
}
