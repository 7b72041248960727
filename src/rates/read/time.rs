use super::facts::FactRefs;
use super::{MOST, MOST_MONTHS};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::Table;
use crate::rates::{ActivationRule, RefundRule, StackingRule, TermRules, TrialRule};

pub(super) fn read_term(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<TermRules> {
    root.missing("term", "[term] (days-per-month, days-per-year, least-days, most-days)");
    let mut table = root.table("term", "[term]")?;
    let mut days = |key: &'static str, example: &'static str| {
        let days = table.integer(key, 1..=MOST);
        table.missing(key, example);
        days
    };
    let days_per_month = days("days-per-month", "days-per-month = 31");
    let days_per_year = days("days-per-year", "days-per-year = 372");
    let least_days = days("least-days", "least-days = 31");
    let most_days = days("most-days", "most-days = 1860");
    if let (Some(least), Some(most)) = (&least_days, &most_days)
        && least.value > most.value
    {
        let diagnostic =
            Diagnostic::new(Code::RangeReversed).with("first", "least-days").with("last", "most-days");
        table.report(diagnostic, most.span.clone());
    }
    let facts = refs.read(&mut table, "facts");
    let by_months_facts = refs.read(&mut table, "by-months-facts");
    let by_days_facts = refs.read(&mut table, "by-days-facts");
    let multi_year_facts = refs.read(&mut table, "multi-year-facts");
    let expiry_facts = refs.read(&mut table, "expiry-facts");
    table.finish();
    Some(TermRules {
        days_per_month: days_per_month?.value,
        days_per_year: days_per_year?.value,
        least_days: least_days?.value,
        most_days: most_days?.value,
        facts,
        by_months_facts,
        by_days_facts,
        multi_year_facts,
        expiry_facts,
    })
}

/// The most days that a rule about dates can span: about 270 years.
pub(in crate::rates) const MOST_DAYS: u32 = 100_000;

pub(super) fn read_trial(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<TrialRule> {
    let mut table = root.table("trial", "[trial]")?;
    let days = table.integer("days", 1..=MOST_DAYS);
    table.missing("days", "days = 90");
    let reminder_days = table.integer("reminder-days", 0..=MOST_DAYS);
    table.missing("reminder-days", "reminder-days = 7");
    let first_authorized = table.date("first-authorized");
    table.missing("first-authorized", "first-authorized = 2022-05-16");
    let facts = refs.read(&mut table, "facts");
    let reminder_facts = refs.read(&mut table, "reminder-facts");
    let first_authorized_facts = refs.read(&mut table, "first-authorized-facts");
    table.finish();
    Some(TrialRule {
        days: days?.value,
        reminder_days: reminder_days?.value,
        first_authorized: first_authorized?.value,
        facts,
        reminder_facts,
        first_authorized_facts,
    })
}

pub(super) fn read_refund(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<RefundRule> {
    let mut table = root.table("refund", "[refund]")?;
    let days = table.integer("days", 0..=MOST_DAYS);
    table.missing("days", "days = 10");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(RefundRule { days: days?.value, facts })
}

pub(super) fn read_activation(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<ActivationRule> {
    let mut table = root.table("activation", "[activation]")?;
    let months = table.integer("months", 1..=MOST_MONTHS);
    table.missing("months", "months = 12");
    let facts = refs.read(&mut table, "facts");
    table.finish();
    Some(ActivationRule { months: months?.value, facts })
}

pub(super) fn read_stacking(root: &mut Table<'_>, refs: &FactRefs<'_>) -> Option<StackingRule> {
    let mut table = root.table("stacking", "[stacking]")?;
    let mut days = |key: &'static str, example: &'static str| {
        let days = table.integer(key, 0..=MOST_DAYS);
        table.missing(key, example);
        days
    };
    let days_left = days("days-left", "days-left = 20");
    let automatic_days_left = days("automatic-days-left", "automatic-days-left = 7");
    let most_days_ahead = days("most-days-ahead", "most-days-ahead = 1860");
    if let (Some(first), Some(automatic)) = (&days_left, &automatic_days_left)
        && automatic.value > first.value
    {
        let diagnostic = Diagnostic::new(Code::RangeReversed)
            .with("first", "days-left")
            .with("last", "automatic-days-left");
        table.report(diagnostic, automatic.span.clone());
    }
    let facts = refs.read(&mut table, "facts");
    let most_facts = refs.read(&mut table, "most-days-ahead-facts");
    table.finish();
    Some(StackingRule {
        days_left: days_left?.value,
        automatic_days_left: automatic_days_left?.value,
        most_days_ahead: most_days_ahead?.value,
        facts,
        most_facts,
    })
}
