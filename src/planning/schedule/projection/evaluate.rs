use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use rust_decimal::{Decimal, RoundingStrategy};

use super::count::{Bought, Count};
use super::{Check, PayerProjection, UserDefault};
use crate::account::{AccountType, Counts, PerType};

/// Other users or another growth than the schedule supposes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edits {
    /// The growth of the users at each renewal, as a part of one.
    pub growth: Decimal,
    /// The users of rows by their index in [`PayerProjection::rows`], where others are stated than the row has.
    pub users: BTreeMap<usize, Counts>,
}

/// What the formulas give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projected {
    /// The users of each row.
    pub users: Vec<Counts>,
    /// The users of each row as they grew up to it, before they are rounded up.
    pub grown: Vec<PerType<Decimal>>,
    /// For each order, the accounts that it buys for each of its members.
    pub counts: Vec<Vec<PerType<u64>>>,
    /// For each order, the accounts that come before it in the tiers.
    pub held: Vec<PerType<u64>>,
    /// The rows that cannot be followed: those that are locked and changed, and those with a check that fails. If
    /// there is none, the orders are those of the schedule on these users.
    pub unfollowed: Vec<usize>,
}

/// Decimal places to which grown users are carried. A spreadsheet's number has no more, with a million users.
const CARRIED_DECIMALS: u32 = 8;

impl PayerProjection {
    /// Computes the formulas; `growth` is that which the schedule supposes.
    pub fn evaluate(&self, growth: Decimal, edits: &Edits) -> Projected {
        let evaluation = Evaluation::new(self, edits);
        let value = |count: &Count| evaluation.value(count);
        let rows = 0..self.rows.len();
        let grown = rows.clone().map(|row| PerType::from_fn(|kind| evaluation.grown(row, kind))).collect();
        let unfollowed = rows.clone().filter(|row| evaluation.is_unfollowed(*row, growth)).collect();
        Projected {
            grown,
            users: rows.map(|row| PerType::from_fn(|kind| to_u32(evaluation.users(row, kind)))).collect(),
            counts: self
                .orders
                .iter()
                .map(|order| order.counts.iter().map(|counts| each(counts, &value)).collect())
                .collect(),
            held: self.orders.iter().map(|order| each(&order.held, &value)).collect(),
            unfollowed,
        }
    }
}

fn each(counts: &PerType<Count>, value: &impl Fn(&Count) -> u64) -> PerType<u64> {
    PerType::from_fn(|account_type| value(counts.get(account_type)))
}

fn to_u32(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

struct Evaluation<'p> {
    payer: &'p PayerProjection,
    edits: &'p Edits,
    /// The formula of each number of accounts.
    formulas: HashMap<Bought, &'p Count>,
    bought: RefCell<HashMap<Bought, u64>>,
    grown: RefCell<HashMap<(usize, AccountType), Decimal>>,
}

impl<'p> Evaluation<'p> {
    fn new(payer: &'p PayerProjection, edits: &'p Edits) -> Evaluation<'p> {
        let mut formulas = HashMap::new();
        for (index, order) in payer.orders.iter().enumerate() {
            for (member, counts) in order.members.iter().zip(&order.counts) {
                for account_type in AccountType::ALL {
                    let bought = Bought { order: index, member: *member, account_type };
                    formulas.insert(bought, counts.get(account_type));
                }
            }
        }
        Evaluation { payer, edits, formulas, bought: RefCell::default(), grown: RefCell::default() }
    }

    fn value(&self, count: &Count) -> u64 {
        count.evaluate(&|row, account_type| self.users(row, account_type), &|bought| self.bought(bought))
    }

    fn bought(&self, bought: Bought) -> u64 {
        if let Some(known) = self.bought.borrow().get(&bought) {
            return *known;
        }
        let value = self.formulas.get(&bought).map_or(0, |count| self.value(count));
        self.bought.borrow_mut().insert(bought, value);
        value
    }

    /// Returns the users of a row: those stated, or those of the row before, grown and rounded up.
    fn users(&self, row: usize, account_type: AccountType) -> u64 {
        match self.edits.users.get(&row) {
            Some(users) => u64::from(*users.get(account_type)),
            None => self.default(row, account_type),
        }
    }

    fn default(&self, row: usize, account_type: AccountType) -> u64 {
        let user_row = &self.payer.rows[row];
        match &user_row.default {
            UserDefault::Stated => u64::from(*user_row.users.get(account_type)),
            UserDefault::Grown { .. } => {
                u64::try_from(self.grown(row, account_type).ceil()).unwrap_or(u64::MAX)
            }
        }
    }

    /// Returns the users of the row before after their growth, exactly.
    fn grown(&self, row: usize, account_type: AccountType) -> Decimal {
        if let Some(known) = self.grown.borrow().get(&(row, account_type)) {
            return *known;
        }
        let UserDefault::Grown { kept } = &self.payer.rows[row].default else {
            return Decimal::from(self.users(row, account_type));
        };
        let carried = self.carried(row - 1, account_type);
        let grown = kept.get(account_type).as_ref().map_or(carried, |kept| {
            let (kept, users) = (self.value(kept), self.users(row - 1, account_type));
            let base = if kept >= users { carried } else { Decimal::from(kept) };
            let grown = base.checked_mul(self.edits.growth).and_then(|more| carried.checked_add(more));
            let rounding = RoundingStrategy::MidpointAwayFromZero;
            grown.unwrap_or(Decimal::MAX).round_dp_with_strategy(CARRIED_DECIMALS, rounding)
        });
        self.grown.borrow_mut().insert((row, account_type), grown);
        grown
    }

    /// Returns the users of a row as they grow on: exactly if nobody states others.
    fn carried(&self, row: usize, account_type: AccountType) -> Decimal {
        let is_default =
            AccountType::ALL.into_iter().all(|kind| self.users(row, kind) == self.default(row, kind));
        match is_default {
            true => self.grown(row, account_type),
            false => Decimal::from(self.users(row, account_type)),
        }
    }

    fn is_unfollowed(&self, row: usize, growth: Decimal) -> bool {
        let user_row = &self.payer.rows[row];
        let differs = AccountType::ALL
            .into_iter()
            .any(|kind| self.users(row, kind) != u64::from(*user_row.users.get(kind)));
        (user_row.locked && differs)
            || (user_row.fixed_growth && self.edits.growth != growth)
            || user_row.checks.iter().any(|check| !self.holds(check))
    }

    pub(super) fn holds(&self, check: &Check) -> bool {
        self.value(&check.less) <= self.value(&check.more)
    }
}
