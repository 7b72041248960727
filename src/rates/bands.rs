use std::ops::Range;

use super::Band;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table};

/// A band and the places of its two ends.
pub(super) struct PlacedBand {
    pub(super) band: Band,
    pub(super) from: Range<usize>,
    /// The place of `to`, or of `from` where there is no `to`.
    pub(super) to: Range<usize>,
}

/// Reports bands that do not run from account 1 without gap or overlap to the negotiated accounts, or, where
/// there are none, without end.
pub(super) fn check_bands(bands: &[PlacedBand], negotiated_from: Option<&At<u32>>, root: &mut Table<'_>) {
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else {
        if !root.has("band") {
            root.report(Diagnostic::new(Code::NoBands), root.span());
        }
        return;
    };
    if first.band.from != 1 {
        let diagnostic = Diagnostic::new(Code::BandStart).with("from", u64::from(first.band.from));
        root.report(diagnostic, first.from.clone());
    }
    for PlacedBand { band, to: place, .. } in bands {
        if let Some(to) = band.to
            && to < band.from
        {
            let diagnostic = Diagnostic::new(Code::BandDescending)
                .with("from", u64::from(band.from))
                .with("to", u64::from(to));
            root.report(diagnostic, place.clone());
        }
    }
    for pair in bands.windows(2) {
        check_neighbours(&pair[0], &pair[1], root);
    }
    check_end(last, negotiated_from, root);
}

fn check_neighbours(before: &PlacedBand, band: &PlacedBand, root: &Table<'_>) {
    let Some(end) = before.band.to else {
        root.report(Diagnostic::new(Code::BandOpen), before.to.clone());
        return;
    };
    if end < before.band.from {
        return;
    }
    let expected = u64::from(end) + 1;
    let from = u64::from(band.band.from);
    if from < expected {
        let diagnostic = Diagnostic::new(Code::BandOverlap)
            .with("from", from)
            .with("to", u64::from(end))
            .with("expected", expected);
        root.report(diagnostic, band.from.clone());
    } else if from > expected {
        let diagnostic = Diagnostic::new(Code::BandGap)
            .with("from", from)
            .with("end", u64::from(end))
            .with("expected", expected)
            .with("last", from - 1);
        root.report(diagnostic, band.from.clone());
    }
}

fn check_end(last: &PlacedBand, negotiated_from: Option<&At<u32>>, root: &Table<'_>) {
    let expected = last.band.to.map(|end| u64::from(end) + 1);
    match (expected, negotiated_from) {
        (Some(expected), None) => {
            let diagnostic =
                Diagnostic::new(Code::BandsEnd).with("end", expected - 1).with("expected", expected);
            root.report(diagnostic, last.to.clone());
        }
        (expected, Some(from)) if expected != Some(u64::from(from.value)) => {
            let end = last.band.to.map_or_else(|| "∞".to_owned(), |end| end.to_string());
            let diagnostic = Diagnostic::new(Code::NegotiatedStart)
                .with("from", u64::from(from.value))
                .with("end", end)
                .with("expected", expected.unwrap_or(u64::from(from.value)));
            root.report(diagnostic, from.span.clone());
        }
        _ => {}
    }
}
