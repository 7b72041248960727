use rust_xlsxwriter::utility::{quote_sheet_name, row_col_to_cell, row_col_to_cell_absolute};
use rust_xlsxwriter::{
    ColNum, DataValidation, DataValidationRule, Formula, RowNum, Workbook as XlsxFile, XlsxError,
};

use super::{FormulaWorkbook, at};
use crate::account::AccountType;
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{Kind, Role};

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
    LeastDays,
    MostDays,
    MostAccounts,
}

impl Rule {
    const ALL: [Rule; 5] =
        [Rule::DaysPerMonth, Rule::DaysPerYear, Rule::LeastDays, Rule::MostDays, Rule::MostAccounts];

    /// The name of its cell.
    const fn name(self) -> &'static str {
        match self {
            Rule::DaysPerMonth => "days_per_month",
            Rule::DaysPerYear => "days_per_year",
            Rule::LeastDays => "least_days",
            Rule::MostDays => "most_days",
            Rule::MostAccounts => "most_accounts",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Rule::DaysPerMonth => "xlsx-days-per-month",
            Rule::DaysPerYear => "xlsx-days-per-year",
            Rule::LeastDays => "xlsx-least-days",
            Rule::MostDays => "xlsx-most-days",
            Rule::MostAccounts => "xlsx-most-accounts",
        }
    }
}

impl FormulaWorkbook<'_> {
    /// The rate card: edges, prices and the rules that are numbers, all to be changed.
    pub(super) fn card_page(&self) -> Result<SheetWriter, XlsxError> {
        let (book, styles) = (self.book, &self.book.styles);
        let mut page = SheetWriter::new(self.card.clone())?;
        page.free_text(0, 0, &book.catalog.text(&self.basis.rules.title), styles.title())?;
        page.free_text(1, 0, &book.catalog.word("xlsx-hint-card"), styles.hint())?;
        let titles = [
            ("report-first", Kind::Count),
            ("report-last", Kind::Count),
            ("report-basic-price", Kind::Price),
            ("report-standing", Kind::Text),
            ("report-interop-price", Kind::Price),
            ("report-standing", Kind::Text),
        ];
        let titles = titles.map(|(id, kind)| (book.catalog.word(id), kind));
        page.header(HEADER_ROW, &titles, styles)?;
        let tiers = self.basis.rules.sheets.first().map(|sheet| &sheet.grid.rows);
        for (row, cells) in (FIRST_TIER..).zip(tiers.into_iter().flatten()) {
            for column in [BASIC_STANDING, INTEROP_STANDING] {
                let text = cells.cells.get(usize::from(column - 1)).map(|cell| cell.text(book.catalog));
                page.text(row, column, &text.unwrap_or_default(), styles.of(Kind::Text, Role::Plain))?;
            }
        }
        self.write_tiers(&mut page)?;
        self.write_rules(&mut page)?;
        Ok(page)
    }

    /// Names the rules' cells, so that formulas can be read.
    pub(super) fn define_names(&self, file: &mut XlsxFile) -> Result<(), XlsxError> {
        for rule in Rule::ALL {
            let cell = row_col_to_cell_absolute(self.rule_row(rule), VALUE);
            file.define_name(self.rule(rule), &format!("={}!{cell}", quote_sheet_name(&self.card)))?;
        }
        Ok(())
    }

    /// A rule's number, for formulas.
    pub(super) fn rule(&self, rule: Rule) -> String {
        format!("{}{}", rule.name(), self.rule_ending)
    }

    /// The first account of a tier; one index past the last tier, of the negotiated accounts.
    pub(super) fn tier_from(&self, index: usize) -> String {
        at(&self.card, tier_row(index), FROM)
    }

    /// The last account of a tier; `None` where it has no end.
    pub(super) fn tier_to(&self, index: usize) -> Option<String> {
        self.basis.card.tiers.get(index)?.to.map(|_| at(&self.card, tier_row(index), TO))
    }

    /// The price of a tier.
    pub(super) fn tier_price(&self, index: usize, account_type: AccountType) -> String {
        at(&self.card, tier_row(index), price_column(account_type))
    }

    fn write_tiers(&self, page: &mut SheetWriter) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let tiers = &self.basis.card.tiers;
        for (index, tier) in tiers.iter().enumerate() {
            let row = tier_row(index);
            self.write_from(page, index, tier.from)?;
            match tier.to {
                Some(to) => page.number(row, TO, &to.to_string(), styles.of(Kind::Count, Role::Input))?,
                None => page.blank(row, TO, styles.of(Kind::Count, Role::Plain))?,
            }
            for account_type in AccountType::ALL {
                let price = tier.price.get(account_type).price.to_string();
                page.number(row, price_column(account_type), &price, styles.of(Kind::Price, Role::Input))?;
            }
        }
        if let Some(negotiated) = &self.basis.card.negotiated {
            self.write_from(page, tiers.len(), negotiated.from)?;
            page.blank(tier_row(tiers.len()), TO, styles.of(Kind::Count, Role::Plain))?;
            for account_type in AccountType::ALL {
                let style = styles.of(Kind::RightText, Role::Plain);
                page.text(tier_row(tiers.len()), price_column(account_type), &self.words.open, style)?;
            }
        }
        for (index, _) in tiers.iter().enumerate().filter(|(_, tier)| tier.to.is_some()) {
            let (row, above) = (tier_row(index), row_col_to_cell(tier_row(index), FROM));
            let rule = DataValidationRule::GreaterThanOrEqualTo(Formula::new(format!("={above}")));
            let edges = DataValidation::new().allow_whole_number_formula(rule);
            page.sheet().add_data_validation(row, TO, row, TO, &edges)?;
        }
        let prices =
            DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        for account_type in AccountType::ALL {
            let column = price_column(account_type);
            let last = tier_row(tiers.len().saturating_sub(1));
            page.sheet().add_data_validation(FIRST_TIER, column, last, column, &prices)?;
        }
        Ok(())
    }

    /// A tier begins where the one before it ends.
    fn write_from(&self, page: &mut SheetWriter, index: usize, from: u32) -> Result<(), XlsxError> {
        let style = self.book.styles.of(Kind::Count, Role::Plain);
        let row = tier_row(index);
        match index {
            0 => page.number(row, FROM, &from.to_string(), style),
            _ => {
                let formula = format!("={}+1", row_col_to_cell(row - 1, TO));
                page.formula(row, FROM, &formula, &from.to_string(), style)
            }
        }
    }

    fn write_rules(&self, page: &mut SheetWriter) -> Result<(), XlsxError> {
        let card = &self.basis.card;
        let styles = &self.book.styles;
        for rule in Rule::ALL {
            let row = self.rule_row(rule);
            let value = match rule {
                Rule::DaysPerMonth => card.term.days_per_month,
                Rule::DaysPerYear => card.term.days_per_year,
                Rule::LeastDays => card.term.least_days,
                Rule::MostDays => card.term.most_days,
                Rule::MostAccounts => card.order.most_accounts_of_a_type,
            };
            page.sheet().merge_range(row, FROM, row, TO, "", styles.of(Kind::Text, Role::Header))?;
            let label = self.book.catalog.word(rule.label());
            page.free_text(row, FROM, &label, styles.of(Kind::Text, Role::Header))?;
            page.number(row, VALUE, &value.to_string(), styles.of(Kind::Count, Role::Input))?;
            page.widen(FROM, RULE_LABEL_WIDTH);
            page.widen(TO, RULE_LABEL_WIDTH);
            let least = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(1));
            page.sheet().add_data_validation(row, VALUE, row, VALUE, &least)?;
        }
        Ok(())
    }

    fn rule_row(&self, rule: Rule) -> RowNum {
        let rows = self.basis.card.tiers.len() + usize::from(self.negotiates()) + 1;
        let index = Rule::ALL.iter().position(|other| *other == rule).unwrap_or(0);
        tier_row(rows + index)
    }
}

/// Half of what the longest label of a rule takes; it spreads over two columns.
const RULE_LABEL_WIDTH: usize = 12;

fn tier_row(index: usize) -> RowNum {
    RowNum::try_from(index).map_or(RowNum::MAX, |index| FIRST_TIER.saturating_add(index))
}

fn price_column(account_type: AccountType) -> ColNum {
    match account_type {
        AccountType::Basic => BASIC,
        AccountType::Interop => INTEROP,
    }
}
