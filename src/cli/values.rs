//! What the values of flags look like.

use jiff::civil::Date;
use wxlicense::customer::{Certification, Industry};
use wxlicense::lang::Lang;
use wxlicense::{Money, UnitPrice};

pub fn lang(text: &str) -> Result<Lang, String> {
    text.parse().map_err(|error: wxlicense::lang::UnknownLang| error.to_string())
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
    let found = Certification::WORDS.iter().find(|(word, _)| *word == text);
    found.map(|(_, certification)| *certification).ok_or_else(|| {
        let words: Vec<&str> = Certification::WORDS.iter().map(|(word, _)| *word).collect();
        format!("there are {}", words.join(", "))
    })
}
