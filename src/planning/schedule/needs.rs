use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::NeedStep;
use super::heads::Heads;
use crate::account::{AccountType, Counts, PerType};
use crate::plan::{School, trial_end};
use crate::rates::RateCard;

/// The users of each member of a group who need an account, by day. Trials count (T1, docs/rules.md#t1).
#[derive(Debug)]
pub(super) struct Needs {
    members: Vec<MemberNeeds>,
}

/// The users of one member who need an account, by day.
#[derive(Debug, Clone)]
pub(super) struct MemberNeeds {
    /// Users by first day, ascending; the first step has none.
    steps: PerType<Vec<(Option<Date>, Heads)>>,
    /// Day on which the users of a type begin to need an account.
    begin: PerType<Option<Date>>,
    /// Days for which the plan states headcounts.
    stated: Vec<Date>,
}

impl Needs {
    pub(super) fn new(card: &RateCard, schools: &[&School]) -> Needs {
        Needs { members: schools.iter().map(|school| MemberNeeds::new(card, school)).collect() }
    }

    /// Returns the needs of a member.
    pub(super) fn of(&self, member: usize) -> &MemberNeeds {
        &self.members[member]
    }

    pub(super) fn of_mut(&mut self, member: usize) -> &mut MemberNeeds {
        &mut self.members[member]
    }

    /// Returns the users of a type of a member who need an account on a day.
    pub(super) fn on(&self, member: usize, account_type: AccountType, day: Date) -> u32 {
        self.members[member].on(account_type, day)
    }

    pub(super) fn counts(&self, member: usize, day: Date) -> Counts {
        self.members[member].counts(day)
    }

    /// Returns the days on which the need of a member changes by the plan: headcounts, and ends of trials.
    pub(super) fn change_days(&self, member: usize) -> BTreeSet<Date> {
        let needs = &self.members[member];
        let begins = AccountType::ALL.into_iter().filter_map(|account_type| *needs.begin.get(account_type));
        needs.stated.iter().copied().chain(begins).collect()
    }

    /// Returns the day on which the users of a type begin to need an account; `None` for ever.
    pub(super) fn begin(&self, member: usize, account_type: AccountType) -> Option<Date> {
        *self.members[member].begin.get(account_type)
    }

    /// Returns all steps, trials included.
    pub(super) fn into_steps(self) -> Vec<NeedStep> {
        let members = self.members.into_iter().enumerate();
        members.flat_map(|(member, needs)| needs.into_steps(member)).collect()
    }
}

impl MemberNeeds {
    fn new(card: &RateCard, school: &School) -> MemberNeeds {
        if !school.is_charged(card) {
            let none = || vec![(None, Heads::new(0))];
            return MemberNeeds {
                steps: PerType { basic: none(), interop: none() },
                begin: PerType::default(),
                stated: Vec::new(),
            };
        }
        let steps = |account_type: AccountType| {
            let heads = |counts: &Counts| Heads::new(*counts.get(account_type));
            let stated = school.headcounts.iter().map(|stated| (Some(stated.from), heads(&stated.counts)));
            [(None, heads(&school.counts))].into_iter().chain(stated).collect()
        };
        MemberNeeds {
            steps: PerType::from_fn(steps),
            begin: PerType::from_fn(|account_type| trial_end(card, school, account_type)),
            stated: school.headcounts.iter().map(|headcount| headcount.from).collect(),
        }
    }

    /// Returns the users of a type who need an account on a day.
    pub(super) fn on(&self, account_type: AccountType, day: Date) -> u32 {
        if self.begin.get(account_type).is_some_and(|begin| day < begin) {
            return 0;
        }
        let steps = self.steps.get(account_type);
        let after = steps.partition_point(|(from, _)| from.is_none_or(|from| from <= day));
        steps.get(after.wrapping_sub(1)).map_or(0, |(_, heads)| heads.count())
    }

    pub(super) fn counts(&self, day: Date) -> Counts {
        PerType::from_fn(|account_type| self.on(account_type, day))
    }

    /// Returns true if the plan states a headcount for a day after `after`, up to and including `until`.
    pub(super) fn is_stated(&self, after: Date, until: Date) -> bool {
        self.stated.iter().any(|day| after < *day && *day <= until)
    }

    /// Grows the heads from a day on, `renewed` of them, until the plan states others.
    pub(super) fn grow(&mut self, account_type: AccountType, from: Date, renewed: u32, growth: Decimal) {
        let steps = self.steps.get_mut(account_type);
        let after = steps.partition_point(|(start, _)| start.is_none_or(|start| start <= from));
        let Some((start, heads)) = steps.get(after.wrapping_sub(1)).copied() else { return };
        let grown = heads.grown(renewed, growth);
        match start == Some(from) {
            true => steps[after - 1].1 = grown,
            false => steps.insert(after, (Some(from), grown)),
        }
    }

    fn into_steps(self, member: usize) -> Vec<NeedStep> {
        let mut all = Vec::new();
        for account_type in AccountType::ALL {
            let begin = *self.begin.get(account_type);
            let mut last = None;
            let mut push = |from: Option<Date>, users: u32| {
                if last != Some(users) {
                    all.push(NeedStep { member, account_type, from, users });
                    last = Some(users);
                }
            };
            if begin.is_some() {
                push(None, 0);
            }
            let steps = self.steps.get(account_type);
            for (index, (from, heads)) in steps.iter().enumerate() {
                let next = steps.get(index + 1).and_then(|(from, _)| *from);
                match begin {
                    Some(begin) if next.is_some_and(|next| next <= begin) => {}
                    Some(begin) => push(Some(from.map_or(begin, |from| from.max(begin))), heads.count()),
                    None => push(*from, heads.count()),
                }
            }
        }
        all
    }
}
