//! The price of any number of rows: CSV goes in, the same rows with their amounts come out, in a stream, on all cores.
//!
//! [`price_rows`] is to be read first. `text` and `blocks` cut the input at row ends, `layout` says what its columns
//! hold, `price_block` prices the rows of a block, `workers` does so on all cores and `summary` adds up. A row goes one of two
//! ways with one result: plain ones are read by `plain`, looked up and written by `output`; all others, with quotes or numbers
//! as people type them, are read by `rows` and `values`, priced by `pricer` and written by `amounts` or `items`. With the feature
//! `parquet`, the module of that name has Parquet in place of CSV on either side; its rows are priced by `pricer` too.

mod amounts;
mod blocks;
mod csv;
mod in_order;
mod items;
mod layout;
mod output;
#[cfg(feature = "parquet")]
pub mod parquet;
mod plain;
mod price_block;
mod pricer;
mod quick_card;
mod rows;
mod summary;
mod text;
mod values;
mod workers;

pub use blocks::DEFAULT_BLOCK;
pub use csv::price_rows;
pub use layout::Key;
pub use pricer::Cards;
pub use summary::{CardTotal, Summary, WaiverTotal};

use std::io;
use std::num::NonZeroUsize;

use jiff::civil::Date;

use crate::account::PerType;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::money::UnitPrice;

/// Settings of a batch.
#[derive(Debug, Clone)]
pub struct BatchOptions<'o> {
    /// Name of the input in problems.
    pub name: &'o str,
    /// The rate cards.
    pub cards: Cards<'o>,
    /// Pricing date of rows without one, Beijing time; `None` if these are undated.
    pub date: Option<Date>,
    /// Price of each account without a list price, in yuan a year.
    pub negotiated: PerType<Option<UnitPrice>>,
    /// Write a row for each item in place of one for each row.
    pub items: bool,
    /// Stop at the first row with a problem.
    pub strict: bool,
    /// Number of threads; the result is the same for any.
    pub threads: NonZeroUsize,
    /// Bytes of the input that a thread takes at a time, such as [`DEFAULT_BLOCK`]; the result is the same for any,
    /// unless some rows are in UTF-8 and others in GB18030: the first block that is not ASCII decides on the encoding.
    pub block: usize,
}

/// A row that has no price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Number of its first line in the input, or of the row in one without lines ([`Counted`]), from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: Message,
    /// The row as it stands, without its line end; as CSV if the input is none.
    pub row: Vec<u8>,
}

/// What a batch tells while it goes on. Every call comes in the order of the input, whatever the number of threads.
pub trait Observer {
    /// Takes the row of the headings, and the columns on which no price depends.
    ///
    /// # Errors
    /// Ends the batch.
    fn headings(&mut self, headings: &Headings) -> io::Result<()>;

    /// Takes a row without a price.
    ///
    /// # Errors
    /// Ends the batch.
    fn rejected(&mut self, rejected: Rejected) -> io::Result<()>;

    /// Takes the number of rows and of bytes that are done.
    fn progress(&mut self, rows: u64, bytes: u64);
}

/// What the numbers of rows count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The lines of a text, with that of the headings.
    Lines,
    /// The rows of a table, without headings.
    Rows,
}

/// The first row of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headings {
    /// The row as it stands, without its line end; as CSV if the input is none.
    pub row: Vec<u8>,
    /// Sign between two fields.
    pub delimiter: u8,
    /// Names of the columns on which no price depends; they are copied.
    pub copied: Vec<String>,
    /// What the numbers of rejected rows count.
    pub counted: Counted,
}

/// The reason why a batch has ended early.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The input cannot be read.
    #[error("cannot read the input: {0}")]
    Read(#[source] io::Error),
    /// The output cannot be written.
    #[error("cannot write the output: {0}")]
    Write(#[source] io::Error),
    /// The observer has failed, as when the rejected rows cannot be written.
    #[error("cannot report: {0}")]
    Observer(#[source] io::Error),
    /// The input is no such table.
    #[error("the input is no table to price")]
    Input(Box<Diagnostic>),
    /// The sums are beyond the range of money.
    #[error("the sums are too large to be computed")]
    Overflow,
}

impl From<Diagnostic> for BatchError {
    fn from(problem: Diagnostic) -> BatchError {
        BatchError::Input(Box::new(problem))
    }
}
