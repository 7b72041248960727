//! The sheet of the rate card: the tiers and the rules that are numbers, whose cells all formulas name. Read
//! [`FormulaWorkbook::card_sheet`] first.

use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{ColNum, DataValidation, DataValidationRule, Formula, RowNum, Workbook as XlsxFile};

use super::formula_workbook::{FormulaWorkbook, at};
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::{Book, Written};
use crate::account::AccountType;
use crate::rates::RateCard;

const HEADER_ROW: RowNum = 3;
const FIRST_TIER: RowNum = HEADER_ROW + 1;
const FROM: ColNum = 0;
const TO: ColNum = 1;
const BASIC: ColNum = 2;
const BASIC_STANDING: ColNum = 3;
const INTEROP: ColNum = 4;
const INTEROP_STANDING: ColNum = 5;
/// The column of the rules' numbers.
const VALUE: ColNum = 2;

/// The rules of the card that are numbers, in the order of their rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    DaysPerMonth,
    DaysPerYear,
    /// Only where it is not the days of a year.
    ByDaysDivisor,
    LeastDays,
    MostDays,
    MostAccounts,
}

impl Rule {
    /// Returns the rules of a card that are numbers of their own.
    pub(super) fn all(card: &RateCard) -> impl Iterator<Item = Rule> {
        let all = [
            Rule::DaysPerMonth,
            Rule::DaysPerYear,
            Rule::ByDaysDivisor,
            Rule::LeastDays,
            Rule::MostDays,
            Rule::MostAccounts,
        ];
        let is_its_own = card.rules.by_days_divisor != card.term.days_per_year;
        all.into_iter().filter(move |rule| *rule != Rule::ByDaysDivisor || is_its_own)
    }

    /// Returns its number on a card.
    pub(super) fn number(self, card: &RateCard) -> u32 {
        self.describe(card).2
    }

    /// Returns the name of its cell, the label beside it, and its number on a card.
    fn describe(self, card: &RateCard) -> (&'static str, &'static str, u32) {
        let term = &card.term;
        match self {
            Rule::DaysPerMonth => ("days_per_month", "xlsx-days-per-month", term.days_per_month),
            Rule::DaysPerYear => ("days_per_year", "xlsx-days-per-year", term.days_per_year),
            Rule::ByDaysDivisor => ("days_divisor", "xlsx-days-divisor", card.rules.by_days_divisor),
            Rule::LeastDays => ("least_days", "xlsx-least-days", term.least_days),
            Rule::MostDays => ("most_days", "xlsx-most-days", term.most_days),
            Rule::MostAccounts => ("most_accounts", "xlsx-most-accounts", card.order.most_accounts_of_a_type),
        }
    }
}

impl FormulaWorkbook<'_> {
    /// Writes the rate card: edges, prices and the rules that are numbers, all to be changed.
    pub(super) fn card_sheet<'b>(&self, book: &'b Book<'b>) -> Written<SheetWriter<'b>> {
        let rules = &self.basis.rules;
        let mut sheet = SheetWriter::titled(book, &self.card, &book.catalog.text(&rules.header.title))?;
        sheet.hint(1, "xlsx-hint-card")?;
        sheet.header(
            HEADER_ROW,
            &[
                ("report-first", Kind::Count),
                ("report-last", Kind::Count),
                ("report-basic-price", Kind::Price),
                ("report-standing", Kind::Text),
                ("report-interop-price", Kind::Price),
                ("report-standing", Kind::Text),
            ],
        )?;
        let tiers = rules.sheets.first().map(|sheet| &sheet.grid.rows);
        for (row, tier) in (FIRST_TIER..).zip(tiers.into_iter().flatten()) {
            for column in [BASIC_STANDING, INTEROP_STANDING] {
                let text = tier.cells.get(usize::from(column - 1)).map(|cell| cell.text(book.catalog));
                sheet.row(row, Role::Plain).text(column, &text.unwrap_or_default())?;
            }
        }
        self.write_tiers(&mut sheet)?;
        self.restrict_tiers(&mut sheet)?;
        self.write_rules(&mut sheet)?;
        Ok(sheet)
    }

    /// Names the rules' cells, so that formulas can be read.
    pub(super) fn define_names(&self, file: &mut XlsxFile) -> Written {
        for rule in Rule::all(&self.basis.card) {
            let cell = row_col_to_cell_absolute(self.rule_row(rule), VALUE);
            file.define_name(self.rule(rule), &format!("={}!{cell}", quote_sheet_name(&self.card)))?;
        }
        Ok(())
    }

    /// Returns the name of a rule's number, for formulas.
    pub(super) fn rule(&self, rule: Rule) -> String {
        let (name, _, _) = rule.describe(&self.basis.card);
        format!("{name}{}", self.rule_ending)
    }

    /// Returns the cell of the first account of a tier; one index past the last tier, of the negotiated
    /// accounts.
    pub(super) fn tier_from(&self, index: usize) -> String {
        at(&self.card, tier_row(index), FROM)
    }

    /// Returns the cell of the last account of a tier; empty if it has no end.
    pub(super) fn tier_to(&self, index: usize) -> String {
        at(&self.card, tier_row(index), TO)
    }

    /// Returns the cell of the price of a tier.
    pub(super) fn tier_price(&self, index: usize, account_type: AccountType) -> String {
        at(&self.card, tier_row(index), price_column(account_type))
    }

    fn write_tiers(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let tiers = &self.basis.card.tiers;
        for (index, tier) in tiers.iter().enumerate() {
            write_edges(sheet, index, tier.from, tier.to)?;
            let mut cells = sheet.row(tier_row(index), Role::Input);
            for account_type in AccountType::ALL {
                let price = tier.price.get(account_type).price;
                cells.number(price_column(account_type), Kind::Price, price)?;
            }
        }
        if let Some(negotiated) = &self.basis.card.negotiated {
            write_edges(sheet, tiers.len(), negotiated.from, None)?;
            let mut cells = sheet.row(tier_row(tiers.len()), Role::Plain);
            for account_type in AccountType::ALL {
                cells.text_as(price_column(account_type), Kind::RightText, &self.words.open)?;
            }
        }
        Ok(())
    }

    /// Keeps what is typed within what tiers can be.
    fn restrict_tiers(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let tiers = &self.basis.card.tiers;
        for (index, _) in tiers.iter().enumerate().filter(|(_, tier)| tier.to.is_some()) {
            let (row, above) = (tier_row(index), row_col_to_cell(tier_row(index), FROM));
            let rule = DataValidationRule::GreaterThanOrEqualTo(Formula::new(format!("={above}")));
            let edges = DataValidation::new().allow_whole_number_formula(rule);
            sheet.sheet().add_data_validation(row, TO, row, TO, &edges)?;
        }
        let prices =
            DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        for account_type in AccountType::ALL {
            let column = price_column(account_type);
            let last = tier_row(tiers.len().saturating_sub(1));
            sheet.sheet().add_data_validation(FIRST_TIER, column, last, column, &prices)?;
        }
        Ok(())
    }

    fn write_rules(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let header = sheet.book.styles.of(Kind::Text, Role::Header);
        sheet.widen(FROM, RULE_LABEL_WIDTH);
        sheet.widen(TO, RULE_LABEL_WIDTH);
        for rule in Rule::all(&self.basis.card) {
            let row = self.rule_row(rule);
            let (_, label, number) = rule.describe(&self.basis.card);
            sheet.sheet().merge_range(row, FROM, row, TO, "", header)?;
            sheet.free_text(row, FROM, &self.book.word(label), header)?;
            sheet.row(row, Role::Input).number(VALUE, Kind::Count, number)?;
            let least = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(1));
            sheet.sheet().add_data_validation(row, VALUE, row, VALUE, &least)?;
        }
        Ok(())
    }

    fn rule_row(&self, rule: Rule) -> RowNum {
        let rows = self.basis.card.tiers.len() + usize::from(self.negotiates()) + 1;
        let index = Rule::all(&self.basis.card).position(|other| other == rule).unwrap_or(0);
        tier_row(rows + index)
    }
}

/// Half of what the longest label of a rule takes; it spreads over two columns.
const RULE_LABEL_WIDTH: usize = 12;

/// Writes the first account of a tier, which follows from where the one before it ends, and its last.
fn write_edges(sheet: &mut SheetWriter<'_>, index: usize, from: u32, to: Option<u32>) -> Written {
    let row = tier_row(index);
    let mut cells = sheet.row(row, Role::Plain);
    match index {
        0 => cells.number(FROM, Kind::Count, from)?,
        _ => cells.formula(FROM, Kind::Count, &format!("{}+1", row_col_to_cell(row - 1, TO)), from)?,
    }
    match to {
        Some(to) => sheet.row(row, Role::Input).number(TO, Kind::Count, to),
        None => cells.blanks(Kind::Count, [TO]),
    }
}

fn tier_row(index: usize) -> RowNum {
    RowNum::try_from(index).map_or(RowNum::MAX, |index| FIRST_TIER.saturating_add(index))
}

fn price_column(account_type: AccountType) -> ColNum {
    match account_type {
        AccountType::Basic => BASIC,
        AccountType::Interop => INTEROP,
    }
}
