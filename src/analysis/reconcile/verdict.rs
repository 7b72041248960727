//! The verdict on each order. [`judge`] comes first.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;
use strum::{IntoStaticStr, VariantArray};

use super::possible_prices::PossiblePrices;
use super::prices::{PricedPart, Prices};
use crate::account::Counts;
use crate::money::Money;
use crate::plan::{ListedTerm, Plan, RecordedKind, School};
use crate::pricing::{Party, QuoteError, Quoter};
use crate::rules::last_refund_day;
use crate::wecom::bills::{Bill, BillPart, Bills};
use crate::wecom::documents::{OrderState, OrderType, UnreadableOrder};

/// An order of WeCom, compared with what it should cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReconciledOrder {
    /// WeCom's id; `None` if not even that could be read.
    pub order_id: Option<String>,
    /// WeCom's id of the enterprise; `None` for an order of several, or if the document names none.
    pub corp_id: Option<String>,
    /// The schools that it is for, as far as the plan has them.
    pub schools: Vec<Party>,
    /// What was ordered, and how far it got; `None` if the document could not be read.
    pub ordered: Option<(OrderType, OrderState)>,
    /// Day of payment, Beijing time; `None` if it was not paid.
    pub paid: Option<Date>,
    /// True if it was paid and the money is not back.
    pub is_paid: bool,
    /// Its accounts, of all parts together.
    pub counts: Counts,
    /// Its term; `None` if none is stated, or the parts differ.
    pub term: Option<ListedTerm>,
    /// The verdict on the price.
    pub verdict: Verdict,
    /// What WeCom charges; `None` if it could not be read.
    pub billed: Option<Money>,
    /// What it should cost; `None` if that is not known.
    pub expected: Option<Money>,
    /// Billed less expected; `None` if either is not known.
    pub difference: Option<Money>,
    /// What the verdict leaves open, or why there is none.
    pub doubt: Option<Doubt>,
    /// Last day on which a refund can be asked for, inclusive, Beijing time, if it is not over on the plan's date (T5,
    /// docs/rules.md#t5).
    pub refundable_until: Option<Date>,
}

impl ReconciledOrder {
    /// Returns why there is no verdict, or what it leaves open, as a word of JSON and CSV: a [`Doubt`], or a state
    /// other than paid.
    pub fn reason_code(&self) -> Option<&'static str> {
        let state = self.ordered.map(|(_, state)| state).filter(|state| *state != OrderState::Paid);
        self.doubt.map(Doubt::as_str).or(state.map(OrderState::as_str))
    }
}

/// The verdict on the price of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Billed as expected.
    Matched,
    /// Billed otherwise.
    Mismatched,
    /// The plan does not have the customer, or not what its price rests on.
    NotInPlan,
    /// Nothing was charged, or it is back, or it follows a former contract.
    NotCharged,
    /// The document could not be read, or lacks what a price needs.
    Unreadable,
}

impl Verdict {
    /// Returns the word that CSV and JSON use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// What a verdict leaves open, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[derive(IntoStaticStr, VariantArray, Serialize)]
#[cfg_attr(feature = "reports", derive(schemars::JsonSchema))]
#[strum(serialize_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// Matched if codes of earlier orders, of which nothing is known, were activated on the day of payment (P12).
    IfActivated,
    /// Matched if the codes that were activated on the day of payment were activated after it (P12).
    IfActivatedAfter,
    /// It follows a former contract or app version, not the list price.
    Migration,
    /// No school has the enterprise's id.
    UnknownEnterprise,
    /// The plan leaves the school out, since a file of it or its group could not be read.
    SchoolLeftOut,
    /// The plan has no negotiated price for some of its accounts (P5).
    NoPrice,
    /// It renews accounts to a day, and nothing says when they expired.
    UnknownExpiry,
    /// Other accounts, of which nothing says when they expired before they were renewed to a day, may come before it in
    /// the tiers (P12).
    UnknownHoldings,
    /// Codes of earlier orders, of which nothing is known, may come before it in the tiers (P12); its price is one of those
    /// that it has if some of them were activated.
    UnknownActivations,
    /// The document states no accounts, no term or no time of payment.
    Incomplete,
    /// The document could not be read.
    Unreadable,
}

impl Doubt {
    /// Returns the word that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Returns the verdict on every order, by day of payment.
pub(super) fn judge(plan: &Plan, bills: &Bills, prices: &Prices) -> Result<Vec<ReconciledOrder>, QuoteError> {
    let quoter = &Quoter::new(&plan.card)?;
    let schools: HashMap<&str, &School> =
        plan.schools.iter().filter_map(|school| Some((school.corp_id.as_deref()?, school))).collect();
    let left_out: HashMap<&str, &Party> =
        plan.left_out.iter().filter_map(|school| Some((school.corp_id.as_deref()?, &school.party))).collect();
    let customers = &Customers { schools, left_out };
    let mut orders: Vec<ReconciledOrder> =
        bills.orders.iter().map(|bill| Judge { plan, customers, prices, quoter, bill }.judge()).collect();
    orders.extend(bills.unreadable.iter().map(|order| unreadable(order, customers)));
    orders.sort_by(|one, other| {
        let key = |order: &ReconciledOrder| (order.paid.is_none(), order.paid);
        key(one).cmp(&key(other)).then_with(|| one.order_id.cmp(&other.order_id))
    });
    Ok(orders)
}

/// The customers of a plan, by WeCom's ids.
struct Customers<'p> {
    schools: HashMap<&'p str, &'p School>,
    /// Those that it leaves out, since a file could not be read.
    left_out: HashMap<&'p str, &'p Party>,
}

impl Customers<'_> {
    fn party(&self, corp_id: Option<&str>) -> Option<Party> {
        let corp_id = corp_id?;
        let known = self.schools.get(corp_id).map(|school| school.party());
        known.or_else(|| self.left_out.get(corp_id).map(|party| (*party).clone()))
    }
}

struct Judge<'j> {
    plan: &'j Plan,
    customers: &'j Customers<'j>,
    prices: &'j Prices,
    quoter: &'j Quoter<'j>,
    bill: &'j Bill,
}

/// The outcome of pricing an order again.
enum Expected {
    Price(Money, Option<Doubt>),
    Unknown(Verdict, Doubt),
}

impl Judge<'_> {
    fn judge(&self) -> ReconciledOrder {
        let order = &self.bill.order;
        let is_paid = self.bill.is_paid();
        let paid = self.bill.paid_on().filter(|_| is_paid || order.state == OrderState::Refunded);
        let parts = &self.bill.parts;
        let mut judged = ReconciledOrder {
            order_id: Some(order.id.clone()),
            corp_id: order.corp_id.clone(),
            schools: parts.iter().filter_map(|part| self.customers.party(part.corp_id.as_deref())).collect(),
            ordered: Some((order.order_type, order.state)),
            paid,
            is_paid,
            counts: parts.iter().filter_map(|part| part.counts).fold(Counts::ZERO, Counts::saturating_add),
            term: parts
                .first()
                .and_then(|part| part.term)
                .filter(|term| parts.iter().all(|part| part.term == Some(*term))),
            verdict: Verdict::NotCharged,
            billed: Some(order.price),
            expected: None,
            difference: None,
            doubt: None,
            refundable_until: self.refundable_until(paid.filter(|_| order.state == OrderState::Paid)),
        };
        if is_paid {
            match self.expected() {
                Expected::Price(expected, doubt) => {
                    judged.verdict =
                        if expected == order.price { Verdict::Matched } else { Verdict::Mismatched };
                    judged.expected = Some(expected);
                    judged.difference = order.price.checked_sub(expected);
                    judged.doubt = doubt;
                }
                Expected::Unknown(verdict, doubt) => {
                    judged.verdict = verdict;
                    judged.doubt = Some(doubt);
                }
            }
        }
        judged
    }

    fn school(&self, part: &BillPart) -> Option<&School> {
        part.corp_id.as_deref().and_then(|corp_id| self.customers.schools.get(corp_id)).copied()
    }

    fn is_left_out(&self, part: &BillPart) -> bool {
        part.corp_id.as_deref().is_some_and(|corp_id| self.customers.left_out.contains_key(corp_id))
    }

    /// Returns the last day on which a refund can be asked for, if it is not over on the plan's date.
    fn refundable_until(&self, paid: Option<Date>) -> Option<Date> {
        let last = last_refund_day(&self.plan.card, paid?)?;
        self.plan.date.is_none_or(|date| date <= last).then_some(last)
    }

    fn expected(&self) -> Expected {
        let order_type = self.bill.order.order_type;
        if matches!(order_type, OrderType::VersionMigration | OrderType::ContractMigration) {
            return Expected::Unknown(Verdict::NotCharged, Doubt::Migration);
        }
        let parts = &self.bill.parts;
        let is_complete =
            |part: &BillPart| part.counts.is_some_and(|counts| !counts.is_zero()) && part.term.is_some();
        if self.bill.paid_on().is_none() || parts.is_empty() || !parts.iter().all(is_complete) {
            return Expected::Unknown(Verdict::Unreadable, Doubt::Incomplete);
        }
        if parts.iter().any(|part| self.is_left_out(part)) {
            return Expected::Unknown(Verdict::NotInPlan, Doubt::SchoolLeftOut);
        }
        if parts.iter().any(|part| self.school(part).is_none()) {
            return Expected::Unknown(Verdict::NotInPlan, Doubt::UnknownEnterprise);
        }
        if parts.iter().any(|part| self.prices.unexplained.contains(&part.id)) {
            let billed = Some(self.bill.order.price);
            let fits = [self.sum(Prices::of), self.sum(Prices::if_early)].contains(&billed);
            return match fits {
                true => Expected::Price(self.bill.order.price, Some(Doubt::UnknownExpiry)),
                false if self.sum(Prices::if_activated) == billed => {
                    Expected::Price(self.bill.order.price, Some(Doubt::IfActivated))
                }
                false => Expected::Unknown(Verdict::NotInPlan, Doubt::UnknownExpiry),
            };
        }
        let Some(expected) = self.sum(Prices::of) else {
            return Expected::Unknown(Verdict::NotInPlan, self.missing_price());
        };
        let billed = self.bill.order.price;
        let is_early = self.sum(Prices::if_early).is_some_and(|early| early != expected && early == billed);
        let is_unsure = self.sum(Prices::if_early) != Some(expected);
        let pasts = self.prices.possible(self.bill).unwrap_or_default();
        if expected != billed && pasts.iter().any(|pasts| pasts.may_have_other_term) {
            return Expected::Unknown(Verdict::NotInPlan, Doubt::UnknownExpiry);
        }
        if !self.possible().contains(billed) || (expected == billed && !is_unsure) {
            return Expected::Price(expected, None);
        }
        if expected == billed || is_early {
            return Expected::Price(billed, Some(Doubt::UnknownHoldings));
        }
        if self.sum(Prices::if_activated) == Some(billed) {
            return Expected::Price(billed, Some(Doubt::IfActivated));
        }
        if self.before_activations() == Some(billed) {
            return Expected::Price(billed, Some(Doubt::IfActivatedAfter));
        }
        let doubt = if is_unsure { Doubt::UnknownHoldings } else { Doubt::UnknownActivations };
        Expected::Unknown(Verdict::NotInPlan, doubt)
    }

    /// Returns the prices that the order may have.
    fn possible(&self) -> PossiblePrices {
        let Some(parts) = self.prices.possible(self.bill) else { return PossiblePrices::Any };
        parts.into_iter().fold(PossiblePrices::ZERO, |sum, part| {
            sum.plus(
                part.prices(&self.plan.card, |order| {
                    self.quoter.payable(Some(part.date), order).ok().flatten()
                }),
            )
        })
    }

    /// Returns what the order costs if codes that were activated on its day were activated after payment; `None` if it has
    /// no price then.
    fn before_activations(&self) -> Option<Money> {
        let parts = self.prices.possible(self.bill)?;
        parts.into_iter().try_fold(Money::ZERO, |sum, part| {
            let order = part.before_activations.as_ref().or(part.orders.first())?;
            sum.checked_add(self.quoter.payable(Some(part.date), order).ok()??)
        })
    }

    /// Returns what the parts of the order cost together; `None` if one has no price.
    fn sum<'p>(&self, price: impl Fn(&'p Prices, &str) -> Option<&'p PricedPart>) -> Option<Money>
    where
        Self: 'p,
    {
        let parts = self.bill.parts.iter();
        let mut prices = parts.map(|part| price(self.prices, &part.id)?.quote.payable());
        prices.try_fold(Money::ZERO, |sum, price| sum.checked_add(price?))
    }

    /// Returns why an order has no price.
    fn missing_price(&self) -> Doubt {
        let is_priced = |part: &BillPart| self.prices.of(&part.id).is_some();
        let renews = self.bill.kind() == RecordedKind::Renewal;
        if renews && !self.bill.parts.iter().all(is_priced) { Doubt::UnknownExpiry } else { Doubt::NoPrice }
    }
}

fn unreadable(order: &UnreadableOrder, customers: &Customers<'_>) -> ReconciledOrder {
    ReconciledOrder {
        order_id: order.id.clone(),
        corp_id: order.corp_id.clone(),
        schools: customers.party(order.corp_id.as_deref()).into_iter().collect(),
        ordered: None,
        paid: None,
        is_paid: false,
        counts: Counts::ZERO,
        term: None,
        verdict: Verdict::Unreadable,
        billed: None,
        expected: None,
        difference: None,
        doubt: Some(Doubt::Unreadable),
        refundable_until: None,
    }
}
