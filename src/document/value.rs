use std::ops::{Deref, Range};

/// A value with its span in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Byte offsets in the source, end not included.
    pub span: Range<usize>,
}

impl<T> At<T> {
    /// Pairs a value with its span.
    pub fn new(value: T, span: Range<usize>) -> At<T> {
        At { value, span }
    }

    /// Changes the value and keeps the span.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> At<U> {
        At { value: change(self.value), span: self.span }
    }
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// The value of a key. One that is not valid has been reported, and is not to be reported again as missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Field<T> {
    /// The key is not there.
    Missing,
    /// The key is there, misspelt, or may be there in a line that could not be read.
    Invalid,
    /// The key has a value of its kind.
    Valid(At<T>),
}

impl<T> Field<T> {
    /// Returns the value with its span, if it is valid.
    pub(crate) fn valid(&self) -> Option<&At<T>> {
        match self {
            Field::Valid(at) => Some(at),
            Field::Missing | Field::Invalid => None,
        }
    }

    /// Returns the value, if it is valid.
    pub(crate) fn value(&self) -> Option<&T> {
        self.valid().map(|at| &at.value)
    }

    /// Returns the value itself, if it is valid.
    pub(crate) fn into_value(self) -> Option<T> {
        match self {
            Field::Valid(at) => Some(at.value),
            Field::Missing | Field::Invalid => None,
        }
    }

    /// Returns true if the key is not there.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Field::Missing)
    }
}

impl<T: Copy> Field<T> {
    /// Returns the value, or the default of a missing one; `None` for an invalid one.
    pub(crate) fn or(&self, default: T) -> Option<T> {
        match self {
            Field::Missing => Some(default),
            Field::Invalid => None,
            Field::Valid(at) => Some(at.value),
        }
    }
}

impl<T> Field<Vec<T>> {
    /// Returns the members of a list; none if it is missing or invalid.
    pub(crate) fn items(&self) -> &[T] {
        self.value().map_or(&[], Vec::as_slice)
    }
}
