//! State that every command shares: the language, the reporting of problems, and the files that were read.
//! Read [`Session::report`] first.

use std::cell::{Cell, RefCell};
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use wxlicense::diagnostic::lang::{Catalog, Lang, Message};
use wxlicense::diagnostic::{Diagnostic, MessageFormat, RenderStyle, Severity};
use wxlicense::report::TableStyle;
#[cfg(feature = "batch")]
use wxlicense::report::{Document, draw_table};

use super::failure::Failure;
use super::progress::Progress;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// State that every command shares: the language, how problems are reported, and the files that were read.
pub struct Session {
    catalog: Catalog,
    message_format: MessageFormat,
    allows_outside: bool,
    is_incomplete: Cell<bool>,
    inputs: RefCell<Vec<PathBuf>>,
    provider: RefCell<Option<String>>,
}

/// Width if neither a terminal nor `COLUMNS` gives one.
const USUAL_WIDTH: usize = 100;

impl Session {
    /// Creates the session of this process.
    pub fn new(lang: Option<Lang>, color: ColorChoice, message_format: MessageFormat) -> Session {
        match color {
            ColorChoice::Auto if is_force_off() && !is_terminal() => {
                anstream::ColorChoice::Never.write_global()
            }
            ColorChoice::Auto => {}
            ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
            ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
        }
        Session {
            catalog: Catalog::new(lang.unwrap_or_else(lang_of_locale)),
            message_format,
            allows_outside: false,
            is_incomplete: Cell::default(),
            inputs: RefCell::default(),
            provider: RefCell::default(),
        }
    }

    /// Lets a plan name files that are not below its folder.
    pub fn allow_outside(&mut self) {
        self.allows_outside = true;
    }

    /// Returns true if a plan may name files that are not below its folder.
    pub fn allows_outside(&self) -> bool {
        self.allows_outside
    }

    /// Records that a part of the input could not be read, which the result leaves out.
    pub fn note_incomplete(&self) {
        self.is_incomplete.set(true);
    }

    /// Returns true if a part of the input could not be read.
    pub fn is_incomplete(&self) -> bool {
        self.is_incomplete.get()
    }

    /// Records a file that was read, so that no result replaces it.
    pub fn note_input(&self, path: &Path) {
        self.inputs.borrow_mut().push(path.to_owned());
    }

    /// Returns the files that were read.
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.inputs.borrow().clone()
    }

    /// Records the provider whose plan was read, who presents the result.
    pub fn note_provider(&self, name: Option<&str>) {
        *self.provider.borrow_mut() = name.map(str::to_owned);
    }

    /// Returns the provider who presents the result.
    pub fn provider(&self) -> Option<String> {
        self.provider.borrow().clone()
    }

    /// Returns the texts of the language.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Returns the style of tables on standard output.
    pub fn table_style(&self) -> TableStyle {
        let stdout = std::io::stdout();
        let color = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        TableStyle { width: stdout_width(), color }
    }

    /// Runs work that may take long, with a progress spinner on a terminal. The work must write nothing
    /// itself.
    pub fn busy<T>(&self, with: &'static str, work: impl FnOnce() -> T) -> T {
        let _progress = Progress::start(|| self.catalog.word(with));
        work()
    }

    /// Writes a message to standard error.
    pub fn report_note(&self, message: &Message) {
        self.write_stderr(&self.message_format.render_remark(&self.catalog.text(message)));
    }

    /// Reports success on standard error; in no format is that an annotation.
    pub fn report_success(&self, message: &Message) {
        self.write_stderr(&self.message_format.render_outcome(&self.catalog.text(message)));
    }

    /// Reports why the answer is "no": for a person in sentences, otherwise as problems.
    pub fn report_refusal(&self, reasons: &[Diagnostic]) {
        match self.is_for_person() {
            true => reasons.iter().for_each(|reason| self.report_note(&reason.message())),
            false => self.report(reasons),
        }
    }

    /// Writes a document to standard error, as a table.
    #[cfg(feature = "batch")]
    pub fn report_document(&self, document: &Document) {
        let style = self.stderr_style();
        let style = TableStyle { width: style.width, color: style.color };
        self.write_stderr(draw_table(document, &self.catalog, style).trim_end());
    }

    fn stderr_style(&self) -> RenderStyle {
        let stderr = std::io::stderr();
        let color = anstream::AutoStream::choice(&stderr) != anstream::ColorChoice::Never;
        let terminal = terminal_size::terminal_size_of(&stderr).filter(|_| stderr.is_terminal());
        RenderStyle { width: width(terminal), color }
    }

    /// Returns true if the messages are for a person, not a program.
    pub fn is_for_person(&self) -> bool {
        self.message_format == MessageFormat::Human
    }

    /// Reports why a command has no answer.
    pub fn fail(&self, failure: &Failure) {
        match failure {
            Failure::Problems(problems) => self.report(problems),
            Failure::Other(error) => {
                self.write_stderr(&self.message_format.render_error(&format!("{error:#}")))
            }
        }
    }

    /// Writes problems to standard error; for a person with a blank line after each, and their number at the
    /// end.
    pub fn report(&self, diagnostics: &[Diagnostic]) {
        if diagnostics.is_empty() {
            return;
        }
        let style = self.stderr_style();
        let for_person = self.is_for_person();
        let mut stderr = BufWriter::new(anstream::stderr());
        let shown = if for_person { most_pressing(diagnostics) } else { diagnostics.iter().collect() };
        for diagnostic in &shown {
            let text = self.message_format.render(diagnostic, &self.catalog, style);
            let gap = if for_person { "\n" } else { "" };
            // Nobody reads a closed standard error.
            if writeln!(stderr, "{text}{gap}").is_err() {
                return;
            }
        }
        if stderr.flush().is_ok() && for_person {
            let hidden = diagnostics.len() - shown.len();
            if hidden > 0 {
                self.report_note(&Message::new("cli-more-problems").with("count", hidden));
            }
            self.report_note(&tally(diagnostics));
        }
    }

    /// Returns a problem as it is reported.
    #[cfg(feature = "parquet")]
    pub fn rendered(&self, problem: &Diagnostic) -> String {
        self.message_format.render(problem, &self.catalog, self.stderr_style())
    }

    /// Writes to standard error; a closed one is not an error, since nobody reads it.
    fn write_stderr(&self, text: &str) {
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

/// Returns true if the environment says not to force colours, which the crate of the streams takes for the opposite.
fn is_force_off() -> bool {
    std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value == "0")
}

/// Returns true if a person sees both streams.
fn is_terminal() -> bool {
    std::io::stdout().is_terminal() && std::io::stderr().is_terminal()
}

/// Largest number of problems shown to a person.
const MOST_SHOWN: usize = 200;

/// Returns all problems if they are few; if they are many, errors before warnings, up to [`MOST_SHOWN`].
fn most_pressing(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
    if shown.len() > MOST_SHOWN {
        shown.sort_by_key(|diagnostic| diagnostic.severity() != Severity::Error);
        shown.truncate(MOST_SHOWN);
    }
    shown
}

/// Returns how many errors and warnings there are.
pub fn tally(diagnostics: &[Diagnostic]) -> Message {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (_, 0) => Message::new("cli-errors").with("errors", errors),
        (0, _) => Message::new("cli-warnings").with("warnings", warnings),
        _ => Message::new("cli-errors-and-warnings").with("errors", errors).with("warnings", warnings),
    }
}

/// Returns the width of standard output in columns.
pub fn stdout_width() -> usize {
    let stdout = std::io::stdout();
    width(terminal_size::terminal_size_of(&stdout).filter(|_| stdout.is_terminal()))
}

fn width(terminal: Option<(terminal_size::Width, terminal_size::Height)>) -> usize {
    match terminal {
        Some((columns, _)) => usize::from(columns.0),
        None => std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(USUAL_WIDTH),
    }
}

/// Returns the language of the first variable that is set: the program's own, then POSIX's in their order.
pub fn lang_of_locale() -> Lang {
    ["WXLICENSE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .map_or(Lang::En, |locale| Lang::from_locale(&locale))
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;
    use wxlicense::diagnostic::Code;

    use super::*;

    #[test]
    fn of_many_problems_errors_are_shown_first() {
        let warning = Diagnostic::new(
            Code::VARIANTS.iter().copied().find(|code| code.severity() == Severity::Warning).unwrap(),
        );
        let mut problems = vec![warning; MOST_SHOWN];
        assert_eq!(most_pressing(&problems).len(), MOST_SHOWN);
        problems.push(Diagnostic::new(Code::BadDate));
        let shown = most_pressing(&problems);
        assert_eq!((shown.len(), shown[0].code), (MOST_SHOWN, Code::BadDate));
    }
}
