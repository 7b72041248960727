//! What plans cost if the users grow otherwise. Read [`scenarios`] first.

use rust_decimal::Decimal;

use super::ledger::{Code, Ledger};
use super::payers::{NotOptimized, OptimizeOptions, PayerOptimum, PayerPlan, optimize_plan};
use super::problem::serves;
use super::{OptimizeError, PlannedOrder, Problem, PurchasePlan, grown, optimize};
use crate::account::AccountType;
use crate::money::Money;
use crate::plan::Plan;
use crate::pricing::{OrderStatus, PurchaseKind};

/// What plans that were made for some growths of the users cost if the users grow otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scenarios {
    /// The growths, in per cent at each yearly renewal.
    pub growths: Vec<Decimal>,
    /// The least that was found for each of them, of all confirmed payers that have a plan in each.
    pub least: Vec<Money>,
    /// For each growth that a plan was made for, what it costs in each scenario; `None` if no plan within the limits follows
    /// its first orders.
    pub costs: Vec<Vec<Option<Money>>>,
    /// The payers that are in the sums.
    pub payers: u32,
    /// The confirmed payers that will pay and are not in the sums, as they have no plan for a growth.
    pub left_out: u32,
}

impl Scenarios {
    /// Returns how much more than the least a plan costs in a scenario; `None` if that is not known.
    pub fn regret(&self, plan: usize, scenario: usize) -> Option<Money> {
        let cost = *self.costs.get(plan)?.get(scenario)?;
        cost?.checked_sub(*self.least.get(scenario)?)
    }

    /// Returns the largest regret of a plan; `None` if one is not known.
    pub fn worst_regret(&self, plan: usize) -> Option<Money> {
        let regrets: Option<Vec<Money>> =
            (0..self.growths.len()).map(|scenario| self.regret(plan, scenario)).collect();
        regrets?.into_iter().max()
    }

    /// Returns the plan whose largest regret is least, the first of several.
    pub fn least_regret(&self) -> Option<usize> {
        let known = (0..self.growths.len()).filter_map(|plan| Some((self.worst_regret(plan)?, plan)));
        known.min().map(|(_, plan)| plan)
    }
}

/// Returns what the plans for some growths cost if the users grow otherwise. A plan is followed until it has placed the orders
/// of its first day, or until there are users whom it does not serve, whichever comes first; then a new one is made for the
/// users that there are.
///
/// # Errors
/// [`OptimizeError`] as [`optimize_plan`], or if an order of the schedule cannot be placed.
pub fn scenarios(
    plan: &Plan,
    growths: &[Decimal],
    options: &OptimizeOptions,
    stop: &dyn Fn() -> bool,
) -> Result<Scenarios, OptimizeError> {
    let mut optimized = Vec::new();
    for growth in growths {
        let part = growth.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
        let plan = grown(plan, options.years, part).map_err(|_| OptimizeError::Overflow)?;
        optimized.push(optimize_plan(&plan, options, stop)?);
    }
    let zero = Money::ZERO;
    let mut sums = Scenarios {
        growths: growths.to_vec(),
        least: vec![zero; growths.len()],
        costs: vec![vec![Some(zero); growths.len()]; growths.len()],
        payers: 0,
        left_out: 0,
    };
    let payers = optimized.iter().map(|optimized| optimized.payers.len()).min().unwrap_or(0);
    for payer in 0..payers {
        let of_payer: Vec<&PayerOptimum> =
            optimized.iter().filter_map(|optimized| optimized.payers.get(payer)).collect();
        if of_payer.iter().any(|payer| payer.status != OrderStatus::Confirmed) {
            continue;
        }
        let plans: Option<Vec<&PayerPlan>> =
            of_payer.iter().map(|payer| payer.found.as_deref().ok()).collect();
        match plans {
            Some(plans) => sums.add(&plans, stop).ok_or(OptimizeError::Overflow)?,
            None => {
                let is_free = |payer: &&PayerOptimum| payer.found.as_ref().is_err_and(NotOptimized::is_free);
                sums.left_out += u32::from(!of_payer.iter().all(is_free));
            }
        }
    }
    Ok(sums)
}

impl Scenarios {
    /// Adds the plans of a payer for each growth; `None` beyond the range of money.
    fn add(&mut self, plans: &[&PayerPlan], stop: &dyn Fn() -> bool) -> Option<()> {
        self.payers += 1;
        for (scenario, there) in plans.iter().enumerate() {
            let costs: Vec<Option<Money>> = plans.iter().map(|plan| follow(plan, there, stop)).collect();
            let best = costs.iter().flatten().min().copied().unwrap_or(there.optimum.cost);
            let least = self.least.get_mut(scenario)?;
            *least = least.checked_add(best)?;
            for (own, cost) in self.costs.iter_mut().zip(costs) {
                let sum = own.get_mut(scenario)?;
                *sum = match (*sum, cost) {
                    (Some(sum), Some(cost)) => Some(sum.checked_add(cost)?),
                    _ => None,
                };
            }
        }
        Some(())
    }
}

/// Returns what a payer pays in a scenario if it follows a plan at first; `None` if no plan follows its first orders. `there`
/// is the plan for the scenario itself.
fn follow(plan: &PayerPlan, there: &PayerPlan, stop: &dyn Fn() -> bool) -> Option<Money> {
    let first = first_orders(&plan.optimum.plan);
    let day = first.first().map_or(i32::MAX, |order| order.day);
    let is_alike = first == first_orders(&there.optimum.plan);
    if is_alike || first_uncovered(&there.problem, &plan.optimum.plan, day) < day {
        return Some(there.optimum.cost);
    }
    let mut ledger = ledger_before(&there.problem, &plan.optimum.plan, day)?;
    let mut paid = Money::ZERO;
    for order in first {
        paid = paid.checked_add(order.price)?.checked_add(there.problem.limits.order_cost)?;
        place(&mut ledger, order, there.problem.last_activation(day))?;
    }
    let after = optimize(&there.problem.later(day, &ledger), stop).ok()?;
    let year = there.problem.year(day);
    let of_year =
        after.plan.orders.iter().filter(|order| there.problem.year(day + order.day) == year).count();
    let most = usize::try_from(there.problem.limits.orders_per_year).unwrap_or(usize::MAX);
    let is_within = of_year.saturating_add(first.len()) <= most;
    after.cost.checked_add(paid).filter(|_| is_within)
}

/// Returns the orders of the day on which a plan places its first.
fn first_orders(plan: &PurchasePlan) -> &[PlannedOrder] {
    let day = plan.orders.first().map(|order| order.day);
    let count = plan.orders.iter().take_while(|order| Some(order.day) == day).count();
    plan.orders.get(..count).unwrap_or_default()
}

/// Returns the first day before `end` on which there are users whom the accounts and codes at the start do not serve, if
/// the codes are activated as a plan says; `end` if there is none.
fn first_uncovered(problem: &Problem, plan: &PurchasePlan, end: i32) -> i32 {
    let runs = plan.stock.iter().map(|stock| &stock.lot);
    let lots = problem.start.lots.iter().map(|lot| lot.expires).chain(runs.clone().map(|lot| lot.expires));
    let mut days: Vec<i32> = problem.need.iter().map(|(day, _)| *day).chain(lots).collect();
    days.extend(runs.map(|lot| lot.activated));
    days.retain(|day| (0..end.min(problem.days)).contains(day));
    days.sort_unstable();
    let is_uncovered = |day: &i32| {
        let ledger = ledger_before(problem, plan, *day);
        ledger.is_none_or(|ledger| !serves(ledger.active(*day), problem.need_on(*day)))
    };
    days.into_iter().find(is_uncovered).unwrap_or(end)
}

/// Returns accounts and codes after the activations of codes in stock up to a day, inclusive; `None` if they are not there.
fn ledger_before(problem: &Problem, plan: &PurchasePlan, day: i32) -> Option<Ledger> {
    let mut ledger = problem.start.clone();
    for stock in plan.stock.iter().filter(|stock| stock.lot.activated <= day) {
        let lot = &stock.lot;
        let (account_type, term, paid) = (lot.account_type, stock.term_days, stock.paid);
        let code = Code { account_type, last_day: stock.last_day, term, paid, count: lot.count };
        if let Some(old) = lot.extends {
            take(&mut ledger, account_type, old, lot.count)?;
        }
        ledger.has_code(&code).then(|| ledger.spend(&code, lot.count))?;
        ledger.add(account_type, lot.expires, lot.count);
    }
    Some(ledger)
}

/// Places an order: its codes wait for the plan that follows.
fn place(ledger: &mut Ledger, order: &PlannedOrder, last_day: i32) -> Option<()> {
    if order.kind == PurchaseKind::Renewal {
        for lot in &order.lots {
            take(ledger, lot.account_type, lot.extends?, lot.count)?;
            ledger.add(lot.account_type, lot.expires, lot.count);
        }
        return Some(());
    }
    for account_type in AccountType::ALL {
        let count = *order.counts.get(account_type);
        ledger.pay(Code { account_type, last_day, term: order.term_days, paid: order.day, count });
    }
    Some(())
}

/// Takes accounts away; `None` if they are not there.
fn take(ledger: &mut Ledger, account_type: AccountType, expires: i32, count: u32) -> Option<()> {
    ledger.has(account_type, expires, count).then(|| ledger.take(account_type, expires, count))
}
