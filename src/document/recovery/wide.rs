//! Full-width punctuation that a Chinese input method writes in place of TOML's ASCII characters.

use super::syntax::{Problem, delete, write};
use crate::diagnostic::lang::Message;
use crate::document::suggestion;

/// Returns the problem of such a sign at an offset.
pub(super) fn problem(sign: char, at: usize) -> Problem {
    let (found, help) = match on_keyboard(sign) {
        Some(meant) if meant != ' ' => {
            (sign.to_string(), Message::new("toml-fix-wide").with("meant", meant.to_string()))
        }
        // An invisible blank.
        _ => (format!("U+{:04X}", u32::from(sign)), delete(&format!("U+{:04X}", u32::from(sign)))),
    };
    Problem::new(Message::new("toml-wide").with("found", found), help, at..at + sign.len_utf8())
}

/// Returns the problem of such a sign in a value that begins at an offset; `None` if it is part of a text
/// without quotes.
pub(super) fn in_value(word: &str, start: usize) -> Option<Problem> {
    let (from, sign) = first(word)?;
    let span = start + from..start + from + sign.len_utf8();
    let reason = Message::new("toml-wide").with("found", sign.to_string());
    let (before, after) = (&word[..from], &word[from + sign.len_utf8()..]);
    if after.is_empty() && !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Problem::new(reason, delete(&sign.to_string()), span));
    }
    if let Some(number) = suggestion::whole_number(word) {
        return Some(Problem::new(reason, write(number), span));
    }
    let begins_quoted = word.starts_with(['“', '”', '‘', '’', '＂', '＇', '「', '『']);
    let is_all_signs = || word.chars().all(|sign| sign.is_ascii() || on_keyboard(sign).is_some());
    (begins_quoted || is_all_signs()).then(|| problem(sign, start + from))
}

/// Returns the first such sign with its offset.
pub(super) fn first(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, sign)| on_keyboard(*sign).is_some())
}

/// Returns the sign of the keyboard; a blank where there should be none or a plain one.
fn on_keyboard(sign: char) -> Option<char> {
    Some(match sign {
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '、' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '—' | '–' | '−' => '-',
        '\u{3000}' | '\u{a0}' | '\u{200b}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{feff}' => ' ',
        '\u{ff01}'..='\u{ff5e}' if !matches!(sign, '（' | '）') => {
            char::from_u32(u32::from(sign) - 0xfee0)?
        }
        _ => return None,
    })
}
