//! The lines of an order that are rounded together, to be priced at other unit prices.

use super::table::round;
use super::{Line, TermFactor};
use crate::money::{Amount, FINE_PER_FEN, Money, RoundingMode, UnitPrice};

/// Lines of an order that are rounded to the fen together (P10, docs/rules.md#p10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundedLines {
    pub(super) lines: Vec<Line>,
    pub(super) factor: TermFactor,
    pub(super) mode: RoundingMode,
}

impl RoundedLines {
    /// Returns the lines.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns what the lines cost for the term at these unit prices, rounded; `None` if a line has no price, or an
    /// amount overflows.
    pub fn price(&self, unit_price: impl Fn(&Line) -> Option<UnitPrice>) -> Option<Money> {
        let add = |sum: Amount, line: &Line| sum.checked_add(unit_price(line)?.times(line.count())?);
        round(self.lines.iter().try_fold(Amount::ZERO, add)?, self.factor, self.mode)
    }

    /// Returns the lowest and the highest annual amount, in ten-thousandths of a yuan, that costs this for the term, both
    /// inclusive; `None` if there is none.
    pub fn annual_amounts(&self, price: Money) -> Option<(u64, u64)> {
        let (numerator, per_fen) = (
            i128::from(self.factor.numerator()),
            i128::from(self.factor.denominator()) * i128::from(FINE_PER_FEN),
        );
        let exact = i128::from(price.fen()) * per_fen;
        let half = per_fen / 2;
        let (least, most) = match self.mode {
            RoundingMode::HalfUp => (exact - half, exact + half - 1),
            RoundingMode::HalfEven if price.fen() % 2 == 0 => (exact - half, exact + half),
            RoundingMode::HalfEven => (exact - half + 1, exact + half - 1),
            RoundingMode::Down => (exact, exact + per_fen - 1),
        };
        let lowest = least.max(0).div_euclid(numerator) + i128::from(least.max(0) % numerator != 0);
        let highest = most.checked_div_euclid(numerator)?;
        (lowest <= highest).then(|| Some((u64::try_from(lowest).ok()?, u64::try_from(highest).ok()?)))?
    }

    /// Returns true if both are priced for the same term.
    pub fn has_term_of(&self, other: &RoundedLines) -> bool {
        self.factor == other.factor
    }

    /// Returns the years of the term if these are whole, so that what is whole fen a year is not rounded.
    pub fn whole_years(&self) -> Option<u64> {
        let (numerator, denominator) = (self.factor.numerator(), self.factor.denominator());
        numerator.is_multiple_of(denominator).then(|| numerator / denominator)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strum::VariantArray;

    use super::*;
    use crate::account::{Counts, Term};
    use crate::pricing::fixture::card;
    use crate::pricing::{PriceTable, Purchase};

    fn lines(mode: RoundingMode, term: Term, divisor: &str) -> RoundedLines {
        let table = PriceTable::new(&card()).unwrap();
        let table = table.under(table.rules().with(divisor.parse().unwrap()));
        let purchase = Purchase { term, ..Purchase::of(Counts { basic: 1, interop: 0 }) };
        let itemised = table.itemise(&purchase).unwrap();
        RoundedLines { lines: itemised.lines, factor: itemised.factor, mode }
    }

    proptest! {
        #[test]
        fn the_amounts_of_a_price_are_those_that_cost_it(
            mode in prop::sample::select(RoundingMode::VARIANTS),
            (months, days) in (0u32..59, 0u32..31),
            divisor in prop::sample::select(vec!["372", "365", "366"]),
            fen in 0i64..3_000,
        ) {
            let lines = lines(mode, Term { months: months + 1, days }, divisor);
            let cost = |amount: u64| {
                let price = UnitPrice::from_ten_thousandths(amount).unwrap();
                lines.price(|_| Some(price)).unwrap().fen()
            };
            // A fen is more than one amount in every term.
            let (lowest, highest) = lines.annual_amounts(Money::from_fen(fen)).unwrap();
            prop_assert!(lowest <= highest);
            prop_assert_eq!((cost(lowest), cost(highest)), (fen, fen));
            prop_assert!(cost(highest + 1) > fen);
            prop_assert!(lowest == 0 || cost(lowest - 1) < fen);
        }
    }

    #[test]
    fn a_term_is_the_same_if_it_costs_the_same_part_of_the_year() {
        let of = |months, days, divisor| lines(RoundingMode::HalfUp, Term { months, days }, divisor);
        assert!(of(6, 0, "372").has_term_of(&of(6, 0, "372")));
        assert!(!of(6, 0, "372").has_term_of(&of(7, 0, "372")));
        assert!(!of(6, 14, "372").has_term_of(&of(6, 14, "365")));
    }

    #[test]
    fn whole_years_are_known() {
        let years = |months, days| lines(RoundingMode::HalfUp, Term { months, days }, "372").whole_years();
        assert_eq!([years(12, 0), years(36, 0), years(6, 0), years(12, 1)], [Some(1), Some(3), None, None]);
    }
}
