//! What each order should cost, by the schedule of a plan's past. [`Prices::new`] comes first.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use super::possible::{PossiblePasts, Unknowns, Unsure};
use super::unrenewed::{unrenewed, without_shortfalls};
use crate::account::AccountType;
use crate::money::Money;
use crate::plan::{History, ListedOrder, Plan, RecordedPurchase};
use crate::planning::schedule::{ScheduleError, ScheduleOptions, schedule};
use crate::pricing::{Order, OrderQuote};
use crate::wecom::bills::{Bill, Bills};

/// The prices of all orders of a plan.
pub(super) struct Prices {
    parts: HashMap<String, PricedPart>,
    /// As [`Prices::parts`], with the codes of which nothing is known activated on the day of payment.
    activated: HashMap<String, PricedPart>,
    /// As [`Prices::parts`], with accounts expired as early as can be of which nothing says when they expired before a
    /// renewal.
    earliest: HashMap<String, PricedPart>,
    /// What may have come before each order.
    possible: HashMap<String, PossiblePasts>,
    /// Orders that renew accounts to a day, of which nothing says when they expired.
    pub(super) unexplained: BTreeSet<String>,
}

/// An order, or its part for one enterprise, as it was priced on its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedPart {
    /// Day of payment, Beijing time.
    pub date: Date,
    /// What was ordered, with the accounts that came first in the tiers.
    pub order: Order,
    /// Its price by the rate card.
    pub quote: OrderQuote,
}

impl PricedPart {
    /// Returns the part of a price that some accounts of a type have; `None` if the price is not known.
    pub(super) fn worth(
        &self,
        billed: Option<Money>,
        account_type: AccountType,
        count: u32,
    ) -> Option<Money> {
        match billed {
            Some(billed) => self.quote.clone().billed(billed).worth(account_type, count),
            None => self.quote.worth(account_type, count),
        }
    }
}

/// The past of a plan, in which every order can be priced on its day.
pub(super) struct Past {
    plan: Plan,
    /// The same with the codes activated of which nothing is known; `None` if there are none.
    activated: Option<Plan>,
    /// The same with accounts expired as early as can be of which nothing says when; `None` if there are none.
    earliest: Option<Plan>,
    /// The same with renewals that prolong codes of which nothing is known, in place of the accounts that the plan knows;
    /// `None` if there are none.
    unrenewed: Option<Plan>,
    unexplained: BTreeSet<String>,
    unsure: Unsure,
}

impl Past {
    /// Returns the past of a plan, up to its date and to all orders that it records or leaves out.
    pub(super) fn of(plan: &Plan, left_out: Vec<ListedOrder>) -> Result<Past, ScheduleError> {
        let date = plan.date.ok_or(ScheduleError::NoDate)?;
        let last_left_out = left_out.iter().map(|order| order.paid).max();
        let last = after(plan).max(last_left_out.and_then(|paid| paid.tomorrow().ok()));
        let history = plan.history(last.unwrap_or(date).max(date), left_out);
        let activated = history.activated().map(without_shortfalls);
        let History { plan, earliest, unexplained, unknown, first_to_expire, .. } = history;
        let (plan, earliest) = (without_shortfalls(plan), earliest.map(without_shortfalls));
        let unrenewed = unrenewed(&plan, &unknown);
        let unsure = Unsure { codes: unknown, first_to_expire };
        Ok(Past { plan, activated, earliest, unrenewed, unexplained, unsure })
    }

    /// Returns the past with further purchases, each of a school by its index.
    #[must_use]
    pub(super) fn with(&self, purchases: &[(usize, RecordedPurchase)]) -> Past {
        let add = |plan: &Plan| {
            let mut plan = plan.clone();
            for (school, purchase) in purchases {
                let recorded = &mut plan.schools[*school].purchases;
                recorded.push(purchase.clone());
                recorded.sort_by_key(|purchase| purchase.paid);
            }
            plan.date = plan.date.max(after(&plan));
            plan
        };
        Past {
            plan: add(&self.plan),
            activated: self.activated.as_ref().map(add),
            earliest: self.earliest.as_ref().map(add),
            unrenewed: self.unrenewed.as_ref().map(add),
            unexplained: self.unexplained.clone(),
            unsure: self.unsure.clone(),
        }
    }

    /// Returns the past for prices without [`Prices::if_activated`].
    pub(super) fn without_activated(self) -> Past {
        Past { activated: None, ..self }
    }

    /// Prices all orders on their days.
    pub(super) fn prices(&self) -> Result<Prices, ScheduleError> {
        let of = |plan: &Option<Plan>| {
            plan.as_ref().map(|plan| priced(plan, &self.unsure)).transpose().map(Option::unwrap_or_default)
        };
        let (parts, mut possible) = priced(&self.plan, &self.unsure)?;
        let (activated, _) = of(&self.activated)?;
        let (earliest, others) = of(&self.earliest)?;
        for (id, other) in others.into_iter().chain(of(&self.unrenewed)?.1) {
            possible.entry(id).and_modify(|possible| possible.extend(other));
        }
        Ok(Prices { parts, activated, earliest, possible, unexplained: self.unexplained.clone() })
    }
}

/// Returns the day after the last order of a plan.
fn after(plan: &Plan) -> Option<Date> {
    let paid = plan.schools.iter().flat_map(|school| &school.purchases).map(|purchase| purchase.paid);
    paid.max()?.tomorrow().ok()
}

impl Prices {
    /// Prices all orders of a plan on their days, and those of the bills that it leaves out.
    pub(super) fn new(plan: &Plan, bills: &Bills) -> Result<Prices, ScheduleError> {
        let purchases = plan.schools.iter().flat_map(|school| &school.purchases);
        let known: BTreeSet<&str> =
            purchases.filter_map(|purchase| Some(purchase.bill.as_ref()?.order_id.as_str())).collect();
        let is_left_out = |order: &ListedOrder| !known.contains(order.id.as_str());
        Past::of(plan, bills.purchases().into_iter().filter(is_left_out).collect())?.prices()
    }

    /// Returns an order's price.
    pub(super) fn of(&self, order_id: &str) -> Option<&PricedPart> {
        self.parts.get(order_id)
    }

    /// Returns what may have come before each part of a bill; `None` if one has no price.
    pub(super) fn possible<'p>(&'p self, bill: &Bill) -> Option<Vec<&'p PossiblePasts>> {
        bill.parts.iter().map(|part| self.possible_of(&part.id)).collect()
    }

    /// Returns what may have come before an order.
    pub(super) fn possible_of(&self, order_id: &str) -> Option<&PossiblePasts> {
        self.possible.get(order_id)
    }

    /// Returns the ids of the facts that the prices rest on, each once.
    pub(super) fn facts(&self) -> Vec<String> {
        let facts = self.parts.values().flat_map(|part| &part.quote.facts);
        facts.collect::<BTreeSet<_>>().into_iter().cloned().collect()
    }

    /// Returns an order's price if accounts expired as early as can be of which nothing says when they expired.
    pub(super) fn if_early(&self, order_id: &str) -> Option<&PricedPart> {
        if self.earliest.is_empty() { self.of(order_id) } else { self.earliest.get(order_id) }
    }

    /// Returns an order's price if codes of which nothing is known were activated on the day of their payment.
    pub(super) fn if_activated(&self, order_id: &str) -> Option<&PricedPart> {
        self.activated.get(order_id)
    }
}

/// Orders by their ids.
type ById<T> = HashMap<String, T>;

/// Returns the orders of a past plan by their ids, and what may have come before each, where nothing is known of the codes
/// of some.
fn priced(history: &Plan, unsure: &Unsure) -> Result<(ById<PricedPart>, ById<PossiblePasts>), ScheduleError> {
    let until = history.date.ok_or(ScheduleError::NoDate)?;
    let options = ScheduleOptions { until, growth: Default::default() };
    let schedule = schedule(history, &options)?;
    let (mut parts, mut possible) = (HashMap::new(), HashMap::new());
    for payer in schedule.payers {
        let mut unknowns = Unknowns::new(history, &payer.members, unsure);
        for order in payer.orders {
            let Some((member, index)) = order.recorded else { continue };
            let past = unknowns.next(&order, (member, index));
            let purchase = &history.schools[payer.members[member]].purchases[index];
            if let Some(bill) = &purchase.bill {
                let part = PricedPart { date: order.date, order: order.order, quote: order.quote };
                parts.insert(bill.order_id.clone(), part);
                possible.insert(bill.order_id.clone(), past);
            }
        }
    }
    Ok((parts, possible))
}
