use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::lang::{Message, Phrase};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{At, Field, Table, suggestion};
use crate::rates::Fact;
use crate::rates::keys::DraftCard;

/// Ids of the facts that a card defines, to check every reference to one.
pub(super) struct FactRefs<'f> {
    in_order: Vec<&'f str>,
    known: BTreeSet<&'f str>,
    /// Number of ids that were compared with an unknown one.
    compared: Cell<usize>,
    /// True if every fact of the card could be read, so that an id not among them is unknown.
    is_whole: bool,
    sink: &'f Sink,
}

/// Limit on comparisons with unknown ids: their time grows with the square of a card's size.
const MOST_COMPARED: usize = 100_000;

impl<'f> FactRefs<'f> {
    /// Returns the fact ids of a key, and reports those that the card does not define.
    pub(super) fn read(&self, ids: &Field<Vec<At<&str>>>) -> Vec<String> {
        ids.items().iter().for_each(|id| self.check_one(id));
        ids.items().iter().map(|id| id.value.to_owned()).collect()
    }

    /// Reports the fact id of a key if the card does not define it.
    pub(super) fn check(&self, id: &Field<&str>) {
        id.valid().into_iter().for_each(|id| self.check_one(id));
    }

    /// Returns true if the card defines a fact.
    pub(super) fn is_known(&self, id: &str) -> bool {
        self.known.contains(id)
    }

    fn check_one(&self, id: &At<&str>) {
        if self.is_whole && !self.is_known(id.value) {
            let diagnostic = Diagnostic::new(Code::UnknownFact)
                .with("id", id.value)
                .with("suggestion", self.suggestion(id.value));
            self.sink.report(diagnostic, id.span.clone());
        }
    }

    fn suggestion(&self, wrong: &str) -> &'f str {
        if self.compared.get() > MOST_COMPARED {
            return "none";
        }
        self.compared.set(self.compared.get() + self.in_order.len());
        suggestion(wrong, &self.in_order)
    }
}

/// Returns the valid facts, and the ids of all: one that is reported as invalid is not unknown.
pub(super) fn read_facts<'d>(card: &DraftCard<'d>) -> (Vec<Fact>, FactRefs<'d>) {
    let sink = card.table.sink();
    let mut facts: Vec<Fact> = Vec::with_capacity(card.fact.items().len());
    let mut first: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut in_order: Vec<&str> = Vec::with_capacity(card.fact.items().len());
    for draft in card.fact.items() {
        let text = read_text(&draft.table, (&draft.en, &draft.zh));
        let Some(id) = draft.id.valid() else { continue };
        in_order.push(id.value);
        if let Some(first) = first.get(id.value) {
            let diagnostic = Diagnostic::new(Code::DuplicateFact)
                .with("id", id.value)
                .related(first.clone(), Message::new("term-first-here"));
            sink.report(diagnostic, id.span.clone());
            continue;
        }
        first.insert(id.value, id.span.clone());
        if let (Some(standing), Some(source), Some(text)) =
            (draft.standing.value(), draft.source.value(), text)
        {
            facts.push(Fact {
                id: id.value.to_owned().into(),
                standing: *standing,
                source: source.clone(),
                text,
            });
        }
    }
    let is_whole = card.table.lists_all("fact") && in_order.len() == card.fact.items().len();
    (facts, FactRefs { in_order, known: first.into_keys().collect(), compared: Cell::new(0), is_whole, sink })
}

/// Returns facts that were read when the program was built, as [`read_facts`] does.
pub(super) fn built_in_facts<'d>(facts: &'static [Fact], sink: &'d Sink) -> (Vec<Fact>, FactRefs<'d>) {
    let in_order: Vec<&str> = facts.iter().map(|fact| &*fact.id).collect();
    let known = in_order.iter().copied().collect();
    (facts.to_vec(), FactRefs { in_order, known, compared: Cell::new(0), is_whole: true, sink })
}

/// Returns the text of a fact; one in one language is used for both.
pub(super) fn read_text(table: &Table<'_>, (en, zh): (&Field<&str>, &Field<&str>)) -> Option<Phrase> {
    if en.valid().is_none() && zh.valid().is_none() {
        table.report_missing("en");
    }
    let (en, zh) = (en.value(), zh.value());
    let (en, zh) = (en.or(zh)?, zh.or(en)?);
    Some(Phrase { en: (*en).to_owned().into(), zh: (*zh).to_owned().into() })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    #[test]
    fn an_unknown_fact_has_a_suggestion_until_too_many_were_compared() {
        let sink = Sink::new(Arc::new(SourceFile::new("card.toml", "")));
        // Each is compared with half the most: the third begins at the most, the fourth beyond it.
        let in_order = vec!["P12"; MOST_COMPARED / 2];
        let refs = FactRefs {
            known: BTreeSet::from(["P12"]),
            in_order,
            compared: Cell::new(0),
            is_whole: true,
            sink: &sink,
        };
        let suggestions = [(); 4].map(|()| refs.suggestion("P13"));
        assert_eq!(suggestions, ["P12", "P12", "P12", "none"]);
    }
}
