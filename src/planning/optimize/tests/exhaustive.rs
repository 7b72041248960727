//! An exhaustive search that knows nothing of the method: every parcel of accounts and of codes by itself, every decision
//! of every day, the tiers added up account by account. It remembers what it has found from a state on, and nothing else.

use std::collections::{BTreeSet, HashMap};

use super::instance::Instance;
use crate::account::{AccountType, Counts};
use crate::pricing::PurchaseKind;
use crate::rates::{NewPurchaseStart, RenewalStart};

/// Parcels of accounts by type and expiry, and parcels of codes; sorted.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct State {
    accounts: Vec<(AccountType, i32)>,
    codes: Vec<NewCode>,
    /// Orders of the year, and what was paid in it in fen if it has a budget.
    orders: u32,
    paid: i64,
}

/// A parcel of codes: type, last day of activation, and term.
type NewCode = (AccountType, i32, i32);

/// Returns the least cost of an instance in fen; `None` if no decisions cover all users.
pub(super) fn least_cost(instance: &Instance) -> Option<i64> {
    let mut start = State::default();
    for lot in &instance.problem.start.lots {
        let parcels = lot.count / instance.grid.unit.basic;
        start.accounts.extend((0..parcels).map(|_| (lot.account_type, lot.expires)));
    }
    for code in &instance.problem.start.codes {
        let term = i32::try_from(code.term).unwrap();
        let parcels = code.count / instance.grid.unit.basic;
        start.codes.extend((0..parcels).map(|_| (code.account_type, code.last_day, term)));
    }
    Exhaustive { instance, known: HashMap::new() }.least_from(0, sorted(start))
}

struct Exhaustive<'i> {
    instance: &'i Instance,
    known: HashMap<(usize, State), Option<i64>>,
}

impl Exhaustive<'_> {
    fn least_from(&mut self, index: usize, mut state: State) -> Option<i64> {
        let days = &self.instance.grid.days;
        let Some(&day) = days.get(index) else { return Some(0) };
        state.accounts.retain(|(_, expires)| *expires >= day);
        state.codes.retain(|(_, last, _)| *last >= day);
        let is_new_year = index > 0 && self.year(days[index - 1]) != self.year(day);
        if is_new_year {
            (state.orders, state.paid) = (0, 0);
        }
        let until = days.get(index + 1).copied().unwrap_or(self.instance.problem.days);
        let key = (index, state.clone());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let mut best: Option<i64> = None;
        for (state, cost) in self.decisions(day, state) {
            if self.is_covered(&state, day, until)
                && let Some(rest) = self.least_from(index + 1, state)
            {
                best = Some(best.map_or(cost + rest, |best| best.min(cost + rest)));
            }
        }
        self.known.insert(key, best);
        best
    }

    /// The first day is 1 January 2024.
    fn year(&self, day: i32) -> bool {
        day >= 366
    }

    fn is_covered(&self, state: &State, from: i32, until: i32) -> bool {
        let unit = self.instance.grid.unit.basic;
        let steps = &self.instance.problem.need;
        let changes = steps.iter().map(|(day, _)| *day).chain(state.accounts.iter().map(|(_, day)| *day));
        changes.chain([from]).filter(|day| (from..until).contains(day)).all(|day| {
            let active = |of: AccountType| {
                let runs = |account: &&(AccountType, i32)| account.0 == of && account.1 > day;
                u32::try_from(state.accounts.iter().filter(runs).count()).unwrap() * unit
            };
            let need = steps.iter().rfind(|(from, _)| *from <= day).map_or(Counts::ZERO, |(_, need)| *need);
            let (basic, interop) = (active(AccountType::Basic), active(AccountType::Interop));
            interop >= need.interop && basic + interop >= need.basic + need.interop
        })
    }

    /// Returns every state after the decisions of a day, with what they cost.
    fn decisions(&self, day: i32, state: State) -> HashMap<State, i64> {
        let mut all = HashMap::new();
        let codes = state.codes.clone();
        for state in activations(state, day, &codes) {
            all.insert(state, 0);
        }
        let mut terms = self.instance.grid.terms.clone();
        terms.sort_unstable();
        terms.reverse();
        for kind in [PurchaseKind::Renewal, PurchaseKind::New] {
            for &term in terms.iter().filter(|_| kind == PurchaseKind::New || self.instance.grid.renewals) {
                let mut next = all.clone();
                for (state, cost) in &all {
                    let orders = match kind {
                        PurchaseKind::New => self.purchases(day, term, state),
                        _ => self.renewals(day, term, state),
                    };
                    for (state, price) in orders {
                        let known = next.entry(state).or_insert(i64::MAX);
                        *known = (*known).min(cost + price);
                    }
                }
                all = next;
            }
        }
        all
    }

    fn purchases(&self, day: i32, term: u32, state: &State) -> Vec<(State, i64)> {
        let (most, unit, limits) =
            (self.instance.grid.most, self.instance.grid.unit.basic, &self.instance.problem.limits);
        let mut found = Vec::new();
        for basic in 0..=most.basic / unit {
            for interop in 0..=most.interop / unit {
                let counts = Counts { basic: basic * unit, interop: interop * unit };
                let is_round = counts.basic.is_multiple_of(limits.round_to)
                    && counts.interop.is_multiple_of(limits.round_to);
                if basic + interop == 0 || !is_round {
                    continue;
                }
                let price = self.price(day, term, PurchaseKind::New, state, counts);
                let Some(mut paid) = self.pay(state.clone(), price) else { continue };
                let last = i32::try_from(limits.hold_codes).unwrap().min(YEAR) + day;
                let term = i32::try_from(term).unwrap();
                let mut codes = vec![(AccountType::Basic, last, term); basic as usize];
                codes.extend(vec![(AccountType::Interop, last, term); interop as usize]);
                paid.codes.extend(&codes);
                for state in activations(sorted(paid), day, &codes) {
                    found.push((state, price + limits.order_cost.fen()));
                }
            }
        }
        found
    }

    /// Returns the state after an order of a price; `None` if a limit forbids it.
    fn pay(&self, mut state: State, price: i64) -> Option<State> {
        let limits = &self.instance.problem.limits;
        state.orders += 1;
        if let Some(budget) = limits.year_budget {
            state.paid += price;
            if state.paid > budget.fen() {
                return None;
            }
        }
        (state.orders <= limits.orders_per_year).then_some(state)
    }

    fn renewals(&self, day: i32, term: u32, state: &State) -> Vec<(State, i64)> {
        let unit = self.instance.grid.unit.basic;
        let mut choices: BTreeSet<Vec<(AccountType, i32)>> = BTreeSet::from([Vec::new()]);
        for account in &state.accounts {
            if account.1 > day && account.1 + term.cast_signed() - day <= 1860 {
                let with =
                    |chosen: &Vec<(AccountType, i32)>| chosen.iter().chain([account]).copied().collect();
                choices.extend(choices.iter().map(with).collect::<Vec<_>>());
            }
        }
        let mut found = Vec::new();
        for chosen in choices.into_iter().filter(|chosen| !chosen.is_empty()) {
            let is_one_expiry = chosen.iter().all(|account| account.1 == chosen[0].1);
            if !term.is_multiple_of(31) && !is_one_expiry {
                continue;
            }
            let mut counts = Counts::ZERO;
            let mut rest = state.clone();
            let mut renewed = state.clone();
            for account in &chosen {
                let at = rest.accounts.iter().position(|other| other == account).unwrap();
                let (kind, expires) = rest.accounts.remove(at);
                *counts.get_mut(kind) += unit;
                let at = renewed.accounts.iter().position(|other| other == account).unwrap();
                renewed.accounts[at].1 = expires + term.cast_signed();
            }
            let price = self.price(day, term, PurchaseKind::Renewal, &rest, counts);
            let Some(renewed) = self.pay(renewed, price) else { continue };
            found.push((sorted(renewed), price + self.instance.problem.limits.order_cost.fen()));
        }
        found
    }

    /// Returns the price of an order in fen, account by account.
    fn price(&self, day: i32, term: u32, kind: PurchaseKind, beside: &State, counts: Counts) -> i64 {
        let rules = self.instance.problem.table.rules();
        let term_days = term.cast_signed();
        let unit = self.instance.grid.unit.basic as usize;
        let first = |of: AccountType| {
            let left =
                beside.accounts.iter().filter(|(kind, _)| *kind == of).map(|(_, expires)| expires - day);
            let longer = left.clone().filter(|left| *left > term_days).count();
            let equal = left.filter(|left| *left == term_days).count();
            let codes = beside.codes.iter().filter(|(kind, last, _)| *kind == of && day <= *last).count();
            match (kind, rules.renewal, rules.new_purchase) {
                (PurchaseKind::Renewal, RenewalStart::FromZero, _) => 0,
                (_, _, NewPurchaseStart::Longer) => longer,
                (_, _, NewPurchaseStart::AtLeast) => longer + equal,
                (_, _, NewPurchaseStart::LongerOrUnactivated) => longer + codes,
                _ => unreachable!(),
            }
        };
        let mut fen_a_year = 0;
        for (of, factor) in [(AccountType::Basic, 1), (AccountType::Interop, 10)] {
            for ordinal in (first(of) * unit + 1..).take(*counts.get(of) as usize) {
                fen_a_year += factor
                    * match ordinal {
                        1 => 3720,
                        2 | 3 => 2480,
                        4..=6 => 1240,
                        _ => 620,
                    };
            }
        }
        (fen_a_year * i64::from(term) * 2 + 372) / (2 * 372)
    }
}

/// Returns every state after some of these codes are activated, each on a user without an account, or on accounts of the
/// same type with at most 20 days left.
fn activations(state: State, day: i32, codes: &[NewCode]) -> BTreeSet<State> {
    let mut all = BTreeSet::from([state]);
    for code in codes {
        let &(kind, last, term) = code;
        let mut next = all.clone();
        for state in all.iter().filter(|_| day <= last) {
            let Some(at) = state.codes.iter().position(|other| other == code) else { continue };
            let mut left = state.clone();
            left.codes.remove(at);
            let mut alone = left.clone();
            alone.accounts.push((kind, day + term));
            next.insert(sorted(alone));
            for (at, &(other, expires)) in left.accounts.iter().enumerate() {
                let fits = other == kind && day <= expires && expires - day <= 20;
                if fits && expires + term - day <= 1860 {
                    let mut stacked = left.clone();
                    stacked.accounts[at].1 = expires + term;
                    next.insert(sorted(stacked));
                }
            }
        }
        all = next;
    }
    all
}

/// Days of the activation period of codes paid early in 2024.
const YEAR: i32 = 366;

fn sorted(mut state: State) -> State {
    state.accounts.sort_unstable();
    state.codes.sort_unstable();
    state
}
