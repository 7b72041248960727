//! Widths and breaks of text lines. Most texts are plain ASCII, which is checked first because it needs no
//! look at each character.

use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};

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

/// Returns a text as lines within a width, the first and the following ones indented. A word, a number with
/// its unit and a closing mark stay whole, as long as they fit in a line.
pub(super) fn wrapped(text: &str, width: usize, first: &str, hanging: &str) -> Vec<String> {
    if display_width(first) + display_width(text) <= width {
        return vec![format!("{first}{text}")];
    }
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(hanging)
        .word_separator(WordSeparator::Custom(unbroken_words))
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(String::from).collect()
}

/// Returns the width of the longest part of a text that a line never breaks.
pub(super) fn longest_word(text: &str) -> usize {
    unbroken_words(text).map(|word| display_width(word.word)).max().unwrap_or_default()
}

/// Returns the width of the longest part of a text that reads best whole: a word, or a name in Chinese.
pub(super) fn longest_name(text: &str) -> usize {
    let is_end = |c: char| c.is_whitespace() || "，。；：、（）/".contains(c);
    let names = text.split(is_end).map(display_width).max().unwrap_or_default();
    longest_word(text).max(names)
}

/// Chinese may be broken between any two characters, but these words are hard to read in two parts.
const WHOLE_WORDS: [&str; 18] = [
    "基础账号",
    "互通账号",
    "账号数",
    "账号",
    "待确认",
    "已确认",
    "面议",
    "应付",
    "减免",
    "合计",
    "标准价",
    "价格",
    "时长",
    "到期",
    "付款",
    "续期",
    "订单",
    "学校",
];

/// Returns the words between which a line may be broken.
fn unbroken_words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let inside_words: Vec<std::ops::Range<usize>> = WHOLE_WORDS
        .iter()
        .flat_map(|word| line.match_indices(word).map(|(at, word)| at..at + word.len()))
        .collect();
    let splits_word = |at: usize| inside_words.iter().any(|word| word.start < at && at < word.end);
    let mut words = Vec::new();
    let (mut start, mut end) = (0, 0);
    for piece in WordSeparator::new().find_words(line) {
        let (before, at) = (&line[start..end], end);
        end += piece.word.len() + piece.whitespace.len();
        if at > start && !splits_word(at) && !is_glued(before.trim_end(), piece.word) {
            words.push(Word::from(before));
            start = at;
        }
    }
    words.push(Word::from(&line[start..end]));
    Box::new(words.into_iter())
}

/// Returns true if no line ends between these words: a currency and its amount, a number and its unit, both
/// ends of a range; and no line begins with a dot that separates.
fn is_glued(before: &str, next: &str) -> bool {
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    let ends_with_number = before.ends_with(|c: char| c.is_ascii_digit())
        && !number.ends_with(|c: char| c.is_ascii_alphanumeric() || "-/:".contains(c));
    let is_unit = next.starts_with(char::is_alphabetic);
    let is_amount = next.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let awaits_amount = before.ends_with("CNY") || before.ends_with('–');
    (ends_with_number && is_unit) || (awaits_amount && is_amount) || next.starts_with('·')
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
    fn a_number_and_its_unit_stay_together() {
        let lines = |text, width| wrapped(text, width, "", "");
        assert_eq!(lines("it saves CNY 120.00 a year", 14), ["it saves", "CNY 120.00 a", "year"]);
        assert_eq!(lines("about 1,860 days ahead", 11), ["about", "1,860 days", "ahead"]);
        assert_eq!(lines("共 2,000 个账号（372 天）", 10), ["共", "2,000 个", "账号", "（372 天）"]);
        assert_eq!(lines("on 2022-11-18 it ends", 14), ["on 2022-11-18", "it ends"]);
        assert_eq!(lines("P3 third", 5), ["P3", "third"]);
        assert_eq!(lines("from 501–1,000 on", 10), ["from", "501–1,000 ", "on"]);
        assert_eq!(lines("card wecom · undated", 11), ["card", "wecom ·", "undated"]);
    }

    #[test]
    fn words_and_closing_marks_stay_whole() {
        assert_eq!(wrapped("其中基础账号 5 个", 10, "", ""), ["其中", "基础账号", "5 个"]);
        assert_eq!(wrapped("甲乙丙（丁）。戊", 12, "", ""), ["甲乙丙", "（丁）。戊"]);
    }

    #[test]
    fn what_breaks_a_line_becomes_a_space() {
        assert_eq!(one_line("a\nb\u{7f}c\u{2028}d\u{202e}e 大学"), "a b c d e 大学");
        assert_eq!(one_line("~ a"), "~ a");
    }
}
