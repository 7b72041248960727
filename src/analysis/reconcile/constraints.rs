//! What a bill says about unit prices that nobody has confirmed, under rules of pricing: its price is a sum of multiples of
//! them, rounded. [`Constraints::of`] comes first.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use jiff::civil::Date;

use super::possible::PossiblePasts;
use super::price_range::PriceRange;
use super::prices::Prices;
use super::system::{Row, Total};
use super::under::{Pricer, Relevance};
use crate::account::{AccountType, PerType};
use crate::money::{FINE_PER_FEN, Money, UnitPrice};
use crate::pricing::{Line, Order, RoundedLines};
use crate::rates::{PricingRules, RateCard};
use crate::wecom::bills::Bill;

/// A tier of a type, by its index.
pub(super) type TierOfType = (AccountType, usize);

/// The unit prices to be solved, and the unit in which they are counted.
#[derive(Debug)]
pub(super) struct UnknownPrices {
    pub(super) tiers: Vec<TierOfType>,
    /// Ten-thousandths of a yuan: a fen, unless the card has prices with more decimals.
    pub(super) unit: u64,
    /// The prices of all tiers of the card.
    of_card: Vec<PerType<UnitPrice>>,
}

impl UnknownPrices {
    pub(super) fn new(card: &RateCard, tiers: Vec<TierOfType>) -> UnknownPrices {
        let price = |(kind, index): &TierOfType| card.tiers[*index].price.get(*kind).price;
        let is_whole = |tier: &TierOfType| price(tier).ten_thousandths().is_multiple_of(FINE_PER_FEN);
        let unit = if tiers.iter().all(is_whole) { FINE_PER_FEN } else { 1 };
        let of_card =
            card.tiers.iter().map(|tier| PerType::from_fn(|kind| tier.price.get(kind).price)).collect();
        UnknownPrices { tiers, unit, of_card }
    }

    /// Returns the price that a number of units is; the highest there is if it is higher.
    pub(super) fn price(&self, units: i128) -> UnitPrice {
        let price = u64::try_from(units).ok().and_then(|units| units.checked_mul(self.unit));
        price.and_then(UnitPrice::from_ten_thousandths).unwrap_or(UnitPrice::MAX)
    }

    /// Returns the prices between two numbers of units.
    pub(super) fn range(&self, (lowest, highest): (i128, i128)) -> PriceRange {
        PriceRange { lowest: self.price(lowest), highest: self.price(highest) }
    }

    /// Returns the number of units that a price is.
    pub(super) fn units(&self, price: UnitPrice) -> i128 {
        i128::from(price.ten_thousandths() / self.unit)
    }

    /// Returns the highest number of units that a price can be.
    pub(super) fn most(&self) -> i128 {
        self.units(UnitPrice::MAX)
    }

    /// Returns the index of a line's price; `None` if it is known.
    fn index(&self, line: &Line) -> Option<usize> {
        self.index_of((line.account_type, line.tier?))
    }

    fn index_of(&self, tier: TierOfType) -> Option<usize> {
        self.tiers.iter().position(|other| *other == tier)
    }

    /// Returns that the price of a tier is at most that of the tier before; `None` if both are known.
    fn falling(&self, (kind, tier): TierOfType) -> Option<Row> {
        let before = tier.checked_sub(1)?;
        let mut row = Row { factors: vec![0; self.tiers.len()], least: 0, most: self.most() };
        for (tier, factor) in [(before, 1), (tier, -1)] {
            match self.index_of((kind, tier)) {
                Some(index) => row.factors[index] = factor,
                None => {
                    let known = factor * self.units(*self.of_card[tier].get(kind));
                    (row.least, row.most) = (row.least - known, row.most - known);
                }
            }
        }
        row.factors.iter().any(|factor| *factor != 0).then_some(row)
    }

    fn is_known(&self, lines: &RoundedLines) -> bool {
        lines.lines().iter().all(|line| self.index(line).is_none())
    }
}

/// What a bill says about unit prices.
#[derive(Clone)]
pub(super) enum Constraint {
    /// A sum of multiples of them lies between two bounds.
    Row(Row),
    /// Their multiples are rounded apart, and then add up to the bill; without rounding they lie within a row.
    Total(Option<Row>, Rc<dyn Total>),
    /// The bill is within the prices of the order in several pasts, where the prices of its tiers fall.
    Check(Vec<Row>, Rc<dyn Total>),
}

/// The constraints of all bills, each once.
pub(super) struct Constraints<'p> {
    bills: Vec<BilledOrder<'p>>,
    pub(super) unknown: Rc<UnknownPrices>,
    all: Vec<Constraint>,
    rows: HashMap<Row, usize>,
}

struct BilledOrder<'p> {
    billed: Money,
    parts: Vec<&'p PossiblePasts>,
    /// By part and past, which rules make a difference.
    relevances: Vec<Vec<Relevance>>,
    /// True if the tiers fall, so that the price of the parts is within those of their pasts.
    is_bounded: bool,
    /// By the rules of each past that make a difference.
    known: HashMap<Vec<PricingRules>, Said>,
}

/// What a bill says under rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// No unit price explains it.
    Impossible,
    /// Every unit price explains it.
    Nothing,
    /// Those explain it that hold to the constraint of this index.
    Constraint(usize),
}

impl<'p> Constraints<'p> {
    pub(super) fn new(
        bills: &[&Bill],
        prices: &'p Prices,
        unknown: UnknownPrices,
        pricer: &Pricer<'_>,
    ) -> Constraints<'p> {
        let of_bill = |bill: &&Bill| {
            let parts = prices.possible(bill).unwrap_or_default();
            let relevances =
                parts.iter().map(|pasts| pasts.orders.iter().map(|order| pricer.relevance(order)));
            BilledOrder {
                billed: bill.order.price,
                relevances: relevances.map(Iterator::collect).collect(),
                is_bounded: parts.iter().all(|pasts| pasts.is_bounded(pricer.card())),
                parts,
                known: HashMap::new(),
            }
        };
        Constraints {
            bills: bills.iter().map(of_bill).collect(),
            unknown: Rc::new(unknown),
            all: Vec::new(),
            rows: HashMap::new(),
        }
    }

    /// Returns the constraint of an index.
    pub(super) fn get(&self, index: usize) -> &Constraint {
        &self.all[index]
    }

    /// Returns what a bill says under rules; `is_explained` if it may have its price at the unit prices of the card.
    pub(super) fn of(
        &mut self,
        bill: usize,
        rules: PricingRules,
        is_explained: bool,
        pricer: &mut Pricer<'_>,
    ) -> Said {
        let order = &self.bills[bill];
        let key: Vec<PricingRules> =
            order.relevances.iter().flatten().map(|relevance| relevance.apply(rules)).collect();
        if let Some(said) = order.known.get(&key) {
            return *said;
        }
        let mut of_past = key.iter();
        let parts: Option<Vec<PartLines>> = order
            .parts
            .iter()
            .map(|pasts| {
                let of_orders = pasts.orders.iter().zip(&mut of_past);
                of_orders.map(|(order, rules)| rounded_lines(pasts.date, order, *rules, pricer)).collect()
            })
            .map(|lines: Option<PartLines>| lines.map(each_once))
            .collect();
        let said = match parts {
            // An order without a price rules nothing out.
            None => Said::Nothing,
            Some(parts) if parts.iter().all(|pasts| pasts.len() == 1) => {
                self.said(order.billed, parts.into_iter().flatten().flatten().collect())
            }
            Some(parts) => self.said_by_several(bill, is_explained, parts),
        };
        self.bills[bill].known.insert(key, said);
        said
    }

    /// Returns what an order says before which different accounts may come: its price is one from the lowest to the
    /// highest of its pasts, where the tiers fall. If those of the card do not, it says nothing.
    fn said_by_several(&mut self, bill: usize, is_explained: bool, parts: Vec<PartLines>) -> Said {
        let is_known = |lines: &RoundedLines| self.unknown.is_known(lines);
        let order = &self.bills[bill];
        if !order.is_bounded || parts.iter().flatten().flatten().all(is_known) {
            return if is_explained { Said::Nothing } else { Said::Impossible };
        }
        let lines = parts.iter().flatten().flatten().flat_map(RoundedLines::lines);
        let tiers: BTreeSet<TierOfType> =
            lines.filter_map(|line| Some((line.account_type, line.tier?))).collect();
        let next = tiers.iter().filter(|(kind, tier)| *tier > 0 && tiers.contains(&(*kind, tier - 1)));
        let falling = next.filter_map(|tier| self.unknown.falling(*tier)).collect();
        let total = self.total(order.billed, parts);
        self.add(Constraint::Check(falling, total))
    }

    /// Returns what it says that lines of an order add up to a price.
    fn said(&mut self, billed: Money, parts: Vec<RoundedLines>) -> Said {
        let (known, open): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|lines| self.unknown.is_known(lines));
        let known = total(&known, |line| line.unit_price);
        let Some(left) = known.and_then(|known| billed.checked_sub(known)) else { return Said::Impossible };
        match open.as_slice() {
            [] if left == Money::ZERO => return Said::Nothing,
            [] => return Said::Impossible,
            [lines] => {
                let Some(row) = self.row(lines, left) else { return Said::Impossible };
                return self.intern(row);
            }
            _ => {}
        }
        match self.exact_row(&open, left) {
            Some(row) => self.intern(row),
            None => {
                let row = self.wide_row(&open, left);
                let total = self.total(left, vec![vec![open]]);
                self.add(Constraint::Total(row, total))
            }
        }
    }

    fn total(&self, billed: Money, parts: Vec<PartLines>) -> Rc<dyn Total> {
        Rc::new(BilledTotal { billed, parts, unknown: Rc::clone(&self.unknown) })
    }

    fn add(&mut self, constraint: Constraint) -> Said {
        self.all.push(constraint);
        Said::Constraint(self.all.len() - 1)
    }

    /// Returns the bounds of the annual amount of lines that are rounded together; `None` if none costs this.
    fn row(&self, lines: &RoundedLines, price: Money) -> Option<Row> {
        let (least, most) = lines.annual_amounts(price)?;
        let (factors, known) = self.amounts(lines);
        Some(Row { factors, least: i128::from(least) - known, most: i128::from(most) - known })
    }

    /// Returns the equation of lines that are rounded apart, where nothing is to be rounded.
    fn exact_row(&self, parts: &[RoundedLines], price: Money) -> Option<Row> {
        let fen = i128::from(FINE_PER_FEN);
        let mut row = Row { factors: vec![0; self.unknown.tiers.len()], least: 0, most: 0 };
        let mut known = 0;
        for lines in parts {
            let years = i128::from(lines.whole_years()?);
            let (factors, amount) = self.amounts(lines);
            let is_whole = |amount: i128| amount * years % fen == 0;
            if !is_whole(amount) || !factors.iter().all(|factor| is_whole(*factor)) {
                return None;
            }
            known += amount * years;
            row.factors.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += factor * years);
        }
        row.least = i128::from(price.fen()) * fen - known;
        row.most = row.least;
        Some(row)
    }

    /// Returns bounds of the annual amount of lines that are rounded apart, of which each loses or gains less than a fen;
    /// `None` if they have different terms.
    fn wide_row(&self, parts: &[RoundedLines], price: Money) -> Option<Row> {
        let first = parts.first()?;
        if !parts.iter().all(|lines| lines.has_term_of(first)) {
            return None;
        }
        let rounded = Money::from_fen(i64::try_from(parts.len()).ok()?);
        let least = price.checked_sub(rounded)?.max(Money::ZERO);
        let (least, _) = first.annual_amounts(least)?;
        let (_, most) = first.annual_amounts(price.checked_add(rounded)?)?;
        let mut row =
            Row { factors: vec![0; self.unknown.tiers.len()], least: least.into(), most: most.into() };
        for lines in parts {
            let (factors, known) = self.amounts(lines);
            row.factors.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += factor);
            (row.least, row.most) = (row.least - known, row.most - known);
        }
        Some(row)
    }

    /// Returns the factors of the unknown prices in the annual amount of lines, and the rest of it, in ten-thousandths of a
    /// yuan.
    fn amounts(&self, lines: &RoundedLines) -> (Vec<i128>, i128) {
        let mut factors = vec![0; self.unknown.tiers.len()];
        let mut known = 0;
        for line in lines.lines() {
            match self.unknown.index(line) {
                Some(index) => factors[index] += i128::from(line.count()) * i128::from(self.unknown.unit),
                None => known += line.annual.map_or(0, |annual| i128::from(annual.ten_thousandths())),
            }
        }
        (factors, known)
    }

    fn intern(&mut self, row: Row) -> Said {
        let next = self.all.len();
        let index = *self.rows.entry(row.clone()).or_insert(next);
        if index == next { self.add(Constraint::Row(row)) } else { Said::Constraint(index) }
    }
}

/// The lines of a part of an order, by past, and by what is rounded together.
type PartLines = Vec<Vec<RoundedLines>>;

fn each_once(pasts: PartLines) -> PartLines {
    let mut found = PartLines::new();
    for past in pasts {
        if !found.contains(&past) {
            found.push(past);
        }
    }
    found
}

/// Returns the lines of an order by what is rounded together; `None` if it has no price.
fn rounded_lines(
    date: Date,
    order: &Order,
    rules: PricingRules,
    pricer: &mut Pricer<'_>,
) -> Option<Vec<RoundedLines>> {
    let itemised = pricer.quoter(rules).itemise(Some(date), order).ok()?;
    itemised.rounded_lines(rules.by_days_divisor, rules.rounding)
}

/// Parts of an order, and what they cost together.
struct BilledTotal {
    billed: Money,
    parts: Vec<PartLines>,
    unknown: Rc<UnknownPrices>,
}

impl Total for BilledTotal {
    fn has(&self, variable: usize) -> bool {
        let lines = self.parts.iter().flatten().flatten().flat_map(RoundedLines::lines);
        lines.filter_map(|line| self.unknown.index(line)).any(|index| index == variable)
    }

    /// A total that overflows is above every bill.
    fn excess(&self, at: &dyn Fn(usize) -> i128) -> (i128, i128) {
        let unit_price = |line: &Line| match self.unknown.index(line) {
            Some(index) => Some(self.unknown.price(at(index))),
            None => line.unit_price,
        };
        let fen = |past: &Vec<RoundedLines>| {
            total(past, unit_price).map_or(i128::from(i64::MAX), |total| i128::from(total.fen()))
        };
        let billed = -i128::from(self.billed.fen());
        self.parts.iter().fold((billed, billed), |(least, most), pasts| {
            let prices = || pasts.iter().map(fen);
            (least + prices().min().unwrap_or_default(), most + prices().max().unwrap_or_default())
        })
    }
}

/// Returns what lines cost together; `None` if one has no price, or the sum overflows.
fn total(parts: &[RoundedLines], unit_price: impl Fn(&Line) -> Option<UnitPrice>) -> Option<Money> {
    parts.iter().try_fold(Money::ZERO, |sum, lines| sum.checked_add(lines.price(&unit_price)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_at_most_that_of_the_tier_before() {
        let tiers = vec![(AccountType::Basic, 2), (AccountType::Basic, 3)];
        let unknown = UnknownPrices::new(&crate::pricing::fixture::card(), tiers);
        let said = |tier| unknown.falling((AccountType::Basic, tier)).map(|row| (row.factors, row.least));
        // Before the first unknown one is one of 4.00 yuan, which is 400 fen.
        assert_eq!(said(2), Some((vec![-1, 0], -400)));
        assert_eq!(said(3), Some((vec![1, -1], 0)));
        assert_eq!((said(0), said(1)), (None, None));
    }
}
