//! What bills say about unit prices that nobody has confirmed (P3, docs/rules.md#p3). They are not tried like rules: the
//! price of an order is linear in each, so that it is solved. Read [`unit_prices`] first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::possible::PossiblePasts;
use super::price_range::PriceRange;
use super::prices::Prices;
use super::under::Pricer;
use crate::account::AccountType;
use crate::money::{Money, UnitPrice};
use crate::pricing::{Order, Quoter};
use crate::rates::{PricingRules, RateCard};
use crate::wecom::bills::Bill;

/// A unit price that nobody has confirmed, and what the bills say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPriceFinding {
    /// The type of the accounts.
    pub account_type: AccountType,
    /// First account of the tier, counted from 1.
    pub from: u32,
    /// Last account of the tier, inclusive; `None` if it is open-ended.
    pub to: Option<u32>,
    /// The price on the card, in yuan a year.
    pub price: UnitPrice,
    /// Ids of the unconfirmed facts behind it.
    pub facts: Vec<String>,
    /// What the bills say.
    pub evidence: UnitPriceEvidence,
}

/// What bills say about a unit price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitPriceEvidence {
    /// Nothing: no order has accounts in the tier, or its price cannot be told from that of another.
    Open,
    /// The orders that are explained leave these prices alone, that of the card among them.
    Solved {
        /// The prices that are left.
        range: PriceRange,
        /// Ids of the orders that leave them.
        by: Vec<String>,
    },
    /// No combination of rules explains all orders, and some would if this one price were another.
    Contradicted {
        /// Which it would be, the most likely first.
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
}

/// Rules, and which of the bills they explain.
pub(super) struct TriedRules<'t> {
    pub(super) rules: PricingRules,
    pub(super) explains: &'t [bool],
}

/// Returns the unit prices that nobody has confirmed, with what the bills say about each under the rules that explain all
/// of them; if none do, with the price that would let some.
pub(super) fn unit_prices(
    card: &RateCard,
    bills: &[&Bill],
    prices: &Prices,
    tried: &[TriedRules<'_>],
    pricer: &mut Pricer<'_>,
) -> Vec<UnitPriceFinding> {
    let mut findings = unconfirmed(card);
    let tiers: Vec<(AccountType, usize)> = findings.iter().map(|(tier, _)| *tier).collect();
    let mut solver = Solver {
        billed: bills.iter().map(|bill| bill.order.price).collect(),
        parts: bills.iter().map(|bill| prices.possible(bill).unwrap_or_default()).collect(),
        tiers,
        pricer,
        known: HashMap::new(),
        solved: HashMap::new(),
    };
    let ids: Vec<&str> = bills.iter().map(|bill| bill.order.id.as_str()).collect();
    let explaining: Vec<PricingRules> =
        tried.iter().filter(|tried| tried.explains.iter().all(|is| *is)).map(|tried| tried.rules).collect();
    if explaining.is_empty() {
        for (index, (_, finding)) in findings.iter_mut().enumerate() {
            finding.evidence = solver.contradiction(index, finding.price, tried, &ids);
        }
    } else if let Some(evidence) = solver.evidence(&explaining, &ids) {
        for ((_, finding), evidence) in findings.iter_mut().zip(evidence) {
            finding.evidence = evidence;
        }
    }
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// Returns the prices of the card that rest on an unconfirmed fact, by type and tier.
fn unconfirmed(card: &RateCard) -> Vec<((AccountType, usize), UnitPriceFinding)> {
    let mut found = Vec::new();
    for account_type in AccountType::ALL {
        for (index, tier) in card.tiers.iter().enumerate() {
            let price = tier.price.get(account_type);
            let facts: Vec<String> = card.unconfirmed(&price.facts).map(|fact| fact.id.clone()).collect();
            if !facts.is_empty() {
                let (from, to, price) = (tier.from, tier.to, price.price);
                let evidence = UnitPriceEvidence::Open;
                let finding = UnitPriceFinding { account_type, from, to, price, facts, evidence };
                found.push(((account_type, index), finding));
            }
        }
    }
    found
}

/// A bill and rules.
type Case = (usize, PricingRules);

/// Returns the orders of a bill's parts with their days of payment; `None` if under the rules some may have come after
/// different accounts, since the price then says nothing sure about that of an account.
fn sure<'p>(parts: &[&'p PossiblePasts], rules: PricingRules) -> Option<Vec<(Date, &'p Order)>> {
    parts.iter().map(|pasts| Some((pasts.date, pasts.only(rules)?))).collect()
}

/// Solves bills for unit prices.
struct Solver<'s, 'c> {
    billed: Vec<Money>,
    /// What the parts of each bill may have come after.
    parts: Vec<Vec<&'s PossiblePasts>>,
    tiers: Vec<(AccountType, usize)>,
    pricer: &'s mut Pricer<'c>,
    /// The unconfirmed tiers in which a bill has accounts.
    known: HashMap<Case, Vec<usize>>,
    solved: HashMap<(Case, usize), Option<PriceRange>>,
}

/// What bills leave of a unit price under one combination of rules.
type Left = Option<(PriceRange, BTreeSet<usize>)>;

impl Solver<'_, '_> {
    /// Returns what the bills say about each price under rules that explain them all; `None` if no bill reaches a tier.
    fn evidence(&mut self, explaining: &[PricingRules], ids: &[&str]) -> Option<Vec<UnitPriceEvidence>> {
        let mut all: Option<Vec<Left>> = None;
        for rules in explaining {
            let of_rules = self.left(*rules);
            all = Some(match all {
                None => of_rules,
                Some(before) => {
                    before.into_iter().zip(of_rules).map(|(one, other)| join(one, other)).collect()
                }
            });
        }
        let evidence = |left: Left| match left {
            None => UnitPriceEvidence::Open,
            Some((range, by)) => {
                UnitPriceEvidence::Solved { range, by: by.iter().map(|bill| ids[*bill].to_owned()).collect() }
            }
        };
        Some(all?.into_iter().map(evidence).collect())
    }

    /// Returns what the bills leave of each price under one combination: first by bills with one unconfirmed price, then
    /// by those of which all others are known to the fen.
    fn left(&mut self, rules: PricingRules) -> Vec<Left> {
        let mut left: Vec<Left> = vec![None; self.tiers.len()];
        let mut unused: Vec<usize> = (0..self.billed.len()).collect();
        loop {
            let before = unused.len();
            let mut kept = Vec::new();
            for bill in unused {
                match self.only_open(bill, rules, &left) {
                    Some((case, tier)) => self.narrow(case, tier, &mut left),
                    None => kept.push(bill),
                }
            }
            unused = kept;
            if unused.len() == before {
                return left;
            }
        }
    }

    /// Returns the only tier of a bill whose price is not known to the fen, or of several that are the only one it has.
    fn only_open(&mut self, bill: usize, rules: PricingRules, left: &[Left]) -> Option<(Case, usize)> {
        let tiers = self.look(bill, rules)?;
        let is_known = |tier: &usize| left[*tier].as_ref().is_some_and(|(range, _)| range.is_one());
        let open: Vec<usize> = tiers.iter().copied().filter(|tier| !is_known(tier)).collect();
        match (tiers.as_slice(), open.as_slice()) {
            ([tier], _) | (_, [tier]) => Some(((bill, rules), *tier)),
            _ => None,
        }
    }

    fn narrow(&mut self, case: Case, tier: usize, left: &mut [Left]) {
        let Some(range) = self.solve(case, tier) else { return };
        let slot = &mut left[tier];
        match slot {
            None => *slot = Some((range, BTreeSet::from([case.0]))),
            Some((before, by)) => {
                if let Some(both) = before.and(range).filter(|both| both != before) {
                    *before = both;
                    by.insert(case.0);
                }
            }
        }
    }

    /// Returns whether another price of a tier alone would let combinations explain all bills.
    fn contradiction(
        &mut self,
        tier: usize,
        price: UnitPrice,
        tried: &[TriedRules<'_>],
        ids: &[&str],
    ) -> UnitPriceEvidence {
        let mut implied: BTreeMap<UnitPrice, ImpliedPrice> = BTreeMap::new();
        let mut contradicting: BTreeSet<usize> = BTreeSet::new();
        for tried in tried {
            let Some(range) = self.price_of_all(tier, tried) else { continue };
            let roundest = range.roundest(price);
            let known = implied.entry(roundest);
            let known = known.or_insert(ImpliedPrice { price: roundest, range, combinations: 0 });
            known.range = known.range.or(range);
            known.combinations += 1;
            contradicting.extend((0..ids.len()).filter(|bill| !tried.explains[*bill]));
        }
        if implied.is_empty() {
            return UnitPriceEvidence::Open;
        }
        let mut implied: Vec<ImpliedPrice> = implied.into_values().collect();
        implied.sort_by_key(|implied| std::cmp::Reverse(implied.combinations));
        let by = contradicting.into_iter().map(|bill| ids[bill].to_owned()).collect();
        UnitPriceEvidence::Contradicted { implied, by }
    }

    /// Returns the prices of a tier with which rules explain all bills; `None` if there are none.
    fn price_of_all(&mut self, tier: usize, tried: &TriedRules<'_>) -> Option<PriceRange> {
        let mut range = PriceRange::ALL;
        for (bill, is_explained) in tried.explains.iter().enumerate() {
            let tiers = self.look(bill, tried.rules);
            if tiers.is_none_or(|tiers| !tiers.contains(&tier)) {
                is_explained.then_some(())?;
                continue;
            }
            range = range.and(self.solve((bill, tried.rules), tier)?)?;
        }
        Some(range)
    }

    /// Returns the unconfirmed tiers of a bill; `None` if it is not sure which accounts come before its own.
    fn look(&mut self, bill: usize, rules: PricingRules) -> Option<Vec<usize>> {
        let orders = sure(&self.parts[bill], rules)?;
        let case = (bill, self.relevant(rules, &orders));
        if let Some(known) = self.known.get(&case) {
            return Some(known.clone());
        }
        let quoter = self.pricer.quoter(rules);
        let mut tiers = BTreeSet::new();
        for (date, order) in orders {
            let Ok(quote) = quoter.quote(Some(date), order) else { continue };
            let lines = quote.lines.iter().filter(|_| !quote.is_free());
            let of_line = lines.filter_map(|line| Some((line.account_type, line.tier?)));
            tiers.extend(of_line.filter_map(|tier| self.tiers.iter().position(|other| *other == tier)));
        }
        let tiers: Vec<usize> = tiers.into_iter().collect();
        self.known.insert(case, tiers.clone());
        Some(tiers)
    }

    /// Returns the rules without those that make no difference to any order of a bill.
    fn relevant(&self, rules: PricingRules, orders: &[(Date, &Order)]) -> PricingRules {
        if let [(_, order)] = orders { self.pricer.relevant(rules, order) } else { rules }
    }

    /// Returns the prices of a tier with which a bill is explained; `None` if there are none.
    fn solve(&mut self, (bill, rules): Case, tier: usize) -> Option<PriceRange> {
        let orders = sure(&self.parts[bill], rules)?;
        let case = (bill, self.relevant(rules, &orders));
        if let Some(known) = self.solved.get(&(case, tier)) {
            return *known;
        }
        let (account_type, index) = self.tiers[tier];
        let billed = self.billed[bill];
        let quoter = self.pricer.quoter(case.1).clone();
        let total = |price: u64| {
            let price = UnitPrice::from_ten_thousandths(price)?;
            total(&quoter.with_unit_price(account_type, index, price).ok()?, &orders)
        };
        // A price that overflows is above every bill.
        let lowest = first(|price| total(price).is_none_or(|total| total >= billed));
        let above = first(|price| total(price).is_none_or(|total| total > billed));
        let range = above.checked_sub(1).filter(|highest| lowest <= *highest).and_then(|highest| {
            Some(PriceRange {
                lowest: UnitPrice::from_ten_thousandths(lowest)?,
                highest: UnitPrice::from_ten_thousandths(highest)?,
            })
        });
        self.solved.insert((case, tier), range);
        range
    }
}

/// Returns what the orders of a bill cost together.
fn total(quoter: &Quoter<'_>, orders: &[(Date, &Order)]) -> Option<Money> {
    orders.iter().try_fold(Money::ZERO, |sum, (date, order)| {
        sum.checked_add(quoter.payable(Some(*date), order).ok()??)
    })
}

/// Returns the lowest price in ten-thousandths of a yuan that is high enough, where every higher one is too; one more than
/// the highest price if none is.
fn first(is_enough: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, UnitPrice::MAX.ten_thousandths() + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_enough(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Joins what two combinations leave: what both may be, if both say anything.
fn join(one: Left, other: Left) -> Left {
    let ((one, mut by), (other, more)) = (one?, other?);
    by.extend(more);
    Some((one.or(other), by))
}
