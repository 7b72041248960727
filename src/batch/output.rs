//! The priced rows of a block. Read [`Output::push_quick`] first.

use std::ops::Range;

use super::amounts::PAIRS;
use crate::account::PerType;

/// Bytes that become the output of a block. The buffer is as long as its longest content so far, so that eight bytes can be
/// written at a time and only some of them kept.
#[derive(Default)]
pub(super) struct Output {
    bytes: Vec<u8>,
    length: usize,
}

/// What is the same in all rows of an output.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowForm {
    delimiter: u8,
    /// `true` between its delimiter and the line end, in `end_length` bytes.
    end: [u8; 8],
    end_length: usize,
    /// `0.00` between delimiters.
    zero: [u8; 8],
}

/// Room for the amounts of a row: five amounts and the end of the row, and what is written and not kept.
const ROOM: usize = 96;

/// Bytes of a row that are copied at a time.
const STEP: usize = 32;

/// First amount in fen that has too many digits to be written here.
pub(super) const TOO_MUCH: u64 = 10_000_000_000;

/// An amount: up to eight digits of yuan, then the point, two digits, and a delimiter.
#[derive(Debug, Clone, Copy)]
pub(super) struct AmountText {
    yuan: [u8; 8],
    digits: u32,
    fen: [u8; 4],
}

impl RowForm {
    pub(super) fn new(delimiter: u8, line_end: &[u8]) -> RowForm {
        let mut end = [0; 8];
        let text = [b"true", line_end].concat();
        end.iter_mut().zip(&text).for_each(|(to, from)| *to = *from);
        RowForm {
            delimiter,
            end,
            end_length: text.len().min(end.len()),
            zero: [b'0', b'.', b'0', b'0', delimiter, 0, 0, 0],
        }
    }
}

impl Output {
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    /// Returns what was written.
    pub(super) fn written(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Appends any bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.reserve(bytes.len());
        if let Some(room) = self.bytes.get_mut(self.length..self.length + bytes.len()) {
            room.copy_from_slice(bytes);
            self.length += bytes.len();
        }
    }

    /// Appends a row of the input with its amounts.
    #[inline]
    pub(super) fn push_quick(
        &mut self,
        rows: &[u8],
        row: Range<usize>,
        (annual, list_price): (PerType<AmountText>, AmountText),
        is_waived: bool,
        form: &RowForm,
    ) {
        let length = row.len();
        self.reserve(length + STEP + ROOM);
        let Some(room) = self.bytes.get_mut(self.length..) else { return };
        copy(room, rows, row);
        let Some(room) = room.get_mut(length..).and_then(|room| room.first_chunk_mut::<ROOM>()) else {
            return;
        };
        put(room, 0, &[form.delimiter]);
        let mut at = annual.basic.put(room, 1);
        at = annual.interop.put(room, at);
        at = list_price.put(room, at);
        if is_waived {
            at = list_price.put(room, at);
            put(room, at, &form.zero);
            at += 5;
        } else {
            put(room, at, &form.zero);
            at = list_price.put(room, at + 5);
        }
        put(room, at, &form.end);
        self.length += length + at + form.end_length;
    }

    #[inline]
    fn reserve(&mut self, more: usize) {
        if self.bytes.len() - self.length < more {
            self.grow(more);
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let wanted = (self.length + more).max(self.bytes.len() * 2);
        self.bytes.resize(wanted, 0);
    }
}

/// Copies a row to the start of the room; of a short one a fixed number of bytes, which takes two instructions.
#[inline]
fn copy(room: &mut [u8], rows: &[u8], row: Range<usize>) {
    let from = rows.get(row.start..).and_then(|rest| rest.first_chunk::<STEP>());
    match (from, room.first_chunk_mut::<STEP>()) {
        (Some(from), Some(to)) if row.len() <= STEP => *to = *from,
        _ => {
            if let (Some(to), Some(from)) = (room.get_mut(..row.len()), rows.get(row)) {
                to.copy_from_slice(from);
            }
        }
    }
}

#[inline]
fn put<const LENGTH: usize>(room: &mut [u8; ROOM], at: usize, bytes: &[u8; LENGTH]) {
    if let Some(room) = room.get_mut(at..at + LENGTH) {
        room.copy_from_slice(bytes);
    }
}

impl AmountText {
    /// Writes fen below [`TOO_MUCH`] as yuan.
    #[inline]
    pub(super) fn new(fen: u64, delimiter: u8) -> AmountText {
        let (yuan, cents) = (fen / 100, fen % 100);
        // The halves of eight digits, then pairs, then single ones, the first in the lowest bits.
        let halves = (yuan / 10_000) | ((yuan % 10_000) << 32);
        let hundreds = ((halves * 10_486) >> 20) & 0x0000_007f_0000_007f;
        let pairs = hundreds | ((halves - hundreds * 100) << 16);
        let tens = ((pairs * 103) >> 10) & 0x000f_000f_000f_000f;
        let digits = tens | ((pairs - tens * 10) << 8);
        let zeros = (digits | (1 << 56)).trailing_zeros() & !7;
        let text = (digits | 0x3030_3030_3030_3030) >> zeros;
        let [tens, ones] = PAIRS.get(cents as usize).copied().unwrap_or_default();
        AmountText { yuan: text.to_le_bytes(), digits: 8 - zeros / 8, fen: [b'.', tens, ones, delimiter] }
    }

    /// Writes the amount and the delimiter behind it; returns where that ends.
    #[inline]
    fn put(&self, room: &mut [u8; ROOM], at: usize) -> usize {
        put(room, at, &self.yuan);
        let point = at + self.digits as usize;
        put(room, point, &self.fen);
        point + self.fen.len()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::Money;

    // Four amounts of twelve bytes, a zero, and eight bytes of the end.
    const _: () = assert!(1 + 4 * 12 + 5 + 8 <= ROOM);

    proptest! {
        #[test]
        fn amounts_are_written_as_everywhere(
            (basic, interop, list_price) in (0..TOO_MUCH, 0_u64..100_000, 0..TOO_MUCH),
            is_waived in any::<bool>(),
            row in "[a-z]{0,40}",
            before in "[a-z]{0,200}",
        ) {
            let rows = format!("xx{row}\n\0\0\0\0\0\0\0\0");
            let mut output = Output::default();
            output.push(before.as_bytes());
            let text = |fen| AmountText::new(fen, b';');
            let prices = (PerType { basic: text(basic), interop: text(interop) }, text(list_price));
            output.push_quick(rows.as_bytes(), 2..2 + row.len(), prices, is_waived, &RowForm::new(b';', b"\r\n"));
            let money = |fen: u64| Money::from_fen(fen.try_into().unwrap()).to_string();
            let (waived, payable) = if is_waived { (list_price, 0) } else { (0, list_price) };
            let amounts = [basic, interop, list_price, waived, payable].map(money).join(";");
            prop_assert_eq!(std::str::from_utf8(output.written()).unwrap(), format!("{before}{row};{amounts};true\r\n"));
        }
    }
}
