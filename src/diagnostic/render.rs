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
    if shown().any(|span| line_length(source.text(), span.start) > LONGEST_LINE) {
        let (line, column) = source.line_and_column(location.span.start);
        return group.element(Origin::path(source.name()).line(line).char_column(column));
    }
    let window = lines_around(source.text(), shown());
    let within = |span: &Range<usize>| {
        let span = first_line(source.text(), span);
        span.start - window.start..span.end - window.start
    };
    let others = diagnostic
        .related
        .iter()
        .zip(related)
        .map(|((span, _), text)| AnnotationKind::Context.span(within(span)).label(text.as_str()));
    let snippet = Snippet::source(&source.text()[window.clone()])
        .line_start(source.line_and_column(window.start).0)
        .path(source.name())
        .annotation(AnnotationKind::Primary.span(within(&location.span)).label(label))
        .annotations(others);
    group.element(snippet)
}

/// The whole lines from the first shown place to the last. The renderer walks every line that it is given,
/// which would make each problem of a large file slow to draw.
fn lines_around<'s>(text: &str, shown: impl Iterator<Item = &'s Range<usize>> + Clone) -> Range<usize> {
    let first = shown.clone().map(|span| span.start).min().unwrap_or(0);
    let last = shown.map(|span| first_line(text, span).end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
    start..end
}

/// The span, cut at the end of its first line: a table's span would otherwise draw the whole table.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let covered = text.get(span.clone()).unwrap_or_default();
    let length = covered.find(['\r', '\n']).unwrap_or(covered.len());
    span.start..span.start + length
}

fn line_length(text: &str, offset: usize) -> usize {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    before.len() - start + after.find('\n').unwrap_or(after.len())
}

fn renderer(style: RenderStyle) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).decor_style(DecorStyle::Ascii)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::{Code, SourceFile};
    use crate::lang::{Lang, Message};

    fn draw(text: &str, shown: &str, related: Option<&str>) -> String {
        let source = Arc::new(SourceFile::new("plan.toml", text));
        let span = |word: &str| text.find(word).map(|start| start..start + word.len()).unwrap();
        let mut diagnostic = Diagnostic::new(Code::DuplicateFact).with("id", "P1").at(&source, span(shown));
        if let Some(word) = related {
            diagnostic = diagnostic.related(span(word), Message::new("term-first-here"));
        }
        render(&diagnostic, &Catalog::new(Lang::En), RenderStyle { width: 80, color: false })
    }

    #[test]
    fn a_place_deep_in_a_file_keeps_its_line_and_column() {
        let drawn = draw("a = 1\r\n\r\nname = \"沈阳\" # here\r\nb = 2\r\n", "here", None);
        assert!(drawn.contains("plan.toml:3:15"), "{drawn}");
        assert!(drawn.contains("3 | name = \"沈阳\" # here"), "{drawn}");
        assert!(!drawn.contains("a = 1") && !drawn.contains("b = 2"), "{drawn}");
    }

    #[test]
    fn a_related_place_before_or_after_is_drawn_too() {
        for (shown, related) in [("one", "two"), ("two", "one")] {
            let drawn = draw("x\none\n\n\n\n\n\n\n\ntwo\ny", shown, Some(related));
            assert!(drawn.contains(" 2 | one") && drawn.contains("10 | two"), "{drawn}");
        }
    }
}
