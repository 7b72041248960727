//! CSV as a sheet: the text as it is, with the span of each field. The delimiter is told by what is between the
//! headings. Read [`read`] first.

use std::sync::Arc;

use csv_core::{ReadFieldResult, ReaderBuilder};

use super::headers::recognised;
use super::sheet::{Cell, CellKind, MOST_CELLS, Row, Sheet, SheetFormat, too_large, unreadable};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Diagnostic, SourceFile};

/// Signs that may stand between two fields; of equally likely ones the first.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// Bytes at the start of a file in which its headings are looked for.
pub(crate) const HEAD: usize = 64 * 1024;

/// Reads the text of a CSV file.
///
/// # Errors
/// Too many cells, or a quotation mark that is not closed.
pub(super) fn read(name: &str, text: String, encoding: &'static str) -> Result<Sheet, Diagnostic> {
    let source = Arc::new(SourceFile::new(name, text));
    let text = source.text();
    let stated = stated_delimiter(text);
    let delimiter = stated.unwrap_or_else(|| likely_delimiter(text));
    let first = if stated.is_some() { text.find('\n').map_or(text.len(), |end| end + 1) } else { 0 };
    let (rows, problem) = rows(&source, first, text.len(), delimiter);
    if let Some(problem) = problem {
        return Err(problem);
    }
    Ok(Sheet { source: Arc::clone(&source), rows, format: SheetFormat::Csv { encoding, delimiter } })
}

/// Returns the delimiter of a first line such as `sep=;`, by which Excel is told.
pub(crate) fn stated_delimiter(text: &str) -> Option<char> {
    let line = text.lines().next()?.trim_matches('"');
    let sign = line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    DELIMITERS.into_iter().find(|delimiter| sign.starts_with(*delimiter))
}

/// Returns the delimiter that gives a row the most known headings, then the most fields.
fn likely_delimiter(text: &str) -> char {
    let end = (0..=HEAD.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    let head = text.get(..end.unwrap_or_default()).unwrap_or_default();
    let source = Arc::new(SourceFile::new("", head));
    let score = |delimiter: char| {
        let rows = rows(&source, 0, head.len(), delimiter).0;
        let known = |row: &Row| row.cells.iter().filter(|cell| recognised(&cell.text).is_some()).count();
        let most = |count: &dyn Fn(&Row) -> usize| rows.iter().map(count).max().unwrap_or_default();
        (most(&known), most(&|row| row.cells.len()))
    };
    best_delimiter(score)
}

/// Returns the delimiter with the highest score.
pub(crate) fn best_delimiter<S: PartialOrd>(score: impl Fn(char) -> S) -> char {
    let mut best = (DELIMITERS[0], score(DELIMITERS[0]));
    for delimiter in DELIMITERS.into_iter().skip(1) {
        let score = score(delimiter);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

/// Returns the rows of a part of the text that have a content, up to a problem that ends them.
fn rows(source: &SourceFile, from: usize, to: usize, delimiter: char) -> (Vec<Row>, Option<Diagnostic>) {
    let text = source.text();
    let mut reader = ReaderBuilder::new().delimiter(u8::try_from(delimiter).unwrap_or(b',')).build();
    let mut field = vec![0; 1024];
    let (mut at, mut row_start, mut start, mut written) = (from, from, from, 0);
    let (mut column, mut cells, mut count, mut rows) = (1, Vec::new(), 0, Vec::new());
    let mut lines = Lines { text, line: 1, at: 0 };
    loop {
        let input = text.as_bytes().get(at..to).unwrap_or_default();
        let (result, read, wrote) = reader.read_field(input, &mut field[written..]);
        at += read;
        written += wrote;
        match result {
            ReadFieldResult::InputEmpty => {}
            ReadFieldResult::OutputFull => field.resize(field.len() * 2, 0),
            ReadFieldResult::End => return (rows, None),
            ReadFieldResult::Field { record_end } => {
                let span = raw_span(text, start..at, delimiter);
                let raw = text.get(span.clone()).unwrap_or_default();
                if at == to && raw.starts_with('"') && raw.matches('"').count() % 2 == 1 {
                    let (line, _) = source.line_and_column(span.start);
                    return (rows, Some(quote_open(source.name(), line)));
                }
                let content = String::from_utf8_lossy(&field[..written]);
                if !content.trim().is_empty() {
                    count += 1;
                    let text = content.trim().to_owned();
                    cells.push(Cell { column, text, kind: CellKind::Text, span: span.clone(), merged: None });
                }
                if count > MOST_CELLS {
                    let what = Message::new("import-cells").with("most", MOST_CELLS);
                    return (rows, Some(too_large(source.name(), what)));
                }
                (start, written, column) = (at, 0, column + 1);
                if record_end {
                    if let Some(first) = cells.first() {
                        let number = lines.number(first.span.start);
                        let cells = std::mem::take(&mut cells);
                        rows.push(Row { number, start: row_start, end: span.end, cells });
                    }
                    (column, row_start) = (1, at);
                }
            }
        }
    }
}

/// Returns the span of a field without the line ends before it and the delimiter or line end behind it.
fn raw_span(text: &str, span: std::ops::Range<usize>, delimiter: char) -> std::ops::Range<usize> {
    let raw = text.get(span.clone()).unwrap_or_default();
    let start = span.start + (raw.len() - raw.trim_start_matches(['\r', '\n', ' ']).len());
    let cut = raw.strip_suffix(delimiter).unwrap_or(raw).trim_end_matches(['\r', '\n', ' ']);
    start..(span.start + cut.len()).max(start)
}

/// Counts lines up to offsets that only grow.
struct Lines<'t> {
    text: &'t str,
    line: u32,
    at: usize,
}

impl Lines<'_> {
    fn number(&mut self, offset: usize) -> u32 {
        let passed = self.text.as_bytes().get(self.at..offset).unwrap_or_default();
        let ends = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.at = offset;
        self.line
    }
}

/// Reports a quotation mark that is not closed, on a line counted from 1.
pub(crate) fn quote_open(name: &str, line: usize) -> Diagnostic {
    let reason = Message::new("import-quote-open").with("line", line.to_string());
    unreadable(name, reason, "import-fix-quote")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read("a.csv", text.to_owned(), "UTF-8").unwrap()
    }

    fn texts(sheet: &Sheet) -> Vec<Vec<(u32, &str)>> {
        sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| (cell.column, cell.text.as_str())).collect())
            .collect()
    }

    #[test]
    fn the_delimiter_is_told_by_the_headings() {
        for (text, delimiter) in [
            ("学校,编码,基础账号\n甲;乙;丙,1,2\n", ','),
            ("学校;编码;基础账号\n\"甲,乙,丙,丁,戊\";1;1,200\n", ';'),
            ("学校\t编码\t基础账号\n甲,乙,丙,丁,戊\t1\t2\n", '\t'),
            ("客户表,,,\nname;code\n甲;1\n", ';'),
            ("sep=;\nx;y\n", ';'),
        ] {
            let SheetFormat::Csv { delimiter: found, .. } = sheet(text).format else { unreachable!() };
            assert_eq!(found, delimiter, "{text:?}");
        }
    }

    #[test]
    fn fields_have_their_lines_columns_and_spans() {
        let text = "学校,编码,\r\n\r\n\"沈阳, \"\"工程\"\"\n学院\", 1499 ,\r\n,,x";
        let sheet = sheet(text);
        let expected: [&[(u32, &str)]; 3] =
            [&[(1, "学校"), (2, "编码")], &[(1, "沈阳, \"工程\"\n学院"), (2, "1499")], &[(3, "x")]];
        assert_eq!(texts(&sheet), expected);
        assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [1, 3, 5]);
        let raw = |row: usize, cell: usize| &sheet.source.text()[sheet.rows[row].cells[cell].span.clone()];
        assert_eq!((raw(1, 1), raw(2, 0)), ("1499", "x"));
        assert!(raw(1, 0).starts_with("\"沈阳") && raw(1, 0).ends_with("学院\""));
    }

    #[test]
    fn an_open_quotation_mark_is_reported() {
        assert!(read("a.csv", "学校,编码\n\"甲,1\n乙,2\n".to_owned(), "UTF-8").is_err());
    }

    #[test]
    fn empty_columns_take_no_memory() {
        let sheet = sheet(&format!("学校,编码\n甲,1{}\n", ",".repeat(1_000_000)));
        assert_eq!(sheet.rows[1].cells.len(), 2);
    }
}
