//! Markdown: [`draw_markdown`] writes a document for issues and pull requests; nothing in a plan becomes
//! markup.

use super::{Align, Block, Document, Field, Footer, Grid, Remark, RowRole, Tone, one_line};
use crate::diagnostic::lang::{Catalog, Message};

/// Draws a document as GitHub-flavoured Markdown, for an issue or a comment. Texts of a plan are escaped:
/// Markdown, HTML and mentions in them have no effect. Ends with a newline.
pub fn draw_markdown(document: &Document, catalog: &Catalog) -> String {
    let mut page =
        MarkdownWriter { catalog, text: format!("## {}\n", escaped(&catalog.text(&document.title))) };
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
        let value = match field.tone {
            Tone::Plain => value,
            Tone::Strong => strong(value),
            Tone::Caution => format!("⚠ {value}"),
        };
        let labelled = Message::new("report-markdown-field")
            .with("label", escaped(&self.catalog.text(&field.label)))
            .with("value", value);
        format!("- {}", self.catalog.text(&labelled))
    }

    fn remark(&self, remark: &Remark) -> String {
        let text = escaped_start(escaped(&self.catalog.text(&remark.text)));
        let text = if remark.tone == Tone::Caution { format!("⚠ {text}") } else { text };
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

fn strong(text: String) -> String {
    if text.is_empty() { text } else { format!("**{text}**") }
}

/// Returns the text as Markdown that shows just this text, on one line.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in one_line(text).trim().chars() {
        if "\\`*_[]<>|~#&$".contains(c) {
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
    use crate::diagnostic::lang::Lang;
    use crate::report::{Cell, Columns, Heading, PartRole};

    fn drawn(blocks: Vec<Block>) -> String {
        let document = Document { name: "quote", title: Message::new("report-cards-title"), blocks };
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
        let expected = "## Rate cards\n\n| School | Accounts |\n| :--- | ---: |\n| a | 8 |\n|  | **8** |\n\
                        | **(8×4)×1** | **?** |\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn plan_text_stays_text() {
        let text = escaped("a|b `c` <script>\r\n# *d* [x](y) \\ @someone $1$ \u{202e}z");
        assert_eq!(
            text,
            "a\\|b \\`c\\` \\<script\\>  \\# \\*d\\* \\[x\\](y) \\\\ @<!-- -->someone \\$1\\$  z"
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
        assert_eq!(
            drawn(vec![heading, Block::Fields(vec![field])]),
            "## Rate cards\n\n### A\\_B\n\n- **Payable:** **5**\n"
        );
    }
}
