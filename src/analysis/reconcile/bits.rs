use std::fmt;

/// Doubt in bits, to two decimals: the logarithm to the base 2 of how many combinations are possible.
///
/// ```
/// use wxlicense::analysis::reconcile::Bits;
/// let doubt = |combinations| Bits::of(combinations).unwrap().to_string();
/// assert_eq!([doubt(1), doubt(8), doubt(10), doubt(1296)], ["0.00", "3.00", "3.32", "10.34"]);
/// assert_eq!(Bits::of(0), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bits {
    hundredths: u32,
}

/// Binary places to which the logarithm is computed before it is rounded.
const PLACES: u32 = 20;
/// Binary places of the number whose logarithm is computed.
const SCALE: u32 = 62;

impl Bits {
    /// Returns the doubt between so many combinations; `None` for none.
    pub fn of(combinations: usize) -> Option<Bits> {
        let count = u64::try_from(combinations).ok()?;
        let whole = count.checked_ilog2()?;
        // From 1 to less than 2. Its square is 2 or more if the next place of the logarithm is 1.
        let mut rest = (u128::from(count) << SCALE) >> whole;
        let mut fraction = 0_u64;
        for _ in 0..PLACES {
            rest = (rest * rest) >> SCALE;
            fraction <<= 1;
            if rest >> (SCALE + 1) > 0 {
                fraction |= 1;
                rest >>= 1;
            }
        }
        let rounded = (fraction * 100 + (1 << (PLACES - 1))) >> PLACES;
        Some(Bits { hundredths: whole * 100 + u32::try_from(rounded).ok()? })
    }

    /// Returns the doubt in hundredths of a bit.
    pub const fn hundredths(self) -> u32 {
        self.hundredths
    }
}

/// Writes two decimals: `10.34`.
impl fmt::Display for Bits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}.{:02}", self.hundredths / 100, self.hundredths % 100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubt_is_the_logarithm_to_the_base_2() {
        let doubt = |combinations| Bits::of(combinations).unwrap();
        // log2(3) = 1.58496, log2(5) = 2.32193, log2(1000) = 9.96578
        assert_eq!(
            [1, 2, 3, 5, 1000, 1024].map(|count| doubt(count).hundredths()),
            [0, 100, 158, 232, 997, 1000]
        );
        assert_eq!(doubt(1000).to_string(), "9.97");
        assert_eq!(doubt(1024).to_string(), "10.00");
        assert_eq!(Bits::of(0), None);
    }
}
