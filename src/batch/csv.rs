//! Rows of CSV. Read [`price_rows`] first.

use std::io::{Read, Write};

use encoding_rs::GB18030;

use super::blocks::{Block, Blocks};
use super::in_order::TextSink;
use super::layout::Layout;
use super::output::Output;
use super::price_block::{Done, Job, Reading, split_line_end};
use super::pricer::Pricer;
use super::text::Input;
use super::workers::{Source, Work, on_all_cores};
use super::{BatchError, BatchOptions, Observer, Summary, amounts, items};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::sheet::unreadable;
use crate::import::text::not_in_an_encoding;

/// Prices each row of an input, and writes it with its amounts to the output, which is UTF-8. The observer gets the rows
/// without a price. Nothing depends on the number of threads or the size of the blocks.
///
/// # Errors
/// [`BatchError`] if the input is no table with accounts, or something cannot be read or written. What was written
/// before is a part of the result, and not to be kept.
pub fn price_rows(
    input: impl Read + Send,
    output: &mut (dyn Write + Send),
    observer: &mut (dyn Observer + Send),
    options: &BatchOptions<'_>,
) -> Result<Summary, BatchError> {
    let Opened { blocks, layout, row, line_end, is_marked } = Opened::new(input, options)?;
    let pricer = Pricer::new(options, &layout)?;
    observer.headings(&layout.headings(&row)).map_err(BatchError::Observer)?;
    let mark: &[u8] = if is_marked { b"\xef\xbb\xbf" } else { b"" };
    let mut heading = [mark, &row].concat();
    push_added_headings(&mut heading, options.items, layout.delimiter, &line_end);
    output.write_all(&heading).map_err(BatchError::Write)?;
    let job = Job { options, layout: &layout, pricer: &pricer, line_end: &line_end };
    on_all_cores(blocks, &job, (TextSink(output), observer), &job, Blocks::encoding)
}

/// Appends the headings of what follows the columns of the input.
pub(super) fn push_added_headings(row: &mut Vec<u8>, items: bool, delimiter: u8, line_end: &[u8]) {
    for column in if items { items::COLUMNS } else { amounts::COLUMNS } {
        row.push(delimiter);
        row.extend_from_slice(column.as_bytes());
    }
    row.extend_from_slice(line_end);
}

/// An input whose headings are read.
pub(super) struct Opened<'n, R> {
    pub(super) blocks: Blocks<'n, R>,
    pub(super) layout: Layout,
    /// The row of the headings, without its line end.
    pub(super) row: Vec<u8>,
    pub(super) line_end: Vec<u8>,
    /// True if the input began with a byte-order mark.
    pub(super) is_marked: bool,
}

impl<'n, R: Read> Opened<'n, R> {
    pub(super) fn new(input: R, options: &BatchOptions<'n>) -> Result<Opened<'n, R>, BatchError> {
        let input = Input::new(input).map_err(BatchError::Read)?;
        if input.is_parquet {
            let reason = Message::new("batch-parquet");
            return Err(unreadable(options.name, reason, "batch-fix-parquet-ending").into());
        }
        let is_marked = input.marked;
        let mut blocks = Blocks::new(options.name, input, options.block);
        let Some((headings, line)) = blocks.headings()? else {
            return Err(unreadable(options.name, Message::new("batch-empty"), "batch-fix-headings").into());
        };
        let (row, line_end) = split_line_end(&headings);
        let line_end = if line_end.is_empty() { b"\n" } else { line_end };
        let layout = Layout::of(options.name, row, line)?;
        blocks.set_delimiter(layout.delimiter);
        Ok(Opened { layout, row: row.to_vec(), line_end: line_end.to_vec(), blocks, is_marked })
    }
}

impl<R: Read + Send> Source for Blocks<'_, R> {
    type Block = Block;

    fn index(&self) -> u64 {
        self.index
    }

    fn next(&mut self, block: &mut Block) -> Result<bool, BatchError> {
        self.read(block)
    }
}

impl Work for Job<'_> {
    type Block = Block;
    type Piece = Output;
    type Kept = Reading;

    fn kept(&self) -> Reading {
        self.reading()
    }

    fn price(
        &self,
        block: &mut Block,
        reading: &mut Reading,
        out: Output,
    ) -> Result<(Done<Output>, u64), BatchError> {
        let bytes = self.decode(block)?;
        let mut done = Done::new(self.pricer, out);
        self.price_text(block, reading, &mut done);
        Ok((done, bytes))
    }
}

impl Job<'_> {
    /// Turns the text of a block into UTF-8; returns how many bytes it was.
    pub(super) fn decode(&self, block: &mut Block) -> Result<u64, Diagnostic> {
        let bytes = block.text.len() as u64;
        if !block.is_gb18030 {
            return Ok(bytes);
        }
        let decode = |bytes| GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        let Some(text) = decode(&block.text) else {
            let bad = block.text.split(|byte| *byte == b'\n').position(|line| decode(line).is_none());
            let line = block.line + bad.unwrap_or_default() as u64;
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            return Err(not_in_an_encoding(self.options.name, line));
        };
        block.text = text.into_owned().into_bytes();
        Ok(bytes)
    }
}
