//! Solves the bills for the unit prices that nobody has confirmed, under each combination of rules. Read
//! [`Solver::solution`] first.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::constraints::{Constraint, Constraints, Said, UnknownPrices};
use super::prices::Prices;
use super::system::System;
use super::under::Pricer;
use crate::rates::{PricingRules, Rule};
use crate::wecom::bills::Bill;

/// A combination of rules, and which of the bills it explains at the unit prices of the card.
pub(super) struct Tried {
    pub(super) rules: Vec<Rule>,
    pub(super) pricing: PricingRules,
    pub(super) explains: Vec<bool>,
}

impl Tried {
    /// Returns true if it explains all bills at the unit prices of the card.
    pub(super) fn explains_all(&self) -> bool {
        self.explains.iter().all(|explains| *explains)
    }
}

/// From where to where each unknown price goes with which rules explain the bills, in its units, both inclusive; `None` for
/// one that no bill touches, or that may be any.
pub(super) type Solution = Vec<Option<(i128, i128)>>;

/// The constraints of bills, by their indices, each once.
type SystemKey = Vec<usize>;

/// The bills, to be solved under any rules.
pub(super) struct Solver<'p, 'c, 's> {
    constraints: Constraints<'p>,
    bills: usize,
    pricer: &'s mut Pricer<'c>,
    solutions: HashMap<SystemKey, Option<Rc<Solution>>>,
    possible: HashMap<SystemKey, bool>,
}

impl<'p, 'c, 's> Solver<'p, 'c, 's> {
    pub(super) fn new(
        bills: &[&Bill],
        prices: &'p Prices,
        unknown: UnknownPrices,
        pricer: &'s mut Pricer<'c>,
    ) -> Solver<'p, 'c, 's> {
        Solver {
            constraints: Constraints::new(bills, prices, unknown, pricer),
            bills: bills.len(),
            pricer,
            solutions: HashMap::new(),
            possible: HashMap::new(),
        }
    }

    pub(super) fn unknown(&self) -> &UnknownPrices {
        &self.constraints.unknown
    }

    /// Returns the unit prices with which rules explain all bills; `None` if there are none.
    pub(super) fn solution(&mut self, tried: &Tried) -> Option<Rc<Solution>> {
        let key = self.key(tried, 0..self.bills)?;
        if let Some(known) = self.solutions.get(&key) {
            return known.clone();
        }
        let solution = self.system(&key, &[]).and_then(|system| self.ranges(&key, &system)).map(Rc::new);
        self.solutions.insert(key, solution.clone());
        solution
    }

    /// Returns the prices of one tier with which rules explain all bills if all other prices are what `at` gives; `None`
    /// if there are none, or no bill touches it.
    pub(super) fn alone(
        &mut self,
        tried: &Tried,
        variable: usize,
        at: impl Fn(usize) -> i128,
    ) -> Option<(i128, i128)> {
        let key = self.key(tried, 0..self.bills)?;
        let others = (0..self.unknown().tiers.len()).filter(|other| *other != variable);
        let fixed: Vec<(usize, i128)> = others.map(|other| (other, at(other))).collect();
        self.touches(&key, variable).then(|| self.system(&key, &fixed)?.range(variable))?
    }

    /// Returns true if rules explain some bills together at some unit prices.
    pub(super) fn explains(&mut self, tried: &Tried, bills: impl Iterator<Item = usize>) -> bool {
        let Some(key) = self.key(tried, bills) else { return false };
        if let Some(known) = self.possible.get(&key) {
            return *known;
        }
        let is_possible = self.system(&key, &[]).is_some_and(|system| system.is_possible());
        self.possible.insert(key, is_possible);
        is_possible
    }

    /// Returns bills that together leave a price what all of them leave it under rules.
    pub(super) fn bills_behind(&mut self, tried: &Tried, variable: usize) -> BTreeSet<usize> {
        let whole = self.range(tried, 0..self.bills, variable);
        let mut behind = BTreeSet::new();
        while self.range(tried, behind.iter().copied(), variable) != whole {
            let next = first(self.bills, |count| {
                let bills = behind.iter().copied().chain(0..count);
                self.range(tried, bills, variable) == whole
            });
            if !behind.insert(next) {
                break;
            }
        }
        behind
    }

    /// Adds bills to those that rules do not explain together, until they do not.
    pub(super) fn contradict(&mut self, tried: &Tried, bills: &mut BTreeSet<usize>) {
        while self.explains(tried, bills.iter().copied()) {
            let next =
                first(self.bills, |count| !self.explains(tried, bills.iter().copied().chain(0..count)));
            if !bills.insert(next) {
                break;
            }
        }
    }

    fn range(
        &mut self,
        tried: &Tried,
        bills: impl Iterator<Item = usize>,
        variable: usize,
    ) -> Option<(i128, i128)> {
        let key = self.key(tried, bills)?;
        self.touches(&key, variable).then(|| self.system(&key, &[])?.range(variable))?
    }

    /// Returns the constraints of bills under rules; `None` if one of them is explained at no unit price.
    fn key(&mut self, tried: &Tried, bills: impl Iterator<Item = usize>) -> Option<SystemKey> {
        let mut key = Vec::new();
        for bill in bills {
            match self.constraints.of(bill, tried.pricing, tried.explains[bill], self.pricer) {
                Said::Impossible => return None,
                Said::Nothing => {}
                Said::Constraint(index) => key.push(index),
            }
        }
        key.sort_unstable();
        key.dedup();
        Some(key)
    }

    fn system(&self, key: &[usize], fixed: &[(usize, i128)]) -> Option<System> {
        let unknown = self.unknown();
        let mut rows = Vec::new();
        let (mut totals, mut checks) = (Vec::new(), Vec::new());
        for index in key {
            match self.constraints.get(*index).clone() {
                Constraint::Row(row) => rows.push(row),
                Constraint::Total(row, total) => {
                    rows.extend(row);
                    totals.push(total);
                }
                Constraint::Check(falling, total) => {
                    rows.extend(falling);
                    checks.push(total);
                }
            }
        }
        System::new((unknown.tiers.len(), unknown.most()), rows, (totals, checks), fixed)
    }

    fn ranges(&self, key: &[usize], system: &System) -> Option<Solution> {
        if !system.is_possible() {
            return None;
        }
        let all = (0, self.unknown().most());
        let of = |variable: usize| match self.touches(key, variable) {
            true => Some(Some(system.range(variable)?).filter(|range| *range != all)),
            false => Some(None),
        };
        (0..self.unknown().tiers.len()).map(of).collect()
    }

    fn touches(&self, key: &[usize], variable: usize) -> bool {
        key.iter().any(|index| match self.constraints.get(*index) {
            Constraint::Row(row) => row.factors[variable] != 0,
            Constraint::Total(_, total) | Constraint::Check(_, total) => total.has(variable),
        })
    }
}

/// Returns the index of the last of the first bills that are enough, where all are.
fn first(bills: usize, mut is_enough: impl FnMut(usize) -> bool) -> usize {
    let counts: Vec<usize> = (1..bills).collect();
    counts.partition_point(|count| !is_enough(*count))
}
