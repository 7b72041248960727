use super::PriceTable;
use crate::account::AccountType;
use crate::money::UnitPrice;
use crate::rates::NegotiatedPart;

impl PriceTable {
    /// Returns the prices of the list of a type, in the order of the tiers.
    pub fn unit_prices(&self, account_type: AccountType) -> impl Iterator<Item = UnitPrice> {
        self.tiers(account_type).iter().map(|tier| tier.price)
    }

    /// Returns the last account of each tier of a type with its price, accounts counted from 1; the last entry is that of
    /// the negotiated price, if there is one and it is for the accounts beyond the list (P5, docs/rules.md#p5). Accounts
    /// after the last entry have no price.
    pub fn price_steps(
        &self,
        account_type: AccountType,
        negotiated: Option<UnitPrice>,
    ) -> Vec<(u64, UnitPrice)> {
        let tiers = self.tiers(account_type);
        let listed = self.negotiated_from() - 1;
        let mut steps = Vec::new();
        for (index, tier) in tiers.iter().enumerate() {
            let last = tiers.get(index + 1).map_or(listed, |next| (next.from - 1).min(listed));
            steps.push((last, tier.price));
        }
        if let Some(price) = negotiated.filter(|_| self.rules().negotiated == NegotiatedPart::Excess) {
            steps.push((u64::MAX, price));
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pricing::fixture::card;

    #[test]
    fn each_tier_ends_where_the_next_begins() {
        let table = PriceTable::new(&card()).unwrap();
        let steps = |table: &PriceTable, negotiated: Option<&str>| {
            let steps = table.price_steps(AccountType::Basic, negotiated.map(|price| price.parse().unwrap()));
            steps.into_iter().map(|(last, price)| (last, price.shortest())).collect::<Vec<_>>()
        };
        let step = |last, price: &str| (last, price.to_owned());
        let listed = [step(5, "5"), step(200, "4"), step(500, "3"), step(1_000, "2"), step(10_000, "1")];
        assert_eq!(steps(&table, None), listed);
        let negotiated = steps(&table, Some("0.8"));
        assert_eq!(negotiated, [&listed[..], &[step(u64::MAX, "0.8")]].concat());
        let as_a_whole = table.under(table.rules().with("all".parse().unwrap()));
        assert_eq!(steps(&as_a_whole, Some("0.8")), listed);
    }

    #[test]
    fn the_prices_of_the_list_fall() {
        let table = PriceTable::new(&card()).unwrap();
        let prices = |kind| table.unit_prices(kind).map(UnitPrice::shortest).collect::<Vec<_>>();
        assert_eq!(prices(AccountType::Basic), ["5", "4", "3", "2", "1"]);
        assert_eq!(prices(AccountType::Interop), ["50", "40", "30", "20", "10"]);
    }
}
