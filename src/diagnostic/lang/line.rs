//! Widths and breaks of text lines. Most texts are plain ASCII, which is checked first because it needs no
//! look at each character.

use std::ops::Range;

use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::visible::is_printable_ascii;

/// Returns the columns that a text takes in a terminal: two for a Chinese character.
pub(crate) fn display_width(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { textwrap::core::display_width(text) }
}

/// Returns a text as lines within a width, the first and the following ones indented. A word, a number with
/// its unit and a closing mark stay whole, as long as they fit in a line.
pub(crate) fn wrapped(text: &str, width: usize, first: &str, hanging: &str) -> Vec<String> {
    let options = Options::new(width).initial_indent(first).subsequent_indent(hanging);
    lines_of(text, options)
}

/// Returns the text of a cell as lines within a width, each as full as it can be.
pub(crate) fn wrapped_cell(text: &str, width: usize) -> Vec<String> {
    lines_of(text, Options::new(width).wrap_algorithm(WrapAlgorithm::FirstFit))
}

fn lines_of(text: &str, options: Options<'_>) -> Vec<String> {
    if display_width(options.initial_indent) + display_width(text) <= options.width {
        return vec![format!("{}{text}", options.initial_indent)];
    }
    let options = options
        .word_separator(WordSeparator::Custom(unbroken_words))
        .word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(text, options).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Returns the width of the longest part of a text that a line never breaks.
pub(crate) fn longest_word(text: &str) -> usize {
    unbroken_words(text).map(|word| display_width(word.word)).max().unwrap_or_default()
}

/// Returns the width of the longest part of a text that reads best whole: a word, or a name in Chinese.
pub(crate) fn longest_name(text: &str) -> usize {
    let is_end = |c: char| c.is_whitespace() || "，。；：、（）/·".contains(c);
    let names = text.split(is_end).map(display_width).max().unwrap_or_default();
    longest_word(text).max(names)
}

/// Words of the field that the dictionary does not have, or divides.
const WORDS_OF_THE_FIELD: [&str; 23] = [
    "上下游",
    "互通账号",
    "价目表",
    "传媒",
    "企业微信",
    "减免额",
    "到期日",
    "基础账号",
    "增购",
    "已逾期",
    "师范",
    "待确认",
    "文档",
    "新购",
    "无法",
    "时长",
    "标准价",
    "第三方",
    "累进",
    "续期",
    "账号",
    "逾期",
    "面议",
];

/// So many Chinese characters between others that are not read best in one piece.
const SHORT_RUN: usize = 4;

thread_local! {
    static DICTIONARY: WordSegmenterBorrowed<'static> = WordSegmenter::new_dictionary(Default::default());
}

/// Returns the words between which a line may be broken. Chinese may be broken between any two characters, but a
/// word is hard to read in two parts.
fn unbroken_words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let is_inside_word = insides_of_words(line);
    let mut words = Vec::new();
    let (mut start, mut end) = (0, 0);
    for piece in WordSeparator::new().find_words(line) {
        let (before, at) = (&line[start..end], end);
        end += piece.word.len() + piece.whitespace.len();
        if at > start && !is_inside_word(at) && !is_glued(before.trim_end(), piece.word) {
            words.push(Word::from(before));
            start = at;
        }
    }
    words.push(Word::from(&line[start..end]));
    Box::new(words.into_iter())
}

/// Returns a function that tells whether an offset in bytes lies inside a word.
fn insides_of_words(line: &str) -> impl Fn(usize) -> bool {
    let mut ends = Vec::new();
    let mut whole: Vec<Range<usize>> = Vec::new();
    if !is_printable_ascii(line) {
        DICTIONARY.with(|dictionary| ends.extend(dictionary.segment_str(line)));
        let found = |word: &'static str| line.match_indices(word).map(|(at, word)| at..at + word.len());
        whole.extend(WORDS_OF_THE_FIELD.into_iter().flat_map(found));
        whole.extend(short_runs(line));
    }
    move |at| {
        let splits = |word: &Range<usize>| word.start < at && at < word.end;
        whole.iter().any(splits) || (!ends.is_empty() && ends.binary_search(&at).is_err())
    }
}

/// Returns the short runs of Chinese characters: labels and single words. One that begins with the unit of a number
/// is none.
fn short_runs(line: &str) -> impl Iterator<Item = Range<usize>> {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut end = 0;
    let runs = line.split_inclusive(move |c| !is_chinese(c)).map(move |run| {
        let start = end;
        end += run.len();
        start..start + run.trim_end_matches(|c| !is_chinese(c)).len()
    });
    let has_unit = |run: &Range<usize>| line[..run.start].trim_end().ends_with(|c: char| c.is_ascii_digit());
    runs.filter(move |run| line[run.clone()].chars().count() <= SHORT_RUN && !has_unit(run))
}

/// Returns true if no line ends between these words: a currency and its amount, a number and its unit, a day and
/// the particle or the time behind it, both ends of a range, a number and the plus behind it; and no line begins with a dot that
/// separates.
fn is_glued(before: &str, next: &str) -> bool {
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.');
    let ends_with_digit = before.ends_with(|c: char| c.is_ascii_digit());
    let ends_with_number =
        ends_with_digit && !number.ends_with(|c: char| c.is_ascii_alphanumeric() || "-/:".contains(c));
    let is_unit = next.starts_with(char::is_alphabetic);
    let is_particle = next.starts_with(['起', '内', '前', '后', '止']);
    let is_amount = next.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    let is_time = next.get(2..3) == Some(":");
    let awaits_amount = before.ends_with("CNY") || before.ends_with('–');
    (ends_with_number && is_unit)
        || (ends_with_digit && is_particle)
        || (ends_with_digit && is_time)
        || (awaits_amount && is_amount)
        || (ends_with_number && next == "+")
        || next.starts_with('·')
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
        assert_eq!(lines("from 501–1,000 on", 10), ["from", "501–1,000", "on"]);
        assert_eq!(lines("card wecom · undated", 11), ["card", "wecom ·", "undated"]);
    }

    #[test]
    fn words_and_closing_marks_stay_whole() {
        assert_eq!(wrapped("其中基础账号 5 个", 10, "", ""), ["其中", "基础账号", "5 个"]);
        assert_eq!(wrapped("甲乙丙（丁）。戊", 12, "", ""), ["甲乙丙", "（丁）。戊"]);
        assert_eq!(wrapped("江西建设职业技术学院", 14, "", ""), ["江西建设职业", "技术学院"]);
        assert_eq!(wrapped("在 2022-09-25 起已逾期", 14, "", ""), ["在", "2022-09-25 起", "已逾期"]);
    }
}
