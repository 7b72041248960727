//! Text for a terminal: [`draw_table`] writes a document, its grids and fields laid out by [`layout`], its
//! curves drawn by [`curve`].

mod curve;
mod layout;
mod sheet;
mod stacked;

use anstyle::{AnsiColor, Style};

use self::curve::draw_curve;
use super::assumptions::assumption_lines;
use super::{Block, Chart, ChartKind, Document, Field, Footer, Grid, Header, Remark, RowRole, Tone};
use crate::diagnostic::lang::line::{display_width, wrapped};
use crate::diagnostic::lang::visible::{one_line, without_commands};
use crate::diagnostic::lang::{Catalog, Message};

/// The width and the colours of a terminal.
#[derive(Debug, Clone, Copy)]
pub struct TableStyle {
    /// Columns to draw in; at least [`TableStyle::LEAST_WIDTH`] are used.
    pub width: usize,
    /// With ANSI colours.
    pub color: bool,
}

impl TableStyle {
    /// Below this width, lines run over rather than become unreadable.
    pub const LEAST_WIDTH: usize = 40;
}

/// Draws a document as text for a terminal. Ends with a newline.
pub fn draw_table(document: &Document, catalog: &Catalog, style: TableStyle) -> String {
    let mut canvas = TableWriter {
        catalog,
        width: style.width.max(TableStyle::LEAST_WIDTH),
        color: style.color,
        text: String::new(),
    };
    canvas.header(&document.header, document.has_sources());
    let mut before = None;
    for block in document.blocks.iter().filter(|block| is_shown(block)) {
        if !joins(before, block) {
            canvas.text.push('\n');
        }
        canvas.block(block);
        before = Some(block);
    }
    without_commands(&canvas.text).into_owned()
}

fn is_shown(block: &Block) -> bool {
    match block {
        Block::Chart(chart) => chart.requested && matches!(chart.kind, ChartKind::Curve(_)),
        _ => true,
    }
}

/// Returns true if a block follows the one before it without a blank line.
fn joins(before: Option<&Block>, block: &Block) -> bool {
    match before {
        Some(Block::Heading(_)) => true,
        Some(Block::Grid(_)) => matches!(block, Block::Fields(_) | Block::Remarks(_)),
        _ => false,
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const PLAIN: Style = Style::new();
const CAUTION: Style = AnsiColor::Yellow.on_default();
const OVERDUE: Style = AnsiColor::Red.on_default().bold();
const DUE: Style = AnsiColor::Yellow.on_default();
const FREE: Style = AnsiColor::Green.on_default();

struct TableWriter<'c> {
    catalog: &'c Catalog,
    width: usize,
    color: bool,
    text: String,
}

impl TableWriter<'_> {
    fn header(&mut self, header: &Header, has_sources: bool) {
        self.wrapped(&one_line(&self.catalog.text(&header.title)), "", "", BOLD);
        for (text, tone) in header.answer.lines() {
            self.wrapped(&one_line(&self.catalog.text(text)), " ", " ", style_of(tone));
        }
        let more = (!has_sources).then(|| Message::new("report-see-sources"));
        for text in assumption_lines(&header.assumptions, more) {
            self.wrapped(&one_line(&self.catalog.text(&text)), " ", " ", DIM);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(heading) => {
                self.wrapped(&one_line(&self.catalog.text(&heading.title)), "", "  ", BOLD)
            }
            Block::Grid(grid) => self.grid(grid),
            Block::Fields(fields) => self.fields(fields),
            Block::Remarks(remarks) => self.remarks(remarks),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    fn grid(&mut self, grid: &Grid) {
        let rows = layout::grid_lines(grid, self.catalog, self.width);
        let width = rows.iter().flatten().map(|line| display_width(line)).max().unwrap_or(0);
        let drawn = std::iter::once(None).chain(grid.rows.iter().map(Some));
        let mut before = None;
        for (lines, row) in rows.iter().zip(drawn) {
            let role = row.map(|row| row.role);
            if (before, role) == (Some(RowRole::Item), Some(RowRole::Total)) {
                self.line(&format!(" {}", "─".repeat(width.saturating_sub(1))), DIM);
            }
            before = role;
            let style = row.map_or(DIM, |row| style_of(row.tone));
            lines.iter().for_each(|line| self.line(line, style));
        }
        if let Some(footer) = &grid.footer {
            self.footer(footer, width);
        }
    }

    /// The formula under the items and its value under the last column; a long formula takes lines of its
    /// own.
    fn footer(&mut self, footer: &Footer, grid_width: usize) {
        let value = footer.value.text(self.catalog);
        let width = grid_width.min(self.width).max(20);
        let room = width.saturating_sub(display_width(&value) + 3);
        let pieces = formula_lines(&footer.text, room);
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.iter().enumerate() {
            if index < last {
                self.line(&format!(" {piece}"), BOLD);
                continue;
            }
            let gap = width.saturating_sub(1 + display_width(piece) + display_width(&value)).max(2);
            self.line(&format!(" {piece}{}{value}", " ".repeat(gap)), BOLD);
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for (field, lines) in fields.iter().zip(layout::field_lines(fields, self.catalog, self.width)) {
            lines.iter().for_each(|line| self.line(line, style_of(field.tone)));
        }
    }

    fn remarks(&mut self, remarks: &[Remark]) {
        let tag_width = remarks.iter().map(|remark| display_width(tag(remark))).max().unwrap_or(0);
        for remark in remarks {
            let tag = tag(remark);
            let gap = if tag.is_empty() { 0 } else { tag_width - display_width(tag) + 2 };
            let first = format!(" • {tag}{}", " ".repeat(gap));
            let hanging = " ".repeat(display_width(&first));
            let style = if remark.tone == Tone::Strong { PLAIN } else { style_of(remark.tone) };
            self.wrapped(&one_line(&self.catalog.text(&remark.text)), &first, &hanging, style);
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let ChartKind::Curve(curve) = &chart.kind else { return };
        self.wrapped(&self.catalog.text(&chart.title), " ", " ", BOLD);
        for line in draw_curve(curve, self.catalog, self.width) {
            self.line(&line, PLAIN);
        }
        if let Some((accounts, payable)) = curve.position {
            let legend = Message::new("report-curve-legend")
                .with("accounts", u64::from(accounts))
                .with("payable", payable);
            self.wrapped(&self.catalog.text(&legend), " ", " ", DIM);
        }
    }

    fn wrapped(&mut self, text: &str, first: &str, hanging: &str, style: Style) {
        for line in wrapped(text, self.width, first, hanging) {
            self.line(&line, style);
        }
    }

    fn line(&mut self, line: &str, style: Style) {
        let line = line.trim_end();
        if self.color && style != PLAIN {
            self.text.push_str(&format!("{style}{line}{style:#}"));
        } else {
            self.text.push_str(line);
        }
        self.text.push('\n');
    }
}

fn tag(remark: &Remark) -> &str {
    remark.tag.as_ref().map_or("", |tag| &tag.text)
}

fn style_of(tone: Tone) -> Style {
    match tone {
        Tone::Plain => PLAIN,
        Tone::Strong => BOLD,
        Tone::Caution => CAUTION,
        Tone::Overdue => OVERDUE,
        Tone::Due => DUE,
        Tone::Free => FREE,
    }
}

/// Breaks a formula before its plus signs.
fn formula_lines(formula: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in formula.split_inclusive('+') {
        let Some(line) = lines.last_mut() else { continue };
        if !line.is_empty() && display_width(line) + display_width(piece) > room {
            lines.push(piece.to_owned());
        } else {
            line.push_str(piece);
        }
    }
    lines
}
