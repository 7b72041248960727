use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::values::{Amount, Day, Money, UnitPrice};
use crate::account::{AccountType, Counts, Term};
use crate::assumption::{Assumption, AssumptionCode};
use crate::customer::WaiverKind;
use crate::diagnostic::lang::Catalog;
use crate::planning::quote::{PayerPosition, Position};
use crate::planning::schedule::{OrderKind, ScheduledOrder};
use crate::pricing::{self, Note, NoteCode, OrderQuote, OrderStatus, Quote, Totals};
use crate::rates::RateCard;
use crate::report::assumptions::assumption_text;
use crate::report::explain::{explain, waiver_reason};
use crate::report::notes::note_text;

json_object! {
    /// Price of orders, item by item. If a figure rests on a reported or assumed fact, a note names it.
    pub(crate) struct QuoteDocument = quote_json(
        quote: &Quote,
        positions: &[PayerPosition],
        card: &RateCard,
        assumptions: &[Assumption],
        catalog: &Catalog,
        explained: bool,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/quote/1",
        /// The id of the rate card.
        rate_card: String = quote.rate_card.clone(),
        /// Pricing date, Beijing time, on which waivers are decided; null for an undated quote, which assumes
        /// them to be in force.
        date: Option<Day> = quote.date.map(Into::into),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// The orders, in the order of the plan.
        orders: Vec<OrderDocument> = quote
            .orders
            .iter()
            .map(|order| order_document(order, card, catalog, quote.date, explained))
            .collect(),
        /// The payers of a plan that miss nothing, with their next payment; none for an order from flags.
        covered: Vec<CoveredDocument> =
            positions.iter().filter(|payer| payer.order.is_none()).map(covered_document).collect(),
        /// What the schedule buys on the pricing date in place of an order, where its term is another.
        scheduled: Vec<ScheduledDocument> = positions
            .iter()
            .flat_map(|payer| payer.scheduled.iter().map(|order| scheduled_document(&payer.payer, order)))
            .collect(),
        /// Totals of the orders.
        totals: TotalsDocument = totals_document(&quote.totals),
    }
}

json_object! {
    /// A payer that misses nothing.
    struct CoveredDocument = covered_document(payer: &PayerPosition) {
        /// The payer.
        payer: PartyDocument = party_document(&payer.payer),
        /// The payer and its downstreams.
        members: Vec<PositionDocument> = payer.members.iter().map(position_document).collect(),
        /// The next payment; null if there is none.
        next: Option<ScheduledDocument> =
            payer.next.as_ref().map(|order| scheduled_document(&payer.payer, order)),
    }
}

json_object! {
    /// Users and accounts of a school.
    struct PositionDocument = position_document(position: &Position) {
        /// Its code in the plan; null for a customer from flags.
        code: Option<String> = position.school.code.clone(),
        /// Its name in the plan; null for a customer from flags.
        name: Option<String> = position.school.name.clone(),
        /// Users who need an account.
        need: Counts = position.need,
        /// Active accounts, and codes that can still be activated.
        have: Counts = position.have,
        /// The last day of expiry of its active accounts; null if it has none.
        until: Option<Day> = position.active.iter().map(|(_, day, _)| *day).max().map(Into::into),
    }
}

json_object! {
    /// An order of the schedule.
    struct ScheduledDocument = scheduled_document(payer: &pricing::Party, order: &ScheduledOrder) {
        /// The code of the school that pays.
        school: String = payer.code.clone().unwrap_or_default(),
        /// The day of payment.
        date: Day = order.date.into(),
        /// Reason for the order.
        order_kind: OrderKind = order.kind,
        /// Term of the accounts.
        term: TermDocument = TermDocument::new(order.quote.term, order.quote.days),
        /// The last day of expiry of its accounts; null if none is activated.
        expires: Option<Day> = order.expires().map(Into::into),
        /// Payable amount in yuan; null if an account has no price and the order is not free.
        payable: Option<Money> = order.quote.payable().map(Into::into),
    }
}

json_object! {
    /// One order, priced.
    pub(super) struct OrderDocument = order_document(
        order: &OrderQuote,
        card: &RateCard,
        catalog: &Catalog,
        date: Option<Date>,
        explained: bool,
    ) {
        /// Enterprise in whose name the order is placed; the upstream of a group.
        payer: PartyDocument = party_document(&order.payer),
        /// Whose accounts it buys, the payer first.
        members: Vec<MemberDocument> = order.members.iter().map(member_document).collect(),
        /// Term of the accounts.
        term: TermDocument = TermDocument::new(order.term, order.days),
        /// True if at least one member is charged; false if all apps are the customer's own.
        charged: bool = order.charged,
        /// The items, by account type, member where it matters, and ordinal; none if nothing is charged.
        lines: Vec<LineDocument> = order.lines.iter().map(|line| line_document(order, line)).collect(),
        /// Calculation of the list price, such as `(5×5+145×4)×1`.
        formula: String = order.formula.clone(),
        /// List price of all accounts in yuan a year; null if an account has no price.
        annual: Option<Amount> = order.annual().map(Into::into),
        /// List price for the term in yuan, rounded to the fen; null if an account has no price.
        list_price: Option<Money> = order.list_price().map(Into::into),
        /// The list price of the accounts that have a price.
        priced: Money = order.priced.into(),
        /// The waiver that was considered; null if no kind fits the customer.
        waiver: Option<WaiverDocument> = order.waiver.as_ref().map(|finding| WaiverDocument {
            kind: finding.kind,
            applied: finding.applied(),
            reason: catalog.text(&waiver_reason(&finding.reason)),
        }),
        /// Payable amount in yuan; null if an account has no price and the order is not free.
        payable: Option<Money> = order.payable().map(Into::into),
        /// True if every account has a price.
        complete: bool = order.is_complete(),
        /// Confirmed if at least one of its members is.
        status: OrderStatus = order.status,
        /// Accounts without a list price, whether a price was negotiated or not.
        negotiated: Counts = order.negotiated,
        /// Accounts for which no price is known; they are in none of the amounts.
        unpriced: Counts = order.unpriced,
        /// The ids of the facts that the figures rest on, as in `tiers show`.
        facts: Vec<String> = order.facts.clone(),
        /// Remarks on the figures; they name those of the facts that are reported or assumed.
        notes: Vec<NoteDocument> = order.notes.iter().map(|note| note_document(note, catalog)).collect(),
        /// The reasoning in sentences, in the language of the output; only with `--explain`.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Vec<String>")]
        explanation: Option<Vec<String>> =
            explained.then(|| explain(card, date, order).iter().map(|text| catalog.text(text)).collect()),
    }
}

json_object! {
    /// A customer.
    pub(super) struct PartyDocument = party_document(party: &pricing::Party) {
        /// Its code in the plan; null for a customer from flags.
        code: Option<String> = party.code.clone(),
        /// Its name in the plan; null for a customer from flags.
        name: Option<String> = party.name.clone(),
    }
}

json_object! {
    /// A customer's part of an order.
    struct MemberDocument = member_document(member: &pricing::MemberQuote) {
        /// Its code in the plan; null for a customer from flags.
        code: Option<String> = member.party.code.clone(),
        /// Its name in the plan; null for a customer from flags.
        name: Option<String> = member.party.name.clone(),
        /// Basic accounts (基础账号) bought for it.
        basic: u32 = member.counts.basic,
        /// Interop accounts (互通账号) bought for it.
        interop: u32 = member.counts.interop,
        /// Its users who need an account, those in a trial too.
        need: Counts = member.need,
        /// What it has: active accounts, and codes that can still be activated.
        have: Counts = member.have,
        /// Its part of the payable, for internal charging: the parts add up to it; null while the payable is
        /// null.
        share: Option<Money> = member.share.map(Into::into),
        /// Confirmed if its share counts towards the firm total.
        status: OrderStatus = member.status,
    }
}

/// Term of accounts.
#[derive(Serialize, JsonSchema)]
pub(super) struct TermDocument {
    /// Whole months; twelve are a year of the rate card.
    months: u32,
    /// Days beyond the months.
    days: u32,
    /// The whole term in days.
    #[schemars(range(min = 1))]
    total_days: u32,
}

impl TermDocument {
    pub(super) fn new(term: Term, total_days: u32) -> TermDocument {
        TermDocument { months: term.months, days: term.days, total_days }
    }
}

json_object! {
    /// Accounts of one type and one price.
    struct LineDocument = line_document(order: &pricing::OrderQuote, line: &pricing::Line) {
        /// Their type.
        account_type: AccountType = line.account_type,
        /// The code of the member whose accounts they are, if the tiers run over each member on its own; null if they
        /// run over the whole order.
        member: Option<String> = member_code(order, line),
        /// The ordinal of the first of them, counted from 1 within the type, held accounts included.
        #[schemars(range(min = 1))]
        from: u64 = line.from,
        /// The ordinal of the last of them.
        #[schemars(range(min = 1))]
        to: u64 = line.to,
        /// Number of accounts.
        #[schemars(range(min = 1))]
        count: u64 = line.count(),
        /// The price of each for a year; null if it has to be negotiated and is not known.
        unit_price: Option<UnitPrice> = line.unit_price.map(Into::into),
        /// Price of the accounts in yuan a year; null if the unit price is null.
        annual: Option<Amount> = line.annual.map(Into::into),
    }
}

fn member_code(order: &pricing::OrderQuote, line: &pricing::Line) -> Option<String> {
    order.members.get(line.member?)?.party.code.clone()
}

/// A waiver that was looked at.
#[derive(Serialize, JsonSchema)]
struct WaiverDocument {
    /// The kind of customer.
    kind: WaiverKind,
    /// True if the waiver applies, so that nothing is payable.
    applied: bool,
    /// Reason why it applies or not, as a clause in the language of the output.
    reason: String,
}

json_object! {
    /// Something that the figures assume beside the plan.
    pub(super) struct AssumptionDocument = assumption_document(
        assumption: &Assumption,
        catalog: &Catalog,
    ) {
        /// Which kind of assumption; a later version may know more of them.
        code: AssumptionCode = assumption.code(),
        /// The assumption as a sentence in the language of the output.
        text: String = catalog.text(&assumption_text(assumption)),
    }
}

/// Returns assumptions in their order.
pub(super) fn assumption_documents(assumptions: &[Assumption], catalog: &Catalog) -> Vec<AssumptionDocument> {
    assumptions.iter().map(|assumption| assumption_document(assumption, catalog)).collect()
}

json_object! {
    /// Something that a reader of a figure must know.
    pub(super) struct NoteDocument = note_document(note: &Note, catalog: &Catalog) {
        /// Which kind of note; a later version may know more of them.
        code: NoteCode = note.code(),
        /// The id of the fact that it is about, as in `tiers show`; null if it is about none.
        fact: Option<String> = note.fact.clone(),
        /// The note as a sentence in the language of the output.
        text: String = catalog.text(&note_text(note)),
    }
}

json_object! {
    /// Totals of orders in yuan. If some accounts have no price, the sums cover those that have one, and
    /// `complete` is false.
    pub(super) struct TotalsDocument = totals_document(totals: &Totals) {
        /// List prices of the confirmed orders, less the shares of their unconfirmed members.
        list_price: Money = totals.list_price.into(),
        /// Part of the list price that is waived or free.
        waived: Money = totals.waived.into(),
        /// Payable amount of the confirmed orders, less the shares of their unconfirmed members.
        payable: Money = totals.payable.into(),
        /// Payable amount of the unconfirmed orders and shares; in none of the other sums.
        unconfirmed: Money = totals.unconfirmed.into(),
        /// Accounts without a price, of all orders; in none of the sums.
        unpriced: Counts = totals.unpriced,
        /// True if every account has a price.
        complete: bool = totals.complete,
    }
}
