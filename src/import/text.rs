//! The bytes of a CSV file as text: UTF-8 with or without a byte-order mark, UTF-16 of either order, or
//! GB18030, which includes GBK and GB2312. Read [`decode`] first.

use std::cmp::Ordering;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::sheet::unreadable;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::lang::Message;

/// Returns the text without a byte-order mark, and the name of its encoding. Bytes that are valid UTF-8 are
/// taken as UTF-8, others as GB18030.
///
/// # Errors
/// [`SheetUnreadable`](crate::diagnostic::Code::SheetUnreadable) if they are no text in its encoding.
pub(super) fn decode(name: &str, bytes: &[u8]) -> Result<(String, &'static str), Diagnostic> {
    let marked = marked_encoding(bytes);
    if marked.is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Ok((text.to_owned(), UTF_8.name()));
    }
    let (encoding, mark) = marked.unwrap_or((GB18030, 0));
    let bytes = bytes.get(mark..).unwrap_or_default();
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
    let text = text.filter(|text| !text.contains('\0')).ok_or_else(|| not_text(name, encoding, bytes))?;
    let label = if encoding == GB18030 { "GB18030" } else { encoding.name() };
    Ok((text.into_owned(), label))
}

/// Bytes at the start that tell UTF-16 without a byte-order mark: its ASCII signs have a zero byte each.
pub(crate) const SAMPLE: usize = 4096;

/// Returns the encoding that the start of a file shows, by a byte-order mark or the zero bytes of UTF-16, with the
/// length of the mark; `None` for UTF-8 without a mark and for GB18030.
pub(crate) fn marked_encoding(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    Encoding::for_bom(bytes).or_else(|| match zeros(0).cmp(&zeros(1)) {
        Ordering::Less => Some((UTF_16LE, 0)),
        Ordering::Greater => Some((UTF_16BE, 0)),
        Ordering::Equal => None,
    })
}

/// Reports the first line that is not in the encoding.
fn not_text(name: &str, encoding: &'static Encoding, bytes: &[u8]) -> Diagnostic {
    if is_wide(encoding) || bytes.contains(&0) {
        return binary(name);
    }
    let is_bad = |line: &[u8]| encoding.decode_without_bom_handling_and_without_replacement(line).is_none();
    let line = bytes.split(|byte| *byte == b'\n').position(is_bad).unwrap_or_default();
    not_in_an_encoding(name, line + 1)
}

/// Returns true for UTF-16, where what is no text is no text at all.
pub(crate) fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

/// Reports a file that is no text.
pub(crate) fn binary(name: &str) -> Diagnostic {
    unreadable(name, Message::new("import-binary"), "import-fix-save-as-csv")
}

/// Reports a line, counted from 1, that no encoding allows.
pub(crate) fn not_in_an_encoding(name: &str, line: usize) -> Diagnostic {
    let reason = Message::new("import-not-in-an-encoding").with("line", line.to_string());
    unreadable(name, reason, "import-fix-save-as-csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "一一,学校,编码\r\n一,沈阳工程学院,1499\r\n";

    fn encoded(encoding: &'static Encoding) -> Vec<u8> {
        match encoding.name() {
            "UTF-16LE" => TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "UTF-16BE" => TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => encoding.encode(TEXT).0.into_owned(),
        }
    }

    #[test]
    fn every_encoding_is_recognised_with_and_without_a_mark() {
        for (encoding, mark, label) in [
            (UTF_8, &b"\xef\xbb\xbf"[..], "UTF-8"),
            (UTF_16LE, b"\xff\xfe", "UTF-16LE"),
            (UTF_16BE, b"\xfe\xff", "UTF-16BE"),
            (GB18030, b"", "GB18030"),
        ] {
            for mark in [mark, b""] {
                let bytes = [mark, &encoded(encoding)].concat();
                assert_eq!(decode("a.csv", &bytes).unwrap(), (TEXT.to_owned(), label));
            }
        }
    }

    #[test]
    fn what_no_encoding_allows_is_reported_with_its_line() {
        let bytes = [TEXT.as_bytes(), b"\xff\xff\n"].concat();
        let problem = decode("a.csv", &bytes).unwrap_err();
        assert!(format!("{problem:?}").contains("Text(\"3\")"), "{problem:?}");
        assert!(decode("a.csv", b"a\0\0\0b").is_err());
    }
}
