//! The order whose bill would say most about the rules that still explain all others. Read [`telling_order`] first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::candidates::{Candidates, Reach, candidates};
use super::under::{Pricer, with_all};
use crate::account::{Counts, Term};
use crate::money::Money;
use crate::plan::{Plan, RecordedKind};
use crate::planning::schedule::ScheduleError;
use crate::pricing::{Order, Party};
use crate::rates::{PricingRules, Rule};

/// An order whose bill would tell combinations of rules apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TellingOrder {
    /// The payer.
    pub school: Party,
    /// New accounts, or a renewal of those that expire first.
    pub kind: RecordedKind,
    /// True if the schedule places it anyway.
    pub is_planned: bool,
    /// Its accounts.
    pub counts: Counts,
    /// Its term.
    pub term: Term,
    /// The day on which it is placed and paid, without another order of the payer, Beijing time.
    pub date: Date,
    /// What it may cost, the lowest price first, and what each price would mean.
    pub outcomes: Vec<Outcome>,
    /// The number of classes into which its bill splits the combinations: those of one class cost the same.
    pub classes: usize,
    /// The number of classes into which all orders together would split them that were looked at.
    pub separable: usize,
}

/// A price of an order, and what it would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The price.
    pub payable: Money,
    /// The combinations under which it may be that, as indices in
    /// [`RuleFindings::explaining`](super::RuleFindings::explaining).
    pub combinations: Vec<usize>,
}

/// A price that is worth paying to be told more by one order.
const LITTLE: Money = Money::from_fen(2000);

/// Returns the order that would tell most combinations apart for little money, or that the schedule places anyway; of
/// those that tell as much the cheapest. A dearer order is taken only if no other tells anything, and one beyond the
/// list's end only if none within it does.
pub(super) fn telling_order(
    plan: &Plan,
    explaining: &[Vec<Rule>],
    pricer: &mut Pricer<'_>,
) -> Result<Option<TellingOrder>, ScheduleError> {
    if explaining.len() < 2 {
        return Ok(None);
    }
    let rules: Vec<PricingRules> = explaining.iter().map(|rules| with_all(pricer.rules(), rules)).collect();
    for reach in [Reach::WithinList, Reach::BeyondList] {
        let found = best(&candidates(plan, reach)?, &rules, pricer);
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn best(all: &[Candidates], rules: &[PricingRules], pricer: &mut Pricer<'_>) -> Option<TellingOrder> {
    let mut best: Option<(_, TellingOrder)> = None;
    let mut together = vec![0; rules.len()];
    for candidates in all {
        let priced = Priced::new(candidates, rules, pricer);
        let mut keys = vec![0; priced.keys.len()];
        for counts in &candidates.counts {
            let Some(split) = priced.split(*counts, pricer) else { continue };
            refine(&mut keys, &split.class_of);
            let accounts = u64::from(counts.basic) + u64::from(counts.interop);
            let is_dear = !candidates.is_planned && split.most() > LITTLE;
            let rank = (is_dear, Reverse(split.classes), !candidates.is_planned, split.most(), accounts);
            if best.as_ref().is_none_or(|(other, _)| rank < *other) {
                best = Some((rank, priced.order(*counts, &split)));
            }
        }
        let of_rules: Vec<usize> = priced.key_of.iter().map(|key| keys[*key]).collect();
        refine(&mut together, &of_rules);
    }
    let (_, mut order) = best?;
    order.separable = together.iter().collect::<BTreeSet<_>>().len();
    Some(order)
}

/// Splits classes further, by other classes.
fn refine(labels: &mut [usize], by: &[usize]) {
    let mut known: HashMap<(usize, usize), usize> = HashMap::new();
    for (label, by) in labels.iter_mut().zip(by) {
        let next = known.len();
        *label = *known.entry((*label, *by)).or_insert(next);
    }
}

/// Orders with the rules under which they are priced, each once: in each reading without those that make no
/// difference.
struct Priced<'c> {
    candidates: &'c Candidates,
    keys: Vec<Vec<PricingRules>>,
    /// The key of each combination, as an index.
    key_of: Vec<usize>,
}

impl<'c> Priced<'c> {
    fn new(candidates: &'c Candidates, rules: &[PricingRules], pricer: &Pricer<'_>) -> Priced<'c> {
        let mut keys: Vec<Vec<PricingRules>> = Vec::new();
        let mut known: HashMap<Vec<PricingRules>, usize> = HashMap::new();
        let most = candidates.counts.iter().fold(Counts::ZERO, |most, counts| Counts {
            basic: most.basic.max(counts.basic),
            interop: most.interop.max(counts.interop),
        });
        let readings: Vec<Order> = candidates.readings.iter().map(|order| with_counts(order, most)).collect();
        let key_of = rules.iter().map(|rules| {
            let key: Vec<PricingRules> =
                readings.iter().map(|order| pricer.relevant(*rules, order)).collect();
            *known.entry(key.clone()).or_insert_with(|| {
                keys.push(key);
                keys.len() - 1
            })
        });
        let key_of = key_of.collect();
        Priced { candidates, keys, key_of }
    }

    /// Returns how the bill of one of the orders would split the keys; `None` if a price is not known, or all are the
    /// same.
    fn split(&self, counts: Counts, pricer: &mut Pricer<'_>) -> Option<Split> {
        let orders: Vec<Order> =
            self.candidates.readings.iter().map(|order| with_counts(order, counts)).collect();
        let prices = self.keys.iter().map(|key| {
            let of = key.iter().zip(&orders);
            of.map(|(rules, order)| pricer.payable(*rules, self.candidates.date, order)).collect()
        });
        let prices: Vec<Vec<Money>> = prices.collect::<Option<_>>()?;
        let classes = disjoint(prices.iter().collect());
        let class =
            |of: &Vec<Money>| classes.iter().position(|class| of.iter().any(|price| class.contains(price)));
        let class_of: Vec<usize> = prices.iter().map(class).collect::<Option<_>>()?;
        let classes = classes.len();
        (classes > 1).then_some(Split { prices, class_of, classes })
    }

    fn order(&self, counts: Counts, split: &Split) -> TellingOrder {
        let mut by_price: BTreeMap<Money, Vec<usize>> = BTreeMap::new();
        for (index, key) in self.key_of.iter().enumerate() {
            for price in split.prices[*key].iter().collect::<BTreeSet<_>>() {
                by_price.entry(*price).or_default().push(index);
            }
        }
        let outcome = |(payable, combinations)| Outcome { payable, combinations };
        TellingOrder {
            school: self.candidates.school.clone(),
            kind: self.candidates.kind,
            is_planned: self.candidates.is_planned,
            counts,
            term: self.candidates.term,
            date: self.candidates.date,
            outcomes: by_price.into_iter().map(outcome).collect(),
            classes: split.classes,
            separable: split.classes,
        }
    }
}

fn with_counts(order: &Order, counts: Counts) -> Order {
    let mut order = order.clone();
    if let Some(member) = order.members.first_mut() {
        member.counts = counts;
    }
    order
}

/// How the bill of an order would split rules.
struct Split {
    /// The prices under each key, one a reading.
    prices: Vec<Vec<Money>>,
    /// The class of each key.
    class_of: Vec<usize>,
    classes: usize,
}

impl Split {
    /// Returns the highest price.
    fn most(&self) -> Money {
        self.prices.iter().flatten().copied().max().unwrap_or_default()
    }
}

/// Joins sets of prices that have one in common.
fn disjoint(sets: BTreeSet<&Vec<Money>>) -> Vec<BTreeSet<Money>> {
    let mut classes: Vec<BTreeSet<Money>> = Vec::new();
    for set in sets {
        let mut joined: BTreeSet<Money> = set.iter().copied().collect();
        classes.retain_mut(|class| {
            let is_apart = class.is_disjoint(&joined);
            if !is_apart {
                joined.append(class);
            }
            is_apart
        });
        classes.push(joined);
    }
    classes
}
