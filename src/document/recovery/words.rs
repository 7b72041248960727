//! Words that are not values, such as texts without quotes, dates in another spelling, and numbers with
//! commas.

use std::ops::Range;

use super::syntax::{Problem, short, write};
use super::wide;
use crate::diagnostic::lang::Message;
use crate::document::suggestion;

/// Returns the problem of a word that is not a value; `message` is that of the parser.
pub(super) fn problem(text: &str, span: Range<usize>, message: &str) -> Problem {
    if let Some(problem) = wide::in_value(text, span.start) {
        return problem;
    }
    if !text.starts_with(['"', '\'']) {
        let (reason, help) = bare(text);
        return Problem::new(reason, help, span);
    }
    let is_control = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\r' | '\t');
    if !message.contains("string") {
        return Problem::new(Message::new("toml-bad-escape"), Message::new("toml-fix-escape"), span);
    }
    if text.contains(is_control) {
        return Problem::other(span);
    }
    let quote = if text.starts_with("\"\"\"") || text.starts_with("'''") { &text[..3] } else { &text[..1] };
    let help = Message::new("toml-fix-closing-quote").with("quote", quote);
    Problem::new(Message::new("toml-no-closing-quote"), help, span)
}

/// Describes a word without quotes, or with a closing one only.
fn bare(word: &str) -> (Message, Message) {
    let text = short(word.trim_matches(['"', '\'']));
    let string = quoted(&text);
    let with_text = |id| Message::new(id).with("text", text.as_str()).with("string", string.as_str());
    let digits: String = text.split(' ').collect();
    if word.ends_with(['"', '\'']) {
        (with_text("toml-no-quotes"), write(&string))
    } else if let Some(answer) = suggestion::answer(&text) {
        (with_text("toml-no-quotes"), with_text("toml-fix-yes-or-no").with("meant", answer.to_string()))
    } else if is_like_date(&text) {
        let help = match suggestion::date(&text) {
            Some(date) => write(date.to_string()),
            None => Message::new("toml-fix-date"),
        };
        (with_text("toml-bad-date"), help)
    } else if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        let number = Some(digits.trim_start_matches('0')).filter(|number| !number.is_empty()).unwrap_or("0");
        let help = match digits.starts_with('0') {
            true => with_text("toml-fix-leading-zero").with("number", number),
            false => write(number),
        };
        (with_text("toml-bad-number"), help)
    } else if let Some(number) = suggestion::whole_number(&text) {
        (with_text("toml-bad-number"), write(number))
    } else if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) {
        (with_text("toml-bad-number"), with_text("toml-fix-bad-number"))
    } else {
        (with_text("toml-no-quotes"), write(&string))
    }
}

/// Returns a text as a string of TOML: in double quotes, or in single ones where those would take escapes.
fn quoted(text: &str) -> String {
    let needs_escapes = |sign: char| sign.is_control() || matches!(sign, '"' | '\\');
    if !text.contains(needs_escapes) {
        return format!("\"{text}\"");
    }
    if !text.contains(|sign: char| sign == '\'' || sign.is_control()) {
        return format!("'{text}'");
    }
    let mut string = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => string.extend(['\\', sign]),
            _ if sign.is_control() => string += &format!("\\u{:04X}", u32::from(sign)),
            _ => string.push(sign),
        }
    }
    string + "\""
}

/// Returns true for `2022/11/18`, `2022.11.18`, `2022年11月18日`, `2022-2-30` or `9:15`.
fn is_like_date(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
        && (['/', '.', '-'].iter().any(|sign| text.matches(*sign).count() == 2)
            || text.contains(['年', '月', ':']))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_suggested_string_is_the_text_in_valid_toml() {
        for text in
            ["A", "a\"b\\c", "C:\\schools", "it's \"x\"", "a\tb", "\u{7f}'", "it's", "教育/高等\\'\"", ""]
        {
            let line = format!("x = {}", quoted(text));
            let table: toml::Table = line.parse().unwrap_or_else(|error| panic!("{line}: {error}"));
            assert_eq!(table["x"].as_str(), Some(text), "{line}");
        }
        assert_eq!(quoted("a\"b"), "'a\"b'");
    }
}
