//! Suggestions for an unknown word and for a value in another spelling. There is none if two readings are
//! possible.

use jiff::civil::Date;

use super::flat::Value;
use super::key::Shape;
use crate::count::{narrow, parse_count};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};

/// The most signs of a text that is compared with others: the time grows with the square of its length.
const MOST_SIGNS: usize = 100;

/// Returns the known word that is most like a wrong one, or `none`; texts of more than 100 signs are like no other.
pub fn suggestion<'k>(wrong: &str, known: &[&'k str]) -> &'k str {
    let is_short = |text: &str| text.chars().nth(MOST_SIGNS).is_none();
    if !is_short(wrong) {
        return "none";
    }
    known
        .iter()
        .filter(|word| is_short(word))
        .map(|word| (strsim::jaro_winkler(wrong, word), *word))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or("none", |(_, word)| word)
}

/// Returns the problem that a key does not take a word, with a suggestion.
pub fn unknown_word(key: &'static str, given: &str, known: Vec<&str>) -> Diagnostic {
    let of_wecom = word_of_wecom(given).filter(|word| known.contains(word));
    let alike = Some(suggestion(given, &known)).filter(|word| *word != "none");
    // `none` is one of the words itself.
    Diagnostic::new(Code::UnknownWord)
        .with("key", key)
        .with("value", given)
        .with("suggestion", of_wecom.or(alike).unwrap_or("no-word"))
        .with("known", known)
}

/// Returns the value in the spelling that its key takes, if only one reading is possible.
pub(super) fn meant(shape: &Shape, given: &Value<'_>) -> Option<String> {
    match (shape, given) {
        (Shape::Text(_), Value::Integer(digits, _)) => Some(format!("\"{digits}\"")),
        (Shape::Integer(..), Value::String(text) | Value::Float(text)) => whole_number(text),
        (Shape::Boolean, Value::String(text)) => answer(text).map(|answer| answer.to_string()),
        (Shape::Date, Value::String(text) | Value::Integer(text, 10)) => {
            date(text).map(|date| date.to_string())
        }
        _ => None,
    }
}

/// Returns the advice to write this value, and no other.
pub(super) fn written(key: &str, value: &str) -> Message {
    Message::new("term-write").with("example", format!("{key} = {value}"))
}

/// Returns what to call a value that was found.
pub(super) fn found(value: &Value<'_>) -> Message {
    Message::new(match value {
        Value::String(_) => "term-a-string",
        Value::Integer(..) => "term-a-whole-number",
        Value::Float(_) => "term-a-decimal-number",
        Value::Boolean(_) => "term-true-or-false",
        Value::Datetime(day) if day.time.is_none() => "term-a-date",
        Value::Datetime(_) => "term-a-moment",
        Value::List(_) => "term-a-list",
        Value::Table { .. } | Value::Unreadable => "term-a-table",
    })
}

/// Reads `20230301`, `2023/3/1`, `2023.3.1`, `2023年3月1日` or `2023-03-01` as a day.
pub(super) fn date(text: &str) -> Option<Date> {
    let text = narrow(text.trim());
    if text.len() == 8 && is_digits(&text) {
        return day(&text[..4], &text[4..6], &text[6..]);
    }
    let text = text.strip_suffix(['日', '号']).unwrap_or(&text);
    let parts: Vec<&str> = text.split(['/', '.', '-', '年', '月']).collect();
    match parts[..] {
        [year, month, of_month] if year.len() == 4 => day(year, month, of_month),
        _ => None,
    }
}

/// Reads `5.0`, `1,500`, `１２` or `1.5万` as a whole number, in plain digits.
pub(super) fn whole_number(text: &str) -> Option<String> {
    parse_count(text).ok().map(|count| count.to_string())
}

/// Reads `yes`, `是`, `no` or `否` as true or false.
pub(super) fn answer(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "是" => Some(true),
        "false" | "no" | "否" => Some(false),
        _ => None,
    }
}

/// Returns the word of a file for what WeCom calls it in Chinese.
fn word_of_wecom(text: &str) -> Option<&'static str> {
    Some(match text.trim() {
        "未验证" | "未认证" => "none",
        "已验证" => "verified",
        "已认证" => "certified",
        "已确认" => "confirmed",
        "待确认" => "unconfirmed",
        "基础" | "基础账号" => "basic",
        "互通" | "互通账号" => "interop",
        "第三方" | "第三方应用" => "third-party",
        "代开发" | "代开发应用" | "代开发自建应用" => "agency",
        "自建" | "自建应用" => "internal",
        _ => return None,
    })
}

fn day(year: &str, month: &str, day: &str) -> Option<Date> {
    let number = |text: &str| text.parse::<i8>().ok().filter(|_| is_digits(text));
    Date::new(year.parse().ok().filter(|_| is_digits(year))?, number(month)?, number(day)?).ok()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_like_no_other() {
        let (longest, longer) = ("校".repeat(100), "校".repeat(101));
        assert_eq!(suggestion(&longest[3..], &[&longest]), longest);
        assert_eq!(suggestion(&longest, &[&longer]), "none");
        assert_eq!(suggestion(&longer, &[&longest]), "none");
    }

    #[test]
    fn days_in_other_spellings() {
        for text in ["20230301", "2023/3/1", "2023.03.01", "2023-3-1", "2023年3月1日", "２０２３年３月１号"]
        {
            assert_eq!(date(text), Some(jiff::civil::date(2023, 3, 1)), "{text}");
        }
        for text in ["20230230", "1/3/2023", "23-3-1", "2023-3", "2023-3-1T10", "+2023-3-1", "2023--1", "一"]
        {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn whole_numbers_in_other_spellings() {
        for text in ["1500", "1500.0", "01500", "1，500", "１５００", "1_500.00", "0.15万"] {
            assert_eq!(whole_number(text).as_deref(), Some("1500"), "{text}");
        }
        for text in ["1.5", "1,50", "1500,000", "1,,500", "-5", "9999999999", "", "x", ".", "5."] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }
}
