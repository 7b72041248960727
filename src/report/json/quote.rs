use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::account::{AccountType, Counts};
use crate::customer::WaiverKind;
use crate::lang::Catalog;
use crate::pricing::{self, Note, OrderQuote, OrderStatus, Quote, Totals, waiver_reason};
use crate::rates::RateCard;

/// A quote as JSON of schema `wxlicense/quote/1`. `explained` adds the reasoning to each order; its sentences
/// and the notes' are in the catalog's language.
pub fn quote_json(
    quote: &Quote,
    card: &RateCard,
    catalog: &Catalog,
    explained: bool,
) -> impl Serialize + use<> {
    QuoteDocument {
        schema: "wxlicense/quote/1",
        rate_card: quote.rate_card.clone(),
        date: quote.date.map(|date| date.to_string()),
        orders: quote
            .orders
            .iter()
            .map(|order| order_document(order, card, catalog, quote.date, explained))
            .collect(),
        totals: totals_document(&quote.totals),
    }
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct QuoteDocument {
    schema: &'static str,
    rate_card: String,
    date: Option<String>,
    orders: Vec<OrderDocument>,
    totals: TotalsDocument,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct OrderDocument {
    payer: PartyDocument,
    members: Vec<MemberDocument>,
    term: TermDocument,
    charged: bool,
    lines: Vec<LineDocument>,
    formula: String,
    annual: Option<String>,
    list_price: Option<String>,
    priced: String,
    waiver: Option<WaiverDocument>,
    payable: Option<String>,
    complete: bool,
    status: OrderStatus,
    negotiated: Counts,
    unpriced: Counts,
    notes: Vec<NoteDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<String>>,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct PartyDocument {
    code: Option<String>,
    name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct MemberDocument {
    code: Option<String>,
    name: Option<String>,
    basic: u32,
    interop: u32,
    share: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct TermDocument {
    months: u32,
    days: u32,
    total_days: u32,
}

#[derive(Serialize, JsonSchema)]
struct LineDocument {
    account_type: AccountType,
    from: u64,
    to: u64,
    count: u64,
    unit_price: Option<String>,
    annual: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct WaiverDocument {
    kind: WaiverKind,
    applied: bool,
    reason: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct NoteDocument {
    code: &'static str,
    fact: Option<String>,
    text: String,
}

#[derive(Serialize, JsonSchema)]
pub(super) struct TotalsDocument {
    list_price: String,
    waived: String,
    payable: String,
    unconfirmed: String,
    unpriced: Counts,
    complete: bool,
}

pub(super) fn totals_document(totals: &Totals) -> TotalsDocument {
    TotalsDocument {
        list_price: totals.list_price.to_string(),
        waived: totals.waived.to_string(),
        payable: totals.payable.to_string(),
        unconfirmed: totals.unconfirmed.to_string(),
        unpriced: totals.unpriced,
        complete: totals.complete,
    }
}

pub(super) fn order_document(
    order: &OrderQuote,
    card: &RateCard,
    catalog: &Catalog,
    date: Option<Date>,
    explained: bool,
) -> OrderDocument {
    let sentences = || pricing::explain(card, date, order).iter().map(|text| catalog.text(text)).collect();
    OrderDocument {
        payer: party_document(&order.payer),
        members: order.members.iter().map(member_document).collect(),
        term: TermDocument { months: order.term.months, days: order.term.days, total_days: order.days },
        charged: order.charged,
        lines: order.lines.iter().map(line_document).collect(),
        formula: order.formula.clone(),
        annual: order.annual().map(|annual| annual.to_string()),
        list_price: order.list_price().map(|price| price.to_string()),
        priced: order.priced.to_string(),
        waiver: order.waiver.as_ref().map(|finding| WaiverDocument {
            kind: finding.kind,
            applied: finding.applied(),
            reason: catalog.text(&waiver_reason(&finding.reason)),
        }),
        payable: order.payable().map(|payable| payable.to_string()),
        complete: order.is_complete(),
        status: order.status,
        negotiated: order.negotiated,
        unpriced: order.unpriced,
        notes: order.notes.iter().map(|note| note_document(note, catalog)).collect(),
        explanation: explained.then(sentences),
    }
}

pub(super) fn party_document(party: &pricing::Party) -> PartyDocument {
    PartyDocument { code: party.code.clone(), name: party.name.clone() }
}

fn member_document(member: &pricing::MemberQuote) -> MemberDocument {
    MemberDocument {
        code: member.party.code.clone(),
        name: member.party.name.clone(),
        basic: member.counts.basic,
        interop: member.counts.interop,
        share: member.share.map(|share| share.to_string()),
    }
}

fn line_document(line: &pricing::Line) -> LineDocument {
    LineDocument {
        account_type: line.account_type,
        from: line.from,
        to: line.to,
        count: line.count(),
        unit_price: line.unit_price.map(|price| price.to_string()),
        annual: line.annual.map(|annual| annual.to_string()),
    }
}

pub(super) fn note_document(note: &Note, catalog: &Catalog) -> NoteDocument {
    NoteDocument { code: note.code.as_str(), fact: note.fact.clone(), text: catalog.text(&note.message) }
}
