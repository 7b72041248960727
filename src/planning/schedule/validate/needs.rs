//! The users who need an account: those that the schedule supposes, and those that the plan states.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Check, Findings, Subject, days_after};
use crate::account::AccountType;
use crate::planning::schedule::NeedStep;
use crate::rates::RateCard;

/// Reports users whom the plan does not state. With growth the users may also change when accounts expire.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    for step in &subject.schedule.needs {
        if step.member >= subject.schools.len() {
            found.report(Check::Needs, step.from, format!("the group has no member {}", step.member));
            return;
        }
    }
    for (member, account_type) in subject.member_types() {
        check_one(subject, member, account_type, found);
    }
}

fn check_one(subject: &Subject<'_>, member: usize, account_type: AccountType, found: &mut Findings) {
    let steps: Vec<&NeedStep> = steps_of(subject, member, account_type).collect();
    let days: BTreeSet<Option<Date>> = steps.iter().map(|step| step.from).collect();
    if days.len() < steps.len() {
        let text = format!("two steps of member {member}, {account_type}, begin on one day");
        found.report(Check::Needs, None, text);
    }
    let stated = stated_days(subject, member, account_type);
    let expiries = expiries(subject, member);
    let all: BTreeSet<Date> = days.into_iter().flatten().chain(stated.iter().copied()).collect();
    for day in [Date::MIN].into_iter().chain(all) {
        let grows = subject.growing && (expiries.contains(&day) || !subject.shows_all(day));
        let grown = subject.growing && !stated.contains(&day) && day != Date::MIN;
        let (supposed, plan) =
            (users(subject, member, account_type, day), stated_users(subject, member, account_type, day));
        if !grows && (grown || supposed != plan) {
            let text = format!("member {member} has {supposed} {account_type} users, the plan states {plan}");
            found.report(Check::Needs, day, text);
        }
    }
}

fn steps_of<'s>(
    subject: &Subject<'s>,
    member: usize,
    account_type: AccountType,
) -> impl Iterator<Item = &'s NeedStep> {
    let steps = subject.schedule.needs.iter();
    steps.filter(move |step| (step.member, step.account_type) == (member, account_type))
}

/// Returns the users who need an account on a day, as the schedule supposes.
pub(super) fn users(subject: &Subject<'_>, member: usize, account_type: AccountType, on: Date) -> u32 {
    let begun =
        steps_of(subject, member, account_type).filter(|step| step.from.is_none_or(|from| from <= on));
    begun.max_by_key(|step| step.from).map_or(0, |step| step.users)
}

/// Returns the days on which the supposed users of a member change, those of its other type included.
pub(super) fn days(subject: &Subject<'_>, member: usize) -> impl Iterator<Item = Date> {
    let steps = subject.schedule.needs.iter().filter(move |step| step.member == member);
    steps.filter_map(|step| step.from)
}

/// Returns the users who need an account on a day by the plan: none at a school that is not charged (W1), none in
/// the trial of the type (T1), else those of the last headcount.
fn stated_users(subject: &Subject<'_>, member: usize, account_type: AccountType, on: Date) -> u32 {
    let school = subject.schools[member];
    let in_trial = trial_end(subject, member, account_type).is_some_and(|end| on < end);
    if in_trial || !is_charged(subject, member) {
        return 0;
    }
    let begun = school.headcounts.iter().filter(|headcount| headcount.from <= on);
    let last = begun.max_by_key(|headcount| headcount.from);
    *last.map_or(school.counts, |headcount| headcount.counts).get(account_type)
}

/// Returns the days on which the plan may change the users of a type.
fn stated_days(subject: &Subject<'_>, member: usize, account_type: AccountType) -> BTreeSet<Date> {
    let headcounts = subject.schools[member].headcounts.iter().map(|headcount| headcount.from);
    headcounts.chain(trial_end(subject, member, account_type)).collect()
}

/// Returns true if a school needs licences: it names no app, or one of a charged kind (W1, docs/rules.md#w1).
pub(super) fn is_charged(subject: &Subject<'_>, member: usize) -> bool {
    let apps = &subject.schools[member].apps;
    apps.is_empty() || apps.iter().any(|app| subject.card.charging.app_kinds.contains(&app.kind))
}

/// Returns the day on which the first trial of a charged app that needs the type ends; of any charged app if no
/// such app has a trial.
fn trial_end(subject: &Subject<'_>, member: usize, account_type: AccountType) -> Option<Date> {
    let apps = subject.schools[member].apps.iter();
    let charged = apps.filter(|app| subject.card.charging.app_kinds.contains(&app.kind));
    let ends: Vec<(AccountType, Date)> = charged
        .filter_map(|app| Some((app.needs, end_of_trial(subject.card, app.authorized?.date())?)))
        .collect();
    let of_type = ends.iter().filter(|(needs, _)| *needs == account_type).map(|(_, end)| *end).min();
    of_type.or_else(|| ends.iter().map(|(_, end)| *end).min())
}

fn end_of_trial(card: &RateCard, authorized: Date) -> Option<Date> {
    let rule = card.trial.as_ref().filter(|rule| rule.first_authorized <= authorized)?;
    Some(days_after(authorized, rule.days))
}

/// Returns the days on which accounts of a member expire.
pub(super) fn expiries(subject: &Subject<'_>, member: usize) -> BTreeSet<Date> {
    let held = subject.schools[member].held.iter().map(|held| held.expires);
    let bought = subject.lots().filter(|(_, lot)| lot.member == member).map(|(_, lot)| lot.expires);
    held.chain(bought).collect()
}
