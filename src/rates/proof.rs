//! What bills say about a card, and the card that they leave. Read [`Proof`] first.

use std::sync::Arc;

use super::{Confidence, Fact, RateCard, Rule, RuleError};
use crate::account::AccountType;
use crate::diagnostic::lang::Phrase;
use crate::money::UnitPrice;

/// The variants of a rule that bills leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemainingRules {
    /// Id of the fact behind the rule.
    pub fact: String,
    /// The variants: the one to be in force, then the others that may be true. Never empty.
    pub rules: Vec<Rule>,
    /// Ids of the orders that rule out all others.
    pub orders: Vec<String>,
}

/// A fact that bills prove as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenFact {
    /// Its id.
    pub fact: String,
    /// Ids of the orders that prove it.
    pub orders: Vec<String>,
}

/// A unit price that bills prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenPrice {
    /// The type of the accounts.
    pub account_type: AccountType,
    /// First account of its tier, counted from 1.
    pub from: u32,
    /// The price, in yuan a year: that of the card or another.
    pub price: UnitPrice,
    /// Ids of the unconfirmed facts that it no longer rests on.
    pub facts: Vec<String>,
    /// Ids of the orders that prove it.
    pub orders: Vec<String>,
}

/// A unit price of which bills leave several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPrice {
    /// The type of the accounts.
    pub account_type: AccountType,
    /// First account of its tier, counted from 1.
    pub from: u32,
    /// The lowest that they leave, in yuan a year.
    pub lowest: UnitPrice,
    /// The highest that they leave, in yuan a year.
    pub highest: UnitPrice,
}

/// What bills say about the rules and the unit prices of a card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// The rules of which they leave some variants.
    pub rules: Vec<RemainingRules>,
    /// Other facts that they prove.
    pub facts: Vec<ProvenFact>,
    /// Unit prices that they prove, without those of proven facts.
    pub prices: Vec<ProvenPrice>,
    /// Unit prices of which they leave several: those of the card stay.
    pub open_prices: Vec<OpenPrice>,
    /// The combinations of the remaining variants that they leave, each with one of every rule; empty if they leave all.
    pub combinations: Vec<Vec<Rule>>,
}

impl RateCard {
    /// Returns the card as far as bills leave its rules: of each the first remaining variant is in force, the others are
    /// its alternatives, and those that are ruled out are gone. A fact of which one variant remains is *billed* and names
    /// the orders, and so is one that they prove otherwise. A unit price that they prove has such a fact of its own.
    ///
    /// # Errors
    /// [`RuleError`] if the card has no such rule.
    pub fn proven(&self, proof: &Proof) -> Result<RateCard, RuleError> {
        let mut card = self.clone();
        for remaining in &proof.rules {
            card = card.with_remaining(remaining)?;
        }
        for proven in &proof.facts {
            card.set_billed(&proven.fact, &proven.orders);
        }
        for proven in &proof.prices {
            card.set_price(proven);
        }
        Ok(card)
    }

    pub(super) fn with_remaining(&self, remaining: &RemainingRules) -> Result<RateCard, RuleError> {
        let Some(first) = remaining.rules.first() else { return Ok(self.clone()) };
        let mut card = self.with_rule(&remaining.fact, *first)?;
        card.alternatives
            .retain(|other| other.rule.kind() != first.kind() || remaining.rules.contains(&other.rule));
        if remaining.rules.len() == 1 {
            card.set_billed(&remaining.fact, &remaining.orders);
        }
        Ok(card)
    }

    pub(super) fn set_billed(&mut self, id: &str, orders: &[String]) {
        if let Some(fact) = Arc::make_mut(&mut self.facts).iter_mut().find(|fact| fact.id == id) {
            fact.standing = Confidence::Billed;
            fact.source = bills(orders);
        }
    }

    /// Takes over a unit price that bills prove, with a fact of its own. A fact that states another one says so.
    pub(super) fn set_price(&mut self, proven: &ProvenPrice) {
        let ProvenPrice { account_type, from, price, .. } = *proven;
        let Some(index) = self.tiers.iter().position(|tier| tier.from == from) else { return };
        let id = self.price_fact_id(proven);
        let to = self.tiers[index].to;
        let of_tier = self.tiers[index].price.get_mut(account_type);
        let is_other = of_tier.price != price;
        of_tier.price = price;
        of_tier.facts.retain(|fact| !proven.facts.contains(fact));
        of_tier.facts.push(id.clone());
        let accounts = accounts(account_type, from, to);
        let mut facts = self.facts.to_vec();
        for fact in facts.iter_mut().filter(|fact| is_other && proven.facts.iter().any(|id| *id == fact.id)) {
            fact.text.en.to_mut().push_str(&format!("; bills show another price of {}: {id}", accounts.en));
            fact.text.zh.to_mut().push_str(&format!("；账单显示{} 的价格不同，见 {id}", accounts.zh));
        }
        facts.push(Fact {
            id: id.into(),
            standing: Confidence::Billed,
            source: bills(&proven.orders),
            text: Phrase {
                en: format!("{} cost {price} yuan a year each", accounts.en).into(),
                zh: format!("{} 每个每年 {price} 元", accounts.zh).into(),
            },
        });
        self.facts = facts.into();
    }

    /// Returns an id that no fact of the card has.
    fn price_fact_id(&self, proven: &ProvenPrice) -> String {
        let behind = proven.facts.first().map_or("price", String::as_str);
        let id = format!("{behind}-{}-{}", proven.account_type, proven.from);
        let numbered = (2_u32..).map(|number| format!("{id}-{number}"));
        let mut all = std::iter::once(id.clone()).chain(numbered);
        all.find(|id| self.fact(id).is_none()).unwrap_or(id)
    }
}

/// Returns the accounts of a tier in words.
pub(super) fn accounts(account_type: AccountType, from: u32, to: Option<u32>) -> Phrase {
    let range = to.map_or_else(|| format!("{from}+"), |to| format!("{from}–{to}"));
    let zh = match account_type {
        AccountType::Basic => "基础账号",
        AccountType::Interop => "互通账号",
    };
    Phrase { en: format!("{account_type} accounts {range}").into(), zh: format!("{zh} {range}").into() }
}

fn bills(orders: &[String]) -> Phrase {
    Phrase {
        en: format!("WeCom's bills: {}", orders.join(", ")).into(),
        zh: format!("企业微信账单：{}", orders.join("、")).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::{RateCards, RuleChoice, RuleKind};

    fn card() -> RateCard {
        RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().as_ref().clone()
    }

    fn orders() -> Vec<String> {
        vec!["OI1".to_owned(), "OI2".to_owned()]
    }

    /// The card as far as bills leave these divisors of the price of a day.
    fn left(divisors: &[u32]) -> RateCard {
        let rules = divisors.iter().map(|divisor| Rule::ByDays(*divisor)).collect();
        let remaining = RemainingRules { fact: "P8".to_owned(), rules, orders: orders() };
        card().proven(&Proof { rules: vec![remaining], ..Proof::default() }).unwrap()
    }

    /// A price of an account of the third tier, which rests on a fact.
    fn price(account_type: AccountType, price: &str, fact: &str) -> ProvenPrice {
        let (price, facts) = (price.parse().unwrap(), vec![fact.to_owned()]);
        ProvenPrice { account_type, from: 201, price, facts, orders: orders() }
    }

    fn with_prices(prices: &[ProvenPrice]) -> RateCard {
        card().proven(&Proof { prices: prices.to_vec(), ..Proof::default() }).unwrap()
    }

    /// The ids of facts that are not as on the public card.
    fn changed(card: &RateCard) -> Vec<&str> {
        let before = self::card();
        card.facts.iter().filter(|fact| before.fact(&fact.id) != Some(*fact)).map(|fact| &*fact.id).collect()
    }

    #[test]
    fn of_a_rule_the_variants_that_bills_leave_stay_and_of_others_all() {
        let divisors = |card: &RateCard| -> Vec<Rule> {
            let of_days = |choice: &RuleChoice| choice.fact == "P8";
            card.choices().into_iter().find(of_days).map_or_else(Vec::new, |choice| choice.rules)
        };
        let others = |card: &RateCard| -> Vec<Rule> {
            let rules = card.alternatives.iter().map(|other| other.rule);
            rules.filter(|rule| rule.kind() != RuleKind::ByDays).collect()
        };
        let (one, two) = (left(&[366]), left(&[365, 372]));
        assert_eq!((one.rules.by_days_divisor, divisors(&one)), (366, vec![]));
        assert_eq!(divisors(&two), [Rule::ByDays(365), Rule::ByDays(372)]);
        assert_eq!(others(&card()).len(), 16);
        assert_eq!((others(&one), others(&two)), (others(&card()), others(&card())));
    }

    #[test]
    fn a_rule_is_billed_once_one_variant_is_left() {
        let one = left(&[372]);
        assert_eq!(changed(&one), ["P8"]);
        let fact = one.fact("P8").unwrap();
        assert_eq!((fact.standing, &*fact.source.en), (Confidence::Billed, "WeCom's bills: OI1, OI2"));
        assert_eq!(fact.source.zh, "企业微信账单：OI1、OI2");
        assert_eq!(fact.text, card().fact("P8").unwrap().text);
        assert_eq!(changed(&left(&[372, 365])), Vec::<&str>::new());
        let other = left(&[365, 372]);
        assert_eq!((changed(&other), other.fact("P8").unwrap().standing), (vec!["P8"], Confidence::Assumed));
    }

    #[test]
    fn a_fact_that_bills_prove_is_billed_and_no_other() {
        let facts = vec![ProvenFact { fact: "P3".to_owned(), orders: orders() }];
        let card = card().proven(&Proof { facts, ..Proof::default() }).unwrap();
        assert_eq!(changed(&card), ["P3"]);
        assert_eq!(card.fact("P3").unwrap().standing, Confidence::Billed);
    }

    #[test]
    fn a_price_that_bills_prove_rests_on_a_fact_of_its_own() {
        let proven = with_prices(&[price(AccountType::Basic, "2.80", "P3")]);
        let mut expected = card().tiers;
        expected[2].price.basic.price = "2.80".parse().unwrap();
        expected[2].price.basic.facts = vec!["P3-basic-201".to_owned()];
        assert_eq!(proven.tiers, expected);
        assert_eq!(changed(&proven), ["P3", "P3-basic-201"]);
        let fact = proven.fact("P3-basic-201").unwrap();
        assert_eq!((fact.standing, &*fact.source.en), (Confidence::Billed, "WeCom's bills: OI1, OI2"));
        assert_eq!(fact.text.en, "basic accounts 201–500 cost 2.80 yuan a year each");
        assert_eq!(fact.text.zh, "基础账号 201–500 每个每年 2.80 元");
    }

    #[test]
    fn a_fact_is_corrected_only_by_another_price_than_it_states() {
        let same = with_prices(&[price(AccountType::Basic, "3.00", "P3")]);
        assert_eq!(changed(&same), ["P3-basic-201"]);
        let other = with_prices(&[price(AccountType::Basic, "2.80", "P3")]);
        let (before, after) = (card(), other.fact("P3").unwrap());
        let before = before.fact("P3").unwrap();
        let said = "; bills show another price of basic accounts 201–500: P3-basic-201";
        assert_eq!(after.text.en, format!("{}{said}", before.text.en));
        assert_eq!((after.standing, &after.source), (before.standing, &before.source));
    }

    #[test]
    fn a_price_of_no_tier_of_the_card_changes_nothing() {
        let proven = ProvenPrice { from: 202, ..price(AccountType::Basic, "2.80", "P3") };
        assert_eq!(with_prices(&[proven]), card());
    }

    #[test]
    fn the_fact_of_a_price_has_an_id_that_is_not_taken() {
        let twice = with_prices(&[
            price(AccountType::Interop, "28.00", "P2"),
            price(AccountType::Interop, "27.00", "P2"),
            ProvenPrice { facts: vec![], ..price(AccountType::Basic, "2.80", "P3") },
        ]);
        assert_eq!(changed(&twice), ["P2", "P2-interop-201", "P2-interop-201-2", "price-basic-201"]);
        assert_eq!(twice.tiers[2].price.interop.facts, ["P2-interop-201", "P2-interop-201-2"]);
        assert_eq!(twice.tiers[2].price.basic.facts, ["P3", "price-basic-201"]);
    }
}
