//! A Parquet file as batches of rows. Read [`Batches::open`] first.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaData;
use parquet::file::reader::ChunkReader;

use crate::batch::BatchError;
use crate::batch::text::PARQUET;
use crate::batch::workers::Source;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::sheet::unreadable;

/// The rows of a file that are not read yet.
pub(super) struct Batches<'n> {
    name: &'n str,
    reader: ParquetRecordBatchReader,
    /// Number of the next batch, from 0.
    index: u64,
    /// Number of rows that were read.
    rows: u64,
    all_rows: u64,
    /// Bytes of the file.
    length: u64,
}

/// Rows of a file.
#[derive(Default)]
pub(super) struct Batch {
    /// `None` before one is read.
    pub(super) rows: Option<RecordBatch>,
    /// Number of the first row, from 1.
    pub(super) first: u64,
    /// Bytes of the file that they stand for.
    pub(super) bytes: u64,
}

/// Bytes of a batch that are aimed at, before compression: with what becomes of them, a few times as much.
const WANTED_BYTES: u64 = 4 * 1024 * 1024;

/// Fewest and most rows of a batch. Each becomes a group of rows of a Parquet output.
const ROWS: (u64, u64) = (1024, 64 * 1024);

impl<'n> Batches<'n> {
    /// Reads what a file says of itself at its end.
    ///
    /// # Errors
    /// It is no Parquet file, is not whole, or cannot be read.
    pub(super) fn open<R: ChunkReader + 'static>(
        name: &'n str,
        input: R,
    ) -> Result<(SchemaRef, Batches<'n>), BatchError> {
        let length = input.len();
        check_ends(name, &input, length)?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(input).map_err(|error| unread(name, error))?;
        check_chunks(name, builder.metadata(), length)?;
        let schema = builder.schema().clone();
        let all_rows = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or_default();
        let rows = rows_of_a_batch(builder.metadata());
        let reader =
            caught(name, || builder.with_batch_size(rows).build().map_err(|error| unread(name, error)))?;
        Ok((schema, Batches { name, reader, index: 0, rows: 0, all_rows, length }))
    }
}

impl Source for Batches<'_> {
    type Block = Batch;

    fn index(&self) -> u64 {
        self.index
    }

    fn next(&mut self, batch: &mut Batch) -> Result<bool, BatchError> {
        // The memory of the last batch is free before the next one takes some.
        batch.rows = None;
        let (name, reader) = (self.name, &mut self.reader);
        let read = caught(name, || reader.next().transpose().map_err(|error| undecoded(name, error)))?;
        let Some(rows) = read else { return Ok(false) };
        let done = |rows: u64| {
            let part = u128::from(self.length) * u128::from(rows) / u128::from(self.all_rows.max(1));
            u64::try_from(part).unwrap_or(u64::MAX)
        };
        let before = self.rows;
        let now = before + rows.num_rows() as u64;
        (batch.first, batch.bytes) = (before + 1, done(now) - done(before));
        batch.rows = Some(rows);
        self.rows = now;
        self.index += 1;
        Ok(true)
    }
}

/// Returns how many rows a batch has: the more, the fewer bytes each of them takes. It depends on the file alone.
fn rows_of_a_batch(metadata: &ParquetMetaData) -> usize {
    let groups = metadata.row_groups();
    let rows: i64 = groups.iter().map(|group| group.num_rows().max(0)).fold(0, i64::saturating_add);
    let bytes: i64 = groups.iter().map(|group| group.total_byte_size().max(0)).fold(0, i64::saturating_add);
    let (rows, bytes) = (rows.unsigned_abs(), bytes.unsigned_abs());
    let of_a_row = bytes.checked_div(rows).unwrap_or_default().max(1);
    let (fewest, most) = ROWS;
    usize::try_from((WANTED_BYTES / of_a_row).clamp(fewest, most)).unwrap_or(usize::MAX)
}

/// Refuses files that do not begin and end as Parquet does, since what decodes them would say something less plain.
fn check_ends(name: &str, input: &impl ChunkReader, length: u64) -> Result<(), BatchError> {
    let mark = PARQUET.len() as u64;
    let has_mark = |at: u64| match input.get_bytes(at, PARQUET.len()) {
        Ok(bytes) => Ok(bytes == PARQUET),
        Err(error) => Err(unread(name, error)),
    };
    let refuse = |reason| Err(unreadable(name, Message::new(reason), "batch-fix-parquet").into());
    if length < mark || !has_mark(0)? {
        return refuse("batch-not-parquet");
    }
    if length < mark * 2 || !has_mark(length - mark)? {
        return refuse("batch-parquet-cut");
    }
    Ok(())
}

/// Refuses a description of columns that are not within the file, of which the decoder would panic.
fn check_chunks(name: &str, metadata: &ParquetMetaData, length: u64) -> Result<(), Diagnostic> {
    let is_within = |start: i64, size: i64| {
        let end = u64::try_from(start).ok().zip(u64::try_from(size).ok());
        end.and_then(|(start, size)| start.checked_add(size)).is_some_and(|end| end <= length)
    };
    for group in metadata.row_groups() {
        let mut chunks = group.columns().iter();
        let is_valid = chunks.all(|chunk| {
            let start = chunk.dictionary_page_offset().unwrap_or(chunk.data_page_offset());
            is_within(start, chunk.compressed_size()) && is_within(chunk.data_page_offset(), 0)
        });
        if group.num_rows() < 0 || !is_valid {
            return Err(damaged(name, "a column is not within the file"));
        }
    }
    Ok(())
}

/// Does work of the decoder, which panics on some damaged files; nothing of it is used again then.
fn caught<T>(name: &str, work: impl FnOnce() -> Result<T, BatchError>) -> Result<T, BatchError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast::<String>().map(|text| *text);
        let text = text.or_else(|panic| panic.downcast::<&str>().map(|text| (*text).to_owned()));
        Err(damaged(name, &text.unwrap_or_default()).into())
    })
}

/// Returns what an error means: the system cannot read the file, or what it has is no valid Parquet.
fn unread(name: &str, error: ParquetError) -> BatchError {
    match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) if error.kind() != ErrorKind::UnexpectedEof => BatchError::Read(*error),
            Ok(error) => damaged(name, &error.to_string()).into(),
            Err(error) => damaged(name, &error.to_string()).into(),
        },
        ParquetError::General(text) | ParquetError::NYI(text) | ParquetError::EOF(text) => {
            damaged(name, &text).into()
        }
        other => damaged(name, &other.to_string()).into(),
    }
}

fn undecoded(name: &str, error: ArrowError) -> BatchError {
    match error {
        ArrowError::IoError(_, error) => BatchError::Read(error),
        ArrowError::ExternalError(error) => match error.downcast::<ParquetError>() {
            Ok(error) => unread(name, *error),
            Err(error) => damaged(name, &error.to_string()).into(),
        },
        ArrowError::ParquetError(text) => damaged(name, &text).into(),
        other => damaged(name, &other.to_string()).into(),
    }
}

/// Reports a file that is damaged or uses what the program cannot read, in the words of the decoder.
pub(super) fn damaged(name: &str, text: &str) -> Diagnostic {
    let reason = Message::new("batch-parquet-damaged").with("error", text);
    unreadable(name, reason, "batch-fix-parquet")
}
