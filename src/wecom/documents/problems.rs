//! Problems of one file, each with its line and its JSON pointer. No excerpt of the file is shown: one line can hold
//! the ids of 200 000 users. [`Problems`] comes first.

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use super::json::{Node, Path};
use super::model::Position;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::plan::ENTERPRISE;

/// Gathers the problems of a file.
#[derive(Debug)]
pub(super) struct Problems<'t> {
    file: Arc<str>,
    text: &'t str,
    /// The offset whose line was asked for last, and that line: the next one is mostly near.
    last: Cell<(usize, usize)>,
    found: RefCell<Vec<(usize, Diagnostic)>>,
    is_full: Cell<bool>,
}

/// A problem has been reported, and need not be reported again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reported;

impl<'t> Problems<'t> {
    /// Largest number of problems of a file that are kept.
    const MOST: usize = 1_000;

    /// Returns an empty collection for a file.
    pub(super) fn new(file: Arc<str>, text: &'t str) -> Problems<'t> {
        let last = Cell::new((0, 1));
        Problems { file, text, last, found: RefCell::default(), is_full: Cell::new(false) }
    }

    /// Returns the text of the file.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Adds a problem of a value.
    pub(super) fn report(&self, problem: Diagnostic, path: &Path<'_>, node: Node<'_>) {
        // Many would be made for nothing.
        if self.found.borrow().len() < Problems::MOST {
            self.report_at(problem, &self.position(path, node));
        } else {
            self.is_full.set(true);
        }
    }

    /// Adds a problem of a position.
    pub(super) fn report_at(&self, problem: Diagnostic, position: &Position) {
        if self.found.borrow().len() < Problems::MOST {
            self.found.borrow_mut().push((position.line, position.mark(problem)));
        } else {
            self.is_full.set(true);
        }
    }

    /// Returns the number of problems found so far.
    pub(super) fn count(&self) -> usize {
        self.found.borrow().len()
    }

    /// Adds the enterprise whose order they are about to the problems from one on.
    pub(super) fn name_enterprise(&self, from: usize, corp_id: &str) {
        for (_, problem) in self.found.borrow_mut().iter_mut().skip(from) {
            problem.args.push((ENTERPRISE, corp_id.into()));
        }
    }

    /// Returns the position of a value.
    pub(super) fn position(&self, path: &Path<'_>, node: Node<'_>) -> Position {
        Position { file: Arc::clone(&self.file), line: self.line(node.start()), pointer: path.pointer() }
    }

    /// Returns true if an error, not merely a warning, was found so far.
    pub(super) fn has_errors(&self) -> bool {
        self.found.borrow().iter().any(|(_, problem)| problem.severity() == Severity::Error)
    }

    /// Returns all problems by line.
    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        found.sort_by_key(|(line, _)| *line);
        let mut found: Vec<Diagnostic> = found.into_iter().map(|(_, problem)| problem).collect();
        if self.is_full.get() {
            let problem = Diagnostic::new(Code::TooManyProblems);
            found.push(problem.with("file", self.file.to_string()).with("most", Problems::MOST));
        }
        found
    }

    /// Returns the line of an offset, counted from 1.
    fn line(&self, offset: usize) -> usize {
        let (from, line) = self.last.get();
        let newlines = |from: usize, to: usize| {
            let bytes = self.text.as_bytes().get(from..to).unwrap_or_default();
            bytes.iter().filter(|byte| **byte == b'\n').count()
        };
        let line = if from <= offset {
            line + newlines(from, offset)
        } else {
            line.saturating_sub(newlines(offset, from))
        };
        self.last.set((offset, line));
        line
    }
}

impl Position {
    /// Returns the problem with this position among its arguments.
    #[must_use]
    pub(crate) fn mark(&self, problem: Diagnostic) -> Diagnostic {
        let pointer = if self.pointer.is_empty() { "none" } else { &self.pointer };
        let place = Message::new("api-place")
            .with("file", self.file.as_ref())
            .with("line", self.line.to_string())
            .with("pointer", pointer);
        problem
            .with("place", place)
            .with("file", self.file.as_ref())
            .with("line", self.line.to_string())
            .with("pointer", self.pointer.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_forwards_and_backwards() {
        let text = "a\nb\n\nd";
        let problems = Problems::new("a.json".into(), text);
        for (offset, line) in [(5, 4), (0, 1), (2, 2), (4, 3), (3, 2), (99, 4)] {
            assert_eq!(problems.line(offset.min(text.len())), line, "{offset}");
        }
    }

    #[test]
    fn problems_beyond_the_limit_are_counted_out() {
        let problems = Problems::new("a.json".into(), "{}");
        for _ in 0..=Problems::MOST {
            problems.report(Diagnostic::new(Code::JsonSyntax), &Path::ROOT, Node::at("{}", 0, 2));
        }
        let found = problems.into_diagnostics();
        assert_eq!(found.len(), Problems::MOST + 1);
        assert_eq!(found.last().unwrap().code, Code::TooManyProblems);
    }
}
