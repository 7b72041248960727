//! The cells of a row: what a sheet writes with, one kind of content a call.

use std::fmt::Display;

use jiff::civil::Date;
use rust_xlsxwriter::{ColNum, Format, Formula, RowNum};

use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::{Book, Written, excel_date, excel_serial};
use crate::report::Cell;

/// Columns of a day: `2023-06-01`.
const DATE_WIDTH: usize = 10;

/// Writes the cells of a row, all in one role. The columns become as wide as the values need.
pub(super) struct RowWriter<'s, 'b> {
    pub(super) sheet: &'s mut SheetWriter<'b>,
    pub(super) row: RowNum,
    pub(super) role: Role,
}

impl<'b> RowWriter<'_, 'b> {
    /// Returns the same cells in another role.
    pub(super) fn as_role(&mut self, role: Role) -> RowWriter<'_, 'b> {
        RowWriter { sheet: &mut *self.sheet, row: self.row, role }
    }

    /// Writes a text, which is never taken for a formula.
    pub(super) fn text(&mut self, column: ColNum, text: &str) -> Written {
        self.text_as(column, Kind::Text, text)
    }

    /// Writes a text in the format of another kind.
    pub(super) fn text_as(&mut self, column: ColNum, kind: Kind, text: &str) -> Written {
        self.sheet.text(self.row, column, text, self.format(kind))
    }

    /// Writes a number that its `Display` writes in decimal digits.
    pub(super) fn number(&mut self, column: ColNum, kind: Kind, number: impl Display) -> Written {
        self.sheet.number(self.row, column, &number.to_string(), self.format(kind))
    }

    /// Writes a formula, without its equals sign, and its result.
    pub(super) fn formula(
        &mut self,
        column: ColNum,
        kind: Kind,
        formula: &str,
        result: impl Display,
    ) -> Written {
        let format = self.format(kind);
        self.sheet.formula(self.row, column, formula, &result.to_string(), format)
    }

    /// Writes a day; as a text if spreadsheets do not know it.
    pub(super) fn day(&mut self, column: ColNum, date: Date) -> Written {
        let Some(day) = excel_date(date) else {
            return self.text_as(column, Kind::Date, &date.to_string());
        };
        let format = self.format(Kind::Date);
        self.sheet.widen(column, DATE_WIDTH);
        self.sheet.for_cell()?.write_datetime_with_format(self.row, column, &day, format)?;
        Ok(())
    }

    /// Writes a formula whose result is a day.
    pub(super) fn day_formula(&mut self, column: ColNum, formula: &str, result: Date) -> Written {
        let Some(serial) = excel_serial(result) else { return self.day(column, result) };
        let format = self.format(Kind::Date);
        self.sheet.widen(column, DATE_WIDTH);
        let formula = Formula::new(formula).set_result(serial.to_string());
        self.sheet.for_cell()?.write_formula_with_format(self.row, column, formula, format)?;
        Ok(())
    }

    /// Writes cells with nothing in them.
    pub(super) fn blanks(&mut self, kind: Kind, columns: impl IntoIterator<Item = ColNum>) -> Written {
        let format = self.format(kind);
        for column in columns {
            self.sheet.for_cell()?.write_blank(self.row, column, format)?;
        }
        Ok(())
    }

    /// Writes a value of a document: numbers as numbers, days as days, all else as text.
    pub(super) fn cell(&mut self, column: ColNum, cell: &Cell) -> Written {
        let text = cell.text(self.sheet.book.catalog);
        let kind = Kind::of(cell);
        match (kind, cell.value()) {
            (_, Cell::Empty) => self.blanks(kind, [column]),
            (_, Cell::Unknown) => self.text_as(column, Kind::Fine, &text),
            (Kind::Date, Cell::Date(date)) => self.day(column, *date),
            (Kind::Text, _) => self.text(column, &text),
            _ => self.number(column, kind, cell.digits().unwrap_or(text)),
        }
    }

    fn format(&self, kind: Kind) -> &'b Format {
        let book: &'b Book<'b> = self.sheet.book;
        book.styles.of(kind, self.role)
    }
}
