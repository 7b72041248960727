use std::ops::Range;

use jiff::civil::Date;

use super::check_range;
use super::facts::FactRefs;
use crate::account::Term;
use crate::customer::Certification;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::At;
use crate::rates::keys::{
    DraftCard, DraftCharging, DraftGroup, DraftOrder, DraftOrderChecks, DraftTestEnterprise, DraftWaiver,
};
use crate::rates::{
    AppOrdersCheck, BarredIndustries, Charging, OrderChecks, OrderLimits, ShortTermCheck, TestEnterprise,
    TrialOrderCheck, WaiverRule,
};

pub(super) fn read_order(order: &DraftOrder<'_>, refs: &FactRefs<'_>) -> Option<OrderLimits> {
    let facts = refs.read(&order.facts);
    let check_facts = refs.read(&order.app_orders_checked_facts);
    let checked_from = order.app_orders_checked_from.value();
    let app_orders_check = checked_from.map(|from| AppOrdersCheck { from: *from, facts: check_facts });
    Some(OrderLimits {
        most_accounts_of_a_type: *order.most_accounts_of_a_type.value()?,
        facts,
        app_orders_check,
    })
}

pub(super) fn read_order_checks(checks: &DraftOrderChecks<'_>, refs: &FactRefs<'_>) -> Option<OrderChecks> {
    let app_order_facts = refs.read(&checks.app_order_facts);
    let app_order_term_facts = refs.read(&checks.app_order_term_facts);
    let trial_facts = refs.read(&checks.trial_facts);
    let short_term_facts = refs.read(&checks.short_term_facts);
    let waived_facts = refs.read(&checks.waived_facts);
    let renewal_facts = refs.read(&checks.renewal_facts);
    let permission_facts = refs.read(&checks.permission_facts);
    Some(OrderChecks {
        app_order_facts,
        app_order_term_facts,
        trial: TrialOrderCheck { most_days: *checks.trial_most_days.value()?, facts: trial_facts },
        short_term: ShortTermCheck {
            days: *checks.short_term_days.value()?,
            accounts_per_contact: *checks.short_term_accounts_per_contact.value()?,
            facts: short_term_facts,
        },
        waived_term: Term { months: *checks.waived_months.value()?, days: 0 },
        waived_facts,
        renewal_facts,
        permission_facts,
    })
}

pub(super) fn read_test_enterprise(
    test: &DraftTestEnterprise<'_>,
    refs: &FactRefs<'_>,
) -> Option<TestEnterprise> {
    let facts = refs.read(&test.facts);
    Some(TestEnterprise {
        most_accounts_of_a_type: *test.most_accounts_of_a_type.value()?,
        months: *test.months.value()?,
        facts,
    })
}

pub(super) fn read_charging(charging: &DraftCharging<'_>, refs: &FactRefs<'_>) -> Option<Charging> {
    let facts = refs.read(&charging.facts);
    Some(Charging { app_kinds: charging.app_kinds.value()?.clone(), facts })
}

pub(super) fn read_barred_industries(
    group: &DraftGroup<'_>,
    refs: &FactRefs<'_>,
) -> Option<BarredIndustries> {
    if !group.barred_secondary_industries.is_missing() || !group.barred_facts.is_missing() {
        group.table.report_missing("barred-primary-industry");
    }
    let facts = refs.read(&group.barred_facts);
    let secondary = group.barred_secondary_industries.items().iter();
    Some(BarredIndustries {
        primary_industry: (*group.barred_primary_industry.value()?).to_owned(),
        secondary_industries: secondary.map(|industry| industry.value.to_owned()).collect(),
        facts,
    })
}

/// Returns the valid waivers, the first of each kind.
pub(super) fn read_waivers(card: &DraftCard<'_>, refs: &FactRefs<'_>) -> Vec<WaiverRule> {
    let mut rules: Vec<WaiverRule> = Vec::new();
    let mut spans: Vec<&Range<usize>> = Vec::new();
    for waiver in card.waiver.items() {
        let (Some(rule), Some(kind)) = (read_waiver(waiver, refs), waiver.kind.valid()) else { continue };
        if let Some(first) = rules.iter().position(|other| other.kind == rule.kind) {
            let diagnostic = Diagnostic::new(Code::DuplicateWaiver)
                .with("kind", rule.kind.as_str())
                .related(spans[first].clone(), Message::new("term-first-here"));
            waiver.table.report(diagnostic, kind.span.clone());
        } else {
            spans.push(&kind.span);
            rules.push(rule);
        }
    }
    rules
}

fn read_waiver(waiver: &DraftWaiver<'_>, refs: &FactRefs<'_>) -> Option<WaiverRule> {
    check_range(&waiver.table, ("from", &waiver.from), ("last-day", &waiver.last_day), Date::lt);
    // A rule without a condition would exempt every customer.
    if waiver.proof.or(false) == Some(false) || !waiver.secondary_industries.is_missing() {
        waiver.table.report_missing("primary-industry");
    }
    let facts = refs.read(&waiver.facts);
    let last_day_facts = refs.read(&waiver.last_day_facts);
    let owned = |text: &At<&str>| text.value.to_owned();
    Some(WaiverRule {
        kind: *waiver.kind.value()?,
        primary_industry: waiver.primary_industry.valid().map(owned),
        secondary_industries: waiver.secondary_industries.items().iter().map(owned).collect(),
        certification: waiver.certification.or(Certification::None).unwrap_or_default(),
        proof: waiver.proof.value() == Some(&true),
        from: *waiver.from.value()?,
        last_day: waiver.last_day.value().copied(),
        facts,
        last_day_facts,
    })
}
