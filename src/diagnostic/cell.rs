use std::fmt;

/// A cell of a sheet. It is shown as spreadsheets do: `B12`.
///
/// ```
/// use wxlicense::diagnostic::CellAddress;
/// assert_eq!(CellAddress { row: 12, column: 2 }.to_string(), "B12");
/// assert_eq!(CellAddress { row: 1, column: 16_384 }.to_string(), "XFD1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAddress {
    /// Number of the row, from 1.
    pub row: u32,
    /// Number of the column, from 1: column A is 1.
    pub column: u32,
}

impl CellAddress {
    /// Returns the letters of the column: `B`.
    pub fn letters(self) -> String {
        const LETTERS: [char; 26] = [
            'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S',
            'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
        ];
        let mut letters = Vec::new();
        let mut rest = self.column;
        while rest > 0 {
            letters.push(LETTERS[(rest as usize - 1) % LETTERS.len()]);
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.letters(), self.row)
    }
}
