//! What every command shares: the language, the reporting of problems, and the files that were read. Begin with
//! [`Session::report`].

use std::cell::RefCell;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use wxlicense::diagnostic::lang::{Catalog, Lang, Message};
use wxlicense::diagnostic::{Diagnostic, MessageFormat, RenderStyle, Severity};
use wxlicense::report::TableStyle;

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

/// What every command shares: the language, how problems are reported, and the files that were read.
pub struct Session {
    catalog: Catalog,
    message_format: MessageFormat,
    inputs: RefCell<Vec<PathBuf>>,
}

/// Columns where no terminal and no `COLUMNS` says otherwise.
const USUAL_WIDTH: usize = 100;

impl Session {
    /// The session of this process.
    pub fn new(lang: Option<Lang>, color: ColorChoice, message_format: MessageFormat) -> Session {
        match color {
            ColorChoice::Auto => {}
            ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
            ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
        }
        Session {
            catalog: Catalog::new(lang.unwrap_or_else(lang_of_locale)),
            message_format,
            inputs: RefCell::default(),
        }
    }

    /// Remembers a file that was read, so that no result replaces it.
    pub fn note_input(&self, path: &Path) {
        self.inputs.borrow_mut().push(path.to_owned());
    }

    /// The files that were read.
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.inputs.borrow().clone()
    }

    /// The texts.
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// How to draw on standard output.
    pub fn table_style(&self) -> TableStyle {
        let stdout = std::io::stdout();
        let color = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        TableStyle { width: stdout_width(), color }
    }

    /// Does work that may last, with a progress spinner on a terminal. The work itself must write nothing.
    pub fn busy<T>(&self, with: &'static str, work: impl FnOnce() -> T) -> T {
        let _progress = Progress::start(|| self.catalog.word(with));
        work()
    }

    /// Writes a message to standard error.
    pub fn report_note(&self, message: &Message) {
        self.write_stderr(&self.message_format.render_remark(&self.catalog.text(message)));
    }

    /// Writes to standard error that all is well; in no format is that an annotation.
    pub fn report_success(&self, message: &Message) {
        self.write_stderr(&self.message_format.render_outcome(&self.catalog.text(message)));
    }

    /// Reports why the answer is "no": to a person in sentences, else as problems.
    pub fn report_refusal(&self, reasons: &[Diagnostic]) {
        match self.is_for_person() {
            true => reasons.iter().for_each(|reason| self.report_note(&reason.message())),
            false => self.report(reasons),
        }
    }

    /// Returns true where a person reads the messages, not a program.
    pub fn is_for_person(&self) -> bool {
        self.message_format == MessageFormat::Human
    }

    /// Reports why a command could not answer.
    pub fn fail(&self, failure: &Failure) {
        match failure {
            Failure::Problems(problems) => self.report(problems),
            Failure::Other(error) => {
                self.write_stderr(&self.message_format.render_error(&format!("{error:#}")))
            }
        }
    }

    /// Writes problems to standard error; for a person with a blank line after each, and their number at the end.
    pub fn report(&self, diagnostics: &[Diagnostic]) {
        if diagnostics.is_empty() {
            return;
        }
        let stderr = std::io::stderr();
        let color = anstream::AutoStream::choice(&stderr) != anstream::ColorChoice::Never;
        let terminal = terminal_size::terminal_size_of(&stderr).filter(|_| stderr.is_terminal());
        let style = RenderStyle { width: width(terminal), color };
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

    /// Nobody reads a closed standard error, so that its failure is no error.
    fn write_stderr(&self, text: &str) {
        let _ = writeln!(anstream::stderr(), "{text}");
    }
}

/// A person reads no more than these at once.
const MOST_SHOWN: usize = 200;

/// All of a few problems; of many, errors before warnings.
fn most_pressing(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut shown: Vec<&Diagnostic> = diagnostics.iter().collect();
    if shown.len() > MOST_SHOWN {
        shown.sort_by_key(|diagnostic| diagnostic.severity() != Severity::Error);
        shown.truncate(MOST_SHOWN);
    }
    shown
}

fn tally(diagnostics: &[Diagnostic]) -> Message {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error).count();
    let warnings = diagnostics.len() - errors;
    match (errors, warnings) {
        (_, 0) => Message::new("cli-errors").with("errors", errors),
        (0, _) => Message::new("cli-warnings").with("warnings", warnings),
        _ => Message::new("cli-errors-and-warnings").with("errors", errors).with("warnings", warnings),
    }
}

/// The columns of standard output.
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

/// The first of the variables that is set decides: the program's own, then POSIX's in their order.
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
