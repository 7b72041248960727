use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::walk::Route;
use super::super::{Cause, Change};
use super::spans::spans;
use super::step::Step;
use super::{BudgetSide, SharedOptions};
use crate::account::Counts;
use crate::plan::{Headcount, Plan, School};
use crate::planning::budget::{Budget, BudgetError, budget};
use crate::pricing::{MemberQuote, OrderQuote, OrderStatus};
use crate::rates::RateCard;

/// A side with its budget; the plan has a date.
pub(super) struct DatedSide {
    pub(super) plan: Plan,
    /// The growth in percent; zero for none.
    pub(super) growth: Decimal,
    pub(super) budget: Budget,
}

impl DatedSide {
    pub(super) fn new(side: BudgetSide<'_>, options: &SharedOptions) -> Result<DatedSide, Vec<BudgetError>> {
        let BudgetSide { plan, from, growth } = side;
        let budget = budget(plan, &options.of(from, growth))?;
        let plan = Plan { date: Some(budget.date), ..plan.clone() };
        Ok(DatedSide { plan, growth: growth.unwrap_or_default(), budget })
    }
}

/// The way from one budget to the other. A cell is a customer in a part of the periods.
pub(super) struct BudgetRoute<'s> {
    pub(super) old: &'s DatedSide,
    pub(super) new: &'s DatedSide,
    options: &'s SharedOptions,
    /// Parts of the old period, `end` exclusive.
    pub(super) old_spans: Vec<Range<Date>>,
    /// The same parts of the new period.
    pub(super) new_spans: Vec<Range<Date>>,
    /// Every school: those of the new side in its order, then the removed ones.
    pub(super) schools: Vec<SchoolPair<'s>>,
    /// Index in `schools` by code.
    index: HashMap<&'s str, usize>,
}

/// A customer of either side.
#[derive(Clone, Copy)]
pub(super) struct SchoolPair<'s> {
    pub(super) old: Option<Placed<'s>>,
    pub(super) new: Option<Placed<'s>>,
}

/// A school of a plan, with the one that pays for it.
#[derive(Clone, Copy)]
pub(super) struct Placed<'s> {
    pub(super) school: &'s School,
    pub(super) payer: &'s School,
}

/// All that decides a budget.
#[derive(PartialEq)]
pub(super) struct State {
    plan: Plan,
    from: Date,
    growth: Decimal,
}

impl<'s> BudgetRoute<'s> {
    /// Returns the way between two sides; `None` beyond the calendar.
    pub(super) fn new(
        old: &'s DatedSide,
        new: &'s DatedSide,
        options: &'s SharedOptions,
    ) -> Option<BudgetRoute<'s>> {
        let (old_schools, new_schools) = (by_code(&old.plan), by_code(&new.plan));
        let is_gone = |school: &&School| !new_schools.contains_key(school.code.as_str());
        let gone = old.plan.schools.iter().filter(is_gone);
        let codes: Vec<&str> =
            new.plan.schools.iter().chain(gone).map(|school| school.code.as_str()).collect();
        let pair = |code: &&str| SchoolPair {
            old: old_schools.get(code).copied(),
            new: new_schools.get(code).copied(),
        };
        let is_moved = old.budget.from != new.budget.from;
        Some(BudgetRoute {
            old,
            new,
            options,
            old_spans: spans(&old.budget, options.by, is_moved)?,
            new_spans: spans(&new.budget, options.by, is_moved)?,
            schools: codes.iter().map(pair).collect(),
            index: codes.into_iter().enumerate().map(|(index, code)| (code, index)).collect(),
        })
    }

    /// Returns the old side, to start from.
    pub(super) fn start(&self) -> State {
        State { plan: self.old.plan.clone(), from: self.old.budget.from, growth: self.old.growth }
    }

    /// Returns the shares of each customer in the orders of each part of a budget's period: customer by customer.
    /// `None` if a sum overflows the range of money.
    pub(super) fn amounts_of(&self, budget: &Budget) -> Option<Vec<Change>> {
        let spans = if budget.from == self.old.budget.from { &self.old_spans } else { &self.new_spans };
        let mut cells = vec![Change::ZERO; self.schools.len() * spans.len()];
        for line in &budget.lines {
            let span = spans.partition_point(|span| span.end <= line.order.date);
            for member in &line.order.quote.members {
                let school = member.party.code.as_deref().and_then(|code| self.index.get(code));
                let cell = school.and_then(|school| cells.get_mut(school * spans.len() + span))?;
                *cell = cell.checked_add(share(&line.order.quote, member))?;
            }
        }
        Some(cells)
    }

    /// Returns true if the two sides have different periods.
    fn moves(&self) -> bool {
        self.old.budget.from != self.new.budget.from
    }

    /// Returns true if what changes over time is fixed from one step up to another, not included.
    fn is_steady(&self, done: Step, from: Step, until: Step) -> bool {
        self.moves() && (from..until).contains(&done)
    }

    /// Returns the new side's school with what it keeps of the old side after a step.
    fn school(&self, school: &School, done: Step) -> School {
        let mut school = school.clone();
        if let Some(old) = self.old_of(&school.code) {
            self.keep_own(&mut school, old.school, done);
        }
        if let Some(payer) = self.old_payer(&school.code) {
            keep_of_orders(&mut school, payer, done);
        }
        school
    }

    fn old_of(&self, code: &str) -> Option<Placed<'s>> {
        self.index.get(code).and_then(|index| self.schools.get(*index)?.old)
    }

    /// Lets a school keep what it had itself.
    fn keep_own(&self, school: &mut School, old: &School, done: Step) {
        if done < Step::Apps {
            school.apps.clone_from(&old.apps);
        }
        if done < Step::Headcount {
            school.counts = old.counts;
            school.headcounts.clone_from(&old.headcounts);
            if self.is_steady(done, Step::SteadyUsers, Step::Headcount) {
                school.headcounts.retain(|headcount| headcount.from <= self.old.budget.from);
            }
        } else if done < Step::Holdings {
            let (old_date, new_date) = (self.old.budget.date, self.new.budget.date);
            if old_date < new_date {
                (school.counts, school.headcounts) = users_until(old, school, new_date);
            }
        }
        if done < Step::Holdings {
            school.held.clone_from(&old.held);
            school.purchases.clone_from(&old.purchases);
        }
        if done < Step::OrderKind {
            school.test_enterprise = old.test_enterprise;
        }
        if done < Step::Waiver {
            school.customer.clone_from(&old.customer);
        }
        if done < Step::Status {
            school.status = old.status;
        }
    }

    /// Returns the school whose term and prices the orders of a school had on the old side: its payer; of a school
    /// that was not there, the payer of the first of its downstreams that was.
    fn old_payer(&self, code: &str) -> Option<&'s School> {
        let old = self.old_of(code).or_else(|| {
            let members = self.new.plan.schools.iter();
            let mut members = members.filter(|member| member.upstream.as_deref() == Some(code));
            members.find_map(|member| self.old_of(&member.code))
        });
        old.map(|old| old.payer)
    }

    fn card(&self, done: Step) -> RateCard {
        let (old, new) = (&self.old.plan.card, &self.new.plan.card);
        let mut card = if done < Step::Tiers { old.as_ref().clone() } else { new.as_ref().clone() };
        if done < Step::Waiver {
            card.waivers.clone_from(&old.waivers);
        }
        if self.is_steady(done, Step::SteadyWaivers, Step::Waiver) {
            let first = self.old.budget.from;
            card.waivers.retain(|rule| rule.from <= first);
            for rule in &mut card.waivers {
                rule.last_day = rule.last_day.filter(|last| *last < first);
            }
        }
        card
    }

    fn growth(&self, done: Step) -> Decimal {
        if done >= Step::Growth {
            return self.new.growth;
        }
        let is_steady = self.is_steady(done, Step::SteadyGrowth, Step::Growth);
        if is_steady { Decimal::ZERO } else { self.old.growth }
    }
}

impl Route for BudgetRoute<'_> {
    type Step = Step;
    type State = State;

    fn steps(&self) -> &'static [Step] {
        &Step::ALL
    }

    fn after(&self, done: Step) -> State {
        let (old, new) = (self.old, self.new);
        let plan = Plan {
            date: if done < Step::Holdings { old.plan.date } else { new.plan.date },
            card: Arc::new(self.card(done)),
            provider: old.plan.provider.clone(),
            schools: new.plan.schools.iter().map(|school| self.school(school, done)).collect(),
            left_out: Vec::new(),
        };
        let from = if done < Step::Period { old.budget.from } else { new.budget.from };
        State { plan, from, growth: self.growth(done) }
    }

    fn amounts(&self, state: &State) -> Option<Vec<Change>> {
        let options = self.options.of(Some(state.from), Some(state.growth));
        self.amounts_of(&budget(&state.plan, &options).ok()?)
    }

    fn cause(&self, step: Step, cell: usize) -> Cause {
        let school = cell.checked_div(self.old_spans.len()).and_then(|index| self.schools.get(index));
        match school {
            Some(SchoolPair { old: Some(old), new: Some(new) }) => {
                step.cause((&self.old.plan, *old), (&self.new.plan, *new), self.moves())
            }
            Some(SchoolPair { new: None, .. }) => Cause::Removed,
            _ => Cause::Added,
        }
    }
}

/// Returns the schools of a plan by code.
fn by_code(plan: &Plan) -> HashMap<&str, Placed<'_>> {
    let schools: HashMap<&str, &School> =
        plan.schools.iter().map(|school| (school.code.as_str(), school)).collect();
    let placed = plan.schools.iter().map(|school| {
        let payer = school.upstream.as_deref().and_then(|code| schools.get(code).copied());
        (school.code.as_str(), Placed { school, payer: payer.unwrap_or(school) })
    });
    placed.collect()
}

/// Returns a member's part of an order, as far as prices are known.
fn share(order: &OrderQuote, member: &MemberQuote) -> Change {
    match (order.status, member.status) {
        (OrderStatus::Confirmed, OrderStatus::Confirmed) => {
            Change { firm: member.priced_share, ..Change::ZERO }
        }
        _ => Change { unconfirmed: member.priced_share, ..Change::ZERO },
    }
}

/// Lets a school keep what decided the orders that it took part in.
fn keep_of_orders(school: &mut School, old: &School, done: Step) {
    if done < Step::Term {
        school.term = old.term;
    }
    if done < Step::Negotiated {
        school.negotiated = old.negotiated;
    }
}

/// Returns the users of the old side until a day, and those of the new side from then on.
fn users_until(old: &School, new: &School, day: Date) -> (Counts, Vec<Headcount>) {
    let before = old.headcounts.iter().copied().filter(|headcount| headcount.from < day);
    let on = Headcount { from: day, counts: new.users(day) };
    let after = new.headcounts.iter().copied().filter(|headcount| day < headcount.from);
    (old.counts, before.chain([on]).chain(after).collect())
}
