use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use jiff::civil::Date;

use super::Gap;
use super::ledger::Ledger;
use super::needs::Needs;
use crate::account::AccountType;

/// Returns the day since which users of a member and type have been without an account, for those who are on a
/// day; without those of whom no record says since when.
pub(super) fn uncovered_since(
    needs: &Needs,
    ledger: &Ledger,
    members: usize,
    today: Date,
) -> HashMap<(usize, AccountType), Date> {
    let mut since = HashMap::new();
    for member in 0..members {
        let days: BTreeSet<Date> = change_days(needs, ledger, member).range(..=today).copied().collect();
        for account_type in AccountType::ALL {
            let shortage = |day: Date| {
                let (need, active) = position(needs, ledger, member, account_type, day);
                need.saturating_sub(active)
            };
            let before = |day: &Date| day.yesterday().map_or(0, &shortage);
            if shortage(today) == 0 {
                continue;
            }
            let run: Vec<Date> = days.iter().rev().copied().take_while(|day| shortage(*day) > 0).collect();
            // Users who have always been without one have no day; those who came to them have.
            let begin = run.into_iter().rev().find(|day| before(day) < shortage(*day));
            if let Some(begin) = begin {
                since.insert((member, account_type), begin);
            }
        }
    }
    since
}

/// Returns the days on which fewer accounts are active than needed: within `days`, and before them since the day
/// since which users have been without an account.
pub(super) fn gaps(
    needs: &Needs,
    ledger: &Ledger,
    members: usize,
    since: &HashMap<(usize, AccountType), Date>,
    days: Range<Date>,
) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    for member in 0..members {
        let mut changes = change_days(needs, ledger, member);
        changes.insert(days.start);
        for account_type in AccountType::ALL {
            let from = since.get(&(member, account_type)).copied().unwrap_or(days.start);
            let starts: Vec<Date> =
                changes.range(from..).copied().take_while(|day| *day < days.end).collect();
            for (index, &start) in starts.iter().enumerate() {
                let until = starts.get(index + 1).copied().unwrap_or(days.end);
                let (need, active) = position(needs, ledger, member, account_type, start);
                if active < need {
                    extend(&mut gaps, Gap { member, account_type, from: start, until, need, active });
                }
            }
        }
    }
    gaps
}

/// Adds a gap, or prolongs the last one if nothing but the days differ.
fn extend(gaps: &mut Vec<Gap>, gap: Gap) {
    match gaps.last_mut() {
        Some(last)
            if Gap { until: gap.until, from: last.from, ..gap } == Gap { until: gap.until, ..*last }
                && last.until == gap.from =>
        {
            last.until = gap.until;
        }
        _ => gaps.push(gap),
    }
}

fn change_days(needs: &Needs, ledger: &Ledger, member: usize) -> BTreeSet<Date> {
    let mut days = ledger.change_days(member);
    days.extend(needs.change_days(member));
    days
}

/// Returns the users of a type who need an account on a day, and the active accounts that serve them: for basic
/// users spare interop ones too (W5, docs/rules.md#w5).
fn position(
    needs: &Needs,
    ledger: &Ledger,
    member: usize,
    account_type: AccountType,
    day: Date,
) -> (u32, u32) {
    let need = needs.on(member, account_type, day);
    let active = ledger.active(member, account_type, day);
    let spare = match account_type {
        AccountType::Interop => 0,
        AccountType::Basic => {
            let interop = ledger.active(member, AccountType::Interop, day);
            interop.saturating_sub(needs.on(member, AccountType::Interop, day))
        }
    };
    (need, active.saturating_add(spare))
}
