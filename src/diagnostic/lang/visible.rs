//! Texts of plans and files as they may be shown. [`visible`] leaves no sign that steers a terminal, turns the direction
//! of a text or hides in it; [`one_line`] also leaves no line end; [`without_commands`] keeps a drawn text from being
//! read as a command of a CI system.

use std::borrow::Cow;

/// Returns a text with each sign that steers, turns or hides replaced by U+FFFD. Tabs stay, and every kind of line end is a
/// line feed.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if is_printable_ascii(text) || !text.contains(|sign| is_hidden(sign) && !matches!(sign, '\n' | '\t')) {
        return text.into();
    }
    let shown = |sign| match sign {
        '\t' => sign,
        sign if ends_line(sign) => '\n',
        sign if is_hidden(sign) => char::REPLACEMENT_CHARACTER,
        sign => sign,
    };
    text.replace("\r\n", "\n").chars().map(shown).collect::<String>().into()
}

/// Returns a text on one line: line ends and tabs become spaces, the rest is made [`visible`].
pub(crate) fn one_line(text: &str) -> String {
    if is_printable_ascii(text) { text.to_owned() } else { visible(text).replace(['\n', '\t'], " ") }
}

fn ends_line(sign: char) -> bool {
    matches!(sign, '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Returns true for a sign that a reader does not see, but a terminal, a browser or an editor obeys: controls (C0, C1 and
/// DEL), line and paragraph separators, marks of direction, signs without width, and tags.
pub(crate) fn is_hidden(sign: char) -> bool {
    sign.is_control()
        || matches!(sign,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Returns a drawn text in which no line is a workflow command of GitHub Actions: those begin with `::` after blanks, or
/// have `##[` anywhere. The text is as wide as before.
pub(crate) fn without_commands(text: &str) -> Cow<'_, str> {
    if !text.contains("::") && !text.contains("##[") {
        return text.into();
    }
    let line = |line: &str| {
        let start = without_styles(line);
        // Three colons are no command, and mark another place in an excerpt.
        let begins = start.starts_with("::") && !start.starts_with(":::");
        let line = if begins { line.replacen("::", &format!(":{REPLACEMENT}"), 1) } else { line.to_owned() };
        line.replace("##[", &format!("#{REPLACEMENT}["))
    };
    text.split_inclusive('\n').map(line).collect::<String>().into()
}

/// Returns what follows the blanks and styles at the start of a line.
fn without_styles(line: &str) -> &str {
    let mut rest = line.trim_start();
    while let Some((_, after)) = rest.strip_prefix("\u{1b}[").and_then(|style| style.split_once('m')) {
        rest = after.trim_start();
    }
    rest
}

/// Returns JSON with each hidden sign of its strings as an escape: the same value for a program, and nothing that a terminal
/// obeys.
pub(crate) fn escaped_in_json(json: String) -> String {
    let hides = |sign: char| sign >= '\u{7f}' && is_hidden(sign);
    if !may_hide(&json) || !json.contains(hides) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for sign in json.chars() {
        if hides(sign) {
            let mut units = [0; 2];
            sign.encode_utf16(&mut units).iter().for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
        } else {
            escaped.push(sign);
        }
    }
    escaped
}

/// Returns false if no byte of a text begins a sign from U+007F on that is hidden: a quick look for most texts, Chinese ones too.
fn may_hide(text: &str) -> bool {
    let begins = |byte: &u8| matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3);
    // Whole pieces without an early end are what a processor compares at once.
    text.as_bytes().chunks(64).any(|piece| piece.iter().fold(false, |found, byte| found | begins(byte)))
}

/// Returns true if a text is of visible ASCII and spaces alone, as most are.
pub(crate) fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// U+FFFD as a text.
const REPLACEMENT: &str = "\u{fffd}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_steer_are_replaced() {
        for sign in [
            '\u{1b}',
            '\u{7}',
            '\u{7f}',
            '\u{9b}',
            '\u{202e}',
            '\u{2066}',
            '\u{200b}',
            '\u{feff}',
            '\u{e0041}',
        ] {
            assert_eq!(visible(&format!("大{sign}学")), "大\u{fffd}学");
        }
        assert_eq!(visible("a\r\n\tb\rc\u{2028}"), "a\n\tb\nc\n");
    }

    #[test]
    fn a_line_stays_one() {
        assert_eq!(one_line("a\nb\u{85}c\u{2028}d\u{202e}e 大学\r\n"), "a b c d\u{fffd}e 大学 ");
        assert_eq!(one_line("~ a"), "~ a");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({ "a": "\u{85}\u{202e}\u{e0041}\u{7f}\n大" });
        let text = escaped_in_json(serde_json::to_string(&value).unwrap());
        assert_eq!(text, r#"{"a":"\u0085\u202e\udb40\udc41\u007f\n大"}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }

    #[test]
    fn the_quick_look_misses_no_hidden_sign() {
        let hidden = ('\u{7f}'..=char::MAX).filter(|sign| is_hidden(*sign));
        assert!(hidden.map(String::from).all(|text| may_hide(&text)));
        assert!(!may_hide("{ \"name\": \"沈阳工程学院\" }"));
    }

    #[test]
    fn a_drawn_line_is_no_command() {
        assert_eq!(
            without_commands("a\n  ::warning::x\nb ##[error]y"),
            "a\n  :\u{fffd}warning::x\nb #\u{fffd}[error]y"
        );
        assert_eq!(without_commands("a::b\n ::: c"), "a::b\n ::: c");
    }
}
