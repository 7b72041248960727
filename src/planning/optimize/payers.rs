//! The cheapest way to buy for every payer of a plan, with its sums. Read [`optimize_plan`] first.

use std::cell::Cell;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::reason::{OrderReason, reasons};
use super::totals::{OptimizeTotals, totals};
use super::{
    Limits, OptimizeError, Optimum, PlannedOrder, Policy, Problem, Robust, UnderRule, WorstCase, optimize,
    optimize_robust, under_rules,
};
use crate::account::{AccountType, Counts, Term};
use crate::money::{Money, apportion};
use crate::plan::{Plan, School, Trials, blank_order};
use crate::planning::schedule::{ScheduleOptions, schedule};
use crate::pricing::{Held, Member, Order, OrderQuote, OrderStatus, Party, PurchaseKind, Quoter};
use crate::rates::Rule;
use crate::rules::{WaiverReason, look_up_waiver};

/// What to optimise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptimizeOptions {
    /// Whole years of the horizon, from the plan's date.
    pub years: u32,
    /// What an order may be.
    pub limits: Limits,
    /// True to search the plan that costs least in its worst case under the alternatives of the card.
    pub robust: bool,
}

/// The cheapest plan of every payer.
#[derive(Debug, Clone)]
pub struct OptimizedPlan {
    /// Id of the rate card.
    pub rate_card: String,
    /// First day of the horizon, the plan's date, Beijing time.
    pub from: Date,
    /// First day after the horizon, Beijing time.
    pub end: Date,
    /// The payers, in the order of the plan.
    pub payers: Vec<PayerOptimum>,
    /// Sums of the confirmed payers.
    pub totals: OptimizeTotals,
    /// Sums of the unconfirmed payers, which are in no other sum.
    pub unconfirmed: OptimizeTotals,
    /// True if the search was stopped before it was through.
    pub stopped: bool,
}

/// The cheapest plan of a payer, or the reason why it has none.
#[derive(Debug, Clone)]
pub struct PayerOptimum {
    /// The payer.
    pub payer: Party,
    /// Whose users it buys for, the payer first.
    pub members: Vec<Party>,
    /// Confirmed if its row in the plan is.
    pub status: OrderStatus,
    /// The limits in force, with the payer's shortest term where there is a plan.
    pub limits: Limits,
    /// The plan, or why there is none.
    pub found: Result<Box<PayerPlan>, NotOptimized>,
}

/// The cheapest plan of a payer with its prices and reasons.
#[derive(Debug, Clone)]
pub struct PayerPlan {
    /// What was asked.
    pub problem: Problem,
    /// The answer.
    pub optimum: Optimum,
    /// Its orders, in the order in which they happen.
    pub orders: Vec<ExplainedOrder>,
    /// What the same orders cost under other rules.
    pub under_rules: Vec<UnderRule>,
    /// What it costs at most under all alternatives of the card together; `None` unless that was asked.
    pub worst_case: Option<WorstCase>,
}

/// An order with its price item by item, and why it is placed.
#[derive(Debug, Clone)]
pub struct ExplainedOrder {
    /// The order.
    pub order: PlannedOrder,
    /// Its price, item by item.
    pub quote: OrderQuote,
    /// Why it is what it is; never empty.
    pub reasons: Vec<OrderReason>,
}

/// Why a payer has no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOptimized {
    /// All apps are the customer's own (W1): nothing is charged.
    NotCharged,
    /// A provider's test enterprise (P14): nothing is charged.
    TestEnterprise,
    /// The customer is exempt: the orders of the schedule cost nothing to the end of the horizon.
    Waived,
    /// The customer is exempt, but later orders of the schedule are not: they stay as they are.
    WaivedUntil {
        /// Last day of the waiver, Beijing time.
        last_day: Date,
        /// What the yearly policy costs then; `None` if that is not known.
        yearly: Option<Money>,
    },
    /// There is no plan.
    Error(OptimizeError),
}

impl NotOptimized {
    /// Returns true if nothing is to be paid.
    pub fn is_free(&self) -> bool {
        matches!(self, NotOptimized::NotCharged | NotOptimized::TestEnterprise | NotOptimized::Waived)
    }

    /// Returns the word that JSON uses.
    pub fn as_str(&self) -> &'static str {
        match self {
            NotOptimized::NotCharged => "not-charged",
            NotOptimized::TestEnterprise => "test-enterprise",
            NotOptimized::Waived => "waived",
            NotOptimized::WaivedUntil { .. } => "waived-until",
            NotOptimized::Error(_) => "refused",
        }
    }
}

/// Returns the cheapest plan of every payer of a plan. Asks `stop` now and then whether to end with what is found.
///
/// # Errors
/// [`OptimizeError`] if the plan has no date, the horizon leaves the calendar, or a sum the range of money; what a payer
/// alone lacks stands with it.
pub fn optimize_plan(
    plan: &Plan,
    options: &OptimizeOptions,
    stop: &dyn Fn() -> bool,
) -> Result<OptimizedPlan, OptimizeError> {
    let from = plan.date.ok_or(OptimizeError::NoDate)?;
    let years = i16::try_from(options.years).map_err(|_| OptimizeError::TooLong)?;
    let end = from.checked_add(years.years()).map_err(|_| OptimizeError::TooLong)?;
    let stopped = Cell::new(false);
    let stop = || {
        stopped.set(stopped.get() || stop());
        stopped.get()
    };
    let payers: Vec<PayerOptimum> =
        plan.groups().iter().map(|group| of_payer(plan, group, options, end, &stop)).collect();
    let of_status = |status| payers.iter().filter(move |payer: &&PayerOptimum| payer.status == status);
    let mut firm = totals(of_status(OrderStatus::Confirmed)).ok_or(OptimizeError::Overflow)?;
    firm.complete &= plan.left_out.is_empty();
    let unconfirmed = totals(of_status(OrderStatus::Unconfirmed)).ok_or(OptimizeError::Overflow)?;
    let stopped = stopped.get();
    Ok(OptimizedPlan {
        rate_card: plan.card.id.clone(),
        from,
        end,
        payers,
        totals: firm,
        unconfirmed,
        stopped,
    })
}

fn of_payer(
    plan: &Plan,
    group: &[&School],
    options: &OptimizeOptions,
    end: Date,
    stop: &dyn Fn() -> bool,
) -> PayerOptimum {
    let found = match why_free(plan, group, end) {
        Some(free) => Err(free),
        None => found(plan, group, options, stop).map(Box::new).map_err(NotOptimized::Error),
    };
    let limits = match &found {
        Ok(found) => found.problem.limits_in_force(),
        Err(_) => options.limits.clone(),
    };
    PayerOptimum {
        payer: group[0].party(),
        members: group.iter().map(|school| school.party()).collect(),
        status: group.iter().map(|school| school.status).min().unwrap_or_default(),
        limits,
        found,
    }
}

/// Returns why a payer's orders cost nothing on the plan's date; `None` if they do cost something.
fn why_free(plan: &Plan, group: &[&School], end: Date) -> Option<NotOptimized> {
    if !group.iter().any(|school| school.is_charged(&plan.card)) {
        return Some(NotOptimized::NotCharged);
    }
    let payer = group[0];
    if payer.test_enterprise {
        return Some(NotOptimized::TestEnterprise);
    }
    let on = |day| look_up_waiver(&plan.card, &payer.customer, Some(day));
    if !on(plan.date?)?.applied() {
        return None;
    }
    match on(end.yesterday().unwrap_or(end)).map(|finding| finding.reason) {
        Some(WaiverReason::Ended { last_day }) => {
            let part = plan.only(&[payer.code.as_str()]);
            let yearly = schedule(&part, &ScheduleOptions { until: end, growth: Decimal::ZERO }).ok();
            let orders = yearly.iter().flat_map(|yearly| &yearly.payers).flat_map(|payer| &payer.orders);
            let to_come = orders.filter(|order| Some(order.date) >= plan.date);
            let payable: Option<Vec<Money>> = to_come.map(|order| order.quote.payable()).collect();
            let yearly = payable.and_then(|payable| payable.into_iter().sum());
            if yearly == Some(Money::ZERO) {
                return Some(NotOptimized::Waived);
            }
            Some(NotOptimized::WaivedUntil { last_day, yearly })
        }
        _ => Some(NotOptimized::Waived),
    }
}

fn found(
    plan: &Plan,
    group: &[&School],
    options: &OptimizeOptions,
    stop: &dyn Fn() -> bool,
) -> Result<PayerPlan, OptimizeError> {
    let problem = Problem::of(plan, group, options.years, options.limits.clone())?;
    let (optimum, worst_case) = match options.robust {
        true => {
            let Robust { optimum, worst_case, .. } = optimize_robust(&problem, &plan.card, stop)?;
            (optimum, Some(worst_case))
        }
        false => (optimize(&problem, stop)?, None),
    };
    let quoter = Quoter::new(&plan.card).map_err(|_| OptimizeError::Overflow)?;
    let explained = |order: &PlannedOrder| {
        let quote = quoter.quote(Some(problem.date(order.day)), &quotable(plan, group, &problem, order));
        Ok(ExplainedOrder {
            order: order.clone(),
            quote: quote.map_err(|_| OptimizeError::Overflow)?,
            reasons: reasons(&problem, &optimum.plan, order),
        })
    };
    let orders = optimum.plan.orders.iter().map(explained).collect::<Result<_, _>>()?;
    let under_rules = under_rules(&problem, &plan.card, &optimum.plan);
    Ok(PayerPlan { problem, optimum, orders, under_rules, worst_case })
}

/// Returns a planned order as it is quoted. The members share it in proportion to their users on the first day on which
/// its accounts run.
fn quotable(plan: &Plan, group: &[&School], problem: &Problem, order: &PlannedOrder) -> Order {
    let starts = order.lots.iter().map(|lot| lot.extends.unwrap_or(lot.activated)).min().unwrap_or(order.day);
    let day = problem.date(starts);
    let needs: Vec<Counts> = group.iter().map(|school| plan.need(school, day, Trials::Counted)).collect();
    let mut counts = vec![Counts::ZERO; group.len()];
    for account_type in AccountType::ALL {
        let bought = *order.counts.get(account_type);
        let weights: Vec<u64> = needs.iter().map(|need| u64::from(*need.get(account_type))).collect();
        if weights.iter().all(|weight| *weight == 0) {
            *counts[0].get_mut(account_type) = bought;
            continue;
        }
        for (own, part) in counts.iter_mut().zip(apportion(i64::from(bought), &weights)) {
            *own.get_mut(account_type) = u32::try_from(part).unwrap_or_default();
        }
    }
    let held = Held::before_purchase(problem.table.rules().new_purchase, order.after);
    let members = group.iter().zip(needs).zip(counts).enumerate().map(|(index, ((school, need), counts))| {
        Member {
            party: school.party(),
            customer: school.customer.clone(),
            counts,
            need,
            have: Counts::ZERO,
            held: if index == 0 { held } else { Held::NONE },
            // The accounts of a member with internal apps alone are never in an order.
            charged: school.is_charged(&plan.card) || !counts.is_zero(),
            status: school.status,
        }
    });
    Order {
        members: members.collect(),
        term: term_of(problem, order),
        renewal: order.kind == PurchaseKind::Renewal,
        ..blank_order(group[0])
    }
}

fn term_of(problem: &Problem, order: &PlannedOrder) -> Term {
    problem.table.term_rules().term_of(order.term_days)
}

impl PayerPlan {
    /// Returns what a policy costs; `None` if the limits forbid it.
    pub fn baseline(&self, policy: Policy) -> Option<Money> {
        self.optimum.baselines.iter().find(|baseline| baseline.policy == policy)?.cost
    }

    /// Returns what the yearly policy costs; `None` if the limits forbid it.
    pub fn yearly(&self) -> Option<Money> {
        self.baseline(Policy::Yearly)
    }

    /// Returns the date of a day of the plan.
    pub fn date(&self, day: i32) -> Date {
        self.problem.date(day)
    }

    /// Returns the cost under an alternative of a rule; `None` if an account has no price then.
    pub fn under(&self, rule: Rule) -> Option<Money> {
        self.under_rules.iter().find(|under| under.rule == rule)?.cost
    }
}
