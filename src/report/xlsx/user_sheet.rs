//! The first sheet of a budget: the answer and the sums of its years, then what can be changed: the growth, and
//! the users of each school from day to day. Read [`FormulaWorkbook::user_sheet`] first.

use rust_xlsxwriter::utility::row_col_to_cell_absolute;
use rust_xlsxwriter::{
    ColNum, DataValidation, DataValidationRule, Formula, RowNum, Workbook as XlsxFile,
    utility::quote_sheet_name,
};

use super::formula_workbook::FormulaWorkbook;
use super::rate_card::Rule;
use super::remark::NO_REMARK;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::users::{
    GROWTH, OTHER_PRICES, PARAMETER_REMARK, UNFOLLOWED, UserCells, UserColumn, digits, of_user_type,
};
use super::{Book, Written, figures};
use crate::account::AccountType;
use crate::planning::schedule::projection::UserDefault;
use crate::report::{Grid, MemberInput, UserInput, UserInputs};

/// The column of the values beside the labels of the date and the growth.
const VALUE: ColNum = 1;

impl FormulaWorkbook<'_> {
    /// Writes the sums of periods, and below them the users.
    pub(super) fn user_sheet<'b>(
        &self,
        name: &str,
        grid: &Grid,
        sides: &[FormulaWorkbook<'_>],
        book: &'b Book<'b>,
    ) -> Written<SheetWriter<'b>> {
        let mut sheet = SheetWriter::new(book, name)?;
        sheet.hint(2, "xlsx-hint-budget")?;
        figures::write(&mut sheet, grid, sides)?;
        let Some((users, cells)) = self.users() else { return Ok(sheet) };
        self.write_parameters(&mut sheet, users, cells)?;
        self.write_user_titles(&mut sheet, cells)?;
        for (index, input) in users.rows.iter().enumerate() {
            self.write_user_row(&mut sheet, users, cells, index, input)?;
        }
        self.restrict_users(&mut sheet, cells)?;
        let remark = UserCells::column(UserColumn::Remark);
        sheet.mark_unless(NO_REMARK, (cells.date_row, cells.growth_row()), PARAMETER_REMARK)?;
        sheet.mark_unless(NO_REMARK, (cells.first_row, cells.last_row()), remark)?;
        for column in self.hidden_user_columns() {
            sheet.hide(column)?;
        }
        Ok(sheet)
    }

    /// Names the cells that formulas of all sheets use.
    pub(super) fn define_user_names(&self, file: &mut XlsxFile) -> Written {
        let Some((users, cells)) = self.users() else { return Ok(()) };
        let hidden = UserCells::column(UserColumn::GrownBasic);
        let mut names = vec![(GROWTH, cells.growth_row(), VALUE), (UNFOLLOWED, cells.date_row, hidden)];
        if depends_on_prices(users) {
            names.push((OTHER_PRICES, cells.growth_row(), hidden));
        }
        for (name, row, column) in names {
            let cell = row_col_to_cell_absolute(row, column);
            file.define_name(name, &format!("={}!{cell}", quote_sheet_name(&cells.sheet)))?;
        }
        Ok(())
    }

    /// Returns the columns of workings, and those of prices that the card does not have.
    fn hidden_user_columns(&self) -> Vec<ColNum> {
        let mut hidden = vec![UserColumn::GrownBasic, UserColumn::GrownInterop];
        if !self.negotiates() {
            hidden.extend([UserColumn::NegotiatedBasic, UserColumn::NegotiatedInterop]);
        }
        hidden.into_iter().map(UserCells::column).collect()
    }

    /// Writes the plan's date and the growth.
    fn write_parameters(
        &self,
        sheet: &mut SheetWriter<'_>,
        users: &UserInputs,
        cells: &UserCells,
    ) -> Written {
        let book = sheet.book;
        sheet.free_text(cells.date_row - 1, 0, &book.word("xlsx-inputs"), book.styles.strong())?;
        let remark = PARAMETER_REMARK;
        let hidden = UserCells::column(UserColumn::GrownBasic);
        let mut row = sheet.row(cells.date_row, Role::Plain);
        row.text(0, &book.word("xlsx-plan-date"))?;
        row.day(VALUE, users.date)?;
        row.formula(remark, Kind::Word, &self.date_remark(users, cells), NO_REMARK)?;
        row.formula(hidden, Kind::Count, &self.unfollowed(cells), 0)?;
        let mut row = sheet.row(cells.growth_row(), Role::Plain);
        row.text(0, &book.word("xlsx-growth"))?;
        row.formula(remark, Kind::Word, &self.growth_remark(), NO_REMARK)?;
        if depends_on_prices(users) {
            row.formula(hidden, Kind::Word, &self.other_prices(), "FALSE")?;
        }
        let growth = users.growth.normalize();
        sheet.row(cells.growth_row(), Role::Input).number(VALUE, Kind::Rate, growth)
    }

    fn write_user_titles(&self, sheet: &mut SheetWriter<'_>, cells: &UserCells) -> Written {
        let titles = [
            (UserColumn::School, "report-school", Kind::Text),
            (UserColumn::Code, "report-code", Kind::Text),
            (UserColumn::Status, "report-status", Kind::Text),
            (UserColumn::From, "xlsx-users-from", Kind::Date),
            (UserColumn::Cause, "xlsx-users-cause", Kind::Text),
            (UserColumn::Basic, "xlsx-users-basic", Kind::Count),
            (UserColumn::Interop, "xlsx-users-interop", Kind::Count),
            (UserColumn::Months, "report-months", Kind::Count),
            (UserColumn::Days, "report-days", Kind::Count),
            (UserColumn::NegotiatedBasic, "xlsx-negotiated-basic", Kind::Price),
            (UserColumn::NegotiatedInterop, "xlsx-negotiated-interop", Kind::Price),
            (UserColumn::Remark, "xlsx-remark", Kind::Text),
            (UserColumn::GrownBasic, "xlsx-grown-basic", Kind::Count),
            (UserColumn::GrownInterop, "xlsx-grown-interop", Kind::Count),
        ];
        let titles: Vec<_> = titles.iter().map(|(_, id, kind)| (sheet.book.word(id), *kind)).collect();
        sheet.titles(cells.header_row(), &titles)
    }

    fn write_user_row(
        &self,
        sheet: &mut SheetWriter<'_>,
        users: &UserInputs,
        cells: &UserCells,
        index: usize,
        input: &UserInput,
    ) -> Written {
        let at = UserCells::column;
        let book = sheet.book;
        let row = cells.row(index);
        sheet.row(row, Role::Plain).blanks(Kind::Text, 0..at(UserColumn::Remark))?;
        if let Some(member) = &input.member {
            self.write_member_facts(sheet, row, member)?;
        }
        let mut plain = sheet.row(row, Role::Plain);
        plain.day(at(UserColumn::From), input.row.from.unwrap_or(users.date))?;
        let cause = match (input.row.from, input.row.at_expiry) {
            (None, _) => "xlsx-users-now",
            (Some(_), true) => "xlsx-users-renewal",
            (Some(_), false) => "xlsx-users-stated",
        };
        plain.text(at(UserColumn::Cause), &book.word(cause))?;
        let remark = self.user_remark(users, cells, index);
        plain.formula(at(UserColumn::Remark), Kind::Word, &remark, NO_REMARK)?;
        for kind in AccountType::ALL {
            self.write_users(sheet, users, cells, (index, input), kind)?;
        }
        Ok(())
    }

    /// Writes the users of a type: as they are stated, or by a formula in whose place others can be typed.
    fn write_users(
        &self,
        sheet: &mut SheetWriter<'_>,
        users: &UserInputs,
        cells: &UserCells,
        (index, input): (usize, &UserInput),
        kind: AccountType,
    ) -> Written {
        let column = UserCells::column(of_user_type(UserColumn::Basic, kind));
        let count = input.row.users.get(kind);
        let row = cells.row(index);
        let role = match input.row.default {
            _ if input.row.locked => Role::Plain,
            UserDefault::Stated => Role::Input,
            UserDefault::Grown { .. } => Role::Default,
        };
        let Some(grown) = self.grown(users, cells, index, kind) else {
            return sheet.row(row, role).number(column, Kind::Count, count);
        };
        let own = of_user_type(UserColumn::GrownBasic, kind);
        let exact = digits(*input.grown.get(kind));
        sheet.row(row, Role::Plain).formula(UserCells::column(own), Kind::Fine, &grown, exact)?;
        let formula = format!("ROUNDUP({},0)", cells.own(index, own));
        sheet.row(row, role).formula(column, Kind::Count, &formula, count)
    }

    fn write_member_facts(&self, sheet: &mut SheetWriter<'_>, row: RowNum, member: &MemberInput) -> Written {
        let at = UserCells::column;
        let kind = if member.payer.is_some() { Kind::Text } else { Kind::Nested };
        let mut plain = sheet.row(row, Role::Plain);
        plain.text_as(at(UserColumn::School), kind, member.party.name.as_deref().unwrap_or_default())?;
        plain.text(at(UserColumn::Code), member.party.code.as_deref().unwrap_or_default())?;
        if let Some(payer) = &member.payer {
            plain.number(at(UserColumn::Months), Kind::Count, payer.term.months)?;
            plain.number(at(UserColumn::Days), Kind::Count, payer.term.days)?;
        }
        let mut inputs = sheet.row(row, Role::Input);
        inputs.text(at(UserColumn::Status), self.words.status(member.status))?;
        let Some(payer) = member.payer.as_ref().filter(|_| self.negotiates()) else { return Ok(()) };
        for kind in AccountType::ALL {
            let column = at(of_user_type(UserColumn::NegotiatedBasic, kind));
            match payer.negotiated.get(kind) {
                Some(price) => inputs.number(column, Kind::Price, price)?,
                None => inputs.blanks(Kind::Price, [column])?,
            }
        }
        Ok(())
    }

    /// Keeps what is typed within what users, growth and prices can be.
    fn restrict_users(&self, sheet: &mut SheetWriter<'_>, cells: &UserCells) -> Written {
        let at = UserCells::column;
        let status = DataValidation::new().allow_list_strings(&self.words.statuses())?;
        let counts = DataValidation::new().allow_whole_number_formula(DataValidationRule::Between(
            Formula::new("=0"),
            Formula::new(self.rule(Rule::MostAccounts)),
        ));
        let price = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        let growth = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThan(-1.0));
        let (first, last) = (cells.first_row, cells.last_row());
        for (from, to, rule) in [
            (UserColumn::Status, UserColumn::Status, status),
            (UserColumn::Basic, UserColumn::Interop, counts),
            (UserColumn::NegotiatedBasic, UserColumn::NegotiatedInterop, price),
        ] {
            sheet.sheet().add_data_validation(first, at(from), last, at(to), &rule)?;
        }
        sheet.sheet().add_data_validation(cells.growth_row(), VALUE, cells.growth_row(), VALUE, &growth)?;
        Ok(())
    }
}

/// Returns true if any order could be another at other prices.
fn depends_on_prices(users: &UserInputs) -> bool {
    let payers = users.rows.iter().filter_map(|row| row.member.as_ref()?.payer.as_ref());
    payers.into_iter().any(|payer| payer.depends_on_prices)
}
