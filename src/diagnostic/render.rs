use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Location, Severity, SourceFile};
use crate::diagnostic::lang::Catalog;
use crate::diagnostic::lang::line::{display_width, wrapped};
use crate::diagnostic::lang::visible::{is_hidden, visible, without_commands};

/// Width and colours of a drawn diagnostic.
#[derive(Debug, Clone, Copy)]
pub struct RenderStyle {
    /// Columns to draw in.
    pub width: usize,
    /// True for ANSI colours.
    pub color: bool,
}

/// Longest source line that is drawn, in bytes; a longer one is named by line and column alone.
const LONGEST_LINE: usize = 2_000;

/// Largest excerpt, in bytes, that is drawn as one piece; spans of a problem that are further apart are drawn
/// one by one. Splitting a large file into lines for each problem would take minutes.
const LARGEST_EXCERPT: usize = 16 * 1024;

/// Draws one diagnostic: severity, code and message, the underlined source, and how to fix it. Ends without
/// a newline.
pub fn render(diagnostic: &Diagnostic, catalog: &Catalog, style: RenderStyle) -> String {
    let message = diagnostic.message();
    let (title, [label, help]) = catalog.texts(&message, ["label", "help"]);
    let level = match diagnostic.severity() {
        Severity::Error => Level::ERROR.with_name(catalog.word("term-error")),
        Severity::Warning => Level::WARNING.with_name(catalog.word("term-warning")),
    };
    let related: Vec<String> = diagnostic.related.iter().map(|(_, text)| catalog.text(text)).collect();
    let mut group = Group::with_title(level.primary_title(title).id(diagnostic.code.as_str()));
    if let Some(location) = &diagnostic.location {
        group = draw_location(group, diagnostic, location, &label, &related);
    }
    if let Some(help) = help {
        let name = catalog.word("term-help");
        let lines = wrap(&help, style.width, &name);
        group = group.element(Level::HELP.with_name(name).message(lines));
    }
    let drawn = without_commands(&without_hidden(&renderer(style).render(&[group]))).into_owned();
    match &diagnostic.location {
        Some(location) => without_lines(drawn, diagnostic, location),
        None => drawn,
    }
}

/// Removes line and column behind the address of a cell: they are those of a text that the reader has not.
fn without_lines(drawn: String, diagnostic: &Diagnostic, location: &Location) -> String {
    let source = &location.source;
    let spans = diagnostic.related.iter().map(|(span, _)| span).chain([&location.span]);
    let cells = spans.filter(|span| source.cell(span.start).is_some());
    cells.fold(drawn, |drawn, span| {
        let (line, column) = source.line_and_column(span.start);
        let place = place(source, span);
        drawn.replace(&format!("{place}:{line}:{column}"), &place)
    })
}

fn draw_location<'a>(
    mut group: Group<'a>,
    diagnostic: &'a Diagnostic,
    location: &'a Location,
    label: &'a Option<String>,
    related: &'a [String],
) -> Group<'a> {
    let source = &location.source;
    let shown = || diagnostic.related.iter().map(|(span, _)| span).chain([&location.span]);
    if shown().any(|span| source.line(span.start).len() > LONGEST_LINE) {
        if source.cell(location.span.start).is_some() {
            return group.element(Origin::path(place(source, &location.span)));
        }
        let (line, column) = source.line_and_column(location.span.start);
        return group.element(Origin::path(place(source, &location.span)).line(line).char_column(column));
    }
    let primary = (AnnotationKind::Primary, &location.span, label.as_deref());
    let others = diagnostic
        .related
        .iter()
        .zip(related)
        .map(|((span, _), text)| (AnnotationKind::Context, span, Some(text.as_str())));
    let from = shown().map(|span| span.start).min().unwrap_or_default();
    let to = shown().map(|span| span.start).max().unwrap_or_default();
    if to - from <= LARGEST_EXCERPT {
        let marks: Vec<Mark<'a>> = [primary].into_iter().chain(others).collect();
        return group.element(excerpt(source, from..to, &marks));
    }
    group = group.element(excerpt(source, first_line(source.text(), &location.span), &[primary]));
    for other in others {
        group = group.element(excerpt(source, other.1.clone(), &[other]));
    }
    group
}

/// Returns the file with the address of the cell: `customers.xlsx:B12`.
pub(super) fn place(source: &SourceFile, span: &Range<usize>) -> String {
    match source.cell(span.start) {
        Some(cell) => format!("{}:{cell}", visible(source.name())),
        None => visible(source.name()).into_owned(),
    }
}

/// A span that is marked, and the text beside the mark.
type Mark<'a> = (AnnotationKind, &'a Range<usize>, Option<&'a str>);

/// Returns the lines from the one that holds the span's start to the one that holds its end, with marks in
/// them.
fn excerpt<'a>(
    source: &'a SourceFile,
    span: Range<usize>,
    marks: &[Mark<'a>],
) -> Snippet<'a, Annotation<'a>> {
    let from = source.line(span.start).start;
    let to = source.line(span.end).end;
    let annotations = marks.iter().map(|(kind, span, label)| {
        let cut = first_line(source.text(), span);
        kind.span(cut.start - from..cut.end - from).label(*label)
    });
    let path = marks.first().map_or_else(|| source.name().to_owned(), |(_, span, _)| place(source, span));
    Snippet::source(source.text().get(from..to).unwrap_or_default())
        .path(path)
        .line_start(source.line_and_column(from).0)
        .annotations(annotations)
}

/// Returns the help broken into lines, since the renderer breaks none. It indents them under the first.
fn wrap(help: &str, width: usize, name: &str) -> String {
    const GUTTER: usize = 12;
    let columns = width.saturating_sub(GUTTER + display_width(name)).max(LEAST_COLUMNS);
    wrapped(help, columns, "", "").join("\n")
}

/// Least width of wrapped help: narrower lines are harder to read than long ones.
const LEAST_COLUMNS: usize = 30;

/// Returns what was drawn, with what the source's own lines hide replaced: a name could hide behind it what a problem is
/// about. The renderer has replaced escapes, so that those left are its colours.
fn without_hidden(drawn: &str) -> String {
    drawn.replace(|sign| is_hidden(sign) && !matches!(sign, '\n' | '\u{1b}'), "\u{fffd}")
}

/// Returns the span, cut at the end of its first line: a table's span would otherwise draw the whole table.
pub(super) fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let covered = text.get(span.clone()).unwrap_or_default();
    let length = covered.find(['\r', '\n']).unwrap_or(covered.len());
    span.start..span.start + length
}

fn renderer(style: RenderStyle) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    renderer.term_width(style.width).decor_style(DecorStyle::Ascii)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::lang::{Lang, Message};
    use crate::diagnostic::{CellAddress, Code};

    fn sheet(gap: usize) -> Arc<SourceFile> {
        let mut text = String::new();
        let mut cells = Vec::new();
        for (row, names) in [(2, ["Code", "编码"]), (gap, ["1499", "一百"])] {
            text.push_str(&"\n".repeat(row - 1 - text.matches('\n').count()));
            for (column, name) in (1..).zip(names) {
                let row = u32::try_from(row).unwrap();
                cells.push((text.len(), CellAddress { row, column }));
                text.push_str(name);
                text.push_str(" | ");
            }
        }
        Arc::new(SourceFile::of_sheet("客户.xlsx", text, cells))
    }

    fn drawn(source: &Arc<SourceFile>) -> String {
        let span = |text: &str| source.text().find(text).map(|at| at..at + text.len()).unwrap();
        let problem = Diagnostic::new(Code::DuplicateFact)
            .with("id", "P1")
            .at(source, span("一百"))
            .related(span("编码"), Message::new("term-first-here"));
        render(&problem, &Catalog::new(Lang::En), RenderStyle { width: 80, color: false })
    }

    #[test]
    fn a_cell_is_named_by_its_address() {
        let drawn = drawn(&sheet(3));
        assert!(drawn.contains("--> 客户.xlsx:B3\n"), "{drawn}");
        assert!(drawn.contains("3 | 1499 | 一百"), "{drawn}");
    }

    #[test]
    fn cells_that_are_far_apart_have_an_address_each() {
        let drawn = drawn(&sheet(40_000));
        assert!(drawn.contains("--> 客户.xlsx:B40000\n"), "{drawn}");
        assert!(drawn.contains("::: 客户.xlsx:B2\n"), "{drawn}");
    }
}
