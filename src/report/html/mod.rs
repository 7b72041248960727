//! A document as a page that stands alone: one file without a script, which asks the network for nothing.

mod block;
mod chart;
mod pen;
mod text;

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::pen::HtmlWriter;
use super::assumptions::assumption_lines;
use super::{Block, Cell, Column, Document, Field, Grid, Heading, PartRole, Row, RowRole, Tone};
use crate::diagnostic::lang::{Catalog, Lang};

const STYLE: &str = include_str!("style.css");

/// Nothing is loaded and nothing runs, whatever a plan contains. The empty icon keeps browsers from
/// requesting one.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";

/// The documents that nobody signs.
const RATE_CARDS: &str = "tiers";

/// Fewer parts than these need no list of contents.
const LEAST_CONTENTS: usize = 3;

/// As many items are shown unfolded.
const MOST_OPEN_ITEMS: usize = 3;

/// Draws a document as one HTML file. The totals come first; items are folded on screen and unfolded in
/// print. The same document gives the same bytes. The provider, if one is named, presents it.
pub fn draw_html(document: &Document, catalog: &Catalog, provider: Option<&str>) -> String {
    let pen = HtmlWriter::new(catalog);
    let title = catalog.text(&document.header.title);
    let parts = parts(&document.blocks);
    let (summaries, others): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|part| part.role() == Some(PartRole::Summary));
    let mut figures = key_figures(summaries.first().or(others.first()));
    if !figures.is_empty() {
        figures.extend(others.iter().filter_map(outside_figure));
    }
    let page = html! {
        (DOCTYPE) "\n"
        html lang=(language_tag(catalog.lang())) {
            head {
                meta charset="utf-8"; "\n"
                meta http-equiv="Content-Security-Policy" content=(POLICY); "\n"
                meta name="viewport" content="width=device-width, initial-scale=1"; "\n"
                meta name="color-scheme" content="light dark"; "\n"
                meta name="generator" content="wxlicense"; "\n"
                link rel="icon" href="data:,"; "\n"
                title { (text::plain(&title)) } "\n"
                style { (PreEscaped(STYLE)) } "\n"
            }
            "\n"
            body {
                main class={ "report " (document.name) } {
                    (masthead(&pen, document, provider)) "\n"
                    (tiles(&pen, &figures))
                    (contents(&pen, &summaries, &others))
                    @for part in &summaries { (summary(&pen, part, &figures)) }
                    (body_parts(&pen, &others))
                    @if document.name != RATE_CARDS { (signatures(&pen)) }
                    footer { p { (pen.word("html-colophon")) } }
                }
            }
            "\n"
        }
        "\n"
    };
    page.into_string()
}

/// The blocks from one heading up to the next.
struct Part<'r> {
    heading: Option<&'r Heading>,
    blocks: &'r [Block],
}

impl<'r> Part<'r> {
    fn role(&self) -> Option<PartRole> {
        self.heading.map(|heading| heading.role)
    }

    fn is_item(&self) -> bool {
        self.role() == Some(PartRole::Item)
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.blocks
            .iter()
            .filter_map(|block| match block {
                Block::Fields(fields) => Some(fields),
                _ => None,
            })
            .flatten()
    }

    /// Returns the field that is the answer, or the reason why there is none.
    fn answering_field(&self) -> Option<&Field> {
        let last = |tone| self.fields().filter(|field| field.tone == tone).last();
        last(Tone::Strong).or_else(|| last(Tone::Caution))
    }

    /// Returns the last row of totals of the first table that has one; a single row is its own.
    fn totals(&self) -> Option<(&'r Grid, &'r Row)> {
        self.blocks.iter().find_map(|block| match block {
            Block::Grid(grid) => match &grid.rows[..] {
                [only] => Some((grid, only)),
                rows => Some((grid, rows.iter().rfind(|row| row.role == RowRole::Total)?)),
            },
            _ => None,
        })
    }

    /// Returns true if something in it is missing or uncertain.
    fn has_caution(&self) -> bool {
        self.blocks.iter().any(|block| match block {
            Block::Fields(fields) => fields.iter().any(|field| field.tone == Tone::Caution),
            Block::Remarks(remarks) => remarks.iter().any(|remark| remark.tone == Tone::Caution),
            _ => false,
        })
    }

    /// Returns the figure of the part: its answer, or else its last closing line.
    fn answer(&self) -> Option<(&Cell, Tone)> {
        let toned = self.answering_field();
        let closing = || {
            self.blocks.iter().rev().find_map(|block| match block {
                Block::Grid(grid) => grid.footer.as_ref().map(|footer| (&footer.value, Tone::Strong)),
                _ => None,
            })
        };
        toned.map(|field| (&field.value, field.tone)).or_else(closing)
    }
}

fn parts(blocks: &[Block]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let (heading, body) = match first {
            Block::Heading(heading) => (Some(heading), &rest[1..]),
            _ => (None, rest),
        };
        let end = body.iter().position(|block| matches!(block, Block::Heading(_))).unwrap_or(body.len());
        parts.push(Part { heading, blocks: &body[..end] });
        rest = &body[end..];
    }
    parts
}

/// A figure that the page begins with.
struct Figure<'r> {
    label: Option<&'r crate::diagnostic::lang::Message>,
    value: &'r Cell,
    tone: Tone,
}

/// Returns the money of the last row of totals, each under its column's title, the answer first; without totals, the answers of
/// the part. A part that is no summary has its answers among its fields.
fn key_figures<'r>(part: Option<&'r Part<'r>>) -> Vec<Figure<'r>> {
    let Some(part) = part else { return Vec::new() };
    let strong: Vec<&Field> = part.fields().filter(|field| field.tone == Tone::Strong).collect();
    let of_totals = figures_of_totals(part);
    if !of_totals.is_empty() && (part.role() == Some(PartRole::Summary) || strong.is_empty()) {
        return of_totals;
    }
    if !strong.is_empty() {
        let figure =
            |field: &'r Field| Figure { label: Some(&field.label), value: &field.value, tone: field.tone };
        return strong.into_iter().map(figure).collect();
    }
    let label = part.answering_field().map(|field| &field.label);
    part.answer().map(|(value, tone)| Figure { label, value, tone }).into_iter().collect()
}

fn figures_of_totals<'r>(part: &'r Part<'r>) -> Vec<Figure<'r>> {
    let Some((grid, row)) = part.totals() else { return Vec::new() };
    let is_amount = |cell: &Cell| matches!(cell.value(), Cell::Money(_) | Cell::Change(_));
    let amounts = grid.columns.iter().zip(&row.cells).filter(|(_, cell)| is_amount(cell));
    let figure = |(column, value): (&'r Column, &'r Cell)| Figure {
        label: Some(&column.title),
        value,
        tone: Tone::Plain,
    };
    let mut figures: Vec<Figure> = amounts.map(figure).collect();
    let Some(last) = figures.last_mut() else { return Vec::new() };
    last.tone = Tone::Strong;
    // A difference stands behind what it is the difference of.
    if !matches!(last.value.value(), Cell::Change(_)) {
        figures.rotate_right(1);
    }
    figures
}

/// Returns the sum of what is in no total, under the title of its part.
fn outside_figure<'r>(part: &Part<'r>) -> Option<Figure<'r>> {
    let heading = part.heading.filter(|heading| heading.role == PartRole::OutsideTotal)?;
    let (_, row) = part.totals()?;
    Some(Figure { label: Some(&heading.title), value: row.cells.last()?, tone: Tone::Caution })
}

fn tiles(pen: &HtmlWriter<'_>, figures: &[Figure<'_>]) -> Markup {
    html! {
        @if !figures.is_empty() {
            dl.figures {
                @for figure in figures {
                    div class=[pen::tone_class(figure.tone)] {
                        dt {
                            @match figure.label {
                                Some(label) => (pen.message(label)),
                                None => (pen.word("report-total")),
                            }
                        }
                        dd {
                            (pen.cell(figure.value))
                            @if matches!(figure.value.value(), Cell::Money(_) | Cell::Change(_) | Cell::Amount(_)) {
                                " " span.unit { (pen.word("html-currency")) }
                            }
                        }
                    }
                }
            }
            "\n"
        }
    }
}

/// Draws the head: the first part of the title names the page, the others its card and day.
fn masthead(pen: &HtmlWriter<'_>, document: &Document, provider: Option<&str>) -> Markup {
    let title = pen.catalog.text(&document.header.title);
    let mut pieces = title.split(" · ");
    html! {
        header {
            @if let Some(provider) = provider { p.provider { (text::isolated(provider)) } "\n" }
            h1 { (text::isolated(pieces.next().unwrap_or_default())) }
            ul.about { @for piece in pieces { li { (text::isolated(piece)) } } }
            "\n"
            div.answers {
                @for (text, tone) in document.header.answer.lines() {
                    p class=[pen::tone_class(tone)] { (pen.message(text)) }
                }
            }
            @let assumptions = assumption_lines(&document.header.assumptions, None);
            @if !assumptions.is_empty() {
                "\n"
                ul.assumptions { @for text in &assumptions { li { (pen.message(text)) } } }
            }
        }
    }
}

/// Draws links to the parts, if there are enough of them to look for one.
fn contents(pen: &HtmlWriter<'_>, summaries: &[Part<'_>], others: &[Part<'_>]) -> Markup {
    let titled = |part: &Part<'_>| Some((anchor(part)?, pen.message(&part.heading?.title)));
    let mut links: Vec<(String, Markup)> = summaries.iter().filter_map(titled).collect();
    for run in others.chunk_by(|one, next| one.is_item() && next.is_item()) {
        match run {
            [only] => links.extend(titled(only)),
            _ => links.push(("items".to_owned(), pen.word("html-items"))),
        }
    }
    html! {
        @if links.len() >= LEAST_CONTENTS {
            nav.contents aria-label=(pen.catalog.word("html-contents")) {
                ul { @for (id, title) in &links { li { a href={ "#" (id) } { (title) } } } }
            }
            "\n"
        }
    }
}

/// Draws the lines on which a person signs that the report was prepared and approved.
fn signatures(pen: &HtmlWriter<'_>) -> Markup {
    html! {
        section.signatures {
            @for role in ["html-prepared", "html-approved"] {
                div { span { (pen.word(role)) } i {} span { (pen.word("html-date")) } i.day {} }
            }
        }
        "\n"
    }
}

/// Returns the id of a part: its title's, of which a document has one each; items have numbers instead.
fn anchor(part: &Part<'_>) -> Option<String> {
    let heading = part.heading.filter(|heading| heading.role != PartRole::Item)?;
    Some(heading.title.id.to_owned())
}

/// Draws everything except the summary. Adjacent items are listed together under one heading.
fn body_parts(pen: &HtmlWriter<'_>, parts: &[Part<'_>]) -> Markup {
    html! {
        @for run in parts.chunk_by(|one, next| one.is_item() && next.is_item()) {
            @if run.len() > 1 {
                section.items id="items" {
                    h2 { (pen.word("html-items")) }
                    "\n"
                    @for part in run { (item(pen, part, run.len() <= MOST_OPEN_ITEMS)) }
                }
                "\n"
            } @else {
                @for part in run {
                    @if part.role() == Some(PartRole::Sources) {
                        section.sources id=[anchor(part)] { (folded(pen, part, false, None)) }
                        "\n"
                    } @else {
                        (section(pen, part))
                    }
                }
            }
        }
    }
}

/// Draws the summary: first what the totals leave out. Figures at the top of the page are not repeated.
fn summary(pen: &HtmlWriter<'_>, part: &Part<'_>, figures: &[Figure<'_>]) -> Markup {
    let title = part.heading.map(|heading| &heading.title);
    let blocks: Vec<Cow<'_, Block>> =
        part.blocks.iter().filter_map(|block| without_figures(block, figures)).collect();
    let has_totals = part.blocks.iter().any(|block| matches!(block, Block::Grid(_)));
    let (first, rest): (Vec<&Block>, Vec<&Block>) =
        blocks.iter().map(Cow::as_ref).partition(|block| has_totals && matches!(block, Block::Fields(_)));
    html! {
        @if !blocks.is_empty() {
            section id=[anchor(part)] {
                (pen.blocks(&first, title))
                @if let Some(title) = title { h2 { (pen.message(title)) } "\n" }
                (pen.blocks(&rest, title))
            }
            "\n"
        }
    }
}

/// Returns the block without the fields that are shown as figures; `None` if nothing else is in it.
fn without_figures<'b>(block: &'b Block, figures: &[Figure<'_>]) -> Option<Cow<'b, Block>> {
    let Block::Fields(fields) = block else { return Some(Cow::Borrowed(block)) };
    let is_figure = |field: &Field| figures.iter().any(|figure| std::ptr::eq(figure.value, &field.value));
    let others: Vec<Field> = fields.iter().filter(|field| !is_figure(field)).cloned().collect();
    (!others.is_empty()).then_some(Cow::Owned(Block::Fields(others)))
}

fn section(pen: &HtmlWriter<'_>, part: &Part<'_>) -> Markup {
    let title = part.heading.map(|heading| &heading.title);
    html! {
        section id=[anchor(part)] {
            @if let Some(title) = title { h2 { (pen.message(title)) } "\n" }
            (pen.blocks(&part.blocks.iter().collect::<Vec<_>>(), title))
        }
        "\n"
    }
}

fn item(pen: &HtmlWriter<'_>, part: &Part<'_>, open: bool) -> Markup {
    folded(pen, part, open, Some(format!("item-{}", pen.next_item() + 1)))
}

/// Draws a part that can be folded. A link to its content unfolds it.
fn folded(pen: &HtmlWriter<'_>, part: &Part<'_>, open: bool, id: Option<String>) -> Markup {
    let heading = part.heading.map(|heading| &heading.title);
    html! {
        details open[open] {
            summary {
                h3 { @if let Some(title) = heading { (pen.message(title)) } }
                @if part.has_caution() { span.flag { (pen.word("html-see-note")) } }
                @if let Some((value, tone)) = part.answer() {
                    span class={ "answer " (pen::tone_class(tone).unwrap_or_default()) } { (pen.cell(value)) }
                }
            }
            "\n"
            div.folded id=[id] { (pen.blocks(&part.blocks.iter().collect::<Vec<_>>(), heading)) }
        }
        "\n"
    }
}

fn language_tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    }
}

#[cfg(test)]
mod tests;
