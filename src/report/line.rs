//! Widths and breaks of text lines. Most texts are plain ASCII, which is checked first because it needs no
//! look at each character.

/// Returns the columns that a text takes in a terminal: two for a Chinese character.
pub(super) fn display_width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { textwrap::core::display_width(text) }
}

/// Returns a text that keeps to its line, whatever a plan puts in it.
pub(super) fn one_line(text: &str) -> String {
    if is_printable_ascii(text) {
        return text.to_owned();
    }
    let breaks_out = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(breaks_out, " ")
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ascii_character_is_as_wide_as_it_is_drawn() {
        for byte in 0..=0x7f_u8 {
            let text = char::from(byte).to_string();
            assert_eq!(display_width(&text), textwrap::core::display_width(&text), "{byte:#x}");
        }
        assert_eq!(display_width("\u{1b}[1m大学 8\u{1b}[0m"), 6);
    }

    #[test]
    fn what_breaks_a_line_becomes_a_space() {
        assert_eq!(one_line("a\nb\u{7f}c\u{2028}d\u{202e}e 大学"), "a b c d e 大学");
        assert_eq!(one_line("~ a"), "~ a");
    }
}
