use jiff::civil::Date;
use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError};

use super::style::{Kind, Role, Styles};
use super::{excel_date, excel_serial};
use crate::diagnostic::lang::{Catalog, Message};
use crate::report::Cell;
use crate::report::line::display_width;

/// A sheet while it is being written: it measures its texts, so that the columns can be as wide as they need.
pub(super) struct SheetWriter {
    sheet: Worksheet,
    /// Columns of text that each column needs; a Chinese character takes two.
    widths: Vec<usize>,
    /// Columns whose width does not depend on their texts.
    fixed: Vec<ColNum>,
}

/// Columns of text within which a column is kept. Longer texts run over or are wrapped.
const WIDTHS: std::ops::RangeInclusive<usize> = 5..=44;
/// Columns of text in a line of a column's title.
const TITLE_LINE: usize = 10;
/// Points of a line of text.
const LINE_HEIGHT: u32 = 16;
/// Characters that a cell can hold.
const LONGEST_TEXT: usize = 32_767;
const A4: u8 = 9;
/// Columns of a day: `2023-06-01`.
const DATE_WIDTH: usize = 10;

impl SheetWriter {
    pub(super) fn new(name: String) -> Result<SheetWriter, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        Ok(SheetWriter { sheet, widths: Vec::new(), fixed: Vec::new() })
    }

    /// The sheet, for what has no method here.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        &mut self.sheet
    }

    /// A text, which is never taken for a formula.
    pub(super) fn text(
        &mut self,
        row: RowNum,
        column: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.measure(column, text);
        self.free_text(row, column, text, format)
    }

    /// A text that runs over into the cells beside it.
    pub(super) fn free_text(
        &mut self,
        row: RowNum,
        column: ColNum,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let text: String = text.chars().take(LONGEST_TEXT / 2).collect();
        self.sheet.write_string_with_format(row, column, text, format)?;
        Ok(())
    }

    /// A number, given in decimal digits.
    pub(super) fn number(
        &mut self,
        row: RowNum,
        column: ColNum,
        number: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.measure_number(column, number);
        match number.parse::<f64>() {
            Ok(value) => self.sheet.write_number_with_format(row, column, value, format)?,
            Err(_) => self.sheet.write_string_with_format(row, column, number, format)?,
        };
        Ok(())
    }

    /// A formula and what it comes to.
    pub(super) fn formula(
        &mut self,
        row: RowNum,
        column: ColNum,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.measure_number(column, result);
        let formula = Formula::new(formula).set_result(result);
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// A day; as a text where spreadsheets do not know it.
    pub(super) fn day(
        &mut self,
        row: RowNum,
        column: ColNum,
        date: Date,
        format: &Format,
    ) -> Result<(), XlsxError> {
        match excel_date(date) {
            Some(day) => {
                self.widen(column, DATE_WIDTH);
                self.sheet.write_datetime_with_format(row, column, &day, format)?;
                Ok(())
            }
            None => self.text(row, column, &date.to_string(), format),
        }
    }

    /// A formula that comes to a day.
    pub(super) fn day_formula(
        &mut self,
        row: RowNum,
        column: ColNum,
        formula: &str,
        result: Date,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let Some(serial) = excel_serial(result) else { return self.day(row, column, result, format) };
        self.widen(column, DATE_WIDTH);
        let formula = Formula::new(formula).set_result(serial.to_string());
        self.sheet.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// A cell with nothing in it.
    pub(super) fn blank(&mut self, row: RowNum, column: ColNum, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_blank(row, column, format)?;
        Ok(())
    }

    /// A value of a report, as what it is: numbers as numbers, days as days, all else as text.
    pub(super) fn cell(
        &mut self,
        row: RowNum,
        column: ColNum,
        cell: &Cell,
        role: Role,
        styles: &Styles,
        catalog: &Catalog,
    ) -> Result<(), XlsxError> {
        let text = cell.text(catalog);
        let kind = Kind::of(cell);
        match (kind, cell.value()) {
            (_, Cell::Empty) => self.blank(row, column, styles.of(kind, role)),
            (_, Cell::Unknown) => self.text(row, column, &text, styles.of(Kind::Fine, role)),
            (Kind::Date, Cell::Date(date)) => self.day(row, column, *date, styles.of(kind, role)),
            (Kind::Text, _) => self.text(row, column, &text, styles.of(kind, role)),
            _ => self.number(row, column, &text, styles.of(kind, role)),
        }
    }

    /// The titles of columns, from the first column on, on a row that stays in view and is printed on every page.
    pub(super) fn header(
        &mut self,
        row: RowNum,
        titles: &[(String, Kind)],
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        for (column, (title, kind)) in (0..).zip(titles) {
            self.title(row, column, title, *kind, styles)?;
        }
        self.title_height(row, titles.iter().map(|(title, _)| title.as_str()))?;
        self.sheet.set_freeze_panes(row + 1, 0)?;
        self.sheet.set_repeat_rows(row, row)?;
        Ok(())
    }

    /// The title of a column of cells of this kind; a long one takes two lines.
    pub(super) fn title(
        &mut self,
        row: RowNum,
        column: ColNum,
        title: &str,
        kind: Kind,
        styles: &Styles,
    ) -> Result<(), XlsxError> {
        let kind = match kind {
            Kind::Text | Kind::Date => Kind::Text,
            Kind::Ordinal => Kind::Ordinal,
            _ => Kind::RightText,
        };
        let width = display_width(title);
        self.widen(column, if width > TITLE_LINE { width.div_ceil(2).max(TITLE_LINE) } else { width });
        self.free_text(row, column, title, styles.of(kind, Role::Header))
    }

    /// Makes a row of titles as high as they need.
    pub(super) fn title_height<'t>(
        &mut self,
        row: RowNum,
        mut titles: impl Iterator<Item = &'t str>,
    ) -> Result<(), XlsxError> {
        let lines = if titles.any(|title| display_width(title) > TITLE_LINE) { 2 } else { 1 };
        self.lines(row, lines)
    }

    /// Makes a row as high as this many lines. Not every reader of a file fits a row to its text by itself.
    pub(super) fn lines(&mut self, row: RowNum, lines: u32) -> Result<(), XlsxError> {
        self.sheet.set_row_height(row, lines * LINE_HEIGHT)?;
        Ok(())
    }

    /// Prints the sheet on two pages side by side, each with the columns up to this one: on one, it would be too small
    /// to read.
    pub(super) fn spread(&mut self, last_repeated: ColNum) -> Result<(), XlsxError> {
        self.sheet.set_print_fit_to_pages(2, 0).set_repeat_columns(0, last_repeated)?;
        Ok(())
    }

    /// Gives a column a width, whatever stands in it.
    pub(super) fn fix_width(&mut self, column: ColNum, width: u32) -> Result<(), XlsxError> {
        self.fixed.push(column);
        self.sheet.set_column_width(column, width)?;
        Ok(())
    }

    /// Makes a column at least this wide, in columns of text.
    pub(super) fn widen(&mut self, column: ColNum, width: usize) {
        let index = usize::from(column);
        if self.widths.len() <= index {
            self.widths.resize(index + 1, 0);
        }
        self.widths[index] = self.widths[index].max(width);
    }

    /// The written sheet.
    pub(super) fn finish(mut self, catalog: &Catalog) -> Result<Worksheet, XlsxError> {
        for (column, width) in (0..).zip(&self.widths) {
            if *width > 0 && !self.fixed.contains(&column) {
                // Room for the cell's margins, and for the currency sign and the separators of thousands.
                let width =
                    u32::try_from((*width).clamp(*WIDTHS.start(), *WIDTHS.end()) + 4).unwrap_or(u32::MAX);
                self.sheet.set_column_width(column, width)?;
            }
        }
        self.sheet.set_footer(catalog.text(&Message::new("xlsx-footer")));
        Ok(self.sheet)
    }

    /// Leaves room for a currency sign and for the separators of thousands.
    fn measure_number(&mut self, column: ColNum, text: &str) {
        self.widen(column, display_width(text) + text.len() / 4);
    }

    fn measure(&mut self, column: ColNum, text: &str) {
        self.widen(column, display_width(text));
    }
}
