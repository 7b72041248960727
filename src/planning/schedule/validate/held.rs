//! What the members of an order have beside it, counted anew from the replayed accounts and the orders before it.

use std::collections::BTreeMap;

use super::accounts::Accounts;
use super::orders::member_of;
use super::{Check, Findings, Subject, days_after, days_from};
use crate::account::{AccountType, Counts, PerType};
use crate::planning::schedule::{OrderLot, ScheduledOrder};
use crate::pricing::Held;
use crate::rates::RuleKind;

/// Reports accounts beside an order that are not those replayed until it: of each member that has a part in the order,
/// and of all others together. Those that a renewal prolongs are not beside it (P13).
pub(super) fn check(subject: &Subject<'_>, index: usize, accounts: &Accounts, found: &mut Findings) {
    let order = &subject.schedule.orders[index];
    let Some(term) = subject.card.term.days(order.order.term).map(i64::from) else { return };
    let mut beside: BTreeMap<usize, Held> = (0..subject.schools.len())
        .map(|member| {
            let active = |fits: &dyn Fn(i64) -> bool| {
                less(accounts.remaining(member, order.date, fits), renewed(order, member, fits))
            };
            let held = Held {
                longer: active(&|days| days > term),
                equal: active(&|days| days == term),
                unactivated: unactivated(subject, index, member),
            };
            (member, held)
        })
        .collect();
    for part in &order.order.members {
        let expected = member_of(subject, part).and_then(|member| beside.remove(&member));
        if expected.is_some_and(|expected| expected != part.held) {
            let text = format!("{:?}: {:?} beside it, counted anew {expected:?}", part.party.code, part.held);
            found.report(Check::Held, order.date, text);
        }
    }
    let others = beside.into_values().try_fold(Held::NONE, Held::checked_add);
    if others != Some(order.order.held_by_others) {
        let text = format!("others have {:?}, counted anew {others:?}", order.order.held_by_others);
        found.report(Check::Held, order.date, text);
    }
    let start = start(subject, order);
    if order.quote.start != start {
        let text = format!("it starts from {:?}, by the card's rules from {start:?}", order.quote.start);
        found.report(Check::Held, order.date, text);
    }
}

/// Returns the accounts that come before an order in the tiers, by the words of the card's rules: P12
/// (docs/rules.md#p12), P13 (docs/rules.md#p13) and U3 (docs/rules.md#u3).
fn start(subject: &Subject<'_>, order: &ScheduledOrder) -> Counts {
    let word = |kind| subject.card.rules.get(kind).to_string();
    let starts_from_zero = order.order.renewal && word(RuleKind::Renewal) == "from-zero";
    if order.order.test_enterprise || starts_from_zero {
        return Counts::ZERO;
    }
    let rule = word(RuleKind::NewPurchase);
    let before = |held: &Held| {
        let mut sum = Counts::ZERO;
        if !rule.starts_with("none") {
            sum = sum.saturating_add(held.longer);
        }
        if rule.starts_with("at-least") {
            sum = sum.saturating_add(held.equal);
        }
        if rule.ends_with("+unactivated") {
            sum = sum.saturating_add(held.unactivated);
        }
        sum
    };
    let others = &order.order.held_by_others;
    let is_apart =
        word(RuleKind::Group) == "member" && (order.order.members.len() > 1 || *others != Held::NONE);
    if !is_apart {
        let of_others = before(others);
        return order
            .order
            .members
            .iter()
            .fold(of_others, |sum, part| sum.saturating_add(before(&part.held)));
    }
    order.order.members.iter().fold(Counts::ZERO, |sum, part| {
        let own = before(&part.held);
        let of_bought = |kind| if *part.counts.get(kind) > 0 && part.charged { *own.get(kind) } else { 0 };
        sum.saturating_add(PerType::from_fn(of_bought))
    })
}

/// Returns the accounts of a member that an order renews and whose remaining days on its day are such.
fn renewed(order: &ScheduledOrder, member: usize, fits: impl Fn(i64) -> bool) -> Counts {
    let renews = |lot: &&OrderLot| {
        let remaining = lot.extends.map(|old| days_from(order.date, old));
        // What expires on the day is prolonged, but no longer active.
        order.order.renewal && lot.member == member && remaining.is_some_and(|days| days > 0 && fits(days))
    };
    order.lots.iter().filter(renews).fold(Counts::ZERO, |sum, lot| add(sum, lot.account_type, lot.count))
}

/// Returns the codes that were bought for a member by the orders before one, are not activated when it is placed, and
/// still can be.
fn unactivated(subject: &Subject<'_>, index: usize, member: usize) -> Counts {
    let (before, order) = (&subject.schedule.orders[..index], &subject.schedule.orders[index]);
    let usable = before.iter().filter(|earlier| {
        !earlier.order.renewal && last_day(subject, earlier).is_none_or(|last| order.date <= last)
    });
    usable.fold(Counts::ZERO, |sum, earlier| {
        let activated = earlier.lots.iter().filter(|lot| {
            let buyer = earlier.recorded.map_or(lot.member, |(buyer, _)| buyer);
            buyer == member && lot.activated <= order.date
        });
        let activated = activated.fold(Counts::ZERO, |sum, lot| add(sum, lot.account_type, lot.count));
        let bought = earlier.order.members.iter().filter(|part| member_of(subject, part) == Some(member));
        let bought = bought.fold(Counts::ZERO, |sum, part| sum.saturating_add(part.counts));
        sum.saturating_add(less(bought, activated))
    })
}

/// Returns the last day on which codes of an order can be activated: its day in the month of the deadline, or the last
/// day of that month (T4, T13).
fn last_day(subject: &Subject<'_>, order: &ScheduledOrder) -> Option<jiff::civil::Date> {
    let months = i16::try_from(subject.card.activation.as_ref()?.months).ok()?;
    let first = order.date.first_of_month();
    let month = first.checked_add(jiff::Span::new().months(months)).ok()?;
    let day = u32::try_from(order.date.day().min(month.days_in_month())).ok()?;
    Some(days_after(month, day - 1))
}

fn add(mut sum: Counts, account_type: AccountType, count: u32) -> Counts {
    let of_type = sum.get_mut(account_type);
    *of_type = of_type.saturating_add(count);
    sum
}

fn less(all: Counts, part: Counts) -> Counts {
    all.saturating_sub(part)
}
