//! Exact amounts of money: reading, writing, rounding and splitting them; read [`Money`] first.
//!
//! Three units, so that a mix-up does not compile: [`Money`] is what is paid (whole fen), [`UnitPrice`] is a
//! price of a rate card and [`Amount`] a sum of such prices (both in ten-thousandths of a yuan).

mod digits;

use std::fmt;
use std::iter::Sum;
use std::str::FromStr;

use rust_decimal::Decimal;
use strum::{EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

use self::digits::Digits;

/// Ten-thousandths of a yuan in one yuan.
const FINE_PER_YUAN: u64 = 10_000;
/// Ten-thousandths of a yuan in one fen.
pub(crate) const FINE_PER_FEN: u64 = 100;
const FINE_DECIMALS: u32 = 4;
const FEN_DECIMALS: u32 = 2;

/// Amount that is paid: whole fen (分), from −92 233 720 368 547 758.08 to +92 233 720 368 547 758.07 yuan.
///
/// ```
/// use wxlicense::Money;
/// let total: Money = "11050".parse()?;
/// assert_eq!(total.fen(), 1_105_000);
/// assert_eq!(total.to_string(), "11050.00");
/// # Ok::<(), wxlicense::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

impl Money {
    /// Zero yuan.
    pub const ZERO: Money = Money(0);

    /// Returns the amount of this many fen.
    pub const fn from_fen(fen: i64) -> Money {
        Money(fen)
    }

    /// Returns this amount in fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// Returns the sum, or `None` if it overflows.
    pub fn checked_add(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// Returns the difference, or `None` if it overflows.
    pub fn checked_sub(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }
}

/// Writes yuan with two decimals: `605.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = FEN_DECIMALS as usize;
        f.pad(Digits::new(self.0.unsigned_abs(), decimals, decimals).signed(self.0 < 0).as_str())
    }
}

/// Reads yuan with at most two decimals, not negative.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Money, MoneyError> {
        let fen = parse_scaled(text, FEN_DECIMALS)?;
        i64::try_from(fen).map(Money).map_err(|_| MoneyError::TooLarge)
    }
}

impl Sum<Money> for Option<Money> {
    fn sum<I: Iterator<Item = Money>>(mut amounts: I) -> Option<Money> {
        amounts.try_fold(Money::ZERO, Money::checked_add)
    }
}

/// Price of one account for one year, in ten-thousandths of a yuan: from 0 to 1 000 000 yuan, inclusive.
///
/// ```
/// use wxlicense::UnitPrice;
/// assert_eq!("0.8".parse::<UnitPrice>()?.to_string(), "0.80");
/// assert_eq!("0.8125".parse::<UnitPrice>()?.to_string(), "0.8125");
/// # Ok::<(), wxlicense::money::MoneyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct UnitPrice(u64);

impl UnitPrice {
    /// Zero yuan.
    pub const ZERO: UnitPrice = UnitPrice(0);
    /// Highest price that a card or a contract can state: 1 000 000 yuan a year.
    pub const MAX: UnitPrice = UnitPrice(1_000_000 * FINE_PER_YUAN);

    /// Returns the price of so many ten-thousandths of a yuan; `None` above [`UnitPrice::MAX`].
    pub fn from_ten_thousandths(price: u64) -> Option<UnitPrice> {
        Some(UnitPrice(price)).filter(|price| *price <= UnitPrice::MAX)
    }

    /// Returns this price in ten-thousandths of a yuan.
    pub const fn ten_thousandths(self) -> u64 {
        self.0
    }

    /// Multiplies this price by a number of accounts; returns `None` on overflow of [`Amount`].
    pub fn times(self, count: u64) -> Option<Amount> {
        self.0.checked_mul(count).map(Amount)
    }

    /// Returns the shortest exact yuan: `5`, `0.8`. For formulas.
    pub fn shortest(self) -> String {
        fine_digits(self.0, 0).as_str().to_owned()
    }
}

/// Writes yuan with two decimals, or up to four if the price has them.
impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(fine_digits(self.0, FEN_DECIMALS as usize).as_str())
    }
}

/// Reads yuan with at most four decimals, not negative.
impl FromStr for UnitPrice {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<UnitPrice, MoneyError> {
        let fine = parse_scaled(text, FINE_DECIMALS)?;
        match u64::try_from(fine).map(UnitPrice) {
            Ok(price) if price <= UnitPrice::MAX => Ok(price),
            _ => Err(MoneyError::TooLarge),
        }
    }
}

/// Sum of unit prices, before rounding: ten-thousandths of a yuan, not negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Amount(u64);

impl Amount {
    /// Zero yuan.
    pub const ZERO: Amount = Amount(0);

    /// Returns the sum, or `None` if it overflows.
    pub fn checked_add(self, other: Amount) -> Option<Amount> {
        self.0.checked_add(other.0).map(Amount)
    }

    /// Returns the difference, or `None` if it would be negative.
    pub fn checked_sub(self, other: Amount) -> Option<Amount> {
        self.0.checked_sub(other.0).map(Amount)
    }

    /// Returns this amount in ten-thousandths of a yuan.
    pub const fn ten_thousandths(self) -> u64 {
        self.0
    }

    /// Returns `self × numerator / denominator` rounded to the fen (P10); `None` if it overflows [`Money`] or the
    /// denominator is zero.
    pub fn scaled(self, numerator: u64, denominator: u64, mode: RoundingMode) -> Option<Money> {
        let divisor = u128::from(denominator) * u128::from(FINE_PER_FEN);
        let exact = u128::from(self.0) * u128::from(numerator);
        let dividend = match mode {
            RoundingMode::HalfUp | RoundingMode::HalfEven => exact.checked_add(divisor / 2)?,
            RoundingMode::Down => exact,
        };
        // Dividing 64 bits takes a fraction of the time of 128, and nearly every price fits.
        let fen = match (u64::try_from(dividend), u64::try_from(divisor)) {
            (Ok(dividend), Ok(divisor)) => u128::from(dividend.checked_div(divisor)?),
            _ => dividend.checked_div(divisor)?,
        };
        let is_tie = || fen.checked_mul(divisor) == Some(dividend);
        let up = mode == RoundingMode::HalfEven && fen % 2 == 1 && is_tie();
        i64::try_from(fen - u128::from(up)).ok().map(Money)
    }

    /// Returns true if [`Amount::scaled`] has nothing to round.
    pub fn scales_exactly(self, numerator: u64, denominator: u64) -> bool {
        let divisor = u128::from(denominator) * u128::from(FINE_PER_FEN);
        divisor != 0 && (u128::from(self.0) * u128::from(numerator)).is_multiple_of(divisor)
    }
}

/// The direction in which an amount between two fen is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum RoundingMode {
    /// To the nearest fen, a half up.
    #[default]
    HalfUp,
    /// To the nearest fen, a half to the even one.
    HalfEven,
    /// To the lower fen.
    Down,
}

/// Writes yuan with two decimals, or up to four if the sum has them.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(fine_digits(self.0, FEN_DECIMALS as usize).as_str())
    }
}

/// The reason why a text is no amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The text is not digits with at most one point.
    #[error("not an amount in yuan, such as 0.80")]
    NotANumber,
    /// The text has a minus sign, but the amount must be zero or more.
    #[error("an amount cannot be negative")]
    Negative,
    /// The text has more decimals than the unit.
    #[error("more than {allowed} decimals")]
    TooManyDecimals {
        /// The most decimals, inclusive.
        allowed: u32,
    },
    /// The amount is outside the unit's range.
    #[error("the amount is too large")]
    TooLarge,
}

/// Splits whole fen over weights so that the parts add up to the whole, by largest remainder; on equal
/// remainders the earlier weight gets the fen. All parts are zero if all weights are.
///
/// ```
/// use wxlicense::money::{Money, split_by_weight};
/// let parts = split_by_weight(Money::from_fen(100), &[1, 1, 1]);
/// assert_eq!(parts.iter().map(|part| part.fen()).collect::<Vec<_>>(), [34, 33, 33]);
/// ```
pub fn split_by_weight(whole: Money, weights: &[u64]) -> Vec<Money> {
    apportion(whole.0, weights).into_iter().map(Money).collect()
}

/// Splits a whole number over weights as [`split_by_weight`] does.
pub(crate) fn apportion(whole: i64, weights: &[u64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|&weight| i128::from(weight)).sum();
    if total == 0 {
        return vec![0; weights.len()];
    }
    let product = |weight: u64| i128::from(whole) * i128::from(weight);
    let mut parts: Vec<i64> =
        weights.iter().map(|&weight| product(weight).div_euclid(total) as i64).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&i| std::cmp::Reverse(product(weights[i]).rem_euclid(total)));
    let left = whole - parts.iter().sum::<i64>();
    for &i in by_remainder.iter().take(left as usize) {
        parts[i] += 1;
    }
    parts
}

fn parse_scaled(text: &str, decimals: u32) -> Result<u128, MoneyError> {
    if text.starts_with('-') {
        return Err(MoneyError::Negative);
    }
    let plain = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.starts_with(|first: char| first.is_ascii_digit())
        && !text.ends_with('.');
    if !plain || text.matches('.').count() > 1 {
        return Err(MoneyError::NotANumber);
    }
    let value = Decimal::from_str_exact(text).map_err(|_| MoneyError::TooLarge)?.normalize();
    if value.scale() > decimals {
        return Err(MoneyError::TooManyDecimals { allowed: decimals });
    }
    value
        .mantissa()
        .unsigned_abs()
        .checked_mul(10u128.pow(decimals - value.scale()))
        .ok_or(MoneyError::TooLarge)
}

fn fine_digits(fine: u64, least_decimals: usize) -> Digits {
    Digits::new(fine, FINE_DECIMALS as usize, least_decimals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_fen_rounds_up() {
        let scaled = |amount, numerator, denominator| {
            Amount(amount).scaled(numerator, denominator, RoundingMode::HalfUp)
        };
        assert_eq!(scaled(50, 1, 1), Some(Money(1)));
        assert_eq!(scaled(49, 1, 1), Some(Money(0)));
        assert_eq!(scaled(100, 1, 8), Some(Money(0)));
        assert_eq!(scaled(100, 1, 2), Some(Money(1)));
    }

    #[test]
    fn a_half_fen_goes_to_the_even_one_and_down_to_the_lower() {
        let rounded = |amount, mode| Amount(amount).scaled(1, 1, mode).unwrap().fen();
        for (amount, up, even, down) in [
            (0, 0, 0, 0),
            (49, 0, 0, 0),
            (50, 1, 0, 0),
            (51, 1, 1, 0),
            (149, 1, 1, 1),
            (150, 2, 2, 1),
            (250, 3, 2, 2),
        ] {
            let modes = [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Down];
            assert_eq!(modes.map(|mode| rounded(amount, mode)), [up, even, down], "{amount}");
        }
        assert_eq!(Amount(3 * 50).scaled(1, 3, RoundingMode::HalfEven), Some(Money(0)));
        assert_eq!(Amount(9 * 50).scaled(1, 3, RoundingMode::HalfEven), Some(Money(2)));
    }

    #[test]
    fn scaling_by_nothing_has_no_answer() {
        for mode in [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Down] {
            assert_eq!(Amount(1).scaled(1, 0, mode), None);
            assert_eq!(Amount(u64::MAX).scaled(u64::MAX, 1, mode), None);
            assert!(Amount(u64::MAX).scaled(u64::MAX / 100, u64::MAX / 100, mode).is_some());
        }
    }

    #[test]
    fn money_reads_yuan_and_nothing_else() {
        assert_eq!("0.1".parse(), Ok(Money(10)));
        assert_eq!("1.10000".parse(), Ok(Money(110)));
        assert_eq!("1.101".parse::<Money>(), Err(MoneyError::TooManyDecimals { allowed: 2 }));
        assert_eq!("-1".parse::<Money>(), Err(MoneyError::Negative));
        for wrong in ["", ".", ".5", "5.", "1_0", "1e3", "1,000", " 1", "٣", "1.2.3", "NaN", "+1"] {
            assert_eq!(wrong.parse::<Money>(), Err(MoneyError::NotANumber), "{wrong:?}");
        }
        for large in ["9".repeat(18), "9".repeat(40), "9".repeat(100_000)] {
            assert_eq!(large.parse::<Money>(), Err(MoneyError::TooLarge));
        }
    }

    #[test]
    fn a_price_keeps_four_decimals_and_an_upper_bound() {
        assert_eq!("0.8125".parse::<UnitPrice>().map(UnitPrice::shortest), Ok("0.8125".to_owned()));
        assert_eq!("5.00".parse::<UnitPrice>().map(UnitPrice::shortest), Ok("5".to_owned()));
        assert_eq!("0.8125".parse::<UnitPrice>().map(UnitPrice::ten_thousandths), Ok(8_125));
        assert_eq!("1000000".parse(), Ok(UnitPrice::MAX));
        assert_eq!("1000000.0001".parse::<UnitPrice>(), Err(MoneyError::TooLarge));
    }

    #[test]
    fn negative_money_keeps_its_sign_below_one_yuan() {
        assert_eq!(Money(-5).to_string(), "-0.05");
    }

    #[test]
    fn a_split_gives_every_fen_away_once() {
        let parts = split_by_weight(Money(1001), &[3, 0, 7, 3]);
        assert_eq!(parts.iter().map(|part| part.0).sum::<i64>(), 1001);
        assert_eq!(parts[1], Money::ZERO);
        assert_eq!(split_by_weight(Money(5), &[0, 0]), [Money::ZERO, Money::ZERO]);
    }
}
