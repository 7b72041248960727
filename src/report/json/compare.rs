use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{
    AssumptionDocument, NoteDocument, PartyDocument, assumption_documents, note_document, party_document,
};
use super::values::{Day, Money, MoneyChange, UnitPrice};
use crate::account::Counts;
use crate::analysis::compare::{Cause, CauseChange, Change, Comparison, CustomerChange, CustomerState};
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::pricing::{OrderStatus, Quote};

json_object! {
    /// Difference between two sides, by customer and by cause. Every sum is exact: causes add up to
    /// customers, and customers to the total.
    pub(crate) struct CompareDocument = compare_json(
        comparison: &Comparison,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/compare/1",
        /// The old side.
        old: SideDocument = side_document(&comparison.old, catalog),
        /// The new side.
        new: SideDocument = side_document(&comparison.new, catalog),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// Every customer of either side.
        customers: Vec<CustomerDocument> = comparison.customers.iter().map(customer_document).collect(),
        /// Change of each cause over all customers, in the order in which causes are computed.
        causes: Vec<CauseDocument> = comparison.causes.iter().map(cause_document).collect(),
        /// Sum of all causes.
        difference: ChangeDocument = change_document(comparison.difference),
        /// True if every payable amount is known on both sides and no school is left out, so that the difference is complete.
        complete: bool = comparison.is_complete(),
    }
}

/// One side.
#[derive(Serialize, JsonSchema)]
struct SideDocument {
    /// The id of the rate card.
    rate_card: String,
    /// Pricing date, Beijing time, on which waivers are decided; null for an undated side.
    date: Option<Day>,
    /// Payable amount in yuan of the confirmed orders, without accounts that have no price.
    payable: Money,
    /// Payable amount in yuan of the unconfirmed orders, without accounts that have no price.
    unconfirmed: Money,
    /// Accounts without a price, of all orders; in none of the sums.
    unpriced: Counts,
    /// True if every account has a price, and no school is left out since a file of it or its group could not be read.
    complete: bool,
    /// Remarks on the figures, each once.
    notes: Vec<NoteDocument>,
}

json_object! {
    /// A customer of either side.
    struct CustomerDocument = customer_document(customer: &CustomerChange) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = customer.party.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = customer.party.name.clone(),
        /// State on the old side; null if the customer is not there.
        old: Option<CustomerStateDocument> = customer.old.as_ref().map(customer_state_document),
        /// State on the new side; null if the customer is not there.
        new: Option<CustomerStateDocument> = customer.new.as_ref().map(customer_state_document),
        /// Causes of the difference; empty if there is none.
        causes: Vec<CauseDocument> = customer.causes.iter().map(cause_document).collect(),
        /// Sum of the causes.
        difference: ChangeDocument = change_document(customer.difference),
    }
}

json_object! {
    /// Everything that decides a customer's share on a side, and the share.
    struct CustomerStateDocument = customer_state_document(state: &CustomerState) {
        /// Payer: the customer itself, or its upstream.
        payer: PartyDocument = party_document(&state.payer),
        /// Its users who need an account.
        need: Counts = state.need,
        /// What it has: active accounts, and codes that can still be activated.
        have: Counts = state.have,
        /// Basic accounts (基础账号) bought for it.
        basic: u32 = state.counts.basic,
        /// Interop accounts (互通账号) bought for it.
        interop: u32 = state.counts.interop,
        /// Its active accounts that outlast the term and come first in the tiers.
        held: Counts = state.held,
        /// True if at least one of its apps is charged.
        charged: bool = state.charged,
        /// Whole months of the term; twelve are a year of the rate card.
        months: u32 = state.term.months,
        /// Days of the term beyond the months.
        days: u32 = state.term.days,
        /// True if the order is a renewal, whose tiers begin from the first account.
        renewal: bool = state.renewal,
        /// The negotiated price of a basic account without a list price; null if none is known.
        negotiated_basic: Option<UnitPrice> = state.negotiated.basic.map(Into::into),
        /// The negotiated price of an interop account without a list price; null if none is known.
        negotiated_interop: Option<UnitPrice> = state.negotiated.interop.map(Into::into),
        /// True if nothing is payable: waived, or a test enterprise's.
        free: bool = state.free,
        /// Confirmed if its order counts towards the firm total.
        status: OrderStatus = state.status,
        /// Its share of the payable, without the accounts that have no price.
        share: ShareDocument = share_document(state.share),
        /// True if the order's payable amount is known, so that the share is complete.
        complete: bool = state.complete,
    }
}

json_object! {
    /// A part of what is payable.
    pub(super) struct ShareDocument = share_document(share: Change) {
        /// Part of the firm total.
        payable: Money = share.firm.into(),
        /// Part of the unconfirmed orders, which are in no firm total.
        unconfirmed: Money = share.unconfirmed.into(),
    }
}

json_object! {
    /// Change of one cause.
    pub(super) struct CauseDocument = cause_document(cause: &CauseChange) {
        /// The cause; a later version may know more of them.
        cause: Cause = cause.cause,
        #[serde(flatten)]
        change: ChangeDocument = change_document(cause.change),
    }
}

json_object! {
    /// A difference of what is payable, new less old.
    pub(super) struct ChangeDocument = change_document(change: Change) {
        /// Change of the firm total.
        payable: MoneyChange = change.firm.into(),
        /// Change of the unconfirmed orders, which are in no firm total.
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
