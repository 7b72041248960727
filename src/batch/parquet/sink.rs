//! A Parquet file that is written group by group: threads encode the groups, and the file takes them in the order of the input. Read
//! [`Encoder::encode`] first.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{FieldRef, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;

use super::added;
use crate::batch::BatchError;
use crate::batch::in_order::Sink;
use crate::diagnostic::lang::Message;
use crate::import::sheet::unreadable;

/// The file to write.
pub(super) struct ParquetSink<'s> {
    file: SerializedFileWriter<&'s mut (dyn Write + Send)>,
}

/// A group of rows, encoded: a chunk a column.
pub(super) type Encoded = Vec<ArrowColumnChunk>;

/// The columns of the file.
pub(super) struct Encoder {
    pub(super) schema: SchemaRef,
    writers: ArrowRowGroupWriterFactory,
}

/// Starts a file with columns like those of a schema and those that are added.
///
/// # Errors
/// Two columns would have one name, or the output cannot be written.
pub(super) fn start<'s>(
    name: &str,
    input: &Schema,
    items: bool,
    output: &'s mut (dyn Write + Send),
) -> Result<(Encoder, ParquetSink<'s>), BatchError> {
    let fields: Vec<FieldRef> = input.fields().iter().cloned().chain(added::fields(items)).collect();
    for (number, field) in fields.iter().enumerate() {
        if fields.iter().take(number).any(|other| other.name() == field.name()) {
            let reason = Message::new("batch-parquet-twice").with("column", field.name().as_str());
            return Err(unreadable(name, reason, "batch-fix-parquet-twice").into());
        }
    }
    let schema = Arc::new(Schema::new_with_metadata(fields, input.metadata().clone()));
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .build();
    let writer = ArrowWriter::try_new(output, schema.clone(), Some(properties));
    let started = writer.and_then(ArrowWriter::into_serialized_writer);
    let (file, writers) = started.map_err(unwritten)?;
    Ok((Encoder { schema, writers }, ParquetSink { file }))
}

impl Encoder {
    /// Encodes and compresses rows.
    pub(super) fn encode(&self, rows: &RecordBatch) -> Result<Encoded, BatchError> {
        let encode = || {
            let mut writers = self.writers.create_column_writers(0)?.into_iter();
            let mut chunks = Vec::new();
            for (field, column) in self.schema.fields().iter().zip(rows.columns()) {
                for leaf in compute_leaves(field, column)? {
                    let missing = || ParquetError::General("a column has no writer".to_owned());
                    let mut writer = writers.next().ok_or_else(missing)?;
                    writer.write(&leaf)?;
                    chunks.push(writer.close()?);
                }
            }
            Ok(chunks)
        };
        if rows.num_rows() == 0 { Ok(Vec::new()) } else { encode().map_err(unwritten) }
    }
}

impl Sink for ParquetSink<'_> {
    type Piece = Encoded;

    fn write(&mut self, piece: &mut Encoded) -> Result<(), BatchError> {
        if piece.is_empty() {
            return Ok(());
        }
        let mut write = || {
            let mut group = self.file.next_row_group()?;
            for chunk in piece.drain(..) {
                chunk.append_to_row_group(&mut group)?;
            }
            group.close()
        };
        write().map(drop).map_err(unwritten)
    }

    fn finish(self) -> Result<(), BatchError> {
        self.file.close().map(drop).map_err(unwritten)
    }
}

/// Returns the error of the system behind one of the encoder, if it is one.
fn unwritten(error: ParquetError) -> BatchError {
    BatchError::Write(match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    })
}

/// Returns the error of an array that does not fit its schema.
pub(super) fn unencoded(error: arrow_schema::ArrowError) -> BatchError {
    BatchError::Write(io::Error::other(error))
}
