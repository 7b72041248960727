//! Signs that an input method for Chinese writes where TOML needs those of the keyboard.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::{Token, TokenKind};

use super::place::Place;
use crate::diagnostic::lang::Message;
use crate::document::likely;

/// The first such sign of what could not be read, where it explains why: the reason, how to fix it, and where.
pub(super) fn problem(
    source: Source<'_>,
    tokens: &[Token],
    place: &Place<'_>,
) -> Option<(Message, Message, Range<usize>)> {
    let text = |span: &Range<usize>| source.input().get(span.clone()).unwrap_or_default();
    if let Place::Value { span, .. } = place
        && let Some(told) = number(span, text(span))
    {
        return Some(told);
    }
    let (from, sign) = match place {
        Place::Blank => return None,
        Place::Key { span } => first(span.start, text(span))?,
        Place::Value { span, .. } => first(span.start, text(span)).filter(|_| is_all_signs(text(span)))?,
        Place::Header { .. } | Place::Line { .. } => {
            let words = tokens.iter().filter(|token| token.kind() == TokenKind::Atom).map(Token::span);
            words.map(|span| span.start()..span.end()).find_map(|span| first(span.start, text(&span)))?
        }
    };
    let span = from..from + sign.len_utf8();
    let (reason, help) = match meant(sign)? {
        ' ' => {
            let code = format!("U+{:04X}", u32::from(sign));
            (Message::new("toml-odd-blank").with("code", code), Message::new("toml-fix-odd-blank"))
        }
        meant => (
            Message::new("toml-wide").with("found", sign.to_string()),
            Message::new("toml-fix-wide").with("meant", meant.to_string()),
        ),
    };
    Some((reason, help, span))
}

/// A number with such a sign behind it, or between its thousands.
fn number(span: &Range<usize>, word: &str) -> Option<(Message, Message, Range<usize>)> {
    let (at, sign) = word.char_indices().find(|(_, sign)| matches!(sign, '，' | '；' | '。' | '、'))?;
    let found = sign.to_string();
    let help = match (&word[..at], &word[at + sign.len_utf8()..]) {
        (before, "") if !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit()) => {
            Message::new("toml-fix-delete").with("found", found.as_str())
        }
        _ if sign == '，' => Message::new("toml-fix-number").with("number", likely::whole_number(word)?),
        _ => return None,
    };
    let from = span.start + at;
    Some((Message::new("toml-wide").with("found", found), help, from..from + sign.len_utf8()))
}

fn first(from: usize, text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, sign)| meant(*sign).is_some()).map(|(at, sign)| (from + at, sign))
}

/// Whether a value is made of signs of the keyboard and their likes, or begins with a quote; else it is a text that
/// lacks its quotes, and may well have such signs in it.
fn is_all_signs(text: &str) -> bool {
    let begins_quoted = text.starts_with(['“', '”', '‘', '’', '＂', '＇', '「', '『']);
    begins_quoted || text.chars().all(|sign| sign.is_ascii() || meant(sign).is_some())
}

/// The sign of the keyboard; a blank where there should be none or a plain one.
fn meant(sign: char) -> Option<char> {
    Some(match sign {
        '“' | '”' | '「' | '」' | '『' | '』' => '"',
        '‘' | '’' => '\'',
        '、' => ',',
        '。' => '.',
        '【' => '[',
        '】' => ']',
        '—' | '–' | '−' => '-',
        '\u{3000}' | '\u{a0}' | '\u{200b}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{feff}' => ' ',
        '\u{ff01}'..='\u{ff5e}' if !matches!(sign, '（' | '）') => {
            char::from_u32(u32::from(sign) - 0xfee0)?
        }
        _ => return None,
    })
}
