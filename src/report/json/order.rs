use super::quote::{AssumptionDocument, assumption_documents};
use super::values::Day;
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::money::Money;
use crate::plan::Plan;
use crate::planning::order::{Call, Later, LaterReason, OrderBasis, OrderRequests, PlacedOrder};
use crate::planning::schedule::OrderKind;
use crate::pricing::{MemberQuote, OrderStatus};
use crate::report::reasons::reason_texts;
use crate::wecom::requests::{Api, Request};

json_object! {
    /// The requests that place orders, in the order in which they are sent.
    pub(crate) struct OrderDocument = order_json(
        requests: &OrderRequests,
        plan: &Plan,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/order/1",
        /// The id of the rate card.
        rate_card: String = requests.rate_card.clone(),
        /// The plan's date, Beijing time; null for the quote of an undated plan.
        date: Option<Day> = requests.date.map(Into::into),
        /// Which orders are placed.
        basis: BasisDocument = basis_document(requests.basis),
        /// The last day whose orders are placed; null for those of a quote.
        until: Option<Day> = until(requests.basis),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// The requests, in the order in which they are sent.
        calls: Vec<CallDocument> =
            requests.calls.iter().map(|call| call_document(call, requests, plan)).collect(),
        /// The orders that they place, each once.
        orders: Vec<PlacedDocument> =
            requests.orders.iter().map(|order| placed_document(order, requests, plan, catalog)).collect(),
        /// What is due, but cannot be requested before some of the calls have succeeded.
        later: Vec<LaterDocument> =
            requests.later.iter().map(|later| later_document(later, requests, plan)).collect(),
        /// Orders of unconfirmed schools, which are left out.
        left_out: LeftOutDocument = left_out_document(requests),
        /// The sums.
        totals: ManifestTotals = manifest_totals(requests),
    }
}

/// Which orders are placed: those of the schedule, or those of the quote.
#[derive(Debug, Clone, Copy, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum BasisDocument {
    Schedule,
    Quote,
}

json_object! {
    /// A request.
    pub(crate) struct CallDocument = call_document(call: &Call, requests: &OrderRequests, plan: &Plan) {
        /// The name of the file that has its body.
        file: String = call.file.clone(),
        /// The API that takes it: the last part of its path, after `/cgi-bin/license/`.
        api: Api = call.api(),
        /// The code of the school that it is about; null if it is about several.
        school: Option<String> = call.school.map(|school| code(plan, school)),
        /// WeCom's id of that enterprise; null if it is about several.
        corp_id: Option<String> = call.school.and_then(|school| plan.schools[school].corp_id.clone()),
        /// The code of the downstream that codes are shared with; null if none are.
        to: Option<String> = call.to.map(|to| code(plan, to)),
        /// The day on which it is sent; null for the quote of an undated plan.
        date: Option<Day> = call.date.map(Into::into),
        /// Basic accounts or codes in its body.
        basic: u32 = call.counts.basic,
        /// Interop accounts or codes in its body.
        interop: u32 = call.counts.interop,
        /// The price of the orders that it creates, in fen; null if it creates none.
        expected_fen: Option<u64> = call.expected.map(fen),
        /// The files of the calls that must have succeeded before. A call that creates an order has succeeded once
        /// the order is paid.
        after: Vec<String> = files(&call.after, requests),
        /// The file of the call whose answer has the `jobid` that its body needs; null if it needs none.
        jobid_from: Option<String> = call.job_from.map(|first| requests.calls[first].file.clone()),
        /// The orders that it is a part of, as indices of the document's `orders`, counted from 0.
        orders: Vec<usize> = call.orders.clone(),
    }
}

/// A request with its body.
#[derive(serde::Serialize)]
pub(crate) struct CallLine<'r> {
    #[serde(flatten)]
    call: CallDocument,
    body: &'r Request,
}

/// Returns the requests with their bodies.
pub(crate) fn call_lines<'r>(requests: &'r OrderRequests, plan: &Plan) -> Vec<CallLine<'r>> {
    let line = |call: &'r Call| CallLine { call: call_document(call, requests, plan), body: &call.request };
    requests.calls.iter().map(line).collect()
}

json_object! {
    /// An order that the requests place.
    struct PlacedDocument = placed_document(
        order: &PlacedOrder,
        requests: &OrderRequests,
        plan: &Plan,
        catalog: &Catalog,
    ) {
        /// The file of the call that creates it.
        call: String = requests.calls[order.call].file.clone(),
        /// The code of the school that orders.
        school: String = code(plan, order.payer),
        /// Its name.
        name: String = plan.schools[order.payer].name.clone(),
        /// WeCom's id of the enterprise.
        corp_id: String = plan.schools[order.payer].corp_id.clone().unwrap_or_default(),
        /// The reason for the order; null for an order of a quote.
        kind: Option<OrderKind> = order.kind,
        /// True if it prolongs active accounts.
        renewal: bool = order.quote.renewal,
        /// Confirmed, unless every school that it is for is not.
        status: OrderStatus = order.quote.status,
        /// The day on which it is placed and paid; null for the quote of an undated plan.
        date: Option<Day> = order.date.map(Into::into),
        /// The day on which it should have been paid; null if it is not late.
        due_since: Option<Day> = order.due_since.map(Into::into),
        /// Accounts by member, the school that orders first.
        members: Vec<MemberDocument> = order.quote.members.iter().map(member_document).collect(),
        /// The months of its term.
        months: u32 = order.quote.term.months,
        /// The days of its term besides the months.
        days: u32 = order.quote.term.days,
        /// The last day of expiry of its accounts: the first on which they no longer run; null for a quote.
        expires: Option<Day> = order.expires.map(Into::into),
        /// Its price in fen.
        expected_fen: u64 = order.quote.payable().map_or(0, fen),
        /// Codes of the group in stock on the day of a quote. The order's price counts them as not activated: if some are
        /// activated before it on its day, WeCom may charge less (P12). Zero for an order of the schedule.
        in_stock: InStockDocument = in_stock_document(order.in_stock),
        /// Why its day or term is what it is, each a sentence in the language of the output.
        reasons: Vec<String> = reason_texts(&order.reasons).map(|text| catalog.text(&text)).collect(),
    }
}

json_object! {
    /// Codes that are paid and not activated.
    struct InStockDocument = in_stock_document(in_stock: Counts) {
        /// Basic codes.
        basic: u32 = in_stock.basic,
        /// Interop codes.
        interop: u32 = in_stock.interop,
    }
}

json_object! {
    /// A school's part of an order.
    struct MemberDocument = member_document(member: &MemberQuote) {
        /// The code of the school.
        school: String = member.party.code.clone().unwrap_or_default(),
        /// Its basic accounts.
        basic: u32 = member.counts.basic,
        /// Its interop accounts.
        interop: u32 = member.counts.interop,
    }
}

json_object! {
    /// Something that is due, but cannot be requested yet.
    struct LaterDocument = later_document(later: &Later, requests: &OrderRequests, plan: &Plan) {
        /// The API that will take it.
        api: Api = later.api,
        /// Why it cannot be requested yet.
        reason: LaterReason = later.reason,
        /// The code of the school that orders, or whose codes are shared.
        school: String = code(plan, later.school),
        /// WeCom's id of that enterprise; null if the plan has none.
        corp_id: Option<String> = plan.schools[later.school].corp_id.clone(),
        /// The code of the downstream that codes are shared with; null for an order.
        to: Option<String> = later.to.map(|to| code(plan, to)),
        /// The day on which it is due; null for the quote of an undated plan.
        date: Option<Day> = later.date.map(Into::into),
        /// Basic accounts or codes.
        basic: u32 = later.counts.basic,
        /// Interop accounts or codes.
        interop: u32 = later.counts.interop,
        /// The price of the order in fen; null if codes are shared, or if it is not known.
        expected_fen: Option<u64> = later.expected.map(fen),
        /// The files of the calls that must have succeeded before.
        after: Vec<String> = files(&later.after, requests),
    }
}

json_object! {
    /// Orders that are left out, in whole or in part.
    struct LeftOutDocument = left_out_document(requests: &OrderRequests) {
        /// Their number.
        orders: u32 = requests.left_out.unconfirmed_orders,
        /// The unconfirmed part of their price in fen, as far as prices are known.
        expected_fen: u64 = fen(requests.left_out.unconfirmed),
    }
}

json_object! {
    /// The sums of a manifest.
    struct ManifestTotals = manifest_totals(requests: &OrderRequests) {
        /// The number of calls.
        calls: usize = requests.calls.len(),
        /// The number of orders that they place.
        orders: usize = requests.orders.len(),
        /// The price of these orders in fen: the sum over the calls.
        expected_fen: u64 = fen(requests.expected),
        /// The price of the orders of `later` in fen, as far as it is known.
        later_fen: u64 = requests.later.iter().filter_map(|later| later.expected).map(fen).sum(),
    }
}

fn basis_document(basis: OrderBasis) -> BasisDocument {
    match basis {
        OrderBasis::Due { .. } => BasisDocument::Schedule,
        OrderBasis::Quote => BasisDocument::Quote,
    }
}

fn until(basis: OrderBasis) -> Option<Day> {
    match basis {
        OrderBasis::Due { until } => Some(until.into()),
        OrderBasis::Quote => None,
    }
}

/// Returns an amount that is not negative.
fn fen(amount: Money) -> u64 {
    u64::try_from(amount.fen()).unwrap_or_default()
}

fn code(plan: &Plan, school: usize) -> String {
    plan.schools[school].code.clone()
}

fn files(calls: &[usize], requests: &OrderRequests) -> Vec<String> {
    calls.iter().map(|call| requests.calls[*call].file.clone()).collect()
}
