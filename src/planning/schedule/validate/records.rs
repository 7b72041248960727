//! What the plan records: each purchase is one order of the schedule, with the activations that are recorded.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::accounts::Accounts;
use super::{Check, Findings, Subject, days_after};
use crate::account::{AccountType, Counts};
use crate::plan::{RecordedKind, RecordedPurchase, School};
use crate::planning::schedule::{OrderKind, OrderLot, ScheduledOrder};
use crate::rates::RateCard;

/// Recorded accounts: type, activation, the expiry that they prolong, their expiry.
type Run = (AccountType, Date, Option<Date>, Date);

/// Reports purchases of the plan that are not exactly one order, and recorded activations that differ.
pub(super) fn check(subject: &Subject<'_>, found: &mut Findings) {
    for order in &subject.schedule.orders {
        if (order.kind == OrderKind::Recorded) != order.recorded.is_some() {
            found.report(Check::Recorded, order.date, format!("{:?} is {:?}", order.kind, order.recorded));
        }
        if order.recorded.is_none() && order.lots.iter().any(|lot| lot.recorded) {
            let text = "a scheduled order has recorded activations".to_owned();
            found.report(Check::Recorded, order.date, text);
        }
    }
    for (member, school) in subject.schools.iter().enumerate() {
        let expected = recorded_runs(subject.card, school);
        for (index, purchase) in school.purchases.iter().enumerate() {
            let is_it = |order: &&ScheduledOrder| order.recorded == Some((member, index));
            let orders: Vec<&ScheduledOrder> = subject.schedule.orders.iter().filter(is_it).collect();
            let wanted = usize::from(purchase.paid < subject.until);
            if orders.len() != wanted {
                let text = format!("purchase {index} of member {member} is {} orders", orders.len());
                found.report(Check::Recorded, purchase.paid, text);
            }
            let runs = expected.get(&index).cloned().unwrap_or_default();
            for order in orders {
                check_one(subject, member, (purchase, &runs), order, found);
            }
        }
    }
    let unknown = subject.schedule.orders.iter().filter_map(|order| Some((order.date, order.recorded?)));
    for (date, (member, index)) in unknown {
        if index >= subject.schools[member].purchases.len() {
            found.report(Check::Recorded, date, format!("member {member} has no purchase {index}"));
        }
    }
}

fn check_one(
    subject: &Subject<'_>,
    member: usize,
    (purchase, runs): (&RecordedPurchase, &BTreeMap<Run, u32>),
    order: &ScheduledOrder,
    found: &mut Findings,
) {
    let renews = purchase.kind == RecordedKind::Renewal;
    if (order.date, order.order.term, order.order.renewal) != (purchase.paid, purchase.term, renews) {
        let text = "the order has another day, term or kind than the purchase".to_owned();
        found.report(Check::Recorded, order.date, text);
    }
    let code = subject.schools[member].code.as_str();
    for part in &order.order.members {
        let is_buyer = part.party.code.as_deref() == Some(code);
        let bought = if is_buyer { purchase.counts } else { Counts::ZERO };
        if part.counts != bought {
            let text = format!("{:?} has {:?}, the plan records {bought:?}", part.party.code, part.counts);
            found.report(Check::Recorded, order.date, text);
        }
    }
    if !order.order.members.iter().any(|part| part.party.code.as_deref() == Some(code)) {
        found.report(Check::Recorded, order.date, format!("{code} has no part in its own purchase"));
    }
    let shown = sum(order.lots.iter().filter(|lot| lot.recorded));
    let of_member: BTreeMap<(usize, Run), u32> =
        runs.iter().map(|(run, &count)| ((member, *run), count)).collect();
    if shown != of_member {
        let text = format!("recorded activations are {shown:?}, the plan has {of_member:?}");
        found.report(Check::Recorded, order.date, text);
    }
}

fn sum<'l>(lots: impl Iterator<Item = &'l OrderLot>) -> BTreeMap<(usize, Run), u32> {
    let mut sum = BTreeMap::new();
    for lot in lots {
        let run = (lot.account_type, lot.activated, lot.extends, lot.expires);
        let count: &mut u32 = sum.entry((lot.member, run)).or_default();
        *count = count.saturating_add(lot.count);
    }
    sum
}

/// One recorded activation, or one renewal of accounts of a type.
struct Event {
    date: Date,
    /// Activations of codes paid earlier come first, then renewals, then activations on the day of payment (P12,
    /// docs/rules.md#p12).
    rank: u8,
    purchase: usize,
    account_type: AccountType,
    count: u32,
    extends: Option<Date>,
    renews: bool,
}

/// Returns the accounts that the purchases of a school activate or prolong, by purchase. A renewal that does not
/// name its accounts prolongs those that expire first.
fn recorded_runs(card: &RateCard, school: &School) -> BTreeMap<usize, BTreeMap<Run, u32>> {
    let mut events: Vec<Event> = school.purchases.iter().enumerate().flat_map(events_of).collect();
    events.sort_by_key(|event| (event.date, event.rank));
    let mut accounts = Accounts::held([(0, school)]);
    let mut runs: BTreeMap<usize, BTreeMap<Run, u32>> = BTreeMap::new();
    for event in events {
        let Some(days) = card.term.days(school.purchases[event.purchase].term) else { continue };
        let who = (0, event.account_type);
        let mut push = |extends: Option<Date>, count: u32| {
            let expires = days_after(extends.unwrap_or(event.date), days);
            let run = (event.account_type, event.date, extends, expires);
            let sum = runs.entry(event.purchase).or_default().entry(run).or_default();
            *sum = sum.saturating_add(count);
            expires
        };
        match event.extends {
            None if !event.renews => {
                let expires = push(None, event.count);
                accounts.activate(who, event.count, event.date, expires);
            }
            Some(from) => {
                let to = push(Some(from), event.count);
                accounts.prolong(who, event.count, event.date, (from, to));
            }
            None => {
                let mut left = event.count;
                for (from, available) in accounts.prolongable(who, event.date) {
                    let count = left.min(available);
                    if count > 0 {
                        let to = push(Some(from), count);
                        accounts.prolong(who, count, event.date, (from, to));
                    }
                    left -= count;
                }
            }
        }
    }
    runs
}

fn events_of((index, purchase): (usize, &RecordedPurchase)) -> Vec<Event> {
    let renews = purchase.kind == RecordedKind::Renewal;
    let mut events = Vec::new();
    let mut unnamed = purchase.counts.saturating_sub(purchase.listed);
    for named in &purchase.activations {
        let rank = if renews { 1 } else { 2 * u8::from(named.date == purchase.paid) };
        let left = unnamed.get_mut(named.account_type);
        *left = left.saturating_sub(named.count);
        events.push(Event {
            date: named.date,
            rank,
            purchase: index,
            account_type: named.account_type,
            count: named.count,
            extends: named.extends,
            renews,
        });
    }
    for account_type in AccountType::ALL.into_iter().filter(|_| renews) {
        let (date, count) = (purchase.paid, *unnamed.get(account_type));
        if count > 0 {
            let event = Event { date, rank: 1, purchase: index, account_type, count, extends: None, renews };
            events.push(event);
        }
    }
    events
}
