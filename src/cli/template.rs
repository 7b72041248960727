//! Writes the empty spreadsheet of `init --template xlsx`: a sheet with a heading for each column that `import`
//! knows and an invented example, and a sheet that explains them. Read [`spreadsheet`] first.

use std::io::IsTerminal;
use std::path::Path;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Workbook, Worksheet, XlsxError,
};
use wxlicense::diagnostic::lang::Catalog;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::import::Key;
use wxlicense::report::save_xlsx;

use super::failure::Failure;
use super::files::names_stdout;
use super::session::Session;

/// A column of the template.
struct TemplateColumn {
    key: Key,
    /// Text of its heading.
    heading: &'static str,
    /// Text that says what it holds and what to type.
    about: &'static str,
    /// Text of the example; a column without one is left empty.
    example: Example,
    /// Width in characters.
    width: u32,
}

enum Example {
    Empty,
    /// Text of the catalog.
    Text(&'static str),
    Count(u32),
}

const COLUMNS: [TemplateColumn; 15] = {
    use Example::{Count, Empty, Text};
    const fn column(
        key: Key,
        heading: &'static str,
        about: &'static str,
        example: Example,
        width: u32,
    ) -> TemplateColumn {
        TemplateColumn { key, heading, about, example, width }
    }
    [
        column(Key::Name, "import-column-name", "import-about-name", Text("import-example-name"), 30),
        column(Key::Code, "import-column-code", "import-about-code", Text("import-example-code"), 12),
        column(Key::CorpId, "import-column-corp-id", "import-about-corp-id", Empty, 22),
        column(
            Key::Industry,
            "import-column-industry",
            "import-about-industry",
            Text("import-example-industry"),
            18,
        ),
        column(
            Key::Certification,
            "import-column-certification",
            "import-about-certification",
            Text("import-word-certified"),
            14,
        ),
        column(
            Key::NonprofitProof,
            "import-column-nonprofit",
            "import-about-nonprofit",
            Text("import-word-no"),
            12,
        ),
        column(Key::Status, "import-column-status", "import-about-status", Text("import-word-confirmed"), 12),
        column(Key::Basic, "import-column-basic", "import-about-basic", Count(150), 12),
        column(Key::Interop, "import-column-interop", "import-about-interop", Count(20), 12),
        column(Key::Contacts, "import-column-contacts", "import-about-contacts", Count(1800), 12),
        column(Key::Term, "import-column-term", "import-about-term", Text("import-example-term"), 12),
        column(Key::Upstream, "import-column-upstream", "import-about-upstream", Empty, 14),
        column(Key::HeldBasic, "import-column-held-basic", "import-about-held", Empty, 16),
        column(Key::HeldInterop, "import-column-held-interop", "import-about-held", Empty, 16),
        column(Key::Expires, "import-column-expires", "import-about-expires", Empty, 14),
    ]
};

/// Rows below the headings that offer words and refuse what is no number.
const LAST_ROW: u32 = 10_000;

/// Returns the workbook for a file. Errors if that is a terminal, which shows no workbook.
pub fn spreadsheet(file: &Path, session: &Session) -> Result<Vec<u8>, Failure> {
    if names_stdout(file) && std::io::stdout().is_terminal() {
        return Err(Diagnostic::new(Code::FormatNotForTerminal).with("format", "xlsx").into());
    }
    workbook(session.catalog()).map_err(|error| Failure::Other(error.into()))
}

/// Returns the workbook; the same bytes each time.
fn workbook(catalog: &Catalog) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let title = catalog.word("import-template-title");
    let stamp = ExcelDateTime::from_ymd(1980, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&stamp));
    book.push_worksheet(form(catalog)?);
    book.push_worksheet(explanation(catalog)?);
    save_xlsx(&mut book)
}

fn form(catalog: &Catalog) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(catalog.word("import-template-sheet"))?.set_freeze_panes(1, 1)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    let example = Format::new().set_italic().set_font_color(GREY);
    for (number, column) in (0..).zip(&COLUMNS) {
        let format = match column.key {
            Key::Code | Key::CorpId | Key::Upstream => Format::new().set_num_format("@"),
            Key::Expires => Format::new().set_num_format("yyyy-mm-dd"),
            key if counts(key) => Format::new().set_num_format("#,##0"),
            _ => Format::new(),
        };
        sheet.set_column_width(number, column.width)?.set_column_format(number, &format)?;
        sheet.write_with_format(0, number, heading(catalog, column), &header())?;
        let shown = format.merge(&example);
        match column.example {
            Example::Text(id) => sheet.write_with_format(1, number, catalog.word(id), &shown)?,
            Example::Count(count) => sheet.write_with_format(1, number, count, &shown)?,
            Example::Empty => sheet.write_blank(1, number, &shown)?,
        };
        if let Some(validation) = validation(catalog, column.key)? {
            sheet.add_data_validation(1, number, LAST_ROW, number, &validation)?;
        }
    }
    Ok(sheet)
}

/// Returns the heading; those that every school needs have a star.
fn heading(catalog: &Catalog, column: &TemplateColumn) -> String {
    let star = if matches!(column.key, Key::Code | Key::Name) { " *" } else { "" };
    catalog.word(column.heading) + star
}

fn counts(key: Key) -> bool {
    matches!(key, Key::Basic | Key::Interop | Key::Contacts | Key::HeldBasic | Key::HeldInterop)
}

/// Returns the words that a column offers, or the numbers that it takes.
fn validation(catalog: &Catalog, key: Key) -> Result<Option<DataValidation>, XlsxError> {
    let words = |ids: &[&'static str]| {
        let words: Vec<String> = ids.iter().map(|id| catalog.word(id)).collect();
        DataValidation::new().allow_list_strings(&words).map(Some)
    };
    match key {
        Key::Certification => words(&["import-word-certified", "import-word-verified", "import-word-none"]),
        Key::Status => words(&["import-word-confirmed", "import-word-unconfirmed"]),
        Key::NonprofitProof => words(&["import-word-yes", "import-word-no"]),
        key if counts(key) => {
            let whole = DataValidationRule::Between(0, 1_000_000_000);
            Ok(Some(DataValidation::new().allow_whole_number(whole)))
        }
        _ => Ok(None),
    }
}

fn explanation(catalog: &Catalog) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(catalog.word("import-template-help"))?;
    sheet.set_column_width(0, 22)?.set_column_width(1, 90)?.set_column_width(2, 18)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    let mut row = 0;
    for line in catalog.word("import-template-intro").lines() {
        sheet.write(row, 0, line)?;
        row += 1;
    }
    row += 1;
    for (number, id) in (0..).zip(["import-template-column", "import-template-about", "import-template-key"])
    {
        sheet.write_with_format(row, number, catalog.word(id), &header())?;
    }
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
    for (row, column) in (row + 1..).zip(&COLUMNS) {
        sheet.write_with_format(row, 0, heading(catalog, column), &cell)?;
        sheet.write_with_format(row, 1, catalog.word(column.about), &cell)?;
        sheet.write_with_format(row, 2, column.key.as_str(), &cell)?;
    }
    Ok(sheet)
}

const A4: u8 = 9;
const GREY: Color = Color::RGB(0x80_80_80);

fn header() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0xDD_E6_F0))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(0xBF_BF_BF))
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}
