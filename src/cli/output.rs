//! Writing results: to standard output, or files, in the forms that were asked for.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use serde::Serialize;
use strum::VariantArray;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::report::{Detail, DrawError, DrawOptions, OutputFormat, Report, TableStyle, draw};

use super::Failure;
use super::files::{STDOUT, inputs_among, names_stdout, refuse_unwritable, write_files};
use super::session::Session;
use super::values;

/// Where a result goes, and in which form.
#[derive(Args)]
pub struct OutputArgs {
    /// Form of the result: table, json, markdown, csv, xlsx, html or, of a calendar, ics [default: table]
    #[arg(long, value_name = "FORM", value_parser = values::one_of::<OutputFormat>(), hide_possible_values = true)]
    format: Option<OutputFormat>,

    /// Write the result to this file, in the form that its ending names; `-` is standard output; repeatable
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    files: Vec<PathBuf>,

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
    /// Writes a result in the forms that were asked for: `report` is drawn, `json` is what programs read.
    pub fn write<T: Serialize>(
        &self,
        session: &Session,
        report: impl Fn(Detail) -> Report,
        json: impl Fn() -> T,
    ) -> Result<(), Failure> {
        self.write_with(session, false, report, json)
    }

    /// The same, where tables are asked to have charts.
    pub fn write_with<T: Serialize>(
        &self,
        session: &Session,
        charts: bool,
        report: impl Fn(Detail) -> Report,
        json: impl Fn() -> T,
    ) -> Result<(), Failure> {
        let draw_one = |form: OutputFormat, table: TableStyle| -> Result<Vec<u8>, Failure> {
            if form == OutputFormat::Json {
                return Ok(
                    (serde_json::to_string_pretty(&json()).context("cannot write JSON")? + "\n").into_bytes()
                );
            }
            let options = DrawOptions { table, excel: self.excel };
            Ok(draw(&report(form.extent()), form, session.catalog(), options)
                .map_err(|error| draw_problem(form, &error))?)
        };
        self.refuse_excel_without_csv()?;
        let targets = self.targets(session)?;
        let drawn: Result<Vec<_>, Failure> = targets
            .iter()
            .map(|(path, form)| {
                let style = match names_stdout(path) {
                    true => TableStyle { charts, ..session.table_style() },
                    false => TableStyle { width: FILE_WIDTH, color: false, charts },
                };
                session.busy("cli-drawing", || draw_one(*form, style))
            })
            .collect();
        let drawn = drawn?;
        let files: Vec<(&Path, &[u8])> =
            targets.iter().zip(&drawn).map(|((path, _), bytes)| (*path, bytes.as_slice())).collect();
        write_files(&files, self.force)
    }

    /// Whether the result is written in this form, to a file or to standard output.
    pub fn asks_for(&self, form: OutputFormat) -> bool {
        self.places().any(|place| self.form_of(place).is_ok_and(|of_place| of_place == form))
    }

    /// The places that the result goes to.
    fn places(&self) -> impl Iterator<Item = &Path> {
        let stdout = self.files.is_empty().then_some(Path::new(STDOUT));
        self.files.iter().map(PathBuf::as_path).chain(stdout)
    }

    /// The form that a file's ending names, or else `--format`; the two must not contradict each other.
    fn form_of(&self, place: &Path) -> Result<OutputFormat, Diagnostic> {
        if names_stdout(place) {
            return Ok(self.format.unwrap_or(OutputFormat::Table));
        }
        let file = || place.display().to_string();
        match (self.format, OutputFormat::from_path(place)) {
            (Some(asked), Some(named)) if asked != named => Err(Diagnostic::new(Code::FormContradicted)
                .with("file", file())
                .with("asked", asked.as_str())
                .with("named", named.as_str())),
            (Some(form), _) | (None, Some(form)) => Ok(form),
            (None, None) => Err(Diagnostic::new(Code::UnknownForm).with("file", file())),
        }
    }

    fn refuse_excel_without_csv(&self) -> Result<(), Diagnostic> {
        let forms: Vec<&str> =
            self.places().filter_map(|place| self.form_of(place).ok()).map(OutputFormat::as_str).collect();
        if self.excel && !forms.is_empty() && !forms.contains(&OutputFormat::Csv.as_str()) {
            return Err(Diagnostic::new(Code::ExcelWithoutCsv).with("forms", forms));
        }
        Ok(())
    }

    /// The places with their forms. What cannot be written is refused before anything is.
    fn targets(&self, session: &Session) -> Result<Vec<(&Path, OutputFormat)>, Vec<Diagnostic>> {
        let mut targets = Vec::new();
        let mut problems = Vec::new();
        for place in self.places() {
            match self.form_of(place) {
                Ok(form) if form.is_binary() && names_stdout(place) && std::io::stdout().is_terminal() => {
                    problems.push(Diagnostic::new(Code::FormNotForTerminal).with("form", form.as_str()));
                }
                Ok(form) => targets.push((place, form)),
                Err(problem) => problems.push(problem),
            }
        }
        let paths: Vec<&Path> = self.places().collect();
        let inputs = inputs_among(&paths, &session.inputs());
        problems.extend(
            inputs
                .iter()
                .map(|path| Diagnostic::new(Code::OutputIsInput).with("file", path.display().to_string())),
        );
        let others: Vec<&Path> = paths.into_iter().filter(|path| !inputs.contains(path)).collect();
        if let Err(unwritable) = refuse_unwritable(&others, self.force) {
            problems.extend(unwritable);
        }
        if problems.is_empty() { Ok(targets) } else { Err(problems) }
    }
}

fn draw_problem(form: OutputFormat, error: &DrawError) -> Diagnostic {
    match error {
        DrawError::NoSuchForm { form } => {
            let others = OutputFormat::VARIANTS.iter().filter(|other| *other != form);
            let known: Vec<&str> = others.map(|form| form.as_str()).collect();
            Diagnostic::new(Code::NoSuchForm).with("form", form.as_str()).with("known", known)
        }
        other => not_drawn(form, other.to_string()),
    }
}

fn not_drawn(form: OutputFormat, reason: String) -> Diagnostic {
    Diagnostic::new(Code::NotDrawn).with("form", form.as_str()).with("reason", reason)
}
