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
