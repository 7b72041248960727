//! Spreadsheets of customers as plans: the bytes of a CSV file or a workbook go in, the text of a plan comes
//! out, or every problem at the cell that it comes from.
//!
//! [`read()`] is to be read first. `text`, `csv` and `workbook` make a sheet of the bytes, `headers` and
//! `columns` find out what its columns hold, `values` and `rows` make schools of its rows, and `entries`,
//! `write` and `check` make a plan of them that is known to be valid.

mod check;
mod columns;
pub(crate) mod csv;
mod entries;
pub(crate) mod headers;
mod rows;
pub(crate) mod sheet;
pub(crate) mod text;
mod update;
pub(crate) mod values;
pub(crate) mod workbook;
mod write;

pub use columns::Mapping;
pub use headers::Key;
pub use rows::{LeftOutReason, LeftOutRow};
pub use sheet::SheetFormat;
pub use update::{Changes, CountChange, Kept, SchoolName};
pub use write::NewPlan;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml_edit::DocumentMut;

use crate::diagnostic::lang::Message;
use crate::diagnostic::{CellAddress, Code, Diagnostic, Sink, SourceError, SourceFile, has_errors};
use crate::plan::{self, ReadOptions};
use check::Placed;
use columns::Columns;
use entries::{Entry, entries};
use rows::{Others, SchoolRow};
use sheet::{MOST_FILLED_ROWS, Sheet};

/// The settings that a spreadsheet is read with.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions<'o> {
    /// Name of the sheet of a workbook; `None` for the first that is not hidden.
    pub sheet: Option<&'o str>,
    /// Columns whose heading is not known, or means something else.
    pub mappings: &'o [Mapping],
}

/// The customers of a spreadsheet.
#[derive(Debug)]
pub struct Customers {
    sheet: Sheet,
    columns: Columns,
    schools: Vec<SchoolRow>,
    left_out_rows: Vec<LeftOutRow>,
    problems: Vec<Diagnostic>,
}

/// A plan that was made of a spreadsheet.
#[derive(Debug)]
pub struct Imported {
    /// The text of the plan; not to be used if there are errors.
    pub text: String,
    /// All problems, those of the spreadsheet at its cells.
    pub diagnostics: Vec<Diagnostic>,
}

impl Imported {
    /// Returns true if the plan is valid.
    pub fn is_valid(&self) -> bool {
        !has_errors(&self.diagnostics)
    }
}

/// Reads the customers of a spreadsheet.
///
/// # Errors
/// The file is no spreadsheet, or its headings cannot be found. Problems of single cells are no error here:
/// they are among those of the plan.
///
/// ```
/// use wxlicense::import::{self, ImportOptions, NewPlan};
/// use wxlicense::{diagnostic::lang::Lang, plan::ReadOptions, rates::RateCards};
///
/// let csv = "学校,编码,基础账号\n沈阳工程学院,1499,\"1,200\"\n";
/// let customers = import::read("customers.csv", csv.into(), &ImportOptions::default()).unwrap();
/// let about = NewPlan { heading: "Invented.", lang: Lang::En, date: None };
/// let cards = RateCards::embedded().unwrap();
/// let plan = customers.new_plan(&about, &ReadOptions::new(&cards));
/// assert!(plan.is_valid() && plan.text.contains("basic = 1200"));
/// ```
pub fn read(name: &str, bytes: Vec<u8>, options: &ImportOptions<'_>) -> Result<Customers, Vec<Diagnostic>> {
    let sheet = read_sheet(name, &bytes, options.sheet).map_err(|problem| vec![problem])?;
    drop(bytes);
    if sheet.rows.len() > MOST_FILLED_ROWS {
        let what = Message::new("import-rows").with("most", MOST_FILLED_ROWS);
        return Err(vec![sheet::too_large(name, what)]);
    }
    let columns = Columns::find(&sheet, options.mappings)?;
    let sink = Sink::new(Arc::clone(&sheet.source));
    let (schools, left_out_rows) = rows::read(&sheet, &columns, &sink);
    if schools.is_empty() {
        let last = sheet.rows.last().map(|row| row.whole()).unwrap_or_default();
        sink.report(Diagnostic::new(Code::NoRows), last);
    }
    let problems = sink.into_diagnostics();
    Ok(Customers { sheet, columns, schools, left_out_rows, problems })
}

fn read_sheet(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Sheet, Diagnostic> {
    if bytes.len() > SourceFile::MAX_BYTES {
        return Err(SourceError::TooLarge { name: name.to_owned(), bytes: bytes.len() }.into());
    }
    if workbook::is_workbook(bytes) {
        return workbook::read(name, bytes, sheet);
    }
    if let Some(sheet) = sheet {
        return Err(Diagnostic::new(Code::SheetOfCsv).with("file", name).with("sheet", sheet));
    }
    let (text, encoding) = text::decode(name, bytes)?;
    csv::read(name, text, encoding)
}

/// Returns true if a file is a spreadsheet: by the ending of its name, its first bytes, or known headings in a
/// text.
pub fn is_spreadsheet(name: &str, bytes: &[u8]) -> bool {
    const ENDINGS: [&str; 8] = ["xlsx", "xlsm", "xls", "xlsb", "csv", "tsv", "ods", "et"];
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if ENDINGS.contains(&ending.as_str()) || workbook::is_workbook(bytes) {
        return true;
    }
    let Ok((text, encoding)) = text::decode(name, bytes) else { return false };
    let first = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let is_toml = first.starts_with(['#', '[']) || first.contains('=');
    !is_toml && csv::read(name, text, encoding).is_ok_and(|sheet| columns::has_headings(&sheet))
}

/// A column that is left out, with its address and its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOutColumn {
    /// Heading as the file has it; empty if it has none.
    pub heading: String,
    /// Letters of the column.
    pub letters: String,
}

impl Customers {
    /// Returns how the file was read.
    pub fn format(&self) -> &SheetFormat {
        &self.sheet.format
    }

    /// Returns the number of schools.
    pub fn len(&self) -> usize {
        self.schools.len()
    }

    /// Returns true if there is no school.
    pub fn is_empty(&self) -> bool {
        self.schools.is_empty()
    }

    /// Returns the number of the row of the headings, from 1; of two the lower one.
    pub fn heading_row(&self) -> u32 {
        self.sheet.rows[self.columns.rows.1].number
    }

    /// Returns the columns with a content of which a plan has nothing.
    pub fn left_out_columns(&self) -> Vec<LeftOutColumn> {
        let letters = |column: u32| CellAddress { row: 1, column }.letters();
        let left_out = self.columns.left_out.iter();
        left_out
            .map(|column| LeftOutColumn { heading: column.heading.clone(), letters: letters(column.number) })
            .collect()
    }

    /// Returns the rows that state no school.
    pub fn left_out_rows(&self) -> &[LeftOutRow] {
        &self.left_out_rows
    }

    /// Returns a plan of these schools, with all problems of the spreadsheet and of the plan.
    pub fn new_plan(&self, about: &NewPlan<'_>, options: &ReadOptions<'_>) -> Imported {
        let sink = Sink::new(Arc::clone(&self.sheet.source));
        sink.extend(self.problems.iter().cloned());
        let schools: Vec<SchoolRow> = self.resolved(Others::default(), &sink);
        self.require_names(schools.iter(), &sink);
        let schools: Vec<(SchoolRow, Vec<Entry>)> = schools
            .into_iter()
            .filter(|school| school.values.contains_key(&Key::Code))
            .map(|school| {
                let entries = entries(&school);
                (school, entries)
            })
            .collect();
        let placed: Vec<Placed<'_>> = schools
            .iter()
            .enumerate()
            .map(|(index, (school, entries))| self.placed(index, school, entries, true))
            .collect();
        let tables: Vec<&[Entry]> = placed.iter().map(|school| school.entries).collect();
        let text = write::new_plan(&tables, about);
        let found = check::problems(&text, "plan.toml", &placed, &self.sheet.source, options);
        let found = if tables.is_empty() { Default::default() } else { found };
        self.imported(text, found, sink)
    }

    /// Returns a plan with its problems. Those that follow from others are left out.
    fn imported(&self, text: String, found: (Vec<Diagnostic>, Vec<Diagnostic>), sink: Sink) -> Imported {
        let (own, following) = found;
        sink.extend(own);
        if !sink.has_errors() {
            sink.extend(following);
        }
        Imported { text, diagnostics: sink.into_diagnostics() }
    }

    /// Returns the schools with the codes of their upstreams, which may be among others.
    fn resolved(&self, mut others: Others, sink: &Sink) -> Vec<SchoolRow> {
        others.add(&self.schools);
        others.has_all_codes = self.schools.iter().all(|school| school.values.contains_key(&Key::Code));
        let mut schools = self.schools.clone();
        schools.iter_mut().for_each(|school| rows::resolve_upstream(school, &others, sink));
        schools
    }

    /// Brings the counts of these schools into a plan, and adds those that it does not have, with all problems
    /// of the spreadsheet and of the plan that comes of it.
    ///
    /// # Errors
    /// The plan is not valid as it is.
    pub fn update(
        &self,
        plan: &Arc<SourceFile>,
        options: &ReadOptions<'_>,
    ) -> Result<(Imported, Changes), Vec<Diagnostic>> {
        let reading = plan::read(plan, options);
        let (Some(valid), Ok(mut document)) = (reading.plan, plan.text().parse::<DocumentMut>()) else {
            return Err(reading.diagnostics);
        };
        let sink = Sink::new(Arc::clone(&self.sheet.source));
        sink.extend(self.problems.iter().cloned());
        let schools = self.resolved(Others::of(&valid), &sink);
        let (changes, taken) = update::update(&mut document, &valid, &schools);
        self.require_names(taken.iter().filter(|taken| taken.is_new).map(|taken| taken.school), &sink);
        let placed: Vec<Placed<'_>> = taken
            .iter()
            .map(|taken| self.placed(taken.index, taken.school, &taken.entries, taken.is_new))
            .collect();
        let text = document.to_string();
        sink.extend(self.twice());
        let found = check::problems(&text, plan.name(), &placed, &self.sheet.source, options);
        Ok((self.imported(text, found, sink), changes))
    }

    /// Reports each code that an earlier row has.
    fn twice(&self) -> Vec<Diagnostic> {
        let mut first: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
        let mut problems = Vec::new();
        for school in &self.schools {
            let (Some(code), Some(at)) = (school.text(Key::Code), school.values.get(&Key::Code)) else {
                continue;
            };
            match first.get(code) {
                Some(span) => problems.push(
                    Diagnostic::new(Code::DuplicateSchool)
                        .with("key", "code")
                        .with("value", code)
                        .at(&self.sheet.source, at.span.clone())
                        .related((*span).clone(), Message::new("term-first-here")),
                ),
                None => drop(first.insert(code, &at.span)),
            }
        }
        problems
    }

    fn placed<'e>(&self, index: usize, school: &SchoolRow, entries: &'e [Entry], is_new: bool) -> Placed<'e> {
        let is_partial = school.has_problems || (is_new && !school.values.contains_key(&Key::Name));
        Placed { index, entries, row: self.sheet.rows[school.row].whole(), is_partial }
    }

    /// Reports schools without a name.
    fn require_names<'s>(&self, schools: impl Iterator<Item = &'s SchoolRow>, sink: &Sink) {
        let mut schools = schools.peekable();
        if schools.peek().is_some() {
            sink.extend(self.columns.missing(&self.sheet, Key::Name));
        }
        let Some(column) = self.columns.of(Key::Name) else { return };
        for school in schools.filter(|school| school.is_without(Key::Name)) {
            sink.report(rows::missing(column), self.sheet.span(&self.sheet.rows[school.row], column.number));
        }
    }
}
