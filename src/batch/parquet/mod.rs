//! Parquet in place of CSV, as the input, the output or both. Read [`price_parquet`] and [`price_into_parquet`] first.
//!
//! `source` reads a file batch by batch, `columns` has what a price depends on, `text` its rows as CSV; `added` are the columns that
//! follow, and `sink` writes groups of rows. What is between them, threads and prices, is that of CSV.

mod added;
mod columns;
mod rows;
mod sink;
mod source;
mod text;

use std::io::{Read, Write};

use ::parquet::file::reader::ChunkReader;
use arrow_schema::{DataType, Field, FieldRef, Schema};
use std::sync::Arc;

use super::csv::{Opened, push_added_headings};
use super::in_order::TextSink;
use super::layout::Layout;
use super::price_block::Job;
use super::pricer::Pricer;
use super::workers::on_all_cores;
use super::{BatchError, BatchOptions, Counted, Observer, Summary};
use columns::Columns;
use rows::{FromText, IntoColumns, IntoText, Rows};
use source::Batches;
use text::{DELIMITER, TextColumns, heading_row};

/// Bytes of CSV that become a group of rows of Parquet: many times those of a block of CSV, since a group has to be worth its
/// description.
pub const TEXT_BLOCK: usize = 2 * 1024 * 1024;

/// The format of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFormat {
    /// Text, in UTF-8 with commas.
    Csv,
    /// Parquet, with the columns of the input as they are.
    Parquet,
}

/// The encoding that a summary names of a file that is no text.
const ENCODING: &str = "UTF-8";

/// Prices each row of a Parquet file, and writes it with its amounts. The observer gets the rows without a price. Nothing depends on
/// the number of threads.
///
/// # Errors
/// [`BatchError`] if the input is no Parquet file with accounts, its columns do not fit what they mean or the output, or something
/// cannot be read or written. What was written before is a part of the result, and not to be kept.
pub fn price_parquet(
    input: impl ChunkReader + 'static,
    output: &mut (dyn Write + Send),
    format: RowFormat,
    observer: &mut (dyn Observer + Send),
    options: &BatchOptions<'_>,
) -> Result<Summary, BatchError> {
    let (schema, batches) = Batches::open(options.name, input)?;
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let heading = heading_row(names.iter().map(String::as_str));
    let layout = Layout::of_names(options.name, names, DELIMITER, None)?;
    Columns::check(options.name, &layout, &schema)?;
    if format == RowFormat::Csv {
        TextColumns::check(options.name, &schema)?;
    }
    let pricer = Pricer::new(options, &layout)?;
    let job = Job { options, layout: &layout, pricer: &pricer, line_end: b"\n" };
    let mut headings = layout.headings(&heading);
    headings.counted = Counted::Rows;
    match format {
        RowFormat::Csv => {
            observer.headings(&headings).map_err(BatchError::Observer)?;
            let mut heading = heading;
            push_added_headings(&mut heading, options.items, DELIMITER, job.line_end);
            output.write_all(&heading).map_err(BatchError::Write)?;
            let work = Rows { job: &job, form: IntoText };
            on_all_cores(batches, &work, (TextSink(output), observer), &job, |_| ENCODING)
        }
        RowFormat::Parquet => {
            let (encoder, sink) = sink::start(options.name, &schema, options.items, output)?;
            observer.headings(&headings).map_err(BatchError::Observer)?;
            let work = Rows { job: &job, form: IntoColumns(&encoder) };
            on_all_cores(batches, &work, (sink, observer), &job, |_| ENCODING)
        }
    }
}

/// Prices each row of CSV, and writes it with its amounts as Parquet: the columns of the input as texts, of which empty ones are null.
/// The observer gets the rows without a price. Nothing depends on the number of threads; [`TEXT_BLOCK`] is a good size of blocks.
///
/// # Errors
/// As [`price_rows`](super::price_rows); two columns of one name besides.
pub fn price_into_parquet(
    input: impl Read + Send,
    output: &mut (dyn Write + Send),
    observer: &mut (dyn Observer + Send),
    options: &BatchOptions<'_>,
) -> Result<Summary, BatchError> {
    let Opened { blocks, layout, row, line_end, .. } = Opened::new(input, options)?;
    let field = |name: &String| Arc::new(Field::new(name, DataType::Utf8, true)) as FieldRef;
    let schema = Schema::new(layout.names.iter().map(field).collect::<Vec<FieldRef>>());
    let pricer = Pricer::new(options, &layout)?;
    let (encoder, sink) = sink::start(options.name, &schema, options.items, output)?;
    observer.headings(&layout.headings(&row)).map_err(BatchError::Observer)?;
    let job = Job { options, layout: &layout, pricer: &pricer, line_end: &line_end };
    let work = FromText { job: &job, encoder: &encoder, schema: Arc::new(schema) };
    on_all_cores(blocks, &work, (sink, observer), &job, |blocks| blocks.encoding())
}
