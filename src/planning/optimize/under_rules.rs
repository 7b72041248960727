use super::PurchasePlan;
use super::draft::{Draft, DraftLot, DraftOrder, replay};
use super::ledger::Code;
use super::problem::Problem;
use crate::money::Money;
use crate::rates::{RateCard, Rule, RuleKind};

/// What a plan costs if one rule of pricing is another than the card says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderRule {
    /// Id of the fact behind the rule, such as `P12`.
    pub fact: String,
    /// The rule.
    pub rule: Rule,
    /// The cost of the same orders, with their placing; `None` if an account has no price then.
    pub cost: Option<Money>,
}

/// Returns what the orders of a plan cost under each alternative of the card for P10, P12 and P13: rounding, and where
/// the tiers of purchases and renewals begin.
pub fn under_rules(problem: &Problem, card: &RateCard, plan: &PurchasePlan) -> Vec<UnderRule> {
    let draft = draft(plan);
    let mut found = Vec::new();
    for choice in card.choices() {
        for rule in choice.rules.iter().skip(1) {
            if !matches!(rule.kind(), RuleKind::Rounding | RuleKind::NewPurchase | RuleKind::Renewal) {
                continue;
            }
            let under = problem.under(problem.table.rules().with(*rule));
            let cost = replay(&under, &draft).map(|plan| under.cost(&plan));
            found.push(UnderRule { fact: choice.fact.clone(), rule: *rule, cost });
        }
    }
    found
}

/// Returns the orders and activations of a plan without their prices.
pub(super) fn draft(plan: &PurchasePlan) -> Draft {
    let lot = |lot: &super::PlannedLot| DraftLot {
        day: lot.activated,
        account_type: lot.account_type,
        extends: lot.extends,
        count: lot.count,
    };
    let order = |order: &super::PlannedOrder| DraftOrder {
        day: order.day,
        kind: order.kind,
        term: order.term_days,
        counts: order.counts,
        lots: order.lots.iter().map(lot).collect(),
    };
    let stock = |used: &super::StockLot| {
        let (term, paid, account_type) = (used.term_days, used.paid, used.lot.account_type);
        (Code { account_type, last_day: used.last_day, term, paid, count: 0 }, lot(&used.lot))
    };
    Draft { orders: plan.orders.iter().map(order).collect(), stock: plan.stock.iter().map(stock).collect() }
}
