use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rust_decimal::Decimal;

use super::draft::Draft;
use super::known::of_schedule;
use super::ledger::{Code, Ledger};
use super::limits::Limits;
use super::rest::rest;
use super::{OptimizeError, PurchasePlan};
use crate::account::{AccountType, Counts, PerType};
use crate::money::{Money, UnitPrice};
use crate::plan::{Plan, School, Trials};
use crate::planning::schedule::{ScheduleOptions, app_orders, schedule};
use crate::pricing::{Held, Party, PriceTable, Purchase, PurchaseKind};
use crate::rates::{PricingRules, RateCard};
use crate::rules::{days_between, last_activation_day, least_term_days, look_up_waiver};

/// What one payer needs and has from a day on, and what may be bought. Days are numbers: 0 is the first day of the
/// horizon.
#[derive(Debug, Clone)]
pub struct Problem {
    /// First day of the horizon, Beijing time.
    pub from: Date,
    /// Days of the horizon.
    pub days: i32,
    pub(super) table: PriceTable,
    pub(super) negotiated: PerType<Option<UnitPrice>>,
    /// Users who need an account, each from a day on, ascending; the first step is that of day 0.
    pub(super) need: Vec<(i32, Counts)>,
    /// Accounts and codes on day 0.
    pub(super) start: Ledger,
    /// Last day of activation of codes paid on each day of the horizon, by T4 (docs/rules.md#t4).
    lapses: Vec<i32>,
    /// Last day of activation of codes paid on each day of the horizon, by T4 and the limits.
    pub(super) last_activation: Vec<i32>,
    /// Days of the horizon on which orders may be placed.
    pub(super) order_days: Vec<i32>,
    /// The most days left to an account on which a code is stacked (T7, docs/rules.md#t7).
    pub(super) stacking_left: i32,
    /// The most days ahead that prolonged accounts expire (T8, docs/rules.md#t8).
    pub(super) most_ahead: i32,
    /// The school's own term in days.
    pub(super) own_term: u32,
    /// The shortest term in days unless the limits have one.
    usual_least: u32,
    /// Shortest and longest term of an order in days, inclusive, by the limits and the card.
    pub(super) least_term: u32,
    pub(super) most_term: u32,
    /// What the schedule buys: the yearly policy.
    pub(super) schedule: Option<Draft>,
    /// The limits.
    pub limits: Limits,
}

/// Returns the problem of each payer of a plan, with its downstreams, from the plan's date for whole years; payers come in
/// the order of the plan.
///
/// # Errors
/// Those of a payer: [`OptimizeError`] if the plan has no date, the payer's orders cost nothing, or the limits contradict
/// each other.
pub fn problems(plan: &Plan, years: u32, limits: &Limits) -> Vec<(Party, Result<Problem, OptimizeError>)> {
    let of = |group: Vec<&School>| (group[0].party(), Problem::of(plan, &group, years, limits.clone()));
    plan.groups().into_iter().map(of).collect()
}

impl Problem {
    /// Returns the problem of a payer and its downstreams, the payer first: from the plan's date, for whole years.
    ///
    /// # Errors
    /// [`OptimizeError`] if the plan has no date, the payer's orders cost nothing, or the limits contradict each other.
    pub(super) fn of(
        plan: &Plan,
        group: &[&School],
        years: u32,
        limits: Limits,
    ) -> Result<Problem, OptimizeError> {
        let from = plan.date.ok_or(OptimizeError::NoDate)?;
        let years = i16::try_from(years).map_err(|_| OptimizeError::TooLong)?;
        let end = from.checked_add(years.years()).map_err(|_| OptimizeError::TooLong)?;
        let card = &plan.card;
        let payer = group[0];
        let waiver = look_up_waiver(card, &payer.customer, Some(from));
        if payer.test_enterprise || waiver.is_some_and(|waiver| waiver.applied()) {
            return Err(OptimizeError::Free);
        }
        let mut need: Vec<(i32, Counts)> = Vec::new();
        let mut day = from;
        while day < end {
            let users = group.iter().fold(Counts::ZERO, |sum, school| {
                sum.saturating_add(plan.need(school, day, Trials::Counted))
            });
            if need.last().is_none_or(|(_, last)| *last != users) {
                need.push((number(from, day), users));
            }
            day = day.checked_add(1.days()).map_err(|_| OptimizeError::TooLong)?;
        }
        let own_term = card.term.days(payer.term).ok_or(OptimizeError::TooLong)?;
        let least = own_term.max(least_term_days(card, from, &app_orders(card, group)));
        let mut problem = Problem::new(card, from, number(from, end), need, Limits::default())?;
        (problem.own_term, problem.usual_least) = (own_term, least);
        problem = problem.with_limits(limits)?;
        problem.negotiated = payer.negotiated;
        for school in group {
            problem.hold(card, school);
        }
        let part = plan.only(&[payer.code.as_str()]);
        let scheduled = schedule(&part, &ScheduleOptions { until: end, growth: Decimal::ZERO });
        if let Some(payer) = scheduled.ok().and_then(|scheduled| scheduled.payers.into_iter().next()) {
            problem.schedule = Some(of_schedule(&problem, card, &payer));
        }
        Ok(problem)
    }

    /// Returns a problem without accounts and codes; the shortest term is the card's unless the limits have one.
    pub(super) fn new(
        card: &RateCard,
        from: Date,
        days: i32,
        need: Vec<(i32, Counts)>,
        limits: Limits,
    ) -> Result<Problem, OptimizeError> {
        let date = |day: i32| from.checked_add(Span::new().days(day)).map_err(|_| OptimizeError::TooLong);
        let mut lapses = Vec::new();
        for day in 0..days {
            let last = last_activation_day(card, date(day)?);
            lapses.push(last.map_or(i32::MAX, |last| number(from, last)));
        }
        let days_of = |days: u32| i32::try_from(days).unwrap_or(i32::MAX);
        let least = card.term.least_days;
        let problem = Problem {
            from,
            days,
            table: PriceTable::new(card).map_err(|_| OptimizeError::Overflow)?,
            negotiated: PerType::default(),
            need,
            start: Ledger::default(),
            lapses,
            last_activation: Vec::new(),
            order_days: Vec::new(),
            stacking_left: card.stacking.as_ref().map_or(-1, |rule| days_of(rule.days_left)),
            most_ahead: card.stacking.as_ref().map_or(i32::MAX, |rule| days_of(rule.most_days_ahead)),
            own_term: least,
            usual_least: least,
            least_term: least,
            most_term: card.term.most_days,
            schedule: None,
            limits: Limits::default(),
        };
        problem.with_limits(limits)
    }

    /// Returns the problem within other limits.
    ///
    /// # Errors
    /// [`OptimizeError::NoTerm`] if no term is within them.
    pub fn with_limits(&self, limits: Limits) -> Result<Problem, OptimizeError> {
        let (least_term, most_term) = limits.terms(self.table.term_rules(), self.usual_least)?;
        let held = |day: i32| day.saturating_add_unsigned(limits.hold_codes);
        let last = |(lapse, day): (&i32, i32)| held(day).min(*lapse);
        let last_activation = self.lapses.iter().zip(0..).map(last).collect();
        let order_days = (0..self.days).filter(|day| limits.allows_day(self.date(*day))).collect();
        Ok(Problem { last_activation, order_days, least_term, most_term, limits, ..self.clone() })
    }

    /// Returns the rest of the problem from a day on, with what there is then. Years of the horizon begin anew on that day,
    /// and nothing is known of the yearly policy.
    pub(super) fn later(&self, day: i32, ledger: &Ledger) -> Problem {
        let since = |days: &[i32]| -> Vec<i32> {
            let days = days.iter().skip(usize::try_from(day).unwrap_or(0));
            days.map(|last| last.saturating_sub(day)).collect()
        };
        let first = (0, self.need_on(day));
        let steps =
            self.need.iter().filter(|(from, _)| day < *from).map(|(from, users)| (from - day, *users));
        let order_days = self.order_days.iter().filter(|on| day <= **on).map(|on| on - day);
        Problem {
            from: self.date(day),
            days: self.days - day,
            need: [first].into_iter().chain(steps).collect(),
            start: ledger.since(day),
            lapses: since(&self.lapses),
            last_activation: since(&self.last_activation),
            order_days: order_days.collect(),
            schedule: None,
            ..self.clone()
        }
    }

    /// Adds what a school has on the first day. Activations and payments that the plan states for later days are codes
    /// until then.
    fn hold(&mut self, card: &RateCard, school: &School) {
        let holdings = school.holdings(&card.term);
        for (account_type, expires, count) in holdings.running(self.from, self.from) {
            self.start.add(account_type, number(self.from, expires), count);
        }
        let mut pay = |purchase: usize, account_type, count| {
            let Some(purchase) = school.purchases.get(purchase) else { return };
            let last = last_activation_day(card, purchase.paid);
            let last_day = last.map_or(i32::MAX, |last| number(self.from, last));
            let (paid, term) = (number(self.from, purchase.paid), card.term.days(purchase.term));
            if let (Some(term), true) = (term, last_day >= 0) {
                self.start.pay(Code { account_type, last_day, term, paid, count });
            }
        };
        for codes in &holdings.codes {
            pay(codes.purchase, codes.account_type, codes.count);
        }
        for lot in holdings.lots.iter().filter(|lot| lot.activated.is_some_and(|day| day > self.from)) {
            if let Some(purchase) = lot.purchase {
                pay(purchase, lot.account_type, lot.count);
            }
        }
    }

    /// Returns the limits with the shortest and the longest term that follow from them.
    pub fn limits_in_force(&self) -> Limits {
        Limits { least_term: Some(self.least_term), most_term: self.most_term, ..self.limits.clone() }
    }

    /// Returns the date of a day.
    pub fn date(&self, day: i32) -> Date {
        self.from.saturating_add(Span::new().days(day))
    }

    /// Returns the users who need an account on a day.
    pub(super) fn need_on(&self, day: i32) -> Counts {
        let after = self.need.partition_point(|(from, _)| *from <= day);
        self.need.get(after.wrapping_sub(1)).map_or(Counts::ZERO, |(_, users)| *users)
    }

    /// Returns true if accounts cover all users from one day to another, exclusive.
    pub(super) fn covers(&self, ledger: &Ledger, days: std::ops::Range<i32>) -> bool {
        let steps = self.need.iter().map(|(day, _)| *day);
        let mut changes = steps.chain(ledger.lots.iter().map(|lot| lot.expires)).chain([days.start]);
        changes.all(|day| !days.contains(&day) || serves(ledger.active(day), self.need_on(day)))
    }

    /// Returns an order as the engine prices it.
    pub(super) fn purchase(&self, counts: Counts, term: u32, kind: PurchaseKind, held: Held) -> Purchase {
        let term = self.table.term_rules().term_of(term);
        Purchase { counts, term, kind, held, negotiated: self.negotiated }
    }

    /// Returns the price of an order on a day; `None` if an account of it has no price, or nobody can order it.
    pub(super) fn price(&self, counts: Counts, term: u32, kind: PurchaseKind, held: Held) -> Option<Money> {
        let price = self.table.price(&self.purchase(counts, term, kind, held)).ok()?;
        price.is_complete().then_some(price.list_price)
    }

    /// Returns the problem under other rules of pricing, with the same needs, accounts and limits.
    #[must_use]
    pub fn under(&self, rules: PricingRules) -> Problem {
        Problem { table: self.table.under(rules), ..self.clone() }
    }

    /// Returns the problem of one type alone. Basic users whom spare interop accounts serve need none; `interop` has
    /// the days and numbers of those accounts, the last day exclusive.
    pub(super) fn of_type(&self, account_type: AccountType, interop: &[(i32, i32, u32)]) -> Problem {
        let mut part = self.clone();
        part.start.lots.retain(|lot| lot.account_type == account_type);
        part.start.codes.retain(|code| code.account_type == account_type);
        let mut days: Vec<i32> = self.need.iter().map(|(day, _)| *day).collect();
        if account_type == AccountType::Basic {
            days.extend(interop.iter().flat_map(|(start, end, _)| [*start, *end]));
        }
        days.retain(|day| (0..self.days).contains(day));
        days.sort_unstable();
        days.dedup();
        part.need.clear();
        for day in days {
            let users = self.need_on(day);
            let running = interop.iter().filter(|(start, end, _)| *start <= day && day < *end);
            let spare = running.map(|(_, _, count)| *count).sum::<u32>().saturating_sub(users.interop);
            let users = match account_type {
                AccountType::Basic => users.basic.saturating_sub(spare),
                AccountType::Interop => users.interop,
            };
            let users = Counts::of(account_type, users);
            if part.need.last().is_none_or(|(_, last)| *last != users) {
                part.need.push((day, users));
            }
        }
        part
    }

    /// Returns the accounts of a type after which none is cheaper.
    pub(super) fn last_edge(&self, account_type: AccountType) -> u32 {
        let steps = self.table.price_steps(account_type, None);
        let edge = steps.iter().rev().nth(1).map_or(0, |(last, _)| *last);
        u32::try_from(edge).unwrap_or(u32::MAX)
    }

    /// Returns the days and numbers of the interop accounts that run already.
    pub(super) fn running_interop(&self) -> Vec<(i32, i32, u32)> {
        let lots = self.start.lots.iter().filter(|lot| lot.account_type == AccountType::Interop);
        lots.map(|lot| (0, lot.expires, lot.count)).collect()
    }

    /// Returns true if the limits allow an order of these accounts on a day for a term of days.
    pub(super) fn allows(&self, day: i32, term: u32, counts: Counts) -> bool {
        let is_whole = self.table.term_rules().term_of(term).days == 0;
        self.order_days.binary_search(&day).is_ok()
            && (self.least_term..=self.most_term).contains(&term)
            && (is_whole || !self.limits.whole_months)
            && self.is_round(counts)
    }

    /// Returns true if accounts are bought in the multiples that the limits ask for.
    fn is_round(&self, counts: Counts) -> bool {
        let round_to = self.limits.round_to.max(1);
        counts.basic.is_multiple_of(round_to) && counts.interop.is_multiple_of(round_to)
    }

    /// Returns the users of a type from each day on.
    pub(super) fn steps(&self, account_type: AccountType) -> Vec<(i32, u32)> {
        self.need.iter().map(|(day, users)| (*day, *users.get(account_type))).collect()
    }

    /// Returns what a plan costs with the placing of its orders, less what is left of it if the limits say so.
    pub(super) fn cost(&self, plan: &PurchasePlan) -> Money {
        let orders = i64::try_from(plan.orders.len()).unwrap_or(i64::MAX);
        let placing = self.limits.order_cost.fen().saturating_mul(orders);
        let rest = if self.limits.value_rest { rest(self, plan).fen() } else { 0 };
        Money::from_fen(plan.cost.fen().saturating_add(placing).saturating_sub(rest))
    }

    /// Returns the longest term of a code that can be bought while the accounts that it will prolong outlast it.
    pub(super) fn longest_ride(&self) -> u32 {
        let held = self.last_activation.iter().zip(0..).map(|(last, paid)| last - paid).max();
        (held.unwrap_or(0) + self.stacking_left - 1).max(0).unsigned_abs()
    }

    /// Returns the last day of activation of codes paid on a day.
    pub(super) fn last_activation(&self, paid: i32) -> i32 {
        usize::try_from(paid).ok().and_then(|day| self.last_activation.get(day)).copied().unwrap_or(paid)
    }

    /// Returns the first day of a year of the horizon, and the first one after it.
    pub(super) fn days_of_year(&self, year: i32) -> (i32, i32) {
        let start = |year: i32| {
            let date = i16::try_from(year).ok().and_then(|years| self.from.checked_add(years.years()).ok());
            date.map_or(i32::MAX, |date| number(self.from, date))
        };
        (start(year), start(year + 1))
    }

    /// Returns what is paid in each year of the horizon in which something is, placing orders left out.
    pub(super) fn paid_by_year(&self, plan: &PurchasePlan) -> BTreeMap<i32, Money> {
        let mut years: BTreeMap<i32, i64> = BTreeMap::new();
        for order in &plan.orders {
            *years.entry(self.year(order.day)).or_default() += order.price.fen();
        }
        years.into_iter().map(|(year, paid)| (year, Money::from_fen(paid))).collect()
    }

    /// Returns true if no year costs more than the limits allow.
    pub(super) fn is_within_budget(&self, plan: &PurchasePlan) -> bool {
        self.limits.year_budget.is_none_or(|budget| self.dearest_year(plan) <= budget)
    }

    /// Returns the most that is paid in a year.
    pub(super) fn dearest_year(&self, plan: &PurchasePlan) -> Money {
        self.paid_by_year(plan).into_values().max().unwrap_or(Money::ZERO)
    }

    /// Returns the year of the horizon in which a day lies.
    pub(super) fn year(&self, day: i32) -> i32 {
        let years = self.from.until((jiff::Unit::Year, self.date(day)));
        years.map_or(0, |span| i32::from(span.get_years()))
    }
}

/// Returns true if accounts serve users: an interop account serves a basic user, too (W5, docs/rules.md#w5).
pub(super) fn serves(active: Counts, need: Counts) -> bool {
    let spare = active.interop.checked_sub(need.interop);
    spare.is_some_and(|spare| active.basic.saturating_add(spare) >= need.basic)
}

/// Returns the number of a day.
pub(super) fn number(from: Date, day: Date) -> i32 {
    if day < from {
        return i32::try_from(days_between(day, from)).map_or(i32::MIN, |days| -days);
    }
    i32::try_from(days_between(from, day)).unwrap_or(i32::MAX)
}
