//! An input in blocks of whole rows. Read [`Blocks::read`] first.

use std::io::Read;

use encoding_rs::GB18030;
use memchr::{memchr, memchr_iter, memrchr};

use super::BatchError;
use super::text::Input;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;
use crate::import::csv::quote_open;
use crate::import::sheet::unreadable;
use crate::import::text::{binary, not_in_an_encoding};

/// Bytes of a block unless another size is asked for: they and what becomes of them stay in the cache of a core.
pub const DEFAULT_BLOCK: usize = 128 * 1024;

/// Longest row in bytes.
pub(super) const MOST_OF_A_ROW: usize = 4 * 1024 * 1024;

/// The rows of an input that are not read yet.
pub(super) struct Blocks<'n, R> {
    name: &'n str,
    input: Input<R>,
    /// Bytes of a block.
    block: usize,
    /// What follows the last whole row.
    rest: Vec<u8>,
    delimiter: u8,
    /// Line of the next row, from 1.
    line: u64,
    /// Number of the next block.
    pub(super) index: u64,
    is_at_end: bool,
    /// True once rows have text that is UTF-8 and not ASCII, false once they have some that is not; `None` before.
    is_utf8: Option<bool>,
}

/// Whole rows.
#[derive(Default)]
pub(super) struct Block {
    /// The rows with their line ends, in UTF-8; only that of the last row of an input may be missing.
    pub(super) text: Vec<u8>,
    /// Number of the block, from 0.
    pub(super) index: u64,
    /// Line of the first row, from 1.
    pub(super) line: u64,
    /// True if there is a quotation mark.
    pub(super) has_quotes: bool,
    /// True if the text is in GB18030, and still to be decoded.
    pub(super) is_gb18030: bool,
}

impl<'n, R: Read> Blocks<'n, R> {
    /// Starts at the first row; blocks have about so many bytes.
    pub(super) fn new(name: &'n str, input: Input<R>, block: usize) -> Blocks<'n, R> {
        let (rest, is_utf8) = (Vec::new(), input.is_utf8);
        Blocks {
            name,
            input,
            block: block.max(1),
            rest,
            delimiter: b',',
            line: 1,
            index: 0,
            is_at_end: false,
            is_utf8,
        }
    }

    /// Reads the first row, without its line end, which decides on the delimiter; `None` of an empty input. Blank lines
    /// before it are passed over.
    pub(super) fn headings(&mut self) -> Result<Option<(Vec<u8>, u64)>, BatchError> {
        let mut text = Vec::new();
        let mut wanted = self.block;
        loop {
            let at_end = self.fill(&mut text, wanted)?;
            let mut ends = RowEnds::new(self.delimiter);
            let first = ends.first(&text);
            if at_end && first.is_none() {
                self.refuse_open_quote(&ends, &text)?;
            }
            let Some(end) = first.or(at_end.then_some(text.len())) else {
                self.refuse_endless(&text)?;
                wanted = text.len() * 2;
                continue;
            };
            let rest = text.split_off(end);
            let lines = newlines(&text);
            self.check_text(&text, lines)?;
            if self.is_utf8 == Some(false) {
                text = GB18030.decode_without_bom_handling(&text).0.into_owned().into_bytes();
            }
            self.rest = rest;
            let line = self.line;
            self.line += lines;
            let is_blank = text.trim_ascii().is_empty();
            if is_blank && at_end && self.rest.is_empty() {
                return Ok(None);
            }
            if !is_blank {
                return Ok(Some((text, line)));
            }
            text.clear();
        }
    }

    /// Sets the sign between two fields.
    pub(super) fn set_delimiter(&mut self, delimiter: u8) {
        self.delimiter = delimiter;
    }

    /// Returns the encoding as far as it is known.
    pub(super) fn encoding(&self) -> &'static str {
        if self.is_utf8 == Some(false) { "GB18030" } else { self.input.encoding }
    }

    /// Replaces a block by the next one; false at the end.
    pub(super) fn read(&mut self, block: &mut Block) -> Result<bool, BatchError> {
        let text = &mut block.text;
        text.clear();
        let mut wanted = self.block;
        let mut ends = RowEnds::new(self.delimiter);
        let end = loop {
            let at_end = self.fill(text, wanted)?;
            let last = ends.last(text);
            if at_end {
                self.refuse_open_quote(&ends, text)?;
                break text.len();
            }
            if let Some(end) = last {
                break end;
            }
            self.refuse_endless(text)?;
            wanted = text.len() * 2;
        };
        self.rest.extend_from_slice(text.get(end..).unwrap_or_default());
        text.truncate(end);
        (block.index, block.line, block.has_quotes) = (self.index, self.line, ends.has_quotes);
        let lines = newlines(text);
        self.check_text(text, lines)?;
        block.is_gb18030 = self.is_utf8 == Some(false);
        self.index += 1;
        self.line += lines;
        Ok(!text.is_empty())
    }

    /// Appends the rest and what is read, up to a length; true at the end of the input.
    fn fill(&mut self, text: &mut Vec<u8>, wanted: usize) -> Result<bool, BatchError> {
        text.append(&mut self.rest);
        let more = wanted.saturating_sub(text.len());
        if more > 0 && !self.is_at_end {
            text.reserve_exact(more);
            let read = (&mut self.input).take(more as u64).read_to_end(text).map_err(BatchError::Read)?;
            self.is_at_end = read < more;
        }
        Ok(self.is_at_end)
    }

    fn refuse_open_quote(&self, ends: &RowEnds, text: &[u8]) -> Result<(), Diagnostic> {
        if !ends.is_open() {
            return Ok(());
        }
        let line = self.line + newlines(text.get(..ends.row_start).unwrap_or_default());
        Err(quote_open(self.name, usize::try_from(line).unwrap_or(usize::MAX)))
    }

    fn refuse_endless(&self, text: &[u8]) -> Result<(), Diagnostic> {
        if text.len() <= MOST_OF_A_ROW {
            return Ok(());
        }
        let reason = Message::new("batch-row-too-long")
            .with("line", self.line.to_string())
            .with("most", (MOST_OF_A_ROW / 1024 / 1024).to_string());
        Err(unreadable(self.name, reason, "batch-fix-row-too-long"))
    }

    /// Checks the encoding of rows. Where the start of the input does not tell it, the first line beyond ASCII does: what is valid
    /// UTF-8 is UTF-8, other text GB18030. So the size of the blocks decides nothing.
    fn check_text(&mut self, text: &[u8], lines: u64) -> Result<(), Diagnostic> {
        if memchr(0, text).is_some() {
            return Err(binary(self.name));
        }
        if self.is_utf8 == Some(false) || text.is_ascii() {
            return Ok(());
        }
        let is_utf8 = |text| std::str::from_utf8(text).is_ok();
        if !*self.is_utf8.get_or_insert_with(|| is_utf8(first_line_beyond_ascii(text))) {
            return Ok(());
        }
        let Err(error) = std::str::from_utf8(text) else { return Ok(()) };
        let before = newlines(text.get(..error.valid_up_to()).unwrap_or_default()).min(lines);
        let line = usize::try_from(self.line + before).unwrap_or(usize::MAX);
        Err(not_in_an_encoding(self.name, line))
    }
}

fn first_line_beyond_ascii(text: &[u8]) -> &[u8] {
    text.split_inclusive(|byte| *byte == b'\n').find(|line| !line.is_ascii()).unwrap_or_default()
}

/// Returns the end of the first row, behind its line end; `None` if it has none.
pub(super) fn row_end(text: &[u8], delimiter: u8) -> Option<usize> {
    RowEnds::new(delimiter).first(text)
}

/// Returns the number of line ends.
fn newlines(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

/// Finds row ends: line ends that are not between quotation marks. A quotation mark opens a field only at its start, and two
/// of them in a field are one sign of it.
struct RowEnds {
    delimiter: u8,
    /// Bytes that are looked at already.
    at: usize,
    is_quoted: bool,
    /// True if the text ends with a quotation mark that closes a field unless another follows.
    is_closing: bool,
    has_quotes: bool,
    /// Start of the row in which `at` stands, as far as it is known.
    row_start: usize,
    last: Option<usize>,
}

impl RowEnds {
    fn new(delimiter: u8) -> RowEnds {
        RowEnds {
            delimiter,
            at: 0,
            is_quoted: false,
            is_closing: false,
            has_quotes: false,
            row_start: 0,
            last: None,
        }
    }

    /// Returns the end of the first row, behind its line end.
    fn first(&mut self, text: &[u8]) -> Option<usize> {
        self.go(text, true);
        self.last
    }

    /// Returns the end of the last whole row, of a text that has grown since the last call.
    fn last(&mut self, text: &[u8]) -> Option<usize> {
        self.go(text, false);
        self.last
    }

    /// Returns true if a field is open at the end of the text.
    fn is_open(&self) -> bool {
        self.is_quoted && !self.is_closing
    }

    fn go(&mut self, text: &[u8], only_first: bool) {
        self.is_closing = false;
        while let Some(rest) = text.get(self.at..).filter(|rest| !rest.is_empty()) {
            let quote = memchr(b'"', rest);
            if self.is_quoted {
                let Some(quote) = quote else { return self.at = text.len() };
                // Of two quotation marks the second opens again, with nothing between.
                self.at += quote + 1;
                self.is_quoted = false;
                if text.get(self.at) == Some(&b'"') {
                    self.at += 1;
                    self.is_quoted = true;
                } else if self.at == text.len() {
                    // What follows decides; it is looked at once it is there.
                    self.at -= 1;
                    (self.is_quoted, self.is_closing) = (true, true);
                    return;
                }
                continue;
            }
            self.has_quotes |= quote.is_some();
            let plain = rest.get(..quote.unwrap_or(rest.len())).unwrap_or_default();
            let end = if only_first { memchr(b'\n', plain) } else { memrchr(b'\n', plain) };
            if let Some(end) = end {
                self.last = Some(self.at + end + 1);
                self.row_start = self.at + end + 1;
                if only_first {
                    return;
                }
            }
            let Some(quote) = quote else { return self.at = text.len() };
            let at = self.at + quote;
            let before = at.checked_sub(1).and_then(|before| text.get(before));
            self.is_quoted = before.is_none_or(|before| *before == b'\n' || *before == self.delimiter);
            self.at = at + 1;
        }
    }
}
