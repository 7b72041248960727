//! The rules between the values of a plan. In goes the draft with its date and rate card, out come problems;
//! [`check`] is the way in.

mod groups;
mod purchases;
mod risks;
mod school;

use std::collections::HashMap;
use std::ops::Range;

use super::attach::Files;
use super::draft::{DEFAULT_APP_KIND, DraftCounts};
use super::keys::{DraftPlan, DraftPurchase, DraftSchool};
use super::read::PricingDate;
use crate::account::{Counts, PerType, Term};
use crate::customer::AppKind;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Field;
use crate::pricing::{PriceTable, Purchase, PurchaseError, PurchaseKind};
use crate::rates::RateCard;
use crate::rules;
use groups::Groups;
pub(super) use purchases::{check_prolongations, purchase_spans};
use risks::{Risks, report_risks};

/// Reports all values that do not fit together; with risks, also what may go wrong in a plan without errors.
/// Without a card, its rules are not checked.
pub(super) fn check(
    draft: &DraftPlan<'_>,
    files: &Files,
    date: PricingDate,
    card: Option<&RateCard>,
    with_risks: bool,
    sink: &Sink,
) {
    unique(draft.schools(), |school| &school.code, "code", Code::DuplicateSchool, sink);
    unique(draft.schools(), |school| &school.corp_id, "corp-id", Code::DuplicateCorpId, sink);
    check_orders_dated(draft, date, sink);
    let groups = Groups::find(draft, sink);
    groups.check(draft, sink);
    for school in draft.schools() {
        school::check(school, date, card, sink);
        for purchase in school.purchase.items() {
            purchases::check(purchase, card, sink);
        }
    }
    let Some(card) = card else { return };
    match PriceTable::new(card) {
        Ok(table) => check_purchases(&Limits { draft, files, card, table: &table, groups: &groups, sink }),
        Err(error) => sink.extend([error.into()]),
    }
    if with_risks && !sink.has_errors() {
        report_risks(&Risks { draft, groups: &groups, card, date: date.known(), sink });
    }
}

/// Reports orders in a plan without a date.
fn check_orders_dated(draft: &DraftPlan<'_>, date: PricingDate, sink: &Sink) {
    if let (PricingDate::Undated, Some(orders)) = (date, draft.orders.valid()) {
        sink.report(Diagnostic::new(Code::UndatedPlan).with("key", "orders"), orders.span.clone());
    }
}

/// Reports each item whose key an earlier one has, with the span of that one.
fn unique<'i, T>(
    items: &'i [T],
    key: impl Fn(&'i T) -> &'i Field<&'i str>,
    key_name: &'static str,
    code: Code,
    sink: &Sink,
) {
    let mut first: HashMap<&str, Range<usize>> = HashMap::new();
    for at in items.iter().filter_map(|item| key(item).valid()) {
        match first.get(at.value) {
            Some(span) => {
                let diagnostic = Diagnostic::new(code)
                    .with("key", key_name)
                    .with("value", at.value)
                    .related(span.clone(), Message::new("term-first-here"));
                sink.report(diagnostic, at.span.clone());
            }
            None => drop(first.insert(at.value, at.span.clone())),
        }
    }
}

/// Limits that purchases of a plan are checked against.
struct Limits<'c, 'd> {
    draft: &'c DraftPlan<'d>,
    files: &'c Files,
    card: &'c RateCard,
    table: &'c PriceTable,
    groups: &'c Groups,
    sink: &'c Sink,
}

fn check_purchases(limits: &Limits<'_, '_>) {
    if let Some(term) = limits.draft.term.valid() {
        limits.report_term(term.value, &term.span);
    }
    for (index, school) in limits.draft.schools().iter().enumerate() {
        limits.check_school(index, school);
        for purchase in school.purchase.items() {
            limits.check_past(purchase, school);
        }
    }
    for (payer, downstreams) in limits.groups.iter() {
        limits.check_sum(payer, downstreams);
    }
}

impl Limits<'_, '_> {
    fn check_school(&self, index: usize, school: &DraftSchool<'_>) {
        let is_charged = |school: &DraftSchool<'_>| self.is_charged(school);
        let needs_none =
            !is_charged(school) || self.groups.accounts_below(index, self.draft.schools(), is_charged);
        let has_accounts = may_have_items(&school.held)
            || may_have_items(&school.purchase)
            || may_have_items(&school.headcount)
            || self.files.has_orders(school);
        let may_be_zero = needs_none || has_accounts;
        let counts = school.counts().known().filter(|counts| !(counts.is_zero() && may_be_zero));
        let term = self.draft.term_of(school);
        let purchase = Purchase {
            term: term.unwrap_or_default(),
            kind: kind_of(school),
            ..Purchase::of(counts.unwrap_or(Counts { basic: 1, interop: 0 }))
        };
        let default_term_is_reported = self.draft.term.valid().is_some() && !school.is_test_enterprise();
        let header = school.table.span();
        let test_enterprise = school.test_enterprise.valid().map(|at| at.span.clone());
        let spans = Spans {
            counts: school.counts().span(&header),
            each: spans_of_each(&school.counts(), &header),
            term: match (school.term.valid(), default_term_is_reported) {
                (Some(at), _) => Some(at.span.clone()),
                (None, true) => None,
                (None, false) => Some(test_enterprise.clone().unwrap_or(header)),
            },
            test_enterprise,
        };
        let errors = self.table.check(&purchase);
        let errors = errors.into_iter().filter(|error| term.is_some() || !is_about_term(error));
        self.report(errors, &spans);
    }

    fn check_past(&self, past: &DraftPurchase<'_>, school: &DraftSchool<'_>) {
        let Some(counts) = past.counts().known() else { return };
        let term = past.term.valid();
        let purchase = Purchase {
            term: term.map_or(Term::ONE_YEAR, |at| at.value),
            kind: kind_of(school),
            ..Purchase::of(counts)
        };
        let spans = Spans {
            counts: past.counts().span(&past.table.span()),
            each: spans_of_each(&past.counts(), &past.table.span()),
            term: term.map(|at| at.span.clone()),
            test_enterprise: None,
        };
        self.report(self.table.check(&purchase), &spans);
    }

    /// Reports problems of the order of a group or of a single school: too many accounts together, or a price
    /// out of range.
    fn check_sum(&self, payer: usize, downstreams: &[usize]) {
        let schools = self.draft.schools();
        let members = || [payer].into_iter().chain(downstreams.iter().copied()).map(|index| &schools[index]);
        let Some(sum) = members()
            .filter(|school| self.is_charged(school))
            .map(|school| school.counts().known())
            .try_fold(Counts::ZERO, |sum, counts| Some(sum.saturating_add(counts?)))
        else {
            return;
        };
        let payer = &schools[payer];
        let Some(term) = self.draft.term_of(payer) else { return };
        let purchase = Purchase {
            term,
            kind: kind_of(payer),
            negotiated: payer.negotiated_prices(),
            ..Purchase::of(sum)
        };
        for error in self.table.check(&purchase) {
            let PurchaseError::TooManyAccounts { account_type, count, most } = error else { continue };
            let alone = |school: &DraftSchool<'_>| {
                school.counts().known().is_some_and(|counts| *counts.get(account_type) > most)
            };
            if members().any(alone) {
                continue;
            }
            let mut diagnostic = Diagnostic::new(Code::GroupTooManyAccounts)
                .with("type", account_type)
                .with("count", u64::from(count))
                .with("most", u64::from(most))
                .with("members", u32::try_from(downstreams.len() + 1).unwrap_or(u32::MAX));
            let counts = members().filter_map(|school| school.counts().get(account_type).valid());
            for at in counts.take(MOST_SHOWN) {
                diagnostic = diagnostic.related(at.span.clone(), Message::new("term-counted-in"));
            }
            self.sink.report(diagnostic, payer.table.span());
        }
        if self.table.price(&purchase) == Err(PurchaseError::Overflow) {
            self.sink.report(PurchaseError::Overflow.into(), payer.counts().span(&payer.table.span()));
        }
    }

    fn report_term(&self, term: Term, span: &Range<usize>) {
        let purchase = Purchase { term, ..Purchase::of(Counts { basic: 1, interop: 0 }) };
        for error in self.table.check(&purchase).into_iter().filter(is_about_term) {
            self.sink.report(error.into(), span.clone());
        }
    }

    fn report(&self, errors: impl IntoIterator<Item = PurchaseError>, spans: &Spans) {
        for error in errors {
            if let Some(span) = spans.of(&error) {
                self.sink.report(error.into(), span);
            }
        }
    }

    /// Returns true if the school needs licences; also if an app's kind is not valid.
    fn is_charged(&self, school: &DraftSchool<'_>) -> bool {
        let kinds: Option<Vec<AppKind>> =
            school.app.items().iter().map(|app| app.kind.or(DEFAULT_APP_KIND)).collect();
        kinds.is_none_or(|kinds| rules::is_charged(self.card, kinds))
    }
}

/// Returns false if the list is certainly empty.
fn may_have_items<T>(list: &Field<Vec<T>>) -> bool {
    matches!(list, Field::Invalid) || !list.items().is_empty()
}

/// Largest number of group members that a diagnostic shows.
const MOST_SHOWN: usize = 6;

/// Spans at which errors of a purchase are reported.
struct Spans {
    counts: Range<usize>,
    each: PerType<Range<usize>>,
    /// `None` if the problem is reported elsewhere: at the plan's default term.
    term: Option<Range<usize>>,
    test_enterprise: Option<Range<usize>>,
}

impl Spans {
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

fn spans_of_each(counts: &DraftCounts<'_>, header: &Range<usize>) -> PerType<Range<usize>> {
    PerType::from_fn(|account_type| counts.span_of(account_type, header))
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
