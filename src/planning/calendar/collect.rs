//! Collects the events of one payer from its schedule and the records of its schools; read [`Collector::payer`]
//! first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::{Event, EventApp, EventKind, EventOrigin, EventState};
use crate::account::{AccountType, Counts};
use crate::plan::{App, GroupHoldings, Holding, Plan, RecordedKind, RecordedPurchase, School, Trials};
use crate::planning::schedule::{OrderKind, PayerSchedule, ScheduledOrder};
use crate::rates::RateCard;
use crate::rules::{
    Trial, app_orders_check, automatic_stacking_day, first_stacking_day, last_activation_day,
    last_refund_day, latest_expiry, look_up_trial,
};

/// Events with the index of their school in the plan, while they are collected.
pub(super) struct Collector<'p> {
    plan: &'p Plan,
    card: &'p RateCard,
    /// The plan's date; `None` for an undated plan.
    today: Option<Date>,
    pub(super) events: Vec<(usize, Event)>,
}

impl<'p> Collector<'p> {
    pub(super) fn new(plan: &'p Plan) -> Collector<'p> {
        Collector { plan, card: &plan.card, today: plan.date, events: Vec::new() }
    }

    /// Collects the events of a payer and its downstreams.
    pub(super) fn payer(&mut self, schedule: &PayerSchedule) {
        let plan = self.plan;
        let group: Vec<&School> = schedule.members.iter().map(|&index| &plan.schools[index]).collect();
        let group = plan.group_holdings(&group);
        let missing = self.missing(&group);
        let lost = lost(schedule);
        let recorded: HashMap<(usize, usize), &ScheduledOrder> =
            schedule.orders.iter().filter_map(|order| Some((order.recorded?, order))).collect();
        for (member, (school, holdings)) in group.members().enumerate() {
            let index = schedule.members[member];
            let is_covered = |account_type: AccountType, on: Date| {
                missing.get(&(member, on)).is_some_and(|missing| *missing.get(account_type) == 0)
            };
            self.trials(index, school, is_covered);
            for (number, purchase) in school.purchases.iter().enumerate() {
                let key = (member, number);
                self.paid(index, purchase, recorded.get(&key).copied());
                if purchase.kind == RecordedKind::Purchase {
                    self.last_activation(index, purchase, lost.get(&key).copied().unwrap_or_default());
                }
            }
            for holding in &holdings.lots {
                let is_covered = is_covered(holding.account_type, holding.expires);
                self.holding(index, school, holding, is_covered);
            }
        }
        let since = uncovered_until(schedule);
        for order in &schedule.orders {
            if order.recorded.is_none() {
                self.payment(schedule, order);
            }
            self.activations(schedule, order, &since);
        }
        self.gaps(schedule);
    }

    /// Returns what members miss on the days on which accounts of theirs expire or a trial ends. Day by day, since codes
    /// of an upstream are shared out among all.
    fn missing(&self, group: &GroupHoldings<'_>) -> HashMap<(usize, Date), Counts> {
        let mut asked: BTreeMap<Date, BTreeSet<usize>> = BTreeMap::new();
        for (member, (school, holdings)) in group.members().enumerate() {
            let ends = school.apps.iter().filter_map(|app| self.trial_of(app)).map(|trial| trial.end.date());
            for day in holdings.lots.iter().map(|lot| lot.expires).chain(ends) {
                asked.entry(day).or_default().insert(member);
            }
        }
        let mut found = HashMap::new();
        for (day, members) in asked {
            let members: Vec<usize> = members.into_iter().collect();
            let missing = group.missing_of(&members, day, Trials::Counted);
            let missing = missing.into_iter().map(|missing| missing.missing);
            found.extend(members.into_iter().map(|member| (member, day)).zip(missing));
        }
        found
    }

    fn trial_of(&self, app: &App) -> Option<Trial> {
        look_up_trial(self.card, app.kind, app.authorized).trial()
    }

    fn push(&mut self, index: usize, origin: EventOrigin, (date, kind): (Date, EventKind)) -> &mut Event {
        let event = Event {
            date,
            kind,
            state: EventState::Information,
            school: self.plan.schools[index].party(),
            app: None,
            origin,
            moment: None,
            counts: Counts::ZERO,
            order_kind: None,
            quote: None,
            due_since: None,
            reasons: Vec::new(),
            latest_expiry: None,
            facts: Vec::new(),
        };
        self.events.push((index, event));
        let last = self.events.len() - 1;
        &mut self.events[last].1
    }

    /// The days of the trials. What a trial asks for is done once the users of its type are covered on the day of
    /// its end: by the accounts and codes that the plan records.
    pub(super) fn trials(
        &mut self,
        index: usize,
        school: &School,
        is_covered: impl Fn(AccountType, Date) -> bool,
    ) {
        let Some(rule) = &self.card.trial else { return };
        for app in &school.apps {
            let Some(trial) = self.trial_of(app) else { continue };
            let Trial { start, end, reminder } = trial;
            let is_covered = is_covered(app.needs, end.date());
            for (date, kind, moment, facts) in [
                (start.date(), EventKind::TrialStart, Some(start), &rule.facts),
                (reminder, EventKind::TrialReminder, None, &rule.reminder_facts),
                (end.date(), EventKind::TrialEnd, Some(end), &rule.facts),
            ] {
                let event = self.push(index, EventOrigin::App, (date, kind));
                event.app = Some(EventApp::of(app));
                event.moment = moment;
                event.facts.clone_from(facts);
                if is_covered && kind != EventKind::TrialStart {
                    event.state = EventState::Done;
                }
            }
        }
    }

    /// The order has the price, unless its day is after the schedule.
    fn paid(&mut self, index: usize, purchase: &RecordedPurchase, order: Option<&ScheduledOrder>) {
        let RecordedPurchase { paid, counts, .. } = *purchase;
        let origin = EventOrigin::Purchase { paid };
        let event = self.push(index, origin, (paid, EventKind::Paid));
        event.counts = counts;
        event.order_kind = Some(OrderKind::Recorded);
        event.quote = order.map(|order| Box::new(order.quote.clone()));
        if let (Some(day), Some(rule)) = (last_refund_day(self.card, paid), &self.card.refund) {
            let event = self.push(index, origin, (day, EventKind::LastRefundDay));
            event.counts = counts;
            event.facts.clone_from(&rule.facts);
        }
    }

    /// The last day of activation of what is not activated, or of all if everything is.
    fn last_activation(&mut self, index: usize, purchase: &RecordedPurchase, lost: Counts) {
        let (Some(day), Some(rule)) = (last_activation_day(self.card, purchase.paid), &self.card.activation)
        else {
            return;
        };
        let left = Counts::from_fn(|account_type| purchase.unactivated(account_type));
        let is_past = self.today.is_some_and(|today| day < today);
        let state = match (left.is_zero(), lost.is_zero(), is_past) {
            (true, ..) => EventState::Done,
            (false, false, true) => EventState::Lost,
            (false, true, true) => EventState::Done,
            (false, _, false) => EventState::Open,
        };
        let counts = match (left.is_zero(), lost.is_zero()) {
            (true, _) => purchase.counts,
            (false, true) => left,
            (false, false) => lost,
        };
        let event = self.push(
            index,
            EventOrigin::Purchase { paid: purchase.paid },
            (day, EventKind::LastActivationDay),
        );
        event.counts = counts;
        event.facts.clone_from(&rule.facts);
        event.state = state;
    }

    /// The days of accounts up to their expiry. `is_covered` is true if the plan records enough for the users of its type on that day.
    fn holding(&mut self, index: usize, school: &School, holding: &Holding, is_covered: bool) {
        let card = self.card;
        let counts = Counts::of(holding.account_type, holding.count);
        let expires = holding.expires;
        let purchase = holding.purchase.and_then(|index| school.purchases.get(index));
        let origin = purchase
            .map_or(EventOrigin::Held { expires }, |purchase| EventOrigin::Purchase { paid: purchase.paid });
        if let Some(rule) = &card.stacking {
            for (day, kind) in [
                (first_stacking_day(card, expires), EventKind::FirstStackingDay),
                (automatic_stacking_day(card, expires), EventKind::AutomaticStackingDay),
            ] {
                let Some(day) = day else { continue };
                let latest = latest_expiry(card, day);
                let event = self.push(index, origin, (day, kind));
                event.counts = counts;
                event.latest_expiry = latest;
                event.facts = [&rule.facts[..], &rule.most_facts].concat();
            }
        }
        let event = self.push(index, origin, (expires, EventKind::Expiry));
        event.counts = counts;
        event.facts.clone_from(&card.term.expiry_facts);
        event.state = if is_covered { EventState::Done } else { EventState::Information };
    }

    fn payment(&mut self, schedule: &PayerSchedule, order: &ScheduledOrder) {
        let card = self.card;
        let origin = EventOrigin::Order { kind: order.kind };
        let trial = (order.kind == OrderKind::Purchase).then_some(card.trial.as_ref()).flatten();
        let event = self.push(schedule.members[0], origin, (order.date, EventKind::Payment));
        event.counts = sum(order.quote.members.iter().map(|member| member.counts));
        event.order_kind = Some(order.kind);
        event.quote = Some(Box::new(order.quote.clone()));
        event.due_since = order.due_since;
        event.reasons.clone_from(&order.reasons);
        event.state = EventState::Open;
        if let Some(rule) = trial {
            event.facts = [&rule.facts[..], &rule.reminder_facts].concat();
        }
        if let Some(check) = app_orders_check(card, order.date) {
            event.facts.extend_from_slice(&check.facts);
        }
    }

    /// The activations of an order that are not on the day of its payment: by day and member. `uncovered_until` has
    /// the first days of gaps.
    fn activations(
        &mut self,
        schedule: &PayerSchedule,
        order: &ScheduledOrder,
        uncovered_until: &HashMap<(usize, Date), Date>,
    ) {
        if order.order.renewal {
            return;
        }
        let origin = match order.recorded {
            Some(_) => EventOrigin::Purchase { paid: order.date },
            None => EventOrigin::Order { kind: order.kind },
        };
        let mut by_day: BTreeMap<(Date, usize, bool), Counts> = BTreeMap::new();
        for lot in &order.lots {
            let counts = by_day.entry((lot.activated, lot.member, lot.recorded)).or_default();
            *counts = sum([*counts, Counts::of(lot.account_type, lot.count)].into_iter());
        }
        let due_since = |member: usize, day: Date| {
            let since = uncovered_until.get(&(member, day)).copied();
            since.filter(|since| Some(day) == self.today && *since < day)
        };
        let found: Vec<_> = by_day
            .into_iter()
            .map(|((day, member, recorded), counts)| {
                let since = due_since(member, day).filter(|_| order.recorded.is_some() && !recorded);
                (day, member, recorded, counts, since)
            })
            .collect();
        for (day, member, recorded, counts, since) in found {
            let event = self.push(schedule.members[member], origin, (day, EventKind::Activation));
            event.counts = counts;
            event.due_since = since;
            event.state = if recorded { EventState::Information } else { EventState::Open };
        }
    }

    fn gaps(&mut self, schedule: &PayerSchedule) {
        for gap in &schedule.gaps {
            let origin = EventOrigin::Held { expires: gap.from };
            let event = self.push(schedule.members[gap.member], origin, (gap.from, EventKind::Uncovered));
            event.counts = Counts::of(gap.account_type, gap.uncovered());
            event.state = EventState::Open;
        }
    }
}

/// Returns the first day of the gaps that end on a day, by member and that day.
fn uncovered_until(schedule: &PayerSchedule) -> HashMap<(usize, Date), Date> {
    let mut since: HashMap<(usize, Date), Date> = HashMap::new();
    for gap in &schedule.gaps {
        let first = since.entry((gap.member, gap.until)).or_insert(gap.from);
        *first = gap.from.min(*first);
    }
    since
}

/// Returns the codes that are lost, by member and recorded purchase.
fn lost(schedule: &PayerSchedule) -> HashMap<(usize, usize), Counts> {
    let mut lost: HashMap<(usize, usize), Counts> = HashMap::new();
    for lapsed in &schedule.lapsed {
        let sum = lost.entry((lapsed.member, lapsed.purchase)).or_default();
        *sum = sum.saturating_add(Counts::of(lapsed.account_type, lapsed.count));
    }
    lost
}

fn sum(counts: impl Iterator<Item = Counts>) -> Counts {
    counts.fold(Counts::ZERO, Counts::saturating_add)
}
