//! A CSV file as UTF-8, piece by piece. Read [`Pieces`] first.

use std::io::ErrorKind;

use encoding_rs::{Decoder, DecoderResult, Encoding};

use super::{Content, MAX_BYTES};

/// A text that comes in pieces.
pub(super) trait Pieces {
    /// Replaces a text by the next piece; it is empty at the end. On an error it has what stands before.
    fn read(&mut self, text: &mut Vec<u8>) -> Result<(), TextError>;
}

/// No more pieces.
pub(super) struct NoMore;

impl Pieces for NoMore {
    fn read(&mut self, text: &mut Vec<u8>) -> Result<(), TextError> {
        text.clear();
        Ok(())
    }
}

/// The text of a file in an encoding.
pub(super) struct TextStream<'f> {
    file: &'f mut dyn Content,
    decoder: Decoder,
    bytes: Vec<u8>,
    /// Range of the bytes that are not decoded.
    start: usize,
    end: usize,
    /// Number of bytes that were read.
    length: u64,
    is_at_end: bool,
}

/// The reason why a text ends early.
#[derive(Debug)]
pub(super) enum TextError {
    /// The bytes that follow are no text in the encoding.
    Malformed,
    /// The file has more than [`MAX_BYTES`].
    TooLarge,
    /// The system cannot read it.
    Io(std::io::Error),
}

/// Bytes that are read at a time.
const PIECE: usize = 64 * 1024;

impl<'f> TextStream<'f> {
    /// Returns the text from the first byte on, without a byte-order mark of this length.
    pub(super) fn new(
        file: &'f mut dyn Content,
        encoding: &'static Encoding,
        mark: usize,
    ) -> Result<TextStream<'f>, TextError> {
        file.seek(std::io::SeekFrom::Start(mark as u64)).map_err(TextError::Io)?;
        let decoder = encoding.new_decoder_without_bom_handling();
        Ok(TextStream { file, decoder, bytes: vec![0; PIECE], start: 0, end: 0, length: 0, is_at_end: false })
    }

    fn fill(&mut self) -> Result<(), TextError> {
        let read = loop {
            match self.file.read(&mut self.bytes) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                read => break read.map_err(TextError::Io)?,
            }
        };
        (self.start, self.end, self.is_at_end) = (0, read, read == 0);
        self.length += read as u64;
        if self.length > MAX_BYTES { Err(TextError::TooLarge) } else { Ok(()) }
    }
}

impl Pieces for TextStream<'_> {
    fn read(&mut self, text: &mut Vec<u8>) -> Result<(), TextError> {
        // Three bytes of UTF-8 for each byte are the most that any of the encodings has.
        text.resize(PIECE * 3 + 16, 0);
        let mut written = 0;
        while written == 0 && !(self.is_at_end && self.start == self.end) {
            if self.start == self.end {
                self.fill().inspect_err(|_| text.clear())?;
            }
            let bytes = self.bytes.get(self.start..self.end).unwrap_or_default();
            let (result, read, wrote) =
                self.decoder.decode_to_utf8_without_replacement(bytes, text, self.is_at_end);
            self.start += read;
            written = wrote;
            if let DecoderResult::Malformed(..) = result {
                text.truncate(written);
                return Err(TextError::Malformed);
            }
        }
        text.truncate(written);
        Ok(())
    }
}
