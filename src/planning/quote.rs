//! What a plan has to buy on its date, with the position of every payer: users, accounts, and what comes next.
//!
//! A [`Plan`] goes in, a [`PlanQuote`] comes out; read [`quote_plan`] first. The quote prices what is missing for the
//! school's term; where the [schedule](super::schedule) would buy otherwise on that day, it has the scheduled orders
//! beside it.

use std::borrow::Cow;
use std::collections::HashMap;

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::assignment::{TransferSaving, assignments, transfer_savings};
use super::schedule::{OrderKind, Schedule, ScheduleError, ScheduleOptions, ScheduledOrder, schedule};
use crate::account::{AccountType, Counts};
use crate::money::Money;
use crate::plan::{MemberPosition, Plan, School, Trials, buys_or_is_free, missing};
use crate::pricing::{Note, NoteKind, Order, OrderQuote, Party, Quote, quote_orders};

/// The quote of a plan, and the position of each payer on its date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanQuote {
    /// The orders that buy what is missing.
    pub quote: Quote,
    /// Every payer that is charged, in the order of the plan.
    pub payers: Vec<PayerPosition>,
}

/// The users and accounts of a payer and its downstreams on the plan's date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerPosition {
    /// The payer.
    pub payer: Party,
    /// The payer and its downstreams.
    pub members: Vec<Position>,
    /// Index of its order in [`Quote::orders`]; `None` if nothing is missing.
    pub order: Option<usize>,
    /// The orders of the schedule on the plan's date, if their term is another than the quote's.
    pub scheduled: Vec<ScheduledOrder>,
    /// The next payment of the schedule; for a payer that misses nothing.
    pub next: Option<ScheduledOrder>,
}

/// The users and accounts of one school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Its code and name.
    pub school: Party,
    /// Users who need an account, those in a trial too.
    pub need: Counts,
    /// Active accounts, and codes that can still be activated.
    pub have: Counts,
    /// Users whom neither serves: accounts to buy.
    pub missing: Counts,
    /// The active accounts by type and day of expiry, Beijing time.
    pub active: Vec<(AccountType, Date, u32)>,
}

impl PayerPosition {
    /// Returns true if it has any account or code.
    pub fn has_accounts(&self) -> bool {
        self.members.iter().any(|member| !member.have.is_zero())
    }
}

/// Returns the quote of a plan for what is missing on its date. Its total is incomplete if schools are left out.
///
/// # Errors
/// [`ScheduleError`] if an order cannot be placed.
pub fn quote_plan(plan: &Plan) -> Result<PlanQuote, ScheduleError> {
    let mut quote = quote_orders(&plan.card, plan.date, &plan.orders())?;
    let groups = plan.groups();
    let savings = transfer_savings(plan, &assignments(plan));
    let order_of_payer: HashMap<Party, usize> =
        quote.orders.iter().map(|order| order.payer.clone()).zip(0..).collect();
    let mut payers: Vec<PayerPosition> = Vec::new();
    for group in groups.iter().filter(|group| group.iter().any(|school| school.is_charged(&plan.card))) {
        let payer = group[0].party();
        let order = order_of_payer.get(&payer).copied();
        if let Some(order) = order.and_then(|index| quote.orders.get_mut(index)) {
            note_waived_term(plan, group[0], order);
            note_sharing(plan, group, order);
            note_transfers(plan, &savings, order);
        }
        let members = positions(plan, group);
        payers.push(PayerPosition { payer, members, order, scheduled: Vec::new(), next: None });
    }
    add_schedule(plan, &quote, &mut payers)?;
    quote.totals.complete &= plan.left_out.is_empty();
    Ok(PlanQuote { quote, payers })
}

/// Notes that a waived order is not for the school's term: O6 (docs/rules.md#o6).
fn note_waived_term(plan: &Plan, payer: &School, order: &mut OrderQuote) {
    let is_waived = order.waiver.as_ref().is_some_and(|waiver| waiver.applied());
    if is_waived && order.term != payer.term {
        let days = plan.card.term.days(payer.term).unwrap_or_default();
        let facts = plan.card.order_checks.as_ref().map(|checks| &checks.waived_facts);
        let fact = facts.and_then(|facts| facts.first()).cloned();
        order.notes.push(Note { fact, kind: NoteKind::WaivedTerm { own: payer.term, days } });
    }
}

/// Notes what an order would cost more if each app of a school needed its own accounts: W3 (docs/rules.md#w3).
fn note_sharing(plan: &Plan, group: &[&School], order: &mut OrderQuote) {
    let shared: Vec<Counts> = group.iter().map(|school| shared_accounts(plan, school)).collect();
    let saved = shared.iter().fold(Counts::ZERO, |sum, saved| sum.saturating_add(*saved));
    if saved.is_zero() {
        return;
    }
    let saving = more_payable(plan, group, |member, position| {
        position.need = position.need.saturating_add(shared[member]);
    });
    order.notes.push(Note { fact: fact(plan, "W3"), kind: NoteKind::SharedAccounts { saved, saving } });
}

/// Returns the accounts that sharing between apps saves a school, if its need on the plan's date is that of its
/// rosters.
fn shared_accounts(plan: &Plan, school: &School) -> Counts {
    let Some(users) = school.users.as_ref().filter(|_| school.is_charged(&plan.card)) else {
        return Counts::ZERO;
    };
    let need = plan.date.map_or(school.counts, |date| school.users(date));
    if need == users.counts() { users.saved() } else { Counts::ZERO }
}

/// Notes that an order supposes the transfer of accounts of people who are on no roster: T9 (docs/rules.md#t9).
fn note_transfers(plan: &Plan, savings: &[TransferSaving], order: &mut OrderQuote) {
    if let Some(saving) = savings.iter().find(|saving| saving.payer == order.payer) {
        order.notes.push(Note { fact: fact(plan, "T9"), kind: NoteKind::TransfersFirst(saving.figures) });
    }
}

/// Returns the id of a fact, if the card has it.
fn fact(plan: &Plan, id: &str) -> Option<String> {
    plan.card.fact(id).map(|fact| fact.id.to_string())
}

/// Returns what a group's order on the plan's date would cost more in other positions; `None` if an account has no
/// price, or WeCom would take no such order.
pub(super) fn more_payable(
    plan: &Plan,
    group: &[&School],
    change: impl Fn(usize, &mut MemberPosition),
) -> Option<Money> {
    let payable = |order: Order| {
        if !buys_or_is_free(&order) {
            return Some(Money::ZERO);
        }
        quote_orders(&plan.card, plan.date, &[order]).ok()?.orders.first()?.payable()
    };
    let now = payable(plan.order_as_if(group, |_, _| {}))?;
    // Negotiated accounts may cost less than those that they take along.
    Some(payable(plan.order_as_if(group, change))?.checked_sub(now)?.max(Money::ZERO))
}

fn positions(plan: &Plan, group: &[&School]) -> Vec<Position> {
    let Some(date) = plan.date else {
        let need = |school: &School| if school.is_charged(&plan.card) { school.counts } else { Counts::ZERO };
        let of = |school: &&School| Position {
            school: school.party(),
            need: need(school),
            have: Counts::ZERO,
            missing: need(school),
            active: Vec::new(),
        };
        return group.iter().map(of).collect();
    };
    let holdings = plan.group_holdings(group);
    let (positions, shared) = holdings.positions(date, Trials::Ignored);
    let found = missing(&positions, shared);
    let members = holdings.members().zip(positions.iter().zip(found)).enumerate();
    members
        .map(|(index, ((school, holdings), (position, found)))| {
            let codes = if index == 0 { position.codes.saturating_add(shared) } else { position.codes };
            Position {
                school: school.party(),
                need: position.need,
                have: position.active.saturating_add(codes),
                missing: found.missing,
                active: holdings.running(date, date),
            }
        })
        .collect()
}

/// Adds what the schedule buys instead on the plan's date, and what it pays next, for payers with accounts: for
/// all others the two agree.
fn add_schedule(plan: &Plan, quote: &Quote, payers: &mut [PayerPosition]) -> Result<(), ScheduleError> {
    let Some(date) = plan.date else { return Ok(()) };
    let with_accounts = || payers.iter().filter(|payer| payer.has_accounts());
    let codes: Vec<&str> = with_accounts().filter_map(|payer| payer.payer.code.as_deref()).collect();
    if codes.is_empty() {
        return Ok(());
    }
    // No accounts run longer, so that the next payment is before.
    let until = date.checked_add(Span::new().days(plan.card.term.most_days)).unwrap_or(Date::MAX);
    // A copy of a plan can have a million users.
    let is_whole = codes.len() == payers.len() && payers.len() == plan.groups().len();
    let part = if is_whole { Cow::Borrowed(plan) } else { Cow::Owned(plan.only(&codes)) };
    let Schedule { payers: schedules, .. } =
        schedule(&part, &ScheduleOptions { until, growth: Decimal::ZERO })?;
    for schedule in schedules {
        let code = &part.schools[schedule.members[0]].code;
        let Some(payer) = payers.iter_mut().find(|payer| payer.payer.code.as_ref() == Some(code)) else {
            continue;
        };
        let to_pay = schedule.orders.into_iter().filter(|order| order.kind != OrderKind::Recorded);
        match payer.order.and_then(|index| quote.orders.get(index)) {
            None => payer.next = to_pay.into_iter().next(),
            Some(quoted) => {
                let today: Vec<ScheduledOrder> =
                    to_pay.filter(|order| order.date == date && order.kind != OrderKind::Renewal).collect();
                let is_other = today.iter().any(|order| order.order.term != quoted.term);
                payer.scheduled = if is_other { today } else { Vec::new() };
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
