use rust_decimal::{Decimal, RoundingStrategy};

/// The users of one type of a member, carried exactly while they grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heads(Decimal);

/// Decimal places to which grown heads are carried: a million heads then fill the digits of a decimal.
const CARRIED_DECIMALS: u32 = 20;

impl Heads {
    pub(super) fn new(users: u32) -> Heads {
        Heads(Decimal::from(users))
    }

    /// Returns whole users, rounded up and clamped to the range of a count.
    pub(super) fn count(self) -> u32 {
        let whole = self.0.ceil();
        u32::try_from(whole).unwrap_or(if whole.is_sign_negative() { 0 } else { u32::MAX })
    }

    /// Returns these heads after `renewed` of them grew by `growth`, a fraction (0.05 for 5 %); all of them if
    /// all are renewed.
    pub(super) fn grown(self, renewed: u32, growth: Decimal) -> Heads {
        let base = if renewed >= self.count() { self.0 } else { Decimal::from(renewed) };
        let grown =
            base.checked_mul(growth).and_then(|added| self.0.checked_add(added)).unwrap_or(Decimal::MAX);
        Heads(grown.round_dp_with_strategy(CARRIED_DECIMALS, RoundingStrategy::ToPositiveInfinity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(heads: u32, percent: i64, years: u32) -> u32 {
        let growth = Decimal::new(percent, 2);
        (0..years).fold(Heads::new(heads), |heads, _| heads.grown(heads.count(), growth)).count()
    }

    #[test]
    fn heads_grow_by_compound_interest_and_round_up_once() {
        assert_eq!([1, 2, 3, 4, 5].map(|years| grown(100, 5, years)), [105, 111, 116, 122, 128]);
        assert_eq!(grown(10, 5, 5), 13);
        assert_eq!(grown(1 << 10, 50, 10), 59_049);
        assert_eq!(grown(100, -10, 2), 81);
        assert_eq!(grown(1, -99, 50), 1);
    }

    #[test]
    fn growth_beyond_every_count_stays_there() {
        assert_eq!(grown(u32::MAX, 10_000, 50), u32::MAX);
    }

    #[test]
    fn a_part_of_the_heads_grows_alone() {
        assert_eq!(Heads::new(100).grown(40, Decimal::new(10, 2)).count(), 104);
    }
}
