//! The amounts of an order in its row of the table: the price of its term, over the accounts by tier on the
//! sheet of items, and what of it has to be paid. Read [`FormulaWorkbook::write_amounts`] first.

use super::Written;
use super::columns::Column;
use super::formula_workbook::FormulaWorkbook;
use super::orders::of_type;
use super::row::RowWriter;
use super::style::Kind;
use super::words::quoted;
use crate::account::AccountType;
use crate::formula::Variable;
use crate::money::Money;
use crate::pricing::{OrderQuote, OrderStatus};

impl FormulaWorkbook<'_> {
    /// Writes the workings, then the amounts over them: a word in place of each that is not known.
    pub(super) fn write_amounts(
        &self,
        cells: &mut RowWriter<'_, '_>,
        index: usize,
        order: &OrderQuote,
    ) -> Written {
        let columns = &self.columns;
        let term = self.computed(index, Variable::TermDays);
        cells.formula(columns.at(Column::Term), Kind::Count, &term, order.days)?;
        let annual = self.computed(index, Variable::AnnualSum);
        let known = order.priced_annual_sum().unwrap_or_default();
        cells.formula(columns.at(Column::Annual), Kind::Fine, &annual, known)?;
        let list = self.computed(index, Variable::ListPrice);
        if self.negotiates() {
            self.write_priced(cells, index, order, &list)?;
        } else {
            cells.formula(columns.at(Column::List), Kind::Money, &list, order.priced)?;
            let payable = self.if_charged(index, &self.own(index, Column::List));
            cells.formula(columns.at(Column::Payable), Kind::Money, &payable, order.priced_payable())?;
        }
        let [list, payable] = self.priced_columns().map(|column| self.own(index, column));
        let waived = order.priced.checked_sub(order.priced_payable()).unwrap_or_default();
        let formula = format!("IF(ISNUMBER({payable}),ROUND({list}-{payable},2),0)");
        cells.formula(columns.at(Column::Waived), Kind::Money, &formula, waived)?;
        let Some(unconfirmed) = columns.find(Column::Unconfirmed) else { return Ok(()) };
        let part = match order.status {
            OrderStatus::Confirmed => order.unconfirmed_payable().unwrap_or_default(),
            OrderStatus::Unconfirmed => Money::ZERO,
        };
        let status = self.own(index, Column::Status);
        let formula = self.unconfirmed_shares(index).map_or_else(
            || "0".to_owned(),
            |shares| format!("IF({status}={},{shares},0)", quoted(&self.words.confirmed)),
        );
        cells.formula(unconfirmed, Kind::Money, &formula, part)
    }

    /// Returns the columns of the list price and of the payable as far as there are prices.
    pub(super) fn priced_columns(&self) -> [Column; 2] {
        match self.negotiates() {
            true => [Column::PricedList, Column::PricedPayable],
            false => [Column::List, Column::Payable],
        }
    }

    /// Writes the part that has a price apart from the amounts of all accounts.
    fn write_priced(
        &self,
        cells: &mut RowWriter<'_, '_>,
        index: usize,
        order: &OrderQuote,
        list: &str,
    ) -> Written {
        let columns = &self.columns;
        cells.formula(columns.at(Column::PricedList), Kind::Money, list, order.priced)?;
        let [list, payable] =
            [Column::PricedList, Column::PricedPayable].map(|column| self.own(index, column));
        let charged = self.if_charged(index, &list);
        cells.formula(columns.at(Column::PricedPayable), Kind::Money, &charged, order.priced_payable())?;
        let unpriced = AccountType::ALL.map(|account_type| {
            let column = of_type(Column::UnpricedBasic, account_type);
            (account_type, column)
        });
        for (account_type, column) in unpriced {
            let formula = self.item_unpriced(index, account_type);
            let count = order.unpriced.get(account_type);
            cells.formula(columns.at(column), Kind::Tier, &formula, count)?;
        }
        let missing = unpriced.map(|(_, column)| self.own(index, column)).join("+");
        let open = quoted(&self.words.open);
        let formula = format!("IF({missing}>0,{open},{list})");
        let shown = self.words.known(order.list_price());
        cells.formula(columns.at(Column::List), Kind::Money, &formula, shown)?;
        let charging = self.own(index, Column::Charging);
        let charged = quoted(&self.words.charged);
        let formula = format!("IF(AND({missing}>0,{charging}={charged}),{open},{payable})");
        let shown = self.words.known(order.payable());
        cells.formula(columns.at(Column::Payable), Kind::Money, &formula, shown)
    }

    /// Returns an amount if the order is charged, and nothing if it is free; what was billed is charged.
    fn if_charged(&self, index: usize, amount: &str) -> String {
        if self.basis.orders.get(index).is_some_and(|order| order.is_billed) {
            return amount.to_owned();
        }
        let charging = self.own(index, Column::Charging);
        let [charged, free @ ..] = self.words.chargings().map(|word| format!("{charging}={}", quoted(word)));
        format!("IF({charged},{amount},IF(OR({}),0,{}))", free.join(","), quoted(&self.words.open))
    }
}
