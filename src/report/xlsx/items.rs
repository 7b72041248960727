//! The sheet of items: for each order its accounts spread over the tiers, what a year of them costs, and the
//! price of the term, all printed from the rate card's [`PriceFormula`](crate::formula::PriceFormula).

mod header;

use rust_xlsxwriter::utility::{cell_range, column_number_to_name, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::formula_workbook::{FormulaWorkbook, at, down};
use super::rate_card::Rule;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::words::quoted;
use super::{Book, Written, orders};
use crate::account::AccountType;
use crate::formula::{Spreadsheet, Variable};
use crate::pricing::{Line, OrderQuote};
use crate::rates::Rounding;

const HEADER_ROW: RowNum = 3;
const PRICE_ROWS: RowNum = HEADER_ROW + 1;
const FIRST_ROW: RowNum = PRICE_ROWS + 2;
/// One for each account type, and one for the order.
const ROWS_OF_ORDER: RowNum = 3;

const CODE: ColNum = 1;
pub(super) const STATUS: ColNum = 3;
pub(super) const ACCOUNT: ColNum = 4;
pub(super) const TERM: ColNum = 5;
const HELD: ColNum = 6;
const ACCOUNTS: ColNum = 7;
const FIRST_TIER: ColNum = 8;

impl FormulaWorkbook<'_> {
    /// Writes all orders, each with its accounts by type and tier, its annual amount and its price.
    pub(super) fn items_sheet<'b>(&self, book: &'b Book<'b>) -> Written<SheetWriter<'b>> {
        let mut sheet = SheetWriter::new(book, &self.items)?;
        sheet.hint(1, self.items_hint())?;
        sheet.spread(ACCOUNT)?;
        self.write_items_header(&mut sheet)?;
        for (index, order) in self.basis.orders.iter().enumerate() {
            for account_type in AccountType::ALL {
                let cells = sheet.row(type_row(index, account_type), Role::Plain);
                self.write_type(cells, index, order, account_type)?;
            }
            self.write_order_sum(sheet.row(sum_row(index), Role::Total), index, order)?;
        }
        Ok(sheet)
    }

    /// Returns the id of the hint: how the price is rounded, or that some orders are not computed.
    fn items_hint(&self) -> &'static str {
        let is_usual = self.basis.card.rules.rounding == Rounding::default();
        match (self.has_fixed(), is_usual) {
            (true, _) => "xlsx-hint-items-fixed",
            (false, true) => "xlsx-hint-items",
            (false, false) => "xlsx-hint-items-rounded",
        }
    }

    /// Returns the accounts of a type of an order, as the sheet of items has them.
    pub(super) fn item_accounts(&self, index: usize, account_type: AccountType) -> String {
        at(&self.items, type_row(index, account_type), ACCOUNTS)
    }

    /// Returns the price of a year for the accounts of a type of an order, as far as they have a price.
    pub(super) fn item_annual(&self, index: usize, account_type: AccountType) -> String {
        at(&self.items, type_row(index, account_type), self.item_columns().annual)
    }

    /// Returns the accounts of a type of an order that have no price.
    pub(super) fn item_unpriced(&self, index: usize, account_type: AccountType) -> String {
        at(&self.items, type_row(index, account_type), self.item_columns().unpriced())
    }

    /// Returns the accounts of an order over all tiers.
    pub(super) fn item_tiers(&self, index: usize) -> String {
        let [first, last] = AccountType::ALL.map(|account_type| type_row(index, account_type));
        let last_tier = self.tier_column(self.tier_count() - 1);
        format!("SUM({}!{})", quote_sheet_name(&self.items), cell_range(first, FIRST_TIER, last, last_tier))
    }

    /// Returns a cell of a whole order on the sheet of items.
    pub(super) fn order_sum(&self, index: usize, column: ColNum) -> String {
        at(&self.items, sum_row(index), column)
    }

    /// Returns a column of the sheet of items, over all orders.
    pub(super) fn all_items(&self, column: ColNum) -> String {
        down(&self.items, column, FIRST_ROW, sum_row(self.basis.orders.len().saturating_sub(1)))
    }

    /// Returns the columns of the sheet of items; those after the tiers depend on how many there are.
    pub(super) fn item_columns(&self) -> ItemColumns {
        let after_tiers = self.tier_column(self.tier_count());
        ItemColumns { annual: if self.negotiates() { after_tiers + 2 } else { after_tiers } }
    }

    /// Returns the tiers, with that of the negotiated accounts.
    fn tier_count(&self) -> usize {
        self.basis.card.tiers.len() + usize::from(self.negotiates())
    }

    fn tier_column(&self, tier: usize) -> ColNum {
        FIRST_TIER + ColNum::try_from(tier).unwrap_or(0)
    }

    fn write_type(
        &self,
        mut cells: RowWriter<'_, '_>,
        index: usize,
        order: &OrderQuote,
        account_type: AccountType,
    ) -> Written {
        let columns = self.item_columns();
        let computed = |variable| self.computed(index, variable);
        self.write_head(&mut cells, index, CODE, &order.payer)?;
        cells.text(ACCOUNT, &self.type_word(account_type))?;
        cells.blanks(Kind::Text, [STATUS, TERM, columns.list(), columns.payable()])?;
        let held = order.start.get(account_type);
        cells.formula(HELD, Kind::Tier, &self.held(index, account_type), held)?;
        let lines = || order.lines.iter().filter(|line| line.account_type == account_type);
        let accounts: u64 = lines().map(Line::count).sum();
        cells.formula(ACCOUNTS, Kind::Count, &self.bought(index, account_type), accounts)?;
        for tier in 0..self.tier_count() {
            let own = (tier < self.basis.card.tiers.len()).then_some(tier);
            let count: u64 = lines().filter(|line| line.tier == own).map(Line::count).sum();
            let formula = computed(Variable::InTier(account_type, tier));
            cells.formula(self.tier_column(tier), Kind::Tier, &formula, count)?;
        }
        if self.negotiates() {
            let price = self.negotiated_price(index, account_type);
            let formula = format!("IF(ISNUMBER({price}),{price},{})", quoted("–"));
            let known = order.negotiated_price.get(account_type);
            let shown = known.map_or_else(|| "–".to_owned(), |price| price.to_string());
            cells.formula(columns.negotiated_price(), Kind::Price, &formula, shown)?;
            let unpriced = computed(Variable::Unpriced(account_type));
            cells.formula(columns.unpriced(), Kind::Tier, &unpriced, order.unpriced.get(account_type))?;
        }
        let annual = order.priced_annual.get(account_type);
        cells.formula(columns.annual, Kind::Fine, &computed(Variable::Annual(account_type)), annual)
    }

    fn write_order_sum(&self, mut cells: RowWriter<'_, '_>, index: usize, order: &OrderQuote) -> Written {
        let columns = self.item_columns();
        let computed = |variable| self.computed(index, variable);
        self.write_head(&mut cells, index, CODE, &order.payer)?;
        cells.text(ACCOUNT, &self.book.word("xlsx-order-sum"))?;
        let status = self.words.status(order.status);
        cells.formula(STATUS, Kind::Word, &self.status_of(index), status)?;
        cells.formula(TERM, Kind::Count, &computed(Variable::TermDays), order.days)?;
        cells.blanks(Kind::Text, HELD..columns.annual)?;
        let sum = |column| {
            let [basic, interop] =
                AccountType::ALL.map(|kind| row_col_to_cell(type_row(index, kind), column));
            format!("{basic}+{interop}")
        };
        let accounts: u64 = order.lines.iter().map(Line::count).sum();
        cells.formula(ACCOUNTS, Kind::Count, &sum(ACCOUNTS), accounts)?;
        if self.negotiates() {
            let unpriced = u64::from(order.unpriced.basic) + u64::from(order.unpriced.interop);
            let formula = match self.is_fixed(index) {
                true => self.fixed_unpriced(index, unpriced),
                false => sum(columns.unpriced()),
            };
            cells.formula(columns.unpriced(), Kind::Tier, &formula, unpriced)?;
        }
        let annual = order.priced_annual_sum().unwrap_or_default();
        cells.formula(columns.annual, Kind::Fine, &computed(Variable::AnnualSum), annual)?;
        cells.formula(columns.list(), Kind::Money, &computed(Variable::ListPrice), order.priced)?;
        let charging = self.of_order(index, orders::CHARGING);
        let list = row_col_to_cell(sum_row(index), columns.list());
        let [charged, free @ ..] = self.words.chargings().map(|word| format!("{charging}={}", quoted(word)));
        let open = quoted(&self.words.open);
        let payable = format!("IF({charged},{list},IF(OR({}),0,{open}))", free.join(","));
        cells.formula(columns.payable(), Kind::Money, &payable, order.priced_payable())
    }

    /// Returns the formula of a figure of an order.
    fn computed(&self, index: usize, variable: Variable) -> String {
        match self.is_fixed(index) {
            true => self.fixed(index, variable).unwrap_or_else(|| self.live(index, variable)),
            false => self.live(index, variable),
        }
    }

    /// Returns the formula of a figure of an order that formulas compute.
    pub(super) fn live(&self, index: usize, variable: Variable) -> String {
        let dialect = Spreadsheet(|variable| self.cell_of(index, variable));
        let renews = self.basis.orders.get(index).is_some_and(|order| order.renewal);
        let step = self.formula.step(variable).cloned();
        step.map(|step| step.given(Variable::Renewal, !renews).print(&dialect)).unwrap_or_default()
    }

    /// Returns the cell of a figure of an order, or of a number of the rate card.
    fn cell_of(&self, index: usize, variable: Variable) -> String {
        let columns = self.item_columns();
        let own = |account_type, column| row_col_to_cell(type_row(index, account_type), column);
        let whole = |column| row_col_to_cell(sum_row(index), column);
        match variable {
            Variable::Accounts(account_type) => own(account_type, ACCOUNTS),
            Variable::Before(account_type) => own(account_type, HELD),
            Variable::InTier(account_type, tier) => own(account_type, self.tier_column(tier)),
            Variable::Price(account_type, tier) if tier < self.basis.card.tiers.len() => {
                let column = column_number_to_name(self.tier_column(tier));
                format!("{column}${}", price_row(account_type) + 1)
            }
            Variable::Price(account_type, _) => own(account_type, columns.negotiated_price()),
            Variable::Unpriced(account_type) => own(account_type, columns.unpriced()),
            Variable::Annual(account_type) => own(account_type, columns.annual),
            Variable::AnnualSum => whole(columns.annual),
            Variable::TermDays => whole(TERM),
            Variable::ListPrice => whole(columns.list()),
            // The sheet of orders has the accounts that come first, whichever they are.
            Variable::Held(account_type) => self.held(index, account_type),
            Variable::HeldEqual(_) | Variable::Unactivated(_) => "0".to_owned(),
            Variable::Renewal => {
                u8::from(self.basis.orders.get(index).is_some_and(|order| order.renewal)).to_string()
            }
            Variable::Months => self.of_order(index, orders::MONTHS),
            Variable::Days => self.of_order(index, orders::DAYS),
            Variable::TierFrom(tier) => self.tier_from(tier),
            Variable::TierTo(tier) => self.tier_to(tier),
            Variable::DaysPerMonth => self.rule(Rule::DaysPerMonth),
            Variable::DaysPerYear => self.rule(Rule::DaysPerYear),
            Variable::ByDaysDivisor => self.rule(Rule::ByDaysDivisor),
        }
    }
}

/// The columns after the tiers.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemColumns {
    pub(super) annual: ColNum,
}

impl ItemColumns {
    /// Returns the price of the negotiated accounts; only there, like the next, where the card has such
    /// accounts.
    fn negotiated_price(self) -> ColNum {
        self.annual - 2
    }

    /// Returns the accounts without a price.
    pub(super) fn unpriced(self) -> ColNum {
        self.annual - 1
    }

    pub(super) fn list(self) -> ColNum {
        self.annual + 1
    }

    pub(super) fn payable(self) -> ColNum {
        self.annual + 2
    }
}

fn type_row(index: usize, account_type: AccountType) -> RowNum {
    first_row(index) + offset(account_type)
}

fn sum_row(index: usize) -> RowNum {
    first_row(index) + ROWS_OF_ORDER - 1
}

fn first_row(index: usize) -> RowNum {
    FIRST_ROW + RowNum::try_from(index).unwrap_or(0) * ROWS_OF_ORDER
}

/// Returns the row of the tiers' prices.
fn price_row(account_type: AccountType) -> RowNum {
    PRICE_ROWS + offset(account_type)
}

fn offset(account_type: AccountType) -> RowNum {
    RowNum::from(account_type != AccountType::Basic)
}
