//! Numbers as people type them: `1,200`, `１２００`, `1 200`, `1.5万`. A text goes in; the one number that it
//! can mean comes out, or the reason why there is none. Plans, rate cards and JSON take plain numbers only;
//! flags and spreadsheets take these. Read [`parse_count`] first.

use rust_decimal::Decimal;
use thiserror::Error;

/// The reason why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberError {
    /// It is not digits with separators between groups and at most one unit.
    #[error("not a number, such as 1200, 1,200 or 1.2万")]
    NotANumber,
    /// It has a minus sign.
    #[error("negative")]
    Negative,
    /// It is a number, but not a whole one.
    #[error("not a whole number")]
    Fraction,
    /// It can mean more than one number, or one that is not usually written so.
    #[error("ambiguous; type {}", readings.join(" or "))]
    Ambiguous {
        /// The numbers that it can mean, as plain digits to type in its place; at least one.
        readings: Vec<String>,
    },
    /// It does not fit into the type.
    #[error("too large")]
    TooLarge,
}

/// Reads a number of accounts or users, from 0 to `u32::MAX`. Groups of three digits may be separated by
/// commas or blanks, any digits by underscores; digits and signs may be full-width; `千`, `万` and `亿`
/// multiply; zeros may follow a point, and a measure word (`人`, `个`, `名`, `户`) may end it.
///
/// # Errors
/// [`NumberError::Ambiguous`] if the separators do not fit, with what to type instead.
///
/// ```
/// use wxlicense::count::{NumberError, parse_count};
/// for text in ["1200", "1,200", "１２００", "1 200", "1_200", "0.12万", "1,200.0", "1200人"] {
///     assert_eq!(parse_count(text), Ok(1200), "{text}");
/// }
/// let readings = vec!["120".to_owned()];
/// assert_eq!(parse_count("1,20"), Err(NumberError::Ambiguous { readings }));
/// ```
pub fn parse_count(text: &str) -> Result<u32, NumberError> {
    let text = narrow(text);
    let number = text.trim_end_matches(['人', '个', '名', '户', ' ']);
    let mut readings = Readings::of(number)?;
    // `1.200` is no count of accounts to some, and twelve hundred to others.
    if let Some(thousands) = plain(&swapped(number.trim())).filter(|_| number.contains('.')) {
        readings.add(&thousands);
    }
    readings.numbers.retain(|number| number.fract().is_zero());
    if readings.numbers.is_empty() {
        return Err(NumberError::Fraction);
    }
    u32::try_from(readings.only()?.normalize()).map_err(|_| NumberError::TooLarge)
}

/// Reads an amount or a price, and returns it as plain digits with at most one point, for
/// [`Money`](crate::Money) or [`UnitPrice`](crate::UnitPrice) to parse. Separators, full-width digits and units
/// are those of [`parse_count`]; `¥`, `CNY` or `RMB` may stand before it and `元` after it.
///
/// # Errors
/// As [`parse_count`], but a fraction is none.
///
/// ```
/// use wxlicense::{Money, count::plain_amount};
/// for text in ["12500.00", "12,500.00", "¥12,500", "1.25万元", "１２５００", "CNY 12 500"] {
///     let amount: Money = plain_amount(text)?.parse()?;
///     assert_eq!(amount.to_string(), "12500.00", "{text}");
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plain_amount(text: &str) -> Result<String, NumberError> {
    let text = narrow(text);
    let text = text.trim();
    let unsigned = ["¥", "￥", "CNY", "RMB"].iter().find_map(|sign| text.strip_prefix(sign));
    let number = unsigned.unwrap_or(text).trim_end_matches(['元', ' ']);
    Ok(Readings::of(number)?.only()?.to_string())
}

/// Replaces full-width characters by those of the keyboard, and every other blank by a plain one.
pub(crate) fn narrow(text: &str) -> String {
    let narrow = |sign: char| match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '−' => '-',
        blank if blank.is_whitespace() => ' ',
        _ => sign,
    };
    text.chars().map(narrow).collect()
}

/// Units that multiply, each with its power of ten.
const UNITS: [(char, u32); 3] = [('千', 3), ('万', 4), ('亿', 8)];

/// The numbers that a text can mean.
struct Readings {
    numbers: Vec<Decimal>,
    /// True if there is one, and its separators are in the usual positions.
    certain: bool,
}

impl Readings {
    /// Reads a narrow text: an optional sign, digits, and an optional unit.
    fn of(text: &str) -> Result<Readings, NumberError> {
        let text = text.trim();
        if let Some(number) = text.strip_prefix('-') {
            return Err(Readings::of(number).map_or_else(|error| error, |_| NumberError::Negative));
        }
        let text = text.strip_prefix('+').unwrap_or(text);
        let unit = UNITS.iter().find_map(|(unit, power)| Some((text.strip_suffix(*unit)?, *power)));
        let (digits, power) = unit.unwrap_or((text, 0));
        let digits = without_underscores(digits.trim_end());
        let usual = plain(&digits);
        let certain = usual.is_some();
        let spellings = usual.map_or_else(|| unusual(&digits), |usual| vec![usual]);
        if spellings.is_empty() {
            return Err(NumberError::NotANumber);
        }
        let mut readings = Readings { numbers: Vec::new(), certain };
        for spelling in spellings {
            let number = Decimal::from_str_exact(&spelling).map_err(|_| NumberError::TooLarge)?;
            let scaled = number.checked_mul(Decimal::from(10_u64.pow(power)));
            readings.numbers.push(scaled.ok_or(NumberError::TooLarge)?);
        }
        Ok(readings)
    }

    /// Adds a number, so that none is certain any more.
    fn add(&mut self, other: &str) {
        let other = Decimal::from_str_exact(other).ok().filter(|other| !self.numbers.contains(other));
        self.certain = self.certain && other.is_none();
        self.numbers.extend(other);
    }

    /// Returns the number if it is certain.
    fn only(self) -> Result<Decimal, NumberError> {
        match self.numbers.as_slice() {
            [number] if self.certain => Ok(*number),
            numbers => {
                let plain = |number: &Decimal| number.normalize().to_string();
                Err(NumberError::Ambiguous { readings: numbers.iter().map(plain).collect() })
            }
        }
    }
}

/// Returns the digits without separators if they are grouped as usual: `1,200.5`, `1 200` or `1200`.
fn plain(number: &str) -> Option<String> {
    let (groups, decimals) = parts(number)?;
    let (first, others) = groups.split_first()?;
    let as_usual = first.len() <= 3 && !first.starts_with('0') && others.iter().all(|group| group.len() == 3);
    (others.is_empty() || as_usual).then(|| joined(&groups, decimals))
}

/// Returns the numbers that may be meant by digits that are not grouped as usual, without separators.
fn unusual(number: &str) -> Vec<String> {
    let ignored = parts(number).filter(|(groups, _)| !groups[0].starts_with('0'));
    let ignored = ignored.map(|(groups, decimals)| joined(&groups, decimals));
    ignored.into_iter().chain(plain(&swapped(number))).collect()
}

/// Splits digits into the groups before the point and the decimals behind it; `None` if there is anything
/// but digits, separators of one kind and a point.
fn parts(number: &str) -> Option<(Vec<&str>, Option<&str>)> {
    let (whole, decimals) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let groups: Vec<&str> = whole.split(if whole.contains(',') { ',' } else { ' ' }).collect();
    (groups.iter().copied().chain(decimals).all(is_digits)).then_some((groups, decimals))
}

fn joined(groups: &[&str], decimals: Option<&str>) -> String {
    let whole = groups.concat();
    decimals.map_or(whole.clone(), |decimals| format!("{whole}.{decimals}"))
}

/// Returns the text as those write it who have a comma before the decimals.
fn swapped(number: &str) -> String {
    let swap = |sign| match sign {
        ',' => '.',
        '.' => ',',
        _ => sign,
    };
    number.chars().map(swap).collect()
}

/// Removes underscores that stand between digits.
fn without_underscores(number: &str) -> String {
    let parts: Vec<&str> = number.split('_').collect();
    let is_between = |pair: &[&str]| {
        pair[0].ends_with(|last: char| last.is_ascii_digit())
            && pair[1].starts_with(|first: char| first.is_ascii_digit())
    };
    if parts.windows(2).all(is_between) { parts.concat() } else { number.to_owned() }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ambiguous<T>(readings: &[&str]) -> Result<T, NumberError> {
        Err(NumberError::Ambiguous { readings: readings.iter().map(ToString::to_string).collect() })
    }

    #[test]
    fn counts_in_usual_spellings() {
        let twelve_hundred = ["1200", "01200", "1,200", "1，200", "1 200", "1\u{a0}200", "1_200", "12_00"];
        let more = ["+1200", " 1200 ", "1200.0", "1,200.00", "1.2千", "0.12万", "1200 人", "１，２００个"];
        for text in twelve_hundred.into_iter().chain(more) {
            assert_eq!(parse_count(text), Ok(1200), "{text}");
        }
        assert_eq!(parse_count("1万"), Ok(10_000));
        assert_eq!(parse_count("1.5 万"), Ok(15_000));
        assert_eq!(parse_count("1,200万"), Ok(12_000_000));
        assert_eq!(parse_count("0"), Ok(0));
        assert_eq!(parse_count("4294967295"), Ok(u32::MAX));
    }

    #[test]
    fn a_count_in_an_unusual_spelling_says_what_to_type() {
        for (text, readings) in [
            ("1,20", &["120"][..]),
            ("1,0000", &["10000", "1"]),
            ("1200,000", &["1200000", "1200"]),
            ("1 20", &["120"]),
            ("1.200", &["1200"]),
            ("12.000", &["12", "12000"]),
            ("1.200.000", &["1200000"]),
            ("1,5万", &["150000", "15000"]),
        ] {
            assert_eq!(parse_count(text), ambiguous(readings), "{text}");
        }
    }

    #[test]
    fn what_is_no_count_says_why() {
        for text in
            ["", "x", "1e3", ".", ".5", "5.", "1,,500", ",5", "5,", "1, 200", "_1", "1__0", "一百", "٣", "万"]
        {
            assert_eq!(parse_count(text), Err(NumberError::NotANumber), "{text}");
        }
        for text in ["1.5", "0,5", "1.00005万"] {
            assert_eq!(parse_count(text), Err(NumberError::Fraction), "{text}");
        }
        for text in ["-5", "−1,200", "－５"] {
            assert_eq!(parse_count(text), Err(NumberError::Negative), "{text}");
        }
        for text in ["4294967296", "9亿亿", "43亿", &"9".repeat(40), &"9".repeat(100_000)] {
            let error = parse_count(text).unwrap_err();
            assert!(matches!(error, NumberError::TooLarge | NumberError::NotANumber), "{text}: {error}");
        }
        assert_eq!(parse_count("43亿"), Err(NumberError::TooLarge));
    }

    #[test]
    fn amounts_keep_their_decimals() {
        for (text, plain) in [
            ("605", "605"),
            ("0.80", "0.80"),
            ("1.200", "1.200"),
            ("1,200.5", "1200.5"),
            ("￥１，２００．５０", "1200.50"),
            ("1.25万元", "12500.00"),
            ("1200 元", "1200"),
        ] {
            assert_eq!(plain_amount(text).as_deref(), Ok(plain), "{text}");
        }
        assert_eq!(plain_amount("1,20"), ambiguous(&["120", "1.2"]));
        assert_eq!(plain_amount("0,80"), ambiguous(&["0.8"]));
        assert_eq!(plain_amount("1.200,50"), ambiguous(&["1200.5"]));
        assert_eq!(plain_amount("-1"), Err(NumberError::Negative));
        assert_eq!(plain_amount("NaN"), Err(NumberError::NotANumber));
    }
}
