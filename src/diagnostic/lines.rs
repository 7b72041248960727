//! Renders diagnostics for people, editors, scripts and CI. A [`Diagnostic`] goes in, its text in a
//! [`MessageFormat`] comes out; read [`MessageFormat::render`] first.

use std::borrow::Cow;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::render::{first_line, place};
use super::{Code, Diagnostic, RenderStyle, Severity, SourceFile, render};
use crate::diagnostic::lang::Catalog;
use crate::diagnostic::lang::visible::{escaped_in_json, one_line, visible};

/// A format of reported problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum MessageFormat {
    /// With the underlined source and help, for a person.
    #[default]
    Human,
    /// `file:line:column: error[code]: message`, for editors.
    Short,
    /// One JSON object, for programs.
    Json,
    /// A workflow command of GitHub Actions, which annotates the file in a pull request.
    Github,
}

impl MessageFormat {
    /// Returns the problem in this format, without a newline at the end; on one line but for
    /// [`Human`](MessageFormat::Human), the only one that heeds `style`. Codes, severities and keys are the
    /// same in every language.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use wxlicense::diagnostic::{Code, Diagnostic, MessageFormat, RenderStyle, SourceFile, lang::{Catalog, Lang}};
    ///
    /// let source = Arc::new(SourceFile::new("plan.toml", "basic = 1\n"));
    /// let problem = Diagnostic::new(Code::EmptyString).with("key", "name").at(&source, 0..5);
    /// let style = RenderStyle { width: 80, color: false };
    /// let line = MessageFormat::Short.render(&problem, &Catalog::new(Lang::En), style);
    /// assert_eq!(line, "plan.toml:1:1: error[empty-string]: `name` is empty");
    /// ```
    pub fn render(self, diagnostic: &Diagnostic, catalog: &Catalog, style: RenderStyle) -> String {
        match self {
            MessageFormat::Human => render(diagnostic, catalog, style),
            MessageFormat::Short => short(diagnostic, catalog),
            MessageFormat::Json => json(&document(diagnostic, catalog)),
            MessageFormat::Github => github(&document(diagnostic, catalog)),
        }
    }

    /// Returns the outcome of what went well, in this format: a remark, but no annotation for a reviewer.
    pub fn render_outcome(self, text: &str) -> String {
        match self {
            // A line of its own could be read as a workflow command.
            MessageFormat::Github => one_line(text),
            _ => self.render_remark(text),
        }
    }

    /// Returns a remark that is no problem, such as an empty result, in this format.
    pub fn render_remark(self, text: &str) -> String {
        match self {
            MessageFormat::Human | MessageFormat::Short => text.to_owned(),
            MessageFormat::Json => json(&DiagnosticDocument::uncoded(Level::Note, text)),
            MessageFormat::Github => github(&DiagnosticDocument::uncoded(Level::Note, text)),
        }
    }

    /// Returns an error that is no problem of an input, in this format, on one line.
    pub fn render_error(self, text: &str) -> String {
        match self {
            MessageFormat::Human | MessageFormat::Short => {
                format!("error: {}", one_line(text))
            }
            MessageFormat::Json => json(&DiagnosticDocument::uncoded(Level::Error, text)),
            MessageFormat::Github => github(&DiagnosticDocument::uncoded(Level::Error, text)),
        }
    }
}

/// One problem or remark. Lines and columns count from 1, columns in characters; ends are exclusive.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DiagnosticDocument {
    /// Name and version of this format; the version changes when a field is changed or removed.
    schema: &'static str,
    /// Code of the problem; null for a remark and an internal error. A later version may have more codes.
    code: Option<Code>,
    /// Severity.
    severity: Level,
    /// Message in the language of the output.
    message: String,
    /// Text under the underlined source; null if the problem has no location, or needs none.
    label: Option<String>,
    /// How to fix it; null if there is no advice.
    help: Option<String>,
    /// File as named by the caller; null if the problem has no location.
    file: Option<String>,
    /// Cell of a workbook where it begins, such as B12; null in any other file.
    cell: Option<String>,
    /// Line where it begins, in a workbook the row; null if the problem has no location.
    #[schemars(range(min = 1))]
    line: Option<usize>,
    /// Column where it begins, in a workbook the number of the column; null if the problem has no location.
    #[schemars(range(min = 1))]
    column: Option<usize>,
    /// Position where it ends, exclusive; null if the problem has no location.
    end: Option<PositionDocument>,
    /// Other spans of the same file that are part of the problem.
    related: Vec<RelatedDocument>,
}

/// Severity of a problem or remark.
#[derive(Clone, Copy)]
#[derive(IntoStaticStr, Serialize, JsonSchema)]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
enum Level {
    /// The input cannot be used.
    Error,
    /// Suspicious, but usable.
    Warning,
    /// A remark, such as the outcome of a check.
    Note,
}

/// Position in a file.
#[derive(Serialize, JsonSchema)]
struct PositionDocument {
    /// The line.
    #[schemars(range(min = 1))]
    line: usize,
    /// The column, in characters.
    #[schemars(range(min = 1))]
    column: usize,
}

/// Another span that is part of the problem.
#[derive(Serialize, JsonSchema)]
struct RelatedDocument {
    /// Explanation of the span, in the language of the output.
    message: String,
    /// The line where it begins.
    #[schemars(range(min = 1))]
    line: usize,
    /// The column where it begins.
    #[schemars(range(min = 1))]
    column: usize,
    /// Position where it ends, exclusive.
    end: PositionDocument,
}

impl DiagnosticDocument {
    fn uncoded(severity: Level, text: &str) -> DiagnosticDocument {
        DiagnosticDocument {
            schema: SCHEMA,
            code: None,
            severity,
            message: text.to_owned(),
            label: None,
            help: None,
            file: None,
            cell: None,
            line: None,
            column: None,
            end: None,
            related: Vec::new(),
        }
    }
}

const SCHEMA: &str = "wxlicense/diagnostic/1";

fn document(diagnostic: &Diagnostic, catalog: &Catalog) -> DiagnosticDocument {
    let (text, [label, help]) = catalog.texts(&diagnostic.message(), ["label", "help"]);
    let mut document = DiagnosticDocument {
        code: Some(diagnostic.code),
        help,
        ..DiagnosticDocument::uncoded(Level::of(diagnostic.severity()), &text)
    };
    if let Some(location) = &diagnostic.location {
        let (start, end) = positions(&location.source, &location.span);
        document.label = label;
        document.file = Some(location.source.name().to_owned());
        document.cell = location.source.cell(location.span.start).map(|cell| cell.to_string());
        (document.line, document.column) = (Some(start.line), Some(start.column));
        document.end = Some(end);
        let related = diagnostic.related.iter().map(|(span, text)| {
            let (start, end) = positions(&location.source, span);
            RelatedDocument { message: catalog.text(text), line: start.line, column: start.column, end }
        });
        document.related = related.collect();
    }
    document
}

fn positions(source: &SourceFile, span: &Range<usize>) -> (PositionDocument, PositionDocument) {
    let shown = first_line(source.text(), span);
    if let Some(cell) = source.cell(span.start) {
        let position =
            |beyond| PositionDocument { line: cell.row as usize, column: cell.column as usize + beyond };
        return (position(0), position(1));
    }
    let position = |offset| {
        let (line, column) = source.line_and_column(offset);
        PositionDocument { line, column }
    };
    (position(shown.start), position(shown.end))
}

fn short(diagnostic: &Diagnostic, catalog: &Catalog) -> String {
    let prefix = diagnostic.location.as_ref().map_or_else(String::new, |location| {
        let (line, column) = location.source.line_and_column(location.span.start);
        match location.source.cell(location.span.start) {
            Some(_) => format!("{}: ", place(&location.source, &location.span)),
            None => format!("{}:{line}:{column}: ", location.source.name()),
        }
    });
    let severity: &str = Level::of(diagnostic.severity()).into();
    let message = catalog.text(&diagnostic.message());
    let line = format!("{prefix}{severity}[{}]: {message}", diagnostic.code.as_str());
    one_line(&line)
}

/// Serializing cannot fail for these texts; the fallback loses nothing if it ever does.
fn json(document: &DiagnosticDocument) -> String {
    let text = serde_json::to_string(document);
    escaped_in_json(text.unwrap_or_else(|error| format!("{:?}", error.to_string())))
}

fn github(document: &DiagnosticDocument) -> String {
    let command = match document.severity {
        Level::Note => "notice",
        level => level.into(),
    };
    let mut properties = Vec::new();
    let mut prefix = String::new();
    if let (Some(file), Some(line), Some(column)) = (&document.file, document.line, document.column) {
        if let Some(cell) = &document.cell {
            properties.push(format!("file={}", property(&visible(file))));
            prefix = format!("{cell}: ");
        } else if file == SourceFile::STDIN {
            prefix = format!("{file}:{line}:{column}: ");
        } else {
            properties.push(format!("file={}", property(&visible(file))));
            properties.push(format!("line={line},col={column}"));
            properties.extend(document.end.as_ref().map(|end| format!("endColumn={}", end.column)));
        }
    }
    properties.extend(document.code.map(|code| format!("title={}", property(code.as_str()))));
    let gap = if properties.is_empty() { "" } else { " " };
    let help = document.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    format!(
        "::{command}{gap}{}::{}",
        properties.join(","),
        data(&visible(&format!("{prefix}{}{help}", document.message)))
    )
}

/// Returns what follows the second `::` of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns a value between `::` and `::`, where commas and colons separate.
fn property(text: &str) -> Cow<'_, str> {
    data(text).replace(':', "%3A").replace(',', "%2C").into()
}

impl Level {
    const fn of(severity: Severity) -> Level {
        match severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Warning,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::CellAddress;
    use crate::diagnostic::lang::{Lang, Message};

    fn rendered(format: MessageFormat, problem: &Diagnostic) -> String {
        format.render(problem, &Catalog::new(Lang::En), RenderStyle { width: 80, color: false })
    }

    fn doubled() -> Diagnostic {
        let source = Arc::new(SourceFile::new("a,b:c%.toml", "一 = 1\n二三 = 2\n"));
        let second = source.text().find('三').unwrap();
        Diagnostic::new(Code::DuplicateFact)
            .with("id", "P1\nP2")
            .at(&source, second..second + 7)
            .related(0..3, Message::new("term-first-here"))
    }

    #[test]
    fn a_short_line_keeps_to_one_line() {
        let line = rendered(MessageFormat::Short, &doubled());
        assert_eq!(line, "a,b:c%.toml:2:2: error[duplicate-fact]: fact `P1 P2` is defined twice");
        let unlocated = rendered(MessageFormat::Short, &Diagnostic::new(Code::NothingToQuote));
        assert_eq!(unlocated, "error[nothing-to-quote]: nothing to quote");
    }

    #[test]
    fn a_json_line_has_every_span() {
        let line = rendered(MessageFormat::Json, &doubled());
        assert!(!line.contains('\n'));
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["severity"], "error");
        assert_eq!((&value["line"], &value["column"]), (&2.into(), &2.into()));
        assert_eq!(value["end"], serde_json::json!({ "line": 2, "column": 7 }));
        assert_eq!(value["related"][0]["end"], serde_json::json!({ "line": 1, "column": 2 }));
        assert_eq!(value["help"], "give each fact an id of its own");
    }

    #[test]
    fn no_name_steers_a_terminal() {
        let problem = Diagnostic::new(Code::UnknownUpstream)
            .with("code", "\u{1b}[2J\u{202e}1")
            .with("suggestion", "\u{1b}[31m\u{2066}2");
        for format in MessageFormat::VARIANTS {
            let line = rendered(*format, &problem);
            let is_data = *format == MessageFormat::Json;
            assert!(is_data || !line.contains(['\u{1b}', '\u{202e}', '\u{2066}']), "{line:?}");
            assert!(!line.contains('\u{1b}'), "{line:?}");
        }
    }

    #[test]
    fn a_workflow_command_is_escaped() {
        assert_eq!(
            rendered(MessageFormat::Github, &doubled()),
            "::error file=a%2Cb%3Ac%25.toml,line=2,col=2,endColumn=7,title=duplicate-fact::\
             fact `P1%0AP2` is defined twice%0Agive each fact an id of its own"
        );
        assert_eq!(MessageFormat::Github.render_remark("50% done"), "::notice::50%25 done");
        assert_eq!(MessageFormat::Github.render_outcome("a\n::error::b"), "a ::error::b");
    }

    #[test]
    fn a_workflow_command_names_no_file_for_standard_input() {
        let source = Arc::new(SourceFile::new(SourceFile::STDIN, "basic = 1\n"));
        let problem = Diagnostic::new(Code::EmptyString).with("key", "name").at(&source, 0..5);
        assert!(
            rendered(MessageFormat::Github, &problem)
                .starts_with("::error title=empty-string::<stdin>:1:1: ")
        );
    }

    #[test]
    fn a_cell_stands_for_line_and_column() {
        let cells = vec![(1, CellAddress { row: 2, column: 28 })];
        let source = Arc::new(SourceFile::of_sheet("客户.xlsx", "\n一百\n", cells));
        let problem = Diagnostic::new(Code::EmptyString).with("key", "name").at(&source, 1..7);
        let short = rendered(MessageFormat::Short, &problem);
        assert_eq!(short, "客户.xlsx:AB2: error[empty-string]: `name` is empty");
        let value: serde_json::Value =
            serde_json::from_str(&rendered(MessageFormat::Json, &problem)).unwrap();
        assert_eq!(
            (&value["cell"], &value["line"], &value["column"]),
            (&"AB2".into(), &2.into(), &28.into())
        );
        let github = rendered(MessageFormat::Github, &problem);
        assert!(github.starts_with("::error file=客户.xlsx,title=empty-string::AB2: "), "{github}");
    }

    #[test]
    fn an_outcome_is_a_remark_elsewhere() {
        assert_eq!(MessageFormat::Short.render_outcome("fine"), "fine");
        assert!(MessageFormat::Json.render_outcome("fine").contains("\"severity\":\"note\""));
    }
}
