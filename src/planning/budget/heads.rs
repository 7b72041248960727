use rust_decimal::{Decimal, RoundingStrategy};

use crate::account::{AccountType, Counts, PerType};

/// Number of accounts that a member needs, carried exactly while it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heads(PerType<Decimal>);

/// Decimal places to which grown heads are carried: a million heads then fill the digits of a decimal.
const CARRIED_DECIMALS: u32 = 20;

impl Heads {
    pub(super) fn new(counts: Counts) -> Heads {
        Heads(PerType::from_fn(|account_type| Decimal::from(*counts.get(account_type))))
    }

    /// Returns whole accounts, rounded up and clamped to the range of a count.
    pub(super) fn count(&self, account_type: AccountType) -> u32 {
        let whole = self.0.get(account_type).ceil();
        u32::try_from(whole).unwrap_or(if whole.is_sign_negative() { 0 } else { u32::MAX })
    }

    /// Grows `renewed` of these heads by `growth`, a fraction (0.05 for 5 %); all of them if all are renewed.
    pub(super) fn grow(&mut self, account_type: AccountType, renewed: u32, growth: Decimal) {
        let all = renewed >= self.count(account_type);
        let heads = self.0.get_mut(account_type);
        let base = if all { *heads } else { Decimal::from(renewed) };
        let grown =
            base.checked_mul(growth).and_then(|added| heads.checked_add(added)).unwrap_or(Decimal::MAX);
        *heads = grown.round_dp_with_strategy(CARRIED_DECIMALS, RoundingStrategy::ToPositiveInfinity);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grown(heads: u32, percent: i64, years: u32) -> u32 {
        let mut state = Heads::new(Counts { basic: heads, interop: 0 });
        for _ in 0..years {
            let renewed = state.count(AccountType::Basic);
            state.grow(AccountType::Basic, renewed, Decimal::new(percent, 2));
        }
        state.count(AccountType::Basic)
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
        let mut state = Heads::new(Counts { basic: 100, interop: 0 });
        state.grow(AccountType::Basic, 40, Decimal::new(10, 2));
        assert_eq!(state.count(AccountType::Basic), 104);
    }
}
