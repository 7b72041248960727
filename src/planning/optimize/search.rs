//! Exact search over given days and terms: all states that decisions can lead to, day by day, the cheapest way to each.
//! States from which nothing cheaper than a known plan can follow are left out.

use super::PurchasePlan;
use super::draft::{Draft, DraftLot, DraftOrder, lot, replay};
use super::floor::Floor;
use super::ledger::{Code, Ledger};
use super::problem::Problem;
use super::trail::{Decision, Frontier, Way, Year, draft, insert};
use crate::account::{AccountType, Counts, PerType};
use crate::pricing::PurchaseKind;

/// The decisions among which a search chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// Days on which orders and activations may happen, ascending, numbered from the first day of the horizon.
    pub days: Vec<i32>,
    /// Terms of purchases and renewals in days.
    pub terms: Vec<u32>,
    /// Accounts are bought, activated and prolonged in multiples of these numbers, or all at once.
    pub unit: PerType<u32>,
    /// The most accounts of an order.
    pub most: Counts,
    /// True if renewals are among the decisions.
    pub renewals: bool,
}

/// Returns the plan of a grid for which least is paid, exactly, whether or not what is left counts; `None` if none of its
/// decisions cover all users within the limits, or `stop` ended the search.
pub fn optimize_on_grid(problem: &Problem, grid: &Grid, stop: &dyn Fn() -> bool) -> Option<PurchasePlan> {
    // A quick look at the most promising states finds a cost that spares most of the others.
    let quick = search(problem, grid, i64::MAX, Some(QUICK_WIDTH), stop);
    let below = quick.best.as_ref().map_or(i64::MAX, |(cost, _)| *cost);
    let exact = search(problem, grid, below, None, stop);
    if !exact.complete {
        return None;
    }
    let plan = replay(problem, &exact.best.or(quick.best)?.1)?;
    #[cfg(any(test, debug_assertions))]
    super::validate::assert_valid(problem, &plan);
    Some(plan)
}

/// States a day of a quick look.
const QUICK_WIDTH: usize = 300;

/// What a search found.
pub(super) struct Found {
    /// The cheapest draft, with its cost in fen, order costs included; `None` if nothing is cheaper than the limit.
    pub(super) best: Option<(i64, Draft)>,
    /// True if all decisions were looked at.
    pub(super) complete: bool,
}

/// Returns the cheapest draft of a grid that costs less than `below` fen. At most `width` states a day are followed,
/// those with the least cost to come; `None` follows all.
pub(super) fn search(
    problem: &Problem,
    grid: &Grid,
    below: i64,
    width: Option<usize>,
    stop: &dyn Fn() -> bool,
) -> Found {
    Search { problem, grid, floor: Floor::new(problem), below, width, stop }.run()
}

struct Search<'s> {
    problem: &'s Problem,
    grid: &'s Grid,
    floor: Floor,
    below: i64,
    width: Option<usize>,
    stop: &'s dyn Fn() -> bool,
}

impl Search<'_> {
    fn run(self) -> Found {
        let start = (self.problem.start.clone(), Year::default());
        let mut frontier = Frontier::from([(start, Way { cost: 0, trail: None })]);
        let mut complete = true;
        let first = self.grid.days.first().copied().unwrap_or(self.problem.days);
        frontier.retain(|(ledger, _), _| self.problem.covers(ledger, 0..first));
        for (index, &day) in self.grid.days.iter().enumerate() {
            let until = self.grid.days.get(index + 1).copied().unwrap_or(self.problem.days);
            if (self.stop)() {
                return Found { best: None, complete: false };
            }
            frontier = self.begin(frontier, index, day);
            frontier = self.activate_earlier(frontier, day);
            if self.problem.order_days.binary_search(&day).is_ok() {
                frontier = self.renew(frontier, day);
                frontier = self.buy(frontier, day);
            }
            frontier.retain(|(ledger, _), _| self.problem.covers(ledger, day..until));
            complete &= self.narrow(&mut frontier, until);
        }
        let cheapest = frontier.into_values().min_by_key(|way| way.cost);
        let best = cheapest.filter(|way| way.cost < self.below);
        Found { best: best.map(|way| (way.cost, draft(way.trail))), complete }
    }

    /// Begins a day: what is over is forgotten, and a new year has no orders yet.
    fn begin(&self, frontier: Frontier, index: usize, day: i32) -> Frontier {
        let before = index.checked_sub(1).and_then(|before| self.grid.days.get(before));
        let is_new = before.is_some_and(|before| self.problem.year(*before) != self.problem.year(day));
        let mut next = Frontier::new();
        for ((mut ledger, year), way) in frontier {
            ledger.advance(day);
            insert(&mut next, (ledger, if is_new { Year::default() } else { year }), way);
        }
        next
    }

    /// Leaves out states that cannot lead to a cheaper plan, and those beyond the width; returns false if there were any
    /// of those.
    fn narrow(&self, frontier: &mut Frontier, day: i32) -> bool {
        let bound = |ledger: &Ledger, way: &Way| {
            way.cost.saturating_add(self.floor.to_come(self.problem, ledger, day, self.orders_left(day)))
        };
        frontier.retain(|(ledger, _), way| bound(ledger, way) < self.below);
        let Some(width) = self.width.filter(|width| *width < frontier.len()) else { return true };
        let mut bounds: Vec<i64> = frontier.iter().map(|((ledger, _), way)| bound(ledger, way)).collect();
        bounds.sort_unstable();
        let most = bounds[width];
        frontier.retain(|(ledger, _), way| bound(ledger, way) < most);
        false
    }

    /// Returns the most orders that can follow from a day on.
    fn orders_left(&self, day: i32) -> i64 {
        let days = self.grid.days.iter().filter(|other| **other >= day).count();
        i64::try_from(days * self.grid.terms.len() * 2).unwrap_or(i64::MAX)
    }

    fn activate_earlier(&self, frontier: Frontier, day: i32) -> Frontier {
        self.expand(frontier, |state, way, next| {
            let codes = state.0.codes.iter().filter(|code| code.paid < day || code.paid <= 0 && day == 0);
            let codes: Vec<Code> = codes.copied().collect();
            self.activate(state, way, day, &codes, next);
        })
    }

    /// Adds every way to activate codes on a day.
    fn activate(
        &self,
        state: &(Ledger, Year),
        way: &Way,
        day: i32,
        codes: &[Code],
        next: &mut dyn FnMut((Ledger, Year), Way),
    ) {
        let Some((code, rest)) = codes.split_first() else {
            next(state.clone(), way.clone());
            return;
        };
        let mut targets: Vec<Option<i32>> = vec![None];
        let near = state.0.lots.iter().filter(|lot| {
            lot.account_type == code.account_type
                && (0..=self.problem.stacking_left).contains(&(lot.expires - day))
        });
        targets.extend(near.map(|lot| Some(lot.expires)));
        self.activate_on(state, way, day, (code, code.count, &targets), rest, next);
    }

    fn activate_on(
        &self,
        state: &(Ledger, Year),
        way: &Way,
        day: i32,
        (code, left, targets): (&Code, u32, &[Option<i32>]),
        rest: &[Code],
        next: &mut dyn FnMut((Ledger, Year), Way),
    ) {
        let Some((&target, later)) = targets.split_first() else {
            self.activate(state, way, day, rest, next);
            return;
        };
        let most = target.map_or(left, |old| left.min(available(&state.0, code.account_type, old)));
        for count in self.counts(code.account_type, most) {
            if count == 0 {
                self.activate_on(state, way, day, (code, left, later), rest, next);
                continue;
            }
            let expires = target.unwrap_or(day).saturating_add_unsigned(code.term);
            if expires - day > self.problem.most_ahead {
                continue;
            }
            let mut ledger = state.0.clone();
            ledger.spend(code, count);
            if let Some(old) = target {
                ledger.take(code.account_type, old, count);
            }
            ledger.add(code.account_type, expires, count);
            let decision = Decision::Activate(*code, lot(day, code.account_type, target, count));
            let way = way.then(0, decision);
            self.activate_on(&(ledger, state.1), &way, day, (code, left - count, later), rest, next);
        }
    }

    fn renew(&self, mut frontier: Frontier, day: i32) -> Frontier {
        if !self.grid.renewals {
            return frontier;
        }
        for term in self.falling_terms() {
            let in_months = self.problem.table.term_rules().term_of(term).days == 0;
            frontier = self.expand(frontier, |state, way, next| {
                let lots: Vec<(AccountType, i32, u32)> = state
                    .0
                    .lots
                    .iter()
                    .filter(|lot| {
                        day < lot.expires && lot.expires - day + signed(term) <= self.problem.most_ahead
                    })
                    .map(|lot| (lot.account_type, lot.expires, lot.count))
                    .collect();
                let mut chosen = Vec::new();
                self.choose(&lots, &mut chosen, &mut |chosen| {
                    let mut expiries: Vec<i32> = chosen.iter().filter_map(|lot| lot.extends).collect();
                    expiries.sort_unstable();
                    expiries.dedup();
                    if chosen.is_empty() {
                        next(state.clone(), way.clone());
                    } else if in_months || expiries.len() == 1 {
                        self.place_renewal(state, way, (day, term), chosen, next);
                    }
                });
            });
        }
        frontier
    }

    /// Calls a function with every choice of accounts to prolong.
    fn choose(
        &self,
        lots: &[(AccountType, i32, u32)],
        chosen: &mut Vec<DraftLot>,
        with: &mut dyn FnMut(&[DraftLot]),
    ) {
        let Some((&(account_type, expires, most), rest)) = lots.split_first() else {
            with(chosen);
            return;
        };
        for count in self.counts(account_type, most) {
            if count > 0 {
                chosen.push(lot(0, account_type, Some(expires), count));
            }
            self.choose(rest, chosen, with);
            if count > 0 {
                chosen.pop();
            }
        }
    }

    fn place_renewal(
        &self,
        state: &(Ledger, Year),
        way: &Way,
        (day, term): (i32, u32),
        chosen: &[DraftLot],
        next: &mut dyn FnMut((Ledger, Year), Way),
    ) {
        let mut ledger = state.0.clone();
        let mut counts = Counts::ZERO;
        for lot in chosen {
            *counts.get_mut(lot.account_type) += lot.count;
            ledger.take(lot.account_type, lot.extends.unwrap_or(day), lot.count);
        }
        let beside = ledger.beside(day, term);
        let Some(price) = self.problem.price(counts, term, PurchaseKind::Renewal, beside) else { return };
        for lot in chosen {
            let expires = lot.extends.unwrap_or(day).saturating_add_unsigned(term);
            ledger.add(lot.account_type, expires, lot.count);
        }
        let lots = chosen.iter().map(|lot| DraftLot { day, ..*lot }).collect();
        let order = DraftOrder { day, kind: PurchaseKind::Renewal, term, counts, lots };
        self.place((ledger, state.1), way, price.fen(), order, next);
    }

    fn buy(&self, mut frontier: Frontier, day: i32) -> Frontier {
        for term in self.falling_terms() {
            frontier = self.expand(frontier, |state, way, next| {
                next(state.clone(), way.clone());
                let beside = state.0.beside(day, term);
                for basic in self.counts(AccountType::Basic, self.grid.most.basic) {
                    for interop in self.counts(AccountType::Interop, self.grid.most.interop) {
                        let counts = Counts { basic, interop };
                        let round_to = self.problem.limits.round_to.max(1);
                        let is_round = basic.is_multiple_of(round_to) && interop.is_multiple_of(round_to);
                        if counts.is_zero() || !is_round {
                            continue;
                        }
                        let price = self.problem.price(counts, term, PurchaseKind::New, beside);
                        let Some(price) = price else { continue };
                        self.place_purchase(state, way, (day, term), counts, price.fen(), next);
                    }
                }
            });
        }
        frontier
    }

    fn place_purchase(
        &self,
        state: &(Ledger, Year),
        way: &Way,
        (day, term): (i32, u32),
        counts: Counts,
        price: i64,
        next: &mut dyn FnMut((Ledger, Year), Way),
    ) {
        let mut ledger = state.0.clone();
        let last_day = self.problem.last_activation(day);
        let code =
            |account_type| Code { account_type, last_day, term, paid: day, count: *counts.get(account_type) };
        let codes: Vec<Code> = AccountType::ALL.map(code).into_iter().filter(|code| code.count > 0).collect();
        codes.iter().for_each(|code| ledger.pay(*code));
        let order = DraftOrder { day, kind: PurchaseKind::New, term, counts, lots: Vec::new() };
        self.place((ledger, state.1), way, price, order, &mut |state, way| {
            self.activate(&state, &way, day, &codes, next);
        });
    }

    fn place(
        &self,
        (ledger, year): (Ledger, Year),
        way: &Way,
        price: i64,
        order: DraftOrder,
        next: &mut dyn FnMut((Ledger, Year), Way),
    ) {
        let limits = &self.problem.limits;
        let cost = price + limits.order_cost.fen();
        // What was paid tells states apart only where it matters.
        let paid = limits.year_budget.map_or(0, |_| year.paid + price);
        let is_within = limits.year_budget.is_none_or(|budget| paid <= budget.fen());
        if year.orders < limits.orders_per_year && is_within && way.cost + cost < self.below {
            let year = Year { orders: year.orders + 1, paid };
            next((ledger, year), way.then(cost, Decision::Order(order)));
        }
    }

    fn expand(
        &self,
        frontier: Frontier,
        make: impl Fn(&(Ledger, Year), &Way, &mut dyn FnMut((Ledger, Year), Way)),
    ) -> Frontier {
        let mut next = Frontier::new();
        for (state, way) in &frontier {
            make(state, way, &mut |state, way| insert(&mut next, state, way));
        }
        next
    }

    fn falling_terms(&self) -> Vec<u32> {
        let mut terms = self.grid.terms.clone();
        terms.sort_unstable_by(|a, b| b.cmp(a));
        terms
    }

    /// Returns the numbers of accounts among which a decision chooses.
    fn counts(&self, account_type: AccountType, most: u32) -> impl Iterator<Item = u32> + use<> {
        let unit = (*self.grid.unit.get(account_type)).max(1);
        let last = (!most.is_multiple_of(unit)).then_some(most);
        (0..=most / unit).map(move |units| units * unit).chain(last)
    }
}

/// Returns the accounts of a type and expiry.
fn available(ledger: &Ledger, account_type: AccountType, expires: i32) -> u32 {
    let fits = |lot: &&super::ledger::Lot| (lot.account_type, lot.expires) == (account_type, expires);
    ledger.lots.iter().find(fits).map_or(0, |lot| lot.count)
}

fn signed(term: u32) -> i32 {
    i32::try_from(term).unwrap_or(i32::MAX)
}
