//! Simulates what one payer buys, day by day: first purchases, top-ups and renewals. In go its members, their
//! accounts and needs; out come priced orders and the days without enough accounts. Read `Simulation::run` first;
//! `renew` places a renewal.

mod lots;
mod recorded;

use std::collections::BTreeSet;

use jiff::civil::Date;

use self::lots::{Lot, Lots, share_out, total};
use super::gap::{Gap, gaps};
use super::heads::Heads;
use super::options::Horizon;
use super::{BudgetError, LineKind};
use crate::account::{AccountType, Counts, Term};
use crate::plan::{Headcount, PastPurchase, Plan, School};
use crate::planning::group::Group;
use crate::pricing::Order;
use crate::rules::{days_between, expiry, is_charged, recommended_pay_day, renewal_day};

/// Orders of one group over a horizon, before they are priced.
pub(super) struct Simulation<'p> {
    plan: &'p Plan,
    group: &'p Group<'p>,
    horizon: &'p Horizon,
    /// The group's order, to be filled with accounts.
    blank: Order,
    term_days: u32,
    heads: Vec<Heads>,
    lots: Lots,
    planned: Vec<Planned>,
    lost: Vec<PastPurchase>,
}

/// An order with its days.
pub(super) struct Planned {
    pub(super) date: Date,
    pub(super) kind: LineKind,
    pub(super) starts: Date,
    pub(super) expires: Date,
    pub(super) order: Order,
}

/// The result of a simulation. The orders are sorted by day.
pub(super) struct Outcome {
    pub(super) planned: Vec<Planned>,
    pub(super) gaps: Vec<Gap>,
    pub(super) lost: Vec<PastPurchase>,
}

/// Accounts to order, by type and member.
struct Want {
    kind: LineKind,
    starts: Date,
    term_days: u32,
    accounts: Vec<Counts>,
}

impl<'p> Simulation<'p> {
    pub(super) fn new(plan: &'p Plan, group: &'p Group<'p>, horizon: &'p Horizon) -> Simulation<'p> {
        let blank = plan.order(&group.schools());
        Simulation {
            term_days: plan.card.term.days(blank.term).unwrap_or(plan.card.term.days_per_year),
            blank,
            heads: Vec::new(),
            lots: Lots::default(),
            planned: Vec::new(),
            lost: Vec::new(),
            plan,
            group,
            horizon,
        }
    }

    pub(super) fn run(mut self) -> Result<Outcome, BudgetError> {
        self.record_purchases()?;
        self.decide()?;
        self.planned.retain(|order| (self.horizon.from..self.horizon.end).contains(&order.date));
        self.planned.sort_by_key(|order| order.date);
        Ok(Outcome { gaps: self.gaps(), planned: self.planned, lost: self.lost })
    }

    fn decide(&mut self) -> Result<(), BudgetError> {
        let (mut day, starts) = self.first_day();
        self.set_heads(starts);
        if day < self.horizon.end {
            self.top_up(day, starts)?;
        }
        let changes = self.headcount_changes(starts);
        let mut next_change = 0;
        while day < self.horizon.end {
            self.renew(day)?;
            let change = changes.get(next_change).copied();
            let renewal = self.lots.expiring().map(|expires| self.renewal_day(expires).max(day)).min();
            let lapse = self.lots.decided().filter(|expires| *expires > day).min();
            let Some(next) = change.into_iter().chain(renewal).chain(lapse).min() else { break };
            if next >= self.horizon.end {
                break;
            }
            day = next;
            self.lots.forget(day);
            if change == Some(day) {
                next_change += 1;
                self.set_heads(day);
            }
            if change == Some(day) || lapse == Some(day) {
                self.top_up(day, day)?;
            }
        }
        Ok(())
    }

    /// Returns the day of the first decision, and the day from which accounts are needed. A group that ever
    /// had accounts needs them at once: some of its users are past their trial.
    fn first_day(&self) -> (Date, Date) {
        let first = self.horizon.decide_from;
        let trial = self.group.first_trial(&self.plan.card).filter(|trial| first < trial.end.date());
        match trial {
            Some(trial) if self.lots.coverage().is_empty() => {
                (recommended_pay_day(&trial).map_or(first, |day| day.max(first)), trial.end.date())
            }
            _ => (first, first),
        }
    }

    /// Returns the days after a day on which a headcount changes.
    fn headcount_changes(&self, after: Date) -> Vec<Date> {
        let schools = self.group.members().flat_map(|(school, _)| &school.headcounts);
        let days: BTreeSet<Date> =
            schools.map(|headcount| headcount.from).filter(|from| *from > after).collect();
        days.into_iter().collect()
    }

    /// Sets the heads that the plan states for a day; a member without a headcount of that day keeps its
    /// grown ones.
    fn set_heads(&mut self, on: Date) {
        let first = self.heads.is_empty();
        for (index, (school, _)) in self.group.members().enumerate() {
            let stated = first || school.headcounts.iter().any(|headcount| headcount.from == on);
            let charged = is_charged(&self.plan.card, school.apps.iter().map(|app| app.kind));
            let counts = if charged { self.plan.accounts_needed(school, on) } else { Counts::ZERO };
            match self.heads.get_mut(index) {
                Some(heads) if stated => *heads = Heads::new(counts),
                Some(_) => {}
                None => self.heads.push(Heads::new(counts)),
            }
        }
    }

    fn needed(&self, account_type: AccountType) -> Vec<u32> {
        self.heads.iter().map(|heads| heads.count(account_type)).collect()
    }

    /// Buys the accounts that are short on a day, to run from `starts` on.
    fn top_up(&mut self, day: Date, starts: Date) -> Result<(), BudgetError> {
        let mut wants = Vec::new();
        for account_type in AccountType::ALL {
            let needed = self.needed(account_type);
            let has = self.lots.kept(account_type, day, self.heads.len());
            let short = total(&needed).saturating_sub(total(&has));
            if short == 0 {
                continue;
            }
            let common = self.lots.last_expiry(account_type, starts).filter(|_| !self.blank.test_enterprise);
            let (kind, term_days) = match common {
                Some(expires) => (LineKind::TopUp, self.co_terminating(starts, expires)),
                None => (LineKind::Purchase, self.term_days),
            };
            let accounts = share_out(short, &needed, &has);
            self.want(&mut wants, kind, starts, term_days, account_type, &accounts);
        }
        self.order(day, wants)
    }

    /// Returns the days of a term that ends with accounts of that expiry, or, where they expire too soon for
    /// that, with their renewal.
    fn co_terminating(&self, starts: Date, expires: Date) -> u32 {
        let rules = &self.plan.card.term;
        let left = days_between(starts, expires);
        let days = if left < rules.least_days { left.saturating_add(self.term_days) } else { left };
        days.max(rules.least_days).min(rules.most_days)
    }

    /// Renews the accounts whose renewal is due on a day.
    fn renew(&mut self, day: Date) -> Result<(), BudgetError> {
        let due: BTreeSet<Date> =
            self.lots.expiring().filter(|expires| self.renewal_day(*expires) <= day).collect();
        for expires in due {
            let mut wants = Vec::new();
            for account_type in AccountType::ALL {
                self.renew_type(account_type, day, expires, &mut wants);
            }
            self.lots.mark_renewal_decided(expires);
            self.order(day, wants)?;
        }
        Ok(())
    }

    fn renew_type(&mut self, account_type: AccountType, day: Date, expires: Date, wants: &mut Vec<Want>) {
        let members = self.heads.len();
        let expiring = self.lots.expiring_on(account_type, expires, members);
        if total(&expiring) == 0 {
            return;
        }
        let others = self.lots.lasting_beyond(account_type, expires, members);
        self.grow(account_type, &expiring, &others, day, expires);
        let needed = self.needed_at(account_type, day, expires);
        let short = total(&needed).saturating_sub(total(&others));
        let accounts = share_out(short, &needed, &others);
        let (renewed, mut added) = split_off(&accounts, &expiring);
        // Heads that the plan states for a day before the new term are topped up on that day.
        if self.stated_between(day, expires).iter().any(Option::is_some) {
            added.fill(0);
        }
        self.want(wants, LineKind::Renewal, expires, self.term_days, account_type, &renewed);
        self.want(wants, LineKind::Growth, expires, self.term_days, account_type, &added);
    }

    /// Grows the heads of each member whose accounts are renewed, unless the plan states its heads before the
    /// new term begins.
    fn grow(
        &mut self,
        account_type: AccountType,
        expiring: &[u32],
        others: &[u32],
        day: Date,
        expires: Date,
    ) {
        if self.horizon.growth.is_zero() {
            return;
        }
        for (index, stated) in self.stated_between(day, expires).into_iter().enumerate() {
            if stated.is_none() {
                let heads = &mut self.heads[index];
                let kept = heads.count(account_type).saturating_sub(others[index]).min(expiring[index]);
                heads.grow(account_type, kept, self.horizon.growth);
            }
        }
    }

    /// Returns the accounts that are needed when the term of a renewal begins.
    fn needed_at(&self, account_type: AccountType, day: Date, starts: Date) -> Vec<u32> {
        let mut needed = self.needed(account_type);
        for (needed, stated) in needed.iter_mut().zip(self.stated_between(day, starts)) {
            *needed = stated.map_or(*needed, |counts| *counts.get(account_type));
        }
        needed
    }

    /// Returns what the plan states for each member after the day of a renewal and up to the first day of its
    /// term.
    fn stated_between(&self, day: Date, starts: Date) -> Vec<Option<Counts>> {
        let in_between = |headcount: &&Headcount| day < headcount.from && headcount.from <= starts;
        let last = |school: &School| school.headcounts.iter().rev().find(in_between).map(|last| last.counts);
        self.group.members().map(|(school, _)| last(school)).collect()
    }

    fn renewal_day(&self, expires: Date) -> Date {
        renewal_day(&self.plan.card, expires, self.term_days)
    }

    /// Adds accounts to the want of the same kind and days, so that both types make one order.
    fn want(
        &self,
        wants: &mut Vec<Want>,
        kind: LineKind,
        starts: Date,
        term_days: u32,
        account_type: AccountType,
        accounts: &[u32],
    ) {
        if total(accounts) == 0 {
            return;
        }
        let alike = |want: &Want| (want.kind, want.starts, want.term_days) == (kind, starts, term_days);
        let index = wants.iter().position(alike).unwrap_or_else(|| {
            wants.push(Want { kind, starts, term_days, accounts: vec![Counts::ZERO; accounts.len()] });
            wants.len() - 1
        });
        for (counts, count) in wants[index].accounts.iter_mut().zip(accounts) {
            *counts.get_mut(account_type) = *count;
        }
    }

    /// Places the wants of a day, renewals first.
    fn order(&mut self, day: Date, mut wants: Vec<Want>) -> Result<(), BudgetError> {
        wants.sort_by_key(|want| want.kind != LineKind::Renewal);
        for Want { kind, starts, term_days, accounts } in wants {
            let term = self.plan.card.term.term_of(term_days);
            let expires = self.expiry(day, starts, term)?;
            let order = self.filled(day, kind, term, term_days, &accounts);
            for account_type in AccountType::ALL {
                self.lots.add(Lot {
                    account_type,
                    accounts: accounts.iter().map(|counts| *counts.get(account_type)).collect(),
                    starts: Some(starts),
                    expires,
                    renews: kind == LineKind::Renewal,
                    renewable: true,
                    decided: false,
                });
            }
            self.planned.push(Planned { date: day, kind, starts, expires, order });
        }
        Ok(())
    }

    fn filled(&self, day: Date, kind: LineKind, term: Term, term_days: u32, accounts: &[Counts]) -> Order {
        let mut order = Order { term, renewal: kind == LineKind::Renewal, ..self.blank.clone() };
        for (index, (member, counts)) in order.members.iter_mut().zip(accounts).enumerate() {
            member.counts = *counts;
            member.held = self.lots.outlasting(index, day, term_days);
            member.held_expiring_with = self.lots.expiring_with(index, day, term_days);
        }
        order
    }

    fn gaps(&self) -> Vec<Gap> {
        let trials: Vec<_> = self.group.trials(&self.plan.card).collect();
        let is_needed = |account_type: AccountType, on: Date| {
            let needed = self.group.needed(self.plan, on);
            match account_type {
                AccountType::Basic => needed.basic + needed.interop > 0,
                AccountType::Interop => needed.interop > 0,
            }
        };
        let of_type = |account_type: AccountType| {
            let ends = trials.iter().filter(|(needs, _)| *needs == account_type);
            let trial_end = ends.map(|(_, trial)| trial.end.date()).min();
            let needed = move |on| is_needed(account_type, on);
            gaps(account_type, trial_end, self.lots.coverage(), self.horizon.end, needed)
        };
        AccountType::ALL.into_iter().flat_map(of_type).collect()
    }

    /// Returns the day on which accounts of an order of `date` expire that begin to run on `starts`.
    fn expiry(&self, date: Date, starts: Date, term: Term) -> Result<Date, BudgetError> {
        let expires = expiry(&self.plan.card.term, starts, term);
        expires.ok_or_else(|| BudgetError::Expiry { payer: self.blank.payer.clone(), date })
    }
}

/// Splits accounts into those that continue expiring ones, each member's own first, and the rest.
fn split_off(accounts: &[u32], expiring: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut renewed: Vec<u32> = accounts.iter().zip(expiring).map(|(count, own)| *count.min(own)).collect();
    let mut left = total(expiring) - total(&renewed);
    for (renewed, count) in renewed.iter_mut().zip(accounts) {
        let more = u64::from(*count - *renewed).min(left);
        *renewed += more as u32;
        left -= more;
    }
    let added = accounts.iter().zip(&renewed).map(|(count, renewed)| count - renewed).collect();
    (renewed, added)
}
