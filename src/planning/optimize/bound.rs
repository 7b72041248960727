//! A bound below which no plan can be, whatever its days, terms and counts: docs/optimize.md has the proof and the
//! names used here.

use std::collections::{HashMap, VecDeque};

use super::curve::{Curve, SCALE};
use super::floor::Floor;
use super::problem::Problem;
use crate::account::{AccountType, Counts};
use crate::money::{FINE_PER_FEN, Money, RoundingMode};
use crate::rates::{NewPurchaseStart, RenewalStart, RoundedPart};

/// Returns the bound, given that a plan of this cost is known: at most that cost.
pub(super) fn lower_bound(problem: &Problem, known: Money) -> Money {
    let floor = Floor::new(problem);
    let years = i64::from(problem.year(problem.days - 1)) + 1;
    let orders = years.saturating_mul(i64::from(problem.limits.orders_per_year));
    let simple = floor.to_come(problem, &problem.start, 0, orders);
    let tiers = tiers_bound(problem, known, orders).unwrap_or(0);
    Money::from_fen(simple.max(tiers).clamp(0, known.fen()))
}

/// Returns the bound by tiers in fen; `None` under rules, and for a value, for which it is not proven.
fn tiers_bound(problem: &Problem, known: Money, orders: i64) -> Option<i64> {
    // What is left after the horizon comes off the cost, and with it what the end and the climb are charged for.
    if problem.limits.value_rest {
        return None;
    }
    let rules = problem.table.rules();
    let proven = matches!(
        rules.new_purchase,
        NewPurchaseStart::Longer | NewPurchaseStart::AtLeast | NewPurchaseStart::Nothing
    );
    if !proven || rules.renewal != RenewalStart::FromZero {
        return None;
    }
    let (basic, interop) =
        (Curve::new(problem, AccountType::Basic)?, Curve::new(problem, AccountType::Interop)?);
    let parts = match rules.rounding.per {
        RoundedPart::Order => 1,
        RoundedPart::Type => 2,
        RoundedPart::Item => 2 * i64::try_from(problem.table.unit_prices(AccountType::Basic).count()).ok()?,
    };
    // An order is rounded by half a fen; rounding down takes nearly a whole one.
    let halves = if rules.rounding.mode == RoundingMode::Down { 2 } else { 1 };
    let rounding = orders.saturating_mul(parts * halves) / 2 + 1;
    let known = i128::from(known.fen()) + i128::from(rounding);
    let days = i128::from(Floor::new(problem).days_per_year()) * i128::from(FINE_PER_FEN) * SCALE;
    // Spare interop accounts may serve basic users: each such day, and each such account, is worth at most the dearest
    // basic one.
    let peak = problem.need.iter().map(|(_, users)| users.interop).max().unwrap_or(0);
    let spared = if problem.need.iter().any(|(_, users)| users.basic > 0) { 2 * basic.price(1) } else { 0 };
    if interop.price(interop.last()) < spared {
        return None;
    }
    let stock: u32 = problem
        .start
        .codes
        .iter()
        .filter(|code| code.account_type == AccountType::Interop)
        .map(|code| code.count)
        .sum();
    let need = |account_type| Need::new(problem, account_type);
    let interop =
        Type { problem, curve: &interop, need: need(AccountType::Interop), spared, fewer: 0, free: 0 };
    let basic = Type {
        problem,
        curve: &basic,
        need: need(AccountType::Basic),
        spared: 0,
        fewer: if spared > 0 { peak.saturating_mul(2).saturating_add(stock) } else { 0 },
        free: if spared > 0 { stock } else { 0 },
    };
    // What the other type costs at least is no part of what a type may cost.
    let (mut low_basic, mut low_interop) = (0, 0);
    for _ in 0..PASSES {
        low_interop = interop.bound(known * days - low_basic).max(low_interop);
        low_basic = basic.bound(known * days - low_interop).max(low_basic);
    }
    i64::try_from((low_basic + low_interop) / days - i128::from(rounding)).ok()
}

/// The need of one type by day.
struct Need {
    /// Users for whom accounts must be bought, beside those that run already.
    bought: Vec<i128>,
    /// The most users, or accounts that run already and codes in stock if there are more, in the window before each day.
    base: Vec<i128>,
    /// The most days of users within as many days as may lie between payment and activation.
    late: i128,
    /// The most days of accounts within a window, without spare accounts.
    fullest: i128,
    /// The most users of a day.
    peak: i128,
    /// Accounts that run already and outlast the shortest term, and codes in stock.
    free: i128,
    /// Codes in stock.
    stock: i128,
    /// Days of accounts that the codes in stock give.
    stock_days: i128,
}

impl Need {
    fn new(problem: &Problem, account_type: AccountType) -> Need {
        let codes = || problem.start.codes.iter();
        let of_type = || codes().filter(|code| code.account_type == account_type);
        let stock: i128 = of_type().map(|code| i128::from(code.count)).sum();
        let mut stock_days: i128 = of_type().map(|c| i128::from(c.count) * i128::from(c.term)).sum();
        if account_type == AccountType::Basic {
            let interop = codes().filter(|code| code.account_type == AccountType::Interop);
            stock_days += interop.map(|c| i128::from(c.count) * i128::from(c.term)).sum::<i128>();
        }
        let lots = problem.start.lots.iter().filter(|lot| lot.account_type == account_type);
        let least = i32::try_from(problem.least_term).unwrap_or(i32::MAX);
        let lasting = lots.filter(|lot| lot.expires >= least).map(|lot| i128::from(lot.count));
        let free = lasting.sum::<i128>() + stock;
        let (mut bought, mut most, mut all) = (Vec::new(), Vec::new(), Vec::new());
        let window = window(problem);
        let beyond = i32::try_from(window).unwrap_or(i32::MAX).saturating_add(problem.days);
        for day in 0..beyond {
            let users = if day < problem.days { problem.need_on(day) } else { Counts::ZERO };
            let held = problem.start.active(day);
            let mut need = i128::from(*users.get(account_type));
            let running = i128::from(*held.get(account_type));
            if account_type == AccountType::Basic {
                need = (need - i128::from(held.interop.saturating_sub(users.interop))).max(0);
            }
            bought.push((need - running).max(0));
            all.push(need);
            most.push(need.max(running) + stock);
        }
        let days = usize::try_from(problem.days).unwrap_or(0);
        let fullest = sums_after(&most, window, days).into_iter().max().unwrap_or(0);
        bought.truncate(days);
        most.truncate(days);
        // Where nothing comes before a purchase in the tiers, its base is none.
        let base = match problem.table.rules().new_purchase {
            NewPurchaseStart::Nothing => vec![0; most.len()],
            _ => highest_before(&most, window),
        };
        let held = longest_held(problem);
        let late = sums_after(&all, held, days).into_iter().max().unwrap_or(0);
        let peak = all.into_iter().max().unwrap_or(0);
        Need { bought, base, late, fullest, peak, free, stock, stock_days }
    }
}

/// Returns the most days from payment to the first day of a code: what it may lie, and what it may be stacked before an
/// expiry.
fn longest_held(problem: &Problem) -> usize {
    let held = problem.last_activation.iter().zip(0..).map(|(last, paid)| last - paid).max();
    usize::try_from(held.unwrap_or(0).max(0) + problem.stacking_left.max(0)).unwrap_or(0)
}

/// Returns the days from payment within which every account of the shortest term has run.
fn window(problem: &Problem) -> usize {
    longest_held(problem) + problem.least_term as usize
}

/// Returns the highest value of each day and the days before it, as many as told.
fn highest_before(values: &[i128], days: usize) -> Vec<i128> {
    let mut highest = Vec::with_capacity(values.len());
    let mut falling: VecDeque<usize> = VecDeque::new();
    for (day, value) in values.iter().enumerate() {
        while falling.back().is_some_and(|last| values[*last] <= *value) {
            falling.pop_back();
        }
        falling.push_back(day);
        while falling.front().is_some_and(|first| first + days < day) {
            falling.pop_front();
        }
        highest.push(falling.front().map_or(0, |first| values[*first]));
    }
    highest
}

/// Returns the sum of each of the first days and those after it, as many in all as told.
fn sums_after(values: &[i128], days: usize, first: usize) -> Vec<i128> {
    let mut sum: i128 = values.iter().take(days).sum();
    let mut sums = Vec::with_capacity(first);
    for day in 0..first {
        sums.push(sum);
        sum += values.get(day + days).copied().unwrap_or(0) - values[day];
    }
    sums
}

/// One type, with what the bound takes as given.
struct Type<'p> {
    problem: &'p Problem,
    curve: &'p Curve,
    need: Need,
    /// What a day of a spare account may save of the other type.
    spared: i128,
    /// Users who may be served by the other type.
    fewer: u32,
    /// Those of them for whom nothing is paid: by codes in stock.
    free: u32,
}

impl Type<'_> {
    /// Returns the bound in ten-thousandths of a yuan, times days, for plans that cost less than `known`.
    fn bound(&self, known: i128) -> i128 {
        if self.need.bought.iter().all(|users| *users == 0) {
            return 0;
        }
        let Some(most) = self.highest_ordinal(known) else { return known.max(0) };
        let caps = self.curve.tiers.iter().map(|(_, price)| Some(*price)).chain([None]);
        let renewed = self.largest_renewal(known, most);
        let bounds = caps.flat_map(|cap| (0..=2).map(move |ends| (cap, ends)));
        // Averages up to the highest ordinal are higher, but leave less for the climb.
        let bounds = bounds.flat_map(|how| [most, self.curve.last().max(most)].map(|last| (how, last)));
        bounds.map(|(how, last)| self.bound_by((most, renewed, last), how)).max().unwrap_or(0)
    }

    /// Returns the most accounts of a renewal of a plan that costs less than `known`: all of them run already, were bought
    /// before, and are paid for from the first one on.
    fn largest_renewal(&self, known: i128, most: i128) -> i128 {
        let (least, price) = (self.least(), self.curve.price(most));
        let bought: i128 = self.need.bought.iter().sum();
        let running = self.need.base.iter().max().copied().unwrap_or(0);
        let cost = |accounts: i128| {
            let climbs =
                self.curve.above(self.need.free, accounts, price) + self.curve.above(0, accounts, price);
            let spare = (accounts - running).max(0) * (price - self.spared).max(0);
            price * (bought - self.need.stock_days) + (spare + climbs) * least
        };
        let (mut low, mut high) = (1, most);
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if cost(middle) < known { low = middle } else { high = middle - 1 }
        }
        low
    }

    /// Returns the highest ordinal that an order of a plan can reach which costs less than `known`; `None` if there is no
    /// such plan.
    fn highest_ordinal(&self, known: i128) -> Option<i128> {
        let least = self.least();
        let fullest = self.need.fullest;
        let bought: i128 = self.need.bought.iter().sum();
        let cost = |ordinal: i128| {
            let price = self.curve.price(ordinal);
            let wasted = (ordinal * least - fullest).max(0);
            let climb = self.curve.above(self.need.free, ordinal, price) * least;
            price * (bought - self.need.stock_days) + (price - self.spared).max(0) * wasted + climb
        };
        // Within a tier more accounts cost no less.
        let mut first = 1;
        let mut highest = None;
        for (last, _) in &self.curve.tiers {
            if cost(first) < known {
                let (mut low, mut high) = (first, *last);
                while low < high {
                    let middle = low + (high - low + 1) / 2;
                    if cost(middle) < known { low = middle } else { high = middle - 1 }
                }
                highest = Some(low);
            }
            first = last + 1;
        }
        highest
    }

    /// Returns the bound with `ends` halves of what spare accounts cost set against those of the end, the rest against
    /// those of the base. With a cap, prices above it are counted for the climb alone; else the climb has no more accounts
    /// than may come first on each day.
    fn bound_by(&self, (most, renewed, last): (i128, i128, i128), (cap, ends): (Option<i128>, i128)) -> i128 {
        let curve = cap.map_or_else(|| self.curve.clone(), |cap| self.curve.capped(cap));
        let (usual, climbing) = match cap {
            Some(cap) => (cap, self.bought_first()),
            None => (self.dearest(most, last), self.bought_first().min(self.least_base())),
        };
        let spare = (self.curve.price(most).min(usual) - self.spared).max(0);
        let held = i128::try_from(longest_held(self.problem)).unwrap_or(i128::MAX).max(self.least());
        let charge = spare * (2 - ends) / 2 * self.least() / held;
        let mut prices: HashMap<(i128, i128), i128> = HashMap::new();
        let (mut sum, mut dearest) = (0, 0);
        for (day, users) in self.need.bought.iter().enumerate().filter(|(_, users)| **users > 0) {
            let (before, width) = self.ordinals(day);
            let key = (*users, before * WIDEST + width);
            let cost = *prices.entry(key).or_insert_with(|| {
                // A renewal begins with the first account: P13 (docs/rules.md#p13).
                let renewal = *users * curve.average(0, renewed);
                self.cheapest(&curve, *users, (before, width, last), charge).min(renewal)
            });
            dearest = dearest.max(cost / users + 1);
            sum += cost;
        }
        let climb = self.curve.above(self.need.free, self.need.free + climbing, usual) * self.least();
        (sum + climb + self.ends() * spare * ends / 2 - self.need.stock_days * dearest).max(0)
    }

    /// Returns the least that the users of a day cost: over all accounts that may come first, each with the part of the
    /// cost of the spare accounts which that takes.
    fn cheapest(
        &self,
        curve: &Curve,
        users: i128,
        (before, width, last): (i128, i128, i128),
        charge: i128,
    ) -> i128 {
        let peak = self.need.peak;
        let mut least = i128::MAX;
        // Below the peak the last ordinal is fixed, and the average falls as the base grows: an interval is as cheap as its
        // end, and charges for its beginning.
        let step = ((peak - before) / STEPS).max(1);
        let mut base = before;
        while base < peak {
            let next = (base + step).min(peak);
            least = least.min(users * average_to(curve, next, peak + width, last) + (base - before) * charge);
            base = next;
        }
        // From there on both ends move together up to the last account: between the edges of tiers the average falls in
        // proportion, and then ever faster, so that the least is at an edge.
        let from = before.max(peak);
        let ends = self.curve.tiers.iter().map(|(end, _)| *end).chain([last]);
        let edges = ends.flat_map(|end| [end, end.saturating_sub(width)]);
        for base in edges.filter(|edge| (from..=last).contains(edge)).chain([from]) {
            let average = average_to(curve, base, base + width, last);
            least = least.min(users * average + (base - before) * charge);
        }
        least
    }

    /// Returns how many accounts come first at most, before those that are needed on a day, as far as no spare accounts are
    /// bought; and how many more can be needed of an order.
    fn ordinals(&self, day: usize) -> (i128, i128) {
        (self.need.base[day], self.need.late / self.least() + 1)
    }

    /// Returns the highest price of a day without spare accounts.
    fn dearest(&self, most: i128, last: i128) -> i128 {
        let days = self.need.bought.iter().enumerate().filter(|(_, users)| **users > 0);
        let prices = days.map(|(day, _)| {
            let (before, width) = self.ordinals(day);
            average_to(self.curve, before, self.need.peak.max(before) + width, last)
        });
        prices.max().unwrap_or(0).max(self.curve.price(most))
    }

    /// Returns how many accounts are bought at least.
    fn bought_first(&self) -> i128 {
        let peak = self.need.bought.iter().max().copied().unwrap_or(0);
        // Fewer on each day of a whole term are paid for by as many spare accounts of the other type.
        let mut users = self.need.bought.clone();
        users.sort_unstable_by(|one, other| other.cmp(one));
        let term = usize::try_from(self.least()).unwrap_or(usize::MAX).saturating_sub(1);
        let lasting = users.get(term).copied().unwrap_or(0) - i128::from(self.free);
        (lasting.max(peak - i128::from(self.fewer)) - self.need.stock).max(0)
    }

    /// Returns how many accounts may come first at least on each day, beside those that were there before.
    fn least_base(&self) -> i128 {
        let days = self.need.base.iter().zip(&self.need.bought).filter(|(_, users)| **users > 0);
        (days.map(|(base, _)| *base).min().unwrap_or(0) - self.need.free).max(0)
    }

    /// Returns the days of accounts beyond the need that the last terms must have: they are no shorter than the
    /// shortest term.
    fn ends(&self) -> i128 {
        let days = self.need.bought.len();
        let least = usize::try_from(self.least()).unwrap_or(usize::MAX);
        let first = days.saturating_sub(least);
        let last = &self.need.bought[first..];
        let needed: i128 = last.iter().sum();
        let at_least = last.iter().enumerate().map(|(at, users)| {
            let after = last.len() - 1 - at;
            let users = (users - i128::from(self.fewer)).max(0);
            users * (self.least() - i128::try_from(after).unwrap_or(0))
        });
        let stock = self.need.stock * self.least();
        (at_least.max().unwrap_or(0) - needed - stock).max(0)
    }

    /// Returns the days of the shortest term.
    fn least(&self) -> i128 {
        i128::from(self.problem.least_term)
    }
}

/// Returns the average price of the accounts after one up to another, none of which is beyond the last one of all.
fn average_to(curve: &Curve, after: i128, to: i128, last: i128) -> i128 {
    let to = to.min(last);
    if after < to { curve.average(after, to) } else { curve.price(last) }
}

/// Steps in which the accounts that may come first are searched.
const STEPS: i128 = 200;

/// More than any number of accounts.
const WIDEST: i128 = 1 << 40;

/// How often the bound of each type is made better by that of the other.
const PASSES: usize = 2;
