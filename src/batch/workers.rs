//! All blocks of an input, on all cores. Each thread takes a block, prices it and hands it in; memory is a few blocks a thread.
//! Read [`on_all_cores`] first.

use std::io::ErrorKind;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

use super::in_order::{InOrder, Sink, Writer};
use super::price_block::{Done, Job};
use super::summary::Sums;
use super::{BatchError, Observer, Summary};

/// Where blocks come from.
pub(super) trait Source: Send {
    /// Rows that one thread prices.
    type Block: Default;

    /// Returns the number of the next block, from 0.
    fn index(&self) -> u64;

    /// Replaces a block by the next one; false at the end.
    fn next(&mut self, block: &mut Self::Block) -> Result<bool, BatchError>;
}

/// How a block is priced.
pub(super) trait Work: Sync {
    type Block;
    type Piece;
    /// What a thread keeps from block to block.
    type Kept;

    fn kept(&self) -> Self::Kept;

    /// Prices the rows of a block, until one has no price if the batch is strict. Returns what becomes of them, with the bytes of
    /// the input that they take.
    fn price(
        &self,
        block: &mut Self::Block,
        kept: &mut Self::Kept,
        piece: Self::Piece,
    ) -> Result<(Done<Self::Piece>, u64), BatchError>;
}

/// Prices all blocks of a source and completes the output. Nothing depends on the number of threads.
///
/// # Errors
/// The first that reading, writing or the observer met.
pub(super) fn on_all_cores<S, W, O>(
    mut source: S,
    work: &W,
    (sink, observer): (O, &mut (dyn Observer + Send)),
    job: &Job<'_>,
    encoding: impl FnOnce(&S) -> &'static str,
) -> Result<Summary, BatchError>
where
    S: Source,
    W: Work<Block = S::Block, Piece = O::Piece>,
    O: Sink,
{
    let strict = job.options.strict;
    let writer = Writer { sink, observer, sums: Sums::new(job.pricer), bytes: 0, strict };
    let threads = job.options.threads.get();
    let sink = InOrder::new(writer, threads);
    let queue = Mutex::new(Queue { source: &mut source, is_done: false });
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // With fewer threads than asked for it takes longer, and the result is the same.
            let started = Builder::new().spawn_scoped(scope, || run(&queue, work, &sink));
            if started.is_err() {
                break;
            }
        }
        run(&queue, work, &sink);
    });
    let (writer, stopped) = sink.finish()?;
    let Some(writer) = writer else { return Err(BatchError::Write(ErrorKind::Other.into())) };
    writer.sink.finish()?;
    writer.sums.summary(job.pricer, encoding(&source), stopped)
}

/// The blocks that no thread has taken yet.
struct Queue<'q, S> {
    source: &'q mut S,
    is_done: bool,
}

/// Prices block after block, until there is none or no further one is wanted.
fn run<S, W, O>(queue: &Mutex<Queue<'_, S>>, work: &W, sink: &InOrder<'_, O>)
where
    S: Source,
    W: Work<Block = S::Block, Piece = O::Piece>,
    O: Sink,
{
    let mut block = S::Block::default();
    let mut kept = work.kept();
    loop {
        let (index, finished) = match lock(queue).next(&mut block) {
            (index, Ok(true)) => (index, work.price(&mut block, &mut kept, sink.buffer())),
            (_, Ok(false)) => return,
            (index, Err(error)) => (index, Err(error)),
        };
        let has_failed = finished.is_err();
        if !sink.hand_in(index, finished) || has_failed {
            lock(queue).is_done = true;
            return;
        }
    }
}

impl<S: Source> Queue<'_, S> {
    /// Reads the next block, and returns its number, which errors have too; false if there is none.
    fn next(&mut self, block: &mut S::Block) -> (u64, Result<bool, BatchError>) {
        let index = self.source.index();
        if self.is_done {
            return (index, Ok(false));
        }
        let read = self.source.next(block);
        self.is_done = !matches!(read, Ok(true));
        (index, read)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
