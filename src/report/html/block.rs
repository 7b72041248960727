//! The blocks of a document as HTML elements.

use maud::{Markup, html};

use super::chart;
use super::pen::{HtmlWriter, tone_class};
use super::text;
use crate::diagnostic::lang::Message;
use crate::diagnostic::lang::line::display_width;
use crate::report::{Align, Block, Cell, Field, Footer, Grid, Remark, Row, RowRole};

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
                table class=[is_wide(grid, &classes).then_some("cards")] {
                    thead {
                        tr {
                            @for (index, column) in grid.columns.iter().enumerate() {
                                th scope="col" class=[classes[index]] { (self.message(&column.title)) }
                            }
                        }
                    }
                    "\n"
                    tbody { @for row in &grid.rows { (self.row(grid, &classes, row)) "\n" } }
                    @if let Some(footer) = &grid.footer { (self.footer(footer, grid.columns.len())) }
                }
            }
        }
    }

    /// Draws a row. Its heading is its name, or else its first cell that is not empty; it leads to the details
    /// of the row.
    fn row(&self, grid: &Grid, classes: &[Option<&'static str>], row: &Row) -> Markup {
        let is_name = |index: &usize| matches!(grid.columns[*index].key, "name" | "school" | "payer");
        let filled = || (0..row.cells.len()).filter(|index| !row.cells[*index].is_empty());
        let header = filled().find(is_name).or_else(|| filled().next());
        let classes = classes.iter().zip(&row.cells).zip(&grid.columns).enumerate();
        html! {
            tr class=[row_class(row)] {
                @for (index, ((class, cell), column)) in classes {
                    @if header == Some(index) {
                        th scope="row" class=[*class] {
                            @match row.item {
                                Some(item) => a href={ "#item-" (item + 1) } { (self.cell(cell)) },
                                None => (self.cell(cell)),
                            }
                        }
                    } @else {
                        td class=[*class] data-label=(self.plain(&column.title)) { (self.cell(cell)) }
                    }
                }
            }
        }
    }

    /// Returns the class of a column: figures are right-aligned; of the texts, only long ones may wrap.
    fn column_class(&self, grid: &Grid, index: usize) -> Option<&'static str> {
        if amount_column(grid) == Some(index) {
            return Some("right amount");
        }
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
                    td.right.amount { (self.cell(&footer.value)) }
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

/// Returns true if a table is drawn as cards where the page is narrow: its rows have no room there. The lines
/// of an order have short texts.
fn is_wide(grid: &Grid, classes: &[Option<&str>]) -> bool {
    let most = match (&grid.footer, classes.contains(&Some("long"))) {
        (Some(_), _) => 5,
        (None, false) => 4,
        (None, true) => 3,
    };
    classes.len() > most
}

/// Returns the last column of amounts, which a card shows beside its heading.
fn amount_column(grid: &Grid) -> Option<usize> {
    let is_amount = |cell: &Cell| matches!(cell.value(), Cell::Money(_) | Cell::Change(_));
    (0..grid.columns.len())
        .rfind(|index| grid.rows.iter().any(|row| row.cells.get(*index).is_some_and(is_amount)))
}

fn row_class(row: &Row) -> Option<&'static str> {
    match row.role {
        RowRole::Total => Some("total"),
        RowRole::Item => tone_class(row.tone),
    }
}

/// Returns a formula that may break before its plus signs.
fn formula(formula: &str) -> Markup {
    let formula = text::plain(formula);
    html! { @for (index, term) in formula.split('+').enumerate() { @if index > 0 { wbr; "+" } (term) } }
}
