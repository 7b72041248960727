use std::ops::Range;

use super::read_phrase;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table, suggestion};
use crate::lang::{Message, Phrase};
use crate::rates::{Fact, Standing};

/// The ids of the facts that a card defines, to check every mention of one.
pub(super) struct FactRefs<'f> {
    known: Vec<&'f str>,
    /// Whether no fact hides in what could not be read.
    is_whole: bool,
}

impl<'f> FactRefs<'f> {
    /// The facts, and the ids of all of them: one that is told to be unsound is none that is unknown.
    pub(super) fn read_all(root: &mut Table<'f>) -> (Vec<Fact>, FactRefs<'f>) {
        let mut is_whole = root.is_whole();
        let (facts, known) = read_facts(root, &mut is_whole);
        (facts, FactRefs { known, is_whole })
    }

    pub(super) fn read(&self, table: &mut Table<'_>, key: &'static str) -> Vec<String> {
        let ids = table.strings(key);
        let is_unknown = |id: &&At<&str>| self.is_whole && !self.known.contains(&id.value);
        for id in ids.iter().filter(is_unknown) {
            let diagnostic = Diagnostic::new(Code::UnknownFact)
                .with("id", id.value)
                .with("suggestion", suggestion(id.value, &self.known));
            table.report(diagnostic, id.span.clone());
        }
        ids.into_iter().map(|id| id.value.to_owned()).collect()
    }
}

fn read_facts<'d>(root: &mut Table<'d>, is_whole: &mut bool) -> (Vec<Fact>, Vec<&'d str>) {
    let mut facts: Vec<Fact> = Vec::new();
    let mut ids = Vec::new();
    let mut spans = Vec::new();
    for mut table in root.tables("fact", "[[fact]]") {
        let id = table.string("id");
        table.missing("id", "id = \"P1\"");
        *is_whole &= id.is_some();
        ids.extend(id.as_ref().map(|id| id.value));
        let words = Standing::ALL.map(|standing| (standing.key(), standing));
        let standing = table.word("standing", &words);
        table.missing("standing", "standing = \"assumed\"");
        let source = read_phrase(&mut table, "source");
        table.missing("source", "source = \"…\"");
        let (en, zh) = (table.string("en"), table.string("zh"));
        if en.is_none() && zh.is_none() {
            table.missing("en", "en = \"…\", zh = \"…\"");
        }
        let text = zh.as_ref().or(en.as_ref()).zip(en.as_ref().or(zh.as_ref()));
        if let (Some(id), Some(standing), Some(source), Some((zh, en))) = (id, standing, source, text) {
            match facts.iter().position(|fact| fact.id == id.value) {
                Some(first) => {
                    let first: Range<usize> = Clone::clone(&spans[first]);
                    let diagnostic = Diagnostic::new(Code::DuplicateFact)
                        .with("id", id.value)
                        .related(first, Message::new("term-first-here"));
                    table.report(diagnostic, id.span);
                }
                None => {
                    let text = Phrase { en: en.value.to_owned(), zh: zh.value.to_owned() };
                    facts.push(Fact { id: id.value.to_owned(), standing: standing.value, source, text });
                    spans.push(id.span);
                }
            }
        }
        table.finish();
    }
    (facts, ids)
}
