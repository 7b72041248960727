//! A sheet of a workbook (XLSX): its cells with their addresses, the content of merged cells in each of their
//! parts. Read [`read`] first.
//!
//! A file that unpacks to more than a spreadsheet of customers could have is refused before it is read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};
use std::sync::Arc;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use zip::ZipArchive;

use super::sheet::{
    Cell, CellKind, Drawing, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Row, Sheet, SheetFormat, too_large,
    unreadable,
};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{CellAddress, Code, Diagnostic, SourceFile};
use crate::document::suggestion;

/// Largest size of the unpacked parts of a workbook, in bytes.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;

/// Part of a workbook with the texts of its cells, and its largest size, in bytes: it is held in memory as a whole.
const TEXTS: &str = "sharedStrings.xml";
const MOST_TEXTS: u64 = 128 * 1024 * 1024;

/// First bytes of a ZIP file, which a workbook is.
const ZIP: &[u8] = b"PK\x03\x04";

/// First bytes of a workbook of Excel 97–2003, and of one with a password.
const COMPOUND_FILE: &[u8] = b"\xd0\xcf\x11\xe0";

/// Returns true if bytes are a workbook or another packed file, be it one that can be read or not.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(COMPOUND_FILE)
}

/// Reads a sheet of a workbook: the one of this name, else the first that is not hidden.
///
/// # Errors
/// The file is no workbook, is damaged or too large, or has no such sheet.
pub(super) fn read(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Sheet, Diagnostic> {
    let mut book = open(name, Cursor::new(bytes), MOST_UNPACKED)?;
    let damaged = |error: XlsxError| damaged(name, &error);
    let sheet = choose(name, &book, sheet)?;
    let merged = book.merge_cells_by_sheet_name(&sheet).map_err(damaged)?;
    let mut contents = contents(name, &mut book, &sheet)?;
    let shared = fill_merged(name, &mut contents, &merged)?;
    drawn(name, &contents, &shared, sheet)
}

/// Contents by row and column, both from 1.
type Contents = BTreeMap<(u32, u32), (String, CellKind)>;

/// First and last row of the merged cell that a cell is a part of, where that has several rows.
type SharedRows = BTreeMap<(u32, u32), (u32, u32)>;

/// Opens a workbook whose parts have at most `most` bytes when unpacked, and its texts at most [`MOST_TEXTS`].
///
/// # Errors
/// The file is no workbook, is damaged or too large.
pub(crate) fn open<R: Read + Seek>(name: &str, mut source: R, most: u64) -> Result<Xlsx<R>, Diagnostic> {
    let no_workbook = || unreadable(name, Message::new("import-no-workbook"), "import-fix-save-as-xlsx");
    let mut start = [0; COMPOUND_FILE.len()];
    source.rewind().and_then(|()| source.read_exact(&mut start)).map_err(|_| no_workbook())?;
    source.rewind().map_err(|_| no_workbook())?;
    if start == COMPOUND_FILE {
        return Err(unreadable(name, Message::new("import-old-workbook"), "import-fix-save-as-xlsx"));
    }
    refuse_too_large(name, &mut source, most)?;
    source.rewind().map_err(|_| no_workbook())?;
    Xlsx::new(source).map_err(|error| damaged(name, &error))
}

/// Unpacks the parts that are read, as far as the limit, without keeping them.
fn refuse_too_large<R: Read + Seek>(name: &str, source: R, most: u64) -> Result<(), Diagnostic> {
    let no_workbook = || unreadable(name, Message::new("import-no-workbook"), "import-fix-save-as-xlsx");
    let mut archive = ZipArchive::new(source).map_err(|_| no_workbook())?;
    if !archive.file_names().any(|name| name.is_ok_and(|name| name.starts_with("xl/"))) {
        return Err(no_workbook());
    }
    let unpacked =
        |most: u64| too_large(name, Message::new("import-unpacked").with("most", most / (1024 * 1024)));
    let mut left = most;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|_| no_workbook())?;
        let is_read = |name: &str| name.ends_with(".xml") || name.ends_with(".rels");
        if !part.name().is_ok_and(|name| is_read(&name)) {
            continue;
        }
        let is_kept = part.name().is_ok_and(|name| name.ends_with(TEXTS));
        let most_here = if is_kept { left.min(MOST_TEXTS) } else { left };
        let mut start = Vec::new();
        part.by_ref().take(SAMPLE.min(most_here + 1)).read_to_end(&mut start).map_err(|_| no_workbook())?;
        let rest = (most_here + 1).saturating_sub(start.len() as u64);
        let rest = std::io::copy(&mut part.take(rest), &mut std::io::sink()).map_err(|_| no_workbook())?;
        let size = start.len() as u64 + rest;
        if size > most_here {
            return Err(unpacked(if is_kept { most.min(MOST_TEXTS) } else { most }));
        }
        if is_kept && stated_texts(&start) > size {
            return Err(no_workbook());
        }
        left -= size;
    }
    Ok(())
}

/// Bytes at the start of a part in which the number of its texts is stated.
const SAMPLE: u64 = 4096;

/// Returns the number of texts that a part states, for which memory would be set aside.
fn stated_texts(start: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(start);
    let stated = text.split_once("uniqueCount").and_then(|(_, rest)| {
        let digits = rest.trim_start_matches(|sign: char| {
            sign == '=' || sign == '"' || sign == '\'' || sign.is_whitespace()
        });
        let end = digits.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end).filter(|digits| !digits.is_empty())
    });
    stated.map_or(0, |digits| digits.parse().unwrap_or(u64::MAX))
}

/// Returns the name of the sheet that is asked for, else of the first that is not hidden.
pub(crate) fn choose<R: Read + Seek>(
    name: &str,
    book: &Xlsx<R>,
    asked: Option<&str>,
) -> Result<String, Diagnostic> {
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let Some(asked) = asked else {
        let shown = sheets.clone().find(|sheet| sheet.visible == SheetVisible::Visible);
        return shown
            .or(sheets.clone().next())
            .map(|sheet| sheet.name.clone())
            .ok_or_else(|| unreadable(name, Message::new("import-no-sheets"), "import-fix-save-as-xlsx"));
    };
    let known: Vec<&str> = sheets.map(|sheet| sheet.name.as_str()).collect();
    match known.iter().find(|known| known.trim() == asked.trim()) {
        Some(found) => Ok((*found).to_owned()),
        None => Err(Diagnostic::new(Code::SheetNotFound)
            .with("file", name)
            .with("sheet", asked)
            .with("suggestion", suggestion(asked, &known))
            .with("known", known)),
    }
}

fn contents(name: &str, book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Contents, Diagnostic> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| damaged(name, &error))?;
    let mut contents = Contents::new();
    let mut length = 0;
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(name, &error))? {
        let (row, column) = cell.get_position();
        let Some((text, kind)) = content(cell.get_value()) else { continue };
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            let what = Message::new("import-rows-and-columns");
            return Err(too_large(name, what.with("rows", MOST_ROWS).with("columns", MOST_COLUMNS)));
        }
        length += text.len();
        contents.insert((row + 1, column + 1), (text, kind));
        refuse_contents(name, contents.len(), length)?;
    }
    Ok(contents)
}

fn refuse_contents(name: &str, cells: usize, length: usize) -> Result<(), Diagnostic> {
    if cells > MOST_CELLS {
        return Err(too_large(name, Message::new("import-cells").with("most", MOST_CELLS)));
    }
    if length > SourceFile::MAX_BYTES {
        let most = SourceFile::MAX_BYTES / (1024 * 1024);
        return Err(too_large(name, Message::new("import-text").with("most", most)));
    }
    Ok(())
}

/// Returns the content of a cell as text, with its kind; `None` of an empty one.
fn content(value: &DataRef<'_>) -> Option<(String, CellKind)> {
    let (text, kind) = match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => (number.to_string(), CellKind::Number),
        DataRef::Float(number) => (number.to_string(), CellKind::Number),
        DataRef::String(text) => (text.trim().to_owned(), CellKind::Text),
        DataRef::SharedString(text) => (text.trim().to_owned(), CellKind::Text),
        DataRef::Bool(answer) => (answer.to_string().to_uppercase(), CellKind::Text),
        DataRef::DateTime(moment) if moment.is_datetime() => (moment_text(moment), CellKind::Date),
        DataRef::DateTime(moment) => (moment.as_f64().to_string(), CellKind::Number),
        DataRef::DateTimeIso(text) => (text.clone(), CellKind::Date),
        DataRef::DurationIso(text) => (text.clone(), CellKind::Text),
        DataRef::Error(error) => (error.to_string(), CellKind::Error),
    };
    (!text.is_empty()).then_some((text, kind))
}

/// Returns the day, with the time of day if that is not zero.
fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// Copies the content of each merged cell, which stands in its first part, to the others.
fn fill_merged(name: &str, contents: &mut Contents, merged: &[Dimensions]) -> Result<SharedRows, Diagnostic> {
    let mut shared = SharedRows::new();
    let last_row = contents.keys().map(|(row, _)| *row).max().unwrap_or_default();
    let last_column = contents.keys().map(|(_, column)| *column).max().unwrap_or_default();
    let mut length = contents.values().map(|(text, _)| text.len()).sum::<usize>();
    for Dimensions { start, end } in merged {
        let Some(content) = contents.get(&(start.0 + 1, start.1 + 1)).cloned() else { continue };
        let rows = start.0 + 1..=(end.0 + 1).min(last_row);
        let columns = start.1 + 1..=(end.1 + 1).min(last_column);
        for (row, column) in rows.flat_map(|row| columns.clone().map(move |column| (row, column))) {
            length += content.0.len();
            contents.entry((row, column)).or_insert_with(|| content.clone());
            if start.0 < end.0 {
                shared.insert((row, column), (start.0 + 1, end.0 + 1));
            }
            refuse_contents(name, contents.len(), length)?;
        }
    }
    Ok(shared)
}

/// Draws the cells as text, so that problems can be shown in it.
fn drawn(name: &str, contents: &Contents, shared: &SharedRows, sheet: String) -> Result<Sheet, Diagnostic> {
    let width = contents.keys().map(|(_, column)| *column).max().unwrap_or_default().min(WIDEST);
    let mut drawing = Drawing::default();
    let mut rows: Vec<Row> = Vec::new();
    for ((number, column), (text, kind)) in contents {
        if rows.last().is_none_or(|row| row.number != *number) {
            end_row(&mut drawing, &mut rows, width);
            drawing.begin_row(*number);
            let start = drawing.text.len();
            rows.push(Row { number: *number, cells: Vec::new(), start, end: start });
        }
        let Some(row) = rows.last_mut() else { continue };
        let next = row.cells.last().map_or(1, |cell| cell.column + 1);
        drawing.skip_to(*number, next, *column);
        let span = drawing.cell(CellAddress { row: *number, column: *column }, text);
        let merged = shared.get(&(*number, *column)).copied();
        row.cells.push(Cell { column: *column, text: text.clone(), kind: *kind, span, merged });
        refuse_contents(name, 0, drawing.text.len())?;
    }
    end_row(&mut drawing, &mut rows, width);
    let source = Arc::new(SourceFile::of_sheet(name, drawing.text, drawing.cells));
    Ok(Sheet { source, rows, format: SheetFormat::Workbook { sheet } })
}

/// Columns up to which a row is drawn to the end, so that a cell that is missing there has an address.
const WIDEST: u32 = 40;

fn end_row(drawing: &mut Drawing, rows: &mut [Row], width: u32) {
    let Some(row) = rows.last_mut() else { return };
    let next = row.cells.last().map_or(1, |cell| cell.column + 1);
    drawing.skip_to(row.number, next, width + 1);
    row.end = drawing.text.len();
}

/// Reports a workbook that is damaged.
pub(crate) fn damaged(name: &str, error: &XlsxError) -> Diagnostic {
    let reason = Message::new("import-damaged").with("reason", error.to_string());
    unreadable(name, reason, "import-fix-save-as-xlsx")
}
