//! What the values of flags look like.

use jiff::civil::Date;
use rust_decimal::Decimal;
use wxlicense::customer::{Certification, Industry};
use wxlicense::diagnostic::MessageFormat;
use wxlicense::lang::Lang;
use wxlicense::schedule::budget::Step;
use wxlicense::schedule::calendar::EventKind;
use wxlicense::{Money, UnitPrice};

pub fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|error: wxlicense::lang::UnknownLang| error.to_string())
}

/// More accounts than any rate card lets an order have, so that the card's own limit gives the answer.
const MOST_ACCOUNTS: u32 = 1_000_000_000;
/// Longer than any term, and too short to overflow one.
const MOST_OF_A_TERM: u32 = 1_000_000;

/// A number of accounts.
pub fn count(text: &str) -> Result<u32, String> {
    whole_number(text, MOST_ACCOUNTS)
}

/// A number of years, months or days.
pub fn term_part(text: &str) -> Result<u32, String> {
    whole_number(text, MOST_OF_A_TERM)
}

fn whole_number(text: &str, most: u32) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("not a whole number from 0 to {most}"))
}

/// A day, and nothing but a day: a time of day would be dropped in silence.
pub fn date(text: &str) -> Result<Date, String> {
    let plain = text.len() == "2022-11-18".len();
    text.parse()
        .ok()
        .filter(|_| plain)
        .ok_or_else(|| "not a day of the calendar, such as 2022-11-18".to_owned())
}

pub fn money(text: &str) -> Result<Money, String> {
    text.parse().map_err(|error: wxlicense::money::MoneyError| error.to_string())
}

pub fn unit_price(text: &str) -> Result<UnitPrice, String> {
    text.parse().map_err(|error: wxlicense::money::MoneyError| error.to_string())
}

pub fn industry(text: &str) -> Result<Industry, String> {
    text.parse().map_err(|error: wxlicense::customer::IndustryError| error.to_string())
}

pub fn certification(text: &str) -> Result<Certification, String> {
    word(text, Certification::WORDS)
}

/// A number of days: `30d`, or `30`.
pub fn days(text: &str) -> Result<u32, String> {
    let digits = text.strip_suffix('d').unwrap_or(text);
    digits.parse().map_err(|_| "not a number of days, such as 30d".to_owned())
}

/// A percentage: `5%`, `-2.5%`, or without the sign.
pub fn percent(text: &str) -> Result<Decimal, String> {
    let number = text.strip_suffix('%').unwrap_or(text);
    Decimal::from_str_exact(number).map_err(|_| "not a percentage, such as 5%".to_owned())
}

pub fn step(text: &str) -> Result<Step, String> {
    word(text, Step::WORDS)
}

pub fn event_kind(text: &str) -> Result<EventKind, String> {
    word(text, EventKind::WORDS)
}

fn word<T: Copy>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("there are {}", known.join(", "))
    })
}

pub fn message_format(text: &str) -> Result<MessageFormat, String> {
    let found = MessageFormat::WORDS.iter().find(|(word, _)| *word == text);
    found.map(|(_, format)| *format).ok_or_else(|| {
        let words: Vec<&str> = MessageFormat::WORDS.iter().map(|(word, _)| *word).collect();
        format!("there are {}", words.join(", "))
    })
}
