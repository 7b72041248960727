use super::{ACCOUNT, FIRST_ROW, HEADER_ROW, PRICE_ROWS, price_row};
use crate::account::AccountType;
use crate::report::xlsx::Written;
use crate::report::xlsx::formula_workbook::FormulaWorkbook;
use crate::report::xlsx::sheet::SheetWriter;
use crate::report::xlsx::style::{Kind, Role};
use crate::report::xlsx::words::quoted;

impl FormulaWorkbook<'_> {
    /// Writes the titles of the sheet of items, and the prices of the tiers under theirs.
    pub(super) fn write_items_header(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let mut ids = vec![
            ("xlsx-number", Kind::Ordinal),
            ("report-code", Kind::Text),
            ("report-school", Kind::Text),
            ("report-account", Kind::Text),
            ("xlsx-held", Kind::Count),
            ("report-accounts", Kind::Count),
        ];
        let tiers = ids.len();
        if self.negotiates() {
            ids.extend([("xlsx-negotiated-price", Kind::Price), ("xlsx-without-price", Kind::Count)]);
        }
        ids.push(("xlsx-annual", Kind::Money));
        let mut titles: Vec<_> = ids.into_iter().map(|(id, kind)| (self.book.word(id), kind)).collect();
        titles.splice(tiers..tiers, (0..self.tier_count()).map(|_| (String::new(), Kind::Count)));
        sheet.titles(HEADER_ROW, &titles)?;
        for (row, id) in (PRICE_ROWS..).zip(["report-basic-price", "report-interop-price"]) {
            let mut cells = sheet.row(row, Role::Header);
            cells.blanks(Kind::Text, (0..).take(titles.len()))?;
            cells.text(ACCOUNT, &self.book.word(id))?;
        }
        self.write_tier_titles(sheet)?;
        sheet.sheet().set_freeze_panes(FIRST_ROW, ACCOUNT + 1)?.set_repeat_rows(HEADER_ROW, FIRST_ROW - 1)?;
        Ok(())
    }

    /// Writes the accounts of each tier, and its prices under them, as the rate card has them.
    fn write_tier_titles(&self, sheet: &mut SheetWriter<'_>) -> Written {
        let dash = quoted("–");
        let card = &self.basis.card;
        for (index, tier) in card.tiers.iter().enumerate() {
            let column = self.tier_column(index);
            let mut formula = format!("{}&{dash}", self.tier_from(index));
            let mut text = format!("{}–", tier.from);
            if let Some(to) = tier.to {
                formula += &format!("&{}", self.tier_to(index));
                text += &to.to_string();
            }
            sheet.row(HEADER_ROW, Role::Header).formula(column, Kind::RightText, &formula, text)?;
            for account_type in AccountType::ALL {
                let price = self.tier_price(index, account_type);
                let formula = format!("IF(ISNUMBER({price}),{price},{dash})");
                let mut cells = sheet.row(price_row(account_type), Role::Header);
                cells.formula(column, Kind::Price, &formula, tier.price.get(account_type).price)?;
            }
        }
        if let Some(negotiated) = &card.negotiated {
            let column = self.tier_column(card.tiers.len());
            let formula = format!("{}&{dash}", self.tier_from(card.tiers.len()));
            let text = format!("{}–", negotiated.from);
            sheet.row(HEADER_ROW, Role::Header).formula(column, Kind::RightText, &formula, text)?;
            for account_type in AccountType::ALL {
                let mut cells = sheet.row(price_row(account_type), Role::Header);
                cells.text_as(column, Kind::RightText, &self.words.open)?;
            }
        }
        Ok(())
    }
}
