//! What each order should cost, by the schedule of a plan's past. [`Prices::new`] comes first.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;

use crate::account::{AccountType, Counts};
use crate::money::{Money, split_by_weight};
use crate::plan::{History, Plan, RecordedActivation, RecordedPurchase};
use crate::planning::schedule::{ScheduleError, ScheduleOptions, schedule};
use crate::pricing::{Order, OrderQuote};
use crate::wecom::bills::Bill;

/// The prices of all orders of a plan.
pub(super) struct Prices {
    parts: HashMap<String, PricedPart>,
    /// As [`Prices::parts`], with the codes of which nothing is known activated on the day of payment.
    activated: HashMap<String, PricedPart>,
    /// As [`Prices::parts`], with accounts expired as early as can be of which nothing says when they expired before a
    /// renewal.
    earliest: HashMap<String, PricedPart>,
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
        let paid = billed.or(self.quote.payable())?;
        let annual = AccountType::ALL.map(|kind| self.quote.priced_annual.get(kind).ten_thousandths());
        let by_type = split_by_weight(paid, &annual);
        let part = AccountType::ALL.iter().zip(by_type).find(|(kind, _)| **kind == account_type)?.1;
        let of_members = self.quote.members.iter().map(|member| *member.counts.get(account_type));
        let bought: u32 = of_members.fold(0, u32::saturating_add);
        let weights = [u64::from(count), u64::from(bought.saturating_sub(count))];
        split_by_weight(part, &weights).first().copied()
    }
}

/// The past of a plan, in which every order can be priced on its day.
pub(super) struct Past {
    plan: Plan,
    /// The same with the codes activated of which nothing is known; `None` if there are none.
    activated: Option<Plan>,
    /// The same with accounts expired as early as can be of which nothing says when; `None` if there are none.
    earliest: Option<Plan>,
    unexplained: BTreeSet<String>,
}

impl Past {
    /// Returns the past of a plan, up to its date and to all orders that it records.
    pub(super) fn of(plan: &Plan) -> Result<Past, ScheduleError> {
        let date = plan.date.ok_or(ScheduleError::NoDate)?;
        let history = plan.history(after(plan).unwrap_or(date).max(date));
        let activated = with_unknown_activated(&history);
        let History { plan, earliest, unexplained, .. } = history;
        Ok(Past { plan, activated, earliest, unexplained })
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
            unexplained: self.unexplained.clone(),
        }
    }

    /// Prices all orders on their days.
    pub(super) fn prices(&self) -> Result<Prices, ScheduleError> {
        let activated = self.activated.as_ref().map(priced).transpose()?.unwrap_or_default();
        let earliest = self.earliest.as_ref().map(priced).transpose()?.unwrap_or_default();
        Ok(Prices { parts: priced(&self.plan)?, activated, earliest, unexplained: self.unexplained.clone() })
    }
}

/// Returns the day after the last order of a plan.
fn after(plan: &Plan) -> Option<Date> {
    let paid = plan.schools.iter().flat_map(|school| &school.purchases).map(|purchase| purchase.paid);
    paid.max()?.tomorrow().ok()
}

impl Prices {
    /// Prices all orders of a plan on their days.
    pub(super) fn new(plan: &Plan) -> Result<Prices, ScheduleError> {
        Past::of(plan)?.prices()
    }

    /// Returns an order's price.
    pub(super) fn of(&self, order_id: &str) -> Option<&PricedPart> {
        self.parts.get(order_id)
    }

    /// Returns what the parts of a bill are priced from, by what is known, and if codes of which nothing is known were
    /// activated. Without those that a part has no price in.
    pub(super) fn readings<'p>(&'p self, bill: &Bill) -> Vec<Vec<&'p PricedPart>> {
        let all = |of: &dyn Fn(&str) -> Option<&'p PricedPart>| {
            bill.parts.iter().map(|part| of(&part.id)).collect::<Option<Vec<_>>>()
        };
        [all(&|id| self.of(id)), all(&|id| self.if_activated(id))].into_iter().flatten().collect()
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

/// Returns the orders of a past plan by their ids.
fn priced(history: &Plan) -> Result<HashMap<String, PricedPart>, ScheduleError> {
    let until = history.date.ok_or(ScheduleError::NoDate)?;
    let options = ScheduleOptions { until, growth: Default::default() };
    let schedule = schedule(history, &options)?;
    let mut parts = HashMap::new();
    for payer in schedule.payers {
        for order in payer.orders {
            let Some((member, index)) = order.recorded else { continue };
            let purchase = &history.schools[payer.members[member]].purchases[index];
            if let Some(bill) = &purchase.bill {
                let part = PricedPart { date: order.date, order: order.order, quote: order.quote };
                parts.insert(bill.order_id.clone(), part);
            }
        }
    }
    Ok(parts)
}

/// Returns the past with the codes activated on the day of payment of which neither the plan nor an account list
/// says anything; `None` if there are none.
fn with_unknown_activated(history: &History) -> Option<Plan> {
    let mut activated = history.plan.clone();
    let is_unknown = |purchase: &&mut RecordedPurchase| {
        purchase.bill.as_ref().is_some_and(|bill| history.unknown.contains(&bill.order_id))
    };
    for purchase in activated.schools.iter_mut().flat_map(|school| &mut school.purchases).filter(is_unknown) {
        let left = Counts::from_fn(|account_type| purchase.unactivated(account_type));
        purchase.activations.extend(at_once(purchase.paid, left));
    }
    (!history.unknown.is_empty()).then_some(activated)
}

fn at_once(date: Date, counts: Counts) -> Vec<RecordedActivation> {
    let of_type = |account_type| {
        let count = *counts.get(account_type);
        (count > 0).then_some(RecordedActivation { date, account_type, count, extends: None })
    };
    AccountType::ALL.into_iter().filter_map(of_type).collect()
}
