//! Orders that WeCom would refuse by O1–O4 and O6, and codes that are about to be lost.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::{Risks, need};
use crate::account::{AccountType, Counts};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::plan::draft::DEFAULT_APP_KIND;
use crate::plan::keys::{DraftAppOrder, DraftPurchase, DraftSchool};
use crate::plan::model::RecordedKind;
use crate::rates::OrderChecks;
use crate::rules::{
    OrderRefusal, OrderToCheck, days_between, last_activation_day, look_up_trial, order_refusals,
};

/// Days before a deadline on which it counts as near.
const DAYS_OF_NOTICE: u32 = 30;

/// Warns of orders of a group that WeCom would refuse on the plan's date, as far as the plan tells.
pub(super) fn check(risks: &Risks<'_, '_>, payer: usize, downstreams: &[usize]) {
    let (Some(date), Some(checks)) = (risks.date, &risks.card.order_checks) else { return };
    let members: Vec<&DraftSchool<'_>> = risks.members(payer, downstreams).collect();
    let payer = &risks.draft.schools()[payer];
    let counts =
        members.iter().fold(Counts::ZERO, |sum, school| sum.saturating_add(need(school, Some(date))));
    let (Some(term), false) = (risks.draft.term_of(payer), members.is_empty() || counts.is_zero()) else {
        return;
    };
    let is_waived = risks.is_waived(payer, risks.date);
    if is_waived && term != checks.waived_term {
        let problem = Diagnostic::new(Code::WaivedTerm).with("months", checks.waived_term.months);
        let problem = problem.with("facts", checks.waived_facts.clone());
        risks.sink.report(problem, payer.table.span_of("term"));
    }
    let Some(days) = risks.card.term.days(if is_waived { checks.waived_term } else { term }) else { return };
    let app_orders: Vec<&At<DraftAppOrder<'_>>> =
        risks.charged_apps(payer).filter_map(|app| app.order.valid()).collect();
    let ranges: Vec<RangeInclusive<Date>> = app_orders.iter().filter_map(|order| range(order)).collect();
    let order = OrderToCheck {
        day: date,
        days,
        counts,
        app_orders: (!ranges.is_empty()).then_some(&ranges),
        in_trial: is_in_trial(risks, payer, date),
        // Orders of a group are the upstream's: its own contacts do not limit them.
        contacts: payer.contacts.value().copied().filter(|_| downstreams.is_empty()),
    };
    for refusal in order_refusals(risks.card, &order) {
        report(risks, payer, checks, &order, refusal, &app_orders);
    }
}

fn report(
    risks: &Risks<'_, '_>,
    payer: &DraftSchool<'_>,
    checks: &OrderChecks,
    order: &OrderToCheck<'_>,
    refusal: OrderRefusal,
    app_orders: &[&At<DraftAppOrder<'_>>],
) {
    let last = app_orders.iter().max_by_key(|order| order.value.until.value().copied());
    let header = payer.table.span();
    let with_facts = |code: Code| Diagnostic::new(code).with("facts", refusal.facts(checks).to_vec());
    let (problem, span) = match refusal {
        OrderRefusal::NoAppOrder { last_day } => (
            with_facts(Code::AppOrderExpired)
                .with("date", order.day)
                .with("last-day", last_day.map_or_else(String::new, |day| day.to_string())),
            last.map_or(header, |order| order.span.clone()),
        ),
        OrderRefusal::TooLongForTrial { most_days } => (
            with_facts(Code::TermTooLongForTrial).with("days", order.days).with("most", most_days),
            payer.table.span_of("term"),
        ),
        OrderRefusal::TooManyForContacts { most, days } => (
            with_facts(Code::TooManyForContacts)
                .with("accounts", u64::from(order.counts.basic) + u64::from(order.counts.interop))
                .with("most", most)
                .with("days", days),
            payer.contacts.valid().map_or(header, |contacts| contacts.span.clone()),
        ),
        OrderRefusal::ShorterThanAppOrder { least_days } => {
            let problem = with_facts(Code::TermShorterThanAppOrder)
                .with("days", order.days)
                .with("least", least_days)
                .with("months", risks.card.term.months_of(least_days));
            let problem = match last {
                Some(order) => problem.related(order.span.clone(), Message::new("term-the-app-order")),
                None => problem,
            };
            (problem, payer.table.span_of("term"))
        }
    };
    risks.sink.report(problem, span);
}

/// Warns of recorded purchases of a school: renewals while its licences were waived (O6, docs/rules.md#o6), and
/// codes whose last day for activation is near (T4, docs/rules.md#t4).
pub(super) fn check_purchases(risks: &Risks<'_, '_>, school: &DraftSchool<'_>) {
    for purchase in school.purchase.items() {
        check_renewal(risks, school, purchase);
        check_deadline(risks, purchase);
    }
}

fn check_renewal(risks: &Risks<'_, '_>, school: &DraftSchool<'_>, purchase: &DraftPurchase<'_>) {
    let (Some(checks), Some(kind), Some(paid)) =
        (&risks.card.order_checks, purchase.kind.valid(), purchase.paid.value())
    else {
        return;
    };
    if kind.value == RecordedKind::Renewal && risks.is_waived(school, Some(*paid)) {
        let problem = Diagnostic::new(Code::WaivedRenewal)
            .with("paid", *paid)
            .with("facts", checks.waived_facts.clone());
        risks.sink.report(problem, kind.span.clone());
    }
}

fn check_deadline(risks: &Risks<'_, '_>, purchase: &DraftPurchase<'_>) {
    let (Some(date), Some(rule)) = (risks.date, &risks.card.activation) else { return };
    let Some(paid) = purchase.paid.valid().filter(|paid| paid.value <= date) else { return };
    let Some(last_day) = last_activation_day(risks.card, paid.value) else { return };
    let count: u64 = AccountType::ALL.iter().map(|kind| u64::from(*unactivated(purchase).get(*kind))).sum();
    if count > 0 && date <= last_day && days_between(date, last_day) <= DAYS_OF_NOTICE {
        let problem = Diagnostic::new(Code::ActivationDeadlineNear)
            .with("count", u32::try_from(count).unwrap_or(u32::MAX))
            .with("paid", paid.value)
            .with("last-day", last_day)
            .with("days", days_between(date, last_day))
            .with("facts", rule.facts.clone());
        risks.sink.report(problem, paid.span.clone());
    }
}

/// Returns the codes of a purchase without an activation; a renewal has none.
fn unactivated(purchase: &DraftPurchase<'_>) -> Counts {
    let renewal = purchase.kind.value() == Some(&RecordedKind::Renewal);
    let Some(bought) = purchase.counts().known().filter(|_| !renewal && purchase.activated.is_missing())
    else {
        return Counts::ZERO;
    };
    let mut left = bought;
    for activation in purchase.activations.items() {
        if let (Some(account_type), Some(count)) = (activation.account_type.value(), activation.count.value())
        {
            let of_type = left.get_mut(*account_type);
            *of_type = of_type.saturating_sub(*count);
        }
    }
    left
}

fn range(order: &At<DraftAppOrder<'_>>) -> Option<RangeInclusive<Date>> {
    Some(*order.value.from.value()?..=*order.value.until.value()?)
}

/// Returns true if a charged app of a school is in its trial on a day.
fn is_in_trial(risks: &Risks<'_, '_>, school: &DraftSchool<'_>, day: Date) -> bool {
    let mut trials = risks.charged_apps(school).filter_map(|app| {
        look_up_trial(risks.card, app.kind.or(DEFAULT_APP_KIND)?, app.authorized.value().copied()).trial()
    });
    trials.any(|trial| trial.start.date() <= day && day < trial.end.date())
}
