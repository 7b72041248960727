mod layout;

use anstyle::{AnsiColor, Style};

use self::layout::LineStyle;
use super::curve::draw_curve;
use super::line::{display_width, one_line};
use super::{Block, Chart, ChartKind, Document, Field, Footer, Grid, Remark, Tone};
use crate::diagnostic::lang::{Catalog, Message};

/// How a document is drawn for a terminal.
#[derive(Debug, Clone, Copy)]
pub struct TableStyle {
    /// Columns to draw in; at least [`TableStyle::LEAST_WIDTH`] are used.
    pub width: usize,
    /// With ANSI colours.
    pub color: bool,
}

impl TableStyle {
    /// Below this width, lines run over rather than become unreadable.
    pub const LEAST_WIDTH: usize = 60;
}

/// Draws a document as text for a terminal. Ends with a newline.
pub fn draw_table(document: &Document, catalog: &Catalog, style: TableStyle) -> String {
    let mut canvas = TableWriter {
        catalog,
        width: style.width.max(TableStyle::LEAST_WIDTH),
        color: style.color,
        text: String::new(),
    };
    canvas.wrapped(&one_line(&catalog.text(&document.title)), "", "", BOLD);
    let mut before = None;
    for block in document.blocks.iter().filter(|block| is_shown(block)) {
        if !joins(before, block) {
            canvas.text.push('\n');
        }
        canvas.block(block);
        before = Some(block);
    }
    canvas.text
}

fn is_shown(block: &Block) -> bool {
    match block {
        Block::Chart(chart) => chart.requested && matches!(chart.kind, ChartKind::Curve(_)),
        _ => true,
    }
}

/// Whether a block follows the one before it without a blank line.
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

struct TableWriter<'c> {
    catalog: &'c Catalog,
    width: usize,
    color: bool,
    text: String,
}

impl TableWriter<'_> {
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
        let lines = self.grid_lines(grid);
        let width = lines.iter().map(|(line, _)| display_width(line)).max().unwrap_or(0);
        for (line, style) in &lines {
            match style {
                LineStyle::Rule => self.line(&format!(" {}", "─".repeat(width.saturating_sub(1))), DIM),
                LineStyle::Header => self.line(line, DIM),
                LineStyle::Item => self.line(line, PLAIN),
                LineStyle::Total => self.line(line, BOLD),
            }
        }
        if let Some(footer) = &grid.footer {
            self.footer(footer, width);
        }
    }

    fn grid_lines(&self, grid: &Grid) -> Vec<(String, LineStyle)> {
        layout::lines(grid, self.catalog, self.width)
    }

    /// The formula under the items and its value under the last column; a long formula takes lines of its own.
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
        let labels: Vec<String> = fields.iter().map(|field| self.catalog.text(&field.label)).collect();
        let label_width = labels.iter().map(|label| display_width(label)).max().unwrap_or(0);
        for (field, label) in fields.iter().zip(labels) {
            let padding = " ".repeat(label_width - display_width(&label) + 2);
            let value = one_line(&field.value.text(self.catalog));
            let hanging = " ".repeat(label_width + 3);
            self.wrapped(&value, &format!(" {label}{padding}"), &hanging, style_of(field.tone));
        }
    }

    fn remarks(&mut self, remarks: &[Remark]) {
        let tag_width = remarks.iter().map(|remark| display_width(tag(remark))).max().unwrap_or(0);
        for remark in remarks {
            let tag = tag(remark);
            let gap = if tag.is_empty() { 0 } else { tag_width - display_width(tag) + 2 };
            let first = format!(" • {tag}{}", " ".repeat(gap));
            let hanging = " ".repeat(display_width(&first));
            let style = if remark.tone == Tone::Caution { CAUTION } else { PLAIN };
            self.wrapped(&one_line(&self.catalog.text(&remark.text)), &first, &hanging, style);
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let ChartKind::Curve(curve) = &chart.kind else { return };
        self.wrapped(&self.catalog.text(&chart.title), " ", " ", BOLD);
        for line in draw_curve(curve, self.width) {
            self.line(&line, PLAIN);
        }
        if let Some((accounts, payable)) = curve.place {
            let legend = Message::new("report-curve-legend")
                .with("accounts", u64::from(accounts))
                .with("payable", payable);
            self.wrapped(&self.catalog.text(&legend), " ", " ", DIM);
        }
    }

    fn wrapped(&mut self, text: &str, first: &str, hanging: &str, style: Style) {
        if display_width(first) + display_width(text) <= self.width {
            return self.line(&format!("{first}{text}"), style);
        }
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(hanging)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
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
