//! What the content of a cell means, by what its column holds. A content that can mean two things is refused
//! with what to type. Read [`read`] first.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::headers::Key;
use super::sheet::{Cell, CellKind};
use crate::account::Term;
use crate::count::{NumberError, narrow, parse_count};
use crate::customer::Certification;
use crate::diagnostic::lang::{Message, number_error};
use crate::plan::write::term_table;
use crate::pricing::OrderStatus;

/// The value of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Count(u32),
    Answer(bool),
    Certification(Certification),
    Status(OrderStatus),
    Term(Term),
    Date(Date),
}

/// Shows a value as a plan writes it.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Count(count) => write!(f, "{count}"),
            Value::Answer(answer) => write!(f, "{answer}"),
            Value::Certification(state) => f.write_str(state.as_str()),
            Value::Status(status) => f.write_str(status.as_str()),
            Value::Term(term) => write!(f, "{}", term_table(*term)),
            Value::Date(date) => write!(f, "{date}"),
        }
    }
}

/// The reason why a content is not understood, and what to type.
#[derive(Debug)]
pub(crate) struct NotUnderstood {
    pub(crate) reason: Message,
    pub(crate) fix: Message,
}

/// Reads the content of a cell; `None` of one that states nothing, such as a dash.
pub(crate) fn read(key: Key, heading: &str, cell: &Cell) -> Result<Option<Value>, NotUnderstood> {
    let text = cell.text.as_str();
    if cell.kind == CellKind::Error || ERRORS.contains(&text) {
        return refuse(Message::new("import-formula-error"), fix(key));
    }
    // Nobody knows of no contacts, so a dash there is an unknown number.
    let is_count = matches!(key, Key::Basic | Key::Interop | Key::HeldBasic | Key::HeldInterop);
    if is_blank(text) {
        return Ok(is_count.then_some(Value::Count(0)));
    }
    let value = match key {
        Key::Code | Key::CorpId | Key::Upstream => Value::Text(code(key, cell)?),
        Key::Name | Key::PrimaryIndustry | Key::SecondaryIndustry | Key::Skip => {
            Value::Text(on_one_line(text))
        }
        Key::Industry => Value::Text(industry(text)?),
        Key::Basic | Key::Interop | Key::Contacts | Key::HeldBasic | Key::HeldInterop => {
            Value::Count(count(key, text)?)
        }
        Key::Certification => Value::Certification(word(key, text, CERTIFICATIONS)?),
        Key::Status => Value::Status(word(key, text, STATUSES)?),
        Key::NonprofitProof | Key::TestEnterprise => Value::Answer(word(key, text, ANSWERS)?),
        Key::Term => Value::Term(term(heading, text)?),
        Key::Expires => Value::Date(day(cell)?),
    };
    Ok(Some(value))
}

/// What CSV has of a formula with an error.
const ERRORS: [&str; 7] = ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"];

/// Signs that people type into a cell that is to be empty.
fn is_blank(text: &str) -> bool {
    text.chars().all(|sign| matches!(sign, '-' | '–' | '—' | '－' | '/' | '／' | '\\')) || text == "无"
}

fn refuse<T>(reason: Message, fix: Message) -> Result<T, NotUnderstood> {
    Err(NotUnderstood { reason, fix })
}

/// Returns what to type into a cell of a column.
fn fix(key: Key) -> Message {
    Message::new(match key {
        Key::Code | Key::CorpId | Key::Upstream => "import-type-code",
        Key::Name | Key::PrimaryIndustry | Key::SecondaryIndustry | Key::Skip => "import-type-text",
        Key::Industry => "import-type-industry",
        Key::Basic | Key::Interop | Key::Contacts | Key::HeldBasic | Key::HeldInterop => "import-type-count",
        Key::Certification => "import-type-certification",
        Key::Status => "import-type-status",
        Key::NonprofitProof | Key::TestEnterprise => "import-type-answer",
        Key::Term => "import-type-term",
        Key::Expires => "import-type-date",
    })
}

fn count(key: Key, text: &str) -> Result<u32, NotUnderstood> {
    parse_count(text).or_else(|error| match &error {
        NumberError::Ambiguous { readings } => refuse(
            Message::new("import-number-ambiguous"),
            Message::new("import-type-one-of").with("readings", readings.clone()),
        ),
        _ => refuse(number_error(&error), fix(key)),
    })
}

/// Digits that a number of a workbook keeps.
const EXACT_DIGITS: usize = 15;

/// Returns a code as it is shown. A code that the spreadsheet has turned into a day, or into a number of which
/// digits are lost, is refused.
fn code(key: Key, cell: &Cell) -> Result<String, NotUnderstood> {
    let text = cell.text.as_str();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_scientific = text.to_ascii_uppercase().split_once("E+").is_some_and(|(number, power)| {
        let is_number = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
        is_number(number) && is_number(power) && number.contains('.')
    });
    match cell.kind {
        CellKind::Date => refuse(Message::new("import-code-became-date"), fix(key)),
        CellKind::Number if digits > EXACT_DIGITS => {
            refuse(Message::new("import-code-lost-digits"), fix(key))
        }
        CellKind::Text if is_scientific => refuse(Message::new("import-code-lost-digits"), fix(key)),
        _ => Ok(on_one_line(text)),
    }
}

/// Returns a text with one blank in place of each line end and each run of blanks.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the industry as primary/secondary, whichever sign is between the two.
fn industry(text: &str) -> Result<String, NotUnderstood> {
    let text = narrow(text);
    let parts: Vec<&str> = text
        .split(['/', '-', '—', '–', '>', '|', '\\', '、', '→', '_', ' ', '·', ','])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [primary, secondary] => Ok(format!("{primary}/{secondary}")),
        _ => refuse(Message::new("import-not-an-industry"), fix(Key::Industry)),
    }
}

/// Words with what they mean, in the form of [`plain_word`].
type Words<T> = &'static [(&'static [&'static str], T)];

const CERTIFICATIONS: Words<Certification> = &[
    (&["已认证", "认证", "企业认证", "认证通过", "certified", "是", "yes"], Certification::Certified),
    (&["已验证", "验证", "验证通过", "verified"], Certification::Verified),
    (
        &[
            "未认证",
            "未验证",
            "未",
            "否",
            "no",
            "none",
            "未认证未验证",
            "没有认证",
            "notcertified",
            "unverified",
            "notverified",
        ],
        Certification::None,
    ),
];

const STATUSES: Words<OrderStatus> = &[
    (&["已确认", "确认", "是", "yes", "y", "true", "1", "√", "✓", "confirmed"], OrderStatus::Confirmed),
    (
        &[
            "待确认",
            "未确认",
            "不确定",
            "存疑",
            "否",
            "no",
            "n",
            "false",
            "0",
            "×",
            "unconfirmed",
            "tobeconfirmed",
        ],
        OrderStatus::Unconfirmed,
    ),
];

const ANSWERS: Words<bool> = &[
    (&["是", "有", "已提供", "已确认", "yes", "y", "true", "1", "√", "✓"], true),
    (&["否", "没有", "未提供", "未确认", "no", "n", "false", "0", "×", "x"], false),
];

fn word<T: Copy>(key: Key, text: &str, words: Words<T>) -> Result<T, NotUnderstood> {
    let plain = plain_word(text);
    let found = words.iter().find(|(names, _)| names.contains(&plain.as_str()));
    found
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| NotUnderstood { reason: Message::new("import-not-a-word"), fix: fix(key) })
}

fn plain_word(text: &str) -> String {
    let text = narrow(text).to_lowercase();
    text.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, '√' | '✓' | '×')).collect()
}

/// Units of a term with the months and days of one, the longer names first.
const UNITS: &[(&[&str], Term)] = &[
    (&["个月", "months", "month", "mon", "月", "m"], Term { months: 1, days: 0 }),
    (&["years", "year", "年", "y"], Term { months: Term::MONTHS_PER_YEAR, days: 0 }),
    (&["days", "day", "天", "日", "d"], Term { months: 0, days: 1 }),
];

/// Reads a term: `1年`, `6个月`, `1年6个月`, `93 days`; a number alone takes the unit of the heading.
fn term(heading: &str, text: &str) -> Result<Term, NotUnderstood> {
    let not_a_term = || NotUnderstood { reason: Message::new("import-not-a-term"), fix: fix(Key::Term) };
    let plain: String = narrow(text).to_lowercase().chars().filter(|sign| !sign.is_whitespace()).collect();
    if plain == "半年" {
        return Ok(Term { months: Term::MONTHS_PER_YEAR / 2, days: 0 });
    }
    if let Ok(number) = parse_count(&plain) {
        let unit = unit_of(&narrow(heading).to_lowercase()).ok_or_else(|| NotUnderstood {
            reason: Message::new("import-term-without-unit"),
            fix: fix(Key::Term),
        })?;
        return times(unit, number).ok_or_else(not_a_term);
    }
    let mut sum = Term { months: 0, days: 0 };
    let mut rest = plain.as_str();
    while !rest.is_empty() {
        let length = rest.find(|sign: char| !sign.is_ascii_digit() && sign != '一' && sign != '两');
        let (number, behind) = rest.split_at(length.ok_or_else(not_a_term)?);
        let number = match number {
            "一" => 1,
            "两" => 2,
            digits => digits.parse().map_err(|_| not_a_term())?,
        };
        let found = UNITS
            .iter()
            .flat_map(|(names, unit)| names.iter().map(move |name| (*name, *unit)))
            .filter_map(|(name, unit)| Some((behind.strip_prefix(name)?, unit)))
            .min_by_key(|(behind, _)| behind.len());
        let (behind, unit) = found.ok_or_else(not_a_term)?;
        let part = times(unit, number).ok_or_else(not_a_term)?;
        sum.months = sum.months.checked_add(part.months).ok_or_else(not_a_term)?;
        sum.days = sum.days.checked_add(part.days).ok_or_else(not_a_term)?;
        rest = behind;
    }
    Ok(sum)
}

fn times(unit: Term, number: u32) -> Option<Term> {
    Some(Term { months: unit.months.checked_mul(number)?, days: unit.days.checked_mul(number)? })
}

/// Returns the unit that a heading states, such as `时长（月）`.
fn unit_of(heading: &str) -> Option<Term> {
    let stated = |names: &[&str]| names.iter().any(|name| name.len() > 1 && heading.contains(name));
    let mut units = UNITS.iter().filter(|(names, _)| stated(names));
    match (units.next(), units.next()) {
        (Some((_, unit)), None) => Some(*unit),
        _ => None,
    }
}

/// Serial numbers of days in a spreadsheet, from 1982 to 2119: other numbers are no dates of an account.
const SERIALS: std::ops::Range<i32> = 30_000..80_000;

/// Reads a day: a date of the spreadsheet, its serial number, `2023-06-30`, `2023/6/30` or `2023年6月30日`.
fn day(cell: &Cell) -> Result<Date, NotUnderstood> {
    let text = narrow(&cell.text);
    let day = text.split(' ').next().unwrap_or_default();
    let not_a_date = || NotUnderstood { reason: Message::new("import-not-a-date"), fix: fix(Key::Expires) };
    if let Some(serial) = day.parse::<i32>().ok().filter(|serial| SERIALS.contains(serial)) {
        return date(1899, 12, 30).checked_add(serial.days()).map_err(|_| not_a_date());
    }
    let day = day.trim_end_matches('日').replace(['年', '月', '/', '.'], "-");
    let parts: Vec<Option<i16>> = day.split('-').map(|part| part.parse().ok()).collect();
    let [Some(year @ 1000..), Some(month), Some(day)] = parts.as_slice() else { return Err(not_a_date()) };
    let (month, day) = (i8::try_from(*month), i8::try_from(*day));
    let (Ok(month), Ok(day)) = (month, day) else { return Err(not_a_date()) };
    Date::new(*year, month, day).map_err(|_| not_a_date())
}

#[cfg(test)]
mod tests;
