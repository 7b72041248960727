use std::collections::BTreeSet;

use jiff::civil::Date;

use super::lots::Lot;
use crate::account::{AccountType, Counts, PerType};
use crate::plan::{School, trial_end};
use crate::planning::schedule::{NeedStep, PayerSchedule};
use crate::rates::RateCard;

/// A row of users before its formulas.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) member: usize,
    pub(super) from: Option<Date>,
    pub(super) users: Counts,
    /// True if it stands where accounts end, and users may grow.
    pub(super) at_expiry: bool,
}

/// The users of a payer's members, in rows.
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// For each member and type, the day on which users begin to need an account; `None` from the beginning.
    begin: Vec<PerType<Option<Date>>>,
}

impl Rows {
    /// Returns a row for the plan's date, one for each later headcount of the plan, and one for each day on which
    /// accounts end, others go on, and users may grow; as far as the schedule decides on them.
    pub(super) fn new(
        card: &RateCard,
        schools: &[&School],
        payer: &PayerSchedule,
        lots: &[Lot],
        (date, until, undecided): (Date, Date, Date),
        decided: &dyn Fn(usize, Date) -> Date,
    ) -> Rows {
        let mut rows = Vec::new();
        for (member, school) in schools.iter().enumerate().filter(|(_, school)| school.is_charged(card)) {
            rows.push(Row { member, from: None, users: school.users(date), at_expiry: false });
            let stated: BTreeSet<Date> = school.headcounts.iter().map(|headcount| headcount.from).collect();
            let may_grow = |expires: &Date| {
                let decided = decided(member, *expires);
                let is_stated = stated.iter().any(|day| decided < *day && day <= expires);
                date < *expires && decided < until && !is_stated
            };
            let begun = lots.iter().filter(|lot| lot.member == member).filter_map(Lot::starts).max();
            let is_decided = |day: &&Date| **day < undecided || begun.is_some_and(|begun| **day <= begun);
            let expiries = expiries(lots, member).into_iter().filter(may_grow);
            let days: BTreeSet<Date> = expiries.chain(stated.iter().filter(is_decided).copied()).collect();
            for day in days.range(date..).filter(|day| date < **day) {
                let users = match stated.contains(day) {
                    true => school.users(*day),
                    false => supposed(&payer.needs, school, member, *day),
                };
                rows.push(Row { member, from: Some(*day), users, at_expiry: !stated.contains(day) });
            }
        }
        let begin = |school: &&School| PerType::from_fn(|account_type| trial_end(card, school, account_type));
        Rows { rows, begin: schools.iter().map(begin).collect() }
    }

    /// Returns the row of a member that holds on a day, by its index; `None` if it needs no accounts at all.
    pub(super) fn on(&self, member: usize, day: Date) -> Option<usize> {
        let rows = self.rows.iter().enumerate();
        let own = rows.filter(|(_, row)| row.member == member && row.from.is_none_or(|from| from <= day));
        own.map(|(index, _)| index).next_back()
    }

    /// Returns true if users of a type need an account on a day.
    pub(super) fn has_begun(&self, member: usize, account_type: AccountType, day: Date) -> bool {
        self.begin[member].get(account_type).is_none_or(|begin| begin <= day)
    }

    /// Returns the days on which the need of a member changes.
    pub(super) fn changes(&self, member: usize) -> impl Iterator<Item = Date> {
        let own = self.rows.iter().filter(move |row| row.member == member);
        let begin = AccountType::ALL.into_iter().filter_map(move |kind| *self.begin[member].get(kind));
        own.filter_map(|row| row.from).chain(begin)
    }
}

/// Returns the days on which accounts of a member end and others of it begin, or spare ones may serve.
fn expiries(lots: &[Lot], member: usize) -> BTreeSet<Date> {
    let own = || lots.iter().filter(|lot| lot.member == member);
    let starts: BTreeSet<Date> = own().filter_map(Lot::starts).collect();
    let has_interop = own().any(|lot| lot.account_type == AccountType::Interop);
    own().map(|lot| lot.expires).filter(|expires| has_interop || starts.contains(expires)).collect()
}

/// Returns the users that the schedule supposes on a day. In a trial it says none, so that those of the plan hold.
fn supposed(needs: &[NeedStep], school: &School, member: usize, day: Date) -> Counts {
    PerType::from_fn(|account_type| {
        let mut steps =
            needs.iter().filter(|step| (step.member, step.account_type) == (member, account_type));
        let last = steps.rfind(|step| step.from.is_none_or(|from| from <= day));
        match last {
            Some(step) if step.users > 0 => step.users,
            _ => *school.users(day).get(account_type),
        }
    })
}
