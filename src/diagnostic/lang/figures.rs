//! How numbers look: for people with a comma every three digits, for programs as digits alone.

use fluent_bundle::FluentValue;

/// The reader of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    Person,
    Program,
}

impl Reader {
    /// Returns a decimal number as this reader expects it.
    pub(super) fn figure(self, digits: &str) -> String {
        match self {
            Reader::Person => grouped(digits),
            Reader::Program => digits.to_owned(),
        }
    }

    /// Returns how Fluent writes the numbers that choose a plural form; `None` for its own way.
    pub(super) fn formatter<M>(self) -> Option<fn(&FluentValue<'_>, &M) -> Option<String>> {
        match self {
            Reader::Person => Some(|value, _| match value {
                FluentValue::Number(number) => Some(grouped(&number.as_string())),
                _ => None,
            }),
            Reader::Program => None,
        }
    }
}

/// Returns a decimal number with a comma every three digits of its whole part.
fn grouped(digits: &str) -> String {
    let whole_end = digits.find('.').unwrap_or(digits.len());
    let (whole, decimals) = digits.split_at(whole_end);
    let (sign, whole) = whole.split_at(usize::from(whole.starts_with('-')));
    if whole.len() <= 3 {
        return digits.to_owned();
    }
    let mut shown = String::with_capacity(digits.len() + whole.len() / 3);
    shown.push_str(sign);
    for (index, digit) in whole.char_indices() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown.push_str(decimals);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_digits_are_grouped() {
        for (digits, shown) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("-1000.5", "-1,000.5"),
            ("-100", "-100"),
            ("31110.00", "31,110.00"),
            ("123456.1234", "123,456.1234"),
            ("9223372036854775807", "9,223,372,036,854,775,807"),
        ] {
            assert_eq!(Reader::Person.figure(digits), shown);
            assert_eq!(Reader::Program.figure(digits), digits);
        }
    }
}
