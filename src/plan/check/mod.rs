//! What must hold between the values of a plan.

mod groups;
mod school;

use std::collections::HashMap;
use std::ops::Range;

use super::draft::{DEFAULT_APP_KIND, DraftPlan, DraftPurchase, DraftSchool, span_of_counts};
use super::given::{GivenCounts, PricingDate};
use crate::account::{AccountType, Counts, PerType, Term};
use crate::customer::AppKind;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::At;
use crate::pricing::{PriceTable, Purchase, PurchaseError, PurchaseKind};
use crate::rates::RateCard;
use crate::rules;
use groups::Groups;

/// Reports everything that does not fit together. Without a card, the rules that it would give are passed over.
pub(super) fn check(draft: &DraftPlan<'_>, date: PricingDate, card: Option<&RateCard>, sink: &Sink) {
    unique(&draft.schools, |school| school.code.as_ref(), "code", Code::DuplicateSchool, sink);
    unique(&draft.schools, |school| school.corp_id.as_ref(), "corp-id", Code::DuplicateCorpId, sink);
    let groups = Groups::find(draft, sink);
    groups.check(draft, sink);
    for school in &draft.schools {
        school::check(school, date, card, sink);
    }
    let Some(card) = card else { return };
    match PriceTable::new(card) {
        Ok(table) => check_purchases(&Limits { draft, card, table: &table, groups: &groups, sink }),
        Err(error) => sink.extend([error.diagnostic()]),
    }
}

/// Reports each item whose key an earlier one has, and where that one stands.
fn unique<'i, T, K: AsRef<str> + 'i>(
    items: &'i [T],
    key: impl Fn(&'i T) -> Option<&'i At<K>>,
    key_name: &'static str,
    code: Code,
    sink: &Sink,
) {
    let mut first: HashMap<&str, Range<usize>> = HashMap::new();
    for at in items.iter().filter_map(key) {
        match first.get(at.value.as_ref()) {
            Some(span) => {
                let diagnostic = Diagnostic::new(code)
                    .with("key", key_name)
                    .with("value", at.value.as_ref())
                    .related(span.clone(), Message::new("term-first-here"));
                sink.report(diagnostic, at.span.clone());
            }
            None => drop(first.insert(at.value.as_ref(), at.span.clone())),
        }
    }
}

/// What the purchases of a plan are held against.
struct Limits<'c> {
    draft: &'c DraftPlan<'c>,
    card: &'c RateCard,
    table: &'c PriceTable,
    groups: &'c Groups,
    sink: &'c Sink,
}

fn check_purchases(limits: &Limits<'_>) {
    if let Some(term) = limits.draft.term.usable() {
        limits.report_term(term.value, &term.span);
    }
    for (index, school) in limits.draft.schools.iter().enumerate() {
        limits.check_school(index, school);
        for purchase in &school.purchases {
            limits.check_past(purchase, school);
        }
    }
    for (payer, downstreams) in limits.groups.iter() {
        limits.check_sum(payer, downstreams);
    }
}

impl Limits<'_> {
    fn check_school(&self, index: usize, school: &DraftSchool<'_>) {
        let is_charged = |school: &DraftSchool<'_>| self.is_charged(school);
        let needs_none =
            !is_charged(school) || self.groups.accounts_below(index, &self.draft.schools, is_charged);
        let counts = school.counts.known().filter(|counts| !(counts.is_zero() && needs_none));
        let term = school.term.or(|| self.draft.term.or(|| Some(Term::ONE_YEAR)));
        let purchase = Purchase {
            term: term.unwrap_or_default(),
            kind: kind_of(school),
            ..Purchase::of(counts.unwrap_or(Counts { basic: 1, interop: 0 }))
        };
        let default_term_is_told = self.draft.term.usable().is_some() && !school.is_test_enterprise();
        let test_enterprise = school.test_enterprise.as_ref().map(|at| at.span.clone());
        let places = Places {
            counts: school.counts_span(),
            each: spans_of_each(&school.counts, &school.span),
            term: match (school.term.usable(), default_term_is_told) {
                (Some(at), _) => Some(at.span.clone()),
                (None, true) => None,
                (None, false) => Some(test_enterprise.clone().unwrap_or_else(|| school.span.clone())),
            },
            test_enterprise,
        };
        let errors = self.table.check(&purchase);
        let errors = errors.into_iter().filter(|error| term.is_some() || !is_about_term(error));
        self.report(errors, &places);
    }

    fn check_past(&self, past: &DraftPurchase, school: &DraftSchool<'_>) {
        let Some(counts) = past.counts.known() else { return };
        let term = past.term.usable();
        let purchase = Purchase {
            term: term.map_or(Term::ONE_YEAR, |at| at.value),
            kind: kind_of(school),
            ..Purchase::of(counts)
        };
        let places = Places {
            counts: span_of_counts(&past.counts, &past.span),
            each: spans_of_each(&past.counts, &past.span),
            term: term.map(|at| at.span.clone()),
            test_enterprise: None,
        };
        self.report(self.table.check(&purchase), &places);
    }

    /// The order of a whole group or of a single school: too many accounts together, or a price out of range.
    fn check_sum(&self, payer: usize, downstreams: &[usize]) {
        let schools = &self.draft.schools;
        let members = || [payer].into_iter().chain(downstreams.iter().copied()).map(|index| &schools[index]);
        let Some(sum) = members()
            .filter(|school| self.is_charged(school))
            .map(|school| school.counts.known())
            .try_fold(Counts::ZERO, |sum, counts| Some(saturating_add(sum, counts?)))
        else {
            return;
        };
        let payer = &schools[payer];
        let Some(term) = payer.term.or(|| self.draft.term.or(|| Some(Term::ONE_YEAR))) else { return };
        let purchase =
            Purchase { term, kind: kind_of(payer), negotiated: payer.negotiated, ..Purchase::of(sum) };
        for error in self.table.check(&purchase) {
            let PurchaseError::TooManyAccounts { account_type, count, most } = error else { continue };
            let alone = |school: &DraftSchool<'_>| {
                school.counts.known().is_some_and(|counts| *counts.get(account_type) > most)
            };
            if members().any(alone) {
                continue;
            }
            let mut diagnostic = Diagnostic::new(Code::GroupTooManyAccounts)
                .with("type", account_type)
                .with("count", u64::from(count))
                .with("most", u64::from(most))
                .with("members", u32::try_from(downstreams.len() + 1).unwrap_or(u32::MAX));
            for at in members().filter_map(|school| school.counts.get(account_type).usable()).take(MOST_SHOWN)
            {
                diagnostic = diagnostic.related(at.span.clone(), Message::new("term-counted-in"));
            }
            self.sink.report(diagnostic, payer.span.clone());
        }
        if self.table.price(&purchase) == Err(PurchaseError::Overflow) {
            self.sink.report(PurchaseError::Overflow.diagnostic(), payer.counts_span());
        }
    }

    fn report_term(&self, term: Term, span: &Range<usize>) {
        let purchase = Purchase { term, ..Purchase::of(Counts { basic: 1, interop: 0 }) };
        for error in self.table.check(&purchase).into_iter().filter(is_about_term) {
            self.sink.report(error.diagnostic(), span.clone());
        }
    }

    fn report(&self, errors: impl IntoIterator<Item = PurchaseError>, places: &Places) {
        for error in errors {
            if let Some(span) = places.of(&error) {
                self.sink.report(error.diagnostic(), span);
            }
        }
    }

    /// Whether the school needs licences; taken so where an app's kind is not known.
    fn is_charged(&self, school: &DraftSchool<'_>) -> bool {
        let kinds: Option<Vec<AppKind>> =
            school.apps.iter().map(|app| app.kind.or(|| Some(DEFAULT_APP_KIND))).collect();
        kinds.is_none_or(|kinds| rules::is_charged(self.card, kinds))
    }
}

/// How many members of a group a diagnostic shows.
const MOST_SHOWN: usize = 6;

/// Where the errors of a purchase are shown.
struct Places {
    counts: Range<usize>,
    each: PerType<Range<usize>>,
    /// `None` where the problem is told elsewhere: at the plan's default term.
    term: Option<Range<usize>>,
    test_enterprise: Option<Range<usize>>,
}

impl Places {
    fn of(&self, error: &PurchaseError) -> Option<Range<usize>> {
        match error {
            PurchaseError::TooManyAccounts { account_type, .. } => Some(self.each.get(*account_type).clone()),
            PurchaseError::NoTestEnterprise => {
                Some(self.test_enterprise.clone().unwrap_or_else(|| self.counts.clone()))
            }
            error if is_about_term(error) => self.term.clone(),
            _ => Some(self.counts.clone()),
        }
    }
}

fn spans_of_each(counts: &GivenCounts, header: &Range<usize>) -> PerType<Range<usize>> {
    PerType::from_fn(|kind| counts.get(kind).usable().map_or_else(|| header.clone(), |at| at.span.clone()))
}

fn is_about_term(error: &PurchaseError) -> bool {
    matches!(error, PurchaseError::TermOutOfRange { .. } | PurchaseError::TestEnterpriseTerm { .. })
}

fn kind_of(school: &DraftSchool<'_>) -> PurchaseKind {
    match school.is_test_enterprise() {
        true => PurchaseKind::TestEnterprise,
        false => PurchaseKind::default(),
    }
}

fn saturating_add(a: Counts, b: Counts) -> Counts {
    let sum = |kind: AccountType| a.get(kind).saturating_add(*b.get(kind));
    PerType::from_fn(sum)
}
