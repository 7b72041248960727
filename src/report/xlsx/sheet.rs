//! A sheet as all are: a title, a header that stays in view, columns as wide as their texts, printed on A4.

use rust_xlsxwriter::{
    ColNum, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, Format, Formula,
    RowNum, Worksheet,
};

use super::row::RowWriter;
use super::style::{CAUTION_INK, FADED_INK, Kind, Role};
use super::{Book, MOST_CELLS, WorkbookError, Written};
use crate::diagnostic::lang::Message;
use crate::diagnostic::lang::line::display_width;

/// A sheet while it is being written: it measures its texts, so that the columns can be as wide as they need.
pub(super) struct SheetWriter<'b> {
    pub(super) book: &'b Book<'b>,
    sheet: Worksheet,
    /// Columns of text that each column needs; a Chinese character takes two.
    widths: Vec<usize>,
    /// Columns whose width does not depend on their texts.
    fixed: Vec<ColNum>,
}

/// Columns of text within which a column is kept. Longer texts run over or are wrapped.
const WIDTHS: std::ops::RangeInclusive<usize> = 5..=44;
/// Columns of text that a title gets without being broken over lines.
const TITLE_LINE: usize = 7;
/// Lines of a title, at the most.
const TITLE_LINES: usize = 3;
/// Points of a line of text.
const LINE_HEIGHT: u32 = 16;
/// UTF-16 units that a cell can hold.
const LONGEST_TEXT: usize = 32_767;
const A4: u8 = 9;

impl<'b> SheetWriter<'b> {
    /// Starts a sheet with the title of the workbook in its first row.
    pub(super) fn new(book: &'b Book<'b>, name: &str) -> Written<SheetWriter<'b>> {
        SheetWriter::titled(book, name, &book.title)
    }

    /// Starts a sheet with a title in its first row.
    pub(super) fn titled(book: &'b Book<'b>, name: &str, title: &str) -> Written<SheetWriter<'b>> {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        let mut writer = SheetWriter { book, sheet, widths: Vec::new(), fixed: Vec::new() };
        writer.free_text(0, 0, title, book.styles.title())?;
        Ok(writer)
    }

    /// Returns the sheet, for calls without a method here.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        &mut self.sheet
    }

    /// Returns the sheet, for a cell to be written.
    ///
    /// # Errors
    /// One if the workbook has no room for another cell.
    pub(super) fn for_cell(&mut self) -> Written<&mut Worksheet> {
        let left = self.book.cells_left.get().checked_sub(1);
        self.book.cells_left.set(left.ok_or(WorkbookError::TooManyCells { most: MOST_CELLS })?);
        Ok(&mut self.sheet)
    }

    /// Returns the cells of a row.
    pub(super) fn row(&mut self, row: RowNum, role: Role) -> RowWriter<'_, 'b> {
        RowWriter { sheet: self, row, role }
    }

    /// Writes a text, which is never taken for a formula.
    pub(super) fn text(&mut self, row: RowNum, column: ColNum, text: &str, format: &Format) -> Written {
        self.widen(column, display_width(text));
        self.free_text(row, column, text, format)
    }

    /// Writes a text that runs over into the cells beside it. One that no cell can hold is cut, and says so at its end.
    pub(super) fn free_text(&mut self, row: RowNum, column: ColNum, text: &str, format: &Format) -> Written {
        match text.len() > LONGEST_TEXT && units(text) > LONGEST_TEXT {
            true => {
                let cut = self.cut(text);
                self.for_cell()?.write_string_with_format(row, column, cut, format)?
            }
            false => self.for_cell()?.write_string_with_format(row, column, text, format)?,
        };
        Ok(())
    }

    /// Returns a text that is too long as a cell can hold it, and counts it.
    fn cut(&self, text: &str) -> String {
        self.book.cut_texts.set(self.book.cut_texts.get() + 1);
        let end = self.book.word("xlsx-text-cut");
        let mut left = LONGEST_TEXT - units(&end);
        let fits = |sign: &char| {
            let rest = left.checked_sub(sign.len_utf16());
            left = rest.unwrap_or(0);
            rest.is_some()
        };
        let kept: String = text.chars().take_while(fits).collect();
        kept + &end
    }

    /// Writes a hint on how to take the sheet.
    pub(super) fn hint(&mut self, row: RowNum, id: &'static str) -> Written {
        self.free_text(row, 0, &self.book.word(id), self.book.styles.hint())
    }

    /// Writes a number from its decimal digits.
    pub(super) fn number(&mut self, row: RowNum, column: ColNum, number: &str, format: &Format) -> Written {
        self.measure_number(column, number);
        match number.parse::<f64>() {
            Ok(value) => self.for_cell()?.write_number_with_format(row, column, value, format)?,
            Err(_) => self.for_cell()?.write_string_with_format(row, column, number, format)?,
        };
        Ok(())
    }

    /// Writes a formula, without its equals sign, and its result.
    pub(super) fn formula(
        &mut self,
        row: RowNum,
        column: ColNum,
        formula: &str,
        result: &str,
        format: &Format,
    ) -> Written {
        self.measure_number(column, result);
        let formula = Formula::new(formula).set_result(result);
        self.for_cell()?.write_formula_with_format(row, column, formula, format)?;
        Ok(())
    }

    /// Writes the titles of columns, from the first on, in a row that stays in view and is printed on every
    /// page.
    pub(super) fn header(&mut self, row: RowNum, titles: &[(&'static str, Kind)]) -> Written {
        let titles: Vec<_> = titles.iter().map(|(id, kind)| (self.book.word(id), *kind)).collect();
        self.titles(row, &titles)?;
        self.freeze_below(row, row)
    }

    /// Keeps the rows from one to another in view and prints them on every page.
    pub(super) fn freeze_below(&mut self, first: RowNum, last: RowNum) -> Written {
        self.sheet.set_freeze_panes(last + 1, 0)?.set_repeat_rows(first, last)?;
        Ok(())
    }

    /// Writes the titles of columns, from the first on.
    pub(super) fn titles(&mut self, row: RowNum, titles: &[(String, Kind)]) -> Written {
        for (column, (title, kind)) in (0..).zip(titles) {
            self.title(row, column, title, *kind)?;
        }
        let lines = titles.iter().map(|(title, _)| broken(title).1).max().unwrap_or(1);
        self.lines(row, u32::try_from(lines).unwrap_or(1))
    }

    /// Writes the title of a column of cells of this kind; a long one takes several lines.
    pub(super) fn title(&mut self, row: RowNum, column: ColNum, title: &str, kind: Kind) -> Written {
        let kind = match kind {
            Kind::Text | Kind::Date => Kind::Text,
            Kind::Ordinal => Kind::Ordinal,
            _ => Kind::RightText,
        };
        // A little more for the bold letters.
        self.widen(column, broken(title).0 + 1);
        self.free_text(row, column, title, self.book.styles.of(kind, Role::Header))
    }

    /// Makes a row as high as this many lines. Not every reader of a file fits a row to its text by itself.
    pub(super) fn lines(&mut self, row: RowNum, lines: u32) -> Written {
        self.sheet.set_row_height(row, lines * LINE_HEIGHT)?;
        Ok(())
    }

    /// Prints the sheet on two pages side by side, each with the columns up to this one: on one, it would be
    /// too small to read.
    pub(super) fn spread(&mut self, last_repeated: ColNum) -> Written {
        self.sheet.set_print_fit_to_pages(2, 0).set_repeat_columns(0, last_repeated)?;
        Ok(())
    }

    /// Sets the width of a column, whatever it contains.
    pub(super) fn fix_width(&mut self, column: ColNum, width: u32) -> Written {
        self.fixed.push(column);
        self.sheet.set_column_width(column, width)?;
        Ok(())
    }

    /// Colours the cells of a column that say anything but a word, from one row to another, both inclusive.
    pub(super) fn mark_unless(
        &mut self,
        word: &str,
        (first, last): (RowNum, RowNum),
        column: ColNum,
    ) -> Written {
        let says_other = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::NotEqualTo(word))
            .set_format(Format::new().set_font_color(CAUTION_INK));
        self.sheet.add_conditional_format(first, column, last, column, &says_other)?;
        Ok(())
    }

    /// Fades rows up to a column where a condition holds, from one row to another, both inclusive; it is
    /// written for the first of them.
    pub(super) fn fade_if(
        &mut self,
        condition: &str,
        (first, last): (RowNum, RowNum),
        column: ColNum,
    ) -> Written {
        let nothing = ConditionalFormatFormula::new()
            .set_rule(Formula::new(format!("={condition}")))
            .set_format(Format::new().set_font_color(FADED_INK));
        self.sheet.add_conditional_format(first, 0, last, column, &nothing)?;
        Ok(())
    }

    /// Hides a column of workings.
    pub(super) fn hide(&mut self, column: ColNum) -> Written {
        self.sheet.set_column_hidden(column)?;
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

    /// Returns the written sheet.
    pub(super) fn finish(mut self) -> Written<Worksheet> {
        for (column, width) in (0..).zip(&self.widths) {
            if *width > 0 && !self.fixed.contains(&column) {
                // Room for the cell's margins, and for the currency sign and the separators of thousands.
                let width = (*width).clamp(*WIDTHS.start(), *WIDTHS.end()) + 3;
                self.sheet.set_column_width(column, u32::try_from(width).unwrap_or(u32::MAX))?;
            }
        }
        self.sheet.set_footer(self.book.catalog.text(&Message::new("xlsx-footer")));
        Ok(self.sheet)
    }

    /// Leaves room for a currency sign and for the separators of thousands.
    fn measure_number(&mut self, column: ColNum, text: &str) {
        self.widen(column, display_width(text) + text.len() / 4);
    }
}

/// Returns the columns of text that a title needs, and the lines over which it is broken in them.
fn broken(title: &str) -> (usize, usize) {
    let whole = display_width(title);
    let lines = |width: usize| {
        let broken = textwrap::wrap(title, textwrap::Options::new(width).break_words(false));
        let fits = broken.iter().all(|line| display_width(line) <= width);
        (fits && broken.len() <= TITLE_LINES).then_some(broken.len())
    };
    (TITLE_LINE..whole).find_map(|width| Some((width, lines(width)?))).unwrap_or((whole, 1))
}

/// Returns the length of a text as spreadsheets count it.
fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::lang::{Catalog, Lang};

    #[test]
    fn a_workbook_has_no_cell_beyond_the_last() {
        let catalog = Catalog::new(Lang::En);
        let book = Book::new(&catalog, "Invented".to_owned());
        // The title is the first cell.
        book.cells_left.set(3);
        let mut sheet = SheetWriter::new(&book, "sheet").unwrap();
        sheet.row(1, Role::Plain).number(0, Kind::Count, 1).unwrap();
        sheet.row(1, Role::Plain).formula(1, Kind::Count, "A2*2", 2).unwrap();
        for refused in [
            sheet.row(1, Role::Plain).text(2, "text"),
            sheet.row(1, Role::Plain).day(2, jiff::civil::date(2026, 1, 1)),
            sheet.row(1, Role::Plain).blanks(Kind::Text, [2]),
        ] {
            assert!(matches!(refused, Err(WorkbookError::TooManyCells { most: MOST_CELLS })));
        }
    }
}
