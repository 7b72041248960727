//! Orders and activations that are not priced yet, and [`replay`], which prices them in the order of P12
//! (docs/rules.md#p12). Baselines, searches and plans under other rules all get their prices here.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::ledger::{Code, Ledger};
use super::problem::Problem;
use super::{PlannedLot, PlannedOrder, PurchasePlan, StockLot};
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Money, split_by_weight};
use crate::pricing::{Held, Price, PurchaseKind};

/// An order without its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DraftOrder {
    pub(super) day: i32,
    pub(super) kind: PurchaseKind,
    /// In days.
    pub(super) term: u32,
    /// Accounts bought; codes that nothing activates are among them.
    pub(super) counts: Counts,
    /// Activations, or the prolongations of a renewal.
    pub(super) lots: Vec<DraftLot>,
}

/// Accounts that are activated, or prolonged, together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DraftLot {
    /// Day of activation.
    pub(super) day: i32,
    pub(super) account_type: AccountType,
    /// The day of expiry that it prolongs.
    pub(super) extends: Option<i32>,
    pub(super) count: u32,
}

/// Orders, and activations of codes in stock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) orders: Vec<DraftOrder>,
    pub(super) stock: Vec<(Code, DraftLot)>,
}

impl Draft {
    /// Adds activations to the order of a day and term, which is made if there is none.
    pub(super) fn buy(&mut self, day: i32, term: u32, lot: DraftLot) {
        let kind = PurchaseKind::New;
        let fits = |order: &DraftOrder| (order.day, order.kind, order.term) == (day, kind, term);
        let at = match self.orders.iter().position(fits) {
            Some(at) => at,
            None => {
                self.orders.push(DraftOrder { day, kind, term, counts: Counts::ZERO, lots: Vec::new() });
                self.orders.len() - 1
            }
        };
        let order = &mut self.orders[at];
        *order.counts.get_mut(lot.account_type) += lot.count;
        let same = |other: &&mut DraftLot| {
            (other.day, other.account_type, other.extends) == (lot.day, lot.account_type, lot.extends)
        };
        match order.lots.iter_mut().find(same) {
            Some(other) => other.count += lot.count,
            None => order.lots.push(lot),
        }
    }

    /// Adds the orders of another draft; those of one day, term and kind become one.
    pub(super) fn merge(&mut self, other: Draft) {
        self.stock.extend(other.stock);
        for order in other.orders {
            let same = |known: &&mut DraftOrder| {
                (known.day, known.kind, known.term) == (order.day, order.kind, order.term)
            };
            match self.orders.iter_mut().find(same) {
                Some(known) => {
                    known.counts = known.counts.saturating_add(order.counts);
                    known.lots.extend(order.lots);
                }
                None => self.orders.push(order),
            }
        }
    }
}

/// Returns the plan that a draft makes, priced; `None` if it is not possible: users without an account, accounts
/// that are not there to be prolonged, or accounts without a price.
pub(super) fn replay(problem: &Problem, draft: &Draft) -> Option<PurchasePlan> {
    let mut replay = Replay { problem, ledger: problem.start.clone(), plan: PurchasePlan::default() };
    let mut days: BTreeMap<i32, Day<'_>> = BTreeMap::new();
    for (code, lot) in &draft.stock {
        days.entry(lot.day).or_default().stock.push((code, lot));
    }
    for order in &draft.orders {
        days.entry(order.day).or_default().orders.push(order);
        for lot in order.lots.iter().filter(|lot| lot.day != order.day) {
            days.entry(lot.day).or_default().earlier.push((order, lot));
        }
    }
    let mut covered = 0;
    for (day, events) in days {
        if !problem.covers(&replay.ledger, covered..day) {
            return None;
        }
        covered = day;
        replay.ledger.advance(day);
        replay.day(day, events)?;
    }
    if !problem.covers(&replay.ledger, covered..problem.days) || replay.has_too_many_orders() {
        return None;
    }
    replay.plan.cost = replay.plan.orders.iter().map(|order| order.price).sum::<Option<Money>>()?;
    Some(replay.plan)
}

/// What happens on one day.
#[derive(Default)]
struct Day<'d> {
    stock: Vec<(&'d Code, &'d DraftLot)>,
    /// Activations of codes paid earlier.
    earlier: Vec<(&'d DraftOrder, &'d DraftLot)>,
    orders: Vec<&'d DraftOrder>,
}

struct Replay<'p> {
    problem: &'p Problem,
    ledger: Ledger,
    plan: PurchasePlan,
}

impl Replay<'_> {
    fn day(&mut self, day: i32, mut events: Day<'_>) -> Option<()> {
        for (code, lot) in events.stock {
            let lot = self.activate(code, lot)?;
            let (paid, last_day, term_days) = (code.paid, code.last_day, code.term);
            self.plan.stock.push(StockLot { paid, last_day, term_days, lot });
        }
        for (order, lot) in events.earlier {
            let placed = self.activate(&self.code(order, lot), lot)?;
            let of_order = |other: &&mut PlannedOrder| {
                (other.day, other.kind, other.term_days) == (order.day, order.kind, order.term)
            };
            self.plan.orders.iter_mut().find(of_order)?.lots.push(placed);
        }
        events.orders.sort_by_key(|order| (order.kind == PurchaseKind::New, Reverse(order.term)));
        for order in events.orders {
            self.order(day, order)?;
        }
        Some(())
    }

    fn order(&mut self, day: i32, order: &DraftOrder) -> Option<()> {
        let beside = match order.kind {
            PurchaseKind::New => self.ledger.beside(day, order.term),
            _ => self.beside_renewal(day, order)?,
        };
        let bought = if order.kind == PurchaseKind::New { order.counts } else { Counts::ZERO };
        if !self.problem.allows(day, order.term, bought) {
            return None;
        }
        let purchase = self.problem.purchase(order.counts, order.term, order.kind, beside);
        let priced = self.problem.table.price(&purchase).ok().filter(Price::is_complete)?;
        let price = priced.list_price;
        let weights = AccountType::ALL.map(|of| priced.annual.get(of).ten_thousandths());
        let shares = split_by_weight(price, &weights);
        let share = |of| AccountType::ALL.into_iter().zip(&shares).find(|(kind, _)| *kind == of);
        let prices = PerType::from_fn(|of| share(of).map_or(Money::ZERO, |(_, share)| *share));
        let after = self.problem.table.start(&purchase);
        let lots = match order.kind {
            PurchaseKind::New => self.own_lots(order)?,
            _ => order.lots.iter().map(|lot| self.prolong(order, lot)).collect::<Option<_>>()?,
        };
        let (kind, term_days, counts) = (order.kind, order.term, order.counts);
        self.plan.orders.push(PlannedOrder { day, kind, term_days, counts, after, price, prices, lots });
        Some(())
    }

    /// Returns what the payer has beside the accounts that a renewal prolongs.
    fn beside_renewal(&self, day: i32, order: &DraftOrder) -> Option<Held> {
        let mut rest = self.ledger.clone();
        for lot in &order.lots {
            let expires = lot.extends?;
            if available(&rest, lot.account_type, expires) < lot.count {
                return None;
            }
            rest.take(lot.account_type, expires, lot.count);
        }
        Some(rest.beside(day, order.term))
    }

    /// Pays the codes of a purchase and activates those of its day.
    fn own_lots(&mut self, order: &DraftOrder) -> Option<Vec<PlannedLot>> {
        for account_type in AccountType::ALL {
            let count = *order.counts.get(account_type);
            let last_day = self.problem.last_activation(order.day);
            self.ledger.pay(Code { account_type, last_day, term: order.term, paid: order.day, count });
        }
        let own = order.lots.iter().filter(|lot| lot.day == order.day);
        own.map(|lot| self.activate(&self.code(order, lot), lot)).collect()
    }

    fn code(&self, order: &DraftOrder, lot: &DraftLot) -> Code {
        let last_day = self.problem.last_activation(order.day);
        Code { account_type: lot.account_type, last_day, term: order.term, paid: order.day, count: lot.count }
    }

    fn activate(&mut self, code: &Code, lot: &DraftLot) -> Option<PlannedLot> {
        let same = |other: &&Code| Code { count: 0, ..**other } == Code { count: 0, ..*code };
        let there = self.ledger.codes.iter().find(same).map_or(0, |code| code.count);
        if there < lot.count || lot.day < code.paid || code.last_day < lot.day {
            return None;
        }
        if let Some(old) = lot.extends {
            let left = old - lot.day;
            if !(0..=self.problem.stacking_left).contains(&left) {
                return None;
            }
        }
        self.ledger.spend(code, lot.count);
        self.place(lot, code.term)
    }

    fn prolong(&mut self, order: &DraftOrder, lot: &DraftLot) -> Option<PlannedLot> {
        // A renewal needs an active account: O7 (docs/rules.md#o7).
        if lot.extends.is_none_or(|old| old <= lot.day) {
            return None;
        }
        self.place(lot, order.term)
    }

    fn place(&mut self, lot: &DraftLot, term: u32) -> Option<PlannedLot> {
        let &DraftLot { day, account_type, extends, count } = lot;
        let expires = extends.unwrap_or(day).checked_add_unsigned(term)?;
        if expires - day > self.problem.most_ahead {
            return None;
        }
        if let Some(old) = extends {
            if available(&self.ledger, account_type, old) < count {
                return None;
            }
            self.ledger.take(account_type, old, count);
        }
        self.ledger.add(account_type, expires, count);
        Some(PlannedLot { account_type, count, activated: day, extends, expires })
    }

    fn has_too_many_orders(&self) -> bool {
        let mut years: BTreeMap<i32, u32> = BTreeMap::new();
        for order in &self.plan.orders {
            *years.entry(self.problem.year(order.day)).or_default() += 1;
        }
        years.values().any(|orders| *orders > self.problem.limits.orders_per_year)
    }
}

/// Returns the accounts of a type and expiry.
fn available(ledger: &Ledger, account_type: AccountType, expires: i32) -> u32 {
    let fits = |lot: &&super::ledger::Lot| (lot.account_type, lot.expires) == (account_type, expires);
    ledger.lots.iter().find(fits).map_or(0, |lot| lot.count)
}

/// Returns a lot of an activation.
pub(super) fn lot(day: i32, account_type: AccountType, extends: Option<i32>, count: u32) -> DraftLot {
    DraftLot { day, account_type, extends, count }
}
