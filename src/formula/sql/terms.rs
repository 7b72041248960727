//! Conditions of a row: if it can be ordered, and if it is waived.

use super::{PriceSql, Printer, SqlColumn};
use crate::account::AccountType;
use crate::customer::Certification;
use crate::formula::{Expr, Variable};
use crate::money::RoundingMode;
use crate::rates::{RoundedPart, WaiverRule};

impl PriceSql<'_> {
    /// Returns the condition that WeCom takes an order: P6 (docs/rules.md#p6), P14 (docs/rules.md#p14).
    pub(super) fn can_be_ordered(&self, printer: &Printer<'_>) -> String {
        let print = |variable: Variable| Expr::from(variable).print(printer);
        let [basic, interop] = AccountType::ALL.map(|kind| print(Variable::Accounts(kind)));
        let most = self.card.order.most_accounts_of_a_type;
        let mut all = vec![
            format!("{basic} BETWEEN 0 AND {most}"),
            format!("{interop} BETWEEN 0 AND {most}"),
            format!("{basic} + {interop} > 0"),
        ];
        let has = |column: &SqlColumn| self.columns.contains(column);
        for (column, variable) in [
            (SqlColumn::Months, Variable::Months),
            (SqlColumn::Days, Variable::Days),
            (SqlColumn::HeldBasic, Variable::Held(AccountType::Basic)),
            (SqlColumn::HeldInterop, Variable::Held(AccountType::Interop)),
        ] {
            if has(&column) {
                all.push(format!("{} >= 0", print(variable)));
            }
        }
        if has(&SqlColumn::Months) || has(&SqlColumn::Days) {
            let days = self.expr(Variable::TermDays).print(printer);
            let (least, most) = (self.card.term.least_days, self.card.term.most_days);
            all.push(format!("{days} BETWEEN {least} AND {most}"));
        }
        all.join("\n      AND ")
    }

    /// Returns how the price of a term comes about, for a comment.
    pub(super) fn term_comment(&self) -> String {
        let rounding = self.card.rules.rounding;
        let per = match rounding.per {
            RoundedPart::Order => "the order",
            RoundedPart::Type => "each account type",
            RoundedPart::Item => "each type and tier",
        };
        let mode = match rounding.mode {
            RoundingMode::HalfUp => "half up",
            RoundingMode::HalfEven => "half to even",
            RoundingMode::Down => "down",
        };
        let divisor = self.card.rules.by_days_divisor;
        format!(
            "annual price x (months x {divisor} + days x 12) / {}, rounded {mode} to the fen, once for {per}",
            12 * divisor
        )
    }

    /// Returns the columns `waived` and `payable` over those of the price.
    pub(super) fn waiver_columns(&self) -> String {
        let printer = self.printer("priced");
        let rules: Vec<String> =
            self.card.waivers.iter().filter_map(|rule| self.waiver(rule, &printer)).collect();
        let list_price = printer.column("list_price");
        let zero = self.dialect.zero();
        if rules.is_empty() {
            return format!(
                "  CASE WHEN {list_price} IS NOT NULL THEN {zero} END AS waived,\n  {list_price} AS payable\n"
            );
        }
        let waived = rules.join("\n    OR ");
        let orderable = self.can_be_ordered(&printer);
        format!(
            "  CASE WHEN {waived}\n  THEN {list_price}\n  WHEN {orderable}\n  THEN {zero} END AS waived,\n  \
             CASE WHEN ({waived})\n      AND {orderable}\n  THEN {zero}\n  ELSE {list_price} END AS payable\n"
        )
    }

    /// Returns the condition of a waiver by V2 to V5 (docs/rules.md#v5); `None` if the table lacks a column for it. Without a date a
    /// rule is taken as in force.
    fn waiver(&self, rule: &WaiverRule, printer: &Printer<'_>) -> Option<String> {
        let has = |column| self.columns.contains(&column);
        let column = |column: SqlColumn| printer.column(column.as_str());
        let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
        let mut all = Vec::new();
        if rule.proof {
            if !has(SqlColumn::NonprofitProof) {
                return None;
            }
            all.push(format!("{} <> 0", self.dialect.flag(&column(SqlColumn::NonprofitProof))));
        }
        if let Some(primary) = &rule.primary_industry {
            if !has(SqlColumn::Industry) {
                return None;
            }
            let industry = format!("COALESCE({}, '')", column(SqlColumn::Industry));
            let whole = |secondary: &String| text(&format!("{primary}/{secondary}"));
            all.push(match rule.secondary_industries.as_slice() {
                [] => format!("{industry} LIKE {}", text(&format!("{primary}/%"))),
                some => format!("{industry} IN ({})", some.iter().map(whole).collect::<Vec<_>>().join(", ")),
            });
        }
        if rule.certification > Certification::None {
            if !has(SqlColumn::Certification) {
                return None;
            }
            let enough = [Certification::Verified, Certification::Certified];
            let enough = enough.iter().filter(|state| **state >= rule.certification);
            let enough: Vec<String> = enough.map(|state| text(state.as_str())).collect();
            all.push(format!(
                "COALESCE({}, '') IN ({})",
                column(SqlColumn::Certification),
                enough.join(", ")
            ));
        }
        if has(SqlColumn::Date) {
            let date = column(SqlColumn::Date);
            let mut in_force = format!("{date} >= {}", self.dialect.date(&rule.from.to_string()));
            if let Some(last) = rule.last_day {
                in_force += &format!(" AND {date} <= {}", self.dialect.date(&last.to_string()));
            }
            all.push(format!("({date} IS NULL OR ({in_force}))"));
        }
        Some(format!("({})", all.join(" AND ")))
    }
}
