//! Shared parts of a page: the texts, the values as markup, and numbers for its charts.

use std::cell::Cell as Counter;

use maud::{Markup, html};

use super::text;
use crate::diagnostic::lang::{Catalog, Message};
use crate::report::{Cell, Tone};

/// The writer of every part of the page.
pub(super) struct HtmlWriter<'r> {
    pub(super) catalog: &'r Catalog,
    charts: Counter<u32>,
    items: Counter<usize>,
}

impl<'r> HtmlWriter<'r> {
    pub(super) fn new(catalog: &'r Catalog) -> HtmlWriter<'r> {
        HtmlWriter { catalog, charts: Counter::new(0), items: Counter::new(0) }
    }

    /// Returns a text that takes no argument.
    pub(super) fn word(&self, id: &'static str) -> Markup {
        self.message(&Message::new(id))
    }

    /// Returns a text as markup.
    pub(super) fn message(&self, message: &Message) -> Markup {
        text::message(message, self.catalog)
    }

    /// Returns a text for use where markup is not allowed: in attributes and pictures.
    pub(super) fn plain(&self, message: &Message) -> String {
        text::plain(&self.catalog.text(message))
    }

    /// Returns a value as markup.
    pub(super) fn cell(&self, cell: &Cell) -> Markup {
        match cell.value() {
            Cell::Message(message) | Cell::Keyed { shown: message, .. } => self.message(message),
            Cell::Unknown => html! { span.unknown { (cell.text(self.catalog)) } },
            Cell::Date(date) => html! { time datetime=(date) { (date) } },
            _ => text::isolated(&cell.text(self.catalog)),
        }
    }

    /// Returns the index of the next item, from 0.
    pub(super) fn next_item(&self) -> usize {
        self.items.set(self.items.get() + 1);
        self.items.get() - 1
    }

    /// Returns a number for the next chart, from 1.
    pub(super) fn next_chart(&self) -> u32 {
        self.charts.set(self.charts.get() + 1);
        self.charts.get()
    }
}

/// Returns the class of a tone.
pub(super) fn tone_class(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Strong => Some("strong"),
        Tone::Caution => Some("caution"),
        Tone::Overdue => Some("overdue"),
        Tone::Due => Some("due"),
        Tone::Free => Some("free"),
    }
}
