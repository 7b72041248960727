//! The amounts of a row in the output. They are written from the last to the first, since digits are found in this order. Read
//! [`push_amounts`] first.

use super::output::Output;
use crate::account::PerType;
use crate::money::Amount;
use crate::pricing::Price;

/// The columns that follow those of the input.
pub(super) const COLUMNS: [&str; 6] =
    ["basic_annual", "interop_annual", "list_price", "waived", "payable", "complete"];

/// What these columns hold; `None` where there is no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowAmounts {
    pub(super) annual: PerType<Option<Amount>>,
    /// Fen, as all that follow.
    pub(super) list_price: Option<u64>,
    pub(super) waived: Option<u64>,
    pub(super) payable: Option<u64>,
    pub(super) is_complete: bool,
}

impl RowAmounts {
    /// Returns the amounts of a row. A waived row is payable with nothing even if it has no price.
    #[inline]
    pub(super) fn of(price: &Price, is_waived: bool) -> RowAmounts {
        let is_complete = price.is_complete();
        let list_price = is_complete.then_some(price.list_price.fen().unsigned_abs());
        let (waived, payable) = if is_waived { (list_price, Some(0)) } else { (Some(0), list_price) };
        let annual = |unpriced: u32, annual: Amount| (unpriced == 0).then_some(annual);
        RowAmounts {
            annual: PerType {
                basic: annual(price.unpriced.basic, price.annual.basic),
                interop: annual(price.unpriced.interop, price.annual.interop),
            },
            list_price,
            waived,
            payable,
            is_complete,
        }
    }
}

/// Appends the amounts of a row and its line end, each after a delimiter. What has no price is empty.
#[inline]
pub(super) fn push_amounts(out: &mut Output, amounts: &RowAmounts, delimiter: u8, line_end: &[u8]) {
    let mut tail = Tail::new();
    tail.push(line_end);
    tail.push(if amounts.is_complete { b"true" } else { b"false" });
    tail.push_byte(delimiter);
    for fen in [amounts.payable, amounts.waived, amounts.list_price] {
        if let Some(fen) = fen {
            tail.push_fen(fen);
        }
        tail.push_byte(delimiter);
    }
    for annual in [amounts.annual.interop, amounts.annual.basic] {
        if let Some(annual) = annual {
            tail.push_amount(annual);
        }
        tail.push_byte(delimiter);
    }
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
        let mut out = Output::default();
        push_amounts(&mut out, &RowAmounts::of(&price, true), b',', b"\r\n");
        let text = std::str::from_utf8(out.written()).unwrap();
        assert_eq!(text, format!(",{amount},{amount},{0},{0},0.00,true\r\n", Money::from_fen(i64::MAX)));
    }
}
