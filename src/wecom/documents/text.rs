//! The bytes of a file as text, and the JSON values of the text one after the other: one, or one a line, or several.
//! [`decode`] and [`roots`] are all of it.

use serde::de::IgnoredAny;
use serde_json::error::Category;

use super::MAX_BYTES;
use super::json::{Node, NodeKind, Path};
use super::problems::Problems;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};

/// Returns the text without a byte-order mark. A character that is cut off at the end is left out; the value that it
/// was part of is incomplete all the same.
pub(super) fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Diagnostic> {
    let unreadable = |reason: Message, fix: &'static str| {
        let problem = Diagnostic::new(Code::JsonUnreadable).with("file", name);
        Err(problem.with("reason", reason).with("fix", Message::new(fix)))
    };
    if bytes.len() > MAX_BYTES {
        return Err(too_large(name));
    }
    if is_utf16(bytes) {
        return unreadable(Message::new("api-file-utf16"), "api-fix-utf8");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
            if error.error_len().is_some() {
                let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
                let reason = Message::new("api-file-not-utf8").with("line", line.to_string());
                return unreadable(reason, "api-fix-utf8");
            }
            std::str::from_utf8(valid).unwrap_or_default()
        }
    };
    match text.trim_start().as_bytes().first() {
        None => unreadable(Message::new("api-file-empty"), "api-fix-save-answer"),
        Some(b'<') => unreadable(Message::new("api-file-xml"), "api-fix-save-answer"),
        Some(_) => Ok(text),
    }
}

/// Returns the problem of a file with more than [`MAX_BYTES`], which need not be loaded to be refused.
pub fn too_large(name: &str) -> Diagnostic {
    let reason = Message::new("api-file-large").with("most", MAX_BYTES / (1024 * 1024));
    let problem = Diagnostic::new(Code::JsonUnreadable).with("file", name).with("reason", reason);
    problem.with("fix", Message::new("api-fix-split"))
}

/// Returns true for UTF-16, by its mark or by the zero byte of its first sign.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
        || bytes.iter().take(2).filter(|byte| **byte == 0).count() == 1
}

/// Bytes at the start of a value in which its first key is looked for.
const LONGEST_BEGINNING: usize = 4 * 1024;

/// Returns the values of the text. Where it is no JSON, that is reported, the value is incomplete, and the next line
/// that begins like it is gone on with.
pub(super) fn roots<'t>(problems: &Problems<'t>) -> Vec<Node<'t>> {
    let text = problems.text();
    let mut roots = Vec::new();
    let mut at = 0;
    // What may stand between two values: after an error, they may be what is left of an array.
    let mut between = " \t\r\n";
    let mut is_broken = false;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        at += rest.len() - rest.trim_start_matches(|sign| between.contains(sign)).len();
        if at >= text.len() {
            return roots;
        }
        let is_array = text[at..].starts_with('[');
        // To read on to the end from each of many broken lines would take hours.
        let known_end = if is_broken && !is_array { next_alike(text, at, at) } else { None };
        match check(text, at, known_end.unwrap_or(text.len())) {
            Ok(end) => {
                roots.push(Node::whole(text, at, end));
                at = end;
            }
            Err(error) => {
                // A line that is cut off may take later lines for its own; an array has them.
                let length = if is_array { offset_of(&text[at..], &error) } else { 0 };
                let from = at + text[at..at + length].trim_end().len();
                let next = known_end.or_else(|| next_alike(text, at, from)).unwrap_or(text.len());
                let end = match check(text, at, next) {
                    Ok(end) => end,
                    Err(error) => report(problems, at, next, &error),
                };
                roots.push(Node::at(text, at, end));
                at = next;
                between = " \t\r\n,]";
                is_broken = true;
            }
        }
    }
}

/// Returns the offset behind the value that begins at one, both within the text.
fn check(text: &str, start: usize, end: usize) -> Result<usize, serde_json::Error> {
    let rest = text.get(start..end).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Err(error)) => Err(error),
        _ => Ok(start + values.byte_offset()),
    }
}

/// Reports where a value is no JSON, and returns the offset up to which it is.
fn report(problems: &Problems<'_>, start: usize, end: usize, error: &serde_json::Error) -> usize {
    let text = problems.text();
    let rest = text.get(start..end).unwrap_or_default();
    let is_cut = error.classify() == Category::Eof;
    let length = offset_of(rest, error);
    let reason = match rest[length..].chars().next() {
        Some('\0') => Message::new("api-syntax-nul"),
        Some(sign) if !is_cut && !sign.is_control() => {
            Message::new("api-syntax-sign").with("sign", sign.to_string())
        }
        _ if end < text.len() || !is_cut => Message::new("api-syntax-line-end"),
        _ => Message::new("api-syntax-end"),
    };
    let node = Node::at(text, start + length, start + length);
    problems.report(Diagnostic::new(Code::JsonSyntax).with("reason", reason), &Path::ROOT, node);
    start + length
}

/// Returns the byte offset of an error, which knows its line and its column in bytes.
fn offset_of(text: &str, error: &serde_json::Error) -> usize {
    if error.classify() == Category::Eof {
        return text.trim_end().len();
    }
    let newline = |from: usize| text[from..].find('\n').map_or(text.len(), |newline| from + newline + 1);
    let line_start = (1..error.line()).fold(0, |start, _| newline(start));
    // A line end within a text is not counted in, every other sign is.
    let before = usize::from(!error.to_string().starts_with("control character"));
    let offset = (line_start + error.column().saturating_sub(before)).min(text.len());
    (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or_default()
}

/// Returns the offset of the next line after the one of `from` that begins an object with the same key as the value
/// at `start`, which is an object or an array of such objects.
fn next_alike(text: &str, start: usize, from: usize) -> Option<usize> {
    let first_key = |start: usize, end: usize| {
        let window =
            (start..=end.min(start + LONGEST_BEGINNING)).rev().find(|end| text.is_char_boundary(*end))?;
        let mut node = Node::at(text, start, window);
        while node.kind() == NodeKind::Array {
            node = node.elements().next()?;
        }
        node.members().next().map(|(key, _)| key)
    };
    let key = first_key(start, text.len())?;
    let mut at = from;
    loop {
        at += text.get(at..)?.find('\n')? + 1;
        let line = text.get(at..)?.lines().next().unwrap_or_default();
        let start = at + line.len() - line.trim_start().len();
        if line.trim_start().starts_with('{') && first_key(start, at + line.len()).as_ref() == Some(&key) {
            return Some(start);
        }
    }
}
