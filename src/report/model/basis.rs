use jiff::civil::Date;

use crate::account::AccountType;
use crate::diagnostic::lang::Message;
use crate::pricing::{OrderQuote, OrderStatus};
use crate::rates::RateCard;

/// Orders and the card that prices them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// What tells it from the other, where there are two.
    pub name: Option<Message>,
    /// The rate card.
    pub card: RateCard,
    /// The orders with their lines.
    pub orders: Vec<OrderQuote>,
    /// When the orders are placed, where the report is about that: by day, and an order as often as it is placed.
    /// Empty where each is placed once, on no stated day.
    pub placements: Vec<Placement>,
}

impl Basis {
    /// Orders that are each placed once, on no stated day.
    pub fn of(card: &RateCard, orders: Vec<OrderQuote>) -> Basis {
        Basis { name: None, card: card.clone(), orders, placements: Vec::new() }
    }
}

/// An order that is placed on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The index of the order in [`Basis::orders`].
    pub order: usize,
    /// The day on which it is placed and paid, Beijing time.
    pub date: Date,
    /// Why it is placed.
    pub kind: Message,
    /// The day on which its accounts begin to run, Beijing time.
    pub starts: Date,
    /// The day on which they expire: as many days later as its term has.
    pub expires: Date,
}

/// How a figure of a grid follows from the basis, or from the other figures of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// What has to be paid for an order of the first basis, by its index.
    Payable(usize),
    /// The accounts of a type that an order of the first basis buys, by its index.
    Accounts(usize, AccountType),
    /// A member's part of what has to be paid for its order; nothing while that has another status.
    Share {
        /// The index of the basis.
        basis: usize,
        /// The index of the order.
        order: usize,
        /// The index of the member.
        member: usize,
        /// The status.
        status: OrderStatus,
    },
    /// What has to be paid for the orders of a basis that have this status, as far as they have a price.
    Orders {
        /// The index of the basis.
        basis: usize,
        /// The status.
        status: OrderStatus,
    },
    /// Of the orders that the first basis places from one day to another, both included.
    Placed {
        /// The first day.
        from: Date,
        /// The last day.
        to: Date,
        /// What of them.
        what: Placed,
    },
    /// The sum of the items of the column.
    Column,
    /// What the total of the column has besides the items above.
    Remainder,
    /// The figure before it less the one before that.
    Difference,
}

/// What is told of orders that are placed. Amounts are those of the confirmed orders, as far as they have a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// How many are confirmed.
    Orders,
    /// Their list prices.
    ListPrice,
    /// Of these, what is waived or free.
    Waived,
    /// What has to be paid.
    Payable,
    /// What would have to be paid for the unconfirmed ones.
    Unconfirmed,
}
