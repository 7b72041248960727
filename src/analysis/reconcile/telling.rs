//! The order whose bill would say most about the rules that still explain all others. Read [`telling_order`] first.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::candidates::{Candidates, Reach, candidates};
use super::possible::PossiblePasts;
use super::possible_prices::PossiblePrices;
use super::under::{Pricer, Relevance, with_all};
use crate::account::{Counts, Term};
use crate::money::Money;
use crate::plan::{Plan, RecordedKind};
use crate::planning::schedule::ScheduleError;
use crate::pricing::Party;
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

/// A price of an order, or prices that would mean the same, and what they would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The price; the lowest of several.
    pub payable: Money,
    /// The highest of several prices, inclusive, where nothing says what comes before the order; else the same.
    pub most: Money,
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
    for candidates in all.iter().filter(|candidates| !candidates.counts.is_empty()) {
        let priced = Priced::new(candidates, rules, pricer);
        let mut keys = vec![0; priced.keys];
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

/// Orders with the rules under which they are priced, each once.
struct Priced<'c> {
    candidates: &'c Candidates,
    /// For each past the rules without those that make no difference, and by key those of the key, as an index.
    columns: Vec<Column>,
    /// The key of each combination, as an index.
    key_of: Vec<usize>,
    keys: usize,
}

#[derive(Default)]
struct Column {
    rules: Vec<PricingRules>,
    by_key: Vec<usize>,
}

impl<'c> Priced<'c> {
    fn new(candidates: &'c Candidates, rules: &[PricingRules], pricer: &Pricer<'_>) -> Priced<'c> {
        let most = candidates.counts.iter().fold(Counts::ZERO, |most, counts| Counts {
            basic: most.basic.max(counts.basic),
            interop: most.interop.max(counts.interop),
        });
        let pasts = with_counts(&candidates.pasts, most);
        let relevance: Vec<Relevance> = pasts.orders.iter().map(|order| pricer.relevance(order)).collect();
        let mut columns: Vec<Column> = pasts.orders.iter().map(|_| Column::default()).collect();
        let mut indices: Vec<HashMap<PricingRules, usize>> = vec![HashMap::new(); columns.len()];
        let mut known: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut key_of = Vec::with_capacity(rules.len());
        for rules in rules {
            let mut key = Vec::with_capacity(columns.len());
            for ((column, indices), relevance) in columns.iter_mut().zip(&mut indices).zip(&relevance) {
                let relevant = relevance.apply(*rules);
                key.push(*indices.entry(relevant).or_insert_with(|| {
                    column.rules.push(relevant);
                    column.rules.len() - 1
                }));
            }
            let next = known.len();
            key_of.push(*known.entry(key).or_insert_with_key(|key| {
                columns.iter_mut().zip(key).for_each(|(column, index)| column.by_key.push(*index));
                next
            }));
        }
        Priced { candidates, columns, key_of, keys: known.len() }
    }

    /// Returns how the bill of one of the orders would split the keys; `None` if a price is not known, or all are the
    /// same.
    fn split(&self, counts: Counts, pricer: &mut Pricer<'_>) -> Option<Split> {
        let pasts = with_counts(&self.candidates.pasts, counts);
        if self.keys < 2 || !pasts.is_bounded(pricer.card()) {
            return None;
        }
        let columns = self.columns.iter().zip(&pasts.orders);
        let prices: Vec<Vec<Option<Money>>> =
            columns.map(|(column, order)| pricer.payables(&column.rules, pasts.date, order)).collect();
        let of_key = |key: usize| {
            let columns = prices.iter().zip(&self.columns);
            PossiblePrices::of(columns.map(|(prices, column)| prices[column.by_key[key]])).ends()
        };
        let prices: Vec<(Money, Money)> = (0..self.keys).map(of_key).collect::<Option<_>>()?;
        let classes = disjoint(&prices);
        let class = |of: &(Money, Money)| classes.partition_point(|(_, most)| *most < of.0);
        let class_of: Vec<usize> = prices.iter().map(class).collect();
        let classes = classes.len();
        (classes > 1).then_some(Split { prices, class_of, classes })
    }

    fn order(&self, counts: Counts, split: &Split) -> TellingOrder {
        TellingOrder {
            school: self.candidates.school.clone(),
            kind: self.candidates.kind,
            is_planned: self.candidates.is_planned,
            counts,
            term: self.candidates.term,
            date: self.candidates.pasts.date,
            outcomes: self.outcomes(split),
            classes: split.classes,
            separable: split.classes,
        }
    }

    /// Returns the prices that mean different things, the lowest first.
    fn outcomes(&self, split: &Split) -> Vec<Outcome> {
        let one = Money::from_fen(1);
        // What a price means changes where one key's prices begin, and after they end.
        let changes = split.prices.iter().flat_map(|(least, most)| [Some(*least), most.checked_add(one)]);
        let changes: Vec<Money> = changes.flatten().collect::<BTreeSet<_>>().into_iter().collect();
        let outcome = |ends: &[Money]| {
            let is_possible = |(least, most): (Money, Money)| least <= ends[0] && ends[0] <= most;
            let of = self.key_of.iter().enumerate().filter(|(_, key)| is_possible(split.prices[**key]));
            let combinations: Vec<usize> = of.map(|(index, _)| index).collect();
            let most = ends[1].checked_sub(one)?;
            (!combinations.is_empty()).then_some(Outcome { payable: ends[0], most, combinations })
        };
        changes.windows(2).filter_map(outcome).collect()
    }
}

fn with_counts(pasts: &PossiblePasts, counts: Counts) -> PossiblePasts {
    let mut pasts = pasts.clone();
    for order in &mut pasts.orders {
        order.members.iter_mut().take(1).for_each(|member| member.counts = counts);
    }
    pasts
}

/// How the bill of an order would split rules.
struct Split {
    /// The lowest and the highest price under each key.
    prices: Vec<(Money, Money)>,
    /// The class of each key.
    class_of: Vec<usize>,
    classes: usize,
}

impl Split {
    /// Returns the highest price.
    fn most(&self) -> Money {
        self.prices.iter().map(|(_, most)| *most).max().unwrap_or_default()
    }
}

/// Joins ranges of prices that have one in common, and returns them in their order.
fn disjoint(ranges: &[(Money, Money)]) -> Vec<(Money, Money)> {
    let mut joined: Vec<(Money, Money)> = Vec::new();
    for &(least, most) in ranges.iter().collect::<BTreeSet<_>>() {
        match joined.last_mut() {
            Some(last) if least <= last.1 => last.1 = last.1.max(most),
            _ => joined.push((least, most)),
        }
    }
    joined
}
