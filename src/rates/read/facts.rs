use std::cell::Cell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use strum::VariantArray;

use super::read_phrase;
use crate::diagnostic::lang::{Message, Phrase};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table, suggestion};
use crate::rates::{Confidence, Fact};

/// The ids of the facts that a card defines, to check every mention of one.
pub(super) struct FactRefs<'f> {
    in_order: Vec<&'f str>,
    known: HashSet<&'f str>,
    /// Ids looked at for their likeness to a wrong one.
    looked_at: Cell<usize>,
    /// Whether no fact hides in what could not be read.
    is_whole: bool,
}

impl<'f> FactRefs<'f> {
    /// The facts, and the ids of all of them: one that is told to be invalid is none that is unknown.
    pub(super) fn read_all(root: &mut Table<'f>) -> (Vec<Fact>, FactRefs<'f>) {
        let mut is_whole = root.is_whole();
        let (facts, known) = read_facts(root, &mut is_whole);
        let refs = FactRefs {
            known: known.iter().copied().collect(),
            in_order: known,
            looked_at: Cell::new(0),
            is_whole,
        };
        (facts, refs)
    }

    pub(super) fn read(&self, table: &mut Table<'_>, key: &'static str) -> Vec<String> {
        let ids = table.strings(key);
        let is_unknown = |id: &&At<&str>| self.is_whole && !self.known.contains(&id.value);
        for id in ids.iter().filter(is_unknown) {
            let diagnostic = Diagnostic::new(Code::UnknownFact)
                .with("id", id.value)
                .with("suggestion", self.likely(id.value));
            table.report(diagnostic, id.span.clone());
        }
        ids.into_iter().map(|id| id.value.to_owned()).collect()
    }

    /// The id that was likely meant, or `none`.
    fn likely(&self, wrong: &str) -> &'f str {
        if self.looked_at.get() > MOST_LOOKED_AT {
            return "none";
        }
        self.looked_at.set(self.looked_at.get() + self.in_order.len());
        suggestion(wrong, &self.in_order)
    }
}

/// More ids than these are not looked at for likeness: the time for it grows with the square of a card's size.
const MOST_LOOKED_AT: usize = 100_000;

fn read_facts<'d>(root: &mut Table<'d>, is_whole: &mut bool) -> (Vec<Fact>, Vec<&'d str>) {
    let mut facts: Vec<Fact> = Vec::new();
    let mut ids = Vec::new();
    let mut spans: HashMap<String, Range<usize>> = HashMap::new();
    for mut table in root.tables("fact", "[[fact]]") {
        let id = table.string("id");
        table.missing("id", "id = \"P1\"");
        *is_whole &= id.is_some();
        ids.extend(id.as_ref().map(|id| id.value));
        let standing = table.word("standing", Confidence::VARIANTS);
        table.missing("standing", "standing = \"assumed\"");
        let source = read_phrase(&mut table, "source");
        table.missing("source", "source = \"…\"");
        let (en, zh) = (table.string("en"), table.string("zh"));
        if en.is_none() && zh.is_none() {
            table.missing("en", "en = \"…\", zh = \"…\"");
        }
        let text = zh.as_ref().or(en.as_ref()).zip(en.as_ref().or(zh.as_ref()));
        if let (Some(id), Some(standing), Some(source), Some((zh, en))) = (id, standing, source, text) {
            match spans.get(id.value) {
                Some(first) => {
                    let diagnostic = Diagnostic::new(Code::DuplicateFact)
                        .with("id", id.value)
                        .related(first.clone(), Message::new("term-first-here"));
                    table.report(diagnostic, id.span);
                }
                None => {
                    let text = Phrase { en: en.value.to_owned(), zh: zh.value.to_owned() };
                    facts.push(Fact { id: id.value.to_owned(), standing: standing.value, source, text });
                    spans.insert(id.value.to_owned(), id.span);
                }
            }
        }
        table.finish();
    }
    (facts, ids)
}
