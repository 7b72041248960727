//! The prices that an order may have, or several together.

use crate::money::Money;

/// The prices that an order may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PossiblePrices {
    /// From one to another, both inclusive.
    Within(Money, Money),
    /// Any: it may have no price, or the tiers rise.
    Any,
}

impl PossiblePrices {
    /// The price of nothing.
    pub(super) const ZERO: PossiblePrices = PossiblePrices::Within(Money::ZERO, Money::ZERO);

    /// Returns the prices from the lowest to the highest; any if one is not known.
    pub(super) fn of(prices: impl Iterator<Item = Option<Money>>) -> PossiblePrices {
        let mut ends: Option<(Money, Money)> = None;
        for price in prices {
            let Some(price) = price else { return PossiblePrices::Any };
            ends = Some(ends.map_or((price, price), |(least, most)| (least.min(price), most.max(price))));
        }
        ends.map_or(PossiblePrices::Any, |(least, most)| PossiblePrices::Within(least, most))
    }

    /// Returns the prices of both together.
    #[must_use]
    pub(super) fn plus(self, other: PossiblePrices) -> PossiblePrices {
        let (PossiblePrices::Within(least, most), PossiblePrices::Within(other_least, other_most)) =
            (self, other)
        else {
            return PossiblePrices::Any;
        };
        match (least.checked_add(other_least), most.checked_add(other_most)) {
            (Some(least), Some(most)) => PossiblePrices::Within(least, most),
            _ => PossiblePrices::Any,
        }
    }

    /// Returns the lowest and the highest; `None` if there is none.
    pub(super) fn ends(self) -> Option<(Money, Money)> {
        match self {
            PossiblePrices::Within(least, most) => Some((least, most)),
            PossiblePrices::Any => None,
        }
    }

    pub(super) fn contains(self, price: Money) -> bool {
        match self {
            PossiblePrices::Within(least, most) => (least..=most).contains(&price),
            PossiblePrices::Any => true,
        }
    }
}
