//! Markdown: [`draw_markdown`] writes a document for issues and pull requests; nothing in a plan becomes
//! markup.

use super::assumptions::assumption_lines;
use super::{Align, Block, Document, Field, Footer, Grid, Header, Remark, RowRole, Tone, one_line};
use crate::diagnostic::lang::{Catalog, Message};

/// Draws a document as GitHub-flavoured Markdown, for an issue or a comment. Texts of a plan are escaped:
/// Markdown, HTML and mentions in them have no effect. Ends with a newline.
pub fn draw_markdown(document: &Document, catalog: &Catalog) -> String {
    let mut page = MarkdownWriter { catalog, text: String::new() };
    page.header(&document.header);
    for block in &document.blocks {
        page.block(block);
    }
    page.text
}

struct MarkdownWriter<'c> {
    catalog: &'c Catalog,
    text: String,
}

impl MarkdownWriter<'_> {
    /// Writes the title; the answer, a paragraph; and the assumptions.
    fn header(&mut self, header: &Header) {
        self.text.push_str(&format!("## {}\n\n", escaped(&self.catalog.text(&header.title))));
        for (text, tone) in header.answer.lines() {
            let text = escaped_start(escaped(&self.catalog.text(text)));
            self.text.push_str(&format!("{}\n\n", toned(text, tone)));
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
        for (index, text) in assumption_lines(&header.assumptions, None).iter().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            self.text.push_str(&format!("{gap}- {}\n", escaped_start(escaped(&self.catalog.text(text)))));
        }
    }

    fn block(&mut self, block: &Block) {
        let lines = match block {
            Block::Heading(heading) => vec![format!("### {}", escaped(&self.catalog.text(&heading.title)))],
            Block::Grid(grid) => self.grid(grid),
            Block::Fields(fields) => fields.iter().map(|field| self.field(field)).collect(),
            Block::Remarks(remarks) => remarks.iter().map(|remark| self.remark(remark)).collect(),
            Block::Chart(_) => return,
        };
        for line in std::iter::once("").chain(lines.iter().map(String::as_str)) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }

    fn grid(&self, grid: &Grid) -> Vec<String> {
        let titles = grid.columns.iter().map(|column| escaped(&self.catalog.text(&column.title)));
        let sides = grid.columns.iter().map(|column| match column.align {
            Align::Left => ":---".to_owned(),
            Align::Right => "---:".to_owned(),
        });
        let mut lines = vec![table_row(titles), table_row(sides)];
        for row in &grid.rows {
            let cells = row.cells.iter().map(|cell| escaped(&cell.text(self.catalog)));
            lines.push(match row.role {
                RowRole::Item => table_row(cells),
                RowRole::Total => table_row(cells.map(strong)),
            });
        }
        if let Some(footer) = &grid.footer {
            lines.push(table_row(self.footer(footer, grid.columns.len())));
        }
        lines
    }

    /// Returns the formula under the first column, its value under the last.
    fn footer(&self, footer: &Footer, columns: usize) -> Vec<String> {
        let formula = strong(escaped(&footer.text));
        let value = strong(escaped(&footer.value.text(self.catalog)));
        if columns < 2 {
            return vec![format!("{formula} {value}")];
        }
        let mut cells = vec![String::new(); columns];
        cells[0] = formula;
        cells[columns - 1] = value;
        cells
    }

    fn field(&self, field: &Field) -> String {
        let value = escaped(&field.value.text(self.catalog));
        let value = toned(value, field.tone);
        let labelled = Message::new("report-markdown-field")
            .with("label", escaped(&self.catalog.text(&field.label)))
            .with("value", value);
        format!("- {}", self.catalog.text(&labelled))
    }

    fn remark(&self, remark: &Remark) -> String {
        let text = escaped_start(escaped(&self.catalog.text(&remark.text)));
        let text = if remark.tone == Tone::Strong { text } else { toned(text, remark.tone) };
        match &remark.tag {
            Some(tag) => format!("- **{}** {text}", escaped(&tag.text)),
            None => format!("- {text}"),
        }
    }
}

fn table_row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |", cells.join(" | "))
}

/// Returns a text with the mark of its tone.
fn toned(text: String, tone: Tone) -> String {
    match tone {
        Tone::Plain | Tone::Free => text,
        Tone::Strong => strong(text),
        Tone::Caution | Tone::Overdue | Tone::Due => format!("⚠ {text}"),
    }
}

fn strong(text: String) -> String {
    if text.is_empty() { text } else { format!("**{text}**") }
}

/// Returns the text as Markdown that shows just this text, on one line.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let line = one_line(text);
    let line = line.trim();
    for (at, c) in line.char_indices() {
        if "\\`*_[]<>|~#&$".contains(c) || begins_link(&line[..at], &line[at..]) {
            shown.push('\\');
        }
        shown.push(c);
        // A comment after the sign keeps GitHub from telling someone that they were mentioned.
        if c == '@' {
            shown.push_str("<!-- -->");
        }
    }
    shown
}

/// Returns true between what GitHub would make a link of without a mark: `http` and `://`, `www` and `.`.
fn begins_link(before: &str, after: &str) -> bool {
    let is_host =
        before.get(before.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www"));
    after.starts_with(":/") || (after.starts_with('.') && is_host)
}

/// A list item's text must not begin another list, heading or rule.
fn escaped_start(text: String) -> String {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        return format!("{}\\{}", &text[..digits], &text[digits..]);
    }
    if text.starts_with(['-', '+', '=']) { format!("\\{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Assumption;
    use crate::diagnostic::lang::Lang;
    use crate::report::{Answer, Cell, Columns, Heading, PartRole};

    fn drawn(blocks: Vec<Block>) -> String {
        let header = Header {
            title: Message::new("report-cards-title"),
            answer: Answer::new(Message::new("report-summary")).besides(Some(Message::new("report-total"))),
            assumptions: vec![Assumption::Undated],
        };
        let document = Document { name: "quote", header, blocks };
        draw_markdown(&document, &Catalog::new(Lang::En))
    }

    #[test]
    fn a_grid_becomes_an_aligned_table() {
        let grid = Columns::of(["a"])
            .left("name", "report-school", |name| *name)
            .right("n", "report-accounts", |_| 8u32)
            .grid()
            .total(vec![Cell::Empty, 8u32.into()]);
        let footer = Footer { text: "(8×4)×1".into(), value: Cell::Unknown };
        let text = drawn(vec![Block::Grid(Grid { footer: Some(footer), ..grid })]);
        let expected = "\n| School | Accounts |\n| :--- | ---: |\n| a | 8 |\n|  | **8** |\n\
                        | **(8×4)×1** | **?** |\n";
        assert!(text.ends_with(expected), "{text}");
    }

    #[test]
    fn plan_text_stays_text() {
        let text = escaped("a|b `c` <script>\r\n# *d* [x](y) \\ @someone $1$ \u{202e}z");
        assert_eq!(
            text,
            "a\\|b \\`c\\` \\<script\\> \\# \\*d\\* \\[x\\](y) \\\\ @<!-- -->someone \\$1\\$ \u{fffd}z"
        );
    }

    #[test]
    fn a_remark_begins_no_other_list() {
        let remark = |text: &str| {
            let text = Message::new("report-list").with("items", text);
            drawn(vec![Block::remark(text)])
        };
        assert!(remark("1. x").ends_with("\n- 1\\. x\n"));
        assert!(remark("- x").ends_with("\n- \\- x\n"));
        assert!(remark("2022 x").ends_with("\n- 2022 x\n"));
    }

    #[test]
    fn fields_and_headings_are_drawn() {
        let field = Field::new("report-payable", 5u32).toned(Tone::Strong);
        let heading = Block::Heading(Heading {
            title: Message::new("report-list").with("items", "A_B"),
            role: PartRole::Section,
        });
        let text = drawn(vec![heading, Block::Fields(vec![field])]);
        assert!(text.ends_with("\n### A\\_B\n\n- **Payable:** **5**\n"), "{text}");
    }

    #[test]
    fn the_answer_stands_first() {
        let header = "## Rate cards\n\n**Summary**\n\n⚠ Total\n\n- Assumed: no date, so waivers are taken as in force\n";
        assert_eq!(drawn(Vec::new()), header);
    }
}
