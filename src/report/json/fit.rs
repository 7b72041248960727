use jiff::civil::Date;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

use super::quote::{
    AssumptionDocument, NoteDocument, OrderDocument, assumption_documents, note_document, order_document,
};
use super::values::{Day, Money, UnitPrice};
use crate::account::{AccountType, Counts, PerType};
use crate::analysis::fit::{CurvePoint, Fit, FitRequest, PriceCurve, Stop};
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::rates::RateCard;

json_object! {
    /// Largest number of accounts that an amount of money buys.
    pub(crate) struct FitDocument = fit_json(
        card: &RateCard,
        date: Option<Date>,
        request: &FitRequest,
        fit: &Fit,
        chart: Option<&PriceCurve>,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/fit/1",
        /// The id of the rate card.
        rate_card: String = card.id.clone(),
        /// Pricing date, Beijing time, on which waivers are decided; null for an undated answer.
        date: Option<Day> = date.map(Into::into),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// The money to spend.
        amount: Money = request.amount.into(),
        /// The ratio of both types in its smallest whole numbers; one of them is 0 where only the other is
        /// bought.
        mix: PerType<u32> = request.mix.ratio(),
        /// The most accounts that the amount buys, of both types together.
        accounts: u32 = fit.accounts,
        /// The same by type.
        counts: Counts = fit.counts,
        /// Number of times that the ratio is bought in full.
        whole_mixes: u64 = fit.whole_mixes,
        /// Payable amount of the accounts in yuan, at most the amount.
        payable: Money = fit.payable.into(),
        /// Rest of the amount.
        left_over: Money = fit.left_over.into(),
        /// True if the accounts cost nothing; then only the size of an order limits them.
        free: bool = fit.is_free(),
        /// Average price of one account; null if none is bought.
        average: Option<AverageDocument> = fit.average.map(|average| AverageDocument {
            per_account: average.per_account.into(),
            rounded: average.rounded,
        }),
        /// Reason why it is not one account more.
        stop: StopDocument = stop_document(&fit.stop),
        /// The order that buys them, priced as `quote` prices it; null if none is bought.
        order: Option<OrderDocument> =
            fit.quote.as_ref().map(|order| order_document(order, card, catalog, date, false)),
        /// Remarks on the order, and on the next account.
        notes: Vec<NoteDocument> = fit.notes.iter().map(|note| note_document(note, catalog)).collect(),
        /// The price against the number of accounts; only with `--chart`.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schemars(with = "ChartDocument")]
        chart: Option<ChartDocument> = chart.map(chart_document),
    }
}

/// Average price of one account for the term.
#[derive(Serialize, JsonSchema)]
struct AverageDocument {
    /// The payable divided by the accounts, for the whole term.
    per_account: Money,
    /// True if it had to be rounded to the fen.
    rounded: bool,
}

/// Reason why the answer is not one account more.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "reason", rename_all = "kebab-case")]
#[schemars(transform = describe_reason)]
enum StopDocument {
    /// The money is spent.
    Amount {
        /// The type of the next account.
        account_type: AccountType,
        /// Its price for a year; null if it has none of its own.
        unit_price: Option<UnitPrice>,
        /// Amount in yuan that it adds to the price of the order, for the term.
        costs: Money,
        /// Payable amount in yuan of an order that includes it.
        payable: Money,
        /// Amount in yuan that is missing for it.
        short: Money,
    },
    /// The next account has no price until one is negotiated.
    NoPrice {
        /// Its type.
        account_type: AccountType,
        /// Its ordinal, counted from 1 within the type, held accounts included.
        #[schemars(range(min = 1))]
        ordinal: u64,
    },
    /// One order takes no more.
    OrderLimit {
        /// The type that has reached the limit.
        account_type: AccountType,
        /// The most accounts of a type.
        #[schemars(range(min = 1))]
        most: u32,
    },
}

json_object! {
    /// The price of an order against the number of its accounts.
    struct ChartDocument = chart_document(chart: &PriceCurve) {
        /// Points by number, from no account on.
        points: Vec<PointDocument> = chart.points.iter().map(point_document).collect(),
        /// Numbers of accounts at which the price of a further account changes.
        edges: Vec<EdgeDocument> = chart
            .edges
            .iter()
            .map(|edge| EdgeDocument {
            account_type: edge.account_type,
            ordinal: edge.ordinal,
            accounts: edge.accounts,
            unit_price: edge.unit_price.map(Into::into),
        })
            .collect(),
        /// The answer: one of the points.
        place: PointDocument = point_document(&chart.place),
    }
}

json_object! {
    /// A number of accounts and what it costs.
    struct PointDocument = point_document(point: &CurvePoint) {
        /// Accounts of both types together.
        accounts: u32 = point.accounts,
        /// Payable amount in yuan of an order with that many, for its term.
        payable: Money = point.payable.into(),
    }
}

/// The first account of a tier.
#[derive(Serialize, JsonSchema)]
struct EdgeDocument {
    /// The type whose tier it is.
    account_type: AccountType,
    /// The ordinal at which the tier begins, counted from 1 within the type, held accounts included.
    #[schemars(range(min = 1))]
    ordinal: u64,
    /// Accounts of both types together in the order once it includes this one.
    accounts: u32,
    /// The price of an account of the tier for a year; null if it has to be negotiated and is not known.
    unit_price: Option<UnitPrice>,
}

/// The tag of the variants is no field that could have a doc comment.
fn describe_reason(stop: &mut Schema) {
    let variants = stop.get_mut("oneOf").and_then(|variants| variants.as_array_mut());
    for variant in variants.into_iter().flatten() {
        variant["properties"]["reason"]["description"] = "Which of the reasons.".into();
    }
}

fn stop_document(stop: &Stop) -> StopDocument {
    match *stop {
        Stop::Amount(next) => StopDocument::Amount {
            account_type: next.account_type,
            unit_price: next.unit_price.map(Into::into),
            costs: next.costs.into(),
            payable: next.payable.into(),
            short: next.short.into(),
        },
        Stop::NoPrice { account_type, ordinal } => StopDocument::NoPrice { account_type, ordinal },
        Stop::OrderLimit { account_type, most } => StopDocument::OrderLimit { account_type, most },
    }
}
