use std::collections::HashMap;

use jiff::civil::Date;

use super::{AppStanding, Event, EventApp, EventKind, EventOrigin, EventState, SchoolStanding};
use crate::account::Counts;
use crate::plan::{Holding, PastPurchase, Plan, School};
use crate::planning::group::Group;
use crate::pricing::{QuoteError, Quoter};
use crate::rates::RateCard;
use crate::rules::{
    Trial, app_orders_check, automatic_stacking_day, first_stacking_day, is_charged, last_activation_day,
    last_refund_day, latest_expiry, look_up_trial, recommended_pay_day,
};

/// Returns every school with its apps.
pub(super) fn standings(plan: &Plan) -> Vec<SchoolStanding> {
    let by_code: HashMap<&str, &School> =
        plan.schools.iter().map(|school| (school.code.as_str(), school)).collect();
    let payer_of = |school: &School| {
        let payer = school.upstream.as_deref().and_then(|code| by_code.get(code));
        payer.map_or_else(|| school.party(), |payer| payer.party())
    };
    let standing = |school: &School| SchoolStanding {
        school: school.party(),
        payer: payer_of(school),
        charged: is_charged(&plan.card, school.apps.iter().map(|app| app.kind)),
        status: school.status,
        apps: school
            .apps
            .iter()
            .map(|app| AppStanding {
                app: EventApp::of(app),
                kind: app.kind,
                trial: look_up_trial(&plan.card, app.kind, app.authorized),
            })
            .collect(),
    };
    plan.schools.iter().map(standing).collect()
}

/// Returns every event with the index of its school in the plan, unsorted.
pub(super) fn events(plan: &Plan) -> Result<Vec<(usize, Event)>, QuoteError> {
    let mut collector = Collector { plan, card: &plan.card, events: Vec::new() };
    let groups = Group::all(plan);
    let quoter = Quoter::new(&plan.card)?;
    for group in &groups {
        collector.group(group, &quoter)?;
    }
    Ok(collector.events)
}

struct Collector<'p> {
    plan: &'p Plan,
    card: &'p RateCard,
    events: Vec<(usize, Event)>,
}

impl Collector<'_> {
    fn group(&mut self, group: &Group<'_>, quoter: &Quoter<'_>) -> Result<(), QuoteError> {
        let active_ever = !group.holdings.is_empty();
        for (school, index) in group.members() {
            self.trials(school, index, active_ever);
            for purchase in &school.purchases {
                self.purchase(school, index, purchase);
            }
        }
        for (member, holding) in &group.holdings {
            let (school, index) = group.member(*member);
            self.holding(group, school, index, holding);
        }
        self.recommended_payment(group, quoter)
    }

    fn push(
        &mut self,
        index: usize,
        school: &School,
        origin: EventOrigin,
        (date, kind): (Date, EventKind),
    ) -> &mut Event {
        let event = Event {
            date,
            kind,
            state: EventState::Information,
            school: school.party(),
            app: None,
            origin,
            moment: None,
            counts: Counts::ZERO,
            quote: None,
            latest_expiry: None,
            facts: Vec::new(),
        };
        self.events.push((index, event));
        let last = self.events.len() - 1;
        &mut self.events[last].1
    }

    fn trials(&mut self, school: &School, index: usize, covered: bool) {
        let Some(rule) = &self.card.trial else { return };
        for app in &school.apps {
            let Some(trial) = look_up_trial(self.card, app.kind, app.authorized).trial() else { continue };
            let Trial { start, end, reminder } = trial;
            for (date, kind, moment, facts) in [
                (start.date(), EventKind::TrialStart, Some(start), &rule.facts),
                (reminder, EventKind::TrialReminder, None, &rule.reminder_facts),
                (end.date(), EventKind::TrialEnd, Some(end), &rule.facts),
            ] {
                let event = self.push(index, school, EventOrigin::App, (date, kind));
                event.app = Some(EventApp::of(app));
                event.moment = moment;
                event.facts.clone_from(facts);
                event.state = match kind {
                    EventKind::TrialStart => EventState::Information,
                    _ if covered => EventState::Done,
                    EventKind::TrialEnd => EventState::Open,
                    _ => EventState::Information,
                };
            }
        }
    }

    fn purchase(&mut self, school: &School, index: usize, purchase: &PastPurchase) {
        let PastPurchase { paid, counts, activated, .. } = *purchase;
        let origin = EventOrigin::Purchase { paid };
        self.push(index, school, origin, (paid, EventKind::Payment)).counts = counts;
        if let (Some(day), Some(rule)) = (last_refund_day(self.card, paid), &self.card.refund) {
            let event = self.push(index, school, origin, (day, EventKind::LastRefundDay));
            event.counts = counts;
            event.facts.clone_from(&rule.facts);
        }
        if let (Some(day), Some(rule)) = (last_activation_day(self.card, paid), &self.card.activation) {
            let event = self.push(index, school, origin, (day, EventKind::LastActivationDay));
            event.counts = counts;
            event.facts.clone_from(&rule.facts);
            event.state = if activated.is_some() { EventState::Done } else { EventState::Open };
        }
        if let Some(day) = activated {
            self.push(index, school, origin, (day, EventKind::Activation)).counts = counts;
        }
    }

    fn holding(&mut self, group: &Group<'_>, school: &School, index: usize, holding: &Holding) {
        let card = self.card;
        let mut counts = Counts::ZERO;
        *counts.get_mut(holding.lot.account_type) = holding.lot.count;
        let expires = holding.lot.expires;
        let purchase = holding.purchase.and_then(|index| school.purchases.get(index));
        let origin = purchase
            .map_or(EventOrigin::Held { expires }, |purchase| EventOrigin::Purchase { paid: purchase.paid });
        let renewed = group.is_covered(self.plan, holding.lot.account_type, expires);
        if let Some(rule) = &self.card.stacking {
            for (day, kind) in [
                (first_stacking_day(self.card, expires), EventKind::FirstStackingDay),
                (automatic_stacking_day(self.card, expires), EventKind::AutomaticStackingDay),
            ] {
                let Some(day) = day else { continue };
                let latest = latest_expiry(self.card, day);
                let event = self.push(index, school, origin, (day, kind));
                event.counts = counts;
                event.latest_expiry = latest;
                event.facts = [&rule.facts[..], &rule.most_facts].concat();
            }
        }
        let event = self.push(index, school, origin, (expires, EventKind::Expiry));
        event.counts = counts;
        event.facts.clone_from(&card.term.expiry_facts);
        event.state = if renewed { EventState::Done } else { EventState::Open };
    }

    /// Once accounts are bought the event stays, as done, so that a calendar program removes its alarm.
    fn recommended_payment(&mut self, group: &Group<'_>, quoter: &Quoter<'_>) -> Result<(), QuoteError> {
        let Some(trial) = group.first_trial(self.card) else { return Ok(()) };
        let (Some(day), Some(rule)) = (recommended_pay_day(&trial), &self.card.trial) else { return Ok(()) };
        let (payer, index) = group.member(0);
        let facts = [&rule.facts[..], &rule.reminder_facts].concat();
        let bought = group.members().any(|(school, _)| !school.purchases.is_empty());
        if bought || !group.holdings.is_empty() {
            let event = self.push(index, payer, EventOrigin::Order, (day, EventKind::RecommendedPayment));
            event.state = EventState::Done;
            event.facts = facts;
            return Ok(());
        }
        let order = self.plan.order(&group.schools());
        let counts = Group::ordered(&order);
        let quote = match counts.is_zero() {
            true => None,
            false => Some(Box::new(quoter.quote(Some(day), &order)?)),
        };
        let card = self.card;
        let event = self.push(index, payer, EventOrigin::Order, (day, EventKind::RecommendedPayment));
        event.counts = counts;
        event.quote = quote;
        event.state = EventState::Open;
        event.facts = facts;
        if let Some(check) = app_orders_check(card, day) {
            event.facts.extend_from_slice(&check.facts);
        }
        Ok(())
    }
}
