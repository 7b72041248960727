//! CSV: [`draw_csv`] writes records, one line a row, for programs and spreadsheets.

use super::{Cell, Records};
use crate::diagnostic::lang::Catalog;

/// Draws records as CSV (RFC 4180: commas, CRLF, quotes where needed): a header of the columns' stable names,
/// then one row an item. A value that is not known is an empty cell. Words of the program are keys, the same
/// in every language. `excel` begins with a byte-order mark, so that Excel reads Chinese.
///
/// A text that a spreadsheet would run as a formula gets a leading apostrophe.
///
/// # Errors
/// Those of the writer, which cannot fail on memory.
pub fn draw_csv(records: &Records, catalog: &Catalog, excel: bool) -> Result<Vec<u8>, csv::Error> {
    let start = if excel { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(start);
    writer.write_record(records.columns.iter().map(|column| column.key))?;
    for row in &records.rows {
        writer.write_record(row.iter().map(|cell| field(cell, catalog)))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn field(cell: &Cell, catalog: &Catalog) -> String {
    match cell.value() {
        Cell::Unknown => String::new(),
        Cell::Keyed { key, .. } => key.clone(),
        Cell::Text(_) | Cell::Message(_) => without_formula(cell.text(catalog)),
        _ => cell.text(catalog),
    }
}

/// Spreadsheets run a cell by its first character, and show one that begins with an apostrophe as it is.
fn without_formula(text: String) -> String {
    if text.starts_with(FORMULA_STARTS) { format!("'{text}") } else { text }
}

/// What a spreadsheet takes for the start of a formula, or skips before one; full-width signs are read as their narrow ones
/// where Chinese or Japanese is typed.
const FORMULA_STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠'];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::lang::{Lang, Message};
    use crate::report::{Align, Column, LeftOut};
    use crate::{Money, UnitPrice};

    fn drawn(rows: Vec<Vec<Cell>>, excel: bool) -> String {
        let column = |key, title| {
            let (title, align, left_out) = (Message::new(title), Align::Left, LeftOut::Never);
            Column { key, title, align, left_out }
        };
        let columns = vec![column("payer_name", "report-school"), column("b", "report-days")];
        let records = Records { columns, rows };
        String::from_utf8(draw_csv(&records, &Catalog::new(Lang::Zh), excel).unwrap()).unwrap()
    }

    #[test]
    fn the_header_has_stable_names_and_lines_end_as_the_standard_says() {
        let price: UnitPrice = "0.8".parse().unwrap();
        let text = drawn(vec![vec!["沈阳, \"工程\"\n学院".into(), price.into()]], false);
        assert_eq!(text, "payer_name,b\r\n\"沈阳, \"\"工程\"\"\n学院\",0.80\r\n");
    }

    #[test]
    fn texts_that_would_run_as_formulas_are_neutralised() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"] {
            let read = drawn(vec![vec![text.into(), Cell::Empty]], false);
            let mut reader = csv::Reader::from_reader(read.as_bytes());
            let cell = reader.records().next().unwrap().unwrap()[0].to_owned();
            assert_eq!(cell, format!("'{text}"));
        }
        assert!(
            drawn(vec![vec!["\u{7}=\u{1b}\u{9b}\u{202e}1".into(), Cell::Empty]], false)
                .contains("\n\u{fffd}=\u{fffd}\u{fffd}\u{fffd}1,")
        );
        assert!(drawn(vec![vec!["1=1".into(), Cell::Empty]], false).contains("\n1=1,"));
    }

    #[test]
    fn figures_are_left_alone_and_gaps_are_empty() {
        let text = drawn(
            vec![vec![Money::from_fen(-5).into(), Cell::Unknown], vec![Cell::Empty, 7u32.into()]],
            false,
        );
        assert_eq!(text, "payer_name,b\r\n-0.05,\r\n,7\r\n");
    }

    #[test]
    fn a_word_of_the_program_is_its_key() {
        let word = Cell::keyed("top-up", Message::new("budget-top-up"));
        assert_eq!(drawn(vec![vec![word, Cell::Empty]], false), "payer_name,b\r\ntop-up,\r\n");
    }

    #[test]
    fn excel_gets_a_byte_order_mark() {
        assert!(drawn(Vec::new(), true).starts_with('\u{feff}'));
        assert!(!drawn(Vec::new(), false).starts_with('\u{feff}'));
    }
}
