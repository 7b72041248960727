use rust_xlsxwriter::utility::{cell_range_absolute, row_col_to_cell};
use rust_xlsxwriter::{ColNum, ConditionalFormatCell, ConditionalFormatCellRule, Format, RowNum, XlsxError};

use super::card::Rule;
use super::{Live, at, orders, quoted};
use crate::account::AccountType;
use crate::money::{Amount, Money};
use crate::pricing::{OrderQuote, OrderStatus, Totals};
use crate::report::xlsx::page::Page;
use crate::report::xlsx::style::{CAUTION_INK, Kind, Role};

const HEADER_ROW: RowNum = 4;
const FIRST_ROW: RowNum = HEADER_ROW + 1;

const NUMBER: ColNum = 0;
const SCHOOL: ColNum = 2;
const STATUS: ColNum = 3;
const CHARGING: ColNum = 4;
const BASIC: ColNum = 5;
const INTEROP: ColNum = 6;
const TERM: ColNum = 7;
const ANNUAL: ColNum = 8;
const LIST: ColNum = 9;
const WAIVED: ColNum = 10;
const PAYABLE: ColNum = 11;
const REMARK: ColNum = 12;

impl Live<'_> {
    /// One row an order, and what they come to. An amount that covers only a part of its accounts is never
    /// shown as if it were whole: a word stands in its place, and the part has a row of its own.
    pub(super) fn summary_page(&self) -> Result<Page, XlsxError> {
        let (book, styles) = (self.book, &self.book.styles);
        let mut page = book.page(self.summary.clone())?;
        let titles = [
            ("xlsx-number", Kind::Ordinal),
            ("report-code", Kind::Text),
            ("report-school", Kind::Text),
            ("report-status", Kind::Text),
            ("xlsx-charging", Kind::Text),
            ("report-basic", Kind::Count),
            ("report-interop", Kind::Count),
            ("xlsx-term-days", Kind::Count),
            ("xlsx-annual", Kind::Money),
            ("report-list-price", Kind::Money),
            ("report-waiver", Kind::Money),
            ("report-payable", Kind::Money),
            ("xlsx-remark", Kind::Text),
        ];
        page.header(HEADER_ROW, &titles.map(|(id, kind)| (book.catalog.word(id), kind)), styles)?;
        for (index, order) in self.basis.orders.iter().enumerate() {
            self.write_summary_row(&mut page, index, order)?;
        }
        self.write_totals(&mut page)?;
        self.mark_remarks(&mut page)?;
        page.free_text(2, 0, &book.catalog.word("xlsx-hint-summary"), styles.hint())?;
        Ok(page)
    }

    /// What has to be paid for an order, or the word for what is not known.
    pub(super) fn payable_of(&self, index: usize) -> String {
        at(&self.summary, order_row(index), PAYABLE)
    }

    fn write_summary_row(&self, page: &mut Page, index: usize, order: &OrderQuote) -> Result<(), XlsxError> {
        let row = order_row(index);
        let columns = self.item_columns();
        let style = |kind| self.book.styles.of(kind, Role::Plain);
        let words = &self.words;
        page.number(row, NUMBER, &(index + 1).to_string(), style(Kind::Ordinal))?;
        self.write_party(page, row, &order.payer, Role::Plain)?;
        let own = |column| self.of_order(index, column);
        page.formula(
            row,
            STATUS,
            &format!("={}", own(orders::STATUS)),
            words.status(order.status),
            style(Kind::Text),
        )?;
        let charging = format!("={}", own(orders::CHARGING));
        page.formula(row, CHARGING, &charging, words.charging(order), style(Kind::Text))?;
        for (column, account_type) in [BASIC, INTEROP].into_iter().zip(AccountType::ALL) {
            let formula = format!("={}", self.item_accounts(index, account_type));
            page.formula(row, column, &formula, &accounts(order, account_type), style(Kind::Count))?;
        }
        let sum = |column| self.order_sum(index, column);
        page.formula(
            row,
            TERM,
            &format!("={}", sum(columns.term())),
            &order.days.to_string(),
            style(Kind::Count),
        )?;
        let known = |value: Option<String>| value.unwrap_or_else(|| words.open.clone());
        let annual = known(order.annual().map(|annual| annual.to_string()));
        let formula = self.if_priced(index, &sum(columns.annual()));
        page.formula(row, ANNUAL, &formula, &annual, style(Kind::Fine))?;
        let list = known(order.list_price().map(|price| price.to_string()));
        page.formula(row, LIST, &self.if_priced(index, &sum(columns.list())), &list, style(Kind::Money))?;
        let waived = format!("=ROUND({}-{},2)", sum(columns.list()), sum(columns.payable()));
        let result = order.priced.checked_sub(order.priced_payable()).unwrap_or_default().to_string();
        page.formula(row, WAIVED, &waived, &result, style(Kind::Money))?;
        let payable = known(order.payable().map(|price| price.to_string()));
        page.formula(row, PAYABLE, &self.payable_formula(index, row), &payable, style(Kind::Money))?;
        let (formula, result) = self.remark(index, row, order);
        page.formula(row, REMARK, &formula, &result, style(Kind::Text))
    }

    /// A value where all accounts have a price, or the word for one that is not known.
    fn if_priced(&self, index: usize, value: &str) -> String {
        match self.negotiates() {
            true => {
                let unpriced = self.order_sum(index, self.item_columns().unpriced());
                format!("=IF({unpriced}>0,{},{value})", quoted(&self.words.open))
            }
            false => format!("={value}"),
        }
    }

    fn payable_formula(&self, index: usize, row: RowNum) -> String {
        let payable = self.order_sum(index, self.item_columns().payable());
        if !self.negotiates() {
            return format!("={payable}");
        }
        let unpriced = self.order_sum(index, self.item_columns().unpriced());
        let charging = row_col_to_cell(row, CHARGING);
        let (charged, open) = (quoted(&self.words.charged), quoted(&self.words.open));
        format!("=IF(AND({unpriced}>0,{charging}={charged}),{open},{payable})")
    }

    /// What keeps the order from being placed, or its amounts from being whole.
    fn remark(&self, index: usize, row: RowNum, order: &OrderQuote) -> (String, String) {
        let word = |id| quoted(&self.book.catalog.word(id));
        let [basic, interop, term] = [BASIC, INTEROP, TERM].map(|column| row_col_to_cell(row, column));
        let (least, most) = (Rule::LeastDays.name(), Rule::MostDays.name());
        let term_wrong = format!("OR({term}<{least},{term}>{most})");
        let too_many = format!("MAX({basic},{interop})>{}", Rule::MostAccounts.name());
        let rest = format!(
            "IF({term_wrong},{},IF({too_many},{},{}))",
            word("xlsx-term-wrong"),
            word("xlsx-too-many"),
            quoted(NO_REMARK)
        );
        if !self.negotiates() {
            return (format!("={rest}"), NO_REMARK.to_owned());
        }
        let unpriced = self.order_sum(index, self.item_columns().unpriced());
        let open = self.book.catalog.word("xlsx-accounts-without-price");
        let formula = format!("=IF({unpriced}>0,{}&{unpriced},{rest})", quoted(&open));
        let count = u64::from(order.unpriced.basic) + u64::from(order.unpriced.interop);
        (formula, if count > 0 { format!("{open}{count}") } else { NO_REMARK.to_owned() })
    }

    /// Colours the remarks that say something.
    fn mark_remarks(&self, page: &mut Page) -> Result<(), XlsxError> {
        let last = order_row(self.basis.orders.len().saturating_sub(1));
        let says_something = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::NotEqualTo(NO_REMARK))
            .set_format(Format::new().set_font_color(CAUTION_INK));
        page.sheet().add_conditional_format(FIRST_ROW, REMARK, last, REMARK, &says_something)?;
        Ok(())
    }

    fn write_totals(&self, page: &mut Page) -> Result<(), XlsxError> {
        let totals = Totals::of(&self.basis.orders).unwrap_or_default();
        let row = order_row(self.basis.orders.len());
        self.write_firm_total(page, row, &totals)?;
        let mut next = row + 1;
        if self.negotiates() {
            self.write_priced_part(page, next, &totals)?;
            next += 1;
        }
        self.total_head(page, next, "xlsx-total-unconfirmed")?;
        let formula = self.item_sum(self.item_columns().payable(), &self.words.unconfirmed);
        let style = self.book.styles.of(Kind::Money, Role::Total);
        page.formula(next, PAYABLE, &formula, &totals.unconfirmed.to_string(), style)?;
        if self.negotiates() {
            self.write_unpriced(page, next + 1, &totals)?;
        }
        let strong = self.book.styles.strong().clone().set_num_format("¥#,##0.00;-¥#,##0.00;¥0.00;[Red]@");
        page.free_text(1, 0, &self.book.catalog.word("report-payable"), self.book.styles.strong())?;
        let result = self.firm(totals.payable, OrderQuote::payable);
        let formula = format!("={}", row_col_to_cell(row, PAYABLE));
        page.formula(1, SCHOOL, &formula, &result, &strong)
    }

    /// The sums of the confirmed orders; a word where one of them has an amount that is not known.
    fn write_firm_total(&self, page: &mut Page, row: RowNum, totals: &Totals) -> Result<(), XlsxError> {
        let style = |kind| self.book.styles.of(kind, Role::Total);
        self.total_head(page, row, "report-total")?;
        let confirmed = || self.basis.orders.iter().filter(|order| order.status == OrderStatus::Confirmed);
        for (column, account_type) in [BASIC, INTEROP].into_iter().zip(AccountType::ALL) {
            let sum: u64 = confirmed().map(|order| count(order, account_type)).sum();
            page.formula(row, column, &self.confirmed_sum(column), &sum.to_string(), style(Kind::Count))?;
        }
        let annual = confirmed().try_fold(Amount::ZERO, |sum, order| sum.checked_add(order.annual()?));
        let annual = annual.map_or_else(|| self.words.incomplete.clone(), |sum| sum.to_string());
        page.formula(row, ANNUAL, &self.whole_sum(ANNUAL, 4), &annual, style(Kind::Fine))?;
        let list = self.firm(totals.list_price, OrderQuote::list_price);
        page.formula(row, LIST, &self.whole_sum(LIST, 2), &list, style(Kind::Money))?;
        let waived = format!("=ROUND({},2)", &self.confirmed_sum(WAIVED)[1..]);
        page.formula(row, WAIVED, &waived, &totals.waived.to_string(), style(Kind::Money))?;
        let payable = self.firm(totals.payable, OrderQuote::payable);
        page.formula(row, PAYABLE, &self.whole_sum(PAYABLE, 2), &payable, style(Kind::Money))?;
        let (complete, incomplete) = (&self.words.complete, &self.words.incomplete);
        let unconfirmed =
            format!("COUNTIF({},{})", self.over_orders(STATUS), quoted(&self.words.unconfirmed));
        let gaps = match self.negotiates() {
            true => format!("{unconfirmed}+SUM({})", self.all_items(self.item_columns().unpriced())),
            false => unconfirmed,
        };
        let formula = format!("=IF({gaps}>0,{},{})", quoted(incomplete), quoted(complete));
        let result = if totals.complete { complete } else { incomplete };
        page.formula(row, REMARK, &formula, result, style(Kind::Text))
    }

    fn write_priced_part(&self, page: &mut Page, row: RowNum, totals: &Totals) -> Result<(), XlsxError> {
        self.total_head(page, row, "xlsx-total-priced")?;
        let columns = self.item_columns();
        for (column, source, sum) in
            [(LIST, columns.list(), totals.list_price), (PAYABLE, columns.payable(), totals.payable)]
        {
            let formula = self.item_sum(source, &self.words.confirmed);
            page.formula(
                row,
                column,
                &formula,
                &sum.to_string(),
                self.book.styles.of(Kind::Money, Role::Total),
            )?;
        }
        Ok(())
    }

    fn write_unpriced(&self, page: &mut Page, row: RowNum, totals: &Totals) -> Result<(), XlsxError> {
        self.total_head(page, row, "xlsx-total-unpriced")?;
        let columns = self.item_columns();
        for (column, account_type) in [BASIC, INTEROP].into_iter().zip(AccountType::ALL) {
            let formula = format!(
                "=SUMIFS({},{},{})",
                self.all_items(columns.unpriced()),
                self.all_items(columns.account()),
                quoted(&self.type_word(account_type))
            );
            let result = totals.unpriced.get(account_type).to_string();
            page.formula(row, column, &formula, &result, self.book.styles.of(Kind::Band, Role::Total))?;
        }
        Ok(())
    }

    fn total_head(&self, page: &mut Page, row: RowNum, label: &'static str) -> Result<(), XlsxError> {
        let style = self.book.styles.of(Kind::Text, Role::Total);
        for column in 0..=REMARK {
            page.blank(row, column, style)?;
        }
        page.text(row, SCHOOL, &self.book.catalog.word(label), style)
    }

    /// A sum that is whole, or the word for one that is not.
    fn firm(&self, sum: Money, part: fn(&OrderQuote) -> Option<Money>) -> String {
        let mut confirmed = self.basis.orders.iter().filter(|order| order.status == OrderStatus::Confirmed);
        match confirmed.all(|order| part(order).is_some()) {
            true => sum.to_string(),
            false => self.words.incomplete.clone(),
        }
    }

    fn confirmed_sum(&self, column: ColNum) -> String {
        let confirmed = quoted(&self.words.confirmed);
        format!("=SUMIFS({},{},{confirmed})", self.over_orders(column), self.over_orders(STATUS))
    }

    /// The sum of the confirmed orders, unless one of them has a word in place of an amount.
    fn whole_sum(&self, column: ColNum, decimals: u32) -> String {
        let (status, amounts) = (self.over_orders(STATUS), self.over_orders(column));
        let (confirmed, incomplete) = (quoted(&self.words.confirmed), quoted(&self.words.incomplete));
        let sum = &self.confirmed_sum(column)[1..];
        format!(
            "=IF(SUMPRODUCT(({status}={confirmed})*ISTEXT({amounts}))>0,{incomplete},ROUND({sum},{decimals}))"
        )
    }

    /// The sum of what the sheet of items says of the orders with this status.
    fn item_sum(&self, column: ColNum, status: &str) -> String {
        let (amounts, statuses) = (self.all_items(column), self.all_items(self.item_columns().status()));
        format!("=ROUND(SUMIFS({amounts},{statuses},{}),2)", quoted(status))
    }

    fn over_orders(&self, column: ColNum) -> String {
        let last = order_row(self.basis.orders.len().saturating_sub(1));
        cell_range_absolute(FIRST_ROW, column, last, column)
    }
}

/// What a remark says when there is nothing to say.
const NO_REMARK: &str = "–";

fn order_row(index: usize) -> RowNum {
    FIRST_ROW + RowNum::try_from(index).unwrap_or(0)
}

fn count(order: &OrderQuote, account_type: AccountType) -> u64 {
    order.lines.iter().filter(|line| line.account_type == account_type).map(|line| line.count()).sum()
}

fn accounts(order: &OrderQuote, account_type: AccountType) -> String {
    count(order, account_type).to_string()
}
