//! Which readings of the unconfirmed rules explain the bills: every order that was checked is priced under every
//! combination of the card's alternatives. [`explain`] comes first.

use std::collections::BTreeSet;

use super::bits::Bits;
use super::possible::PossiblePrices;
use super::prices::Prices;
use super::telling::{Outcome, TellingOrder, telling_order};
use super::under::{PartPrices, Pricer, combinations, with_all};
use super::unit_prices::{TriedRules, UnitPriceFinding, unit_prices};
use super::{Doubt, ReconciledOrder, Verdict};
use crate::money::Money;
use crate::plan::Plan;
use crate::planning::schedule::ScheduleError;
use crate::rates::{PricingRules, Proof, ProvenFact, RemainingRules, Rule, RuleChoice};
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
    /// The cheapest order that would tell the most of the explaining combinations apart; `None` if one or none is left, or
    /// no order that can be placed tells any apart.
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
}

impl RuleFindings {
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
        let rules = self.choices.get(choice).map_or(&[][..], |choice| &choice.rules);
        let remains = |rule: &&Rule| self.explaining.iter().any(|rules| rules.contains(rule));
        rules.iter().filter(remains).copied().collect()
    }

    /// Returns the number of combinations of the variants that remain; more than explain the bills if some variants are
    /// only possible with some of another rule.
    pub fn combinations_of_remaining(&self) -> usize {
        if self.explaining.is_empty() {
            return 0;
        }
        (0..self.choices.len()).map(|choice| self.remaining(choice).len()).product()
    }

    /// Returns the card's rules as far as the bills leave them, for
    /// [`write_proven`](crate::rates::write_proven): in force is the first combination that explains all bills.
    /// Unit prices that the bills confirm to the fen are proven if their fact states no other. `None` if no combination
    /// explains the bills.
    pub fn proof(&self) -> Option<Proof> {
        let first = self.explaining.first()?;
        let of = |(index, choice): (usize, &RuleChoice)| {
            let in_force = first.get(index).copied()?;
            let others = self.remaining(index).into_iter().filter(|rule| *rule != in_force);
            let out = self.ruled_out.iter().filter(|out| out.fact == choice.fact);
            Some(RemainingRules {
                fact: choice.fact.clone(),
                rules: std::iter::once(in_force).chain(others).collect(),
                orders: once_each(out.flat_map(|out| &out.by)),
            })
        };
        let rules = self.choices.iter().enumerate().filter_map(of).collect();
        let ids: BTreeSet<&String> = self.unit_prices.iter().flat_map(|price| &price.facts).collect();
        let facts = ids.into_iter().filter_map(|id| self.proven_prices(id)).collect();
        let is_free = self.combinations_of_remaining() == self.explaining.len();
        let combinations = if is_free { Vec::new() } else { self.explaining.clone() };
        Some(Proof { rules, facts, combinations })
    }

    /// Returns a fact that states unit prices, if the bills confirm all of them to the fen.
    fn proven_prices(&self, id: &str) -> Option<ProvenFact> {
        let of_fact = || self.unit_prices.iter().filter(|price| price.facts.iter().any(|fact| fact == id));
        let orders = once_each(of_fact().flat_map(UnitPriceFinding::orders));
        let is_proven = of_fact().all(|price| price.verdict() == "confirmed");
        is_proven.then(|| ProvenFact { fact: id.to_owned(), orders })
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
/// them: under which each may cost what was billed.
/// Empty without alternatives on the card.
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
    let telling = telling_order(plan, &found.explaining, &mut pricer)?;
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
    let with_rules = tried.iter().map(|tried| TriedRules {
        rules: with_all(plan.card.rules, &tried.rules),
        explains: &tried.explains,
    });
    let unit_prices = unit_prices(&plan.card, &bills, &prices, &with_rules.collect::<Vec<_>>(), pricer);
    let unexplained =
        ids.iter().enumerate().filter(|(index, _)| !tried.iter().any(|tried| tried.explains[*index]));
    Ok(RuleFindings {
        telling: None,
        unit_prices,
        combinations: tried.len(),
        unexplained: unexplained.map(|(_, id)| (*id).to_owned()).collect(),
        explaining,
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

/// A combination of rules, and which of the orders it explains.
struct Tried {
    rules: Vec<Rule>,
    explains: Vec<bool>,
}

/// Tries every combination.
fn try_all(prices: &Prices, pricer: &mut Pricer<'_>, bills: &[&Bill], choices: &[RuleChoice]) -> Vec<Tried> {
    let mut tried: Vec<Tried> =
        combinations(choices).into_iter().map(|rules| Tried { rules, explains: Vec::new() }).collect();
    let card = pricer.rules();
    for bill in bills {
        let mut prices = BillPrices::of(bill, prices, pricer);
        for tried in &mut tried {
            tried.explains.push(prices.explained(pricer, with_all(card, &tried.rules)));
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

fn once_each<'i>(ids: impl Iterator<Item = &'i String>) -> Vec<String> {
    ids.collect::<BTreeSet<_>>().into_iter().cloned().collect()
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
