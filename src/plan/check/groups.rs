use std::collections::{BTreeMap, HashMap};

use crate::account::Counts;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::suggestion;
use crate::plan::keys::{DraftPlan, DraftSchool};

/// The schools that pay for others, by index into the schools.
pub(super) struct Groups {
    /// Each school that pays for itself, with its downstreams.
    members: BTreeMap<usize, Vec<usize>>,
}

impl Groups {
    /// Resolves each `upstream`, and reports those that cannot be.
    pub(super) fn find(plan: &DraftPlan<'_>, sink: &Sink) -> Groups {
        let schools = plan.schools();
        let mut codes = Codes { indices: HashMap::new(), is_whole: plan.has_all_codes() };
        for (index, school) in schools.iter().enumerate() {
            if let Some(code) = school.code.valid() {
                codes.indices.entry(code.value).or_insert(index);
            }
        }
        let payers = schools.iter().enumerate().filter(|(_, school)| school.upstream.is_missing());
        let mut members: BTreeMap<usize, Vec<usize>> = payers.map(|(index, _)| (index, Vec::new())).collect();
        let mut compared = 0;
        for (index, school) in schools.iter().enumerate() {
            if let Some(downstreams) = upstream_of(school, schools, &codes, &mut compared, sink)
                .and_then(|upstream| members.get_mut(&upstream))
            {
                downstreams.push(index);
            }
        }
        Groups { members }
    }

    /// Iterates over the payers with their downstreams, of which there may be none.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.members.iter().map(|(payer, downstreams)| (*payer, downstreams.as_slice()))
    }

    /// Returns true if accounts are bought for a charged downstream of this school.
    pub(super) fn accounts_below(
        &self,
        payer: usize,
        schools: &[DraftSchool<'_>],
        is_charged: impl Fn(&DraftSchool<'_>) -> bool,
    ) -> bool {
        let downstreams = self.members.get(&payer).map(Vec::as_slice).unwrap_or_default();
        downstreams
            .iter()
            .map(|&index| &schools[index])
            .any(|school| is_charged(school) && school.counts().known() != Some(Counts::ZERO))
    }

    /// Reports values that members of a group cannot have.
    pub(super) fn check(&self, plan: &DraftPlan<'_>, sink: &Sink) {
        for (payer, downstreams) in self.iter().filter(|(_, downstreams)| !downstreams.is_empty()) {
            let payer = &plan.schools()[payer];
            report_test_enterprise(payer, sink);
            for downstream in downstreams.iter().map(|&index| &plan.schools()[index]) {
                report_test_enterprise(downstream, sink);
                check_term(plan, payer, downstream, sink);
                if let Some(negotiated) = downstream.negotiated.valid() {
                    let upstream = payer.code.value().copied().unwrap_or_default();
                    let diagnostic = Diagnostic::new(Code::NegotiatedOnDownstream).with("upstream", upstream);
                    sink.report(diagnostic, negotiated.span.clone());
                }
            }
        }
    }
}

/// The schools by their code, of several with the same code the first.
struct Codes<'d> {
    indices: HashMap<&'d str, usize>,
    /// True if every code of the plan could be read.
    is_whole: bool,
}

/// Returns the index of the school that pays for this one, if one can.
fn upstream_of(
    school: &DraftSchool<'_>,
    schools: &[DraftSchool<'_>],
    codes: &Codes<'_>,
    compared: &mut usize,
    sink: &Sink,
) -> Option<usize> {
    let named = school.upstream.valid()?;
    if school.code.value() == Some(&named.value) {
        sink.report(Diagnostic::new(Code::UpstreamIsItself).with("code", named.value), named.span.clone());
        return None;
    }
    let Some(&index) = codes.indices.get(named.value) else {
        if !codes.is_whole {
            return None;
        }
        let suggestion = suggest_upstream(school, named.value, schools, compared);
        let diagnostic =
            Diagnostic::new(Code::UnknownUpstream).with("code", named.value).with("suggestion", suggestion);
        sink.report(diagnostic, named.span.clone());
        return None;
    };
    if let Some(further) = schools[index].upstream.valid() {
        let diagnostic = Diagnostic::new(Code::UpstreamIsDownstream)
            .with("code", named.value)
            .with("upstream", further.value)
            .related(further.span.clone(), Message::new("term-its-upstream"));
        sink.report(diagnostic, named.span.clone());
        return None;
    }
    Some(index)
}

/// More codes than these, over all schools of a plan, are not compared with wrong ones: the time for it grows
/// with the square of the schools.
const MOST_COMPARED: usize = 500_000;

/// Returns the code that was probably meant, or `none`.
fn suggest_upstream<'p>(
    school: &DraftSchool<'_>,
    wrong: &str,
    schools: &'p [DraftSchool<'_>],
    compared: &mut usize,
) -> &'p str {
    if *compared > MOST_COMPARED {
        return "none";
    }
    *compared += schools.len();
    let codes: Vec<&str> = schools
        .iter()
        .filter(|other| other.upstream.is_missing())
        .filter_map(|other| other.code.value().copied())
        .filter(|code| Some(code) != school.code.value())
        .collect();
    suggestion(wrong, &codes)
}

fn report_test_enterprise(school: &DraftSchool<'_>, sink: &Sink) {
    if let Some(at) = school.test_enterprise.valid().filter(|at| at.value) {
        sink.report(Diagnostic::new(Code::TestEnterpriseInGroup), at.span.clone());
    }
}

fn check_term(plan: &DraftPlan<'_>, payer: &DraftSchool<'_>, downstream: &DraftSchool<'_>, sink: &Sink) {
    let (Some(wanted), Some(term)) = (plan.term_of(payer), plan.term_of(downstream)) else { return };
    if wanted == term {
        return;
    }
    let diagnostic = Diagnostic::new(Code::GroupTermsDiffer)
        .with("months", term.months)
        .with("days", term.days)
        .with("wanted-months", wanted.months)
        .with("wanted-days", wanted.days);
    let span = |school: &DraftSchool<'_>| school.table.span_of("term");
    sink.report(diagnostic.related(span(payer), Message::new("term-the-upstream-term")), span(downstream));
}
