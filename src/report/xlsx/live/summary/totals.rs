use jiff::civil::Date;
use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{ColNum, RowNum, XlsxError};

use super::{PlacedOrder, count, day, purchase_row};
use crate::account::AccountType;
use crate::money::{Amount, Money};
use crate::pricing::{OrderQuote, OrderStatus, Totals};
use crate::report::Placed;
use crate::report::xlsx::live::remark::NO_REMARK;
use crate::report::xlsx::live::{FormulaWorkbook, at, quoted};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{Kind, MONEY, Role};

/// Which sum of amounts.
#[derive(Debug, Clone, Copy)]
enum Priced {
    List,
    Payable,
}

/// The ranges of a sum: its amounts, and the statuses of the orders beside them.
struct Ranges {
    amounts: String,
    statuses: String,
}

impl FormulaWorkbook<'_> {
    /// What the purchases come to, under their rows, and the answer above them.
    pub(super) fn write_totals(&self, page: &mut SheetWriter) -> Result<(), XlsxError> {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        let rows = self.total_rows();
        self.write_firm_total(page, rows.firm, &totals)?;
        if rows.priced != rows.firm {
            self.write_priced_part(page, rows.priced, &totals)?;
        }
        self.total_head(page, rows.unconfirmed, "xlsx-total-unconfirmed")?;
        let formula = format!("={}", self.priced_sum(Priced::Payable, OrderStatus::Unconfirmed, ""));
        let style = self.book.styles.of(Kind::Money, Role::Total);
        let payable = self.columns.payable;
        page.formula(rows.unconfirmed, payable, &formula, &totals.unconfirmed.to_string(), style)?;
        if self.negotiates() {
            self.write_unpriced(page, rows.unconfirmed + 1, &totals)?;
        }
        let strong = self.book.styles.strong().clone().set_num_format(MONEY);
        page.free_text(1, 0, &self.book.catalog.word("report-payable"), self.book.styles.strong())?;
        let result = self.firm(totals.payable, OrderQuote::payable);
        let formula = format!("={}", row_col_to_cell(rows.firm, payable));
        page.formula(1, ANSWER, &formula, &result, &strong)
    }

    /// What has to be paid for the orders of this status, as far as they have a price.
    pub(in crate::report::xlsx::live) fn total_of(&self, status: OrderStatus) -> String {
        let rows = self.total_rows();
        let row = match status {
            OrderStatus::Confirmed => rows.priced,
            OrderStatus::Unconfirmed => rows.unconfirmed,
        };
        at(&self.summary, row, self.columns.payable)
    }

    /// What the sums leave out.
    pub(in crate::report::xlsx::live) fn gap_cells(&self) -> Vec<GapCell> {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        let rows = self.total_rows();
        let mut cells = vec![GapCell {
            label: "xlsx-total-unconfirmed",
            formula: at(&self.summary, rows.unconfirmed, self.columns.payable),
            result: totals.unconfirmed.to_string(),
            kind: Kind::Money,
        }];
        if self.negotiates() {
            for (offset, account_type) in (0..).zip(AccountType::ALL) {
                cells.push(GapCell {
                    label: match account_type {
                        AccountType::Basic => "xlsx-unpriced-basic",
                        AccountType::Interop => "xlsx-unpriced-interop",
                    },
                    formula: at(&self.summary, rows.unconfirmed + 1, self.columns.accounts + offset),
                    result: totals.unpriced.get(account_type).to_string(),
                    kind: Kind::Tier,
                });
            }
        }
        cells
    }

    /// What is told of the purchases from one day to another; as a formula without its sign.
    pub(in crate::report::xlsx::live) fn placed(&self, what: Placed, from: Date, to: Date) -> String {
        let Some(days) = self.columns.days else { return "0".to_owned() };
        let dates = self.all_purchases(days.placed);
        let between = format!("{dates},\">=\"&{},{dates},\"<=\"&{}", day(from), day(to));
        let sum = |priced| self.priced_sum(priced, OrderStatus::Confirmed, &format!(",{between}"));
        match what {
            Placed::Orders => {
                let statuses = self.all_purchases(self.columns.status);
                format!("COUNTIFS({between},{statuses},{})", quoted(&self.words.confirmed))
            }
            Placed::Unconfirmed => {
                self.priced_sum(Priced::Payable, OrderStatus::Unconfirmed, &format!(",{between}"))
            }
            Placed::ListPrice => sum(Priced::List),
            Placed::Payable => sum(Priced::Payable),
            Placed::Waived => {
                let [waived, statuses] =
                    [self.columns.waived, self.columns.status].map(|column| self.all_purchases(column));
                let confirmed = quoted(&self.words.confirmed);
                format!("ROUND(SUMIFS({waived},{statuses},{confirmed},{between}),2)")
            }
        }
    }

    /// Whether the sums of the purchases from one day to another are complete, as a formula without its sign, and
    /// the word that it comes to.
    pub(in crate::report::xlsx::live) fn placed_completeness(
        &self,
        from: Date,
        to: Date,
    ) -> (String, String) {
        let words = &self.words;
        let Some(days) = self.columns.days else { return (quoted(&words.complete), words.complete.clone()) };
        let [dates, statuses, remarks] =
            [days.placed, self.columns.status, self.columns.remark].map(|column| self.all_purchases(column));
        let between = format!("{dates},\">=\"&{},{dates},\"<=\"&{}", day(from), day(to));
        let [remarked, not_firm] = [(remarks, NO_REMARK), (statuses, words.confirmed.as_str())]
            .map(|(range, word)| format!("COUNTIFS({between},{range},{})", quoted(&format!("<>{word}"))));
        let (complete, incomplete) = (&words.complete, &words.incomplete);
        let formula = format!("IF({remarked}+{not_firm}>0,{},{})", quoted(incomplete), quoted(complete));
        let placed = self.basis.placements.iter().filter(|placed| (from..=to).contains(&placed.date));
        let totals = Totals::of(placed.filter_map(|placed| self.basis.orders.get(placed.order)));
        let is_complete = totals.is_some_and(|totals| totals.complete);
        (formula, if is_complete { complete } else { incomplete }.clone())
    }

    /// Whether all sums are complete, as a formula without its sign, and the word that it comes to.
    pub(in crate::report::xlsx::live) fn completeness(&self) -> (String, String) {
        let totals = Totals::of(self.bought_orders()).unwrap_or_default();
        (at(&self.summary, self.total_rows().firm, self.columns.remark), self.completeness_word(&totals))
    }

    pub(super) fn last_total_row(&self) -> RowNum {
        self.total_rows().unconfirmed + RowNum::from(self.negotiates())
    }

    fn bought_orders(&self) -> impl Iterator<Item = &OrderQuote> + Clone {
        self.purchases().map(|PlacedOrder { order, .. }| order)
    }

    fn total_rows(&self) -> TotalRows {
        let firm = purchase_row(self.purchases().count());
        let priced = if self.negotiates() { firm + 1 } else { firm };
        TotalRows { firm, priced, unconfirmed: priced + 1 }
    }

    /// The sums of the confirmed orders; a word where one of them has an amount that is not known.
    fn write_firm_total(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        totals: &Totals,
    ) -> Result<(), XlsxError> {
        let style = |kind| self.book.styles.of(kind, Role::Total);
        let columns = &self.columns;
        self.total_head(page, row, "report-total")?;
        let confirmed = || self.bought_orders().filter(|order| order.status == OrderStatus::Confirmed);
        // Over several years, accounts and amounts a year add up to nothing that means anything.
        let by_year = !self.on_days();
        for (column, account_type) in (columns.accounts..).zip(AccountType::ALL).filter(|_| by_year) {
            let sum: u64 = confirmed().map(|order| count(order, account_type)).sum();
            let formula = format!("={}", self.confirmed_sum(column));
            page.formula(row, column, &formula, &sum.to_string(), style(Kind::Count))?;
        }
        let annual = confirmed().try_fold(Amount::ZERO, |sum, order| sum.checked_add(order.annual()?));
        let annual = annual.map_or_else(|| self.words.incomplete.clone(), |sum| sum.to_string());
        if by_year {
            page.formula(
                row,
                columns.annual,
                &self.whole_sum(columns.annual, 4),
                &annual,
                style(Kind::Fine),
            )?;
        }
        let list = self.firm(totals.list_price, OrderQuote::list_price);
        page.formula(row, columns.list, &self.whole_sum(columns.list, 2), &list, style(Kind::Money))?;
        let waived = format!("=ROUND({},2)", self.confirmed_sum(columns.waived));
        page.formula(row, columns.waived, &waived, &totals.waived.to_string(), style(Kind::Money))?;
        let payable = self.firm(totals.payable, OrderQuote::payable);
        let formula = self.whole_sum(columns.payable, 2);
        page.formula(row, columns.payable, &formula, &payable, style(Kind::Money))?;
        let (complete, incomplete) = (&self.words.complete, &self.words.incomplete);
        let formula = format!("=IF({}>0,{},{})", self.gaps(), quoted(incomplete), quoted(complete));
        page.formula(row, columns.remark, &formula, &self.completeness_word(totals), style(Kind::Word))
    }

    /// How much keeps the total from being complete: orders that something is remarked on, or that are not
    /// confirmed.
    fn gaps(&self) -> String {
        let [statuses, remarks] =
            [self.columns.status, self.columns.remark].map(|column| self.over_purchases(column));
        let confirmed = quoted(&self.words.confirmed);
        format!(
            "COUNTIF({remarks},{})+ROWS({statuses})-COUNTIF({statuses},{confirmed})",
            quoted(&format!("<>{NO_REMARK}"))
        )
    }

    fn completeness_word(&self, totals: &Totals) -> String {
        if totals.complete { self.words.complete.clone() } else { self.words.incomplete.clone() }
    }

    fn write_priced_part(
        &self,
        page: &mut SheetWriter,
        row: RowNum,
        totals: &Totals,
    ) -> Result<(), XlsxError> {
        self.total_head(page, row, "xlsx-total-priced")?;
        let sums = [
            (self.columns.list, Priced::List, totals.list_price),
            (self.columns.payable, Priced::Payable, totals.payable),
        ];
        for (column, priced, sum) in sums {
            let formula = format!("={}", self.priced_sum(priced, OrderStatus::Confirmed, ""));
            let style = self.book.styles.of(Kind::Money, Role::Total);
            page.formula(row, column, &formula, &sum.to_string(), style)?;
        }
        Ok(())
    }

    fn write_unpriced(&self, page: &mut SheetWriter, row: RowNum, totals: &Totals) -> Result<(), XlsxError> {
        self.total_head(page, row, "xlsx-total-unpriced")?;
        for (offset, account_type) in (0..).zip(AccountType::ALL) {
            let formula = match self.columns.priced {
                Some(priced) => format!("=SUM({})", self.over_purchases(priced.unpriced + offset)),
                None => self.unpriced_items(account_type),
            };
            let result = totals.unpriced.get(account_type).to_string();
            let style = self.book.styles.of(Kind::Tier, Role::Total);
            page.formula(row, self.columns.accounts + offset, &formula, &result, style)?;
        }
        Ok(())
    }

    fn unpriced_items(&self, account_type: AccountType) -> String {
        let items = self.item_columns();
        format!(
            "=SUMIFS({},{},{})",
            self.all_items(items.unpriced()),
            self.all_items(items.account()),
            quoted(&self.type_word(account_type))
        )
    }

    fn total_head(&self, page: &mut SheetWriter, row: RowNum, label: &'static str) -> Result<(), XlsxError> {
        let style = self.book.styles.of(Kind::Text, Role::Total);
        for column in 0..=self.columns.last() {
            page.blank(row, column, style)?;
        }
        page.text(row, self.columns.school(), &self.book.catalog.word(label), style)
    }

    /// A sum that is whole, or the word for one that is not.
    fn firm(&self, sum: Money, part: fn(&OrderQuote) -> Option<Money>) -> String {
        let mut confirmed = self.bought_orders().filter(|order| order.status == OrderStatus::Confirmed);
        match confirmed.all(|order| part(order).is_some()) {
            true => sum.to_string(),
            false => self.words.incomplete.clone(),
        }
    }

    fn confirmed_sum(&self, column: ColNum) -> String {
        let statuses = self.over_purchases(self.columns.status);
        format!("SUMIFS({},{statuses},{})", self.over_purchases(column), quoted(&self.words.confirmed))
    }

    /// The sum of the confirmed orders, unless one of them has a word in place of an amount.
    fn whole_sum(&self, column: ColNum, decimals: u32) -> String {
        let [statuses, amounts] = [self.columns.status, column].map(|column| self.over_purchases(column));
        let (confirmed, incomplete) = (quoted(&self.words.confirmed), quoted(&self.words.incomplete));
        let sum = self.confirmed_sum(column);
        // `SUMPRODUCT` over `ISTEXT` of a range is not the same in every spreadsheet program; `COUNTIFS` is.
        let known = format!("COUNTIFS({statuses},{confirmed},{amounts},\">=0\")");
        format!("=IF(COUNTIF({statuses},{confirmed})>{known},{incomplete},ROUND({sum},{decimals}))")
    }

    /// What the orders of this status come to, as far as they have a price, without the sign of a formula; with
    /// more conditions, each after a comma.
    fn priced_sum(&self, priced: Priced, status: OrderStatus, conditions: &str) -> String {
        let Ranges { amounts, statuses } = self.priced_ranges(priced);
        format!("ROUND(SUMIFS({amounts},{statuses},{}{conditions}),2)", quoted(self.words.status(status)))
    }

    /// An order that is placed once has its sums on the sheet of items; one that may be placed again, with each
    /// purchase.
    fn priced_ranges(&self, priced: Priced) -> Ranges {
        let (columns, items) = (&self.columns, self.item_columns());
        if columns.days.is_none() {
            let column = match priced {
                Priced::List => items.list(),
                Priced::Payable => items.payable(),
            };
            return Ranges { amounts: self.all_items(column), statuses: self.all_items(items.status()) };
        }
        let column = match (priced, columns.priced) {
            (Priced::List, Some(part)) => part.list,
            (Priced::Payable, Some(part)) => part.payable,
            (Priced::List, None) => columns.list,
            (Priced::Payable, None) => columns.payable,
        };
        Ranges { amounts: self.all_purchases(column), statuses: self.all_purchases(columns.status) }
    }
}

/// The rows under the purchases.
struct TotalRows {
    firm: RowNum,
    /// The part with a price; the firm total itself where everything has one.
    priced: RowNum,
    unconfirmed: RowNum,
}

/// Something that the sums leave out.
pub(in crate::report::xlsx::live) struct GapCell {
    pub(in crate::report::xlsx::live) label: &'static str,
    /// Without its sign.
    pub(in crate::report::xlsx::live) formula: String,
    /// What it comes to.
    pub(in crate::report::xlsx::live) result: String,
    pub(in crate::report::xlsx::live) kind: Kind,
}

/// The column of the answer above the rows.
const ANSWER: ColNum = 2;
