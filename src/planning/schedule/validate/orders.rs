//! Each order: its day, its place among the others, its parts, its price, and what WeCom allows. The accounts of
//! the group are replayed on the way, event by event.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::accounts::Accounts;
use super::{Check, Findings, Subject, days_from, held, needs};
use crate::account::Term;
use crate::planning::schedule::{OrderKind, OrderLot, ScheduledOrder};
use crate::pricing::{Member, Quoter};
use crate::rules::look_up_waiver;

/// Reports orders that are not as they say, or that cannot be placed.
pub(super) fn check(subject: &Subject<'_>, quoter: &Quoter<'_>, found: &mut Findings) {
    check_sequence(subject, found);
    check_marks(subject, found);
    for order in &subject.schedule.orders {
        check_dates(subject, order, found);
        check_parts(subject, order, found);
        check_term(subject, order, found);
        match quoter.quote(Some(order.date), &order.order) {
            Ok(quote) if quote == order.quote => {}
            Ok(quote) => {
                let text = format!("{:?} is not the price {:?}", order.quote.priced, quote.priced);
                found.report(Check::Price, order.date, text);
            }
            Err(error) => found.report(Check::Price, order.date, error.to_string()),
        }
        if order.recorded.is_none() {
            check_waived(subject, order, found);
            check_app_orders(subject, order, found);
            check_renewal(order, found);
        }
    }
    replay(subject, found);
}

/// Reports orders out of order: by day, on one day renewals first, then purchases by falling term.
fn check_sequence(subject: &Subject<'_>, found: &mut Findings) {
    let rank = |order: &ScheduledOrder| {
        let days = subject.card.term.days(order.order.term).unwrap_or(u32::MAX);
        (order.date, !order.order.renewal, if order.order.renewal { 0 } else { u32::MAX - days })
    };
    for pair in subject.schedule.orders.windows(2).filter(|pair| rank(&pair[1]) < rank(&pair[0])) {
        let text = format!("it stands after that of {}, which happens later", pair[0].date);
        found.report(Check::Sequence, pair[1].date, text);
    }
}

/// Reports a mark on any order but the first charged one after a waived one, and its absence there.
fn check_marks(subject: &Subject<'_>, found: &mut Findings) {
    let is_waived =
        |order: &ScheduledOrder| order.quote.waiver.as_ref().is_some_and(|waiver| waiver.applied());
    let is_charged = |order: &ScheduledOrder| order.quote.charged && !order.quote.is_free();
    let orders = &subject.schedule.orders;
    let after = orders.iter().position(is_waived).map_or(orders.len(), |waived| waived + 1);
    let first = (after..orders.len()).find(|&index| is_charged(&orders[index]));
    for (index, order) in orders.iter().enumerate() {
        if order.first_after_waiver != (Some(index) == first) {
            let text = format!("first_after_waiver is {}", order.first_after_waiver);
            found.report(Check::FirstAfterWaiver, order.date, text);
        }
    }
}

fn check_dates(subject: &Subject<'_>, order: &ScheduledOrder, found: &mut Findings) {
    if order.date >= subject.until {
        found.report(Check::Dates, order.date, "the order lies after the end of the schedule".to_owned());
    }
    if order.recorded.is_none() && order.date < subject.today {
        found.report(Check::Dates, order.date, "the order lies before the plan's date".to_owned());
    }
    let Some(due_since) = order.due_since else { return };
    if due_since >= subject.today || order.date != subject.today || order.recorded.is_some() {
        found.report(Check::Dates, order.date, format!("the order cannot be due since {due_since}"));
    }
}

/// Reports parts of an order that are not the members', and accounts for those who need none.
fn check_parts(subject: &Subject<'_>, order: &ScheduledOrder, found: &mut Findings) {
    let (payer, placed) = (subject.schools[0], &order.order);
    let of_payer = (payer.party(), &payer.customer, payer.test_enterprise, payer.negotiated);
    if (placed.payer.clone(), &placed.customer, placed.test_enterprise, placed.negotiated) != of_payer {
        found.report(Check::OrderParts, order.date, "the order is not the payer's".to_owned());
    }
    if order.recorded.is_none() && placed.renewal != (order.kind == OrderKind::Renewal) {
        found.report(Check::OrderParts, order.date, format!("{:?} is no kind of renewal", order.kind));
    }
    let mut seen = BTreeSet::new();
    for (index, part) in placed.members.iter().enumerate() {
        let Some(member) = member_of(subject, part).filter(|member| seen.insert(*member)) else {
            found.report(Check::OrderParts, order.date, format!("{:?} is no other member", part.party.code));
            continue;
        };
        let school = subject.schools[member];
        let is_charged = needs::is_charged(subject, member);
        let facts = (&part.party, &part.customer, part.status);
        // What the plan records was charged, whatever the school needs now.
        let charged_as_stated = part.charged == is_charged || (order.recorded.is_some() && part.charged);
        if facts != (&school.party(), &school.customer, school.status) || !charged_as_stated {
            found.report(
                Check::OrderParts,
                order.date,
                format!("{:?} is not as in the plan", part.party.code),
            );
        }
        if (index == 0) != (member == 0) || (index > 0 && part.counts.is_zero()) {
            found.report(Check::OrderParts, order.date, format!("{:?} has no part in it", part.party.code));
        }
        if order.recorded.is_none() && !is_charged && !part.counts.is_zero() {
            found.report(Check::NotCharged, order.date, format!("{:?} needs no accounts", part.party.code));
        }
    }
    if placed.members.iter().all(|part| part.counts.is_zero()) {
        found.report(Check::NoAccounts, order.date, "the order buys nothing".to_owned());
    }
}

/// Returns the member whose part of an order it is.
pub(super) fn member_of(subject: &Subject<'_>, part: &Member) -> Option<usize> {
    subject.schools.iter().position(|school| part.party.code.as_deref() == Some(school.code.as_str()))
}

fn check_term(subject: &Subject<'_>, order: &ScheduledOrder, found: &mut Findings) {
    let terms = &subject.card.term;
    let days = terms.days(order.order.term).unwrap_or(u32::MAX);
    let is_within = match (&subject.card.test_enterprise, order.order.test_enterprise) {
        (Some(rule), true) => order.order.term == Term { months: rule.months, days: 0 },
        _ => (terms.least_days..=terms.most_days).contains(&days),
    };
    if !is_within {
        found.report(Check::Term, order.date, format!("nobody can order for {days} days"));
    }
}

/// Reports renewals that have lots of several expiries but not whole months, or nothing to prolong.
fn check_renewal(order: &ScheduledOrder, found: &mut Findings) {
    if !order.order.renewal {
        return;
    }
    let expiries: BTreeSet<Option<Date>> = order.lots.iter().map(|lot| lot.extends).collect();
    if order.order.term.days > 0 && expiries.len() > 1 {
        let text = format!("accounts of {expiries:?} cannot be renewed by {:?}", order.order.term);
        found.report(Check::Renewal, order.date, text);
    }
    if order.lots.is_empty() {
        found.report(Check::Renewal, order.date, "the renewal prolongs nothing".to_owned());
    }
}

/// Reports what a waived customer cannot order (O6). A test enterprise has a rule of its own (P14).
fn check_waived(subject: &Subject<'_>, order: &ScheduledOrder, found: &mut Findings) {
    if !is_waived(subject, order) {
        return;
    }
    if order.order.renewal || order.order.term != Term::ONE_YEAR {
        let text = format!("a waived customer cannot order {:?}", order.order.term);
        found.report(Check::Waived, order.date, text);
    }
}

fn is_waived(subject: &Subject<'_>, order: &ScheduledOrder) -> bool {
    let payer = subject.schools[0];
    let waiver = look_up_waiver(subject.card, &payer.customer, Some(order.date));
    !payer.test_enterprise && waiver.is_some_and(|waiver| waiver.applied())
}

/// Reports a term shorter than that of an app's order that is valid on the day (O4), as far as any term can be. A
/// waived customer has no other term than a year (O6).
fn check_app_orders(subject: &Subject<'_>, order: &ScheduledOrder, found: &mut Findings) {
    let checked = subject.card.order.app_orders_check.as_ref().is_some_and(|check| check.from <= order.date);
    let Some(days) = subject.card.term.days(order.order.term) else { return };
    if !checked || subject.schools[0].test_enterprise || is_waived(subject, order) {
        return;
    }
    let apps = order.order.members.iter().filter_map(|part| member_of(subject, part));
    for app in apps.flat_map(|member| &subject.schools[member].apps) {
        let valid = app.order.filter(|app| app.from <= order.date && order.date <= app.until);
        let Some(app_order) = valid.filter(|_| subject.card.charging.app_kinds.contains(&app.kind)) else {
            continue;
        };
        let least = days_from(app_order.from, app_order.until) + 1;
        if i64::from(days) < least.min(i64::from(subject.card.term.most_days)) {
            let text = format!("{days} days are less than the {least} days of the order of app {}", app.id);
            found.report(Check::AppOrder, order.date, text);
        }
    }
}

/// Replays all orders and activations in the order of P12 (docs/rules.md#p12), and reports accounts that cannot be
/// prolonged, and wrong counts of those that come first in the tiers.
fn replay(subject: &Subject<'_>, found: &mut Findings) {
    let mut accounts = Accounts::held(subject.schools.iter().copied().enumerate());
    let orders = &subject.schedule.orders;
    let of_lots = subject.lots().map(|(_, lot)| lot.activated);
    let days: BTreeSet<Date> = orders.iter().map(|order| order.date).chain(of_lots).collect();
    for day in days {
        let earlier = subject.lots().filter(|(order, _)| order.date != day).map(|(_, lot)| lot);
        apply(subject, earlier.filter(|lot| lot.activated == day), &mut accounts, found);
        for (index, order) in orders.iter().enumerate().filter(|(_, order)| order.date == day) {
            held::check(subject, index, &accounts, found);
            apply(subject, order.lots.iter().filter(|lot| lot.activated == day), &mut accounts, found);
        }
    }
}

/// Activates lots of one day: new accounts first, then those that prolong.
fn apply<'l>(
    subject: &Subject<'_>,
    lots: impl Iterator<Item = &'l OrderLot>,
    accounts: &mut Accounts,
    found: &mut Findings,
) {
    let mut lots: Vec<&OrderLot> = lots.collect();
    lots.sort_by_key(|lot| lot.extends);
    for lot in lots {
        let who = (lot.member, lot.account_type);
        let Some(from) = lot.extends else {
            accounts.activate(who, lot.count, lot.activated, lot.expires);
            continue;
        };
        let there = accounts.prolong(who, lot.count, lot.activated, (from, lot.expires));
        if there < lot.count && subject.shows_all(lot.activated) {
            let text = format!("{lot:?}: only {there} accounts run then and are not prolonged yet");
            found.report(Check::Prolonged, lot.activated, text);
        }
    }
}
