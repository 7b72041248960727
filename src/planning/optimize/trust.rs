//! The cheapest plan under each set of rules that one is ready to trust. Read [`trust`] first.

use std::sync::Arc;

use super::payers::{OptimizeOptions, optimize_plan};
use super::totals::tighten;
use super::{Limits, OptimizeError, OptimizeTotals};
use crate::plan::Plan;
use crate::rates::{NewPurchaseStart, RateCard, RenewalStart, Rule, RuleKind};

/// The cheapest plans under a set of rules: those of the rows above, and one more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustRow {
    /// Id of the fact that is trusted besides those above; `None` for the most cautious assumptions.
    pub fact: Option<String>,
    /// Ids of the facts that the most cautious assumptions do without; empty in all other rows.
    pub untrusted: Vec<String>,
    /// The variant of the rule that is trusted; `None` where terms with days are (P8, docs/rules.md#p8), or nothing is.
    pub rule: Option<Rule>,
    /// True if these are the rules of the card.
    pub is_default: bool,
    /// What the plans of all confirmed payers then cost, with their bound.
    pub totals: OptimizeTotals,
}

/// A set of rules, and what it trusts besides the one before.
struct Step {
    fact: Option<String>,
    untrusted: Vec<String>,
    rule: Option<Rule>,
    whole_months: bool,
    card: RateCard,
}

/// Returns the cheapest plans from the most cautious assumptions on (whole months, and nothing before a new purchase in
/// the tiers: P8 and P12, docs/rules.md#p12), each row with one rule more that is trusted: those of the card, then
/// alternatives that would make plans cheaper still.
///
/// # Errors
/// As [`optimize_plan`].
pub fn trust(
    plan: &Plan,
    options: &OptimizeOptions,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<TrustRow>, OptimizeError> {
    let whole_months = options.limits.whole_months;
    let steps = steps(&plan.card, whole_months);
    let own = steps
        .iter()
        .rposition(|step| step.card.rules == plan.card.rules && step.whole_months == whole_months);
    let mut rows = Vec::new();
    for (index, step) in steps.into_iter().enumerate() {
        let limits = Limits { whole_months: step.whole_months, ..options.limits.clone() };
        let options = OptimizeOptions { limits, ..options.clone() };
        let plan = Plan { card: Arc::new(step.card), ..plan.clone() };
        let totals = optimize_plan(&plan, &options, stop)?.totals;
        let untrusted = step.untrusted;
        rows.push(TrustRow {
            untrusted,
            fact: step.fact,
            rule: step.rule,
            is_default: own == Some(index),
            totals,
        });
    }
    let mut sums: Vec<&mut OptimizeTotals> = rows.iter_mut().map(|row| &mut row.totals).collect();
    tighten(&mut sums);
    Ok(rows)
}

/// Returns the sets of rules, each with one more than the one before.
fn steps(card: &RateCard, whole_months: bool) -> Vec<Step> {
    let of_kind = |kind: RuleKind| {
        let choices = card.choices().into_iter();
        choices.filter(|choice| choice.rules.len() > 1).find(|choice| choice.rules[0].kind() == kind)
    };
    let is_unconfirmed = |fact: &&String| card.fact(fact).is_some_and(|fact| fact.standing.is_unconfirmed());
    let by_days = card.term.by_days_facts.iter().find(is_unconfirmed).filter(|_| !whole_months);
    let cautious = of_kind(RuleKind::NewPurchase).and_then(|choice| {
        let rule = Rule::NewPurchase(NewPurchaseStart::Nothing);
        Some((choice.fact.clone(), rule, card.with_rule(&choice.fact, rule).ok()?))
    });
    let mut untrusted: Vec<String> = by_days.cloned().into_iter().collect();
    let (rule, mut now) = match cautious {
        Some((fact, rule, card)) => {
            untrusted.push(fact);
            (Some(rule), card)
        }
        None => (None, card.clone()),
    };
    let mut steps = vec![Step {
        fact: None,
        untrusted,
        rule,
        whole_months: whole_months || by_days.is_some(),
        card: now.clone(),
    }];
    if let Some(fact) = by_days {
        steps.push(Step {
            untrusted: Vec::new(),
            fact: Some(fact.clone()),
            rule: None,
            whole_months,
            card: now.clone(),
        });
    }
    for rule in TRUSTED {
        let Some(choice) = of_kind(rule.kind()).filter(|choice| choice.rules.contains(&rule)) else {
            continue;
        };
        let Ok(next) = now.with_rule(&choice.fact, rule) else { continue };
        if next.rules == now.rules {
            continue;
        }
        now = next;
        steps.push(Step {
            untrusted: Vec::new(),
            fact: Some(choice.fact),
            rule: Some(rule),
            whole_months,
            card: now.clone(),
        });
    }
    steps
}

/// The rules in the order in which they are trusted: each makes no plan dearer.
const TRUSTED: [Rule; 4] = [
    Rule::NewPurchase(NewPurchaseStart::Longer),
    Rule::NewPurchase(NewPurchaseStart::AtLeast),
    Rule::NewPurchase(NewPurchaseStart::AtLeastOrUnactivated),
    Rule::Renewal(RenewalStart::AfterHeld),
];
