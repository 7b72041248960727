//! Problems of an input: the code, the span, what is wrong and how to fix it.
//!
//! A reader reports a [`Diagnostic`] at a span of a [`SourceFile`] into a [`Sink`]; with the feature
//! `reports`, `render` draws it for a person and `MessageFormat` writes it for programs. Read [`Diagnostic`]
//! first.

mod cell;
mod code;
pub mod lang;
#[cfg(feature = "reports")]
mod lines;
#[cfg(feature = "reports")]
mod render;
mod severity;
mod source;

pub use cell::CellAddress;
pub use code::Code;
#[cfg(feature = "reports")]
pub(crate) use lines::DiagnosticDocument;
#[cfg(feature = "reports")]
pub use lines::MessageFormat;
#[cfg(feature = "reports")]
pub use render::{RenderStyle, render};
pub use severity::Severity;
pub use source::{SourceError, SourceFile};

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::lang::{Arg, Message};

/// A problem. Its texts are `diag-<code>` of `locales/*/diag.ftl`: the message, `.label` under the underlined
/// source, and `.help`.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The code of the problem.
    pub code: Code,
    /// The arguments of its texts.
    pub args: Vec<(&'static str, Arg)>,
    /// Its location; `None` for a problem of a flag.
    pub location: Option<Location>,
    /// Other spans that a reader must see, each with a text of its own.
    pub related: Vec<(Range<usize>, Message)>,
}

/// A span of a source file.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// The file.
    pub source: Arc<SourceFile>,
    /// Byte offsets in its text, the end exclusive.
    pub span: Range<usize>,
}

impl Diagnostic {
    /// Creates a problem without a location.
    pub fn new(code: Code) -> Diagnostic {
        Diagnostic { code, args: Vec::new(), location: None, related: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Diagnostic {
        self.args.push((name, value.into()));
        self
    }

    /// Puts the problem at a span.
    #[must_use]
    pub fn at(mut self, source: &Arc<SourceFile>, span: Range<usize>) -> Diagnostic {
        self.location = Some(Location { source: Arc::clone(source), span });
        self
    }

    /// Shows one more span of the same file.
    #[must_use]
    pub fn related(mut self, span: Range<usize>, text: Message) -> Diagnostic {
        self.related.push((span, text));
        self
    }

    /// Returns the severity that belongs to the code.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Returns the message, with the attributes `label` and `help`; a catalog of [`lang`] makes text of it.
    pub fn message(&self) -> Message {
        Message { id: self.code.into(), args: self.args.clone() }
    }
}

/// Gathers the problems of one file, so that all are reported in one run.
#[derive(Debug)]
pub struct Sink {
    source: Arc<SourceFile>,
    found: RefCell<Vec<Diagnostic>>,
    /// True if there were more than are kept.
    is_full: Cell<bool>,
}

impl Sink {
    /// Largest number of problems of one file that are kept; a file of 16 MB could have more than memory
    /// holds.
    pub const MOST: usize = 500_000;

    /// Returns an empty sink for the problems of this file.
    pub fn new(source: Arc<SourceFile>) -> Sink {
        Sink { source, found: RefCell::default(), is_full: Cell::new(false) }
    }

    /// Returns the file whose problems are gathered.
    pub fn source(&self) -> &Arc<SourceFile> {
        &self.source
    }

    /// Adds a problem at a span of the file.
    pub fn report(&self, diagnostic: Diagnostic, span: Range<usize>) {
        if self.found.borrow().len() == Sink::MOST {
            self.is_full.set(true);
        } else {
            self.found.borrow_mut().push(diagnostic.at(&self.source, span));
        }
    }

    /// Adds problems that have their location, or need none.
    pub fn extend(&self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.found.borrow_mut().extend(diagnostics);
    }

    /// Changes the problems found so far.
    pub fn amend(&self, change: impl FnMut(&mut Diagnostic)) {
        self.found.borrow_mut().iter_mut().for_each(change);
    }

    /// Returns true if an error, not merely a warning, was found so far.
    pub fn has_errors(&self) -> bool {
        self.is_full.get() || has_errors(&self.found.borrow())
    }

    /// Returns all problems: those without a location, those of the file in its order, those of other files
    /// in theirs.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        let mut found = self.found.into_inner();
        if self.is_full.get() {
            let problem = Diagnostic::new(Code::TooManyProblems);
            found.push(problem.with("file", self.source.name()).with("most", Sink::MOST));
        }
        found.sort_by_key(|diagnostic| {
            let location = diagnostic.location.as_ref()?;
            Some((!Arc::ptr_eq(&location.source, &self.source), location.span.start))
        });
        found
    }
}

/// Returns true if one of the problems is an error, not merely a warning.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}
