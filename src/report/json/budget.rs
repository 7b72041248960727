use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{
    OrderDocument, PartyDocument, TotalsDocument, order_document, party_document, totals_document,
};
use super::values::Day;
use crate::account::Counts;
use crate::diagnostic::lang::Catalog;
use crate::planning::budget::{Budget, BudgetLine, LineKind, PayerBudget, Period};
use crate::pricing::OrderStatus;
use crate::rates::RateCard;
use crate::rules::app_orders_check;

/// A budget as JSON of schema `wxlicense/budget/1`. `from` and `to` are first and last days, both included;
/// `orders` of a period are indices of `orders`. The notes are in the catalog's language.
pub(in crate::report) fn budget_json(
    budget: &Budget,
    card: &RateCard,
    catalog: &Catalog,
) -> impl Serialize + use<> {
    BudgetDocument {
        schema: "wxlicense/budget/1",
        rate_card: budget.rate_card.clone(),
        from: budget.from.into(),
        to: budget.end.yesterday().unwrap_or(budget.end).into(),
        years: budget.years.iter().map(period_document).collect(),
        periods: budget.periods.iter().map(period_document).collect(),
        orders: budget.lines.iter().map(|line| line_document(line, card, catalog)).collect(),
        payers: budget.payers.iter().map(payer_document).collect(),
        totals: totals_document(&budget.totals),
    }
}

/// What a plan will cost over a horizon, order by order.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BudgetDocument {
    /// The name and number of this form; it changes when a field is changed or removed.
    schema: &'static str,
    /// The id of the rate card.
    rate_card: String,
    /// The first day of the horizon.
    from: Day,
    /// The last day of the horizon, included.
    to: Day,
    /// The fiscal years of the horizon, without a gap.
    years: Vec<PeriodDocument>,
    /// The steps of `--by`, without a gap; those without an order too.
    periods: Vec<PeriodDocument>,
    /// Every order: by day, then by payer in the order of the plan.
    orders: Vec<LineDocument>,
    /// The payers, in the order of the plan.
    payers: Vec<PayerDocument>,
    /// What all orders come to.
    totals: TotalsDocument,
}

/// A part of the horizon.
#[derive(Serialize, JsonSchema)]
struct PeriodDocument {
    /// Its first day within the horizon.
    from: Day,
    /// Its last day within the horizon, included.
    to: Day,
    /// Whether the horizon covers only a part of it.
    partial: bool,
    /// Its orders, as indices of the document's `orders`, counted from 0.
    orders: Vec<usize>,
    /// What they come to.
    totals: TotalsDocument,
}

/// One order of the budget.
#[derive(Serialize, JsonSchema)]
struct LineDocument {
    /// Who pays, as an index of `payers`, counted from 0.
    payer: usize,
    /// The day on which it is placed and paid; waivers are judged on it.
    date: Day,
    /// Why it is placed.
    kind: LineKind,
    /// The day on which its accounts begin to run.
    starts: Day,
    /// The day on which they expire: the first on which they no longer run.
    expires: Day,
    /// Whether WeCom checks the customer's app orders before it sells; false for a purchase that was made.
    app_orders_checked: bool,
    /// Whether it is the first order that is charged because the payer's waiver has ended.
    first_after_waiver: bool,
    /// The order, priced as `quote` prices it.
    order: OrderDocument,
}

/// What one payer pays over the horizon.
#[derive(Serialize, JsonSchema)]
struct PayerDocument {
    /// Its code in the plan; null for a customer without one.
    code: Option<String>,
    /// Its name in the plan; null for a customer without one.
    name: Option<String>,
    /// Whose accounts are bought, the payer first.
    members: Vec<PartyDocument>,
    /// Whether anything is charged at all; false where all apps are the customer's own.
    charged: bool,
    /// Whether its orders count towards the firm totals.
    status: OrderStatus,
    /// What its orders come to.
    totals: TotalsDocument,
    /// Days on which users were, or will be, locked out.
    gaps: Vec<GapDocument>,
    /// Accounts that were bought and not activated in time.
    lost: Vec<LostDocument>,
}

/// Days on which no account lets the users in.
#[derive(Serialize, JsonSchema)]
struct GapDocument {
    /// The type of account that is missing.
    account_type: crate::AccountType,
    /// The first of the days.
    from: Day,
    /// The day on which users are let in again; the end of the horizon where that is not within it.
    until: Day,
    /// How many days they are.
    #[schemars(range(min = 1))]
    days: u32,
}

/// A purchase whose accounts were lost.
#[derive(Serialize, JsonSchema)]
struct LostDocument {
    /// The day of payment.
    paid: Day,
    /// The accounts.
    counts: Counts,
}

fn period_document(period: &Period) -> PeriodDocument {
    PeriodDocument {
        from: period.from.into(),
        to: period.to.into(),
        partial: period.partial,
        orders: period.lines.clone().collect(),
        totals: totals_document(&period.totals),
    }
}

fn line_document(line: &BudgetLine, card: &RateCard, catalog: &Catalog) -> LineDocument {
    LineDocument {
        payer: line.payer,
        date: line.date.into(),
        kind: line.kind,
        starts: line.starts.into(),
        expires: line.expires.into(),
        app_orders_checked: line.kind != LineKind::Recorded && app_orders_check(card, line.date).is_some(),
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
                from: gap.from.into(),
                until: gap.until.into(),
                days: gap.days,
            })
            .collect(),
        lost: payer
            .lost
            .iter()
            .map(|lost| LostDocument { paid: lost.paid.into(), counts: lost.counts })
            .collect(),
    }
}
