use super::table::PriceTable;
use super::{Price, Purchase, PurchaseError};
use crate::account::{AccountType, Term};
use crate::money::{Amount, UnitPrice};
use crate::rates::TermRules;

/// A purchase priced line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Itemised {
    /// The totals.
    pub price: Price,
    /// The lines: by type, then by ordinal. Their annual amounts add up to the totals'.
    pub lines: Vec<Line>,
}

/// Accounts of one type in one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Type of the accounts.
    pub account_type: AccountType,
    /// Index of the tier in the rate card; `None` for negotiated accounts.
    pub tier: Option<usize>,
    /// First ordinal that the line prices, counted from 1.
    pub from: u64,
    /// Last ordinal that the line prices, inclusive.
    pub to: u64,
    /// Price of one account, in yuan a year; `None` if it is not negotiated yet (P5, docs/rules.md#p5).
    pub unit_price: Option<UnitPrice>,
    /// Price of all accounts of the line, in yuan a year; `None` if the unit price is.
    pub annual: Option<Amount>,
}

impl Line {
    /// Returns how many accounts the line prices.
    pub fn count(&self) -> u64 {
        self.to + 1 - self.from
    }
}

impl PriceTable {
    /// Returns the list price of a purchase with the lines that lead to it.
    ///
    /// # Errors
    /// As [`PriceTable::price`].
    pub fn itemise(&self, purchase: &Purchase) -> Result<Itemised, PurchaseError> {
        let price = self.price(purchase)?;
        let mut lines = Vec::with_capacity(8);
        for account_type in AccountType::ALL {
            self.push_lines(purchase, account_type, &mut lines).ok_or(PurchaseError::Overflow)?;
        }
        Ok(Itemised { price, lines })
    }

    fn push_lines(
        &self,
        purchase: &Purchase,
        account_type: AccountType,
        lines: &mut Vec<Line>,
    ) -> Option<()> {
        let start = u64::from(*self.start(purchase.kind).get(account_type));
        let last = start + u64::from(*purchase.counts.get(account_type));
        let tiers = self.tiers(account_type);
        for (index, tier) in tiers.iter().enumerate() {
            let end = tiers.get(index + 1).map_or(self.negotiated_from(), |next| next.from) - 1;
            let (from, to) = (tier.from.max(start + 1), end.min(last));
            if from <= to {
                let unit_price = Some(tier.price);
                let annual = Some(tier.price.times(to + 1 - from)?);
                lines.push(Line { account_type, tier: Some(index), from, to, unit_price, annual });
            }
        }
        let (from, to) = (self.negotiated_from().max(start + 1), last);
        if from <= to {
            let unit_price = *purchase.negotiated.get(account_type);
            let annual = match unit_price {
                Some(price) => Some(price.times(to + 1 - from)?),
                None => None,
            };
            lines.push(Line { account_type, tier: None, from, to, unit_price, annual });
        }
        Some(())
    }
}

impl Itemised {
    /// Returns how the price comes about, as the brief writes it: `(5×5+145×4)×1`. Accounts without a price
    /// appear as `1999×?`; where nothing is bought it is `0`.
    pub fn formula(&self, term: Term, rules: &TermRules) -> String {
        if self.lines.is_empty() {
            return "0".to_owned();
        }
        let mut formula = String::with_capacity(128);
        formula.push('(');
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                formula.push('+');
            }
            formula.push_str(&line.count().to_string());
            formula.push('×');
            match line.unit_price {
                Some(price) => formula.push_str(&price.shortest()),
                None => formula.push('?'),
            }
        }
        formula.push_str(")×");
        formula.push_str(&term_factor(term, self.price.days, rules));
        formula
    }
}

/// Returns the part of a year's price that a term costs: `1`, `(6/12)` or `(200/372)`.
fn term_factor(term: Term, days: u32, rules: &TermRules) -> String {
    let year = rules.days_per_year;
    if days.is_multiple_of(year) {
        return (days / year).to_string();
    }
    let twelfths =
        u64::from(term.months) * u64::from(year) == u64::from(days) * u64::from(Term::MONTHS_PER_YEAR);
    if term.days == 0 && twelfths {
        format!("({}/{})", term.months, Term::MONTHS_PER_YEAR)
    } else {
        format!("({days}/{year})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Counts;
    use crate::pricing::fixture::{card, months};

    fn formula(basic: u32, interop: u32, term: Term) -> String {
        let card = card();
        let purchase = Purchase { term, ..Purchase::of(Counts { basic, interop }) };
        let table = PriceTable::new(&card).unwrap();
        table.itemise(&purchase).unwrap().formula(term, &card.term)
    }

    #[test]
    fn a_formula_is_written_as_the_brief_writes_it() {
        assert_eq!(formula(150, 0, Term::ONE_YEAR), "(5×5+145×4)×1");
        assert_eq!(formula(8, 20, Term::ONE_YEAR), "(5×5+3×4+5×50+15×40)×1");
        assert!(formula(12_000, 0, Term::ONE_YEAR).ends_with("+9000×1+2000×?)×1"));
    }

    #[test]
    fn the_term_is_years_or_twelfths_or_days() {
        let of = |months, days| formula(1, 0, Term { months, days });
        assert_eq!(of(36, 0), "(1×5)×3");
        assert_eq!(of(6, 0), "(1×5)×(6/12)");
        assert_eq!(of(18, 0), "(1×5)×(18/12)");
        assert_eq!(of(0, 372), "(1×5)×1");
        assert_eq!(of(6, 14), "(1×5)×(200/372)");
        assert_eq!(of(0, 31), "(1×5)×(31/372)");
    }

    #[test]
    fn months_that_are_no_twelfths_of_the_year_are_shown_in_days() {
        let mut card = card();
        card.term.days_per_year = 365;
        let term = months(6);
        let purchase = Purchase { term, ..Purchase::of(Counts { basic: 1, interop: 0 }) };
        let itemised = PriceTable::new(&card).unwrap().itemise(&purchase).unwrap();
        assert_eq!(itemised.formula(term, &card.term), "(1×5)×(186/365)");
    }

    #[test]
    fn negotiated_accounts_are_one_line() {
        let card = card();
        let mut purchase = Purchase::of(Counts { basic: 10_003, interop: 0 });
        let table = PriceTable::new(&card).unwrap();
        let last = *table.itemise(&purchase).unwrap().lines.last().unwrap();
        assert_eq!((last.tier, last.from, last.to, last.annual), (None, 10_001, 10_003, None));
        purchase.negotiated.basic = "0.8".parse().ok();
        let last = *table.itemise(&purchase).unwrap().lines.last().unwrap();
        assert_eq!(last.annual.unwrap().to_string(), "2.40");
    }
}
