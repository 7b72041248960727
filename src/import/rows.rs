//! The rows of a sheet as schools: each cell's value with its span, or a problem at the cell. Read [`read`] first.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Columns};
use super::headers::Key;
use super::sheet::{Cell, Row, Sheet};
use super::values::{self, Value};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::At;
use crate::plan::Plan;

/// A row that states a school.
#[derive(Debug, Clone)]
pub(super) struct SchoolRow {
    /// Index of the row in the sheet.
    pub(super) row: usize,
    /// The values of its cells; an empty cell has none.
    pub(super) values: BTreeMap<Key, At<Value>>,
    /// The keys whose cells were not understood.
    pub(super) refused: Vec<Key>,
    /// A cell of it was not understood or is missing, so that what follows from the others may be wrong.
    pub(super) has_problems: bool,
}

/// A row that states no school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOutRow {
    /// Number of the row, from 1.
    pub number: u32,
    /// Why it states none.
    pub reason: LeftOutReason,
}

/// The reason why a row states no school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// A sum of the rows above.
    Total,
    /// A remark.
    Remark,
    /// The headings once more.
    Headings,
    /// Nothing in a column that is understood.
    NothingKnown,
    /// The invented example of the template.
    Example,
}

/// Code of the row that the template has as an example, in Chinese and in English.
pub(super) const EXAMPLE_CODES: [&str; 2] = ["示例", "EXAMPLE"];

/// Reads the rows below the headings. Problems go into the sink.
pub(super) fn read(sheet: &Sheet, columns: &Columns, sink: &Sink) -> (Vec<SchoolRow>, Vec<LeftOutRow>) {
    let (mut schools, mut left_out) = (Vec::new(), Vec::new());
    let rows = sheet.rows.iter().enumerate().skip(columns.rows.1 + 1);
    for (index, row) in rows {
        match reason(row, columns) {
            Some(reason) => left_out.push(LeftOutRow { number: row.number, reason }),
            None => schools.push(Reader { sheet, columns, row, index, sink }.school()),
        }
    }
    leave_out_example(sheet, &mut schools, &mut left_out, sink);
    (schools, left_out)
}

fn reason(row: &Row, columns: &Columns) -> Option<LeftOutReason> {
    let mut known = columns.known.iter().filter_map(|column| Some((column, row.cell(column.number)?)));
    if known.clone().next().is_none() {
        return Some(LeftOutReason::NothingKnown);
    }
    if known.clone().count() > 1 && known.all(|(column, cell)| cell.text == column.heading) {
        return Some(LeftOutReason::Headings);
    }
    let first = row.cells.first()?.text.to_lowercase();
    let first: String = first.chars().filter(|sign| !sign.is_whitespace()).collect();
    let has_code = columns.of(Key::Code).is_some_and(|column| {
        row.cell(column.number).is_some_and(|cell| cell.span != row.cells[0].span && cell.merged.is_none())
    });
    let is_total = ["合计", "总计", "小计", "共计", "total", "subtotal", "sum", "grandtotal"]
        .iter()
        .any(|word| first.trim_end_matches([':', '：']) == *word);
    let is_remark = ["注:", "注：", "备注", "说明", "填表", "制表", "note", "remark"]
        .iter()
        .any(|word| first.starts_with(word));
    let is_alone = row.cells.iter().all(|cell| cell.text == row.cells[0].text);
    match (is_total && !has_code, is_remark && is_alone) {
        (true, _) => Some(LeftOutReason::Total),
        (_, true) => Some(LeftOutReason::Remark),
        _ => None,
    }
}

/// Leaves out the template's example; if nothing else was filled in, it stays, with a warning.
fn leave_out_example(
    sheet: &Sheet,
    schools: &mut Vec<SchoolRow>,
    left_out: &mut Vec<LeftOutRow>,
    sink: &Sink,
) {
    let code = |school: &SchoolRow| school.values.get(&Key::Code).cloned();
    let is_example = |school: &SchoolRow| {
        code(school).is_some_and(
            |at| matches!(&at.value, Value::Text(code) if EXAMPLE_CODES.contains(&code.as_str())),
        )
    };
    if schools.iter().all(is_example) {
        for at in schools.iter().filter_map(code) {
            sink.report(Diagnostic::new(Code::ExampleRow), at.span);
        }
        return;
    }
    for school in schools.iter().filter(|school| is_example(school)) {
        left_out.push(LeftOutRow { number: sheet.rows[school.row].number, reason: LeftOutReason::Example });
    }
    schools.retain(|school| !is_example(school));
}

/// Largest number of schools of one name that are told apart; a problem lists no more.
const MOST_OF_A_NAME: usize = 10;

/// Schools that a plan has already: what an upstream may name besides the rows.
#[derive(Debug, Default)]
pub(super) struct Others {
    pub(super) codes: BTreeSet<String>,
    pub(super) names: BTreeMap<String, Vec<String>>,
    /// False if a row has no code, so that a code that is not there may be that row's.
    pub(super) has_all_codes: bool,
}

impl Others {
    /// Returns the schools of a plan.
    pub(super) fn of(plan: &Plan) -> Others {
        let mut others = Others::default();
        for school in &plan.schools {
            others.insert(&school.code, Some(&school.name));
        }
        others
    }

    /// Adds the schools of a sheet.
    pub(super) fn add(&mut self, schools: &[SchoolRow]) {
        for school in schools {
            if let Some(code) = school.text(Key::Code) {
                self.insert(code, school.text(Key::Name));
            }
        }
    }

    fn insert(&mut self, code: &str, name: Option<&str>) {
        self.codes.insert(code.to_owned());
        let codes = name.map(|name| self.names.entry(name.to_owned()).or_default());
        let is_new = |codes: &&mut Vec<String>| {
            codes.len() < MOST_OF_A_NAME && !codes.iter().any(|other| other == code)
        };
        if let Some(codes) = codes.filter(is_new) {
            codes.push(code.to_owned());
        }
    }
}

/// Puts the code of a school where its name is stated as the upstream, and reports an upstream that is no
/// school.
pub(super) fn resolve_upstream(school: &mut SchoolRow, others: &Others, sink: &Sink) {
    let Some(named) = school.text(Key::Upstream).filter(|named| !others.codes.contains(*named)) else {
        return;
    };
    let problem = match others.names.get(named).map(Vec::as_slice) {
        Some([code]) => {
            let code = code.clone();
            if let Some(at) = school.values.get_mut(&Key::Upstream) {
                at.value = Value::Text(code);
            }
            return;
        }
        Some(several) => Diagnostic::new(Code::AmbiguousUpstream)
            .with("name", named)
            .with("codes", several.iter().map(String::as_str).collect::<Vec<_>>()),
        None => Diagnostic::new(Code::UpstreamMissing).with("upstream", named),
    };
    let is_certain = others.has_all_codes || problem.code == Code::AmbiguousUpstream;
    if let Some(at) = school.values.remove(&Key::Upstream).filter(|_| is_certain) {
        sink.report(problem, at.span);
    }
    school.has_problems = true;
}

impl SchoolRow {
    /// Returns true if the row states nothing for a key, not even what is not understood.
    pub(super) fn is_without(&self, key: Key) -> bool {
        !self.values.contains_key(&key) && !self.refused.contains(&key)
    }

    /// Returns the text of a key.
    pub(super) fn text(&self, key: Key) -> Option<&str> {
        match &self.values.get(&key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads one row.
struct Reader<'s> {
    sheet: &'s Sheet,
    columns: &'s Columns,
    row: &'s Row,
    index: usize,
    sink: &'s Sink,
}

impl Reader<'_> {
    fn school(&self) -> SchoolRow {
        let mut school =
            SchoolRow { row: self.index, values: BTreeMap::new(), refused: Vec::new(), has_problems: false };
        for column in &self.columns.known {
            let Some(cell) = self.row.cell(column.number) else { continue };
            match self.value(column, cell) {
                Ok(Some(value)) => drop(school.values.insert(column.key, At::new(value, cell.span.clone()))),
                Ok(None) => {}
                Err(problem) => {
                    problem.into_iter().for_each(|problem| self.sink.report(problem, cell.span.clone()));
                    school.refused.push(column.key);
                    school.has_problems = true;
                }
            }
        }
        self.join_industry(&mut school);
        self.require_expiry(&mut school);
        if let Some(column) = self.columns.of(Key::Code).filter(|_| school.is_without(Key::Code)) {
            self.report_missing(&mut school, column);
        }
        school
    }

    /// Returns the value of a cell; the error is `None` if it has been reported at another.
    fn value(&self, column: &Column, cell: &Cell) -> Result<Option<Value>, Option<Diagnostic>> {
        if let Some((first, last)) = cell.merged.filter(|_| is_of_one_school(column.key)) {
            let rows = || {
                let first = first.max(self.sheet.rows[self.columns.rows.1].number + 1);
                format!("{first}–{last}")
            };
            let is_first = |row: &&Row| row.number >= first && row.cell(column.number).is_some();
            let data = &self.sheet.rows[self.columns.rows.1 + 1..];
            let reported_here = data.iter().find(is_first).is_some_and(|row| row.number == self.row.number);
            let problem = || {
                Diagnostic::new(Code::CellMerged)
                    .with("column", column.heading.as_str())
                    .with("value", cell.text.as_str())
                    .with("rows", rows())
            };
            return Err(reported_here.then(problem));
        }
        values::read(column.key, &column.heading, cell).map_err(|values::NotUnderstood { reason, fix }| {
            let problem = Diagnostic::new(Code::CellNotUnderstood)
                .with("column", column.heading.as_str())
                .with("value", cell.text.as_str())
                .with("reason", reason)
                .with("fix", fix);
            Some(problem)
        })
    }

    /// Makes one industry of its two parts.
    fn join_industry(&self, school: &mut SchoolRow) {
        let primary = school.values.remove(&Key::PrimaryIndustry);
        let secondary = school.values.remove(&Key::SecondaryIndustry);
        if school.values.contains_key(&Key::Industry) {
            return;
        }
        match (primary, secondary) {
            (None, None) => {}
            (Some(primary), Some(secondary)) => {
                if let (Value::Text(first), Value::Text(second)) = (&primary.value, &secondary.value) {
                    let industry = At::new(Value::Text(format!("{first}/{second}")), secondary.span.clone());
                    school.values.insert(Key::Industry, industry);
                }
            }
            (primary, _) => {
                let absent = if primary.is_some() { Key::SecondaryIndustry } else { Key::PrimaryIndustry };
                if let Some(column) = self.columns.of(absent).filter(|_| school.is_without(absent)) {
                    self.report_missing(school, column);
                }
            }
        }
    }

    /// Reports accounts that are active already, but expire on no day.
    fn require_expiry(&self, school: &mut SchoolRow) {
        let held = [Key::HeldBasic, Key::HeldInterop].into_iter().filter_map(|key| school.values.get(&key));
        let some = held.clone().find(|at| !matches!(at.value, Value::Count(0))).map(|at| at.span.clone());
        let Some(span) = some.filter(|_| school.is_without(Key::Expires)) else { return };
        match self.columns.of(Key::Expires) {
            Some(column) => self.report_missing(school, column),
            None => {
                self.sink.report(Diagnostic::new(Code::ExpiryColumnMissing), span);
                school.has_problems = true;
            }
        }
    }

    fn report_missing(&self, school: &mut SchoolRow, column: &Column) {
        school.has_problems = true;
        self.sink.report(missing(column), self.sheet.span(self.row, column.number));
    }
}

/// Reports a cell that must not be empty.
pub(super) fn missing(column: &Column) -> Diagnostic {
    Diagnostic::new(Code::CellMissing).with("column", column.heading.as_str())
}

/// Returns true for what no two schools can share.
fn is_of_one_school(key: Key) -> bool {
    matches!(
        key,
        Key::Code
            | Key::Name
            | Key::CorpId
            | Key::Basic
            | Key::Interop
            | Key::Contacts
            | Key::HeldBasic
            | Key::HeldInterop
    )
}
