//! Why a command could not answer. Every function of the command line that can fail returns [`Failure`], so that
//! `?` carries the library's errors and those of the system alike; [`Session::fail`](super::session::Session::fail)
//! shows it.

use std::io;

use wxlicense::analysis::compare::CompareError;
use wxlicense::analysis::fit::{FitError, MixError};
use wxlicense::diagnostic::{Diagnostic, SourceError};
use wxlicense::planning::budget::BudgetError;
use wxlicense::pricing::{PurchaseError, QuoteError};

/// Why a command could not answer.
#[derive(Debug)]
pub enum Failure {
    /// Problems of the input, the flags or the files, which the user can fix.
    Problems(Vec<Diagnostic>),
    /// What the user cannot fix: an internal error, or a standard output that takes nothing.
    Other(anyhow::Error),
}

impl Failure {
    /// Adds the problems of a later failure. An error that is no problem of the input stands alone.
    #[must_use]
    pub fn and(self, later: Failure) -> Failure {
        match (self, later) {
            (Failure::Problems(mut problems), Failure::Problems(more)) => {
                problems.extend(more);
                Failure::Problems(problems)
            }
            (other @ Failure::Other(_), _) | (_, other) => other,
        }
    }
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(problems: Vec<Diagnostic>) -> Failure {
        Failure::Problems(problems)
    }
}

impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Failure {
        Failure::Problems(vec![problem])
    }
}

impl From<Vec<BudgetError>> for Failure {
    fn from(errors: Vec<BudgetError>) -> Failure {
        Failure::Problems(errors.into_iter().map(Diagnostic::from).collect())
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Failure {
        Failure::Other(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::Other(error.into())
    }
}

/// Errors of the library that the user can fix.
macro_rules! problems_from {
    ($($error:ty),+) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Failure {
                Diagnostic::from(error).into()
            }
        }
    )+};
}

problems_from!(CompareError, FitError, MixError, PurchaseError, QuoteError, SourceError);
