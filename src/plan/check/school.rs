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
use crate::rules::{WaiverFinding, look_up_waiver};

/// Reports values within one school that do not fit together.
pub(super) fn check(school: &DraftSchool<'_>, date: PricingDate, card: Option<&RateCard>, sink: &Sink) {
    check_undated(school, date, sink);
    check_held(school, date, sink);
    unique(school.app.items(), |app| &app.id, "id", Code::DuplicateApp, sink);
    check_needs(school, card, sink);
    check_headcounts(school, sink);
    if let Some(card) = card.filter(|_| !school.is_test_enterprise()) {
        check_industry(school, card, sink);
        check_certification(school, date.known(), card, sink);
    }
}

/// Reports what needs a day in a plan without a date.
fn check_undated(school: &DraftSchool<'_>, date: PricingDate, sink: &Sink) {
    if date != PricingDate::Undated {
        return;
    }
    let tables = [
        ("held", school.held.items().first().map(|held| held.table.span())),
        ("purchase", school.purchase.items().first().map(|purchase| purchase.table.span())),
        ("headcount", school.headcount.items().first().map(|headcount| headcount.table.span())),
    ];
    for (key, span) in tables.into_iter().filter_map(|(key, span)| Some((key, span?))) {
        let span = if key == "held" { school.table.span_of(key) } else { span };
        sink.report(Diagnostic::new(Code::UndatedPlan).with("key", key), span);
    }
}

/// Warns of held accounts that have expired by the plan's date.
fn check_held(school: &DraftSchool<'_>, date: PricingDate, sink: &Sink) {
    let PricingDate::On(date) = date else { return };
    let expiries = school.held.items().iter().filter_map(|lot| lot.expires.valid());
    for expires in expiries.filter(|expires| expires.value <= date) {
        let diagnostic = Diagnostic::new(Code::HeldExpired).with("expires", expires.value).with("date", date);
        sink.report(diagnostic, expires.span.clone());
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
