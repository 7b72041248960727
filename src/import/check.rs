//! Reads a plan that was made of a sheet, and shows its problems at the cells that they come from. Read
//! [`problems`] first.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml_edit::{Document, Item, TableLike};

use super::entries::Entry;
use crate::diagnostic::{Code, Diagnostic, Location, SourceFile};
use crate::plan::{self, ReadOptions};

/// A school of the plan that has values of the sheet.
pub(super) struct Placed<'e> {
    /// Index of the school in the plan.
    pub(super) index: usize,
    /// What the plan has of the sheet.
    pub(super) entries: &'e [Entry],
    /// Span of the row in the sheet.
    pub(super) row: Range<usize>,
    /// A cell of the row was not understood: only problems of its code, ids and groups are its own.
    pub(super) is_partial: bool,
}

/// Returns the problems of a plan, those that come from the sheet at its cells. Apart from them are those that
/// follow from a cell that was not understood.
pub(super) fn problems(
    text: &str,
    name: &str,
    schools: &[Placed<'_>],
    sheet: &Arc<SourceFile>,
    options: &ReadOptions<'_>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let source = Arc::new(SourceFile::new(name, text));
    let found = plan::read(&source, options).diagnostics;
    if found.is_empty() {
        return Default::default();
    }
    let cells = Cells::of(text, schools);
    let (following, own): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|problem| cells.follows(problem, &source));
    let at_sheet = |problem| cells.at_sheet(problem, &source, sheet);
    (own.into_iter().map(at_sheet).collect(), following.into_iter().map(at_sheet).collect())
}

/// Where the values of a plan come from.
struct Cells<'s> {
    /// Start of each school in the plan, with its index in the list of schools; those of none are `None`.
    schools: BTreeMap<usize, Option<&'s Placed<'s>>>,
    /// Spans of keys with their values in the plan, by start, each with the span of its cell.
    values: BTreeMap<usize, (usize, Range<usize>)>,
}

impl<'s> Cells<'s> {
    fn of(text: &str, schools: &'s [Placed<'s>]) -> Cells<'s> {
        let mut cells = Cells { schools: BTreeMap::new(), values: BTreeMap::new() };
        let Ok(document) = Document::parse(text) else { return cells };
        let mut placed = schools.iter().map(|school| (school.index, school)).collect::<BTreeMap<_, _>>();
        for (index, table) in tables(document.get("school")).into_iter().enumerate() {
            let school = placed.remove(&index);
            if let Some(span) = table.span {
                cells.schools.insert(span.start, school);
            }
            for entry in school.into_iter().flat_map(|school| school.entries) {
                let Some((key, item)) = table.keys.get_key_value(entry.key) else { continue };
                if let (Some(key), Some(value)) = (key.span(), item.span()) {
                    cells.values.insert(key.start, (value.end, entry.span.clone()));
                }
            }
        }
        cells
    }

    /// Returns the school in which a problem of the plan is, if that has values of the sheet.
    fn school(&self, problem: &Diagnostic, plan: &Arc<SourceFile>) -> Option<&'s Placed<'s>> {
        let location = problem.location.as_ref().filter(|at| Arc::ptr_eq(&at.source, plan))?;
        *self.schools.range(..=location.span.start).next_back()?.1
    }

    /// Returns true if a problem may follow from a cell that was not understood.
    fn follows(&self, problem: &Diagnostic, plan: &Arc<SourceFile>) -> bool {
        self.school(problem, plan).is_some_and(|school| school.is_partial) && !stands_alone(problem.code)
    }

    /// Puts a problem of the plan at its cell.
    fn at_sheet(&self, problem: Diagnostic, plan: &Arc<SourceFile>, sheet: &Arc<SourceFile>) -> Diagnostic {
        let (Some(school), Some(location)) = (self.school(&problem, plan), &problem.location) else {
            return problem;
        };
        if let Some(span) = self.cell(&location.span) {
            let related =
                problem.related.iter().filter_map(|(at, text)| Some((self.cell(at)?, text.clone())));
            let related = related.collect();
            return relocated(problem, sheet, span, related);
        }
        let in_header = self.schools.contains_key(&location.span.start);
        match in_header && school.entries.iter().any(|entry| entry.key == "code") {
            true => relocated(problem, sheet, school.row.clone(), Vec::new()),
            false => problem,
        }
    }

    /// Returns the span of the cell that a value of the plan comes from.
    fn cell(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let (_, (end, cell)) = self.values.range(..=span.start).next_back()?;
        (span.start < *end).then(|| cell.clone())
    }
}

/// Returns true for a problem that is one, whatever the other cells of its row mean.
fn stands_alone(code: Code) -> bool {
    matches!(
        code,
        Code::DuplicateSchool
            | Code::DuplicateCorpId
            | Code::UnknownUpstream
            | Code::UpstreamIsItself
            | Code::UpstreamIsDownstream
    )
}

fn relocated(
    problem: Diagnostic,
    sheet: &Arc<SourceFile>,
    span: Range<usize>,
    related: Vec<(Range<usize>, crate::diagnostic::lang::Message)>,
) -> Diagnostic {
    let location = Some(Location { source: Arc::clone(sheet), span });
    Diagnostic { location, related, ..problem }
}

/// A school of a parsed plan, written with a header or inline.
struct SchoolTable<'d> {
    keys: &'d dyn TableLike,
    span: Option<Range<usize>>,
}

fn tables(item: Option<&Item>) -> Vec<SchoolTable<'_>> {
    match item {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter().map(|table| SchoolTable { keys: table, span: table.span() }).collect()
        }
        Some(Item::Value(toml_edit::Value::Array(array))) => array
            .iter()
            .filter_map(|value| Some((value.as_inline_table()?, value.span())))
            .map(|(table, span)| SchoolTable { keys: table, span })
            .collect(),
        _ => Vec::new(),
    }
}
