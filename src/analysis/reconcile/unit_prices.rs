//! What bills say about unit prices that nobody has confirmed (P3, docs/rules.md#p3). They are not tried like rules: the
//! price of an order is a sum of multiples of them, so that all bills together are solved for them. Read [`unconfirmed`]
//! first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::constraints::{TierOfType, UnknownPrices};
use super::price_range::PriceRange;
use super::solver::{Solution, Solver, Tried};
use crate::account::AccountType;
use crate::money::UnitPrice;
use crate::rates::{RateCard, Rule};

/// A unit price that nobody has confirmed, and what the bills say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPriceFinding {
    /// The tier.
    pub tier: PricedTier,
    /// The price on the card, in yuan a year.
    pub price: UnitPrice,
    /// Ids of the unconfirmed facts behind it.
    pub facts: Vec<String>,
    /// What the bills say.
    pub evidence: UnitPriceEvidence,
}

/// The accounts of a type that have one price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PricedTier {
    /// The type of the accounts.
    pub account_type: AccountType,
    /// First account of the tier, counted from 1.
    pub from: u32,
    /// Last account of the tier, inclusive; `None` if it is open-ended.
    pub to: Option<u32>,
}

/// What bills say about a unit price. Prices are whole fen, unless the card has others among those that nobody has
/// confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitPriceEvidence {
    /// Nothing: no order has accounts in the tier, or none needs to under rules that explain the bills, or no rules do.
    Open,
    /// The bills leave these prices, under the rules that explain them; rules explain them at the price of the card too.
    Solved {
        /// From the lowest to the highest that is left.
        range: PriceRange,
        /// Ids of the orders that leave them.
        by: Vec<String>,
    },
    /// No combination of rules explains all orders at the prices of the card, and some would if this one were another.
    Contradicted {
        /// From the lowest to the highest that the bills leave, together with those of other tiers.
        range: PriceRange,
        /// Which it would be, the most likely first: if this price alone were another, or where that is not enough,
        /// together with those of other tiers.
        implied: Vec<ImpliedPrice>,
        /// Ids of the orders that the card's price does not explain.
        by: Vec<String>,
    },
}

/// A unit price that would explain all orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImpliedPrice {
    /// The price with the fewest decimals, of those that would.
    pub price: UnitPrice,
    /// From the lowest to the highest that would.
    pub range: PriceRange,
    /// The number of combinations of rules under which they would.
    pub combinations: usize,
}

/// Unit prices at which combinations of rules explain all orders that do not at the prices of the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPrices {
    /// The prices of the tiers that the orders have accounts in, each from the lowest to the highest.
    pub prices: Vec<(PricedTier, PriceRange)>,
    /// The combinations, each with a variant for every choice.
    pub combinations: Vec<Vec<Rule>>,
}

impl OtherPrices {
    /// Returns the combinations as mixes: each has some variants of every choice, of which all combinations are meant.
    /// Together they are all, each once.
    pub fn mixes(&self) -> Vec<Vec<Vec<Rule>>> {
        mixes(&self.combinations.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }
}

fn mixes(combinations: &[&[Rule]]) -> Vec<Vec<Vec<Rule>>> {
    if combinations.iter().all(|rules| rules.is_empty()) {
        return vec![Vec::new()];
    }
    // Variants of the first choice with the combinations of the others that go with them.
    let mut by_first: Vec<(Rule, Vec<&[Rule]>)> = Vec::new();
    for (first, others) in combinations.iter().filter_map(|rules| rules.split_first()) {
        match by_first.iter_mut().find(|(rule, _)| rule == first) {
            Some((_, of_rule)) => of_rule.push(others),
            None => by_first.push((*first, vec![others])),
        }
    }
    let mut alike: Vec<(Vec<Rule>, Vec<&[Rule]>)> = Vec::new();
    for (rule, others) in by_first {
        match alike.iter_mut().find(|(_, known)| *known == others) {
            Some((rules, _)) => rules.push(rule),
            None => alike.push((vec![rule], others)),
        }
    }
    let with = |(rules, others): (Vec<Rule>, Vec<&[Rule]>)| {
        mixes(&others).into_iter().map(move |mix| std::iter::once(rules.clone()).chain(mix).collect())
    };
    alike.into_iter().flat_map(with).collect()
}

impl UnitPriceFinding {
    /// Returns what the bills say in a word of JSON: `open`, `narrowed`, `confirmed` or `contradicted`.
    pub fn verdict(&self) -> &'static str {
        match &self.evidence {
            UnitPriceEvidence::Open => "open",
            UnitPriceEvidence::Solved { range, .. } if range.is_one() => "confirmed",
            UnitPriceEvidence::Solved { .. } => "narrowed",
            UnitPriceEvidence::Contradicted { .. } => "contradicted",
        }
    }

    /// Returns the ids of the orders that say so.
    pub fn orders(&self) -> &[String] {
        match &self.evidence {
            UnitPriceEvidence::Open => &[],
            UnitPriceEvidence::Solved { by, .. } | UnitPriceEvidence::Contradicted { by, .. } => by,
        }
    }

    /// Returns the prices that the bills leave; `None` if they say nothing.
    pub fn range(&self) -> Option<PriceRange> {
        match &self.evidence {
            UnitPriceEvidence::Open => None,
            UnitPriceEvidence::Solved { range, .. } | UnitPriceEvidence::Contradicted { range, .. } => {
                Some(*range)
            }
        }
    }

    /// Returns the only price that the bills leave.
    pub fn only(&self) -> Option<UnitPrice> {
        self.range().filter(|range| range.is_one()).map(|range| range.lowest)
    }
}

/// Returns the unit prices that nobody has confirmed, without what bills say.
pub(super) fn unconfirmed(card: &RateCard) -> (Vec<UnitPriceFinding>, UnknownPrices) {
    let mut found = Vec::new();
    let mut tiers: Vec<TierOfType> = Vec::new();
    for account_type in AccountType::ALL {
        for (index, tier) in card.tiers.iter().enumerate() {
            let price = tier.price.get(account_type);
            let facts: Vec<String> = card.unconfirmed(&price.facts).map(|fact| fact.id.to_string()).collect();
            if !facts.is_empty() {
                let tier = PricedTier { account_type, from: tier.from, to: tier.to };
                let evidence = UnitPriceEvidence::Open;
                found.push(UnitPriceFinding { tier, price: price.price, facts, evidence });
                tiers.push((account_type, index));
            }
        }
    }
    (found, UnknownPrices::new(card, tiers))
}

/// A combination that explains all bills, and the unit prices with which it does.
type Explanation<'t> = (&'t Tried, Rc<Solution>);

/// The combinations that explain all bills.
pub(super) struct Explanations<'t> {
    /// At the unit prices of the card.
    pub(super) at_card_prices: Vec<Explanation<'t>>,
    /// At other unit prices alone.
    pub(super) at_other_prices: Vec<Explanation<'t>>,
}

impl<'t> Explanations<'t> {
    pub(super) fn of(tried: &'t [Tried], solver: &mut Solver<'_, '_, '_>) -> Explanations<'t> {
        let explaining = tried.iter().filter_map(|tried| Some((tried, solver.solution(tried)?)));
        let (at_card_prices, at_other_prices) = explaining.partition(|(tried, _)| tried.explains_all());
        Explanations { at_card_prices, at_other_prices }
    }

    /// Returns those at the prices of the card; if there are none, those at others.
    pub(super) fn rules(&self) -> Vec<Vec<Rule>> {
        let of = |explanations: &[Explanation<'_>]| -> Vec<Vec<Rule>> {
            explanations.iter().map(|(tried, _)| tried.rules.clone()).collect()
        };
        let found = of(&self.at_card_prices);
        if found.is_empty() { of(&self.at_other_prices) } else { found }
    }

    fn all(&self) -> impl Iterator<Item = &Explanation<'t>> {
        self.at_card_prices.iter().chain(&self.at_other_prices)
    }

    /// Returns the combinations that explain the bills at other prices alone, by these prices.
    pub(super) fn other_prices(
        &self,
        findings: &[UnitPriceFinding],
        unknown: &UnknownPrices,
    ) -> Vec<OtherPrices> {
        let mut found: Vec<(&Solution, OtherPrices)> = Vec::new();
        for (tried, solution) in &self.at_other_prices {
            let rules = tried.rules.clone();
            match found.iter_mut().find(|(other, _)| **other == **solution) {
                Some((_, prices)) => prices.combinations.push(rules),
                None => {
                    let of = |(finding, range): (&UnitPriceFinding, &Option<(i128, i128)>)| {
                        Some((finding.tier, unknown.range((*range)?)))
                    };
                    let prices = findings.iter().zip(solution.iter()).filter_map(of).collect();
                    found.push((solution, OtherPrices { prices, combinations: vec![rules] }));
                }
            }
        }
        found.into_iter().map(|(_, prices)| prices).collect()
    }
}

/// Adds what the bills say about each unit price.
pub(super) fn add_evidence(
    findings: &mut [UnitPriceFinding],
    explanations: &Explanations<'_>,
    solver: &mut Solver<'_, '_, '_>,
    ids: &[&str],
) {
    let Some((first, _)) = explanations.all().next() else { return };
    let units: Vec<i128> = findings.iter().map(|finding| solver.unknown().units(finding.price)).collect();
    let is_other = explanations.at_card_prices.is_empty();
    let alone: Vec<Option<Contradiction>> = (0..findings.len())
        .map(|index| is_other.then(|| Contradiction::of_one(index, &units, explanations, solver))?)
        .collect();
    let is_one = alone.iter().any(Option::is_some);
    for (index, (finding, alone)) in findings.iter_mut().zip(alone).enumerate() {
        let Some(range) = joined(explanations.all().map(|(_, solution)| solution[index])) else { continue };
        let has_price = explanations.all().any(|(_, solution)| contains(solution[index], units[index]));
        let together = (is_other && !is_one && !has_price)
            .then(|| Contradiction::of_all(index, units[index], explanations, solver.unknown()));
        let range = solver.unknown().range(range);
        let named = |bills: BTreeSet<usize>| bills.into_iter().map(|bill| ids[bill].to_owned()).collect();
        finding.evidence = match alone.or(together) {
            Some(Contradiction { implied, by }) => {
                let by = if by.is_empty() { solver.bills_behind(first, index) } else { by };
                UnitPriceEvidence::Contradicted { range, implied, by: named(by) }
            }
            None => UnitPriceEvidence::Solved { range, by: named(solver.bills_behind(first, index)) },
        };
    }
}

/// Other prices of a tier that would explain the bills, and the bills that its own does not explain.
struct Contradiction {
    implied: Vec<ImpliedPrice>,
    by: BTreeSet<usize>,
}

impl Contradiction {
    /// Returns whether another price of one tier alone would let combinations explain all bills.
    fn of_one(
        tier: usize,
        units: &[i128],
        explanations: &Explanations<'_>,
        solver: &mut Solver<'_, '_, '_>,
    ) -> Option<Contradiction> {
        let mut ranges = Vec::new();
        let mut by = BTreeSet::new();
        for (tried, _) in &explanations.at_other_prices {
            let Some(range) = solver.alone(tried, tier, |other| units[other]) else { continue };
            ranges.push(range);
            by.extend((0..tried.explains.len()).filter(|bill| !tried.explains[*bill]));
        }
        let implied = implied(ranges.into_iter(), units[tier], solver.unknown());
        (!implied.is_empty()).then_some(Contradiction { implied, by })
    }

    /// Returns which prices of a tier would, together with others of other tiers.
    fn of_all(
        tier: usize,
        units: i128,
        explanations: &Explanations<'_>,
        unknown: &UnknownPrices,
    ) -> Contradiction {
        let ranges = explanations.at_other_prices.iter().filter_map(|(_, solution)| solution[tier]);
        Contradiction { implied: implied(ranges, units, unknown), by: BTreeSet::new() }
    }
}

/// Returns the roundest price of each range, the most frequent first.
fn implied(
    ranges: impl Iterator<Item = (i128, i128)>,
    units: i128,
    unknown: &UnknownPrices,
) -> Vec<ImpliedPrice> {
    let mut implied: BTreeMap<UnitPrice, ImpliedPrice> = BTreeMap::new();
    for range in ranges {
        let range = unknown.range(range);
        let roundest = range.roundest(unknown.price(units));
        let known = implied.entry(roundest);
        let known = known.or_insert(ImpliedPrice { price: roundest, range, combinations: 0 });
        known.range = known.range.or(range);
        known.combinations += 1;
    }
    let mut implied: Vec<ImpliedPrice> = implied.into_values().collect();
    implied.sort_by_key(|implied| Reverse(implied.combinations));
    implied
}

/// Returns from the lowest to the highest of ranges; `None` if one is none, since then every price is left.
fn joined(ranges: impl Iterator<Item = Option<(i128, i128)>>) -> Option<(i128, i128)> {
    let join = |(low, high): (i128, i128), (other_low, other_high): (i128, i128)| {
        (low.min(other_low), high.max(other_high))
    };
    ranges.reduce(|one, other| Some(join(one?, other?)))?
}

fn contains(range: Option<(i128, i128)>, value: i128) -> bool {
    range.is_some_and(|(low, high)| (low..=high).contains(&value))
}
