//! Splits the text into expressions: headers, and keys with their values. Each is parsed alone, so that an
//! error in one has no consequence for the next.

use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};
use toml_parser::{Source, Span};

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
        let is_name = |token: &Token| {
            matches!(token.kind(), TokenKind::Atom | TokenKind::BasicString | TokenKind::LiteralString)
        };
        if !next.next().is_some_and(is_name) {
            return false;
        }
        match next.next().map(Token::kind) {
            Some(TokenKind::Dot) => {}
            after => return after == Some(TokenKind::Equals),
        }
    }
}
