use std::borrow::Cow;
use std::sync::OnceLock;

use thiserror::Error;

use super::cell::CellAddress;
use super::{Code, Diagnostic};

/// A text to be read, and the name by which a person knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    name: Cow<'static, str>,
    text: Cow<'static, str>,
    line_starts: OnceLock<Vec<usize>>,
    /// The cells of a sheet that the text shows, each with the byte offset at which it starts, by row and
    /// column; none of a text file.
    cells: Vec<(usize, CellAddress)>,
}

impl SourceFile {
    /// Size of the largest file that is read, in bytes.
    pub const MAX_BYTES: usize = 16 * 1024 * 1024;

    /// Name of standard input, which is no file.
    pub const STDIN: &str = "<stdin>";

    /// Returns a text that is known to be one.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> SourceFile {
        let (name, text) = (Cow::Owned(name.into()), Cow::Owned(text.into()));
        SourceFile { name, text, line_starts: OnceLock::new(), cells: Vec::new() }
    }

    /// Returns a text that shows the cells of a sheet, one row a line. The cells are given by row and column, with
    /// the byte offset at which each starts; problems in them are reported at their addresses.
    pub fn of_sheet(
        name: impl Into<String>,
        text: impl Into<String>,
        cells: Vec<(usize, CellAddress)>,
    ) -> SourceFile {
        SourceFile { cells, ..SourceFile::new(name, text) }
    }

    /// Returns a text that is built into the program, which is not copied.
    pub(crate) const fn built_in(name: &'static str, text: &'static str) -> SourceFile {
        let (name, text) = (Cow::Borrowed(name), Cow::Borrowed(text));
        SourceFile { name, text, line_starts: OnceLock::new(), cells: Vec::new() }
    }

    /// Reads the bytes of a file as text: UTF-8, with or without a byte-order mark.
    ///
    /// # Errors
    /// [`SourceError`] if the bytes are too many, binary, or text in another encoding.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<SourceFile, SourceError> {
        let name = name.into();
        if bytes.len() > SourceFile::MAX_BYTES {
            return Err(SourceError::TooLarge { name, bytes: bytes.len() });
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return Err(SourceError::Utf16 { name });
        }
        if bytes.contains(&0) {
            return Err(SourceError::Binary { name });
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
            SourceError::NotUtf8 { name: name.clone(), line }
        })?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        Ok(SourceFile::new(name, text))
    }

    /// Returns the name, usually the path as the user gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text, without a byte-order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the cell that holds a byte offset; `None` in a text that shows no sheet.
    pub fn cell(&self, offset: usize) -> Option<CellAddress> {
        let after = self.cells.partition_point(|(start, _)| *start <= offset);
        self.cells.get(after.saturating_sub(1)).map(|(_, address)| *address)
    }

    /// Returns the byte offset at which a cell of a sheet starts; `None` if the text does not show it.
    pub fn offset(&self, cell: CellAddress) -> Option<usize> {
        let index = self.cells.binary_search_by_key(&cell, |(_, address)| *address).ok()?;
        self.cells.get(index).map(|(start, _)| *start)
    }

    /// Returns line and column of a byte offset, both counted from 1, columns in characters.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let index = self.line_index(before.len());
        (1 + index, 1 + before[self.line_starts()[index]..].chars().count())
    }

    /// Returns the bytes of the line that holds an offset, without its line end.
    #[cfg(feature = "reports")]
    pub(super) fn line(&self, offset: usize) -> std::ops::Range<usize> {
        let index = self.line_index(offset);
        let start = self.line_starts()[index];
        let end = self.line_starts().get(index + 1).map_or(self.text.len(), |next| next - 1);
        start..end
    }

    fn line_index(&self, offset: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// Returns where each line begins; looked for once, since a bad file can have a problem on every line.
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let after_newlines = self.text.match_indices('\n').map(|(newline, _)| newline + 1);
            std::iter::once(0).chain(after_newlines).collect()
        })
    }
}

/// The reason why bytes are no text that could be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SourceError {
    /// The file has more than [`SourceFile::MAX_BYTES`].
    #[error("{name}: {bytes} bytes are too many")]
    TooLarge {
        /// Name of the file.
        name: String,
        /// Size of the file in bytes.
        bytes: usize,
    },
    /// The text is UTF-16, according to its byte-order mark.
    #[error("{name}: UTF-16")]
    Utf16 {
        /// Name of the file.
        name: String,
    },
    /// The file has NUL bytes.
    #[error("{name}: a binary file")]
    Binary {
        /// Name of the file.
        name: String,
    },
    /// The text is not UTF-8.
    #[error("{name}: line {line} is not UTF-8")]
    NotUtf8 {
        /// Name of the file.
        name: String,
        /// First line that is not UTF-8, counted from 1.
        line: usize,
    },
}

impl From<SourceError> for Diagnostic {
    fn from(error: SourceError) -> Diagnostic {
        match error {
            SourceError::TooLarge { name, .. } => Diagnostic::new(Code::FileTooLarge)
                .with("file", name)
                .with("most", SourceFile::MAX_BYTES / (1024 * 1024)),
            SourceError::Utf16 { name } => Diagnostic::new(Code::FileUtf16).with("file", name),
            SourceError::Binary { name } => Diagnostic::new(Code::FileBinary).with("file", name),
            SourceError::NotUtf8 { name, line } => {
                Diagnostic::new(Code::FileNotUtf8).with("file", name).with("line", line)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_not_part_of_the_text() {
        let file = SourceFile::from_bytes("plan.toml", b"\xEF\xBB\xBFa = 1\r\n".to_vec()).unwrap();
        assert_eq!(file.text(), "a = 1\r\n");
    }

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("plan.toml", "a = 1\nname = \"沈阳\" # x");
        assert_eq!(file.line_and_column(0), (1, 1));
        assert_eq!(file.line_and_column(file.text().find('#').unwrap()), (2, 13));
    }

    #[test]
    fn gb18030_is_reported_as_not_utf8() {
        let bytes = b"# ok\nname = \"\xc9\xf2\xd1\xf4\"".to_vec();
        let error = SourceFile::from_bytes("plan.toml", bytes).unwrap_err();
        assert_eq!(error, SourceError::NotUtf8 { name: "plan.toml".into(), line: 2 });
    }
}
