//! Numbers from the bytes of a fuzzer.

/// Bytes that are taken from the front, as numbers. Behind the last byte there are zeros, so that every input is long enough.
pub struct Numbers<'b>(&'b [u8]);

impl<'b> Numbers<'b> {
    /// Starts at the first byte.
    pub fn new(bytes: &'b [u8]) -> Numbers<'b> {
        Numbers(bytes)
    }

    /// Returns a number from `least` to `most`, both inclusive, of as many bytes as the larger numbers of the range take.
    pub fn within(&mut self, least: u64, most: u64) -> u64 {
        let (mut number, mut covered) = (0_u64, 0_u64);
        while covered < most - least {
            number = number << 8 | u64::from(self.byte());
            covered = covered << 8 | 0xff;
        }
        match (most - least).checked_add(1) {
            Some(numbers) => least + number % numbers,
            None => number,
        }
    }

    /// As [`Numbers::within`] from 0.
    pub fn up_to(&mut self, most: u64) -> u64 {
        self.within(0, most)
    }

    /// Returns a number from 0 to `most`, which fits.
    pub fn small(&mut self, most: u32) -> u32 {
        u32::try_from(self.up_to(most.into())).unwrap()
    }

    /// Returns one of several values.
    pub fn pick<T: Copy>(&mut self, values: &[T]) -> T {
        values[usize::try_from(self.up_to(values.len() as u64 - 1)).unwrap()]
    }

    /// Returns true for one of `of` numbers.
    pub fn one_in(&mut self, of: u64) -> bool {
        self.within(1, of) == of
    }

    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }
}
