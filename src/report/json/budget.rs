use super::quote::{
    AssumptionDocument, OrderDocument, PartyDocument, TotalsDocument, assumption_documents, order_document,
    party_document, totals_document,
};
use super::values::Day;
use crate::account::Counts;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::plan::PastPurchase;
use crate::planning::budget::{Budget, BudgetLine, Gap, LineKind, PayerBudget, Period};
use crate::pricing::OrderStatus;
use crate::rates::RateCard;
use crate::rules::app_orders_check;

json_object! {
    /// Cost of a plan over a horizon, order by order.
    pub(crate) struct BudgetDocument = budget_json(
        budget: &Budget,
        card: &RateCard,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/budget/1",
        /// The id of the rate card.
        rate_card: String = budget.rate_card.clone(),
        /// The first day of the horizon.
        from: Day = budget.from.into(),
        /// The last day of the horizon, inclusive.
        to: Day = budget.end.yesterday().unwrap_or(budget.end).into(),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// The fiscal years of the horizon, without a gap.
        years: Vec<PeriodDocument> = budget.years.iter().map(period_document).collect(),
        /// The steps of `--by`, without a gap; those without an order too.
        periods: Vec<PeriodDocument> = budget.periods.iter().map(period_document).collect(),
        /// Every order: by day, then by payer in the order of the plan.
        orders: Vec<LineDocument> =
            budget.lines.iter().map(|line| line_document(line, card, catalog)).collect(),
        /// The payers, in the order of the plan.
        payers: Vec<PayerDocument> = budget.payers.iter().map(payer_document).collect(),
        /// Totals of all orders.
        totals: TotalsDocument = totals_document(&budget.totals),
    }
}

json_object! {
    /// A part of the horizon.
    struct PeriodDocument = period_document(period: &Period) {
        /// Its first day within the horizon.
        from: Day = period.from.into(),
        /// Its last day within the horizon, inclusive.
        to: Day = period.to.into(),
        /// True if the horizon covers only a part of it.
        partial: bool = period.partial,
        /// Its orders, as indices of the document's `orders`, counted from 0.
        orders: Vec<usize> = period.lines.clone().collect(),
        /// Totals of its orders.
        totals: TotalsDocument = totals_document(&period.totals),
    }
}

json_object! {
    /// One order of the budget.
    struct LineDocument = line_document(line: &BudgetLine, card: &RateCard, catalog: &Catalog) {
        /// Index of its payer in `payers`, counted from 0.
        payer: usize = line.payer,
        /// Day on which it is placed and paid, Beijing time; waivers are decided on it.
        date: Day = line.date.into(),
        /// Reason why it is placed.
        kind: LineKind = line.kind,
        /// The day on which its accounts begin to run.
        starts: Day = line.starts.into(),
        /// The day on which they expire: the first on which they no longer run.
        expires: Day = line.expires.into(),
        /// True if WeCom checks the customer's app orders before it sells; false for a purchase of the past.
        app_orders_checked: bool =
            line.kind != LineKind::Recorded && app_orders_check(card, line.date).is_some(),
        /// True if it is the payer's first charged order after its waiver ended.
        first_after_waiver: bool = line.first_after_waiver,
        /// The order, priced as `quote` prices it.
        order: OrderDocument = order_document(&line.quote, card, catalog, Some(line.date), false),
    }
}

json_object! {
    /// Cost of one payer over the horizon.
    struct PayerDocument = payer_document(payer: &PayerBudget) {
        /// Its code in the plan; null for a customer without one.
        code: Option<String> = payer.payer.code.clone(),
        /// Its name in the plan; null for a customer without one.
        name: Option<String> = payer.payer.name.clone(),
        /// Whose accounts are bought, the payer first.
        members: Vec<PartyDocument> = payer.members.iter().map(party_document).collect(),
        /// True if at least one member is charged; false if all apps are the customer's own.
        charged: bool = payer.charged,
        /// Confirmed if its orders count towards the firm totals.
        status: OrderStatus = payer.status,
        /// Totals of its orders.
        totals: TotalsDocument = totals_document(&payer.totals),
        /// Days on which users were, or will be, locked out.
        gaps: Vec<GapDocument> = payer.gaps.iter().map(gap_document).collect(),
        /// Accounts that were bought and not activated in time.
        lost: Vec<LostDocument> = payer.lost.iter().map(lost_document).collect(),
    }
}

json_object! {
    /// Days on which no account gives users access.
    struct GapDocument = gap_document(gap: &Gap) {
        /// The type of account that is missing.
        account_type: crate::AccountType = gap.account_type,
        /// The first of the days.
        from: Day = gap.from.into(),
        /// The day on which users are let in again; the end of the horizon if that is later.
        until: Day = gap.until.into(),
        /// Number of days.
        #[schemars(range(min = 1))]
        days: u32 = gap.days,
    }
}

json_object! {
    /// A purchase whose accounts were lost.
    struct LostDocument = lost_document(lost: &PastPurchase) {
        /// The day of payment.
        paid: Day = lost.paid.into(),
        /// The accounts.
        counts: Counts = lost.counts,
    }
}
