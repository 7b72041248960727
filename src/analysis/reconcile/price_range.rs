use crate::money::{FINE_PER_FEN, UnitPrice};

/// Unit prices from one to another, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceRange {
    /// The lowest.
    pub lowest: UnitPrice,
    /// The highest.
    pub highest: UnitPrice,
}

impl PriceRange {
    /// Returns true if it has one price.
    pub fn is_one(self) -> bool {
        self.lowest == self.highest
    }

    /// Returns true if it has a price.
    pub fn contains(self, price: UnitPrice) -> bool {
        (self.lowest..=self.highest).contains(&price)
    }

    /// Returns the prices from the lowest to the highest of both.
    pub(super) fn or(self, other: PriceRange) -> PriceRange {
        PriceRange { lowest: self.lowest.min(other.lowest), highest: self.highest.max(other.highest) }
    }

    /// Returns the price with the fewest decimals; of several the one nearest to `near`.
    pub(super) fn roundest(self, near: UnitPrice) -> UnitPrice {
        let (lowest, highest) = (self.lowest.ten_thousandths(), self.highest.ten_thousandths());
        for step in [10_000, 1_000, FINE_PER_FEN, 10] {
            let (first, last) = (lowest.div_ceil(step) * step, highest / step * step);
            if first <= last {
                let nearest = near.ten_thousandths().clamp(first, last) / step * step;
                return UnitPrice::from_ten_thousandths(nearest).unwrap_or(self.lowest);
            }
        }
        self.lowest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(lowest: &str, highest: &str) -> PriceRange {
        PriceRange { lowest: lowest.parse().unwrap(), highest: highest.parse().unwrap() }
    }

    #[test]
    fn a_range_is_one_price_if_both_ends_are() {
        assert!(range("3", "3").is_one() && range("0.8125", "0.8125").is_one());
        assert!(!range("2.99", "3").is_one());
        assert!(range("2.99", "3").contains("3".parse().unwrap()));
        assert!(!range("2.99", "3").contains("3.01".parse().unwrap()));
    }

    #[test]
    fn the_roundest_price_has_the_fewest_decimals_and_is_near() {
        let roundest =
            |lowest, highest, near: &str| range(lowest, highest).roundest(near.parse().unwrap()).to_string();
        assert_eq!(roundest("2.7951", "2.8049", "3"), "2.80");
        assert_eq!(roundest("1.2", "9.7", "3"), "3.00");
        assert_eq!(roundest("1.2", "9.7", "20"), "9.00");
        assert_eq!(roundest("4.2", "9.7", "3"), "5.00");
        assert_eq!(roundest("0.8123", "0.8123", "3"), "0.8123");
    }
}
