//! Reasons of syntax errors, and how to fix them. The parser names the character that it expected; the
//! probable intention is more helpful to a person. Every rare reason is [`Problem::other`].

use std::ops::Range;

use toml_parser::ParseError;
use toml_parser::lexer::{Token, TokenKind};

use super::expressions::{Kind, Outline, is_significant, range};
use super::wide;
use crate::diagnostic::lang::Message;
use crate::diagnostic::{Code, Diagnostic, Sink};

/// One syntax error.
pub(super) struct Problem {
    reason: Message,
    help: Message,
    span: Range<usize>,
    /// The span of the name that a duplicate repeats.
    first: Option<Range<usize>>,
}

pub(super) const KEY_TWICE: &str = "toml-key-twice";
pub(super) const TABLE_TWICE: &str = "toml-table-twice";
pub(super) const BELOW_NO_LIST: &str = "toml-below-no-list";

impl Problem {
    pub(super) fn new(reason: Message, help: Message, span: Range<usize>) -> Problem {
        Problem { reason, help, span, first: None }
    }

    /// An error that nothing more is known of.
    pub(super) fn other(span: Range<usize>) -> Problem {
        Problem::new(Message::new("toml-other"), Message::new("toml-fix-other"), span)
    }

    pub(super) fn report(self, sink: &Sink) {
        let diagnostic =
            Diagnostic::new(Code::TomlSyntax).with("reason", self.reason).with("help", self.help);
        let diagnostic = match self.first {
            Some(first) => diagnostic.related(first, Message::new("term-first-here")),
            None => diagnostic,
        };
        sink.report(diagnostic, self.span);
    }
}

/// Returns the advice to write this text.
pub(super) fn write(text: impl Into<String>) -> Message {
    Message::new("toml-fix-write").with("text", text.into())
}

/// Returns the advice to delete this text.
pub(super) fn delete(found: &str) -> Message {
    Message::new("toml-fix-delete").with("found", short(found))
}

/// A value is missing after a key.
pub(super) fn no_value(key: &str, span: Range<usize>) -> Problem {
    let reason = Message::new("toml-no-value").with("key", short(key));
    Problem::new(reason, Message::new("toml-fix-no-value"), span)
}

/// A word that is no key.
pub(super) fn bad_key(text: &str, span: Range<usize>) -> Problem {
    let key = &text[span.clone()];
    if let Some((from, sign)) = wide::first(key) {
        return wide::problem(sign, span.start + from);
    }
    if let Some(colon) = key.find(':') {
        return no_equals(&key[..colon], span.start + colon..span.start + colon + 1);
    }
    let reason = Message::new("toml-bad-key").with("key", short(key));
    Problem::new(reason, Message::new("toml-fix-bad-key"), span)
}

fn no_equals(key: &str, span: Range<usize>) -> Problem {
    let message = |id| Message::new(id).with("key", short(key.trim()));
    Problem::new(message("toml-no-equals"), message("toml-fix-no-equals"), span)
}

/// A name that is defined twice, or where nothing can be defined.
pub(super) fn duplicate(
    id: &'static str,
    path: &[&str],
    span: Range<usize>,
    first: Option<Range<usize>>,
) -> Problem {
    let name = short(path.last().unwrap_or(&""));
    let list = format!("[[{}]]", short(&path.join(".")));
    let reason = Message::new(id).with("name", name).with("list", list.as_str());
    let help = match id {
        KEY_TWICE => Message::new("toml-fix-key-twice"),
        TABLE_TWICE => Message::new("toml-fix-table-twice").with("list", list),
        _ => Message::new("toml-fix-below-no-list").with("list", list),
    };
    Problem { reason, help, span, first }
}

/// A broken expression with all that is known about it.
pub(super) struct ErrorContext<'p> {
    pub(super) text: &'p str,
    pub(super) tokens: &'p [Token],
    pub(super) error: &'p ParseError,
    pub(super) outline: &'p Outline,
}

impl ErrorContext<'_> {
    pub(super) fn problem(&self) -> Problem {
        for span in self.words().filter(|word| word.kind() == TokenKind::Atom).map(|word| range(word.span()))
        {
            if let Some((from, sign)) = wide::first(&self.text[span.clone()]) {
                return wide::problem(sign, span.start + from);
            }
        }
        match (self.error.description(), self.outline.kind) {
            ("unclosed array", _) => self.unclosed("[", "]"),
            ("unclosed inline table", _) => self.unclosed("{", "}"),
            (_, Kind::Header { list }) => self.header(list),
            ("unexpected key or value", _) => self.after_value(),
            ("key with no value" | "missing value for key", _) => self.no_equals(),
            ("missing assignment between key-value pairs", _) => no_equals(self.before(), self.at()),
            ("missing value", _) => no_value(self.outline.key(), self.at()),
            (description, _) if description.starts_with("missing comma") => {
                Problem::new(Message::new("toml-no-comma"), Message::new("toml-fix-no-comma"), self.at())
            }
            _ => Problem::other(self.at()),
        }
    }

    fn header(&self, list: bool) -> Problem {
        let name = short(&self.outline.name());
        let help = match list {
            _ if name.is_empty() => Message::new("toml-fix-header"),
            true => write(format!("[[{name}]]")),
            false => write(format!("[{name}]")),
        };
        Problem::new(Message::new("toml-bad-header"), help, self.at())
    }

    fn unclosed(&self, open: &'static str, close: &'static str) -> Problem {
        let reason = Message::new("toml-unclosed").with("open", open);
        let help = Message::new("toml-fix-unclosed").with("close", close);
        Problem::new(reason, help, self.error.context().map_or_else(|| self.at(), range))
    }

    /// Something between a value and the end of its line.
    fn after_value(&self) -> Problem {
        let at = self.at();
        let (found, after) = (&self.text[at.clone()], &self.text[at.end..]);
        let number = self.before();
        let digits =
            &after[..after.len() - after.trim_start_matches(|sign: char| sign.is_ascii_digit()).len()];
        if found == "," && !digits.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            let reason = Message::new("toml-bad-number").with("text", short(&format!("{number},{digits}")));
            return Problem::new(reason, write(short(&format!("{number}{digits}"))), at);
        }
        let is_last = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', '#']);
        let help = match found {
            ";" | "," if is_last => delete(found),
            _ => Message::new("toml-fix-after-value"),
        };
        Problem::new(Message::new("toml-after-value").with("found", short(found)), help, at)
    }

    /// Reports a line whose key is followed by something other than an equals sign.
    fn no_equals(&self) -> Problem {
        let atoms: Vec<&Token> = self.words().take_while(|word| word.kind() == TokenKind::Atom).collect();
        for span in atoms.iter().map(|atom| range(atom.span())) {
            if let Some(colon) = self.text[span.clone()].find(':') {
                let colon = span.start + colon;
                return no_equals(&self.text[span.start..colon], colon..colon + 1);
            }
        }
        let is_set = self.words().nth(atoms.len()).is_some_and(|word| word.kind() == TokenKind::Equals);
        match atoms[..] {
            // A blank within the key.
            [first, .., last] if is_set => bad_key(self.text, first.span().start()..last.span().end()),
            _ if self.outline.path.is_empty() || self.outline.equals.is_some() => Problem::other(self.at()),
            _ => no_equals(self.outline.key(), self.at()),
        }
    }

    /// Returns the word before the one at which the parser stopped.
    fn before(&self) -> &str {
        let at = self.at().start;
        let is_before = |word: &&Token| word.span().end() <= at && is_significant(word.kind());
        self.tokens.iter().rfind(is_before).map_or("", |word| &self.text[range(word.span())])
    }

    /// The first words of the expression; there may be thousands.
    fn words(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| is_significant(token.kind())).take(8)
    }

    /// Returns the range at which the parser stopped.
    fn at(&self) -> Range<usize> {
        let Some(span) = self.error.unexpected().or(self.error.context()) else {
            return self.outline.span.clone();
        };
        let index = self.tokens.partition_point(|token| token.span().start() < span.start());
        match self.tokens.get(index) {
            Some(token) if token.span().start() == span.start() && is_significant(token.kind()) => {
                range(token.span())
            }
            _ => range(span),
        }
    }
}

/// A quoted piece of source: its first line, and no more of it than helps.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
