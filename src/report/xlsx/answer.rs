//! The answer at the top of the first sheet, as formulas over the totals, so that it follows every change; and
//! under it what the figures assume.

use rust_xlsxwriter::{ColNum, RowNum};

use super::Written;
use super::formula_workbook::FormulaWorkbook;
use super::sheet::SheetWriter;
use super::style::MONEY;
use super::words::quoted;
use crate::money::Money;
use crate::report::Header;
use crate::report::assumptions::assumption_lines;

const ANSWER_ROW: RowNum = 1;
const ASSUMPTIONS_ROW: RowNum = 3;
/// The columns of the labels; each has its value two columns further.
const LABELS: [ColNum; 3] = [0, 3, 6];

/// Writes what is payable and what is unconfirmed; or of two sides what is payable, and the difference.
pub(super) fn write(sheet: &mut SheetWriter<'_>, header: &Header, sides: &[FormulaWorkbook<'_>]) -> Written {
    let answers = match sides {
        [only] => vec![
            ("report-payable", only.confirmed_total()),
            ("report-total-unconfirmed", only.unconfirmed_total()),
        ],
        [old, new] => {
            let (old, new) = (old.confirmed_total(), new.confirmed_total());
            let difference = difference(&old, &new, &sides[0].words.incomplete);
            vec![("compare-old", old), ("compare-new", new), ("compare-difference", difference)]
        }
        _ => Vec::new(),
    };
    let strong = sheet.book.styles.strong();
    for (column, (label, (formula, result))) in LABELS.into_iter().zip(answers) {
        sheet.free_text(ANSWER_ROW, column, &sheet.book.word(label), strong)?;
        sheet.formula(ANSWER_ROW, column + 2, &formula, &result, &strong.clone().set_num_format(MONEY))?;
    }
    let catalog = sheet.book.catalog;
    let assumptions = assumption_lines(&header.assumptions, None);
    let assumptions: Vec<String> = assumptions.iter().map(|text| catalog.text(text)).collect();
    sheet.free_text(ASSUMPTIONS_ROW, 0, &assumptions.join(" · "), sheet.book.styles.hint())
}

/// Returns the new amount less the old one, or the word if one of them is not known.
fn difference(old: &(String, String), new: &(String, String), incomplete: &str) -> (String, String) {
    let formula = format!("IFERROR(ROUND({}-{},2),{})", new.0, old.0, quoted(incomplete));
    let amounts = [&new.1, &old.1].map(|amount| amount.parse::<Money>().ok());
    let result = match amounts {
        [Some(new), Some(old)] => new.checked_sub(old).map(|difference| difference.to_string()),
        _ => None,
    };
    (formula, result.unwrap_or_else(|| incomplete.to_owned()))
}
