//! The text with its invalid parts masked, and the way back: the range in the original of each node of the
//! masked text, and which nodes are placeholders.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::expressions::{Name, Outline};
use crate::document::flat::{Node, Value};

/// A text with its invalid parts replaced, of the same length but for a few insertions.
pub(in crate::document) struct Masked {
    text: String,
    insertions: BTreeMap<usize, &'static str>,
    /// The masked values, by their starts.
    values: HashMap<usize, Range<usize>>,
    /// The starts of keys that may be none.
    keys: HashSet<usize>,
    /// The tables of which lines were masked.
    gaps: HashSet<TableStart>,
}

/// Names a table by the start of its header; `None` is the root.
pub(super) type TableStart = Option<usize>;

impl Masked {
    pub(super) fn new(text: &str) -> Masked {
        let (values, keys, gaps) = Default::default();
        Masked { text: text.to_owned(), insertions: BTreeMap::new(), values, keys, gaps }
    }

    /// Returns the text without the insertions.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Replaces a value by a placeholder.
    pub(super) fn value(&mut self, span: Range<usize>) {
        self.values.insert(span.start, span.clone());
        if span.is_empty() {
            self.insertions.insert(span.start, "0");
        } else {
            self.replace(span, "0");
        }
    }

    /// Puts right the brackets of a header.
    pub(super) fn header(&mut self, outline: &Outline, list: bool) {
        let (Some(first), Some(last)) = (outline.path.first(), outline.path.last()) else { return };
        let (open, close) = if list { ("[[", "]]") } else { ("[", "]") };
        self.replace(outline.span.start..first.span.start, "");
        self.replace(last.span.end..outline.span.end, "");
        self.insertions.extend([(outline.span.start, open), (last.span.end, close)]);
    }

    /// Replaces an expression by blanks.
    pub(super) fn blank(&mut self, span: Range<usize>) {
        let inserted: Vec<usize> = self.insertions.range(span.start..=span.end).map(|(at, _)| *at).collect();
        for at in inserted {
            self.insertions.remove(&at);
        }
        self.replace(span, "");
    }

    /// Notes keys that may be none.
    pub(super) fn recover(&mut self, path: &[Name]) {
        self.keys.extend(path.iter().map(|name| name.span.start));
    }

    /// Notes that any key may be missing from this table, because a line of it was masked.
    pub(super) fn mark_gap(&mut self, table: TableStart) {
        self.gaps.insert(table);
    }

    /// Replaces a range by a text that is not longer, padded with blanks.
    fn replace(&mut self, span: Range<usize>, text: &str) {
        let blanks = " ".repeat(span.len() - text.len());
        self.text.replace_range(span, &format!("{text}{blanks}"));
    }

    /// The text with the insertions.
    pub(in crate::document) fn spliced(&self) -> Spliced {
        let mut text = String::with_capacity(self.text.len());
        let mut inserted = Vec::new();
        let mut done = 0;
        for (at, insertion) in &self.insertions {
            text += &self.text[done..*at];
            inserted.push((text.len(), text.len() - at, insertion.len()));
            text += insertion;
            done = *at;
        }
        text += &self.text[done..];
        Spliced { text, inserted }
    }

    /// Gives the nodes of the spliced text their spans in the original, and marks what was masked.
    pub(in crate::document) fn restore(&self, spliced: &Spliced, nodes: &mut [Node<'_>]) {
        for index in (0..nodes.len()).rev() {
            let node = &nodes[index];
            let (key_span, span) = (spliced.original(&node.key_span), spliced.original(&node.span));
            let masked = match &node.value {
                // A list that lacks an item may have any.
                Value::List(items) => {
                    let is_masked = |item: &Node<'_>| matches!(item.value, Value::Unreadable);
                    nodes[items.clone()].iter().any(is_masked).then(|| span.clone())
                }
                Value::Table { .. } => None,
                _ => self.values.get(&span.start).cloned(),
            };
            let node = &mut nodes[index];
            node.recovered = !node.key.is_empty() && self.keys.contains(&key_span.start);
            (node.key_span, node.span) = (key_span, span.clone());
            if let Some(value) = masked {
                (node.value, node.span) = (Value::Unreadable, value);
            } else if let Value::Table { has_gaps, .. } = &mut node.value {
                *has_gaps = self.gaps.contains(&Some(span.start).filter(|_| index > 0));
            }
        }
    }
}

/// A masked text with the insertions.
pub(in crate::document) struct Spliced {
    text: String,
    /// Offset of each insertion, the length of all before it, and its own length.
    inserted: Vec<(usize, usize, usize)>,
}

impl Spliced {
    /// Reads the text; also gives the spans, in the original text, of names that it defines twice.
    pub(in crate::document) fn parse(&self) -> (Spanned<DeTable<'_>>, Vec<Range<usize>>) {
        let (root, errors) = DeTable::parse_recoverable(&self.text);
        let spans = errors.iter().filter_map(|error| Some(self.original(&error.span()?)));
        let spans = spans.collect();
        (root, spans)
    }

    fn original(&self, span: &Range<usize>) -> Range<usize> {
        self.original_offset(span.start)..self.original_offset(span.end)
    }

    fn original_offset(&self, offset: usize) -> usize {
        let count = self.inserted.partition_point(|(at, ..)| *at < offset);
        match self.inserted[..count].last() {
            Some((at, before, length)) => offset - before - (*length).min(offset - at),
            None => offset,
        }
    }
}
