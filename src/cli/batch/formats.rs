//! CSV or Parquet: by the ending of a file's name, on either side. Read [`Rows::open`] and [`price`] first.

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use wxlicense::batch::{BatchError, BatchOptions, Observer, Summary, price_rows};
use wxlicense::diagnostic::lang::Message;
use wxlicense::diagnostic::{Code, Diagnostic};

use super::unreadable;
use crate::cli::files::{is_special, names_stdout};
use crate::cli::input::source_name;

/// The rows to price.
pub enum Rows {
    Csv(Box<dyn Read + Send>),
    #[cfg(feature = "parquet")]
    Parquet(File),
}

/// The formats that a file of rows can have.
pub const KNOWN: &[&str] = if cfg!(feature = "parquet") { &["csv", "parquet"] } else { &["csv"] };

/// Returns true if the name of a file ends as that of a Parquet file does.
pub fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
}

/// Returns the problem of a file that a program without Parquet is to read or write.
pub fn not_built(path: &Path) -> Option<Diagnostic> {
    let not_built = || Diagnostic::new(Code::ParquetNotBuilt).with("file", path.display().to_string());
    (is_parquet(path) && !cfg!(feature = "parquet")).then(not_built)
}

impl Rows {
    /// Opens a file of rows, or standard input; its length is known of files.
    ///
    /// # Errors
    /// The file cannot be read, or is a stream of what cannot be read as one.
    pub fn open(path: &Path) -> Result<(Rows, Option<u64>), Diagnostic> {
        if names_stdout(path) {
            return Ok((Rows::Csv(Box::new(io::stdin())), None));
        }
        if is_parquet(path) && is_special(path) {
            return Err(Diagnostic::new(Code::SheetUnreadable)
                .with("file", source_name(path))
                .with("reason", Message::new("batch-parquet-stream"))
                .with("fix", Message::new("batch-fix-parquet-stream")));
        }
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
        match opened {
            Ok((metadata, _)) if metadata.is_dir() => Err(unreadable(path, &ErrorKind::IsADirectory.into())),
            #[cfg(feature = "parquet")]
            Ok((metadata, file)) if is_parquet(path) => Ok((Rows::Parquet(file), Some(metadata.len()))),
            Ok((metadata, file)) => {
                Ok((Rows::Csv(Box::new(file)), metadata.is_file().then_some(metadata.len())))
            }
            Err(error) => Err(unreadable(path, &error)),
        }
    }
}

/// Prices rows into an output, which is Parquet if the name of its path ends so.
#[cfg(feature = "parquet")]
pub fn price(
    rows: Rows,
    (output, path): (&mut (dyn Write + Send), &Path),
    observer: &mut (dyn Observer + Send),
    options: &BatchOptions<'_>,
) -> Result<Summary, BatchError> {
    use wxlicense::batch::parquet::{RowFormat, TEXT_BLOCK, price_into_parquet, price_parquet};
    match (rows, is_parquet(path)) {
        (Rows::Csv(input), false) => price_rows(input, output, observer, options),
        (Rows::Csv(input), true) => {
            let options = BatchOptions { block: TEXT_BLOCK, ..options.clone() };
            price_into_parquet(input, output, observer, &options)
        }
        (Rows::Parquet(file), false) => price_parquet(file, output, RowFormat::Csv, observer, options),
        (Rows::Parquet(file), true) => price_parquet(file, output, RowFormat::Parquet, observer, options),
    }
}

/// Prices rows into an output.
#[cfg(not(feature = "parquet"))]
pub fn price(
    rows: Rows,
    (output, _): (&mut (dyn Write + Send), &Path),
    observer: &mut (dyn Observer + Send),
    options: &BatchOptions<'_>,
) -> Result<Summary, BatchError> {
    let Rows::Csv(input) = rows;
    price_rows(input, output, observer, options)
}
