//! All rows of an input, on all cores. Each thread takes a block of rows, prices it, and waits for its turn to write it, so
//! that the order is that of the input, memory is a block or two a thread, and a block stays with the core that read it.
//! Read [`price_rows`] first.

use std::io::{Read, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use encoding_rs::GB18030;
use memchr::memchr;

use super::blocks::{Block, Blocks};
use super::layout::Layout;
use super::pricer::{Memo, Pricer};
use super::rows::{General, has, plain};
use super::summary::Sums;
use super::text::Input;
use super::{BatchError, BatchOptions, Observer, Rejected, Summary, amounts, items};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::sheet::unreadable;
use crate::import::text::not_in_an_encoding;

/// Prices each row of an input, and writes it with its amounts to the output, which is UTF-8. The observer gets the rows
/// without a price. Nothing depends on the number of threads.
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
    let mut blocks = Blocks::new(options.name, input);
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
    let sums = Sums::new(&pricer);
    let sink = Sink { output, observer, sums, next: 0, bytes: 0, stopped: false, error: None };
    let (sink, turn) = (Mutex::new(sink), Condvar::new());
    std::thread::scope(|scope| {
        for _ in 1..options.threads.get() {
            scope.spawn(|| job.work(&source, &sink, &turn));
        }
        job.work(&source, &sink, &turn);
    });
    let (sink, source) = (into_inner(sink), into_inner(source));
    if let Some(error) = sink.error {
        return Err(error);
    }
    sink.output.flush().map_err(BatchError::Write)?;
    sink.sums.summary(&pricer, source.blocks.encoding(), sink.stopped)
}

/// Where the blocks come from.
struct Source<'n, R> {
    blocks: Blocks<'n, R>,
    is_done: bool,
}

/// Where the rows go, block by block.
struct Sink<'s> {
    output: &'s mut (dyn Write + Send),
    observer: &'s mut (dyn Observer + Send),
    sums: Sums,
    /// Number of the block whose turn it is.
    next: u64,
    bytes: u64,
    /// True if no further block is wanted.
    stopped: bool,
    error: Option<BatchError>,
}

/// What all threads need.
struct Job<'j> {
    options: &'j BatchOptions<'j>,
    layout: &'j Layout,
    pricer: &'j Pricer<'j>,
    /// Line end of the headings, which a last row without one gets.
    line_end: &'j [u8],
}

/// What becomes of a block.
struct Done {
    out: Vec<u8>,
    rejected: Vec<Rejected>,
    sums: Sums,
}

/// What a thread keeps from row to row.
struct Reading {
    general: General,
    memo: Memo,
}

impl Job<'_> {
    fn work<R: Read>(&self, source: &Mutex<Source<'_, R>>, sink: &Mutex<Sink<'_>>, turn: &Condvar) {
        let mut block = Block { text: Vec::new(), index: 0, line: 0, has_quotes: false, is_gb18030: false };
        let mut reading = Reading { general: General::new(self.layout), memo: Memo::default() };
        let mut out = Vec::new();
        loop {
            let bytes = match lock(source).next(&mut block) {
                Ok(true) => block.text.len() as u64,
                Ok(false) => return,
                Err((index, error)) => return self.fail(sink, turn, index, error),
            };
            let mut done =
                Done { out: std::mem::take(&mut out), rejected: Vec::new(), sums: Sums::new(self.pricer) };
            let priced = self.decode(&mut block).map(|()| self.price(&block, &mut reading, &mut done));
            if let Err(problem) = priced {
                lock(source).is_done = true;
                return self.fail(sink, turn, block.index, problem.into());
            }
            let mut sink = wait_for(block.index, sink, turn);
            let goes_on = !sink.stopped && sink.take(&mut done, bytes, self.options.strict);
            turn.notify_all();
            drop(sink);
            if !goes_on {
                lock(source).is_done = true;
                return;
            }
            out = done.out;
            out.clear();
        }
    }

    /// Reports an error once all blocks before it are written.
    fn fail(&self, sink: &Mutex<Sink<'_>>, turn: &Condvar, index: u64, error: BatchError) {
        let mut sink = wait_for(index, sink, turn);
        if !sink.stopped {
            (sink.error, sink.stopped) = (Some(error), true);
        }
        turn.notify_all();
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

    /// Prices the rows of a block.
    fn price(&self, block: &Block, reading: &mut Reading, done: &mut Done) {
        let has_returns = memchr(b'\r', &block.text).is_some();
        let mut rest = block.text.as_slice();
        let mut line = block.line;
        while !rest.is_empty() {
            let mut end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            if block.has_quotes {
                end = self.row_end(rest, end);
            }
            let (whole, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
            let (row, line_end) = split_line_end(whole);
            let first_line = line;
            line += if block.has_quotes { memchr::memchr_iter(b'\n', whole).count() as u64 } else { 1 };
            rest = after;
            if row.is_empty() {
                continue;
            }
            let is_odd = (block.has_quotes && has(row, b'"')) || (has_returns && has(row, b'\r'));
            let line_end = if line_end.is_empty() { self.line_end } else { line_end };
            if let Err(reason) = self.row(row, line_end, is_odd, reading, done) {
                done.sums.rows += 1;
                done.sums.rejected += 1;
                done.rejected.push(Rejected { line: first_line, reason, row: row.to_vec() });
                if self.options.strict {
                    return;
                }
            }
        }
    }

    /// Returns the end of a row in which a line end may stand between quotation marks.
    fn row_end(&self, rest: &[u8], first: usize) -> usize {
        let line = rest.get(..first).unwrap_or_default();
        if !has(line, b'"') {
            return first;
        }
        super::blocks::row_end(rest, self.layout.delimiter).unwrap_or(rest.len())
    }

    #[inline]
    fn row(
        &self,
        row: &[u8],
        line_end: &[u8],
        is_odd: bool,
        reading: &mut Reading,
        done: &mut Done,
    ) -> Result<(), Message> {
        let values = if is_odd { None } else { plain(self.layout, row) };
        let values = match values {
            Some(values) => values,
            None => reading.general.read(self.layout, row)?,
        };
        let priced = self.pricer.price(&values, &mut reading.memo)?;
        let delimiter = self.layout.delimiter;
        if self.options.items {
            let Some((_, table)) = self.pricer.cards().get(priced.terms.card) else { return Ok(()) };
            let of = (table, &priced.purchase);
            items::push_items(&mut done.out, row, of, delimiter, line_end)
                .map_err(|error| Diagnostic::from(error).message())?;
        } else {
            done.out.extend_from_slice(row);
            let is_waived = priced.terms.waiver.is_some();
            amounts::push_amounts(&mut done.out, &priced.price, is_waived, delimiter, line_end);
        }
        done.sums.add(self.pricer, &priced);
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

impl Sink<'_> {
    /// Takes a block; false if it is the last one that is wanted.
    fn take(&mut self, done: &mut Done, bytes: u64, strict: bool) -> bool {
        self.next += 1;
        self.bytes += bytes;
        self.sums.merge(&done.sums);
        if let Err(error) = self.output.write_all(&done.out) {
            (self.error, self.stopped) = (Some(BatchError::Write(error)), true);
            return false;
        }
        self.stopped = strict && !done.rejected.is_empty();
        for rejected in done.rejected.drain(..) {
            if let Err(error) = self.observer.rejected(rejected) {
                (self.error, self.stopped) = (Some(BatchError::Observer(error)), true);
                return false;
            }
        }
        self.observer.progress(self.sums.rows, self.bytes);
        !self.stopped
    }
}

/// Returns the sink when it is the turn of a block, or no further one is wanted.
fn wait_for<'m, 's>(index: u64, sink: &'m Mutex<Sink<'s>>, turn: &Condvar) -> MutexGuard<'m, Sink<'s>> {
    let mut sink = lock(sink);
    while sink.next != index && !sink.stopped {
        sink = turn.wait(sink).unwrap_or_else(PoisonError::into_inner);
    }
    sink
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn into_inner<T>(mutex: Mutex<T>) -> T {
    mutex.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Splits a row from its line end, which is LF, CRLF or, at the end of an input, missing.
#[inline]
fn split_line_end(row: &[u8]) -> (&[u8], &[u8]) {
    let end = match row {
        [.., b'\r', b'\n'] => 2,
        [.., b'\n'] => 1,
        _ => 0,
    };
    row.split_at_checked(row.len() - end).unwrap_or((row, &[]))
}
