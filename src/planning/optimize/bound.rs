//! A bound below which no plan can be, whatever its days, terms and counts: docs/optimize.md has the proof and the
//! names used here.

use std::collections::{HashMap, VecDeque};

use super::floor::Floor;
use super::problem::Problem;
use crate::account::{AccountType, Counts};
use crate::money::{Money, RoundingMode, UnitPrice};
use crate::rates::{NegotiatedPart, NewPurchaseStart, RenewalStart, RoundedPart};

/// Returns the bound, given that a plan of this cost is known: at most that cost.
pub(super) fn lower_bound(problem: &Problem, known: Money) -> Money {
    let floor = Floor::new(problem);
    let years = i64::from(problem.year(problem.days - 1)) + 1;
    let orders = years.saturating_mul(i64::from(problem.limits.orders_per_year));
    let simple = floor.to_come(problem, &problem.start, 0, orders);
    let tiers = tiers_bound(problem, known, orders).unwrap_or(0);
    Money::from_fen(simple.max(tiers).clamp(0, known.fen()))
}

/// Returns the bound by tiers in fen; `None` under rules for which it is not proven.
fn tiers_bound(problem: &Problem, known: Money, orders: i64) -> Option<i64> {
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
    let days = i128::from(Floor::new(problem).days_per_year()) * FINE_PER_FEN;
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
    let interop = Type { problem, curve: &interop, need: need(AccountType::Interop), spared, fewer: 0 };
    let basic = Type {
        problem,
        curve: &basic,
        need: need(AccountType::Basic),
        spared: 0,
        fewer: if spared > 0 { peak.saturating_mul(2).saturating_add(stock) } else { 0 },
    };
    // What the other type costs at least is no part of what a type may cost.
    let (mut low_basic, mut low_interop) = (0, 0);
    for _ in 0..PASSES {
        low_interop = interop.bound(known * days - low_basic).max(low_interop);
        low_basic = basic.bound(known * days - low_interop).max(low_basic);
    }
    i64::try_from((low_basic + low_interop) / days - i128::from(rounding)).ok()
}

fn fine(price: UnitPrice) -> i128 {
    price.times(1).map_or(0, |amount| i128::from(amount.ten_thousandths()))
}

/// Prices by ordinal, which fall from tier to tier, in ten-thousandths of a yuan a year.
struct Curve {
    /// Last account of each tier with its price; the last tier may have no end.
    tiers: Vec<(i128, i128)>,
}

impl Curve {
    /// Returns `None` if prices do not fall from tier to tier, or an account costs nothing.
    fn new(problem: &Problem, account_type: AccountType) -> Option<Curve> {
        let negotiates_all = problem.table.rules().negotiated == NegotiatedPart::All;
        if negotiates_all && problem.negotiated.get(account_type).is_some() {
            return None;
        }
        let tiers = problem.table.price_steps(account_type, *problem.negotiated.get(account_type));
        let tiers: Vec<(i128, i128)> =
            tiers.into_iter().map(|(last, price)| (i128::from(last), fine(price))).collect();
        let falls = tiers.windows(2).all(|pair| pair[0].1 >= pair[1].1);
        (falls && tiers.iter().all(|(_, price)| *price > 0)).then_some(Curve { tiers })
    }

    /// Returns the price of an account, counted from 1.
    fn price(&self, ordinal: i128) -> i128 {
        let tier = self.tiers.iter().find(|(last, _)| ordinal <= *last).or(self.tiers.last());
        tier.map_or(0, |(_, price)| *price)
    }

    /// Returns what the first accounts cost for a year.
    fn sum(&self, accounts: i128) -> i128 {
        let (mut sum, mut before) = (0, 0);
        for (last, price) in &self.tiers {
            sum += (accounts.min(*last) - before).max(0) * price;
            before = *last;
        }
        sum
    }

    /// Returns the average price of the accounts after one up to another, times [`SCALE`], rounded down.
    fn average(&self, after: i128, to: i128) -> i128 {
        (self.sum(to) - self.sum(after)) * SCALE / (to - after).max(1)
    }

    /// Returns the sum over the accounts after one, up to another, of what their prices are above a price, times
    /// [`SCALE`].
    fn above(&self, after: i128, to: i128, price: i128) -> i128 {
        let (mut sum, mut before) = (0, 0);
        for (last, own) in &self.tiers {
            let (from, until) = (after.max(before), to.min(*last));
            sum += (until - from).max(0) * (own * SCALE - price).max(0);
            before = *last;
        }
        sum
    }

    /// Returns the last account that has a price.
    fn last(&self) -> i128 {
        self.tiers.last().map_or(0, |(last, _)| *last)
    }
}

/// The need of one type by day.
struct Need {
    /// Users for whom accounts must be bought, beside those that run already.
    bought: Vec<i128>,
    /// Users, or accounts that run already and codes in stock, if there are more.
    most: Vec<i128>,
    /// The highest of `most` in the window before each day.
    base: Vec<i128>,
    /// The most days of accounts within a window with the day, without spare accounts.
    fullest: Vec<i128>,
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
        let least = i32::try_from(problem.limits.least_term).unwrap_or(i32::MAX);
        let lasting = lots.filter(|lot| lot.expires >= least).map(|lot| i128::from(lot.count));
        let free = lasting.sum::<i128>() + stock;
        let (mut bought, mut most) = (Vec::new(), Vec::new());
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
            most.push(need.max(running) + stock);
        }
        let days = usize::try_from(problem.days).unwrap_or(0);
        let fullest = highest_before(&sums_after(&most, window, days), window - 1);
        bought.truncate(days);
        most.truncate(days);
        let base = highest_before(&most, window);
        Need { bought, most, base, fullest, free, stock, stock_days }
    }
}

/// Returns the days from payment within which every account of the shortest term has run: what a code may lie, what it
/// may be stacked before an expiry, and the term.
fn window(problem: &Problem) -> usize {
    let held = problem.last_activation.iter().zip(0..).map(|(last, paid)| last - paid).max();
    let days = held.unwrap_or(0).max(0) + problem.stacking_left.max(0);
    usize::try_from(days).unwrap_or(0) + problem.limits.least_term as usize
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
}

impl Type<'_> {
    /// Returns the bound in ten-thousandths of a yuan, times days, for plans that cost less than `known`.
    fn bound(&self, known: i128) -> i128 {
        if self.need.bought.iter().all(|users| *users == 0) {
            return 0;
        }
        let Some(most) = self.highest_ordinal(known) else { return known.max(0) };
        CHOICES.into_iter().map(|choice| self.bound_by(most, choice)).max().unwrap_or(0)
    }

    /// Returns the highest ordinal that an order of a plan can reach which costs less than `known`; `None` if there is no
    /// such plan.
    fn highest_ordinal(&self, known: i128) -> Option<i128> {
        let least = self.least();
        let fullest = self.need.fullest.iter().max().copied().unwrap_or(0);
        let bought: i128 = self.need.bought.iter().sum();
        let cost = |ordinal: i128| {
            let price = self.curve.price(ordinal);
            let wasted = (ordinal * least - fullest).max(0);
            let climb = self.curve.above(self.need.free, ordinal, price * SCALE) / SCALE * least;
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

    fn bound_by(&self, most: i128, (ends, base, climb): (i128, i128, i128)) -> i128 {
        let (window, least) = (i128::try_from(window(self.problem)).unwrap_or(i128::MAX), self.least());
        // Of what spare accounts cost, a part is set against their use at the end, the rest against their use as a base
        // and in large orders.
        let spare = (self.curve.price(most) - self.spared).max(0) * SCALE;
        let rest = spare * (2 - ends) / 2;
        let of_base = rest * base / (8 * window);
        let of_order = rest * (8 - base) / (8 * 2 * window);
        let bought = self.bought_first(most);
        let climbing = if climb == 1 { bought } else { bought.min(self.least_base()) };
        let mut prices: HashMap<(i128, i128, i128), i128> = HashMap::new();
        let (mut sum, mut dearest, mut dearest_day) = (0, 0, 0);
        for day in 0..self.need.bought.len() {
            let (before, to) = self.ordinals(day, most, climbing + self.need.free);
            let users = self.need.bought[day];
            dearest = dearest.max(if users > 0 { self.curve.average(before, to) } else { 0 });
            let cost = *prices.entry((users, before, to)).or_insert_with(|| {
                self.cheapest(users, (before, to, most), (of_base * least, of_order * least))
            });
            dearest_day = dearest_day.max(if users > 0 { cost / users } else { 0 });
            sum += cost;
        }
        let above = self.curve.above(self.need.free, self.need.free + climbing, dearest);
        let total = sum + above * least + self.ends() * spare * ends / 2 - self.need.stock_days * dearest_day;
        total.max(0) / SCALE
    }

    /// Returns the least that the users of a day cost, times [`SCALE`]: over all accounts that may come first, and all
    /// ordinals up to the highest, each with the part of the cost of the spare accounts which that takes.
    fn cheapest(&self, users: i128, (before, to, most): (i128, i128, i128), charge: (i128, i128)) -> i128 {
        // A renewal begins with the first account: P13 (docs/rules.md#p13).
        let mut least = users * self.curve.average(0, most);
        let bases = self.steps(before, most - 1);
        let tops = self.steps(to, most);
        for base in bases.windows(2) {
            for top in tops.windows(2).filter(|top| top[1] > base[1]) {
                let price = users * self.curve.average(base[1], top[1]);
                let spare = (base[0] - before) * charge.0 + (top[0] - to) * charge.1;
                least = least.min(price + spare);
            }
        }
        least
    }

    /// Returns ordinals from one to another: a number of steps, and the edges of tiers.
    fn steps(&self, from: i128, to: i128) -> Vec<i128> {
        let to = to.max(from);
        let mut steps: Vec<i128> = (0..=STEPS).map(|step| from + (to - from) * step / STEPS).collect();
        let edges = self.curve.tiers.iter().map(|(last, _)| *last).filter(|edge| (from..to).contains(edge));
        steps.extend(edges);
        steps.push(from);
        steps.sort_unstable();
        steps
    }

    /// Returns the accounts that come first at most, and the highest ordinal, of accounts that serve users of a day, as far
    /// as no spare accounts are bought.
    fn ordinals(&self, day: usize, most: i128, climbing: i128) -> (i128, i128) {
        let before = self.need.base[day].max(climbing).min(most - 1);
        // A coarser number has fewer different values, and only lowers the bound.
        let top = (self.need.fullest[day] / self.least() + 1).max(before + 1);
        (before, (top + top / 200).min(most).max(before + 1))
    }

    /// Returns how many accounts are bought at least whose price is above that of the others.
    fn bought_first(&self, most: i128) -> i128 {
        let peak = self.need.bought.iter().max().copied().unwrap_or(0);
        (peak - self.need.stock - i128::from(self.fewer)).clamp(0, (most - self.need.free).max(0))
    }

    fn least_base(&self) -> i128 {
        let base = self.need.most.iter().zip(&self.need.bought).filter(|(_, bought)| **bought > 0);
        (base.map(|(most, _)| *most).min().unwrap_or(0) - self.need.free).max(0)
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
        i128::from(self.problem.limits.least_term)
    }
}

/// Ten-thousandths of a yuan in a fen.
const FINE_PER_FEN: i128 = 100;

/// Prices are averaged to such a part of a ten-thousandth of a yuan.
const SCALE: i128 = 1 << 20;

/// Steps in which the ordinals up to the highest are searched.
const STEPS: i128 = 24;

/// How the cost of spare accounts is divided: the halves set against their use at the end, the eighths of the rest
/// against their use as a base, and whether all accounts of the highest need count as bought first. Each division
/// proves a bound; the highest holds.
const CHOICES: [(i128, i128, i128); 7] =
    [(0, 4, 0), (0, 4, 1), (0, 6, 0), (0, 6, 1), (1, 6, 1), (2, 0, 0), (2, 0, 1)];

/// How often the bound of each type is made better by that of the other.
const PASSES: usize = 2;
