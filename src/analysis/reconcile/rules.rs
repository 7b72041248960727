//! Which readings of the unconfirmed rules explain the bills: every order that was checked is priced under every
//! combination of the card's alternatives, and solved for the unit prices that nobody has confirmed. [`explain`] comes
//! first.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::bits::Bits;
use super::nearly::{NearlyExplained, nearly_explained};
use super::possible_prices::PossiblePrices;
use super::prices::Prices;
use super::solver::{Solver, Tried};
use super::telling::{Outcome, TellingOrder, telling_order};
use super::under::{PartPrices, Pricer, combinations, with_all};
use super::unit_prices::{Explanations, OtherPrices, UnitPriceFinding, add_evidence, unconfirmed};
use super::{Doubt, ReconciledOrder, Verdict};
use crate::money::Money;
use crate::plan::Plan;
use crate::planning::schedule::ScheduleError;
use crate::rates::{PricingRules, Rule, RuleChoice};
use crate::wecom::bills::{Bill, Bills};

/// What the bills say about the unconfirmed rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleFindings {
    /// The rules that may be otherwise, with the variants of each; the one of the card first.
    pub choices: Vec<RuleChoice>,
    /// The number of combinations that there are.
    pub combinations: usize,
    /// The combinations that explain every order at the unit prices of the card, each with a variant for every choice; if
    /// none does, those that do at other unit prices.
    pub explaining: Vec<Vec<Rule>>,
    /// The combinations that explain every order at other unit prices alone, by these prices.
    pub at_other_prices: Vec<OtherPrices>,
    /// Variants that are in none of the combinations of [`RuleFindings::explaining`].
    pub ruled_out: Vec<RuledOut>,
    /// Ids of the orders that no combination explains at any unit prices.
    pub unexplained: Vec<String>,
    /// Where no combination explains every order, those that explain the most at the unit prices of the card.
    pub nearly: Vec<NearlyExplained>,
    /// The cheapest order that would tell the most of the explaining combinations apart; `None` if one or none is left, no
    /// order that can be placed tells any apart, or the unit prices at which they explain the bills are not known.
    pub telling: Option<TellingOrder>,
    /// The unit prices of the card that nobody has confirmed, and what the bills say about them.
    pub unit_prices: Vec<UnitPriceFinding>,
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
    /// True if combinations with it explain every order at other unit prices.
    pub at_other_prices: bool,
}

impl RuleFindings {
    /// Returns true if there are combinations that explain every order, and they do at other unit prices than those of
    /// the card alone.
    pub fn needs_other_prices(&self) -> bool {
        let others = self.at_other_prices.iter().flat_map(|prices| &prices.combinations);
        self.explaining.first().is_some_and(|first| others.into_iter().any(|other| other == first))
    }

    /// Returns the doubt before the bills.
    pub fn doubt_before(&self) -> Option<Bits> {
        Bits::of(self.combinations)
    }

    /// Returns the doubt that the bills leave; `None` if no combination explains them.
    pub fn doubt_left(&self) -> Option<Bits> {
        Bits::of(self.explaining.len())
    }

    /// Returns the variants of a choice that remain, by its index in [`RuleFindings::choices`].
    pub fn remaining(&self, choice: usize) -> Vec<Rule> {
        self.variants_in(choice, &self.explaining)
    }

    /// Returns the variants of a choice that are in some of these combinations, in the order of the choice.
    pub fn variants_in(&self, choice: usize, combinations: &[Vec<Rule>]) -> Vec<Rule> {
        let rules = self.choices.get(choice).map_or(&[][..], |choice| &choice.rules);
        let is_in = |rule: &&Rule| combinations.iter().any(|rules| rules.contains(rule));
        rules.iter().filter(is_in).copied().collect()
    }

    /// Returns the number of combinations of the variants that remain; more than explain the bills if some variants are
    /// only possible with some of another rule.
    pub fn combinations_of_remaining(&self) -> usize {
        if self.explaining.is_empty() {
            return 0;
        }
        (0..self.choices.len()).map(|choice| self.remaining(choice).len()).product()
    }

    /// Returns the variants that the outcome of a telling order would leave, by fact, where it would rule some out.
    pub fn narrowed(&self, outcome: &Outcome) -> Vec<(&str, Vec<Rule>)> {
        let left: Vec<&Vec<Rule>> =
            outcome.combinations.iter().filter_map(|index| self.explaining.get(*index)).collect();
        let mut narrowed = Vec::new();
        for (index, choice) in self.choices.iter().enumerate() {
            let before = self.remaining(index);
            let is_left = |rule: &&Rule| left.iter().any(|rules| rules.contains(rule));
            let after: Vec<Rule> = before.iter().filter(is_left).copied().collect();
            if after.len() < before.len() {
                narrowed.push((choice.fact.as_str(), after));
            }
        }
        narrowed
    }
}

/// Prices every order of `orders` that can rule something out under every combination of rules, and returns which explain
/// them: under which each may cost what was billed. Unit prices that nobody has confirmed are solved from the bills.
/// No rules without alternatives on the card.
///
/// # Errors
/// [`ScheduleError`] if an order cannot be priced under the card's own rules.
pub fn explain(
    plan: &Plan,
    bills: &Bills,
    orders: &[ReconciledOrder],
) -> Result<RuleFindings, ScheduleError> {
    let mut pricer = Pricer::new(&plan.card)?;
    let found = explain_bills(plan, bills, orders, &mut pricer)?;
    let telling = if found.needs_other_prices() {
        let Some(card) = found.solved_card(&plan.card) else { return Ok(found) };
        let plan = Plan { card: Arc::new(card), ..plan.clone() };
        telling_order(&plan, &found.explaining, &mut Pricer::new(&plan.card)?)?
    } else {
        telling_order(plan, &found.explaining, &mut pricer)?
    };
    Ok(RuleFindings { telling, ..found })
}

/// Returns the same without a telling order.
pub(super) fn explain_bills(
    plan: &Plan,
    bills: &Bills,
    orders: &[ReconciledOrder],
    pricer: &mut Pricer<'_>,
) -> Result<RuleFindings, ScheduleError> {
    let checked: BTreeSet<&str> = orders
        .iter()
        .filter(|order| is_judged(order))
        .filter_map(|order| order.order_id.as_deref())
        .collect();
    let all = bills;
    let prices = Prices::new(plan, all)?;
    // The term of a renewal to a day is not known if nothing says when its accounts expired.
    let has_terms = |bill: &Bill| {
        let is_sure = |id: &str| prices.possible_of(id).is_some_and(|pasts| !pasts.may_have_other_term);
        bill.parts.iter().all(|part| !prices.unexplained.contains(&part.id) && is_sure(&part.id))
    };
    let mut bills: Vec<&Bill> = all
        .orders
        .iter()
        .filter(|bill| checked.contains(bill.order.id.as_str()) && has_terms(bill))
        .collect();
    bills.sort_by_key(|bill| (bill.paid_on(), &bill.order.id));
    let choices = plan.card.choices();
    let tried = try_all(&prices, pricer, &bills, &choices);
    let ids: Vec<&str> = bills.iter().map(|bill| bill.order.id.as_str()).collect();
    let (mut unit_prices, unknown) = unconfirmed(&plan.card);
    let mut solver = Solver::new(&bills, &prices, unknown, pricer);
    let explanations = Explanations::of(&tried, &mut solver);
    add_evidence(&mut unit_prices, &explanations, &mut solver, &ids);
    let at_other_prices = explanations.other_prices(&unit_prices, solver.unknown());
    let explaining: Vec<Vec<Rule>> = explanations.rules();
    let mut ruled_out = Vec::new();
    for choice in &choices {
        for rule in choice.rules.iter().filter(|rule| !explaining.iter().any(|rules| rules.contains(rule))) {
            let with: Vec<&Tried> = tried.iter().filter(|tried| tried.rules.contains(rule)).collect();
            let is_of_others = at_other_prices
                .iter()
                .any(|other| other.combinations.iter().any(|rules| rules.contains(rule)));
            let by = match explanations.at_card_prices.is_empty() {
                true => unsolved(&with, &ids, &mut solver),
                false => contradicting(&with, &ids),
            };
            ruled_out.push(RuledOut {
                fact: choice.fact.clone(),
                rule: *rule,
                by,
                at_other_prices: is_of_others,
            });
        }
    }
    let mut is_explained = |bill: &usize| {
        tried.iter().any(|tried| tried.explains[*bill])
            || tried.iter().any(|tried| solver.explains(tried, std::iter::once(*bill)))
    };
    let unexplained: Vec<usize> = (0..ids.len()).filter(|bill| !is_explained(bill)).collect();
    let nearly = if explaining.is_empty() { nearly_explained(&tried, &ids) } else { Vec::new() };
    Ok(RuleFindings {
        telling: None,
        nearly,
        unit_prices,
        combinations: tried.len(),
        unexplained: unexplained.into_iter().map(|bill| ids[bill].to_owned()).collect(),
        explaining,
        at_other_prices,
        ruled_out,
        choices,
    })
}

/// Returns true if an order may rule combinations out: its price may be sure under some of them also if it is not under
/// the card's own rules.
fn is_judged(order: &ReconciledOrder) -> bool {
    matches!(order.verdict, Verdict::Matched | Verdict::Mismatched)
        || order.doubt == Some(Doubt::UnknownActivations)
}

/// Tries every combination at the unit prices of the card.
fn try_all(prices: &Prices, pricer: &mut Pricer<'_>, bills: &[&Bill], choices: &[RuleChoice]) -> Vec<Tried> {
    let card = pricer.rules();
    let tried = |rules: Vec<Rule>| Tried { pricing: with_all(card, &rules), rules, explains: Vec::new() };
    let mut tried: Vec<Tried> = combinations(choices).into_iter().map(tried).collect();
    for bill in bills {
        let mut prices = BillPrices::of(bill, prices, pricer);
        for tried in &mut tried {
            tried.explains.push(prices.explained(pricer, tried.pricing));
        }
    }
    tried
}

/// The prices that a bill's parts may have.
struct BillPrices<'p> {
    billed: Money,
    /// `None` if nothing is known of a part.
    parts: Option<Vec<PartPrices<'p>>>,
}

impl<'p> BillPrices<'p> {
    fn of(bill: &Bill, prices: &'p Prices, pricer: &Pricer<'_>) -> BillPrices<'p> {
        let part = |pasts| PartPrices::new(pasts, pricer);
        let parts = prices.possible(bill).map(|parts| parts.into_iter().map(part).collect());
        BillPrices { billed: bill.order.price, parts }
    }

    /// Returns true if the order may cost what was billed under these rules.
    fn explained(&mut self, pricer: &mut Pricer<'_>, rules: PricingRules) -> bool {
        let Some(parts) = &mut self.parts else { return false };
        let sum =
            parts.iter_mut().fold(PossiblePrices::ZERO, |sum, part| sum.plus(part.possible(pricer, rules)));
        sum.contains(self.billed)
    }
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

/// Returns the orders that none of these combinations explains at any unit prices; if there is none, the first orders
/// that none of them explains together.
fn unsolved(tried: &[&Tried], ids: &[&str], solver: &mut Solver<'_, '_, '_>) -> Vec<String> {
    let mut is_explained = |bill: usize| {
        tried.iter().any(|tried| tried.explains[bill])
            || tried.iter().any(|tried| solver.explains(tried, std::iter::once(bill)))
    };
    let mut bills: BTreeSet<usize> = (0..ids.len()).filter(|bill| !is_explained(*bill)).collect();
    if bills.is_empty() {
        tried.iter().for_each(|tried| solver.contradict(tried, &mut bills));
    }
    bills.into_iter().map(|bill| ids[bill].to_owned()).collect()
}
