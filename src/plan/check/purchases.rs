//! The rules of recorded purchases: their days and activations. In go the draft of a school and, for what
//! follows from all of them, the school itself.

use std::ops::Range;

use jiff::civil::Date;

use crate::account::AccountType;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::At;
use crate::plan::keys::{DraftPurchase, DraftSchool};
use crate::plan::model::RecordedKind;
use crate::plan::{School, Shortfall};
use crate::rates::{RateCard, TermRules};
use crate::rules::last_activation_day;

/// Reports days of a purchase that do not fit together, and activations that it cannot have.
pub(super) fn check(purchase: &DraftPurchase<'_>, card: Option<&RateCard>, sink: &Sink) {
    check_conflicts(purchase, sink);
    if let Some(paid) = purchase.paid.valid() {
        let last_day = card.and_then(|card| last_activation_day(card, paid.value));
        for activated in activation_days(purchase) {
            check_day(paid, activated, last_day, sink);
        }
    }
    check_counts(purchase, sink);
}

/// Reports prolongations of accounts that the school, which may be an upstream, does not have: O7 (docs/rules.md#o7).
/// `spans` are those of its purchases, in the order of the file.
pub(in crate::plan) fn check_prolongations(
    (school, is_upstream): (&School, bool),
    spans: &[(Date, Range<usize>)],
    terms: &TermRules,
    sink: &Sink,
) {
    let mut by_day: Vec<&(Date, Range<usize>)> = spans.iter().collect();
    by_day.sort_by_key(|(paid, _)| *paid);
    for Shortfall { purchase, account_type, wanted, found, date, extends } in
        school.holdings(terms).shortfalls
    {
        let Some((_, span)) = by_day.get(purchase) else { continue };
        let diagnostic = Diagnostic::new(Code::NothingToProlong)
            .with("type", account_type)
            .with("wanted", wanted)
            .with("found", found)
            .with("date", date)
            .with("named", if extends.is_some() { "yes" } else { "no" })
            .with("upstream", if is_upstream { "yes" } else { "no" })
            .with("extends", extends.map_or_else(String::new, |day| day.to_string()));
        sink.report(diagnostic, span.clone());
    }
}

/// Returns the day of payment and the span of each purchase of a school, in the order of the file; `None` if
/// a day is invalid.
pub(in crate::plan) fn purchase_spans(school: &DraftSchool<'_>) -> Option<Vec<(Date, Range<usize>)>> {
    let of = |purchase: &DraftPurchase<'_>| Some((purchase.paid.valid()?.value, purchase.table.span()));
    school.purchase.items().iter().map(of).collect()
}

fn is_renewal(purchase: &DraftPurchase<'_>) -> bool {
    purchase.kind.value() == Some(&RecordedKind::Renewal)
}

/// Reports `activated` beside `activations`, and on a renewal, which prolongs on the day of payment.
fn check_conflicts(purchase: &DraftPurchase<'_>, sink: &Sink) {
    let report = |with: &'static str, span: Range<usize>| {
        sink.report(Diagnostic::new(Code::ActivatedConflicts).with("with", with), span);
    };
    if let Some(activated) = purchase.activated.valid() {
        if !purchase.activations.items().is_empty() {
            report("activations", activated.span.clone());
        }
        if is_renewal(purchase) {
            report("renewal", activated.span.clone());
        }
    }
    if let (true, Some(paid)) = (is_renewal(purchase), purchase.paid.value()) {
        let days = purchase.activations.items().iter().filter_map(|activation| activation.date.valid());
        for day in days.filter(|day| day.value != *paid) {
            report("payment", day.span.clone());
        }
    }
}

fn activation_days<'p>(purchase: &'p DraftPurchase<'_>) -> impl Iterator<Item = &'p At<Date>> {
    let listed = purchase.activations.items().iter().filter_map(|activation| activation.date.valid());
    purchase.activated.valid().into_iter().chain(listed).filter(|_| !is_renewal(purchase))
}

fn check_day(paid: &At<Date>, activated: &At<Date>, last_day: Option<Date>, sink: &Sink) {
    let diagnostic = match last_day {
        _ if activated.value < paid.value => Diagnostic::new(Code::ActivatedBeforePaid),
        Some(last_day) if activated.value > last_day => {
            Diagnostic::new(Code::ActivatedAfterDeadline).with("last-day", last_day)
        }
        _ => return,
    };
    let diagnostic = diagnostic
        .with("activated", activated.value)
        .with("paid", paid.value)
        .related(paid.span.clone(), Message::new("term-paid-here"));
    sink.report(diagnostic, activated.span.clone());
}

/// Reports more activations than the purchase has codes.
fn check_counts(purchase: &DraftPurchase<'_>, sink: &Sink) {
    let Some(bought) = purchase.counts().known() else { return };
    for account_type in AccountType::ALL {
        let of_type = purchase
            .activations
            .items()
            .iter()
            .filter(|activation| activation.account_type.value() == Some(&account_type));
        let activated: u64 =
            of_type.filter_map(|activation| activation.count.value()).map(|&count| u64::from(count)).sum();
        let bought = *bought.get(account_type);
        if activated > u64::from(bought) {
            let diagnostic = Diagnostic::new(Code::ActivationsExceedPurchase)
                .with("type", account_type)
                .with("activated", activated)
                .with("bought", bought);
            sink.report(diagnostic, purchase.table.span_of("activations"));
        }
    }
}
