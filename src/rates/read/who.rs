use std::ops::Range;

use strum::VariantArray;

use super::facts::FactRefs;
use super::{MOST, MOST_MONTHS};
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Table, unknown_word};
use crate::rates::{AppOrdersCheck, Charging, OrderLimits, TestEnterprise, WaiverRule};

pub(super) fn read_order(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<OrderLimits> {
    root.missing("order", "[order] (most-accounts-of-a-type)");
    let mut table = root.table("order", "[order]")?;
    let most = table.integer("most-accounts-of-a-type", 1..=MOST);
    table.missing("most-accounts-of-a-type", "most-accounts-of-a-type = 1000000");
    let facts = refs.read(&mut table, "facts");
    let checked_from = table.date("app-orders-checked-from");
    let check_facts = refs.read(&mut table, "app-orders-checked-facts");
    table.finish();
    let app_orders_check = checked_from.map(|from| AppOrdersCheck { from: from.value, facts: check_facts });
    Some(OrderLimits { most_accounts_of_a_type: most?.value, facts, app_orders_check })
}

pub(super) fn read_test_enterprise(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<TestEnterprise> {
    let mut table = root.table("test-enterprise", "[test-enterprise]")?;
    let most = table.integer("most-accounts-of-a-type", 1..=MOST);
    table.missing("most-accounts-of-a-type", "most-accounts-of-a-type = 1000");
    let months = table.integer("months", 1..=MOST_MONTHS);
    table.missing("months", "months = 1");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(TestEnterprise { most_accounts_of_a_type: most?.value, months: months?.value, facts })
}

pub(super) fn read_charging(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<Charging> {
    root.missing("charging", "[charging] (app-kinds)");
    let mut table = root.table("charging", "[charging]")?;
    table.missing("app-kinds", "app-kinds = [\"third-party\", \"agency\"]");
    let words: Vec<&str> = AppKind::VARIANTS.iter().map(|kind| kind.as_str()).collect();
    let mut app_kinds = Vec::new();
    for kind in table.strings("app-kinds") {
        match kind.value.parse() {
            Ok(kind) => app_kinds.push(kind),
            Err(_) => table.report(unknown_word("app-kinds", kind.value, words.clone()), kind.span),
        }
    }
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(Charging { app_kinds, facts })
}

pub(super) fn read_group(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Vec<String> {
    let Some(mut table) = root.table("group", "[group]") else { return Vec::new() };
    let facts = refs.read(&mut table, "facts");
    table.finish();
    facts
}

pub(super) fn read_waivers(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Vec<WaiverRule> {
    let mut rules: Vec<WaiverRule> = Vec::new();
    let mut spans = Vec::new();
    for mut table in root.tables("waiver", "[[waiver]]") {
        let kind = table.word("kind", WaiverKind::VARIANTS);
        table.missing("kind", "kind = \"k12\"");
        if let Some(rule) = read_waiver(&mut table, kind.as_ref().map(|kind| kind.value), refs) {
            if let Some(first) = rules.iter().position(|other| other.kind == rule.kind) {
                let first: Range<usize> = Clone::clone(&spans[first]);
                let diagnostic = Diagnostic::new(Code::DuplicateWaiver)
                    .with("kind", rule.kind.as_str())
                    .related(first, Message::new("term-first-here"));
                table.report(diagnostic, table.span_of("kind"));
            } else {
                spans.push(table.span_of("kind"));
                rules.push(rule);
            }
        }
        table.finish();
    }
    rules
}

fn read_waiver(table: &mut Table<'_>, kind: Option<WaiverKind>, refs: &FactRefs<'_>) -> Option<WaiverRule> {
    let primary_industry = table.string("primary-industry").map(|text| text.value.to_owned());
    let secondary_industries =
        table.strings("secondary-industries").into_iter().map(|text| text.value.to_owned()).collect();
    let certification = table.word("certification", Certification::VARIANTS);
    let proof = table.boolean("proof");
    // A rule without a condition would let every customer off.
    let has_proof = proof.as_ref().map_or_else(|| table.has("proof"), |proof| proof.value);
    if !has_proof || table.has("secondary-industries") {
        table.missing("primary-industry", "primary-industry = \"教育\"");
    }
    let from = table.date("from");
    table.missing("from", "from = 2022-05-16");
    let last_day = table.date("last-day");
    if let (Some(from), Some(last_day)) = (&from, &last_day)
        && last_day.value < from.value
    {
        let diagnostic = Diagnostic::new(Code::RangeReversed).with("first", "from").with("last", "last-day");
        table.report(diagnostic, last_day.span.clone());
    }
    let facts = refs.read(table, "facts");
    let last_day_facts = refs.read(table, "last-day-facts");
    Some(WaiverRule {
        kind: kind?,
        primary_industry,
        secondary_industries,
        certification: certification.map_or(Certification::None, |at| at.value),
        proof: proof.is_some_and(|at| at.value),
        from: from?.value,
        last_day: last_day.map(|at| at.value),
        facts,
        last_day_facts,
    })
}
