//! What breaks the grammar of TOML, told as a person wrote it: the parser knows which sign it expected, this file
//! what was likely meant, and how to fix it.

mod line;
mod place;
mod value;
mod wide;

use std::ops::Range;

use toml_parser::lexer::Token;
use toml_parser::{ParseError, Source, Span};

pub(super) use self::place::Place;
use super::expressions::{is_significant, range};
use super::likely;
use super::tree::{Clash, ClashKind, Key};
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic};

/// One breach of the grammar.
pub(super) struct Problem {
    pub(super) reason: Message,
    help: Message,
    /// Where it stands.
    pub(super) span: Range<usize>,
    /// Where the same name was used before.
    first: Option<Range<usize>>,
}

/// Whether an error lies in the comment or the line end behind an expression, which is itself valid.
pub(super) fn is_about_blanks(description: &str) -> bool {
    description == "invalid comment character" || description == LONE_RETURN
}

/// What the parser says of a carriage return that ends no line.
pub(super) const LONE_RETURN: &str = "carriage return must be followed by newline";

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
    let (reason, help) = no_date(shown(source, span.clone()));
    Problem { reason, help, span, first: None }
}

/// A key that is set twice, or below a value that has nothing below it.
pub(super) fn clash(clash: &Clash, path: &[Key<'_>]) -> Problem {
    let key = name_at(path, &clash.at);
    let (reason, help) = match clash.kind {
        ClashKind::Twice | ClashKind::IsList | ClashKind::BelowNoList => {
            ("toml-key-twice", "toml-fix-key-twice")
        }
        ClashKind::IsValue => ("toml-not-a-table", "toml-fix-not-a-table"),
    };
    Problem::of_clash(clash, Message::new(reason).with("key", key), Message::new(help))
}

/// A header whose name is taken.
pub(super) fn header_clash(clash: &Clash, path: &[Key<'_>], list: bool) -> Problem {
    let key = name_at(path, &clash.at);
    let (reason, help) = match clash.kind {
        ClashKind::Twice if clash.at == last_span(path) => (
            Message::new("toml-table-twice").with("header", header(path, list)),
            Message::new("toml-fix-table-twice").with("list", header(path, true)),
        ),
        ClashKind::BelowNoList => {
            let list = header(path, true);
            let reason = Message::new("toml-below-no-list").with("list", list.as_str());
            let help = Message::new("toml-fix-below-no-list").with("list", list);
            return Problem { reason, help, span: clash.first.clone(), first: None };
        }
        ClashKind::IsList => (
            Message::new("toml-is-list").with("key", key),
            Message::new("toml-fix-is-list").with("list", header(path, true)),
        ),
        _ => (Message::new("toml-not-a-table").with("key", key), Message::new("toml-fix-not-a-table")),
    };
    Problem::of_clash(clash, reason, help)
}

impl Problem {
    /// The same as a diagnostic.
    pub(super) fn diagnostic(self) -> Diagnostic {
        let diagnostic =
            Diagnostic::new(Code::TomlSyntax).with("reason", self.reason).with("help", self.help);
        match self.first {
            Some(first) => diagnostic.related(first, Message::new("term-first-here")),
            None => diagnostic,
        }
    }

    fn of_clash(clash: &Clash, reason: Message, help: Message) -> Problem {
        Problem { reason, help, span: clash.at.clone(), first: Some(clash.first.clone()) }
    }
}

/// An error with all that is known about it.
struct Met<'p> {
    error: &'p ParseError,
    source: Source<'p>,
    tokens: &'p [Token],
    place: &'p Place<'p>,
}

impl Met<'_> {
    /// What is wrong, and how to fix it.
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
                    None if key.is_empty() => pair("toml-no-key", "toml-fix-no-key", []),
                    None => pair("toml-bad-key", "toml-fix-bad-key", [("key", key)]),
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
                        pair("toml-after-header", "toml-fix-after-header", [("header", header)])
                    }
                    _ => pair("toml-header-brackets", "toml-fix-header-brackets", [("header", header)]),
                }
            }
            _ => pair("toml-bad-header", "toml-fix-bad-header", []),
        }
    }

    fn unclosed(&self, open: &'static str, close: &'static str) -> (Message, Message) {
        let bracket = [("open", open.to_owned()), ("close", close.to_owned())];
        pair("toml-unclosed", "toml-fix-unclosed", bracket)
    }

    fn blank(&self) -> (Message, Message) {
        match self.error.description() {
            "invalid comment character" => pair("toml-control-character", "toml-fix-control", []),
            _ => pair("toml-lone-return", "toml-fix-lone-return", []),
        }
    }

    /// An error that this file does not know, in the parser's own words.
    fn other(&self) -> (Message, Message) {
        pair("toml-other", "toml-fix-other", [("reason", self.error.description().to_owned())])
    }

    /// Where to point: an open bracket, a whole word, or the gap where something is missing.
    fn span(&self) -> Range<usize> {
        match self.error.description() {
            "unclosed array" | "unclosed inline table" => {
                self.error.context().map_or_else(|| self.at(), range)
            }
            "key with no value" => self.colon().map_or_else(|| self.at(), |(_, colon)| colon),
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

fn colon(name: &str) -> (Message, Message) {
    pair("toml-colon", "toml-fix-colon", [("key", name.trim().to_owned())])
}

fn no_date(text: String) -> (Message, Message) {
    match likely::date(&text) {
        Some(date) => pair("toml-bad-date", "toml-fix-meant", [("text", text), ("meant", date.to_string())]),
        None => pair("toml-bad-date", "toml-fix-date", [("text", text)]),
    }
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
