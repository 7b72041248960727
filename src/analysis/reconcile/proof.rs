//! What the findings prove, for the rate card that they leave. Read [`RuleFindings::proof`] first.

use std::collections::BTreeSet;

use super::{RuleFindings, UnitPriceFinding};
use crate::rates::{OpenPrice, Proof, ProvenFact, ProvenPrice, RateCard, RemainingRules, Rule, RuleChoice};

impl RuleFindings {
    /// Returns the card's rules as far as the bills leave them, for
    /// [`write_proven`](crate::rates::write_proven): in force is the first combination that explains all bills; what
    /// combinations have that explain them at other unit prices remains too. A unit price that the bills leave alone is
    /// proven, and its fact too if they leave all its prices as they are. `None` if no combination explains the bills.
    pub fn proof(&self) -> Option<Proof> {
        let first = self.explaining.first()?;
        let surviving = self.surviving();
        let of = |(index, choice): (usize, &RuleChoice)| {
            let in_force = first.get(index).copied()?;
            let remains =
                |rule: &&Rule| **rule != in_force && surviving.iter().any(|rules| rules.contains(rule));
            let others = choice.rules.iter().filter(remains).copied();
            let out = self.ruled_out.iter().filter(|out| out.fact == choice.fact && !out.at_other_prices);
            Some(RemainingRules {
                fact: choice.fact.clone(),
                rules: std::iter::once(in_force).chain(others).collect(),
                orders: once_each(out.flat_map(|out| &out.by)),
            })
        };
        let rules: Vec<RemainingRules> = self.choices.iter().enumerate().filter_map(of).collect();
        let of_all: usize = rules.iter().map(|remaining| remaining.rules.len()).product();
        let combinations =
            if of_all == surviving.len() { Vec::new() } else { surviving.into_iter().cloned().collect() };
        let ids: BTreeSet<&String> = self.unit_prices.iter().flat_map(|price| &price.facts).collect();
        let facts: Vec<ProvenFact> = ids.into_iter().filter_map(|id| self.proven_prices(id)).collect();
        let is_proven = |price: &&UnitPriceFinding| {
            price.facts.iter().all(|id| facts.iter().any(|proven| proven.fact == *id))
        };
        let left = || self.unit_prices.iter().filter(|price| !is_proven(price));
        let prices = left().filter_map(proven_price).collect();
        let open_prices = left().filter_map(open_price).collect();
        Some(Proof { rules, facts, prices, open_prices, combinations })
    }

    /// Returns the card with the unit prices that the bills leave; `None` if they leave several of one in which there are
    /// orders.
    pub(super) fn solved_card(&self, card: &RateCard) -> Option<RateCard> {
        let mut card = card.clone();
        for finding in self.unit_prices.iter().filter(|finding| finding.range().is_some()) {
            let tier = card.tiers.iter_mut().find(|tier| tier.from == finding.tier.from)?;
            tier.price.get_mut(finding.tier.account_type).price = finding.only()?;
        }
        Some(card)
    }

    /// Returns the combinations that explain every order, at the unit prices of the card or at others.
    fn surviving(&self) -> Vec<&Vec<Rule>> {
        let others = self.at_other_prices.iter().flat_map(|prices| &prices.combinations);
        match self.needs_other_prices() {
            true => self.explaining.iter().collect(),
            false => self.explaining.iter().chain(others).collect(),
        }
    }

    /// Returns a fact that states unit prices, if the bills confirm all of them.
    fn proven_prices(&self, id: &str) -> Option<ProvenFact> {
        let of_fact = || self.unit_prices.iter().filter(|price| price.facts.iter().any(|fact| fact == id));
        let orders = once_each(of_fact().flat_map(UnitPriceFinding::orders));
        let is_proven =
            of_fact().all(|price| price.verdict() == "confirmed" && price.only() == Some(price.price));
        is_proven.then(|| ProvenFact { fact: id.to_owned(), orders })
    }
}

fn proven_price(finding: &UnitPriceFinding) -> Option<ProvenPrice> {
    Some(ProvenPrice {
        account_type: finding.tier.account_type,
        from: finding.tier.from,
        price: finding.only()?,
        facts: finding.facts.clone(),
        orders: finding.orders().to_vec(),
    })
}

/// Returns a price of which the bills leave several.
fn open_price(finding: &UnitPriceFinding) -> Option<OpenPrice> {
    let range = finding.range().filter(|range| !range.is_one())?;
    Some(OpenPrice {
        account_type: finding.tier.account_type,
        from: finding.tier.from,
        lowest: range.lowest,
        highest: range.highest,
    })
}

fn once_each<'i>(ids: impl Iterator<Item = &'i String>) -> Vec<String> {
    ids.collect::<BTreeSet<_>>().into_iter().cloned().collect()
}
