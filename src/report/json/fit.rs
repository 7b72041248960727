use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{NoteDocument, OrderDocument, note_document, order_document};
use crate::account::{AccountType, Counts, PerType};
use crate::lang::Catalog;
use crate::rates::RateCard;
use crate::schedule::fit::{Chart, ChartPoint, Fit, FitRequest, Stop};

/// What an amount buys as JSON of schema `wxlicense/fit/1`. With a chart, its points and edges too. The
/// sentences of the notes are in the catalog's language.
pub fn fit_json(
    card: &RateCard,
    date: Option<Date>,
    request: &FitRequest,
    fit: &Fit,
    chart: Option<&Chart>,
    catalog: &Catalog,
) -> impl Serialize + use<> {
    FitDocument {
        schema: "wxlicense/fit/1",
        rate_card: card.id.clone(),
        date: date.map(|date| date.to_string()),
        amount: request.amount.to_string(),
        mix: request.mix.ratio(),
        accounts: fit.accounts,
        counts: fit.counts,
        whole_mixes: fit.whole_mixes,
        payable: fit.payable.to_string(),
        left_over: fit.left_over.to_string(),
        free: fit.is_free(),
        average: fit.average.map(|average| AverageDocument {
            per_account: average.per_account.to_string(),
            rounded: average.rounded,
        }),
        stop: stop_document(&fit.stop),
        order: fit.quote.as_ref().map(|order| order_document(order, card, catalog, date, false)),
        notes: fit.notes.iter().map(|note| note_document(note, catalog)).collect(),
        chart: chart.map(chart_document),
    }
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct FitDocument {
    schema: &'static str,
    rate_card: String,
    date: Option<String>,
    amount: String,
    mix: PerType<u32>,
    accounts: u32,
    counts: Counts,
    whole_mixes: u64,
    payable: String,
    left_over: String,
    free: bool,
    average: Option<AverageDocument>,
    stop: StopDocument,
    order: Option<OrderDocument>,
    notes: Vec<NoteDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chart: Option<ChartDocument>,
}

#[derive(Serialize, JsonSchema)]
struct AverageDocument {
    per_account: String,
    rounded: bool,
}

#[derive(Serialize, JsonSchema)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum StopDocument {
    Amount {
        account_type: AccountType,
        unit_price: Option<String>,
        costs: String,
        payable: String,
        short: String,
    },
    NoPrice {
        account_type: AccountType,
        ordinal: u64,
    },
    OrderLimit {
        account_type: AccountType,
        most: u32,
    },
}

#[derive(Serialize, JsonSchema)]
struct ChartDocument {
    points: Vec<PointDocument>,
    edges: Vec<EdgeDocument>,
    place: PointDocument,
}

#[derive(Serialize, JsonSchema)]
struct PointDocument {
    accounts: u32,
    payable: String,
}

#[derive(Serialize, JsonSchema)]
struct EdgeDocument {
    account_type: AccountType,
    ordinal: u64,
    accounts: u32,
    unit_price: Option<String>,
}

fn stop_document(stop: &Stop) -> StopDocument {
    match *stop {
        Stop::Amount(next) => StopDocument::Amount {
            account_type: next.account_type,
            unit_price: next.unit_price.map(|price| price.to_string()),
            costs: next.costs.to_string(),
            payable: next.payable.to_string(),
            short: next.short.to_string(),
        },
        Stop::NoPrice { account_type, ordinal } => StopDocument::NoPrice { account_type, ordinal },
        Stop::OrderLimit { account_type, most } => StopDocument::OrderLimit { account_type, most },
    }
}

fn chart_document(chart: &Chart) -> ChartDocument {
    ChartDocument {
        points: chart.points.iter().map(point_document).collect(),
        edges: chart
            .edges
            .iter()
            .map(|edge| EdgeDocument {
                account_type: edge.account_type,
                ordinal: edge.ordinal,
                accounts: edge.accounts,
                unit_price: edge.unit_price.map(|price| price.to_string()),
            })
            .collect(),
        place: point_document(&chart.place),
    }
}

fn point_document(point: &ChartPoint) -> PointDocument {
    PointDocument { accounts: point.accounts, payable: point.payable.to_string() }
}
