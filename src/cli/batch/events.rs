//! What a batch tells while it goes on: rows without a price, and how far it is. Read [`Events::receive`] first.

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use wxlicense::batch::{Counted, Headings, Observer, Rejected};
use wxlicense::diagnostic::lang::{Arg, Message};

use crate::cli::failure::Failure;
use crate::cli::files::unwritable;
use crate::cli::session::Session;
use crate::cli::stream::Stream;

/// Something that a batch tells.
pub enum Event {
    Headings(Headings),
    Rejected(Rejected),
    Progress { rows: u64, bytes: u64 },
}

/// Sends what a batch tells to another thread.
pub struct Forward {
    pub sender: SyncSender<Event>,
    /// True if somebody watches.
    pub progress: bool,
}

impl Forward {
    fn send(&self, event: Event) -> io::Result<()> {
        self.sender.send(event).map_err(|_| ErrorKind::Interrupted.into())
    }
}

impl Observer for Forward {
    fn headings(&mut self, headings: &Headings) -> io::Result<()> {
        self.send(Event::Headings(headings.clone()))
    }

    fn rejected(&mut self, rejected: Rejected) -> io::Result<()> {
        self.send(Event::Rejected(rejected))
    }

    fn progress(&mut self, rows: u64, bytes: u64) {
        if self.progress {
            // Whoever has gone away is told by the next row without a price, or does not mind.
            let _ = self.sender.try_send(Event::Progress { rows, bytes });
        }
    }
}

/// Takes what a batch tells: rows without a price go to their file, or the first of them to standard error.
pub struct Events<'e> {
    session: &'e Session,
    name: &'e str,
    rejects: Option<BufWriter<Stream>>,
    delimiter: u8,
    counted: Counted,
    rejected: u64,
    progress: Option<ProgressBar>,
    started: Instant,
    /// What is told at the end, unless somebody watches.
    later: Vec<Message>,
}

/// Rows without a price that standard error shows.
const MOST_SHOWN: u64 = 20;

/// Columns that a note names.
const MOST_NAMED: usize = 20;

impl<'e> Events<'e> {
    /// Starts a batch of an input of a name and, where it is known, a length.
    pub fn new(
        session: &'e Session,
        name: &'e str,
        rejects: Option<Stream>,
        length: Option<u64>,
    ) -> Events<'e> {
        Events {
            session,
            name,
            rejects: rejects.map(BufWriter::new),
            delimiter: b',',
            counted: Counted::Lines,
            rejected: 0,
            progress: progress_bar(length),
            started: Instant::now(),
            later: Vec::new(),
        }
    }

    /// Returns true if there is a progress bar.
    pub fn shows_progress(&self) -> bool {
        self.progress.is_some()
    }

    /// Takes all events until the batch ends.
    ///
    /// # Errors
    /// The rejected rows cannot be written; the batch ends at the next one.
    pub fn receive(&mut self, events: Receiver<Event>) -> Result<(), Failure> {
        for event in events {
            match event {
                Event::Headings(headings) => self.headings(&headings),
                Event::Rejected(rejected) => self.rejected(&rejected),
                Event::Progress { rows, bytes } => {
                    self.show_progress(rows, bytes);
                    Ok(())
                }
            }
            .map_err(|error| self.unwritable(&error))?;
        }
        if let Some(progress) = &self.progress {
            progress.finish_and_clear();
        }
        Ok(())
    }

    /// Completes the file of the rejected rows, and reports how many there were.
    pub fn finish(mut self, force: bool) -> Result<(), Failure> {
        self.later.iter().for_each(|message| self.session.report_note(message));
        if let Some(mut rejects) = self.rejects.take() {
            let flushed =
                rejects.flush().and_then(|()| rejects.into_inner().map_err(|error| error.into_error()));
            let rejects = flushed.map_err(|error| self.unwritable(&error))?;
            let written = Message::new("batch-rejects-written")
                .with("count", usize::try_from(self.rejected).unwrap_or(usize::MAX))
                .with("figure", self.rejected)
                .with("file", rejects.path().display().to_string());
            rejects.publish(force)?;
            self.session.report_success(&written);
        } else if self.rejected > MOST_SHOWN {
            let more = Message::new("batch-more-rejected").with("count", self.rejected - MOST_SHOWN);
            self.session.report_note(&more);
        }
        Ok(())
    }

    fn headings(&mut self, headings: &Headings) -> io::Result<()> {
        (self.delimiter, self.counted) = (headings.delimiter, headings.counted);
        if !headings.copied.is_empty() {
            let mut names: Vec<Arg> =
                headings.copied.iter().take(MOST_NAMED).map(|name| name.as_str().into()).collect();
            if headings.copied.len() > MOST_NAMED {
                let more = Message::new("import-and-more").with("count", headings.copied.len() - MOST_NAMED);
                names.push(more.into());
            }
            let copied = Message::new("batch-copied").with("columns", Arg::List(names.into()));
            match self.progress {
                Some(_) => self.note(&copied),
                None => self.later.push(copied),
            }
        }
        let word = |id| self.session.catalog().word(id);
        let number = match self.counted {
            Counted::Lines => "batch-line-heading",
            Counted::Rows => "batch-row-heading",
        };
        let (line, reason) = (word(number), word("batch-reason-heading"));
        self.write_reject(line.as_bytes(), &reason, &headings.row)
    }

    fn rejected(&mut self, rejected: &Rejected) -> io::Result<()> {
        self.rejected += 1;
        if self.rejects.is_some() {
            let reason = self.session.catalog().text(&rejected.reason);
            return self.write_reject(rejected.line.to_string().as_bytes(), &reason, &rejected.row);
        }
        if self.rejected <= MOST_SHOWN {
            let id = match self.counted {
                Counted::Lines => "batch-line",
                Counted::Rows => "batch-row",
            };
            let shown = Message::new(id)
                .with("file", self.name)
                .with("line", rejected.line)
                .with("reason", rejected.reason.clone());
            self.note(&shown);
        }
        Ok(())
    }

    /// Writes a note above the progress bar.
    fn note(&self, message: &Message) {
        match &self.progress {
            Some(progress) => progress.suspend(|| self.session.report_note(message)),
            None => self.session.report_note(message),
        }
    }

    fn write_reject(&mut self, line: &[u8], reason: &str, row: &[u8]) -> io::Result<()> {
        let delimiter = [self.delimiter];
        let Some(rejects) = &mut self.rejects else { return Ok(()) };
        rejects.write_all(line)?;
        rejects.write_all(&delimiter)?;
        write!(rejects, "\"{}\"", reason.replace('"', "\"\""))?;
        rejects.write_all(&delimiter)?;
        rejects.write_all(row)?;
        rejects.write_all(b"\n")
    }

    fn show_progress(&self, rows: u64, bytes: u64) {
        let Some(progress) = &self.progress else { return };
        let passed = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        let rate = rows.saturating_mul(1000) / passed;
        progress.set_position(bytes);
        progress.set_message(
            self.session
                .catalog()
                .text(&Message::new("batch-progress").with("rows", rows).with("rate", rate)),
        );
    }

    fn unwritable(&self, error: &io::Error) -> Failure {
        let path = self.rejects.as_ref().map(|rejects| rejects.get_ref().path().to_owned());
        unwritable(&path.unwrap_or_default(), error).into()
    }
}

/// Returns a progress bar on a terminal; with the time left where the length is known.
fn progress_bar(length: Option<u64>) -> Option<ProgressBar> {
    if !io::stderr().is_terminal() || std::env::var_os("TERM").is_none_or(|terminal| terminal == "dumb") {
        return None;
    }
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::new_spinner(),
    };
    let template = if length.is_some() { "{bar:30} {percent}% {msg}, {eta}" } else { "{spinner} {msg}" };
    bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    Some(bar.with_style(ProgressStyle::with_template(template).ok()?))
}
