use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::{Held, Purchase, PurchaseError, PurchaseKind};
use crate::account::{Counts, PerType, Term};
use crate::customer::Customer;
use crate::money::UnitPrice;

/// Order to be quoted: one payer, and the members whose accounts it buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Enterprise in whose name the order is placed; the upstream of a group (U1, docs/rules.md#u1).
    pub payer: Party,
    /// Industry and verification of the payer, for the waiver rules (U4, docs/rules.md#u4).
    pub customer: Customer,
    /// Enterprises whose accounts are bought: the payer's own and, in a group, its downstreams'. Never empty.
    pub members: Vec<Member>,
    /// What members of the group that have no part in the order have; it counts where the tiers run over the whole
    /// group (U3, docs/rules.md#u3).
    pub held_by_others: Held,
    /// Term that all members share.
    pub term: Term,
    /// True if the order is a renewal (P13, docs/rules.md#p13).
    pub renewal: bool,
    /// True if the payer is a provider's test enterprise (P14, docs/rules.md#p14).
    pub test_enterprise: bool,
    /// Negotiated price of each account without a list price, in yuan a year.
    pub negotiated: PerType<Option<UnitPrice>>,
    /// Unconfirmed if the order is as a whole, whatever its members are.
    pub status: OrderStatus,
}

impl Order {
    /// Returns the accounts of the charged members as one purchase. What any member has counts, also of one that is no
    /// longer charged: P12 counts the accounts of the whole group.
    pub(super) fn purchase(&self) -> Result<Purchase, PurchaseError> {
        let mut whole = self.purchase_of(Counts::ZERO, self.held_by_others);
        for member in &self.members {
            whole.held = whole.held.checked_add(member.held).ok_or(PurchaseError::Overflow)?;
            let counts = whole.counts.checked_add(member.charged_counts());
            whole.counts = counts.ok_or(PurchaseError::Overflow)?;
        }
        Ok(whole)
    }

    /// Returns the same as one purchase for each member; one that is not charged buys nothing.
    pub(super) fn purchases(&self) -> Vec<Purchase> {
        self.members.iter().map(|member| self.purchase_of(member.charged_counts(), member.held)).collect()
    }

    fn purchase_of(&self, counts: Counts, held: Held) -> Purchase {
        let kind = match (self.test_enterprise, self.renewal) {
            (true, _) => PurchaseKind::TestEnterprise,
            (false, true) => PurchaseKind::Renewal,
            (false, false) => PurchaseKind::New,
        };
        Purchase { counts, term: self.term, kind, held, negotiated: self.negotiated }
    }
}

/// A customer's identity. Both are `None` in a quote from flags.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Party {
    /// Code in the plan.
    pub code: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// One customer of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Member {
    /// Its identity.
    pub party: Party,
    /// Industry and verification of the member, for the hint of U4.
    pub customer: Customer,
    /// Accounts bought for it.
    pub counts: Counts,
    /// Its users who need an account.
    pub need: Counts,
    /// What it has: active accounts, and codes that can still be activated.
    pub have: Counts,
    /// What it has on the day of the order beside the accounts of the order, of which some may come first in the tiers.
    pub held: Held,
    /// True if its apps need licences at all (W1, docs/rules.md#w1).
    pub charged: bool,
    /// Confirmed if its row in the plan is; then its share counts towards the firm total.
    pub status: OrderStatus,
}

impl Member {
    /// Returns the accounts that are bought for it, if its apps need licences.
    pub(super) fn charged_counts(&self) -> Counts {
        if self.charged { self.counts } else { Counts::ZERO }
    }
}

/// The status of a figure: firm or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[derive(IntoStaticStr, EnumString, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum OrderStatus {
    /// Counts towards the firm total.
    #[default]
    Confirmed,
    /// Priced, but kept out of the firm total.
    Unconfirmed,
}

impl OrderStatus {
    /// Returns the word that plans and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_one_word() {
        let words = OrderStatus::VARIANTS.iter().map(|status| status.as_str());
        assert_eq!(words.collect::<Vec<_>>(), ["confirmed", "unconfirmed"]);
    }
}
