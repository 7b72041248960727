use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::attach::Files;
use super::check::{check, check_prolongations, purchase_spans};
use super::keys::DraftPlan;
use super::{Attachments, KEYS, NoAttachments, Plan};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink, SourceFile};
use crate::document::{self, At, Field, Keys, suggestion};
use crate::rates::{RateCard, RateCards, read_card};

/// The settings and files that a plan is read with, besides its own text.
#[derive(Clone, Copy)]
pub struct ReadOptions<'o> {
    /// The cards that a plan can name by id; of them, the one in force on its date prices a plan that names
    /// none.
    pub cards: &'o RateCards,
    /// A pricing date that overrides the plan's, Beijing time.
    pub date: Option<Date>,
    /// A rate card that overrides the plan's choice.
    pub card: Option<&'o Arc<RateCard>>,
    /// Opens a file that the plan names, by its path as written, relative to the plan. A diagnostic without a
    /// location is shown at the path.
    pub load: &'o dyn Fn(&str) -> Result<SourceFile, Diagnostic>,
    /// Reads the rosters and documents that the plan names.
    pub attachments: &'o dyn Attachments,
    /// True to warn also of what is valid and may go wrong: orders that WeCom would refuse, prices that are
    /// missing, days that pass.
    pub risks: bool,
}

impl<'o> ReadOptions<'o> {
    /// Creates options without overrides and without warnings of risks; the plan can name no
    /// other file.
    pub fn new(cards: &'o RateCards) -> ReadOptions<'o> {
        ReadOptions {
            cards,
            date: None,
            card: None,
            load: &no_files,
            attachments: &NoAttachments,
            risks: false,
        }
    }
}

/// A plan with the problems of its file.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The plan; `None` if an error was found.
    pub plan: Option<Plan>,
    /// The plan without the schools of which a roster or a document could not be read, if there is no other error:
    /// [`Plan::left_out`] names them. `None` if no school is left.
    pub partial: Option<Plan>,
    /// All problems, by their span in the plan; then those of a rate card that it names. With a plan, they
    /// are warnings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a plan, and reports all its problems in one run: those of each value, and those of values together,
/// by the rules of the rate card that prices it (P6, P12, P14, V2–V5, U1, U3).
///
/// ```
/// use std::sync::Arc;
/// use wxlicense::{diagnostic::SourceFile, plan::{self, ReadOptions}, rates::RateCards};
///
/// let text = "[[school]]\ncode = \"1499\"\nname = \"沈阳工程学院\"\nbasic = 150\n";
/// let cards = RateCards::embedded().unwrap();
/// let reading = plan::read(&Arc::new(SourceFile::new("plan.toml", text)), &ReadOptions::new(&cards));
/// assert_eq!(reading.plan.unwrap().schools[0].counts.basic, 150);
/// ```
pub fn read(source: &Arc<SourceFile>, options: &ReadOptions<'_>) -> Reading {
    let sink = Sink::new(Arc::clone(source));
    let of_files = Sink::new(Arc::clone(source));
    let mut plan = document::read(source, &sink, KEYS, "term-the-plan", |root| {
        read_draft(DraftPlan::read(root), options, &of_files)
    });
    let partial = if of_files.has_errors() { plan.take() } else { None };
    of_files.extend(sink.into_diagnostics());
    Reading {
        plan,
        partial: partial.filter(|plan| !plan.schools.is_empty()),
        diagnostics: of_files.into_diagnostics(),
    }
}

/// Returns the plan without the schools whose files have errors. The problems of these files go to `of_files`, all
/// others to the draft's own sink.
fn read_draft(mut draft: DraftPlan<'_>, options: &ReadOptions<'_>, of_files: &Sink) -> Option<Plan> {
    let sink = draft.table.sink();
    if draft.has_no_schools() {
        sink.report(Diagnostic::new(Code::NoSchools), draft.table.span_of("school"));
    }
    let date = pricing_date(&draft, options);
    let card = choose_card(&draft, date, sink, options);
    let mut files = Files::read(&draft, card.as_deref(), options.attachments, of_files);
    files.fill_counts(&mut draft, sink);
    check(&draft, &files, date, card.as_deref(), options.risks, sink);
    let left_out = files.leave_out(&mut draft);
    let spans: Vec<_> = draft.schools().iter().map(purchase_spans).collect();
    let orders_span = draft.table.span_of("orders");
    let mut plan = draft.build(date.known(), card?)?;
    plan.left_out = left_out;
    let mut added = files.into_plan(&mut plan, date, sink);
    let upstreams: HashSet<&str> =
        plan.schools.iter().filter_map(|school| school.upstream.as_deref()).collect();
    for (index, (school, spans)) in plan.schools.iter().zip(spans).enumerate() {
        let added = added.remove(&index).unwrap_or_default().into_iter();
        let spans = spans.map(|spans| {
            let added = added.map(|paid| (paid, orders_span.clone()));
            spans.into_iter().chain(added).collect::<Vec<_>>()
        });
        if let Some(spans) = spans.filter(|spans| !spans.is_empty()) {
            let is_upstream = upstreams.contains(school.code.as_str());
            check_prolongations((school, is_upstream), &spans, &plan.card.term, sink);
        }
    }
    Some(plan)
}

/// Day for which a plan is priced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PricingDate {
    On(Date),
    Undated,
    /// The plan has a date that is invalid; it has been reported.
    Invalid,
}

impl PricingDate {
    pub(super) fn known(self) -> Option<Date> {
        match self {
            PricingDate::On(date) => Some(date),
            PricingDate::Undated | PricingDate::Invalid => None,
        }
    }
}

fn pricing_date(draft: &DraftPlan<'_>, options: &ReadOptions<'_>) -> PricingDate {
    match (options.date, &draft.date) {
        (Some(date), _) => PricingDate::On(date),
        (None, Field::Valid(date)) => PricingDate::On(date.value),
        (None, Field::Invalid) => PricingDate::Invalid,
        (None, Field::Missing) => PricingDate::Undated,
    }
}

fn choose_card(
    draft: &DraftPlan<'_>,
    date: PricingDate,
    sink: &Sink,
    options: &ReadOptions<'_>,
) -> Option<Arc<RateCard>> {
    let card = match (options.card, &draft.rate_card) {
        (Some(card), _) => card.clone(),
        (None, Field::Valid(name)) if is_path(name.value) => load_card(name, sink, options)?,
        (None, Field::Valid(name)) => named_card(name, sink, options)?,
        (None, Field::Missing) => return card_in_force(draft, date, sink, options),
        (None, Field::Invalid) => return None,
    };
    if let Some(date) = date.known().filter(|date| *date < card.in_force_from) {
        let diagnostic = Diagnostic::new(Code::RateCardNotYetInForce)
            .with("id", card.id.as_str())
            .with("from", card.in_force_from)
            .with("date", date);
        let named = draft.rate_card.valid().filter(|_| options.card.is_none());
        let dated = draft.date.valid().filter(|_| options.date.is_none());
        report_at(sink, diagnostic, named.map(|at| &at.span).or(dated.map(|at| &at.span)));
    }
    Some(card)
}

fn is_path(rate_card: &str) -> bool {
    rate_card.ends_with(".toml")
}

fn load_card(path: &At<&str>, sink: &Sink, options: &ReadOptions<'_>) -> Option<Arc<RateCard>> {
    let source = match (options.load)(path.value) {
        Ok(source) => Arc::new(source),
        Err(diagnostic) if diagnostic.location.is_some() => {
            sink.extend([diagnostic]);
            return None;
        }
        Err(diagnostic) => {
            sink.report(diagnostic, path.span.clone());
            return None;
        }
    };
    read_card(&source).map_err(|diagnostics| sink.extend(diagnostics)).ok().map(Arc::new)
}

fn named_card(id: &At<&str>, sink: &Sink, options: &ReadOptions<'_>) -> Option<Arc<RateCard>> {
    let card = options.cards.get(id.value);
    if card.is_none() {
        let known: Vec<&str> = options.cards.all().iter().map(|card| card.id.as_str()).collect();
        let diagnostic = Diagnostic::new(Code::UnknownRateCard)
            .with("id", id.value)
            .with("suggestion", suggestion(id.value, &known))
            .with("known", known);
        sink.report(diagnostic, id.span.clone());
    }
    card.cloned()
}

fn card_in_force(
    draft: &DraftPlan<'_>,
    date: PricingDate,
    sink: &Sink,
    options: &ReadOptions<'_>,
) -> Option<Arc<RateCard>> {
    let card = options.cards.in_force(date.known());
    if let (None, Some(date), Some(first)) = (card, date.known(), options.cards.all().first()) {
        let diagnostic = Diagnostic::new(Code::NoRateCardInForce)
            .with("date", date)
            .with("id", first.id.as_str())
            .with("from", first.in_force_from);
        let dated = draft.date.valid().filter(|_| options.date.is_none());
        report_at(sink, diagnostic, dated.map(|at| &at.span));
    }
    card.cloned()
}

/// Reports a problem at a span of the plan; without a location if the value came from a flag.
fn report_at(sink: &Sink, diagnostic: Diagnostic, span: Option<&std::ops::Range<usize>>) {
    match span {
        Some(span) => sink.report(diagnostic, span.clone()),
        None => sink.extend([diagnostic]),
    }
}

fn no_files(path: &str) -> Result<SourceFile, Diagnostic> {
    Err(Diagnostic::new(Code::FileUnreadable)
        .with("file", path)
        .with("reason", Message::new("term-no-files-here")))
}
