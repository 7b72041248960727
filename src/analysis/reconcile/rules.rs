//! Which readings of the unconfirmed rules explain the bills: every order that was checked is priced under every
//! combination of the card's alternatives. [`explain`] comes first.

use std::collections::{BTreeSet, HashMap};

use super::prices::{PricedPart, Prices};
use super::{ReconciledOrder, Verdict};
use crate::money::Money;
use crate::plan::Plan;
use crate::planning::schedule::ScheduleError;
use crate::pricing::Quoter;
use crate::rates::{PricingRules, RateCard, Rule, RuleChoice, RuleKind};
use crate::wecom::bills::{Bill, Bills};

/// What the bills say about the unconfirmed rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFindings {
    /// The rules that may be otherwise, with the variants of each; the one of the card first.
    pub choices: Vec<RuleChoice>,
    /// The number of combinations that there are.
    pub combinations: usize,
    /// The combinations that explain every order, each with a variant for every choice.
    pub explaining: Vec<Vec<Rule>>,
    /// Variants that are in none of these.
    pub ruled_out: Vec<RuledOut>,
    /// Ids of the orders that no combination explains.
    pub unexplained: Vec<String>,
}

/// A variant that the bills contradict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuledOut {
    /// Id of the fact behind the rule.
    pub fact: String,
    /// The variant.
    pub rule: Rule,
    /// Ids of the orders that no combination with the variant explains; where each is explained by some, the first
    /// orders that none explains together.
    pub by: Vec<String>,
}

impl RuleFindings {
    /// Returns the variants of a choice that remain, by its index in [`RuleFindings::choices`].
    pub fn remaining(&self, choice: usize) -> Vec<Rule> {
        let rules = self.choices.get(choice).map_or(&[][..], |choice| &choice.rules);
        let remains = |rule: &&Rule| self.explaining.iter().any(|rules| rules.contains(rule));
        rules.iter().filter(remains).copied().collect()
    }
}

/// Prices every order of `orders` that was checked under every combination of rules, and tells which explain them.
/// Empty without alternatives on the card.
///
/// # Errors
/// [`ScheduleError`] if an order cannot be priced under the card's own rules.
pub fn explain(
    plan: &Plan,
    bills: &Bills,
    orders: &[ReconciledOrder],
) -> Result<RuleFindings, ScheduleError> {
    let checked: BTreeSet<&str> = orders
        .iter()
        .filter(|order| matches!(order.verdict, Verdict::Matched | Verdict::Mismatched))
        .filter_map(|order| order.order_id.as_deref())
        .collect();
    let mut bills: Vec<&Bill> =
        bills.orders.iter().filter(|bill| checked.contains(bill.order.id.as_str())).collect();
    bills.sort_by_key(|bill| (bill.paid_on(), &bill.order.id));
    let choices = plan.card.choices();
    let tried = try_all(plan, &bills, &choices)?;
    let explains_all = |tried: &&Tried| tried.explains.iter().all(|explains| *explains);
    let explaining: Vec<Vec<Rule>> =
        tried.iter().filter(explains_all).map(|tried| tried.rules.clone()).collect();
    let ids: Vec<&str> = bills.iter().map(|bill| bill.order.id.as_str()).collect();
    let mut ruled_out = Vec::new();
    for choice in &choices {
        for rule in choice.rules.iter().filter(|rule| !explaining.iter().any(|rules| rules.contains(rule))) {
            let with: Vec<&Tried> = tried.iter().filter(|tried| tried.rules.contains(rule)).collect();
            ruled_out.push(RuledOut {
                fact: choice.fact.clone(),
                rule: *rule,
                by: contradicting(&with, &ids),
            });
        }
    }
    let unexplained =
        ids.iter().enumerate().filter(|(index, _)| !tried.iter().any(|tried| tried.explains[*index]));
    Ok(RuleFindings {
        combinations: tried.len(),
        unexplained: unexplained.map(|(_, id)| (*id).to_owned()).collect(),
        explaining,
        ruled_out,
        choices,
    })
}

/// A combination of rules, and which of the orders it explains.
struct Tried {
    rules: Vec<Rule>,
    explains: Vec<bool>,
}

/// Tries every combination. Which accounts come first in the tiers depends on the rules of purchases and renewals
/// alone, so that the past is priced once for each of these.
fn try_all(plan: &Plan, bills: &[&Bill], choices: &[RuleChoice]) -> Result<Vec<Tried>, ScheduleError> {
    let decides_start = |choice: &&RuleChoice| choice.rules.iter().all(|rule| is_start(rule.kind()));
    let starts: Vec<&RuleChoice> = choices.iter().filter(decides_start).collect();
    let others: Vec<&RuleChoice> = choices.iter().filter(|choice| !decides_start(choice)).collect();
    let mut tried = Vec::new();
    for start in combinations(&starts) {
        let mut under = plan.clone();
        under.card.rules = with_all(under.card.rules, &start);
        let prices = Prices::new(&under)?;
        let mut known: HashMap<(usize, Vec<Rule>), bool> = HashMap::new();
        for other in combinations(&others) {
            let explains = bills.iter().enumerate().map(|(index, bill)| {
                let matters: Vec<Rule> =
                    other.iter().copied().filter(|rule| matters(bill, &prices, rule.kind())).collect();
                *known.entry((index, matters)).or_insert_with(|| {
                    let mut card: RateCard = under.card.clone();
                    card.rules = with_all(card.rules, &other);
                    is_explained(bill, &prices, &card)
                })
            });
            let explains = explains.collect();
            let chosen: Vec<Rule> = start.iter().chain(&other).copied().collect();
            let of_choice =
                |choice: &RuleChoice| chosen.iter().find(|rule| choice.rules.contains(rule)).copied();
            tried.push(Tried { rules: choices.iter().filter_map(of_choice).collect(), explains });
        }
    }
    Ok(tried)
}

fn is_start(kind: RuleKind) -> bool {
    matches!(kind, RuleKind::NewPurchase | RuleKind::Renewal)
}

fn with_all(rules: PricingRules, chosen: &[Rule]) -> PricingRules {
    chosen.iter().fold(rules, |rules, rule| rules.with(*rule))
}

/// Returns every combination with one variant of each choice, that of the card first.
fn combinations(choices: &[&RuleChoice]) -> Vec<Vec<Rule>> {
    choices.iter().fold(vec![Vec::new()], |combinations, choice| {
        let with = |rules: &Vec<Rule>, rule: &Rule| rules.iter().copied().chain([*rule]).collect();
        combinations.iter().flat_map(|rules| choice.rules.iter().map(move |rule| with(rules, rule))).collect()
    })
}

/// Returns false if a rule certainly makes no difference to the price of an order.
fn matters(bill: &Bill, prices: &Prices, kind: RuleKind) -> bool {
    bill.parts.iter().filter_map(|part| prices.of(&part.id)).any(|part| match kind {
        RuleKind::Negotiated => !part.quote.negotiated.is_zero(),
        RuleKind::ByDays => part.order.term.days > 0,
        RuleKind::Group => part.order.members.len() > 1,
        RuleKind::Rounding | RuleKind::NewPurchase | RuleKind::Renewal => true,
    })
}

/// Returns true if an order costs what was billed, be the codes of which nothing is known activated or not, and whenever
/// accounts expired of which nothing says it.
fn is_explained(bill: &Bill, prices: &Prices, card: &RateCard) -> bool {
    let Ok(quoter) = Quoter::new(card) else { return false };
    let price = |part: Option<&PricedPart>| {
        let part = part?;
        quoter.quote(Some(part.date), &part.order).ok()?.payable()
    };
    let sum = |of: &dyn Fn(&str) -> Option<Money>| {
        bill.parts.iter().try_fold(Money::ZERO, |sum, part| sum.checked_add(of(&part.id)?))
    };
    let (billed, expected) = (Some(bill.order.price), sum(&|id| price(prices.of(id))));
    let early = sum(&|id| price(prices.if_early(id)));
    let is_between = (expected.min(early)..=expected.max(early)).contains(&billed);
    is_between || sum(&|id| price(prices.if_activated(id))) == billed
}

/// Returns the orders that none of these combinations explains; if there is none, the first orders that none of
/// them explains together.
fn contradicting(tried: &[&Tried], ids: &[&str]) -> Vec<String> {
    let alone = |index: usize| !tried.iter().any(|tried| tried.explains[index]);
    let single: Vec<String> =
        (0..ids.len()).filter(|index| alone(*index)).map(|index| ids[index].to_owned()).collect();
    if !single.is_empty() {
        return single;
    }
    let mut left: Vec<&&Tried> = tried.iter().collect();
    let mut by = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let before = left.len();
        left.retain(|tried| tried.explains[index]);
        if left.len() < before {
            by.push((*id).to_owned());
        }
        if left.is_empty() {
            break;
        }
    }
    by
}
