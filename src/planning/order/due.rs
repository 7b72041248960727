//! Collects the orders to place, payer by payer, from the schedule or from the quote.

use std::collections::HashMap;

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{OrderBasis, OrderOptions};
use crate::account::Counts;
use crate::plan::{Plan, School};
use crate::planning::quote::quote_plan;
use crate::planning::schedule::{
    OrderKind, OrderLot, PayerSchedule, Reason, Schedule, ScheduleError, ScheduleOptions, ScheduledOrder,
    schedule,
};
use crate::pricing::{OrderQuote, Party, Totals};

/// The orders of one payer.
pub(super) struct DuePayer {
    /// The members by their index in [`Plan::schools`], the payer first.
    pub(super) members: Vec<usize>,
    /// Its orders, in the order in which they happen.
    pub(super) orders: Vec<DueOrder>,
    /// Planned activations of codes in stock up to the last day, by day.
    pub(super) activations: Vec<StockLot>,
}

/// An order to place.
pub(super) struct DueOrder {
    /// Day of payment, Beijing time; `None` for the quote of an undated plan.
    pub(super) date: Option<Date>,
    /// Reason for it; `None` for an order of a quote.
    pub(super) kind: Option<OrderKind>,
    pub(super) due_since: Option<Date>,
    pub(super) quote: OrderQuote,
    /// Its activations or prolongations; none for an order of a quote.
    pub(super) lots: Vec<OrderLot>,
    /// Codes of the group in stock, of an order of a quote, which counts them as not activated.
    pub(super) in_stock: Counts,
    pub(super) reasons: Vec<Reason>,
}

/// Codes in stock that are activated together.
pub(super) struct StockLot {
    /// Day of payment of their purchase, Beijing time.
    pub(super) paid: Date,
    /// The member that bought them: an index in [`DuePayer::members`].
    pub(super) owner: usize,
    pub(super) lot: OrderLot,
}

impl DuePayer {
    /// Returns the index of the payer in [`Plan::schools`].
    pub(super) fn payer(&self) -> usize {
        self.members[0]
    }
}

impl DueOrder {
    /// Returns the accounts that it buys or renews.
    pub(super) fn counts(&self) -> Counts {
        self.quote.members.iter().fold(Counts::ZERO, |sum, member| sum.saturating_add(member.counts))
    }
}

/// Returns the orders of every payer, in the order of the plan.
pub(super) fn collect(plan: &Plan, basis: OrderBasis) -> Result<Vec<DuePayer>, ScheduleError> {
    match basis {
        OrderBasis::Due { until } => {
            let payers = scheduled(plan, until)?.payers;
            Ok(payers.into_iter().map(|payer| due(payer, until)).collect())
        }
        OrderBasis::Quote => quoted(plan),
    }
}

/// Returns the orders of unconfirmed schools that are not placed.
pub(super) fn left_out(plan: &Plan, options: &OrderOptions) -> Result<Totals, ScheduleError> {
    let is_unconfirmed = |school: &School| school.status == crate::pricing::OrderStatus::Unconfirmed;
    if options.with_unconfirmed || !plan.schools.iter().any(is_unconfirmed) {
        return Ok(Totals { complete: true, ..Totals::default() });
    }
    let due = collect(plan, options.basis)?;
    let quotes = due.iter().flat_map(|payer| &payer.orders).map(|order| &order.quote);
    let unconfirmed: Vec<OrderQuote> =
        quotes.filter(|quote| quote.unconfirmed_members().next().is_some()).cloned().collect();
    Totals::of(&unconfirmed).ok_or(ScheduleError::Overflow)
}

/// Returns the first payment after those of the basis.
pub(super) fn next(plan: &Plan, basis: OrderBasis) -> Result<Option<(Party, ScheduledOrder)>, ScheduleError> {
    let (Some(date), OrderBasis::Due { until }) = (plan.date, basis) else { return Ok(None) };
    // No accounts run longer than the longest term, so that the next payment is before.
    let until = until.max(date).saturating_add(Span::new().days(plan.card.term.most_days));
    let schedule = scheduled(plan, until)?;
    let to_pay = schedule.payers.into_iter().flat_map(|payer| {
        let party = plan.schools[payer.members[0]].party();
        payer.orders.into_iter().filter(is_to_place).map(move |order| (party.clone(), order))
    });
    Ok(to_pay.min_by_key(|(_, order)| order.date))
}

fn scheduled(plan: &Plan, until: Date) -> Result<Schedule, ScheduleError> {
    let until = until.tomorrow().unwrap_or(Date::MAX);
    schedule(plan, &ScheduleOptions { until, growth: Decimal::ZERO })
}

fn is_to_place(order: &ScheduledOrder) -> bool {
    order.kind != OrderKind::Recorded
}

fn due(payer: PayerSchedule, until: Date) -> DuePayer {
    let PayerSchedule { members, orders, .. } = payer;
    let (orders, recorded): (Vec<_>, Vec<_>) = orders.into_iter().partition(is_to_place);
    let stock = recorded.iter().filter_map(|order| Some((order, order.recorded?.0)));
    let mut activations: Vec<StockLot> = stock
        .flat_map(|(order, owner)| {
            let planned = order.lots.iter().filter(|lot| !lot.recorded && lot.activated <= until);
            planned.map(move |lot| StockLot { paid: order.date, owner, lot: *lot })
        })
        .collect();
    activations.sort_by_key(|stock| stock.lot.activated);
    let orders = orders.into_iter().map(|order| DueOrder {
        date: Some(order.date),
        kind: Some(order.kind),
        due_since: order.due_since,
        quote: order.quote,
        lots: order.lots,
        in_stock: Counts::ZERO,
        reasons: order.reasons,
    });
    DuePayer { members, orders: orders.collect(), activations }
}

fn quoted(plan: &Plan) -> Result<Vec<DuePayer>, ScheduleError> {
    let index: HashMap<&str, usize> =
        plan.schools.iter().enumerate().map(|(index, school)| (school.code.as_str(), index)).collect();
    let mut stock: HashMap<Party, Counts> = HashMap::new();
    for group in plan.groups() {
        stock.insert(group[0].party(), in_stock(plan, &group));
    }
    let quote = quote_plan(plan)?.quote;
    let orders = quote.orders.into_iter().filter(|order| order.charged);
    let payer = |quote: OrderQuote| {
        let codes = quote.members.iter().filter_map(|member| member.party.code.as_deref());
        let members = codes.filter_map(|code| index.get(code).copied()).collect();
        let order = DueOrder {
            date: plan.date,
            kind: None,
            due_since: None,
            in_stock: stock.get(&quote.payer).copied().unwrap_or_default(),
            quote,
            lots: Vec::new(),
            reasons: Vec::new(),
        };
        DuePayer { members, orders: vec![order], activations: Vec::new() }
    };
    Ok(orders.map(payer).collect())
}

/// Returns the codes of a group that are paid and not activated on the plan's date.
fn in_stock(plan: &Plan, group: &[&School]) -> Counts {
    let Some(date) = plan.date else { return Counts::ZERO };
    let of = |school: &&School| school.holdings(&plan.card.term).codes(&plan.card, school, date);
    group.iter().map(of).fold(Counts::ZERO, Counts::saturating_add)
}
