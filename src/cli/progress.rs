//! A progress spinner on standard error, for work that goes on for longer than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Spinner that appears after one second and disappears without a trace when it is dropped. Shown on
/// terminals only.
pub struct Progress(Option<(Sender<()>, JoinHandle<()>)>);

impl Progress {
    /// Starts the spinner; `text` describes the work, and is computed on a terminal only.
    pub fn start(text: impl FnOnce() -> String) -> Progress {
        let stderr = std::io::stderr();
        if !stderr.is_terminal() || std::env::var_os("TERM").is_none_or(|terminal| terminal == "dumb") {
            return Progress(None);
        }
        let ((work, ended), text) = (channel(), text());
        let begun = Instant::now();
        let wait = move |time| ended.recv_timeout(time) != Err(RecvTimeoutError::Timeout);
        let spinner = move || show(wait, || begun.elapsed(), &mut std::io::stderr(), &text);
        Progress(Builder::new().spawn(spinner).ok().map(|thread| (work, thread)))
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((work, thread)) = self.0.take() {
            // The thread ends once its sender is gone.
            drop(work);
            let _ = thread.join();
        }
    }
}

/// Delay before the spinner appears.
const PATIENCE: Duration = Duration::from_secs(1);

const STEP: Duration = Duration::from_millis(100);

const FRAMES: [char; 4] = ['|', '/', '-', '\\'];

/// Draws the spinner until the work ends; a terminal that cannot be written to does not stop the work. `wait` returns
/// true if the work ends within a time, `elapsed` returns how long it has gone on.
fn show(
    mut wait: impl FnMut(Duration) -> bool,
    elapsed: impl Fn() -> Duration,
    terminal: &mut impl Write,
    text: &str,
) {
    if wait(PATIENCE) {
        return;
    }
    for frame in FRAMES.iter().cycle() {
        let _ = write!(terminal, "\r{frame} {text} {} s", elapsed().as_secs());
        let _ = terminal.flush();
        if wait(STEP) {
            break;
        }
    }
    let _ = write!(terminal, "\r\x1b[K");
    let _ = terminal.flush();
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Returns what the spinner draws while work goes on for some milliseconds.
    fn drawn(milliseconds: u64) -> String {
        let (work, now) = (Duration::from_millis(milliseconds), Cell::new(Duration::ZERO));
        let wait = |time| {
            now.set(now.get() + time);
            work <= now.get()
        };
        let mut terminal = Vec::new();
        show(wait, || now.get(), &mut terminal, "at work …");
        String::from_utf8(terminal).unwrap()
    }

    #[test]
    fn short_work_shows_nothing() {
        assert_eq!(drawn(1000), "");
    }

    #[test]
    fn long_work_is_shown_and_wiped_away() {
        assert_eq!(drawn(1200), "\r| at work … 1 s\r/ at work … 1 s\r\x1b[K");
        assert!(drawn(2050).ends_with("/ at work … 1 s\r- at work … 2 s\r\x1b[K"), "{:?}", drawn(2050));
    }
}
