use std::sync::Arc;

use jiff::civil::Date;

use super::{
    ActivationRule, Alternative, Confidence, Fact, OrderChecks, PricingRules, RefundRule, StackingRule,
    TrialRule,
};
use crate::account::{PerType, Term};
use crate::customer::{AppKind, Certification, WaiverKind};
use crate::diagnostic::lang::Phrase;
use crate::money::UnitPrice;

/// The prices and rules of a time. Valid by construction: the only way to one is
/// [`read_card`](super::read_card).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateCard {
    /// Short name, such as `wecom-2022-05-16`.
    pub id: String,
    /// Its name in reports.
    pub name: Phrase,
    /// First day on which it prices purchases, Beijing time.
    pub in_force_from: Date,
    /// The tiers, without gap or overlap from account 1 on; only the last may be open-ended.
    pub tiers: Vec<Tier>,
    /// Accounts without a list price; `None` if the last tier is open-ended.
    pub negotiated: Option<NegotiatedAccounts>,
    /// The terms there are and how they are priced (P6, P7, P8, P11).
    pub term: TermRules,
    /// The rules of pricing that can be stated differently.
    pub rules: PricingRules,
    /// The facts behind the rounding (P9, P10).
    pub rounding_facts: Vec<String>,
    /// The facts behind the start of a new purchase in the tiers (P12, docs/rules.md#p12).
    pub new_purchase_facts: Vec<String>,
    /// The facts behind the start of a renewal in the tiers (P13, docs/rules.md#p13).
    pub renewal_facts: Vec<String>,
    /// The limits of an order (P14, docs/rules.md#p14).
    pub order: OrderLimits,
    /// What WeCom checks before it takes an order (O1–O8); `None` if no check is known.
    pub order_checks: Option<OrderChecks>,
    /// The accounts that a provider's test enterprise gets (P14, docs/rules.md#p14).
    pub test_enterprise: Option<TestEnterprise>,
    /// Kinds of app that are charged (W1, W2).
    pub charging: Charging,
    /// The facts behind group orders (U1, U3, U4).
    pub group_facts: Vec<String>,
    /// The customers who cannot be in a group (U5); `None` if everybody can.
    pub barred_from_groups: Option<BarredIndustries>,
    /// Customers that are exempt (V1–V5); at most one rule a kind.
    pub waivers: Vec<WaiverRule>,
    /// Free trial of a new app (T1–T3); `None` if there is none.
    pub trial: Option<TrialRule>,
    /// Time in which a refund of a purchase can be asked for (T5); `None` if there is no refund.
    pub refund: Option<RefundRule>,
    /// The time in which a bought account must be activated (T4); `None` if there is no deadline.
    pub activation: Option<ActivationRule>,
    /// Time in which an active account can be prolonged by a new code (T7, T8); `None` if no rule is known.
    pub stacking: Option<StackingRule>,
    /// All facts, in the order of the card.
    pub facts: Arc<[Fact]>,
    /// What else the rules of pricing may be, in the order of the card.
    pub alternatives: Vec<Alternative>,
}

impl RateCard {
    /// Returns the fact of this id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// Returns those of these facts that a figure resting on them must name.
    pub fn unconfirmed<'c>(&'c self, ids: &[String]) -> impl Iterator<Item = &'c Fact> {
        ids.iter().filter_map(|id| self.fact(id)).filter(|fact| fact.standing.is_unconfirmed())
    }

    /// Returns the least confidence among these facts; `None` for no fact.
    pub fn standing(&self, ids: &[String]) -> Option<Confidence> {
        ids.iter().filter_map(|id| self.fact(id)).map(|fact| fact.standing).max()
    }

    /// Returns the waiver rule for this kind of customer.
    pub fn waiver(&self, kind: WaiverKind) -> Option<&WaiverRule> {
        self.waivers.iter().find(|rule| rule.kind == kind)
    }
}

/// Range of accounts with one price for each type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tier {
    /// First account, counted from 1.
    pub from: u32,
    /// Last account, inclusive; `None` if the tier is open-ended.
    pub to: Option<u32>,
    /// Price of one account for each type, in yuan a year.
    pub price: PerType<TierPrice>,
    /// Facts behind the tier's edges.
    pub facts: Vec<String>,
}

/// Price, and the facts that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TierPrice {
    /// Price of one account, in yuan a year.
    pub price: UnitPrice,
    /// The facts behind the price.
    pub facts: Vec<String>,
}

/// Accounts whose price is negotiated with WeCom (面议).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NegotiatedAccounts {
    /// First such account, counted from 1.
    pub from: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// The terms there are and how they are priced.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TermRules {
    /// Days in a month of a term.
    pub days_per_month: u32,
    /// Days in a year of a term, which the annual price buys. Never zero.
    pub days_per_year: u32,
    /// Shortest term in days, inclusive.
    pub least_days: u32,
    /// Longest term in days, inclusive.
    pub most_days: u32,
    /// The facts behind the lengths.
    pub facts: Vec<String>,
    /// The facts behind the price of months that make no whole year.
    pub by_months_facts: Vec<String>,
    /// The facts behind the price of days.
    pub by_days_facts: Vec<String>,
    /// The facts behind the price of more than one year.
    pub multi_year_facts: Vec<String>,
    /// The facts behind the day on which an activated account expires (T6, docs/rules.md#t6).
    pub expiry_facts: Vec<String>,
}

impl TermRules {
    /// Returns the length of a term in days: twelve months are a year of this card, the others months of it.
    /// `None` if it overflows.
    pub fn days(&self, term: Term) -> Option<u32> {
        let years = (term.months / Term::MONTHS_PER_YEAR).checked_mul(self.days_per_year)?;
        let months = (term.months % Term::MONTHS_PER_YEAR).checked_mul(self.days_per_month)?;
        years.checked_add(months)?.checked_add(term.days)
    }

    /// Returns the fewest whole months that last so many days, or those of the longest term.
    pub fn months_of(&self, days: u32) -> u32 {
        let most = self.most_days / self.days_per_month.max(1);
        let lasts =
            |months: &u32| self.days(Term { months: *months, days: 0 }).is_some_and(|term| term >= days);
        (1..=most).find(lasts).unwrap_or(most)
    }

    /// Returns the facts behind the price of a term that is not whole years; none for one that is.
    pub fn facts_of(&self, term: Term) -> &[String] {
        if term.days > 0 {
            &self.by_days_facts
        } else if !term.months.is_multiple_of(Term::MONTHS_PER_YEAR) {
            &self.by_months_facts
        } else {
            &[]
        }
    }

    /// Returns the term of a number of days, with as many whole years and months of the card as possible: the
    /// inverse of [`TermRules::days`].
    ///
    /// ```
    /// use wxlicense::{Term, rates::RateCards};
    /// let cards = RateCards::embedded().unwrap();
    /// let terms = &cards.in_force(None).unwrap().term;
    /// assert_eq!(terms.term_of(372 + 62 + 5), Term { months: 14, days: 5 });
    /// ```
    pub fn term_of(&self, days: u32) -> Term {
        let (years, rest) = (days / self.days_per_year, days % self.days_per_year);
        let months = (rest / self.days_per_month).min(Term::MONTHS_PER_YEAR - 1);
        let days = rest - months * self.days_per_month;
        Term { months: years.saturating_mul(Term::MONTHS_PER_YEAR).saturating_add(months), days }
    }
}

/// The limits of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrderLimits {
    /// Largest number of accounts of one type, inclusive.
    pub most_accounts_of_a_type: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
    /// WeCom's check of the customer's app orders before it sells (T10); `None` if there is none.
    pub app_orders_check: Option<AppOrdersCheck>,
}

/// WeCom's check of the customer's app orders before it sells licences.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppOrdersCheck {
    /// First day of the check, Beijing time.
    pub from: Date,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// The accounts that a provider's test enterprise gets for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TestEnterprise {
    /// Largest number of accounts of one type, inclusive.
    pub most_accounts_of_a_type: u32,
    /// The only term, in months.
    pub months: u32,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// Kinds of app that are charged.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Charging {
    /// Kinds of app that need licences.
    pub app_kinds: Vec<AppKind>,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// The industries of customers who can neither create nor join a group (U5, docs/rules.md#u5).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BarredIndustries {
    /// The primary industry.
    pub primary_industry: String,
    /// The secondary industries; empty if all are barred.
    pub secondary_industries: Vec<String>,
    /// The facts behind it.
    pub facts: Vec<String>,
}

/// The customers whose licences are waived, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct WaiverRule {
    /// Kind of customer.
    pub kind: WaiverKind,
    /// Primary industry that it must have.
    pub primary_industry: Option<String>,
    /// Secondary industries of which it must have one; empty if any is accepted.
    pub secondary_industries: Vec<String>,
    /// Lowest certification that it must have.
    pub certification: Certification,
    /// True if WeCom must have accepted a proof.
    pub proof: bool,
    /// First day in force, Beijing time.
    pub from: Date,
    /// Last day in force, inclusive, Beijing time; `None` if no end is known.
    pub last_day: Option<Date>,
    /// The facts behind the conditions.
    pub facts: Vec<String>,
    /// The facts behind the last day.
    pub last_day_facts: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rates::RateCards;

    fn terms() -> TermRules {
        RateCards::embedded().unwrap().get("wecom-2022-05-16").unwrap().term.clone()
    }

    #[test]
    fn a_number_of_days_is_whole_years_then_whole_months_then_days() {
        let of = |days| terms().term_of(days);
        for (days, months, rest) in
            [(0, 0, 0), (30, 0, 30), (31, 1, 0), (371, 11, 30), (372, 12, 0), (439, 14, 5), (1860, 60, 0)]
        {
            assert_eq!(of(days), Term { months, days: rest }, "{days}");
            assert_eq!(terms().days(of(days)), Some(days));
        }
    }

    #[test]
    fn what_is_left_of_a_year_is_no_twelfth_month() {
        let terms = TermRules { days_per_month: 30, days_per_year: 365, ..terms() };
        for (days, months, rest) in [(360, 11, 30), (364, 11, 34), (365, 12, 0), (729, 23, 34)] {
            assert_eq!(terms.term_of(days), Term { months, days: rest }, "{days}");
            assert_eq!(terms.days(Term { months, days: rest }), Some(days));
        }
    }

    #[test]
    fn the_fewest_months_that_last_are_no_more_than_the_longest_term() {
        let months = [1, 31, 32, 372, 373, 1860, 1861, 3000].map(|days| terms().months_of(days));
        assert_eq!(months, [1, 1, 2, 12, 13, 60, 60, 60]);
    }
}
