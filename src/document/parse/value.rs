//! Values, of which every word may yet be wrong.

use std::borrow::Cow;

use toml_parser::ParseError;
use toml_parser::decoder::ScalarKind;
use toml_parser::lexer::Token;
use toml_parser::parser::{Event, EventKind};

use super::{Events, Parser};
use crate::document::expressions::range;
use crate::document::grammar::{self, Place};
use crate::document::tree::{Key, ListOrigin, Node, TableId, Value};

impl<'d> Parser<'d> {
    /// The value that comes next; `None` where a part of it is none, which is told.
    pub(super) fn value(
        &mut self,
        events: &mut Events<impl Iterator<Item = Event>>,
        tokens: &[Token],
        path: &[Key<'d>],
    ) -> Option<Node<'d>> {
        let event = events.left.next()?;
        match event.kind() {
            EventKind::ArrayOpen => self.list(event, events, tokens, path),
            EventKind::InlineTableOpen => self.braces(event, events, tokens),
            _ => self.scalar(event, tokens, path),
        }
    }

    fn list(
        &mut self,
        open: Event,
        events: &mut Events<impl Iterator<Item = Event>>,
        tokens: &[Token],
        path: &[Key<'d>],
    ) -> Option<Node<'d>> {
        let mut items = Some(Vec::new());
        while let Some(next) = events.peek() {
            match next {
                EventKind::ArrayClose => break,
                EventKind::ValueSep => drop(events.left.next()),
                _ => {
                    let item = self.value(events, tokens, path);
                    items = items.zip(item).map(|(mut items, item)| {
                        items.push(item);
                        items
                    });
                }
            }
        }
        let end = events.left.next().map_or(open.span().end(), |close| close.span().end());
        let value = Value::List(items?, ListOrigin::Brackets);
        Some(Node { value, span: open.span().start()..end })
    }

    fn braces(
        &mut self,
        open: Event,
        events: &mut Events<impl Iterator<Item = Event>>,
        tokens: &[Token],
    ) -> Option<Node<'d>> {
        let table = self.tree.braces();
        let mut is_whole = true;
        while let Some(next) = events.peek() {
            match next {
                EventKind::InlineTableClose => break,
                EventKind::SimpleKey => {
                    let path = self.path(events, tokens);
                    events.left.next_if(|event| event.kind() == EventKind::KeyValSep);
                    let told = self.problems.len();
                    let node = self.value(events, tokens, path.as_deref().unwrap_or_default());
                    is_whole &= self.set_in_braces(table, path, node, told);
                }
                _ => drop(events.left.next()),
            }
        }
        let end = events.left.next().map_or(open.span().end(), |close| close.span().end());
        let node = Node { value: Value::Table(table), span: open.span().start()..end };
        is_whole.then_some(node)
    }

    /// Whether both the key and the value could be read.
    fn set_in_braces(
        &mut self,
        table: TableId,
        path: Option<Vec<Key<'d>>>,
        node: Option<Node<'d>>,
        told: usize,
    ) -> bool {
        let Some(path) = path else {
            // What follows a name that is none echoes it.
            self.problems.truncate(told);
            return false;
        };
        let Some(node) = node else { return false };
        if let Err(clash) = self.tree.insert(table, &path, node) {
            self.note(grammar::clash(&clash, &path));
        }
        true
    }

    fn scalar(&mut self, event: Event, tokens: &[Token], path: &[Key<'d>]) -> Option<Node<'d>> {
        let mut errors: Vec<ParseError> = Vec::new();
        let mut text = Cow::Borrowed("");
        let kind = self.source.get(event)?.decode_scalar(&mut text, &mut errors);
        if let Some(error) = errors.first() {
            let place = Place::Value { span: range(event.span()), key: path.last().map(|key| &*key.name) };
            self.tell(error, tokens, &place);
            if self.source.get(event).is_some_and(|raw| raw.as_str().contains('\n')) {
                // A text that was never closed has swallowed what comes after it.
                self.mark_gaps();
            }
            return None;
        }
        let value = match kind {
            ScalarKind::String => Value::String(text),
            ScalarKind::Boolean(answer) => Value::Boolean(answer),
            ScalarKind::DateTime => match text.parse() {
                Ok(datetime) => Value::Datetime(Some(datetime)),
                Err(_) if is_day_of_no_calendar(&text) => Value::Datetime(None),
                Err(_) => {
                    self.note(grammar::bad_date(self.source, range(event.span())));
                    return None;
                }
            },
            ScalarKind::Float => Value::Float(text),
            ScalarKind::Integer(radix) => Value::Integer(text, radix.value()),
        };
        Some(Node { value, span: range(event.span()) })
    }
}

/// Whether a date is written as one, but names a day that does not exist, such as 30 February.
fn is_day_of_no_calendar(text: &str) -> bool {
    let Some((day, time)) = text.split_at_checked("2022-11-18".len()) else { return false };
    let is_digit = |(index, byte): (usize, u8)| match index {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let rest = format!("2022-11-18{time}");
    day.bytes().enumerate().all(is_digit) && rest.parse::<toml_datetime::Datetime>().is_ok()
}
