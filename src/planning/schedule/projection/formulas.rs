//! The numbers that formulas are made of: users, accounts that run or end on a day, and what an order buys.

use jiff::civil::Date;

use super::build::Builder;
use super::cells::{Slot, is_renewal};
use super::count::{Bought, Count};
use super::lots::{Lot, sum};
use crate::account::{AccountType, PerType};
use crate::planning::schedule::ScheduledOrder;
use crate::rules::outlasts;

impl Builder<'_, '_> {
    /// Returns the users of a type who need an account on a day.
    pub(super) fn need(&self, member: usize, account_type: AccountType, day: Date) -> Count {
        let row = self.rows.on(member, day).filter(|_| self.rows.has_begun(member, account_type, day));
        row.map_or(Count::ZERO, |row| {
            match self.follows(self.rows.rows[row].from.unwrap_or(self.context.date)) {
                true => Count::Users(row, account_type),
                false => Count::Number(u64::from(*self.rows.rows[row].users.get(account_type))),
            }
        })
    }

    /// Returns the accounts that run on a day and do not begin to follow on it.
    pub(super) fn lasting(&self, member: usize, account_type: AccountType, day: Date) -> Count {
        let begins = |lot: &Lot| matches!(lot.count, Count::Bought(_)) && lot.starts() == Some(day);
        sum(&self.lots, |lot| lot.is_of(member, account_type) && lot.runs_on(day) && !begins(lot))
    }

    pub(super) fn active(&self, member: usize, account_type: AccountType, day: Date) -> Count {
        sum(&self.lots, |lot| lot.is_of(member, account_type) && lot.runs_on(day))
    }

    /// Returns the accounts that end on a day, those apart that something recorded prolongs.
    pub(super) fn expiring(&self, member: usize, account_type: AccountType, day: Date) -> Count {
        let own = |lot: &Lot| lot.is_of(member, account_type);
        let prolonged = sum(&self.lots, |lot| own(lot) && lot.extends == Some(day) && lot.order.is_none());
        sum(&self.lots, |lot| own(lot) && lot.expires == day).less(prolonged)
    }

    /// Returns the interop accounts that serve basic users of a member on a day (W5, docs/rules.md#w5).
    pub(super) fn spare(&self, member: usize, account_type: AccountType, day: Date) -> Count {
        match account_type {
            AccountType::Interop => Count::ZERO,
            AccountType::Basic => self.active(member, AccountType::Interop, day).less(self.need(
                member,
                AccountType::Interop,
                day,
            )),
        }
    }

    /// Returns the formula of accounts that follow.
    pub(super) fn bought(&self, bought: Bought, day: Date) -> Count {
        let Bought { order, member, account_type } = bought;
        let short = self
            .need(member, account_type, day)
            .less(self.lasting(member, account_type, day))
            .less(self.spare(member, account_type, day));
        let renewal = self.cells.iter().find(|(other, start)| {
            (other.member, other.account_type, **start) == (member, account_type, day)
                && self.is_renewal(other.order)
        });
        match renewal {
            Some((renewal, _)) if renewal.order == order => {
                short.at_most(self.expiring(member, account_type, day))
            }
            Some((renewal, _)) => short.less(Count::Bought(*renewal)),
            None => short,
        }
    }

    pub(super) fn is_renewal(&self, slot: usize) -> bool {
        match self.sequence.slots[slot] {
            Slot::Scheduled(index) => is_renewal(&self.context.payer.orders[index]),
            Slot::Possible { .. } => false,
        }
    }

    /// Returns the accounts that outlast an order, and so come before it in the tiers: P12 (docs/rules.md#p12).
    pub(super) fn held(&self, index: usize, order: &ScheduledOrder, renewal: bool) -> PerType<Count> {
        let (date, days) = (order.date, order.quote.days);
        if renewal || order.quote.start.is_zero() && order.quote.test_enterprise {
            return PerType::from_fn(|account_type| {
                Count::Number(u64::from(*order.quote.start.get(account_type)))
            });
        }
        let is_there = |lot: &Lot| match lot.activated {
            None => true,
            Some(activated) if activated == date => self.is_before(lot, index, date),
            Some(activated) => activated < date,
        };
        PerType::from_fn(|account_type| {
            let own = |lot: &Lot| lot.account_type == account_type && is_there(lot);
            let all = sum(&self.lots, |lot| own(lot) && outlasts(lot.expires, date, days));
            let prolonged = sum(&self.lots, |lot| {
                own(lot) && lot.extends.is_some_and(|old| date <= old && outlasts(old, date, days))
            });
            all.less(prolonged)
        })
    }

    /// Returns true if accounts that are activated on the day of an order are there before it.
    fn is_before(&self, lot: &Lot, index: usize, date: Date) -> bool {
        let order = match (&lot.count, lot.order) {
            (Count::Bought(bought), _) => Some(bought.order),
            (_, Some(order)) => Some(self.sequence.scheduled(order)),
            (_, None) => None,
        };
        order.is_none_or(|order| {
            let bought = match self.sequence.slots[order] {
                Slot::Scheduled(order) => self.context.payer.orders[order].date,
                Slot::Possible { renewal } => self.context.payer.orders[renewal].date,
            };
            bought < date || order < index
        })
    }
}
