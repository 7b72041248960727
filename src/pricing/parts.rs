use super::{Held, Itemised, Order, Price, PriceTable, Purchase, PurchaseError};
use crate::account::Counts;
use crate::rates::GroupTiers;

/// The purchases of an order whose tiers run apart, by the card's rule for groups: U3 (docs/rules.md#u3).
pub(super) enum Parts {
    /// All members together.
    Whole(Purchase),
    /// Each member on its own, in the order of the members.
    Members(Vec<Purchase>),
}

impl Parts {
    /// Returns the accounts of the charged members.
    pub(super) fn of(table: &PriceTable, order: &Order) -> Result<Parts, PurchaseError> {
        // What others have does not count for an only member either, but its lines need no name.
        let is_group = order.members.len() > 1 || order.held_by_others != Held::NONE;
        Ok(match table.rules().group {
            GroupTiers::Member if is_group => Parts::Members(order.purchases()),
            GroupTiers::Group | GroupTiers::Member => Parts::Whole(order.purchase()?),
        })
    }

    /// Prices the order line by line.
    ///
    /// # Errors
    /// As [`PriceTable::price`].
    pub(super) fn itemise(&self, table: &PriceTable) -> Result<Itemised, PurchaseError> {
        match self {
            Parts::Whole(purchase) => table.itemise(purchase),
            Parts::Members(members) => table.itemise_members(members),
        }
    }

    /// Prices the order.
    ///
    /// # Errors
    /// As [`PriceTable::price`].
    pub(super) fn price(&self, table: &PriceTable) -> Result<Price, PurchaseError> {
        match self {
            Parts::Whole(purchase) => table.price(purchase),
            Parts::Members(members) => Ok(table.itemise_members(members)?.price),
        }
    }

    /// Returns the accounts that come first in the tiers; of members on their own, the sum over those who buy.
    pub(super) fn start(&self, table: &PriceTable) -> Counts {
        self.all().fold(Counts::ZERO, |sum, part| {
            let own = Purchase { held: part.held.of_bought(part.counts), ..*part };
            sum.saturating_add(table.start(if self.is_whole() { part } else { &own }))
        })
    }

    /// Returns true if no account is bought.
    pub(super) fn is_empty(&self) -> bool {
        self.all().all(|part| part.counts.is_zero())
    }

    /// Returns the same order after other held accounts.
    pub(super) fn with_held(&self, change: impl Fn(Held) -> Option<Held>) -> Option<Parts> {
        let changed = |part: &Purchase| Some(Purchase { held: change(part.held)?, ..*part });
        Some(match self {
            Parts::Whole(purchase) => Parts::Whole(changed(purchase)?),
            Parts::Members(members) => Parts::Members(members.iter().map(changed).collect::<Option<_>>()?),
        })
    }

    /// Returns the same order without the accounts that it buys for a member, one of its parts. What the member has stays.
    pub(super) fn without(&self, member: usize, counts: Counts) -> Parts {
        match self {
            Parts::Whole(purchase) => {
                Parts::Whole(Purchase { counts: purchase.counts.saturating_sub(counts), ..*purchase })
            }
            Parts::Members(members) => {
                let mut rest = members.clone();
                rest[member].counts = Counts::ZERO;
                Parts::Members(rest)
            }
        }
    }

    /// Returns each purchase.
    pub(super) fn all(&self) -> impl Iterator<Item = &Purchase> {
        match self {
            Parts::Whole(purchase) => std::slice::from_ref(purchase).iter(),
            Parts::Members(members) => members.iter(),
        }
    }

    fn is_whole(&self) -> bool {
        matches!(self, Parts::Whole(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::AccountType;
    use crate::pricing::Member;
    use crate::pricing::fixture::{group, member, order, quote, quote_under};

    fn holding(basic: u32, member: Member) -> Member {
        Member { held: Held::longer(Counts { basic, interop: 0 }), ..member }
    }

    #[test]
    fn members_on_their_own_buy_for_charged_apps_alone() {
        let internal = Member { charged: false, ..member("down", 8, 0) };
        let found = quote_under("member", &group(vec![member("up", 5, 0), internal]));
        assert_eq!(found.formula, "(5×5)×1");
    }

    #[test]
    fn the_lines_of_an_only_member_have_no_name() {
        let of = |order| {
            let lines = quote_under("member", &order).lines;
            lines.iter().map(|line| line.member).collect::<Vec<_>>()
        };
        assert_eq!(of(order(8, 0)), [None, None]);
        assert_eq!(of(group(vec![member("up", 8, 0), member("down", 1, 0)])), [Some(0), Some(0), Some(1)]);
    }

    /// The upstream's 7 basic accounts come before the downstream's purchase only where the tiers run over the group.
    #[test]
    fn held_accounts_come_first_in_the_tiers_that_they_are_in() {
        let both = group(vec![holding(7, member("up", 0, 5)), holding(3, member("down", 5, 0))]);
        let whole = quote(&both, None);
        assert_eq!((whole.start.basic, whole.formula.as_str()), (10, "(5×4+5×50)×1"));
        let apart = quote_under("member", &both);
        assert_eq!((apart.start.basic, apart.formula.as_str()), (3, "(2×5+3×4+5×50)×1"));
    }

    #[test]
    fn held_accounts_of_a_type_that_is_not_bought_change_nothing() {
        let found = quote(&group(vec![holding(7, member("payer", 0, 5))]), None);
        assert_eq!(found.start, Counts { basic: 7, interop: 0 });
        assert_eq!(AccountType::ALL.map(|kind| found.starts_after_held(kind)), [false, false]);
        assert_eq!(found.formula, "(5×50)×1");
    }
}
