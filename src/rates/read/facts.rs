use std::ops::Range;

use super::read_phrase;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Table, suggestion};
use crate::lang::{Message, Phrase};
use crate::rates::{Fact, Standing};

/// The ids of the facts that a card defines, to check every mention of one.
pub(super) struct FactRefs<'f> {
    known: Vec<&'f str>,
}

impl<'f> FactRefs<'f> {
    pub(super) fn new(known: Vec<&'f str>) -> FactRefs<'f> {
        FactRefs { known }
    }

    pub(super) fn read(&self, table: &mut Table<'_>, key: &'static str) -> Vec<String> {
        let ids = table.strings(key);
        for id in ids.iter().filter(|id| !self.known.contains(&id.value)) {
            let diagnostic = Diagnostic::new(Code::UnknownFact)
                .with("id", id.value)
                .with("suggestion", suggestion(id.value, &self.known));
            table.report(diagnostic, id.span.clone());
        }
        ids.into_iter().map(|id| id.value.to_owned()).collect()
    }
}

/// The facts, and the ids of all facts: one that is told to be unsound is none that is unknown.
pub(super) fn read_facts<'d>(root: &mut Table<'d>) -> (Vec<Fact>, Vec<&'d str>) {
    let mut facts: Vec<Fact> = Vec::new();
    let mut ids = Vec::new();
    let mut spans = Vec::new();
    for mut table in root.tables("fact", "[[fact]]") {
        let id = table.string("id");
        table.missing("id", "id = \"P1\"");
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
