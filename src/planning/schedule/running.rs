use std::collections::BTreeMap;

use jiff::civil::Date;

use super::OrderLot;
use crate::account::{AccountType, Counts, PerType};
use crate::pricing::Held;
use crate::rules::{expires_with, outlasts};

/// The activated accounts and the codes of a group, by member, as the events of P12 (docs/rules.md#p12) have made them
/// so far: a prolonged account has its new expiry from the day of its prolongation on.
#[derive(Debug)]
pub(super) struct Running {
    members: Vec<MemberAccounts>,
    /// Activations of codes paid earlier, by day.
    pending: BTreeMap<Date, Vec<(OrderLot, Origin)>>,
}

#[derive(Debug, Clone, Default)]
struct MemberAccounts {
    by_expiry: PerType<BTreeMap<Date, u64>>,
    /// Codes that are paid and not activated, by their last day of activation.
    codes: PerType<BTreeMap<Date, u64>>,
}

/// The codes from which accounts are activated.
#[derive(Debug, Clone, Copy)]
pub(super) enum Origin {
    /// None: a renewal has no codes, and what the plan holds never had.
    NoCodes,
    /// Codes of a member with a last day of activation (T4, docs/rules.md#t4); `None` if it has no end.
    Codes {
        /// The member that they were bought for.
        buyer: usize,
        /// Their last day of activation.
        last_day: Option<Date>,
    },
}

impl Running {
    pub(super) fn new(members: usize) -> Running {
        Running { members: vec![MemberAccounts::default(); members], pending: BTreeMap::new() }
    }

    /// Adds accounts that are active from the beginning.
    pub(super) fn hold(&mut self, member: usize, account_type: AccountType, count: u32, expires: Date) {
        let by_expiry = self.members[member].by_expiry.get_mut(account_type);
        *by_expiry.entry(expires).or_default() += u64::from(count);
    }

    /// Adds codes that are paid now.
    pub(super) fn pay(&mut self, buyer: usize, counts: Counts, last_day: Option<Date>) {
        for account_type in AccountType::ALL {
            let codes = self.members[buyer].codes.get_mut(account_type);
            let count = codes.entry(last_day.unwrap_or(Date::MAX)).or_default();
            *count += u64::from(*counts.get(account_type));
        }
    }

    /// Lets an activation happen on its day, before the orders of that day.
    pub(super) fn plan(&mut self, lot: OrderLot, origin: Origin) {
        self.pending.entry(lot.activated).or_default().push((lot, origin));
    }

    /// Lets the planned activations up to a day, inclusive, happen.
    pub(super) fn advance(&mut self, day: Date) {
        while let Some(entry) = self.pending.first_entry().filter(|entry| *entry.key() <= day) {
            for (lot, origin) in entry.remove() {
                self.activate(&lot, origin);
            }
        }
    }

    /// Lets an activation or a prolongation happen now.
    pub(super) fn activate(&mut self, lot: &OrderLot, origin: Origin) {
        let count = u64::from(lot.count);
        if let Origin::Codes { buyer, last_day } = origin {
            let codes = self.members[buyer].codes.get_mut(lot.account_type);
            take(codes, last_day.unwrap_or(Date::MAX), count);
        }
        let by_expiry = self.members[lot.member].by_expiry.get_mut(lot.account_type);
        if let Some(extends) = lot.extends {
            take(by_expiry, extends, count);
        }
        *by_expiry.entry(lot.expires).or_default() += count;
    }

    /// Returns what each member has on a day beside an order for a term: all but the accounts that the order renews.
    pub(super) fn beside(&self, day: Date, term_days: u32, renewed: &[OrderLot]) -> Vec<Held> {
        let of = |(member, accounts): (usize, &MemberAccounts)| {
            let own = |lot: &&OrderLot| lot.member == member;
            let renewed: Vec<&OrderLot> = renewed.iter().filter(own).collect();
            let active = |counts_in: fn(Date, Date, u32) -> bool| {
                accounts.active(day, &renewed, |expires| counts_in(expires, day, term_days))
            };
            Held { longer: active(outlasts), equal: active(expires_with), unactivated: accounts.codes(day) }
        };
        self.members.iter().enumerate().map(of).collect()
    }
}

impl MemberAccounts {
    fn active(&self, after: Date, renewed: &[&OrderLot], counts_in: impl Fn(Date) -> bool) -> Counts {
        PerType::from_fn(|account_type| {
            let later = self.by_expiry.get(account_type).range(after..);
            let all: u64 = later.filter(|(expires, _)| counts_in(**expires)).map(|(_, count)| *count).sum();
            let of_type = renewed.iter().filter(|lot| lot.account_type == account_type);
            let own = of_type.filter(|lot| lot.extends.is_some_and(|old| after <= old && counts_in(old)));
            let own: u64 = own.map(|lot| u64::from(lot.count)).sum();
            u32::try_from(all.saturating_sub(own)).unwrap_or(u32::MAX)
        })
    }

    fn codes(&self, on: Date) -> Counts {
        PerType::from_fn(|account_type| {
            let sum: u64 = self.codes.get(account_type).range(on..).map(|(_, count)| *count).sum();
            u32::try_from(sum).unwrap_or(u32::MAX)
        })
    }
}

/// Returns the sum of what members have; at most the largest count.
pub(super) fn sum(all: impl IntoIterator<Item = Held>) -> Held {
    all.into_iter().fold(Held::NONE, |sum, held| Held {
        longer: sum.longer.saturating_add(held.longer),
        equal: sum.equal.saturating_add(held.equal),
        unactivated: sum.unactivated.saturating_add(held.unactivated),
    })
}

fn take(from: &mut BTreeMap<Date, u64>, day: Date, count: u64) {
    if let Some(there) = from.get_mut(&day) {
        *there = there.saturating_sub(count);
    }
}
