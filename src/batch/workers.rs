//! All rows of an input, on all cores. Each thread takes a block of rows, prices it and hands it in; memory is a few blocks a thread.
//! Read [`price_rows`] first.

use std::io::{ErrorKind, Read, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};

use encoding_rs::GB18030;

use super::blocks::{Block, Blocks};
use super::in_order::{InOrder, Writer};
use super::layout::Layout;
use super::price_block::{Done, Job, split_line_end};
use super::pricer::Pricer;
use super::summary::Sums;
use super::text::Input;
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
    let input = Input::new(input).map_err(BatchError::Read)?;
    let mark: &[u8] = if input.marked { b"\xef\xbb\xbf" } else { b"" };
    let mut blocks = Blocks::new(options.name, input, options.block);
    let Some((headings, line)) = blocks.headings()? else {
        return Err(unreadable(options.name, Message::new("batch-empty"), "batch-fix-headings").into());
    };
    let (row, line_end) = split_line_end(&headings);
    let line_end = if line_end.is_empty() { b"\n" } else { line_end };
    let layout = Layout::of(options.name, row, line)?;
    blocks.set_delimiter(layout.delimiter);
    let pricer = Pricer::new(options, &layout)?;
    observer.headings(&layout.headings(row)).map_err(BatchError::Observer)?;
    let mut heading = [mark, row].concat();
    for column in if options.items { items::COLUMNS } else { amounts::COLUMNS } {
        heading.push(layout.delimiter);
        heading.extend_from_slice(column.as_bytes());
    }
    heading.extend_from_slice(line_end);
    output.write_all(&heading).map_err(BatchError::Write)?;

    let job = Job { options, layout: &layout, pricer: &pricer, line_end };
    let source = Mutex::new(Source { blocks, is_done: false });
    let writer = Writer { output, observer, sums: Sums::new(&pricer), bytes: 0, strict: options.strict };
    let threads = options.threads.get();
    let sink = InOrder::new(writer, threads);
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| job.work(&source, &sink));
        }
        job.work(&source, &sink);
    });
    let (writer, stopped) = sink.finish()?;
    let encoding = lock(&source).blocks.encoding();
    let Some(writer) = writer else { return Err(BatchError::Write(ErrorKind::Other.into())) };
    writer.output.flush().map_err(BatchError::Write)?;
    writer.sums.summary(&pricer, encoding, stopped)
}

/// Where the blocks come from.
struct Source<'n, R> {
    blocks: Blocks<'n, R>,
    is_done: bool,
}

impl Job<'_> {
    /// Prices block after block, until there is none or no further one is wanted.
    fn work<R: Read>(&self, source: &Mutex<Source<'_, R>>, sink: &InOrder<'_>) {
        let mut block = Block { text: Vec::new(), index: 0, line: 0, has_quotes: false, is_gb18030: false };
        let mut reading = self.reading();
        loop {
            let (index, finished) = match lock(source).next(&mut block) {
                Ok(true) => (block.index, None),
                Ok(false) => return,
                Err((index, error)) => (index, Some(Err(error))),
            };
            let finished = finished.unwrap_or_else(|| {
                let bytes = block.text.len() as u64;
                self.decode(&mut block)?;
                let mut done =
                    Done { out: sink.buffer(), rejected: Vec::new(), sums: Sums::new(self.pricer) };
                self.price(&mut block, &mut reading, &mut done);
                Ok((done, bytes))
            });
            let has_failed = finished.is_err();
            if !sink.hand_in(index, finished) || has_failed {
                lock(source).is_done = true;
                return;
            }
        }
    }

    fn decode(&self, block: &mut Block) -> Result<(), Diagnostic> {
        if !block.is_gb18030 {
            return Ok(());
        }
        let decode = |bytes| GB18030.decode_without_bom_handling_and_without_replacement(bytes);
        let Some(text) = decode(&block.text) else {
            let bad = block.text.split(|byte| *byte == b'\n').position(|line| decode(line).is_none());
            let line = block.line + bad.unwrap_or_default() as u64;
            let line = usize::try_from(line).unwrap_or(usize::MAX);
            return Err(not_in_an_encoding(self.options.name, line));
        };
        block.text = text.into_owned().into_bytes();
        Ok(())
    }
}

impl<R: Read> Source<'_, R> {
    /// Reads the next block; false if there is none. Errors come with the number of the block that failed.
    fn next(&mut self, block: &mut Block) -> Result<bool, (u64, BatchError)> {
        if self.is_done {
            return Ok(false);
        }
        let index = self.blocks.index();
        let read = self.blocks.next(block);
        self.is_done = !matches!(read, Ok(true));
        read.map_err(|error| (index, error))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
