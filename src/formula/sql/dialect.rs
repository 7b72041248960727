use strum::{EnumString, IntoStaticStr, VariantArray};

use super::SqlColumn;
use crate::account::{PerType, Term};
use crate::formula::{Condition, Dialect, Function, Variable};

/// Decimals of the finest price that a card can state.
pub(super) const FINE_DECIMALS: u32 = 4;

/// A database whose SQL is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[derive(EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum SqlDialect {
    /// DuckDB.
    DuckDb,
    /// PostgreSQL.
    Postgres,
    /// ClickHouse.
    ClickHouse,
    /// Spark SQL.
    Spark,
    /// SQLite, which has no decimals: amounts are texts.
    Sqlite,
}

/// Prints expressions over the columns of a table, whose variables are all replaced but those of the purchase.
#[derive(Debug, Clone)]
pub(super) struct Printer<'c> {
    pub(super) dialect: SqlDialect,
    /// Alias of the table; empty where columns are arguments.
    pub(super) alias: &'static str,
    pub(super) columns: &'c [SqlColumn],
    /// What stands for the annual amounts, where these are columns.
    pub(super) annual: PerType<String>,
}

impl SqlDialect {
    /// Returns the word that `--dialect` takes.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the name of a table, quoted part by part where it must be.
    pub(super) fn table(self, name: &str) -> String {
        let is_plain = |part: &str| {
            part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && part.bytes().next().is_some_and(|byte| !byte.is_ascii_digit())
        };
        let quote = match self {
            SqlDialect::ClickHouse | SqlDialect::Spark => '`',
            SqlDialect::DuckDb | SqlDialect::Postgres | SqlDialect::Sqlite => '"',
        };
        let quoted = |part: &str| match is_plain(part) {
            true => part.to_owned(),
            false => format!("{quote}{}{quote}", part.replace(quote, &format!("{quote}{quote}"))),
        };
        name.split('.').map(quoted).collect::<Vec<_>>().join(".")
    }

    /// Returns the type of whole numbers; of ClickHouse one that may be NULL.
    fn integer(self) -> &'static str {
        match self {
            SqlDialect::DuckDb | SqlDialect::Postgres | SqlDialect::Spark => "BIGINT",
            SqlDialect::ClickHouse => "Nullable(Int64)",
            SqlDialect::Sqlite => "INTEGER",
        }
    }

    /// Returns a value that is true or not, or a number, as a number.
    pub(super) fn flag(self, value: &str) -> String {
        let number = match self {
            // PostgreSQL makes no other number of a boolean.
            SqlDialect::Postgres => "INTEGER",
            other => other.integer(),
        };
        format!("COALESCE(CAST({value} AS {number}), 0)")
    }

    /// Returns a whole number of units of so many decimals as a decimal in yuan.
    pub(super) fn decimal(self, units: &str, decimals: u32, shown: u32) -> String {
        let shown_units = match shown - decimals.min(shown) {
            0 => units.to_owned(),
            more => format!("{units} * {}", 10_u32.pow(more)),
        };
        let unit = format!("0.{:0>width$}", 1, width = shown as usize);
        match self {
            SqlDialect::Sqlite => {
                let whole = 10_u32.pow(shown);
                format!("printf('%d.%0{shown}d', {shown_units} / {whole}, {shown_units} % {whole})")
            }
            SqlDialect::ClickHouse => {
                format!(
                    "CAST(CAST({shown_units} AS Nullable(Decimal(18, 0))) * CAST('{unit}' AS Decimal(9, {shown})) AS Nullable(Decimal(18, {shown})))"
                )
            }
            SqlDialect::DuckDb | SqlDialect::Postgres | SqlDialect::Spark => {
                format!(
                    "CAST(CAST({shown_units} AS DECIMAL(18, 0)) * CAST('{unit}' AS DECIMAL(9, {shown})) AS DECIMAL(18, {shown}))"
                )
            }
        }
    }

    /// Returns a decimal of so many decimals as a whole number of its units.
    pub(super) fn units(self, decimal: &str, decimals: u32) -> String {
        match self {
            SqlDialect::Sqlite => format!("CAST(REPLACE({decimal}, '.', '') AS INTEGER)"),
            other => format!("CAST({decimal} * {} AS {})", 10_u32.pow(decimals), other.integer()),
        }
    }

    /// Returns zero yuan.
    pub(super) fn zero(self) -> &'static str {
        match self {
            SqlDialect::Sqlite => "'0.00'",
            SqlDialect::ClickHouse => "CAST(0 AS Nullable(Decimal(18, 2)))",
            SqlDialect::DuckDb | SqlDialect::Postgres | SqlDialect::Spark => "CAST(0 AS DECIMAL(18, 2))",
        }
    }

    /// Returns a day.
    pub(super) fn date(self, day: &str) -> String {
        match self {
            SqlDialect::Sqlite => format!("'{day}'"),
            SqlDialect::ClickHouse => format!("toDate('{day}')"),
            SqlDialect::DuckDb | SqlDialect::Postgres | SqlDialect::Spark => format!("DATE '{day}'"),
        }
    }

    /// Returns a statement that creates a function; `None` where there is no such thing.
    pub(super) fn function(self, name: &str, columns: &[SqlColumn], body: &str) -> Option<String> {
        let prices = |column: &SqlColumn| *column < SqlColumn::Industry;
        let mut names = vec!["basic", "interop"];
        names.extend(columns.iter().filter(|column| prices(column)).map(|column| column.as_str()));
        let typed = |boolean: &str| {
            let of = |name: &&str| format!("{name} {}", if *name == "renewal" { boolean } else { "BIGINT" });
            names.iter().map(of).collect::<Vec<_>>().join(", ")
        };
        Some(match self {
            SqlDialect::DuckDb => {
                format!("CREATE OR REPLACE MACRO {name}({}) AS (\n{body}\n);\n", names.join(", "))
            }
            SqlDialect::ClickHouse => {
                format!("CREATE OR REPLACE FUNCTION {name} AS ({}) ->\n{body}\n;\n", names.join(", "))
            }
            SqlDialect::Postgres => format!(
                "CREATE OR REPLACE FUNCTION {name}({}) RETURNS NUMERIC\nLANGUAGE sql IMMUTABLE AS $wx$ SELECT\n{body}\n$wx$;\n",
                typed("BOOLEAN")
            ),
            SqlDialect::Spark => format!(
                "CREATE OR REPLACE TEMPORARY FUNCTION {name}({}) RETURNS DECIMAL(18, 4)\nRETURN\n{body}\n;\n",
                typed("BOOLEAN")
            ),
            SqlDialect::Sqlite => return None,
        })
    }
}

impl Printer<'_> {
    /// Returns a column by its name.
    pub(super) fn column(&self, name: &str) -> String {
        if self.alias.is_empty() { name.to_owned() } else { format!("{}.{name}", self.alias) }
    }

    fn whole(&self, name: &str, missing: u32) -> String {
        format!("CAST(COALESCE({}, {missing}) AS {})", self.column(name), self.dialect.integer())
    }

    /// Returns the months of the term: a year if neither they nor the days are stated.
    fn months(&self) -> String {
        let has = |column| self.columns.contains(&column);
        let (months, days) = (self.column("months"), self.column("days"));
        let year = Term::MONTHS_PER_YEAR;
        match (has(SqlColumn::Months), has(SqlColumn::Days)) {
            (true, false) => self.whole("months", year),
            (true, true) => format!(
                "CAST(CASE WHEN {months} IS NULL AND {days} IS NULL THEN {year} ELSE COALESCE({months}, 0) END AS {})",
                self.dialect.integer()
            ),
            (false, _) => format!("CASE WHEN {days} IS NULL THEN {year} ELSE 0 END"),
        }
    }
}

impl Dialect for Printer<'_> {
    fn variable(&self, variable: Variable) -> String {
        match variable {
            Variable::Accounts(kind) => self.whole(kind.as_str(), 0),
            Variable::Held(kind) => self.whole(&format!("held_{}", kind.as_str()), 0),
            Variable::Renewal => self.dialect.flag(&self.column("renewal")),
            Variable::Months => self.months(),
            Variable::Days => self.whole("days", 0),
            Variable::Annual(kind) => self.annual.get(kind).clone(),
            // All others are replaced by what they stand for.
            _ => "NULL".to_owned(),
        }
    }

    fn or_zero(&self, variable: Variable) -> String {
        self.variable(variable)
    }

    fn condition(&self, condition: Condition) -> String {
        match condition {
            Condition::Known(variable) => format!("{} IS NOT NULL", self.variable(variable)),
            Condition::NotZero(variable) => format!("{} <> 0", self.variable(variable)),
        }
    }

    fn call(&self, function: Function, arguments: &[String]) -> String {
        let list = arguments.join(", ");
        let operator = |sign: &str| {
            let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_' || sign == '.';
            let part = |part: &String| match part.chars().all(is_name) {
                true => part.clone(),
                false => format!("({part})"),
            };
            format!("({})", arguments.iter().map(part).collect::<Vec<_>>().join(&format!(" {sign} ")))
        };
        match (function, self.dialect) {
            (Function::Least, SqlDialect::Sqlite) => format!("MIN({list})"),
            (Function::Greatest, SqlDialect::Sqlite) => format!("MAX({list})"),
            (Function::Least, _) => format!("LEAST({list})"),
            (Function::Greatest, _) => format!("GREATEST({list})"),
            (Function::Quotient, SqlDialect::DuckDb) => operator("//"),
            (Function::Quotient, SqlDialect::ClickHouse) => format!("intDiv({list})"),
            (Function::Quotient, SqlDialect::Spark) => operator("div"),
            (Function::Quotient, SqlDialect::Postgres | SqlDialect::Sqlite) => operator("/"),
            (Function::Remainder, _) => operator("%"),
        }
    }

    fn hundredth(&self, factor: &str) -> String {
        self.dialect.decimal(factor, 2, 2)
    }

    fn decimals(&self, value: &str, _: u32) -> String {
        value.to_owned()
    }

    fn choose(&self, condition: &str, then: &str, otherwise: &str) -> String {
        format!("CASE WHEN {condition} THEN {then} ELSE {otherwise} END")
    }
}
