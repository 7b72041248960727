//! What can still be told of an expression whose structure is broken.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};
use toml_parser::{ParseError, Source};

use super::expressions::{is_significant, range};
use super::tree::Key;

/// What a broken expression most likely was.
pub(super) struct Broken<'d> {
    pub(super) kind: Kind,
    /// Its name, as far as it is one.
    pub(super) path: Vec<Key<'d>>,
    pub(super) span: Range<usize>,
    /// Whether keys of other lines may have ended up in it.
    pub(super) may_hide_keys: bool,
    /// Whether it begins with neither a header nor a key.
    pub(super) is_keyless: bool,
}

/// What it was meant to be.
pub(super) enum Kind {
    /// Of one table, or of one more of a list.
    Header { list: bool },
    /// A key with a value.
    Assignment,
    /// Nobody knows.
    Unknown,
}

impl<'d> Broken<'d> {
    pub(super) fn of(source: Source<'d>, tokens: &[Token]) -> Broken<'d> {
        let words: Vec<&Token> = tokens.iter().filter(|token| is_significant(token.kind())).collect();
        if let Some(header) = words.first().and_then(|word| wide_header(source, word)) {
            return header;
        }
        let count_at = |at: usize, kind: TokenKind| {
            words.get(at..).unwrap_or_default().iter().take_while(|word| word.kind() == kind).count()
        };
        let opening = count_at(0, TokenKind::LeftSquareBracket);
        let (path, after) = name(source, &words, opening);
        let closing = count_at(after, TokenKind::RightSquareBracket);
        let is_set = words.get(after).is_some_and(|word| word.kind() == TokenKind::Equals);
        let is_last = after + closing == words.len();
        let most_equals = if opening > 0 { 0 } else { 1 };
        let has_more_equals = has_more_equals(&words, most_equals);
        let is_header = opening > 0 || (closing > 0 && is_last && !path.is_empty());
        let is_named = is_last || closing == opening;
        let (kind, path) = if is_header {
            (Kind::Header { list: opening > 1 || closing > 1 }, if is_named { path } else { Vec::new() })
        } else if is_set && !path.is_empty() && !has_more_equals {
            (Kind::Assignment, path)
        } else if hides_header(source, &words) {
            (Kind::Header { list: false }, Vec::new())
        } else {
            (Kind::Unknown, path)
        };
        let end = words.get((after + closing).max(1) - 1).map_or(0, |word| word.span().end());
        let start = words.first().map_or(0, |word| word.span().start());
        let lines = tokens.iter().filter(|token| token.kind() == TokenKind::Newline).count();
        Broken {
            kind,
            path,
            span: start..end.max(start),
            may_hide_keys: lines > 1 || has_more_equals,
            is_keyless: words.first().is_some_and(|word| {
                !matches!(
                    word.kind(),
                    TokenKind::Atom
                        | TokenKind::BasicString
                        | TokenKind::LiteralString
                        | TokenKind::LeftSquareBracket
                        | TokenKind::Equals
                )
            }),
        }
    }
}

/// The dotted name that begins at a word, and the number of the word after it.
fn name<'d>(source: Source<'d>, words: &[&Token], from: usize) -> (Vec<Key<'d>>, usize) {
    let mut path = Vec::new();
    let mut at = from;
    while let Some(word) = words.get(at) {
        let mut errors: Vec<ParseError> = Vec::new();
        let mut name = Cow::Borrowed("");
        let is_name =
            matches!(word.kind(), TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString);
        let Some(raw) = source.get(*word).filter(|_| is_name) else { break };
        raw.decode_key(&mut name, &mut errors);
        if !errors.is_empty() {
            return (Vec::new(), at);
        }
        path.push(Key { name, span: range(word.span()), is_doubtful: false });
        at += 1;
        match words.get(at) {
            Some(dot) if dot.kind() == TokenKind::Dot => at += 1,
            _ => return (path, at),
        }
    }
    (Vec::new(), at)
}

/// `［［school］］` or `【school】`: one word, since its brackets are none.
fn wide_header<'d>(source: Source<'d>, word: &Token) -> Option<Broken<'d>> {
    const OPEN: [char; 3] = ['［', '【', '['];
    const CLOSE: [char; 3] = ['］', '】', ']'];
    let text = source.get(*word).filter(|_| word.kind() == TokenKind::Atom)?.as_str();
    let name = text.trim_start_matches(OPEN);
    if name.len() == text.len() {
        return None;
    }
    let list = text.chars().take_while(|sign| OPEN.contains(sign)).count() > 1;
    let name = name.trim_end_matches(CLOSE);
    let start = word.span().start() + text.find(name).unwrap_or_default();
    let is_key = |name: &str| {
        !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign))
    };
    let key = || Key { name: Cow::Borrowed(name), span: start..start + name.len(), is_doubtful: true };
    Some(Broken {
        kind: Kind::Header { list },
        path: if is_key(name) { vec![key()] } else { Vec::new() },
        span: range(word.span()),
        may_hide_keys: false,
        is_keyless: false,
    })
}

/// Whether a line without a key looks as if it had been a header: it has brackets, and more than those that close.
fn hides_header(source: Source<'_>, words: &[&Token]) -> bool {
    const BRACKETS: [char; 6] = ['[', ']', '［', '］', '【', '】'];
    let sets = words.iter().skip(1).any(|word| word.kind() == TokenKind::Equals);
    let is_closing = |kind: TokenKind| {
        matches!(kind, TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket | TokenKind::Comma)
    };
    let has_bracket = |word: &&Token| source.get(**word).is_some_and(|raw| raw.as_str().contains(BRACKETS));
    !sets && !words.iter().all(|word| is_closing(word.kind())) && words.iter().any(has_bracket)
}

/// Whether more keys are set than that, outside of all brackets.
fn has_more_equals(words: &[&Token], most: usize) -> bool {
    let mut depth = 0usize;
    let mut count = 0;
    for word in words {
        match word.kind() {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => depth += 1,
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => depth = depth.saturating_sub(1),
            TokenKind::Equals if depth == 0 => count += 1,
            _ => {}
        }
    }
    count > most
}
