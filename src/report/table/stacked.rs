//! A grid whose columns have no room beside one another: each row becomes a block, with a line for each figure.

use super::layout::PADDING;
use super::sheet::TextSheet;
use crate::diagnostic::lang::line::{display_width, wrapped_cell};
use crate::report::Align;

/// Returns the lines of each row within a width: the texts before its first figure, and beneath them each figure after
/// its title. The header has no lines, since the titles stand in the rows.
pub(super) fn stacked_lines(sheet: &TextSheet, width: usize) -> Vec<Vec<String>> {
    let Some((titles, rows)) = sheet.rows.split_first() else { return Vec::new() };
    let names = sheet.columns.iter().take_while(|column| column.align == Align::Left).count();
    let title_width = titles.iter().skip(names).map(|title| display_width(title)).max().unwrap_or(0);
    let value_width =
        rows.iter().flat_map(|row| row.iter().skip(names)).map(|text| display_width(text)).max();
    let room = width.saturating_sub(INDENT.len() + title_width + PADDING);
    let value_width = value_width.unwrap_or(0).min(room).max(1);
    let lines = |row: &Vec<String>| {
        let named: Vec<&str> =
            row.iter().take(names).map(String::as_str).filter(|text| !text.is_empty()).collect();
        let heading = wrapped_cell(&named.join(" · "), width.saturating_sub(1));
        let mut lines: Vec<String> = heading.into_iter().map(|line| format!(" {line}")).collect();
        let cells = titles.iter().zip(&sheet.columns).zip(row).skip(names);
        for ((title, column), text) in cells.filter(|(_, text)| !text.is_empty()) {
            for (number, value) in wrapped_cell(text, value_width).iter().enumerate() {
                let title = if number == 0 { title.as_str() } else { "" };
                let before = match column.align {
                    Align::Left => 0,
                    Align::Right => value_width.saturating_sub(display_width(value)),
                };
                let gap = (title_width + PADDING).saturating_sub(display_width(title)) + before;
                lines.push(format!("{INDENT}{title}{}{value}", " ".repeat(gap)));
            }
        }
        lines
    };
    std::iter::once(Vec::new()).chain(rows.iter().map(lines)).collect()
}

const INDENT: &str = "   ";
