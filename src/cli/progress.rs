//! A sign of life on standard error while work goes on for longer than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Shown from the second second on until it is dropped, and then gone without a trace. Off a terminal there is
/// never anything.
pub struct Progress {
    /// Dropped first, which tells the thread to end.
    work: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins; `text` says what is going on, and is made on a terminal only.
    pub fn start(text: impl FnOnce() -> String) -> Progress {
        let stderr = std::io::stderr();
        if !stderr.is_terminal() || std::env::var_os("TERM").is_none_or(|terminal| terminal == "dumb") {
            return Progress { work: None, thread: None };
        }
        let ((work, ended), text) = (channel(), text());
        let shown = move || show(&ended, &mut std::io::stderr(), &text, PATIENCE);
        Progress { work: Some(work), thread: Builder::new().spawn(shown).ok() }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.work.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Work that is done sooner is not worth a word.
const PATIENCE: Duration = Duration::from_secs(1);

const STEP: Duration = Duration::from_millis(100);

const FRAMES: [char; 4] = ['|', '/', '-', '\\'];

/// A terminal that takes nothing is no reason to stop the work.
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
