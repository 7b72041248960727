//! Converts usage errors of clap into diagnostics in the reader's language. Read [`problem`] first.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use wxlicense::diagnostic::lang::{Arg, Message};
use wxlicense::diagnostic::{Code, Diagnostic};

use super::values::BadValue;

/// Returns the problem of the arguments; `None` if the error is none, such as a request for help.
pub fn problem(error: &Error) -> Option<Diagnostic> {
    let wrong = wrong(error)?;
    let usage = texts(error, ContextKind::Usage).concat();
    let usage = match usage.trim().strip_prefix("Usage:") {
        Some(usage) => Message::new("cli-usage-is").with("usage", usage.trim()),
        None => Message::new("cli-usage-in-help"),
    };
    let help = match meant(error) {
        Some(meant) => Message::new("cli-usage-did-you-mean").with("meant", meant).with("usage", usage),
        None => usage,
    };
    Some(Diagnostic::new(Code::BadUsage).with("wrong", wrong).with("help", help))
}

fn wrong(error: &Error) -> Option<Message> {
    let argument = || quoted(error, ContextKind::InvalidArg);
    let value = || quoted(error, ContextKind::InvalidValue);
    let known = || texts(error, ContextKind::ValidValue);
    let has_value = texts(error, ContextKind::InvalidValue).iter().any(|value| !value.is_empty());
    let message = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if !has_value && known().is_empty() => {
            Message::new("cli-usage-no-value").with("argument", argument())
        }
        ErrorKind::InvalidValue if !has_value => {
            Message::new("cli-usage-no-value-of").with("argument", argument()).with("known", known())
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Message::new("cli-usage-bad-value")
            .with("argument", argument())
            .with("value", value())
            .with("reason", reason(error)),
        ErrorKind::UnknownArgument => Message::new("cli-usage-unknown-argument").with("argument", argument()),
        ErrorKind::InvalidSubcommand => Message::new("cli-usage-unknown-command")
            .with("command", quoted(error, ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => {
            Message::new("cli-usage-no-command").with("commands", texts(error, ContextKind::ValidSubcommand))
        }
        ErrorKind::TooManyValues => {
            Message::new("cli-usage-value-not-taken").with("argument", argument()).with("value", value())
        }
        ErrorKind::ArgumentConflict
            if texts(error, ContextKind::PriorArg) == texts(error, ContextKind::InvalidArg) =>
        {
            Message::new("cli-usage-twice").with("argument", argument())
        }
        ErrorKind::ArgumentConflict => Message::new("cli-usage-conflict")
            .with("argument", argument())
            .with("others", quoted(error, ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => {
            Message::new("cli-usage-missing-argument").with("argument", argument())
        }
        ErrorKind::InvalidUtf8 => Message::new("cli-usage-not-utf8"),
        _ => return None,
    };
    Some(message)
}

/// Returns the reason why a value is invalid.
fn reason(error: &Error) -> Arg {
    let known = texts(error, ContextKind::ValidValue);
    if !known.is_empty() {
        return Message::new("cli-value-known").with("known", known).into();
    }
    match error.source() {
        Some(source) => match source.downcast_ref::<BadValue>() {
            Some(BadValue(message)) => message.clone().into(),
            None => source.to_string().into(),
        },
        None => Message::new("cli-value-not-taken").into(),
    }
}

/// Returns clap's suggestions, if it has any.
fn meant(error: &Error) -> Option<Vec<String>> {
    [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(|kind| quoted(error, kind))
        .find(|meant| !meant.is_empty())
}

fn quoted(error: &Error, kind: ContextKind) -> Vec<String> {
    texts(error, kind).iter().map(|text| format!("`{text}`")).collect()
}

fn texts(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}
