//! Splits the text into expressions: headers, and keys with their values. Each is parsed alone, so that an
//! error in one has no consequence for the next. In go tokens, out comes the [`Outline`] of each expression,
//! which guesses what it is from its brackets, its name and its equals sign, also where it is broken. Read
//! [`expressions`] first.

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};
use toml_parser::{ParseError, Source, Span};

/// Returns the tokens of each expression, with the blank and the comment around it. An expression ends with
/// its line, or with the line that closes its last bracket. Where a line begins a new expression although a
/// bracket is open, the bracket was never closed, and the expression ends before that line.
pub(super) fn expressions<'t>(source: Source<'_>, tokens: &'t [Token]) -> Vec<&'t [Token]> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut line = Brackets::default();
    for (index, token) in tokens.iter().enumerate() {
        line.pass(token.kind());
        if token.kind() == TokenKind::Newline && line.ends_before(source, &tokens[index + 1..]) {
            found.push(&tokens[start..=index]);
            start = index + 1;
            line = Brackets::default();
        }
    }
    if start < tokens.len() {
        found.push(&tokens[start..]);
    }
    found
}

/// Returns the byte range of a span.
pub(super) fn range(span: Span) -> Range<usize> {
    span.start()..span.end()
}

/// Returns true for a token that is not blank, comment or line end.
pub(super) fn is_significant(kind: TokenKind) -> bool {
    !matches!(kind, TokenKind::Whitespace | TokenKind::Comment | TokenKind::Newline | TokenKind::Eof)
}

/// The brackets that are open within an expression.
#[derive(Default)]
struct Brackets {
    open: Vec<TokenKind>,
    is_header: bool,
    last: Option<TokenKind>,
}

impl Brackets {
    fn pass(&mut self, kind: TokenKind) {
        if !is_significant(kind) {
            return;
        }
        if self.last.is_none() {
            self.is_header = matches!(kind, TokenKind::LeftSquareBracket | TokenKind::RightSquareBracket);
        }
        self.last = Some(kind);
        if self.is_header {
            return;
        }
        match kind {
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => self.open.push(kind),
            TokenKind::RightSquareBracket => self.close(TokenKind::LeftSquareBracket),
            TokenKind::RightCurlyBracket => self.close(TokenKind::LeftCurlyBracket),
            _ => {}
        }
    }

    /// A bracket closes the nearest of its kind, with all that is open inside it.
    fn close(&mut self, opened_by: TokenKind) {
        // Only the innermost few are looked at: deeper nesting is refused anyway.
        let nearest = self.open.iter().rev().take(DEEPEST).position(|open| *open == opened_by);
        if let Some(above) = nearest {
            self.open.truncate(self.open.len() - above - 1);
        }
    }

    fn ends_before(&self, source: Source<'_>, next: &[Token]) -> bool {
        let Some(innermost) = self.open.last() else { return true };
        let mut next = next.iter().filter(|token| token.kind() != TokenKind::Whitespace).peekable();
        match next.peek().map(|token| token.kind()) {
            Some(TokenKind::LeftSquareBracket) => is_header(source, next),
            _ if *innermost == TokenKind::LeftSquareBracket => is_assignment(next),
            _ => {
                let goes_on = matches!(self.last, Some(TokenKind::Comma | TokenKind::LeftCurlyBracket));
                !goes_on && is_assignment(next)
            }
        }
    }
}

const DEEPEST: usize = 100;

/// Returns true for `[name]`, `[[name.` or `[na me`, which no list can hold, since a word without quotes is
/// no value.
fn is_header<'t>(source: Source<'_>, mut next: impl Iterator<Item = &'t Token>) -> bool {
    let mut token = next.next();
    for _ in 0..2 {
        if token.is_some_and(|token| token.kind() == TokenKind::LeftSquareBracket) {
            token = next.next();
        }
    }
    let Some(name) = token.filter(|token| token.kind() == TokenKind::Atom) else { return false };
    let word = source.get(name.span()).map_or("", |raw| raw.as_str());
    word.starts_with(|first: char| first.is_alphabetic())
        && !matches!(word, "true" | "false" | "inf" | "nan")
        && next.next().is_some_and(|after| {
            matches!(after.kind(), TokenKind::Atom | TokenKind::Dot | TokenKind::RightSquareBracket)
        })
}

/// Returns true for `key =` or `a.key =`.
fn is_assignment<'t>(mut next: impl Iterator<Item = &'t Token>) -> bool {
    loop {
        if !next.next().is_some_and(is_name) {
            return false;
        }
        match next.next().map(Token::kind) {
            Some(TokenKind::Dot) => {}
            after => return after == Some(TokenKind::Equals),
        }
    }
}

/// The kind, the name and the parts of an expression, guessed where it is broken.
#[derive(Clone)]
pub(super) struct Outline {
    pub(super) kind: Kind,
    /// Its name, as far as it is one.
    pub(super) path: Vec<Name>,
    /// All of it, without the line end.
    pub(super) span: Range<usize>,
    /// The end of the equals sign after the name.
    pub(super) equals: Option<usize>,
    /// Keys of other lines may have ended up in it.
    pub(super) may_hide_keys: bool,
    /// It begins with neither a header nor a key.
    pub(super) is_keyless: bool,
    pub(super) begins_with_equals: bool,
}

/// Intended kind of an expression.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Header of a table, or of one more table of a list.
    Header { list: bool },
    /// A key with a value.
    Assignment,
    /// Unknown; also a comment alone.
    Unknown,
}

/// One part of a dotted name.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

impl Outline {
    /// Returns the last part of its name.
    pub(super) fn key(&self) -> &str {
        self.path.last().map_or("", |name| &name.text)
    }

    /// Its whole name.
    pub(super) fn name(&self) -> String {
        let names: Vec<&str> = self.path.iter().map(|name| name.text.as_str()).collect();
        names.join(".")
    }

    pub(super) fn of(source: Source<'_>, tokens: &[Token]) -> Outline {
        let words: Vec<&Token> = tokens.iter().filter(|token| is_significant(token.kind())).collect();
        let count_at = |at: usize, kind: TokenKind| {
            words.get(at..).unwrap_or_default().iter().take_while(|word| word.kind() == kind).count()
        };
        let opening = count_at(0, TokenKind::LeftSquareBracket);
        let (path, after) = name(source, &words, opening);
        let closing = count_at(after, TokenKind::RightSquareBracket);
        let equals = words.get(after).filter(|word| word.kind() == TokenKind::Equals);
        let is_last = after + closing == words.len();
        let has_more_equals = has_more_equals(&words, if opening > 0 { 0 } else { 1 });
        let (kind, path) =
            if let Some((list, path)) = words.first().and_then(|word| wide_header(source, word)) {
                (Kind::Header { list }, path)
            } else if opening > 0 || (closing > 0 && is_last && !path.is_empty()) {
                let is_named = is_last || closing == opening;
                (Kind::Header { list: opening > 1 || closing > 1 }, if is_named { path } else { Vec::new() })
            } else if equals.is_some() && !path.is_empty() && !has_more_equals {
                (Kind::Assignment, path)
            } else if hides_header(source, &words) {
                (Kind::Header { list: false }, Vec::new())
            } else {
                (Kind::Unknown, path)
            };
        let start = words.first().map_or(0, |word| word.span().start());
        let end = words.last().map_or(start, |word| word.span().end());
        let lines = tokens.iter().filter(|token| token.kind() == TokenKind::Newline).count();
        Outline {
            kind,
            path,
            span: start..end,
            equals: equals.map(|equals| equals.span().end()),
            may_hide_keys: lines > 1 || has_more_equals,
            is_keyless: words.first().is_some_and(|word| {
                !is_name(word) && !matches!(word.kind(), TokenKind::LeftSquareBracket | TokenKind::Equals)
            }),
            begins_with_equals: words.first().is_some_and(|word| word.kind() == TokenKind::Equals),
        }
    }
}

fn is_name(token: &Token) -> bool {
    matches!(token.kind(), TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString)
}

/// Returns the dotted name that begins at a word, and the index of the word after it.
fn name(source: Source<'_>, words: &[&Token], from: usize) -> (Vec<Name>, usize) {
    let mut path = Vec::new();
    let mut at = from;
    while let Some(word) = words.get(at).filter(|word| is_name(word)) {
        let mut error: Option<ParseError> = None;
        let mut text = Cow::Borrowed("");
        let Some(raw) = source.get(*word) else { break };
        raw.decode_key(&mut text, &mut error);
        if error.is_some() {
            return (Vec::new(), at);
        }
        path.push(Name { text: text.into_owned(), span: range(word.span()) });
        at += 1;
        match words.get(at) {
            Some(dot) if dot.kind() == TokenKind::Dot => at += 1,
            _ => return (path, at),
        }
    }
    (Vec::new(), at)
}

/// Reads `［［school］］` or `【school】`, which is one word, since its brackets are none. Returns its name, and
/// true if it is of a list.
fn wide_header(source: Source<'_>, word: &Token) -> Option<(bool, Vec<Name>)> {
    const OPEN: [char; 3] = ['［', '【', '['];
    const CLOSE: [char; 3] = ['］', '】', ']'];
    let text = source.get(word).filter(|_| word.kind() == TokenKind::Atom)?.as_str();
    let name = text.trim_start_matches(OPEN);
    if name.len() == text.len() {
        return None;
    }
    let list = text.chars().take_while(|sign| OPEN.contains(sign)).count() > 1;
    let start = word.span().start() + text.len() - name.len();
    let name = name.trim_end_matches(CLOSE);
    let is_key =
        !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign));
    let name = Name { text: name.to_owned(), span: start..start + name.len() };
    Some((list, if is_key { vec![name] } else { Vec::new() }))
}

/// A line without a key that looks as if it had been a header: it has brackets, and more than those that
/// close.
fn hides_header(source: Source<'_>, words: &[&Token]) -> bool {
    const BRACKETS: [char; 6] = ['[', ']', '［', '］', '【', '】'];
    let sets = words.iter().skip(1).any(|word| word.kind() == TokenKind::Equals);
    let is_closing = |kind: TokenKind| {
        matches!(kind, TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket | TokenKind::Comma)
    };
    let has_bracket = |word: &&Token| source.get(**word).is_some_and(|raw| raw.as_str().contains(BRACKETS));
    !sets && !words.iter().all(|word| is_closing(word.kind())) && words.iter().any(has_bracket)
}

/// More keys are set than that, outside of all brackets.
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
