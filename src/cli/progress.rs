//! A progress spinner on standard error, for work that goes on for longer than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
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
        let spinner = move || show(&ended, &mut std::io::stderr(), &text, PATIENCE);
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

/// Draws the spinner until the work ends; a terminal that cannot be written to does not stop the work.
fn show(ended: &Receiver<()>, terminal: &mut impl Write, text: &str, patience: Duration) {
    let begun = Instant::now();
    if ended.recv_timeout(patience) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    for frame in FRAMES.iter().cycle() {
        let _ = write!(terminal, "\r{frame} {text} {} s", begun.elapsed().as_secs());
        let _ = terminal.flush();
        if ended.recv_timeout(STEP) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    let _ = write!(terminal, "\r\x1b[K");
    let _ = terminal.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_shows_nothing() {
        let (work, ended) = channel();
        drop(work);
        let mut terminal = Vec::new();
        show(&ended, &mut terminal, "at work …", PATIENCE);
        assert_eq!(terminal, b"");
    }

    #[test]
    fn long_work_is_shown_and_wiped_away() {
        let (work, ended) = channel();
        let worker = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            drop(work);
        });
        let mut terminal = Vec::new();
        show(&ended, &mut terminal, "at work …", Duration::from_millis(1));
        worker.join().unwrap();
        let shown = String::from_utf8(terminal).unwrap();
        assert!(shown.starts_with("\r| at work … 0 s"), "{shown:?}");
        assert!(shown.ends_with("\r\x1b[K"), "{shown:?}");
    }
}
