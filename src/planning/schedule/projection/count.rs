use crate::account::AccountType;

/// A whole number that is not negative, computed from the users and from what was bought before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Count {
    /// A number.
    Number(u64),
    /// The users of a row, by its index in [`PayerProjection::rows`](super::PayerProjection::rows).
    Users(usize, AccountType),
    /// The accounts that an order buys for a member.
    Bought(Bought),
    /// The sum of all.
    Sum(Vec<Count>),
    /// The first less the second, and nothing if that is more.
    Less(Box<Count>, Box<Count>),
    /// The lesser of both.
    Least(Box<Count>, Box<Count>),
}

/// The accounts of a type that an order buys for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bought {
    /// The index of the order in [`PayerProjection::orders`](super::PayerProjection::orders).
    pub order: usize,
    /// The member, by its index in [`PayerSchedule::members`](crate::planning::schedule::PayerSchedule::members).
    pub member: usize,
    /// The type.
    pub account_type: AccountType,
}

impl Count {
    pub(super) const ZERO: Count = Count::Number(0);

    /// Returns the sum of counts, numbers added up.
    pub(super) fn sum(counts: impl IntoIterator<Item = Count>) -> Count {
        let (mut number, mut others) = (0u64, Vec::new());
        for count in counts {
            match count {
                Count::Number(more) => number = number.saturating_add(more),
                Count::Sum(more) => others.extend(more),
                other => others.push(other),
            }
        }
        if number > 0 || others.is_empty() {
            others.push(Count::Number(number));
        }
        match others.pop() {
            Some(only) if others.is_empty() => only,
            last => Count::Sum(others.into_iter().chain(last).collect()),
        }
    }

    /// Returns this count less another, and nothing if that is more.
    pub(super) fn less(self, other: Count) -> Count {
        match (self, other) {
            (count, Count::Number(0)) => count,
            (Count::Number(a), Count::Number(b)) => Count::Number(a.saturating_sub(b)),
            (a, b) => Count::Less(Box::new(a), Box::new(b)),
        }
    }

    /// Returns the lesser of this count and another.
    pub(super) fn at_most(self, other: Count) -> Count {
        match (self, other) {
            (Count::Number(a), Count::Number(b)) => Count::Number(a.min(b)),
            (Count::Number(0), _) | (_, Count::Number(0)) => Count::ZERO,
            (a, b) => Count::Least(Box::new(a), Box::new(b)),
        }
    }

    /// Returns the same count with its rows and orders numbered otherwise.
    #[must_use]
    pub fn renumbered(&self, row: &dyn Fn(usize) -> usize, bought: &dyn Fn(Bought) -> Bought) -> Count {
        let each = |count: &Count| count.renumbered(row, bought);
        let both = |a: &Count, b: &Count| (Box::new(each(a)), Box::new(each(b)));
        match self {
            Count::Number(number) => Count::Number(*number),
            Count::Users(index, account_type) => Count::Users(row(*index), *account_type),
            Count::Bought(what) => Count::Bought(bought(*what)),
            Count::Sum(counts) => Count::Sum(counts.iter().map(each).collect()),
            Count::Less(a, b) => {
                let (a, b) = both(a, b);
                Count::Less(a, b)
            }
            Count::Least(a, b) => {
                let (a, b) = both(a, b);
                Count::Least(a, b)
            }
        }
    }

    /// Computes it; the functions give users and accounts.
    pub fn evaluate(&self, users: &dyn Fn(usize, AccountType) -> u64, bought: &dyn Fn(Bought) -> u64) -> u64 {
        let value = |count: &Count| count.evaluate(users, bought);
        match self {
            Count::Number(number) => *number,
            Count::Users(row, account_type) => users(*row, *account_type),
            Count::Bought(what) => bought(*what),
            Count::Sum(counts) => counts.iter().map(value).fold(0, u64::saturating_add),
            Count::Less(a, b) => value(a).saturating_sub(value(b)),
            Count::Least(a, b) => value(a).min(value(b)),
        }
    }
}
