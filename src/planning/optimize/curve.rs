use super::problem::Problem;
use crate::account::AccountType;
use crate::money::UnitPrice;
use crate::rates::NegotiatedPart;

/// Prices by ordinal, which fall from tier to tier, in ten-thousandths of a yuan a year, times [`SCALE`].
#[derive(Clone)]
pub(super) struct Curve {
    /// Last account of each tier with its price; the last tier may have no end.
    pub(super) tiers: Vec<(i128, i128)>,
}

impl Curve {
    /// Returns `None` if prices do not fall from tier to tier, or an account costs nothing.
    pub(super) fn new(problem: &Problem, account_type: AccountType) -> Option<Curve> {
        let negotiates_all = problem.table.rules().negotiated == NegotiatedPart::All;
        if negotiates_all && problem.negotiated.get(account_type).is_some() {
            return None;
        }
        let tiers = problem.table.price_steps(account_type, *problem.negotiated.get(account_type));
        let tiers: Vec<(i128, i128)> =
            tiers.into_iter().map(|(last, price)| (i128::from(last), fine(price))).collect();
        let falls = tiers.windows(2).all(|pair| pair[0].1 >= pair[1].1);
        (falls && tiers.iter().all(|(_, price)| *price > 0)).then_some(Curve { tiers })
    }

    /// Returns the price of an account, counted from 1.
    pub(super) fn price(&self, ordinal: i128) -> i128 {
        let tier = self.tiers.iter().find(|(last, _)| ordinal <= *last).or(self.tiers.last());
        tier.map_or(0, |(_, price)| *price)
    }

    /// Returns what the first accounts cost for a year.
    pub(super) fn sum(&self, accounts: i128) -> i128 {
        let (mut sum, mut before) = (0, 0);
        for (last, price) in &self.tiers {
            sum += (accounts.min(*last) - before).max(0) * price;
            before = *last;
        }
        sum
    }

    /// Returns these prices, none above another.
    pub(super) fn capped(&self, most: i128) -> Curve {
        Curve { tiers: self.tiers.iter().map(|(last, price)| (*last, *price.min(&most))).collect() }
    }

    /// Returns the average price of the accounts after one up to another, rounded down.
    pub(super) fn average(&self, after: i128, to: i128) -> i128 {
        (self.sum(to) - self.sum(after)) / (to - after).max(1)
    }

    /// Returns the sum over the accounts after one, up to another, of what their prices are above a price.
    pub(super) fn above(&self, after: i128, to: i128, price: i128) -> i128 {
        let (mut sum, mut before) = (0, 0);
        for (last, own) in &self.tiers {
            let (from, until) = (after.max(before), to.min(*last));
            sum += (until - from).max(0) * (own - price).max(0);
            before = *last;
        }
        sum
    }

    /// Returns the last account that has a price.
    pub(super) fn last(&self) -> i128 {
        self.tiers.last().map_or(0, |(last, _)| *last)
    }
}

fn fine(price: UnitPrice) -> i128 {
    price.times(1).map_or(0, |amount| SCALE * i128::from(amount.ten_thousandths()))
}

/// Prices are averaged to such a part of a ten-thousandth of a yuan a year.
pub(super) const SCALE: i128 = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_of_some_accounts_are_summed_averaged_and_capped() {
        let curve = Curve { tiers: vec![(2, 50), (5, 40), (9, 10)] };
        assert_eq!([1, 2, 3, 5, 6, 9, 10].map(|ordinal| curve.price(ordinal)), [50, 50, 40, 40, 10, 10, 10]);
        assert_eq!([0, 1, 4, 9].map(|accounts| curve.sum(accounts)), [0, 50, 180, 260]);
        // The second costs 50, the third to fifth 40, the sixth 10.
        assert_eq!((curve.average(1, 6), curve.average(4, 4)), (36, 0));
        assert_eq!(curve.above(1, 6, 15), 35 + 3 * 25);
        assert_eq!(curve.capped(40).tiers, [(2, 40), (5, 40), (9, 10)]);
        assert_eq!(curve.last(), 9);
    }
}
