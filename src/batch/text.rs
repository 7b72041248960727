//! The bytes of an input, with UTF-16 turned into UTF-8. Read [`Input::new`] first.

use std::io::{self, Read};

use encoding_rs::{Decoder, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memrchr;

use crate::import::text::{SAMPLE, marked_encoding};

/// An input from its first byte on, without a byte-order mark. UTF-16 becomes UTF-8; GB18030 stays, since its row ends
/// are those of ASCII.
pub(super) struct Input<R> {
    input: R,
    /// Bytes that were read to tell the encoding, or that are decoded, from an offset on.
    ready: Vec<u8>,
    start: usize,
    wide: Option<Wide>,
    /// True if the input began with a byte-order mark.
    pub(super) marked: bool,
    /// True if it is a Parquet file, and no text.
    pub(super) is_parquet: bool,
    /// The encoding that the start shows.
    pub(super) encoding: &'static str,
    /// True if the start shows UTF-8, false if GB18030; `None` if it is ASCII, which is both.
    pub(super) is_utf8: Option<bool>,
}

/// UTF-16 that is decoded piece by piece.
struct Wide {
    decoder: Decoder,
    bytes: Vec<u8>,
}

/// First and last bytes of a Parquet file.
pub(super) const PARQUET: &[u8] = b"PAR1";

/// Bytes of UTF-16 that are read at a time.
const PIECE: usize = 64 * 1024;

impl<R: Read> Input<R> {
    /// Reads the start of an input, which tells its encoding.
    pub(super) fn new(mut input: R) -> io::Result<Input<R>> {
        let mut ready = Vec::new();
        (&mut input).take(SAMPLE as u64).read_to_end(&mut ready)?;
        let (encoding, mark) = marked_encoding(&ready).unwrap_or((UTF_8, 0));
        let is_parquet = ready.starts_with(PARQUET);
        let is_wide = encoding == UTF_16LE || encoding == UTF_16BE;
        let is_utf8 = if mark > 0 || is_wide { Some(true) } else { is_utf8(&ready) };
        let encoding_name = encoding.name();
        let mut input = Input {
            input,
            ready,
            start: mark,
            wide: None,
            marked: mark > 0,
            is_parquet,
            encoding: encoding_name,
            is_utf8,
        };
        if is_wide {
            let bytes = input.ready.split_off(mark);
            let mut wide = Wide { decoder: encoding.new_decoder_without_bom_handling(), bytes };
            input.ready.clear();
            input.start = 0;
            wide.decode(&mut input.ready, false);
            input.wide = Some(wide);
        }
        Ok(input)
    }
}

/// Tells UTF-8 from GB18030 by the whole rows of the start of an input.
fn is_utf8(start: &[u8]) -> Option<bool> {
    let whole = match memrchr(b'\n', start) {
        Some(end) if start.len() == SAMPLE => start.get(..end)?,
        _ => start,
    };
    // The last sign may have been cut.
    let is_valid = || std::str::from_utf8(whole).map_or_else(|error| error.error_len().is_none(), |_| true);
    (!whole.is_ascii()).then(is_valid)
}

impl Wide {
    /// Appends the text of the bytes. What is no text becomes U+FFFD, which no number and no word contains.
    fn decode(&mut self, text: &mut Vec<u8>, is_last: bool) {
        let from = text.len();
        text.resize(from + self.bytes.len() * 3 + 16, 0);
        let room = text.get_mut(from..).unwrap_or_default();
        let (_, _, written, _) = self.decoder.decode_to_utf8(&self.bytes, room, is_last);
        text.truncate(from + written);
        self.bytes.clear();
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.start == self.ready.len() {
            let Some(wide) = &mut self.wide else { return self.input.read(buffer) };
            (self.start, self.ready) = (0, std::mem::take(&mut self.ready));
            self.ready.clear();
            (&mut self.input).take(PIECE as u64).read_to_end(&mut wide.bytes)?;
            let is_last = wide.bytes.is_empty();
            wide.decode(&mut self.ready, is_last);
            if is_last {
                self.wide = None;
            }
        }
        let ready = self.ready.get(self.start..).unwrap_or_default();
        let length = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), ready.get(..length)) {
            to.copy_from_slice(from);
        }
        self.start += length;
        Ok(length)
    }
}
