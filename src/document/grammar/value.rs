use super::{Met, Place, filled, no_date, pair, shown};
use crate::diagnostic::lang::Message;
use crate::document::likely;

impl Met<'_> {
    /// A word that is no value.
    pub(super) fn value(&self) -> (Message, Message) {
        let Place::Value { span, key } = self.place else { return self.other() };
        let text = shown(self.source, span.clone());
        if text.is_empty() {
            return self.no_value(*key);
        }
        let is_quoted = text.starts_with(['"', '\'']);
        let word = || [("text", text.clone())];
        match self.error.description() {
            "missing opening quote" => {
                pair("toml-no-opening-quote", "toml-fix-quotes", [("text", bare(&text))])
            }
            "string values must be quoted" | "invalid boolean" | "invalid float" => self.no_quotes(&text),
            "invalid date-time" => no_date(text),
            "unexpected leading zero" => {
                let number = text.trim_start_matches('0');
                let number = if number.is_empty() { "0".to_owned() } else { number.to_owned() };
                let texts = [("text", text.clone()), ("number", number)];
                (
                    filled("toml-leading-zero", &[("text", text.clone())]),
                    filled("toml-fix-leading-zero", &texts),
                )
            }
            "missing escaped value" | "too few unicode value digits" | "invalid value" => {
                pair("toml-bad-escape", "toml-fix-escape", [])
            }
            _ if is_quoted && self.is_control() => pair("toml-control-character", "toml-fix-control", []),
            _ if is_quoted => {
                let quote = if text.starts_with("\"\"\"") || text.starts_with("'''") { 3 } else { 1 };
                pair("toml-no-closing-quote", "toml-fix-closing-quote", [("quote", text[..quote].to_owned())])
            }
            description if description.starts_with("invalid") || is_about_number(description) => {
                pair("toml-bad-number", "toml-fix-bad-number", word())
            }
            _ => self.other(),
        }
    }

    /// A word without quotes that is neither a number nor a date nor true or false.
    fn no_quotes(&self, text: &str) -> (Message, Message) {
        let digits: String = text.split(' ').collect();
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let lower = text.to_ascii_lowercase();
        match text.chars().next() {
            _ if lower == "true" || lower == "false" => {
                let reason = filled("toml-bad-boolean", &[("text", text.to_owned())]);
                (reason, filled("toml-fix-boolean", &[("meant", lower)]))
            }
            Some(_) if is_number(&digits) => {
                pair("toml-blank-in-number", "toml-fix-number", [("number", digits)])
            }
            Some(_) if text.strip_suffix(';').is_some_and(is_number) => {
                pair("toml-after-value", "toml-fix-delete", [("found", ";".to_owned())])
            }
            Some(first) if first.is_ascii_digit() && is_like_date(text) => no_date(text.to_owned()),
            Some(first) if first.is_ascii_digit() || matches!(first, '+' | '-' | '.') => {
                pair("toml-no-value-word", "toml-fix-value-word", [("text", bare(text))])
            }
            _ => match likely::answer(text) {
                Some(answer) => pair(
                    "toml-no-quotes",
                    "toml-fix-yes-or-no",
                    [("text", bare(text)), ("meant", answer.to_string())],
                ),
                None => pair("toml-no-quotes", "toml-fix-quotes", [("text", bare(text))]),
            },
        }
    }
}

fn is_about_number(description: &str) -> bool {
    ["sign", "radix", "redundant", "`_`"].iter().any(|word| description.contains(word))
}

/// `2022/11/18`, `2022.11.18`, `2022年11月18日`.
fn is_like_date(text: &str) -> bool {
    ['/', '.', '-'].iter().any(|sign| text.matches(*sign).count() == 2) || text.contains(['年', '月'])
}

/// A word without the quotes that it has on one side only.
fn bare(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}
