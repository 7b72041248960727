use super::Risks;
use crate::diagnostic::{Code, Diagnostic};
use crate::rules::barred_from_groups;

/// Warns of members of a group whose industry can neither create nor join one: U5 (docs/rules.md#u5).
pub(super) fn check(risks: &Risks<'_, '_>, payer: usize, downstreams: &[usize]) {
    if downstreams.is_empty() {
        return;
    }
    for &member in [payer].iter().chain(downstreams) {
        let Some(industry) = risks.draft.schools()[member].industry.valid() else { continue };
        if let Some(rule) = barred_from_groups(risks.card, &industry.value) {
            let problem = Diagnostic::new(Code::IndustryBarredFromGroups)
                .with("industry", industry.value.to_string())
                .with("facts", rule.facts.clone());
            risks.sink.report(problem, industry.span.clone());
        }
    }
}
