use jiff::civil::Date;

use super::{Plan, School};
use crate::account::{AccountType, Counts, PerType};
use crate::rates::RateCard;
use crate::rules::{is_charged, look_up_trial};

/// Decides whether users in a free trial need an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trials {
    /// Users in a trial need none yet (T1, docs/rules.md#t1).
    Counted,
    /// All users need one.
    Ignored,
}

impl School {
    /// Returns its users on a day, Beijing time: those of the last headcount up to that day, else the counts
    /// stated without a day.
    pub fn users(&self, on: Date) -> Counts {
        let last = self.headcounts.iter().rev().find(|headcount| headcount.from <= on);
        last.map_or(self.counts, |headcount| headcount.counts)
    }

    /// Returns true if it needs licences at all, by W1 (docs/rules.md#w1).
    pub fn is_charged(&self, card: &RateCard) -> bool {
        is_charged(card, self.apps.iter().map(|app| app.kind))
    }
}

impl Plan {
    /// Returns the users of a school who need an account on a day, Beijing time, by the type that they need. A
    /// school with internal apps alone needs none (W1).
    pub fn need(&self, school: &School, on: Date, trials: Trials) -> Counts {
        if !school.is_charged(&self.card) {
            return Counts::ZERO;
        }
        let users = school.users(on);
        PerType::from_fn(|account_type| {
            let in_trial = trials == Trials::Counted
                && trial_end(&self.card, school, account_type).is_some_and(|end| on < end);
            if in_trial { 0 } else { *users.get(account_type) }
        })
    }
}

/// Returns the day, Beijing time, on which the users of a type at a school begin to need an account: the end
/// of the trial of its first charged app that needs the type, or, if no such app has a trial, of its first
/// charged app, by T1 (docs/rules.md#t1). `None` if no trial is known.
pub fn trial_end(card: &RateCard, school: &School, account_type: AccountType) -> Option<Date> {
    let ends = |of_type: bool| {
        let apps = school.apps.iter().filter(move |app| !of_type || app.needs == account_type);
        apps.filter_map(|app| Some(look_up_trial(card, app.kind, app.authorized).trial()?.end.date())).min()
    };
    ends(true).or_else(|| ends(false))
}
