use super::assign::assign;
use super::bound::lower_bound;
use super::cover::{Block, Chain, Pattern, cover};
use super::draft::{Draft, DraftOrder, lot, replay};
use super::problem::Problem;
use super::{Baseline, OptimizeError, Optimum, Policy, PurchasePlan};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::PurchaseKind;

/// Returns the cheapest plan found, with the bound below which no plan can be. Asks `stop` now and then whether to
/// end; the best plan so far is returned then. What is not stopped gives the same result on every run.
///
/// # Errors
/// [`OptimizeError`] if no plan keeps to the limits.
pub fn optimize(problem: &Problem, stop: &dyn Fn() -> bool) -> Result<Optimum, OptimizeError> {
    check_prices(problem)?;
    let baselines: Vec<(Policy, Option<PurchasePlan>)> = [Policy::Yearly, Policy::CoTerminated]
        .into_iter()
        .map(|policy| (policy, baseline(problem, policy)))
        .collect();
    let mut best: Option<PurchasePlan> = None;
    let mut consider = |plan: Option<PurchasePlan>| {
        if let Some(plan) = plan
            && best.as_ref().is_none_or(|best| problem.cost(&plan) < problem.cost(best))
        {
            best = Some(plan);
        }
    };
    for (_, plan) in &baselines {
        consider(plan.clone());
    }
    // The dearer orders count, the fewer of them there are.
    for penalty in PENALTIES {
        let plan = by_patterns(problem, problem.limits.order_cost.fen().saturating_add(penalty), stop);
        let is_found = plan.is_some();
        consider(plan);
        if is_found {
            break;
        }
    }
    let plan = best.ok_or(OptimizeError::NoPlan)?;
    let cost = problem.cost(&plan);
    #[cfg(any(test, debug_assertions))]
    super::validate::assert_valid(problem, &plan);
    let lower_bound = lower_bound(problem, cost);
    let baselines = baselines
        .into_iter()
        .map(|(policy, plan)| Baseline { policy, cost: plan.map(|plan| problem.cost(&plan)) })
        .collect();
    Ok(Optimum { plan, cost, lower_bound, baselines })
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

/// Returns the cheapest plan whose terms follow one of the patterns, type by type.
fn by_patterns(problem: &Problem, penalty: i64, stop: &dyn Fn() -> bool) -> Option<PurchasePlan> {
    let mut draft = Draft::default();
    let mut interop = problem.running_interop();
    for account_type in [AccountType::Interop, AccountType::Basic] {
        let part = problem.of_type(account_type, &interop);
        let need = part.steps(account_type);
        let mut best: Option<(Money, Draft, Vec<Block>)> = None;
        for pattern in patterns(&part) {
            if best.is_some() && stop() {
                break;
            }
            let blocks = cover(&part, account_type, &need, pattern);
            let mut own = Draft::default();
            if assign(&part, account_type, &blocks, penalty, &mut own).is_none() {
                continue;
            }
            let Some(plan) = replay(&part, &own) else { continue };
            let cost = part.cost(&plan);
            if best.as_ref().is_none_or(|(known, ..)| cost < *known) {
                best = Some((cost, own, blocks));
            }
        }
        let (_, own, blocks) = best?;
        merge(&mut draft, own);
        interop.extend(blocks.iter().map(|block| (block.start, block.expires(), block.count)));
    }
    replay(problem, &draft)
}

/// Adds the orders of a draft to another; those of one day, term and kind become one.
fn merge(draft: &mut Draft, other: Draft) {
    draft.stock.extend(other.stock);
    for order in other.orders {
        let same = |known: &&mut DraftOrder| {
            (known.day, known.kind, known.term) == (order.day, order.kind, order.term)
        };
        match draft.orders.iter_mut().find(same) {
            Some(known) => {
                known.counts = known.counts.saturating_add(order.counts);
                known.lots.extend(order.lots);
            }
            None => draft.orders.push(order),
        }
    }
}

/// Returns the patterns that are tried.
fn patterns(problem: &Problem) -> Vec<Pattern> {
    if problem.need.iter().all(|(_, users)| users.is_zero()) {
        let chain = Chain::Fixed(problem.limits.least_term);
        return vec![Pattern { chain, first: None, together: false, renewed: None }];
    }
    let limits = &problem.limits;
    let (least, most) = (limits.least_term, limits.most_term);
    let horizon = problem.days.unsigned_abs();
    let mut chains: Vec<Chain> = Vec::new();
    let ride = problem.longest_ride().clamp(least, most);
    let mut terms = vec![least, ride, least.midpoint(ride), most];
    terms.extend((1..=12).map(|part| least * part));
    terms.extend((1..=60).map(|terms| horizon.div_ceil(terms)));
    terms.retain(|term| (least..=most).contains(term));
    terms.sort_unstable();
    terms.dedup();
    chains.extend(terms.iter().map(|term| Chain::Fixed(*term)));
    chains.push(Chain::Equal(least));
    let mut patterns = Vec::new();
    for chain in chains {
        for together in [false, true] {
            patterns.push(Pattern { chain, first: None, together, renewed: None });
        }
    }
    let rest = (1..=horizon / least).map(|terms| horizon - terms * least);
    for first in rest.filter(|first| (least..=most).contains(first)).chain([least + 1]) {
        for together in [false, true] {
            patterns.push(Pattern {
                chain: Chain::Fixed(least),
                first: Some(first),
                together,
                renewed: None,
            });
        }
    }
    // Accounts that expire on many days outlast no term together, until they are replaced on one day.
    if problem.need.len() + problem.start.lots.len() > 1 {
        let edges =
            [AccountType::Basic, AccountType::Interop].map(|account_type| problem.last_edge(account_type));
        let to_end = (1..=horizon / least).map(|terms| horizon - terms * least);
        let days = (1..24).map(|month| month * 31).chain(to_end).filter(|day| (1..horizon).contains(day));
        for day in days.map(|day| i32::try_from(day).unwrap_or(i32::MAX)) {
            for count in edges.into_iter().chain([u32::MAX]) {
                let chain = Chain::Fixed(least);
                patterns.push(Pattern { chain, first: None, together: false, renewed: Some((day, count)) });
            }
        }
    }
    patterns
}

/// Returns what a policy buys: orders on the day on which they are needed, and renewals of whole lots, as the yearly
/// policy of the schedule has them where the limits allow all of its orders; `None` if the limits forbid that, too.
fn baseline(problem: &Problem, policy: Policy) -> Option<PurchasePlan> {
    let scheduled = problem.schedule.as_ref().filter(|_| policy == Policy::Yearly);
    if let Some(plan) = scheduled.and_then(|draft| replay(problem, draft)) {
        return Some(plan);
    }
    let term = problem.own_term.clamp(problem.limits.least_term, problem.limits.most_term);
    let pattern = Pattern {
        chain: Chain::Fixed(term),
        first: None,
        together: policy == Policy::CoTerminated,
        renewed: None,
    };
    let mut draft = Draft::default();
    let mut interop = problem.running_interop();
    for account_type in [AccountType::Interop, AccountType::Basic] {
        let part = problem.of_type(account_type, &interop);
        let blocks = cover(&part, account_type, &part.steps(account_type), pattern);
        interop.extend(blocks.iter().map(|block| (block.start, block.expires(), block.count)));
        let mut own = Draft::default();
        for block in blocks {
            if let Some(code) = block.stock {
                own.stock.push((code, lot(block.from, account_type, block.extends(), block.count)));
                continue;
            }
            // Renewals are placed when the automatic activation begins: T7 (docs/rules.md#t7).
            let day = (block.start - RENEWED_BEFORE).max(block.from);
            if block.stacked && day < block.start {
                let counts = Counts::of(account_type, block.count);
                let lots = vec![lot(day, account_type, block.extends(), block.count)];
                let kind = PurchaseKind::Renewal;
                own.orders.push(DraftOrder { day, kind, term: block.term, counts, lots });
            } else {
                own.buy(
                    block.start,
                    block.term,
                    lot(block.start, account_type, block.extends(), block.count),
                );
            }
        }
        merge(&mut draft, own);
    }
    replay(problem, &draft)
}

/// What an order counts as dearer, in fen, while there are too many.
const PENALTIES: [i64; 4] = [0, 1_000, 100_000, 10_000_000];

/// Days before an expiry on which it is renewed.
const RENEWED_BEFORE: i32 = 7;
