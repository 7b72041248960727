//! The days of each lot, and the accounts of each order's lots against those that it buys.

use super::{Check, Findings, Subject, days_after, days_from};
use crate::account::AccountType;
use crate::planning::schedule::{OrderLot, ScheduledOrder};
use crate::rules::last_activation_day;

/// Reports lots that cannot be activated as they are, and accounts that nobody bought.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    for order in &subject.schedule.orders {
        check_counts(subject, order, found);
    }
    for (order, lot) in subject.lots() {
        check_expiry(subject, order, lot, found);
        if !lot.recorded {
            check_days(subject, order, lot, found);
        }
    }
}

/// Reports accounts beyond those of the order; of a scheduled order also those missing, and shifts between members.
fn check_counts(subject: &Subject<'_>, order: &ScheduledOrder, found: &mut Findings) {
    let buyer = order.recorded.map(|(member, _)| member);
    for lot in order.lots.iter().filter(|lot| lot.count == 0) {
        found.report(Check::LotCounts, lot.activated, format!("a lot without accounts of {}", order.date));
    }
    for account_type in AccountType::ALL {
        let bought: u64 =
            order.order.members.iter().map(|part| u64::from(*part.counts.get(account_type))).sum();
        let activated = count(order, |lot| lot.account_type == account_type);
        if activated > bought {
            let text = format!("{activated} of {bought} {account_type} accounts are activated");
            found.report(Check::LotCounts, order.date, text);
        }
        if buyer.is_some() {
            continue;
        }
        for (member, school) in subject.schools.iter().enumerate() {
            let parts = order.order.members.iter();
            let mut own = parts.filter(|part| part.party.code.as_deref() == Some(school.code.as_str()));
            let bought = own.next().map_or(0, |part| u64::from(*part.counts.get(account_type)));
            let activated = count(order, |lot| (lot.member, lot.account_type) == (member, account_type));
            if activated != bought {
                let text =
                    format!("member {member} activates {activated} of {bought} {account_type} accounts");
                found.report(Check::LotCounts, order.date, text);
            }
        }
    }
    for lot in &order.lots {
        if buyer.is_some_and(|buyer| !subject.can_serve(buyer, lot.member)) {
            let text = format!("a code of the purchase of {buyer:?} serves member {}", lot.member);
            found.report(Check::LotCounts, lot.activated, text);
        }
    }
}

fn count(order: &ScheduledOrder, fits: impl Fn(&OrderLot) -> bool) -> u64 {
    order.lots.iter().filter(|lot| fits(lot)).map(|lot| u64::from(lot.count)).sum()
}

fn check_expiry(subject: &Subject<'_>, order: &ScheduledOrder, lot: &OrderLot, found: &mut Findings) {
    let Some(days) = subject.card.term.days(order.order.term) else { return };
    let expires = days_after(lot.extends.unwrap_or(lot.activated), days);
    if lot.expires != expires {
        let text =
            format!("{} {} accounts expire on {}, not {expires}", lot.count, lot.account_type, lot.expires);
        found.report(Check::Expiry, lot.activated, text);
    }
}

/// Reports days on which a lot that is not recorded cannot be activated.
fn check_days(subject: &Subject<'_>, order: &ScheduledOrder, lot: &OrderLot, found: &mut Findings) {
    let what = format!("{} {} accounts of the order of {}", lot.count, lot.account_type, order.date);
    if lot.activated < order.date || lot.activated < subject.today {
        found.report(Check::Activation, lot.activated, format!("{what} are activated too early"));
    }
    if order.order.renewal {
        if lot.activated != order.date || lot.extends.is_none() {
            found.report(Check::Renewal, lot.activated, format!("{what} are not prolonged on that day"));
        }
    } else {
        if let Some(last) = last_activation_day(subject.card, order.date).filter(|last| lot.activated > *last)
        {
            found.report(Check::Activation, lot.activated, format!("{what} are lost after {last}"));
        }
        if let Some(from) = lot.extends {
            let left = days_from(lot.activated, from);
            let most = subject.card.stacking.as_ref().map_or(i64::MAX, |rule| i64::from(rule.days_left));
            if !(0..=most).contains(&left) {
                found.report(
                    Check::Stacking,
                    lot.activated,
                    format!("{what} are stacked with {left} days left"),
                );
            }
        }
    }
    let ahead = days_from(lot.activated, lot.expires);
    if let Some(rule) = subject.card.stacking.as_ref().filter(|rule| ahead > i64::from(rule.most_days_ahead))
    {
        let text = format!("{what} expire {ahead} days ahead, not within {}", rule.most_days_ahead);
        found.report(Check::Validity, lot.activated, text);
    }
}
