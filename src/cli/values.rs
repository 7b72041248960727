//! What the values of flags look like.

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use wxlicense::customer::{Certification, Industry};
use wxlicense::diagnostic::MessageFormat;
use wxlicense::document::money_error;
use wxlicense::lang::{Catalog, Lang, Message};
use wxlicense::money::MoneyError;
use wxlicense::schedule::budget::Step;
use wxlicense::schedule::calendar::EventKind;
use wxlicense::{Money, UnitPrice};

/// Why the value of a flag does not fit. Clap shows it in English; [`super::usage`] in the reader's language.
#[derive(Debug)]
pub struct BadValue(pub Message);

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Catalog::new(Lang::En).text(&self.0))
    }
}

impl std::error::Error for BadValue {}

pub fn lang(text: &str) -> Result<Lang, BadValue> {
    text.parse().map_err(|_| known(Lang::ALL.map(Lang::tag).to_vec()))
}

/// More accounts than any rate card lets an order have, so that the card's own limit gives the answer.
const MOST_ACCOUNTS: u32 = 1_000_000_000;
/// Longer than any term, and too short to overflow one.
const MOST_OF_A_TERM: u32 = 1_000_000;

/// A number of accounts.
pub fn count(text: &str) -> Result<u32, BadValue> {
    whole_number(text, MOST_ACCOUNTS)
}

/// A number of years, months or days.
pub fn term_part(text: &str) -> Result<u32, BadValue> {
    whole_number(text, MOST_OF_A_TERM)
}

fn whole_number(text: &str, most: u32) -> Result<u32, BadValue> {
    let number = text.parse().ok().filter(|number| *number <= most);
    number.ok_or_else(|| BadValue(Message::new("cli-value-whole-number").with("most", most.to_string())))
}

/// A day, and nothing but a day: a time of day would be dropped in silence.
pub fn date(text: &str) -> Result<Date, BadValue> {
    let plain = text.len() == "2022-11-18".len();
    text.parse().ok().filter(|_| plain).ok_or(BadValue(Message::new("cli-value-date")))
}

pub fn money(text: &str) -> Result<Money, BadValue> {
    text.parse().map_err(bad_money)
}

pub fn unit_price(text: &str) -> Result<UnitPrice, BadValue> {
    text.parse().map_err(bad_money)
}

fn bad_money(error: MoneyError) -> BadValue {
    BadValue(match error {
        MoneyError::NotANumber => Message::new("cli-value-money"),
        _ => money_error(error),
    })
}

pub fn industry(text: &str) -> Result<Industry, BadValue> {
    text.parse().map_err(|_| BadValue(Message::new("cli-value-industry")))
}

pub fn certification(text: &str) -> Result<Certification, BadValue> {
    word(text, Certification::WORDS)
}

/// A number of days: `30d`, or `30`.
pub fn days(text: &str) -> Result<u32, BadValue> {
    let digits = text.strip_suffix('d').unwrap_or(text);
    digits.parse().map_err(|_| BadValue(Message::new("cli-value-days")))
}

/// A percentage: `5%`, `-2.5%`, or without the sign.
pub fn percent(text: &str) -> Result<Decimal, BadValue> {
    let number = text.strip_suffix('%').unwrap_or(text);
    Decimal::from_str_exact(number).map_err(|_| BadValue(Message::new("cli-value-percent")))
}

pub fn step(text: &str) -> Result<Step, BadValue> {
    word(text, Step::WORDS)
}

pub fn event_kind(text: &str) -> Result<EventKind, BadValue> {
    word(text, EventKind::WORDS)
}

pub fn message_format(text: &str) -> Result<MessageFormat, BadValue> {
    word(text, MessageFormat::WORDS)
}

fn word<T: Copy>(text: &str, words: &[(&'static str, T)]) -> Result<T, BadValue> {
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    found.ok_or_else(|| known(words.iter().map(|(word, _)| *word).collect()))
}

/// The value is none of the words that there are.
pub fn known(words: Vec<&'static str>) -> BadValue {
    BadValue(Message::new("cli-value-known").with("known", words))
}
