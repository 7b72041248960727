//! The cells of the users on the first sheet, and the formulas over them: how many accounts an order buys, and what
//! cannot be followed. Read [`UserCells`] first.

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::{cell_range_absolute, quote_sheet_name, row_col_to_cell};
use rust_xlsxwriter::{ColNum, RowNum};

use super::columns::Column;
use super::formula_workbook::{FormulaWorkbook, at};
use super::orders::{day, of_type};
use super::rate_card::Rule;
use super::remark::NO_REMARK;
use super::words::quoted;
use crate::account::{AccountType, PerType};
use crate::planning::schedule::projection::{Bought, CheckKind, Count, UserDefault};
use crate::report::UserInputs;

/// A column of the users.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UserColumn {
    School,
    Code,
    Status,
    From,
    Cause,
    Basic,
    Interop,
    Months,
    Days,
    NegotiatedBasic,
    NegotiatedInterop,
    Remark,
    /// The users as they grew, before they are rounded up.
    GrownBasic,
    GrownInterop,
}

/// The columns from left to right; those after the remark are hidden.
const COLUMNS: [UserColumn; 14] = [
    UserColumn::School,
    UserColumn::Code,
    UserColumn::Status,
    UserColumn::From,
    UserColumn::Cause,
    UserColumn::Basic,
    UserColumn::Interop,
    UserColumn::Months,
    UserColumn::Days,
    UserColumn::NegotiatedBasic,
    UserColumn::NegotiatedInterop,
    UserColumn::Remark,
    UserColumn::GrownBasic,
    UserColumn::GrownInterop,
];

/// Where the users stand on the first sheet.
#[derive(Debug, Clone)]
pub(super) struct UserCells {
    pub(super) sheet: String,
    /// The row of the plan's date; that of the growth is the next.
    pub(super) date_row: RowNum,
    /// The row of the first users.
    pub(super) first_row: RowNum,
    rows: RowNum,
}

/// The name of the cell that counts what cannot be followed.
pub(super) const UNFOLLOWED: &str = "unfollowed";
/// The name of the cell that is true if the prices are not those of the schedule.
pub(super) const OTHER_PRICES: &str = "other_prices";
/// The name of the cell of the growth.
pub(super) const GROWTH: &str = "user_growth";

/// The column of the remarks on the date and the growth.
pub(super) const PARAMETER_REMARK: ColNum = 2;

impl UserCells {
    /// Places the users on a sheet from a row on.
    pub(super) fn new(sheet: String, top: RowNum, users: &UserInputs) -> UserCells {
        let rows = RowNum::try_from(users.rows.len()).unwrap_or(RowNum::MAX / 2);
        // The title of the inputs, the date, the growth, a free row, and the titles of the columns.
        UserCells { sheet, date_row: top + 1, first_row: top + 5, rows }
    }

    pub(super) fn growth_row(&self) -> RowNum {
        self.date_row + 1
    }

    pub(super) fn header_row(&self) -> RowNum {
        self.first_row - 1
    }

    pub(super) fn last_row(&self) -> RowNum {
        self.first_row + self.rows.saturating_sub(1)
    }

    /// Returns the column of the sheet.
    pub(super) fn column(column: UserColumn) -> ColNum {
        let index = COLUMNS.iter().position(|other| *other == column).unwrap_or(0);
        ColNum::try_from(index).unwrap_or(0)
    }

    /// Returns the row of users by their index.
    pub(super) fn row(&self, index: usize) -> RowNum {
        self.first_row + RowNum::try_from(index).unwrap_or(0)
    }

    /// Returns a cell for formulas of the same sheet.
    pub(super) fn own(&self, index: usize, column: UserColumn) -> String {
        row_col_to_cell(self.row(index), UserCells::column(column))
    }

    /// Returns a cell for formulas of other sheets.
    pub(super) fn cell(&self, index: usize, column: UserColumn) -> String {
        at(&self.sheet, self.row(index), UserCells::column(column))
    }

    /// Returns the remarks of a column, from one row to another.
    fn remarks(&self, column: ColNum, first: RowNum, last: RowNum) -> String {
        format!("{}!{}", quote_sheet_name(&self.sheet), cell_range_absolute(first, column, last, column))
    }
}

/// Returns the column of a type, of a pair of columns.
pub(super) fn of_user_type(basic: UserColumn, account_type: AccountType) -> UserColumn {
    match (basic, account_type) {
        (basic, AccountType::Basic) => basic,
        (UserColumn::Basic, AccountType::Interop) => UserColumn::Interop,
        (UserColumn::GrownBasic, AccountType::Interop) => UserColumn::GrownInterop,
        (UserColumn::NegotiatedBasic, AccountType::Interop) => UserColumn::NegotiatedInterop,
        (other, AccountType::Interop) => other,
    }
}

/// The sheet that a formula stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Users,
    Orders,
}

impl FormulaWorkbook<'_> {
    /// Returns the users and their cells; `None` if the orders do not follow from users.
    pub(super) fn users(&self) -> Option<(&UserInputs, &UserCells)> {
        self.basis.users.as_ref().zip(self.user_cells.as_ref())
    }

    /// Returns a formula of accounts for a sheet.
    pub(super) fn print(&self, count: &Count, on: On) -> String {
        let each = |count: &Count| self.print(count, on);
        match count {
            Count::Number(number) => number.to_string(),
            Count::Users(row, account_type) => number_in(&self.user_cell(*row, *account_type, on)),
            Count::Bought(bought) => self.bought_cell(*bought, on),
            Count::Sum(counts) => counts.iter().map(each).collect::<Vec<_>>().join("+"),
            Count::Less(a, b) => match b.as_ref() {
                Count::Sum(_) => format!("MAX(0,{}-({}))", each(a), each(b)),
                _ => format!("MAX(0,{}-{})", each(a), each(b)),
            },
            Count::Least(a, b) => format!("MIN({},{})", each(a), each(b)),
        }
    }

    fn user_cell(&self, row: usize, account_type: AccountType, on: On) -> String {
        let column = of_user_type(UserColumn::Basic, account_type);
        self.user_cells.as_ref().map_or_else(String::new, |cells| match on {
            On::Users => cells.own(row, column),
            On::Orders => cells.cell(row, column),
        })
    }

    fn bought_cell(&self, bought: Bought, on: On) -> String {
        let column = of_type(Column::Basic, bought.account_type);
        match on {
            On::Users => self.bought_for(bought.order, bought.member, bought.account_type),
            On::Orders => {
                row_col_to_cell(self.member_row(bought.order, bought.member), self.columns.at(column))
            }
        }
    }

    /// Returns the cell of the negotiated price of an order, for formulas of the sheet of items.
    pub(super) fn negotiated_cell(&self, index: usize, account_type: AccountType) -> String {
        match self.users() {
            Some((users, cells)) => {
                cells.cell(users.payers[index], of_user_type(UserColumn::NegotiatedBasic, account_type))
            }
            None => self.of_order(index, of_type(Column::NegotiatedBasic, account_type)),
        }
    }

    /// Returns the start of a condition that holds if something cannot be followed: empty without users.
    pub(super) fn or_unfollowed(&self) -> &'static str {
        if self.users().is_some() { "+unfollowed" } else { "" }
    }

    /// Returns the formula that counts what cannot be followed.
    pub(super) fn unfollowed(&self, cells: &UserCells) -> String {
        let other = quoted(&format!("<>{NO_REMARK}"));
        let [parameters, users] = [
            cells.remarks(PARAMETER_REMARK, cells.date_row, cells.growth_row()),
            cells.remarks(UserCells::column(UserColumn::Remark), cells.first_row, cells.last_row()),
        ]
        .map(|remarks| format!("COUNTIF({remarks},{other})"));
        format!("{parameters}+{users}")
    }

    /// Returns the remark on the plan's date as a formula: its days, and the lengths of months and terms, are those
    /// of the schedule.
    pub(super) fn date_remark(&self, users: &UserInputs, cells: &UserCells) -> String {
        let date = row_col_to_cell(cells.date_row, 1);
        let card = &self.basis.card;
        let rules: Vec<String> =
            Rule::all(card).map(|rule| format!("{}<>{}", self.rule(rule), rule.number(card))).collect();
        let (again, none) = (quoted(&self.book.word("xlsx-run-again")), quoted(NO_REMARK));
        format!("IF(OR({date}<>{},{}),{again},{none})", day(users.date), rules.join(","))
    }

    /// Returns the remark on the growth as a formula.
    pub(super) fn growth_remark(&self) -> String {
        let (wrong, none) = (quoted(&self.book.word("xlsx-growth-wrong")), quoted(NO_REMARK));
        format!("IF(ISNUMBER({GROWTH}),IF({GROWTH}>-1,{none},{wrong}),{wrong})")
    }

    /// Returns the condition that a price or an edge of the card is another than that of the schedule.
    pub(super) fn other_prices(&self) -> String {
        let mut cells = Vec::new();
        for (index, tier) in self.basis.card.tiers.iter().enumerate() {
            cells.extend(tier.to.map(|to| format!("{}<>{to}", self.tier_to(index))));
            for account_type in AccountType::ALL {
                let price = tier.price.get(account_type).price;
                cells.push(format!("{}<>{}", self.tier_price(index, account_type), price.shortest()));
            }
        }
        format!("OR({})", cells.join(","))
    }

    /// Returns the remark on a row of users as a formula: what keeps the orders from following.
    pub(super) fn user_remark(&self, users: &UserInputs, cells: &UserCells, index: usize) -> String {
        let input = &users.rows[index];
        let word = |id| quoted(&self.book.word(id));
        let again = word("xlsx-run-again");
        let counts = AccountType::ALL.map(|kind| self.user_cell(index, kind, On::Users));
        let [basic, interop] = &counts;
        let numbers = format!("AND(ISNUMBER({basic}),ISNUMBER({interop}))");
        let wrong = format!("OR(MIN({basic},{interop})<0,{basic}<>INT({basic}),{interop}<>INT({interop}))");
        let mut others = Vec::new();
        if input.row.locked {
            let fixed = counts.iter().zip(AccountType::ALL);
            others.extend(fixed.map(|(cell, kind)| format!("{cell}<>{}", input.row.users.get(kind))));
        }
        if input.row.fixed_growth {
            others.push(format!("{GROWTH}<>{}", users.growth.normalize()));
        }
        if let Some(payer) = input.member.as_ref().and_then(|member| member.payer.as_ref()) {
            let [months, days] =
                [UserColumn::Months, UserColumn::Days].map(|column| cells.own(index, column));
            others.push(format!("{months}<>{},{days}<>{}", payer.term.months, payer.term.days));
            if payer.depends_on_prices {
                others.push(OTHER_PRICES.to_owned());
            }
        }
        let mut remark = quoted(NO_REMARK);
        for check in input.row.checks.iter().rev() {
            let [less, more] = [&check.less, &check.more].map(|count| self.print(count, On::Users));
            match check.kind {
                CheckKind::SameOrder => others.push(format!("{less}>{more}")),
                CheckKind::Covered => {
                    let uncovered = word("xlsx-users-without-account");
                    remark = format!("IF({less}>{more},{uncovered}&({less}-({more})),{remark})");
                }
            }
        }
        if !others.is_empty() {
            remark = format!("IF(OR({}),{again},{remark})", others.join(","));
        }
        let no_count = word("xlsx-users-wrong");
        format!("IF({numbers},IF({wrong},{no_count},{remark}),{no_count})")
    }

    /// Returns the formula of users before they are rounded up: those of the row before, grown. Where nobody states
    /// others, they are carried exactly.
    pub(super) fn grown(
        &self,
        users: &UserInputs,
        cells: &UserCells,
        index: usize,
        kind: AccountType,
    ) -> Option<String> {
        let UserDefault::Grown { kept } = &users.rows[index].row.default else { return None };
        let before = index - 1;
        let carried = self.carried(users, cells, before, kind);
        Some(match kept.get(kind) {
            None => carried,
            Some(kept) => {
                // Users who have no more than the accounts that end are all kept.
                let own = Count::Users(before, kind);
                let kept = match kept {
                    Count::Least(users, expiring) if **users == own => expiring,
                    other => other,
                };
                let (kept, all) = (self.print(kept, On::Users), self.print(&own, On::Users));
                let growth = number_in(GROWTH);
                format!("ROUND({carried}+IF({kept}>={all},{carried},{kept})*{growth},8)")
            }
        })
    }

    fn carried(&self, users: &UserInputs, cells: &UserCells, index: usize, kind: AccountType) -> String {
        let shown = number_in(&self.user_cell(index, kind, On::Users));
        if users.rows[index].row.default == UserDefault::Stated {
            return shown;
        }
        let is_default = AccountType::ALL.map(|kind| {
            let grown = cells.own(index, of_user_type(UserColumn::GrownBasic, kind));
            format!("{}=ROUNDUP({grown},0)", self.user_cell(index, kind, On::Users))
        });
        let grown = cells.own(index, of_user_type(UserColumn::GrownBasic, kind));
        format!("IF(AND({}),{grown},{shown})", is_default.join(","))
    }

    /// Returns the result of a remark on rows that are as the schedule has them.
    pub(super) fn is_projected(&self) -> bool {
        self.basis.users.is_some()
    }

    /// Returns the formulas of the accounts that an order buys for a member; `None` without users.
    pub(super) fn member_counts(&self, index: usize, member: usize) -> Option<&PerType<Count>> {
        self.basis.users.as_ref()?.counts.get(index)?.get(member)
    }

    /// Returns the formulas of the accounts that come before an order; `None` without users.
    pub(super) fn held_counts(&self, index: usize) -> Option<&PerType<Count>> {
        self.basis.users.as_ref()?.held.get(index)
    }

    /// Returns the cell of the status of a member, for formulas of the table of orders; `None` if the table has it.
    pub(super) fn member_status(&self, index: usize, member: usize) -> Option<String> {
        let (users, cells) = self.users()?;
        let row = (*users.members.get(index)?.get(member)?)?;
        Some(cells.cell(row, UserColumn::Status))
    }
}

/// Returns the number in a cell in which anything may be typed: 0 for a text and for nothing, so that no error spreads
/// over the sheets; the remark says what is wrong. `N` of an empty cell is an error in some spreadsheets.
fn number_in(cell: &str) -> String {
    format!("SUM({cell})")
}

/// Returns the digits of a number of users that has decimals.
pub(super) fn digits(users: Decimal) -> String {
    users.normalize().to_string()
}
