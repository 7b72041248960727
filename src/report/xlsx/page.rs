use rust_xlsxwriter::{ColNum, Format, Formula, RowNum, Worksheet, XlsxError};
use textwrap::core::display_width;

use super::excel_date;
use super::style::{Kind, Role, Styles};
use crate::lang::{Catalog, Message};
use crate::report::Cell;

/// A sheet while it is being written: it measures its texts, so that the columns can be as wide as they need.
pub(super) struct Page {
    sheet: Worksheet,
    /// Columns of text that each column needs; a Chinese character takes two.
    widths: Vec<usize>,
}

/// Columns of text within which a column is kept. Longer texts run over or are wrapped.
const WIDTHS: std::ops::RangeInclusive<usize> = 5..=44;
/// Characters that a cell can hold.
const LONGEST_TEXT: usize = 32_767;
const A4: u8 = 9;

impl Page {
    pub(super) fn new(name: String) -> Result<Page, XlsxError> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        Ok(Page { sheet, widths: Vec::new() })
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
        self.measure(column, number);
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
        self.measure(column, result);
        let formula = Formula::new(formula).set_result(result);
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
        let kind = match cell {
            Cell::Empty => return self.blank(row, column, styles.of(Kind::Text, role)),
            Cell::Count(_) => Kind::Count,
            Cell::Money(_) => Kind::Money,
            Cell::UnitPrice(_) => Kind::Price,
            Cell::Amount(_) => Kind::Fine,
            Cell::Unknown => return self.text(row, column, &text, styles.of(Kind::Fine, role)),
            Cell::Date(date) => match excel_date(*date) {
                Some(date) => {
                    self.measure(column, &text);
                    self.sheet.write_datetime_with_format(row, column, &date, styles.of(Kind::Date, role))?;
                    return Ok(());
                }
                None => Kind::Text,
            },
            Cell::Text(_) | Cell::Message(_) => Kind::Text,
        };
        match kind {
            Kind::Text => self.text(row, column, &text, styles.of(kind, role)),
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
            let side = if *kind == Kind::Text || *kind == Kind::Date { Kind::Text } else { Kind::RightText };
            self.text(row, column, title, styles.of(side, Role::Header))?;
        }
        self.sheet.set_freeze_panes(row + 1, 0)?;
        self.sheet.set_repeat_rows(row, row)?;
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
            if *width > 0 {
                // Room for the cell's margins, and for the currency sign and the separators of thousands.
                let width =
                    u32::try_from((*width).clamp(*WIDTHS.start(), *WIDTHS.end()) + 4).unwrap_or(u32::MAX);
                self.sheet.set_column_width(column, width)?;
            }
        }
        self.sheet.set_footer(catalog.text(&Message::new("xlsx-footer")));
        Ok(self.sheet)
    }

    fn measure(&mut self, column: ColNum, text: &str) {
        self.widen(column, display_width(text));
    }
}
