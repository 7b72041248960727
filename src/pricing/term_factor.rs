use std::fmt;

use super::PurchaseKind;
use crate::account::Term;
use crate::rates::TermRules;

/// The part of the annual price that a term costs: months / 12 + days / D by P7 (docs/rules.md#p7) and P8
/// (docs/rules.md#p8), where D is the card's divisor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermFactor {
    months: u32,
    /// Days beyond the months.
    days: u32,
    divisor: u32,
    /// The whole term in days, if it may as well be priced by days alone: then both ways agree.
    by_days: Option<u32>,
}

impl TermFactor {
    /// Returns the factor of a term of `total` days. A renewal with days is one to a day, which has no months: all of
    /// its term is days (P15, docs/rules.md#p15).
    #[inline]
    pub(super) fn new(
        rules: &TermRules,
        divisor: u32,
        kind: PurchaseKind,
        term: Term,
        total: u32,
    ) -> TermFactor {
        if kind == PurchaseKind::Renewal && term.days > 0 {
            return TermFactor { months: 0, days: total, divisor, by_days: Some(total) };
        }
        let year = u64::from(rules.days_per_month) * u64::from(Term::MONTHS_PER_YEAR);
        let is_regular = divisor == rules.days_per_year && u64::from(divisor) == year;
        TermFactor { months: term.months, days: term.days, divisor, by_days: is_regular.then_some(total) }
    }

    /// Returns true if the term costs the annual price.
    pub fn is_one(&self) -> bool {
        self.numerator() == self.denominator()
    }

    /// Returns the numerator of the factor.
    #[inline]
    pub(super) fn numerator(&self) -> u64 {
        u64::from(self.months) * u64::from(self.divisor)
            + u64::from(self.days) * u64::from(Term::MONTHS_PER_YEAR)
    }

    /// Returns the denominator of the factor; never zero.
    #[inline]
    pub(super) fn denominator(&self) -> u64 {
        u64::from(self.divisor) * u64::from(Term::MONTHS_PER_YEAR)
    }
}

/// Writes it as a factor of a formula: `1`, `(6/12)`, `(200/372)` or `(6/12+14/365)`.
impl fmt::Display for TermFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = (self.numerator(), self.denominator());
        let &TermFactor { months, days, divisor, by_days } = self;
        if numerator.is_multiple_of(denominator) {
            write!(f, "{}", numerator / denominator)
        } else if days == 0 {
            write!(f, "({months}/{})", Term::MONTHS_PER_YEAR)
        } else if let Some(total) = by_days {
            write!(f, "({total}/{divisor})")
        } else if months == 0 {
            write!(f, "({days}/{divisor})")
        } else {
            write!(f, "({months}/{}+{days}/{divisor})", Term::MONTHS_PER_YEAR)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::fixture::card;

    fn factor(rules: &TermRules, divisor: u32, kind: PurchaseKind, (months, days): (u32, u32)) -> TermFactor {
        let term = Term { months, days };
        TermFactor::new(rules, divisor, kind, term, rules.days(term).unwrap())
    }

    #[test]
    fn a_year_in_months_or_days_costs_the_annual_price() {
        let is_one = |term| factor(&card().term, 372, PurchaseKind::New, term).is_one();
        assert_eq!([(12, 0), (0, 372), (11, 31)].map(is_one), [true; 3]);
        assert_eq!([(6, 0), (24, 0), (12, 1)].map(is_one), [false; 3]);
    }

    #[test]
    fn a_renewal_of_whole_months_is_priced_by_months() {
        let renewal = |term| factor(&card().term, 365, PurchaseKind::Renewal, term).to_string();
        assert_eq!([renewal((6, 0)), renewal((6, 14))], ["(6/12)", "(200/365)"]);
    }

    /// Twelve months of 31 days are 372 days: a year of 365 is another.
    #[test]
    fn months_and_days_are_one_number_of_days_only_if_twelve_months_are_a_year() {
        let of = |days_per_year, divisor| {
            let rules = TermRules { days_per_year, ..card().term };
            factor(&rules, divisor, PurchaseKind::New, (6, 14)).to_string()
        };
        assert_eq!(of(372, 372), "(200/372)");
        assert_eq!(
            [of(365, 365), of(365, 372), of(372, 365)],
            ["(6/12+14/365)", "(6/12+14/372)", "(6/12+14/365)"]
        );
    }
}
