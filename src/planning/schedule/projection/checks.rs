//! What must hold for the orders to be those of the schedule. Read [`Builder::checks`] first.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::build::Builder;
use super::count::{Bought, Count};
use super::locks::Choice;
use super::lots::{Lot, sum};
use super::{Check, CheckKind};
use crate::account::AccountType;

impl Builder<'_, '_> {
    /// Returns what must hold for the orders to be those of the schedule while a row holds.
    pub(super) fn checks(&self, index: usize) -> Vec<Check> {
        let row = &self.rows.rows[index];
        let first = row.from.unwrap_or(self.context.date);
        let next =
            self.rows.rows.get(index + 1).filter(|next| next.member == row.member).and_then(|next| next.from);
        let until = next.unwrap_or(Date::MAX).min(self.last_day());
        let mut checks = Vec::new();
        for account_type in AccountType::ALL {
            for day in self.days_to_check(row.member, account_type, first, until) {
                let have = self.active(row.member, account_type, day);
                let have = Count::sum([have, self.spare(row.member, account_type, day)]);
                let need = self.need(row.member, account_type, day);
                checks.push(Check { kind: CheckKind::Covered, less: need, more: have });
            }
        }
        checks.extend(self.beside(row.member, first, until));
        checks.extend(self.terms(row.member, first, until));
        checks.dedup();
        checks.retain(|check| !is_sure(check));
        checks
    }

    /// Returns the first day on which nothing has been decided.
    fn last_day(&self) -> Date {
        let begun = self.cells.values().max().and_then(|last| last.tomorrow().ok());
        let undecided = self.context.undecided();
        begun.map_or(undecided, |begun| begun.max(undecided))
    }

    /// Returns the days of a row on which nothing is bought, and users may have too few accounts.
    fn days_to_check(
        &self,
        member: usize,
        account_type: AccountType,
        first: Date,
        until: Date,
    ) -> BTreeSet<Date> {
        let own = |lot: &&Lot| {
            lot.member == member
                && (lot.account_type == account_type || lot.account_type == AccountType::Interop)
        };
        let ends = self.lots.iter().filter(own).map(|lot| lot.expires);
        let begins = self.rows.changes(member);
        let days = ends.chain(begins).chain([first]).filter(|day| (first..until).contains(day));
        let is_bought = |day: &Date| {
            self.cells.iter().any(|(bought, start)| {
                (bought.member, bought.account_type, *start) == (member, account_type, *day)
                    && !self.is_renewal(bought.order)
            })
        };
        days.filter(|day| self.follows(*day) && !is_bought(day)).collect()
    }

    /// Returns the checks of the accounts that are bought with a renewal while a row holds.
    fn beside(&self, member: usize, first: Date, until: Date) -> Vec<Check> {
        let own = self.cells.iter().filter(|(bought, day)| {
            bought.member == member && (first..until).contains(*day) && !self.is_renewal(bought.order)
        });
        let beside = own.filter(|(bought, day)| {
            self.cells.iter().any(|(other, start)| {
                start == *day
                    && self.is_renewal(other.order)
                    && (other.member, other.account_type) == (member, bought.account_type)
            })
        });
        let check = |(bought, day): (&Bought, &Date)| {
            // Spare interop accounts have served basic users, who are decided on with them.
            let types = AccountType::ALL.into_iter().filter(|kind| *kind >= bought.account_type);
            let expiring = Count::sum(types.map(|kind| self.expiring(member, kind, *day)));
            let any = Count::Bought(*bought).at_most(Count::Number(1));
            Check { kind: CheckKind::SameOrder, less: any, more: expiring }
        };
        beside.map(check).collect()
    }

    /// Returns the checks of the purchases that begin while a row holds, and whose term depends on the lot that most
    /// accounts share.
    fn terms(&self, member: usize, first: Date, until: Date) -> Vec<Check> {
        let begun = self
            .locks
            .choices
            .iter()
            .filter(|choice| (first..until).contains(&choice.day) && self.follows(choice.day));
        begun.flat_map(|choice| self.checks_of(choice, member)).collect()
    }

    fn checks_of(&self, choice: &Choice, member: usize) -> Vec<Check> {
        let order = self.sequence.scheduled(choice.order);
        let own = self.cells.iter().filter(|(bought, day)| {
            bought.order == order && bought.account_type == choice.account_type && **day == choice.day
        });
        let own: Vec<Bought> = own.map(|(bought, _)| *bought).collect();
        if own.iter().all(|bought| bought.member != member) {
            return Vec::new();
        }
        let count = Count::sum(own.into_iter().map(Count::Bought));
        let decided = self.context.payer.orders[choice.order].date;
        let lot_known_on = |day: Date, expires: Date| {
            let is_own = |lot: &Lot| matches!(&lot.count, Count::Bought(bought) if bought.order == order);
            let known = |lot: &Lot| lot.ordered.is_none_or(|ordered| ordered <= day) && !is_own(lot);
            let of_type = |lot: &Lot| lot.account_type == choice.lot_type && known(lot);
            let prolonged = sum(&self.lots, |lot| of_type(lot) && lot.extends == Some(expires));
            sum(&self.lots, |lot| of_type(lot) && lot.expires == expires).less(prolonged)
        };
        let lot = |expires: Date| lot_known_on(decided, expires);
        let check = |less, more| Check { kind: CheckKind::SameOrder, less, more };
        let twice = |lot: Count| Count::sum([lot.clone(), lot]);
        let one_more = |count: Count| Count::sum([count, Count::Number(1)]);
        match choice.ends_with {
            None => {
                let lots = || choice.lots.iter().map(|expires| lot(*expires));
                let own = lots().map(|lot| check(one_more(twice(lot)), count.clone()));
                own.chain([check(Count::Number(1), Count::sum(lots()))]).collect()
            }
            Some(shared) => {
                // Of two alike, the later counts as the larger.
                let others = choice.lots.iter().filter(|expires| **expires != shared);
                let is_larger = others.map(|other| match *other > shared {
                    true => check(one_more(lot(*other)), lot(shared)),
                    false => check(lot(*other), lot(shared)),
                });
                // Had it not been too large the day before, it would have been paid then, to come after the lot (P12).
                let eve =
                    decided.yesterday().ok().filter(|eve| decided == choice.day && self.context.date <= *eve);
                let was_too_large =
                    eve.map(|eve| check(one_more(twice(lot_known_on(eve, shared))), count.clone()));
                is_larger.chain(was_too_large).chain([check(count, twice(lot(shared)))]).collect()
            }
        }
    }
}

/// Returns true if a check holds whatever the users are.
fn is_sure(check: &Check) -> bool {
    match (&check.less, &check.more) {
        (Count::Number(less), Count::Number(more)) => less <= more,
        (Count::Number(0), _) => true,
        (Count::Least(_, limit), Count::Number(more)) => {
            matches!(**limit, Count::Number(limit) if limit <= *more)
        }
        _ => false,
    }
}
