use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Table};

/// The accounts of a band, at the place of its `from`.
pub(super) struct Edges {
    /// The first account, counted from 1.
    pub(super) from: u32,
    /// The last account, included; `None` for all further ones.
    pub(super) to: Option<u32>,
}

/// Reports bands that do not run from account 1 without gap or overlap to the negotiated accounts, or, where
/// there are none, without end. A band whose edges cannot be read is `None`, and its neighbours are not judged
/// by it.
pub(super) fn check_bands(
    bands: &[Option<At<Edges>>],
    negotiated_from: Option<&At<u32>>,
    root: &mut Table<'_>,
) {
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else {
        if !root.has("band") {
            root.report(Diagnostic::new(Code::NoBands), root.span());
        }
        return;
    };
    if let Some(first) = first.as_ref().filter(|first| first.from != 1) {
        root.report(Diagnostic::new(Code::BandStart).with("from", u64::from(first.from)), first.span.clone());
    }
    for band in bands.iter().flatten() {
        if let Some(to) = band.to
            && to < band.from
        {
            let diagnostic = Diagnostic::new(Code::BandDescending)
                .with("from", u64::from(band.from))
                .with("to", u64::from(to));
            root.report(diagnostic, band.span.clone());
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

fn check_neighbours(before: &At<Edges>, band: &At<Edges>, root: &Table<'_>) {
    let Some(end) = before.to else {
        root.report(Diagnostic::new(Code::BandOpen), before.span.clone());
        return;
    };
    if end < before.from {
        return;
    }
    let expected = u64::from(end) + 1;
    let from = u64::from(band.from);
    if from < expected {
        let diagnostic = Diagnostic::new(Code::BandOverlap)
            .with("from", from)
            .with("to", u64::from(end))
            .with("expected", expected);
        root.report(diagnostic, band.span.clone());
    } else if from > expected {
        let diagnostic = Diagnostic::new(Code::BandGap)
            .with("from", from)
            .with("end", u64::from(end))
            .with("expected", expected)
            .with("last", from - 1);
        root.report(diagnostic, band.span.clone());
    }
}

fn check_end(last: &At<Edges>, negotiated_from: Option<&At<u32>>, root: &mut Table<'_>) {
    if last.to.is_some_and(|end| end < last.from) {
        return;
    }
    let expected = last.to.map(|end| u64::from(end) + 1);
    match (expected, negotiated_from) {
        (Some(expected), None) if !root.has("negotiated") => {
            let diagnostic =
                Diagnostic::new(Code::BandsEnd).with("end", expected - 1).with("expected", expected);
            root.report(diagnostic, last.span.clone());
        }
        (expected, Some(from)) if expected != Some(u64::from(from.value)) => {
            let end = last.to.map_or_else(|| "∞".to_owned(), |end| end.to_string());
            let diagnostic = Diagnostic::new(Code::NegotiatedStart)
                .with("from", u64::from(from.value))
                .with("end", end)
                .with("expected", expected.unwrap_or(u64::from(from.value)));
            root.report(diagnostic, from.span.clone());
        }
        _ => {}
    }
}
