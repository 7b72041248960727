use super::check_range;
use super::facts::FactRefs;
use crate::rates::keys::{DraftActivation, DraftRefund, DraftStacking, DraftTerm, DraftTrial};
use crate::rates::{ActivationRule, RefundRule, StackingRule, TermRules, TrialRule};

pub(super) fn read_term(term: &DraftTerm<'_>, refs: &FactRefs<'_>) -> Option<TermRules> {
    check_range(&term.table, ("least-days", &term.least_days), ("most-days", &term.most_days), u32::lt);
    let facts = refs.read(&term.facts);
    let by_months_facts = refs.read(&term.by_months_facts);
    let by_days_facts = refs.read(&term.by_days_facts);
    let multi_year_facts = refs.read(&term.multi_year_facts);
    let expiry_facts = refs.read(&term.expiry_facts);
    Some(TermRules {
        days_per_month: *term.days_per_month.value()?,
        days_per_year: *term.days_per_year.value()?,
        least_days: *term.least_days.value()?,
        most_days: *term.most_days.value()?,
        facts,
        by_months_facts,
        by_days_facts,
        multi_year_facts,
        expiry_facts,
    })
}

pub(super) fn read_trial(trial: &DraftTrial<'_>, refs: &FactRefs<'_>) -> Option<TrialRule> {
    let facts = refs.read(&trial.facts);
    let reminder_facts = refs.read(&trial.reminder_facts);
    let first_authorized_facts = refs.read(&trial.first_authorized_facts);
    Some(TrialRule {
        days: *trial.days.value()?,
        reminder_days: *trial.reminder_days.value()?,
        first_authorized: *trial.first_authorized.value()?,
        facts,
        reminder_facts,
        first_authorized_facts,
    })
}

pub(super) fn read_refund(refund: &DraftRefund<'_>, refs: &FactRefs<'_>) -> Option<RefundRule> {
    let facts = refs.read(&refund.facts);
    Some(RefundRule { days: *refund.days.value()?, facts })
}

pub(super) fn read_activation(
    activation: &DraftActivation<'_>,
    refs: &FactRefs<'_>,
) -> Option<ActivationRule> {
    let facts = refs.read(&activation.facts);
    Some(ActivationRule { months: *activation.months.value()?, facts })
}

pub(super) fn read_stacking(stacking: &DraftStacking<'_>, refs: &FactRefs<'_>) -> Option<StackingRule> {
    let automatic = ("automatic-days-left", &stacking.automatic_days_left);
    // More days left are an earlier day.
    check_range(&stacking.table, ("days-left", &stacking.days_left), automatic, u32::gt);
    let facts = refs.read(&stacking.facts);
    let most_facts = refs.read(&stacking.most_days_ahead_facts);
    Some(StackingRule {
        days_left: *stacking.days_left.value()?,
        automatic_days_left: *stacking.automatic_days_left.value()?,
        most_days_ahead: *stacking.most_days_ahead.value()?,
        facts,
        most_facts,
    })
}
