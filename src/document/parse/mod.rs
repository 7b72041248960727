//! From a text to its tree. What breaks the grammar is told, and everything else is read: a value that is not TOML
//! becomes one that is [`Unreadable`](Value::Unreadable) at its key, and a line without a readable key leaves its
//! table with a gap, so that nobody misses what may have stood there.

mod value;

use std::borrow::Cow;
use std::ops::Range;

use toml_parser::lexer::{Token, TokenKind};
use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace};
use toml_parser::{ParseError, Source};

use super::broken::{Broken, Kind};
use super::expressions::{expressions, is_significant, range};
use super::grammar::{self, Place, Problem};
use super::tree::{Clash, ClashKind, Key, Node, TableId, Tree, Value};
use crate::diagnostic::Sink;

/// Reads a text. The problems stand in the order of the text.
pub(super) fn parse(text: &str) -> (Tree<'_>, Vec<Problem>) {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut parser = Parser {
        source,
        tree: Tree::new(),
        section: Section::Table(Tree::ROOT),
        outermost: Tree::ROOT,
        is_keyless: false,
        is_piece: false,
        has_lone_return: false,
        problems: Vec::new(),
    };
    let mut events = Vec::new();
    for expression in expressions(source, &tokens) {
        parser.expression(expression, &mut events);
    }
    (parser.tree, parser.problems)
}

/// Brackets within brackets, so many at most.
const DEEPEST: u32 = 80;

struct Parser<'d> {
    source: Source<'d>,
    tree: Tree<'d>,
    section: Section,
    /// The table of the last header without a dot, to which those with dots belong.
    outermost: TableId,
    /// Whether the last expression was unreadable and began with no key; another such one echoes it.
    is_keyless: bool,
    /// Whether the last expression was no more than a piece of one, so that the next may be the rest of it.
    is_piece: bool,
    /// Whether a line end that is none was told; an old editor writes all of them so.
    has_lone_return: bool,
    problems: Vec<Problem>,
}

/// Where keys go.
#[derive(Clone, Copy)]
enum Section {
    Table(TableId),
    /// Below a header that could not be read; nobody knows what its keys mean.
    Lost,
}

impl<'d> Parser<'d> {
    fn expression(&mut self, tokens: &[Token], events: &mut Vec<Event>) {
        if !tokens.iter().any(|token| is_significant(token.kind()) || token.kind() == TokenKind::Comment) {
            self.line_ends(tokens);
            return;
        }
        let may_be_rest = std::mem::take(&mut self.is_piece);
        if may_be_rest && starts_with(tokens, &[TokenKind::Equals]) {
            self.mark_gap();
            return;
        }
        events.clear();
        let mut errors: Vec<ParseError> = Vec::new();
        let mut checked = ValidateWhitespace::new(events, self.source);
        let mut guarded = RecursionGuard::new(&mut checked, DEEPEST);
        toml_parser::parser::parse_document(tokens, &mut guarded, &mut errors);
        let (around, inside): (Vec<_>, Vec<_>) =
            errors.into_iter().partition(|error| grammar::is_about_blanks(error.description()));
        let is_damaged = !inside.is_empty();
        if is_damaged {
            self.damaged(tokens, &inside, may_be_rest);
        } else {
            self.is_keyless = false;
            self.valid(tokens, events, may_be_rest);
        }
        if !is_damaged && let Some(error) = around.first() {
            self.tell(error, tokens, &Place::Blank);
        }
    }

    /// A lone carriage return is no line end.
    fn line_ends(&mut self, tokens: &[Token]) {
        for token in tokens.iter().filter(|token| token.kind() == TokenKind::Newline) {
            let mut errors: Vec<ParseError> = Vec::new();
            if let Some(raw) = self.source.get(token) {
                raw.decode_newline(&mut errors);
            }
            if let Some(error) = errors.first() {
                self.tell(error, tokens, &Place::Blank);
            }
        }
    }

    /// An expression of valid structure. Its words may yet be wrong.
    fn valid(&mut self, tokens: &[Token], events: &[Event], may_be_rest: bool) {
        let mut events =
            Events { left: events.iter().filter(|event| !is_blank(event.kind())).copied().peekable() };
        match events.peek() {
            Some(EventKind::StdTableOpen | EventKind::ArrayTableOpen) => self.header(tokens, &mut events),
            Some(EventKind::SimpleKey) => self.assignment(tokens, &mut events, may_be_rest),
            _ => {}
        }
    }

    fn header(&mut self, tokens: &[Token], events: &mut Events<impl Iterator<Item = Event>>) {
        let Some(open) = events.left.next() else { return };
        let path = self.path(events, tokens);
        let end = events.left.next().map_or(open.span().end(), |close| close.span().end());
        match path {
            Some(path) => {
                self.open(&path, open.kind() == EventKind::ArrayTableOpen, open.span().start()..end);
            }
            None => self.lose(),
        }
    }

    fn assignment(
        &mut self,
        tokens: &[Token],
        events: &mut Events<impl Iterator<Item = Event>>,
        may_be_rest: bool,
    ) {
        let Some(mut path) = self.path(events, tokens) else {
            if starts_with(tokens, &[TokenKind::Equals, TokenKind::LeftSquareBracket]) {
                self.lose();
            } else {
                self.mark_gap();
            }
            return;
        };
        path.iter_mut().for_each(|key| key.is_doubtful = may_be_rest);
        let equals = events.left.next().map_or(0, |sign| sign.span().end());
        let node = self.value(events, tokens, &path);
        let node = node.unwrap_or(Node { value: Value::Unreadable, span: equals..equals });
        if let Section::Table(table) = self.section
            && let Err(clash) = self.tree.insert(table, &path, node)
        {
            self.note(grammar::clash(&clash, &path));
        }
    }

    /// A dotted name; `None` where a part of it is none, which is told.
    fn path(
        &mut self,
        events: &mut Events<impl Iterator<Item = Event>>,
        tokens: &[Token],
    ) -> Option<Vec<Key<'d>>> {
        let mut path = Some(Vec::new());
        while let Some(event) =
            events.left.next_if(|event| matches!(event.kind(), EventKind::SimpleKey | EventKind::KeySep))
        {
            if event.kind() == EventKind::KeySep {
                continue;
            }
            let (key, errors) = self.key(event);
            if let Some(error) = errors.first() {
                if path.is_some() {
                    self.tell(error, tokens, &Place::Key { span: range(event.span()) });
                }
                path = None;
            }
            path = path.zip(key).map(|(mut path, key)| {
                path.push(key);
                path
            });
        }
        path
    }

    fn key(&self, event: Event) -> (Option<Key<'d>>, Vec<ParseError>) {
        let mut errors = Vec::new();
        let mut name = Cow::Borrowed("");
        let Some(raw) = self.source.get(event) else { return (None, errors) };
        raw.decode_key(&mut name, &mut errors);
        (Some(Key { name, span: range(event.span()), is_doubtful: false }), errors)
    }

    /// An expression whose structure is broken: what it was about is kept as far as it can be told.
    fn damaged(&mut self, tokens: &[Token], errors: &[ParseError], may_be_rest: bool) {
        let mut shape = Broken::of(self.source, tokens);
        let echoes = (self.is_keyless || may_be_rest) && shape.is_keyless;
        self.is_keyless = shape.is_keyless;
        if !echoes && let Some(error) = errors.first() {
            let key = shape.path.last().map(|key| key.name.clone());
            let place = match shape.kind {
                Kind::Header { list } => Place::Header { path: &shape.path, list },
                Kind::Assignment => Place::Line { key: key.as_deref(), is_set: true },
                Kind::Unknown => Place::Line { key: key.as_deref(), is_set: false },
            };
            self.tell(error, tokens, &place);
        }
        let is_header = matches!(shape.kind, Kind::Header { .. });
        shape.path.iter_mut().for_each(|key| key.is_doubtful = is_header || may_be_rest);
        match shape.kind {
            Kind::Header { list } if !shape.path.is_empty() => {
                self.mark_gaps();
                self.open(&shape.path, list, shape.span);
                if shape.may_hide_keys {
                    self.mark_gap();
                }
            }
            Kind::Header { .. } => self.lose(),
            Kind::Assignment => {
                if let Section::Table(table) = self.section {
                    let node = Node { value: Value::Unreadable, span: shape.span };
                    // A second use of the key is told once the line can be read.
                    let _ = self.tree.insert(table, &shape.path, node);
                }
                if shape.may_hide_keys {
                    self.mark_gap();
                }
                self.is_piece = errors.iter().any(|error| error.description().starts_with("unclosed"));
            }
            Kind::Unknown => {
                self.mark_gap();
                self.is_piece = true;
            }
        }
    }

    fn open(&mut self, path: &[Key<'d>], list: bool, header: Range<usize>) {
        if matches!(self.section, Section::Lost) && path.len() > 1 {
            return;
        }
        let mut opened = self.tree.open(path, list, header.clone());
        if let Err(clash) = &opened {
            self.note(grammar::header_clash(clash, path, list));
            self.mark_gaps();
            // Surely meant as one more of the list.
            let is_last = path.last().is_some_and(|last| last.span == clash.at);
            if matches!(clash.kind, ClashKind::IsList | ClashKind::BelowNoList) && is_last {
                opened = self.tree.open(path, true, header);
            }
        }
        match opened {
            Ok(Some(table)) => {
                self.section = Section::Table(table);
                if path.len() == 1 {
                    self.outermost = table;
                }
            }
            Ok(None) | Err(Clash { .. }) => self.lose(),
        }
    }

    /// After a header that cannot be read, any table may lack what follows.
    fn lose(&mut self) {
        self.mark_gaps();
        self.section = Section::Lost;
    }

    fn mark_gaps(&mut self) {
        self.mark_gap();
        self.tree.mark_gap(Tree::ROOT);
        self.tree.mark_gap(self.outermost);
    }

    fn mark_gap(&mut self) {
        if let Section::Table(table) = self.section {
            self.tree.mark_gap(table);
        }
    }

    fn tell(&mut self, error: &ParseError, tokens: &[Token], place: &Place<'_>) {
        if error.description() == grammar::LONE_RETURN && std::mem::replace(&mut self.has_lone_return, true) {
            return;
        }
        self.note(grammar::problem(error, self.source, tokens, place));
    }

    fn note(&mut self, problem: Problem) {
        // One more than is told, so that it is known that there are more.
        if self.problems.len() <= Sink::MOST {
            self.problems.push(problem);
        }
    }
}

struct Events<I: Iterator<Item = Event>> {
    left: std::iter::Peekable<I>,
}

impl<I: Iterator<Item = Event>> Events<I> {
    fn peek(&mut self) -> Option<EventKind> {
        self.left.peek().map(Event::kind)
    }
}

fn starts_with(tokens: &[Token], kinds: &[TokenKind]) -> bool {
    let mut words = tokens.iter().map(Token::kind).filter(|kind| is_significant(*kind));
    kinds.iter().all(|kind| words.next() == Some(*kind))
}

fn is_blank(kind: EventKind) -> bool {
    matches!(kind, EventKind::Whitespace | EventKind::Comment | EventKind::Newline)
}
