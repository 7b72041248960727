//! Whether threads can be started: the crate that saves workbooks starts one a sheet, and panics where it cannot.

use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, scope};

/// Starts so many threads at the same time, and ends them.
///
/// # Errors
/// That of the first that cannot be started.
pub(super) fn probe(count: usize) -> io::Result<()> {
    let gate = Mutex::new(());
    let started = scope(|scope| {
        let closed = gate.lock().unwrap_or_else(PoisonError::into_inner);
        let started =
            (0..count).try_for_each(|_| Builder::new().spawn_scoped(scope, || drop(gate.lock())).map(drop));
        drop(closed);
        started
    });
    started.map_err(|error| io::Error::new(error.kind(), format!("no thread can be started: {error}")))
}
