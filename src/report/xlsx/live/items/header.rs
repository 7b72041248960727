use rust_xlsxwriter::{ColNum, XlsxError};

use super::{ACCOUNT, FIRST_ROW, FIRST_TIER, HEADER_ROW, PRICE_ROWS};
use crate::account::AccountType;
use crate::report::xlsx::live::{FormulaWorkbook, quoted};
use crate::report::xlsx::page::SheetWriter;
use crate::report::xlsx::style::{Kind, Role};

impl FormulaWorkbook<'_> {
    /// The titles of the sheet of items, and the prices of the tiers under theirs.
    pub(super) fn write_items_header(&self, page: &mut SheetWriter) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let word = |id| self.book.catalog.word(id);
        let tiers = &self.basis.card.tiers;
        let mut titles = vec![
            (word("xlsx-number"), Kind::Ordinal),
            (word("report-code"), Kind::Text),
            (word("report-school"), Kind::Text),
            (word("report-status"), Kind::Text),
            (word("report-account"), Kind::Text),
            (word("xlsx-term-days"), Kind::Count),
            (word("xlsx-held"), Kind::Count),
            (word("report-accounts"), Kind::Count),
        ];
        titles.extend(tiers.iter().map(|_| (String::new(), Kind::Count)));
        if self.negotiates() {
            titles.extend([
                (String::new(), Kind::Count),
                (word("xlsx-negotiated-price"), Kind::Price),
                (word("xlsx-without-price"), Kind::Count),
            ]);
        }
        titles
            .extend(["xlsx-annual", "report-list-price", "report-payable"].map(|id| (word(id), Kind::Money)));
        page.header(HEADER_ROW, &titles, styles)?;
        for column in 0..ColNum::try_from(titles.len()).unwrap_or(0) {
            for row in [PRICE_ROWS, PRICE_ROWS + 1] {
                page.blank(row, column, styles.of(Kind::Text, Role::Header))?;
            }
        }
        for (row, id) in [(PRICE_ROWS, "report-basic-price"), (PRICE_ROWS + 1, "report-interop-price")] {
            page.text(row, ACCOUNT, &word(id), styles.of(Kind::Text, Role::Header))?;
        }
        self.write_tier_titles(page)?;
        page.sheet().set_freeze_panes(FIRST_ROW, ACCOUNT + 1)?;
        page.sheet().set_repeat_rows(HEADER_ROW, FIRST_ROW - 1)?;
        Ok(())
    }

    /// The accounts of each tier, and its prices under them, as the rate card has them.
    fn write_tier_titles(&self, page: &mut SheetWriter) -> Result<(), XlsxError> {
        let styles = &self.book.styles;
        let title = styles.of(Kind::RightText, Role::Header);
        let dash = quoted("–");
        let card = &self.basis.card;
        for (index, (tier, column)) in card.tiers.iter().zip(FIRST_TIER..).enumerate() {
            let from = self.tier_from(index);
            let (formula, text) = match (self.tier_to(index), tier.to) {
                (Some(last), Some(to)) => (format!("={from}&{dash}&{last}"), format!("{}–{to}", tier.from)),
                _ => (format!("={from}&{dash}"), format!("{}–", tier.from)),
            };
            page.formula(HEADER_ROW, column, &formula, &text, title)?;
            for (row, account_type) in (PRICE_ROWS..).zip(AccountType::ALL) {
                let price = self.tier_price(index, account_type);
                let formula = format!("=IF(ISNUMBER({price}),{price},{dash})");
                let price = tier.price.get(account_type).price.to_string();
                page.formula(row, column, &formula, &price, styles.of(Kind::Price, Role::Header))?;
            }
        }
        if let Some(negotiated) = &card.negotiated {
            let column = self.item_columns().negotiated();
            let formula = format!("={}&{dash}", self.tier_from(card.tiers.len()));
            page.formula(HEADER_ROW, column, &formula, &format!("{}–", negotiated.from), title)?;
            for row in [PRICE_ROWS, PRICE_ROWS + 1] {
                page.text(row, column, &self.words.open, title)?;
            }
        }
        Ok(())
    }
}
