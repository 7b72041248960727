//! The error type of the command line. Every function that can fail returns [`Failure`], so that `?` converts
//! errors of the library and of the system; [`Session::fail`](super::session::Session::fail) reports it.

use std::io;

use wxlicense::analysis::compare::{CompareBudgetsError, CompareError};
use wxlicense::analysis::fit::{FitError, MixError};
use wxlicense::diagnostic::{Diagnostic, SourceError};
use wxlicense::planning::budget::BudgetError;
#[cfg(feature = "wecom")]
use wxlicense::planning::order::OrderFailure;
use wxlicense::planning::schedule::ScheduleError;
use wxlicense::pricing::{PurchaseError, QuoteError};

/// Reason why a command has no answer.
#[derive(Debug)]
pub enum Failure {
    /// Problems of the input, the flags or the files, which the user can fix.
    Problems(Vec<Diagnostic>),
    /// An error that the user cannot fix: internal, or from writing to standard output.
    Other(anyhow::Error),
}

impl Failure {
    /// Adds the problems of a later failure. An error that is not a problem of the input replaces them.
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

#[cfg(feature = "wecom")]
impl From<OrderFailure> for Failure {
    fn from(failure: OrderFailure) -> Failure {
        match failure {
            OrderFailure::Schedule(error) => error.into(),
            OrderFailure::Problems(problems) => {
                Failure::Problems(problems.into_iter().map(Diagnostic::from).collect())
            }
        }
    }
}

impl From<CompareBudgetsError> for Failure {
    fn from(error: CompareBudgetsError) -> Failure {
        Failure::Problems(error.into())
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

problems_from!(CompareError, FitError, MixError, PurchaseError, QuoteError, ScheduleError, SourceError);
