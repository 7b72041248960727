//! The prices of the rows of a block. Read [`Job::price_text`] first: plain rows take the quick way, through
//! `plain`, `PriceLookup` and `Output::push_quick`, all others the general one; both lead to the same bytes.

use std::ops::Range;

use memchr::{memchr, memchr2};

use super::amounts::{RowAmounts, push_amounts};
use super::blocks::{Block, row_end};
use super::layout::Layout;
use super::output::{Output, RowForm};
use super::plain::{PADDING, Plain, plain};
use super::pricer::{Memo, Pricer};
use super::quick_card::QuickCard;
use super::rows::{General, Values};
use super::summary::{QuickSums, Sums};
use super::{BatchOptions, Rejected, items};
use crate::account::Counts;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;

/// What all threads need.
pub(super) struct Job<'j> {
    pub(super) options: &'j BatchOptions<'j>,
    pub(super) layout: &'j Layout,
    pub(super) pricer: &'j Pricer<'j>,
    /// Line end of the headings, which a last row without one gets.
    pub(super) line_end: &'j [u8],
}

/// What becomes of a block.
pub(super) struct Done<P> {
    pub(super) out: P,
    pub(super) rejected: Vec<Rejected>,
    pub(super) sums: Sums,
}

impl<P> Done<P> {
    pub(super) fn new(pricer: &Pricer<'_>, out: P) -> Done<P> {
        Done { out, rejected: Vec::new(), sums: Sums::new(pricer) }
    }

    /// Takes a row without a price.
    pub(super) fn reject(&mut self, line: u64, reason: Message, row: Vec<u8>) {
        self.sums.reject();
        self.rejected.push(Rejected { line, reason, row });
    }
}

/// What a thread keeps from row to row.
pub(super) struct Reading {
    pub(super) general: General,
    pub(super) memo: Memo,
}

impl Job<'_> {
    pub(super) fn reading(&self) -> Reading {
        Reading { general: General::new(self.layout), memo: Memo::default() }
    }

    /// Prices the rows of a block, until one has none if the batch is strict.
    pub(super) fn price_text(&self, block: &mut Block, reading: &mut Reading, done: &mut Done<Output>) {
        let length = block.text.len();
        block.text.resize(length + PADDING, 0);
        let rows = block.text.as_slice();
        let is_odd = block.has_quotes || memchr(b'\r', rows).is_some();
        // Few rows are not worth the millisecond that it takes to write prices out.
        let is_quick = !self.options.items && block.index > 0;
        let cards = if is_quick { self.pricer.quick_cards(self.layout.delimiter) } else { &[] };
        let mut sums = QuickSums::new(cards.len());
        let forms = [b"\n".as_slice(), b"\r\n"].map(|end| RowForm::new(self.layout.delimiter, end));
        let (mut at, mut line) = (0, block.line);
        while at < length {
            let read = plain(self.layout, rows, at).filter(|row| !is_odd || is_clean(rows, at..row.end));
            if let Some(row) = &read {
                let form = &forms[usize::from(row.next - row.end > 1)];
                if self.quick(cards, (rows, at), (row, form), &mut reading.memo, &mut sums, &mut done.out) {
                    at = row.next;
                    line += 1;
                    continue;
                }
            }
            let rest = rows.get(at..length).unwrap_or_default();
            let (row, line_end, bytes, lines) = self.split(rest, block.has_quotes);
            let values = read.map(|row| row.values);
            if !row.is_empty()
                && let Err(reason) = self.row(row, line_end, values, reading, done)
            {
                done.reject(line, reason, row.to_vec());
                if self.options.strict {
                    break;
                }
            }
            at += bytes;
            line += lines;
        }
        done.sums.add_quick(self.pricer, &sums);
    }

    /// Writes a row with a price that is looked up; false if it has to go the general way.
    #[inline]
    fn quick(
        &self,
        cards: &[Option<QuickCard>],
        (rows, at): (&[u8], usize),
        row: (&Plain<'_>, &RowForm),
        memo: &mut Memo,
        sums: &mut QuickSums,
        out: &mut Output,
    ) -> bool {
        let (Plain { values, end, .. }, form) = row;
        let Some(terms) = self.pricer.known_terms(&values.customer, memo) else { return false };
        let Some(Some(card)) = cards.get(terms.card) else { return false };
        if !QuickSums::takes(values.term) {
            return false;
        }
        let is_usual = values.held.is_zero() && !values.renewal;
        let start = if is_usual { Counts::ZERO } else { self.pricer.start(values, terms.card) };
        let Some(price) = card.lookup.price(start, values.counts, values.term) else { return false };
        let texts = (card.annual(&price, start, values.counts), card.text(price.list_price));
        out.push_quick(rows, at..*end, texts, terms.waiver.is_some(), form);
        sums.add(&card.lookup, (start, values), &terms, price.list_price);
        true
    }

    /// Prices a row by the general way.
    #[inline(never)]
    fn row(
        &self,
        row: &[u8],
        line_end: &[u8],
        values: Option<Values<'_>>,
        reading: &mut Reading,
        done: &mut Done<Output>,
    ) -> Result<(), Message> {
        let values = match values {
            Some(values) => values,
            None => reading.general.read(self.layout, row)?,
        };
        let priced = self.pricer.price(&values, &mut reading.memo)?;
        let delimiter = self.layout.delimiter;
        if self.options.items {
            let Some((_, table)) = self.pricer.cards().get(priced.terms.card) else { return Ok(()) };
            let of = (table, &priced.purchase);
            items::push_items(&mut done.out, row, of, delimiter, line_end)
                .map_err(|error| Diagnostic::from(error).message())?;
        } else {
            done.out.push(row);
            let is_waived = priced.terms.waiver.is_some();
            let amounts = RowAmounts::of(&priced.price, is_waived);
            push_amounts(&mut done.out, &amounts, delimiter, line_end);
        }
        done.sums.add(self.pricer, &priced);
        Ok(())
    }

    /// Splits the first row of a text from its line end, which is that of the headings where it is missing, and returns both with
    /// the bytes and the lines that they take.
    pub(super) fn split<'r>(&'r self, rest: &'r [u8], has_quotes: bool) -> (&'r [u8], &'r [u8], usize, u64) {
        let mut end = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        if has_quotes && memchr(b'"', rest.get(..end).unwrap_or_default()).is_some() {
            // A line end may stand between quotation marks.
            end = row_end(rest, self.layout.delimiter).unwrap_or(rest.len());
        }
        let whole = rest.get(..end).unwrap_or_default();
        let lines = if has_quotes { memchr::memchr_iter(b'\n', whole).count() as u64 } else { 1 };
        let (row, line_end) = split_line_end(whole);
        (row, if line_end.is_empty() { self.line_end } else { line_end }, end, lines)
    }
}

/// Returns true if a row has no sign for which it must be read by the general way.
fn is_clean(rows: &[u8], row: Range<usize>) -> bool {
    memchr2(b'"', b'\r', rows.get(row).unwrap_or_default()).is_none()
}

/// Splits a row from its line end, which is LF, CRLF or, at the end of an input, missing.
#[inline]
pub(super) fn split_line_end(row: &[u8]) -> (&[u8], &[u8]) {
    let end = match row {
        [.., b'\r', b'\n'] => 2,
        [.., b'\n'] => 1,
        _ => 0,
    };
    row.split_at_checked(row.len() - end).unwrap_or((row, &[]))
}
