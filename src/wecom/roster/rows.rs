//! The rows of a CSV file, one after the other. Read [`Rows::next`] first.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::text::{Pieces, TextError};

/// Largest row in bytes or columns: only a quotation mark that is not closed makes a larger one.
const MOST: usize = 1024 * 1024;

/// Rows of a text that comes in pieces.
pub(super) struct Rows<P> {
    pieces: P,
    reader: Reader,
    text: Vec<u8>,
    at: usize,
    state: State,
    fields: Vec<u8>,
    ends: Vec<usize>,
}

#[derive(PartialEq, Eq)]
enum State {
    Reading,
    /// A line end has been put behind the text: whatever it does not end is in quotation marks.
    LastLineEnded,
    AtEnd,
}

/// A row that is not empty.
pub(super) struct Row<'r> {
    fields: &'r [u8],
    ends: &'r [usize],
    last_line: u64,
}

/// The reason why there are no more rows.
#[derive(Debug)]
pub(super) enum RowError {
    /// What follows this line, counted from 1, cannot be read.
    Text(TextError, u64),
    /// The text has NUL.
    Binary,
    /// The row that begins on this line, counted from 1, has no end.
    Open(u64),
}

impl<P: Pieces> Rows<P> {
    /// Returns the rows of a text that begins with these pieces. `first_line` is the number of its first line.
    pub(super) fn new(pieces: P, text: Vec<u8>, delimiter: char, first_line: u64) -> Rows<P> {
        let mut reader = ReaderBuilder::new().delimiter(u8::try_from(delimiter).unwrap_or(b',')).build();
        reader.set_line(first_line);
        let (fields, ends) = (vec![0; 4096], vec![0; 64]);
        Rows { pieces, reader, text, at: 0, state: State::Reading, fields, ends }
    }

    /// Returns the next row that is not empty; `None` behind the last.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, RowError> {
        let (mut written, mut ended) = (0, 0);
        loop {
            if self.at == self.text.len() {
                self.fill(written + ended > 0, written)?;
            }
            let text = self.text.get(self.at..).unwrap_or_default();
            let (result, read, wrote, ends) =
                self.reader.read_record(text, &mut self.fields[written..], &mut self.ends[ended..]);
            let is_line_end = text.get(..read).is_some_and(|read| read.ends_with(b"\n"));
            self.at += read;
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if written < MOST => self.fields.resize(2 * written, 0),
                ReadRecordResult::OutputEndsFull if ended < MOST => self.ends.resize(2 * ended, 0),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {
                    return Err(RowError::Open(self.first_line(written)));
                }
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let (fields, ends) = (&self.fields[..written], &self.ends[..ended]);
                    let last_line = self.reader.line() - u64::from(is_line_end);
                    return Ok(Some(Row { fields, ends, last_line }));
                }
            }
        }
    }

    /// Takes the next piece; at the end a line end, then nothing.
    fn fill(&mut self, is_in_row: bool, written: usize) -> Result<(), RowError> {
        self.at = 0;
        match self.state {
            State::Reading => {
                let read = self.pieces.read(&mut self.text);
                if self.text.contains(&0) {
                    return Err(RowError::Binary);
                }
                read.map_err(|error| RowError::Text(error, self.reader.line() + newlines(&self.text)))?;
                if self.text.is_empty() {
                    self.state = State::LastLineEnded;
                    self.text.push(b'\n');
                }
            }
            State::LastLineEnded if is_in_row => {
                return Err(RowError::Open(self.first_line(written)));
            }
            State::LastLineEnded | State::AtEnd => {
                self.state = State::AtEnd;
                self.text.clear();
            }
        }
        Ok(())
    }

    /// Returns the first line of the row that is being read.
    fn first_line(&self, written: usize) -> u64 {
        self.reader.line() - newlines(self.fields.get(..written).unwrap_or_default())
    }
}

impl<'r> Row<'r> {
    /// Returns a field by the number of its column, from 1, without blanks around it; it is empty where the row is
    /// shorter.
    pub(super) fn field(&self, column: u32) -> &'r str {
        let index = column as usize - 1;
        let start = match index.checked_sub(1) {
            Some(before) => self.ends.get(before).copied(),
            None => Some(0),
        };
        let bytes = start.zip(self.ends.get(index)).and_then(|(start, end)| self.fields.get(start..*end));
        std::str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default().trim()
    }

    /// Returns the number of its columns.
    pub(super) fn columns(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Returns true if no field has a content.
    pub(super) fn is_blank(&self) -> bool {
        std::str::from_utf8(self.fields).is_ok_and(|fields| fields.trim().is_empty())
    }

    /// Returns its first line, counted from 1.
    pub(super) fn line(&self) -> u64 {
        self.last_line - newlines(self.fields)
    }
}

fn newlines(text: &[u8]) -> u64 {
    text.iter().filter(|byte| **byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pieces of a text of a few bytes each, which tear rows and line ends apart.
    struct Torn<'t>(std::slice::Chunks<'t, u8>);

    impl Pieces for Torn<'_> {
        fn read(&mut self, text: &mut Vec<u8>) -> Result<(), TextError> {
            text.clear();
            text.extend(self.0.next().unwrap_or_default());
            Ok(())
        }
    }

    /// Returns the second column of each row, with its line.
    fn second(text: &str, piece: usize) -> Result<Vec<(u64, String)>, RowError> {
        let mut rows = Rows::new(Torn(text.as_bytes().chunks(piece)), Vec::new(), ',', 1);
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.line(), row.field(2).to_owned()));
        }
        Ok(found)
    }

    #[test]
    fn rows_have_their_lines_however_the_text_is_torn() {
        let text = "a, b \r\n\r\n\"x\n\"\"y\", c\n,d,\r\n\n\n\"e\",\"f\nf\"";
        let expected = [(1, "b"), (3, "c"), (5, "d"), (8, "f\nf")].map(|(line, id)| (line, id.to_owned()));
        for piece in 1..text.len() {
            assert_eq!(second(text, piece).unwrap(), expected, "{piece}");
            assert_eq!(second(&format!("{text}\n\n"), piece).unwrap(), expected, "{piece}");
        }
        assert!(second("", 1).unwrap().is_empty() && second("\n\r\n", 1).unwrap().is_empty());
    }

    #[test]
    fn a_row_without_an_end_is_reported_with_its_first_line() {
        for (text, line) in [("a,b\nc,\"d\ne\n\nf", 2), ("a\n\n\"", 3), ("a\n\n\"\"\"", 3)] {
            for piece in 1..=text.len() {
                let error = second(text, piece).unwrap_err();
                assert!(matches!(error, RowError::Open(found) if found == line), "{text:?} {error:?}");
            }
        }
        let long = format!("a\n\"{}", "x\n".repeat(MOST));
        assert!(matches!(second(&long, 4096).unwrap_err(), RowError::Open(2)));
        let wide = format!("a\n{}", ",".repeat(MOST + 1));
        assert!(matches!(second(&wide, 4096).unwrap_err(), RowError::Open(2)));
    }
}
