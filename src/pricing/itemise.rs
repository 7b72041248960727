use super::table::{PriceTable, round};
use super::{Price, Purchase, PurchaseError, TermFactor};
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Amount, Money, UnitPrice};
use crate::rates::{RoundedPart, Rounding};

/// A purchase priced line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Itemised {
    /// The totals.
    pub price: Price,
    /// The lines: by type, then by member, then by ordinal. Their annual amounts add up to the totals'.
    pub lines: Vec<Line>,
    /// The part of the annual price that the term costs.
    pub factor: TermFactor,
    /// What is rounded by itself (P10, docs/rules.md#p10).
    pub rounded_part: RoundedPart,
    /// True if anything had to be rounded.
    pub rounded: bool,
    /// The list price by type, if types are rounded apart; it adds up to the totals'.
    pub list_price_by_type: Option<PerType<Money>>,
}

/// Accounts of one type in one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Type of the accounts.
    pub account_type: AccountType,
    /// Index of the member whose accounts they are, where each member's tiers run apart (U3, docs/rules.md#u3).
    pub member: Option<usize>,
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
            self.push_lines(purchase, (account_type, None), &mut lines).ok_or(PurchaseError::Overflow)?;
        }
        self.itemised(price, lines, self.factor(purchase)?).ok_or(PurchaseError::Overflow)
    }

    /// Returns the same of one order of several members whose tiers run apart: U3 (docs/rules.md#u3). The members'
    /// purchases are parts of the order: they have one term, kind and negotiated price, and a member may buy nothing.
    ///
    /// # Errors
    /// As [`PriceTable::price`] of the whole order.
    pub fn itemise_members(&self, members: &[Purchase]) -> Result<Itemised, PurchaseError> {
        let mut whole = *members.first().ok_or(PurchaseError::NoAccounts)?;
        let counts = members.iter().try_fold(Counts::ZERO, |sum, member| sum.checked_add(member.counts));
        whole.counts = counts.ok_or(PurchaseError::Overflow)?;
        if let Some(error) = self.check(&whole).into_iter().next() {
            return Err(error);
        }
        let mut lines = Vec::with_capacity(8);
        for account_type in AccountType::ALL {
            for (index, member) in members.iter().enumerate() {
                let part = (account_type, Some(index));
                self.push_lines(member, part, &mut lines).ok_or(PurchaseError::Overflow)?;
            }
        }
        let factor = self.factor(&whole)?;
        let days = self.term_rules().days(whole.term).ok_or(PurchaseError::Overflow)?;
        let price = self.price_of(&lines, factor, days).ok_or(PurchaseError::Overflow)?;
        self.itemised(price, lines, factor).ok_or(PurchaseError::Overflow)
    }

    /// Returns the part of the annual price that the term of a purchase costs.
    ///
    /// # Errors
    /// [`PurchaseError::Overflow`] if the term is too long to be counted in days.
    pub fn factor(&self, purchase: &Purchase) -> Result<TermFactor, PurchaseError> {
        let days = self.term_rules().days(purchase.term).ok_or(PurchaseError::Overflow)?;
        let divisor = self.rules().by_days_divisor;
        Ok(TermFactor::new(self.term_rules(), divisor, purchase.kind, purchase.term, days))
    }

    /// Calls a function with each line of a type, by ordinal, until it returns `None`; returns `None` then, or if an
    /// amount overflows.
    pub(super) fn each_line(
        &self,
        purchase: &Purchase,
        account_type: AccountType,
        mut take: impl FnMut(Line) -> Option<()>,
    ) -> Option<()> {
        let start = u64::from(*self.start(purchase).get(account_type));
        let last = start + u64::from(*purchase.counts.get(account_type));
        let line = |tier, from: u64, to: u64, unit_price: Option<UnitPrice>| {
            let annual = match unit_price {
                Some(price) => Some(price.times(to + 1 - from)?),
                None => None,
            };
            Some(Line { account_type, member: None, tier, from, to, unit_price, annual })
        };
        let negotiates_all = self.negotiates_all(last);
        let tiers = self.tiers(account_type);
        for (index, tier) in tiers.iter().enumerate().filter(|_| !negotiates_all) {
            let end = tiers.get(index + 1).map_or(self.negotiated_from(), |next| next.from) - 1;
            let (from, to) = (tier.from.max(start + 1), end.min(last));
            if from <= to {
                take(line(Some(index), from, to, Some(tier.price))?)?;
            }
        }
        let first = if negotiates_all { start + 1 } else { self.negotiated_from().max(start + 1) };
        if first <= last {
            take(line(None, first, last, *purchase.negotiated.get(account_type))?)?;
        }
        Some(())
    }

    fn push_lines(
        &self,
        purchase: &Purchase,
        (account_type, member): (AccountType, Option<usize>),
        lines: &mut Vec<Line>,
    ) -> Option<()> {
        self.each_line(purchase, account_type, |line| {
            lines.push(Line { member, ..line });
            Some(())
        })
    }

    /// Adds up lines to the price of an order; `None` if it overflows.
    fn price_of(&self, lines: &[Line], factor: TermFactor, days: u32) -> Option<Price> {
        let mut price =
            Price { annual: PerType::default(), list_price: Money::ZERO, unpriced: Counts::ZERO, days };
        for line in lines {
            let annual = price.annual.get_mut(line.account_type);
            *annual = annual.checked_add(line.annual.unwrap_or_default())?;
            if line.annual.is_none() {
                let unpriced = price.unpriced.get_mut(line.account_type);
                *unpriced = unpriced.checked_add(u32::try_from(line.count()).ok()?)?;
            }
        }
        price.list_price = PriceTable::list_price(self.rules().rounding, &price, lines, factor)?;
        Some(price)
    }

    /// Returns the list price of lines under a rule of rounding; `None` if it overflows.
    pub(super) fn list_price(
        rounding: Rounding,
        price: &Price,
        lines: &[Line],
        factor: TermFactor,
    ) -> Option<Money> {
        match list_price_by_type(rounding, price, lines, factor)? {
            Some(by_type) => by_type.basic.checked_add(by_type.interop),
            None => round(price.annual.basic.checked_add(price.annual.interop)?, factor, rounding.mode),
        }
    }

    fn itemised(&self, price: Price, lines: Vec<Line>, factor: TermFactor) -> Option<Itemised> {
        let rounded_part = self.rules().rounding.per;
        let is_exact = |annual: Amount| annual.scales_exactly(factor.numerator(), factor.denominator());
        let annual = price.annual;
        let rounded = match rounded_part {
            RoundedPart::Order => !is_exact(annual.basic.checked_add(annual.interop)?),
            RoundedPart::Type => !is_exact(annual.basic) || !is_exact(annual.interop),
            RoundedPart::Item => !lines.iter().filter_map(|line| line.annual).all(is_exact),
        };
        let list_price_by_type = list_price_by_type(self.rules().rounding, &price, &lines, factor)?;
        Some(Itemised { price, lines, factor, rounded_part, rounded, list_price_by_type })
    }
}

/// Returns the list price by type; `Some(None)` if the order is rounded as a whole, `None` if an amount overflows.
#[expect(clippy::option_option, reason = "the outer one is for overflow, as everywhere here")]
fn list_price_by_type(
    rounding: Rounding,
    price: &Price,
    lines: &[Line],
    factor: TermFactor,
) -> Option<Option<PerType<Money>>> {
    let mut sums = PerType::<Money>::default();
    match rounding.per {
        RoundedPart::Order => return Some(None),
        RoundedPart::Type => {
            for kind in AccountType::ALL {
                *sums.get_mut(kind) = round(*price.annual.get(kind), factor, rounding.mode)?;
            }
        }
        RoundedPart::Item => {
            for line in lines {
                let amount = round(line.annual.unwrap_or_default(), factor, rounding.mode)?;
                let sum = sums.get_mut(line.account_type);
                *sum = sum.checked_add(amount)?;
            }
        }
    }
    Some(Some(sums))
}

impl Itemised {
    /// Returns how the price comes about, as the brief writes it: `(5×5+145×4)×1`. Each part that is rounded by itself
    /// is a summand: `(5×5+3×4)×(200/372)+(5×50+15×40)×(200/372)`. Accounts without a price appear as `1999×?`; where
    /// nothing is bought it is `0`.
    pub fn formula(&self) -> String {
        if self.lines.is_empty() {
            return "0".to_owned();
        }
        let is_apart = |line: &Line, next: &Line| match self.rounded_part {
            RoundedPart::Order => false,
            RoundedPart::Type => line.account_type != next.account_type,
            RoundedPart::Item => true,
        };
        let factor = self.factor.to_string();
        let mut formula = String::with_capacity(128);
        for (index, part) in self.lines.chunk_by(|line, next| !is_apart(line, next)).enumerate() {
            if index > 0 {
                formula.push('+');
            }
            let bare = self.rounded_part == RoundedPart::Item;
            formula.push_str(if bare { "" } else { "(" });
            for (index, line) in part.iter().enumerate() {
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
            formula.push_str(if bare { "×" } else { ")×" });
            formula.push_str(&factor);
        }
        formula
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Term;
    use crate::pricing::fixture::card;
    use crate::pricing::{Held, PurchaseKind};

    fn formula(basic: u32, interop: u32, term: Term) -> String {
        let card = card();
        let purchase = Purchase { term, ..Purchase::of(Counts { basic, interop }) };
        let table = PriceTable::new(&card).unwrap();
        table.itemise(&purchase).unwrap().formula()
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

    /// The same purchase under other rules.
    fn under(words: &[&str], purchase: &Purchase) -> Itemised {
        let table = PriceTable::new(&card()).unwrap();
        let rules = words.iter().fold(table.rules(), |rules, word| rules.with(word.parse().unwrap()));
        table.under(rules).itemise(purchase).unwrap()
    }

    #[test]
    fn days_are_shown_apart_from_months_where_they_cost_another_part() {
        let of = |word, kind, months, days| {
            let purchase = Purchase {
                term: Term { months, days },
                kind,
                ..Purchase::of(Counts { basic: 1, interop: 0 })
            };
            under(&[word], &purchase).formula()
        };
        let new = PurchaseKind::New;
        assert_eq!(of("365", new, 6, 14), "(1×5)×(6/12+14/365)");
        assert_eq!(of("365", new, 0, 200), "(1×5)×(200/365)");
        assert_eq!(of("365", new, 0, 372), "(1×5)×(372/365)");
        assert_eq!(of("365", new, 6, 0), "(1×5)×(6/12)");
        // To a day: there are no months.
        assert_eq!(of("365", PurchaseKind::Renewal, 6, 14), "(1×5)×(200/365)");
        assert_eq!(of("372", PurchaseKind::Renewal, 6, 14), "(1×5)×(200/372)");
    }

    #[test]
    fn what_is_rounded_apart_is_a_summand() {
        let purchase =
            Purchase { term: Term { months: 6, days: 14 }, ..Purchase::of(Counts { basic: 8, interop: 6 }) };
        let formula = |word| under(&[word], &purchase).formula();
        assert_eq!(formula("type+half-up"), "(5×5+3×4)×(200/372)+(5×50+1×40)×(200/372)");
        assert_eq!(formula("item+down"), "5×5×(200/372)+3×4×(200/372)+5×50×(200/372)+1×40×(200/372)");
    }

    #[test]
    fn once_beyond_the_list_all_accounts_of_the_type_are_one_line() {
        let purchase = Purchase::of(Counts { basic: 10_001, interop: 10_000 });
        let lines = under(&["all"], &purchase).lines;
        assert_eq!((lines[0].tier, lines[0].from, lines[0].to), (None, 1, 10_001));
        assert_eq!(lines.iter().filter(|line| line.account_type == AccountType::Interop).count(), 5);
    }

    #[test]
    fn held_accounts_are_not_among_those_that_are_negotiated_as_a_whole() {
        let held = Held::longer(Counts { basic: 7, interop: 0 });
        let purchase = Purchase { held, ..Purchase::of(Counts { basic: 10_000, interop: 0 }) };
        let itemised = under(&["all"], &purchase);
        assert_eq!(itemised.price.unpriced, purchase.counts);
        assert_eq!((itemised.lines[0].from, itemised.lines[0].to), (8, 10_007));
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
