//! Users and active accounts, day by day: whoever has no account is in the gaps, and nobody else.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Check, Findings, Subject, codes, day_before, needs};
use crate::account::{AccountType, Counts};
use crate::planning::schedule::{Gap, OrderLot, ScheduledOrder};
use crate::rules::last_activation_day;

/// Accounts that run from one day to another.
struct Run {
    member: usize,
    account_type: AccountType,
    count: u32,
    /// First day; `None` if they have run from the beginning.
    from: Option<Date>,
    /// First day without them.
    until: Date,
}

impl Run {
    fn is_active(&self, on: Date) -> bool {
        self.from.is_none_or(|from| from <= on) && on < self.until
    }
}

/// The users and the accounts of a group on any day.
pub(super) struct Coverage<'s> {
    subject: &'s Subject<'s>,
    runs: Vec<Run>,
}

/// Users of a type at a member, and the active accounts that serve them, interop ones to spare included (W5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) need: u32,
    pub(super) active: u32,
}

impl<'s> Coverage<'s> {
    /// Collects the held accounts and every lot, each with its own days.
    pub(super) fn new(subject: &'s Subject<'s>) -> Coverage<'s> {
        Coverage::of_lots(subject, |_, _| true)
    }

    /// Collects the held accounts and some lots, chosen by the index of their order and themselves.
    pub(super) fn of_lots(
        subject: &'s Subject<'s>,
        included: impl Fn(usize, &OrderLot) -> bool,
    ) -> Coverage<'s> {
        let held = subject.schools.iter().enumerate().flat_map(|(member, school)| {
            school.held.iter().map(move |held| Run {
                member,
                account_type: held.account_type,
                count: held.count,
                from: None,
                until: held.expires,
            })
        });
        let orders = subject.schedule.orders.iter().enumerate();
        let lots = orders.flat_map(|(index, order)| order.lots.iter().map(move |lot| (index, lot)));
        let bought = lots.filter(|(index, lot)| included(*index, lot)).map(|(_, lot)| lot).map(|lot| Run {
            member: lot.member,
            account_type: lot.account_type,
            count: lot.count,
            from: Some(lot.starts()),
            until: lot.expires,
        });
        Coverage { subject, runs: held.chain(bought).collect() }
    }

    /// Returns the active accounts of a member on a day.
    pub(super) fn active(&self, member: usize, account_type: AccountType, on: Date) -> u32 {
        let of_type = self.runs.iter().filter(|run| (run.member, run.account_type) == (member, account_type));
        let running = of_type.filter(|run| run.is_active(on));
        running.fold(0, |sum, run| sum.saturating_add(run.count))
    }

    /// Returns the active accounts of every member on a day.
    pub(super) fn active_of_all(&self, on: Date) -> Vec<Counts> {
        let mut all = vec![Counts::ZERO; self.subject.schools.len()];
        for run in self.runs.iter().filter(|run| run.is_active(on)) {
            let count = all[run.member].get_mut(run.account_type);
            *count = count.saturating_add(run.count);
        }
        all
    }

    /// Returns the interop accounts of a member that no interop user needs on a day.
    fn spare_interop(&self, member: usize, on: Date) -> u32 {
        let need = needs::users(self.subject, member, AccountType::Interop, on);
        self.active(member, AccountType::Interop, on).saturating_sub(need)
    }

    pub(super) fn position(&self, member: usize, account_type: AccountType, on: Date) -> Position {
        let need = needs::users(self.subject, member, account_type, on);
        let active = self.active(member, account_type, on);
        let spare = match account_type {
            AccountType::Basic => self.spare_interop(member, on),
            AccountType::Interop => 0,
        };
        Position { need, active: active.saturating_add(spare) }
    }

    /// Returns the days on which anything changes for a member.
    pub(super) fn changes(&self, member: usize) -> BTreeSet<Date> {
        let runs = self.runs.iter().filter(|run| run.member == member);
        let of_runs = runs.flat_map(|run| run.from.into_iter().chain([run.until]));
        of_runs.chain(needs::days(self.subject, member)).collect()
    }
}

/// Reports users without an account who are in no gap, gaps without such users, and wrong numbers.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    let coverage = Coverage::new(subject);
    for (member, account_type) in subject.member_types() {
        let is_it = |gap: &&Gap| (gap.member, gap.account_type) == (member, account_type);
        let mut gaps: Vec<Gap> = subject.schedule.gaps.iter().filter(is_it).copied().collect();
        gaps.sort_by_key(|gap| gap.from);
        check_bounds(subject, &gaps, found);
        let mut days = coverage.changes(member);
        let since = uncovered_since(subject, &coverage, (member, account_type), &days);
        days.extend(gaps.iter().flat_map(|gap| [gap.from, gap.until]));
        days.extend([subject.today, since.must]);
        for on in days.into_iter().filter(|on| *on < subject.until) {
            let position = coverage.position(member, account_type, on);
            check_day(&gaps, (member, account_type), on, (position, since), found);
            if subject.today <= on && position.active < position.need {
                check_avoidable(subject, (member, account_type), on, found);
            }
        }
    }
}

fn check_bounds(subject: &Subject<'_>, gaps: &[Gap], found: &mut Findings) {
    for gap in gaps {
        if gap.until <= gap.from || subject.until < gap.until {
            found.report(Check::Gaps, gap.from, format!("{gap:?} is empty or reaches beyond the schedule"));
        }
    }
    for pair in gaps.windows(2).filter(|pair| pair[1].from < pair[0].until) {
        found.report(Check::Gaps, pair[1].from, format!("{:?} and {:?} overlap", pair[0], pair[1]));
    }
}

/// Since when the users who are uncovered on the plan's date have been.
#[derive(Debug, Clone, Copy)]
struct Since {
    /// First day from which on uncovered users must be in the gaps; the plan's date if all are covered then.
    must: Date,
    /// First day from which on they may be; `None` if they have been uncovered from the beginning.
    may: Option<Date>,
}

/// Walks back from the plan's date as long as there are uncovered users. The orders that are placed on that date
/// do not count: who needs them has been without an account. Of users who were uncovered from the beginning it
/// is not known since when; if there are more of them later, it is.
fn uncovered_since(
    subject: &Subject<'_>,
    coverage: &Coverage<'_>,
    (member, account_type): (usize, AccountType),
    changes: &BTreeSet<Date>,
) -> Since {
    let uncovered = |on: Date| {
        let position = coverage.position(member, account_type, on);
        position.need.saturating_sub(position.active)
    };
    let today = subject.today;
    if !is_uncovered_by_records(subject, (member, account_type)) {
        return Since { must: today, may: Some(today) };
    }
    let mut since = today;
    let mut more = today;
    while let Some(eve) = day_before(since).filter(|eve| uncovered(*eve) > 0) {
        if since < today && uncovered(since) > uncovered(eve) {
            more = since;
        }
        match changes.range(..since).next_back() {
            Some(&change) => since = change,
            None => return Since { must: more, may: None },
        }
    }
    Since { must: since, may: Some(since) }
}

fn is_uncovered_by_records(subject: &Subject<'_>, (member, account_type): (usize, AccountType)) -> bool {
    let coverage = Coverage::of_lots(subject, |_, lot| lot.recorded);
    let position = coverage.position(member, account_type, subject.today);
    position.active < position.need
}

fn check_day(
    gaps: &[Gap],
    (member, account_type): (usize, AccountType),
    on: Date,
    (position, since): (Position, Since),
    found: &mut Findings,
) {
    let gap = gaps.iter().find(|gap| gap.from <= on && on < gap.until);
    let shown = gap.map(|gap| Position { need: gap.need, active: gap.active });
    let is_uncovered = position.active < position.need;
    let may_be_shown = since.may.is_none_or(|may| may <= on);
    let is_right = match shown {
        Some(shown) => is_uncovered && may_be_shown && shown == position,
        None => !is_uncovered || on < since.must,
    };
    if !is_right {
        let text = format!("member {member}, {account_type}: {position:?}, shown as the gap {shown:?}");
        found.report(Check::Gaps, on, text);
    }
}

/// Reports users without an account whom a code in stock could serve, or an order: only a recorded purchase or
/// activation that lies ahead is a reason to wait.
fn check_avoidable(
    subject: &Subject<'_>,
    (member, account_type): (usize, AccountType),
    on: Date,
    found: &mut Findings,
) {
    let recorded = subject.schedule.orders.iter().filter(|order| order.recorded.is_some());
    let serves =
        |order: &&ScheduledOrder| order.recorded.is_some_and(|(buyer, _)| subject.can_serve(buyer, member));
    let mut ours = recorded.filter(serves);
    if let Some(order) = ours.clone().find(|order| has_code(subject, order, account_type, on)) {
        let text = format!("member {member}: {account_type} users wait for codes of {}", order.date);
        found.report(Check::Avoidable, on, text);
    }
    let lies_ahead = |order: &ScheduledOrder| {
        on < order.date || order.lots.iter().any(|lot| lot.recorded && on < lot.starts())
    };
    if !ours.any(lies_ahead) {
        let text = format!("member {member}: {account_type} users wait, and nobody buys for them");
        found.report(Check::Avoidable, on, text);
    }
}

/// Returns true if an order has a code that could serve a user of a type on a day and is not activated by then.
fn has_code(subject: &Subject<'_>, order: &ScheduledOrder, account_type: AccountType, on: Date) -> bool {
    let usable = order.date <= on
        && last_activation_day(subject.card, order.date).is_none_or(|last| on <= last)
        && !order.order.renewal;
    let serving = AccountType::ALL
        .into_iter()
        .filter(|serving| *serving == account_type || account_type == AccountType::Basic);
    let bought = |serving: AccountType| -> i64 {
        order.order.members.iter().map(|part| i64::from(*part.counts.get(serving))).sum()
    };
    usable && serving.into_iter().any(|serving| codes::activated(order, serving, on) < bought(serving))
}
