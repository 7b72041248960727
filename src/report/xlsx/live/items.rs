//! How each order is computed: its accounts spread over the tiers, what a year of them costs, and the price of
//! the term.
//!
//! A spreadsheet would round `annual × days / year` after it has met binary fractions, and a tie could fall on
//! either side. So the annual amount `a` is taken in ten-thousandths of a yuan, and with `d = 100 × year` the fen
//! are `⌊a/d⌋ × days + ⌊((a mod d) × days + d/2) / d⌋`: whole numbers throughout, and small ones wherever
//! something is divided, so that every step is exact up to annual amounts of some ten thousand million yuan.

mod header;

use rust_xlsxwriter::utility::{cell_range, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::card::Rule;
use super::{FormulaWorkbook, at, orders, quoted};
use crate::account::{AccountType, Term};
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
        for (tier, column) in (0..self.basis.card.tiers.len()).zip(FIRST_TIER..) {
            let count = lines().find(|line| line.tier == Some(tier)).map_or(0, |line| line.count());
            let formula = self.accounts_in_tier(row, tier);
            page.formula(row, column, &formula, &count.to_string(), style(Kind::Tier))?;
        }
        if self.negotiates() {
            self.write_negotiated(page, index, order, account_type)?;
        }
        let annual = order.priced_annual.get(account_type).to_string();
        page.formula(row, columns.annual, &self.annual(row, account_type), &annual, style(Kind::Fine))?;
        for column in [TERM, columns.list(), columns.payable()] {
            page.blank(row, column, style(Kind::Text))?;
        }
        Ok(())
    }

    /// Of the accounts from the held ones' end on, those between the tier's edges.
    fn accounts_in_tier(&self, row: RowNum, tier: usize) -> String {
        let held = row_col_to_cell(row, HELD);
        let last = format!("{held}+{}", row_col_to_cell(row, ACCOUNTS));
        let last = match self.tier_to(tier) {
            Some(to) => format!("MIN({to},{last})"),
            None => last,
        };
        format!("=MAX(0,{last}-MAX({}-1,{held}))", self.tier_from(tier))
    }

    fn write_negotiated(
        &self,
        page: &mut SheetWriter,
        index: usize,
        order: &OrderQuote,
        account_type: AccountType,
    ) -> Result<(), XlsxError> {
        let style = |kind| self.book.styles.of(kind, Role::Plain);
        let columns = self.item_columns();
        let row = type_row(index, account_type);
        let count = order.negotiated.get(account_type).to_string();
        let formula = self.accounts_in_tier(row, self.basis.card.tiers.len());
        page.formula(row, columns.negotiated(), &formula, &count, style(Kind::Tier))?;
        let price = self.negotiated_price(index, account_type);
        let formula = format!("=IF(ISNUMBER({price}),{price},{})", quoted("–"));
        let known = order.negotiated_price.get(account_type);
        let shown = known.map_or_else(|| "–".to_owned(), |price| price.to_string());
        page.formula(row, columns.negotiated_price(), &formula, &shown, style(Kind::Price))?;
        let price = row_col_to_cell(row, columns.negotiated_price());
        let negotiated = row_col_to_cell(row, columns.negotiated());
        let listed = self.listed_cells(row, account_type);
        let formula = format!(
            "=IF(ISNUMBER({price}),0,{negotiated})+SUMPRODUCT({}*NOT(ISNUMBER({})))",
            listed.counts, listed.prices
        );
        let unpriced = order.unpriced.get(account_type).to_string();
        page.formula(row, columns.unpriced(), &formula, &unpriced, style(Kind::Tier))
    }

    /// What a year of the accounts that have a price costs.
    fn annual(&self, row: RowNum, account_type: AccountType) -> String {
        let columns = self.item_columns();
        let Listed { counts, prices } = self.listed_cells(row, account_type);
        let listed = format!("SUMPRODUCT({counts},{prices})");
        if !self.negotiates() {
            return format!("=ROUND({listed},4)");
        }
        let negotiated = row_col_to_cell(row, columns.negotiated());
        let price = row_col_to_cell(row, columns.negotiated_price());
        format!("=ROUND({listed}+{negotiated}*N({price}),4)")
    }

    /// The accounts of a type in the tiers that have a list price.
    fn listed_cells(&self, row: RowNum, account_type: AccountType) -> Listed {
        let last = self.item_columns().after_tiers - 1;
        let prices = match account_type {
            AccountType::Basic => PRICE_ROWS,
            AccountType::Interop => PRICE_ROWS + 1,
        } + 1;
        let (from, to) = (column_name(FIRST_TIER), column_name(last));
        Listed {
            counts: cell_range(row, FIRST_TIER, row, last),
            prices: format!("{from}${prices}:{to}${prices}"),
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
        page.formula(row, TERM, &self.term_days(index), &order.days.to_string(), style(Kind::Count))?;
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
        let formula = format!("=ROUND({},4)", sum(columns.annual));
        page.formula(row, columns.annual, &formula, &annual, style(Kind::Fine))?;
        let list = self.list_price(row);
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

    /// Twelve months are a year of the card, the others months of it (P6).
    fn term_days(&self, index: usize) -> String {
        let [months, days] = [orders::MONTHS, orders::DAYS].map(|column| self.of_order(index, column));
        let [year, month] = [Rule::DaysPerYear, Rule::DaysPerMonth].map(|rule| self.rule(rule));
        let twelve = Term::MONTHS_PER_YEAR;
        format!("=INT({months}/{twelve})*{year}+MOD({months},{twelve})*{month}+{days}")
    }

    /// The price of the term in yuan, rounded once, to the fen, a half up (P10).
    fn list_price(&self, row: RowNum) -> String {
        let year = self.rule(Rule::DaysPerYear);
        let days = row_col_to_cell(row, TERM);
        let annual = format!("ROUND({}*10000,0)", row_col_to_cell(row, self.item_columns().annual));
        let divisor = format!("(100*{year})");
        format!(
            "=(QUOTIENT({annual},{divisor})*{days}\
             +QUOTIENT(MOD({annual},{divisor})*{days}+50*{year},{divisor}))/100"
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

/// The cells of one row of accounts by tier, and those of the prices above them.
struct Listed {
    counts: String,
    prices: String,
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

fn column_name(column: ColNum) -> String {
    rust_xlsxwriter::utility::column_number_to_name(column)
}
