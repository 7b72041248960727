//! Reads as much as possible of a text that is not valid TOML. In goes the text, out comes a [`Masked`] one
//! that the `toml` crate reads, and every syntax error is reported; read [`mask`] first. The text is split
//! into expressions, each is parsed alone, and what is invalid is masked: a value by a number, a header by
//! one with its brackets put right, any other line by blanks. What was masked is remembered, so that nothing
//! is reported on its account.

mod duplicates;
mod expressions;
mod masked;
mod syntax;
mod wide;
mod words;

use std::num::IntErrorKind;
use std::ops::Range;

use toml::de::DeTable;
use toml_parser::lexer::Token;
use toml_parser::parser::{Event, EventKind, RecursionGuard, parse_document};
use toml_parser::{ParseError, Source};

use self::duplicates::{Expression, mask_duplicates};
use self::expressions::{Kind, Outline, expressions, range};
pub(super) use self::masked::Masked;
use self::masked::TableStart;
use self::syntax::{ErrorContext, Problem};
use crate::diagnostic::Sink;
use crate::document::flat::{Node, Value};

/// Masks everything in the text that is not valid TOML, and reports it.
pub(super) fn mask(text: &str, sink: &Sink) -> Masked {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut recovery = Recovery {
        source,
        sink,
        masked: Masked::new(text),
        section: 0,
        is_lost: false,
        outermost: 0,
        suppress_follow_on: false,
        incomplete: false,
        found: Vec::new(),
    };
    if text.starts_with('\u{feff}') {
        wide::problem('\u{feff}', 0).report(sink);
    }
    for expression in expressions(source, &tokens) {
        recovery.expression(expression);
    }
    mask_duplicates(recovery.found, &mut recovery.masked, sink);
    recovery.masked
}

/// Reports each whole number without digits, or with others than those of its radix; `toml` leaves that to
/// whoever takes its value.
pub(super) fn check_digits(text: &str, nodes: &mut [Node<'_>], sink: &Sink) {
    for node in nodes {
        if let Value::Integer(digits, radix) = node.value
            && let Err(error) = i128::from_str_radix(digits, radix)
            && matches!(error.kind(), IntErrorKind::Empty | IntErrorKind::InvalidDigit)
        {
            words::problem(&text[node.span.clone()], node.span.clone(), "").report(sink);
            node.value = Value::Unreadable;
        }
    }
}

/// Largest depth of nested brackets; the limit of the `toml` crate.
const DEEPEST: u32 = 80;

/// An expression with more invalid words than these is masked as a whole.
const MOST_WORDS: usize = 16;

struct Recovery<'t> {
    source: Source<'t>,
    sink: &'t Sink,
    masked: Masked,
    /// Index of the header of the table that keys go to; 0 before the first.
    section: usize,
    /// The last header could not be read, so the table of the keys below it is unknown.
    is_lost: bool,
    /// Index of the last header without a dot, to which those with dots belong.
    outermost: usize,
    /// True if the last expression was invalid and began with no key; another such one is a consequence of
    /// it.
    suppress_follow_on: bool,
    /// The last expression was only a part of one, so the next may be the rest of it.
    incomplete: bool,
    /// What is left to be read.
    found: Vec<Expression>,
}

/// Returns the last key that begins at an offset or before it, and the value after that key.
fn words_before(tokens: &[Token], at: usize) -> (Range<usize>, Option<Range<usize>>) {
    let mut events: Vec<Event> = Vec::new();
    parse_document(tokens, &mut events, &mut ());
    let before = |kind: EventKind| {
        let is_before = |event: &&Event| event.kind() == kind && event.span().start() <= at;
        events.iter().rfind(is_before).map(|event| range(event.span()))
    };
    let key = before(EventKind::SimpleKey).unwrap_or(at..at);
    let value = before(EventKind::Scalar).filter(|value| value.start > key.start);
    (key, value)
}

impl Recovery<'_> {
    fn expression(&mut self, tokens: &[Token]) {
        let outline = Outline::of(self.source, tokens);
        if outline.span.is_empty() {
            return;
        }
        let may_be_rest = std::mem::take(&mut self.incomplete);
        if may_be_rest && outline.begins_with_equals {
            self.mark_gap();
            self.masked.blank(outline.span);
            return;
        }
        if may_be_rest && !matches!(outline.kind, Kind::Header { .. }) {
            self.masked.recover(&outline.path);
        }
        let mut broken: Option<ParseError> = None;
        parse_document(tokens, &mut RecursionGuard::new(&mut (), DEEPEST), &mut broken);
        if let Some(error) = broken {
            return self.mask_broken(tokens, outline, &error, may_be_rest);
        }
        if !self.mask_words(tokens, &outline) {
            return;
        }
        self.suppress_follow_on = false;
        match outline.kind {
            Kind::Header { list } => self.keep(outline, Some(list), false),
            Kind::Assignment => self.keep(outline, None, false),
            Kind::Unknown => {}
        }
    }

    /// Masks the invalid words of an expression. False if nothing is left to be read.
    fn mask_words(&mut self, tokens: &[Token], outline: &Outline) -> bool {
        for _ in 0..MOST_WORDS {
            let Err(error) = DeTable::parse(&self.masked.text()[outline.span.clone()]) else { return true };
            let Some(at) = error.span().map(|span| span.start + outline.span.start) else { break };
            if ["invalid comment", "carriage return"].iter().any(|start| error.message().starts_with(start)) {
                break;
            }
            let (key, value) = words_before(tokens, at);
            match value {
                Some(value) if !value.is_empty() => self.mask_word(value, error.message()),
                Some(value) => {
                    syntax::no_value(&self.source.input()[key], value).report(self.sink);
                    self.mask_value(outline);
                    return true;
                }
                None => return self.mask_key(outline, key, error.message()),
            }
        }
        Problem::other(outline.span.clone()).report(self.sink);
        self.mask_all(outline);
        false
    }

    fn mask_word(&mut self, word: Range<usize>, message: &str) {
        let text = &self.source.input()[word.clone()];
        words::problem(text, word.clone(), message).report(self.sink);
        if text.contains('\n') {
            // A text that was never closed has swallowed what comes after it.
            self.mark_gaps();
        }
        self.masked.value(word);
    }

    /// Masks the value that contains an invalid key, or the whole expression. Returns false if nothing is
    /// left to be read.
    fn mask_key(&mut self, outline: &Outline, key: Range<usize>, message: &str) -> bool {
        let text = self.source.input();
        let is_twice = message.starts_with("duplicate key") || message.starts_with("cannot extend");
        let problem = match is_twice {
            true => syntax::duplicate(syntax::KEY_TWICE, &[&text[key.clone()]], key.clone(), None),
            false => syntax::bad_key(text, key.clone()),
        };
        problem.report(self.sink);
        let is_inside = outline.equals.is_some_and(|equals| key.start >= equals);
        if is_inside {
            self.mask_value(outline);
        } else {
            self.mask_all(outline);
        }
        is_inside
    }

    /// Reports an expression whose structure is broken, and keeps what can still be read of it.
    fn mask_broken(&mut self, tokens: &[Token], outline: Outline, error: &ParseError, may_be_rest: bool) {
        let follows_on = (self.suppress_follow_on || may_be_rest) && outline.is_keyless;
        self.suppress_follow_on = outline.is_keyless;
        if !follows_on {
            let context = ErrorContext { text: self.source.input(), tokens, error, outline: &outline };
            context.problem().report(self.sink);
        }
        let may_hide_keys = outline.may_hide_keys;
        match outline.kind {
            Kind::Header { list } if !outline.path.is_empty() => {
                self.mark_gaps();
                self.masked.recover(&outline.path);
                self.masked.header(&outline, list);
                self.keep(outline, Some(list), true);
            }
            Kind::Header { .. } => self.lose(&outline),
            Kind::Assignment => {
                self.mask_value(&outline);
                self.keep(outline, None, true);
                self.incomplete = error.description().starts_with("unclosed");
            }
            Kind::Unknown => {
                self.mask_all(&outline);
                self.incomplete = true;
            }
        }
        if may_hide_keys {
            self.mark_gap();
        }
    }

    fn mask_value(&mut self, outline: &Outline) {
        if let Some(equals) = outline.equals {
            let value = &self.source.input()[equals..outline.span.end];
            let blanks = value.len() - value.trim_start_matches([' ', '\t']).len();
            self.masked.value(equals + blanks..outline.span.end);
        }
    }

    fn mask_all(&mut self, outline: &Outline) {
        if let Kind::Header { .. } = outline.kind {
            return self.lose(outline);
        }
        self.mark_gap();
        self.masked.blank(outline.span.clone());
    }

    /// Begins the table of a header, or sets a key of the current one.
    fn keep(&mut self, outline: Outline, list: Option<bool>, repaired: bool) {
        let is_outermost = list.is_some() && outline.path.len() == 1;
        if self.is_lost && !is_outermost {
            return self.masked.blank(outline.span);
        }
        let scope = match list {
            Some(_) if is_outermost => 0,
            Some(_) => self.outermost,
            None => self.section,
        };
        if list.is_some() {
            self.is_lost = false;
            self.section = self.found.len();
        }
        if is_outermost {
            self.outermost = self.section;
        }
        self.found.push(Expression { outline, list, repaired, scope });
    }

    /// After a header that cannot be read, any table may lack what follows.
    fn lose(&mut self, outline: &Outline) {
        self.mark_gaps();
        self.masked.blank(outline.span.clone());
        self.is_lost = true;
    }

    fn mark_gaps(&mut self) {
        self.mark_gap();
        self.masked.mark_gap(None);
        self.masked.mark_gap(self.start_of(self.outermost));
    }

    fn mark_gap(&mut self) {
        if !self.is_lost {
            self.masked.mark_gap(self.start_of(self.section));
        }
    }

    fn start_of(&self, header: usize) -> TableStart {
        self.found.get(header).filter(|found| found.list.is_some()).map(|found| found.outline.span.start)
    }
}
