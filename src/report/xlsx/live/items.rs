//! How each order is computed: its accounts spread over the tiers, what a year of them costs, and the price of
//! the term, all printed from the rate card's [`PriceFormula`](crate::formula::PriceFormula).

mod header;

use rust_xlsxwriter::utility::{cell_range, column_number_to_name, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::card::Rule;
use super::{FormulaWorkbook, at, orders, quoted};
use crate::account::AccountType;
use crate::formula::{Spreadsheet, Variable};
use crate::pricing::{Line, OrderQuote};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{Kind, Role};

const HEADER_ROW: RowNum = 3;
const PRICE_ROWS: RowNum = HEADER_ROW + 1;
const FIRST_ROW: RowNum = PRICE_ROWS + 2;
/// One for each account type, and one for the order.
const ROWS_OF_ORDER: RowNum = 3;

const NUMBER: ColNum = 0;
const CODE: ColNum = 1;
const STATUS: ColNum = 3;
const ACCOUNT: ColNum = 4;
const TERM: ColNum = 5;
const HELD: ColNum = 6;
const ACCOUNTS: ColNum = 7;
const FIRST_TIER: ColNum = 8;

impl FormulaWorkbook<'_> {
    /// The sheet of all orders, each with its accounts by type and tier, its annual amount and its price.
    pub(super) fn items_page(&self) -> Result<SheetWriter, XlsxError> {
        let mut page = self.book.page(self.items.clone())?;
        page.free_text(1, 0, &self.book.catalog.word("xlsx-hint-items"), self.book.styles.hint())?;
        page.spread(ACCOUNT)?;
        self.write_items_header(&mut page)?;
        for (index, order) in self.basis.orders.iter().enumerate() {
            for account_type in AccountType::ALL {
                self.write_type(&mut page, index, order, account_type)?;
            }
            self.write_order_sum(&mut page, index, order)?;
        }
        Ok(page)
    }

    /// The accounts of a type of an order, as the sheet of items has them.
    pub(super) fn item_accounts(&self, index: usize, account_type: AccountType) -> String {
        at(&self.items, type_row(index, account_type), ACCOUNTS)
    }

    /// What a year of the accounts of a type of an order costs, as far as they have a price.
    pub(super) fn item_annual(&self, index: usize, account_type: AccountType) -> String {
        at(&self.items, type_row(index, account_type), self.item_columns().annual)
    }

    /// The accounts of a type of an order that have no price.
    pub(super) fn item_unpriced(&self, index: usize, account_type: AccountType) -> String {
        at(&self.items, type_row(index, account_type), self.item_columns().unpriced())
    }

    /// The accounts of an order over all tiers.
    pub(super) fn item_tiers(&self, index: usize) -> String {
        let columns = self.item_columns();
        let last = if self.negotiates() { columns.negotiated() } else { columns.after_tiers - 1 };
        let (first, last) = (
            (type_row(index, AccountType::Basic), FIRST_TIER),
            (type_row(index, AccountType::Interop), last),
        );
        format!("SUM({}!{})", quote_sheet_name(&self.items), cell_range(first.0, first.1, last.0, last.1))
    }

    /// What the sheet of items says of a whole order, in this column.
    pub(super) fn order_sum(&self, index: usize, column: ColNum) -> String {
        at(&self.items, sum_row(index), column)
    }

    /// A column of the sheet of items, over all orders.
    pub(super) fn all_items(&self, column: ColNum) -> String {
        super::down(&self.items, column, FIRST_ROW, sum_row(self.basis.orders.len().saturating_sub(1)))
    }

    /// The columns of the sheet of items; those after the tiers depend on how many there are.
    pub(super) fn item_columns(&self) -> ItemColumns {
        let tiers = ColNum::try_from(self.basis.card.tiers.len()).unwrap_or(0);
        let after_tiers = FIRST_TIER + tiers;
        let annual = if self.negotiates() { after_tiers + 3 } else { after_tiers };
        ItemColumns { after_tiers, annual }
    }

    fn write_type(
        &self,
        page: &mut SheetWriter,
        index: usize,
        order: &OrderQuote,
        account_type: AccountType,
    ) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let columns = self.item_columns();
        let row = type_row(index, account_type);
        let style = |kind| styles.of(kind, Role::Plain);
        self.write_item_head(page, row, index, order, &self.type_word(account_type), Role::Plain)?;
        let held = order.start.get(account_type).to_string();
        page.formula(row, HELD, &format!("={}", self.held(index, account_type)), &held, style(Kind::Tier))?;
        let lines = || order.lines.iter().filter(|line| line.account_type == account_type);
        let accounts: u64 = lines().map(Line::count).sum();
        let bought = format!("={}", self.bought(index, account_type));
        page.formula(row, ACCOUNTS, &bought, &accounts.to_string(), style(Kind::Count))?;
        let tiers = self.basis.card.tiers.len();
        for (tier, column) in (0..tiers + usize::from(self.negotiates())).zip(FIRST_TIER..) {
            let own = (tier < tiers).then_some(tier);
            let count = lines().find(|line| line.tier == own).map_or(0, Line::count).to_string();
            let formula = self.computed(index, Variable::InTier(account_type, tier));
            page.formula(row, column, &formula, &count, style(Kind::Tier))?;
        }
        if self.negotiates() {
            let price = self.negotiated_price(index, account_type);
            let formula = format!("=IF(ISNUMBER({price}),{price},{})", quoted("–"));
            let known = order.negotiated_price.get(account_type);
            let shown = known.map_or_else(|| "–".to_owned(), |price| price.to_string());
            page.formula(row, columns.negotiated_price(), &formula, &shown, style(Kind::Price))?;
            let unpriced = order.unpriced.get(account_type).to_string();
            let formula = self.computed(index, Variable::Unpriced(account_type));
            page.formula(row, columns.unpriced(), &formula, &unpriced, style(Kind::Tier))?;
        }
        let annual = order.priced_annual.get(account_type).to_string();
        let formula = self.computed(index, Variable::Annual(account_type));
        page.formula(row, columns.annual, &formula, &annual, style(Kind::Fine))?;
        for column in [TERM, columns.list(), columns.payable()] {
            page.blank(row, column, style(Kind::Text))?;
        }
        Ok(())
    }

    /// The formula of a figure of an order.
    fn computed(&self, index: usize, variable: Variable) -> String {
        let dialect = Spreadsheet(|variable| self.cell_of(index, variable));
        self.formula.step(variable).map_or_else(String::new, |step| format!("={}", step.print(&dialect)))
    }

    /// The cell of an order's figure, or of the rate card's number.
    fn cell_of(&self, index: usize, variable: Variable) -> String {
        let columns = self.item_columns();
        let own = |account_type, column| row_col_to_cell(type_row(index, account_type), column);
        let tier_column = |tier| FIRST_TIER + ColNum::try_from(tier).unwrap_or(0);
        match variable {
            Variable::Accounts(account_type) => own(account_type, ACCOUNTS),
            Variable::Before(account_type) => own(account_type, HELD),
            Variable::InTier(account_type, tier) => own(account_type, tier_column(tier)),
            Variable::Price(account_type, tier) if tier < self.basis.card.tiers.len() => {
                row_col_to_cell_row_absolute(price_row(account_type), tier_column(tier))
            }
            Variable::Price(account_type, _) => own(account_type, columns.negotiated_price()),
            Variable::Unpriced(account_type) => own(account_type, columns.unpriced()),
            Variable::Annual(account_type) => own(account_type, columns.annual),
            Variable::AnnualSum => row_col_to_cell(sum_row(index), columns.annual),
            Variable::TermDays => row_col_to_cell(sum_row(index), TERM),
            Variable::ListPrice => row_col_to_cell(sum_row(index), columns.list()),
            Variable::Held(account_type) => self.held(index, account_type),
            // Renewals have no held accounts on the sheet of orders.
            Variable::Renewal => "0".to_owned(),
            Variable::Months => self.of_order(index, orders::MONTHS),
            Variable::Days => self.of_order(index, orders::DAYS),
            Variable::TierFrom(tier) => self.tier_from(tier),
            Variable::TierTo(tier) => self.tier_to(tier).unwrap_or_default(),
            Variable::DaysPerMonth => self.rule(Rule::DaysPerMonth),
            Variable::DaysPerYear => self.rule(Rule::DaysPerYear),
        }
    }

    fn write_order_sum(
        &self,
        page: &mut SheetWriter,
        index: usize,
        order: &OrderQuote,
    ) -> Result<(), XlsxError> {
        let columns = self.item_columns();
        let row = sum_row(index);
        let styles = &self.book.styles;
        let style = |kind| styles.of(kind, Role::Total);
        let word = self.book.catalog.word("xlsx-order-sum");
        self.write_item_head(page, row, index, order, &word, Role::Total)?;
        let status = format!("={}", self.of_order(index, orders::STATUS));
        page.formula(row, STATUS, &status, self.words.status(order.status), style(Kind::Word))?;
        page.formula(
            row,
            TERM,
            &self.computed(index, Variable::TermDays),
            &order.days.to_string(),
            style(Kind::Count),
        )?;
        for column in HELD..columns.annual {
            page.blank(row, column, style(Kind::Text))?;
        }
        let sum = |column| {
            let [basic, interop] =
                AccountType::ALL.map(|kind| row_col_to_cell(type_row(index, kind), column));
            format!("{basic}+{interop}")
        };
        let accounts: u64 = order.lines.iter().map(Line::count).sum();
        page.formula(
            row,
            ACCOUNTS,
            &format!("={}", sum(ACCOUNTS)),
            &accounts.to_string(),
            style(Kind::Count),
        )?;
        if self.negotiates() {
            let unpriced = u64::from(order.unpriced.basic) + u64::from(order.unpriced.interop);
            let formula = format!("={}", sum(columns.unpriced()));
            page.formula(row, columns.unpriced(), &formula, &unpriced.to_string(), style(Kind::Tier))?;
        }
        let annual = order.priced_annual_sum().unwrap_or_default().to_string();
        let formula = self.computed(index, Variable::AnnualSum);
        page.formula(row, columns.annual, &formula, &annual, style(Kind::Fine))?;
        let list = self.computed(index, Variable::ListPrice);
        page.formula(row, columns.list(), &list, &order.priced.to_string(), style(Kind::Money))?;
        let charging = self.of_order(index, orders::CHARGING);
        let list = row_col_to_cell(row, columns.list());
        let [charged, free @ ..] = self.words.chargings().map(|word| format!("{charging}={}", quoted(word)));
        let open = quoted(&self.words.open);
        let payable = format!("=IF({charged},{list},IF(OR({}),0,{open}))", free.join(","));
        page.formula(
            row,
            columns.payable(),
            &payable,
            &order.priced_payable().to_string(),
            style(Kind::Money),
        )
    }

    fn write_item_head(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        index: usize,
        order: &OrderQuote,
        account: &str,
        role: Role,
    ) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        page.number(row, NUMBER, &(index + 1).to_string(), styles.of(Kind::Ordinal, role))?;
        self.write_party(page, row, CODE, &order.payer, role)?;
        page.blank(row, STATUS, styles.of(Kind::Text, role))?;
        page.text(row, ACCOUNT, account, styles.of(Kind::Text, role))
    }
}

/// Where the columns after the tiers are.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemColumns {
    after_tiers: ColNum,
    annual: ColNum,
}

impl ItemColumns {
    /// Accounts without a list price; only there, like the next two, where the card has such accounts.
    fn negotiated(self) -> ColNum {
        self.after_tiers
    }

    fn negotiated_price(self) -> ColNum {
        self.after_tiers + 1
    }

    /// Of the accounts without a list price, those without any.
    pub(super) fn unpriced(self) -> ColNum {
        self.after_tiers + 2
    }

    pub(super) fn annual(self) -> ColNum {
        self.annual
    }

    pub(super) fn list(self) -> ColNum {
        self.annual + 1
    }

    pub(super) fn payable(self) -> ColNum {
        self.annual + 2
    }

    pub(super) fn status(self) -> ColNum {
        STATUS
    }

    pub(super) fn account(self) -> ColNum {
        ACCOUNT
    }

    pub(super) fn term(self) -> ColNum {
        TERM
    }
}

fn type_row(index: usize, account_type: AccountType) -> RowNum {
    first_row(index) + if account_type == AccountType::Basic { 0 } else { 1 }
}

fn sum_row(index: usize) -> RowNum {
    first_row(index) + ROWS_OF_ORDER - 1
}

fn first_row(index: usize) -> RowNum {
    FIRST_ROW + RowNum::try_from(index).unwrap_or(0) * ROWS_OF_ORDER
}

/// The row of the tiers' prices.
fn price_row(account_type: AccountType) -> RowNum {
    PRICE_ROWS + if account_type == AccountType::Basic { 0 } else { 1 }
}

/// A cell in a row that stays the same when the formula is copied.
fn row_col_to_cell_row_absolute(row: RowNum, column: ColNum) -> String {
    format!("{}${}", column_number_to_name(column), row + 1)
}
