//! Whole numbers of which sums are known: each sum of multiples lies between two bounds, or is a total that is
//! rounded in parts. [`System::range`] says from where to where a number goes in all solutions.

use std::collections::HashMap;
use std::rc::Rc;

/// A sum of multiples of the unknown numbers, and the bounds between which it lies, both inclusive.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Row {
    /// The factor of each number.
    pub(super) factors: Vec<i128>,
    pub(super) least: i128,
    pub(super) most: i128,
}

/// A total of which a lower and an upper bound grow with every number, and which must be able to be a target.
pub(super) trait Total {
    /// Returns true for a number that it depends on.
    fn has(&self, variable: usize) -> bool;

    /// Returns the bounds less the target for these numbers.
    fn excess(&self, at: &dyn Fn(usize) -> i128) -> (i128, i128);
}

/// Some totals.
type Totals = Vec<Rc<dyn Total>>;

/// The lowest and the highest value of a number.
type Bounds = (i128, i128);

/// Rows and totals that hold together.
pub(super) struct System {
    rows: Vec<Row>,
    totals: Totals,
    /// Totals that rule solutions of the others out, and narrow what these leave: ranges are only split where one of the
    /// others is open.
    checks: Totals,
    bounds: Vec<Bounds>,
}

/// The largest factor of a row: larger ones could overflow, and rows with them are left out.
const MOST_FACTOR: i128 = 10_i128.pow(21);
/// The largest bound of such a row.
const MOST_END: i128 = 10_i128.pow(32);
/// The most rows that elimination adds up to.
const MOST_ROWS: usize = 64;
/// The most times that bounds are narrowed in turn before a range is split.
const MOST_ROUNDS: usize = 24;
/// The most ranges that are looked at for one end of a number. If there are more, the end is one that no solution goes
/// beyond, and perhaps none reaches.
const MOST_RANGES: usize = 600;

impl Row {
    /// Returns the row divided by the greatest common divisor of its factors; `None` if nothing solves it.
    fn reduced(mut self) -> Option<Row> {
        let divisor = self.factors.iter().fold(0, |divisor, factor| gcd(divisor, *factor));
        if divisor == 0 {
            return (self.least <= 0 && 0 <= self.most).then_some(self);
        }
        if self.factors.iter().find(|factor| **factor != 0).is_some_and(|first| *first < 0) {
            self.factors.iter_mut().for_each(|factor| *factor = -*factor);
            (self.least, self.most) = (-self.most, -self.least);
        }
        self.factors.iter_mut().for_each(|factor| *factor /= divisor);
        (self.least, self.most) = (div_up(self.least, divisor), self.most.div_euclid(divisor));
        (self.least <= self.most).then_some(self)
    }

    /// Returns what two rows say of the others, where both have a number; `None` if the factors grow too large.
    fn without(&self, other: &Row, variable: usize) -> Option<Row> {
        let (one, two) = (self.factors[variable], other.factors[variable]);
        let divisor = gcd(one, two);
        // The number itself has equal factors then. A negative multiple turns the bounds around.
        let (times, less) = (two / divisor, one / divisor);
        let scaled = |row: &Row, by: i128| {
            let ends = (row.least.checked_mul(by)?, row.most.checked_mul(by)?);
            Some(if by < 0 { (ends.1, ends.0) } else { ends })
        };
        let ((least, most), (other_least, other_most)) = (scaled(self, times)?, scaled(other, less)?);
        let factor = |(one, two): (&i128, &i128)| one.checked_mul(times)?.checked_sub(two.checked_mul(less)?);
        let factors: Vec<i128> =
            self.factors.iter().zip(&other.factors).map(factor).collect::<Option<_>>()?;
        let row =
            Row { factors, least: least.checked_sub(other_most)?, most: most.checked_sub(other_least)? };
        row.is_small().then_some(row)
    }

    fn is_small(&self) -> bool {
        let ends = [self.least, self.most];
        self.factors.iter().all(|factor| factor.abs() <= MOST_FACTOR)
            && ends.iter().all(|end| end.abs() <= MOST_END)
    }

    fn len(&self) -> usize {
        self.factors.iter().filter(|factor| **factor != 0).count()
    }

    /// Returns the lowest and the highest sum within bounds.
    fn ends(&self, bounds: &[Bounds]) -> Bounds {
        self.factors.iter().zip(bounds).fold((0, 0), |(least, most), (factor, (low, high))| {
            let (one, other) = (factor * low, factor * high);
            (least + one.min(other), most + one.max(other))
        })
    }

    fn is_solved(&self, bounds: &[Bounds]) -> bool {
        let (least, most) = self.ends(bounds);
        self.least <= least && most <= self.most
    }

    /// Narrows bounds to numbers that may solve the row; false if none do.
    fn narrow(&self, bounds: &mut [Bounds]) -> bool {
        let (least, most) = self.ends(bounds);
        if most < self.least || self.most < least {
            return false;
        }
        for (factor, (low, high)) in self.factors.iter().copied().zip(bounds.iter_mut()) {
            if factor == 0 || low == high {
                continue;
            }
            let (one, other) = (factor * *low, factor * *high);
            // Between these lies the multiple of the number, whatever the others are.
            let (from, to) = (self.least - (most - one.max(other)), self.most - (least - one.min(other)));
            let (from, to) = if factor > 0 { (from, to) } else { (-to, -from) };
            let size = factor.abs();
            let narrowed = ((*low).max(div_up(from, size)), (*high).min(to.div_euclid(size)));
            if narrowed.0 > narrowed.1 {
                return false;
            }
            // The ends of the others' sums stay those before, which are wider: nothing is lost.
            (*low, *high) = narrowed;
        }
        self.has_multiple(bounds)
    }

    /// Returns true if a sum within the row's bounds is a multiple of what all open numbers are multiplied by.
    fn has_multiple(&self, bounds: &[Bounds]) -> bool {
        let (mut fixed, mut divisor) = (0, 0);
        for (factor, (low, high)) in self.factors.iter().zip(bounds) {
            if low == high {
                fixed += factor * low;
            } else {
                divisor = gcd(divisor, *factor);
            }
        }
        let (least, most) = (self.least - fixed, self.most - fixed);
        match divisor {
            0 => least <= 0 && 0 <= most,
            _ => div_up(least, divisor) <= most.div_euclid(divisor),
        }
    }
}

impl System {
    /// Returns rows, totals and checks for so many numbers from 0 to `most`, inclusive, of which some are `fixed`; `None`
    /// if rows contradict each other.
    pub(super) fn new(
        (numbers, most): (usize, i128),
        rows: Vec<Row>,
        (totals, checks): (Totals, Totals),
        fixed: &[(usize, i128)],
    ) -> Option<System> {
        let mut known = Rows::default();
        for row in rows {
            known.add(row)?;
        }
        known.eliminate()?;
        let mut bounds = vec![(0, most); numbers];
        fixed.iter().for_each(|(variable, value)| bounds[*variable] = (*value, *value));
        Some(System { rows: known.rows, totals, checks, bounds })
    }

    /// Returns the lowest and the highest value of a number in all solutions; `None` if there is none.
    pub(super) fn range(&self, variable: usize) -> Option<(i128, i128)> {
        Some((self.end(variable, false)?, self.end(variable, true)?))
    }

    /// Returns true if there is a solution.
    pub(super) fn is_possible(&self) -> bool {
        self.bounds.is_empty() || self.end(0, false).is_some()
    }

    /// Looks through ranges in the order of one number, so that the first solution has its lowest or highest value.
    fn end(&self, variable: usize, highest: bool) -> Option<i128> {
        let mut open = vec![self.bounds.clone()];
        let mut seen = 0;
        while let Some(mut bounds) = open.pop() {
            if !self.narrow(&mut bounds) {
                continue;
            }
            seen += 1;
            let split = self.split(&bounds, variable).filter(|_| seen < MOST_RANGES);
            let Some(split) = split else {
                if !self.checks.iter().all(|total| narrow_by(&**total, &mut bounds)) {
                    continue;
                }
                let (low, high) = bounds[variable];
                return Some(if highest { high } else { low });
            };
            let (low, high) = bounds[split];
            let middle = low + (high - low) / 2;
            let (mut lower, mut upper) = (bounds.clone(), bounds);
            (lower[split], upper[split]) = ((low, middle), (middle + 1, high));
            open.extend(if highest { [lower, upper] } else { [upper, lower] });
        }
        None
    }

    fn narrow(&self, bounds: &mut [Bounds]) -> bool {
        for _ in 0..MOST_ROUNDS {
            let before = bounds.to_vec();
            let holds = self.rows.iter().all(|row| row.narrow(bounds))
                && self.totals.iter().all(|total| may_hold(&**total, bounds));
            if !holds || before == bounds {
                return holds;
            }
        }
        true
    }

    /// Returns the number whose range is to be split: `first` if anything open depends on it, else the one with the fewest
    /// values; `None` if all numbers within the bounds are solutions.
    fn split(&self, bounds: &[Bounds], first: usize) -> Option<usize> {
        let mut is_open = vec![false; bounds.len()];
        for row in self.rows.iter().filter(|row| !row.is_solved(bounds)) {
            is_open.iter_mut().zip(&row.factors).for_each(|(is_open, factor)| *is_open |= *factor != 0);
        }
        for total in self.totals.iter().filter(|total| !is_solved(&***total, bounds)) {
            is_open.iter_mut().enumerate().for_each(|(variable, is_open)| *is_open |= total.has(variable));
        }
        let is_open = |variable: &usize| is_open[*variable] && bounds[*variable].0 < bounds[*variable].1;
        let size = |variable: &usize| bounds[*variable].1 - bounds[*variable].0;
        Some(first).filter(is_open).or_else(|| (0..bounds.len()).filter(is_open).min_by_key(size))
    }
}

/// Rows by their factors, each once.
#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    indices: HashMap<Vec<i128>, usize>,
}

impl Rows {
    /// Adds a row, or narrows the one that has the same factors; `None` if nothing solves it, else true if anything is
    /// new.
    fn add(&mut self, row: Row) -> Option<bool> {
        let row = row.reduced()?;
        if row.len() == 0 {
            return Some(false);
        }
        let Some(index) = self.indices.get(&row.factors) else {
            self.indices.insert(row.factors.clone(), self.rows.len());
            self.rows.push(row);
            return Some(true);
        };
        let known = &mut self.rows[*index];
        let before = (known.least, known.most);
        (known.least, known.most) = (known.least.max(row.least), known.most.min(row.most));
        (known.least <= known.most).then_some(before != (known.least, known.most))
    }

    /// Adds what pairs of rows say of fewer numbers; `None` if two contradict each other.
    fn eliminate(&mut self) -> Option<()> {
        let mut index = 0;
        while index < self.rows.len() && self.rows.len() < MOST_ROWS {
            for other in 0..index {
                let (one, other) = (self.rows[index].clone(), self.rows[other].clone());
                let most = one.len().max(other.len());
                let shared =
                    (0..one.factors.len()).filter(|at| one.factors[*at] != 0 && other.factors[*at] != 0);
                let fewer = shared.filter_map(|variable| one.without(&other, variable));
                for row in fewer.filter(|row| row.len() < most).collect::<Vec<_>>() {
                    self.add(row)?;
                }
            }
            index += 1;
        }
        Some(())
    }
}

fn is_solved(total: &dyn Total, bounds: &[Bounds]) -> bool {
    total.excess(&|at| bounds[at].0).1 >= 0 && total.excess(&|at| bounds[at].1).0 <= 0
}

/// Returns true if numbers within the bounds may give a total its target.
fn may_hold(total: &dyn Total, bounds: &[Bounds]) -> bool {
    total.excess(&|at| bounds[at].0).0 <= 0 && total.excess(&|at| bounds[at].1).1 >= 0
}

/// Narrows bounds to numbers that may give a total its target; false if none do.
fn narrow_by(total: &dyn Total, bounds: &mut [Bounds]) -> bool {
    if !may_hold(total, bounds) {
        return false;
    }
    for variable in 0..bounds.len() {
        let (low, high) = bounds[variable];
        if low == high || !total.has(variable) {
            continue;
        }
        let with = |value: i128, others: fn(Bounds) -> i128| {
            total.excess(&|at| if at == variable { value } else { others(bounds[at]) })
        };
        let lowest = first(low, high, |value| with(value, |(_, high)| high).1 >= 0);
        let above = first(low, high + 1, |value| with(value, |(low, _)| low).0 > 0);
        if lowest >= above {
            return false;
        }
        bounds[variable] = (lowest, above - 1);
    }
    true
}

/// Returns the first number from `low` on that is enough, where every higher one is too; `high` if none before it is.
fn first(mut low: i128, mut high: i128, is_enough: impl Fn(i128) -> bool) -> i128 {
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

fn gcd(one: i128, other: i128) -> i128 {
    let (mut one, mut other) = (one.abs(), other.abs());
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

/// Divides by a positive number, rounded up.
fn div_up(dividend: i128, divisor: i128) -> i128 {
    -(-dividend).div_euclid(divisor)
}

#[cfg(test)]
mod tests;
