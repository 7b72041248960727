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
