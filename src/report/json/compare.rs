use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{NoteDocument, PartyDocument, note_document, party_document};
use super::values::{Day, Money, MoneyChange, UnitPrice};
use crate::account::Counts;
use crate::analysis::compare::{Cause, CauseChange, Change, Comparison, CustomerChange, CustomerState};
use crate::diagnostic::lang::Catalog;
use crate::pricing::{OrderStatus, Quote};

json_object! {
    /// What changed between two sides, by customer and by cause. Every sum of differences is exact: causes add up to
    /// customers, and customers to the whole.
    pub(crate) struct CompareDocument = compare_json(comparison: &Comparison, catalog: &Catalog) {
        /// The name and number of this form; it changes when a field is changed or removed.
        schema: &'static str = "wxlicense/compare/1",
        /// The old side.
        old: SideDocument = side_document(&comparison.old, catalog),
        /// The new side.
        new: SideDocument = side_document(&comparison.new, catalog),
        /// Every customer of either side.
        customers: Vec<CustomerDocument> = comparison.customers.iter().map(customer_document).collect(),
        /// What each cause comes to over all customers, in the order in which they are looked at.
        causes: Vec<CauseDocument> = comparison.causes.iter().map(cause_document).collect(),
        /// What all causes come to.
        difference: ChangeDocument = change_document(comparison.difference),
        /// Whether every payable is known on both sides, so that the difference hides nothing.
        complete: bool = comparison.is_complete(),
    }
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

json_object! {
    /// A customer of either side.
    struct CustomerDocument = customer_document(customer: &CustomerChange) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = customer.party.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = customer.party.name.clone(),
        /// What decides its share on the old side; null where it is not there.
        old: Option<CustomerStateDocument> = customer.old.as_ref().map(customer_state_document),
        /// What decides its share on the new side; null where it is not there.
        new: Option<CustomerStateDocument> = customer.new.as_ref().map(customer_state_document),
        /// Why it pays another amount; none where it does not.
        causes: Vec<CauseDocument> = customer.causes.iter().map(cause_document).collect(),
        /// What the causes come to.
        difference: ChangeDocument = change_document(customer.difference),
    }
}

json_object! {
    /// What decides a customer's share on a side, and the share.
    struct CustomerStateDocument = customer_state_document(state: &CustomerState) {
        /// Who pays: the customer itself, or its upstream.
        payer: PartyDocument = party_document(&state.payer),
        /// Basic accounts (基础账号) bought for it.
        basic: u32 = state.counts.basic,
        /// Interop accounts (互通账号) bought for it.
        interop: u32 = state.counts.interop,
        /// Its active accounts that outlast the term and come first in the tiers.
        held: Counts = state.held,
        /// Whether any of its apps is charged.
        charged: bool = state.charged,
        /// Whole months of the term; twelve are a year of the rate card.
        months: u32 = state.term.months,
        /// Days of the term beyond the months.
        days: u32 = state.term.days,
        /// Whether the order is a renewal, whose tiers begin from the first account.
        renewal: bool = state.renewal,
        /// The negotiated price of a basic account without a list price; null where none is known.
        negotiated_basic: Option<UnitPrice> = state.negotiated.basic.map(Into::into),
        /// The negotiated price of an interop account without a list price; null where none is known.
        negotiated_interop: Option<UnitPrice> = state.negotiated.interop.map(Into::into),
        /// Whether nothing has to be paid: waived, or a test enterprise's.
        free: bool = state.free,
        /// Whether its order counts towards the firm total.
        status: OrderStatus = state.status,
        /// Its share of the payable, without the accounts that have no price.
        share: ShareDocument =
            ShareDocument { payable: state.share.firm.into(), unconfirmed: state.share.unconfirmed.into(), },
        /// Whether the order's payable is known, so that the share is all of it.
        complete: bool = state.complete,
    }
}

/// A part of what is payable.
#[derive(Serialize, JsonSchema)]
struct ShareDocument {
    /// Of the firm total.
    payable: Money,
    /// Of the unconfirmed orders, which are in no firm total.
    unconfirmed: Money,
}

json_object! {
    /// What one cause comes to.
    struct CauseDocument = cause_document(cause: &CauseChange) {
        /// The cause; a later version may know more of them.
        cause: Cause = cause.cause,
        #[serde(flatten)]
        change: ChangeDocument = change_document(cause.change),
    }
}

json_object! {
    /// A difference of what is payable, new less old.
    struct ChangeDocument = change_document(change: Change) {
        /// Of the firm total.
        payable: MoneyChange = change.firm.into(),
        /// Of the unconfirmed orders, which are in no firm total.
        unconfirmed: MoneyChange = change.unconfirmed.into(),
    }
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
