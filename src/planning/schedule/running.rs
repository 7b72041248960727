use std::collections::{BTreeMap, BTreeSet};

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
    /// What all members have together, so that an order costs no more in a large group.
    total: MemberAccounts,
    /// Activations of codes paid earlier, by day.
    pending: BTreeMap<Date, Vec<(OrderLot, Origin)>>,
}

#[derive(Debug, Clone, Default)]
struct MemberAccounts {
    by_expiry: PerType<BTreeMap<Date, u64>>,
    /// Codes that are paid and not activated, by their last day of activation.
    codes: PerType<BTreeMap<Date, u64>>,
}

/// What members have on a day beside an order.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside {
    /// Members with a part in the order.
    own: BTreeMap<usize, Held>,
    /// All others together.
    others: Held,
}

impl Beside {
    /// Returns what a member with a part in the order has.
    pub(super) fn of(&self, member: usize) -> Held {
        self.own.get(&member).copied().unwrap_or(Held::NONE)
    }

    /// Returns what all members have but those with a part in the order.
    pub(super) fn others(&self) -> Held {
        self.others
    }

    /// Returns what all members have; at most the largest count.
    pub(super) fn sum(&self) -> Held {
        self.own.values().fold(self.others, |sum, held| added(sum, *held))
    }

    /// Adds accounts of a member that outlast the term.
    pub(super) fn add_longer(&mut self, member: usize, counts: Counts) {
        let held = self.own.entry(member).or_insert(Held::NONE);
        held.longer = held.longer.saturating_add(counts);
    }
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
        let members = vec![MemberAccounts::default(); members];
        Running { members, total: MemberAccounts::default(), pending: BTreeMap::new() }
    }

    /// Adds accounts that are active from the beginning.
    pub(super) fn hold(&mut self, member: usize, account_type: AccountType, count: u32, expires: Date) {
        for accounts in [&mut self.members[member], &mut self.total] {
            let by_expiry = accounts.by_expiry.get_mut(account_type);
            *by_expiry.entry(expires).or_default() += u64::from(count);
        }
    }

    /// Adds codes that are paid now.
    pub(super) fn pay(&mut self, buyer: usize, counts: Counts, last_day: Option<Date>) {
        for account_type in AccountType::ALL {
            for accounts in [&mut self.members[buyer], &mut self.total] {
                let codes = accounts.codes.get_mut(account_type);
                let count = codes.entry(last_day.unwrap_or(Date::MAX)).or_default();
                *count += u64::from(*counts.get(account_type));
            }
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
            let day = last_day.unwrap_or(Date::MAX);
            let taken = take(self.members[buyer].codes.get_mut(lot.account_type), day, count);
            take(self.total.codes.get_mut(lot.account_type), day, taken);
        }
        if let Some(extends) = lot.extends {
            let taken = take(self.members[lot.member].by_expiry.get_mut(lot.account_type), extends, count);
            take(self.total.by_expiry.get_mut(lot.account_type), extends, taken);
        }
        for accounts in [&mut self.members[lot.member], &mut self.total] {
            *accounts.by_expiry.get_mut(lot.account_type).entry(lot.expires).or_default() += count;
        }
    }

    /// Returns what members with a part in an order for a term, and all others, have on a day beside it: all but the
    /// accounts that the order renews.
    pub(super) fn beside(
        &self,
        day: Date,
        term_days: u32,
        renewed: &[OrderLot],
        members: impl IntoIterator<Item = usize>,
    ) -> Beside {
        let members: BTreeSet<usize> = members.into_iter().collect();
        let apart: BTreeSet<usize> =
            members.iter().copied().chain(renewed.iter().map(|lot| lot.member)).collect();
        let mut of_member: BTreeMap<usize, Vec<&OrderLot>> = BTreeMap::new();
        for lot in renewed {
            of_member.entry(lot.member).or_default().push(lot);
        }
        let mut beside = Beside::default();
        let mut rest = self.total.on(day, term_days, &[]);
        for member in apart {
            let accounts = &self.members[member];
            rest = rest.less(&accounts.on(day, term_days, &[]));
            let renewed = of_member.get(&member).map_or(&[][..], Vec::as_slice);
            let held = accounts.on(day, term_days, renewed).held();
            match members.contains(&member) {
                true => _ = beside.own.insert(member, held),
                false => beside.others = added(beside.others, held),
            }
        }
        beside.others = added(beside.others, rest.held());
        beside
    }
}

/// Accounts and codes on a day, each without a limit.
#[derive(Debug, Clone, Copy)]
struct OnDay {
    longer: PerType<u64>,
    equal: PerType<u64>,
    unactivated: PerType<u64>,
}

impl OnDay {
    fn less(&self, other: &OnDay) -> OnDay {
        let less = |all: &PerType<u64>, part: &PerType<u64>| {
            PerType::from_fn(|account_type| all.get(account_type).saturating_sub(*part.get(account_type)))
        };
        OnDay {
            longer: less(&self.longer, &other.longer),
            equal: less(&self.equal, &other.equal),
            unactivated: less(&self.unactivated, &other.unactivated),
        }
    }

    /// Returns the same as counts, at most the largest.
    fn held(&self) -> Held {
        let counts = |of: &PerType<u64>| {
            Counts::from_fn(|account_type| u32::try_from(*of.get(account_type)).unwrap_or(u32::MAX))
        };
        Held {
            longer: counts(&self.longer),
            equal: counts(&self.equal),
            unactivated: counts(&self.unactivated),
        }
    }
}

impl MemberAccounts {
    /// Returns what there is on a day beside an order for a term that renews some of it.
    fn on(&self, day: Date, term_days: u32, renewed: &[&OrderLot]) -> OnDay {
        let active = |counts_in: fn(Date, Date, u32) -> bool| {
            self.active(day, renewed, |expires| counts_in(expires, day, term_days))
        };
        OnDay { longer: active(outlasts), equal: active(expires_with), unactivated: self.codes(day) }
    }

    fn active(&self, after: Date, renewed: &[&OrderLot], counts_in: impl Fn(Date) -> bool) -> PerType<u64> {
        PerType::from_fn(|account_type| {
            let later = self.by_expiry.get(account_type).range(after..);
            let all: u64 = later.filter(|(expires, _)| counts_in(**expires)).map(|(_, count)| *count).sum();
            let of_type = renewed.iter().filter(|lot| lot.account_type == account_type);
            let own = of_type.filter(|lot| lot.extends.is_some_and(|old| after <= old && counts_in(old)));
            let own: u64 = own.map(|lot| u64::from(lot.count)).sum();
            all.saturating_sub(own)
        })
    }

    fn codes(&self, on: Date) -> PerType<u64> {
        PerType::from_fn(|account_type| {
            self.codes.get(account_type).range(on..).map(|(_, count)| *count).sum()
        })
    }
}

/// Returns the sum of what members have; at most the largest count.
pub(super) fn sum(all: impl IntoIterator<Item = Held>) -> Held {
    all.into_iter().fold(Held::NONE, added)
}

/// Returns two holdings together; at most the largest count.
fn added(one: Held, other: Held) -> Held {
    Held {
        longer: one.longer.saturating_add(other.longer),
        equal: one.equal.saturating_add(other.equal),
        unactivated: one.unactivated.saturating_add(other.unactivated),
    }
}

/// Takes accounts from those of a day, and returns how many there were to take.
fn take(from: &mut BTreeMap<Date, u64>, day: Date, count: u64) -> u64 {
    let Some(there) = from.get_mut(&day) else { return 0 };
    let taken = count.min(*there);
    *there -= taken;
    taken
}
