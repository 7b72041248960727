use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Location, Severity};
use crate::lang::Catalog;

/// How diagnostics are drawn.
#[derive(Debug, Clone, Copy)]
pub struct RenderStyle {
    /// Columns to draw in.
    pub width: usize,
    /// With ANSI colours.
    pub color: bool,
}

/// The longest source line that is drawn, in bytes; a longer one is named by line and column alone.
const LONGEST_LINE: usize = 2_000;

/// Draws one diagnostic: severity, code and message, the underlined source, and how to mend it. Ends without
/// a newline.
pub fn render(diagnostic: &Diagnostic, catalog: &Catalog, style: RenderStyle) -> String {
    let message = diagnostic.message();
    let title = catalog.text(&message);
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR.with_name(catalog.word("term-error")),
        Severity::Warning => Level::WARNING.with_name(catalog.word("term-warning")),
    };
    let related: Vec<String> = diagnostic.related.iter().map(|(_, text)| catalog.text(text)).collect();
    let label = catalog.attribute(&message, "label");
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.code.as_str()));
    if let Some(location) = &diagnostic.location {
        group = draw_location(group, diagnostic, location, label, &related);
    }
    if let Some(help) = catalog.attribute(&message, "help") {
        group = group.element(Level::HELP.with_name(catalog.word("term-help")).message(help));
    }
    renderer(style).render(&[group])
}

fn draw_location<'a>(
    group: Group<'a>,
    diagnostic: &Diagnostic,
    location: &'a Location,
    label: Option<String>,
    related: &'a [String],
) -> Group<'a> {
    let source = &location.source;
    let shown = || diagnostic.related.iter().map(|(span, _)| span).chain([&location.span]);
    if shown().any(|span| source.line(span.start).len() > LONGEST_LINE) {
        let (line, column) = source.line_and_column(location.span.start);
        return group.element(Origin::path(source.name()).line(line).char_column(column));
    }
    let from = shown().map(|span| source.line(span.start).start).min().unwrap_or(0);
    let to = shown().map(|span| source.line(span.start).end).max().unwrap_or(from);
    let place = |span: &Range<usize>| {
        let cut = first_line(source.text(), span);
        cut.start - from..cut.end - from
    };
    let others = diagnostic
        .related
        .iter()
        .zip(related)
        .map(|((span, _), text)| AnnotationKind::Context.span(place(span)).label(text.as_str()));
    // Only the lines that are shown: to split a whole large file into lines for each problem takes seconds.
    let snippet = Snippet::source(source.text().get(from..to).unwrap_or_default())
        .path(source.name())
        .line_start(source.line_and_column(from).0)
        .annotation(AnnotationKind::Primary.span(place(&location.span)).label(label))
        .annotations(others);
    group.element(snippet)
}

/// The span, cut at the end of its first line: a table's span would otherwise draw the whole table.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let covered = text.get(span.clone()).unwrap_or_default();
    let length = covered.find(['\r', '\n']).unwrap_or(covered.len());
    span.start..span.start + length
}

fn renderer(style: RenderStyle) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).decor_style(DecorStyle::Ascii)
}
