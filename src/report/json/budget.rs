use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{OrderDocument, TotalsDocument, order_document, totals_document};
use crate::account::Counts;
use crate::lang::Catalog;
use crate::pricing::{OrderStatus, Party};
use crate::rates::RateCard;
use crate::schedule::budget::{Budget, BudgetLine, PayerBudget, Period};

/// A budget as JSON of schema `wxlicense/budget/1`. `from` and `to` are first and last days, both included;
/// `orders` of a period are indices of `orders`. The notes are in the catalog's language.
pub fn budget_json(budget: &Budget, card: &RateCard, catalog: &Catalog) -> impl Serialize + use<> {
    BudgetDocument {
        schema: "wxlicense/budget/1",
        rate_card: budget.rate_card.clone(),
        from: budget.from.to_string(),
        to: budget.end.yesterday().unwrap_or(budget.end).to_string(),
        years: budget.years.iter().map(period_document).collect(),
        periods: budget.periods.iter().map(period_document).collect(),
        orders: budget.lines.iter().map(|line| line_document(line, card, catalog)).collect(),
        payers: budget.payers.iter().map(payer_document).collect(),
        totals: totals_document(&budget.totals),
    }
}

#[derive(Serialize, JsonSchema)]
pub(crate) struct BudgetDocument {
    schema: &'static str,
    rate_card: String,
    from: String,
    to: String,
    years: Vec<PeriodDocument>,
    periods: Vec<PeriodDocument>,
    orders: Vec<LineDocument>,
    payers: Vec<PayerDocument>,
    totals: TotalsDocument,
}

#[derive(Serialize, JsonSchema)]
struct PeriodDocument {
    from: String,
    to: String,
    partial: bool,
    orders: Vec<usize>,
    totals: TotalsDocument,
}

#[derive(Serialize, JsonSchema)]
struct LineDocument {
    payer: usize,
    date: String,
    kind: &'static str,
    starts: String,
    expires: String,
    first_after_waiver: bool,
    order: OrderDocument,
}

#[derive(Serialize, JsonSchema)]
struct PayerDocument {
    code: Option<String>,
    name: Option<String>,
    members: Vec<PartyDocument>,
    charged: bool,
    status: OrderStatus,
    totals: TotalsDocument,
    gaps: Vec<GapDocument>,
    lost: Vec<LostDocument>,
}

#[derive(Serialize, JsonSchema)]
struct PartyDocument {
    code: Option<String>,
    name: Option<String>,
}

#[derive(Serialize, JsonSchema)]
struct GapDocument {
    account_type: crate::AccountType,
    from: String,
    until: String,
    days: u32,
}

#[derive(Serialize, JsonSchema)]
struct LostDocument {
    paid: String,
    counts: Counts,
}

fn period_document(period: &Period) -> PeriodDocument {
    PeriodDocument {
        from: period.from.to_string(),
        to: period.to.to_string(),
        partial: period.partial,
        orders: period.lines.clone().collect(),
        totals: totals_document(&period.totals),
    }
}

fn line_document(line: &BudgetLine, card: &RateCard, catalog: &Catalog) -> LineDocument {
    LineDocument {
        payer: line.payer,
        date: line.date.to_string(),
        kind: line.kind.as_str(),
        starts: line.starts.to_string(),
        expires: line.expires.to_string(),
        first_after_waiver: line.first_after_waiver,
        order: order_document(&line.quote, card, catalog, Some(line.date), false),
    }
}

fn payer_document(payer: &PayerBudget) -> PayerDocument {
    PayerDocument {
        code: payer.payer.code.clone(),
        name: payer.payer.name.clone(),
        members: payer.members.iter().map(party_document).collect(),
        charged: payer.charged,
        status: payer.status,
        totals: totals_document(&payer.totals),
        gaps: payer
            .gaps
            .iter()
            .map(|gap| GapDocument {
                account_type: gap.account_type,
                from: gap.from.to_string(),
                until: gap.until.to_string(),
                days: gap.days,
            })
            .collect(),
        lost: payer
            .lost
            .iter()
            .map(|lost| LostDocument { paid: lost.paid.to_string(), counts: lost.counts })
            .collect(),
    }
}

fn party_document(party: &Party) -> PartyDocument {
    PartyDocument { code: party.code.clone(), name: party.name.clone() }
}
