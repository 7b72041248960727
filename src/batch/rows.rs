//! The fields of a row as what is priced. Two ways lead to the same values: [`plain`](super::plain::plain), for rows whose
//! numbers are digits, and [`General::read`] for every row of CSV.

use csv_core::{ReadRecordResult, Reader};

use super::layout::{Key, Layout};
use super::values;
use crate::account::{Counts, Term};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::pricing::PurchaseError;

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Values<'r> {
    /// Accounts to buy.
    pub(super) counts: Counts,
    /// Accounts already active that outlast the term.
    pub(super) held: Counts,
    pub(super) term: Term,
    pub(super) renewal: bool,
    /// The texts that decide on the card and the waiver, without blanks around them.
    pub(super) customer: CustomerTexts<'r>,
}

/// What a row says of the customer and the day, as it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CustomerTexts<'r> {
    pub(super) industry: &'r [u8],
    pub(super) certification: &'r [u8],
    pub(super) nonprofit_proof: &'r [u8],
    pub(super) date: &'r [u8],
}

impl CustomerTexts<'_> {
    /// Returns true if nothing is said.
    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.industry.is_empty()
            && self.certification.is_empty()
            && self.nonprofit_proof.is_empty()
            && self.date.is_empty()
    }
}

/// The way of reading that takes every row.
pub(super) struct General {
    reader: Reader,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

impl General {
    pub(super) fn new(layout: &Layout) -> General {
        General { reader: layout.reader(), fields: vec![0; 1024], ends: vec![0; layout.columns.len() + 1] }
    }

    /// Reads a row without its line end.
    ///
    /// # Errors
    /// The reason why it is not understood.
    pub(super) fn read<'s>(&'s mut self, layout: &Layout, row: &[u8]) -> Result<Values<'s>, Message> {
        let count = self.split(row)?;
        if count != layout.columns.len() {
            let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
            return Err(Message::new("batch-fields")
                .with("fields", number(count))
                .with("columns", number(layout.columns.len())));
        }
        let mut read = RowReader::default();
        let mut start = 0;
        for ((key, name), end) in layout.columns.iter().zip(&layout.names).zip(&self.ends) {
            let field = self.fields.get(start..*end).unwrap_or_default();
            start = *end;
            if let Some(key) = key {
                read.field(*key, name, std::str::from_utf8(field).unwrap_or("\u{fffd}").trim())?;
            }
        }
        Ok(read.values())
    }

    /// Returns the fields of the row that was read last.
    #[cfg(feature = "parquet")]
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let spans = starts.zip(&self.ends);
        spans.map(|(start, end)| {
            std::str::from_utf8(self.fields.get(start..*end).unwrap_or_default()).unwrap_or("\u{fffd}")
        })
    }

    /// Splits a row into fields, and returns how many there are.
    fn split(&mut self, row: &[u8]) -> Result<usize, Message> {
        self.reader.reset();
        if self.fields.len() <= row.len() {
            self.fields.resize(row.len() + 1, 0);
        }
        let (mut read, mut written, mut count) = (0, 0, 0);
        loop {
            let input = row.get(read..).unwrap_or_default();
            let (result, more_read, more_written, more_ends) = self.reader.read_record(
                input,
                self.fields.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(count..).unwrap_or_default(),
            );
            read += more_read;
            written += more_written;
            count += more_ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                // There are more fields than columns: how many does not matter.
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End if read < row.len() => {
                    return Err(Message::new("batch-stray-line-end"));
                }
                ReadRecordResult::Record | ReadRecordResult::End => return Ok(count),
            }
        }
    }
}

/// The values of a row while it is read.
#[derive(Default)]
pub(super) struct RowReader<'s> {
    /// Basic, interop, held basic, held interop.
    counts: [u32; 4],
    months: Option<Term>,
    renewal: bool,
    customer: CustomerTexts<'s>,
}

impl<'s> RowReader<'s> {
    /// Takes a field as people type it; a number of digits alone goes a shorter way.
    #[inline]
    pub(super) fn field(&mut self, key: Key, heading: &str, field: &'s str) -> Result<(), Message> {
        match key {
            Key::Industry => self.customer.industry = field.as_bytes(),
            Key::Certification => self.customer.certification = field.as_bytes(),
            Key::NonprofitProof => self.customer.nonprofit_proof = field.as_bytes(),
            Key::Date => self.customer.date = field.as_bytes(),
            Key::Renewal => self.renewal = values::answer(heading, field)?,
            Key::Term => self.add_term(values::term(key, heading, field)?)?,
            Key::Months => match plain_number(field) {
                Some(months) => self.add_term(Some(Term { months, days: 0 }))?,
                None => self.add_term(values::term(key, heading, field)?)?,
            },
            Key::Days => match plain_number(field) {
                Some(days) => self.add_term(Some(Term { months: 0, days }))?,
                None => self.add_term(values::term(key, heading, field)?)?,
            },
            Key::Basic | Key::Interop | Key::HeldBasic | Key::HeldInterop => {
                let count = match plain_number(field) {
                    Some(count) => count,
                    None => values::count(heading, field)?,
                };
                self.set_count(key, count);
            }
            Key::Code => {}
        }
        Ok(())
    }

    /// Takes the answer whether it is a renewal.
    #[cfg(feature = "parquet")]
    pub(super) fn set_renewal(&mut self, renewal: bool) {
        self.renewal = renewal;
    }

    /// Takes a number of accounts.
    #[inline]
    pub(super) fn set_count(&mut self, key: Key, count: u32) {
        let [basic, interop, held_basic, held_interop] = &mut self.counts;
        match key {
            Key::Basic => *basic = count,
            Key::Interop => *interop = count,
            Key::HeldBasic => *held_basic = count,
            Key::HeldInterop => *held_interop = count,
            _ => {}
        }
    }

    /// Adds months or days to the term, if some are stated.
    #[inline]
    pub(super) fn add_term(&mut self, term: Option<Term>) -> Result<(), Message> {
        let Some(term) = term else { return Ok(()) };
        let so_far = self.months.unwrap_or(Term { months: 0, days: 0 });
        let (months, days) = (so_far.months.checked_add(term.months), so_far.days.checked_add(term.days));
        match (months, days) {
            (Some(months), Some(days)) => self.months = Some(Term { months, days }),
            _ => return Err(Diagnostic::from(PurchaseError::Overflow).message()),
        }
        Ok(())
    }

    /// Returns what was read.
    #[inline]
    pub(super) fn values(self) -> Values<'s> {
        let [basic, interop, held_basic, held_interop] = self.counts;
        Values {
            counts: Counts { basic, interop },
            held: Counts { basic: held_basic, interop: held_interop },
            term: self.months.unwrap_or(Term::ONE_YEAR),
            renewal: self.renewal,
            customer: self.customer,
        }
    }
}

/// Most digits of a number that is read without looking closer.
const PLAIN_DIGITS: usize = 9;

/// Returns the number that a few digits and nothing else write.
#[inline]
fn plain_number(field: &str) -> Option<u32> {
    let is_plain =
        (1..=PLAIN_DIGITS).contains(&field.len()) && field.bytes().all(|byte| byte.is_ascii_digit());
    is_plain.then(|| field.parse().ok()).flatten()
}
