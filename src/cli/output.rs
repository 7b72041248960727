//! Writing results: to standard output, or whole files.

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use clap::Args;
use serde::Serialize;
use wxlicense::report::{DrawOptions, Form, Report, TableStyle, draw};

use super::Failure;
use super::session::Session;

/// Where a result goes, and in which form.
#[derive(Args)]
pub struct OutputArgs {
    /// Form of the result: table, json, markdown, csv, xlsx, html or ics [default: table]
    #[arg(long, value_name = "FORM", value_parser = form)]
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
        report: impl Fn() -> Report,
        json: impl Fn() -> T,
    ) -> Result<(), Failure> {
        self.write_with(session, false, report, json)
    }

    /// The same, where tables are asked to have charts.
    pub fn write_with<T: Serialize>(
        &self,
        session: &Session,
        charts: bool,
        report: impl Fn() -> Report,
        json: impl Fn() -> T,
    ) -> Result<(), Failure> {
        let draw_one = |form: Form, table: TableStyle| -> anyhow::Result<Vec<u8>> {
            if form == Form::Json {
                return Ok((serde_json::to_string_pretty(&json())? + "\n").into_bytes());
            }
            Ok(draw(&report(), form, session.catalog(), DrawOptions { table, excel: self.excel })?)
        };
        let drawn = |form, table| session.busy("cli-drawing", || draw_one(form, table));
        if self.files.is_empty() {
            let form = self.format.unwrap_or(Form::Table);
            if form.is_binary() && std::io::stdout().is_terminal() {
                bail_to_file(form)?;
            }
            return Ok(write_stdout(&drawn(form, TableStyle { charts, ..session.table_style() })?)?);
        }
        for (path, form) in self.targets()? {
            let bytes = drawn(form, TableStyle { width: FILE_WIDTH, color: false, charts })?;
            write_file(path, &bytes, self.force)?;
        }
        Ok(())
    }

    /// The files with their forms. What cannot be written is refused before anything is.
    fn targets(&self) -> anyhow::Result<Vec<(&Path, Form)>> {
        self.files
            .iter()
            .map(|path| {
                let form = match (Form::from_path(path), self.format) {
                    (Some(form), None) => form,
                    (_, Some(form)) => form,
                    (None, None) => bail!(
                        "{}: no form has this ending; give --format, or an ending such as .json",
                        path.display()
                    ),
                };
                refuse_existing(path, self.force)?;
                Ok((path.as_path(), form))
            })
            .collect()
    }
}

/// Writes to standard output. A reader that has gone away is no error.
pub fn write_stdout(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("cannot write to standard output"),
    }
}

/// Writes a file whole or not at all. A device or a pipe is written as it is.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> anyhow::Result<()> {
    refuse_existing(path, force)?;
    let written = if is_special(path) { std::fs::write(path, bytes) } else { replace(path, bytes, force) };
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => anyhow::Error::new(error).context(format!("cannot write {}", path.display())),
    })
}

fn replace(path: &Path, bytes: &[u8], force: bool) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let temporary = builder.prefix(".wxlicense-").tempfile_in(folder);
    let mut file = temporary.map_err(|error| folder_error(folder, &error))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let persisted = if force { file.persist(path) } else { file.persist_noclobber(path) };
    persisted.map(drop).map_err(|error| error.error)
}

/// What a temporary file's error says of its folder; the name of the file itself would help nobody.
fn folder_error(folder: &Path, error: &io::Error) -> io::Error {
    std::fs::metadata(folder).err().unwrap_or_else(|| error.kind().into())
}

fn refuse_existing(path: &Path, force: bool) -> anyhow::Result<()> {
    if !force && path.exists() && !is_special(path) { Err(exists(path)) } else { Ok(()) }
}

fn exists(path: &Path) -> anyhow::Error {
    anyhow!("{} exists; --force replaces it", path.display())
}

fn is_special(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn bail_to_file(form: Form) -> anyhow::Result<()> {
    bail!("a workbook cannot be shown on a terminal; write it to a file: -o FILE.{}", form.word())
}

fn form(word: &str) -> Result<Form, String> {
    Form::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Form::ALL.iter().map(|(_, word, _)| *word).collect();
        format!("there are {}", words.join(", "))
    })
}
