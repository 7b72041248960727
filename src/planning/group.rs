use std::collections::HashMap;

use jiff::civil::Date;

use crate::account::{AccountType, Counts};
use crate::plan::{Holding, Plan, School};
use crate::pricing::Order;
use crate::rates::RateCard;
use crate::rules::{Trial, is_charged, look_up_trial};

/// Schools whose accounts are bought together (U1, docs/rules.md#u1), and the accounts that they have.
pub(super) struct Group<'p> {
    /// The payer first; each with its index in the plan.
    members: Vec<(&'p School, usize)>,
    /// Each with the index of the member whose row records it.
    pub(super) holdings: Vec<(usize, Holding)>,
}

impl<'p> Group<'p> {
    /// Returns the groups of a plan, in the order of their payers; a school that is in none is one alone.
    pub(super) fn all(plan: &'p Plan) -> Vec<Group<'p>> {
        let indices: HashMap<&str, usize> =
            plan.schools.iter().enumerate().map(|(index, school)| (school.code.as_str(), index)).collect();
        let index_of = |school: &School| indices.get(school.code.as_str()).copied().unwrap_or_default();
        let groups = plan.groups().into_iter();
        groups
            .map(|schools| {
                let holdings = schools.iter().enumerate().flat_map(|(index, school)| {
                    school.holdings(&plan.card.term).into_iter().map(move |holding| (index, holding))
                });
                Group {
                    holdings: holdings.collect(),
                    members: schools.iter().map(|school| (*school, index_of(school))).collect(),
                }
            })
            .collect()
    }

    /// Returns the school that pays.
    pub(super) fn payer(&self) -> &'p School {
        self.members[0].0
    }

    /// Returns a member and its index in the plan; the payer is member 0.
    pub(super) fn member(&self, index: usize) -> (&'p School, usize) {
        self.members[index]
    }

    /// Returns every member with its index in the plan.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'p School, usize)> {
        self.members.iter().copied()
    }

    /// Returns every member.
    pub(super) fn schools(&self) -> Vec<&'p School> {
        self.members().map(|(school, _)| school).collect()
    }

    /// Returns the trial of a charged app that ends first.
    pub(super) fn first_trial(&self, card: &RateCard) -> Option<Trial> {
        self.trials(card).map(|(_, trial)| trial).min_by_key(|trial| trial.end)
    }

    /// Returns the trials of all charged apps, each with the account type that the app needs.
    pub(super) fn trials(&self, card: &RateCard) -> impl Iterator<Item = (AccountType, Trial)> {
        self.members().flat_map(|(school, _)| &school.apps).filter_map(|app| {
            let trial = look_up_trial(card, app.kind, app.authorized).trial()?;
            Some((app.needs, trial))
        })
    }

    /// Returns how many accounts the charged members need together on a day.
    pub(super) fn needed(&self, plan: &Plan, on: Date) -> PerTypeSum {
        let charged = self
            .members()
            .filter(|(school, _)| is_charged(&plan.card, school.apps.iter().map(|app| app.kind)));
        charged.map(|(school, _)| plan.accounts_needed(school, on)).fold(
            PerTypeSum::default(),
            |sum, counts| PerTypeSum {
                basic: sum.basic + u64::from(counts.basic),
                interop: sum.interop + u64::from(counts.interop),
            },
        )
    }

    /// Returns true if enough accounts of a type are active on a day for all that are needed.
    pub(super) fn is_covered(&self, plan: &Plan, account_type: AccountType, on: Date) -> bool {
        let active = self
            .holdings
            .iter()
            .map(|(_, holding)| holding)
            .filter(|holding| holding.lot.account_type == account_type && holding.is_active(on));
        let active: u64 = active.map(|holding| u64::from(holding.lot.count)).sum();
        *self.needed(plan, on).get(account_type) <= active
    }

    /// Returns all accounts of an order together.
    pub(super) fn ordered(order: &Order) -> Counts {
        let charged = order.members.iter().filter(|member| member.charged);
        charged.fold(Counts::ZERO, |sum, member| Counts {
            basic: sum.basic.saturating_add(member.counts.basic),
            interop: sum.interop.saturating_add(member.counts.interop),
        })
    }
}

/// A sum of counts that cannot overflow.
pub(super) type PerTypeSum = crate::account::PerType<u64>;
