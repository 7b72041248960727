//! The answer at the top of the first sheet, and under it what the figures assume. Over orders, it is formulas over
//! the totals, so that it follows every change; read [`write()`] first. Else it is the sentences of the report.

use rust_xlsxwriter::{ColNum, RowNum};

use super::Written;
use super::formula_workbook::FormulaWorkbook;
use super::sheet::SheetWriter;
use super::style::MONEY;
use super::words::quoted;
use crate::assumption::Assumption;
use crate::diagnostic::lang::Message;
use crate::money::Money;
use crate::report::assumptions::assumption_lines;
use crate::report::{Answer, Header};

const ANSWER_ROW: RowNum = 1;
const ASSUMPTIONS_ROW: RowNum = 3;
/// The columns of the labels; each has its value two columns further.
const LABELS: [ColNum; 3] = [0, 3, 6];

/// Writes what is payable, what is unconfirmed, and whether that is all; or of two sides what is payable, and the difference.
pub(super) fn write(sheet: &mut SheetWriter<'_>, header: &Header, sides: &[FormulaWorkbook<'_>]) -> Written {
    let answers = match sides {
        [only] => vec![
            ("report-payable", only.confirmed_total()),
            ("report-total-unconfirmed", only.unconfirmed_total()),
            ("xlsx-sums-are", only.completeness()),
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
        let value = match label {
            "xlsx-sums-are" => strong.clone(),
            _ => strong.clone().set_num_format(MONEY),
        };
        sheet.formula(ANSWER_ROW, column + 2, &formula, &result, &value)?;
        if let ("xlsx-sums-are", [only]) = (label, sides) {
            sheet.mark_unless(only.words.completeness(true), (ANSWER_ROW, ANSWER_ROW), column + 2)?;
        }
    }
    // The growth is a cell, where users can be changed.
    let is_fixed = |assumption: &&Assumption| {
        let has_users = sides.iter().any(FormulaWorkbook::is_projected);
        !has_users || !matches!(assumption, Assumption::Growth { .. })
    };
    let assumptions: Vec<Assumption> = header.assumptions.iter().filter(is_fixed).cloned().collect();
    let assumptions = joined(sheet, assumption_lines(&assumptions, None).iter());
    sheet.free_text(ASSUMPTIONS_ROW, 0, &assumptions, sheet.book.styles.hint())
}

/// Writes the answer, why it is so, and what is uncertain or assumed, a line each.
pub(super) fn write_sentences(sheet: &mut SheetWriter<'_>, header: &Header) -> Written {
    let Answer { text, because, besides, .. } = &header.answer;
    let assumptions = assumption_lines(&header.assumptions, None);
    let lines = [
        (joined(sheet, [text]), sheet.book.styles.strong()),
        (joined(sheet, because), sheet.book.styles.plain()),
        (joined(sheet, besides.iter().chain(&assumptions)), sheet.book.styles.hint()),
    ];
    for (row, (text, style)) in (ANSWER_ROW..).zip(lines.iter().filter(|(text, _)| !text.is_empty())) {
        sheet.free_text(row, 0, text, style)?;
    }
    Ok(())
}

fn joined<'m>(sheet: &SheetWriter<'_>, texts: impl IntoIterator<Item = &'m Message>) -> String {
    let texts = texts.into_iter().map(|text| sheet.book.catalog.text(text));
    texts.collect::<Vec<String>>().join(" · ")
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
