use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::quote::{AssumptionDocument, PartyDocument, TermDocument, assumption_documents, party_document};
use super::tradeoffs::{
    FrontierDocument, ScenariosDocument, TrustDocument, frontier_document, scenarios_document, trust_document,
};
use super::values::{Day, Money, MoneyChange, Ratio};
use crate::account::{AccountType, Counts};
use crate::assumption::Assumption;
use crate::diagnostic::lang::Catalog;
use crate::money;
use crate::planning::optimize::{
    Baseline, ExplainedOrder, Limits, NotOptimized, OptimizeTotals, OptimizedPlan, OrderReason, PayerOptimum,
    PayerPlan, PlannedLot, Policy, StockLot, UnderRule, WorstCase, gap,
};
use crate::pricing::{OrderStatus, PurchaseKind};
use crate::report::Tradeoffs;
use crate::report::optimize_words::{not_optimized_text, order_reason_text, reasons_text};

json_object! {
    /// The cheapest purchases of every payer over a horizon, with a bound below which no purchases cover the users.
    pub(crate) struct OptimizeDocument = optimize_json(
        optimized: &OptimizedPlan,
        tradeoffs: &Tradeoffs,
        assumptions: &[Assumption],
        catalog: &Catalog,
    ) {
        /// The name and version of this format; the version changes when a field is changed or removed.
        schema: &'static str = "wxlicense/optimize/1",
        /// The id of the rate card.
        rate_card: String = optimized.rate_card.clone(),
        /// The first day of the horizon, which is the plan's date.
        from: Day = optimized.from.into(),
        /// The first day after the horizon.
        end: Day = optimized.end.into(),
        /// What the figures assume beside the plan.
        assumptions: Vec<AssumptionDocument> = assumption_documents(assumptions, catalog),
        /// True if the time limit ended the search before it was through.
        stopped: bool = optimized.stopped,
        /// The payers, in the order of the plan.
        payers: Vec<PayerDocument> =
            optimized.payers.iter().map(|payer| payer_document(payer, catalog)).collect(),
        /// Sums of the confirmed payers.
        totals: TotalsDocument = totals_document(&optimized.totals),
        /// Sums of the unconfirmed payers, which are in no other sum.
        unconfirmed_totals: TotalsDocument = totals_document(&optimized.unconfirmed),
        /// The least cost for a few numbers of orders a year, ascending; none without `--frontier`.
        frontier: Vec<FrontierDocument> = tradeoffs.frontier.iter().flatten().map(frontier_document).collect(),
        /// The cheapest plans under each set of rules that one may trust; none without `--trust`.
        trust: Vec<TrustDocument> = tradeoffs.trust.iter().flatten().map(trust_document).collect(),
        /// What plans cost if the users grow otherwise; null without `--what-if`.
        what_if: Option<ScenariosDocument> = tradeoffs.scenarios.as_ref().map(scenarios_document),
    }
}

json_object! {
    /// What one payer buys, for itself and its downstreams.
    struct PayerDocument = payer_document(payer: &PayerOptimum, catalog: &Catalog) {
        /// The payer.
        payer: PartyDocument = party_document(&payer.payer),
        /// Whose users it buys for, the payer first.
        members: Vec<PartyDocument> = payer.members.iter().map(party_document).collect(),
        /// Confirmed if it counts towards the totals.
        status: OrderStatus = payer.status,
        /// Planned, or why there is no plan.
        outcome: OutcomeWord = OutcomeWord::of(payer),
        /// Why there is no plan, in a sentence; null if there is one.
        reason: Option<String> =
            payer.found.as_ref().err().map(|reason| catalog.text(&not_optimized_text(reason))),
        /// The limits within which it was searched.
        limits: LimitsDocument = limits_document(&payer.limits),
        /// What is payable for the orders of the horizon; null if there is no plan although something will be paid.
        payable: Option<Money> = payable(payer).map(Into::into),
        /// What the plan costs: what is payable, with the cost of placing orders and, with `--value rest`, less what is left;
        /// null if there is no plan although something will be paid.
        cost: Option<Money> = cost(payer).map(Into::into),
        /// What is left after the horizon, at the average price of each order and type, in yuan; in `cost` only with
        /// `--value rest`; null if there is no plan.
        rest: Option<Money> = planned(payer).map(|plan| plan.optimum.rest.into()),
        /// No plan within the limits costs less, over all days, terms and counts; null if there is no plan.
        lower_bound: Option<Money> = lower_bound(payer).map(Into::into),
        /// True if no plan within the limits is cheaper; false if that is not proven, or there is no plan.
        optimal: bool = cost(payer).is_some() && cost(payer) <= lower_bound(payer),
        /// By which part of the lower bound the cost is above it at most, rounded up; null if there is no plan, or no
        /// bound.
        gap: Option<Ratio> = gap_of(payer).map(Into::into),
        /// The orders, in the order in which they happen.
        orders: Vec<OrderDocument> = planned(payer)
            .map(|plan| plan.orders.iter().map(|order| order_document(plan, order, catalog)).collect())
            .unwrap_or_default(),
        /// Activations of codes that were paid before the horizon.
        stock: Vec<StockDocument> = planned(payer)
            .map(|plan| {
                plan.optimum.plan.stock.iter().map(|stock| stock_document(plan, stock)).collect()
            })
            .unwrap_or_default(),
        /// What simple policies cost under the same limits.
        baselines: Vec<BaselineDocument> = planned(payer)
            .map(|plan| plan.optimum.baselines.iter().map(baseline_document).collect())
            .unwrap_or_default(),
        /// What the same orders cost if a rule that WeCom has not confirmed is another.
        under_rules: Vec<UnderRuleDocument> = planned(payer)
            .map(|plan| plan.under_rules.iter().map(under_rule_document).collect())
            .unwrap_or_default(),
        /// What the orders cost at most under the alternatives of all these rules together; null without `--robust`.
        worst_case: Option<WorstCaseDocument> =
            planned(payer).and_then(|plan| plan.worst_case.as_ref()).map(worst_case_document),
    }
}

/// Planned, or why there is no plan.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum OutcomeWord {
    /// There is a plan.
    Planned,
    /// All apps are the customer's own.
    NotCharged,
    /// A test enterprise of the provider.
    TestEnterprise,
    /// Exempt, so that nothing is paid in the horizon.
    Waived,
    /// Exempt, but not to the end of the horizon; not optimised, and in no sum.
    WaivedUntil,
    /// There is no plan within the limits, or accounts have no price.
    Refused,
}

impl OutcomeWord {
    fn of(payer: &PayerOptimum) -> OutcomeWord {
        match &payer.found {
            Ok(_) => OutcomeWord::Planned,
            Err(NotOptimized::NotCharged) => OutcomeWord::NotCharged,
            Err(NotOptimized::TestEnterprise) => OutcomeWord::TestEnterprise,
            Err(NotOptimized::Waived) => OutcomeWord::Waived,
            Err(NotOptimized::WaivedUntil { .. }) => OutcomeWord::WaivedUntil,
            Err(NotOptimized::Error(_)) => OutcomeWord::Refused,
        }
    }
}

json_object! {
    /// What an order may be, beside WeCom's own rules.
    struct LimitsDocument = limits_document(limits: &Limits) {
        /// The shortest term of an order in days, inclusive; null for the school's own, where there is no plan.
        least_term_days: Option<u32> = limits.least_term,
        /// The longest term of an order in days, inclusive.
        most_term_days: u32 = limits.most_term,
        /// The most days that a paid code may lie unactivated.
        hold_codes_days: u32 = limits.hold_codes,
        /// The days of the year on which orders are placed, as `03-01`; none for every day.
        order_days: Vec<String> =
            limits.order_days.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect(),
        /// The most orders in a year of the horizon.
        orders_per_year: u32 = limits.orders_per_year,
        /// What placing an order costs besides its price.
        order_cost: Money = limits.order_cost.into(),
        /// Accounts are bought in multiples of this number.
        round_to: u32 = limits.round_to,
        /// True if terms are whole months.
        whole_months: bool = limits.whole_months,
        /// The most that may be paid in a year of the horizon in yuan; null without such a limit.
        year_budget: Option<Money> = limits.year_budget.map(Into::into),
        /// True if what is left after the horizon counts: costs and bounds are then less by it.
        value_rest: bool = limits.value_rest,
    }
}

json_object! {
    /// An order, with what becomes of its accounts.
    struct OrderDocument = order_document(plan: &PayerPlan, explained: &ExplainedOrder, catalog: &Catalog) {
        /// The day on which it is placed and paid.
        date: Day = plan.date(explained.order.day).into(),
        /// A purchase of new accounts, or a renewal of active ones.
        kind: KindWord = KindWord::of(explained.order.kind),
        /// The accounts; codes that nothing activates are among them.
        counts: Counts = explained.order.counts,
        /// The term of the accounts.
        term: TermDocument = TermDocument::new(explained.quote.term, explained.quote.days),
        /// The accounts that come first in the tiers.
        after: Counts = explained.order.after,
        /// The price in yuan.
        price: Money = explained.order.price.into(),
        /// The price as a calculation, to be checked by hand.
        formula: String = explained.quote.formula.clone(),
        /// Why it is what it is, in sentences.
        reason: String = catalog.text(&reasons_text(plan, explained)),
        /// The same, one by one: what saves most first.
        reasons: Vec<ReasonDocument> =
            explained.reasons.iter().map(|reason| reason_document(plan, reason, catalog)).collect(),
        /// When its codes are activated; of a renewal the accounts that it prolongs, dated the day of the order.
        activations: Vec<ActivationDocument> =
            explained.order.lots.iter().map(|lot| activation_document(plan, lot)).collect(),
    }
}

/// The kind of an order.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum KindWord {
    /// New accounts.
    Purchase,
    /// Active accounts are prolonged.
    Renewal,
}

impl KindWord {
    fn of(kind: PurchaseKind) -> KindWord {
        if kind == PurchaseKind::Renewal { KindWord::Renewal } else { KindWord::Purchase }
    }
}

json_object! {
    /// A reason for an order.
    struct ReasonDocument = reason_document(plan: &PayerPlan, reason: &OrderReason, catalog: &Catalog) {
        /// A stable word for it: bigger-batch, riding, codes-ahead, common-expiry, left-to-expire or needed.
        code: &'static str = reason.as_str(),
        /// The reason in a sentence.
        text: String = catalog.text(&order_reason_text(plan, reason)),
        /// What it saves in yuan; null where that is no figure of this order alone.
        saving: Option<Money> = reason.saving().map(Into::into),
    }
}

json_object! {
    /// Accounts that are activated, or prolonged, together.
    struct ActivationDocument = activation_document(plan: &PayerPlan, lot: &PlannedLot) {
        /// The day of activation, of a renewal the day of the order.
        date: Day = plan.date(lot.activated).into(),
        /// Their type.
        r#type: AccountType = lot.account_type,
        /// Their number.
        count: u32 = lot.count,
        /// The day of expiry that they prolong; null for users without an account.
        extends: Option<Day> = lot.extends.map(|day| plan.date(day).into()),
        /// The first day without them.
        expires: Day = plan.date(lot.expires).into(),
    }
}

json_object! {
    /// An activation of codes that were paid before the horizon.
    struct StockDocument = stock_document(plan: &PayerPlan, stock: &StockLot) {
        /// The day on which the codes were paid.
        paid: Day = plan.date(stock.paid).into(),
        /// The activation.
        activation: ActivationDocument = activation_document(plan, &stock.lot),
    }
}

json_object! {
    /// What a policy costs.
    struct BaselineDocument = baseline_document(baseline: &Baseline) {
        /// The policy: yearly renewals, or all accounts renewed together.
        policy: PolicyWord = PolicyWord::of(baseline.policy),
        /// What it costs, with the placing of its orders; null if the limits forbid it.
        cost: Option<Money> = baseline.cost.map(Into::into),
    }
}

/// A simple policy.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum PolicyWord {
    /// All accounts for the school's term, each renewed when it expires.
    Yearly,
    /// All accounts expire together.
    CoTerminated,
}

impl PolicyWord {
    fn of(policy: Policy) -> PolicyWord {
        match policy {
            Policy::Yearly => PolicyWord::Yearly,
            Policy::CoTerminated => PolicyWord::CoTerminated,
        }
    }
}

json_object! {
    /// What the same orders cost if one rule is another.
    struct UnderRuleDocument = under_rule_document(under: &UnderRule) {
        /// The id of the fact behind the rule.
        rule: String = under.fact.clone(),
        /// The alternative, as rate cards name it.
        alternative: String = under.rule.to_string(),
        /// The cost; null if an account has no price then.
        cost: Option<Money> = under.cost.map(Into::into),
    }
}

json_object! {
    /// What a plan costs at most.
    struct WorstCaseDocument = worst_case_document(worst: &WorstCase) {
        /// The cost.
        cost: Money = worst.cost.into(),
        /// The rules under which it costs that, as rate cards name them.
        rules: Vec<String> = worst.varied().map(|rule| rule.to_string()).to_vec(),
        /// No plan within the limits costs less in its worst case.
        lower_bound: Money = worst.lower_bound.into(),
    }
}

json_object! {
    /// Sums over payers.
    pub(super) struct TotalsDocument = totals_document(totals: &OptimizeTotals) {
        /// What is payable for the orders of the horizon.
        payable: Money = totals.payable.into(),
        /// What the plans cost: what is payable, with the cost of placing orders and, with `--value rest`, less what is left.
        cost: Money = totals.cost.into(),
        /// No plans cost less.
        lower_bound: Money = totals.lower_bound.into(),
        /// What the yearly policy costs; null if the limits forbid it to a payer.
        baseline: Option<Money> = totals.baseline.map(Into::into),
        /// How much less the plans cost than the yearly policy; null if that is not known.
        saving: Option<MoneyChange> = totals.saving().map(Into::into),
        /// What the plans cost at most, each payer in its own worst case; null without `--robust`.
        worst: Option<Money> = totals.worst.map(Into::into),
        /// The number of orders.
        orders: u32 = totals.orders,
        /// False if a payer has no plan although it will pay.
        complete: bool = totals.complete,
    }
}

fn planned(payer: &PayerOptimum) -> Option<&PayerPlan> {
    payer.found.as_deref().ok()
}

fn payable(payer: &PayerOptimum) -> Option<money::Money> {
    match &payer.found {
        Ok(plan) => Some(plan.optimum.plan.cost),
        Err(reason) => reason.is_free().then_some(money::Money::ZERO),
    }
}

fn cost(payer: &PayerOptimum) -> Option<money::Money> {
    match &payer.found {
        Ok(plan) => Some(plan.optimum.cost),
        Err(reason) => reason.is_free().then_some(money::Money::ZERO),
    }
}

fn lower_bound(payer: &PayerOptimum) -> Option<money::Money> {
    match &payer.found {
        Ok(plan) => Some(plan.optimum.lower_bound),
        Err(reason) => reason.is_free().then_some(money::Money::ZERO),
    }
}

fn gap_of(payer: &PayerOptimum) -> Option<Decimal> {
    gap(cost(payer)?, lower_bound(payer)?)
}
