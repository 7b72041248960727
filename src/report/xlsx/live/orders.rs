use rust_xlsxwriter::{ColNum, DataValidation, DataValidationRule, Formula, RowNum, XlsxError};

use super::card::Rule;
use super::{FormulaWorkbook, at, down};
use crate::account::AccountType;
use crate::pricing::{MemberQuote, OrderQuote, Party};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{Kind, Role};

const HEADER_ROW: RowNum = 3;
pub(super) const FIRST_ROW: RowNum = HEADER_ROW + 1;
const NUMBER: ColNum = 0;
const CODE: ColNum = 1;
pub(super) const STATUS: ColNum = 3;
pub(super) const CHARGING: ColNum = 4;
const BASIC: ColNum = 5;
const HELD_BASIC: ColNum = 7;
pub(super) const MONTHS: ColNum = 9;
pub(super) const DAYS: ColNum = 10;
const NEGOTIATED_BASIC: ColNum = 11;

impl FormulaWorkbook<'_> {
    /// What is bought, for whom and for how long: all that the reader can change but the rate card. A group has a
    /// row for each member, and the order's own cells are its first.
    pub(super) fn orders_page(&self) -> Result<SheetWriter, XlsxError> {
        let (book, styles) = (self.book, &self.book.styles);
        let mut page = book.page(self.orders.clone())?;
        page.free_text(1, 0, &book.catalog.word("xlsx-hint-orders"), styles.hint())?;
        let mut titles = vec![
            ("xlsx-number", Kind::Ordinal),
            ("report-code", Kind::Text),
            ("report-school", Kind::Text),
            ("report-status", Kind::Text),
            ("xlsx-charging", Kind::Text),
            ("report-basic", Kind::Count),
            ("report-interop", Kind::Count),
            ("xlsx-held-basic", Kind::Count),
            ("xlsx-held-interop", Kind::Count),
            ("report-months", Kind::Count),
            ("report-days", Kind::Count),
        ];
        if self.negotiates() {
            titles.extend([("xlsx-negotiated-basic", Kind::Price), ("xlsx-negotiated-interop", Kind::Price)]);
        }
        titles.push(("xlsx-remark", Kind::Text));
        if self.on_days() {
            titles.push(("xlsx-purchases", Kind::Count));
        }
        let titles: Vec<_> = titles.into_iter().map(|(id, kind)| (book.catalog.word(id), kind)).collect();
        page.header(HEADER_ROW, &titles, styles)?;
        for (index, order) in self.basis.orders.iter().enumerate() {
            self.write_order(&mut page, index, order)?;
        }
        self.restrict(&mut page)?;
        self.mark_remarks(&mut page, FIRST_ROW, self.last_order_row(), self.remark_column())?;
        Ok(page)
    }

    /// What is wrong with an order, or that nothing is.
    pub(super) fn remark_of(&self, index: usize) -> String {
        self.of_order(index, self.remark_column())
    }

    fn remark_column(&self) -> ColNum {
        if self.negotiates() { NEGOTIATED_BASIC + 2 } else { DAYS + 1 }
    }

    fn last_order_row(&self) -> RowNum {
        self.places.last().map_or(FIRST_ROW, |rows| rows.last)
    }

    /// The accounts of a type that an order buys.
    pub(super) fn bought(&self, index: usize, account_type: AccountType) -> String {
        let rows = self.places[index];
        let column = of_type(BASIC, account_type);
        match rows.first == rows.last {
            true => at(&self.orders, rows.first, column),
            false => format!("SUM({})", down(&self.orders, column, rows.first, rows.last)),
        }
    }

    /// The accounts of a type of one member.
    pub(super) fn bought_for(&self, index: usize, member: usize, account_type: AccountType) -> String {
        let row = self.places[index].first + RowNum::try_from(member).unwrap_or(0);
        at(&self.orders, row, of_type(BASIC, account_type))
    }

    /// The accounts of a type that come before an order in the tiers.
    pub(super) fn held(&self, index: usize, account_type: AccountType) -> String {
        at(&self.orders, self.places[index].first, of_type(HELD_BASIC, account_type))
    }

    /// The price of an order's accounts without a list price; an empty cell where none is known.
    pub(super) fn negotiated_price(&self, index: usize, account_type: AccountType) -> String {
        at(&self.orders, self.places[index].first, of_type(NEGOTIATED_BASIC, account_type))
    }

    /// A cell that an order has once.
    pub(super) fn of_order(&self, index: usize, column: ColNum) -> String {
        at(&self.orders, self.places[index].first, column)
    }

    fn write_order(&self, page: &mut SheetWriter, index: usize, order: &OrderQuote) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let rows = self.places[index];
        for (row, member) in (rows.first..=rows.last).zip(0..) {
            page.number(row, NUMBER, &(index + 1).to_string(), styles.of(Kind::Ordinal, Role::Plain))?;
            self.write_member(page, row, order, order.members.get(member))?;
            if row > rows.first {
                let last = self.remark_column() + u16::from(self.on_days());
                for column in [STATUS, CHARGING].into_iter().chain(HELD_BASIC..=last) {
                    page.blank(row, column, styles.of(Kind::Text, Role::Plain))?;
                }
            }
        }
        let row = rows.first;
        let text = |role| styles.of(Kind::Text, role);
        page.text(row, STATUS, self.words.status(order.status), text(Role::Input))?;
        page.text(row, CHARGING, self.words.charging(order), text(Role::Input))?;
        let input = styles.of(Kind::Count, Role::Input);
        page.number(row, MONTHS, &order.term.months.to_string(), input)?;
        page.number(row, DAYS, &order.term.days.to_string(), input)?;
        let (formula, result) = self.remark(index, order);
        page.formula(row, self.remark_column(), &formula, &result, styles.of(Kind::Word, Role::Plain))?;
        if self.on_days() {
            let times = self.basis.placements.iter().filter(|placement| placement.order == index).count();
            let style = styles.of(Kind::Count, Role::Plain);
            page.number(row, self.remark_column() + 1, &times.to_string(), style)?;
        }
        for account_type in AccountType::ALL {
            let held = order.start.get(account_type).to_string();
            page.number(row, of_type(HELD_BASIC, account_type), &held, input)?;
            if self.negotiates() {
                let column = of_type(NEGOTIATED_BASIC, account_type);
                let style = styles.of(Kind::Price, Role::Input);
                match order.negotiated_price.get(account_type) {
                    Some(price) => page.number(row, column, &price.to_string(), style)?,
                    None => page.blank(row, column, style)?,
                }
            }
        }
        Ok(())
    }

    fn write_member(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        order: &OrderQuote,
        member: Option<&MemberQuote>,
    ) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let party = member.map_or(&order.payer, |member| &member.party);
        self.write_party(page, row, CODE, party, Role::Plain)?;
        for account_type in AccountType::ALL {
            let count = member.map_or(0, |member| *member.counts.get(account_type)).to_string();
            page.number(row, of_type(BASIC, account_type), &count, styles.of(Kind::Count, Role::Input))?;
        }
        Ok(())
    }

    /// A code and, beside it, a name.
    pub(super) fn write_party(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        code: ColNum,
        party: &Party,
        role: Role,
    ) -> Result<(), XlsxError> {
        let style = self.book.styles.of(Kind::Text, role);
        let unnamed = self.book.catalog.word("xlsx-this-order");
        page.text(row, code, party.code.as_deref().unwrap_or_default(), style)?;
        page.text(row, code + 1, party.name.as_deref().unwrap_or(&unnamed), style)
    }

    /// Keeps what is typed within what an order can be.
    fn restrict(&self, page: &mut SheetWriter) -> Result<(), XlsxError> {
        let last = self.last_order_row();
        let status = DataValidation::new().allow_list_strings(&self.words.statuses())?;
        let charging = DataValidation::new().allow_list_strings(&self.words.chargings())?;
        let number = |text: &str| Formula::new(text);
        let counts = DataValidation::new().allow_whole_number_formula(DataValidationRule::Between(
            number("=0"),
            number(&self.rule(Rule::MostAccounts)),
        ));
        let least = DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0));
        let price = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
        let mut rules = vec![
            (STATUS, STATUS, status),
            (CHARGING, CHARGING, charging),
            (BASIC, BASIC + 1, counts),
            (HELD_BASIC, DAYS, least),
        ];
        if self.negotiates() {
            rules.push((NEGOTIATED_BASIC, NEGOTIATED_BASIC + 1, price));
        }
        for (from, to, rule) in rules {
            page.sheet().add_data_validation(FIRST_ROW, from, last, to, &rule)?;
        }
        Ok(())
    }
}

/// Of a pair of columns, the one of this type.
fn of_type(basic: ColNum, account_type: AccountType) -> ColNum {
    match account_type {
        AccountType::Basic => basic,
        AccountType::Interop => basic + 1,
    }
}
