//! The quick way of reading a row: numbers of digits alone, eight bytes at a time. Read [`plain`] first. What it does not
//! understand is no mistake: [`General`](super::rows::General) reads it, or says what is wrong.

use super::layout::{Layout, Step, number, text};
use super::rows::{CustomerTexts, Values};
use crate::account::{Counts, Term};

/// Zero bytes that stand behind the rows, so that eight bytes can be read from each of theirs.
pub(super) const PADDING: usize = 8;

/// A row that is read.
pub(super) struct Plain<'r> {
    pub(super) values: Values<'r>,
    /// Behind the last byte of the row.
    pub(super) end: usize,
    /// Behind its line end.
    pub(super) next: usize,
}

/// Stands for a number that is not stated.
const EMPTY: u32 = u32::MAX;

/// Reads the row that starts at `at`, without looking for quotation marks or stray carriage returns; `None` if it is not plain.
/// [`PADDING`] must follow the rows.
#[inline]
pub(super) fn plain<'r>(layout: &Layout, rows: &'r [u8], at: usize) -> Option<Plain<'r>> {
    let mut numbers = [EMPTY; number::ALL];
    let mut texts: [&[u8]; text::ALL] = [&[]; text::ALL];
    let mut at = at;
    let (last, others) = layout.steps.split_last()?;
    for step in others {
        at = read(*step, layout.delimiter, rows, at, (&mut numbers, &mut texts))?;
        if rows.get(at) != Some(&layout.delimiter) {
            return None;
        }
        at += 1;
    }
    at = read(*last, layout.delimiter, rows, at, (&mut numbers, &mut texts))?;
    let (end, next) = match rows.get(at)? {
        b'\n' => (at, at + 1),
        b'\r' if rows.get(at + 1) == Some(&b'\n') => (at, at + 2),
        _ => return None,
    };
    Some(Plain { values: values(numbers, texts)?, end, next })
}

/// Reads a field into its slot; returns where it ends.
#[inline(always)]
fn read<'r>(
    step: Step,
    delimiter: u8,
    rows: &'r [u8],
    at: usize,
    (numbers, texts): (&mut [u32; number::ALL], &mut [&'r [u8]; text::ALL]),
) -> Option<usize> {
    match step {
        Step::Number(slot) => {
            let (value, digits) = digits(word(rows, at)?)?;
            *numbers.get_mut(slot)? = value;
            Some(at + digits)
        }
        Step::Text(slot) => {
            let end = field_end(rows, at, delimiter)?;
            *texts.get_mut(slot)? = rows.get(at..end)?.trim_ascii();
            Some(end)
        }
        Step::Copy => field_end(rows, at, delimiter),
        Step::Empty => Some(at),
    }
}

#[inline]
fn values(numbers: [u32; number::ALL], texts: [&[u8]; text::ALL]) -> Option<Values<'_>> {
    let [renewal, industry, certification, nonprofit_proof, date] = texts;
    let renewal = match renewal {
        b"" | b"0" | b"false" | b"no" => false,
        b"1" | b"true" | b"yes" => true,
        _ => return None,
    };
    let [basic, interop, held_basic, held_interop, months, days] = numbers;
    let or_zero = |number: u32| if number == EMPTY { 0 } else { number };
    let term = match (months, days) {
        (EMPTY, EMPTY) => Term::ONE_YEAR,
        _ => Term { months: or_zero(months), days: or_zero(days) },
    };
    Some(Values {
        counts: Counts { basic: or_zero(basic), interop: or_zero(interop) },
        held: Counts { basic: or_zero(held_basic), interop: or_zero(held_interop) },
        term,
        renewal,
        customer: CustomerTexts { industry, certification, nonprofit_proof, date },
    })
}

/// A byte eight times.
const fn each(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

/// Returns eight bytes, the first in the lowest bits.
#[inline]
fn word(rows: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*rows.get(at..)?.first_chunk()?))
}

/// Returns the number that the first digits of eight bytes write, or [`EMPTY`] if there are none, and how many they are;
/// `None` if all are digits, since more may follow.
#[inline]
fn digits(word: u64) -> Option<(u32, usize)> {
    let values = word ^ each(b'0');
    // The highest bit of each byte that is no digit: 10 and more overflow into it. A byte above 0x89 overflows into the next
    // one, but only the first that is no digit matters.
    let others = (values.wrapping_add(each(0x76)) | values) & each(0x80);
    if others == 0 {
        return None;
    }
    let bits = others.trailing_zeros() & !7;
    if bits == 0 {
        return Some((EMPTY, 0));
    }
    // The digits move to the end, behind zeros; then pairs, fours and eights of them become numbers.
    let ones = values << (64 - bits);
    let pairs = (ones.wrapping_mul(10) + (ones >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100) + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    let eights = (fours.wrapping_mul(10_000) + (fours >> 32)) & 0xffff_ffff;
    Some((eights as u32, bits as usize / 8))
}

/// Returns the index of the next delimiter, or of the line end if that comes first; `None` if the text ends before it.
#[inline]
fn field_end(rows: &[u8], at: usize, delimiter: u8) -> Option<usize> {
    let mut at = at;
    loop {
        let word = word(rows, at)?;
        let found = zeros(word ^ each(delimiter)) | zeros(word ^ each(b'\n'));
        if found != 0 {
            let end = at + found.trailing_zeros() as usize / 8;
            // A carriage return belongs to the line end.
            let is_crlf = rows.get(end) == Some(&b'\n') && end > at && rows.get(end - 1) == Some(&b'\r');
            return Some(end - usize::from(is_crlf));
        }
        at += 8;
    }
}

/// Returns the highest bit of each byte that is zero; the lowest of these bits is exact.
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(each(1)) & !word & each(0x80)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> u64 {
        let mut bytes = [0; 8];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        u64::from_le_bytes(bytes)
    }

    proptest! {
        #[test]
        fn digits_are_the_number_that_they_write(number in 0_u32..10_000_000, zeros in 0_usize..3, other in any::<u8>()) {
            prop_assume!(!other.is_ascii_digit());
            let text = format!("{}{number}", "0".repeat(zeros));
            prop_assume!(text.len() < 8);
            let mut bytes = [other; 8];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            prop_assert_eq!(digits(u64::from_le_bytes(bytes)), Some((number, text.len())));
        }

        #[test]
        fn a_field_ends_at_the_first_delimiter_or_line_end(bytes in prop::collection::vec(any::<u8>(), 0..40), at in 0_usize..40) {
            let mut rows = bytes.clone();
            rows.resize(bytes.len() + PADDING, 0);
            let expected = bytes.iter().skip(at).position(|byte| *byte == b',' || *byte == b'\n').map(|end| at + end);
            let found = field_end(&rows, at, b',');
            let is_crlf = |end: usize| bytes[end] == b'\n' && end > at && bytes[end - 1] == b'\r';
            prop_assert_eq!(found, expected.map(|end| end - usize::from(is_crlf(end))));
        }
    }

    #[test]
    fn what_is_no_number_or_may_go_on_is_none() {
        assert_eq!(digits(read("12345678")), None);
        assert_eq!(digits(read(",1")), Some((EMPTY, 0)));
        assert_eq!(digits(read("1234567,")), Some((1_234_567, 7)));
        assert_eq!(digits(u64::from_le_bytes([0xff; 8])), Some((EMPTY, 0)));
    }
}
