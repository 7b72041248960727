use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Amount, Day, Money, UnitPrice};
use crate::account::{AccountType, Counts};
use crate::customer::WaiverKind;
use crate::diagnostic::lang::Catalog;
use crate::pricing::{self, Note, NoteCode, OrderQuote, OrderStatus, Quote, Totals};
use crate::rates::RateCard;
use crate::report::explain::{explain, waiver_reason};
use crate::report::notes::note_text;

/// A quote as JSON of schema `wxlicense/quote/1`. `explained` adds the reasoning to each order; its sentences
/// and the notes' are in the catalog's language.
pub(in crate::report) fn quote_json(
    quote: &Quote,
    card: &RateCard,
    catalog: &Catalog,
    explained: bool,
) -> impl Serialize + use<> {
    QuoteDocument {
        schema: "wxlicense/quote/1",
        rate_card: quote.rate_card.clone(),
        date: quote.date.map(Into::into),
        orders: quote
            .orders
            .iter()
            .map(|order| order_document(order, card, catalog, quote.date, explained))
            .collect(),
        totals: totals_document(&quote.totals),
    }
}

/// What orders cost, item by item. Where a figure rests on something reported or assumed, a note says so.
#[derive(Serialize, JsonSchema)]
pub(crate) struct QuoteDocument {
    /// The name and number of this form; it changes when a field is changed or removed.
    schema: &'static str,
    /// The id of the rate card.
    rate_card: String,
    /// The pricing date, by which waivers are judged; null for an undated quote, which takes them as in force.
    date: Option<Day>,
    /// The orders, in the order of the plan.
    orders: Vec<OrderDocument>,
    /// What the orders come to.
    totals: TotalsDocument,
}

/// One order, priced.
#[derive(Serialize, JsonSchema)]
pub(super) struct OrderDocument {
    /// In whose name the order is placed; the upstream of a group.
    payer: PartyDocument,
    /// Whose accounts it buys, the payer first.
    members: Vec<MemberDocument>,
    /// How long the accounts run.
    term: TermDocument,
    /// Whether anything is charged at all; false where all apps are the customer's own.
    charged: bool,
    /// The items, by account type and ordinal; none where nothing is charged.
    lines: Vec<LineDocument>,
    /// How the list price comes about, such as `(5×5+145×4)×1`.
    formula: String,
    /// What one year of all accounts costs by list; null while an account has no price.
    annual: Option<Amount>,
    /// What the term costs by list, rounded once; null while an account has no price.
    list_price: Option<Money>,
    /// The list price of the accounts that have a price.
    priced: Money,
    /// The waiver that was looked at; null where no kind fits the customer.
    waiver: Option<WaiverDocument>,
    /// What has to be paid; null while an account has no price and nothing lets the payer off.
    payable: Option<Money>,
    /// Whether every account has a price.
    complete: bool,
    /// Whether the order counts towards the firm total.
    status: OrderStatus,
    /// Accounts without a list price, whether a price was negotiated or not.
    negotiated: Counts,
    /// Accounts for which no price is known; they are in none of the amounts.
    unpriced: Counts,
    /// The ids of the facts that the figures rest on, as in `tiers show`.
    facts: Vec<String>,
    /// What a reader of the figures must know; it names those of the facts that are reported or assumed.
    notes: Vec<NoteDocument>,
    /// The reasoning in sentences, in the language of the output; only with `--explain`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<String>")]
    explanation: Option<Vec<String>>,
}

/// A customer.
#[derive(Serialize, JsonSchema)]
pub(super) struct PartyDocument {
    /// Its code in the plan; null for a customer from flags.
    code: Option<String>,
    /// Its name in the plan; null for a customer from flags.
    name: Option<String>,
}

/// A customer's part of an order.
#[derive(Serialize, JsonSchema)]
struct MemberDocument {
    /// Its code in the plan; null for a customer from flags.
    code: Option<String>,
    /// Its name in the plan; null for a customer from flags.
    name: Option<String>,
    /// Basic accounts (基础账号) bought for it.
    basic: u32,
    /// Interop accounts (互通账号) bought for it.
    interop: u32,
    /// Its part of the payable, for internal charging: the parts add up to it; null while the payable is null.
    share: Option<Money>,
}

/// How long accounts run.
#[derive(Serialize, JsonSchema)]
struct TermDocument {
    /// Whole months; twelve are a year of the rate card.
    months: u32,
    /// Days beyond the months.
    days: u32,
    /// The whole term in days.
    #[schemars(range(min = 1))]
    total_days: u32,
}

/// Accounts of one type and one price.
#[derive(Serialize, JsonSchema)]
struct LineDocument {
    /// Their type.
    account_type: AccountType,
    /// The ordinal of the first of them, counted from 1 within the type, held accounts included.
    #[schemars(range(min = 1))]
    from: u64,
    /// The ordinal of the last of them.
    #[schemars(range(min = 1))]
    to: u64,
    /// How many they are.
    #[schemars(range(min = 1))]
    count: u64,
    /// The price of each for a year; null where it has to be negotiated and is not known.
    unit_price: Option<UnitPrice>,
    /// What they cost for a year; null where the unit price is null.
    annual: Option<Amount>,
}

/// A waiver that was looked at.
#[derive(Serialize, JsonSchema)]
struct WaiverDocument {
    /// The kind of customer.
    kind: WaiverKind,
    /// Whether it lets the payer off.
    applied: bool,
    /// Why, or why not, in a clause in the language of the output.
    reason: String,
}

/// Something that a reader of a figure must know.
#[derive(Serialize, JsonSchema)]
pub(super) struct NoteDocument {
    /// Which kind of note; a later version may know more of them.
    code: NoteCode,
    /// The id of the fact that it is about, as in `tiers show`; null where it is about none.
    fact: Option<String>,
    /// The note as a sentence in the language of the output.
    text: String,
}

/// What orders come to. Where something has no price, the sums cover what has one, and `complete` is false.
#[derive(Serialize, JsonSchema)]
pub(super) struct TotalsDocument {
    /// List prices of the confirmed orders.
    list_price: Money,
    /// Of that, what is waived or free.
    waived: Money,
    /// What has to be paid for the confirmed orders.
    payable: Money,
    /// What would have to be paid for the unconfirmed orders; in none of the other sums.
    unconfirmed: Money,
    /// Accounts without a price, of all orders; in none of the sums.
    unpriced: Counts,
    /// Whether nothing is unconfirmed and nothing unpriced.
    complete: bool,
}

pub(super) fn totals_document(totals: &Totals) -> TotalsDocument {
    TotalsDocument {
        list_price: totals.list_price.into(),
        waived: totals.waived.into(),
        payable: totals.payable.into(),
        unconfirmed: totals.unconfirmed.into(),
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
    let sentences = || explain(card, date, order).iter().map(|text| catalog.text(text)).collect();
    OrderDocument {
        payer: party_document(&order.payer),
        members: order.members.iter().map(member_document).collect(),
        term: TermDocument { months: order.term.months, days: order.term.days, total_days: order.days },
        charged: order.charged,
        lines: order.lines.iter().map(line_document).collect(),
        formula: order.formula.clone(),
        annual: order.annual().map(Into::into),
        list_price: order.list_price().map(Into::into),
        priced: order.priced.into(),
        waiver: order.waiver.as_ref().map(|finding| WaiverDocument {
            kind: finding.kind,
            applied: finding.applied(),
            reason: catalog.text(&waiver_reason(&finding.reason)),
        }),
        payable: order.payable().map(Into::into),
        complete: order.is_complete(),
        status: order.status,
        negotiated: order.negotiated,
        unpriced: order.unpriced,
        facts: order.facts.clone(),
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
        share: member.share.map(Into::into),
    }
}

fn line_document(line: &pricing::Line) -> LineDocument {
    LineDocument {
        account_type: line.account_type,
        from: line.from,
        to: line.to,
        count: line.count(),
        unit_price: line.unit_price.map(Into::into),
        annual: line.annual.map(Into::into),
    }
}

pub(super) fn note_document(note: &Note, catalog: &Catalog) -> NoteDocument {
    NoteDocument { code: note.code(), fact: note.fact.clone(), text: catalog.text(&note_text(note)) }
}
