//! The price of the accounts in the tiers, for a term, rounded once. In goes a purchase, out comes its price; read
//! [`PriceTable::price`] first.

use super::{Purchase, PurchaseError, PurchaseKind, TermFactor};
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Amount, Money, RoundingMode, UnitPrice};
use crate::rates::{
    NegotiatedPart, OrderLimits, PricingRules, RateCard, RenewalStart, RoundedPart, Rounding, TermRules,
    TestEnterprise,
};

/// A rate card compiled for speed: a price is two look-ups in cumulative sums for each account type, and one
/// rounding, without allocation.
///
/// ```
/// use wxlicense::{Counts, pricing::{PriceTable, Purchase}, rates::RateCards};
/// let cards = RateCards::embedded().unwrap();
/// let table = PriceTable::new(cards.in_force(None).unwrap())?;
/// let price = table.price(&Purchase::of(Counts { basic: 8, interop: 20 }))?;
/// assert_eq!(price.list_price.to_string(), "887.00");
/// # Ok::<(), wxlicense::pricing::PurchaseError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PriceTable {
    tiers: PerType<Vec<TierStart>>,
    /// First account without a list price, counted from 1.
    negotiated_from: u64,
    rules: PricingRules,
    term: TermRules,
    pub(super) order: OrderLimits,
    test_enterprise: Option<TestEnterprise>,
}

/// The list price of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Price {
    /// The sum of the unit prices, exact: the price of one year, by type.
    pub annual: PerType<Amount>,
    /// List price of the term in yuan, rounded to the fen (P10, docs/rules.md#p10).
    pub list_price: Money,
    /// Accounts that have no price and are in neither figure (P5, docs/rules.md#p5).
    pub unpriced: Counts,
    /// Length of the term in days.
    pub days: u32,
}

impl Price {
    /// Returns true if every account has a price.
    pub fn is_complete(&self) -> bool {
        self.unpriced.is_zero()
    }
}

/// One tier of one type.
#[derive(Debug, Clone, Copy)]
pub(super) struct TierStart {
    /// First account of the tier, counted from 1.
    pub(super) from: u64,
    /// Price of each account in it, in yuan a year.
    pub(super) price: UnitPrice,
    /// The price of all accounts before it together, for one year.
    before: Amount,
}

impl PriceTable {
    /// Compiles a rate card.
    ///
    /// # Errors
    /// [`PurchaseError::Overflow`] if the accounts below the last tier cost more than [`Amount`] can hold.
    pub fn new(card: &RateCard) -> Result<PriceTable, PurchaseError> {
        Ok(PriceTable {
            tiers: PerType {
                basic: tiers(card, AccountType::Basic).ok_or(PurchaseError::Overflow)?,
                interop: tiers(card, AccountType::Interop).ok_or(PurchaseError::Overflow)?,
            },
            negotiated_from: card
                .negotiated
                .as_ref()
                .map_or(u64::MAX, |negotiated| u64::from(negotiated.from)),
            rules: card.rules,
            term: card.term.clone(),
            order: card.order.clone(),
            test_enterprise: card.test_enterprise.clone(),
        })
    }

    /// Returns the list price of a purchase. Accounts without a price are counted in [`Price::unpriced`],
    /// never guessed.
    ///
    /// # Errors
    /// The first of [`PriceTable::check`], or [`PurchaseError::Overflow`].
    pub fn price(&self, purchase: &Purchase) -> Result<Price, PurchaseError> {
        let mut first = None;
        self.each_error(purchase, |error| first = first.or(Some(error)));
        if let Some(error) = first {
            return Err(error);
        }
        let start = self.start(purchase);
        let basic = self.annual(purchase, start, AccountType::Basic).ok_or(PurchaseError::Overflow)?;
        let interop = self.annual(purchase, start, AccountType::Interop).ok_or(PurchaseError::Overflow)?;
        let days = self.term.days(purchase.term).ok_or(PurchaseError::Overflow)?;
        let factor =
            TermFactor::new(&self.term, self.rules.by_days_divisor, purchase.kind, purchase.term, days);
        let Rounding { per, mode } = self.rules.rounding;
        let list_price = match per {
            RoundedPart::Order => {
                basic.0.checked_add(interop.0).and_then(|annual| round(annual, factor, mode))
            }
            RoundedPart::Type | RoundedPart::Item => {
                self.rounded_apart(purchase, PerType { basic: basic.0, interop: interop.0 }, factor)
            }
        };
        Ok(Price {
            annual: PerType { basic: basic.0, interop: interop.0 },
            list_price: list_price.ok_or(PurchaseError::Overflow)?,
            unpriced: PerType { basic: basic.1, interop: interop.1 },
            days,
        })
    }

    /// Returns every reason why a purchase cannot be ordered.
    pub fn check(&self, purchase: &Purchase) -> Vec<PurchaseError> {
        let mut errors = Vec::new();
        self.each_error(purchase, |error| errors.push(error));
        errors
    }

    /// Returns the terms that the card knows.
    pub fn term_rules(&self) -> &TermRules {
        &self.term
    }

    /// Returns the rules under which it prices.
    pub fn rules(&self) -> PricingRules {
        self.rules
    }

    /// Returns the table of the same prices under other rules.
    #[must_use]
    pub fn under(&self, rules: PricingRules) -> PriceTable {
        PriceTable { rules, ..self.clone() }
    }

    /// Returns the table with another unit price of a type in a tier; `None` on overflow.
    pub(super) fn with_unit_price(
        &self,
        account_type: AccountType,
        tier: usize,
        price: UnitPrice,
    ) -> Option<PriceTable> {
        let mut table = self.clone();
        let tiers = table.tiers.get_mut(account_type);
        tiers.get_mut(tier)?.price = price;
        for index in 1..tiers.len() {
            let before = tiers[index - 1];
            let whole = before.price.times(tiers[index].from - before.from)?;
            tiers[index].before = before.before.checked_add(whole)?;
        }
        Some(table)
    }

    /// Returns how many accounts of each type come before the purchase in the tiers: P12 (docs/rules.md#p12) for a new
    /// purchase, P13 (docs/rules.md#p13) for a renewal.
    #[inline]
    pub fn start(&self, purchase: &Purchase) -> Counts {
        match (purchase.kind, self.rules.renewal) {
            (PurchaseKind::New, _) | (PurchaseKind::Renewal, RenewalStart::AfterHeld) => {
                purchase.held.before(self.rules.new_purchase)
            }
            (PurchaseKind::Renewal, RenewalStart::FromZero) | (PurchaseKind::TestEnterprise, _) => {
                Counts::ZERO
            }
        }
    }

    /// Returns the tiers that price the accounts of a type, without those that are negotiated.
    pub(super) fn tiers(&self, account_type: AccountType) -> &[TierStart] {
        self.tiers.get(account_type)
    }

    pub(super) fn negotiated_from(&self) -> u64 {
        self.negotiated_from
    }

    /// Returns true if all accounts of a type are negotiated in an order whose last account is this: P5
    /// (docs/rules.md#p5).
    pub(super) fn negotiates_all(&self, last: u64) -> bool {
        last >= self.negotiated_from && self.rules.negotiated == NegotiatedPart::All
    }

    /// Returns the annual amount of the accounts of a type, and how many of them have no price.
    fn annual(&self, purchase: &Purchase, start: Counts, account_type: AccountType) -> Option<(Amount, u32)> {
        let count = *purchase.counts.get(account_type);
        if count == 0 {
            return Some((Amount::ZERO, 0));
        }
        let first = u64::from(*start.get(account_type));
        let last = first + u64::from(count);
        if last < self.negotiated_from {
            let annual =
                self.listed_to(account_type, last)?.checked_sub(self.listed_to(account_type, first)?)?;
            return Some((annual, 0));
        }
        self.annual_beyond_list(account_type, (first, last), *purchase.negotiated.get(account_type))
    }

    /// Returns the same of accounts after `first`, up to `last`, of which the last has no list price.
    #[cold]
    fn annual_beyond_list(
        &self,
        account_type: AccountType,
        (first, last): (u64, u64),
        negotiated: Option<UnitPrice>,
    ) -> Option<(Amount, u32)> {
        let below = self.negotiated_from - 1;
        let listed_from = if self.negotiates_all(last) { below } else { first.min(below) };
        let listed =
            self.listed_to(account_type, below)?.checked_sub(self.listed_to(account_type, listed_from)?)?;
        let beyond = if self.negotiates_all(last) { last - first } else { last - below.max(first) };
        match negotiated {
            Some(price) => Some((listed.checked_add(price.times(beyond)?)?, 0)),
            None => Some((listed, u32::try_from(beyond).ok()?)),
        }
    }

    /// Returns what the accounts from 1 to `last`, included, cost for a year; all have a list price.
    pub(super) fn listed_to(&self, account_type: AccountType, last: u64) -> Option<Amount> {
        // A handful of tiers is walked faster than it is searched.
        match self.tiers(account_type).iter().rev().find(|tier| tier.from <= last) {
            Some(tier) => tier.before.checked_add(tier.price.times(last + 1 - tier.from)?),
            None => Some(Amount::ZERO),
        }
    }

    /// Returns the list price where types or lines are rounded apart: P10 (docs/rules.md#p10).
    #[cold]
    fn rounded_apart(
        &self,
        purchase: &Purchase,
        annual: PerType<Amount>,
        factor: TermFactor,
    ) -> Option<Money> {
        let Rounding { per, mode } = self.rules.rounding;
        let mut sum = Money::ZERO;
        for account_type in AccountType::ALL {
            if per == RoundedPart::Type {
                sum = sum.checked_add(round(*annual.get(account_type), factor, mode)?)?;
                continue;
            }
            self.each_line(purchase, account_type, |line| {
                sum = sum.checked_add(round(line.annual.unwrap_or_default(), factor, mode)?)?;
                Some(())
            })?;
        }
        Some(sum)
    }

    #[inline]
    fn each_error(&self, purchase: &Purchase, mut report: impl FnMut(PurchaseError)) {
        let most = match (purchase.kind, &self.test_enterprise) {
            (PurchaseKind::TestEnterprise, Some(rule)) => rule.most_accounts_of_a_type,
            _ => self.order.most_accounts_of_a_type,
        };
        if purchase.counts.is_zero() {
            report(PurchaseError::NoAccounts);
        }
        for account_type in AccountType::ALL {
            let count = *purchase.counts.get(account_type);
            if count > most {
                report(PurchaseError::TooManyAccounts { account_type, count, most });
            }
        }
        if let Some(error) = self.term_error(purchase) {
            report(error);
        }
    }

    #[inline]
    fn term_error(&self, purchase: &Purchase) -> Option<PurchaseError> {
        if purchase.kind == PurchaseKind::TestEnterprise {
            let Some(rule) = &self.test_enterprise else { return Some(PurchaseError::NoTestEnterprise) };
            let fixed = purchase.term.months == rule.months && purchase.term.days == 0;
            return (!fixed).then_some(PurchaseError::TestEnterpriseTerm { months: rule.months });
        }
        let days = self.term.days(purchase.term).unwrap_or(u32::MAX);
        let (least, most) = (self.term.least_days, self.term.most_days);
        (!(least..=most).contains(&days)).then_some(PurchaseError::TermOutOfRange { days, least, most })
    }
}

/// Returns an annual amount for a term, rounded to the fen (P10, docs/rules.md#p10); `None` if it overflows.
#[inline]
pub(super) fn round(annual: Amount, factor: TermFactor, mode: RoundingMode) -> Option<Money> {
    annual.scaled(factor.numerator(), factor.denominator(), mode)
}

fn tiers(card: &RateCard, account_type: AccountType) -> Option<Vec<TierStart>> {
    let mut before = Amount::ZERO;
    let mut tiers = Vec::with_capacity(card.tiers.len());
    for tier in &card.tiers {
        let from = u64::from(tier.from);
        let price = tier.price.get(account_type).price;
        tiers.push(TierStart { from, price, before });
        if let Some(to) = tier.to {
            before = before.checked_add(price.times(u64::from(to) + 1 - from)?)?;
        }
    }
    Some(tiers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Term;
    use crate::pricing::{Held, fixture::card, fixture::months};

    fn table() -> PriceTable {
        PriceTable::new(&card()).unwrap()
    }

    fn basic(count: u32) -> Purchase {
        Purchase::of(Counts { basic: count, interop: 0 })
    }

    #[test]
    fn every_reason_against_an_order_is_reported() {
        let bad =
            Purchase { term: months(0), ..Purchase::of(Counts { basic: 1_000_001, interop: 2_000_000 }) };
        let most = 1_000_000;
        assert_eq!(
            table().check(&bad),
            [
                PurchaseError::TooManyAccounts { account_type: AccountType::Basic, count: 1_000_001, most },
                PurchaseError::TooManyAccounts { account_type: AccountType::Interop, count: 2_000_000, most },
                PurchaseError::TermOutOfRange { days: 0, least: 31, most: 1860 },
            ]
        );
        assert_eq!(table().price(&bad).unwrap_err(), table().check(&bad)[0]);
        assert_eq!(table().check(&basic(0)), [PurchaseError::NoAccounts]);
        assert_eq!(table().check(&basic(1_000_000)), []);
    }

    #[test]
    fn a_term_keeps_to_its_limits() {
        let valid =
            |months, days| table().check(&Purchase { term: Term { months, days }, ..basic(1) }).is_empty();
        assert!(!valid(0, 30) && valid(0, 31) && valid(1, 0));
        assert!(valid(60, 0) && !valid(60, 1) && valid(0, 1860) && !valid(0, 1861));
        assert!(!valid(u32::MAX, u32::MAX));
    }

    #[test]
    fn a_test_enterprise_has_one_term_and_its_own_limit() {
        let check = |count, term| {
            table().check(&Purchase { term, kind: PurchaseKind::TestEnterprise, ..basic(count) })
        };
        assert_eq!(check(1_000, months(1)), []);
        assert_eq!(check(1, months(2)), [PurchaseError::TestEnterpriseTerm { months: 1 }]);
        assert_eq!(check(1, Term { months: 0, days: 31 }).len(), 1);
        assert_eq!(check(1_001, months(1)).len(), 1);
        let mut none = card();
        none.test_enterprise = None;
        let purchase = Purchase { term: months(1), kind: PurchaseKind::TestEnterprise, ..basic(1) };
        assert_eq!(PriceTable::new(&none).unwrap().check(&purchase), [PurchaseError::NoTestEnterprise]);
    }

    #[test]
    fn the_card_says_where_tiers_begin() {
        let held = Counts { basic: 5, interop: 6 };
        let held = Held { longer: held, equal: Counts { basic: 10, interop: 20 }, ..Held::NONE };
        let start = |words: &[&str], kind| {
            let rules = words.iter().fold(table().rules(), |rules, word| rules.with(word.parse().unwrap()));
            table().under(rules).start(&Purchase { kind, held, ..basic(1) })
        };
        let all = Counts { basic: 15, interop: 26 };
        assert_eq!(start(&[], PurchaseKind::New), held.longer);
        assert_eq!(start(&["at-least"], PurchaseKind::New), all);
        assert_eq!(start(&["none"], PurchaseKind::New), Counts::ZERO);
        assert_eq!(start(&["at-least"], PurchaseKind::Renewal), Counts::ZERO);
        assert_eq!(start(&["after-held"], PurchaseKind::Renewal), held.longer);
        assert_eq!(start(&["at-least", "after-held"], PurchaseKind::Renewal), all);
        assert_eq!(start(&["at-least", "after-held"], PurchaseKind::TestEnterprise), Counts::ZERO);
    }

    #[test]
    fn held_accounts_beyond_the_list_leave_nothing_priced() {
        let held = Held::longer(Counts { basic: 20_000, interop: 0 });
        let price = table().price(&Purchase { held, ..basic(7) }).unwrap();
        assert_eq!((price.annual.basic, price.unpriced.basic), (Amount::ZERO, 7));
    }

    #[test]
    fn a_price_beyond_the_range_of_money_is_an_error() {
        let mut dear = card();
        dear.order.most_accounts_of_a_type = u32::MAX;
        let mut purchase = basic(u32::MAX);
        purchase.negotiated.basic = Some(UnitPrice::MAX);
        assert_eq!(PriceTable::new(&dear).unwrap().price(&purchase), Err(PurchaseError::Overflow));
    }
}
