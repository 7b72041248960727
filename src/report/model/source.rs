//! Where a figure on a sheet comes from, so that a spreadsheet can compute it again.

use jiff::civil::Date;

use crate::account::AccountType;
use crate::pricing::OrderStatus;

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
        /// Which figure of them.
        what: Placed,
    },
    /// The sum of the items of the column.
    Column,
    /// What the total of the column has besides the items above.
    Remainder,
    /// The figure before it less the one before that.
    Difference,
}

/// A figure of orders that are placed. Amounts are those of the confirmed orders, as far as they have a price.
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
