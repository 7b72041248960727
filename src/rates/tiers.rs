use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table};

/// The accounts of a tier, with their places.
pub(super) struct Edges {
    /// The first account, counted from 1.
    pub(super) from: At<u32>,
    /// The last account, included; `None` for all further ones.
    pub(super) to: Option<At<u32>>,
}

impl Edges {
    pub(super) fn end(&self) -> Option<u32> {
        self.to.as_ref().map(|to| to.value)
    }

    /// Where the tier says how far it goes: `to`, or `from` where there is no `to`.
    fn end_span(&self) -> Range<usize> {
        self.to.as_ref().unwrap_or(&self.from).span.clone()
    }
}

/// Reports tiers that do not run from account 1 without gap or overlap to the negotiated accounts, or, where
/// there are none, without end. A tier whose edges cannot be read is `None`, and its neighbours are not judged
/// by it.
pub(super) fn check_tiers(tiers: &[Option<Edges>], negotiated_from: Option<&At<u32>>, root: &mut Table<'_>) {
    if !root.is_whole() {
        // A tier may hide in what could not be read.
        return;
    }
    let (Some(first), Some(last)) = (tiers.first(), tiers.last()) else {
        if root.has_none("tier") {
            root.report(Diagnostic::new(Code::NoTiers), root.span());
        }
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
        check_end(last, negotiated_from, root);
    }
}

fn check_neighbours(before: &Edges, tier: &Edges, root: &Table<'_>) {
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

fn check_end(last: &Edges, negotiated_from: Option<&At<u32>>, root: &mut Table<'_>) {
    if last.end().is_some_and(|end| end < last.from.value) {
        return;
    }
    let expected = last.end().map(|end| u64::from(end) + 1);
    match (expected, negotiated_from) {
        (Some(expected), None) if !root.has("negotiated") => {
            let diagnostic =
                Diagnostic::new(Code::TiersEnd).with("end", expected - 1).with("expected", expected);
            root.report(diagnostic, last.end_span());
        }
        (expected, Some(from)) if expected != Some(u64::from(from.value)) => {
            let end = last.end().map_or_else(|| "∞".to_owned(), |end| end.to_string());
            let diagnostic = Diagnostic::new(Code::NegotiatedStart)
                .with("from", u64::from(from.value))
                .with("end", end)
                .with("expected", expected.unwrap_or(u64::from(from.value)));
            root.report(diagnostic, from.span.clone());
        }
        _ => {}
    }
}
