use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table};

/// The accounts of a band, with their places.
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

    /// Where the band says how far it goes: `to`, or `from` where there is no `to`.
    fn end_span(&self) -> Range<usize> {
        self.to.as_ref().unwrap_or(&self.from).span.clone()
    }
}

/// Reports bands that do not run from account 1 without gap or overlap to the negotiated accounts, or, where
/// there are none, without end. A band whose edges cannot be read is `None`, and its neighbours are not judged
/// by it.
pub(super) fn check_bands(bands: &[Option<Edges>], negotiated_from: Option<&At<u32>>, root: &mut Table<'_>) {
    if !root.is_whole() {
        // A band may hide in what could not be read.
        return;
    }
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else {
        if root.has_none("band") {
            root.report(Diagnostic::new(Code::NoBands), root.span());
        }
        return;
    };
    if let Some(first) = first.as_ref().filter(|first| first.from.value != 1) {
        root.report(
            Diagnostic::new(Code::BandStart).with("from", u64::from(first.from.value)),
            first.from.span.clone(),
        );
    }
    for band in bands.iter().flatten() {
        if let Some(to) = band.end()
            && to < band.from.value
        {
            let diagnostic = Diagnostic::new(Code::BandDescending)
                .with("from", u64::from(band.from.value))
                .with("to", u64::from(to));
            root.report(diagnostic, band.end_span());
        }
    }
    for pair in bands.windows(2) {
        if let [Some(before), Some(band)] = pair {
            check_neighbours(before, band, root);
        }
    }
    if let Some(last) = last {
        check_end(last, negotiated_from, root);
    }
}

fn check_neighbours(before: &Edges, band: &Edges, root: &Table<'_>) {
    let Some(end) = before.end() else {
        root.report(Diagnostic::new(Code::BandOpen), before.end_span());
        return;
    };
    if end < before.from.value {
        return;
    }
    let expected = u64::from(end) + 1;
    let from = u64::from(band.from.value);
    if from < expected {
        let diagnostic = Diagnostic::new(Code::BandOverlap)
            .with("from", from)
            .with("to", u64::from(end))
            .with("expected", expected);
        root.report(diagnostic, band.from.span.clone());
    } else if from > expected {
        let diagnostic = Diagnostic::new(Code::BandGap)
            .with("from", from)
            .with("end", u64::from(end))
            .with("expected", expected)
            .with("last", from - 1);
        root.report(diagnostic, band.from.span.clone());
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
                Diagnostic::new(Code::BandsEnd).with("end", expected - 1).with("expected", expected);
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
