//! Blocks that threads finish in any order, written in the order of the input. Read [`InOrder::hand_in`] first.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::output::Output;
use super::price_block::Done;
use super::summary::Sums;
use super::{BatchError, Observer};

/// An output, which takes what became of one block after the other.
pub(super) trait Sink: Send {
    /// What becomes of a block.
    type Piece: Default + Send;

    /// Writes what became of a block, and empties it so that it can be used again.
    fn write(&mut self, piece: &mut Self::Piece) -> Result<(), BatchError>;

    /// Completes the output.
    fn finish(self) -> Result<(), BatchError>;
}

/// An output of text.
pub(super) struct TextSink<'s>(pub(super) &'s mut (dyn Write + Send));

impl Sink for TextSink<'_> {
    type Piece = Output;

    fn write(&mut self, piece: &mut Output) -> Result<(), BatchError> {
        self.0.write_all(piece.written()).map_err(BatchError::Write)?;
        piece.clear();
        Ok(())
    }

    fn finish(self) -> Result<(), BatchError> {
        self.0.flush().map_err(BatchError::Write)
    }
}

/// Where finished blocks go. The thread that hands in the block whose turn it is writes it, and those that came before their
/// turn; the others go on with further blocks meanwhile, until a few wait.
pub(super) struct InOrder<'s, S: Sink> {
    state: Mutex<State<'s, S>>,
    changed: Condvar,
    /// Blocks that may wait for their turn.
    most_waiting: usize,
}

/// A block that is finished, with the bytes of its input, or the reason why there is none.
pub(super) type Finished<P> = Result<(Done<P>, u64), BatchError>;

struct State<'s, S: Sink> {
    /// Number of the block whose turn it is.
    next: u64,
    waiting: BTreeMap<u64, Finished<S::Piece>>,
    /// `None` while a thread writes.
    writer: Option<Writer<'s, S>>,
    /// Buffers to be used again.
    spare: Vec<S::Piece>,
    /// True if no further block is wanted.
    stopped: bool,
    error: Option<BatchError>,
}

/// What takes the blocks in their order.
pub(super) struct Writer<'s, S> {
    pub(super) sink: S,
    pub(super) observer: &'s mut (dyn Observer + Send),
    pub(super) sums: Sums,
    /// Bytes of the input that are done.
    pub(super) bytes: u64,
    /// Stop at the first row without a price.
    pub(super) strict: bool,
}

impl<'s, S: Sink> InOrder<'s, S> {
    pub(super) fn new(writer: Writer<'s, S>, threads: usize) -> InOrder<'s, S> {
        let state = State {
            next: 0,
            waiting: BTreeMap::new(),
            writer: Some(writer),
            spare: Vec::new(),
            stopped: false,
            error: None,
        };
        InOrder { state: Mutex::new(state), changed: Condvar::new(), most_waiting: threads * 2 }
    }

    /// Returns a buffer for a block.
    pub(super) fn buffer(&self) -> S::Piece {
        lock(&self.state).spare.pop().unwrap_or_default()
    }

    /// Takes the block of a number, and writes what can be written; false if no further block is wanted.
    pub(super) fn hand_in(&self, index: u64, finished: Finished<S::Piece>) -> bool {
        let mut state = lock(&self.state);
        state.waiting.insert(index, finished);
        loop {
            if state.stopped {
                state.waiting.clear();
                self.changed.notify_all();
                return false;
            }
            if let Some(mut writer) = state.writer.take() {
                let next = state.next;
                let Some(finished) = state.waiting.remove(&next) else {
                    state.writer = Some(writer);
                    if self.may_go_on(&state) {
                        return true;
                    }
                    state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                    continue;
                };
                drop(state);
                let written = writer.take(finished);
                state = lock(&self.state);
                state.next += 1;
                state.writer = Some(writer);
                match written {
                    Ok((buffer, goes_on)) => {
                        state.stopped = !goes_on;
                        state.spare.push(buffer);
                    }
                    Err(error) => (state.stopped, state.error) = (true, Some(error)),
                }
                self.changed.notify_all();
            } else if self.may_go_on(&state) {
                return true;
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Returns what took the blocks, and true if it was stopped by a row without a price.
    ///
    /// # Errors
    /// The first error that was handed in or that writing met.
    pub(super) fn finish(self) -> Result<(Option<Writer<'s, S>>, bool), BatchError> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.error {
            Some(error) => Err(error),
            None => Ok((state.writer, state.stopped)),
        }
    }

    fn may_go_on(&self, state: &State<'_, S>) -> bool {
        state.waiting.len() <= self.most_waiting
    }
}

impl<S: Sink> Writer<'_, S> {
    /// Writes a block; returns its buffer, and false if it is the last one that is wanted.
    fn take(&mut self, finished: Finished<S::Piece>) -> Result<(S::Piece, bool), BatchError> {
        let (Done { mut out, rejected, sums }, bytes) = finished?;
        self.bytes += bytes;
        self.sums.merge(&sums);
        self.sink.write(&mut out)?;
        let goes_on = !self.strict || rejected.is_empty();
        for rejected in rejected {
            self.observer.rejected(rejected).map_err(BatchError::Observer)?;
        }
        self.observer.progress(self.sums.rows, self.bytes);
        Ok((out, goes_on))
    }
}

fn lock<'m, 's, S: Sink>(mutex: &'m Mutex<State<'s, S>>) -> MutexGuard<'m, State<'s, S>> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
