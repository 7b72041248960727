/// A decimal number in digits, without the heap: tables have many.
pub(super) struct Digits {
    /// Written from its end.
    buffer: [u8; MOST_DIGITS],
    first: usize,
}

/// Digits of `u64`, a point and a sign.
const MOST_DIGITS: usize = 22;

impl Digits {
    /// Writes a number of this many decimals; of those, zeros at the end beyond `least_decimals` are left out.
    pub(super) fn new(mut number: u64, mut decimals: usize, least_decimals: usize) -> Digits {
        while decimals > least_decimals && number.is_multiple_of(10) {
            number /= 10;
            decimals -= 1;
        }
        let mut digits = Digits { buffer: [b'0'; MOST_DIGITS], first: MOST_DIGITS };
        for _ in 0..decimals {
            digits.push_last_of(&mut number);
        }
        if decimals > 0 {
            digits.push(b'.');
        }
        digits.push_last_of(&mut number);
        while number > 0 {
            digits.push_last_of(&mut number);
        }
        digits
    }

    pub(super) fn signed(mut self, is_negative: bool) -> Digits {
        if is_negative {
            self.push(b'-');
        }
        self
    }

    pub(super) fn as_str(&self) -> &str {
        str::from_utf8(&self.buffer[self.first..]).unwrap_or_default()
    }

    fn push_last_of(&mut self, number: &mut u64) {
        self.push(b'0' + (*number % 10) as u8);
        *number /= 10;
    }

    fn push(&mut self, byte: u8) {
        self.first -= 1;
        self.buffer[self.first] = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zeros_beyond_the_least_decimals_are_left_out() {
        for (number, least, shown) in [
            (0, 2, "0.00"),
            (0, 0, "0"),
            (1, 2, "0.0001"),
            (10, 2, "0.001"),
            (8_000, 2, "0.80"),
            (80_000, 0, "8"),
        ] {
            assert_eq!(Digits::new(number, 4, least).as_str(), shown);
        }
    }

    #[test]
    fn the_longest_numbers_have_room() {
        assert_eq!(Digits::new(i64::MIN.unsigned_abs(), 2, 2).signed(true).as_str(), "-92233720368547758.08");
        assert_eq!(Digits::new(u64::MAX, 4, 2).signed(true).as_str(), "-1844674407370955.1615");
        assert_eq!(Digits::new(u64::MAX, 0, 0).as_str(), "18446744073709551615");
    }
}
