//! Simulates what one payer buys, day by day, by the yearly policy. In go the schools of a group with their
//! records; out come orders, activations and gaps. Read [`Simulation::run`] first: `renew` decides on expiries,
//! `buy` on shortages, `choose` on their terms and days of payment, `codes` on codes in stock; `forecast` tells who
//! will be without an account, `place` prices and places the orders of a day.

mod activate;
mod buy;
mod choose;
mod codes;
mod counts;
mod days;
mod forecast;
mod place;
mod price;
mod renew;
mod terms;
mod wants;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeInclusive;

use jiff::civil::Date;

use self::counts::MemberCounts;
pub(super) use self::days::after;
pub(super) use self::terms::{Continuation, Terms};
use self::wants::Wants;
use super::gaps::{gaps, uncovered_since};
use super::ledger::{Ledger, Lot, Stock};
use super::needs::Needs;
use super::running::Running;
use super::{Gap, Lapsed, OrderLot, PayerSchedule, Schedule, ScheduleError, ScheduleOptions, ScheduledOrder};
use crate::account::AccountType;
use crate::plan::{Holding, Plan, School};
use crate::pricing::{PriceTable, QuoteError, Quoter};
use crate::rates::RateCard;
use crate::rules::last_activation_day;

/// Runs the simulation of every payer.
pub(super) fn run(plan: &Plan, options: &ScheduleOptions) -> Result<Schedule, ScheduleError> {
    let date = plan.date.ok_or(ScheduleError::NoDate)?;
    let engine = Engine {
        card: &plan.card,
        quoter: Quoter::new(&plan.card)?,
        table: PriceTable::new(&plan.card).map_err(|_| QuoteError::Overflow)?,
        options,
        today: date,
    };
    let index: HashMap<&str, usize> =
        plan.schools.iter().enumerate().map(|(index, school)| (school.code.as_str(), index)).collect();
    let payers = plan.groups().into_iter().map(|group| {
        let members = group.iter().map(|school| index[school.code.as_str()]).collect();
        Simulation::new(&engine, group).run(members)
    });
    Ok(Schedule { date, until: options.until, payers: payers.collect::<Result<_, _>>()? })
}

/// What all payers share.
struct Engine<'p> {
    card: &'p RateCard,
    quoter: Quoter<'p>,
    table: PriceTable,
    options: &'p ScheduleOptions,
    /// The plan's date.
    today: Date,
}

/// A recorded purchase: member, and index of the purchase.
type RecordedKey = (usize, usize);

/// What one payer has, needs and buys.
struct Simulation<'e, 'p> {
    engine: &'e Engine<'p>,
    schools: Vec<&'p School>,
    terms: Terms<'p>,
    needs: Needs,
    ledger: Ledger,
    running: Running,
    /// Recorded purchases that are not placed yet, by day of payment.
    recorded: BTreeMap<Date, Vec<RecordedKey>>,
    /// The activations of each recorded purchase.
    recorded_lots: HashMap<RecordedKey, Vec<OrderLot>>,
    orders: Vec<ScheduledOrder>,
    /// The order of each recorded purchase that is placed.
    placed: HashMap<RecordedKey, usize>,
    lapsed: Vec<Lapsed>,
    /// Days on which the need of members changes by the plan, from the plan's date on.
    changes: BTreeMap<Date, BTreeSet<usize>>,
    /// Since when users have been without an account on the plan's date.
    uncovered_since: HashMap<(usize, AccountType), Date>,
}

impl<'e, 'p> Simulation<'e, 'p> {
    fn new(engine: &'e Engine<'p>, schools: Vec<&'p School>) -> Simulation<'e, 'p> {
        let needs = Needs::new(engine.card, &schools);
        let mut changes: BTreeMap<Date, BTreeSet<usize>> = BTreeMap::new();
        for member in 0..schools.len() {
            for day in needs.change_days(member).into_iter().filter(|day| engine.today < *day) {
                changes.entry(day).or_default().insert(member);
            }
        }
        Simulation {
            engine,
            terms: Terms::new(engine.card, &schools, engine.today),
            ledger: Ledger::new(schools.len()),
            running: Running::new(schools.len()),
            recorded: BTreeMap::new(),
            recorded_lots: HashMap::new(),
            orders: Vec::new(),
            placed: HashMap::new(),
            lapsed: Vec::new(),
            uncovered_since: HashMap::new(),
            schools,
            needs,
            changes,
        }
    }

    fn run(mut self, members: Vec<usize>) -> Result<PayerSchedule, ScheduleError> {
        let (today, until) = (self.engine.today, self.engine.options.until);
        self.load_records()?;
        self.uncovered_since = uncovered_since(&self.needs, &self.ledger, self.schools.len(), today);
        let past: Vec<Date> = self.recorded.range(..today.min(until)).map(|(day, _)| *day).collect();
        for day in past {
            self.place(day, Wants::default())?;
        }
        let mut next = Some(today);
        while let Some(day) = next.filter(|day| *day < until) {
            self.decide(day)?;
            next = self.next_day(day);
        }
        self.lapse_before(until);
        self.attach_recorded_lots();
        self.mark_first_after_waiver();
        let gaps = self.gaps();
        let (orders, lapsed) = (self.orders, self.lapsed);
        Ok(PayerSchedule { members, orders, gaps, lapsed, needs: self.needs.into_steps() })
    }

    /// Decides and orders everything of a day.
    fn decide(&mut self, day: Date) -> Result<(), ScheduleError> {
        let mut wants = Wants::default();
        let mut affected = self.ledger.take_checks(day);
        while let Some(entry) = self.changes.first_entry().filter(|entry| *entry.key() <= day) {
            affected.append(&mut entry.remove());
        }
        if day == self.engine.today {
            affected.extend(0..self.schools.len());
        }
        self.use_codes_for(day, day, &affected)?;
        self.renew(day, &mut wants)?;
        self.stack_last_codes(day)?;
        self.buy_for(day, day, &affected, &mut wants)?;
        self.buy_ahead(day, &mut wants)?;
        if self.terms.is_last_waived_day(day) {
            self.stock_up(day, &mut wants)?;
        }
        self.place(day, wants)
    }

    /// Returns the next day on which anything is decided.
    fn next_day(&self, day: Date) -> Option<Date> {
        let recorded = self.recorded.keys().find(|paid| **paid > day).copied();
        let renewal = self.next_renewal(day);
        let check = self.ledger.next_check(day);
        let change = self.changes.keys().next().copied();
        let codes = self.next_code_deadline(day);
        let waiver = self.terms.last_waived_day(day).filter(|last| *last > day);
        let sure = [recorded, renewal, check, change, codes, waiver].into_iter().flatten().min();
        let ahead = self.next_purchase_ahead(day, sure);
        [sure, ahead].into_iter().flatten().min()
    }

    /// Takes over what the plan records: lots, codes, and purchases to be placed on their days.
    fn load_records(&mut self) -> Result<(), ScheduleError> {
        let card = self.engine.card;
        let shares = self.schools.len() > 1;
        let mut stock = Vec::new();
        for (member, school) in self.schools.clone().into_iter().enumerate() {
            let holdings = school.holdings(&card.term);
            for holding in &holdings.lots {
                self.load_lot(member, holding);
            }
            for codes in &holdings.codes {
                let purchase = &school.purchases[codes.purchase];
                stock.push(Stock {
                    member,
                    shared: shares && member == 0,
                    purchase: codes.purchase,
                    account_type: codes.account_type,
                    left: codes.count,
                    paid: purchase.paid,
                    last_day: last_activation_day(card, purchase.paid),
                    term: purchase.term,
                });
            }
            for (index, purchase) in school.purchases.iter().enumerate() {
                if !purchase.counts.is_zero() {
                    self.recorded.entry(purchase.paid).or_default().push((member, index));
                }
            }
        }
        // Automatic activation takes the code whose last day comes first: O9 (docs/rules.md#o9).
        self.ledger.set_stock(stock);
        Ok(())
    }

    fn load_lot(&mut self, member: usize, holding: &Holding) {
        let &Holding { account_type, count, expires, extends, .. } = holding;
        let (activated, starts) = (holding.activated, holding.starts());
        let lot = Lot { member, account_type, count, activated, starts, expires };
        match extends {
            Some(old) => self.ledger.prolong(old, lot),
            None => self.ledger.add(lot),
        }
        match (holding.activated, holding.purchase) {
            (Some(activated), Some(purchase)) => {
                let lot =
                    OrderLot { member, account_type, count, activated, extends, expires, recorded: true };
                self.recorded_lots.entry((member, purchase)).or_default().push(lot);
            }
            _ => self.running.hold(member, account_type, count, expires),
        }
    }

    fn gaps(&self) -> Vec<Gap> {
        let (today, until) = (self.engine.today, self.engine.options.until);
        gaps(&self.needs, &self.ledger, self.schools.len(), &self.uncovered_since, today..until)
    }

    fn attach_recorded_lots(&mut self) {
        for order in &mut self.orders {
            if let Some(lots) = order.recorded.and_then(|key| self.recorded_lots.remove(&key)) {
                order.lots = lots;
                order.lots.sort_by_key(|lot| (lot.activated, lot.member, lot.account_type));
            }
        }
    }

    fn mark_first_after_waiver(&mut self) {
        let mut was_waived = false;
        for order in &mut self.orders {
            let waived = order.quote.waiver.as_ref().is_some_and(crate::rules::WaiverFinding::applied);
            order.first_after_waiver = was_waived && !order.quote.is_free();
            was_waived = waived || (was_waived && order.quote.is_free());
        }
    }
}

/// Returns the app orders of all charged apps of a group, as the rules of O4 take them.
pub(in crate::planning) fn app_orders(card: &RateCard, schools: &[&School]) -> Vec<RangeInclusive<Date>> {
    let apps = schools.iter().flat_map(|school| &school.apps);
    let charged = apps.filter(|app| card.charging.app_kinds.contains(&app.kind));
    charged.filter_map(|app| app.order).map(|order| order.from..=order.until).collect()
}
