//! The price as SQL: a rate card and the columns of a table in, a query or functions out. All arithmetic is in 64-bit
//! integers, so that it is exact in every database, and every printed number is the card's. Read [`PriceSql::query`] first.

mod dialect;
mod terms;

pub use dialect::SqlDialect;

use strum::{EnumString, IntoStaticStr, VariantArray};
use thiserror::Error;

use super::{Expr, PriceFormula, Variable};
use crate::account::{AccountType, PerType};
use crate::money::UnitPrice;
use crate::rates::{RateCard, RoundedPart};
use dialect::{FINE_DECIMALS, Printer};

/// A column that a table may have beside `basic` and `interop`, the accounts to buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum SqlColumn {
    /// Months of the term.
    Months,
    /// Days of the term beyond the months.
    Days,
    /// Basic accounts already active that outlast the term.
    HeldBasic,
    /// Interop accounts already active that outlast the term.
    HeldInterop,
    /// True, or a number that is not zero, for a renewal.
    Renewal,
    /// Primary and secondary industry: `教育/初等教育`.
    Industry,
    /// `none`, `verified` or `certified`.
    Certification,
    /// True, or a number that is not zero, if WeCom has accepted the proof.
    NonprofitProof,
    /// Pricing date.
    Date,
}

impl SqlColumn {
    /// Returns its name in the table.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// The reason why a rate card cannot be printed as SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SqlError {
    /// An order could cost more than the database's numbers hold.
    #[error("an order on this rate card can cost more than 18 digits hold")]
    TooLarge,
    /// The database has no functions written in SQL.
    #[error("{} has no functions written in SQL", dialect.as_str())]
    NoFunctions {
        /// The database.
        dialect: SqlDialect,
    },
}

/// The price of a rate card as SQL.
#[derive(Debug)]
pub struct PriceSql<'c> {
    card: &'c RateCard,
    dialect: SqlDialect,
    columns: &'c [SqlColumn],
    formula: PriceFormula,
    /// Decimals of the card's prices.
    decimals: u32,
}

impl<'c> PriceSql<'c> {
    /// Prepares a card for a database and a table with these columns.
    ///
    /// # Errors
    /// [`SqlError::TooLarge`].
    pub fn new(
        card: &'c RateCard,
        dialect: SqlDialect,
        columns: &'c [SqlColumn],
    ) -> Result<PriceSql<'c>, SqlError> {
        let prices = || card.tiers.iter().flat_map(|tier| [tier.price.basic.price, tier.price.interop.price]);
        let decimals = prices().map(decimals_of).max().unwrap_or(0);
        let dearest = prices().map(|price| u128::from(fine(price))).max().unwrap_or(0);
        let years =
            u128::from(card.term.most_days / card.term.days_per_year.min(card.rules.by_days_divisor) + 1);
        let most = dearest * u128::from(card.order.most_accounts_of_a_type) * 2 * years;
        let fits = most < 10_u128.pow(18);
        let sql = PriceSql { card, dialect, columns, formula: PriceFormula::new(card), decimals };
        if fits { Ok(sql) } else { Err(SqlError::TooLarge) }
    }

    /// Returns one `SELECT` that gives all columns of a table, then `basic_annual`, `interop_annual` and `list_price`, and with
    /// `waivers` also `waived` and `payable`: yuan, as exact decimals. It is usable as a subquery. What has no price is NULL: accounts
    /// beyond the list, and orders that cannot be placed.
    pub fn query(&self, table: &str, waivers: bool) -> String {
        let t = self.printer("t");
        let wx = self.printer("wx");
        let mut query = self.heading();
        if waivers {
            query += "SELECT\n  priced.*,\n";
            query += &self.waiver_columns();
            query += "FROM (\n";
        }
        query += "SELECT\n  wx.*,\n";
        query += &format!("  -- {}\n", self.term_comment());
        query += &format!("  {} AS list_price\nFROM (\n  SELECT\n    t.*,\n", self.list_price_of_columns(wx));
        query += &format!("{} AS basic_annual,\n", self.annual_column(&t, AccountType::Basic));
        query += &format!("{} AS interop_annual\n", self.annual_column(&t, AccountType::Interop));
        query += &format!("  FROM {} AS t\n) AS wx", self.dialect.table(table));
        if waivers {
            query += "\n) AS priced";
        }
        query + "\n"
    }

    /// Returns statements that create the functions `wx_basic_annual`, `wx_interop_annual` and `wx_list_price` of the accounts to buy
    /// and the columns, in this order.
    ///
    /// # Errors
    /// [`SqlError::NoFunctions`].
    pub fn functions(&self) -> Result<String, SqlError> {
        let none = self.printer("");
        let annual = |kind| self.annual_column(&none, kind);
        let mut text = self.heading();
        for (name, body) in [
            ("wx_basic_annual", annual(AccountType::Basic)),
            ("wx_interop_annual", annual(AccountType::Interop)),
            ("wx_list_price", format!("    -- {}\n    {}", self.term_comment(), self.list_price(&none))),
        ] {
            let body = self.dialect.function(name, self.columns, &body);
            text += &body.ok_or(SqlError::NoFunctions { dialect: self.dialect })?;
        }
        Ok(text)
    }

    fn printer(&self, alias: &'static str) -> Printer<'_> {
        Printer { dialect: self.dialect, alias, columns: self.columns, annual: PerType::default() }
    }

    fn heading(&self) -> String {
        format!(
            "-- List prices of WeCom interface-call licences on rate card {}, for {}.\n\
             -- Amounts are yuan, exact to the fen. NULL: accounts without a list price, or an order that cannot be placed.\n",
            self.card.id,
            self.dialect.as_str()
        )
    }

    /// Returns the expression of a variable over the columns of the table, in the smallest unit of the prices.
    fn expr(&self, variable: Variable) -> Expr {
        self.in_units(&Expr::from(variable), self.decimals).folded(&|variable| self.value(variable))
    }

    fn value(&self, variable: Variable) -> Option<Expr> {
        let has = |column| self.columns.contains(&column);
        match variable {
            Variable::Price(_, tier) if tier >= self.card.tiers.len() => None,
            Variable::Price(kind, tier) => self.price(kind, tier),
            Variable::Accounts(_) => None,
            Variable::HeldEqual(_) | Variable::Unactivated(_) => Some(Expr::Number(0)),
            Variable::Held(AccountType::Basic) => (!has(SqlColumn::HeldBasic)).then_some(Expr::Number(0)),
            Variable::Held(AccountType::Interop) => (!has(SqlColumn::HeldInterop)).then_some(Expr::Number(0)),
            Variable::Renewal => (!has(SqlColumn::Renewal)).then_some(Expr::Number(0)),
            Variable::Months if !has(SqlColumn::Months) && !has(SqlColumn::Days) => Some(Expr::Number(12)),
            Variable::Months => None,
            Variable::Days => (!has(SqlColumn::Days)).then_some(Expr::Number(0)),
            _ => {
                let number = self.formula.card_number(variable);
                let number = number.and_then(|number| u32::try_from(number).ok()).map(Expr::Number);
                number.or_else(|| self.formula.step(variable).map(|step| self.in_units(step, self.decimals)))
            }
        }
    }

    /// Returns a price in its smallest unit, which may be more than a number of an expression holds.
    fn price(&self, kind: AccountType, tier: usize) -> Option<Expr> {
        const PART: u64 = 100_000;
        let price = fine(self.card.tiers.get(tier)?.price.get(kind).price);
        let units = price / 10_u64.pow(FINE_DECIMALS - self.decimals);
        let (high, low) = (u32::try_from(units / PART).ok()?, u32::try_from(units % PART).ok()?);
        match u32::try_from(units) {
            Ok(units) => Some(Expr::Number(units)),
            Err(_) => Some(Expr::from(high) * (PART as u32) + low),
        }
    }

    /// Returns an expression of annual amounts in yuan as one of amounts in units of so many decimals.
    fn in_units(&self, expr: &Expr, decimals: u32) -> Expr {
        let each = |expr: &Expr| self.in_units(expr, decimals);
        let both = |a: &Expr, b: &Expr| (Box::new(each(a)), Box::new(each(b)));
        match expr {
            // Ten-thousandths of a yuan, of which the price of the term is made.
            Expr::Decimals(of, 0) => match of.as_ref() {
                Expr::Product(annual, _) => each(annual) * 10_u32.pow(FINE_DECIMALS - decimals),
                other => each(other),
            },
            Expr::Decimals(of, _) => each(of),
            Expr::Sum(values) => Expr::Sum(values.iter().map(each).collect()),
            Expr::Difference(a, b) => {
                let (a, b) = both(a, b);
                Expr::Difference(a, b)
            }
            Expr::Product(a, b) => {
                let (a, b) = both(a, b);
                Expr::Product(a, b)
            }
            Expr::Call(function, arguments) => Expr::Call(*function, arguments.iter().map(each).collect()),
            Expr::Hundredth(of) => Expr::Hundredth(Box::new(each(of))),
            Expr::If(condition, then, otherwise) => {
                let (then, otherwise) = both(then, otherwise);
                Expr::If(*condition, then, otherwise)
            }
            Expr::Number(_) | Expr::Variable(_) | Expr::OrZero(_) => expr.clone(),
        }
    }

    /// Returns the annual price of a type, a line a tier.
    fn annual_column(&self, printer: &Printer<'_>, kind: AccountType) -> String {
        let mut lines = Vec::new();
        for (index, tier) in self.card.tiers.iter().enumerate() {
            let item = Expr::OrZero(Variable::Price(kind, index)) * Variable::InTier(kind, index);
            let item = self.in_units(&item, self.decimals).folded(&|variable| self.value(variable));
            let to = tier.to.map_or_else(String::new, |to| to.to_string());
            let range = format!("{} accounts {} to {to}", kind.as_str(), tier.from);
            let sign = if index == 0 { "  " } else { "+ " };
            lines.push(format!(
                "        -- {}\n        {sign}{}\n",
                range.trim_end_matches(" to "),
                item.print(printer)
            ));
        }
        let amount = format!("(\n{}      )", lines.concat());
        let decimal = self.dialect.decimal(&amount, self.decimals, self.shown_decimals());
        let unpriced = match self.expr(Variable::Unpriced(kind)) {
            Expr::Number(0) => String::new(),
            unpriced => format!("\n      AND {} = 0", unpriced.print(printer)),
        };
        format!("    CASE WHEN {}{unpriced}\n    THEN {decimal}\n    END", self.can_be_ordered(printer))
    }

    /// Returns the list price over the columns of the table alone.
    fn list_price(&self, printer: &Printer<'_>) -> String {
        let unpriced = |kind| match self.expr(Variable::Unpriced(kind)) {
            Expr::Number(0) => String::new(),
            unpriced => format!(" AND {} = 0", unpriced.print(printer)),
        };
        let fen = match self.expr(Variable::ListPrice) {
            Expr::Hundredth(fen) => fen.print(printer),
            other => other.print(printer),
        };
        let [basic, interop] = AccountType::ALL.map(unpriced);
        let decimal = self.dialect.decimal(&format!("({fen})"), 2, 2);
        format!("CASE WHEN {}{basic}{interop}\n    THEN {decimal}\n    END", self.can_be_ordered(printer))
    }

    /// Returns the list price over the columns of the annual amounts.
    fn list_price_of_columns(&self, printer: Printer<'_>) -> String {
        let decimals = self.shown_decimals();
        let units = |name: &str| self.dialect.units(&printer.column(name), decimals);
        let annual = PerType { basic: units("basic_annual"), interop: units("interop_annual") };
        let printer = Printer { annual, ..printer };
        // Lines that are rounded apart are not among the columns.
        let by_item = self.card.rules.rounding.per == RoundedPart::Item;
        let units = if by_item { self.decimals } else { decimals };
        let step = self.formula.step(Variable::ListPrice).map(|step| self.in_units(step, units));
        let value = |variable| match variable {
            Variable::AnnualSum => Some(
                Expr::from(Variable::Annual(AccountType::Basic)) + Variable::Annual(AccountType::Interop),
            ),
            Variable::Annual(_) => None,
            _ => self.value(variable),
        };
        let fen = match step.map(|step| step.folded(&value)) {
            Some(Expr::Hundredth(fen)) => fen.print(&printer),
            Some(other) => other.print(&printer),
            None => String::from("NULL"),
        };
        let [basic, interop] =
            ["basic_annual", "interop_annual"].map(|name| format!("wx.{name} IS NOT NULL"));
        format!(
            "CASE WHEN {basic} AND {interop}\n  THEN {}\n  END",
            self.dialect.decimal(&format!("({fen})"), 2, 2)
        )
    }

    fn shown_decimals(&self) -> u32 {
        self.decimals.max(2)
    }
}

/// Returns a price in ten-thousandths of a yuan.
fn fine(price: UnitPrice) -> u64 {
    price.times(1).map_or(0, |amount| amount.ten_thousandths())
}

fn decimals_of(price: UnitPrice) -> u32 {
    let fine = fine(price);
    (0..FINE_DECIMALS)
        .find(|decimals| fine.is_multiple_of(10_u64.pow(FINE_DECIMALS - decimals)))
        .unwrap_or(FINE_DECIMALS)
}
