//! The cells of the table of orders that a reader changes, and the limits of what can be typed. Read
//! [`FormulaWorkbook::write_inputs`] first.

use rust_xlsxwriter::{ColNum, DataValidation, DataValidationRule, Formula};

use super::Written;
use super::columns::Column;
use super::formula_workbook::FormulaWorkbook;
use super::orders::{OrderRows, count, of_type};
use super::rate_card::Rule;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::users::On;
use super::words::quoted;
use crate::account::AccountType;
use crate::planning::schedule::projection::Count;
use crate::pricing::{MemberQuote, OrderQuote};

impl FormulaWorkbook<'_> {
    /// Writes what can be changed of an order, or where its users can be, what follows from them. Of a group, the
    /// status and the accounts are those of its members.
    pub(super) fn write_inputs(
        &self,
        cells: &mut RowWriter<'_, '_>,
        index: usize,
        order: &OrderQuote,
    ) -> Written {
        let columns = &self.columns;
        let OrderRows { order: own, first_member, .. } = self.rows_of(index);
        if own == first_member {
            self.write_member(cells, (index, 0), order.members.first(), order)?;
        } else {
            let status = self.words.status(order.status);
            cells.formula(columns.at(Column::Status), Kind::Word, &self.status_of(index), status)?;
            for account_type in AccountType::ALL {
                let column = of_type(Column::Basic, account_type);
                let sum = format!("SUM({})", self.over_members(index, column));
                cells.formula(columns.at(column), Kind::Count, &sum, count(order, account_type))?;
            }
        }
        let mut facts = cells.as_role(if self.is_projected() { Role::Plain } else { Role::Input });
        facts.text(columns.at(Column::Charging), self.words.charging(order))?;
        facts.number(columns.at(Column::Months), Kind::Count, order.term.months)?;
        facts.number(columns.at(Column::Days), Kind::Count, order.term.days)?;
        for account_type in AccountType::ALL {
            let held = columns.at(of_type(Column::HeldBasic, account_type));
            let formula = self.held_counts(index).map(|held| held.get(account_type));
            self.write_count(&mut facts, held, formula, order.start.get(account_type))?;
            if let Some(column) = columns.find(of_type(Column::NegotiatedBasic, account_type)) {
                match order.negotiated_price.get(account_type) {
                    Some(price) => facts.number(column, Kind::Price, price)?,
                    None => facts.blanks(Kind::Price, [column])?,
                }
            }
        }
        Ok(())
    }

    /// Keeps what is typed within what an order can be.
    pub(super) fn restrict(&self, sheet: &mut SheetWriter<'_>) -> Written {
        if self.is_projected() {
            return Ok(());
        }
        let columns = &self.columns;
        let status = DataValidation::new().allow_list_strings(&self.words.statuses())?;
        let charging = DataValidation::new().allow_list_strings(&self.words.chargings())?;
        let counts = DataValidation::new().allow_whole_number_formula(DataValidationRule::Between(
            Formula::new("=0"),
            Formula::new(self.rule(Rule::MostAccounts)),
        ));
        let least = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0));
        let price = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        let rules = [
            (Column::Status, Column::Status, status),
            (Column::Charging, Column::Charging, charging),
            (Column::Basic, Column::Interop, counts),
            (Column::Months, Column::HeldInterop, least),
            (Column::NegotiatedBasic, Column::NegotiatedInterop, price),
        ];
        let (first, last) = (self.first_order_row(), self.last_order_row());
        for (from, to, rule) in rules {
            if let (Some(from), Some(to)) = (columns.find(from), columns.find(to)) {
                sheet.sheet().add_data_validation(first, from, last, to, &rule)?;
            }
        }
        Ok(())
    }

    /// Returns the status of the whole of a group as a formula: unconfirmed if each member is that it buys accounts
    /// for.
    fn status_of(&self, index: usize) -> String {
        let OrderRows { first_member, last_member, .. } = self.rows_of(index);
        let statuses = self.over_members(index, Column::Status);
        let [confirmed, unconfirmed] =
            [&self.words.confirmed, &self.words.unconfirmed].map(|word| quoted(word));
        let members = last_member - first_member + 1;
        let buys = |status: &str| {
            let [basic, interop] = [Column::Basic, Column::Interop].map(|column| {
                format!("COUNTIFS({statuses},{status},{},\">0\")", self.over_members(index, column))
            });
            format!("{basic}+{interop}>0")
        };
        let all = format!("COUNTIF({statuses},{unconfirmed})={members}");
        format!(
            "IF({},{confirmed},IF(OR({},{all}),{unconfirmed},{confirmed}))",
            buys(&confirmed),
            buys(&unconfirmed)
        )
    }

    /// Writes the status and the accounts of a member, by its index in the order, or what they follow from.
    pub(super) fn write_member(
        &self,
        cells: &mut RowWriter<'_, '_>,
        (index, position): (usize, usize),
        member: Option<&MemberQuote>,
        order: &OrderQuote,
    ) -> Written {
        let column = self.columns.at(Column::Status);
        let status = self.words.status(member.map_or(order.status, |member| member.status));
        let role = if self.is_projected() { Role::Plain } else { Role::Input };
        let mut facts = cells.as_role(role);
        match self.member_status(index, position) {
            Some(formula) => facts.formula(column, Kind::Word, &formula, status)?,
            None => facts.text(column, status)?,
        }
        for account_type in AccountType::ALL {
            let count = member.map_or(0, |member| *member.counts.get(account_type));
            let column = self.columns.at(of_type(Column::Basic, account_type));
            match self.typed.get(&(index, position, account_type)) {
                Some(typed) => cells.as_role(Role::Plain).formula(column, Kind::Count, typed, count)?,
                None => {
                    let formula = self.member_counts(index, position).map(|counts| counts.get(account_type));
                    self.write_count(&mut cells.as_role(role), column, formula, &count)?;
                }
            }
        }
        Ok(())
    }

    /// Writes a number of accounts, by its formula if it has one.
    fn write_count(
        &self,
        cells: &mut RowWriter<'_, '_>,
        column: ColNum,
        formula: Option<&Count>,
        count: &u32,
    ) -> Written {
        match formula {
            None | Some(Count::Number(_)) => cells.number(column, Kind::Count, count),
            Some(formula) => cells.formula(column, Kind::Count, &self.print(formula, On::Orders), count),
        }
    }
}
