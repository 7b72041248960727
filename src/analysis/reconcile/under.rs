//! Prices orders under any combination of the rules that nobody has confirmed. Read [`Pricer::payable`] first.

use std::collections::HashMap;

use jiff::civil::Date;
use strum::VariantArray;

use super::possible::PossiblePasts;
use super::possible_prices::PossiblePrices;
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::pricing::{Held, ItemisedOrder, Order, QuoteError, Quoter};
use crate::rates::{NewPurchaseStart, PricingRules, RateCard, RenewalStart, Rule, RuleChoice};

/// Returns every combination with one variant of each choice; that of the card is the first.
pub(super) fn combinations(choices: &[RuleChoice]) -> Vec<Vec<Rule>> {
    choices.iter().fold(vec![Vec::new()], |combinations, choice| {
        let with = |rules: &Vec<Rule>, rule: &Rule| rules.iter().copied().chain([*rule]).collect();
        combinations.iter().flat_map(|rules| choice.rules.iter().map(move |rule| with(rules, rule))).collect()
    })
}

/// Returns the rules of a card with these in place of its own.
pub(super) fn with_all(rules: PricingRules, chosen: &[Rule]) -> PricingRules {
    chosen.iter().fold(rules, |rules, rule| rules.with(*rule))
}

/// Prices orders under any rules, compiled once for each.
pub(super) struct Pricer<'c> {
    card: &'c RateCard,
    base: Quoter<'c>,
    quoters: HashMap<PricingRules, Quoter<'c>>,
}

impl<'c> Pricer<'c> {
    pub(super) fn new(card: &'c RateCard) -> Result<Pricer<'c>, QuoteError> {
        Ok(Pricer { card, base: Quoter::new(card)?, quoters: HashMap::new() })
    }

    /// Returns the card.
    pub(super) fn card(&self) -> &'c RateCard {
        self.card
    }

    /// Returns the rules of the card.
    pub(super) fn rules(&self) -> PricingRules {
        self.card.rules
    }

    /// Returns the quoter under these rules.
    pub(super) fn quoter(&mut self, rules: PricingRules) -> &Quoter<'c> {
        self.quoters.entry(rules).or_insert_with(|| self.base.under(rules))
    }

    /// Returns the price of an order on a day; `None` if it has none.
    pub(super) fn payable(&mut self, rules: PricingRules, date: Date, order: &Order) -> Option<Money> {
        self.quoter(rules).payable(Some(date), order).ok()?
    }

    /// Returns the prices of an order on a day under each of some rules, as [`Pricer::payable`]; its lines are made once for
    /// all rules that differ in the price of days and in rounding alone.
    pub(super) fn payables(&mut self, all: &[PricingRules], date: Date, order: &Order) -> Vec<Option<Money>> {
        let (by_days_divisor, rounding) = (self.card.rules.by_days_divisor, self.card.rules.rounding);
        let mut itemised: Vec<(PricingRules, Option<ItemisedOrder>)> = Vec::new();
        let mut prices = Vec::with_capacity(all.len());
        for rules in all {
            let of_tiers = PricingRules { by_days_divisor, rounding, ..*rules };
            let known = itemised.iter().position(|(other, _)| *other == of_tiers);
            let index = known.unwrap_or_else(|| {
                itemised.push((of_tiers, self.quoter(of_tiers).itemise(Some(date), order).ok()));
                itemised.len() - 1
            });
            let lines = itemised[index].1.as_ref();
            prices.push(lines.and_then(|lines| lines.payable(rules.by_days_divisor, rules.rounding)));
        }
        prices
    }

    /// Returns which rules make a difference to an order.
    pub(super) fn relevance(&self, order: &Order) -> Relevance {
        let all: Vec<Held> =
            order.members.iter().map(|member| member.held).chain([order.held_by_others]).collect();
        let is_same = |one: NewPurchaseStart, other: NewPurchaseStart| {
            all.iter().all(|held| held.before(one) == held.before(other))
        };
        let first = |start: &NewPurchaseStart| {
            let same = NewPurchaseStart::VARIANTS.iter().find(|other| is_same(*start, **other));
            (*start, same.copied().unwrap_or(*start))
        };
        let has_held = all.iter().any(|held| *held != Held::NONE);
        Relevance {
            card: self.card.rules,
            negotiated: self.may_be_negotiated(order, &all),
            by_days: order.term.days > 0,
            group: order.members.len() > 1 || order.held_by_others != Held::NONE,
            renewal: order.renewal && has_held,
            is_renewal: order.renewal,
            starts: NewPurchaseStart::VARIANTS.iter().map(first).collect(),
        }
    }

    /// Returns true if an order may have accounts without a list price.
    fn may_be_negotiated(&self, order: &Order, held: &[Held]) -> bool {
        let Some(negotiated) = &self.card.negotiated else { return false };
        let bought = order.members.iter().map(|member| member.counts);
        let parts = held.iter().flat_map(|held| [held.longer, held.equal, held.unactivated]);
        let all = bought.chain(parts).fold(Counts::ZERO, Counts::saturating_add);
        AccountType::ALL.into_iter().any(|kind| *all.get(kind) >= negotiated.from)
    }
}

/// Which rules make a difference to an order.
pub(super) struct Relevance {
    card: PricingRules,
    negotiated: bool,
    by_days: bool,
    group: bool,
    renewal: bool,
    is_renewal: bool,
    /// The first variant of P12 (docs/rules.md#p12) under which the same accounts come first, by variant.
    starts: Vec<(NewPurchaseStart, NewPurchaseStart)>,
}

impl Relevance {
    /// Returns rules with the card's own in place of those that make no difference, so that equal results have equal
    /// prices.
    pub(super) fn apply(&self, mut rules: PricingRules) -> PricingRules {
        if !self.negotiated {
            rules.negotiated = self.card.negotiated;
        }
        if !self.by_days {
            rules.by_days_divisor = self.card.by_days_divisor;
        }
        if !self.group {
            rules.group = self.card.group;
        }
        if !self.renewal {
            rules.renewal = self.card.renewal;
        }
        let starts_at_zero = self.is_renewal && rules.renewal == RenewalStart::FromZero;
        let is_it = |(start, _): &&(NewPurchaseStart, NewPurchaseStart)| {
            starts_at_zero || *start == rules.new_purchase
        };
        if let Some((_, first)) = self.starts.iter().find(is_it) {
            rules.new_purchase = *first;
        }
        rules
    }
}

/// Returns true if no account of an order costs more than one that comes before it in the tiers.
pub(super) fn never_rises(card: &RateCard, order: &Order) -> bool {
    AccountType::ALL.into_iter().all(|kind| {
        let listed = card.tiers.iter().map(|tier| tier.price.get(kind).price);
        let negotiated = card.negotiated.as_ref().and(*order.negotiated.get(kind));
        listed.chain(negotiated).is_sorted_by(|one, next| one >= next)
    })
}

/// The prices of one order, or of its part, under rules that have been tried.
pub(super) struct PartPrices<'o> {
    pasts: &'o PossiblePasts,
    /// By past, with the rules that make a difference.
    known: Vec<(Relevance, HashMap<PricingRules, Option<Money>>)>,
    is_bounded: bool,
}

impl<'o> PartPrices<'o> {
    pub(super) fn new(pasts: &'o PossiblePasts, pricer: &Pricer<'_>) -> PartPrices<'o> {
        let known = pasts.orders.iter().map(|order| (pricer.relevance(order), HashMap::new())).collect();
        PartPrices { pasts, known, is_bounded: pasts.is_bounded(pricer.card) }
    }

    /// Returns the prices that it may have under rules.
    pub(super) fn possible(&mut self, pricer: &mut Pricer<'_>, rules: PricingRules) -> PossiblePrices {
        if !self.is_bounded {
            return PossiblePrices::Any;
        }
        let date = self.pasts.date;
        PossiblePrices::of(self.pasts.orders.iter().zip(&mut self.known).map(
            |(order, (relevance, known))| {
                let rules = relevance.apply(rules);
                *known.entry(rules).or_insert_with(|| pricer.payable(rules, date, order))
            },
        ))
    }
}
