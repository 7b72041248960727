use std::ops::Range;

use super::keys::{DraftCard, DraftTier};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Field, Table};

/// The accounts of a tier, with their spans.
pub(super) struct Edges<'t> {
    /// The first account, counted from 1.
    pub(super) from: &'t At<u32>,
    /// The last account, inclusive; `None` for all further ones.
    to: Option<&'t At<u32>>,
}

impl<'t> Edges<'t> {
    /// Returns the edges of a tier; `None` if they are not valid.
    pub(super) fn of(tier: &'t DraftTier<'_>) -> Option<Edges<'t>> {
        let to = match &tier.to {
            Field::Missing => None,
            Field::Invalid => return None,
            Field::Valid(to) => Some(to),
        };
        Some(Edges { from: tier.from.valid()?, to })
    }

    /// Returns the last account, inclusive; `None` for all further ones.
    pub(super) fn end(&self) -> Option<u32> {
        self.to.map(|to| to.value)
    }

    /// Returns the span of `to`, or of `from` if there is no `to`.
    fn end_span(&self) -> Range<usize> {
        self.to.unwrap_or(self.from).span.clone()
    }
}

/// Reports tiers that do not run without gap or overlap from account 1 to the negotiated accounts or, if
/// there are none, without end. A tier without valid edges is skipped, and so is the comparison with its
/// neighbours.
pub(super) fn check_tiers(card: &DraftCard<'_>) {
    let root = &card.table;
    if !root.lists_all("tier") || matches!(card.tier, Field::Invalid) {
        // The part that could not be read may have a tier.
        return;
    }
    let tiers: Vec<Option<Edges<'_>>> = card.tier.items().iter().map(Edges::of).collect();
    let (Some(first), Some(last)) = (tiers.first(), tiers.last()) else {
        root.report(Diagnostic::new(Code::NoTiers), root.span());
        return;
    };
    if let Some(first) = first.as_ref().filter(|first| first.from.value != 1) {
        root.report(
            Diagnostic::new(Code::TierStart).with("from", u64::from(first.from.value)),
            first.from.span.clone(),
        );
    }
    for tier in tiers.iter().flatten() {
        if let Some(to) = tier.end()
            && to < tier.from.value
        {
            let diagnostic = Diagnostic::new(Code::TierDescending)
                .with("from", u64::from(tier.from.value))
                .with("to", u64::from(to));
            root.report(diagnostic, tier.end_span());
        }
    }
    for pair in tiers.windows(2) {
        if let [Some(before), Some(tier)] = pair {
            check_neighbours(before, tier, root);
        }
    }
    if let Some(last) = last {
        check_end(last, card);
    }
}

fn check_neighbours(before: &Edges<'_>, tier: &Edges<'_>, root: &Table<'_>) {
    let Some(end) = before.end() else {
        root.report(Diagnostic::new(Code::TierOpen), before.end_span());
        return;
    };
    if end < before.from.value {
        return;
    }
    let expected = u64::from(end) + 1;
    let from = u64::from(tier.from.value);
    if from < expected {
        let diagnostic = Diagnostic::new(Code::TierOverlap)
            .with("from", from)
            .with("to", u64::from(end))
            .with("expected", expected);
        root.report(diagnostic, tier.from.span.clone());
    } else if from > expected {
        let diagnostic = Diagnostic::new(Code::TierGap)
            .with("from", from)
            .with("end", u64::from(end))
            .with("expected", expected)
            .with("last", from - 1);
        root.report(diagnostic, tier.from.span.clone());
    }
}

fn check_end(last: &Edges<'_>, card: &DraftCard<'_>) {
    if last.end().is_some_and(|end| end < last.from.value) {
        return;
    }
    let expected = last.end().map(|end| u64::from(end) + 1);
    let negotiated_from = card.negotiated.value().and_then(|negotiated| negotiated.from.valid());
    match (expected, negotiated_from) {
        (Some(expected), None) if card.negotiated.is_missing() => {
            let diagnostic =
                Diagnostic::new(Code::TiersEnd).with("end", expected - 1).with("expected", expected);
            card.table.report(diagnostic, last.end_span());
        }
        (expected, Some(from)) if expected != Some(u64::from(from.value)) => {
            let end = last.end().map_or_else(|| "∞".to_owned(), |end| end.to_string());
            let diagnostic = Diagnostic::new(Code::NegotiatedStart)
                .with("from", u64::from(from.value))
                .with("end", end)
                .with("expected", expected.unwrap_or(u64::from(from.value)));
            card.table.report(diagnostic, from.span.clone());
        }
        _ => {}
    }
}
