use std::collections::BTreeMap;

use jiff::civil::Date;

use super::activate::ledger_lot;
use super::days::after;
use super::{AccountType, Simulation};
use crate::account::Counts;
use crate::planning::schedule::ledger::Stock;
use crate::planning::schedule::running::Origin;
use crate::planning::schedule::{Lapsed, OrderLot, ScheduleError};
use crate::rules::{expiry, first_stacking_day, latest_expiry, stacking_days};

impl Simulation<'_, '_> {
    /// Returns the codes that can be activated on a day for a member alone.
    pub(super) fn own_codes(&self, member: usize, day: Date) -> Counts {
        usable_codes(self.ledger.own_stock(member), day)
    }

    /// Returns the codes that can be activated on a day for any member.
    pub(super) fn shared_codes(&self, day: Date) -> Counts {
        usable_codes(self.ledger.shared_stock(), day)
    }

    /// Activates codes on a day for users of a member without an account: its own of their type, its own interop
    /// ones (W5, docs/rules.md#w5), then the shared ones. Returns how many it activated.
    pub(super) fn start_by_codes(
        &mut self,
        member: usize,
        needed: AccountType,
        day: Date,
        count: u32,
    ) -> Result<u32, ScheduleError> {
        let mut left = count;
        for shared in [false, true] {
            for account_type in serving(needed) {
                for index in
                    self.usable(member, *account_type, |stock| stock.shared == shared && stock.is_usable(day))
                {
                    let used = left.min(self.ledger.stock[index].left);
                    self.use_codes(index, member, used, day, None)?;
                    left -= used;
                }
            }
        }
        Ok(count - left)
    }

    /// Continues expiring accounts of a member by codes in stock, of which automatic activation takes the one
    /// whose last day comes first: O9 (docs/rules.md#o9). They are activated at the expiry, or, if their last day
    /// comes before, stacked on the accounts on that day (T7, T8). Returns how many it continued.
    pub(super) fn continue_by_codes(
        &mut self,
        member: usize,
        account_type: AccountType,
        expires: Date,
        count: u32,
        decided: Date,
    ) -> Result<u32, ScheduleError> {
        let mut left = count;
        let card = self.engine.card;
        let first = first_stacking_day(card, expires).unwrap_or(expires).max(decided);
        let activation = |stock: &Stock| {
            let day = stock.last_day.map_or(expires, |last| last.min(expires));
            let reached = expiry(&card.term, expires, stock.term);
            let too_far =
                latest_expiry(card, day).zip(reached).is_none_or(|(latest, reached)| latest < reached);
            let stacked = day < expires;
            let fits = stock.paid <= day && first <= day && !(stacked && too_far);
            (stock.left > 0 && fits).then_some(day)
        };
        for index in self.usable(member, account_type, |stock| activation(stock).is_some()) {
            let Some(day) = activation(&self.ledger.stock[index]) else { continue };
            let used = left.min(self.ledger.stock[index].left);
            self.use_codes(index, member, used, day, Some(expires).filter(|_| day < expires))?;
            left -= used;
        }
        Ok(count - left)
    }

    /// Stacks codes whose last day of activation it is on accounts that expire soon and are still needed then.
    pub(super) fn stack_last_codes(&mut self, day: Date) -> Result<(), ScheduleError> {
        let is_last = |stock: &Stock| stock.is_usable(day) && stock.last_day == Some(day);
        if day < self.engine.today || !self.ledger.stock.iter().any(is_last) {
            return Ok(());
        }
        let Some(reach) = stacking_days(self.engine.card).and_then(|days| after(day, days)) else {
            return Ok(());
        };
        let expiries: Vec<Date> =
            self.ledger.undecided(day).take_while(|expires| *expires <= reach).collect();
        for expires in expiries {
            for account_type in AccountType::ALL {
                let open: BTreeMap<usize, u32> = self.ledger.open(account_type, expires);
                for (member, expiring) in open {
                    let mut short = *self.short(member, expires).get(account_type).min(&expiring);
                    for index in self.usable(member, account_type, is_last) {
                        let stock = &self.ledger.stock[index];
                        let reached = expiry(&self.engine.card.term, expires, stock.term);
                        let latest = latest_expiry(self.engine.card, day);
                        if latest.zip(reached).is_none_or(|(latest, reached)| latest < reached) {
                            continue;
                        }
                        let used = short.min(stock.left);
                        self.use_codes(index, member, used, day, Some(expires))?;
                        short -= used;
                    }
                }
            }
        }
        Ok(())
    }

    /// Returns the codes of a type that serve a member, its own first, then those whose last day comes first.
    fn usable(
        &self,
        member: usize,
        account_type: AccountType,
        is_usable: impl Fn(&Stock) -> bool,
    ) -> Vec<usize> {
        let serving = self.ledger.own_stock(member).chain(self.ledger.shared_stock());
        let of_type = serving.filter(|(_, stock)| stock.account_type == account_type);
        of_type.filter(|(_, stock)| is_usable(stock)).map(|(index, _)| index).collect()
    }

    fn use_codes(
        &mut self,
        index: usize,
        member: usize,
        count: u32,
        activated: Date,
        extends: Option<Date>,
    ) -> Result<(), ScheduleError> {
        if count == 0 {
            return Ok(());
        }
        let Stock { member: owner, purchase, account_type, term, paid, last_day, .. } =
            self.ledger.stock[index];
        let expires = self.expiry(paid, extends.unwrap_or(activated), term)?;
        let lot = OrderLot { member, account_type, count, activated, extends, expires, recorded: false };
        self.ledger.stock[index].left -= count;
        match extends {
            Some(old) => self.ledger.prolong(old, ledger_lot(&lot)),
            None => self.ledger.add(ledger_lot(&lot)),
        }
        self.recorded_lots.entry((owner, purchase)).or_default().push(lot);
        // Codes of a purchase that is not placed yet begin to count with it.
        if self.is_placed((owner, purchase)) {
            self.running.plan(lot, Origin::Codes { buyer: owner, last_day });
        }
        Ok(())
    }

    /// Returns the next last day of activation of codes in stock.
    pub(super) fn next_code_deadline(&self, day: Date) -> Option<Date> {
        let left = self.ledger.stock.iter().filter(|stock| stock.left > 0);
        left.filter_map(|stock| stock.last_day).filter(|last| *last > day).min()
    }

    /// Reports the codes that nobody activated by their last day, if that is before a day.
    pub(super) fn lapse_before(&mut self, until: Date) {
        let lost = self.ledger.stock.iter().filter_map(|stock| {
            let last_day = stock.last_day.filter(|last| stock.left > 0 && *last < until)?;
            Some((stock, last_day))
        });
        self.lapsed = lost
            .map(|(stock, last_day)| Lapsed {
                member: stock.member,
                purchase: stock.purchase,
                account_type: stock.account_type,
                count: stock.left,
                last_day,
                worth: self.worth(stock),
            })
            .collect();
    }
}

/// Returns the types of account that serve a user, the one of his need first.
fn serving(needed: AccountType) -> &'static [AccountType] {
    match needed {
        AccountType::Basic => &[AccountType::Basic, AccountType::Interop],
        AccountType::Interop => &[AccountType::Interop],
    }
}

/// Returns the codes that can be activated on a day.
fn usable_codes<'s>(stock: impl Iterator<Item = (usize, &'s Stock)>, day: Date) -> Counts {
    stock.filter(|(_, stock)| stock.is_usable(day)).fold(Counts::ZERO, |mut sum, (_, stock)| {
        let count = sum.get_mut(stock.account_type);
        *count = count.saturating_add(stock.left);
        sum
    })
}
