//! The sheet of items: for each order and account type the accounts spread over the tiers, and what a year of
//! them costs, all printed from the rate card's [`PriceFormula`](crate::formula::PriceFormula).

mod header;

use rust_xlsxwriter::utility::{cell_range, column_number_to_name, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::columns::Column;
use super::formula_workbook::{FormulaWorkbook, at};
use super::orders::of_type;
use super::rate_card::Rule;
use super::row::RowWriter;
use super::sheet::SheetWriter;
use super::style::{Kind, Role};
use super::words::quoted;
use super::{Book, Written};
use crate::account::AccountType;
use crate::formula::{Spreadsheet, Variable};
use crate::pricing::{Line, OrderQuote};
use crate::rates::Rounding;

const HEADER_ROW: RowNum = 3;
const PRICE_ROWS: RowNum = HEADER_ROW + 1;
const FIRST_ROW: RowNum = PRICE_ROWS + 2;
/// One for each account type.
const ROWS_OF_ORDER: RowNum = 2;

const CODE: ColNum = 1;
const ACCOUNT: ColNum = 3;
const HELD: ColNum = 4;
const ACCOUNTS: ColNum = 5;
const FIRST_TIER: ColNum = 6;

impl FormulaWorkbook<'_> {
    /// Writes the accounts of all orders by type and tier, and their annual amount.
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
        }
        let last = FIRST_ROW + RowNum::try_from(self.basis.orders.len()).unwrap_or(0) * ROWS_OF_ORDER - 1;
        let bought = format!("${}{}", column_number_to_name(ACCOUNTS), FIRST_ROW + 1);
        sheet.fade_if(&format!("{bought}=0"), (FIRST_ROW, last), self.item_columns().annual)?;
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

    /// Returns the columns of the sheet of items; those after the tiers depend on how many there are.
    fn item_columns(&self) -> ItemColumns {
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
        let held = order.start.get(account_type);
        cells.formula(
            HELD,
            Kind::Tier,
            &self.of_order(index, of_type(Column::HeldBasic, account_type)),
            held,
        )?;
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
            let price = self.negotiated_cell(index, account_type);
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

    /// Returns the formula of a figure of an order: those by type for this sheet, the others for that of the
    /// orders.
    pub(super) fn computed(&self, index: usize, variable: Variable) -> String {
        match self.is_fixed(index) {
            true => self.fixed(index, variable).unwrap_or_else(|| self.live(index, variable)),
            false => self.live(index, variable),
        }
    }

    /// Returns the formula of a figure of an order that formulas compute.
    pub(super) fn live(&self, index: usize, variable: Variable) -> String {
        let dialect = Spreadsheet(|other| self.cell_of(index, other, is_by_type(variable)));
        let renews = self.basis.orders.get(index).is_some_and(|order| order.renewal);
        let step = self.formula.step(variable).cloned();
        step.map(|step| step.given(Variable::Renewal, !renews).print(&dialect)).unwrap_or_default()
    }

    /// Returns the cell of a figure of an order, or of a number of the rate card, for a formula that stands among the
    /// items or among the orders.
    fn cell_of(&self, index: usize, variable: Variable, among_items: bool) -> String {
        let columns = self.item_columns();
        let own = |account_type, column| match among_items {
            true => row_col_to_cell(type_row(index, account_type), column),
            false => at(&self.items, type_row(index, account_type), column),
        };
        match variable {
            Variable::Accounts(account_type) => own(account_type, ACCOUNTS),
            Variable::Before(account_type) => own(account_type, HELD),
            Variable::InTier(account_type, tier) => own(account_type, self.tier_column(tier)),
            Variable::Price(account_type, tier) if tier < self.basis.card.tiers.len() => {
                let column = column_number_to_name(self.tier_column(tier));
                let price = format!("{column}${}", price_row(account_type) + 1);
                if among_items { price } else { format!("{}!{price}", quote_sheet_name(&self.items)) }
            }
            Variable::Price(account_type, _) => own(account_type, columns.negotiated_price()),
            Variable::Unpriced(account_type) => own(account_type, columns.unpriced()),
            Variable::Annual(account_type) => self.item_annual(index, account_type),
            Variable::AnnualSum => self.own(index, Column::Annual),
            Variable::TermDays => self.own(index, Column::Term),
            Variable::ListPrice => self.own(index, Column::PricedList),
            // The table of orders has the accounts that come first, whichever they are.
            Variable::Held(account_type) => self.of_order(index, of_type(Column::HeldBasic, account_type)),
            Variable::HeldEqual(_) | Variable::Unactivated(_) => "0".to_owned(),
            Variable::Renewal => {
                u8::from(self.basis.orders.get(index).is_some_and(|order| order.renewal)).to_string()
            }
            Variable::Months => self.own(index, Column::Months),
            Variable::Days => self.own(index, Column::Days),
            Variable::TierFrom(tier) => self.tier_from(tier),
            Variable::TierTo(tier) => self.tier_to(tier),
            Variable::DaysPerMonth => self.rule(Rule::DaysPerMonth),
            Variable::DaysPerYear => self.rule(Rule::DaysPerYear),
            Variable::ByDaysDivisor => self.rule(Rule::ByDaysDivisor),
        }
    }
}

/// Returns true for a figure of an account type, which stands among the items; the others stand with the order.
fn is_by_type(variable: Variable) -> bool {
    matches!(variable, Variable::InTier(..) | Variable::Unpriced(_) | Variable::Annual(_))
}

/// The columns after the tiers.
#[derive(Debug, Clone, Copy)]
struct ItemColumns {
    annual: ColNum,
}

impl ItemColumns {
    /// Returns the price of the negotiated accounts; only there, like the next, where the card has such
    /// accounts.
    fn negotiated_price(self) -> ColNum {
        self.annual - 2
    }

    /// Returns the accounts without a price.
    fn unpriced(self) -> ColNum {
        self.annual - 1
    }
}

fn type_row(index: usize, account_type: AccountType) -> RowNum {
    first_row(index) + offset(account_type)
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
