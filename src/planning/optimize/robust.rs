//! The plan whose worst case is cheapest.

use super::assign::Weights;
use super::bound::lower_bound;
use super::draft::{Draft, replay};
use super::engine::{baselines, by_patterns, check, optimum};
use super::obstacles::why_none;
use super::problem::Problem;
use super::under_rules::draft;
use super::{Baseline, OptimizeError, Optimum, PurchasePlan};
use crate::money::Money;
use crate::rates::{PricingRules, RateCard, Rule, RuleKind};

/// A plan with what it costs in the worst case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robust {
    /// The plan with its cost and its bound under the rules of the card.
    pub optimum: Optimum,
    /// What it costs at most.
    pub worst_case: WorstCase,
    /// What the simple policies cost in their worst cases.
    pub baselines: Vec<Baseline>,
}

/// What a plan costs at most, under any combination of the alternatives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorstCase {
    /// What it costs then, with the placing of its orders.
    pub cost: Money,
    /// The rules under which it costs that.
    pub rules: PricingRules,
    /// No plan costs less in its worst case.
    pub lower_bound: Money,
}

impl WorstCase {
    /// Returns the rules of P12, P13 and P10 (docs/rules.md#p12) under which it costs that.
    pub fn varied(&self) -> [Rule; 3] {
        [RuleKind::NewPurchase, RuleKind::Renewal, RuleKind::Rounding].map(|kind| self.rules.get(kind))
    }
}

/// Returns the plan, of those found under each rule of P12, that costs least in its worst case: under any combination of the
/// alternatives that a card has for P12, P13 and P10 (docs/rules.md#p12). The limits, the budget of a year included, hold
/// in every case. Asks `stop` as [`optimize`](super::optimize()) does.
///
/// # Errors
/// [`OptimizeError`] if no plan keeps to the limits in every case.
pub fn optimize_robust(
    problem: &Problem,
    card: &RateCard,
    stop: &dyn Fn() -> bool,
) -> Result<Robust, OptimizeError> {
    check(problem)?;
    let cases = Cases::new(problem, card);
    let policies = baselines(problem);
    let mut best: Option<(Money, Draft)> = None;
    let mut consider = |plan: &PurchasePlan| {
        let draft = draft(plan);
        // Few of all cases are the worst ones, so that most plans are given up early.
        let below = best.as_ref().map(|(worst, _)| *worst);
        if let Some((worst, _)) = cases.worst(&draft, below)
            && below.is_none_or(|below| worst < below)
        {
            best = Some((worst, draft));
        }
    };
    policies.iter().filter_map(|(_, plan)| plan.as_ref()).for_each(&mut consider);
    let weights = Weights { penalty: problem.limits.order_cost.fen(), ..Weights::default() };
    for under in &cases.starts {
        by_patterns(under, &weights, stop).iter().for_each(&mut consider);
        if stop() {
            break;
        }
    }
    let Some((worst, draft)) = best else { return Err(why_none(problem, None, stop)) };
    let plan = replay(problem, &draft).ok_or(OptimizeError::NoPlan { obstacles: Vec::new() })?;
    let rules = cases.worst(&draft, None).map_or(problem.table.rules(), |(_, rules)| rules);
    let bounds = cases.starts.iter().map(|under| lower_bound(under, worst));
    let worst_case = WorstCase { cost: worst, rules, lower_bound: bounds.max().unwrap_or(Money::ZERO) };
    let of = |plan: &PurchasePlan| cases.worst(&super::under_rules::draft(plan), None).map(|(cost, _)| cost);
    let baselines = policies
        .iter()
        .map(|(policy, plan)| Baseline { policy: *policy, cost: plan.as_ref().and_then(of) })
        .collect();
    Ok(Robust { optimum: optimum(problem, plan, policies), worst_case, baselines })
}

/// The combinations of rules.
struct Cases {
    all: Vec<Problem>,
    /// The problem under each rule of P12, the others as the card has them.
    starts: Vec<Problem>,
}

impl Cases {
    fn new(problem: &Problem, card: &RateCard) -> Cases {
        let own = problem.table.rules();
        let of = |kind: RuleKind| {
            let choices = card.choices().into_iter().flat_map(|choice| choice.rules);
            let mut rules: Vec<Rule> = choices.filter(|rule| rule.kind() == kind).collect();
            if rules.is_empty() {
                rules.push(own.get(kind));
            }
            rules
        };
        let starts: Vec<PricingRules> =
            of(RuleKind::NewPurchase).into_iter().map(|rule| own.with(rule)).collect();
        let with = |rules: Vec<PricingRules>, kind: RuleKind| -> Vec<PricingRules> {
            let of = of(kind);
            rules.iter().flat_map(|rules| of.iter().map(|rule| rules.with(*rule))).collect()
        };
        let all = with(with(starts.clone(), RuleKind::Renewal), RuleKind::Rounding);
        let under = |rules: Vec<PricingRules>| rules.into_iter().map(|rules| problem.under(rules)).collect();
        Cases { all: under(all), starts: under(starts) }
    }

    /// Returns the most that a draft costs, with the rules under which it does; `None` if a case is not possible, breaks the
    /// budget of a year, or costs as much as `below`.
    fn worst(&self, draft: &Draft, below: Option<Money>) -> Option<(Money, PricingRules)> {
        let mut worst: Option<(Money, PricingRules)> = None;
        for case in &self.all {
            let plan = replay(case, draft).filter(|plan| case.is_within_budget(plan))?;
            let cost = case.cost(&plan);
            if below.is_some_and(|below| below <= cost) {
                return None;
            }
            if worst.is_none_or(|(known, _)| known < cost) {
                worst = Some((cost, case.table.rules()));
            }
        }
        worst
    }
}
