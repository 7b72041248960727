//! What breaks the grammar of TOML, told as a person wrote it: the parser knows which sign it expected, this file
//! what was likely meant, and how to mend it.

use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};
use toml_parser::{ParseError, Source, Span};

use super::expressions::is_significant;
use super::parse::range;
use super::tree::{Clash, ClashKind, Key};
use super::wide;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Message;

/// One breach of the grammar.
pub(super) struct Problem {
    reason: Message,
    help: Message,
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// Where the same name was used before.
    first: Option<Range<usize>>,
}

/// Where the parser met an error, and what it was reading.
pub(super) enum Place<'p> {
    /// Between the expressions.
    Blank,
    /// The name of a key or a table.
    Key { span: Range<usize> },
    /// A word that should be a value of a key.
    Value { span: Range<usize>, key: Option<&'p str> },
    /// A header, of which the path is empty where it cannot be told.
    Header { path: &'p [Key<'p>], list: bool },
    /// A line with a key or without one, which has an equals sign or not.
    Line { key: Option<&'p str>, is_set: bool },
}

/// Whether an error lies in the comment or the line end behind an expression, which is itself sound.
pub(super) fn is_about_blanks(description: &str) -> bool {
    matches!(description, "invalid comment character" | "carriage return must be followed by newline")
}

/// An error of the parser as a problem.
pub(super) fn problem(
    error: &ParseError,
    source: Source<'_>,
    tokens: &[Token],
    place: &Place<'_>,
) -> Problem {
    if let Some((reason, help, span)) = wide::problem(source, tokens, place) {
        return Problem { reason, help, span, first: None };
    }
    let met = Met { error, source, tokens, place };
    let (reason, help) = met.texts();
    Problem { reason, help, span: met.span(), first: None }
}

/// A date or a time that is not written as one. A day that the calendar does not have is none of these.
pub(super) fn bad_date(source: Source<'_>, span: Range<usize>) -> Problem {
    let (reason, help) = pair("toml-bad-date", "toml-mend-date", [("text", shown(source, span.clone()))]);
    Problem { reason, help, span, first: None }
}

/// A key that is set twice, or below a value that has nothing below it.
pub(super) fn clash(clash: &Clash, path: &[Key<'_>]) -> Problem {
    let key = name_at(path, &clash.at);
    let (reason, help) = match clash.kind {
        ClashKind::Twice | ClashKind::IsList => ("toml-key-twice", "toml-mend-key-twice"),
        ClashKind::IsValue => ("toml-not-a-table", "toml-mend-not-a-table"),
    };
    Problem::of_clash(clash, Message::new(reason).with("key", key), Message::new(help))
}

/// A header whose name is taken.
pub(super) fn header_clash(clash: &Clash, path: &[Key<'_>], list: bool) -> Problem {
    let key = name_at(path, &clash.at);
    let (reason, help) = match clash.kind {
        ClashKind::Twice if clash.at == last_span(path) => (
            Message::new("toml-table-twice").with("header", header(path, list)),
            Message::new("toml-mend-table-twice").with("list", header(path, true)),
        ),
        ClashKind::IsList => (
            Message::new("toml-is-list").with("key", key),
            Message::new("toml-mend-is-list").with("list", header(path, true)),
        ),
        _ => (Message::new("toml-not-a-table").with("key", key), Message::new("toml-mend-not-a-table")),
    };
    Problem::of_clash(clash, reason, help)
}

impl Problem {
    /// The same as a diagnostic.
    pub(super) fn diagnostic(self) -> Diagnostic {
        let diagnostic = Diagnostic::new(Code::TomlSyntax).with("reason", self.reason).with("help", self.help);
        match self.first {
            Some(first) => diagnostic.related(first, Message::new("term-first-here")),
            None => diagnostic,
        }
    }

    fn of_clash(clash: &Clash, reason: Message, help: Message) -> Problem {
        Problem { reason, help, span: clash.at.clone(), first: Some(clash.first.clone()) }
    }
}

/// More words than these at the beginning of a line are not looked at.
const MOST_WORDS: usize = 8;

/// An error with all that is known about it.
struct Met<'p> {
    error: &'p ParseError,
    source: Source<'p>,
    tokens: &'p [Token],
    place: &'p Place<'p>,
}

impl Met<'_> {
    /// What is wrong, and how to mend it.
    fn texts(&self) -> (Message, Message) {
        match self.error.description() {
            "unclosed array table" | "unclosed table" | "invalid table" | "missing table open" => {
                return self.header();
            }
            "unclosed array" => return self.unclosed("[", "]"),
            "unclosed inline table" => return self.unclosed("{", "}"),
            _ => {}
        }
        match self.place {
            Place::Header { .. } => self.header(),
            Place::Value { .. } => self.value(),
            Place::Key { span } => {
                let key = shown(self.source, span.clone());
                match key.split_once(':') {
                    Some((name, _)) => colon(name),
                    None if key.is_empty() => pair("toml-no-key", "toml-mend-no-key", []),
                    None => pair("toml-bad-key", "toml-mend-bad-key", [("key", key)]),
                }
            }
            Place::Blank => self.blank(),
            Place::Line { .. } => self.line(),
        }
    }

    fn header(&self) -> (Message, Message) {
        match self.place {
            Place::Header { path, list } if !path.is_empty() => {
                let header = header(path, *list);
                match self.error.description() {
                    "unexpected key or value" if self.found() != "]" => {
                        pair("toml-after-header", "toml-mend-after-header", [("header", header)])
                    }
                    _ => pair("toml-header-brackets", "toml-mend-header-brackets", [("header", header)]),
                }
            }
            _ => pair("toml-bad-header", "toml-mend-bad-header", []),
        }
    }

    fn unclosed(&self, open: &'static str, close: &'static str) -> (Message, Message) {
        let bracket = [("open", open.to_owned()), ("close", close.to_owned())];
        pair("toml-unclosed", "toml-mend-unclosed", bracket)
    }

    /// A line, or a list or a table in braces within it.
    fn line(&self) -> (Message, Message) {
        let Place::Line { key, is_set } = self.place else { return self.other() };
        let found = self.found();
        match self.error.description() {
            "key with no value" | "missing value for key" => self.no_equals(key.filter(|_| !is_set)),
            "missing value" => self.no_value(*key),
            "extra `=`" => pair("toml-two-equals", "toml-mend-delete", [("found", "=".to_owned())]),
            "extra comma in array" | "extra comma in inline table" => {
                pair("toml-extra-comma", "toml-mend-delete", [("found", ",".to_owned())])
            }
            "missing comma between array elements" | "missing comma between key-value pairs" => {
                pair("toml-no-comma", "toml-mend-no-comma", [])
            }
            "unexpected `=` in array" => pair("toml-equals-in-list", "toml-mend-equals-in-list", []),
            "missing inline table opening" | "missing array opening" | "invalid inline table element" => {
                pair("toml-closes-nothing", "toml-mend-closes-nothing", [("found", found)])
            }
            "missing key for inline table element"
            | "extra assignment between key-value pairs"
            | "missing assignment between key-value pairs" => {
                pair("toml-no-pair", "toml-mend-no-pair", [])
            }
            "unexpected key or value" => self.after_value(found),
            "cannot recurse further; max recursion depth met" | "recursion limit" => {
                pair("toml-too-deep", "toml-mend-too-deep", [])
            }
            "invalid key-value pair" | "invalid key" | "unexpected content" => {
                pair("toml-no-key", "toml-mend-no-key", [])
            }
            "unexpected content between comment and newline" => self.blank(),
            _ => self.other(),
        }
    }

    /// Something between a value and the end of its line.
    fn after_value(&self, found: String) -> (Message, Message) {
        let at = self.at();
        let before = self.source.input().get(..at.start).unwrap_or_default();
        let number = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        let after = self.source.input().get(at.end..).unwrap_or_default();
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        if found == "," && !number.is_empty() && !digits.is_empty() {
            let number = short(&format!("{number}{digits}"));
            return pair("toml-comma-in-number", "toml-mend-number", [("number", number)]);
        }
        let is_end = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#']);
        let help = match found.as_str() {
            ";" | "," if is_end => "toml-mend-delete",
            _ => "toml-mend-after-value",
        };
        pair("toml-after-value", help, [("found", found)])
    }

    /// A line that goes on after its key with something else than an equals sign.
    fn no_equals(&self, key: Option<&str>) -> (Message, Message) {
        let words: Vec<&Token> =
            self.tokens.iter().filter(|token| is_significant(token.kind())).take(MOST_WORDS).collect();
        let text = |word: &Token| shown(self.source, range(word.span()));
        let names = words.iter().take_while(|word| word.kind() == TokenKind::Atom).count();
        if let Some(name) = words[..names].iter().map(|word| text(word)).find(|word| word.contains(':')) {
            return colon(name.split(':').next().unwrap_or_default());
        }
        let is_set = words.get(names).is_some_and(|word| word.kind() == TokenKind::Equals);
        if let ([first, .., last], true) = (&words[..names], is_set) {
            let key = shown(self.source, first.span().start()..last.span().end());
            return pair("toml-blank-in-key", "toml-mend-bad-key", [("key", key)]);
        }
        match key {
            Some(key) => pair("toml-no-equals", "toml-mend-no-equals", [("key", short(key))]),
            None => pair("toml-no-key", "toml-mend-no-key", []),
        }
    }

    fn no_value(&self, key: Option<&str>) -> (Message, Message) {
        let key = key.map_or_else(|| "=".to_owned(), short);
        pair("toml-no-value", "toml-mend-no-value", [("key", key)])
    }

    /// A word that is no value.
    fn value(&self) -> (Message, Message) {
        let Place::Value { span, key } = self.place else { return self.other() };
        let text = shown(self.source, span.clone());
        if text.is_empty() {
            return self.no_value(*key);
        }
        let is_quoted = text.starts_with(['"', '\'']);
        let word = || [("text", text.clone())];
        match self.error.description() {
            "missing opening quote" => {
                pair("toml-no-opening-quote", "toml-mend-quotes", [("text", bare(&text))])
            }
            "string values must be quoted" | "invalid boolean" | "invalid float" => self.no_quotes(&text),
            "invalid date-time" => pair("toml-bad-date", "toml-mend-date", word()),
            "unexpected leading zero" => {
                let number = text.trim_start_matches('0');
                let number = if number.is_empty() { "0".to_owned() } else { number.to_owned() };
                let texts = [("text", text.clone()), ("number", number)];
                (filled("toml-leading-zero", &[("text", text.clone())]), filled("toml-mend-leading-zero", &texts))
            }
            "missing escaped value" | "too few unicode value digits" | "invalid value" => {
                pair("toml-bad-escape", "toml-mend-escape", [])
            }
            _ if is_quoted && self.is_control() => pair("toml-control-character", "toml-mend-control", []),
            _ if is_quoted => {
                let quote = if text.starts_with("\"\"\"") || text.starts_with("'''") { 3 } else { 1 };
                pair("toml-no-closing-quote", "toml-mend-closing-quote", [("quote", text[..quote].to_owned())])
            }
            description if description.starts_with("invalid") || is_about_number(description) => {
                pair("toml-bad-number", "toml-mend-bad-number", word())
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
                (reason, filled("toml-mend-boolean", &[("meant", lower)]))
            }
            Some(_) if is_number(&digits) => {
                pair("toml-blank-in-number", "toml-mend-number", [("number", digits)])
            }
            Some(_) if text.strip_suffix(';').is_some_and(is_number) => {
                pair("toml-after-value", "toml-mend-delete", [("found", ";".to_owned())])
            }
            Some(first) if first.is_ascii_digit() && is_like_date(text) => {
                pair("toml-bad-date", "toml-mend-date", [("text", text.to_owned())])
            }
            Some(first) if first.is_ascii_digit() || matches!(first, '+' | '-' | '.') => {
                pair("toml-no-value-word", "toml-mend-value-word", [("text", bare(text))])
            }
            _ => pair("toml-no-quotes", "toml-mend-quotes", [("text", bare(text))]),
        }
    }

    fn blank(&self) -> (Message, Message) {
        match self.error.description() {
            "invalid comment character" => pair("toml-control-character", "toml-mend-control", []),
            _ => pair("toml-lone-return", "toml-mend-lone-return", []),
        }
    }

    /// An error that this file does not know, in the parser's own words.
    fn other(&self) -> (Message, Message) {
        pair("toml-other", "toml-mend-other", [("reason", self.error.description().to_owned())])
    }

    /// Where to point: an open bracket, a whole word, or the gap where something is missing.
    fn span(&self) -> Range<usize> {
        match self.error.description() {
            "unclosed array" | "unclosed inline table" => self.error.context().map_or_else(|| self.at(), range),
            _ => self.at(),
        }
    }

    /// Where the parser stopped, with the sign that it met there.
    fn at(&self) -> Range<usize> {
        let fallback = || self.tokens.first().map_or_else(Span::default, Token::span);
        let span = self.error.unexpected().or(self.error.context()).unwrap_or_else(fallback);
        if let (Place::Value { span: word, .. }, false) = (self.place, self.is_control()) {
            return word.clone();
        }
        if let Place::Key { span } = self.place {
            return span.clone();
        }
        let index = self.tokens.partition_point(|token| token.span().start() < span.start());
        match self.tokens.get(index) {
            Some(token) if token.span().start() == span.start() && is_significant(token.kind()) => {
                range(token.span())
            }
            _ => range(span),
        }
    }

    fn found(&self) -> String {
        shown(self.source, self.at())
    }

    fn is_control(&self) -> bool {
        let at = self.error.unexpected().map_or(0..0, range);
        let text = self.source.input().get(at.start..).unwrap_or_default();
        text.chars().next().is_some_and(|c| c.is_control() && c != '\n' && c != '\r')
    }
}

fn is_about_number(description: &str) -> bool {
    ["sign", "radix", "redundant", "`_`"].iter().any(|word| description.contains(word))
}

/// `2022/11/18`, `2022.11.18`, `2022年11月18日`.
fn is_like_date(text: &str) -> bool {
    ['/', '.', '-'].iter().any(|sign| text.matches(*sign).count() == 2) || text.contains(['年', '月'])
}

fn colon(name: &str) -> (Message, Message) {
    pair("toml-colon", "toml-mend-colon", [("key", name.trim().to_owned())])
}

fn pair<const N: usize>(
    reason: &'static str,
    help: &'static str,
    args: [(&'static str, String); N],
) -> (Message, Message) {
    (filled(reason, &args), filled(help, &args))
}

fn filled(id: &'static str, args: &[(&'static str, String)]) -> Message {
    args.iter().fold(Message::new(id), |message, (name, value)| message.with(name, value.as_str()))
}

/// The header of a path, as it should be written.
fn header(path: &[Key<'_>], list: bool) -> String {
    let names: Vec<&str> = path.iter().map(|key| &*key.name).collect();
    let name = short(&names.join("."));
    if list { format!("[[{name}]]") } else { format!("[{name}]") }
}

fn name_at(path: &[Key<'_>], span: &Range<usize>) -> String {
    path.iter().find(|key| key.span == *span).map_or_else(String::new, |key| short(&key.name))
}

fn last_span(path: &[Key<'_>]) -> Range<usize> {
    path.last().map_or(0..0, |key| key.span.clone())
}

/// A word without the quotes that it has on one side only.
fn bare(text: &str) -> String {
    text.trim_matches(['"', '\'']).to_owned()
}

fn shown(source: Source<'_>, span: Range<usize>) -> String {
    short(source.input().get(span).unwrap_or_default())
}

/// A quoted piece of source: its first line, and no more of it than helps.
fn short(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
