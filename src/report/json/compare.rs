use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{NoteDocument, PartyDocument, note_document, party_document};
use crate::account::Counts;
use crate::lang::Catalog;
use crate::pricing::{OrderStatus, Quote};
use crate::schedule::compare::{CauseChange, Change, Comparison, CustomerChange, Standing};

/// A comparison as JSON of schema `wxlicense/compare/1`. The sentences of the notes are in the catalog's
/// language.
pub fn compare_json(comparison: &Comparison, catalog: &Catalog) -> impl Serialize + use<> {
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

#[derive(Serialize, JsonSchema)]
pub(crate) struct CompareDocument {
    schema: &'static str,
    old: SideDocument,
    new: SideDocument,
    customers: Vec<CustomerDocument>,
    causes: Vec<CauseDocument>,
    difference: ChangeDocument,
    complete: bool,
}

#[derive(Serialize, JsonSchema)]
struct SideDocument {
    rate_card: String,
    date: Option<String>,
    payable: String,
    unconfirmed: String,
    unpriced: Counts,
    complete: bool,
    notes: Vec<NoteDocument>,
}

#[derive(Serialize, JsonSchema)]
struct CustomerDocument {
    code: Option<String>,
    name: Option<String>,
    old: Option<StandingDocument>,
    new: Option<StandingDocument>,
    causes: Vec<CauseDocument>,
    difference: ChangeDocument,
}

#[derive(Serialize, JsonSchema)]
struct StandingDocument {
    payer: PartyDocument,
    basic: u32,
    interop: u32,
    held: Counts,
    charged: bool,
    months: u32,
    days: u32,
    renewal: bool,
    negotiated_basic: Option<String>,
    negotiated_interop: Option<String>,
    free: bool,
    status: OrderStatus,
    share: ChangeDocument,
    complete: bool,
}

#[derive(Serialize, JsonSchema)]
struct CauseDocument {
    cause: &'static str,
    #[serde(flatten)]
    change: ChangeDocument,
}

#[derive(Serialize, JsonSchema)]
struct ChangeDocument {
    payable: String,
    unconfirmed: String,
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
        date: quote.date.map(|date| date.to_string()),
        payable: quote.totals.payable.to_string(),
        unconfirmed: quote.totals.unconfirmed.to_string(),
        unpriced: quote.totals.unpriced,
        complete: quote.totals.complete,
        notes: notes.into_iter().map(|note| note_document(note, catalog)).collect(),
    }
}

fn customer_document(customer: &CustomerChange) -> CustomerDocument {
    CustomerDocument {
        code: customer.party.code.clone(),
        name: customer.party.name.clone(),
        old: customer.old.as_ref().map(standing_document),
        new: customer.new.as_ref().map(standing_document),
        causes: customer.causes.iter().map(cause_document).collect(),
        difference: change_document(customer.difference),
    }
}

fn standing_document(standing: &Standing) -> StandingDocument {
    let price = |price: Option<crate::UnitPrice>| price.map(|price| price.to_string());
    StandingDocument {
        payer: party_document(&standing.payer),
        basic: standing.counts.basic,
        interop: standing.counts.interop,
        held: standing.held,
        charged: standing.charged,
        months: standing.term.months,
        days: standing.term.days,
        renewal: standing.renewal,
        negotiated_basic: price(standing.negotiated.basic),
        negotiated_interop: price(standing.negotiated.interop),
        free: standing.free,
        status: standing.status,
        share: change_document(standing.share),
        complete: standing.complete,
    }
}

fn cause_document(cause: &CauseChange) -> CauseDocument {
    CauseDocument { cause: cause.cause.key(), change: change_document(cause.change) }
}

fn change_document(change: Change) -> ChangeDocument {
    ChangeDocument { payable: change.firm.to_string(), unconfirmed: change.unconfirmed.to_string() }
}
