//! Writing results: to standard output, or files, in the forms that were asked for.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use wxlicense::diagnostic::{Code, Diagnostic};
use wxlicense::report::{DrawError, DrawOptions, Extent, Form, Report, TableStyle, draw};

use super::Failure;
use super::files::{inputs_among, refuse_unwritable, write_files, write_stdout};
use super::session::Session;
use super::values::{self, Words};

/// Where a result goes, and in which form.
#[derive(Args)]
pub struct OutputArgs {
    /// Form of the result: table, json, markdown, csv, xlsx, html or ics [default: table]
    #[arg(long, value_name = "FORM", value_parser = values::one_of(forms()), hide_possible_values = true)]
    format: Option<Form>,

    /// Write the result to this file instead, in the form that its ending names; repeatable
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
        report: impl Fn(Extent) -> Report,
        json: impl Fn() -> T,
    ) -> Result<(), Failure> {
        self.write_with(session, false, report, json)
    }

    /// The same, where tables are asked to have charts.
    pub fn write_with<T: Serialize>(
        &self,
        session: &Session,
        charts: bool,
        report: impl Fn(Extent) -> Report,
        json: impl Fn() -> T,
    ) -> Result<(), Failure> {
        let draw_one = |form: Form, table: TableStyle| -> Result<Vec<u8>, Failure> {
            if form == Form::Json {
                return Ok((serde_json::to_string_pretty(&json()).map_err(json_problem)? + "\n").into_bytes());
            }
            let options = DrawOptions { table, excel: self.excel };
            Ok(draw(&report(form.extent()), form, session.catalog(), options)
                .map_err(|error| draw_problem(form, &error))?)
        };
        let drawn = |form, table| session.busy("cli-drawing", || draw_one(form, table));
        if self.files.is_empty() {
            let form = self.format.unwrap_or(Form::Table);
            if form.is_binary() && std::io::stdout().is_terminal() {
                return Err(Diagnostic::new(Code::FormNotForTerminal).with("form", form.word()).into());
            }
            return Ok(write_stdout(&drawn(form, TableStyle { charts, ..session.table_style() })?)?);
        }
        let targets = self.targets(session)?;
        let style = TableStyle { width: FILE_WIDTH, color: false, charts };
        let drawn: Result<Vec<_>, Failure> = targets.iter().map(|(_, form)| drawn(*form, style)).collect();
        let drawn = drawn?;
        let files: Vec<(&Path, &[u8])> =
            targets.iter().zip(&drawn).map(|((path, _), bytes)| (*path, bytes.as_slice())).collect();
        Ok(write_files(&files, self.force)?)
    }

    /// Whether the result is written in this form, to a file or to standard output.
    pub fn asks_for(&self, form: Form) -> bool {
        let of_file = |path: &PathBuf| self.format.or_else(|| Form::from_path(path)) == Some(form);
        if self.files.is_empty() { self.format == Some(form) } else { self.files.iter().any(of_file) }
    }

    /// The files with their forms. What cannot be written is refused before anything is.
    fn targets(&self, session: &Session) -> Result<Vec<(&Path, Form)>, Vec<Diagnostic>> {
        let mut targets = Vec::new();
        let mut problems = Vec::new();
        for path in &self.files {
            match self.format.or_else(|| Form::from_path(path)) {
                Some(form) => targets.push((path.as_path(), form)),
                None => {
                    problems.push(Diagnostic::new(Code::UnknownForm).with("file", path.display().to_string()))
                }
            }
        }
        let paths: Vec<&Path> = self.files.iter().map(PathBuf::as_path).collect();
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

fn draw_problem(form: Form, error: &DrawError) -> Diagnostic {
    match error {
        DrawError::NoSuchForm { form } => Diagnostic::new(Code::NoSuchForm).with("form", form.word()),
        other => not_drawn(form, other.to_string()),
    }
}

fn json_problem(error: serde_json::Error) -> Diagnostic {
    not_drawn(Form::Json, error.to_string())
}

fn not_drawn(form: Form, reason: String) -> Diagnostic {
    Diagnostic::new(Code::NotDrawn).with("form", form.word()).with("reason", reason)
}

fn forms() -> Words<Form> {
    Form::ALL.iter().map(|(form, word, _)| (*word, *form)).collect()
}
