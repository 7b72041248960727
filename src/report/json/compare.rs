use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{NoteDocument, PartyDocument, note_document, party_document};
use super::values::{Day, Money, MoneyChange, UnitPrice};
use crate::account::Counts;
use crate::analysis::compare::{Cause, CauseChange, Change, Comparison, CustomerChange, CustomerState};
use crate::diagnostic::lang::Catalog;
use crate::pricing::{OrderStatus, Quote};

/// A comparison as JSON of schema `wxlicense/compare/1`. The sentences of the notes are in the catalog's
/// language.
pub(in crate::report) fn compare_json(comparison: &Comparison, catalog: &Catalog) -> impl Serialize + use<> {
    CompareDocument {
        schema: "wxlicense/compare/1",
        old: side_document(&comparison.old, catalog),
        new: side_document(&comparison.new, catalog),
        customers: comparison.customers.iter().map(customer_document).collect(),
        causes: comparison.causes.iter().map(cause_document).collect(),
        difference: change_document(comparison.difference),
        complete: comparison.is_complete(),
    }
}

/// What changed between two sides, by customer and by cause. Every sum of differences is exact: causes add up to
/// customers, and customers to the whole.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CompareDocument {
    /// The name and number of this form; it changes when a field is changed or removed.
    schema: &'static str,
    /// The old side.
    old: SideDocument,
    /// The new side.
    new: SideDocument,
    /// Every customer of either side.
    customers: Vec<CustomerDocument>,
    /// What each cause comes to over all customers, in the order in which they are looked at.
    causes: Vec<CauseDocument>,
    /// What all causes come to.
    difference: ChangeDocument,
    /// Whether every payable is known on both sides, so that the difference hides nothing.
    complete: bool,
}

/// One side.
#[derive(Serialize, JsonSchema)]
struct SideDocument {
    /// The id of the rate card.
    rate_card: String,
    /// The pricing date, by which waivers are judged; null for an undated side.
    date: Option<Day>,
    /// What has to be paid for the confirmed orders, as far as they have a price.
    payable: Money,
    /// What would have to be paid for the unconfirmed orders, as far as they have a price.
    unconfirmed: Money,
    /// Accounts without a price, of all orders; in none of the sums.
    unpriced: Counts,
    /// Whether nothing is unconfirmed and nothing unpriced.
    complete: bool,
    /// What a reader of the figures must know, each note once.
    notes: Vec<NoteDocument>,
}

/// A customer of either side.
#[derive(Serialize, JsonSchema)]
struct CustomerDocument {
    /// Its code in the plan; null for a customer without one.
    code: Option<String>,
    /// Its name in the plan; null for a customer without one.
    name: Option<String>,
    /// What decides its share on the old side; null where it is not there.
    old: Option<CustomerStateDocument>,
    /// What decides its share on the new side; null where it is not there.
    new: Option<CustomerStateDocument>,
    /// Why it pays another amount; none where it does not.
    causes: Vec<CauseDocument>,
    /// What the causes come to.
    difference: ChangeDocument,
}

/// What decides a customer's share on a side, and the share.
#[derive(Serialize, JsonSchema)]
struct CustomerStateDocument {
    /// Who pays: the customer itself, or its upstream.
    payer: PartyDocument,
    /// Basic accounts (基础账号) bought for it.
    basic: u32,
    /// Interop accounts (互通账号) bought for it.
    interop: u32,
    /// Its active accounts that outlast the term and come first in the tiers.
    held: Counts,
    /// Whether any of its apps is charged.
    charged: bool,
    /// Whole months of the term; twelve are a year of the rate card.
    months: u32,
    /// Days of the term beyond the months.
    days: u32,
    /// Whether the order is a renewal, whose tiers begin from the first account.
    renewal: bool,
    /// The negotiated price of a basic account without a list price; null where none is known.
    negotiated_basic: Option<UnitPrice>,
    /// The negotiated price of an interop account without a list price; null where none is known.
    negotiated_interop: Option<UnitPrice>,
    /// Whether nothing has to be paid: waived, or a test enterprise's.
    free: bool,
    /// Whether its order counts towards the firm total.
    status: OrderStatus,
    /// Its share of the payable, without the accounts that have no price.
    share: ShareDocument,
    /// Whether the order's payable is known, so that the share is all of it.
    complete: bool,
}

/// A part of what is payable.
#[derive(Serialize, JsonSchema)]
struct ShareDocument {
    /// Of the firm total.
    payable: Money,
    /// Of the unconfirmed orders, which are in no firm total.
    unconfirmed: Money,
}

/// What one cause comes to.
#[derive(Serialize, JsonSchema)]
struct CauseDocument {
    /// The cause; a later version may know more of them.
    cause: Cause,
    #[serde(flatten)]
    change: ChangeDocument,
}

/// A difference of what is payable, new less old.
#[derive(Serialize, JsonSchema)]
struct ChangeDocument {
    /// Of the firm total.
    payable: MoneyChange,
    /// Of the unconfirmed orders, which are in no firm total.
    unconfirmed: MoneyChange,
}

fn side_document(quote: &Quote, catalog: &Catalog) -> SideDocument {
    let mut notes = Vec::new();
    for note in quote.orders.iter().flat_map(|order| &order.notes) {
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    SideDocument {
        rate_card: quote.rate_card.clone(),
        date: quote.date.map(Into::into),
        payable: quote.totals.payable.into(),
        unconfirmed: quote.totals.unconfirmed.into(),
        unpriced: quote.totals.unpriced,
        complete: quote.totals.complete,
        notes: notes.into_iter().map(|note| note_document(note, catalog)).collect(),
    }
}

fn customer_document(customer: &CustomerChange) -> CustomerDocument {
    CustomerDocument {
        code: customer.party.code.clone(),
        name: customer.party.name.clone(),
        old: customer.old.as_ref().map(customer_state_document),
        new: customer.new.as_ref().map(customer_state_document),
        causes: customer.causes.iter().map(cause_document).collect(),
        difference: change_document(customer.difference),
    }
}

fn customer_state_document(state: &CustomerState) -> CustomerStateDocument {
    CustomerStateDocument {
        payer: party_document(&state.payer),
        basic: state.counts.basic,
        interop: state.counts.interop,
        held: state.held,
        charged: state.charged,
        months: state.term.months,
        days: state.term.days,
        renewal: state.renewal,
        negotiated_basic: state.negotiated.basic.map(Into::into),
        negotiated_interop: state.negotiated.interop.map(Into::into),
        free: state.free,
        status: state.status,
        share: ShareDocument {
            payable: state.share.firm.into(),
            unconfirmed: state.share.unconfirmed.into(),
        },
        complete: state.complete,
    }
}

fn cause_document(cause: &CauseChange) -> CauseDocument {
    CauseDocument { cause: cause.cause, change: change_document(cause.change) }
}

fn change_document(change: Change) -> ChangeDocument {
    ChangeDocument { payable: change.firm.into(), unconfirmed: change.unconfirmed.into() }
}
