use super::assign::{Weights, assign};
use super::baseline::baseline;
use super::bound::lower_bound;
use super::cover::{Block, Pattern, cover};
use super::draft::{Draft, replay};
use super::obstacles::{check_first_orders, why_none};
use super::patterns::patterns;
use super::problem::Problem;
use super::rest::rest;
use super::{Baseline, OptimizeError, Optimum, Policy, PurchasePlan};
use crate::account::AccountType;
use crate::money::Money;

/// Returns the cheapest plan found, with the bound below which no plan can be. Asks `stop` now and then whether to
/// end; the best plan so far is returned then. What is not stopped gives the same result on every run.
///
/// # Errors
/// [`OptimizeError`] if no plan keeps to the limits.
pub fn optimize(problem: &Problem, stop: &dyn Fn() -> bool) -> Result<Optimum, OptimizeError> {
    check(problem)?;
    let policies = baselines(problem);
    let mut choice = Choice::new(problem);
    for plan in policies.iter().filter_map(|(_, plan)| plan.as_ref()) {
        choice.consider(plan.clone());
    }
    try_patterns(problem, &mut choice, stop);
    let Some(plan) = choice.best else { return Err(why_none(problem, choice.steadiest.as_ref(), stop)) };
    Ok(optimum(problem, plan, policies))
}

/// Returns a plan with its cost, its bound, and what the simple policies cost.
pub(super) fn optimum(
    problem: &Problem,
    plan: PurchasePlan,
    policies: Vec<(Policy, Option<PurchasePlan>)>,
) -> Optimum {
    #[cfg(any(test, debug_assertions))]
    super::validate::assert_valid(problem, &plan);
    let cost = problem.cost(&plan);
    let lower_bound = lower_bound(problem, cost);
    let baselines = policies
        .into_iter()
        .map(|(policy, plan)| {
            let kept = plan.filter(|plan| problem.is_within_budget(plan));
            Baseline { policy, cost: kept.map(|plan| problem.cost(&plan)) }
        })
        .collect();
    Optimum { rest: rest(problem, &plan), plan, cost, lower_bound, baselines }
}

/// Refuses what no plan can meet.
pub(super) fn check(problem: &Problem) -> Result<(), OptimizeError> {
    check_prices(problem)?;
    check_first_orders(problem)
}

/// Returns what the simple policies buy; `None` where the limits forbid it.
pub(super) fn baselines(problem: &Problem) -> Vec<(Policy, Option<PurchasePlan>)> {
    let of = |policy| (policy, baseline(problem, policy));
    [Policy::Yearly, Policy::CoTerminated].into_iter().map(of).collect()
}

/// The best plans so far.
pub(super) struct Choice<'p> {
    problem: &'p Problem,
    /// The cheapest one within the budget of a year.
    pub(super) best: Option<PurchasePlan>,
    /// The one with the cheapest dearest year.
    pub(super) steadiest: Option<PurchasePlan>,
}

impl<'p> Choice<'p> {
    pub(super) fn new(problem: &'p Problem) -> Choice<'p> {
        Choice { problem, best: None, steadiest: None }
    }

    pub(super) fn consider(&mut self, plan: PurchasePlan) {
        let problem = self.problem;
        let most = |plan: &PurchasePlan| problem.dearest_year(plan);
        if self.steadiest.as_ref().is_none_or(|known| most(&plan) < most(known)) {
            self.steadiest = Some(plan.clone());
        }
        let is_cheaper = |known: &PurchasePlan| problem.cost(&plan) < problem.cost(known);
        if problem.is_within_budget(&plan) && self.best.as_ref().is_none_or(is_cheaper) {
            self.best = Some(plan);
        }
    }
}

/// Considers the cheapest plans by patterns; years that cost more than their budget are made dearer until they do not.
pub(super) fn try_patterns(problem: &Problem, choice: &mut Choice<'_>, stop: &dyn Fn() -> bool) {
    let placing = problem.limits.order_cost.fen();
    for penalty in PENALTIES {
        let penalty = placing.saturating_add(penalty);
        let mut weights = Weights { penalty, ..Weights::default() };
        let Some(mut plan) = by_patterns(problem, &weights, stop) else { continue };
        for _ in 0..STEERINGS {
            let over = over_budget(problem, &plan, &mut weights);
            choice.consider(plan);
            if !over || stop() {
                break;
            }
            let Some(next) = by_patterns(problem, &weights, stop) else { break };
            plan = next;
        }
        break;
    }
}

/// Makes the years dearer in which a plan pays more than the budget; returns true if there are any.
fn over_budget(problem: &Problem, plan: &PurchasePlan, weights: &mut Weights) -> bool {
    let Some(budget) = problem.limits.year_budget else { return false };
    let mut is_over = false;
    let years = usize::try_from(problem.year(problem.days - 1) + 1).unwrap_or(0);
    weights.years.resize(years, 100);
    for (year, paid) in problem.paid_by_year(plan) {
        let Some(weight) = usize::try_from(year).ok().and_then(|year| weights.years.get_mut(year)) else {
            continue;
        };
        if paid > budget {
            is_over = true;
            let factor = (paid.fen().saturating_mul(100) / budget.fen().max(1)).clamp(105, 150);
            *weight = (*weight * factor / 100).min(100_000);
        }
    }
    is_over
}

/// Refuses a need beyond the accounts that have a price.
fn check_prices(problem: &Problem) -> Result<(), OptimizeError> {
    for account_type in AccountType::ALL {
        let steps = problem.table.price_steps(account_type, *problem.negotiated.get(account_type));
        let priced = steps.last().map_or(0, |(last, _)| *last);
        let users = problem.need.iter().map(|(_, users)| *users.get(account_type)).max().unwrap_or(0);
        if u64::from(users) > priced {
            return Err(OptimizeError::Unpriced { account_type, users, priced });
        }
    }
    Ok(())
}

/// Returns the plan whose terms follow one of the patterns, type by type, that counts least.
pub(super) fn by_patterns(
    problem: &Problem,
    weights: &Weights,
    stop: &dyn Fn() -> bool,
) -> Option<PurchasePlan> {
    let mut draft = Draft::default();
    let mut interop = problem.running_interop();
    for account_type in [AccountType::Interop, AccountType::Basic] {
        let part = problem.of_type(account_type, &interop);
        let trial = Trial { problem: &part, account_type, need: part.steps(account_type), weights };
        let mut best: Option<Candidate> = None;
        for pattern in patterns(&part) {
            if best.is_some() && stop() {
                break;
            }
            let below = best.as_ref().map(|best| best.counts_as);
            keep_cheaper(&mut best, trial.run(pattern, below));
        }
        trial.gather(&mut best, stop);
        let mut best = best?;
        trial.improve(&mut best, stop);
        draft.merge(best.draft);
        interop.extend(best.blocks.iter().map(|block| (block.start, block.expires(), block.count)));
    }
    replay(problem, &draft)
}

/// A cover with its purchases, and what they count as.
pub(super) struct Candidate {
    pub(super) counts_as: Money,
    pub(super) pattern: Pattern,
    pub(super) draft: Draft,
    pub(super) blocks: Vec<Block>,
}

/// Keeps a candidate that counts less.
pub(super) fn keep_cheaper(best: &mut Option<Candidate>, other: Option<Candidate>) {
    if let Some(other) = other
        && best.as_ref().is_none_or(|best| other.counts_as < best.counts_as)
    {
        *best = Some(other);
    }
}

/// The trials of one type.
pub(super) struct Trial<'p> {
    pub(super) problem: &'p Problem,
    account_type: AccountType,
    need: Vec<(i32, u32)>,
    weights: &'p Weights,
}

impl Trial<'_> {
    /// Returns the cheapest purchases for a pattern; `None` if the limits forbid them. Codes that wait for an expiry are tried
    /// only where the others are not much dearer than `known`.
    pub(super) fn run(&self, pattern: Pattern, known: Option<Money>) -> Option<Candidate> {
        self.run_with(pattern, known, &[false, true])
    }

    /// Returns the purchases for a pattern whose codes do not wait for an expiry; orders of the same price become one.
    pub(super) fn run_early(&self, pattern: Pattern) -> Option<Candidate> {
        let penalty = self.weights.penalty.max(MERGING);
        let weights = &Weights { penalty, ..self.weights.clone() };
        let trial = Trial { weights, need: self.need.clone(), ..*self };
        trial.run_with(pattern, None, &[false])
    }

    /// Returns the most accounts up to the peak of the need with which a tier ends, if the need changes.
    pub(super) fn base(&self) -> Option<u32> {
        let changes = self.need.len() + self.problem.start.lots.len();
        let peak = self.need.iter().map(|(_, users)| u64::from(*users)).max().unwrap_or(0);
        let steps = self
            .problem
            .table
            .price_steps(self.account_type, *self.problem.negotiated.get(self.account_type));
        let edges = steps.iter().rev().skip(1).map(|(last, _)| *last);
        let base = edges.filter(|edge| *edge <= peak).max().filter(|_| changes > 1);
        base.and_then(|base| u32::try_from(base).ok())
    }

    fn run_with(&self, pattern: Pattern, known: Option<Money>, late: &[bool]) -> Option<Candidate> {
        let blocks = cover(self.problem, self.account_type, &self.need, &pattern);
        let mut best: Option<(Money, Draft)> = None;
        for &late in late {
            let limit = known.map_or(i64::MAX, |known| known.fen().saturating_add(known.fen() / 4));
            if late && best.as_ref().is_some_and(|(counts_as, _)| limit < counts_as.fen()) {
                break;
            }
            let weights = Weights { late, ..self.weights.clone() };
            let mut draft = Draft::default();
            if assign(self.problem, self.account_type, &blocks, &weights, &mut draft).is_none() {
                continue;
            }
            let Some(plan) = replay(self.problem, &draft) else { continue };
            let counts_as = weighted(self.problem, &plan, &weights);
            if best.as_ref().is_none_or(|(known, _)| counts_as < *known) {
                best = Some((counts_as, draft));
            }
        }
        best.map(|(counts_as, draft)| Candidate { counts_as, pattern, draft, blocks })
    }
}

/// Returns what a plan counts as.
fn weighted(problem: &Problem, plan: &PurchasePlan, weights: &Weights) -> Money {
    let more = |order: &super::PlannedOrder| {
        let year = usize::try_from(problem.year(order.day)).unwrap_or(usize::MAX);
        let weight = weights.years.get(year).copied().unwrap_or(100);
        order.price.fen().saturating_mul(weight - 100) / 100
    };
    let more: i64 = if weights.years.is_empty() { 0 } else { plan.orders.iter().map(more).sum() };
    Money::from_fen(problem.cost(plan).fen().saturating_add(more))
}

/// What an order counts as dearer, in fen, while there are too many.
const PENALTIES: [i64; 4] = [0, 1_000, 100_000, 10_000_000];

/// What an order counts as dearer, in fen, so that what costs the same is bought together.
const MERGING: i64 = 5;

/// How often the years are weighed anew.
const STEERINGS: usize = 16;
