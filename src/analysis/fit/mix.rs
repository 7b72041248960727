use std::str::FromStr;

use thiserror::Error;

use crate::account::{AccountType, Counts, PerType};

/// The ratio in which basic and interop accounts are bought, such as 8:20; or only one of the types.
///
/// ```
/// use wxlicense::{Counts, analysis::fit::Mix};
/// let mix: Mix = "8:20".parse()?;
/// assert_eq!(mix.counts(28), Counts { basic: 8, interop: 20 });
/// assert_eq!(mix.counts(3), Counts { basic: 1, interop: 2 });
/// # Ok::<(), wxlicense::analysis::fit::MixError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mix(PerType<u32>);

impl Mix {
    /// Returns the ratio of these two numbers; `None` if both are zero.
    pub fn new(basic: u32, interop: u32) -> Option<Mix> {
        (basic > 0 || interop > 0).then_some(Mix(PerType { basic, interop }))
    }

    /// Returns the mix that has accounts of this type only.
    pub fn only(account_type: AccountType) -> Mix {
        Mix(PerType::from_fn(|kind| u32::from(kind == account_type)))
    }

    /// Returns the two numbers of the ratio, not reduced.
    pub fn ratio(self) -> PerType<u32> {
        self.0
    }

    /// Returns the smallest total that has exactly this ratio: 7 for 8:20, which is 2:5.
    pub fn unit(self) -> u64 {
        let PerType { basic, interop } = self.0;
        (u64::from(basic) + u64::from(interop)) / u64::from(greatest_common_divisor(basic, interop))
    }

    /// Splits `total` accounts as close to the ratio as whole accounts can be; of two equally close splits,
    /// the one with more basic accounts. One account more in all is always one more of one type and none less
    /// of the other, so a larger total never costs less.
    pub fn counts(self, total: u32) -> Counts {
        let part = u128::from(self.0.basic);
        let whole = part + u128::from(self.0.interop);
        let nearest = (2 * u128::from(total) * part + whole) / (2 * whole);
        let basic = u32::try_from(nearest).unwrap_or(total).min(total);
        PerType { basic, interop: total - basic }
    }
}

/// Reads `basic:interop`, two whole numbers of which at most one is zero.
impl FromStr for Mix {
    type Err = MixError;

    fn from_str(text: &str) -> Result<Mix, MixError> {
        let numbers =
            text.split_once(':').and_then(|(basic, interop)| Some((number(basic)?, number(interop)?)));
        let Some((basic, interop)) = numbers else {
            return Err(MixError::NotARatio { text: text.to_owned() });
        };
        Mix::new(basic, interop).ok_or_else(|| MixError::Zero { text: text.to_owned() })
    }
}

/// The reason why a text is no mix.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MixError {
    /// The text is not two whole numbers with a colon between them.
    #[error("`{text}` is no mix, which is written basic:interop, such as 8:20")]
    NotARatio {
        /// The text as written.
        text: String,
    },
    /// Both numbers are zero.
    #[error("`{text}` is a mix of no accounts of either type")]
    Zero {
        /// The text as written.
        text: String,
    },
}

fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn mix_rejects_two_zeros_and_malformed_numbers() {
        assert_eq!("8:20".parse(), Ok(Mix(PerType { basic: 8, interop: 20 })));
        assert_eq!("0:1".parse(), Ok(Mix::only(AccountType::Interop)));
        assert!(matches!("0:0".parse::<Mix>(), Err(MixError::Zero { .. })));
        for wrong in ["", "8", "8:", ":20", "8:20:1", "8/20", "-1:2", "+1:2", "1.5:2", "8:5000000000"] {
            assert!(matches!(wrong.parse::<Mix>(), Err(MixError::NotARatio { .. })), "{wrong:?}");
        }
    }

    #[test]
    fn the_unit_is_the_reduced_ratio() {
        assert_eq!(Mix::new(8, 20).unwrap().unit(), 7);
        assert_eq!(Mix::only(AccountType::Basic).unit(), 1);
        assert_eq!(Mix::new(u32::MAX, u32::MAX - 1).unwrap().unit(), 8_589_934_589);
    }

    #[test]
    fn an_even_tie_goes_to_basic() {
        let totals: Vec<u32> = (0..4).map(|total| Mix::new(1, 1).unwrap().counts(total).basic).collect();
        assert_eq!(totals, [0, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn one_more_in_all_is_one_more_of_one_type(basic: u32, interop: u32, total in 0..u32::MAX) {
            prop_assume!(basic > 0 || interop > 0);
            let mix = Mix::new(basic, interop).unwrap();
            let (before, after) = (mix.counts(total), mix.counts(total + 1));
            prop_assert_eq!(u64::from(before.basic) + u64::from(before.interop), u64::from(total));
            prop_assert!(after.basic >= before.basic && after.interop >= before.interop);
        }

        #[test]
        fn whole_units_keep_the_ratio_exactly(basic in 0..1000u32, interop in 1..1000u32, units in 0..1000u32) {
            let mix = Mix::new(basic, interop).unwrap();
            let counts = mix.counts(u32::try_from(mix.unit()).unwrap() * units);
            prop_assert_eq!(
                u64::from(counts.basic) * u64::from(interop),
                u64::from(counts.interop) * u64::from(basic)
            );
        }
    }
}
