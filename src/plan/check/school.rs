use jiff::civil::Date;

use super::unique;
use crate::account::AccountType;
use crate::customer::{AppKind, Certification, Customer, Industry};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::At;
use crate::plan::draft::DEFAULT_APP_KIND;
use crate::plan::keys::{DraftHeld, DraftSchool};
use crate::plan::read::PricingDate;
use crate::rates::RateCard;
use crate::rules::{WaiverFinding, last_activation_day, look_up_waiver};

/// Reports values within one school that do not fit together.
pub(super) fn check(school: &DraftSchool<'_>, date: PricingDate, card: Option<&RateCard>, sink: &Sink) {
    check_held(school, date, sink);
    unique(school.app.items(), |app| &app.id, "id", Code::DuplicateApp, sink);
    check_needs(school, card, sink);
    check_purchase_days(school, card, sink);
    check_headcounts(school, sink);
    if let Some(card) = card.filter(|_| !school.is_test_enterprise()) {
        check_industry(school, card, sink);
        check_certification(school, date.known(), card, sink);
    }
}

fn check_held(school: &DraftSchool<'_>, date: PricingDate, sink: &Sink) {
    match date {
        PricingDate::Undated if !school.held.items().is_empty() => {
            sink.report(Diagnostic::new(Code::HeldInUndatedPlan), school.table.span_of("held"));
        }
        PricingDate::On(date) => {
            let expiries = school.held.items().iter().filter_map(|lot| lot.expires.valid());
            for expires in expiries.filter(|expires| expires.value <= date) {
                let diagnostic =
                    Diagnostic::new(Code::HeldExpired).with("expires", expires.value).with("date", date);
                sink.report(diagnostic, expires.span.clone());
            }
        }
        PricingDate::Undated | PricingDate::Invalid => {}
    }
}

/// Reports an app that reads customers at a school without interop accounts (W4, docs/rules.md#w4).
fn check_needs(school: &DraftSchool<'_>, card: Option<&RateCard>, sink: &Sink) {
    let buys_none = school.counts().known().is_some_and(|counts| counts.interop == 0);
    let Some(card) = card.filter(|_| buys_none) else { return };
    let may_be_interop = |lot: &DraftHeld<'_>| lot.account_type.value() != Some(&AccountType::Basic);
    if school.held.items().iter().any(may_be_interop) {
        return;
    }
    let is_charged = |kind: Option<AppKind>| kind.is_some_and(|kind| card.charging.app_kinds.contains(&kind));
    let charged = school.app.items().iter().filter(|app| is_charged(app.kind.or(DEFAULT_APP_KIND)));
    for needs in charged.filter_map(|app| app.needs.valid()) {
        if needs.value == AccountType::Interop {
            sink.report(Diagnostic::new(Code::InteropAppWithoutAccounts), needs.span.clone());
        }
    }
}

fn check_purchase_days(school: &DraftSchool<'_>, card: Option<&RateCard>, sink: &Sink) {
    for purchase in school.purchase.items() {
        let (Some(paid), Some(activated)) = (purchase.paid.valid(), purchase.activated.valid()) else {
            continue;
        };
        let last_day = card.and_then(|card| last_activation_day(card, paid.value));
        let diagnostic = match last_day {
            _ if activated.value < paid.value => Diagnostic::new(Code::ActivatedBeforePaid),
            Some(last_day) if activated.value > last_day => {
                Diagnostic::new(Code::ActivatedAfterDeadline).with("last-day", last_day)
            }
            _ => continue,
        };
        let diagnostic = diagnostic
            .with("activated", activated.value)
            .with("paid", paid.value)
            .related(paid.span.clone(), Message::new("term-paid-here"));
        sink.report(diagnostic, activated.span.clone());
    }
}

fn check_headcounts(school: &DraftSchool<'_>, sink: &Sink) {
    let days: Vec<&At<Date>> =
        school.headcount.items().iter().filter_map(|headcount| headcount.from.valid()).collect();
    for pair in days.windows(2).filter(|pair| pair[1].value <= pair[0].value) {
        let diagnostic = Diagnostic::new(Code::HeadcountsOutOfOrder)
            .with("from", pair[1].value)
            .with("before", pair[0].value)
            .related(pair[0].span.clone(), Message::new("term-the-one-before"));
        sink.report(diagnostic, pair[1].span.clone());
    }
}

/// Warns of a secondary industry that is one of a waiver's with a few characters added, such as 初中等教育 for
/// 初等教育 (V2, docs/rules.md#v2).
fn check_industry(school: &DraftSchool<'_>, card: &RateCard, sink: &Sink) {
    let Some(industry) = school.industry.valid() else { return };
    if let Some(meant) = suggested_industry(&industry.value, card) {
        let diagnostic = Diagnostic::new(Code::IndustryNearMiss)
            .with("given", industry.value.to_string())
            .with("secondary", industry.secondary.as_str())
            .with("meant", meant)
            .with("primary", industry.primary.as_str());
        sink.report(diagnostic, industry.span.clone());
    }
}

fn suggested_industry<'c>(industry: &Industry, card: &'c RateCard) -> Option<&'c str> {
    let rules = card.waivers.iter().filter(|rule| rule.primary_industry.as_ref() == Some(&industry.primary));
    let mut wanted = rules.flat_map(|rule| &rule.secondary_industries);
    if wanted.clone().any(|wanted| *wanted == industry.secondary) {
        return None;
    }
    wanted.find(|wanted| has_signs_in_order(&industry.secondary, wanted)).map(String::as_str)
}

fn has_signs_in_order(text: &str, signs: &str) -> bool {
    let mut rest = text.chars();
    signs.chars().all(|sign| rest.any(|other| other == sign))
}

/// Warns if a waiver would apply to a certified customer, but the plan states no certification (V2, V3).
fn check_certification(school: &DraftSchool<'_>, date: Option<Date>, card: &RateCard, sink: &Sink) {
    if !school.certification.is_missing() {
        return;
    }
    let as_if = |certification| {
        let customer = Customer {
            industry: school.industry.value().cloned(),
            certification,
            nonprofit_proof: school.nonprofit_proof.value() == Some(&true),
        };
        look_up_waiver(card, &customer, date).filter(WaiverFinding::applied)
    };
    let (None, Some(finding)) = (as_if(Certification::None), as_if(Certification::Certified)) else { return };
    let (Some(industry), Some(rule)) = (school.industry.valid(), card.waiver(finding.kind)) else { return };
    let diagnostic = Diagnostic::new(Code::CertificationMissing)
        .with("kind", finding.kind.as_str())
        .with("industry", industry.value.to_string())
        .with("needs", rule.certification.as_str());
    sink.report(diagnostic, industry.span.clone());
}
