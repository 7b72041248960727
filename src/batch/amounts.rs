//! The amounts of a row in the output. They are written from the last to the first, since digits are found in this order. Read
//! [`push_amounts`] first.

use super::output::Output;
use crate::money::Amount;
use crate::pricing::Price;

/// The columns that follow those of the input.
pub(super) const COLUMNS: [&str; 6] =
    ["basic_annual", "interop_annual", "list_price", "waived", "payable", "complete"];

/// Appends the amounts of a row and its line end, each after a delimiter. What has no price is empty; a waived row is payable
/// with nothing even then.
#[inline]
pub(super) fn push_amounts(out: &mut Output, price: &Price, is_waived: bool, delimiter: u8, line_end: &[u8]) {
    let mut tail = Tail::new();
    let is_complete = price.is_complete();
    let list_price = price.list_price.fen().unsigned_abs();
    tail.push(line_end);
    tail.push(if is_complete { b"true" } else { b"false" });
    tail.push_byte(delimiter);
    match (is_waived, is_complete) {
        (true, _) => tail.push(b"0.00"),
        (false, true) => tail.push_fen(list_price),
        (false, false) => {}
    }
    tail.push_byte(delimiter);
    match (is_waived, is_complete) {
        (true, true) => tail.push_fen(list_price),
        (true, false) => {}
        (false, _) => tail.push(b"0.00"),
    }
    tail.push_byte(delimiter);
    if is_complete {
        tail.push_fen(list_price);
    }
    tail.push_byte(delimiter);
    if price.unpriced.interop == 0 {
        tail.push_amount(price.annual.interop);
    }
    tail.push_byte(delimiter);
    if price.unpriced.basic == 0 {
        tail.push_amount(price.annual.basic);
    }
    tail.push_byte(delimiter);
    out.push(tail.bytes());
}

/// Most bytes of five amounts of 64 bits, a word, the signs between them and a line end.
const LENGTH: usize = 192;

/// The end of a row, which grows to the front.
pub(super) struct Tail {
    bytes: [u8; LENGTH],
    start: usize,
}

/// The digits of 0 to 99, two each.
pub(super) const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

impl Tail {
    pub(super) fn new() -> Tail {
        Tail { bytes: [0; LENGTH], start: LENGTH }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    #[inline]
    pub(super) fn push(&mut self, text: &[u8]) {
        self.start = self.start.saturating_sub(text.len());
        if let Some(room) = self.bytes.get_mut(self.start..self.start + text.len()) {
            room.copy_from_slice(text);
        }
    }

    #[inline]
    pub(super) fn push_byte(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(room) = self.bytes.get_mut(self.start) {
            *room = byte;
        }
    }

    /// Puts yuan with two decimals in front.
    #[inline]
    pub(super) fn push_fen(&mut self, fen: u64) {
        self.push_pair(fen % 100);
        self.push_byte(b'.');
        self.push_number(fen / 100);
    }

    /// Puts yuan with two decimals in front, or up to four if the amount has them.
    #[inline]
    pub(super) fn push_amount(&mut self, amount: Amount) {
        let fine = amount.ten_thousandths();
        let (fen, mut rest) = (fine / 100, fine % 100);
        if rest > 0 {
            if rest.is_multiple_of(10) {
                rest /= 10;
            } else {
                self.push_byte(b'0' + (rest % 10) as u8);
                rest /= 10;
            }
            self.push_byte(b'0' + (rest % 10) as u8);
        }
        self.push_fen(fen);
    }

    #[inline]
    pub(super) fn push_number(&mut self, mut number: u64) {
        while number >= 100 {
            self.push_pair(number % 100);
            number /= 100;
        }
        if number >= 10 {
            self.push_pair(number);
        } else {
            self.push_byte(b'0' + number as u8);
        }
    }

    #[inline]
    fn push_pair(&mut self, number: u64) {
        if let Some(pair) = PAIRS.get(number as usize) {
            self.push(pair);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::{Money, UnitPrice};

    proptest! {
        /// The quick way writes what `Display` writes.
        #[test]
        fn amounts_are_written_as_everywhere(fen in 0..=i64::MAX, fine in 0..=1_000_000_u64, count in 0_u64..10_000) {
            let mut tail = Tail::new();
            tail.push_fen(fen.unsigned_abs());
            prop_assert_eq!(std::str::from_utf8(tail.bytes()).unwrap(), Money::from_fen(fen).to_string());
            let price: UnitPrice = format!("{}.{:04}", fine / 10_000, fine % 10_000).parse().unwrap();
            let amount = price.times(count).unwrap();
            let mut tail = Tail::new();
            tail.push_amount(amount);
            prop_assert_eq!(std::str::from_utf8(tail.bytes()).unwrap(), amount.to_string());
        }
    }

    #[test]
    fn the_longest_row_has_room() {
        let most: UnitPrice = "1000000".parse().unwrap();
        let amount = most.times(u64::MAX / 10_000_000_000).unwrap();
        let price = Price {
            annual: crate::PerType { basic: amount, interop: amount },
            list_price: Money::from_fen(i64::MAX),
            unpriced: crate::Counts::ZERO,
            days: 1,
        };
        let mut out = Output::new();
        push_amounts(&mut out, &price, true, b',', b"\r\n");
        let text = std::str::from_utf8(out.written()).unwrap();
        assert_eq!(text, format!(",{amount},{amount},{0},{0},0.00,true\r\n", Money::from_fen(i64::MAX)));
    }
}
