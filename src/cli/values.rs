//! Parsers of flag values. A text goes in, a value or a [`BadValue`] with its reason comes out.

use std::ffi::OsStr;
use std::fmt;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, StringValueParser, TypedValueParser};
use clap::error::Error;
use clap::{Arg, Command};
use rust_decimal::Decimal;
use strum::VariantArray;
use wxlicense::count::{NumberError, parse_count, plain_amount};
use wxlicense::customer::Industry;
use wxlicense::diagnostic::lang::{Catalog, Lang, Message, money_error, number_error};
use wxlicense::money::MoneyError;
use wxlicense::{Money, UnitPrice};

/// Reason why the value of a flag is invalid. [`super::usage`] writes it in the reader's language.
#[derive(Debug)]
pub struct BadValue(pub Message);

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Catalog::new(Lang::En).text(&self.0))
    }
}

impl std::error::Error for BadValue {}

/// Accepts the words of an enum. Shells offer them, and an error lists them.
pub fn one_of<T>() -> impl TypedValueParser<Value = T>
where
    T: Clone + FromStr + Into<&'static str> + Send + Sync + VariantArray,
{
    PossibleValuesParser::new(T::VARIANTS.iter().cloned().map(Into::<&'static str>::into))
        .try_map(|word| word.parse().map_err(|_| BadValue(Message::new("cli-value-not-taken"))))
}

/// Accepts any text; shells offer these values, which are computed only when a shell or a page of help asks.
#[derive(Clone)]
pub struct AnyButOffer(pub fn() -> Vec<String>);

impl TypedValueParser for AnyButOffer {
    type Value = String;

    fn parse_ref(&self, command: &Command, arg: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}

/// Allows more accounts than any rate card does, so that the card's own limit is reported.
const MOST_ACCOUNTS: u32 = 1_000_000_000;
/// Longer than any term, but too short to overflow one.
const MOST_OF_A_TERM: u32 = 1_000_000;

/// Parses a number of accounts.
pub fn count(text: &str) -> Result<u32, BadValue> {
    whole_number(text, MOST_ACCOUNTS)
}

/// Parses a number of years, months or days.
pub fn term_part(text: &str) -> Result<u32, BadValue> {
    whole_number(text, MOST_OF_A_TERM)
}

fn whole_number(text: &str, most: u32) -> Result<u32, BadValue> {
    let out_of_range = || Message::new("cli-value-whole-number").with("most", most.to_string());
    match parse_count(text) {
        Ok(number) if number <= most => Ok(number),
        Err(error @ NumberError::Ambiguous { .. }) => Err(BadValue(number_error(&error))),
        _ => Err(BadValue(out_of_range())),
    }
}

/// Parses an amount in yuan.
pub fn money(text: &str) -> Result<Money, BadValue> {
    amount(text)
}

/// Parses a price in yuan.
pub fn unit_price(text: &str) -> Result<UnitPrice, BadValue> {
    amount(text)
}

fn amount<T: FromStr<Err = MoneyError>>(text: &str) -> Result<T, BadValue> {
    let reason = match plain_amount(text) {
        Ok(plain) => return plain.parse().map_err(|error| BadValue(money_error(error))),
        Err(NumberError::Negative) => money_error(MoneyError::Negative),
        Err(NumberError::TooLarge) => money_error(MoneyError::TooLarge),
        Err(error @ NumberError::Ambiguous { .. }) => number_error(&error),
        Err(NumberError::NotANumber | NumberError::Fraction) => Message::new("cli-value-money"),
    };
    Err(BadValue(reason))
}

pub fn industry(text: &str) -> Result<Industry, BadValue> {
    text.parse().map_err(|_| BadValue(Message::new("cli-value-industry")))
}

/// Parses a growth of the users: `growth=10%`.
pub fn growth(text: &str) -> Result<Decimal, BadValue> {
    let number = text.strip_prefix("growth=").ok_or_else(|| BadValue(Message::new("cli-value-growth")))?;
    percent(number)
}

/// Parses a percentage: `5%`, `-2.5%`, or without the sign.
pub fn percent(text: &str) -> Result<Decimal, BadValue> {
    let number = text.strip_suffix('%').unwrap_or(text);
    Decimal::from_str_exact(number).map_err(|_| BadValue(Message::new("cli-value-percent")))
}
