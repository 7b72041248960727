//! Which accounts run when: covers of the need of one type by terms that follow each other. A cover says nothing of
//! purchases; `assign` decides when its codes are bought.

use std::collections::{BTreeMap, BTreeSet};

use super::ledger::Code;
use super::problem::Problem;
use super::ride::Ride;
use crate::account::AccountType;

/// Accounts that are activated together and run for one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// First day on which they run.
    pub(super) start: i32,
    /// First day on which they can be activated.
    pub(super) from: i32,
    /// True if they prolong accounts that expire on their first day.
    pub(super) stacked: bool,
    /// In days.
    pub(super) term: u32,
    pub(super) count: u32,
    /// The codes in stock that they use, instead of being bought.
    pub(super) stock: Option<Code>,
}

impl Block {
    /// Returns the first day without the accounts.
    pub(super) fn expires(&self) -> i32 {
        self.start.saturating_add_unsigned(self.term)
    }

    /// Returns the day of expiry that they prolong.
    pub(super) fn extends(&self) -> Option<i32> {
        self.stacked.then_some(self.start)
    }
}

/// How long accounts run that begin on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// The term of accounts that follow others, and of the first ones.
    pub(super) chain: Chain,
    /// The days on which accounts begin that have another term.
    pub(super) terms: BTreeMap<i32, u32>,
    /// True if accounts that begin later expire with those of the first day.
    pub(super) together: bool,
    /// A day on which so many users get new accounts, so that these expire together from then on; what is left of the old
    /// ones, those that expire first, is given up.
    pub(super) renewed: Option<(i32, u32)>,
    /// Days on which at least so many accounts begin together, so that later orders can ride on them.
    pub(super) gathered: Vec<(i32, u32)>,
}

impl Pattern {
    /// Returns the pattern of a chain alone.
    pub(super) fn of(chain: Chain) -> Pattern {
        Pattern { chain, terms: BTreeMap::new(), together: false, renewed: None, gathered: Vec::new() }
    }
}

/// The term of accounts that follow others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chain {
    /// Always the same.
    Fixed(u32),
    /// What is left of the horizon in as few equal terms as are at most as long as this; the shortest where that is too short.
    UpTo(u32),
    /// The first accounts that are gathered have this term; the others have terms for which as many as were gathered
    /// come first in the tiers.
    Riding(u32),
}

/// Returns the cover of a need by a pattern; `need` has the users from each day on.
pub(super) fn cover(
    problem: &Problem,
    account_type: AccountType,
    need: &[(i32, u32)],
    pattern: &Pattern,
) -> Vec<Block> {
    Cover::new(problem, account_type, need, pattern).run()
}

struct Cover<'p> {
    problem: &'p Problem,
    need: &'p [(i32, u32)],
    pattern: &'p Pattern,
    stock: Vec<Code>,
    /// Accounts by day of expiry.
    lots: BTreeMap<i32, u32>,
    /// Days of expiry of the accounts of the first day and those that follow them.
    common: BTreeSet<i32>,
    days: BTreeSet<i32>,
    blocks: Vec<Block>,
    ride: Option<Ride<'p>>,
}

impl<'p> Cover<'p> {
    fn new(
        problem: &'p Problem,
        account_type: AccountType,
        need: &'p [(i32, u32)],
        pattern: &'p Pattern,
    ) -> Cover<'p> {
        let of_type = |kind: AccountType| kind == account_type;
        let mut stock: Vec<Code> =
            problem.start.codes.iter().filter(|code| of_type(code.account_type)).copied().collect();
        stock.sort_by_key(|code| code.last_day);
        let mut lots = BTreeMap::new();
        for lot in problem.start.lots.iter().filter(|lot| of_type(lot.account_type)) {
            *lots.entry(lot.expires).or_default() += lot.count;
        }
        let mut common = BTreeSet::new();
        if pattern.together {
            let mut day = 0;
            while day < problem.days {
                day = day.saturating_add_unsigned(term(problem, pattern, day));
                common.insert(day);
            }
        }
        let days = need.iter().map(|(day, _)| *day).chain(lots.keys().copied());
        let days = days.chain(pattern.renewed.iter().chain(&pattern.gathered).map(|(day, _)| *day)).collect();
        let ride = match (pattern.chain, pattern.gathered.first()) {
            (Chain::Riding(first), Some((day, base))) => {
                Some(Ride::new(problem, account_type, (*day, *base, first)))
            }
            _ => None,
        };
        Cover { problem, need, pattern, stock, lots, common, days, blocks: Vec::new(), ride }
    }

    fn run(mut self) -> Vec<Block> {
        while let Some(day) = self.days.pop_first() {
            if day < 0 || day >= self.problem.days {
                continue;
            }
            if let Some((_, count)) = self.pattern.renewed.filter(|(renewed, _)| *renewed == day) {
                self.give_up(day, count);
            }
            let active: u32 = self.lots.range(day + 1..).map(|(_, count)| *count).sum();
            let after = self.need.partition_point(|(from, _)| *from <= day);
            let need = self.need.get(after.wrapping_sub(1)).map_or(0, |(_, users)| *users);
            let gathered = self.pattern.gathered.iter().find(|(gathered, _)| *gathered == day);
            let missing = self.use_stock(day, need.saturating_sub(active));
            let missing = missing.max(gathered.map_or(0, |(_, count)| *count));
            self.begin(day, missing.next_multiple_of(self.problem.limits.round_to.max(1)));
        }
        self.blocks
    }

    /// Gives up accounts, those first that expire first.
    fn give_up(&mut self, day: i32, mut count: u32) {
        for (_, lot) in self.lots.range_mut(day + 1..) {
            let given = count.min(*lot);
            *lot -= given;
            count -= given;
        }
    }

    /// Activates codes in stock; returns the users who are still without an account.
    fn use_stock(&mut self, day: i32, mut missing: u32) -> u32 {
        for index in 0..self.stock.len() {
            let code = self.stock[index];
            if missing == 0 || code.paid.max(0) > day {
                continue;
            }
            let from = (day - self.problem.stacking_left).max(code.paid).max(0);
            let expiring = self.lots.get(&day).copied().unwrap_or(0);
            if from <= code.last_day {
                let count = expiring.min(missing).min(self.stock[index].count);
                self.stock[index].count -= count;
                missing -= count;
                self.place(Block {
                    start: day,
                    from,
                    stacked: true,
                    term: code.term,
                    count,
                    stock: Some(code),
                });
            }
            if day <= code.last_day {
                let count = missing.min(self.stock[index].count);
                self.stock[index].count -= count;
                missing -= count;
                let block = Block {
                    start: day,
                    from: day,
                    stacked: false,
                    term: code.term,
                    count,
                    stock: Some(code),
                };
                self.place(block);
            }
        }
        missing
    }

    /// Begins terms of accounts that are bought, those first that prolong others.
    fn begin(&mut self, day: i32, missing: u32) {
        let expiring = self.lots.get(&day).copied().unwrap_or(0).min(missing);
        let round_to = self.problem.limits.round_to.max(1);
        let prolonged = if self.problem.stacking_left < 0 { 0 } else { expiring - expiring % round_to };
        for (stacked, count) in [(true, prolonged), (false, missing - prolonged)] {
            let earliest = if stacked { (day - self.problem.stacking_left).max(0) } else { day };
            let term = self.term(day, earliest);
            // A prolonged account may not reach too far ahead: T8 (docs/rules.md#t8).
            let nearest = day.saturating_add_unsigned(term) - self.problem.most_ahead;
            let from = earliest.max(nearest);
            let stacked = stacked && from <= day;
            self.place(Block { start: day, from: from.min(day), stacked, term, count, stock: None });
        }
    }

    fn place(&mut self, block: Block) {
        if block.count == 0 {
            return;
        }
        if block.stacked
            && let Some(count) = self.lots.get_mut(&block.start)
        {
            *count -= block.count;
        }
        *self.lots.entry(block.expires()).or_default() += block.count;
        self.days.insert(block.expires());
        if let Some(ride) = &mut self.ride {
            ride.add(&block);
        }
        self.blocks.push(block);
    }

    fn term(&self, day: i32, from: i32) -> u32 {
        let own = term(self.problem, self.pattern, day);
        if self.pattern.terms.contains_key(&day) {
            return own;
        }
        if let Some(ride) = &self.ride {
            return ride.term(day, from, self.pattern.gathered.iter().any(|(gathered, _)| *gathered == day));
        }
        let least = day.saturating_add_unsigned(self.problem.least_term);
        match self.common.range(least..).next().filter(|_| self.pattern.together) {
            Some(end) if end.abs_diff(day) <= self.problem.most_term => {
                whole(self.problem, end.abs_diff(day))
            }
            _ => own,
        }
    }
}

/// Returns the term of accounts that begin on a day, without regard to others.
fn term(problem: &Problem, pattern: &Pattern, day: i32) -> u32 {
    if let Some(term) = pattern.terms.get(&day) {
        return *term;
    }
    let days = match pattern.chain {
        Chain::Fixed(term) | Chain::Riding(term) => term,
        Chain::UpTo(most) => {
            let left = problem.days.abs_diff(day);
            left.div_ceil(left.div_ceil(most.max(1)).max(1))
        }
    };
    whole(problem, days.clamp(problem.least_term, problem.most_term))
}

/// Returns a term that the limits allow.
pub(super) fn whole(problem: &Problem, days: u32) -> u32 {
    let month = problem.table.term_rules().days_per_month.max(1);
    if problem.limits.whole_months { days.next_multiple_of(month) } else { days }
}
