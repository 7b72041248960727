//! The blocks of a document as HTML elements.

use maud::{Markup, html};

use super::chart;
use super::pen::{HtmlWriter, tone_class};
use super::text;
use crate::diagnostic::lang::Message;
use crate::report::line::display_width;
use crate::report::{Align, Block, Field, Footer, Grid, Remark, Row, RowRole};

/// Columns that a text may take in a table without being broken over lines.
const SHORT_WIDTH: usize = 14;

impl HtmlWriter<'_> {
    /// Draws blocks without their heading, which `title` repeats as the caption of a table for screen
    /// readers. Adjacent charts share the width.
    pub(super) fn blocks(&self, blocks: &[&Block], title: Option<&Message>) -> Markup {
        let is_chart = |block: &Block| matches!(block, Block::Chart(_));
        html! {
            @for run in blocks.chunk_by(|one, next| is_chart(one) && is_chart(next)) {
                @if run.len() > 1 {
                    div.charts { @for block in run { (self.block(block, title)) } }
                } @else {
                    @for block in run { (self.block(block, title)) }
                }
            }
        }
    }

    fn block(&self, block: &Block, title: Option<&Message>) -> Markup {
        html! {
            @match block {
                Block::Heading(_) => {}
                Block::Grid(grid) => (self.grid(grid, title)),
                Block::Fields(fields) => (self.fields(fields)),
                Block::Remarks(remarks) => (self.remarks(remarks)),
                Block::Chart(drawn) => (chart::draw(self, drawn)),
            }
            "\n"
        }
    }

    /// Draws a table in a box of its own, in which it scrolls where the page is narrow.
    fn grid(&self, grid: &Grid, title: Option<&Message>) -> Markup {
        let classes: Vec<_> = (0..grid.columns.len()).map(|index| self.column_class(grid, index)).collect();
        let label = title.map(|title| self.plain(title));
        html! {
            div.scroll role="group" tabindex="0" aria-label=[label] {
                table {
                    thead {
                        tr {
                            @for (index, column) in grid.columns.iter().enumerate() {
                                th scope="col" class=[classes[index]] { (self.message(&column.title)) }
                            }
                        }
                    }
                    "\n"
                    tbody { @for row in &grid.rows { (self.row(&classes, row)) "\n" } }
                    @if let Some(footer) = &grid.footer { (self.footer(footer, grid.columns.len())) }
                }
            }
        }
    }

    /// Draws a row; its first cell that is not empty is its heading.
    fn row(&self, classes: &[Option<&'static str>], row: &Row) -> Markup {
        let header = row.cells.iter().position(|cell| !cell.is_empty());
        html! {
            tr class=[(row.role == RowRole::Total).then_some("total")] {
                @for (index, (class, cell)) in classes.iter().zip(&row.cells).enumerate() {
                    @if header == Some(index) {
                        th scope="row" class=[*class] { (self.cell(cell)) }
                    } @else {
                        td class=[*class] { (self.cell(cell)) }
                    }
                }
            }
        }
    }

    /// Returns the class of a column: figures are right-aligned; of the texts, only long ones may wrap.
    fn column_class(&self, grid: &Grid, index: usize) -> Option<&'static str> {
        if grid.columns[index].align == Align::Right {
            return Some("right");
        }
        let cells = grid.rows.iter().filter_map(|row| row.cells.get(index));
        let long = cells.map(|cell| cell.text(self.catalog)).any(|text| display_width(&text) > SHORT_WIDTH);
        long.then_some("long")
    }

    fn footer(&self, footer: &Footer, columns: usize) -> Markup {
        html! {
            tfoot {
                tr {
                    th.formula scope="row" colspan=(columns.saturating_sub(1).max(1)) { (formula(&footer.text)) }
                    td.right { (self.cell(&footer.value)) }
                }
            }
        }
    }

    fn fields(&self, fields: &[Field]) -> Markup {
        html! {
            dl.fields {
                @for field in fields {
                    div class=[tone_class(field.tone)] {
                        dt { (self.message(&field.label)) }
                        dd { (self.cell(&field.value)) }
                    }
                }
            }
        }
    }

    fn remarks(&self, remarks: &[Remark]) -> Markup {
        html! {
            ul.remarks {
                @for remark in remarks {
                    li class=[tone_class(remark.tone)] {
                        @if let Some(tag) = &remark.tag {
                            span class={ "tag " (tag.class) } { (text::isolated(&tag.text)) } " "
                        }
                        span { (self.message(&remark.text)) }
                    }
                    "\n"
                }
            }
        }
    }
}

/// Returns a formula that may break before its plus signs.
fn formula(formula: &str) -> Markup {
    let formula = text::plain(formula);
    html! { @for (index, term) in formula.split('+').enumerate() { @if index > 0 { wbr; "+" } (term) } }
}
