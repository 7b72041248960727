//! Finds the headings of a sheet, and what each column holds. Read [`Columns::find`] first.

use std::collections::{BTreeMap, BTreeSet};

use super::headers::{Key, plain, recognised};
use super::sheet::{Cell, MOST_COLUMNS, Row, Sheet};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{CellAddress, Code, Diagnostic};
use crate::document::suggestion;

/// What a column holds, as the user says it: its heading or its letters, and the key.
pub type Mapping = (String, Key);

/// The columns of a sheet.
#[derive(Debug)]
pub(super) struct Columns {
    /// Indices of the rows of the headings, first and last.
    pub(super) rows: (usize, usize),
    /// The columns that are understood, by key.
    pub(super) known: Vec<Column>,
    /// The columns with a content that are left out, by number.
    pub(super) left_out: Vec<Column>,
}

/// A column with its heading.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) key: Key,
    /// Number from 1.
    pub(super) number: u32,
    /// Heading as the file has it; empty if it has none.
    pub(super) heading: String,
}

impl Column {
    /// Returns true if this is its heading or its letter.
    fn is_called(&self, name: &str) -> bool {
        plain(&self.heading) == plain(name) || has_letters(self.number, name)
    }
}

fn has_letters(column: u32, name: &str) -> bool {
    CellAddress { row: 1, column }.letters().eq_ignore_ascii_case(name.trim())
}

/// Rows at the top of a sheet among which the headings are looked for.
const MOST_ROWS_ABOVE: usize = 50;

/// Columns among which known headings are counted; a row can have many thousands.
const MOST_SCORED: usize = 300;

/// Least number of headings that must be known.
const LEAST_KNOWN: usize = 2;

/// Largest number of headings that a problem lists.
const MOST_LISTED: usize = 30;

impl Columns {
    /// Finds the row of the headings, or two rows that stand for one: the one with the most known headings. A
    /// mapping overrides what a heading says.
    pub(super) fn find(sheet: &Sheet, mappings: &[Mapping]) -> Result<Columns, Vec<Diagnostic>> {
        let rows = header_rows(sheet, mappings).ok_or_else(|| {
            let file = sheet.source.name();
            vec![Diagnostic::new(Code::NoHeadings).with("file", file)]
        })?;
        let headings = headings(sheet, rows);
        let mut problems = Vec::new();
        let known = known(sheet, rows, &headings, mappings, &mut problems);
        let skipped =
            |column: &Column| mappings.iter().any(|(name, key)| *key == Key::Skip && column.is_called(name));
        let is_left_out =
            |column: &Column| known.iter().all(|known| known.number != column.number) && !skipped(column);
        let without = without_heading(sheet, rows, &headings);
        let left_out: Vec<Column> = headings.iter().cloned().chain(without).filter(is_left_out).collect();
        let columns = Columns { rows, known, left_out };
        problems.extend(columns.missing(sheet, Key::Code));
        if problems.is_empty() { Ok(columns) } else { Err(problems) }
    }

    /// Returns the problem of a sheet without a column for a key.
    pub(super) fn missing(&self, sheet: &Sheet, key: Key) -> Option<Diagnostic> {
        self.of(key).is_none().then(|| missing(sheet, self.rows, key, &self.left_out))
    }

    /// Returns the column of a key.
    pub(super) fn of(&self, key: Key) -> Option<&Column> {
        self.known.iter().find(|column| column.key == key)
    }
}

/// Returns true if a sheet has a row of known headings.
pub(super) fn has_headings(sheet: &Sheet) -> bool {
    header_rows(sheet, &[]).is_some()
}

fn header_rows(sheet: &Sheet, mappings: &[Mapping]) -> Option<(usize, usize)> {
    let is_known = |heading: &str| {
        recognised(heading).is_some() || mappings.iter().any(|(name, _)| plain(name) == plain(heading))
    };
    let score = |rows| {
        let headings = headings(sheet, rows);
        headings.iter().take(MOST_SCORED).filter(|column| is_known(&column.heading)).count()
    };
    let mut best: Option<((usize, usize), usize)> = None;
    for row in 0..sheet.rows.len().min(MOST_ROWS_ABOVE) {
        let alone = score((row, row));
        let follows = best.is_some_and(|((_, last), most)| last + 1 == row && most == alone);
        if alone >= LEAST_KNOWN && (follows || best.is_none_or(|(_, most)| alone > most)) {
            best = Some(((row, row), alone));
        }
        let next = row + 1;
        if next < sheet.rows.len() {
            let both = score((row, next));
            let more = both > alone && both > score((next, next));
            if more && both >= LEAST_KNOWN && best.is_none_or(|(_, most)| both > most) {
                best = Some(((row, next), both));
            }
        }
    }
    best.map(|(rows, _)| rows)
}

/// Returns the heading of each column; of two rows the lower one, where both have one.
fn headings(sheet: &Sheet, (first, last): (usize, usize)) -> Vec<Column> {
    let rows = [first, last].into_iter().filter_map(|row| sheet.rows.get(row));
    let by_number: BTreeMap<u32, &str> =
        rows.flat_map(|row| &row.cells).map(|cell| (cell.column, cell.text.as_str())).collect();
    let column =
        |(number, heading): (u32, &str)| Column { key: Key::Skip, number, heading: heading.to_owned() };
    by_number.into_iter().map(column).collect()
}

/// Returns the columns that are understood, and reports those that cannot be.
fn known(
    sheet: &Sheet,
    rows: (usize, usize),
    headings: &[Column],
    mappings: &[Mapping],
    problems: &mut Vec<Diagnostic>,
) -> Vec<Column> {
    let mut known: Vec<Column> = Vec::new();
    let mut mapped: Vec<u32> = Vec::new();
    for (name, key) in mappings {
        let by_heading = headings.iter().find(|column| plain(&column.heading) == plain(name));
        let by_letters = || (1..=MOST_COLUMNS).find(|number| has_letters(*number, name));
        let Some(number) = by_heading.map(|column| column.number).or_else(by_letters) else {
            let names: Vec<&str> =
                headings.iter().map(|column| column.heading.as_str()).take(MOST_LISTED).collect();
            let problem = Diagnostic::new(Code::UnknownColumn).with("column", name.as_str());
            problems.push(problem.with("suggestion", suggestion(name, &names)).with("known", names));
            continue;
        };
        mapped.push(number);
        let heading = headings.iter().find(|column| column.number == number);
        let heading = heading.map(|column| column.heading.clone()).unwrap_or_default();
        if *key != Key::Skip {
            add(sheet, rows, &mut known, Column { key: *key, number, heading }, problems);
        }
    }
    let keys: Vec<Key> = known.iter().map(|column| column.key).collect();
    for column in headings.iter().filter(|column| !mapped.contains(&column.number)) {
        if let Some(key) = recognised(&column.heading).filter(|key| !keys.contains(key)) {
            add(sheet, rows, &mut known, Column { key, ..column.clone() }, problems);
        }
    }
    let has_held = known.iter().any(|column| matches!(column.key, Key::HeldBasic | Key::HeldInterop));
    let is_known = |key: Key| known.iter().any(|column| column.key == key);
    let has_both = is_known(Key::PrimaryIndustry) && is_known(Key::SecondaryIndustry);
    // A part of what a plan needs as a whole says nothing.
    known.retain(|column| match column.key {
        Key::Expires => has_held,
        Key::PrimaryIndustry | Key::SecondaryIndustry => has_both,
        _ => true,
    });
    known.sort_by_key(|column| column.key);
    known
}

fn add(
    sheet: &Sheet,
    rows: (usize, usize),
    known: &mut Vec<Column>,
    column: Column,
    problems: &mut Vec<Diagnostic>,
) {
    let Some(first) = known.iter().find(|known| known.key == column.key) else {
        return known.push(column);
    };
    let span = |number| {
        let cell = |row: usize| sheet.rows.get(row).and_then(|row| row.cell(number));
        let cell: Option<&Cell> = cell(rows.1).or_else(|| cell(rows.0));
        cell.map(|cell| cell.span.clone()).unwrap_or_default()
    };
    let problem = Diagnostic::new(Code::ColumnTwice)
        .with("key", column.key.as_str())
        .with("heading", column.heading.as_str())
        .at(&sheet.source, span(column.number))
        .related(span(first.number), Message::new("term-first-here"));
    problems.push(problem);
}

/// Returns the columns that have a content below the headings, but no heading.
fn without_heading(sheet: &Sheet, rows: (usize, usize), headings: &[Column]) -> Vec<Column> {
    let mut numbers = BTreeSet::new();
    for row in sheet.rows.iter().skip(rows.1 + 1) {
        numbers.extend(row.cells.iter().map(|cell| cell.column));
    }
    let with_heading: BTreeSet<u32> = headings.iter().map(|column| column.number).collect();
    numbers
        .difference(&with_heading)
        .copied()
        .map(|number| Column { key: Key::Skip, number, heading: String::new() })
        .collect()
}

fn missing(sheet: &Sheet, rows: (usize, usize), key: Key, left_out: &[Column]) -> Diagnostic {
    let span = sheet.rows.get(rows.1).map(Row::whole).unwrap_or_default();
    let names = left_out.iter().filter(|column| !column.heading.is_empty()).take(MOST_LISTED);
    let names: Vec<&str> = names.map(|column| column.heading.as_str()).collect();
    let example = names.first().copied().unwrap_or("A").to_owned();
    let (chinese, english) = key.headings();
    Diagnostic::new(Code::ColumnMissing)
        .with("key", key.as_str())
        .with("chinese", chinese.first().copied().unwrap_or_default())
        .with("english", english.first().copied().unwrap_or_default())
        .with("example", example)
        .at(&sheet.source, span)
}
