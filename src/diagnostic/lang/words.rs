//! Domain terms as messages: account types, waivers, certifications, terms and kinds of app.

use super::Message;
use crate::account::{AccountType, Term};
use crate::count::NumberError;
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::money::MoneyError;

/// Returns the name of an account type.
pub fn account_type_word(account_type: AccountType) -> Message {
    Message::new(match account_type {
        AccountType::Basic => "term-basic",
        AccountType::Interop => "term-interop",
    })
}

/// Returns the name of a kind of waiver.
pub fn waiver_kind_word(kind: WaiverKind) -> Message {
    Message::new(match kind {
        WaiverKind::K12 => "term-k12",
        WaiverKind::Government => "term-government",
        WaiverKind::Nonprofit => "term-nonprofit",
    })
}

/// Returns how far WeCom has checked an enterprise.
pub fn certification_word(certification: Certification) -> Message {
    Message::new(match certification {
        Certification::None => "term-not-certified",
        Certification::Verified => "term-verified",
        Certification::Certified => "term-certified",
    })
}

/// Returns a term in words, with its length in days: `1 year (372 days)`.
pub fn term_words(term: Term, total_days: u32) -> Message {
    let whole_years = term.months > 0 && term.months.is_multiple_of(Term::MONTHS_PER_YEAR);
    let message = match (term.months, term.days) {
        (months, 0) if whole_years => {
            Message::new("term-years").with("years", months / Term::MONTHS_PER_YEAR)
        }
        (0, _) => Message::new("term-days"),
        (months, 0) => Message::new("term-months").with("months", months),
        (months, days) => Message::new("term-months-days").with("months", months).with("days", days),
    };
    message.with("total", total_days)
}

/// Returns the name of a kind of app.
pub fn app_kind_word(kind: AppKind) -> Message {
    Message::new(match kind {
        AppKind::ThirdParty => "term-third-party",
        AppKind::Agency => "term-agency",
        AppKind::Internal => "term-internal",
    })
}

/// Returns why a text is no amount.
pub fn money_error(error: MoneyError) -> Message {
    match error {
        MoneyError::NotANumber => Message::new("term-money-not-a-number"),
        MoneyError::Negative => Message::new("term-money-negative"),
        MoneyError::TooManyDecimals { allowed } => {
            Message::new("term-money-decimals").with("allowed", allowed)
        }
        MoneyError::TooLarge => Message::new("term-money-too-large"),
    }
}

/// Returns why a text is no number as people type them, with what to type if it is ambiguous.
pub fn number_error(error: &NumberError) -> Message {
    match error {
        NumberError::NotANumber => Message::new("term-number-not-a-number"),
        NumberError::Negative => Message::new("term-number-negative"),
        NumberError::Fraction => Message::new("term-number-fraction"),
        NumberError::Ambiguous { readings } => {
            let reading = |index: usize| readings.get(index).map_or("none", String::as_str);
            Message::new("term-number-ambiguous").with("first", reading(0)).with("second", reading(1))
        }
        NumberError::TooLarge => Message::new("term-number-too-large"),
    }
}
