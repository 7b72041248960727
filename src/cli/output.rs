//! Writes results to standard output or files, in the formats that were asked for.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};
#[cfg(feature = "xlsx")]
use wxlicense::report::WorkbookError;
use wxlicense::report::{
    DrawError, DrawOptions, OutputFormat, TableStyle, View, draw_and_count_cuts, formats_of,
};

use super::Failure;
use super::files::{STDOUT, inputs_among, names_stdout, output_is_input, refuse_unwritable, write_files};
use super::session::Session;
use super::values;

/// Files and formats of a result.
#[derive(Args, Clone)]
pub struct OutputArgs {
    /// Format of the result: table, json, markdown, csv, xlsx, html or, of a calendar, ics [default: table]
    #[arg(long, value_name = "FORMAT", value_parser = values::one_of::<OutputFormat>(), hide_possible_values = true)]
    format: Option<OutputFormat>,

    /// Write the result to this file, in the format that its ending names; `-` is standard output; repeatable
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Show in full which facts the figures rest on, and who says so
    #[arg(long)]
    sources: bool,

    /// Begin CSV with a byte-order mark, so that Excel shows Chinese
    #[arg(long)]
    excel: bool,

    /// Replace files that exist
    #[arg(long)]
    force: bool,
}

/// Width of a table that is written to a file.
const FILE_WIDTH: usize = 100;

impl OutputArgs {
    /// Writes a result in the formats that were asked for.
    pub fn write(&self, session: &Session, view: &impl View) -> Result<(), Failure> {
        self.write_beside(session, view, None)
    }

    /// Writes the same with another file beside it: all files, or none.
    pub fn write_beside(
        &self,
        session: &Session,
        view: &impl View,
        beside: Option<(&Path, &[u8])>,
    ) -> Result<(), Failure> {
        self.refuse_excel_without_csv()?;
        let targets = self.targets(session, beside.map(|(path, _)| path))?;
        let provider = session.provider();
        let drawn: Result<Vec<_>, Diagnostic> = targets
            .iter()
            .map(|(path, format)| {
                let table = match names_stdout(path) {
                    true => session.table_style(),
                    false => TableStyle { width: FILE_WIDTH, color: false },
                };
                let options = DrawOptions {
                    table,
                    sources: self.sources,
                    provider: provider.as_deref(),
                    excel: self.excel,
                };
                drawn(view, *format, options, session)
            })
            .collect();
        let drawn = drawn?;
        let files: Vec<(&Path, &[u8])> = targets
            .iter()
            .zip(&drawn)
            .map(|((path, _), bytes)| (*path, bytes.as_slice()))
            .chain(beside)
            .collect();
        write_files(&files, self.force)
    }

    /// Takes the first file that ends in `.toml`, which is for a plan, from the files of the result.
    pub fn take_plan(&mut self) -> Option<PathBuf> {
        let ends =
            |path: &PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let index = self.files.iter().position(ends)?;
        Some(self.files.remove(index))
    }

    /// Returns true if a file was asked for.
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    /// Returns true if the result is written in this format, to a file or to standard output.
    pub fn asks_for(&self, format: OutputFormat) -> bool {
        self.paths().any(|path| self.format_of(path).is_ok_and(|of_path| of_path == format))
    }

    /// Returns the paths of the result: files, or standard output.
    fn paths(&self) -> impl Iterator<Item = &Path> {
        let stdout = self.files.is_empty().then_some(Path::new(STDOUT));
        self.files.iter().map(PathBuf::as_path).chain(stdout)
    }

    /// Returns the format that a file's extension names, or else `--format`. Errors if the two contradict
    /// each other, or there is neither.
    fn format_of(&self, path: &Path) -> Result<OutputFormat, Diagnostic> {
        if names_stdout(path) {
            return Ok(self.format.unwrap_or(OutputFormat::Table));
        }
        let file = || path.display().to_string();
        match (self.format, OutputFormat::from_path(path)) {
            (Some(asked), Some(named)) if asked != named => Err(Diagnostic::new(Code::FormatContradicted)
                .with("file", file())
                .with("asked", asked.as_str())
                .with("named", named.as_str())),
            (Some(format), _) | (None, Some(format)) => Ok(format),
            (None, None) => Err(Diagnostic::new(Code::UnknownFormat).with("file", file())),
        }
    }

    fn refuse_excel_without_csv(&self) -> Result<(), Diagnostic> {
        let formats: Vec<&str> =
            self.paths().filter_map(|path| self.format_of(path).ok()).map(OutputFormat::as_str).collect();
        if self.excel && !formats.is_empty() && !formats.contains(&OutputFormat::Csv.as_str()) {
            return Err(Diagnostic::new(Code::ExcelWithoutCsv).with("formats", formats));
        }
        Ok(())
    }

    /// Returns the paths with their formats. Errors, before anything is written, if any of them cannot be, or a file
    /// beside them.
    fn targets(
        &self,
        session: &Session,
        beside: Option<&Path>,
    ) -> Result<Vec<(&Path, OutputFormat)>, Vec<Diagnostic>> {
        let mut targets = Vec::new();
        let mut problems = Vec::new();
        for path in self.paths() {
            match self.format_of(path) {
                Ok(format) if format.is_binary() && names_stdout(path) && std::io::stdout().is_terminal() => {
                    problems
                        .push(Diagnostic::new(Code::FormatNotForTerminal).with("format", format.as_str()));
                }
                Ok(format) => targets.push((path, format)),
                Err(problem) => problems.push(problem),
            }
        }
        let paths: Vec<&Path> = self.paths().chain(beside).collect();
        let inputs = inputs_among(&paths, &session.inputs());
        problems.extend(inputs.iter().map(|path| output_is_input(path)));
        let others: Vec<&Path> = paths.into_iter().filter(|path| !inputs.contains(path)).collect();
        if let Err(unwritable) = refuse_unwritable(&others, self.force) {
            problems.extend(unwritable);
        }
        if problems.is_empty() { Ok(targets) } else { Err(problems) }
    }
}

/// Draws a result, and reports what its format cannot hold in full.
pub fn drawn(
    view: &impl View,
    format: OutputFormat,
    options: DrawOptions<'_>,
    session: &Session,
) -> Result<Vec<u8>, Diagnostic> {
    let drawn = session
        .busy("cli-drawing", || draw_and_count_cuts(view, format, session.catalog(), options))
        .map_err(|error| draw_problem(format, &error, view))?;
    if drawn.cut_texts > 0 {
        session.report_note(&Message::new("xlsx-texts-cut").with("texts", drawn.cut_texts));
    }
    Ok(drawn.bytes)
}

/// Reports a result that cannot be drawn in a format.
fn draw_problem(format: OutputFormat, error: &DrawError, view: &impl View) -> Diagnostic {
    if let DrawError::NoSuchFormat { .. } = error {
        let known: Vec<&str> = formats_of(view).into_iter().map(OutputFormat::as_str).collect();
        return Diagnostic::new(Code::NoSuchFormat).with("format", format.as_str()).with("known", known);
    }
    #[cfg(feature = "xlsx")]
    if let DrawError::Xlsx(WorkbookError::TooManyCells { most }) = error {
        return Diagnostic::new(Code::WorkbookTooLarge).with("cells", *most);
    }
    Diagnostic::new(Code::NotDrawn).with("format", format.as_str()).with("reason", error.to_string())
}
