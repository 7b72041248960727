//! The prices of a rate card, written out as numbers and as texts. Read [`QuickCard::new`] first.

use super::output::{AmountText, TOO_MUCH};
use crate::account::{AccountType, Counts, PerType};
use crate::pricing::{PriceLookup, PriceTable, QuickPrice};

/// What prices plain rows without computing them.
pub(super) struct QuickCard {
    pub(super) lookup: PriceLookup,
    /// By count, from 0: what so many accounts cost for a year, if none comes before them.
    texts: PerType<Vec<AmountText>>,
    delimiter: u8,
}

impl QuickCard {
    /// Writes the prices of a table out; `None` if [`PriceLookup`] has none, or some are too large.
    pub(super) fn new(table: &PriceTable, delimiter: u8) -> Option<QuickCard> {
        let lookup = PriceLookup::new(table).filter(|lookup| lookup.most() < TOO_MUCH)?;
        let texts = |kind: AccountType| {
            let sums = lookup.annual(kind).map(|fen| Some(fen).filter(|fen| *fen < TOO_MUCH));
            sums.map(|fen| Some(AmountText::new(fen?, delimiter))).collect::<Option<Vec<AmountText>>>()
        };
        let texts = PerType { basic: texts(AccountType::Basic)?, interop: texts(AccountType::Interop)? };
        Some(QuickCard { lookup, texts, delimiter })
    }

    /// Returns an amount as text.
    #[inline]
    pub(super) fn text(&self, fen: u64) -> AmountText {
        AmountText::new(fen, self.delimiter)
    }

    /// Returns the prices of a year as texts.
    #[inline]
    pub(super) fn annual(&self, price: &QuickPrice, start: Counts, counts: Counts) -> PerType<AmountText> {
        let text = |texts: &[AmountText], start: u32, count: u32, fen: u64| match texts.get(count as usize) {
            Some(text) if start == 0 => *text,
            _ => self.text(fen),
        };
        PerType {
            basic: text(&self.texts.basic, start.basic, counts.basic, price.annual.basic),
            interop: text(&self.texts.interop, start.interop, counts.interop, price.annual.interop),
        }
    }
}
